//! Small files whose names carry the verdict: `tests/intake/<case>.<verdict>.csv`.

mod common;

use common::take;
use fieldbook_intake::IntakeError;
use std::path::{Path, PathBuf};

fn cases() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/intake");
    let mut found: Vec<(PathBuf, String)> = std::fs::read_dir(folder)
        .expect("the folder of cases")
        .map(|entry| entry.expect("a case").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            let verdict = name.split('.').rev().nth(1).expect("a verdict").to_owned();
            (path, verdict)
        })
        .collect();
    found.sort();
    found
}

#[test]
fn every_case_gets_the_verdict_of_its_name() {
    let cases = cases();
    assert!(cases.len() >= 7);
    for (path, verdict) in cases {
        let name = path.display();
        let taken = take(&path);
        match (verdict.as_str(), taken) {
            ("read", Ok(taken)) => {
                let broken: Vec<_> = taken.record.issues.iter().filter(|i| !i.row_rejected).collect();
                assert!(broken.is_empty() && taken.kept.rows.len() == 2, "{name}: {broken:?}");
            }
            ("ambiguous", Ok(taken)) => {
                assert!(taken.issues().iter().any(|(.., code)| *code == "ambiguous_date"), "{name}");
            }
            ("rejected-cell", Ok(taken)) => {
                assert_eq!((taken.record.issues.len(), taken.record.rows_rejected), (1, 0), "{name}");
            }
            ("no-dataset", Err(IntakeError::NoDataset)) => {}
            ("missing-required", Err(IntakeError::MissingRequired { .. })) => {}
            (verdict, taken) => panic!("{name}: not {verdict}: {:?}", taken.err()),
        }
    }
}
