//! Received files: looked at, stored, taken back.

mod order;
mod pump;
mod recall;
mod register;
mod stored;
mod views;

pub use fieldbook_intake::ForcedColumn;
pub use order::{ImportOrder, SheetOrder, forced_from_text};
pub use stored::{imports, issues, rows, undo};
pub use views::datasets;

use crate::desk::Desk;
use crate::error::AppError;
use crate::failure;
use crate::wire::{
    ErrorView, ImportRequest, ImportView, ImportedFileView, InspectRequest, InspectedFileView,
    InspectedSheetView, ProgressView, RowView, SheetView,
};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{IntakeError, Limits, Passthrough, RowSink, SheetPlan, SinkClosed, Source};
use fieldbook_model::{DatasetDef, ListOrigin, SheetRecord, TypedRow, Value};
use fieldbook_vault::{FileHead, ImportWriter, SheetHead};
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::Ordering;

/// Rows of a preview.
const PREVIEW_ROWS: usize = 20;

/// Looks at files and stores nothing: what each sheet would become, with its first rows as they would be stored.
///
/// # Errors
/// `locked`, `no_exam`, or the store's. A file that cannot be read says so in its own view.
pub fn inspect(desk: &Desk, request: &InspectRequest) -> Result<Vec<InspectedFileView>, AppError> {
    request.paths.iter().map(|path| inspect_file(desk, path)).collect()
}

fn inspect_file(desk: &Desk, path: &str) -> Result<InspectedFileView, AppError> {
    let as_of = desk.exam()?.store.exam()?.as_of;
    let mut view = InspectedFileView {
        path: path.to_owned(),
        file: file_name(path),
        sha256: String::new(),
        size: 0.0,
        encoding: String::new(),
        sheets: Vec::new(),
        error: None,
    };
    let opened = fieldbook_intake::open(Path::new(path), &Limits::default(), None);
    let looked = opened.and_then(|mut source| {
        view.sha256 = source.sha256().to_owned();
        view.size = crate::view::number(source.size());
        view.encoding = source.encoding().to_owned();
        for info in source.sheets().to_vec() {
            let plan = recall::plan(desk, &mut source, &info.name, &SheetOrder::default(), as_of)?;
            view.sheets.push(inspect_sheet(&desk.bundle, &mut source, &plan, as_of));
        }
        Ok(())
    });
    if let Err(e) = looked {
        view.error = Some(failure::intake(&desk.bundle, None, &view.file, &e).view());
    }
    Ok(view)
}

fn inspect_sheet(bundle: &Bundle, source: &mut Source, plan: &SheetPlan, as_of: Date) -> InspectedSheetView {
    let def = plan.dataset.as_deref().and_then(|key| bundle.dataset(key));
    InspectedSheetView {
        sheet: plan.sheet.clone(),
        hidden: plan.hidden_sheet,
        dataset: plan.dataset.clone(),
        header_row: plan.header_row,
        columns: views::plan_columns(plan),
        missing_required: plan
            .missing_required
            .iter()
            .map(|k| def.and_then(|d| d.column(k)).map_or(k.clone(), |c| c.zh.clone()))
            .collect(),
        rows: def.map(|def| first_rows(source, plan, def, as_of)).unwrap_or_default(),
    }
}

/// Keeps the first rows and then closes.
struct FirstRows(Vec<TypedRow>);

impl RowSink for FirstRows {
    fn row(&mut self, row: TypedRow) -> Result<(), SinkClosed> {
        self.0.push(row);
        if self.0.len() < PREVIEW_ROWS { Ok(()) } else { Err(SinkClosed) }
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.0.clear();
        Ok(())
    }
}

fn first_rows(source: &mut Source, plan: &SheetPlan, def: &DatasetDef, as_of: Date) -> Vec<RowView> {
    let mut plan = plan.clone();
    // A preview shows what is there even while a column is missing.
    plan.missing_required.clear();
    let mut sink = FirstRows(Vec::new());
    let go = &mut |_| ControlFlow::Continue(());
    // The sink closes early on purpose; what it holds by then is the preview, whatever ended the reading.
    let _ = fieldbook_intake::read(source, &plan, def, as_of, Passthrough::default(), &mut sink, go);
    sink.0.iter().map(|row| views::typed_row(def, &plan, row)).collect()
}

/// Stores a file as requested by the window.
///
/// # Errors
/// As [`run_order`].
pub fn run(
    desk: &mut Desk,
    request: &ImportRequest,
    progress: &mut (dyn FnMut(ProgressView) + Send),
) -> Result<ImportView, AppError> {
    run_order(desk, &ImportOrder::from_request(&desk.bundle, request)?, progress).map(|done| done.view)
}

/// What an import did: the view, and the records with all of their issues.
pub struct ImportDone {
    /// View.
    pub view: ImportView,
    /// One record a sheet that was read.
    pub records: Vec<SheetRecord>,
}

/// Stores a file, or only looks when the order says so. A file or sheet that cannot be read says so in its own view;
/// the rest goes on, and of a file that breaks off nothing is stored.
///
/// # Errors
/// `locked`, `no_exam`, `cancelled`, or the store's.
pub fn run_order(
    desk: &mut Desk,
    order: &ImportOrder,
    progress: &mut (dyn FnMut(ProgressView) + Send),
) -> Result<ImportDone, AppError> {
    desk.exam()?;
    desk.cancel_flag().store(false, Ordering::Relaxed);
    let (by, at) = (desk.exam()?.examiner.clone(), desk.host.now());
    let mut done =
        ImportDone { view: views::empty_import(&file_name(&order.path), &by, at), records: Vec::new() };
    let opened =
        fieldbook_intake::open(Path::new(&order.path), &Limits::default(), order.encoding.as_deref());
    let stored = match opened {
        Ok(mut source) => {
            views::head(&mut done.view.file, &source);
            store(desk, order, &mut source, &mut done, progress)
        }
        Err(e) => Err(Stop::File(failure::intake(&desk.bundle, None, &done.view.file.file, &e))),
    };
    match stored {
        Ok(batch) => done.view.batch = crate::view::id_number(batch),
        Err(Stop::File(error)) => {
            done.records.clear();
            done.view.file.sheets.clear();
            done.view.file.error = Some(error.view());
        }
        Err(Stop::Work(error)) => return Err(error),
    }
    if done.view.batch > 0.0 {
        desk.exam_mut()?.data_changed();
        desk.saved();
    }
    Ok(done)
}

/// Why an import stopped: the file's fault, or not.
enum Stop {
    File(AppError),
    Work(AppError),
}

impl From<fieldbook_vault::VaultError> for Stop {
    fn from(e: fieldbook_vault::VaultError) -> Self {
        Self::Work(e.into())
    }
}

/// A sheet that is to be stored.
struct Planned {
    plan: SheetPlan,
    order: SheetOrder,
}

/// Stores every sheet that can be; gives the batch, 0 when nothing was stored.
fn store(
    desk: &mut Desk,
    order: &ImportOrder,
    source: &mut Source,
    done: &mut ImportDone,
    progress: &mut (dyn FnMut(ProgressView) + Send),
) -> Result<i64, Stop> {
    let planned = plan_sheets(desk, order, source, done)?;
    if planned.is_empty() {
        return nothing(done);
    }
    let bundle = std::sync::Arc::clone(&desk.bundle);
    let cancel = desk.cancel_flag();
    let (file, by, at) =
        (file_head(source), desk.exam().map_err(Stop::Work)?.examiner.clone(), desk.host.now());
    let open = desk.exam_mut().map_err(Stop::Work)?;
    let as_of = open.store.exam()?.as_of;
    let mut writer = if order.preview { None } else { Some(open.store.begin_import("", &by, at)?) };
    if let Some(writer) = &mut writer {
        writer.begin_file(&file)?;
    }
    for Planned { plan, order: sheet } in &planned {
        let def =
            plan.dataset.as_deref().and_then(|k| bundle.dataset(k)).ok_or_else(|| no_dataset(&file.file))?;
        let job = pump::Job { plan, def, as_of, sheet, path: &order.path, cancel: &cancel };
        let record = pump::run(source, &job, writer.as_mut(), progress).map_err(|e| match e {
            pump::PumpError::Intake(IntakeError::Cancelled) => Stop::Work(AppError::new("cancelled")),
            pump::PumpError::Intake(e) => {
                Stop::File(failure::intake(&bundle, Some(&def.key), &file.file, &e))
            }
            pump::PumpError::Vault(e) => Stop::from(e),
        })?;
        done.view.file.sheets.push(views::sheet(&bundle, &record, None));
        done.records.push(record);
    }
    let finish = |mut writer: ImportWriter<'_>| writer.finish_file().and_then(|()| writer.commit());
    let batch = writer.map(finish).transpose()?.unwrap_or(0);
    if !order.preview {
        recall::remember(desk, &planned, &done.records).map_err(Stop::Work)?;
        if done.records.iter().any(|r| r.dataset.as_deref() == Some(register::REGISTER)) {
            register::merge(desk).map_err(Stop::Work)?;
        }
    }
    Ok(batch)
}

/// Plans the sheets that the order names; those that cannot be stored are put down with the reason.
fn plan_sheets(
    desk: &Desk,
    order: &ImportOrder,
    source: &mut Source,
    done: &mut ImportDone,
) -> Result<Vec<Planned>, Stop> {
    let open = desk.exam().map_err(Stop::Work)?;
    let as_of = open.store.exam()?.as_of;
    let file = source.file_name().to_owned();
    let names: Vec<String> = source.sheets().iter().map(|s| s.name.clone()).collect();
    if order.named().any(|wanted| !names.iter().any(|name| name == wanted)) {
        return Err(Stop::File(AppError::new("unknown_sheet").with("file", &file)));
    }
    let mut out = Vec::new();
    for name in names {
        let Some(sheet) = order.sheet(&name) else { continue };
        let plan = recall::plan(desk, source, &name, &sheet, as_of)
            .map_err(|e| Stop::File(failure::intake(&desk.bundle, sheet.dataset.as_deref(), &file, &e)))?;
        let refused = match (&plan.dataset, plan.missing_required.as_slice()) {
            // A sheet without rows is not worth a word.
            (None, _) if plan.header_row == 0 => continue,
            (None, _) => Some(AppError::new("no_dataset").with("file", label(&file, &name))),
            (Some(key), missing) if !missing.is_empty() => {
                let columns = failure::column_names(&desk.bundle, Some(key), missing);
                Some(
                    AppError::new("missing_required")
                        .with("file", label(&file, &name))
                        .with("columns", columns),
                )
            }
            (Some(key), _) => {
                open.store.already_imported(source.sha256(), &sheet_head(&plan, key, None))?.map(|batch| {
                    AppError::new("already_imported").with("file", label(&file, &name)).with("batch", batch)
                })
            }
        };
        match refused {
            Some(error) => done.view.file.sheets.push(views::refused(&desk.bundle, &plan, error.view())),
            None => out.push(Planned { plan, order: sheet }),
        }
    }
    Ok(out)
}

/// Nothing of the file could be stored: the first sheet's reason is the file's.
fn nothing(done: &mut ImportDone) -> Result<i64, Stop> {
    let reasons = done.view.file.sheets.iter().find_map(|s: &SheetView| s.error.clone());
    done.view.file.error = Some(reasons.unwrap_or_else(|| -> ErrorView {
        AppError::new("file_empty").with("file", &done.view.file.file).view()
    }));
    Ok(0)
}

fn sheet_head(plan: &SheetPlan, dataset: &str, origin: Option<ListOrigin>) -> SheetHead {
    SheetHead {
        sheet: plan.sheet.clone(),
        header_row: plan.header_row,
        end_row: None,
        dataset: dataset.to_owned(),
        mapping: plan.mapping.clone(),
        filled: Vec::new(),
        origin,
    }
}

fn no_dataset(file: &str) -> Stop {
    Stop::File(AppError::new("no_dataset").with("file", file))
}

fn label(file: &str, sheet: &str) -> String {
    if sheet.is_empty() { file.to_owned() } else { format!("{file}－{sheet}") }
}

fn file_head(source: &Source) -> FileHead {
    FileHead {
        file: source.file_name().to_owned(),
        sha256: source.sha256().to_owned(),
        size: source.size(),
        encoding: source.encoding().to_owned(),
    }
}

fn file_name(path: &str) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn is_unreadable(value: &Value) -> bool {
    matches!(value, Value::Unreadable)
}

/// The file's part of a view of an import.
pub(crate) type FileView = ImportedFileView;
