//! The eight co-location patterns: 查核發現 and 現行規範 side by side, and a finding that starts from one.

use crate::items::{journal, refused};
use fieldbook_app::wire::{
    DisposeRequest, DispositionWord, FindingDraftRequest, FindingTypeWord, RuleVerdictWord,
};
use fieldbook_app::{audit, checklist, finding};
use fieldbook_checklist::bundled_files;
use fieldbook_tests::desk::{exceptions, import_sample, run_all, with_exam};
use std::collections::{BTreeMap, BTreeSet};
use toml::{Table, Value};

/// The text of every clause, read from the files without the loader.
fn texts() -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (path, text) in bundled_files().iter().filter(|(path, _)| path.ends_with(".toml")) {
        let table: Table = text.parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        for clause in table.get("clause").and_then(Value::as_array).into_iter().flatten() {
            let field = |key: &str| clause.get(key).and_then(Value::as_str).map(str::to_owned);
            out.extend(field("id").zip(field("text")));
        }
    }
    out
}

fn draft(pattern: &str) -> FindingDraftRequest {
    FindingDraftRequest { pattern: pattern.to_owned(), ..FindingDraftRequest::default() }
}

#[test]
fn all_eight_patterns_stand_beside_their_criteria_verbatim() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_exam(folder.path()).expect("exam");
    let texts = texts();
    let patterns = checklist::patterns(&desk).expect("patterns");
    let codes: Vec<&str> = patterns.iter().map(|p| p.code.as_str()).collect();
    assert_eq!(codes, ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]);
    for pattern in &patterns {
        assert_eq!(pattern.finding.text, texts[&pattern.finding.clause], "{}", pattern.code);
        assert!(!pattern.criteria.is_empty(), "{} has something to measure by", pattern.code);
        for criterion in &pattern.criteria {
            assert_eq!(criterion.text.text, texts[&criterion.text.clause], "{}", pattern.code);
            assert!(!criterion.text.label.is_empty() && criterion.text.edition.contains("109年12月31日"));
        }
    }
}

#[test]
fn a_finding_from_a_pattern_has_the_counts_of_its_procedure() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let empty = finding::draft(&desk, &draft("C5")).expect("draft before any run");
    assert_eq!((empty.condition.as_str(), empty.exceptions), ("", 0.0));
    import_sample(&mut desk).expect("import");
    run_all(&mut desk).expect("runs");
    let (_, rows) = exceptions(&desk, "T-COL-05", "").expect("exceptions");
    let sure = || rows.iter().filter(|r| r.verdict == RuleVerdictWord::Exception);
    let request = DisposeRequest {
        ids: sure().map(|r| r.id).collect(),
        kind: DispositionWord::Confirmed,
        note: "已向資訊部確認。".to_owned(),
    };
    audit::dispose(&mut desk, &request).expect("dispose");
    let places: BTreeSet<_> = sure().map(|r| (&r.file, &r.sheet, r.row)).collect();
    let before = journal(&desk);
    let drafted = finding::draft(&desk, &draft("C5")).expect("draft");
    assert_eq!(journal(&desk), before, "a machine drafts and stores nothing");
    assert_eq!(drafted.kind, FindingTypeWord::Deficiency);
    assert_eq!(drafted.exceptions, places.len() as f64);
    let population = drafted.population.expect("population");
    assert!(population > drafted.exceptions);
    assert!(drafted.condition.contains(&format!("{population}筆中")), "{}", drafted.condition);
    assert!(drafted.condition.contains(&format!("經確認有{}筆", places.len())), "{}", drafted.condition);
    assert!(drafted.condition.contains("民國109年12月31日") && drafted.condition.contains("T-COL-05"));
    assert_eq!(drafted.rows.len(), sure().count());
    let criteria: Vec<&str> = drafted.criteria.iter().map(|c| c.clause.as_str()).collect();
    assert_eq!(criteria, ["COL-D5.1"]);
    assert_eq!(drafted.criteria[0].text, texts()["COL-D5.1"]);
    assert_eq!(drafted.title, texts()["COL-C5"].trim_end_matches('。'));
    assert_eq!(refused(finding::draft(&desk, &draft("C9"))), "unknown_pattern");
}
