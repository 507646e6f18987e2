//! `fieldbook evidence|finding|review|export …`: from a piece of evidence to signed papers.

use crate::call::{Desk, entry, has_keys, list, text};
use crate::exams::PROFILE;
use serde_json::Value;

const FIRST: &str = "查核員甲";
const SECOND: &str = "查核員乙";

/// An exam with two examiners, and a finding by the first of them that waits for review; gives the exam's id.
fn exam_with_finding(desk: &Desk) -> String {
    std::fs::write(desk.path("profile.toml"), PROFILE).expect("profile");
    std::fs::write(desk.path("申請單.txt"), "帳號申請單").expect("evidence");
    std::fs::write(desk.path("甲"), "甲的簽章密語八個字").expect("passphrase");
    std::fs::write(desk.path("乙"), "乙的簽章密語八個字").expect("passphrase");
    let call = ["exam", "new", "--firm", "丙丁證券", "--profile", "profile.toml", "--as-of", "2026-03-31"];
    let more = ["--period", "2025-01-01..2026-03-31", "--examiner", FIRST, "--examiner", SECOND];
    let exam = text(&desk.done(&[&call[..], &more].concat())["exam"]).to_owned();
    let kept =
        desk.done(&["evidence", "add", &exam, "申請單.txt", "--source", "資訊部", "--clause", "BSL-6.7"]);
    has_keys(&kept, &["evidence", "sha256", "size"]);
    assert_eq!((text(&kept["evidence"]), kept["size"].as_u64()), ("E-001", Some(15)));
    let finding = desk.done(&[
        "finding",
        "add",
        &exam,
        "--title",
        "密碼長度不足",
        "--clause",
        "BSL-6.7",
        "--condition",
        "抽查 25 個帳號，其中 3 個密碼長度不足。",
        "--effect",
        "易遭破解。",
        "--recommendation",
        "修正密碼原則。",
        "--category",
        "存取控制",
        "--evidence",
        "E-001",
        "--review",
    ]);
    assert_eq!(text(&finding["status"]), "in_review");
    exam
}

fn sign(desk: &Desk, exam: &str, role: &str, name: &str, file: &str) -> Value {
    desk.done(&[
        "review",
        "sign",
        exam,
        "--role",
        role,
        "--as",
        name,
        "--sign-passphrase-file",
        file,
        "--paper",
        "EXAM",
    ])
}

#[test]
fn two_persons_review_and_sign() {
    let desk = Desk::with_vault();
    let exam = exam_with_finding(&desk);
    let to_final = ["finding", "step", exam.as_str(), "F01", "--to", "final", "--as"];
    desk.unchanged(|| desk.refused(&[&to_final[..], &[FIRST]].concat(), 1, "same_person"));
    let done = desk.done(&[&to_final[..], &[SECOND]].concat());
    assert_eq!(text(&done["status"]), "final");
    for (name, file) in [(FIRST, "甲"), (SECOND, "乙")] {
        desk.done(&["review", "identity", &exam, "--as", name, "--sign-passphrase-file", file]);
    }
    sign(&desk, &exam, "preparer", FIRST, "甲");
    let wrong = ["review", "sign", exam.as_str(), "--role", "reviewer", "--as", SECOND, "--paper", "EXAM"];
    let wrong = [&wrong[..], &["--sign-passphrase-file", "甲"]].concat();
    desk.unchanged(|| desk.refused(&wrong, 1, "wrong_sign_passphrase"));
    let signed = sign(&desk, &exam, "reviewer", SECOND, "乙");
    assert_eq!(text(&signed["exam"]["reviewed"]["by"]), SECOND);
    let answer = ["answer", exam.as_str(), "BSL-6.7", "--result", "compliant", "--method", "inspection"];
    desk.refused(&[&answer[..], &["--note", "檢視"]].concat(), 1, "signed_off");
    let opened = desk.done(&["review", "reopen", &exam, "EXAM", "--reason", "補查一項"]);
    assert_eq!(opened["exam"]["version"].as_u64(), Some(2));
    let status = desk.done(&["vault", "verify"]);
    assert_eq!(status["ok"].as_bool(), Some(true));
}

#[test]
fn the_firm_answers_and_is_followed_up() {
    let desk = Desk::with_vault();
    let exam = exam_with_finding(&desk);
    for (to, name) in [("final", SECOND), ("sent", FIRST)] {
        desk.done(&["finding", "step", &exam, "F01", "--to", to, "--as", name]);
    }
    let reply = ["finding", "reply", exam.as_str(), "F01", "--agreement", "agree", "--signer", "陳總"];
    desk.refused(&reply, 1, "reply_incomplete");
    let whole =
        [&reply[..], &["--measure", "修正密碼原則", "--owner", "資訊部", "--due", "2020-06-30"]].concat();
    assert_eq!(text(&desk.done(&whole)["status"]), "replied");
    let due = desk.done(&["finding", "due"]);
    assert!(due[0]["days"].as_i64().is_some_and(|days| days < 0), "{due}");
    let look = ["finding", "follow-up", exam.as_str(), "F01", "--on", "2026-04-30", "--note", "已檢視設定"];
    desk.done(&[&look[..], &["--result", "remedied"]].concat());
    assert!(list(&desk.done(&["finding", "due"])).is_empty());
    let closed = desk.done(&["finding", "step", &exam, "F01", "--to", "closed"]);
    assert_eq!(text(&closed["status"]), "closed");
    let found = desk.done(&["finding", "list", &exam]);
    has_keys(&found[0], &["finding", "title", "clauses", "severity", "status", "repeat_of"]);
}

#[test]
fn a_finding_repeats_that_of_the_exam_before() {
    let desk = Desk::with_vault();
    let before = exam_with_finding(&desk);
    let call = ["exam", "new", "--firm", "丙丁證券", "--profile", "profile.toml", "--as-of", "2026-09-30"];
    let more = ["--period", "2026-04-01..2026-09-30", "--examiner", FIRST];
    let exam = text(&desk.done(&[&call[..], &more].concat())["exam"]).to_owned();
    let add = ["finding", "add", exam.as_str(), "--title", "密碼仍不足", "--clause", "BSL-6.7"];
    desk.done(&[&add[..], &["--condition", "仍有 2 個帳號。"]].concat());
    let found = desk.done(&["finding", "repeats", &exam, "F01"]);
    let one = entry(&found, "why", "同一條文：BSL-6.7");
    assert_eq!(text(&one["earlier"]["exam"]), before);
    assert_eq!(text(&one["earlier"]["title"]), "密碼長度不足");
}

#[test]
fn templates_and_documents_are_written() {
    let desk = Desk::with_vault();
    let exam = exam_with_finding(&desk);
    for (what, out) in [
        ("oscal", "r.json"),
        ("poam", "p.json"),
        ("docx", "報告.docx"),
        ("assessment", "評估.pdf"),
        ("confirmation", "確認單.pdf"),
        ("follow-up", "追蹤.pdf"),
        ("findings", "f.csv"),
        ("answers", "a.json"),
    ] {
        let done = desk.done(&["export", &exam, what, out, "--draft"]);
        assert_eq!(text(&list(&done["files"])[0]["sha256"]).len(), 64, "{what}");
        assert!(desk.path(out).is_file(), "{what}");
    }
    desk.refused(&["export", &exam, "oscal", "final.json"], 1, "gate_closed");
    assert!(!desk.path("final.json").exists());
    let filled = desk.call(&["export", &exam, "template", "findings", "缺失.xlsx", "--json"]);
    assert_eq!(filled.code, 3, "nobody signed yet: {filled:?}");
    let names = filled.json();
    assert!(list(&names["unfilled"]).iter().any(|n| text(n) == "覆核人"), "{names}");
    let cells = fieldbook_tests::second_reader::by_calamine(&desk.path("缺失.xlsx"));
    assert!(cells.values().flatten().flatten().any(|c| c.contains("密碼長度不足")));
    std::fs::write(desk.path("壞.xlsx"), b"PK\x03\x04broken").expect("file");
    desk.refused(&["export", &exam, "template", "壞.xlsx", "out.xlsx"], 1, "template_unfit");
    assert!(!desk.path("out.xlsx").exists());
}

#[test]
fn the_gate_names_what_is_not_reviewed() {
    let desk = Desk::with_vault();
    let exam = exam_with_finding(&desk);
    desk.done(&["review", "note", &exam, "F-00", "請補原因", "--as", SECOND]);
    let said = desk.call(&["gate", &exam, "--json"]);
    assert_eq!(said.code, 1);
    let gate = said.json();
    assert_eq!(gate["ready"].as_bool(), Some(false));
    let kinds: Vec<&str> = list(&gate["blocking"]).iter().map(|l| text(&l["kind"])).collect();
    for kind in ["items_open", "finding_incomplete", "papers_unsigned", "notes_open"] {
        assert!(kinds.contains(&kind), "{kind}: {kinds:?}");
    }
    desk.done(&["review", "reply", &exam, "1", "已補", "--as", FIRST]);
    desk.refused(&["review", "clear", &exam, "1", "--as", FIRST], 1, "same_person");
    desk.done(&["review", "clear", &exam, "1", "--as", SECOND]);
    let kinds = desk.call(&["gate", &exam, "--json"]).json();
    assert!(!list(&kinds["blocking"]).iter().any(|l| text(&l["kind"]) == "notes_open"));
}
