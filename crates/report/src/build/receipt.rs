//! D-02: the receipt for the files that a firm handed over, to be signed by both sides: as a workbook and for print.
//! First the files with their fingerprints, then what was read of each sheet.

use super::or_dash;
use crate::doc::{Align, Block, Body, Cell, Pair, Report, Sheet, Table, Workbook};
use crate::{Receipt, ReceivedPaper, words};
use fieldbook_model::{RocDate, SheetRecord};

/// 底稿編號.
pub const PAPER: &str = "D-02";
/// Title.
pub const TITLE: &str = "資料收受清單";
/// Name of the second table.
const SHEETS: &str = "工作表明細";
/// What is signed.
const HANDED_OVER: &str =
    "上列電子檔由受查單位提供，經雙方核對檔名、大小及 SHA-256 無誤；列數以查核工具讀取結果為準。";
/// Who signs.
const SIGNERS: [&str; 4] = ["受查單位提供人", "日期", "查核單位收受人", "日期"];
/// Characters of a fingerprint on a printed line: two lines of the same length are compared by eye.
const HASH_LINE: usize = 32;

/// The workbook.
pub fn workbook(receipt: &Receipt) -> Workbook {
    let signatures = SIGNERS.chunks(2).map(|pair| {
        pair.iter().map(|name| format!("{name}：{}", "＿".repeat(12))).collect::<Vec<_>>().join("　　　")
    });
    let closing = std::iter::once(HANDED_OVER.to_owned()).chain(signatures).collect();
    let sheet = |name: &str, body| Sheet {
        name: name.to_owned(),
        title: if name == TITLE { TITLE.to_owned() } else { format!("{TITLE}　{name}") },
        head: head(receipt),
        body,
    };
    Workbook {
        paper: PAPER.to_owned(),
        title: TITLE.to_owned(),
        authority: receipt.head.organisation.clone(),
        subject: subject(receipt),
        printed_at: receipt.printed_at,
        draft: false,
        sheets: vec![
            sheet(
                TITLE,
                Body::List {
                    remarks: summary(receipt),
                    table: files(receipt, &[6, 40, 12, 68, 22, 18], |hash| hash.to_owned()),
                    closing,
                },
            ),
            sheet(
                SHEETS,
                Body::list(summary(receipt), sheets(receipt, &[6, 40, 24, 24, 10, 10, 10, 10, 40])),
            ),
        ],
    }
}

/// The paper.
pub fn paper(receipt: &Receipt) -> Report {
    let halves = |hash: &str| {
        let chars: Vec<char> = hash.chars().collect();
        chars.chunks(HASH_LINE).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("\n")
    };
    let mut blocks = vec![Block::Title(TITLE.to_owned()), Block::Pairs(head(receipt))];
    blocks.extend(summary(receipt).into_iter().map(Block::Paragraph));
    blocks.push(Block::heading(3, "一、檔案"));
    blocks.push(Block::Table(files(receipt, &[4, 25, 9, 38, 14, 12], halves)));
    blocks.push(Block::heading(3, format!("二、{SHEETS}")));
    blocks.push(Block::Table(without_names(sheets(receipt, &[5, 0, 24, 16, 8, 8, 7, 8, 30]))));
    blocks.push(Block::Together(vec![
        Block::paragraph(HANDED_OVER),
        Block::Signatures(SIGNERS.map(str::to_owned).to_vec()),
    ]));
    Report {
        title: format!("{}{TITLE}", receipt.head.firm),
        author: receipt.head.organisation.clone(),
        head: (subject(receipt), format!("{}　{TITLE}", receipt.head.organisation)),
        foot: format!("底稿編號 {PAPER}　列印時間 {}", words::moment(receipt.printed_at)),
        draft: false,
        printed_at: receipt.printed_at,
        cover: None,
        blocks,
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

/// The sums, which can be reckoned again from the tables: of what was taken back no row counts.
fn summary(receipt: &Receipt) -> Vec<String> {
    let count = |n: u64| Cell::Count(n).printed();
    let kept: Vec<&ReceivedPaper> = receipt.files.iter().filter(|f| !f.undone).collect();
    let records = || kept.iter().flat_map(|f| &f.file.sheets);
    let sum = |of: fn(&SheetRecord) -> u64| count(records().map(of).sum());
    let mut out = vec![format!(
        "共收受 {} 個檔案、{} 張工作表；讀入 {} 列，其中存入 {} 列、剔除 {} 列。",
        count(kept.len() as u64),
        count(records().count() as u64),
        sum(|s| s.rows_read),
        sum(|s| s.rows_stored),
        sum(|s| s.rows_rejected),
    )];
    let replaced = kept.iter().flat_map(|f| f.file.sheets.iter().zip(&f.replaced_by));
    let replaced: u64 = replaced.filter(|(_, by)| by.is_some()).map(|(s, _)| s.rows_stored).sum();
    if replaced > 0 {
        out.push(format!("存入之列中，{} 列已由其後收受之檔案取代，原列仍保留。", count(replaced)));
    }
    let gone = receipt.files.len() - kept.len();
    if gone > 0 {
        out.push(format!("另有 {gone} 個檔案之匯入已復原，不計入上列數字，檔案仍列於下表。"));
    }
    out
}

/// One line a file: number, name, size, fingerprint, from whom, when.
fn files(receipt: &Receipt, widths: &[u16; 6], hash: impl Fn(&str) -> String) -> Table {
    let titles = [
        ("編號", Align::Right),
        ("檔名", Align::Left),
        ("位元組", Align::Right),
        ("SHA-256", Align::Left),
        ("提供人", Align::Left),
        ("收受時間", Align::Left),
    ];
    let rows = (1..).zip(&receipt.files).map(|(no, file)| {
        let state = if file.undone { "（匯入已復原）" } else { "" };
        vec![
            Cell::Ordinal(no),
            Cell::text(format!("{}{state}", file.file.file)),
            Cell::Count(file.file.size),
            Cell::text(hash(&file.file.sha256)),
            Cell::text(or_dash(&file.received_from)),
            Cell::text(words::moment(file.at)),
        ]
    });
    table(&titles, widths).with_rows(rows)
}

/// One line for what was read of a sheet, with the number of its file.
fn sheets(receipt: &Receipt, widths: &[u16; 9]) -> Table {
    let titles = [
        ("編號", Align::Right),
        ("檔名", Align::Left),
        ("工作表", Align::Left),
        ("辨識為", Align::Left),
        ("讀入", Align::Right),
        ("存入", Align::Right),
        ("剔除", Align::Right),
        ("所述筆數", Align::Right),
        ("備註", Align::Left),
    ];
    let rows = (1..).zip(&receipt.files).flat_map(|(no, file)| lines(receipt, no, file));
    table(&titles, widths).with_rows(rows)
}

/// A page has no room to repeat what the number says.
fn without_names(mut table: Table) -> Table {
    table.columns.remove(1);
    table.rows.iter_mut().for_each(|row| drop(row.remove(1)));
    table
}

fn table(titles: &[(&str, Align)], widths: &[u16]) -> Table {
    let columns: Vec<_> = titles.iter().zip(widths).map(|((title, align), w)| (*title, *w, *align)).collect();
    Table::new(&columns)
}

fn lines(receipt: &Receipt, no: u64, file: &ReceivedPaper) -> Vec<Vec<Cell>> {
    let own = || vec![Cell::Ordinal(no), Cell::text(&file.file.file)];
    if file.file.sheets.is_empty() {
        let mut none = own();
        none.extend(["–", "（未採用）", "–", "–", "–", "–", ""].map(Cell::text));
        return vec![none];
    }
    let records = file.file.sheets.iter().enumerate();
    let line = |(at, record): (usize, &SheetRecord)| {
        let replaced = file.replaced_by.get(at).copied().flatten();
        let dataset =
            |key: &str| receipt.datasets.iter().find(|d| d.key == key).map_or(key, |d| &d.zh).to_owned();
        // Of a sheet that was not taken nobody counted the rows.
        let counted = record.dataset.is_some() || record.rows_read > 0;
        let rows = |n: u64| Cell::count(counted.then_some(n));
        let mut cells = own();
        cells.extend([
            Cell::text(sheet_name(file, record)),
            Cell::text(record.dataset.as_deref().map_or_else(|| "（未採用）".to_owned(), dataset)),
            rows(record.rows_read),
            rows(record.rows_stored),
            rows(record.rows_rejected),
            Cell::count(record.declared_rows),
            Cell::text(remarks(file, record, replaced).join("；")),
        ]);
        cells
    };
    records.map(line).collect()
}

/// A sheet's name, and of several tables on it which.
fn sheet_name(file: &ReceivedPaper, record: &SheetRecord) -> String {
    let alike = file.file.sheets.iter().filter(|s| s.sheet == record.sheet).count();
    let name = or_dash(&record.sheet);
    if alike > 1 { format!("{name}（第 {} 列起）", record.header_row) } else { name.to_owned() }
}

fn remarks(file: &ReceivedPaper, record: &SheetRecord, replaced: Option<i64>) -> Vec<String> {
    let mut out = Vec::new();
    if file.undone {
        out.push("匯入已復原".to_owned());
    }
    if let Some(batch) = replaced {
        out.push(format!("由第 {batch} 次收受之檔案取代"));
    }
    if record.hidden_sheet {
        out.push("隱藏之工作表".to_owned());
    }
    match record.hidden_rows {
        Some(0) => {}
        Some(rows) => out.push(format!("含隱藏列 {rows}")),
        // A text has nothing to hide, an xls does not tell, and a sheet that was not taken was not looked at.
        None if file.file.encoding.is_empty() && record.dataset.is_some() => {
            out.push("檔案格式不能得知有無隱藏列、欄".to_owned())
        }
        None => {}
    }
    if let Some(columns) = record.hidden_columns.as_deref().filter(|c| !c.is_empty()) {
        out.push(format!("含隱藏欄 {}（{}）", columns.len(), columns.join("、")));
    }
    out
}
