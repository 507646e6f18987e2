//! Files, sheets, rows and issues as the wire shows them.

use super::{FileView, is_unreadable};
use crate::dates;
use crate::desk::Desk;
use crate::view;
use crate::wire::{
    ColumnView, DatasetView, ErrorView, ImportView, IssueView, MappedColumnView, RowView, SheetView,
};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{SheetPlan, Source};
use fieldbook_model::{
    DatasetDef, IssueCode, MappedColumn, Moment, Reading, RowIssue, SheetRecord, TypedRow,
};
use fieldbook_vault::ReceivedFile;

const READINGS: [(&str, Reading); 11] = [
    ("plain", Reading::Plain),
    ("roc_ymd", Reading::RocYmd),
    ("ymd", Reading::Ymd),
    ("dmy", Reading::Dmy),
    ("mdy", Reading::Mdy),
    ("serial", Reading::Serial),
    ("roc_compact", Reading::RocCompact),
    ("compact", Reading::Compact),
    ("file_time", Reading::FileTime),
    ("epoch", Reading::Epoch),
    ("ambiguous", Reading::Ambiguous),
];

/// A reading by its word.
pub(super) fn reading_of(word: &str) -> Option<Reading> {
    READINGS.iter().find(|(w, _)| *w == word).map(|(_, r)| r.clone())
}

fn reading_word(reading: &Reading) -> String {
    READINGS.iter().find(|(_, r)| r == reading).map_or("plain", |(w, _)| w).to_owned()
}

/// The datasets that a sheet may be.
#[must_use]
pub fn datasets(desk: &Desk) -> Vec<DatasetView> {
    let column = |c: &fieldbook_model::Column| ColumnView {
        key: c.key.clone(),
        zh: c.zh.clone(),
        required: c.required,
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
        reading: reading_word(&column.reading),
        confidence: column.confidence,
        samples: Vec::new(),
    }
}

/// All columns of a planned sheet, with samples.
pub(super) fn plan_columns(plan: &SheetPlan) -> Vec<MappedColumnView> {
    plan.columns
        .iter()
        .map(|theirs| match plan.mapping.iter().find(|m| m.index == theirs.index) {
            Some(ours) => {
                let sample = plan.samples.iter().find(|s| s.column == ours.column);
                let texts = sample.map(|s| s.texts.as_slice()).unwrap_or_default();
                MappedColumnView {
                    samples: texts.iter().map(|(original, read)| view::sample(original, read)).collect(),
                    ..mapped(ours)
                }
            }
            None => MappedColumnView {
                index: theirs.index,
                header: theirs.header.clone(),
                column: None,
                reading: "plain".into(),
                confidence: 0,
                samples: Vec::new(),
            },
        })
        .collect()
}

/// A row as it would be stored; what cannot be read shows its original.
pub(super) fn typed_row(def: &DatasetDef, plan: &SheetPlan, row: &TypedRow) -> RowView {
    let read = |i: usize, v: &fieldbook_model::Value| {
        let column = plan.mapping.get(i).and_then(|m| def.column(&m.column));
        v.stored_text().map(|text| fieldbook_model::dataset::shown(column, &text))
    };
    let original =
        |i: usize| row.originals.iter().find(|(at, _)| usize::from(*at) == i).map(|(_, text)| text.clone());
    RowView {
        row: row.row,
        hidden: row.hidden,
        cells: row.values.iter().enumerate().map(|(i, v)| read(i, v).or_else(|| original(i))).collect(),
        bad: (0..).zip(&row.values).filter(|(_, v)| is_unreadable(v)).map(|(i, _)| i).collect(),
    }
}

/// An import of which nothing is known but the name.
pub(super) fn empty_import(file: &str, by: &str, at: Moment) -> ImportView {
    let file = FileView {
        file: file.to_owned(),
        sha256: String::new(),
        size: 0.0,
        encoding: String::new(),
        sheets: Vec::new(),
        error: None,
    };
    ImportView { batch: 0.0, file, by: by.to_owned(), at: dates::moment(at), undone: false }
}

/// Fills in what opening a file showed.
pub(super) fn head(file: &mut FileView, source: &Source) {
    source.file_name().clone_into(&mut file.file);
    source.sha256().clone_into(&mut file.sha256);
    file.size = view::number(source.size());
    source.encoding().clone_into(&mut file.encoding);
}

/// A sheet that was read; `issues` when the record came without its issues.
pub(super) fn sheet(bundle: &Bundle, record: &SheetRecord, issues: Option<u64>) -> SheetView {
    let count = issues.unwrap_or(record.issues.len() as u64);
    SheetView {
        sheet: record.sheet.clone(),
        dataset: record.dataset.clone(),
        dataset_zh: record.dataset.as_deref().map(|d| view::column_words(bundle, d)).unwrap_or_default(),
        header_row: record.header_row,
        mapping: record.mapping.iter().map(mapped).collect(),
        unmapped: record.unmapped.clone(),
        rows_read: view::number(record.rows_read),
        rows_stored: view::number(record.rows_stored),
        rows_rejected: view::number(record.rows_rejected),
        hidden_rows: record.hidden_rows.map(view::number),
        hidden_sheet: record.hidden_sheet,
        issue_count: view::small(count),
        origin: record.origin.map(|o| o.as_str().to_owned()),
        declared_rows: record.declared_rows.map(view::number),
        error: None,
    }
}

/// A sheet that was not stored, with the reason.
pub(super) fn refused(bundle: &Bundle, plan: &SheetPlan, error: ErrorView) -> SheetView {
    SheetView {
        sheet: plan.sheet.clone(),
        dataset: plan.dataset.clone(),
        dataset_zh: plan.dataset.as_deref().map(|d| view::column_words(bundle, d)).unwrap_or_default(),
        header_row: plan.header_row,
        mapping: plan.mapping.iter().map(mapped).collect(),
        unmapped: plan.unmapped.clone(),
        rows_read: 0.0,
        rows_stored: 0.0,
        rows_rejected: 0.0,
        hidden_rows: None,
        hidden_sheet: plan.hidden_sheet,
        issue_count: 0,
        origin: None,
        declared_rows: None,
        error: Some(error),
    }
}

/// A stored file of an import.
pub(super) fn import(bundle: &Bundle, file: &ReceivedFile) -> ImportView {
    ImportView {
        batch: view::id_number(file.batch),
        file: FileView {
            file: file.file.clone(),
            sha256: file.sha256.clone(),
            size: view::number(file.size),
            encoding: file.encoding.clone(),
            sheets: file.sheets.iter().map(|s| sheet(bundle, &s.record, Some(s.issues))).collect(),
            error: None,
        },
        by: file.by.clone(),
        at: dates::moment(file.at),
        undone: file.undone,
    }
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
