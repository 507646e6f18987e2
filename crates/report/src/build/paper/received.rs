//! D-02: the files that were received, as in the receipt for them; how their columns were read, and every cell that
//! could not be.

use super::{Head, list, workbook};
use crate::build::{missing_zh, receipt};
use crate::doc::{Align, Cell, Table, Workbook};
use crate::{Dossier, ExamHead, Receipt, ReceivedPaper, words};
use fieldbook_model::{FileRecord, ImportBatch, Reading, SheetRecord};

/// 底稿編號.
pub const PAPER: &str = receipt::PAPER;
const TITLE: &str = receipt::TITLE;

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let head = Head::of(dossier, PAPER, TITLE, "受查單位提供之電子檔案");
    let mut sheets = receipt::workbook(&signed_for(dossier)).sheets;
    sheets.iter_mut().for_each(|sheet| sheet.head = head.pairs(dossier));
    let further = |name: &str, table| list(dossier, &head, name, TITLE, (Vec::new(), table));
    sheets.extend([
        further("匯入紀錄", files(dossier)),
        further("欄位對照", mapping(dossier)),
        further("無法讀取資料", issues(dossier)),
    ]);
    workbook(dossier, PAPER, TITLE, sheets)
}

/// The receipt for everything that came, taken from the imports where no receipt was kept.
fn signed_for(dossier: &Dossier) -> Receipt {
    let exam = &dossier.exam;
    let of_batch = |batch: &ImportBatch| {
        let file = |file: &FileRecord| ReceivedPaper {
            replaced_by: vec![None; file.sheets.len()],
            file: file.clone(),
            received_from: batch.received_from.clone(),
            at: batch.at,
            undone: batch.undone,
        };
        batch.files.iter().map(file).collect::<Vec<_>>()
    };
    let files = if dossier.received.is_empty() {
        dossier.files.iter().flat_map(of_batch).collect()
    } else {
        dossier.received.clone()
    };
    Receipt {
        head: ExamHead {
            firm: exam.firm.clone(),
            case_no: exam.case_no.clone(),
            as_of: exam.as_of,
            period: exam.period,
            examiners: exam.examiners.clone(),
            organisation: dossier.organisation.clone(),
        },
        datasets: dossier.datasets.clone(),
        files,
        printed_at: dossier.printed_at,
    }
}

fn all_sheets(dossier: &Dossier) -> impl Iterator<Item = (&FileRecord, &SheetRecord)> {
    dossier.files.iter().flat_map(|batch| batch.sheets())
}

fn files(dossier: &Dossier) -> Table {
    let columns = [
        ("批次", 6, Align::Right),
        ("檔名", 24, Align::Left),
        ("SHA-256", 24, Align::Left),
        ("位元組", 12, Align::Right),
        ("編碼", 8, Align::Left),
        ("工作表", 12, Align::Left),
        ("辨識為", 16, Align::Left),
        ("標題列", 8, Align::Right),
        ("讀入列數", 10, Align::Right),
        ("存入列數", 10, Align::Right),
        ("剔除列數", 10, Align::Right),
        ("隱藏", 12, Align::Left),
        ("所述筆數", 10, Align::Right),
        ("收受人／時間", 12, Align::Left),
        ("狀態", 10, Align::Center),
    ];
    let mut rows = Vec::new();
    for (batch, received) in dossier.files.iter().flat_map(|b| b.files.iter().map(move |f| (b, f))) {
        let state = Cell::text(if batch.undone { "– 已撤回" } else { "✓ 有效" });
        let file = [
            Cell::Ordinal(u64::try_from(batch.batch).unwrap_or_default()),
            Cell::text(&received.file),
            Cell::text(&received.sha256),
            Cell::Count(received.size),
            Cell::text(&received.encoding),
        ];
        let by = [Cell::text(format!("{}\n{}", batch.by, words::moment(batch.at))), state];
        let mut line = |middle: Vec<Cell>| {
            rows.push(file.iter().cloned().chain(middle).chain(by.iter().cloned()).collect());
        };
        for sheet in &received.sheets {
            line(sheet_cells(dossier, sheet));
        }
        if received.sheets.is_empty() {
            let mut none = vec![Cell::text(""), Cell::text("（未採用）")];
            none.resize(8, Cell::text("–"));
            line(none);
        }
    }
    Table::new(&columns).with_rows(rows)
}

fn sheet_cells(dossier: &Dossier, sheet: &SheetRecord) -> Vec<Cell> {
    let mut dataset = sheet.dataset.as_deref().map_or("（未採用）", |key| dossier.dataset_zh(key)).to_owned();
    if let Some(origin) = sheet.origin {
        dataset = format!("{dataset}\n（{}）", words::origin(origin));
    }
    let rows = match sheet.hidden_rows {
        Some(0) => "無隱藏列".to_owned(),
        Some(n) => format!("隱藏列 {n} 列"),
        None => "無法得知".to_owned(),
    };
    let hidden = if sheet.hidden_sheet { format!("隱藏工作表\n{rows}") } else { rows };
    vec![
        Cell::text(&sheet.sheet),
        Cell::text(dataset),
        Cell::Ordinal(u64::from(sheet.header_row)),
        Cell::Count(sheet.rows_read),
        Cell::Count(sheet.rows_stored),
        Cell::Count(sheet.rows_rejected),
        Cell::text(hidden),
        Cell::count(sheet.declared_rows),
    ]
}

fn mapping(dossier: &Dossier) -> Table {
    let columns = [
        ("檔名", 28, Align::Left),
        ("工作表", 16, Align::Left),
        ("受查單位欄名", 26, Align::Left),
        ("對應欄位", 26, Align::Left),
        ("判讀方式", 18, Align::Left),
        ("信心", 7, Align::Right),
    ];
    let mut rows = Vec::new();
    for (file, sheet) in all_sheets(dossier) {
        let mut line = |header: &str, column: Cell, reading: &str, confidence: Cell| {
            let place = [Cell::text(&file.file), Cell::text(&sheet.sheet), Cell::text(header)];
            rows.push(place.into_iter().chain([column, Cell::text(reading), confidence]).collect());
        };
        for mapped in &sheet.mapping {
            let mut reading = reading(&mapped.reading).to_owned();
            if mapped.inverted {
                reading.push_str("，是否反向");
            }
            let column = Cell::text(column_zh(dossier, sheet, &mapped.column));
            line(&mapped.header, column, &reading, Cell::Count(u64::from(mapped.confidence)));
        }
        for header in &sheet.unmapped {
            line(header, Cell::text("（未採用）"), "", Cell::text("–"));
        }
        for column in &sheet.missing_required {
            line("（缺此欄）", Cell::text(column_zh(dossier, sheet, column)), "必要欄位", Cell::text("–"));
        }
    }
    Table::new(&columns).with_rows(rows)
}

fn issues(dossier: &Dossier) -> Table {
    let columns = [
        ("檔名", 28, Align::Left),
        ("工作表", 16, Align::Left),
        ("列", 8, Align::Right),
        ("欄位", 20, Align::Left),
        ("問題", 24, Align::Left),
        ("原文", 40, Align::Left),
        ("處理", 14, Align::Center),
    ];
    let rows = all_sheets(dossier).flat_map(|(file, sheet)| {
        sheet.issues.iter().map(|issue| {
            vec![
                Cell::text(&file.file),
                Cell::text(&sheet.sheet),
                Cell::Ordinal(u64::from(issue.row)),
                Cell::text(column_zh(dossier, sheet, &issue.column)),
                Cell::text(words::issue(issue.code)),
                Cell::text(&issue.text),
                Cell::text(if issue.row_rejected { "● 整列剔除" } else { "◐ 該格不採" }),
            ]
        })
    });
    Table::new(&columns).with_rows(rows)
}

/// zh-TW name of a column of the sheet's dataset; their header or the key where there is none.
fn column_zh(dossier: &Dossier, sheet: &SheetRecord, column: &str) -> String {
    let dataset = sheet.dataset.as_deref().unwrap_or_default();
    let known = dossier.datasets.iter().find(|d| d.key == dataset).and_then(|d| d.column(column));
    match known {
        Some(known) => known.zh.clone(),
        None if column.contains('.') => missing_zh(dossier, column),
        None => column.to_owned(),
    }
}

fn reading(reading: &Reading) -> &'static str {
    match reading {
        Reading::Plain => "原值",
        Reading::RocYmd => "民國年月日",
        Reading::Ymd => "西元年月日",
        Reading::Dmy => "日月年",
        Reading::Mdy => "月日年",
        Reading::Serial => "試算表日期值",
        Reading::RocCompact => "民國年連續數字",
        Reading::Compact => "西元年連續數字",
        Reading::FileTime => "Windows FILETIME",
        Reading::Epoch => "1970 年起秒數",
        Reading::Ambiguous => "曆別無法確定",
    }
}
