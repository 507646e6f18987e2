//! `fieldbook log` with its proofs, and `fieldbook exam seal|unseal|archive|destroy|retention|record`.

use crate::call::{Desk, list, text};
use crate::exams::new_exam;
use serde_json::Value;

fn answer(desk: &Desk, exam: &str, note: &str) {
    let call = ["answer", exam, "BSL-6.7", "--result", "compliant", "--method", "inspection", "--note", note];
    desk.done(&call);
}

fn checkpoint(log: &Value) -> String {
    format!("{}:{}", log["checkpoint"]["size"], text(&log["checkpoint"]["root"]))
}

#[test]
fn a_checkpoint_and_its_signed_note_hold_later_and_a_forged_one_does_not() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    let early = desk.done(&["log", &exam]);
    std::fs::write(desk.path("note.txt"), text(&early["note"])).expect("writes");
    answer(&desk, &exam, "檢視紀錄");
    for verify in [checkpoint(&early), "note.txt".to_owned()] {
        assert_eq!(desk.done(&["log", &exam, "--verify", &verify])["extends"], true, "{verify}");
    }
    let now = desk.done(&["log", &exam]);
    let more = format!("99:{}", text(&now["checkpoint"]["root"]));
    desk.refused(&["log", &exam, "--verify", &more], 1, "journal_cut");
    let other = format!("2:{}", "ab".repeat(32));
    desk.refused(&["log", &exam, "--verify", &other], 1, "journal_fork");
    std::fs::write(desk.path("note.txt"), text(&early["note"]).replacen('1', "2", 1)).expect("writes");
    let forged = desk.call(&["log", &exam, "--verify", "note.txt"]);
    assert_eq!(forged.code, 1, "{}", forged.out);
    let found = desk.done(&["log", &exam, "--action", "answer", "--subject", "bsl-6"]);
    assert_eq!(list(&found["entries"]).len(), 1);
    assert!(!list(&desk.done(&["log", "vault"])["entries"]).is_empty(), "the vault's own");
}

#[test]
fn proofs_are_checked_without_the_vault() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    for note in ["甲", "乙", "丙"] {
        answer(&desk, &exam, note);
    }
    let proof = desk.done(&["log", &exam, "--prove", "2", "--size", "3"]);
    assert_eq!((&proof["entry"]["seq"], &proof["size"]), (&2.into(), &3.into()));
    std::fs::write(desk.path("proof.json"), proof.to_string()).expect("writes");
    assert_eq!(desk.done(&["log", "check-proof", "proof.json"])["holds"], true);
    let forged = proof.to_string().replace("甲", "丁");
    std::fs::write(desk.path("proof.json"), forged).expect("writes");
    desk.refused(&["log", "check-proof", "proof.json"], 1, "proof_fails");
    let between = desk.done(&["log", &exam, "--consistency", "2"]);
    std::fs::write(desk.path("between.json"), between.to_string()).expect("writes");
    assert_eq!(desk.done(&["log", "check-proof", "between.json"])["holds"], true);
}

#[test]
fn a_sealed_exam_refuses_changes_and_a_destroyed_one_leaves_its_record() {
    let desk = Desk::with_vault();
    let exam = new_exam(&desk, "2026-03-31");
    desk.done(&["exam", "seal", &exam, "--reason", "定稿"]);
    let call = ["answer", &exam, "BSL-6.7", "--result", "compliant", "--method", "inspection", "--note", "x"];
    desk.refused(&call, 1, "exam_sealed");
    assert!(desk.done(&["log", &exam])["extends"].as_bool().unwrap_or_default(), "it can be read");
    desk.done(&["exam", "unseal", &exam, "--reason", "補正"]);
    answer(&desk, &exam, "x");
    desk.done(&["exam", "archive", &exam, "--reason", "結案"]);
    let kept = desk.done(&["exam", "retention"]);
    assert_eq!(
        (&kept["exams"][0]["state"], &kept["exams"][0]["keep_until"]),
        (&"archived".into(), &Value::Null)
    );
    let destroy = ["exam", "destroy", &exam, "--reason", "保存期滿", "--confirm"];
    let early = ["--before-due", "奉核定"];
    desk.refused(&[&destroy[..], &["別家"], &early].concat(), 1, "not_typed");
    desk.refused(&[&destroy[..], &["丙丁證券"]].concat(), 1, "still_kept");
    let record = desk.done(&[&destroy[..], &["丙丁證券"], &early].concat());
    assert_eq!((&record["own_key"], text(&record["file_sha256"]).len()), (&true.into(), 64));
    desk.refused(&["log", &exam], 1, "exam_destroyed");
    desk.done(&["exam", "record", &exam, "record.txt"]);
    let certificate = std::fs::read_to_string(desk.path("record.txt")).expect("is written");
    assert!(certificate.contains("備份另行處理") && certificate.contains("奉核定"), "{certificate}");
}
