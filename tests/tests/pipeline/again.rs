//! What was run is run again, what changed is told, what was explained is proposed, and an account's kind is the
//! examiner's to correct.

use fieldbook_app::audit;
use fieldbook_app::wire::{
    CorrectRequest, DerivedRequest, DispositionWord, ExceptionsRequest, ProcedureRequest, ReperformRequest,
    RunRequest, UndisposeRequest,
};
use fieldbook_app::{AppError, Desk, exam, import};
use fieldbook_tests::desk::{import_sample, run_all, with_exam};

fn run(desk: &mut Desk, procedure: &str) -> f64 {
    let request = RunRequest { procedures: vec![procedure.to_owned()], overrides: Vec::new() };
    audit::run(desk, &request, &mut |_| {}).expect("runs").runs[0].id
}

fn differences(desk: &Desk, run: f64) -> Vec<String> {
    let again = audit::reperform(desk, &ReperformRequest { run }).expect("runs again");
    assert_eq!(again.same, again.differences.is_empty());
    again.differences.into_iter().map(|d| d.kind).collect()
}

fn page(desk: &Desk, procedure: &str) -> fieldbook_app::wire::ExceptionPageView {
    let request =
        ExceptionsRequest { procedure: procedure.to_owned(), limit: 500, ..ExceptionsRequest::default() };
    audit::exceptions(desk, &request).expect("rows")
}

fn correct(desk: &mut Desk, account: &str, value: Option<&str>, restore: bool) -> Result<(), AppError> {
    let rows = kinds(desk, account);
    let request = CorrectRequest {
        dataset: "accounts".to_owned(),
        column: "kind".to_owned(),
        rows: rows.iter().map(|r| r.id).collect(),
        value: value.map(str::to_owned),
        note: "訪談資訊部主管確認".to_owned(),
        restore,
    };
    audit::correct(desk, &request).map(|_| ())
}

fn kinds(desk: &Desk, text: &str) -> Vec<fieldbook_app::wire::DerivedRowView> {
    let request = DerivedRequest {
        dataset: "accounts".to_owned(),
        column: "kind".to_owned(),
        value: None,
        text: text.to_owned(),
        offset: 0,
        limit: 500,
    };
    audit::derived_rows(desk, &request).expect("kinds").rows
}

#[test]
fn every_kept_run_runs_again_to_the_same_rows() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let runs = run_all(&mut desk).expect("runs");
    assert!(runs.iter().filter(|r| r.population.is_some()).count() >= 20, "too few ran to tell anything");
    for run in &runs {
        assert_eq!(differences(&desk, run.id), Vec::<String>::new(), "{}", run.procedure);
    }
}

#[test]
fn a_correction_after_a_run_changes_the_next_run_and_not_the_kept_one() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let first = run(&mut desk, "T-COL-06");
    let service = kinds(&desk, "svc_backup");
    assert_eq!(service[0].value.as_deref(), Some("服務／系統帳號"), "{}", service[0].basis);
    correct(&mut desk, "svc_backup", Some("human_internal"), false).expect("corrected");
    let now = kinds(&desk, "svc_backup");
    assert!(now[0].corrected && now[0].value.as_deref() == Some("內部人員"));
    run(&mut desk, "T-COL-06");
    let change =
        audit::change(&desk, &ProcedureRequest { procedure: "T-COL-06".to_owned() }).expect("change");
    let rules = |rows: &[fieldbook_app::wire::RunChangeRowView]| {
        rows.iter().map(|r| r.rule.clone()).collect::<Vec<_>>()
    };
    assert_eq!(rules(&change.appeared_rows), ["1", "3"], "the account's own rules");
    assert_eq!(rules(&change.gone_rows), ["1s", "3s"], "no longer those of services");
    // The clock of the test stands still: the correction is of the run's own moment, so it is taken back to compare.
    correct(&mut desk, "svc_backup", None, true).expect("taken back");
    assert_eq!(differences(&desk, first), Vec::<String>::new());
}

#[test]
fn a_run_whose_data_is_gone_does_not_run_again_to_the_same() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let done = import_sample(&mut desk).expect("import");
    let kept = run(&mut desk, "T-ACC-06");
    let batch = done[0].view.batch;
    import::undo(&mut desk, &fieldbook_app::wire::ImportBatchRequest { batch }).expect("undone");
    let found = differences(&desk, kept);
    assert!(found.contains(&"sheet".to_owned()), "{found:?}");
}

#[test]
fn what_was_explained_is_proposed_in_the_next_exam_of_the_firm_and_decides_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    correct(&mut desk, "svc_backup", Some("human_internal"), false).expect("corrected");
    run(&mut desk, "T-COL-06");
    let row = page(&desk, "T-COL-06").rows.into_iter().find(|r| r.rule == "1").expect("an exception");
    let request = |kind, note: &str| fieldbook_app::wire::DisposeRequest {
        ids: vec![row.id],
        kind,
        note: note.to_owned(),
    };
    audit::dispose(&mut desk, &request(DispositionWord::Explained, "停用中，待註銷")).expect("disposed");
    audit::dispose(&mut desk, &request(DispositionWord::Explained, "已於基準日後停用")).expect("disposed");
    audit::undispose(&mut desk, &UndisposeRequest { ids: vec![row.id] }).expect("taken back");
    let back = page(&desk, "T-COL-06").rows.into_iter().find(|r| r.id == row.id).expect("the row");
    assert_eq!(back.disposition.expect("the one before").note, "停用中，待註銷");

    // The next exam of the same firm.
    exam::exam_close(&mut desk);
    let next = fieldbook_app::wire::ExamNewRequest {
        firm: "甲乙綜合證券股份有限公司".to_owned(),
        case_no: "110-證-0001".to_owned(),
        as_of: "2020-12-31".to_owned(),
        period_from: "2020-01-01".to_owned(),
        period_to: "2020-12-31".to_owned(),
        examiners: vec!["查核員丙".to_owned()],
    };
    exam::exam_create(&mut desk, &next).expect("exam");
    import_sample(&mut desk).expect("import");
    assert!(kinds(&desk, "svc_backup")[0].corrected, "the correction was taken over");
    run(&mut desk, "T-COL-06");
    let rows = page(&desk, "T-COL-06").rows;
    let again =
        rows.iter().find(|r| (&r.file, r.row, &r.rule) == (&row.file, row.row, &row.rule)).expect("again");
    assert_eq!(again.disposition.as_ref().map(|d| d.note.as_str()), None, "a memory decides nothing");
    assert_eq!(again.proposed.as_ref().map(|d| d.note.as_str()), Some("停用中，待註銷"));
}
