//! Re-performance outside the exam: from an exported working paper and the firm's original files, in a scratch vault that
//! nobody else has the key of.

use super::run::{derived, difference, failed};
use crate::audit::Watch;
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::exam;
use crate::host::Host;
use crate::import::{self, ImportJob, ImportOrder, SheetOrder, TableOrder};
use crate::store::VaultStore;
use crate::wire::{CreateVaultRequest, ExamNewRequest, ReperformView, RunDifferenceView};
use fieldbook_checklist::{LoadedProcedure, read_own};
use fieldbook_intake::{IntakeError, Limits, PlanRequest, text_table};
use fieldbook_model::{DatasetDef, ReadSheet};
use fieldbook_report::{RECORD_LINE, RECORD_SHEET};
use fieldbook_vault::{KeptRun, ReaderScope, rows_sha256};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Lines of a paper's record that are read at most.
const LINES: u32 = 100_000;

/// Runs the run of a working paper again from the firm's files. `scratch` is a folder that does not exist yet; whoever
/// named it removes it. What is written there is encrypted under a passphrase that is forgotten.
///
/// # Errors
/// `no_run_record`, `file_missing` and whatever keeps the files from being read; `unknown_procedure`, `procedure_failed`.
pub fn reperform_paper(
    host: Host,
    scratch: &Path,
    paper: &str,
    files: &[String],
) -> Result<ReperformView, AppError> {
    let kept = read(paper)?;
    let mut passphrase = [0_u8; 32];
    (host.entropy)(&mut passphrase);
    // A passphrase of 256 random bits needs no stretching.
    let mut desk = Desk::new(Host { work_factor: 10, ..host })?;
    let dir = scratch.to_string_lossy().into_owned();
    crate::session::vault_create(
        &mut desk,
        &CreateVaultRequest { dir, passphrase: hex::encode(passphrase) },
    )?;
    let request = ExamNewRequest {
        firm: kept.run.record.firm.clone(),
        case_no: String::new(),
        as_of: kept.run.as_of.to_string(),
        period_from: kept.run.period.from.to_string(),
        period_to: kept.run.period.to.to_string(),
        examiners: vec![kept.run.by.clone()],
    };
    exam::exam_create(&mut desk, &request)?;
    take_files(&mut desk, &kept.run.record.sheets, files)?;
    desk.exam_mut()?.store.correct(&kept.corrections)?;
    compare(&desk, kept)
}

/// The record that a working paper carries.
fn read(paper: &str) -> Result<KeptRun, AppError> {
    let none = || AppError::new("no_run_record").with("file", name(paper));
    let unread = |_: IntakeError| AppError::new("file_unreadable").with("file", name(paper));
    let mut source = fieldbook_intake::open(Path::new(paper), &Limits::default(), None).map_err(unread)?;
    if !source.sheets().iter().any(|s| s.name == RECORD_SHEET) {
        return Err(none());
    }
    let lines = text_table(&mut source, RECORD_SHEET, LINES).map_err(unread)?;
    let chunks = lines
        .into_iter()
        .map(|line| line.cells)
        .filter(|cells| cells.first().is_some_and(|first| first.starts_with(RECORD_LINE)));
    let text: String = chunks.filter_map(|cells| cells.into_iter().nth(1)).collect();
    KeptRun::from_text(&text).map_err(|_| none())
}

fn name(path: &str) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads the tables of the record out of the files that are at hand, as they were read then.
fn take_files(desk: &mut Desk, sheets: &[ReadSheet], files: &[String]) -> Result<(), AppError> {
    let cancel = AtomicBool::new(false);
    let bundle = Arc::clone(&desk.bundle);
    let as_of = desk.exam()?.store.exam()?.as_of;
    let mut by_hash: BTreeMap<String, (&String, Vec<TableOrder>)> = BTreeMap::new();
    // In the order of their import: rows are told apart by it.
    let mut wanted: Vec<&ReadSheet> = sheets.iter().collect();
    wanted.sort_by_key(|sheet| sheet.id);
    for path in files {
        let unread = |_: IntakeError| AppError::new("file_unreadable").with("file", name(path));
        let mut source = import::open(&desk.host, path, None, &cancel).map_err(unread)?;
        let sha256 = source.sha256().to_owned();
        let mut tables = Vec::new();
        for sheet in wanted.iter().filter(|sheet| sheet.sha256 == sha256) {
            let request =
                PlanRequest { defs: &bundle.datasets, dataset: Some(&sheet.dataset), as_of, forced: &[] };
            let columns = if sheet.header_row > 0 {
                fieldbook_intake::plan_at(&mut source, &sheet.sheet, sheet.header_row, &request)
                    .map_err(unread)?
                    .columns
            } else {
                Vec::new()
            };
            let indexes: Vec<u32> = columns.iter().map(|c| c.index).collect();
            let order = SheetOrder::as_read(sheet, &indexes);
            tables.push(TableOrder { sheet: sheet.sheet.clone(), header_row: sheet.header_row, order });
        }
        if !tables.is_empty() {
            by_hash.insert(sha256, (path, tables));
        }
    }
    let mut done: Vec<&str> = Vec::new();
    for sheet in &wanted {
        if done.contains(&sheet.sha256.as_str()) {
            continue;
        }
        done.push(&sheet.sha256);
        let missing =
            || AppError::new("original_missing").with("file", &sheet.file).with("hash", &sheet.sha256);
        let (path, tables) = by_hash.remove(&sheet.sha256).ok_or_else(missing)?;
        let file = ImportOrder { path: path.clone(), tables, ..ImportOrder::default() };
        let job = ImportJob { files: vec![file], ..ImportJob::default() };
        let taken = import::run_job(desk, &job, &mut |_| {})?;
        if taken.view.files.iter().any(|f| f.error.is_some() || f.sheets.iter().any(|s| s.error.is_some())) {
            return Err(AppError::new("file_unreadable").with("file", &sheet.file));
        }
    }
    Ok(())
}

/// Runs it and compares, figures one by one and rows by their hash.
fn compare(desk: &Desk, mut kept: KeptRun) -> Result<ReperformView, AppError> {
    let open = desk.exam()?;
    let own: Option<LoadedProcedure> = kept.own.as_deref().and_then(|text| read_own(text, &desk.bundle).ok());
    let unknown = || AppError::new("unknown_procedure").with("field", &kept.run.procedure);
    let loaded = match &own {
        Some(own) => own,
        None => desk.bundle.procedure(&kept.run.procedure).ok_or_else(unknown)?,
    };
    let watch = Watch::alone();
    let defs: &[DatasetDef] = &desk.bundle.datasets;
    let derived = derived(open, defs, &watch, &kept.run.record.firm, Some(kept.run.at), None)?;
    let scope = ReaderScope { derived: &derived, sheets: None };
    let store = VaultStore(open.store.reader_of(scope, watch.question())?);
    // Numbers of tables are those of the exam that the paper came from, and how sure a mapping was is no part of it.
    let now = fieldbook_audit::DatasetStore::datasets(&store).map_err(internal)?;
    let there: Vec<&ReadSheet> = now.iter().flat_map(|state| &state.sheets).collect();
    for sheet in &mut kept.run.record.sheets {
        let same = |s: &&&ReadSheet| {
            (&s.dataset, &s.sha256, &s.sheet, s.header_row)
                == (&sheet.dataset, &sheet.sha256, &sheet.sheet, sheet.header_row)
        };
        if let Some(found) = there.iter().find(same) {
            sheet.id = found.id;
            sheet.file.clone_from(&found.file);
        }
        sheet.mapping.iter_mut().for_each(|m| m.confidence = 100);
    }
    let (found, rows) = fieldbook_audit::again(&store, &loaded.procedure, &loaded.sha256, &kept.run)
        .map_err(|error| failed(&loaded.procedure, &error))?;
    let mut differences: Vec<RunDifferenceView> = found.iter().map(difference).collect();
    if rows.as_ref().is_some_and(|rows| rows_sha256(rows) != kept.rows_sha256) {
        differences.push(RunDifferenceView {
            kind: "row".to_owned(),
            text: "重新執行所列之例外與底稿所載不同（例外列雜湊值不符）".to_owned(),
        });
    }
    Ok(ReperformView {
        run: crate::view::id_number(kept.run.id),
        procedure: kept.run.procedure,
        same: differences.is_empty(),
        differences,
    })
}
