//! What a window, or what has taken it over, can ask for: a command's name on the first line, the request as JSON behind it.
//! Requests that name a file or a folder are left out: they would have the fuzzer write where it likes.

use fieldbook_app::{Desk, call};
use fieldbook_fuzz::{input, vault};
use serde_json::Value;
use std::cell::RefCell;
use tempfile::TempDir;

/// After so many requests there is a new vault, so that what a request finds does not grow without end.
const FRESH: u32 = 2_000;

thread_local! {
    static OPEN: RefCell<Option<(Desk, TempDir, u32)>> = const { RefCell::new(None) };
}

pub fn run(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Some((name, request)) = text.split_once('\n') else { return };
    let Ok(request) = serde_json::from_str::<Value>(request) else { return };
    if names_a_place(&request) || ["exam_close", "vault_lock"].contains(&name) {
        return;
    }
    input(|| {
        OPEN.with_borrow_mut(|open| {
            if open.as_ref().is_none_or(|(_, _, asked)| *asked >= FRESH) {
                *open = None;
                let folder = vault::folder();
                *open = Some((vault::desk(folder.path()).0, folder, 0));
            }
            let Some((desk, _, asked)) = open else { return };
            *asked += 1;
            match call(desk, name, request) {
                Ok(_) => {}
                Err(error) => {
                    assert!(!error.message.is_empty() && !error.hint.is_empty(), "{}", error.code);
                    assert_ne!(error.code, "internal", "a request is never the program's own fault");
                }
            }
        });
    });
}

/// Whether a field of this name, at any depth, holds a path.
fn names_a_place(request: &Value) -> bool {
    match request {
        Value::Object(fields) => {
            let place = |key: &str| ["path", "paths", "dir", "folder", "dest"].contains(&key);
            fields.iter().any(|(key, value)| place(key) || names_a_place(value))
        }
        Value::Array(list) => list.iter().any(names_a_place),
        _ => false,
    }
}
