//! cover, list of papers, basis documents, legend.

use super::{Head, signs, workbook};
use crate::Dossier;
use crate::build::closing;
use crate::build::report::overview;
use crate::build::tick;
use crate::doc::{Align, Block, Body, Cell, Sheet, Table, Workbook};
use crate::render::file_name;
use fieldbook_model::RocDate;
use jiff::civil::Date;

const PAPER: &str = "A-01";
const TITLE: &str = "底稿總表與封面";

/// Marks of results and verdicts.
const STATES: [(&str, &str); 8] = [
    ("✓", "符合；未發現例外"),
    ("◐", "部分符合；嚴重程度中"),
    ("●", "不符合；例外；嚴重程度高或重大"),
    ("△", "無法取得資料；無法執行"),
    ("?", "待確認；資料不足以判斷"),
    ("–", "不適用"),
    ("○", "未查核；未處置；嚴重程度低"),
    ("▷", "線索：值得查看，非例外"),
];

/// The paper, with the list of the others.
pub fn paper(dossier: &Dossier, others: &[Workbook]) -> Workbook {
    let codes: Vec<_> = dossier.documents.iter().map(|d| d.code.as_str()).collect();
    let basis = codes.join("、");
    let head = Head::of(dossier, PAPER, TITLE, &basis);
    let mut blocks = vec![
        Block::heading(2, "一、底稿總表"),
        Block::Table(index(dossier, others)),
        Block::heading(2, "二、依據版本"),
        Block::Table(overview::basis(dossier)),
        Block::heading(2, "三、查核項目統計"),
        Block::Table(overview::applicability(dossier)),
        Block::Table(overview::results(dossier)),
        Block::heading(2, "四、查核符號"),
        Block::Table(tick::legend()),
        Block::Table(tick::table("狀態符號", &STATES)),
    ];
    if let Some((size, root)) = &dossier.checkpoint {
        blocks.push(Block::heading(2, "五、案卷日誌"));
        let short = closing::short(*size, root);
        blocks
            .push(Block::paragraph(format!("列印時共 {size} 筆，根雜湊值（SHA-256）{root}。簡式 {short}。")));
        if !dossier.checkpoint_note.is_empty() {
            blocks.push(Block::paragraph(closing::NOTE_WORDS));
            blocks.extend(closing::note_lines(dossier).map(Block::paragraph));
        }
    }
    let sheet = Sheet {
        name: "封面".to_owned(),
        title: "查核工作底稿　總表與封面".to_owned(),
        head: head.pairs(dossier),
        body: Body::Form(blocks),
    };
    workbook(dossier, PAPER, TITLE, vec![sheet])
}

/// The other papers, each with a link to its file.
fn index(dossier: &Dossier, others: &[Workbook]) -> Table {
    let columns = [
        ("底稿編號", 13, Align::Left),
        ("名稱", 25, Align::Left),
        ("版本", 8, Align::Center),
        ("編製人", 12, Align::Left),
        ("覆核人", 12, Align::Left),
        ("檔名", 30, Align::Left),
    ];
    let rows = others.iter().map(|book| {
        let signs = signs(dossier, &book.paper);
        let name = |signed: Option<(&str, Date)>| {
            signed.map_or("–".to_owned(), |(name, day)| format!("{name}\n{}", RocDate(day).dotted()))
        };
        let file = file_name(&book.paper, &book.title, "xlsx");
        vec![
            Cell::to_paper(&book.paper, &book.paper),
            Cell::text(&book.title),
            Cell::Ordinal(u64::from(signs.version)),
            Cell::text(name(signs.prepared)),
            Cell::text(name(signs.reviewed)),
            Cell::to_paper(file, &book.paper),
        ]
    });
    Table::new(&columns).with_rows(rows)
}
