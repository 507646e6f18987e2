//! What was worked out about an exam is kept while nothing is written, and never longer.

use crate::papers::{PROCEDURE, with_finding};
use fieldbook_app::wire::*;
use fieldbook_app::{Desk, audit, call, exam, review, settings};
use fieldbook_tests::desk::{SECOND, exceptions};
use serde_json::Value;

const KEPT: [&str; 3] = ["gate", "review", "procedures"];

fn said(desk: &mut Desk) -> Vec<Value> {
    KEPT.iter().map(|name| call(desk, name, Value::Null).expect("an answer")).collect()
}

/// What the desk says, which has to be what it says after the exam was opened anew.
fn current(desk: &mut Desk, act: &str) -> Vec<Value> {
    let known = said(desk);
    assert_eq!(known, said(desk), "asked twice: {act}");
    let view = exam::exam_view(desk).expect("open");
    exam::exam_close(desk);
    exam::exam_open(desk, &ExamRequest { exam: view.head.id }).expect("opened again");
    exam::work_as(desk, &ExaminerRequest { examiner: view.current_examiner }).expect("an examiner");
    assert_eq!(known, said(desk), "opened anew: {act}");
    known
}

#[test]
fn nothing_that_was_worked_out_outlives_what_is_written_or_who_works() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_finding(folder.path());
    let mut before = current(&mut desk, "nothing");
    let mut changed = |desk: &mut Desk, act: &str| {
        let now = current(desk, act);
        assert_ne!(now, before, "{act} is told");
        before = now;
    };

    let note = NoteRequest { paper: "A-01".to_owned(), text: "請補母體來源。".to_owned() };
    review::note_add(&mut desk, &note).expect("noted");
    changed(&mut desk, "a note");

    let (_, rows) = exceptions(&desk, PROCEDURE, "").expect("exceptions");
    let ids = rows.iter().filter(|r| r.disposition.is_none()).map(|r| r.id).take(1).collect();
    let request = DisposeRequest { ids, kind: DispositionWord::Confirmed, note: "已確認。".to_owned() };
    audit::dispose(&mut desk, &request).expect("disposed of");
    changed(&mut desk, "a disposition");

    let mut own = settings::settings(&desk).expect("settings");
    own.organisation = "第二稽核組".to_owned();
    settings::settings_set(&mut desk, &own).expect("set");
    changed(&mut desk, "the vault's settings");

    exam::work_as(&mut desk, &ExaminerRequest { examiner: SECOND.to_owned() }).expect("the other one");
    current(&mut desk, "another examiner");
}
