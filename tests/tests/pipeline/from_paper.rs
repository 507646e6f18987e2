//! A test run again from its exported working paper and the firm's original files, on a machine without the exam.

use fieldbook_app::wire::{CorrectRequest, ExportRequest, OverrideRequest, RunRequest};
use fieldbook_app::{Desk, audit, output};
use fieldbook_tests::desk::{host, import_sample, run_all, with_exam};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The papers of the sample firm's exam.
fn papers(desk: &Desk, folder: &Path) -> BTreeMap<String, PathBuf> {
    let request = ExportRequest { path: folder.to_string_lossy().into_owned(), draft: false };
    let done = output::papers(desk, &request).expect("exported");
    let paths = done.files.into_iter().map(|f| PathBuf::from(f.file));
    let number = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        Some(name.get(..8)?.trim_end_matches(['_', ' ']).to_owned()).filter(|id| id.starts_with("T-"))
    };
    paths.filter_map(|path| Some((number(&path)?, path))).collect()
}

fn originals() -> Vec<String> {
    let folder = fieldbook_tests::sample_folder().join("firm");
    let files = std::fs::read_dir(folder).expect("firm's files");
    files.map(|f| f.expect("file").path().to_string_lossy().into_owned()).collect()
}

#[test]
fn every_paper_of_the_sample_firm_proves_its_rows_from_the_original_files() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let corrected = CorrectRequest {
        dataset: "accounts".to_owned(),
        column: "kind".to_owned(),
        rows: vec![
            audit::derived_rows(
                &desk,
                &fieldbook_app::wire::DerivedRequest {
                    dataset: "accounts".to_owned(),
                    column: "kind".to_owned(),
                    value: None,
                    text: String::new(),
                    offset: 0,
                    limit: 1,
                },
            )
            .expect("rows")
            .rows[0]
                .id,
        ],
        value: Some("vendor".to_owned()),
        note: "經訪談確認。".to_owned(),
        restore: false,
    };
    audit::correct(&mut desk, &corrected).expect("corrected");
    let ran = run_all(&mut desk).expect("runs");
    let changed = OverrideRequest {
        procedure: "T-ACC-05".to_owned(),
        key: "idle_months".to_owned(),
        value: "1".to_owned(),
        reason: "依公司規定".to_owned(),
    };
    // A parameter that was changed is part of the record too.
    let request = RunRequest { procedures: vec!["T-ACC-05".to_owned()], overrides: vec![changed] };
    let again = audit::run(&mut desk, &request, &mut |_| {}).expect("runs");
    assert!(again.failed.is_empty(), "{:?}", again.failed);
    let papers = papers(&desk, &folder.path().join("papers"));
    assert!(papers.len() >= 30, "{:?}", papers.keys());
    let files = originals();
    let mut wrong = Vec::new();
    let with_data = ["T-COL-02", "T-COL-03", "T-COL-05", "T-ACC-06", "T-ACC-05", "T-ACC-09"];
    for id in with_data {
        let paper = papers.get(id).unwrap_or_else(|| panic!("{id}: {:?}", papers.keys()));
        let scratch = folder.path().join(format!("scratch-{id}"));
        let done = audit::reperform_paper(host(folder.path()), &scratch, &paper.to_string_lossy(), &files);
        match done {
            Ok(done) if done.same && done.procedure == id => {}
            other => wrong.push(format!("{id}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{}\nof {}", wrong.join("\n"), ran.len());
}

#[test]
fn a_missing_or_changed_file_and_a_foreign_paper_are_told() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    run_all(&mut desk).expect("runs");
    let papers = papers(&desk, &folder.path().join("papers"));
    let paper = papers["T-COL-03"].to_string_lossy().into_owned();
    let asked = |scratch: &str, paper: &str, files: &[String]| {
        audit::reperform_paper(host(folder.path()), &folder.path().join(scratch), paper, files)
            .expect_err("refused")
            .key()
    };
    assert_eq!(asked("a", &paper, &[]), "original_missing");
    let files = originals();
    let orders = files.iter().find(|f| f.contains("07_")).expect("orders");
    let changed = folder.path().join("07.csv");
    let mut bytes = std::fs::read(orders).expect("bytes");
    bytes.push(b'\n');
    std::fs::write(&changed, bytes).expect("written");
    assert_eq!(asked("b", &paper, &[changed.to_string_lossy().into_owned()]), "original_missing");
    let foreign = files.iter().find(|f| f.ends_with(".xlsx")).expect("a workbook");
    assert_eq!(asked("c", foreign, &files), "no_run_record");
    assert_eq!(asked("d", orders, &files), "no_run_record");
}
