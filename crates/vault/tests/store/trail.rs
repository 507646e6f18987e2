//! The journal as it is looked at: states before and after, proofs, and what a comparison with a checkpoint tells apart.

use crate::fixture::*;
use crate::records::finding;
use crate::review::step;
use fieldbook_model::*;
use fieldbook_vault::{
    AnswerAction, Checkpoint, ExamStore, InclusionProof, SignedNote, TrailFilter, TrailVerdict, VaultError,
};
use jiff::civil::date;
use proptest::prelude::*;
use tempfile::tempdir;

fn before_of_last(store: &ExamStore) -> (Option<String>, String) {
    let seq = store.checkpoint().expect("whole").size;
    let looked = store.trail().look(seq).expect("an entry");
    (looked.before, looked.after)
}

#[test]
fn an_answer_shows_what_it_replaced_also_when_it_was_turned_back() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let given = |result, note: &str| answer_to("COL-D5.1", result, note);
    let of_system = Answer {
        key: AnswerKey { system: "電子下單".into(), ..given(ItemResult::Partial, "x").key },
        ..given(ItemResult::Partial, "另一系統")
    };
    store.set_answer(&given(ItemResult::Compliant, "甲")).expect("stores");
    assert_eq!(before_of_last(&store).0, None, "the first of its duty");
    store.set_answer(&of_system).expect("stores");
    assert_eq!(before_of_last(&store).0, None, "another system is another duty");
    store.set_answers(&[given(ItemResult::Noncompliant, "乙")], AnswerAction::Bulk).expect("stores");
    let (before, after) = before_of_last(&store);
    assert!(before.expect("a state").contains("甲") && after.contains("乙"));
    store
        .turn_answers(&[given(ItemResult::Compliant, "甲")], AnswerAction::Undo, EXAMINER, at())
        .expect("turns");
    let (before, after) = before_of_last(&store);
    assert!(before.expect("a state").contains("乙") && after.contains("甲"));
}

#[test]
fn facts_head_findings_and_steps_show_what_they_replaced() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    let fact = |value| Fact { value, basis: "名冊".into(), by: EXAMINER.into(), at: Some(at()) };
    let begun = [("home".to_owned(), fact(FactValue::Text("乙".into())))];
    let exam = Exam { id: ExamId::parse("e2").expect("an id"), profile: begun.into(), ..exam() };
    vault.create_exam(&exam, EXAMINER, &law("現行"), &mut salt()).expect("is made");
    let mut store = vault.open_exam(&exam.id, &[]).expect("opens");
    store
        .set_facts(&[("home".to_owned(), fact(FactValue::Text("甲".into())))].into(), EXAMINER, at())
        .expect("stores");
    let (before, after) = before_of_last(&store);
    assert!(before.expect("as the exam began").contains("乙") && after.contains("甲"));
    vault
        .update_exam(&mut store, &Exam { case_no: "115-新".into(), ..exam.clone() }, EXAMINER, at())
        .expect("stores");
    let (before, after) = before_of_last(&store);
    assert!(before.expect("as the exam began").contains("115-證-0012") && after.contains("115-新"));
    let no = store.save_finding(&finding(vec![])).expect("stores");
    store.save_finding(&Finding { no, title: "另一標題".into(), ..finding(vec![]) }).expect("stores");
    let (before, after) = before_of_last(&store);
    assert!(before.expect("a state").contains("廠商持有最高權限") && after.contains("另一標題"));
    store.step_finding(no, &step(FindingStatus::InReview, EXAMINER)).expect("steps");
    let (before, after) = before_of_last(&store);
    assert!(before.expect("a status").contains("draft") && after.contains("review"));
}

#[test]
fn entries_are_found_by_person_family_subject_day_and_words() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    store.set_answer(&answer_to("COL-D5.1", ItemResult::Compliant, "已檢視名冊")).expect("stores");
    let other = Answer {
        by: "李查核".into(),
        at: date(2026, 11, 23).at(8, 0, 0, 0),
        ..answer_to("COL-D5.2", ItemResult::Partial, "訪談")
    };
    store.set_answer(&other).expect("stores");
    let found = |filter: TrailFilter| -> Vec<u64> {
        let (total, entries) = store.trail().page(&filter, 0, 50).expect("reads");
        assert_eq!(total, entries.len() as u64);
        entries.iter().map(|e| e.seq).collect()
    };
    let text = |t: &str| Some(t.to_owned());
    assert_eq!(found(TrailFilter::default()), [3, 2, 1], "the newest first");
    assert_eq!(found(TrailFilter { by: text("李查核"), ..Default::default() }), [3]);
    assert_eq!(found(TrailFilter { action: text("answer"), ..Default::default() }), [3, 2]);
    assert_eq!(found(TrailFilter { action: text("answer.set"), ..Default::default() }), [3, 2]);
    assert_eq!(found(TrailFilter { action: text("answ"), ..Default::default() }), [0_u64; 0], "no family");
    assert_eq!(found(TrailFilter { subject: text("col-d5.2"), ..Default::default() }), [3]);
    assert_eq!(found(TrailFilter { text: text("名冊"), action: text("answer"), ..Default::default() }), [2]);
    let day = Some(date(2026, 11, 22));
    assert_eq!(found(TrailFilter { from: day, ..Default::default() }), [3]);
    assert_eq!(found(TrailFilter { to: day, action: text("answer"), ..Default::default() }), [2]);
    assert_eq!(store.trail().page(&TrailFilter::default(), 1, 1).expect("reads").1[0].seq, 2, "a window");
    assert!(store.trail().people().expect("reads").contains(&"李查核".to_owned()));
}

/// An exam whose journal has `n` more entries, closed; and what harms its file.
fn harmed(n: usize, harm: &str) -> (tempfile::TempDir, fieldbook_vault::Vault, ExamStore, Checkpoint) {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    for i in 0..n {
        store.set_answer(&answer_to("COL-D5.1", ItemResult::Partial, &i.to_string())).expect("stores");
    }
    let at = store.checkpoint().expect("whole");
    drop(store);
    let conn = exam_database(&dir.path().join("exams/e1.db"), "e1");
    conn.execute_batch("DROP TRIGGER journal_no_update; DROP TRIGGER journal_no_delete;").expect("drops");
    conn.execute_batch(harm).expect("harms");
    drop(conn);
    let store = vault.open_exam(&exam().id, &[]).expect("opens");
    (dir, vault, store, at)
}

#[test]
fn edited_cut_and_forked_journals_are_told_apart() {
    let told = |harm: &str| {
        let (_dir, _vault, store, at) = harmed(6, harm);
        store.trail().compare(&at).expect("reads")
    };
    assert_eq!(told(""), TrailVerdict::Holds { added: 0 });
    assert_eq!(told("UPDATE journal SET detail = '{}' WHERE seq = 4"), TrailVerdict::Edited { seq: 4 });
    assert_eq!(told("UPDATE journal SET by = '他人' WHERE seq = 2"), TrailVerdict::Edited { seq: 2 });
    assert_eq!(told("DELETE FROM journal WHERE seq = 3"), TrailVerdict::Edited { seq: 3 });
    assert_eq!(told("DELETE FROM journal WHERE seq > 4"), TrailVerdict::Cut { size: 4 });
    // Cut, then written on: every entry hashes to its leaf, but it is another journal.
    let (_dir, _vault, mut store, at) = harmed(6, "DELETE FROM journal WHERE seq > 5");
    for note in ["另", "起"] {
        store.set_answer(&answer_to("COL-D5.1", ItemResult::Compliant, note)).expect("stores");
    }
    assert_eq!(store.checkpoint().expect("whole").size, at.size);
    assert_eq!(store.trail().compare(&at), Ok(TrailVerdict::Fork));
    store.set_answer(&answer_to("COL-D5.1", ItemResult::Compliant, "再")).expect("stores");
    assert_eq!(store.trail().compare(&at), Ok(TrailVerdict::Fork));
}

#[test]
fn proofs_hold_without_the_vault_and_only_for_what_they_say() {
    let (_dir, _vault, store, at) = harmed(9, "");
    for seq in 1..=at.size {
        for size in seq..=at.size {
            let proof = store.trail().prove(seq, Some(size)).expect("a proof");
            assert!(proof.holds(), "{seq} in {size}");
            let mut entry = proof.entry.clone();
            entry.by = "他人".into();
            assert!(!InclusionProof { entry, ..proof }.holds());
            let between = store.trail().prove_consistency(seq, Some(size)).expect("a proof");
            assert!(between.holds());
            assert_eq!(between.second.size, size);
        }
    }
    assert_eq!(store.trail().prove(11, None), Err(VaultError::UnknownEntry { seq: 11 }));
    assert_eq!(store.trail().prove(0, None), Err(VaultError::UnknownEntry { seq: 0 }));
    assert_eq!(store.trail().prove(1, Some(99)), Err(VaultError::UnknownEntry { seq: 99 }));
    assert_eq!(store.trail().prove_consistency(0, None), Err(VaultError::UnknownEntry { seq: 0 }));
}

#[test]
fn a_checkpoint_is_a_signed_note_of_the_vaults_signer() {
    let (_dir, vault, store, at) = harmed(3, "");
    let note = vault.signed_note(store.trail().origin(), &at).expect("signs");
    let read = SignedNote::read(&note).expect("a note");
    assert_eq!((read.origin.as_str(), &read.checkpoint), ("fieldbook/exam/e1", &at));
    assert!(read.signed_by(&vault.signer().expect("reads").expect("a signer")));
    assert!(!read.signed_by(&[1; 32]));
}

#[test]
fn what_is_done_to_the_vault_stands_in_its_own_journal() {
    let dir = tempdir().expect("a folder");
    let (mut vault, store) = with_exam(dir.path());
    drop(store);
    vault.decide_setting("mask", "no", EXAMINER, at()).expect("stores");
    vault.decide_setting("mask", "no", EXAMINER, at()).expect("the same again");
    vault.decide_setting("mask", "yes", EXAMINER, at()).expect("stores");
    let (total, entries) = vault.trail().page(&TrailFilter::default(), 0, 9).expect("reads");
    let acts: Vec<&str> = entries.iter().rev().map(|e| e.action.as_str()).collect();
    assert_eq!((total, acts), (3, vec!["vault.exam_made", "vault.setting", "vault.setting"]));
    let looked = vault.trail().look(3).expect("an entry");
    assert!(looked.before.expect("a value").contains("no") && looked.after.contains("yes"));
    let at = vault.trail().checkpoint().expect("whole");
    let conn = database(&dir.path().join("vault.db"), "vault");
    conn.execute_batch("DROP TRIGGER journal_no_update; UPDATE journal SET by = '他人' WHERE seq = 2;")
        .expect("harms");
    drop(conn);
    assert_eq!(vault.trail().compare(&at), Ok(TrailVerdict::Edited { seq: 2 }));
    assert_eq!(
        vault.verify(),
        Ok(vec![fieldbook_vault::Problem::Journal { database: "vault".into(), seq: Some(2) }])
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn whatever_is_done_to_an_entry_is_found_at_its_number(seq in 1_u64..8, field in 0_usize..4) {
        let column = ["at", "by", "subject", "detail"][field];
        let harm = format!("UPDATE journal SET {column} = {column} || ' ' WHERE seq = {seq}");
        let (_dir, _vault, store, at) = harmed(6, &harm);
        // Seven entries: that of the exam's making, and six answers.
        prop_assert_eq!(store.trail().compare(&at), Ok(TrailVerdict::Edited { seq }));
    }
}
