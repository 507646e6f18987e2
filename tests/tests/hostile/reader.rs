//! Each file by itself, through the reader alone: the precise reason, or how many rows were stored and rejected and what
//! was remarked.

use fieldbook_checklist::bundled;
use fieldbook_intake::{
    IntakeError, Limits, Passthrough, PlanRequest, RowSink, SinkClosed, open, plans, read,
};
use fieldbook_model::{DatasetDef, TypedRow};
use fieldbook_tests::hostile::{Case, Verdict, of};
use jiff::civil::date;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::time::{Duration, Instant};

/// What any file may take.
const LONGEST: Duration = Duration::from_secs(20);

/// Counts rows.
#[derive(Default)]
struct Counted(u64);

impl RowSink for Counted {
    fn row(&mut self, _: TypedRow) -> Result<(), SinkClosed> {
        self.0 += 1;
        Ok(())
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.0 = 0;
        Ok(())
    }
}

#[derive(Default)]
struct Sum {
    stored: u64,
    rejected: u64,
    issues: BTreeMap<&'static str, u64>,
    /// Why the first sheet that was not read was not.
    refused: Option<IntakeError>,
    read: bool,
}

/// Reads every sheet as the program does: what breaks off in one sheet is the file's.
fn taken(path: &Path, defs: &[DatasetDef]) -> Result<Sum, IntakeError> {
    let mut source = open(path, &Limits::default(), None)?;
    let mut sum = Sum::default();
    let as_of = date(2020, 12, 31);
    for sheet in source.sheets().to_vec() {
        let request = PlanRequest { defs, dataset: None, as_of, forced: &[] };
        for plan in plans(&mut source, &sheet.name, &request)? {
            let Some(def) = defs.iter().find(|d| Some(&d.key) == plan.dataset.as_ref()) else {
                let empty = plan.header_row == 0;
                sum.refused = sum.refused.or(if empty { None } else { Some(IntakeError::NoDataset) });
                continue;
            };
            let mut sink = Counted::default();
            let go = &mut |_| ControlFlow::Continue(());
            match read(&mut source, &plan, def, as_of, Passthrough::default(), &mut sink, go) {
                Err(e @ IntakeError::MissingRequired { .. }) => sum.refused = sum.refused.or(Some(e)),
                Err(e) => return Err(e),
                Ok(record) => {
                    assert_eq!(record.rows_stored, sink.0, "rows stored and rows that arrived");
                    assert_eq!(record.rows_read, record.rows_stored + record.rows_rejected);
                    sum.read = true;
                    sum.stored += record.rows_stored;
                    sum.rejected += record.rows_rejected;
                    for issue in &record.issues {
                        *sum.issues.entry(issue.code.as_str()).or_default() += 1;
                    }
                }
            }
        }
    }
    Ok(sum)
}

fn said(path: &Path, defs: &[DatasetDef]) -> String {
    let sum = match taken(path, defs) {
        Ok(sum) if sum.read => sum,
        Ok(sum) => return reason(&sum.refused.unwrap_or(IntakeError::Empty)),
        Err(e) => return reason(&e),
    };
    let issues: String = sum.issues.iter().map(|(code, n)| format!(", {code} {n}")).collect();
    format!("stored {}, rejected {}{issues}", sum.stored, sum.rejected)
}

fn reason(error: &IntakeError) -> String {
    match error {
        IntakeError::TooLarge { what, .. } => format!("TooLarge {what:?}"),
        IntakeError::Unsupported { kind } => format!("Unsupported {kind}"),
        IntakeError::Damaged { .. } => "Damaged".into(),
        IntakeError::MissingRequired { .. } => "MissingRequired".into(),
        other => format!("{other:?}"),
    }
}

/// Whether what was said is what the name promises.
fn agrees(case: &Case) -> bool {
    let says = case.says;
    match case.verdict() {
        Verdict::Fine => says.ends_with("rejected 0"),
        Verdict::Partial => says.starts_with("stored ") && !says.ends_with("rejected 0"),
        Verdict::Error => {
            let words = [
                ("error-empty", "Empty"),
                ("error-not-a-spreadsheet", "NotASpreadsheet"),
                ("error-damaged", "Damaged"),
                ("error-too-large", "TooLarge"),
                ("error-locked", "Locked"),
                ("error-unsupported", "Unsupported"),
                ("error-no-dataset", "NoDataset"),
                ("error-missing-required", "MissingRequired"),
            ];
            words.iter().any(|(word, start)| *word == case.word() && says.starts_with(start))
        }
    }
}

/// Old workbooks and OpenDocument are read by a process that only the program starts.
fn is_read_whole(case: &Case) -> bool {
    ["old-workbook", "opendocument"].iter().any(|start| case.name.starts_with(start))
}

/// Makes the files of a room, reads each, and lists what is not as it has to be.
fn room(name: &str) {
    let defs: Vec<DatasetDef> = bundled().expect("the bundled checklists").datasets;
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    let cases: Vec<Case> = of(name).into_iter().filter(|c| !is_read_whole(c)).collect();
    assert!(!cases.is_empty(), "{name} is a room");
    for case in &cases {
        assert!(agrees(case), "{}: {}", case.name, case.says);
        let path = folder.path().join(&case.name);
        std::fs::write(&path, (case.bytes)()).expect("the file is written");
        let start = Instant::now();
        let said = said(&path, &defs);
        let took = start.elapsed();
        if said != case.says {
            wrong.push(format!("{}: {said}, not: {}", case.name, case.says));
        }
        if took > LONGEST {
            wrong.push(format!("{}: {took:.1?}", case.name));
        }
        std::fs::remove_file(&path).expect("the file is removed");
    }
    assert!(wrong.is_empty(), "{} of {}:\n  {}\n", wrong.len(), cases.len(), wrong.join("\n  "));
}

#[test]
fn bombs() {
    room("bombs");
}

#[test]
fn containers() {
    room("containers");
}

#[test]
fn workbooks_cut_off() {
    room("cut");
}

#[test]
fn sheets() {
    room("sheets");
}

#[test]
fn tables() {
    room("tables");
}

#[test]
fn headings() {
    room("head");
}

#[test]
fn texts() {
    room("text");
}

#[test]
fn long_and_wide_texts() {
    room("wide");
}

#[test]
fn files_of_other_kinds() {
    room("foreign");
}
