//! The examiner's desk: the open vault, the open exam, and the checklists. Every use case takes it.

use crate::error::{AppError, internal};
use crate::host::Host;
use fieldbook_checklist::Bundle;
use fieldbook_model::{Item, Moment};
use fieldbook_vault::{ExamStore, RecoveryIdentity, Vault};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// An exam that is open, with what is derived from it.
pub(crate) struct OpenExam {
    pub(crate) store: ExamStore,
    /// Who works now; every record carries the name.
    pub(crate) examiner: String,
    /// Items as derived from the profile; renewed when the profile changes.
    pub(crate) items: Vec<Item>,
}

/// A vault that is open.
pub(crate) struct OpenVault {
    pub(crate) vault: Vault,
    pub(crate) dir: PathBuf,
    /// The recovery identity and the groups of it that must be typed back, until they are.
    pub(crate) pending_recovery: Option<(RecoveryIdentity, Vec<usize>)>,
}

/// The desk. One for a window, one for a call of the command line.
pub struct Desk {
    pub(crate) host: Host,
    pub(crate) bundle: Arc<Bundle>,
    // The exam is declared before the vault so that its database closes first.
    pub(crate) exam: Option<OpenExam>,
    pub(crate) vault: Option<OpenVault>,
    pub(crate) saved_at: Option<Moment>,
    cancel: Arc<AtomicBool>,
}

impl Desk {
    /// A desk with nothing open.
    ///
    /// # Errors
    /// `checklist_damaged` when the bundled checklists do not load.
    pub fn new(host: Host) -> Result<Self, AppError> {
        let bundle = fieldbook_checklist::bundled().map_err(|errors| {
            let what = errors.first().map(ToString::to_string).unwrap_or_default();
            AppError::new("checklist_damaged").with("what", what)
        })?;
        Ok(Self {
            host,
            bundle: Arc::new(bundle),
            exam: None,
            vault: None,
            saved_at: None,
            cancel: Arc::new(AtomicBool::new(false)),
        })
    }

    /// The checklists.
    #[must_use]
    pub fn bundle(&self) -> &Bundle {
        &self.bundle
    }

    /// Set it to stop a running import; it can be held while the desk itself is busy.
    #[must_use]
    pub fn cancel_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.cancel)
    }

    pub(crate) fn vault(&self) -> Result<&OpenVault, AppError> {
        self.vault.as_ref().ok_or_else(|| AppError::new("locked"))
    }

    pub(crate) fn vault_mut(&mut self) -> Result<&mut OpenVault, AppError> {
        self.vault.as_mut().ok_or_else(|| AppError::new("locked"))
    }

    pub(crate) fn exam(&self) -> Result<&OpenExam, AppError> {
        self.vault()?;
        self.exam.as_ref().ok_or_else(|| AppError::new("no_exam"))
    }

    pub(crate) fn exam_mut(&mut self) -> Result<&mut OpenExam, AppError> {
        self.vault()?;
        self.exam.as_mut().ok_or_else(|| AppError::new("no_exam"))
    }

    /// Notes that something was stored durably just now.
    pub(crate) fn saved(&mut self) {
        self.saved_at = Some(self.host.now());
    }

    /// Derives the items anew after the profile or the register changed.
    pub(crate) fn derive_items(&mut self) -> Result<(), AppError> {
        let bundle = Arc::clone(&self.bundle);
        let open = self.exam.as_mut().ok_or_else(|| internal("no exam"))?;
        let exam = open.store.exam()?;
        open.items = fieldbook_checklist::items(&bundle, &exam.profile, &exam.systems);
        Ok(())
    }
}
