//! The exported papers and the report, opened with programs that did not write them.

use fieldbook_app::wire::{
    ClauseRequest, DisposeRequest, DispositionWord, ExportRequest, FindingDraftRequest, FindingRequest,
    FindingView, RuleVerdictWord,
};
use fieldbook_app::{Desk, audit, checklist, finding, output};
use fieldbook_tests::desk::{exceptions, import_sample, run_all, with_exam};
use fieldbook_tests::sample::truth::{Planted, Truth};
use fieldbook_tests::second_reader::{by_calamine, by_libreoffice, pdf_text, squeezed};
use std::path::{Path, PathBuf};

pub const PROCEDURE: &str = "T-COL-05";

fn planted() -> Vec<Planted> {
    let path = fieldbook_tests::sample_folder().join("planted.toml");
    let truth: Truth =
        toml::from_str(&std::fs::read_to_string(path).expect("answer key")).expect("answer key");
    truth.planted.into_iter().filter(|p| p.procedure == PROCEDURE && p.verdict == "exception").collect()
}

/// Confirms every exception of the procedure and makes the finding.
pub fn with_finding(folder: &Path) -> (Desk, FindingView) {
    let (mut desk, _) = with_exam(folder).expect("exam");
    import_sample(&mut desk).expect("import");
    run_all(&mut desk).expect("runs");
    let (_, rows) = exceptions(&desk, PROCEDURE, "").expect("exceptions");
    let ids = rows.iter().filter(|r| r.verdict == RuleVerdictWord::Exception).map(|r| r.id).collect();
    let note = "已向資訊部確認。".to_owned();
    audit::dispose(&mut desk, &DisposeRequest { ids, kind: DispositionWord::Confirmed, note })
        .expect("dispose");
    let request = FindingDraftRequest { procedure: PROCEDURE.to_owned(), ..FindingDraftRequest::default() };
    let draft = finding::draft(&desk, &request).expect("draft");
    let request = FindingRequest {
        no: 0,
        kind: draft.kind,
        title: "最高權限帳號提供廠商使用".to_owned(),
        condition: draft.condition,
        clauses: draft.criteria.iter().map(|c| c.clause.clone()).collect(),
        cause: String::new(),
        effect: "廠商得以最高權限存取交易系統，遭盜用時難以追究責任。".to_owned(),
        severity: draft.severity,
        category: "存取控制".to_owned(),
        recommendation: "收回廠商之最高權限帳號，改採逐案申請。".to_owned(),
        exceptions: draft.rows.iter().map(|r| r.id).collect(),
        objects: vec!["主機連線系統／vnd_colo_admin".to_owned()],
        evidence: Vec::new(),
        papers: Vec::new(),
        repeat_of: None,
    };
    let made = finding::save(&mut desk, &request).expect("finding");
    (desk, made)
}

fn export(desk: &Desk, folder: &Path) -> (Vec<PathBuf>, PathBuf) {
    let dir = folder.join("papers");
    let request = |path: &Path| ExportRequest { path: path.to_string_lossy().into_owned(), draft: true };
    let papers = output::papers(desk, &request(&dir)).expect("papers");
    let report = folder.join("report.pdf");
    output::report(desk, &request(&report)).expect("report");
    (papers.files.iter().map(|f| PathBuf::from(&f.file)).collect(), report)
}

fn paper_of(papers: &[PathBuf], id: &str) -> PathBuf {
    let named = |p: &&PathBuf| p.file_name().is_some_and(|n| n.to_string_lossy().contains(id));
    papers.iter().find(named).unwrap_or_else(|| panic!("no paper {id} among {papers:?}")).clone()
}

#[test]
fn papers_hold_the_planted_rows_in_two_readers() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_finding(folder.path());
    let (papers, _) = export(&desk, folder.path());
    let paper = paper_of(&papers, PROCEDURE);
    let sheets = by_calamine(&paper);
    let by_office = by_libreoffice(&paper, folder.path());
    for p in planted() {
        let row = p.row.to_string();
        let holds = |line: &[String]| {
            let has = |text: &str| line.iter().any(|c| c.trim() == text);
            has(&p.file) && has(&row) && (p.sheet.is_empty() || has(&p.sheet))
        };
        assert!(sheets.values().flatten().any(|line| holds(line)), "calamine does not see {p:?}");
        let seen = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(by_office.as_bytes())
            .into_records()
            .filter_map(Result::ok)
            .any(|record| holds(&record.iter().map(str::to_owned).collect::<Vec<_>>()));
        assert!(seen, "LibreOffice does not see {p:?}");
    }
}

#[test]
fn every_paper_opens_in_libreoffice_as_calamine_reads_it() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, made) = with_finding(folder.path());
    let (papers, _) = export(&desk, folder.path());
    assert!(papers.len() >= 8, "cover, items, six procedures, findings: {papers:?}");
    let all: String = papers
        .iter()
        .flat_map(|p| by_calamine(p).into_values())
        .flatten()
        .flatten()
        .map(|cell| squeezed(&cell))
        .collect();
    assert!(all.contains(&squeezed(&made.condition)), "the finding's condition stands in a paper");
    for criterion in &made.criteria {
        assert!(all.contains(&squeezed(&criterion.text)), "{} verbatim in a paper", criterion.clause);
    }
}

#[test]
fn the_report_holds_the_finding_and_its_criteria_verbatim() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, made) = with_finding(folder.path());
    let (_, report) = export(&desk, folder.path());
    let text = pdf_text(&report);
    assert!(text.contains(&squeezed(&made.title)));
    assert!(text.contains(&squeezed(&made.condition)), "condition: {}", made.condition);
    assert!(!made.criteria.is_empty());
    for criterion in &made.criteria {
        let source =
            checklist::item(&desk, &ClauseRequest { clause: criterion.clause.clone() }).expect("clause");
        assert!(text.contains(&squeezed(&source.line.text)), "{} verbatim in the report", criterion.clause);
    }
}

#[test]
fn the_same_exam_gives_the_same_bytes() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_finding(folder.path());
    let (first, second) = (folder.path().join("one"), folder.path().join("two"));
    let bytes = |to: &Path| {
        let (papers, report) = export(&desk, to);
        papers.iter().chain([&report]).map(|p| std::fs::read(p).expect("exported file")).collect::<Vec<_>>()
    };
    std::fs::create_dir_all(&first).and_then(|()| std::fs::create_dir_all(&second)).expect("folders");
    assert!(bytes(&first) == bytes(&second));
}
