//! Trying a statement before it is kept: would it run, what does it read, which rows does it list.

use crate::audit::{Watch, derived};
use crate::desk::Desk;
use crate::edition::fault;
use crate::error::AppError;
use crate::store::VaultStore;
use crate::view;
use crate::wire::{OwnColumn, OwnPreviewRequest, OwnPreviewRowView, OwnPreviewView, OwnRefusalView};
use fieldbook_audit::{DatasetStore, RESERVED, StoreError, given};
use fieldbook_checklist::{Bundle, QueryFault};
use fieldbook_model::dataset::shown;
use fieldbook_model::{DatasetDef, DatasetNeed};
use fieldbook_vault::{ReaderScope, Reads, Refusal, Rehearsed, rehearse};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

/// Rows shown.
const SHOWN: usize = 100;

/// Whether a statement would run, asked of empty datasets.
///
/// # Errors
/// `unknown_dataset`, or the store's. Why it is refused comes inside.
pub(super) fn rehearsed(
    bundle: &Bundle,
    subject: &str,
    sql: &str,
) -> Result<Result<Rehearsed, OwnRefusalView>, AppError> {
    let unknown = || AppError::new("unknown_dataset").with("field", subject);
    bundle.dataset(subject).ok_or_else(unknown)?;
    let said = |message: &str, hint: &str| OwnRefusalView {
        message: message.to_owned(),
        hint: hint.to_owned(),
        said: String::new(),
        line: None,
        character: None,
    };
    let first = sql.split_whitespace().next().unwrap_or_default();
    if sql.len() > super::LONGEST {
        return Ok(Err(said("查詢過長。", "請拆成數項程序。")));
    }
    if !first.eq_ignore_ascii_case("select") && !first.eq_ignore_ascii_case("with") {
        return Ok(Err(said("查詢須以 SELECT 或 WITH 開頭。", "程序只能讀取資料，不能新增、修改或刪除。")));
    }
    let mut told = rehearse(&bundle.datasets, &[(sql, RESERVED.to_vec())])?;
    let told = match told.pop() {
        Some(Ok(told)) => told,
        Some(Err(refusal)) => return Ok(Err(refused(sql, refusal))),
        None => return Ok(Err(said("沒有查詢。", "請輸入查詢。"))),
    };
    let of_query = |fault: QueryFault| {
        let (message, hint) = fault.zh();
        said(&message, &hint)
    };
    if !told.columns.iter().any(|c| c == "_id") {
        return Ok(Err(of_query(QueryFault::NoId)));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = told.columns.iter().find(|c| !seen.insert(*c)) {
        return Ok(Err(of_query(QueryFault::Twice(twice.clone()))));
    }
    let plain = |key: &str| {
        key.starts_with(|c: char| c == '_' || c.is_alphabetic())
            && key.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    if let Some(odd) = told.columns.iter().find(|c| !plain(c)) {
        let message = format!("結果欄位「{odd}」沒有名稱。");
        return Ok(Err(said(
            &message,
            "請以 AS 給予名稱，例如 count(*) AS 次數；名稱只用文字、數字及底線。",
        )));
    }
    if !told.reads.contains_key(subject) {
        return Ok(Err(said(
            "查詢沒有讀取所選之資料集。",
            "列出之 _id 須為所選資料集之列；請更正 FROM，或改選資料集。",
        )));
    }
    Ok(Ok(told))
}

fn refused(sql: &str, refusal: Refusal) -> OwnRefusalView {
    let place = refusal.offset.and_then(|at| sql.get(..at)).map(|before| {
        let line = before.matches('\n').count() + 1;
        let character = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (view::small(line as u64), view::small(character as u64))
    });
    let said = refusal.said.clone();
    let (message, hint) = fault(refusal).zh();
    OwnRefusalView { message, hint, said, line: place.map(|p| p.0), character: place.map(|p| p.1) }
}

/// The heading of a result column: the dataset's, where it has one of this name.
pub(super) fn heading(def: &DatasetDef, key: &str) -> String {
    def.column(key).map_or_else(|| key.to_owned(), |c| c.zh.clone())
}

/// What a procedure with these reads needs. Columns that the store makes beside those of the lists are not mapped.
pub(super) fn needs(bundle: &Bundle, subject: &str, reads: &Reads) -> Vec<DatasetNeed> {
    let need = |dataset: &String, columns: &BTreeSet<String>| {
        let def = bundle.dataset(dataset)?;
        let columns = columns
            .iter()
            .filter(|key| def.column(key).is_some() && !def.derived.iter().any(|d| d.column == **key))
            .cloned()
            .collect();
        Some(DatasetNeed { dataset: dataset.clone(), columns, optional: false })
    };
    let mut out: Vec<DatasetNeed> = reads.iter().filter_map(|(d, c)| need(d, c)).collect();
    out.sort_by_key(|need| need.dataset != subject);
    out
}

/// Tries a statement on the exam's data. Nothing is stored.
///
/// # Errors
/// `unknown_dataset`, `cancelled`, or the store's. Why it is refused stands in the view.
pub fn preview(desk: &Desk, request: &OwnPreviewRequest) -> Result<OwnPreviewView, AppError> {
    let open = desk.exam()?;
    let bundle = &desk.bundle;
    let told = match rehearsed(bundle, &request.subject, &request.sql)? {
        Ok(told) => told,
        Err(refusal) => return Ok(nothing(refusal)),
    };
    let unknown = || AppError::new("unknown_dataset").with("field", &request.subject);
    let def = bundle.dataset(&request.subject).ok_or_else(unknown)?;
    let exam = open.store.exam()?;
    let cancel = desk.cancel_flag();
    cancel.store(false, Ordering::Relaxed);
    let watch = Watch::new(cancel);
    let derived = derived(open, &bundle.datasets, &watch, &exam.firm, None, None)?;
    let scope = ReaderScope { derived: &derived, sheets: None };
    let store = VaultStore(open.store.reader_of(scope, watch.question())?);
    let columns: Vec<&String> = told.columns.iter().filter(|key| *key != "_id").collect();
    let mut ids = BTreeSet::new();
    let mut first: Vec<(i64, Vec<Option<String>>)> = Vec::new();
    let mut each = |id: i64, cells: Vec<(String, Option<String>)>| {
        if ids.insert(id) && first.len() < SHOWN {
            let shown =
                |(key, value): (String, Option<String>)| value.map(|text| shown(def.column(&key), &text));
            first.push((id, cells.into_iter().map(shown).collect()));
        }
    };
    let given = given(exam.as_of, exam.period, &exam.firm);
    let ran = store.rows(&request.sql, &given, &mut each);
    let population = match ran.and_then(|()| store.count(&format!("SELECT count(*) FROM {}", def.key), &[])) {
        Ok(n) => n,
        Err(StoreError::Interrupted) => return Err(AppError::new("cancelled")),
        Err(_) if watch.cancelled() => return Err(AppError::new("cancelled")),
        Err(error) => return Ok(nothing(at_work(&error))),
    };
    let mut rows = Vec::with_capacity(first.len());
    for (id, values) in first {
        let Ok(place) = store.source(&def.key, id) else { return Ok(nothing(not_a_row(def))) };
        rows.push(OwnPreviewRowView { file: place.file, sheet: place.sheet, row: place.row, values });
    }
    Ok(OwnPreviewView {
        refused: None,
        columns: columns
            .into_iter()
            .map(|key| OwnColumn { key: key.clone(), zh: heading(def, key) })
            .collect(),
        rows,
        total: view::number(ids.len() as u64),
        population: view::number(population),
    })
}

fn nothing(refusal: OwnRefusalView) -> OwnPreviewView {
    OwnPreviewView {
        refused: Some(refusal),
        columns: Vec::new(),
        rows: Vec::new(),
        total: 0.0,
        population: 0.0,
    }
}

/// What went wrong while the statement ran.
fn at_work(error: &StoreError) -> OwnRefusalView {
    let (message, hint) = match error {
        StoreError::TimedOut => ("查詢執行過久，已停止。", "請縮小範圍，或檢查聯結條件是否遺漏。"),
        StoreError::Forbidden => ("查詢做了程序不能做的事。", "程序只能讀取資料集；請更正查詢。"),
        StoreError::Shape(_) => ("_id 不是列之編號。", "請直接選取資料集之 _id，不要運算或聚合。"),
        _ => ("查詢執行時發生錯誤。", "請依資料庫之訊息更正查詢。"),
    };
    let said = match error {
        StoreError::Query(said) => said.clone(),
        _ => String::new(),
    };
    OwnRefusalView { message: message.to_owned(), hint: hint.to_owned(), said, line: None, character: None }
}

fn not_a_row(def: &DatasetDef) -> OwnRefusalView {
    OwnRefusalView {
        message: format!("列出之 _id 不是「{}」之列。", def.zh),
        hint: "請選取所選資料集之 _id；讀取多個資料集時，以別名指明，例如 a._id。".to_owned(),
        said: String::new(),
        line: None,
        character: None,
    }
}
