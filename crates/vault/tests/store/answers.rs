//! Answers by unit and system, many at once, and an examiner's own decisions on applicability.

use crate::fixture::*;
use fieldbook_model::answer::AnswerMode;
use fieldbook_model::{Answer, AnswerKey, AnswerOrigin, Applicability, ItemResult, Method, Override};
use fieldbook_vault::{AnswerAction, ExamStore, VaultError};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tempfile::tempdir;

fn key(id: &str, unit: &str, system: &str) -> AnswerKey {
    AnswerKey { clause: clause(id), unit: unit.to_owned(), system: system.to_owned() }
}

fn full() -> Answer {
    Answer {
        key: key("BSL-6.8", "a", "下單系統"),
        method: Some(Method::Interview),
        mode: Some(AnswerMode::SpotCheck),
        paper_ref: "B-2".to_owned(),
        awaited: Some("防火牆規則".to_owned()),
        origin: Some(AnswerOrigin { exam: "e0".to_owned(), key: key("BSL-6.7", "", "人事") }),
        ..answer_to("BSL-6.8", ItemResult::Partial, "部分")
    }
}

fn blank(key: AnswerKey) -> Answer {
    Answer { key, ..answer_to("COL-1", ItemResult::NotExamined, "") }
}

fn entries(store: &ExamStore) -> Vec<(String, String, String)> {
    let all = store.journal(1, 9999).expect("reads");
    all.into_iter().map(|e| (e.action, e.subject, e.detail)).collect()
}

#[test]
fn every_part_of_an_answer_comes_back_and_stands_in_the_journal() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let awaiting = Answer { awaited: Some(String::new()), ..blank(key("BSL-6.8", "b", "")) };
    store.set_answers(&[full(), awaiting.clone()], AnswerAction::Carry).expect("stores");
    assert_eq!(store.answers(), Ok(vec![full(), awaiting]));
    let detail = r#"{"unit":"a","system":"下單系統","result":"partial","method":"interview","mode":"spot_check","note":"部分","paper_ref":"B-2","awaited":"防火牆規則","origin":{"exam":"e0","clause":"BSL-6.7","unit":"","system":"人事"}}"#;
    let expected = ("answer.carry".to_owned(), "BSL-6.8".to_owned(), detail.to_owned());
    assert_eq!(entries(&store)[0], expected);
    assert!(entries(&store)[1].2.ends_with(r#""awaited":"","origin":null}"#));
}

#[test]
fn answers_come_by_clause_unit_and_system() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let sorted = [
        key("BSL-6.8", "", ""),
        key("BSL-6.8", "a", "人事"),
        key("BSL-6.8", "a", "下單"),
        key("BSL-6.8", "b", ""),
        key("COL-1", "", ""),
    ];
    let mut sorted = sorted.to_vec();
    sorted.sort();
    let said = |key: &AnswerKey| Answer { key: key.clone(), ..answer_to("COL-1", ItemResult::Compliant, "") };
    let batch: Vec<_> = sorted.iter().rev().map(said).collect();
    store.set_answers(&batch, AnswerAction::Bulk).expect("stores");
    let keys: Vec<_> = store.answers().expect("reads").into_iter().map(|a| a.key).collect();
    assert_eq!(keys, sorted);
}

#[test]
fn undoing_takes_an_answer_away_and_the_journal_keeps_it() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    store.set_answer(&full()).expect("stores");
    store.set_answers(&[blank(full().key)], AnswerAction::Undo).expect("takes away");
    assert_eq!(store.answers(), Ok(vec![]));
    store.set_answers(&[full()], AnswerAction::Redo).expect("stores");
    assert_eq!(store.answers(), Ok(vec![full()]));
    let copied = Answer { key: key("COL-2", "", ""), ..full() };
    store.set_answers(&[copied], AnswerAction::Copy).expect("stores");
    let actions: Vec<_> = entries(&store).into_iter().map(|(action, ..)| action).collect();
    assert_eq!(actions, ["answer.set", "answer.undo", "answer.redo", "answer.copy"]);
    assert!(entries(&store)[0].2.contains("部分"));
}

#[test]
fn what_is_not_examined_but_says_something_is_kept() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let none = blank(key("COL-1", "", ""));
    let kept = [
        Answer { note: "下午再看".into(), key: key("COL-1", "", ""), ..none.clone() },
        Answer { paper_ref: "C-1".into(), key: key("COL-2", "", ""), ..none.clone() },
        Answer { awaited: Some(String::new()), key: key("COL-3", "", ""), ..none.clone() },
        Answer { origin: full().origin, key: key("COL-4", "", ""), ..none.clone() },
    ];
    store.set_answers(&kept, AnswerAction::Set).expect("stores");
    assert_eq!(store.answers(), Ok(kept.to_vec()));
    let method = Answer { method: Some(Method::Caat), mode: Some(AnswerMode::Coverage), ..none };
    store.set_answer(&method).expect("takes away");
    assert_eq!(store.answers(), Ok(kept[1..].to_vec()));
}

fn any_answer() -> impl Strategy<Value = Answer> {
    let results = [ItemResult::NotExamined, ItemResult::Compliant, ItemResult::Noncompliant];
    let parts = (0..3_u8, 0..2_u8, 0..3_usize, any::<bool>(), any::<bool>(), any::<bool>(), 0..12_u8);
    parts
        .prop_map(move |(n, unit, result, note, awaited, origin, nobody)| Answer {
            key: key(&format!("COL-{n}"), ["", "a"][usize::from(unit)], ""),
            result: results[result],
            note: if note { "說明".to_owned() } else { String::new() },
            awaited: awaited.then(|| "名冊".to_owned()),
            origin: origin.then(|| AnswerOrigin { exam: String::new(), key: key("COL-9", "", "") }),
            by: if nobody == 0 { " ".to_owned() } else { EXAMINER.to_owned() },
            ..full()
        })
        .prop_map(|a| Answer { paper_ref: String::new(), ..a })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_batch_is_all_or_nothing(batches in proptest::collection::vec(
        proptest::collection::vec(any_answer(), 0..7), 1..9,
    )) {
        let dir = tempdir().expect("a folder");
        let (_vault, mut store) = with_exam(dir.path());
        let (mut expected, mut recorded) = (BTreeMap::new(), 1_u64);
        for batch in &batches {
            let refused = batch.iter().any(|a| a.by.trim().is_empty());
            let got = store.set_answers(batch, AnswerAction::Bulk);
            prop_assert_eq!(got, if refused { Err(VaultError::NoPerson) } else { Ok(()) });
            for a in batch.iter().filter(|_| !refused) {
                recorded += 1;
                let silent = a.note.is_empty() && a.awaited.is_none() && a.origin.is_none();
                if a.result == ItemResult::NotExamined && silent {
                    expected.remove(&a.key);
                } else {
                    expected.insert(a.key.clone(), a.clone());
                }
            }
            prop_assert_eq!(store.answers().expect("reads"), expected.values().cloned().collect::<Vec<_>>());
            prop_assert_eq!(store.checkpoint().expect("whole").size, recorded);
        }
    }
}

#[test]
fn a_batch_that_the_database_refuses_half_way_leaves_nothing() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    store.set_answer(&answer_to("COL-1", ItemResult::Compliant, "原來")).expect("stores");
    let before = (store.answers(), store.checkpoint());
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON answer WHEN new.clause = 'COL-3'
        BEGIN SELECT RAISE(ABORT, 'full'); END;";
    exam_database(&dir.path().join("exams/e1.db"), "e1").execute_batch(refuse).expect("a trigger");
    let batch = ["COL-1", "COL-2", "COL-3", "COL-4"].map(|id| answer_to(id, ItemResult::Partial, "新"));
    let got = store.set_answers(&batch, AnswerAction::Bulk);
    assert!(matches!(got, Err(VaultError::Database { .. })), "{got:?}");
    assert_eq!((store.answers(), store.checkpoint()), before);
}

fn decided(id: &str, applicability: Applicability, reason: &str) -> Override {
    let (by, at) = (EXAMINER.to_owned(), at());
    Override { clause: clause(id), applicability, reason: reason.to_owned(), by, at }
}

#[test]
fn a_decision_on_applicability_holds_until_it_is_restored() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    let every = [
        decided("COL-1", Applicability::Applicable, "實地查看有機櫃"),
        decided("COL-2", Applicability::NotApplicable, "無此業務"),
        decided("COL-3", Applicability::Undetermined, "待公司說明"),
        decided("COL-4", Applicability::Substituted, "採總公司標準"),
        decided("COL-5", Applicability::Waived, "經核准"),
    ];
    store.set_override(&decided("COL-1", Applicability::Waived, "誤")).expect("stores");
    every.iter().rev().for_each(|o| store.set_override(o).expect("stores"));
    assert_eq!(store.overrides(), Ok(every.to_vec()));

    assert_eq!(store.clear_override(&clause("COL-2"), EXAMINER, at(), "重新認定"), Ok(true));
    assert_eq!(store.clear_override(&clause("COL-2"), EXAMINER, at(), "再一次"), Ok(false));
    assert_eq!(store.overrides().expect("reads").len(), 4);
    let journal = entries(&store);
    assert_eq!(journal.len(), 7);
    let first = r#"{"applicability":"waived","reason":"誤"}"#;
    assert_eq!(journal[0], ("applicability.override".into(), "COL-1".into(), first.into()));
    let last = r#"{"reason":"重新認定"}"#;
    assert_eq!(journal[6], ("applicability.restore".into(), "COL-2".into(), last.into()));

    drop(store);
    let mut store = vault.open_exam(&exam().id, &[]).expect("opens");
    assert_eq!(store.overrides().expect("reads").len(), 4, "kept over closing");
    let without = decided("COL-9", Applicability::NotApplicable, "\u{3000} ");
    assert_eq!(store.set_override(&without), Err(VaultError::NoReason));
    let nobody = Override { by: String::new(), ..every[0].clone() };
    assert_eq!(store.set_override(&nobody), Err(VaultError::NoPerson));
    assert_eq!(store.clear_override(&clause("COL-1"), "", at(), "x"), Err(VaultError::NoPerson));
    assert_eq!(store.overrides().expect("reads").len(), 4);
    assert_eq!(entries(&store).len(), 7, "what was refused left nothing");
}

#[test]
fn an_answer_put_back_stays_that_of_whoever_gave_it_and_the_journal_names_who_put_it_back() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let given = full();
    let later: fieldbook_model::Moment = "2020-12-31T17:00:00".parse().expect("a time");
    store.set_answer(&given).expect("stores");
    store
        .set_answer(&Answer { note: "改寫".to_owned(), by: "查核人員乙".to_owned(), ..given.clone() })
        .expect("stores");
    store
        .turn_answers(std::slice::from_ref(&given), AnswerAction::Undo, "查核人員乙", later)
        .expect("puts back");
    assert_eq!(store.answers().expect("reads"), vec![given.clone()]);
    let last = store.journal(0, 9999).expect("reads").pop().expect("an entry");
    assert_eq!((last.action.as_str(), last.by.as_str(), last.at), ("answer.undo", "查核人員乙", later));
    assert!(last.detail.contains(&format!("\"given_by\":\"{}\"", given.by)), "{}", last.detail);
    assert_eq!(store.turn_answers(&[given], AnswerAction::Redo, " ", later), Err(VaultError::NoPerson));
}
