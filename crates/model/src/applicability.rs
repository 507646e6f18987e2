//! The outcome of asking whether a clause applies to a firm, and what its answers amount to.

use crate::answer::{Answer, ItemResult};
use crate::clause::{ClauseId, Strength};
use crate::date::Moment;

/// Whether a clause applies. Unknown is an outcome of its own and cannot be closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Applicability {
    /// 適用.
    Applicable,
    /// 不適用.
    NotApplicable,
    /// 適用性待確認.
    Undetermined,
    /// 依較佳規範: applies, and the firm's own better standard or home rule is the measure.
    Substituted,
    /// The clause's own exception is met.
    Waived,
}

impl Applicability {
    /// Whether the clause is one that an examiner has to look at: it applies, by itself or by what takes its place.
    #[must_use]
    pub fn binds(self) -> bool {
        matches!(self, Self::Applicable | Self::Substituted | Self::Waived)
    }
}

/// Whether a unit applies to one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemDecision {
    /// System name.
    pub system: String,
    /// Applicable, not applicable or undetermined.
    pub applicability: Applicability,
    /// zh-TW sentence with the deciding facts.
    pub reason: String,
}

/// Whether one unit of a clause applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDecision {
    /// Unit (`a`), or empty where the clause is one duty.
    pub unit: String,
    /// Strength of this duty.
    pub strength: Strength,
    /// Outcome over all systems.
    pub applicability: Applicability,
    /// One a system of the register where the duty is one of systems; empty otherwise.
    pub systems: Vec<SystemDecision>,
}

/// An examiner's own decision on applicability, with the reason for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// Clause.
    pub clause: ClauseId,
    /// What the examiner decided.
    pub applicability: Applicability,
    /// Why.
    pub reason: String,
    /// Examiner.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// An examiner's decision with the profile's, which it took the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overridden {
    /// The examiner's decision.
    pub by: Override,
    /// What the profile says.
    pub profile: Applicability,
    /// Why it says so, zh-TW.
    pub profile_reason: String,
}

/// An outcome with the facts that decided it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Outcome.
    pub applicability: Applicability,
    /// zh-TW sentence that names the deciding facts (`因提供網際網路下單`).
    pub reason: String,
    /// Codes of the deciding facts.
    pub deciding: Vec<String>,
    /// Names of the systems for which a per-system clause applies.
    pub systems: Vec<String>,
    /// The duties of the clause, at least one.
    pub units: Vec<UnitDecision>,
    /// The examiner's decision in place of the profile's.
    pub overridden: Option<Overridden>,
}

/// One thing that wants an answer: a unit, for a system or for the firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Unit, or empty.
    pub unit: &'a str,
    /// System, or empty.
    pub system: &'a str,
    /// Strength of the duty.
    pub strength: Strength,
    /// Applicable or undetermined (or what takes the clause's place).
    pub applicability: Applicability,
}

impl Cell<'_> {
    /// Whether an answer is about this cell: its own, or one for the whole clause or the whole firm.
    #[must_use]
    pub fn is_answered_by(&self, answer: &Answer) -> bool {
        let unit = answer.key.unit.is_empty() || answer.key.unit == self.unit;
        let system = answer.key.system.is_empty() || answer.key.system == self.system;
        answer.result != ItemResult::NotExamined && unit && system
    }
}

impl Decision {
    /// What wants an answer, unit by unit, in the order of the register. Units and systems that do not apply want
    /// none.
    #[must_use]
    pub fn cells(&self) -> Vec<Cell<'_>> {
        let mut out = Vec::new();
        for unit in self.units.iter().filter(|u| u.applicability != Applicability::NotApplicable) {
            let cell = |system, applicability| Cell {
                unit: &unit.unit,
                system,
                strength: unit.strength,
                applicability,
            };
            let asked = unit.systems.iter().filter(|s| s.applicability != Applicability::NotApplicable);
            let before = out.len();
            out.extend(asked.map(|s| cell(s.system.as_str(), s.applicability)));
            if out.len() == before {
                out.push(cell("", unit.applicability));
            }
        }
        out
    }

    /// The answers that are about something that still applies.
    fn standing<'a>(&self, answers: &[&'a Answer]) -> Vec<&'a Answer> {
        let cells = self.cells();
        answers.iter().copied().filter(|a| cells.iter().any(|c| c.is_answered_by(a))).collect()
    }

    /// The result of the item as a whole: the worst of its answers; not examined while a unit or a system lacks one,
    /// or while it is open whether a system is concerned.
    #[must_use]
    pub fn roll_up(&self, answers: &[&Answer]) -> ItemResult {
        let cells = self.cells();
        let standing = self.standing(answers);
        // What no longer applies keeps the result that it was given.
        let counted = if cells.is_empty() { answers.to_vec() } else { standing };
        let any = |result| counted.iter().any(|a| a.result == result);
        for worst in [ItemResult::Noncompliant, ItemResult::Partial, ItemResult::NoData] {
            if any(worst) {
                return worst;
            }
        }
        if cells.iter().any(|c| !counted.iter().any(|a| c.is_answered_by(a))) {
            return ItemResult::NotExamined;
        }
        [ItemResult::Compliant, ItemResult::NotApplicable]
            .into_iter()
            .find(|r| any(*r))
            .unwrap_or(ItemResult::NotExamined)
    }

    /// The strongest duty that an answer says is not met.
    #[must_use]
    pub fn failed(&self, answers: &[&Answer]) -> Option<Strength> {
        let failing: Vec<&Answer> = answers.iter().copied().filter(|a| a.result.fails()).collect();
        let cells = self.cells();
        let hit = cells.iter().filter(|c| failing.iter().any(|a| c.is_answered_by(a)));
        hit.map(|c| c.strength).min_by_key(|s| s.weight())
    }
}

/// A clause as an item of one exam.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Clause.
    pub clause: ClauseId,
    /// Whether and why it applies.
    pub decision: Decision,
}

impl Item {
    /// Replaces the profile's outcome by the examiner's. Units and systems that the profile leaves open, or that it
    /// found out of scope, follow the examiner's decision; the profile's outcome stays beside it.
    pub fn override_with(&mut self, by: Override) {
        let decision = &mut self.decision;
        let profile = decision.applicability;
        let profile_reason = std::mem::take(&mut decision.reason);
        decision.applicability = by.applicability;
        decision.reason.clone_from(&by.reason);
        let none_applies = decision.units.iter().all(|u| u.applicability != Applicability::Applicable);
        for unit in &mut decision.units {
            if by.applicability == Applicability::NotApplicable || none_applies {
                unit.applicability = by.applicability;
                for system in &mut unit.systems {
                    if by.applicability == Applicability::NotApplicable
                        || system.applicability == Applicability::Undetermined
                    {
                        system.applicability = by.applicability;
                    }
                }
            }
        }
        decision.overridden = Some(Overridden { by, profile, profile_reason });
    }
}
