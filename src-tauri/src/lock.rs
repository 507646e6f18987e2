//! What locks the vault beside the window: the clock, and the desktop's session. It does so also when the pages hang.

use crate::ending;
use fieldbook_app::SharedDesk;
use fieldbook_app::wire::{LockNoticeView, LockedByWord};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tauri::{AppHandle, Emitter, Manager};

/// How often the clocks are looked at.
const BEAT: Duration = Duration::from_secs(1);
/// How long the window has to store what was begun when the session is locked or the machine goes to sleep.
const SIGNAL_GRACE: Duration = Duration::from_secs(2);
/// How often it is asked whether it has.
const LOOK: Duration = Duration::from_millis(50);

/// Looks at the clocks as long as the program runs.
pub fn watch(app: AppHandle, desk: Arc<SharedDesk>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(BEAT);
            let notice = desk.beat();
            tell(&app, notice);
            follow(&app, &desk);
        }
    });
}

/// Locks because the desktop says so; returns when the vault is locked.
pub fn by_signal(app: &AppHandle, desk: &SharedDesk, by: LockedByWord) {
    let Some(notice) = desk.announce(by) else { return };
    tell(app, Some(notice));
    let begun = Instant::now();
    while desk.is_open() && begun.elapsed() < SIGNAL_GRACE {
        std::thread::sleep(LOOK);
    }
    if desk.is_open() {
        desk.lock(by);
    }
    follow(app, desk);
}

fn tell(app: &AppHandle, notice: Option<LockNoticeView>) {
    if let Some(notice) = notice {
        // A window that is gone needs no notice.
        let _ = app.emit("lock", notice);
    }
}

/// What the window itself has to do after a command or a beat: start anew when the vault was locked, so that nothing of it
/// stays in the pages' memory, and be kept out of captures or not.
pub fn follow(app: &AppHandle, desk: &SharedDesk) {
    let Some(window) = app.get_webview_window("main") else { return };
    // Where the platform cannot, the setting says so.
    let _ = window.set_content_protected(desk.content_protected());
    if desk.take_locked() {
        ending::with_all_they_held(&window);
    }
}
