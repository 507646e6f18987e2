//! Files, sheets, rows and issues as the wire shows them.

use crate::dates;
use crate::desk::Desk;
use crate::view;
use crate::wire::{
    ColumnView, DatasetView, ErrorView, FilledView, ImportView, ImportedFileView, IssueView,
    MappedColumnView, ReadingChoiceView, RowView, SheetView,
};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{SheetPlan, Source, reading_word};
use fieldbook_model::{
    Column, DatasetDef, FilledColumn, IssueCode, MappedColumn, Moment, RowIssue, SheetRecord, TypedRow, Value,
};
use fieldbook_vault::{DataCell, ReceivedFile};

/// The datasets that a sheet may be.
#[must_use]
pub fn datasets(desk: &Desk) -> Vec<DatasetView> {
    let column = |c: &fieldbook_model::Column| ColumnView {
        key: c.key.clone(),
        zh: c.zh.clone(),
        required: c.required,
        kind: crate::data::kind(c.ty).to_owned(),
    };
    desk.bundle
        .datasets
        .iter()
        .map(|d| DatasetView {
            key: d.key.clone(),
            zh: d.zh.clone(),
            columns: d.columns.iter().map(column).collect(),
        })
        .collect()
}

fn mapped(column: &MappedColumn) -> MappedColumnView {
    MappedColumnView {
        index: column.index,
        header: column.header.clone(),
        column: Some(column.column.clone()),
        reading: reading_word(&column.reading).to_owned(),
        confidence: column.confidence,
        time_index: column.time_index,
        hidden: false,
        samples: Vec::new(),
        choices: Vec::new(),
    }
}

/// A column's zh-TW name, or its key.
pub(super) fn column_zh(def: Option<&DatasetDef>, key: &str) -> String {
    def.and_then(|d| d.column(key)).map_or_else(|| key.to_owned(), |c| c.zh.clone())
}

/// A stored value as people read it; the original where it could not be read.
pub(crate) fn cell_text(column: Option<&Column>, cell: &DataCell) -> Option<String> {
    let read = cell.text.as_ref().map(|text| fieldbook_model::dataset::shown(column, text));
    read.or_else(|| cell.original.clone())
}

/// A column that has one value for the whole table.
pub(super) fn filled(def: Option<&DatasetDef>, filled: &FilledColumn) -> FilledView {
    FilledView {
        column: filled.column.clone(),
        zh: column_zh(def, &filled.column),
        text: filled.text.clone(),
        from: filled.from.as_str().to_owned(),
    }
}

/// Texts of a column without a column of ours.
const SAMPLES: usize = 3;

/// All columns of a planned sheet, with samples.
pub(super) fn plan_columns(def: Option<&DatasetDef>, plan: &SheetPlan) -> Vec<MappedColumnView> {
    plan.columns
        .iter()
        .enumerate()
        .map(|(at, theirs)| match plan.mapping.iter().find(|m| m.index == theirs.index) {
            Some(ours) => {
                let column = def.and_then(|d| d.column(&ours.column));
                let shown = |text: &String| fieldbook_model::dataset::shown(column, text);
                let sample = plan.samples.iter().find(|s| s.column == ours.column);
                let texts = sample.map(|s| s.texts.as_slice()).unwrap_or_default();
                let choices = sample.map(|s| s.choices.as_slice()).unwrap_or_default();
                MappedColumnView {
                    samples: texts.iter().map(|(text, read)| view::sample(text, &shown(read))).collect(),
                    choices: choices
                        .iter()
                        .map(|choice| ReadingChoiceView {
                            reading: reading_word(&choice.reading).to_owned(),
                            texts: choice.texts.iter().map(shown).collect(),
                        })
                        .collect(),
                    hidden: theirs.hidden,
                    ..mapped(ours)
                }
            }
            None => MappedColumnView {
                index: theirs.index,
                header: theirs.header.clone(),
                column: None,
                reading: "plain".into(),
                confidence: 0,
                time_index: None,
                hidden: theirs.hidden,
                samples: plan
                    .preview
                    .iter()
                    .filter_map(|row| row.cells.get(at).filter(|text| !text.is_empty()))
                    .take(SAMPLES)
                    .map(|text| view::sample(text, text))
                    .collect(),
                choices: Vec::new(),
            },
        })
        .collect()
}

/// A row as it would be stored; what cannot be read shows its original.
pub(super) fn typed_row(def: &DatasetDef, plan: &SheetPlan, row: &TypedRow) -> RowView {
    let keys: Vec<&str> = plan
        .mapping
        .iter()
        .map(|m| m.column.as_str())
        .chain(plan.filled.iter().map(|f| f.column.as_str()))
        .collect();
    let read = |i: usize, v: &Value| {
        let column = keys.get(i).and_then(|key| def.column(key));
        v.stored_text().map(|text| fieldbook_model::dataset::shown(column, &text))
    };
    let original = |i: usize| {
        row.originals.iter().find(|(at, _)| usize::from(*at) == i).map(|(_, text)| text.to_string())
    };
    RowView {
        row: row.row,
        hidden: row.hidden,
        cells: row.values.iter().enumerate().map(|(i, v)| read(i, v).or_else(|| original(i))).collect(),
        bad: (0..).zip(&row.values).filter(|(_, v)| matches!(v, Value::Unreadable)).map(|(i, _)| i).collect(),
    }
}

/// An import without files.
pub(super) fn no_import(received_from: &str, by: &str, at: Moment) -> ImportView {
    ImportView {
        batch: 0.0,
        files: Vec::new(),
        received_from: received_from.to_owned(),
        by: by.to_owned(),
        at: dates::moment(at),
        undone: false,
    }
}

/// A file of which nothing is known but the name.
pub(super) fn no_file(file: &str) -> ImportedFileView {
    ImportedFileView {
        file: file.to_owned(),
        sha256: String::new(),
        size: 0.0,
        encoding: String::new(),
        sheets: Vec::new(),
        error: None,
    }
}

/// Fills in what opening a file showed.
pub(super) fn head(file: &mut ImportedFileView, source: &Source) {
    source.file_name().clone_into(&mut file.file);
    source.sha256().clone_into(&mut file.sha256);
    file.size = view::number(source.size());
    source.encoding().clone_into(&mut file.encoding);
}

/// A table that was read; `issues` when the record came without its issues.
pub(super) fn sheet(bundle: &Bundle, record: &SheetRecord, id: i64, issues: Option<u64>) -> SheetView {
    let count = issues.unwrap_or(record.issues.len() as u64);
    let def = record.dataset.as_deref().and_then(|key| bundle.dataset(key));
    // A table that was skipped has a record, and nothing in it was read.
    let read = record.dataset.is_some();
    SheetView {
        id: view::id_number(id),
        sheet: record.sheet.clone(),
        dataset: record.dataset.clone(),
        dataset_zh: record.dataset.as_deref().map(|d| view::column_words(bundle, d)).unwrap_or_default(),
        header_row: record.header_row,
        end_row: record.end_row,
        mapping: record.mapping.iter().map(mapped).collect(),
        filled: record.filled.iter().map(|f| filled(def, f)).collect(),
        unmapped: record.unmapped.clone(),
        rows_read: view::number(record.rows_read),
        rows_stored: view::number(record.rows_stored),
        rows_rejected: view::number(record.rows_rejected),
        hidden_rows: record.hidden_rows.map(view::number),
        hidden_columns: record.hidden_columns.clone(),
        hidden_sheet: record.hidden_sheet,
        issue_count: view::small(count),
        origin: record.origin.map(|o| o.as_str().to_owned()),
        declared_rows: record.declared_rows.map(view::number),
        reconciles: read.then(|| record.rows_read == record.rows_stored + record.rows_rejected),
        complete: record.declared_rows.filter(|_| read).map(|said| said == record.rows_stored),
        superseded_by: None,
        error: None,
    }
}

/// A table that was not stored, with the reason.
pub(super) fn refused(bundle: &Bundle, plan: &SheetPlan, error: ErrorView) -> SheetView {
    let record = SheetRecord { dataset: plan.dataset.clone(), ..unread(plan) };
    SheetView { error: Some(error), reconciles: None, complete: None, ..sheet(bundle, &record, 0, None) }
}

/// The record of a table that no row is taken from.
pub(super) fn unread(plan: &SheetPlan) -> SheetRecord {
    SheetRecord {
        sheet: plan.sheet.clone(),
        dataset: None,
        header_row: plan.header_row,
        end_row: plan.end_row,
        mapping: plan.mapping.clone(),
        filled: Vec::new(),
        unmapped: plan.unmapped.clone(),
        missing_required: plan.missing_required.clone(),
        rows_read: 0,
        rows_stored: 0,
        rows_rejected: 0,
        hidden_rows: None,
        hidden_columns: None,
        hidden_sheet: plan.hidden_sheet,
        issues: Vec::new(),
        origin: None,
        declared_rows: None,
    }
}

/// A stored import; `None` without files.
pub(super) fn import(bundle: &Bundle, files: &[ReceivedFile]) -> Option<ImportView> {
    let first = files.first()?;
    let table = |s: &fieldbook_vault::ReceivedSheet| SheetView {
        superseded_by: s.superseded_by.map(view::id_number),
        ..sheet(bundle, &s.record, s.id, Some(s.issues))
    };
    Some(ImportView {
        batch: view::id_number(first.batch),
        files: files
            .iter()
            .map(|file| ImportedFileView {
                file: file.file.clone(),
                sha256: file.sha256.clone(),
                size: view::number(file.size),
                encoding: file.encoding.clone(),
                sheets: file.sheets.iter().map(table).collect(),
                error: None,
            })
            .collect(),
        received_from: first.received_from.clone(),
        by: first.by.clone(),
        at: dates::moment(first.at),
        undone: first.undone,
    })
}

/// An issue in words.
pub(super) fn issue(def: Option<&DatasetDef>, issue: &RowIssue) -> IssueView {
    IssueView {
        row: issue.row,
        column: def.and_then(|d| d.column(&issue.column)).map_or(issue.column.clone(), |c| c.zh.clone()),
        code: issue.code.as_str().to_owned(),
        zh: issue_words(issue.code).to_owned(),
        text: issue.text.clone(),
        row_rejected: issue.row_rejected,
    }
}

/// What an issue means.
fn issue_words(code: IssueCode) -> &'static str {
    match code {
        IssueCode::BadDate => "無法依此欄的曆法讀為日期",
        IssueCode::BadNumber => "不是數字",
        IssueCode::BadBool => "無法讀為是／否",
        IssueCode::BadChoice => "不在可辨識的選項內",
        IssueCode::RequiredEmpty => "必要欄位空白",
        IssueCode::BadEncoding => "含有無法解碼的字元",
        IssueCode::FormulaError => "公式錯誤值",
        IssueCode::AmbiguousDate => "此欄的曆法無法判定，請指定",
        IssueCode::Footer => "合計、備註或簽章列，未讀取",
        IssueCode::TooLong => "文字過長，已截斷",
        IssueCode::AnotherTable => "此列起為另一表格，未併入本表",
    }
}
