//! What the pages may ask of the program: one door for every use case, which decides and validates, and one for files.

use crate::given::Given;
use fieldbook_app::wire::ErrorView;
use fieldbook_app::{AppError, SharedDesk};
use serde_json::Value;
use std::sync::Arc;
use tauri::{AppHandle, Emitter, State};
use tauri_plugin_opener::OpenerExt;

/// Runs a use case away from the window's thread; what it tells meanwhile goes to the window as events.
#[tauri::command]
pub async fn call(
    app: AppHandle,
    desk: State<'_, Arc<SharedDesk>>,
    name: String,
    request: Value,
) -> Result<Value, ErrorView> {
    let (shared, window) = (Arc::clone(&desk), app.clone());
    let work = move || {
        shared.call(&name, request, &mut |told| {
            // A window that is gone needs no progress.
            let _ = window.emit(told.event(), told);
        })
    };
    let answer = tauri::async_runtime::spawn_blocking(work).await;
    if let Some(job) = desk.integrity_job() {
        let window = app.clone();
        std::thread::spawn(move || {
            job.run(&mut |view| {
                // A window that is gone needs no progress.
                let _ = window.emit("integrity", view);
            });
        });
    }
    crate::lock::follow(&app, &desk);
    answer.unwrap_or_else(|_| Err(AppError::new("internal").with("what", "panic").view()))
}

/// The file that the program was started with, once.
#[tauri::command]
pub fn given_file(given: State<'_, Given>) -> Option<String> {
    given.take()
}

/// Opens a file that was exported with the program that the system has for it.
#[tauri::command]
pub fn open_exported(
    app: AppHandle,
    desk: State<'_, Arc<SharedDesk>>,
    path: String,
) -> Result<(), ErrorView> {
    let path = desk.may_open(&path)?;
    let opened = app.opener().open_path(path.to_string_lossy(), None::<&str>);
    opened.map_err(|_| AppError::new("not_opened").view())
}
