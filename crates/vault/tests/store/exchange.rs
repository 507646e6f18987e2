//! Two copies of one exam: what one holds arrives in the other, and can be taken back whole.

use crate::fixture::*;
use fieldbook_model::*;
use fieldbook_vault::{
    ExamStore, MergeOrder, Payload, ReceivedCopy, Take, UndoBar, Vault, VaultError, has_payload,
};
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// What belongs to the records of another copy, read straight from it.
struct From<'a>(&'a ExamStore);

impl Payload for From<'_> {
    fn give(&mut self, record: &RecordKey, take: Take<'_>) -> Result<(), VaultError> {
        let mut bytes = Vec::new();
        if record.table == "evidence" {
            let sha256 = record.key.trim_matches(['[', ']', '"']).to_owned();
            let id = self.0.evidence()?.into_iter().find(|e| e.sha256 == sha256).expect("there").id;
            self.0.evidence_bytes(id, &mut bytes)?;
        } else {
            self.0.write_rows(record, &mut bytes)?;
        }
        take(&mut bytes.as_slice())
    }
}

/// Takes over what the other copy wrote and this one has not seen; in these tests nobody writes one field twice.
fn order(ours: &ExamStore, theirs: &ExamStore) -> MergeOrder {
    let (here, there) =
        (ours.exchange_state(None).expect("reads"), theirs.exchange_state(None).expect("reads"));
    let mut changes = Vec::new();
    for (key, record) in &there.records {
        for (name, field) in record {
            let before = here.records.get(key).and_then(|r| r.get(name));
            let known = before.is_some_and(|b| b.stamp == field.stamp) || field.stamp.is_seen_by(&here.seen);
            if !known {
                let (record, field, before) = (key.clone(), field.clone(), before.cloned());
                changes.push(FieldChange { record, field: name.clone(), before, after: field });
            }
        }
    }
    let mut seen = here.seen.clone();
    for (copy, size) in &there.seen {
        let known = seen.entry(copy.clone()).or_default();
        *known = (*known).max(*size);
    }
    let copies = std::iter::once(theirs.own_copy().expect("reads"))
        .chain(theirs.other_copies().expect("reads"))
        .map(|head| ReceivedCopy {
            entries: theirs.copy_entries(&head.copy, 0, u64::MAX).expect("reads"),
            label: "李查核".into(),
            recipient: String::new(),
            copy: head.copy,
            block: head.block,
            checkpoint: head.checkpoint,
        })
        .collect();
    MergeOrder {
        at: at(),
        by: EXAMINER.into(),
        sender: "李查核".into(),
        package_sha256: "ab".repeat(32),
        copies,
        seen,
        changes,
        conflicts: Vec::new(),
        elsewhere: Vec::new(),
    }
}

fn merge(ours: &mut ExamStore, theirs: &ExamStore) -> Result<i64, VaultError> {
    let order = order(ours, theirs);
    ours.merge(&order, &mut From(theirs))
}

/// A second copy of an exam, in a vault of its own.
fn handed_over(store: &ExamStore) -> (TempDir, Vault, ExamStore) {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let copied = vault.receive_exam(
        store.id(),
        1,
        &law("現行"),
        &[accounts()],
        &|copy| Ok(order(copy, store)),
        &mut From(store),
        &mut salt(),
        ("李查核", at()),
    );
    copied.expect("a copy can be made");
    let copy = vault.open_exam(store.id(), &[accounts()]).expect("opens");
    (dir, vault, copy)
}

/// What a copy holds, without the stamps.
fn values(store: &ExamStore) -> BTreeMap<String, BTreeMap<String, Held>> {
    let state = store.exchange_state(None).expect("reads");
    let record = |(key, record): (RecordKey, Record)| {
        let fields = record.into_iter().filter(|(_, f)| f.value != Held::Null);
        (format!("{} {}", key.table, key.key), fields.map(|(name, f)| (name, f.value)).collect())
    };
    state.records.into_iter().map(record).collect()
}

fn piece(name: &str) -> Evidence {
    Evidence {
        id: 0,
        name: name.into(),
        source: "資訊部林經理".into(),
        acquired_by: EXAMINER.into(),
        acquired_at: at(),
        format: "txt".into(),
        pages: None,
        sha256: String::new(),
        size: 0,
        kept_at: String::new(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: vec![clause("COL-D5.1")],
        by: EXAMINER.into(),
        at: at(),
    }
}

fn import(store: &mut ExamStore, name: &str, accounts: &[&str]) -> i64 {
    let mut writer = begin(store, name);
    let rows = accounts.iter().map(|a| vec![text(a), Value::Num(0.1)]).collect();
    write_sheet(&mut writer, &sheet("帳號", &["account", "score"]), rows);
    finish(writer)
}

fn rows_of(store: &ExamStore) -> u64 {
    store.dataset_rows("accounts", 0, 1, None).expect("reads").total
}

fn found(title: &str, evidence: Vec<i64>) -> Finding {
    Finding { title: title.into(), evidence, ..crate::records::finding(Vec::new()) }
}

/// An exam with something of everything.
fn full(dir: &Path) -> (Vault, ExamStore) {
    let (vault, mut store) = with_exam(dir);
    store.set_answer(&answer_to("COL-D5.1", ItemResult::Compliant, "甲")).expect("answers");
    import(&mut store, "帳號.csv", &["root", "王小明"]);
    let run = store.save_run(
        &crate::records::run("T-COL-05"),
        &[crate::records::exception("T-COL-05", "1", 7, RuleVerdict::Exception)],
    );
    assert_eq!(run, Ok(1));
    let kept = store.add_evidence(&piece("名冊.txt"), &mut &b"one"[..]).expect("takes in");
    store.save_finding(&found("共置室門禁", vec![kept.id])).expect("finds");
    (vault, store)
}

#[test]
fn a_copy_holds_everything_and_says_whose_it_was() {
    let dir = tempdir().expect("a folder");
    let (_vault, store) = full(dir.path());
    let (_dir, vault, copy) = handed_over(&store);
    assert_eq!(values(&copy), values(&store));
    assert_eq!(copy.findings().expect("reads"), store.findings().expect("reads"));
    assert_eq!(copy.answers().expect("reads"), store.answers().expect("reads"));
    let rows = |s: &ExamStore| s.exceptions(&Default::default(), 0, 9).expect("reads");
    assert_eq!(rows(&copy), rows(&store));
    let cells = |s: &ExamStore| s.dataset_rows("accounts", 0, 9, None).expect("reads").rows;
    let [here, there] = [&store, &copy].map(|s| cells(s).into_iter().map(|r| r.cells).collect::<Vec<_>>());
    assert_eq!((here.len(), &here), (2, &there));
    let mut bytes = Vec::new();
    copy.evidence_bytes(1, &mut bytes).expect("reads");
    assert_eq!(bytes, b"one");
    assert_eq!(vault.verify(), Ok(vec![]));
    let other = copy.other_copies().expect("reads").remove(0);
    assert_eq!((other.checkpoint, other.block), (store.checkpoint().expect("reads"), 0));
    let theirs = copy.copy_entries(&other.copy, 0, 1).expect("reads").remove(0);
    assert_eq!((theirs.action.as_str(), theirs.by.as_str()), ("exam.create", EXAMINER));
}

#[test]
fn what_both_do_is_there_on_both_and_numbers_never_meet() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut ours) = full(dir.path());
    let (_dir, vault, mut theirs) = handed_over(&ours);
    ours.set_answer(&answer_to("COL-D5.2", ItemResult::Partial, "甲的電腦")).expect("answers");
    ours.save_finding(&found("甲的發現", vec![])).expect("finds");
    ours.add_evidence(&piece("兩人都收.txt"), &mut &b"both"[..]).expect("takes in");
    theirs.set_answer(&answer_to("COL-D5.3", ItemResult::Noncompliant, "乙的電腦")).expect("answers");
    let piece_there = theirs.add_evidence(&piece("兩人都收.txt"), &mut &b"both"[..]).expect("takes in");
    theirs.save_finding(&found("乙的發現", vec![piece_there.id])).expect("finds");
    theirs.add_evidence(&piece("乙收.txt"), &mut &b"theirs"[..]).expect("takes in");
    import(&mut theirs, "乙.csv", &["乙帳號"]);
    assert_eq!(piece_there.number(), "E-B001");
    merge(&mut ours, &theirs).expect("merges");
    merge(&mut theirs, &ours).expect("merges back");
    assert_eq!(values(&ours), values(&theirs));
    let numbers = |s: &ExamStore| -> Vec<String> {
        s.findings().expect("reads").iter().map(|f| f.number("")).collect()
    };
    assert_eq!(
        (numbers(&ours), numbers(&theirs)),
        (vec!["F01".into(), "F02".into(), "FB01".into()], numbers(&ours))
    );
    // One piece, one row; the finding of there names it by the number that it has here.
    let kept = ours.evidence().expect("reads");
    assert_eq!(kept.iter().filter(|e| e.name == "兩人都收.txt").count(), 1);
    let of_theirs = ours.findings().expect("reads").remove(2);
    let named = kept.iter().find(|e| e.id == of_theirs.evidence[0]).expect("there");
    assert_eq!(named.name, "兩人都收.txt");
    assert_eq!(vault.verify(), Ok(vec![]));
    // Nothing is new any more.
    assert!(order(&ours, &theirs).changes.is_empty());
    assert!(order(&theirs, &ours).changes.is_empty());
}

#[test]
fn one_file_that_both_imported_is_in_its_dataset_once() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut ours) = full(dir.path());
    let (_dir, vault, mut theirs) = handed_over(&ours);
    import(&mut ours, "兩人.csv", &["a", "b", "c"]);
    import(&mut theirs, "兩人.csv", &["a", "b", "c"]);
    merge(&mut ours, &theirs).expect("merges");
    merge(&mut theirs, &ours).expect("merges back");
    for store in [&ours, &theirs] {
        assert_eq!(rows_of(store), 5, "two of before, three of one file");
        assert_eq!(store.batches().expect("reads").len(), 3, "both imports are told of");
    }
    assert_eq!(values(&ours), values(&theirs));
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn what_is_taken_away_or_back_there_is_taken_here() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut ours) = full(dir.path());
    let (_dir, _theirs_vault, mut theirs) = handed_over(&ours);
    theirs.set_answer(&answer_to("COL-D5.1", ItemResult::NotExamined, "")).expect("takes back");
    theirs.undo_import(1, EXAMINER, at()).expect("undone");
    merge(&mut ours, &theirs).expect("merges");
    assert!(ours.answers().expect("reads").is_empty());
    assert_eq!(rows_of(&ours), 0);
    assert_eq!(values(&ours), values(&theirs));
}

#[test]
fn a_merge_is_taken_back_whole_and_can_be_done_again() {
    let dir = tempdir().expect("a folder");
    let (vault, mut ours) = full(dir.path());
    let (_dir, _theirs_vault, mut theirs) = handed_over(&ours);
    theirs.set_answer(&answer_to("COL-D5.1", ItemResult::Noncompliant, "乙改")).expect("answers");
    theirs
        .save_run(
            &crate::records::run("T-COL-06"),
            &[crate::records::exception("T-COL-06", "1", 7, RuleVerdict::Exception)],
        )
        .expect("runs");
    theirs.add_evidence(&piece("乙收.txt"), &mut &b"theirs"[..]).expect("takes in");
    theirs.save_finding(&found("乙的發現", vec![])).expect("finds");
    import(&mut theirs, "乙.csv", &["乙帳號"]);
    let before = (values(&ours), ours.seen().expect("reads"));
    let done = merge(&mut ours, &theirs).expect("merges");
    let after = values(&ours);
    ours.undo_merge(done, EXAMINER, at(), "弄錯對象").expect("taken back");
    assert_eq!(values(&ours), before.0);
    let others = |mut seen: Seen| {
        seen.remove(&ours.own_copy().expect("reads").copy);
        seen
    };
    assert_eq!(others(ours.seen().expect("reads")), others(before.1));
    assert_eq!(ours.evidence().expect("reads").len(), 1);
    assert_eq!(ours.merge_undo_bar(done), Ok(Some(UndoBar::Done)));
    assert_eq!(vault.verify(), Ok(vec![]));
    let again = merge(&mut ours, &theirs).expect("merges again");
    assert_eq!(values(&ours), after);
    ours.set_answer(&answer_to("COL-D5.1", ItemResult::Partial, "之後又改")).expect("answers");
    assert_eq!(
        ours.undo_merge(again, EXAMINER, at(), "太晚"),
        Err(VaultError::CannotUndo { bar: UndoBar::Changed })
    );
}

#[test]
fn a_package_that_breaks_off_or_lies_changes_nothing() {
    struct Broken;
    impl Payload for Broken {
        fn give(&mut self, _: &RecordKey, take: Take<'_>) -> Result<(), VaultError> {
            take(&mut &b"other bytes"[..])
        }
    }
    let dir = tempdir().expect("a folder");
    let (vault, mut ours) = full(dir.path());
    let (_dir, _theirs_vault, mut theirs) = handed_over(&ours);
    theirs.add_evidence(&piece("乙收.txt"), &mut &b"theirs"[..]).expect("takes in");
    import(&mut theirs, "乙.csv", &["乙帳號"]);
    let before = (values(&ours), ours.checkpoint().expect("reads"));
    let honest = order(&ours, &theirs);
    assert!(matches!(ours.merge(&honest, &mut Broken), Err(VaultError::Damaged { .. })));
    let mut edited = honest.clone();
    edited.copies[0].entries[0].detail = "{}".into();
    assert_eq!(ours.merge(&edited, &mut From(&theirs)), Err(VaultError::OtherJournal));
    let mut gap = honest.clone();
    gap.copies[0].entries.remove(1);
    assert_eq!(ours.merge(&gap, &mut From(&theirs)), Err(VaultError::MissingExchange));
    let mut same_block = honest;
    same_block.copies[0].block = 0;
    assert_eq!(ours.merge(&same_block, &mut From(&theirs)), Err(VaultError::OtherJournal));
    assert_eq!((values(&ours), ours.checkpoint().expect("reads")), before);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn evidence_by_reference_is_known_and_not_called_damaged() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut ours) = full(dir.path());
    let (_dir, vault, mut theirs) = handed_over(&ours);
    let kept = ours.add_evidence(&piece("只引用.txt"), &mut &b"far"[..]).expect("takes in");
    let order = MergeOrder { elsewhere: vec![kept.sha256.clone()], ..order(&theirs, &ours) };
    theirs.merge(&order, &mut From(&ours)).expect("merges");
    let there =
        theirs.evidence().expect("reads").into_iter().find(|e| e.sha256 == kept.sha256).expect("known");
    assert_eq!(
        theirs.evidence_bytes(there.id, &mut Vec::new()),
        Err(VaultError::EvidenceElsewhere { id: there.id })
    );
    assert_eq!(vault.verify(), Ok(vec![]));
    assert!(has_payload("evidence") && has_payload("run") && !has_payload("answer"));
}

#[test]
fn what_was_signed_stands_in_the_way_on_either_side() {
    let dir = tempdir().expect("a folder");
    let (mut vault, mut ours) = full(dir.path());
    let (_dir, _theirs_vault, mut theirs) = handed_over(&ours);
    let reviewer = "李查核";
    for (n, by) in [EXAMINER, reviewer].into_iter().enumerate() {
        let seed = u8::try_from(n).expect("few") + 1;
        let secret = pass(&format!("{by}的密語"));
        vault.make_identity(by, &secret, &mut |b| b.fill(seed), WORK, at()).expect("can sign");
    }
    for (role, by) in [(SignRole::Preparer, EXAMINER), (SignRole::Reviewer, reviewer)] {
        let signed = crate::review::signed(&vault, &ours, "E-00", 1, role, by);
        ours.sign(&[signed]).expect("signs");
    }
    // Signed here: what came in there would change it.
    theirs.add_evidence(&piece("乙收.txt"), &mut &b"theirs"[..]).expect("takes in");
    let incoming = order(&ours, &theirs);
    let seen = theirs.seen().expect("reads");
    let blocked = ours.merge_blocked(&incoming.changes, &seen).expect("looks");
    assert_eq!(blocked.iter().map(|b| (b.paper.as_str(), b.here)).collect::<Vec<_>>(), [("E-00", true)]);
    // Signed there: what was written here meanwhile is not in what they signed.
    let incoming = order(&theirs, &ours);
    let blocked = theirs.merge_blocked(&incoming.changes, &ours.seen().expect("reads")).expect("looks");
    assert_eq!(blocked.iter().map(|b| (b.paper.as_str(), b.here)).collect::<Vec<_>>(), [("E-00", false)]);
    // What is no part of it comes in.
    theirs.set_answer(&answer_to("COL-D5.2", ItemResult::Partial, "乙")).expect("answers");
    let mut other = order(&ours, &theirs);
    other.changes.retain(|c| c.record.table == "answer");
    assert_eq!(ours.merge_blocked(&other.changes, &seen), Ok(vec![]));
}
