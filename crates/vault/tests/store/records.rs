//! Facts, one answer, runs, dispositions, findings, and the journal that all of them leave behind.

use crate::fixture::*;
use crate::review::step;
use fieldbook_model::*;
use fieldbook_vault::{Checkpoint, DispositionFilter, ExamStore, ExceptionFilter, VaultError};
use tempfile::tempdir;

fn answer(result: ItemResult, note: &str) -> Answer {
    Answer {
        method: Some(Method::Inspection),
        paper_ref: "A-1".to_owned(),
        ..answer_to("COL-D5.1", result, note)
    }
}

pub fn run(procedure: &str) -> Run {
    Run {
        id: 0,
        procedure: procedure.to_owned(),
        procedure_sha256: "ab".repeat(32),
        at: at(),
        by: EXAMINER.to_owned(),
        as_of: exam().as_of,
        period: exam().period,
        parameters: vec![ParamUse {
            key: "months".into(),
            value: ParamValue::Int(6),
            override_reason: Some("公司規章較嚴".into()),
        }],
        verdict: RunVerdict::Exceptions,
        population: Some(12),
        completeness: Completeness::NotStated,
        exceptions: 2,
        unknown: 1,
        leads: 0,
        missing: vec!["personnel.leave_date".into()],
        rules: vec![
            RuleOutcome { rule: "1".into(), rows: Some(2), missing: vec![] },
            RuleOutcome { rule: "2".into(), rows: None, missing: vec!["personnel".into()] },
        ],
        inputs: vec![file("a.xlsx").sha256],
        record: RunRecord {
            engine: 1,
            applies: Tri::Yes,
            firm: "甲乙證券股份有限公司".into(),
            not_binding: vec![ClauseId::parse("FCM-8.3.f").expect("an id")],
            sheets: vec![read_sheet()],
            population_sha256: "cd".repeat(32),
        },
    }
}

fn read_sheet() -> ReadSheet {
    ReadSheet {
        id: 3,
        dataset: "accounts".into(),
        file: "a.xlsx".into(),
        sha256: file("a.xlsx").sha256,
        sheet: "帳號".into(),
        header_row: 2,
        end_row: Some(40),
        origin: Some(ListOrigin::Ledger),
        rows: 12,
        declared_rows: Some(12),
        mapping: Vec::new(),
        filled: Vec::new(),
    }
}

pub fn exception(procedure: &str, rule: &str, row: u32, verdict: RuleVerdict) -> ExceptionRow {
    let source =
        RowRef { file_sha256: file("a.xlsx").sha256, file: "a.xlsx".into(), sheet: "帳號".into(), row };
    ExceptionRow {
        id: 0,
        run: 0,
        key: ExceptionKey { procedure: procedure.to_owned(), rule: rule.to_owned(), source },
        verdict,
        clauses: vec![clause("COL-D5.1"), clause("BSL-6.7")],
        values: vec![("account".into(), Some("root".into())), ("opened".into(), None)],
        disposition: None,
    }
}

fn confirmed(note: &str) -> Disposition {
    Disposition { kind: DispositionKind::Confirmed, note: note.to_owned(), by: EXAMINER.to_owned(), at: at() }
}

pub fn finding(exceptions: Vec<i64>) -> Finding {
    Finding {
        no: 0,
        kind: FindingType::Deficiency,
        title: "廠商持有最高權限".to_owned(),
        condition: "12 個帳號中 2 個".to_owned(),
        clauses: vec![clause("COL-D5.1")],
        cause: String::new(),
        effect: "可竄改紀錄".to_owned(),
        severity: Severity::High,
        category: "存取控制".to_owned(),
        recommendation: "收回權限".to_owned(),
        objects: vec!["主機連線系統／root".to_owned()],
        evidence: vec![],
        papers: vec!["C-COL".to_owned()],
        repeat_of: None,
        status: FindingStatus::Draft,
        by: EXAMINER.to_owned(),
        at: at(),
        exceptions,
        counts: Some((2, 12)),
    }
}

fn actions(store: &ExamStore) -> Vec<String> {
    store.journal(0, 999).expect("reads").into_iter().map(|e| e.action).collect()
}

#[test]
fn an_overwritten_answer_stays_in_the_journal() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    store.set_answer(&answer(ItemResult::Compliant, "第一次")).expect("stores");
    let mut of_system = answer(ItemResult::NoData, "");
    of_system.key.system = "下單系統".into();
    store.set_answer(&of_system).expect("stores");
    let second = Answer { method: None, ..answer(ItemResult::Noncompliant, "第二次") };
    store.set_answer(&second).expect("stores");
    assert_eq!(store.set_answer(&Answer { by: String::new(), ..second.clone() }), Err(VaultError::NoPerson));
    let answers = store.answers().expect("reads");
    assert_eq!((answers.len(), &answers[0]), (2, &second));
    let journal = store.journal(1, 10).expect("reads");
    assert_eq!(journal.len(), 3);
    assert!(journal[0].detail.contains("第一次") && journal[2].detail.contains("第二次"));
    assert_eq!(
        (journal[0].subject.as_str(), journal[0].by.as_str(), journal[0].seq),
        ("COL-D5.1", EXAMINER, 2)
    );
}

#[test]
fn facts_and_systems_come_back_and_only_changes_are_recorded() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let fact = |value: FactValue| Fact { value, basis: "訪談".into(), by: EXAMINER.into(), at: Some(at()) };
    let mut facts = Profile::new();
    for (code, value) in [
        ("is_sec", FactValue::Yes),
        ("inet", FactValue::No),
        ("grade", FactValue::Text("2".into())),
        ("channels", FactValue::List(vec!["app".into(), "web".into()])),
        ("colo", FactValue::Unknown),
    ] {
        facts.insert(code.to_owned(), fact(value));
    }
    assert_eq!(store.set_facts(&facts, EXAMINER, at()), Ok(5));
    facts.insert("colo".to_owned(), fact(FactValue::Yes));
    assert_eq!(store.set_facts(&facts, EXAMINER, at()), Ok(1));
    let mut system = System { name: "下單系統".into(), ..System::default() };
    system.facts.insert("core".into(), FactValue::Yes);
    system.facts.insert("asmt_class".into(), FactValue::Text("一".into()));
    let systems = vec![system, System { name: "人事".into(), ..System::default() }];
    store.set_systems(&systems[1..], EXAMINER, at()).expect("stores");
    store.set_systems(&systems, EXAMINER, at()).expect("replaces");
    let read = store.exam().expect("reads");
    assert_eq!((read.profile, read.systems), (facts, systems));
    assert_eq!(actions(&store).iter().filter(|a| *a == "fact.set").count(), 6);
}

#[test]
fn a_new_exam_brings_its_profile() {
    let dir = tempdir().expect("a folder");
    let (mut vault, _) = make(dir.path());
    let mut whole = exam();
    whole.profile.insert("colo".into(), Fact { value: FactValue::Yes, ..Fact::default() });
    whole.systems.push(System { name: "下單系統".into(), ..System::default() });
    vault.create_exam(&whole, EXAMINER, &law("現行"), &mut salt()).expect("makes");
    assert_eq!(vault.open_exam(&whole.id, &[]).expect("opens").exam().expect("reads"), whole);
}

#[test]
fn a_run_is_kept_whole_and_dispositions_hold_for_the_next() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let rows = [
        exception("T-COL-05", "1", 5, RuleVerdict::Exception),
        exception("T-COL-05", "1", 9, RuleVerdict::Exception),
        exception("T-COL-05", "3", 9, RuleVerdict::Unknown),
    ];
    let first = store.save_run(&run("T-COL-05"), &rows).expect("stores");
    assert_eq!(store.run(first).expect("reads"), Run { id: first, ..run("T-COL-05") });
    store.save_run(&run("T-COL-02"), &[]).expect("stores");
    assert_eq!(store.dispose(&[rows[1].key.clone()], &confirmed("誤")), Ok(1));
    let later = Disposition { kind: DispositionKind::Explained, ..confirmed("有核准單") };
    assert_eq!(store.dispose(&[rows[1].key.clone()], &later), Ok(1));

    let second = store.save_run(&run("T-COL-05"), &rows).expect("stores");
    let latest = store.exceptions(&ExceptionFilter::default(), 0, 99).expect("reads");
    assert_eq!(latest.len(), 3);
    assert!(latest.iter().all(|e| e.run == second));
    assert_eq!(latest[0].values, rows[0].values);
    assert_eq!(latest[0].clauses, rows[0].clauses);
    let dispositions: Vec<_> = latest.iter().map(|e| e.disposition.clone()).collect();
    assert_eq!(dispositions, [None, Some(later.clone()), None]);
    assert_eq!(store.disposition_history(&rows[1].key), Ok(vec![confirmed("誤"), later]));

    let count = |f: ExceptionFilter| store.exception_count(&f).expect("counts");
    let base = ExceptionFilter::default;
    assert_eq!(count(ExceptionFilter { run: Some(first), ..base() }), 3);
    assert_eq!(count(ExceptionFilter { verdict: Some(RuleVerdict::Unknown), ..base() }), 1);
    assert_eq!(count(ExceptionFilter { rule: Some("1".into()), ..base() }), 2);
    assert_eq!(count(ExceptionFilter { procedure: Some("T-COL-02".into()), ..base() }), 0);
    let by = |d| ExceptionFilter { disposition: Some(d), ..base() };
    assert_eq!(count(by(DispositionFilter::Undisposed)), 2);
    assert_eq!(count(by(DispositionFilter::As(DispositionKind::Explained))), 1);
    assert_eq!(count(by(DispositionFilter::As(DispositionKind::Confirmed))), 0);
    assert_eq!(store.exceptions(&base(), 1, 1).expect("reads"), latest[1..2]);
    assert_eq!(store.exceptions_by_id(&[latest[2].id, latest[0].id]).expect("reads")[0], latest[2]);

    let mut other = rows.to_vec();
    other[0].values[0].1 = Some("r00t".into());
    store.save_run(&run("T-COL-06"), &other).expect("stores");
    let digests: Vec<String> = store
        .journal(0, 99)
        .expect("reads")
        .into_iter()
        .filter(|e| e.action == "run.store" && !e.detail.contains("T-COL-02"))
        .map(|e| e.detail.split("rows_sha256").last().expect("stands last").to_owned())
        .collect();
    assert!(digests[0] == digests[1] && digests[1] != digests[2], "the journal vouches for the rows");

    let procedures: Vec<_> =
        store.latest_runs().expect("reads").into_iter().map(|r| (r.procedure, r.id)).collect();
    let expected = [("T-COL-02", 2), ("T-COL-05", second), ("T-COL-06", second + 1)];
    assert_eq!(procedures, expected.map(|(p, id)| (p.to_owned(), id)));
    assert_eq!(store.runs().expect("reads").len(), 4);
    assert_eq!(store.run(99), Err(VaultError::UnknownRun { id: 99 }));
}

#[test]
fn numbers_of_findings_are_never_used_again() {
    let dir = tempdir().expect("a folder");
    let (vault, mut store) = with_exam(dir.path());
    store
        .save_run(&run("T-COL-05"), &[exception("T-COL-05", "1", 5, RuleVerdict::Exception)])
        .expect("stores");
    assert_eq!(store.save_finding(&finding(vec![1])), Ok(1));
    assert_eq!(store.save_finding(&finding(vec![])), Ok(2));
    store.step_finding(2, &step(FindingStatus::Withdrawn, EXAMINER)).expect("withdraws");
    assert_eq!(store.save_finding(&finding(vec![])), Ok(3));
    let changed = Finding { no: 1, title: "改".into(), exceptions: vec![], counts: None, ..finding(vec![]) };
    assert_eq!(store.save_finding(&changed), Ok(1));
    let all = store.findings().expect("reads");
    assert_eq!(all.len(), 3);
    assert_eq!(all[0], changed);
    assert_eq!(all[1].status, FindingStatus::Withdrawn);

    assert_eq!(store.save_finding(&Finding { by: " ".into(), ..finding(vec![]) }), Err(VaultError::NoPerson));
    assert_eq!(store.save_finding(&finding(vec![77])), Err(VaultError::UnknownException { id: 77 }));
    assert_eq!(store.save_finding(&Finding { no: 9, ..changed }), Err(VaultError::UnknownFinding { no: 9 }));
    let gone = store.step_finding(9, &step(FindingStatus::InReview, EXAMINER));
    assert_eq!(gone, Err(VaultError::UnknownFinding { no: 9 }));
    assert_eq!(store.findings().expect("reads"), all, "what was refused left nothing");
    drop(store);
    assert_eq!(vault.verify(), Ok(vec![]));
}

#[test]
fn a_checkpoint_shows_later_that_nothing_was_taken_out() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    store.set_answer(&answer(ItemResult::Compliant, "甲")).expect("stores");
    let early = store.checkpoint().expect("a checkpoint");
    assert_eq!((early.size, early.root.len()), (2, 64));
    store.set_answer(&answer(ItemResult::Partial, "乙")).expect("stores");
    assert_eq!(store.extends(&early), Ok(true));
    assert_eq!(store.extends(&Checkpoint { root: early.root.to_uppercase(), ..early.clone() }), Ok(true));
    let forged = Checkpoint { root: "0".repeat(64), ..early.clone() };
    assert_eq!(store.extends(&forged), Ok(false));
    assert_eq!(store.extends(&Checkpoint { size: 9, ..early }), Ok(false));
}
