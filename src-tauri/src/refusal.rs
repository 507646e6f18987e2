//! What is told when there is no window to tell it in. A program with windows has no terminal on Windows, so a box says it there.

/// Whether the system has what the window is made of. Windows may lack it; on Linux the program would not even start.
///
/// # Errors
/// The two lines that say so.
#[cfg(windows)]
pub fn without_web_view() -> Result<(), &'static str> {
    const LACKS: &str = "這台電腦沒有 Microsoft Edge WebView2 執行階段，視窗無法開啟。\n\
        建議：向資訊人員索取 WebView2 執行階段的離線安裝檔（Evergreen Standalone Installer），安裝後再試。";
    tauri::webview_version().map(|_| ()).map_err(|_| LACKS)
}

/// As above.
///
/// # Errors
/// None.
#[cfg(not(windows))]
pub fn without_web_view() -> Result<(), &'static str> {
    Ok(())
}

/// Says why there is no window.
#[cfg(windows)]
pub fn tell(why: &str) {
    let message = rfd::MessageDialog::new().set_level(rfd::MessageLevel::Error);
    message.set_title("查核簿 Fieldbook").set_description(why).show();
}

/// Says why there is no window.
#[cfg(not(windows))]
pub fn tell(why: &str) {
    eprintln!("錯誤：{why}");
}
