//! 範例查核案: made by one call, marked wherever it shows, in no list that compares or warns, gone by one call; and no way to
//! make an exam in earnest go by that call.

mod desk;

use desk::{ask, create, exam, shared};
use fieldbook_app::{SharedDesk, Told};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

fn unlocked() -> (Arc<SharedDesk>, TempDir) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    (desk, folder)
}

fn exams(desk: &SharedDesk) -> Vec<Value> {
    ask(desk, "exams", Value::Null).as_array().expect("a list").clone()
}

/// What the refusal says.
fn refused(desk: &SharedDesk, name: &str, request: Value) -> String {
    desk.call(name, request, &mut |_| ()).map_or_else(|e| e.message, |view| panic!("{name}: {view}"))
}

#[test]
fn a_practice_exam_is_whole_marked_counted_nowhere_and_gone_in_one_step() {
    let (desk, folder) = unlocked();
    let (read, ran) = (AtomicU32::new(0), AtomicU32::new(0));
    let made = desk
        .call("practice_make", Value::Null, &mut |told| match told {
            Told::Import(_) => drop(read.fetch_add(1, Ordering::Relaxed)),
            Told::Run(_) => drop(ran.fetch_add(1, Ordering::Relaxed)),
            _ => (),
        })
        .expect("made");
    assert!(read.into_inner() > 0 && ran.into_inner() > 0, "it tells how far it is");
    assert_eq!(made["head"]["practice"], true);
    assert!(made["head"]["case_no"].as_str().expect("a case number").contains("非實際查核"));

    // Something to see on every screen.
    let imports = ask(&desk, "imports", Value::Null);
    let files = imports[0]["files"].as_array().expect("files");
    assert_eq!(files.len(), 17);
    for file in files {
        assert_eq!(file["error"], Value::Null, "{}", file["file"]);
        assert!(file["sheets"].as_array().expect("sheets").iter().any(|s| s["error"].is_null()));
    }
    let findings = ask(&desk, "findings", Value::Null);
    let findings = findings.as_array().expect("findings");
    assert_eq!(findings.len(), 6);
    assert!(findings.iter().all(|f| f["number"].as_str().expect("a number").contains("非實際查核")));
    let figures = ask(&desk, "dashboard", Value::Null);
    assert_eq!(figures["answered"], 3, "{figures}");

    // What leaves the program says what it is.
    let place = folder.path().join("findings.json");
    let place = place.to_str().expect("a path");
    ask(&desk, "export_document", json!({ "kind": "findings_json", "path": place, "draft": true }));
    let text = std::fs::read_to_string(place).expect("written");
    assert!(text.contains("範例-非實際查核"), "{text}");

    // Another one is refused; an exam in earnest is counted, this one is not.
    assert!(refused(&desk, "practice_make", Value::Null).contains("已有一件範例"));
    ask(&desk, "exam_close", Value::Null);
    exam(&desk);
    ask(&desk, "exam_close", Value::Null);
    assert_eq!(exams(&desk).len(), 2);
    let nothing = json!({ "from_year": null, "to_year": null, "firm": "", "document": "", "chapter": "",
                          "severity": null, "status": null, "as_of": "" });
    assert_eq!(ask(&desk, "headquarters", nothing)["totals"]["exams"], 1);
    assert_eq!(ask(&desk, "due", Value::Null), json!([]));

    let id = &made["head"]["id"];
    let left = ask(&desk, "practice_remove", json!({ "exam": id }));
    assert_eq!(left.as_array().map(Vec::len), Some(1));
    assert_eq!(left[0]["practice"], false);
    let gone = ask(&desk, "destructions", Value::Null);
    assert_eq!(gone[0]["exam"], *id);
    assert!(gone[0]["finished_at"].as_str().is_some_and(|at| !at.is_empty()));
    // And one can begin anew.
    assert_eq!(ask(&desk, "practice_make", Value::Null)["head"]["practice"], true);
}

#[test]
fn an_exam_in_earnest_does_not_go_by_the_way_of_a_practice_exam() {
    let (desk, _folder) = unlocked();
    exam(&desk);
    let id = exams(&desk)[0]["id"].clone();
    assert!(refused(&desk, "practice_remove", json!({ "exam": id })).contains("不是範例"));
    let unknown = refused(&desk, "practice_remove", json!({ "exam": "practice-000000000000" }));
    assert!(unknown.contains("查核案"), "{unknown}");
    assert_eq!(exams(&desk).len(), 1);
}

#[test]
fn one_that_is_broken_off_leaves_nothing_in_the_list() {
    let (desk, _folder) = unlocked();
    let stop = Arc::clone(&desk);
    let stopped = desk.call("practice_make", Value::Null, &mut |told| {
        if matches!(told, Told::Run(_)) {
            stop.call("audit_cancel", Value::Null, &mut |_| ()).expect("stops");
        }
    });
    assert_eq!(stopped.expect_err("stopped").code, "cancelled");
    assert!(exams(&desk).is_empty());
}

#[test]
fn what_is_new_is_told_once_in_a_vault_that_was_there_before() {
    let (desk, folder) = unlocked();
    assert_eq!(ask(&desk, "session", Value::Null)["vault"]["news"], false, "nothing is new to a new vault");
    // As a vault of an earlier version has it.
    ask(&desk, "vault_lock", Value::Null);
    let passphrase = desk::PASSPHRASE.to_owned().into();
    let path = folder.path().join("vault");
    let mut vault = fieldbook_vault::Vault::unlock(&path, &passphrase).expect("opens");
    vault.set_setting("news_of", None).expect("set");
    drop(vault);
    let unlock = json!({ "dir": path, "passphrase": desk::PASSPHRASE });
    assert_eq!(ask(&desk, "vault_unlock", unlock.clone())["news"], true);
    assert_eq!(ask(&desk, "news_seen", Value::Null)["news"], false);
    ask(&desk, "vault_lock", Value::Null);
    assert_eq!(ask(&desk, "vault_unlock", unlock)["news"], false);
}
