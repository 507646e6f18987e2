//! How little memory the window is content with: laptops of examiners have spreadsheets open beside it.

use tauri::WebviewWindow;

/// The C library gives every thread a heap of its own and keeps what it held; a program whose work is done one piece after
/// another needs two. The library asks for the number only where a program starts, so this one starts once more.
#[cfg(target_os = "linux")]
pub fn of_few_heaps() {
    use std::os::unix::process::CommandExt;

    const HEAPS: &str = "MALLOC_ARENA_MAX";
    if std::env::var_os(HEAPS).is_some() {
        return;
    }
    let mut given = std::env::args_os();
    if let (Ok(program), Some(name)) = (std::env::current_exe(), given.next()) {
        // It comes back only when it cannot; then there are as many heaps as there would be otherwise.
        let _ = std::process::Command::new(program).arg0(name).args(given).env(HEAPS, "2").exec();
    }
}

/// Only the C library of Linux does so.
#[cfg(not(target_os = "linux"))]
pub fn of_few_heaps() {}

/// The pages come out of the program itself and are loaded anew after each lock: copies of them, and of their fonts, in the
/// web view's caches only add up. Text and lines are drawn as fast without layers for a graphics processor, which take more
/// memory than all the pages.
///
/// # Errors
/// When there is no web view.
#[cfg(target_os = "linux")]
pub fn of_the_pages(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{CacheModel, HardwareAccelerationPolicy, SettingsExt, WebContextExt, WebViewExt};

    window.with_webview(|shown| {
        let view = shown.inner();
        if let Some(context) = view.context() {
            context.set_cache_model(CacheModel::DocumentViewer);
        }
        if let Some(settings) = WebViewExt::settings(&view) {
            settings.set_enable_page_cache(false);
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    })
}

/// WebView2 decides by itself.
///
/// # Errors
/// Never.
#[cfg(not(target_os = "linux"))]
pub fn of_the_pages(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
