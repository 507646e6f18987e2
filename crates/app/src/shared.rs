//! A desk that several threads share: the window's commands, one after the other, and what locks the vault beside them.
//!
//! A lock has two steps. First the window is told, so that it stores what somebody was writing; the commands that were
//! begun, and those that it still asks for within the grace, are done. Then the vault is locked, whether the window answers
//! or not: what is under way is waited for, nothing new begins.

use crate::call::{Tell, call_telling};
use crate::clipboard::{Clipboard, Copied, LONGEST_COPY};
use crate::desk::{DataStop, Desk};
use crate::error::AppError;
use crate::host::Host;
use crate::integrity::IntegrityJob;
use crate::security;
use crate::session;
use crate::watch::{Beat, Turn, Watch};
use crate::wire::{ClipboardRequest, ErrorView, LockNoticeView, LockStepWord, LockedByWord, SecurityView};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long the window has to store what somebody was writing, when there is time.
const GRACE: Duration = Duration::from_secs(5);
/// The same before the machine sleeps: systems wait five seconds for programs.
const SHORT_GRACE: Duration = Duration::from_secs(2);

/// A desk that several threads share.
pub struct SharedDesk {
    desk: Mutex<Desk>,
    host: Host,
    cancel: Arc<AtomicBool>,
    data_stop: DataStop,
    guard: Mutex<Guard>,
    changed: Condvar,
    clipboard: Mutex<(Box<dyn Clipboard>, Copied)>,
}

struct Guard {
    watch: Watch,
    security: SecurityView,
    /// Commands that were begun.
    at_work: usize,
    /// A lock that the window was told of, and until when it may still ask for something.
    due: Option<(LockedByWord, Duration)>,
    /// Nothing new begins.
    closing: bool,
    /// The vault was locked since somebody asked last.
    locked: bool,
    /// Something is shown that is shown once.
    secret_shown: bool,
    /// A look at the vault that waits to be run.
    look: Option<IntegrityJob>,
    /// Files that this session wrote for the examiner; nothing else is opened from the window.
    exported: BTreeSet<String>,
}

/// A command that was begun; it counts until it is dropped, also by a panic.
struct Begun<'a>(&'a SharedDesk);

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.guard().at_work -= 1;
        self.0.changed.notify_all();
    }
}

impl SharedDesk {
    /// Shares a desk.
    #[must_use]
    pub fn new(desk: Desk, clipboard: Box<dyn Clipboard>) -> Self {
        let (host, cancel, data_stop) = (desk.host.clone(), desk.cancel_flag(), desk.data_stop());
        let guard = Guard {
            watch: Watch::default(),
            security: security::usual(),
            at_work: 0,
            due: None,
            closing: false,
            locked: false,
            secret_shown: false,
            look: None,
            exported: BTreeSet::new(),
        };
        Self {
            desk: Mutex::new(desk),
            host,
            cancel,
            data_stop,
            guard: Mutex::new(guard),
            changed: Condvar::new(),
            clipboard: Mutex::new((clipboard, Copied::default())),
        }
    }

    fn guard(&self) -> MutexGuard<'_, Guard> {
        self.guard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A use case that panicked has written nothing: stores work in transactions.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Runs a command. Those that stop others, and signs of somebody, do not wait for the desk.
    ///
    /// # Errors
    /// As [`crate::call`]; `locked` while the vault is being locked.
    pub fn call(&self, name: &str, request: Value, tell: Tell) -> Result<Value, ErrorView> {
        match name {
            "session_touch" => self.guard().watch.touched((self.host.ticks)()),
            "import_cancel" | "audit_cancel" | "evidence_cancel" | "handover_cancel" => {
                self.cancel.store(true, Ordering::Relaxed)
            }
            "data_cancel" => self.stop_data(),
            "clipboard_put" => self.copy(request).map_err(|e| e.view())?,
            _ => return self.work(name, request, tell),
        }
        Ok(Value::Null)
    }

    fn stop_data(&self) {
        if let Some(running) = self.data_stop.lock().unwrap_or_else(PoisonError::into_inner).as_ref() {
            running.interrupt();
        }
    }

    fn work(&self, name: &str, request: Value, tell: Tell) -> Result<Value, ErrorView> {
        let begun = self.begin().map_err(|e| e.view())?;
        let mut desk = self.desk();
        let answer = call_telling(&mut desk, name, request, tell);
        self.look(&mut desk);
        let look = desk.integrity_job();
        drop(desk);
        if look.is_some() {
            self.guard().look = look;
        }
        if let Ok(view) = &answer {
            self.guard().exported.extend(exported(view));
        }
        drop(begun);
        answer
    }

    /// A look at the vault that a command began, for a thread of its own. Locking the vault breaks it off.
    #[must_use]
    pub fn integrity_job(&self) -> Option<IntegrityJob> {
        self.guard().look.take()
    }

    fn begin(&self) -> Result<Begun<'_>, AppError> {
        let mut guard = self.guard();
        if guard.closing {
            return Err(AppError::new("locked"));
        }
        guard.at_work += 1;
        Ok(Begun(self))
    }

    /// Sees what a command made of the vault.
    fn look(&self, desk: &mut Desk) {
        let mut guard = self.guard();
        let was_open = guard.watch.is_open();
        match security::security(desk) {
            Ok(security) => {
                if was_open {
                    guard.watch.set_idle(security.idle_minutes);
                } else {
                    guard.watch.opened((self.host.ticks)(), security.idle_minutes);
                    desk.locked_by = None;
                }
                guard.security = security;
            }
            Err(_) if desk.vault.is_none() && was_open => {
                let by = guard.due.take().map_or(LockedByWord::Asked, |(by, _)| by);
                desk.locked_by = Some(by);
                guard.watch.closed();
                guard.security = security::usual();
                guard.locked = true;
                guard.exported.clear();
                self.take_back();
            }
            // A vault whose settings cannot be read is watched over as before.
            Err(_) => {}
        }
        guard.secret_shown = desk.vault.as_ref().is_some_and(|open| open.pending_recovery.is_some());
    }

    fn copy(&self, request: Value) -> Result<(), AppError> {
        let until = {
            let guard = self.guard();
            if !guard.watch.is_open() || guard.closing {
                return Err(AppError::new("locked"));
            }
            (self.host.ticks)() + Duration::from_secs(u64::from(guard.security.clipboard_seconds))
        };
        let request: ClipboardRequest =
            serde_json::from_value(request).map_err(|_| AppError::new("bad_request"))?;
        if request.text.len() > LONGEST_COPY {
            return Err(AppError::new("request_too_large"));
        }
        let mut held = self.clipboard.lock().unwrap_or_else(PoisonError::into_inner);
        let (clipboard, copied) = &mut *held;
        if copied.put(clipboard.as_mut(), &request.text, until) {
            Ok(())
        } else {
            Err(AppError::new("no_clipboard"))
        }
    }

    fn take_back(&self) {
        let mut held = self.clipboard.lock().unwrap_or_else(PoisonError::into_inner);
        let (clipboard, copied) = &mut *held;
        copied.take_back(clipboard.as_mut());
    }

    /// Looks at the clocks, about once a second: takes the clipboard back, counts down, locks. Says what the window is to be
    /// told. It returns when the vault is locked, if it is.
    pub fn beat(&self) -> Option<LockNoticeView> {
        let now = Beat { wall: self.host.now(), ticks: (self.host.ticks)() };
        {
            let mut held = self.clipboard.lock().unwrap_or_else(PoisonError::into_inner);
            let (clipboard, copied) = &mut *held;
            copied.beat(clipboard.as_mut(), now.ticks);
        }
        let mut guard = self.guard();
        if let Some((by, until)) = guard.due {
            drop(guard);
            if until <= now.ticks {
                self.lock(by);
            }
            return None;
        }
        let turn = guard.watch.beat(now);
        let waits = guard.at_work > 0;
        drop(guard);
        let notice = |step, seconds: u64| {
            let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
            Some(LockNoticeView { step, seconds, by: LockedByWord::Idle, waits })
        };
        match turn {
            Turn::Rest => None,
            Turn::Soon(seconds) => notice(LockStepWord::Soon, seconds),
            Turn::Stay => notice(LockStepWord::Stay, 0),
            Turn::Lock(by) => self.announce(by),
        }
    }

    /// Says that the vault will be locked as soon as the window has stored what was begun; `None` when it is not open. A
    /// machine that sleeps or is left waits for no long work: imports and runs are stopped, and leave nothing half done.
    pub fn announce(&self, by: LockedByWord) -> Option<LockNoticeView> {
        let mut guard = self.guard();
        if !guard.watch.is_open() || guard.closing {
            return None;
        }
        let grace = if matches!(by, LockedByWord::Sleep) { SHORT_GRACE } else { GRACE };
        guard.due = Some((by, (self.host.ticks)() + grace));
        let waits = guard.at_work > 0;
        drop(guard);
        if matches!(by, LockedByWord::Sleep | LockedByWord::Session) {
            self.stop_work();
        }
        Some(LockNoticeView { step: LockStepWord::Now, seconds: 0, by, waits })
    }

    /// Stops imports, runs and other long work; they leave nothing half done.
    pub fn stop_work(&self) {
        self.cancel.store(true, Ordering::Relaxed);
        self.stop_data();
    }

    /// Locks the vault: nothing new begins, what was begun is finished.
    pub fn lock(&self, by: LockedByWord) {
        let mut guard = self.guard();
        guard.closing = true;
        guard.due.get_or_insert((by, Duration::ZERO));
        let guard = self.changed.wait_while(guard, |g| g.at_work > 0).unwrap_or_else(PoisonError::into_inner);
        drop(guard);
        let mut desk = self.desk();
        session::vault_lock(&mut desk);
        self.look(&mut desk);
        let mut guard = self.guard();
        (guard.closing, guard.due) = (false, None);
    }

    /// Whether the vault was locked since this was asked last: then the window starts anew.
    #[must_use]
    pub fn take_locked(&self) -> bool {
        std::mem::take(&mut self.guard().locked)
    }

    /// A file as it may be handed to the program that the system has for it.
    ///
    /// # Errors
    /// `not_exported` for what this program did not write since the vault was opened.
    pub fn may_open(&self, path: &str) -> Result<PathBuf, ErrorView> {
        if self.guard().exported.contains(path) {
            Ok(PathBuf::from(path))
        } else {
            Err(AppError::new("not_exported").view())
        }
    }

    /// The journal's checkpoint of the open exam, `size:root`; `None` when none is open.
    #[must_use]
    pub fn checkpoint(&self) -> Option<String> {
        let checkpoint = self.desk().exam.as_ref()?.store.checkpoint().ok()?;
        Some(format!("{}:{}", checkpoint.size, checkpoint.root))
    }

    /// Whether a vault is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.guard().watch.is_open()
    }

    /// Whether the window is to be kept out of captures: the examiner wants it, or the recovery identity is shown.
    #[must_use]
    pub fn content_protected(&self) -> bool {
        let guard = self.guard();
        guard.security.content_protected || guard.secret_shown
    }
}

/// The files that a view names as written ([`crate::wire::ExportedFileView`]).
fn exported(view: &Value) -> Vec<String> {
    let files = view.get("files").and_then(Value::as_array).into_iter().flatten();
    let written = files.filter(|file| file.get("sha256").is_some());
    written.filter_map(|file| Some(file.get("file")?.as_str()?.to_owned())).collect()
}
