//! The window of Fieldbook.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod clipboard;
mod commands;
mod desktop_session;
mod ending;
mod given;
mod lock;
mod memory;
mod refusal;

use fieldbook_app::{Desk, SharedDesk};
use std::alloc::System;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};
use zeroizing_alloc::ZeroAlloc;

/// Memory is overwritten when it is given back: after a lock nothing of the vault stands in what was freed.
#[global_allocator]
static MEMORY: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    match fieldbook_app::host::read_book() {
        Some(code) => code,
        None => window(),
    }
}

fn window() -> ExitCode {
    memory::of_few_heaps();
    fieldbook_app::host::keep_to_itself();
    if let Err(why) = refusal::without_web_view() {
        return fail(why);
    }
    let desk = match Desk::new(fieldbook_app::host::of_this_machine()) {
        Ok(desk) => Arc::new(SharedDesk::new(desk, Box::<clipboard::DesktopClipboard>::default())),
        Err(error) => return fail(&error.to_string()),
    };
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::init())
        .manage(Arc::clone(&desk))
        .manage(given::Given::among(std::env::args_os().skip(1)))
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::given_file,
            commands::open_exported
        ])
        .setup(move |app| {
            let window = open(app.handle())?;
            memory::of_the_pages(&window)?;
            ending::of_the_pages(&window)?;
            ending::of_the_window(&window, Arc::clone(&desk));
            lock::watch(app.handle().clone(), Arc::clone(&desk));
            let handle = app.handle().clone();
            desktop_session::listen(move |by| lock::by_signal(&handle, &desk, by));
            Ok(())
        })
        .run(tauri::generate_context!());
    match built {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => fail("視窗無法開啟。"),
    }
}

fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    // The driver of a test cannot see into a private context; everybody else gets one: nothing of an exam is kept by the
    // web view.
    let driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("查核簿 Fieldbook")
        .inner_size(1366.0, 768.0)
        .min_inner_size(1024.0, 560.0)
        .incognito(!driven)
        .general_autofill_enabled(false)
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()
}

/// The program's own pages: `tauri://localhost`, on Windows `http://tauri.localhost`. The window goes nowhere else.
fn is_ours(url: &Url) -> bool {
    matches!((url.scheme(), url.host_str()), ("tauri", Some("localhost")) | ("http", Some("tauri.localhost")))
}

/// Ends with a word on why there is no window.
fn fail(why: &str) -> ExitCode {
    refusal::tell(why);
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_pages() {
        let ours = |text: &str| is_ours(&Url::parse(text).expect("an address"));
        assert!(ours("tauri://localhost/index.html#en"));
        assert!(ours("http://tauri.localhost/"));
        for other in [
            "https://example.invalid/",
            "http://localhost/",
            "http://tauri.localhost.example.invalid/",
            "https://tauri.localhost/",
            "tauri://example.invalid/",
            "file:///etc/passwd",
            "data:text/html,<p>x</p>",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!ours(other), "{other}");
        }
    }
}
