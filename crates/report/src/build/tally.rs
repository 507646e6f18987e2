//! Counting items: by applicability, and by the result rolled up over units and systems.

use crate::{Dossier, ItemLine};
use fieldbook_model::{Answer, Applicability, ItemResult};

/// The results in the order of a paper.
pub const RESULTS: [ItemResult; 6] = [
    ItemResult::Compliant,
    ItemResult::Partial,
    ItemResult::Noncompliant,
    ItemResult::NoData,
    ItemResult::NotApplicable,
    ItemResult::NotExamined,
];

/// Items of one document or of all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All items.
    pub items: u64,
    /// 適用.
    pub applicable: u64,
    /// 依較佳規範.
    pub substituted: u64,
    /// The clause's own exception is met; an examiner still looks whether it is.
    pub waived: u64,
    /// 不適用.
    pub not_applicable: u64,
    /// 適用性待確認.
    pub undetermined: u64,
    /// Results of the items that are not out of scope, in the order of [`RESULTS`].
    pub results: [u64; 6],
}

impl Tally {
    /// Counts items.
    pub fn of<'a>(items: impl Iterator<Item = &'a ItemLine>) -> Self {
        let mut tally = Self::default();
        for item in items {
            tally.items += 1;
            match item.decision.applicability {
                Applicability::Applicable => tally.applicable += 1,
                Applicability::Substituted => tally.substituted += 1,
                Applicability::Waived => tally.waived += 1,
                Applicability::NotApplicable => tally.not_applicable += 1,
                Applicability::Undetermined => tally.undetermined += 1,
            }
            if in_scope(item) {
                let rolled = rolled_up(item);
                for (count, result) in tally.results.iter_mut().zip(RESULTS) {
                    *count += u64::from(result == rolled);
                }
            }
        }
        tally
    }

    /// How many items in scope have this result.
    pub fn result(&self, result: ItemResult) -> u64 {
        RESULTS.iter().zip(self.results).find(|(r, _)| **r == result).map_or(0, |(_, n)| n)
    }
}

/// Whether an examiner has to answer the item (or may still have to).
pub fn in_scope(item: &ItemLine) -> bool {
    item.decision.applicability != Applicability::NotApplicable
}

/// The result of the item as a whole, by the rule that every screen uses too.
pub fn rolled_up(item: &ItemLine) -> ItemResult {
    let answers: Vec<&Answer> = item.answers.iter().collect();
    item.decision.roll_up(&answers)
}

/// The tally of each document of the dossier, in its order, by code.
pub fn by_document(dossier: &Dossier) -> Vec<(&str, Tally)> {
    let of = |code: &str| Tally::of(dossier.items.iter().filter(|i| i.clause.id.doc() == code));
    dossier
        .documents
        .iter()
        .map(|d| (d.code.as_str(), of(&d.code)))
        .filter(|(_, tally)| tally.items > 0)
        .collect()
}
