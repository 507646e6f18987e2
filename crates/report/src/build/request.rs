//! D: the request list, as a workbook that may be edited and as a paper for print.

use super::or_dash;
use crate::doc::{Align, Block, Body, Cell, Pair, Report, Sheet, Table, Workbook};
use crate::{RequestLine, RequestList, words};
use fieldbook_model::{ClauseId, RocDate};

/// 底稿編號.
pub const PAPER: &str = "D";
/// Title.
pub const TITLE: &str = "調閱資料清單";
/// A line names so many clauses with their labels; the labels of more stand in the table of clauses.
const LABELLED: usize = 3;
/// What is signed.
const RECEIVED: &str = "上列資料業依各項收件日及份數點交無誤。";
/// Who signs.
const SIGNERS: [&str; 4] = ["受查單位提供人", "日期", "查核單位收受人", "日期"];

/// The workbook.
pub fn workbook(list: &RequestList) -> Workbook {
    let sheet = |name: &str, remarks, table, closing| Sheet {
        name: name.to_owned(),
        title: if name == TITLE { TITLE.to_owned() } else { format!("{TITLE}　{name}") },
        head: head(list),
        body: Body::List { remarks, table, closing },
    };
    let signatures = SIGNERS.chunks(2).map(|pair| {
        pair.iter().map(|name| format!("{name}：{}", "＿".repeat(12))).collect::<Vec<_>>().join("　　　")
    });
    let mut sheets = vec![sheet(
        TITLE,
        vec![request(list)],
        lines(list, true),
        std::iter::once(RECEIVED.to_owned()).chain(signatures).collect(),
    )];
    if !list.awaited.is_empty() {
        sheets.push(sheet("待補資料", Vec::new(), awaited(list), Vec::new()));
    }
    sheets.push(sheet("條文對照", Vec::new(), clauses(list), Vec::new()));
    Workbook {
        paper: PAPER.to_owned(),
        title: TITLE.to_owned(),
        authority: list.head.organisation.clone(),
        subject: subject(list),
        printed_at: list.printed_at,
        draft: false,
        sheets,
    }
}

/// The paper.
pub fn paper(list: &RequestList) -> Report {
    let mut blocks = vec![
        Block::Title(TITLE.to_owned()),
        Block::Pairs(head(list)),
        Block::paragraph(request(list)),
        Block::Table(lines(list, false)),
    ];
    if !list.awaited.is_empty() {
        blocks.push(Block::heading(2, "待補資料"));
        blocks.push(Block::Table(awaited(list)));
    }
    blocks.push(Block::Together(vec![
        Block::paragraph(RECEIVED),
        Block::Signatures(SIGNERS.map(str::to_owned).to_vec()),
    ]));
    blocks.push(Block::heading(2, "條文對照"));
    blocks.extend(annex(list));
    Report {
        title: format!("{}{TITLE}", list.head.firm),
        author: list.head.organisation.clone(),
        head: (subject(list), format!("{}　{TITLE}", list.head.organisation)),
        foot: format!("底稿編號 {PAPER}　列印時間 {}", words::moment(list.printed_at)),
        draft: false,
        printed_at: list.printed_at,
        cover: None,
        blocks,
    }
}

fn subject(list: &RequestList) -> String {
    format!("{} {}", list.head.firm, list.head.case_no).trim_end().to_owned()
}

fn head(list: &RequestList) -> Vec<Pair> {
    let exam = &list.head;
    let due = list.due.map_or("另行通知".to_owned(), |d| RocDate(d).to_string());
    vec![
        Pair::new("受查單位", &exam.firm),
        Pair::new("查核案號", or_dash(&exam.case_no)),
        Pair::new("底稿編號", PAPER),
        Pair::new("提供期限", due),
        Pair::new("查核基準日", RocDate(exam.as_of).to_string()),
        Pair::new("查核人員", exam.examiners.join("、")),
        Pair::new("查核期間", words::period(exam.period)),
        Pair::new("查核單位", &exam.organisation),
    ]
}

fn request(list: &RequestList) -> String {
    let by = list.due.map_or("另行通知之期限".to_owned(), |d| RocDate(d).to_string());
    format!(
        "請於{by}前提供下列 {} 項資料，並告知各項之母體總筆數。電子檔請保留原始格式；無該項資料者，請於備註欄說明。",
        list.lines.len()
    )
}

/// The list itself. A spreadsheet has room for the labels of a few clauses; in print they stand in the table of
/// clauses.
fn lines(list: &RequestList, labelled: bool) -> Table {
    let columns = [
        ("編號", 6, Align::Center),
        ("資料名稱", 17, Align::Left),
        ("對應條文", 26, Align::Left),
        ("期間", 18, Align::Left),
        ("格式要求", 28, Align::Left),
        ("提供期限", 11, Align::Center),
        ("收件日", 11, Align::Center),
        ("份數", 7, Align::Center),
        ("備註", 16, Align::Left),
    ];
    let due = list.due.map_or_else(String::new, |d| RocDate(d).dotted());
    let rows = list.lines.iter().map(|line| {
        vec![
            Cell::Ordinal(u64::from(line.no)),
            Cell::text(&line.name),
            Cell::text(cited(line, labelled)),
            Cell::text(&line.period),
            Cell::text(format(line)),
            Cell::text(&due),
            Cell::text(""),
            Cell::text(""),
            Cell::text(&line.remark),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// The clauses of a line, and the procedures that read it.
fn cited(line: &RequestLine, labelled: bool) -> String {
    let mut parts = if labelled && line.clauses.len() <= LABELLED {
        line.clauses.iter().map(|(id, label)| format!("{id} {label}")).collect()
    } else {
        by_document(&line.clauses)
    };
    if !line.procedures.is_empty() {
        parts.push(format!("測試程序：{}", line.procedures.join("、")));
    }
    parts.join("\n")
}

/// `BSL-3.1、3.3、6.7`: the ids of each document in a line, its code said once.
fn by_document(clauses: &[(ClauseId, String)]) -> Vec<String> {
    let mut groups: Vec<(&str, String)> = Vec::new();
    for (id, _) in clauses {
        let path = id.as_str().split_once('-').map_or(id.as_str(), |(_, path)| path);
        match groups.iter_mut().find(|(doc, _)| *doc == id.doc()) {
            Some((_, ids)) => ids.push_str(&format!("、{path}")),
            None => groups.push((id.doc(), id.as_str().to_owned())),
        }
    }
    groups.into_iter().map(|(_, ids)| ids).collect()
}

fn format(line: &RequestLine) -> String {
    let mut out = or_dash(&line.format).to_owned();
    if !line.columns.is_empty() {
        out.push_str(&format!("\n必要欄位：{}", line.columns.join("、")));
    }
    out
}

fn awaited(list: &RequestList) -> Table {
    let columns = [
        ("條次", 14, Align::Left),
        ("待補資料", 44, Align::Left),
        ("系統", 18, Align::Left),
        ("查核人員", 14, Align::Left),
        ("收件日", 12, Align::Center),
        ("備註", 18, Align::Left),
    ];
    let rows = list.awaited.iter().map(|line| {
        let clause = format!("{}\n{}", line.clause, line.label);
        let texts = [clause.as_str(), or_dash(&line.what), or_dash(&line.system), &line.by, "", ""];
        texts.map(Cell::text).to_vec()
    });
    Table::new(&columns).with_rows(rows)
}

/// Every clause that a line cites, once, in the order of the documents.
fn cited_once(list: &RequestList) -> Vec<&(ClauseId, String)> {
    let mut seen: Vec<&(ClauseId, String)> = Vec::new();
    for clause in list.lines.iter().flat_map(|l| &l.clauses) {
        if !seen.iter().any(|s| s.0 == clause.0) {
            seen.push(clause);
        }
    }
    let place = |code: &str| list.documents.iter().position(|d| d.code == code).unwrap_or(usize::MAX);
    seen.sort_by_key(|(id, _)| place(id.doc()));
    seen
}

fn document(list: &RequestList, code: &str) -> String {
    let doc = list.documents.iter().find(|d| d.code == code);
    doc.map_or_else(|| code.to_owned(), |d| format!("{}（{}）", d.title, d.edition))
}

/// The clauses with their labels, as a sheet.
fn clauses(list: &RequestList) -> Table {
    let columns = [
        ("條次", 14, Align::Left),
        ("原條號", 40, Align::Left),
        ("資料編號", 16, Align::Left),
        ("文件（版本）", 60, Align::Left),
    ];
    let rows = cited_once(list).into_iter().map(|(id, label)| {
        let lines = list.lines.iter().filter(|l| l.clauses.iter().any(|(c, _)| c == id));
        let numbers: Vec<_> = lines.map(|l| l.no.to_string()).collect();
        let texts = [id.as_str(), label, &numbers.join("、"), &document(list, id.doc())];
        texts.map(Cell::text).to_vec()
    });
    Table::new(&columns).with_rows(rows)
}

/// The clauses with their labels for print: a table for each document, two clauses a line.
fn annex(list: &RequestList) -> Vec<Block> {
    let one = [("條次", 12, Align::Left), ("原條號", 36, Align::Left)];
    let columns: Vec<_> = one.into_iter().chain(one).collect();
    let all = cited_once(list);
    let of_document = |group: &[&(ClauseId, String)]| {
        let code = group.first().map_or("", |(id, _)| id.doc());
        let rows = group.chunks(2).map(|pair| {
            let cells = pair.iter().flat_map(|(id, label)| [Cell::text(id.as_str()), Cell::text(label)]);
            cells.chain([Cell::text(""), Cell::text("")]).take(4).collect()
        });
        [Block::heading(3, document(list, code)), Block::Table(Table::new(&columns).with_rows(rows))]
    };
    all.chunk_by(|a, b| a.0.doc() == b.0.doc()).flat_map(of_document).collect()
}
