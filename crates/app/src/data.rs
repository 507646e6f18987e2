//! Stored data looked at: any dataset in any order, the profile of a column, rows to copy.

use crate::desk::Desk;
use crate::error::AppError;
use crate::import::cell_text;
use crate::view;
use crate::wire::{
    DataBinView, DataColumnView, DataCopyView, DataFindRequest, DataFoundView, DataPageView,
    DataProfileRequest, DataProfileView, DataRequest, DataRowView, DataSetView, DataSheetView, DataTopView,
    FilterChoice, RowView,
};
use fieldbook_model::dataset::shown;
use fieldbook_model::{ColumnType, DatasetDef, RocDate};
use fieldbook_vault::{
    Bin, CellTest, ColumnProfile, DataFilter, DataQuery, DataRow, DataView, ReceivedFile, ReceivedSheet,
    SortOrder,
};
use std::sync::PoisonError;

/// Rows that are copied at once.
const COPIED: u32 = 5_000;

/// The datasets that have rows, in the order of their codes.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn datasets(desk: &Desk) -> Result<Vec<DataSetView>, AppError> {
    let files = desk.exam()?.store.received_files(None)?;
    let live: Vec<(&ReceivedFile, &ReceivedSheet)> = files
        .iter()
        .filter(|f| !f.undone)
        .flat_map(|f| f.sheets.iter().map(move |s| (f, s)))
        .filter(|(_, s)| s.superseded_by.is_none())
        .collect();
    let mut out: Vec<DataSetView> = Vec::new();
    for def in &desk.bundle.datasets {
        let of = |s: &ReceivedSheet| s.record.dataset.as_deref() == Some(def.key.as_str());
        let mine: Vec<_> = live.iter().filter(|(_, s)| of(s)).collect();
        if !mine.is_empty() {
            out.push(dataset(def, &mine));
        }
    }
    out.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(out)
}

fn dataset(def: &DatasetDef, sheets: &[&(&ReceivedFile, &ReceivedSheet)]) -> DataSetView {
    let present = |key: &str| {
        sheets.iter().any(|(_, s)| {
            s.record.mapping.iter().any(|m| m.column == key)
                || s.record.filled.iter().any(|f| f.column == key)
        })
    };
    DataSetView {
        key: def.key.clone(),
        code: def.code.clone(),
        zh: def.zh.clone(),
        row: def.row.clone(),
        rows: view::number(sheets.iter().map(|(_, s)| s.record.rows_stored).sum()),
        columns: def
            .columns
            .iter()
            .map(|c| DataColumnView {
                key: c.key.clone(),
                zh: c.zh.clone(),
                kind: kind(c.ty).to_owned(),
                present: present(&c.key),
            })
            .collect(),
        sheets: sheets
            .iter()
            .map(|(file, sheet)| DataSheetView {
                id: view::id_number(sheet.id),
                batch: view::id_number(file.batch),
                file: file.file.clone(),
                sha256: file.sha256.clone(),
                sheet: sheet.record.sheet.clone(),
                rows: view::number(sheet.record.rows_stored),
            })
            .collect(),
    }
}

/// The word for what a column holds.
pub(crate) fn kind(ty: ColumnType) -> &'static str {
    match ty {
        ColumnType::Text => "text",
        ColumnType::Bool => "bool",
        ColumnType::Enum => "enum",
        ColumnType::Date => "date",
        ColumnType::DateTime => "datetime",
        ColumnType::Int => "int",
        ColumnType::Num => "num",
        ColumnType::Duration => "duration",
    }
}

/// A window of rows.
///
/// # Errors
/// `too_many`, `unknown_dataset`, `bad_filter`, `cancelled`, or the store's.
pub fn rows(desk: &mut Desk, request: &DataRequest) -> Result<DataPageView, AppError> {
    page(desk, request, crate::audit::PAGE)
}

fn page(desk: &mut Desk, request: &DataRequest, most: u32) -> Result<DataPageView, AppError> {
    let query = query(request, most)?;
    let def = def(desk, &request.dataset)?;
    let window = viewed(desk, |v| Ok(v.window(&request.dataset, &query)?))?;
    Ok(DataPageView {
        total: view::number(window.total),
        rows: window.rows.iter().map(|row| row_view(&def, row)).collect(),
    })
}

fn row_view(def: &DatasetDef, row: &DataRow) -> DataRowView {
    let indices = |wanted: &dyn Fn(&fieldbook_vault::DataCell) -> bool| {
        (0..).zip(&row.cells).filter(|(_, c)| wanted(c)).map(|(i, _)| i).collect()
    };
    let cells = def.columns.iter().zip(&row.cells).map(|(column, cell)| cell_text(Some(column), cell));
    DataRowView {
        row: RowView {
            row: row.source.row,
            hidden: row.hidden,
            cells: cells.collect(),
            bad: indices(&|c| c.unreadable),
        },
        file: row.source.file.clone(),
        sheet: row.source.sheet.clone(),
        originals: row.cells.iter().map(|c| c.original.clone()).collect(),
        never: indices(&|c| c.never),
        sheet_id: view::id_number(row.sheet_id),
        place: view::number(row.place),
    }
}

/// The next or previous row of which a cell contains a text, and how many there are.
///
/// # Errors
/// As [`rows`].
pub fn find(desk: &mut Desk, request: &DataFindRequest) -> Result<DataFoundView, AppError> {
    let query = query(&request.data, crate::audit::PAGE)?;
    def(desk, &request.data.dataset)?;
    let (key, from, text) = (&request.data.dataset, count(request.from), request.text.trim());
    if !request.back && !request.counted {
        let found = viewed(desk, |v| Ok(v.find_row(key, &query, from, text)?))?;
        return Ok(DataFoundView { index: found.map(view::number), nth: None, hits: None });
    }
    viewed(desk, |v| {
        let hits = v.hits(key, &query, text)?;
        let at = if request.back {
            hits.partition_point(|hit| *hit <= from).checked_sub(1)
        } else {
            Some(hits.partition_point(|hit| *hit < from)).filter(|at| *at < hits.len())
        };
        Ok(DataFoundView {
            index: at.and_then(|at| hits.get(at)).map(|hit| view::number(*hit)),
            nth: at.map(|at| view::number(at as u64 + 1)),
            hits: Some(view::number(hits.len() as u64)),
        })
    })
}

/// Rows as text for the clipboard.
///
/// # Errors
/// As [`rows`].
pub fn copy(desk: &mut Desk, request: &DataRequest) -> Result<DataCopyView, AppError> {
    let columns = datasets(desk)?.into_iter().find(|d| d.key == request.dataset).map(|d| d.columns);
    let columns = columns.unwrap_or_default();
    let shown: Vec<usize> = (0..columns.len()).filter(|i| columns[*i].present).collect();
    let page = page(desk, request, COPIED)?;
    let mut text = shown.iter().map(|i| columns[*i].zh.as_str()).collect::<Vec<_>>().join("\t");
    text.push_str("\t來源檔案\t工作表\t列號\n");
    for row in &page.rows {
        for i in &shown {
            text.push_str(&plain(row.row.cells.get(*i).cloned().flatten().unwrap_or_default()));
            text.push('\t');
        }
        text.push_str(&format!(
            "{}\t{}\t{}\n",
            plain(row.file.clone()),
            plain(row.sheet.clone()),
            row.row.row
        ));
    }
    Ok(DataCopyView { text, rows: view::small(page.rows.len()) })
}

/// Without what would begin another cell, and without what a spreadsheet would take for a formula.
fn plain(text: String) -> String {
    let one = text.replace(['\t', '\r', '\n'], " ");
    let formula = one.starts_with(['=', '+', '@']) || (one.starts_with('-') && one.parse::<f64>().is_err());
    if formula { format!("'{one}") } else { one }
}

/// What a column holds.
///
/// # Errors
/// `unknown_dataset`, `cancelled`, or the store's.
pub fn profile(desk: &mut Desk, request: &DataProfileRequest) -> Result<DataProfileView, AppError> {
    let def = def(desk, &request.dataset)?;
    let column = def
        .column(&request.column)
        .ok_or_else(|| AppError::new("unknown_dataset").with("field", &request.column))?;
    let found = viewed(desk, |v| Ok(v.profile_column(&request.dataset, &request.column)?))?;
    let ColumnProfile { rows, missing, never, unreadable, distinct, min, max, top, bins } = found;
    let read = |text: &String| shown(Some(column), text);
    Ok(DataProfileView {
        rows: view::number(rows),
        missing: view::number(missing),
        never: view::number(never),
        unreadable: view::number(unreadable),
        distinct: view::number(distinct),
        min: min.as_ref().map(read),
        max: max.as_ref().map(read),
        top: top
            .iter()
            .map(|(value, rows)| DataTopView {
                zh: read(value),
                value: value.clone(),
                rows: view::number(*rows),
            })
            .collect(),
        bins: bins.iter().map(|bin| bin_view(column.ty, bin)).collect(),
    })
}

fn bin_view(ty: ColumnType, bin: &Bin) -> DataBinView {
    let dated = matches!(ty, ColumnType::Date | ColumnType::DateTime);
    let zh = match (dated, bin.from == bin.to) {
        (true, _) => roc_month(&bin.from),
        (false, true) => bin.from.clone(),
        (false, false) => format!("{}–{}", bin.from, bin.to),
    };
    DataBinView { zh, from: bin.from.clone(), to: bin.to.clone(), rows: view::number(bin.rows) }
}

/// `109.12` of `2020-12`, `109` of `2020`.
fn roc_month(text: &str) -> String {
    let (year, month) = text.split_once('-').map_or((text, None), |(y, m)| (y, Some(m)));
    let first = format!("{year}-{}-01", month.unwrap_or("01"));
    match (first.parse::<jiff::civil::Date>(), month) {
        (Ok(date), Some(month)) => format!("{}.{month}", RocDate(date).year()),
        (Ok(date), None) => RocDate(date).year().to_string(),
        (Err(_), _) => text.to_owned(),
    }
}

fn def(desk: &Desk, key: &str) -> Result<DatasetDef, AppError> {
    let unknown = || AppError::new("unknown_dataset").with("field", key);
    desk.bundle.dataset(key).cloned().ok_or_else(unknown)
}

fn count(n: f64) -> u64 {
    u64::try_from(view::id(n)).unwrap_or(0)
}

fn query(request: &DataRequest, most: u32) -> Result<DataQuery, AppError> {
    if request.limit > most {
        return Err(AppError::new("too_many"));
    }
    let order = |down: bool| if down { SortOrder::Descending } else { SortOrder::Ascending };
    Ok(DataQuery {
        offset: count(request.offset),
        limit: u64::from(request.limit),
        sort: request.sort.iter().map(|s| (s.column.clone(), order(s.descending))).collect(),
        filters: request.filters.iter().map(filter).collect::<Result<_, _>>()?,
        find: Some(request.find.trim().to_owned()).filter(|t| !t.is_empty()),
    })
}

fn filter(choice: &FilterChoice) -> Result<DataFilter, AppError> {
    let bad = || AppError::new("bad_filter").with("what", &choice.test);
    let bound = |text: &String| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
    let test = match choice.test.as_str() {
        "hidden" => return Ok(DataFilter::Hidden),
        "sheet" => return choice.from.parse().map(DataFilter::Sheet).map_err(|_| bad()),
        "contains" => CellTest::Contains(choice.from.clone()),
        "equals" => CellTest::Equals(choice.from.clone()),
        "between" => CellTest::Between { from: bound(&choice.from), to: bound(&choice.to) },
        "missing" => CellTest::Missing,
        "never" => CellTest::Never,
        "unreadable" => CellTest::Unreadable,
        _ => return Err(bad()),
    };
    Ok(DataFilter::Cell { column: choice.column.clone(), test })
}

/// Runs a call on the exam's view of its data, which can be stopped meanwhile.
fn viewed<T>(
    desk: &mut Desk,
    work: impl FnOnce(&mut DataView) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let stop = desk.data_stop();
    let open = desk.exam_mut()?;
    let mut data = match open.data.take() {
        Some(data) => data,
        None => open.store.data_view()?,
    };
    *stop.lock().unwrap_or_else(PoisonError::into_inner) = Some(data.interrupter());
    let done = work(&mut data);
    *stop.lock().unwrap_or_else(PoisonError::into_inner) = None;
    open.data = Some(data);
    done
}
