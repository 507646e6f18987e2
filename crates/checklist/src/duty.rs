//! The duties of a clause: its units, or the clause as one, each against every system of the register.

use crate::bundle::Bundle;
use crate::predicate::facts_named;
use crate::reason::{Explained, demand, explain, words};
use fieldbook_model::{
    Applicability, AppliesWhen, Clause, Predicate, Strength, System, SystemDecision, Tri, UnitDecision,
};

/// Names of systems are listed up to this number in a reason; the units hold all of them.
const NAMED_SYSTEMS: usize = 5;

/// One duty.
struct Duty<'a> {
    unit: &'a str,
    strength: Strength,
    condition: Option<&'a Predicate>,
    /// One a system, in the order of the register; empty without a condition.
    explained: Vec<Explained<'a>>,
}

/// The duties of one clause.
pub(crate) struct Duties<'a> {
    duties: Vec<Duty<'a>>,
    systems: &'a [System],
    /// What the duties demand of a system, in words.
    demands: Vec<String>,
}

impl<'a> Duties<'a> {
    /// The duties with each system evaluated.
    pub(crate) fn of(
        bundle: &'a Bundle,
        clause: &'a Clause,
        when: &'a AppliesWhen,
        systems: &'a [System],
    ) -> Self {
        let mut all = Self::without_systems(clause, when, systems);
        for duty in &mut all.duties {
            let Some(condition) = duty.condition else { continue };
            let of_system = |system: &'a System| explain(bundle, condition, &|code| system.facts.get(code));
            duty.explained = systems.iter().map(of_system).collect();
            let demand = demand(bundle, condition);
            if !all.demands.contains(&demand) {
                all.demands.push(demand);
            }
        }
        all
    }

    /// The duties, no system looked at: for what is closed by the firm's facts.
    pub(crate) fn without_systems(clause: &'a Clause, when: &'a AppliesWhen, systems: &'a [System]) -> Self {
        let own = when.per_system.as_ref();
        let mut duties: Vec<Duty<'a>> = clause
            .units
            .iter()
            .map(|unit| Duty {
                unit: &unit.id,
                strength: unit.strength,
                condition: unit.per_system.as_ref().or(own),
                explained: Vec::new(),
            })
            .collect();
        if duties.is_empty() {
            duties.push(Duty { unit: "", strength: clause.strength, condition: own, explained: Vec::new() });
        }
        Self { duties, systems, demands: Vec::new() }
    }

    /// The one duty of a clause that nobody answers.
    pub(crate) fn unasked(clause: &'a Clause) -> Self {
        let duty = Duty { unit: "", strength: clause.strength, condition: None, explained: Vec::new() };
        Self { duties: vec![duty], systems: &[], demands: Vec::new() }
    }

    /// Every unit and system as not applicable for one reason.
    pub(crate) fn closed(&self, reason: &str) -> Vec<UnitDecision> {
        let row = |system: &System| SystemDecision {
            system: system.name.clone(),
            applicability: Applicability::NotApplicable,
            reason: reason.to_owned(),
        };
        let unit = |duty: &Duty<'_>| UnitDecision {
            unit: duty.unit.to_owned(),
            strength: duty.strength,
            applicability: Applicability::NotApplicable,
            systems: duty.condition.map_or_else(Vec::new, |_| self.systems.iter().map(row).collect()),
        };
        self.duties.iter().map(unit).collect()
    }

    /// Every unit and system as the facts of firm and register decide. The firm's condition holds or is open.
    pub(crate) fn decisions(&self, firm: &Explained<'_>) -> Vec<UnitDecision> {
        self.duties.iter().map(|duty| self.decision_on(duty, firm)).collect()
    }

    fn decision_on(&self, duty: &Duty<'_>, firm: &Explained<'_>) -> UnitDecision {
        let rows = self.systems.iter().zip(&duty.explained);
        let systems: Vec<SystemDecision> = rows.map(|(system, met)| row(system, firm, met)).collect();
        let any = |outcome| systems.iter().any(|s| s.applicability == outcome);
        let applicability = match firm.outcome {
            Tri::Yes if duty.condition.is_none() => Applicability::Applicable,
            Tri::Yes if any(Applicability::Applicable) => Applicability::Applicable,
            _ if systems.is_empty() || any(Applicability::Undetermined) => Applicability::Undetermined,
            _ => Applicability::NotApplicable,
        };
        UnitDecision { unit: duty.unit.to_owned(), strength: duty.strength, applicability, systems }
    }

    /// Number of registered systems.
    pub(crate) fn registered(&self) -> usize {
        self.systems.len()
    }

    /// Codes of the facts of systems that the duties ask for.
    pub(crate) fn codes(&self) -> impl Iterator<Item = &'a str> {
        self.duties.iter().filter_map(|d| d.condition).flat_map(facts_named).map(|(code, _)| code)
    }

    /// What a system has to be for one of the duties, in words.
    pub(crate) fn demand(&self) -> String {
        self.demands.join("或")
    }

    /// Whether a system meets one of the duties.
    fn outcome(&self, at: usize) -> Tri {
        let met = self.duties.iter().filter_map(|duty| duty.explained.get(at));
        met.fold(Tri::No, |any, one| any.or(one.outcome))
    }

    fn having(&self, outcome: Tri) -> impl Iterator<Item = (usize, &'a System)> + '_ {
        self.systems.iter().enumerate().filter(move |(at, _)| self.outcome(*at) == outcome)
    }

    fn of_systems(&self) -> bool {
        self.duties.iter().any(|duty| duty.condition.is_some())
    }

    /// Names of the systems with this outcome over all duties, given that of the firm's condition.
    pub(crate) fn systems_that(&self, outcome: Tri, firm: Tri) -> Vec<String> {
        if firm != Tri::Yes || !self.of_systems() {
            return Vec::new();
        }
        self.having(outcome).map(|(_, system)| system.name.clone()).collect()
    }

    /// The systems with this outcome, named in a sentence; empty when there is none.
    pub(crate) fn named(&self, outcome: Tri) -> String {
        let quoted: Vec<String> =
            self.having(outcome).map(|(_, system)| format!("「{}」", system.name)).collect();
        shortened(&quoted, "")
    }

    /// What is unknown about the systems that no duty is known to concern.
    pub(crate) fn open(&self) -> String {
        let asked = self.having(Tri::Unknown).map(|(at, system)| {
            let met = self.duties.iter().filter_map(|duty| duty.explained.get(at));
            let mut questions: Vec<&str> = Vec::new();
            for ground in met.filter(|e| e.outcome == Tri::Unknown).flat_map(|e| &e.grounds) {
                if !questions.contains(&ground.words.as_ref()) {
                    questions.push(&ground.words);
                }
            }
            format!("系統「{}」{}", system.name, questions.join("、"))
        });
        shortened(&asked.collect::<Vec<_>>(), "；")
    }

    /// For a clause that binds the firm while its duties are of systems: what the register leaves open about them.
    pub(crate) fn remarks(&self) -> String {
        if !self.of_systems() {
            return String::new();
        }
        if self.systems.is_empty() {
            return "（各項義務依資通系統而定，系統清冊尚無資料）".to_owned();
        }
        let mut remarks = String::new();
        let open = self.open();
        if !open.is_empty() {
            remarks.push_str(&format!("（各項義務依資通系統而定，尚未確認{open}）"));
        }
        let outside = self.named(Tri::No);
        if !outside.is_empty() {
            remarks.push_str(&format!("（系統{outside}依條文文義不屬任一項義務之對象，請查核人員確認）"));
        }
        remarks
    }
}

fn row(system: &System, firm: &Explained<'_>, met: &Explained<'_>) -> SystemDecision {
    let (applicability, reason) = match (firm.outcome, met.outcome) {
        (_, Tri::No) => (Applicability::NotApplicable, format!("因{}", words(&met.grounds, "且"))),
        (Tri::Yes, Tri::Yes) => (Applicability::Applicable, format!("因{}", words(&met.grounds, "且"))),
        (Tri::Yes, Tri::Unknown) => {
            (Applicability::Undetermined, format!("尚未確認{}", words(&met.grounds, "、")))
        }
        (_, Tri::Yes) => (Applicability::Undetermined, format!("尚未確認{}", words(&firm.grounds, "、"))),
        (_, Tri::Unknown) => {
            let reason = format!("尚未確認{}、{}", words(&firm.grounds, "、"), words(&met.grounds, "、"));
            (Applicability::Undetermined, reason)
        }
    };
    SystemDecision { system: system.name.clone(), applicability, reason }
}

/// The first few texts joined; of more than that the number is told.
fn shortened(texts: &[String], joined_by: &str) -> String {
    let named = texts.iter().take(NAMED_SYSTEMS).map(String::as_str).collect::<Vec<_>>().join(joined_by);
    if texts.len() > NAMED_SYSTEMS { format!("{named}等{}個", texts.len()) } else { named }
}
