//! Whether the vault is as it was written: a look at all of it on request, and one beside the work after it was opened.

mod words;

use crate::desk::Desk;
use crate::error::AppError;
use crate::host::Clock;
use crate::wire::{FoundView, IntegrityState, IntegrityView};
use fieldbook_vault::{VaultError, Verified, Verifier, Watch};
use std::sync::{Arc, Mutex, PoisonError};

/// The look that is under way, or the last one.
#[derive(Default)]
pub(crate) struct Integrity {
    watch: Watch,
    /// One that somebody still has to run.
    begun: Option<IntegrityJob>,
    view: Arc<Mutex<IntegrityView>>,
}

impl Integrity {
    /// Breaks a look off and forgets what it found. The keys that it works with are wiped as it ends.
    pub(crate) fn end(&mut self) {
        self.watch.stop();
        *self = Self::default();
    }
}

/// A look at the vault that begins when it is run, on whatever thread.
pub struct IntegrityJob {
    verifier: Verifier,
    view: Arc<Mutex<IntegrityView>>,
    clock: Clock,
}

/// Looks at every page, reference, piece of evidence and journal entry, now.
///
/// # Errors
/// `locked`, or the store's.
pub fn verify(desk: &Desk) -> Result<Vec<FoundView>, AppError> {
    Ok(desk.vault()?.vault.verify()?.iter().map(words::view).collect())
}

/// How the look beside the work stands.
///
/// # Errors
/// `locked`.
pub fn integrity(desk: &Desk) -> Result<IntegrityView, AppError> {
    desk.vault()?;
    Ok(locked(&desk.integrity.view).clone())
}

/// A look at the vault for another thread, in place of one that is under way. Locking the vault breaks it off.
///
/// # Errors
/// `locked`.
pub fn begin(desk: &mut Desk) -> Result<IntegrityJob, AppError> {
    desk.vault()?;
    desk.integrity.end();
    let verifier = desk.vault()?.vault.verifier(&desk.integrity.watch);
    let view = Arc::clone(&desk.integrity.view);
    locked(&view).state = IntegrityState::Running;
    Ok(IntegrityJob { verifier, view, clock: Arc::clone(&desk.host.clock) })
}

/// Begins a look that whoever holds the desk takes up with [`Desk::integrity_job`] and runs beside it.
///
/// # Errors
/// `locked`.
pub fn start(desk: &mut Desk) -> Result<IntegrityView, AppError> {
    let job = begin(desk)?;
    desk.integrity.begun = Some(job);
    integrity(desk)
}

impl Desk {
    /// A look at the vault that was begun and waits to be run.
    pub fn integrity_job(&mut self) -> Option<IntegrityJob> {
        self.integrity.begun.take()
    }
}

impl IntegrityJob {
    /// Looks; tells each hundredth done and, last, how it ended.
    pub fn run(self, tell: &mut dyn FnMut(&IntegrityView)) {
        let Self { verifier, view, clock } = self;
        let done = verifier.run(&mut |at| {
            let percent = percent(at);
            let mut view = locked(&view);
            if view.percent != percent {
                view.percent = percent;
                tell(&view);
            }
        });
        let (state, found) = match done {
            Ok(found) if found.is_empty() => (IntegrityState::Whole, Vec::new()),
            Ok(found) => (IntegrityState::Problems, found.iter().map(words::view).collect()),
            Err(VaultError::Cancelled) => (IntegrityState::Stopped, Vec::new()),
            Err(_) => (IntegrityState::Failed, Vec::new()),
        };
        let at = clock().strftime("%H:%M:%S").to_string();
        let mut view = locked(&view);
        *view = IntegrityView { state, percent: 100, at, found };
        tell(&view);
    }
}

fn percent(at: Verified) -> u32 {
    at.done.saturating_mul(100).checked_div(at.total).and_then(|n| u32::try_from(n).ok()).unwrap_or(100)
}

/// A look that fell leaves the view as it was.
fn locked(view: &Mutex<IntegrityView>) -> std::sync::MutexGuard<'_, IntegrityView> {
    view.lock().unwrap_or_else(PoisonError::into_inner)
}
