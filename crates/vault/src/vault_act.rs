//! Acts whose only trace in a database is their entry in the vault's journal: key slots, which are files, and what is done
//! with a sealed exam, whose own file is not written.

use crate::error::VaultError;
use crate::exam_store::named;
use crate::journal::{self, Entry};
use crate::slot::Slot;
use crate::vault::Vault;
use fieldbook_model::{ExamId, Moment, evidence_number};
use serde_json::json;

/// Such an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VaultAct<'a> {
    /// A key slot that was not there was added.
    SlotAdded(Slot),
    /// A key slot has another secret.
    SlotChanged(Slot),
    /// A key slot was taken away.
    SlotRemoved(Slot),
    /// A piece of evidence of a sealed exam was looked at.
    EvidenceViewed(&'a ExamId, i64),
    /// A piece of evidence of a sealed exam was copied out to a place.
    EvidenceCopied(&'a ExamId, i64, &'a str),
    /// A sealed exam was found older than, or other than, it was known to be.
    ExamPutBack(&'a ExamId),
}

impl VaultAct<'_> {
    fn entry(&self) -> (&'static str, String, serde_json::Value) {
        let slot = |slot: &Slot| format!("slot:{slot}");
        let piece = |exam: &ExamId, id: i64| format!("exam:{exam}/{}", evidence_number(id));
        match self {
            Self::SlotAdded(of) => ("vault.slot_added", slot(of), json!({ "slot": of.to_string() })),
            Self::SlotChanged(of) => ("vault.slot_changed", slot(of), json!({ "slot": of.to_string() })),
            Self::SlotRemoved(of) => ("vault.slot_removed", slot(of), json!({ "slot": of.to_string() })),
            Self::EvidenceViewed(exam, id) => ("vault.evidence_viewed", piece(exam, *id), json!({})),
            Self::EvidenceCopied(exam, id, place) => {
                ("vault.evidence_copied", piece(exam, *id), json!({ "place": place }))
            }
            Self::ExamPutBack(exam) => ("vault.exam_put_back", format!("exam:{exam}"), json!({})),
        }
    }
}

impl Vault {
    /// Keeps an act in the vault's journal.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, or when the vault cannot be written.
    pub fn record_act(&mut self, act: &VaultAct<'_>, by: &str, at: Moment) -> Result<(), VaultError> {
        named(by)?;
        let (action, subject, detail) = act.entry();
        let tx = self.conn.transaction()?;
        journal::record_vault(&tx, Entry { at, by, action, subject, detail })?;
        Ok(tx.commit()?)
    }
}
