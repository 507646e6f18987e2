//! What is done when the window, or the pages in it, come to an end that nobody's work may be lost by.

use crate::lock;
use fieldbook_app::SharedDesk;
use fieldbook_app::wire::LockedByWord;
use std::sync::Arc;
use tauri::{Manager, WebviewWindow, WindowEvent};

/// Somebody closes the window: the pages store what was being written, long work is stopped and leaves nothing half done,
/// the vault is locked, and then the window goes.
pub fn of_the_window(window: &WebviewWindow, desk: Arc<SharedDesk>) {
    let app = window.app_handle().clone();
    window.on_window_event(move |event| {
        let WindowEvent::CloseRequested { api, .. } = event else { return };
        if !desk.is_open() {
            return;
        }
        api.prevent_close();
        let (app, desk) = (app.clone(), Arc::clone(&desk));
        std::thread::spawn(move || {
            desk.stop_work();
            lock::by_signal(&app, &desk, LockedByWord::Asked);
            app.exit(0);
        });
    });
}

/// The web view's own process ended: its pages begin again. After a fault they find the vault and the exam open as they were.
///
/// # Errors
/// When there is no web view.
#[cfg(target_os = "linux")]
pub fn of_the_pages(window: &WebviewWindow) -> tauri::Result<()> {
    use std::cell::Cell;
    use std::time::{Duration, Instant};
    use webkit2gtk::{WebProcessTerminationReason, WebViewExt};

    /// Pages that end again within so short a time would do so for ever.
    const AT_ONCE: Duration = Duration::from_secs(5);
    let app = window.app_handle().clone();
    window.with_webview(move |shown| {
        let before = Cell::new(None::<Instant>);
        shown.inner().connect_web_process_terminated(move |view, why| {
            if why == WebProcessTerminationReason::TerminatedByApi {
                return view.reload();
            }
            match before.replace(Some(Instant::now())) {
                Some(before) if before.elapsed() < AT_ONCE => app.exit(1),
                _ => view.reload(),
            }
        });
    })
}

/// Ends the pages and has them begin again, so that nothing of a vault stays in their memory: the process that held it goes.
#[cfg(target_os = "linux")]
pub fn with_all_they_held(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt;

    // A window that is gone holds nothing.
    let _ = window.with_webview(|shown| match shown.inner() {
        // A driver's session would go with the process.
        view if view.is_controlled_by_automation() => view.reload(),
        view => view.terminate_web_process(),
    });
}

/// WebView2 begins its pages again in the process that it has.
#[cfg(not(target_os = "linux"))]
pub fn with_all_they_held(window: &WebviewWindow) {
    // A window that is gone holds nothing.
    let _ = window.reload();
}

/// WebView2 shows a page of its own, from which its pages can be begun again.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn of_the_pages(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
