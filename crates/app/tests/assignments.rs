//! 分工: whose an item is, who did what, and what the counters say when they follow 我的.

mod desk;

use desk::{ask, create, exam, refused, shared};
use fieldbook_app::SharedDesk;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

const ME: &str = "查核員甲";
const OTHER: &str = "查核員乙";

fn opened() -> (Arc<SharedDesk>, TempDir) {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    exam(&desk);
    (desk, folder)
}

fn assign(desk: &SharedDesk, kind: &str, key: &str, person: &str) -> Value {
    ask(desk, "assign", json!({ "works": [{ "kind": kind, "key": key }], "person": person }))
}

fn work<'v>(view: &'v Value, kind: &str, key: &str) -> &'v Value {
    let works = view["works"].as_array().expect("works");
    works.iter().find(|w| w["work"] == json!({ "kind": kind, "key": key })).expect("is listed")
}

fn person<'v>(view: &'v Value, name: &str) -> &'v Value {
    view["done"].as_array().expect("lines").iter().find(|p| p["name"] == name).expect("has a line")
}

fn status(desk: &SharedDesk, field: &str) -> u64 {
    ask(desk, "status", Value::Null)[field].as_u64().expect("a number")
}

#[test]
fn a_chapter_goes_before_its_document_and_the_counters_follow() {
    let (desk, _folder) = opened();
    let all = status(&desk, "items_open");
    ask(&desk, "mine_set", json!({ "on": true }));
    assert_eq!(
        (status(&desk, "items_open"), ask(&desk, "status", Value::Null)["mine"].clone()),
        (all, json!(false))
    );
    let view = assign(&desk, "document", "FCM", ME);
    let whole = work(&view, "document", "FCM")["whole"].as_u64().expect("a number");
    assert_eq!(work(&view, "chapter", "FCM/2")["through"], ME);
    assert_eq!((status(&desk, "items_open"), person(&view, ME)["items"].as_u64()), (whole, Some(whole)));
    let view = assign(&desk, "chapter", "FCM/2", OTHER);
    let chapter = work(&view, "chapter", "FCM/2")["whole"].as_u64().expect("a number");
    assert!(chapter > 0 && chapter < whole);
    assert_eq!(
        (&work(&view, "chapter", "FCM/2")["through"], status(&desk, "items_open")),
        (&json!(""), whole - chapter)
    );
    let mine = ask(&desk, "mine", Value::Null);
    assert!(
        !mine["items"]
            .as_array()
            .expect("items")
            .iter()
            .any(|c| c.as_str().is_some_and(|c| c.starts_with("FCM-2.")))
    );
    ask(&desk, "exam_work_as", json!({ "examiner": OTHER }));
    assert_eq!(status(&desk, "items_open"), chapter, "mine is another's when another works");
    ask(&desk, "mine_set", json!({ "on": false }));
    assert_eq!(status(&desk, "items_open"), all);
    let view = assign(&desk, "chapter", "FCM/2", "");
    assert_eq!(work(&view, "chapter", "FCM/2")["through"], ME);
}

#[test]
fn a_system_goes_before_both_and_its_item_is_of_two_people() {
    let (desk, _folder) = opened();
    ask(
        &desk,
        "profile_set",
        json!({ "facts": [], "systems": [{ "name": "網路下單系統", "facts": {} }, { "name": "內部網站", "facts": {} }] }),
    );
    assign(&desk, "document", "BSL", ME);
    let before = ask(&desk, "mine", Value::Null)["items"].as_array().expect("items").len();
    let view = assign(&desk, "system", "網路下單系統", OTHER);
    let asked = work(&view, "system", "網路下單系統")["whole"].as_u64().expect("a number");
    assert!(asked > 0, "items ask about systems");
    let both = person(&view, ME)["items"].as_u64().zip(person(&view, OTHER)["items"].as_u64());
    let (mine, theirs) = both.expect("numbers");
    assert!(theirs > 0);
    // What asks about the other system, or the firm, is still of who has the document.
    assert_eq!(ask(&desk, "mine", Value::Null)["items"].as_array().map(Vec::len), Some(before));
    assert!(mine + theirs > u64::try_from(before).expect("few"));
}

#[test]
fn who_answered_is_told_whoever_it_was_given_to() {
    let (desk, _folder) = opened();
    assign(&desk, "document", "FCM", ME);
    ask(&desk, "exam_work_as", json!({ "examiner": OTHER }));
    let clause = ask(&desk, "checklist", Value::Null)["documents"]
        .as_array()
        .and_then(|all| all.iter().find(|d| d["code"] == "FCM").cloned())
        .map(|d| d["chapters"][0]["items"][0]["clause"].clone())
        .expect("an item");
    ask(
        &desk,
        "answer",
        json!({ "clause": clause, "unit": "", "system": "", "result": "compliant", "method": "inspection",
            "mode": null, "note": "已檢視", "paper_ref": "", "awaited": null }),
    );
    let view = ask(&desk, "assignments", Value::Null);
    assert_eq!((&person(&view, OTHER)["gave"], &person(&view, ME)["gave"]), (&json!(1), &json!(0)));
    assert_eq!(person(&view, OTHER)["last_at"], "2026-03-02T09:00:00");
    assert_eq!(person(&view, ME)["answered"], 1);
    let works = view["works"].as_array().expect("works");
    let procedures = works.iter().filter(|w| w["work"]["kind"] == "procedure").count();
    assert_eq!(person(&view, "")["procedures"], procedures, "nobody was given one");
}

#[test]
fn what_or_who_is_not_in_the_exam_is_refused_whole() {
    let (desk, _folder) = opened();
    let both =
        |second: &str| json!([{ "kind": "document", "key": "FCM" }, { "kind": "chapter", "key": second }]);
    for (works, person) in [(both("FCM/99"), ME), (both("FCM"), ME), (both("FCM/2"), "路人")] {
        refused(&desk, "assign", json!({ "works": works, "person": person }));
    }
    let view = ask(&desk, "assignments", Value::Null);
    assert_eq!(work(&view, "document", "FCM")["person"], "", "not in part");
    // Who left the register leaves what was given: it is told, and can be taken back.
    ask(&desk, "profile_set", json!({ "facts": [], "systems": [{ "name": "舊系統", "facts": {} }] }));
    assign(&desk, "system", "舊系統", ME);
    ask(&desk, "profile_set", json!({ "facts": [], "systems": [] }));
    let view = ask(&desk, "assignments", Value::Null);
    assert_eq!(work(&view, "system", "舊系統")["gone"], true);
    let view = assign(&desk, "system", "舊系統", "");
    assert!(!view["works"].as_array().expect("works").iter().any(|w| w["gone"] == true));
}
