//! Files looked at before anything is stored: what each of their tables would become.

use super::order::SheetOrder;
use super::pace::Pace;
use super::plan::Planner;
use super::{file_name, open, views};
use crate::desk::Desk;
use crate::error::AppError;
use crate::failure;
use crate::view;
use crate::wire::{
    AskView, EarlierView, InspectRequest, InspectedFileView, InspectedSheetView, ProgressView, RowView,
};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{Ask, IntakeError, Light, Passthrough, RowSink, SheetPlan, SinkClosed, Source};
use fieldbook_model::{DatasetDef, TypedRow};
use fieldbook_vault::ReceivedFile;
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::sync::atomic::Ordering;

/// Rows of a preview.
const PREVIEW_ROWS: usize = 20;

/// Looks at files and stores nothing: what each table would become, with its first rows as they would be stored.
///
/// # Errors
/// `locked`, `no_exam`, `cancelled`, or the store's. A file that cannot be read says so in its own view.
pub fn inspect(
    desk: &Desk,
    request: &InspectRequest,
    progress: &mut dyn FnMut(ProgressView),
) -> Result<Vec<InspectedFileView>, AppError> {
    desk.cancel_flag().store(false, Ordering::Relaxed);
    let stored = desk.exam()?.store.received_files(None)?;
    let mut pace = Pace::new(&desk.host.ticks, request.paths.iter().map(String::as_str));
    let mut out = Vec::with_capacity(request.paths.len());
    for path in &request.paths {
        progress(pace.file(path));
        out.push(inspect_file(desk, path, request.encoding.as_deref(), &stored)?);
    }
    Ok(out)
}

fn inspect_file(
    desk: &Desk,
    path: &str,
    encoding: Option<&str>,
    stored: &[ReceivedFile],
) -> Result<InspectedFileView, AppError> {
    let planner = Planner::of(desk)?;
    let mut view = InspectedFileView {
        path: path.to_owned(),
        file: file_name(path),
        sha256: String::new(),
        size: 0.0,
        encoding: String::new(),
        sheets: Vec::new(),
        error: None,
    };
    let opened = open(&desk.host, path, encoding, &desk.cancel_flag());
    let looked = opened.and_then(|mut source| {
        source.sha256().clone_into(&mut view.sha256);
        view.size = view::number(source.size());
        source.encoding().clone_into(&mut view.encoding);
        for info in source.sheets().to_vec() {
            for planned in planner.plans(&mut source, &info.name, 0, &SheetOrder::default())? {
                view.sheets.push(table(&planner, &mut source, &planned.plan, stored));
            }
        }
        Ok(())
    });
    match looked {
        Ok(()) => {}
        Err(IntakeError::Cancelled) => return Err(AppError::new("cancelled")),
        Err(e) => view.error = Some(failure::intake(&desk.bundle, None, &view.file, &e).view()),
    }
    Ok(view)
}

/// What a planned table would become.
pub(super) fn table(
    planner: &Planner<'_>,
    source: &mut Source,
    plan: &SheetPlan,
    stored: &[ReceivedFile],
) -> InspectedSheetView {
    let bundle = planner.bundle;
    let def = plan.dataset.as_deref().and_then(|key| bundle.dataset(key));
    let light = match plan.light() {
        Light::Green => "green",
        Light::Amber => "amber",
        Light::Red => "red",
    };
    InspectedSheetView {
        sheet: plan.sheet.clone(),
        hidden: plan.hidden_sheet,
        dataset: plan.dataset.clone(),
        confidence: plan.confidence,
        light: light.to_owned(),
        asks: plan.asks.iter().map(|ask| ask_view(bundle, def, ask)).collect(),
        header_row: plan.header_row,
        end_row: plan.end_row,
        row_count: view::number(plan.rows),
        more_rows: plan.more_rows,
        hidden_rows: plan.hidden_rows.map(view::number),
        columns: views::plan_columns(def, plan),
        filled: plan.filled.iter().map(|f| views::filled(def, f)).collect(),
        earlier: earlier(plan, source, stored),
        missing_required: plan
            .missing_required
            .iter()
            .map(|k| def.and_then(|d| d.column(k)).map_or(k.clone(), |c| c.zh.clone()))
            .collect(),
        rows: def.map(|def| first_rows(source, plan, def, planner.as_of)).unwrap_or_default(),
    }
}

fn ask_view(bundle: &Bundle, def: Option<&DatasetDef>, ask: &Ask) -> AskView {
    let dataset = |key: &str| view::column_words(bundle, key);
    let name = |key: &str| def.and_then(|d| d.column(key)).map_or(key.to_owned(), |c| c.zh.clone());
    let (code, column, zh) = match ask {
        Ask::Dataset(keys) => {
            let all = keys.iter().map(|k| format!("「{}」", dataset(k))).collect::<Vec<_>>().join("或");
            ("dataset", String::new(), format!("可能是{all}，請確認"))
        }
        Ask::Calendar(key) => ("calendar", key.clone(), format!("「{}」的日期有數種讀法，請指定", name(key))),
        Ask::Required(key) => ("required", key.clone(), format!("缺必要欄位「{}」", name(key))),
        Ask::Filled(key) => ("filled", key.clone(), format!("「{}」取自工作表名稱或標題，請確認", name(key))),
        Ask::Continues(sheet) => {
            ("continues", String::new(), format!("沒有標題列，視為工作表「{sheet}」的接續，請確認"))
        }
        Ask::Shift(key) => {
            let hours = def.and_then(|d| d.column(key)).and_then(|c| c.hours);
            let why = match hours {
                Some(hours) => format!("時刻多不在 {hours} 之內、加 8 小時才相符，或僅部分標明時區"),
                None => "時刻僅部分標明時區".to_owned(),
            };
            ("shift", key.clone(), format!("「{}」的{why}，可能是 UTC 時間；未予更動，請確認", name(key)))
        }
        Ask::Above(rows) => {
            ("above", String::new(), format!("標題列以上另有 {rows} 列似為資料，不會讀取，請確認"))
        }
        Ask::Garbled(cells) => {
            let text =
                format!("{cells} 格文字疑為亂碼；文字檔請改選編碼，活頁簿請受查單位重新匯出並另存為 .xlsx");
            ("garbled", String::new(), text)
        }
    };
    let options = if let Ask::Dataset(keys) = ask { keys.clone() } else { Vec::new() };
    AskView { code: code.to_owned(), column, zh, options }
}

/// The stored lists of the same dataset; a name that differs in digits and dates alone makes one likely.
fn earlier(plan: &SheetPlan, source: &Source, stored: &[ReceivedFile]) -> Vec<EarlierView> {
    let Some(dataset) = plan.dataset.as_deref() else { return Vec::new() };
    let plain = |name: &str| -> String {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        stem.chars().filter(|c| c.is_alphabetic() && !"年月日版更正修訂新副本".contains(*c)).collect()
    };
    let mut out = Vec::new();
    for file in stored.iter().filter(|f| !f.undone && f.sha256 != source.sha256()) {
        for sheet in &file.sheets {
            let record = &sheet.record;
            if record.dataset.as_deref() != Some(dataset) || sheet.superseded_by.is_some() {
                continue;
            }
            out.push(EarlierView {
                id: view::id_number(sheet.id),
                batch: view::id_number(file.batch),
                file: file.file.clone(),
                sheet: record.sheet.clone(),
                rows: view::number(record.rows_stored),
                likely: plain(&file.file) == plain(source.file_name()) && record.sheet == plan.sheet,
            });
        }
    }
    out
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
