//! The examiner's desk: the open vault, the open exam, and the checklists. Every use case takes it.

use crate::checklist::{LastDates, Step};
use crate::edition::Law;
use crate::error::{AppError, internal};
use crate::evidence::OpenPreview;
use crate::handover::Looked;
use crate::host::Host;
use crate::integrity::Integrity;
use crate::recall::Recalled;
use crate::wire::{GateView, LockedByWord, NoticeWord, ProcedureView};
use fieldbook_checklist::Bundle;
use fieldbook_model::{ClauseId, Item, Moment};
use fieldbook_report::PaperContent;
use fieldbook_vault::{DataView, ExamStore, Interrupter, RecoveryIdentity, Vault};
use std::cell::OnceCell;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};

/// An exam that is open, with what is derived from it.
pub(crate) struct OpenExam {
    pub(crate) store: ExamStore,
    /// The checklists that it pins, without the examiner's own procedures.
    pub(crate) law: Arc<Bundle>,
    /// Who works now; every record carries the name.
    pub(crate) examiner: String,
    /// Items as derived from the profile and the examiner's own decisions, by clause; renewed when one of them changes.
    pub(crate) items: Vec<Item>,
    /// Places in `items` in the order of their clauses' ids.
    by_clause: Vec<usize>,
    /// Steps of answering that can be taken back, and those that were. They end with the session.
    pub(crate) undo: Vec<Step>,
    pub(crate) redo: Vec<Step>,
    /// What imported data says about periods; forgotten when data changes.
    pub(crate) last_dates: OnceCell<LastDates>,
    /// What was noticed when it was opened.
    pub(crate) notices: Vec<NoticeWord>,
    /// The view of its data, from the first look on.
    pub(crate) data: Option<DataView>,
    /// The piece of evidence or the document that was looked at last: its bytes are in another process, which ends with this.
    pub(crate) preview: Option<OpenPreview>,
    /// What every paper says.
    pub(crate) contents: Recalled<Vec<PaperContent>>,
    /// What stands in the way of the final report.
    pub(crate) gate: Recalled<GateView>,
    /// The procedures with their runs.
    pub(crate) procedures: Recalled<Vec<ProcedureView>>,
}

impl OpenExam {
    /// An exam whose items are not derived yet.
    pub(crate) fn new(store: ExamStore, law: Arc<Bundle>, examiner: String) -> Self {
        Self {
            store,
            law,
            examiner,
            items: Vec::new(),
            by_clause: Vec::new(),
            undo: Vec::new(),
            redo: Vec::new(),
            last_dates: OnceCell::new(),
            notices: Vec::new(),
            data: None,
            preview: None,
            contents: Recalled::default(),
            gate: Recalled::default(),
            procedures: Recalled::default(),
        }
    }

    /// The item of a clause; `None` for what is not answered.
    pub(crate) fn item(&self, clause: &ClauseId) -> Option<&Item> {
        let at = self.by_clause.binary_search_by(|i| self.items[*i].clause.cmp(clause)).ok()?;
        self.items.get(self.by_clause[at])
    }

    /// Takes other items in.
    pub(crate) fn set_items(&mut self, items: Vec<Item>) {
        self.by_clause = (0..items.len()).collect();
        self.by_clause.sort_by(|a, b| items[*a].clause.cmp(&items[*b].clause));
        self.items = items;
    }

    /// Imported data changed: what was read from it is asked anew.
    pub(crate) fn data_changed(&mut self) {
        self.last_dates = OnceCell::new();
    }
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
    /// The checklists of the open exam; those that new exams get while none is open.
    pub(crate) bundle: Arc<Bundle>,
    /// The checklists that new exams get: the program's own with the vault's packages.
    pub(crate) law: Law,
    // The exam is declared before the vault so that its database closes first.
    pub(crate) exam: Option<OpenExam>,
    pub(crate) vault: Option<OpenVault>,
    pub(crate) saved_at: Option<Moment>,
    /// The look at the vault beside the work.
    pub(crate) integrity: Integrity,
    /// The package that was looked at last.
    pub(crate) package: Option<Looked>,
    /// Why the vault that was open before was locked.
    pub(crate) locked_by: Option<LockedByWord>,
    cancel: Arc<AtomicBool>,
    data_stop: DataStop,
}

/// What stops a look at data that is under way.
pub type DataStop = Arc<Mutex<Option<Interrupter>>>;

impl Desk {
    /// A desk with nothing open.
    ///
    /// # Errors
    /// `checklist_damaged` when the bundled checklists do not load.
    pub fn new(host: Host) -> Result<Self, AppError> {
        let law = Law::built_in()?;
        Ok(Self {
            host,
            bundle: Arc::clone(&law.bundle),
            law,
            exam: None,
            vault: None,
            saved_at: None,
            integrity: Integrity::default(),
            package: None,
            locked_by: None,
            cancel: Arc::new(AtomicBool::new(false)),
            data_stop: DataStop::default(),
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

    /// Interrupt what is in it to stop a look at data; it can be held while the desk itself is busy.
    #[must_use]
    pub fn data_stop(&self) -> DataStop {
        Arc::clone(&self.data_stop)
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

    /// Who answers for a record of the vault: the examiner at work, or who is at the keyboard.
    pub(crate) fn person(&self) -> String {
        let at_work = self.exam.as_ref().map(|open| open.examiner.clone()).filter(|e| !e.is_empty());
        at_work.unwrap_or_else(|| self.host.operator.clone())
    }

    /// Who is at the keyboard, while no exam is open.
    #[must_use]
    pub fn operator(&self) -> &str {
        &self.host.operator
    }

    /// Notes that something was stored durably just now.
    pub(crate) fn saved(&mut self) {
        self.saved_at = Some(self.host.now());
    }

    /// Derives the items anew after the profile, the register or a decision of the examiner changed.
    pub(crate) fn derive_items(&mut self) -> Result<(), AppError> {
        let bundle = Arc::clone(&self.bundle);
        let open = self.exam.as_mut().ok_or_else(|| internal("no exam"))?;
        let exam = open.store.exam()?;
        let items = fieldbook_checklist::items(&bundle, &exam.profile, &exam.systems);
        let items = overridden(items, open.store.overrides()?);
        open.set_items(items);
        Ok(())
    }

    /// Notes how far the open exam has come, so that an older file in its place is noticed. A note that could not be made
    /// hides nothing: the next opening compares with the one before.
    pub(crate) fn note(&mut self) {
        if let (Some(vault), Some(open)) = (self.vault.as_mut(), self.exam.as_mut()) {
            let _ = vault.vault.note_standing(&mut open.store);
        }
    }

    /// Closes the exam: the desk has the checklists of new exams again.
    pub(crate) fn close_exam(&mut self) {
        // Lists over exams show what they knew before when this fails; the exam itself is whole.
        let _ = crate::dashboard::keep(self);
        self.note();
        self.exam = None;
        self.bundle = Arc::clone(&self.law.bundle);
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.note();
    }
}

/// Items with the examiner's own decisions in them.
pub(crate) fn overridden(mut items: Vec<Item>, overrides: Vec<fieldbook_model::Override>) -> Vec<Item> {
    for by in overrides {
        if let Some(item) = items.iter_mut().find(|i| i.clause == by.clause) {
            item.override_with(by);
        }
    }
    items
}
