//! 主機共置設備盤點表: what was filed, what the ledger has and what was seen side by side, to be taken along on paper or
//! to be kept after the count.

use crate::CountPaper;
use crate::doc::{Align, Body, Cell, Pair, Sheet, Table, Tone, Workbook};
use crate::request::CountLine;
use fieldbook_model::{CountState, Device, RocDate};

/// Title.
pub const TITLE: &str = "主機共置設備盤點表";
/// Rows left empty for what no list has.
const SPARE: usize = 8;

/// The workbook.
pub fn workbook(paper: &CountPaper) -> Workbook {
    let head = &paper.head;
    let pairs = vec![
        Pair::new("受查單位", &head.firm),
        Pair::new("查核案號", crate::build::or_dash(&head.case_no)),
        Pair::new("查核基準日", RocDate(head.as_of).to_string()),
        Pair::new("查核人員", head.examiners.join("、")),
        Pair::new("申報清單", format!("{} 筆", paper.filed)),
        Pair::new("財產帳", format!("{} 筆", paper.ledger)),
    ];
    let remarks = vec![
        "「申報」為向證交所申報之設備清單（FILED），「帳列」為公司財產帳或資產清冊（LEDGER），「盤點」為實地所見（ONSITE）。"
            .to_owned(),
        "盤點欄：● 見到、✕ 未見、＋ 清單所無；空白者尚未盤點。位置或擁有者與清單不符者記於備註。".to_owned(),
    ];
    let closing = vec![format!("盤點人員：{0}　　　公司會同人員：{0}　　　盤點日期：{0}", "＿".repeat(12))];
    Workbook {
        paper: paper.paper.clone(),
        title: TITLE.to_owned(),
        authority: head.organisation.clone(),
        subject: head.firm.clone(),
        printed_at: paper.printed_at,
        draft: false,
        sheets: vec![Sheet {
            name: TITLE.to_owned(),
            title: TITLE.to_owned(),
            head: pairs,
            body: Body::List { remarks, table: table(paper), closing },
        }],
    }
}

fn table(paper: &CountPaper) -> Table {
    let (left, center) = (Align::Left, Align::Center);
    let columns = [
        ("項次", 6, Align::Right),
        ("設備名稱", 22, left),
        ("廠牌型號", 20, left),
        ("序號", 18, left),
        ("財產編號", 14, left),
        ("申報", 12, left),
        ("帳列", 12, left),
        ("盤點", 10, center),
        ("實際位置", 12, left),
        ("擁有者", 14, left),
        ("軟體所有人", 14, left),
        ("備註", 26, left),
    ];
    let empty = (0..SPARE).map(|_| vec![Cell::text(""); columns.len()]);
    let lines = paper.lines.iter().enumerate().map(|(at, line)| cells(at, line));
    Table::new(&columns).with_rows(lines).with_rows(empty)
}

fn cells(at: usize, line: &CountLine) -> Vec<Cell> {
    let device = &line.device;
    let listed = |device: &Option<Device>| match device {
        None => Cell::text("－"),
        Some(d) if place(d).is_empty() => Cell::text("有"),
        Some(d) => Cell::text(place(d)),
    };
    let (seen, at_place) = match line.state {
        None => (Cell::text(""), String::new()),
        Some(CountState::Found) => (Cell::Mark("● 見到".to_owned(), Tone::Ok), place(device)),
        Some(CountState::NotFound) => (Cell::Mark("✕ 未見".to_owned(), Tone::Fail), String::new()),
        Some(CountState::NotListed) => (Cell::Mark("＋ 清單所無".to_owned(), Tone::Fail), place(device)),
    };
    vec![
        Cell::Ordinal(at as u64 + 1),
        Cell::text(&device.name),
        Cell::text(&device.model),
        Cell::text(&device.serial),
        Cell::text(&device.property_no),
        listed(&line.filed),
        listed(&line.ledger),
        seen,
        Cell::text(at_place),
        Cell::text(&device.owner),
        Cell::text(&device.software_owner),
        Cell::text(line.remarks()),
    ]
}

/// Rack and U position.
fn place(device: &Device) -> String {
    format!("{} {}", device.rack, device.u_pos).trim().to_owned()
}
