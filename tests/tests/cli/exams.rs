//! `fieldbook exam items|override|carry|editions`, `answer`, and an own procedure.

use crate::call::{Desk, entry, has_keys, list, text};
use crate::folder::{PROCEDURE, copy, edit, loaded, pack, reword};
use serde_json::{Value, json};

pub const PROFILE: &str = "\
is_sec = true
is_fcm = false
inet = \"unknown\"

[[system]]
name = \"網路下單系統\"
core = true

[[system]]
name = \"差勤系統\"
core = false
";

/// A new exam of a securities firm with two systems; gives its id.
pub fn new_exam(desk: &Desk, as_of: &str) -> String {
    std::fs::write(desk.path("profile.toml"), PROFILE).expect("profile");
    let period = format!("2025-01-01..{as_of}");
    let call = ["exam", "new", "--firm", "丙丁證券", "--profile", "profile.toml", "--as-of", as_of];
    let made = desk.done(&[&call[..], &["--period", &period, "--examiner", "查核員甲"]].concat());
    has_keys(&made["items"], &["applicable", "not_applicable", "undetermined"]);
    text(&made["exam"]).to_owned()
}

fn item(desk: &Desk, exam: &str, clause: &str) -> Value {
    entry(&desk.done(&["exam", "items", exam]), "clause", clause).clone()
}

/// Answers with a note.
fn answer(desk: &Desk, exam: &str, clause: &str, result: &str, more: &[&str]) -> Value {
    let call = ["answer", exam, clause, "--result", result, "--method", "inspection", "--note", "檢視紀錄"];
    desk.done(&[&call[..], more].concat())
}

#[test]
fn items_tell_applicability_and_reason() {
    let desk = loaded();
    let exam = new_exam(&desk, "2026-03-31");
    let items = desk.done(&["exam", "items", &exam]);
    assert_eq!(list(&items).len(), 324 + 9 + 4, "every examinable item, every lead-in duty, the own ones");
    for item in list(&items) {
        has_keys(item, &["result", "due", "answered"]);
        assert!(["applicable", "not_applicable", "undetermined"].contains(&text(&item["applicability"])));
        assert!(!text(&item["reason"]).is_empty(), "{item}");
    }
    let told = |clause: &str| {
        let item = entry(&items, "clause", clause);
        (text(&item["applicability"]).to_owned(), text(&item["reason"]).to_owned())
    };
    assert_eq!(told("SAMPLE-1.1"), ("applicable".into(), "因屬證券商".into()));
    assert_eq!(told("SAMPLE-2.1").0, "undetermined");
    assert!(told("SAMPLE-2.1").1.contains("網際網路下單"), "{:?}", told("SAMPLE-2.1"));
    assert_eq!(told("FCM-1.1").0, "not_applicable");
    let two = entry(&items, "clause", "SAMPLE-1.2");
    assert_eq!((&two["due"], &two["answered"]), (&2.into(), &0.into()), "one duty for each system");
}

#[test]
fn a_clause_of_several_duties_is_answered_duty_by_duty() {
    let desk = loaded();
    let exam = new_exam(&desk, "2026-03-31");
    let of = |unit: &'static str, system: &'static str| ["--unit", unit, "--system", system];
    let first = answer(&desk, &exam, "SAMPLE-1.2", "compliant", &of("a", "網路下單系統"));
    assert_eq!(first, json!({ "clause": "SAMPLE-1.2", "result": "compliant", "counts": true }));
    let half = item(&desk, &exam, "SAMPLE-1.2");
    assert_eq!((&half["answered"], &half["awaited"]), (&1.into(), &Value::Null));
    let awaited = [&of("b", "差勤系統")[..], &["--awaited", "差勤系統帳號清冊"]].concat();
    answer(&desk, &exam, "SAMPLE-1.2", "partial", &awaited);
    let all = item(&desk, &exam, "SAMPLE-1.2");
    assert_eq!((&all["answered"], &all["result"]), (&2.into(), &"partial".into()));
    assert_eq!(all["awaited"], "差勤系統帳號清冊");

    let kept = answer(&desk, &exam, "FCM-1.1", "compliant", &[]);
    assert_eq!(kept["counts"], false, "it does not bind this firm");
    assert_eq!(item(&desk, &exam, "SAMPLE-1.2"), all);

    let mode = answer(&desk, &exam, "ASM-4.1.1", "compliant", &["--mode", "spot_check"]);
    assert_eq!(mode["result"], "compliant");
}

#[test]
fn an_answer_that_cannot_be_is_refused() {
    let desk = loaded();
    let exam = new_exam(&desk, "2026-03-31");
    let before = desk.done(&["log", &exam])["checkpoint"].clone();
    let with = |clause: &'static str, result: &'static str, more: [&'static str; 2]| {
        let call = ["answer", exam.as_str(), clause, "--result", result, "--method", "caat", "--note", "記"];
        let words: Vec<&str> = call.into_iter().chain(more).filter(|w| !w.is_empty()).collect();
        words.into_iter().map(str::to_owned).collect::<Vec<String>>()
    };
    let calls = [
        (with("SAMPLE-1.2", "compliant", ["--unit", "z"]), 1, "unknown_unit", "「z」"),
        (with("SAMPLE-1.2", "compliant", ["--system", "核心"]), 1, "unknown_system", "系統清冊"),
        (with("SAMPLE-1.1", "compliant", ["--system", "網路下單系統"]), 1, "not_asked_there", "未記錄結果"),
        (with("SAMPLE-1.1", "compliant", ["--mode", "coverage"]), 1, "mode_not_asked", "未記錄結果"),
        (with("SAMPLE-9.9", "compliant", ["", ""]), 1, "unknown_clause", "「SAMPLE-9.9」"),
        (with("SAMPLE-1", "compliant", ["", ""]), 1, "not_answerable", "標題"),
        (with("SAMPLE-1.1", "passed", ["", ""]), 2, "bad_call", "「passed」"),
        (with("SAMPLE-1.1", "compliant", ["--mode", "sampled"]), 2, "bad_call", "spot_check"),
    ];
    for (call, exit, code, what) in &calls {
        let words: Vec<&str> = call.iter().map(String::as_str).collect();
        let refused = desk.refused(&words, *exit, code);
        assert!(text(&refused["error"]["message"]).contains(what), "{refused}");
    }
    desk.refused(&["exam", "items", "e-000000000000"], 1, "unknown_exam");
    assert_eq!(desk.done(&["log", &exam])["checkpoint"], before, "nothing is recorded");
}

#[test]
fn an_examiner_decides_with_a_reason_and_takes_it_back() {
    let desk = loaded();
    let exam = new_exam(&desk, "2026-03-31");
    let profiled = item(&desk, &exam, "SAMPLE-2.1");
    let call = |outcome, reason| {
        ["exam", "override", exam.as_str(), "SAMPLE-2.1", "--as", outcome, "--reason", reason]
    };
    desk.refused(&call("not_applicable", " "), 1, "note_required");
    assert_eq!(item(&desk, &exam, "SAMPLE-2.1"), profiled);
    for (outcome, applicability) in [
        ("not_applicable", "not_applicable"),
        ("substituted", "applicable"),
        ("waived", "applicable"),
        ("applicable", "applicable"),
    ] {
        let decided = desk.done(&call(outcome, "訪談資訊長，本年未提供"));
        assert_eq!((&decided["outcome"], &decided["overridden"]), (&outcome.into(), &true.into()));
        let now = item(&desk, &exam, "SAMPLE-2.1");
        assert_eq!((text(&now["applicability"]), &now["outcome"]), (applicability, &outcome.into()));
        assert_eq!(now["reason"], "訪談資訊長，本年未提供");
    }
    assert_eq!(desk.done(&call("profile", "改依基本資料"))["overridden"], false);
    assert_eq!(item(&desk, &exam, "SAMPLE-2.1"), profiled);
}

#[test]
fn answers_are_carried_only_where_the_text_is_the_same() {
    let desk = loaded();
    let old = new_exam(&desk, "2026-03-31");
    answer(&desk, &old, "SAMPLE-1.1", "compliant", &[]);
    answer(&desk, &old, "SAMPLE-1.2", "noncompliant", &["--unit", "a", "--system", "網路下單系統"]);
    reword(&desk, "SAMPLE-1.1", "每半年", "每季");
    edit(&desk, "internal-audit/document.toml", "version", "115.1", "115.2");
    pack(&desk, "own-2.fbc", "115.2");
    desk.done(&["checklist", "load", "own-2.fbc"]);
    let new = new_exam(&desk, "2026-06-30");

    let pinned = |exam: &str| entry(&desk.done(&["exam", "editions", exam]), "id", "SAMPLE").clone();
    assert_eq!((&pinned(&old)["pinned"], &pinned(&old)["same"]), (&"115.1".into(), &false.into()));
    assert_eq!((&pinned(&new)["pinned"], &pinned(&new)["same"]), (&"115.2".into(), &true.into()));

    let call = ["exam", "carry", new.as_str(), "--from", old.as_str()];
    let shown = desk.done(&[&call[..], &["--preview"]].concat());
    assert_eq!(item(&desk, &new, "SAMPLE-1.2")["answered"], 0, "a preview stores nothing");
    let again = json!([{ "clause": "SAMPLE-1.1", "unit": "", "system": "", "why": "條文文字已變更" }]);
    assert_eq!((&shown["carried"], &shown["again"], &shown["stored"]), (&1.into(), &again, &false.into()));
    let carried = desk.done(&call);
    assert_eq!((&carried["carried"], &carried["stored"]), (&1.into(), &true.into()));
    assert_eq!(item(&desk, &new, "SAMPLE-1.2")["answered"], 1);
    assert_eq!(item(&desk, &new, "SAMPLE-1.1")["result"], "not_examined");
    assert_eq!(item(&desk, &old, "SAMPLE-1.1")["result"], "compliant", "the old exam keeps its answers");

    desk.refused(&["exam", "carry", &new, "--from", &new], 1, "same_exam");
    desk.refused(&["exam", "carry", &new, "--from", "e-000000000000"], 1, "unknown_exam");
}

#[test]
fn the_procedure_of_the_example_finds_what_it_is_for() {
    let desk = loaded();
    let exam = new_exam(&desk, "2026-03-31");
    let rows = "系統名稱,帳號,使用者姓名,狀態,最後登入時間\n\
                網路下單系統,idle91,甲員,啟用,2025-12-30\n\
                網路下單系統,idle90,乙員,啟用,2025-12-31\n\
                差勤系統,never,丙員,啟用,\n\
                差勤系統,closed,丁員,停用,2020-01-01\n";
    std::fs::write(desk.path("帳號清冊.csv"), rows).expect("file");
    desk.done(&["import", &exam, "帳號清冊.csv", "--dataset", "accounts"]);
    let run = desk.done(&["audit", "run", &exam, "--procedure", "T-SAMPLE-01"]);
    let run = &run["runs"][0];
    assert_eq!((&run["verdict"], &run["population"]), (&"exceptions".into(), &3.into()), "{run}");
    let found = desk.done(&["audit", "exceptions", &exam, "--procedure", "T-SAMPLE-01"]);
    let told: Vec<(&str, &str)> =
        list(&found).iter().map(|e| (text(&e["verdict"]), text(&e["values"]["account"]))).collect();
    assert_eq!(told, [("exception", "idle91"), ("unknown", "never")]);
}

#[test]
fn a_procedure_that_fails_is_told_and_the_others_go_on() {
    let desk = Desk::with_vault();
    copy(&desk);
    // Nothing is wrong with the statement until it meets a row.
    let (from, to) =
        ("WHERE status IS NULL", "WHERE length(printf('%.*c', 200000000 + _id, 'x')) = 0 OR status IS NULL");
    edit(&desk, PROCEDURE, "id = \"1u\"", from, to);
    let fingerprint = pack(&desk, "own.fbc", "115.1");
    desk.done(&["checklist", "load", "own.fbc", "--trust-as", "稽核室", "--fingerprint", &fingerprint]);
    let exam = new_exam(&desk, "2025-12-31");
    std::fs::write(
        desk.path("accounts.csv"),
        "系統名稱,帳號,使用者姓名,狀態,密碼最後變更日,最後登入時間\n網路下單,root,王小明,啟用,2025-01-02,2025-12-30 09:00:00\n",
    )
    .expect("file");
    desk.done(&["import", &exam, "accounts.csv"]);
    let said = desk.call(&["audit", "run", &exam, "--json"]);
    let answer = said.json();
    assert_eq!(said.code, 1, "{answer}");
    let failed = entry(&answer["failed"], "procedure", "T-SAMPLE-01");
    assert_eq!(failed["error"]["code"], "failed");
    assert!(text(&failed["error"]["message"]).contains("T-SAMPLE-01"), "{failed}");
    assert_eq!(entry(&answer["runs"], "procedure", "T-COL-06")["verdict"], "exceptions");
    assert!(list(&answer["runs"]).iter().all(|run| run["procedure"] != "T-SAMPLE-01"));
}
