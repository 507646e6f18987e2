//! A vault that is open is locked when it must be, loses nothing by it, and answers nothing afterwards.

mod desk;

use desk::{ask, create, exam, locked_by, refused, shared};
use fieldbook_app::wire::{LockStepWord, LockedByWord};
use serde_json::{Value, json};
use std::sync::mpsc;

#[test]
fn an_idle_vault_counts_down_is_announced_and_locked_though_the_window_says_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, clocks, board) = shared(folder.path());
    create(&desk, folder.path());
    ask(
        &desk,
        "security_set",
        json!({ "idle_minutes": 1, "clipboard_seconds": 600, "content_protected": false }),
    );
    ask(&desk, "clipboard_put", json!({ "text": "王小明" }));
    let mut steps = Vec::new();
    for _ in 0..70 {
        clocks.pass(1);
        steps.extend(desk.beat().map(|n| (n.step, n.seconds)));
    }
    assert_eq!(steps.first(), Some(&(LockStepWord::Soon, 30)));
    assert_eq!(steps.last(), Some(&(LockStepWord::Now, 0)));
    assert!(!desk.is_open() && desk.take_locked());
    assert_eq!(locked_by(&desk), Some(LockedByWord::Idle));
    assert_eq!(*board.0.lock().expect("not poisoned"), None, "the copy was taken back");
}

#[test]
fn a_sign_of_somebody_keeps_it_open() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, clocks, _) = shared(folder.path());
    create(&desk, folder.path());
    for _ in 0..100 {
        clocks.pass(20);
        desk.beat();
        ask(&desk, "session_touch", Value::Null);
    }
    assert!(desk.is_open());
}

#[test]
fn a_vault_is_locked_after_the_machine_slept() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, clocks, _) = shared(folder.path());
    create(&desk, folder.path());
    clocks.pass(1);
    assert_eq!(desk.beat(), None);
    clocks.sleep(3600);
    assert_eq!(desk.beat().map(|n| (n.step, n.by)), Some((LockStepWord::Now, LockedByWord::Sleep)));
    // The window stores and locks by itself; the reason stays the one that was announced.
    ask(&desk, "vault_lock", Value::Null);
    assert_eq!(locked_by(&desk), Some(LockedByWord::Sleep));
}

#[test]
fn after_a_lock_every_command_that_needs_a_vault_says_so() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    exam(&desk);
    ask(&desk, "vault_lock", Value::Null);
    let open_to_all = |name: &str| {
        name.starts_with("vault_")
            || name.ends_with("_cancel")
            || name.starts_with("session")
            || name == "passphrase_strength"
            || name == "licences"
    };
    let closed: Vec<&str> = fieldbook_app::command_names().into_iter().filter(|n| !open_to_all(n)).collect();
    assert!(closed.len() > 100);
    for name in closed {
        assert_eq!(refused(&desk, name, json!({})), "locked", "{name}");
        assert_eq!(refused(&desk, name, Value::Null), "locked", "{name}");
    }
}

#[test]
fn work_that_was_begun_is_finished_before_the_lock_and_nothing_new_begins() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    exam(&desk);
    let list = folder.path().join("帳號清冊.csv");
    std::fs::write(&list, "帳號,姓名,啟用日\nA001,王小明,109.01.02\n").expect("a list");
    let (begun, at_work) = mpsc::channel();
    let (go_on, wait) = mpsc::channel::<()>();
    let worker = std::thread::spawn({
        let desk = std::sync::Arc::clone(&desk);
        move || {
            let mut first = true;
            desk.call("import_inspect", json!({ "paths": [list], "encoding": null }), &mut move |_| {
                if std::mem::take(&mut first) {
                    begun.send(()).expect("the test listens");
                    wait.recv().expect("the test answers");
                }
            })
        }
    });
    at_work.recv().expect("the work begins");
    assert!(desk.announce(LockedByWord::Session).expect("it is open").waits);
    let locker = std::thread::spawn({
        let desk = std::sync::Arc::clone(&desk);
        move || desk.lock(LockedByWord::Session)
    });
    // A copy does not wait for the desk, so it tells when nothing new begins.
    while desk.call("clipboard_put", json!({ "text": "甲" }), &mut |_| ()).is_ok() {
        std::thread::yield_now();
    }
    assert!(desk.is_open(), "it waits for the work");
    go_on.send(()).expect("the work listens");
    let inspected = worker.join().expect("no panic");
    // A locked session stops long work; either way it ended whole, with an answer of its own.
    assert!(inspected.map_or_else(|e| e.code != "locked", |view| view.is_array()));
    locker.join().expect("no panic");
    assert!(!desk.is_open());
    assert_eq!(locked_by(&desk), Some(LockedByWord::Session));
}

#[test]
fn only_what_was_exported_since_the_vault_was_opened_is_opened_from_the_window() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    exam(&desk);
    let out = folder.path().join("out");
    let made = ask(&desk, "export_dictionary", json!({ "path": out }));
    let file = made["files"][0]["file"].as_str().expect("a file").to_owned();
    assert!(desk.may_open(&file).is_ok());
    assert!(desk.may_open("/etc/passwd").is_err());
    assert!(desk.may_open(&format!("{file}/../x")).is_err());
    ask(&desk, "vault_lock", Value::Null);
    assert!(desk.may_open(&file).is_err());
}

#[test]
fn the_recovery_identity_is_kept_out_of_captures_and_the_setting_does_the_rest() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    assert!(!desk.content_protected());
    create(&desk, folder.path());
    assert!(desk.content_protected(), "the identity is shown");
    ask(&desk, "vault_lock", Value::Null);
    let dir = folder.path().join("vault");
    ask(&desk, "vault_unlock", json!({ "dir": dir, "passphrase": desk::PASSPHRASE }));
    assert!(!desk.content_protected());
    ask(
        &desk,
        "security_set",
        json!({ "idle_minutes": 60, "clipboard_seconds": 10, "content_protected": true }),
    );
    assert!(desk.content_protected());
    for wrong in [
        json!({ "idle_minutes": 0, "clipboard_seconds": 60, "content_protected": true }),
        json!({ "idle_minutes": 61, "clipboard_seconds": 60, "content_protected": true }),
        json!({ "idle_minutes": 10, "clipboard_seconds": 9, "content_protected": true }),
    ] {
        assert_eq!(refused(&desk, "security_set", wrong), "failed");
    }
    assert_eq!(ask(&desk, "security", Value::Null)["idle_minutes"], 60);
}
