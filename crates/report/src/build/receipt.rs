//! D-02: the receipt for the files that a firm handed over, to be signed by both sides: as a workbook and for print.

use super::or_dash;
use crate::doc::{Align, Block, Body, Cell, Pair, Report, Sheet, Table, Workbook};
use crate::{Receipt, words};
use fieldbook_model::{FileRecord, ImportBatch, RocDate, SheetRecord};

/// 底稿編號.
pub const PAPER: &str = "D-02";
/// Title.
pub const TITLE: &str = "資料收受清單";
/// What is signed.
const HANDED_OVER: &str =
    "上列電子檔由受查單位提供，經雙方核對檔名、大小及 SHA-256 無誤；列數以查核工具讀取結果為準。";
/// Who signs.
const SIGNERS: [&str; 4] = ["受查單位提供人", "日期", "查核單位收受人", "日期"];

/// The workbook.
pub fn workbook(receipt: &Receipt) -> Workbook {
    let signatures = SIGNERS.chunks(2).map(|pair| {
        pair.iter().map(|name| format!("{name}：{}", "＿".repeat(12))).collect::<Vec<_>>().join("　　　")
    });
    let closing = std::iter::once(HANDED_OVER.to_owned()).chain(signatures).collect();
    let sheet = Sheet {
        name: TITLE.to_owned(),
        title: TITLE.to_owned(),
        head: head(receipt),
        body: Body::List { remarks: vec![summary(receipt)], table: table(receipt, &SHEET), closing },
    };
    Workbook {
        paper: PAPER.to_owned(),
        title: TITLE.to_owned(),
        authority: receipt.head.organisation.clone(),
        subject: subject(receipt),
        printed_at: receipt.printed_at,
        draft: false,
        sheets: vec![sheet],
    }
}

/// The paper.
pub fn paper(receipt: &Receipt) -> Report {
    Report {
        title: format!("{}{TITLE}", receipt.head.firm),
        author: receipt.head.organisation.clone(),
        head: (subject(receipt), format!("{}　{TITLE}", receipt.head.organisation)),
        foot: format!("底稿編號 {PAPER}　列印時間 {}", words::moment(receipt.printed_at)),
        draft: false,
        printed_at: receipt.printed_at,
        cover: None,
        blocks: vec![
            Block::Title(TITLE.to_owned()),
            Block::Pairs(head(receipt)),
            Block::paragraph(summary(receipt)),
            Block::Table(table(receipt, &PRINT)),
            Block::Together(vec![
                Block::paragraph(HANDED_OVER),
                Block::Signatures(SIGNERS.map(str::to_owned).to_vec()),
            ]),
        ],
    }
}

fn subject(receipt: &Receipt) -> String {
    format!("{} {}", receipt.head.firm, receipt.head.case_no).trim_end().to_owned()
}

fn head(receipt: &Receipt) -> Vec<Pair> {
    let exam = &receipt.head;
    vec![
        Pair::new("受查單位", &exam.firm),
        Pair::new("查核案號", or_dash(&exam.case_no)),
        Pair::new("底稿編號", PAPER),
        Pair::new("查核單位", or_dash(&exam.organisation)),
        Pair::new("查核基準日", RocDate(exam.as_of).to_string()),
        Pair::new("查核人員", exam.examiners.join("、")),
    ]
}

fn summary(receipt: &Receipt) -> String {
    let files: Vec<&FileRecord> =
        receipt.batches.iter().filter(|b| !b.undone).flat_map(|b| &b.files).collect();
    let rows: u64 = files.iter().flat_map(|f| &f.sheets).map(|s| s.rows_stored).sum();
    let gone = receipt.batches.iter().filter(|b| b.undone).flat_map(|b| &b.files).count();
    let mut out = format!(
        "共收受 {} 個檔案，存入 {} 列。",
        Cell::Count(files.len() as u64).printed(),
        Cell::Count(rows).printed()
    );
    if gone > 0 {
        out.push_str(&format!("另有 {gone} 個檔案之匯入已復原，檔案仍列於下表。"));
    }
    out
}

/// Widths in half-width characters: number, file, size, hash, sheet, dataset, read, stored, rejected, declared, from whom and when.
type Widths = [u16; 11];
const SHEET: Widths = [6, 30, 12, 34, 16, 18, 10, 10, 10, 10, 20];
const PRINT: Widths = [4, 20, 9, 20, 11, 11, 7, 7, 7, 7, 13];

/// One line a sheet; the file's own columns stand in its first line only, so that each file counts once.
fn table(receipt: &Receipt, widths: &Widths) -> Table {
    let titles = [
        ("編號", Align::Right),
        ("檔名", Align::Left),
        ("位元組", Align::Right),
        ("SHA-256", Align::Left),
        ("工作表", Align::Left),
        ("辨識為", Align::Left),
        ("讀入", Align::Right),
        ("存入", Align::Right),
        ("剔除", Align::Right),
        ("所述筆數", Align::Right),
        ("提供人／收受時間", Align::Left),
    ];
    let columns: Vec<_> = titles.iter().zip(widths).map(|((title, align), w)| (*title, *w, *align)).collect();
    let files = receipt.batches.iter().flat_map(|b| b.files.iter().map(move |f| (b, f)));
    let rows = (1..).zip(files).flat_map(|(no, (batch, file))| lines(receipt, no, batch, file));
    Table::new(&columns).with_rows(rows)
}

fn lines(receipt: &Receipt, no: u64, batch: &ImportBatch, file: &FileRecord) -> Vec<Vec<Cell>> {
    let state = if batch.undone { "（已復原）" } else { "" };
    let from = format!("{}\n{}", or_dash(&batch.received_from), words::moment(batch.at));
    let own = |first: bool, cell: Cell| if first { cell } else { Cell::text("") };
    let sheets: Vec<Option<&SheetRecord>> =
        if file.sheets.is_empty() { vec![None] } else { file.sheets.iter().map(Some).collect() };
    let line = |(i, sheet): (usize, Option<&SheetRecord>)| {
        let first = i == 0;
        let mut cells = vec![
            own(first, Cell::Ordinal(no)),
            own(first, Cell::text(format!("{}{state}", file.file))),
            own(first, Cell::Count(file.size)),
            own(first, Cell::text(&file.sha256)),
        ];
        cells.extend(sheet_cells(receipt, sheet));
        cells.push(own(first, Cell::text(&from)));
        cells
    };
    sheets.into_iter().enumerate().map(line).collect()
}

fn sheet_cells(receipt: &Receipt, sheet: Option<&SheetRecord>) -> Vec<Cell> {
    let Some(sheet) = sheet else {
        let mut none = vec![Cell::text(""), Cell::text("（未採用）")];
        none.resize(6, Cell::text("–"));
        return none;
    };
    let dataset =
        |key: &str| receipt.datasets.iter().find(|d| d.key == key).map_or(key, |d| &d.zh).to_owned();
    let mut name = sheet.sheet.clone();
    if sheet.hidden_sheet {
        name.push_str("（隱藏）");
    }
    if let Some(n) = sheet.hidden_rows.filter(|n| *n > 0) {
        name.push_str(&format!("\n含隱藏列 {n}"));
    }
    if let Some(columns) = sheet.hidden_columns.as_deref().filter(|c| !c.is_empty()) {
        name.push_str(&format!("\n含隱藏欄 {}", columns.len()));
    }
    vec![
        Cell::text(name),
        Cell::text(sheet.dataset.as_deref().map_or_else(|| "（未採用）".to_owned(), dataset)),
        Cell::Count(sheet.rows_read),
        Cell::Count(sheet.rows_stored),
        Cell::Count(sheet.rows_rejected),
        Cell::count(sheet.declared_rows),
    ]
}
