//! G-01: what reviewers asked, what was answered and cleared; who signed which version of what, and why a signed paper
//! was opened again.

use super::{Head, list, workbook};
use crate::build::or_dash;
use crate::doc::{Align, Cell, Table, Tone, Workbook};
use crate::{Dossier, words};
use fieldbook_model::{Reopening, ReviewNote, Said, SignOff, SignRole, WHOLE_EXAM};

/// 底稿編號.
pub const PAPER: &str = "G-01";
const TITLE: &str = "覆核意見";
/// The sheet of the notes.
pub const SHEET: &str = TITLE;

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let head = Head::of(dossier, PAPER, TITLE, "各底稿之覆核");
    let sheet =
        |name: &str, remark: &str, table| list(dossier, &head, name, TITLE, (vec![remark.to_owned()], table));
    let sheets = vec![
        sheet(SHEET, "覆核意見經編製人回覆，並由覆核人清除後，始為了結。", notes(dossier)),
        sheet(
            "簽署紀錄",
            "簽章係以簽署人之 Ed25519 金鑰，就底稿內容之雜湊值（不含列印時間、草稿字樣及簽署欄）所為。",
            signatures(dossier),
        ),
        sheet("重新開啟紀錄", "簽署後之變更為新版本，須記明理由。", reopenings(dossier)),
    ];
    workbook(dossier, PAPER, TITLE, sheets)
}

fn notes(dossier: &Dossier) -> Table {
    let columns = [
        ("編號", 7, Align::Right),
        ("底稿編號", 12, Align::Left),
        ("覆核意見", 44, Align::Left),
        ("覆核人／時間", 15, Align::Left),
        ("回覆", 40, Align::Left),
        ("回覆人／時間", 15, Align::Left),
        ("清除說明", 24, Align::Left),
        ("清除人／時間", 15, Align::Left),
        ("狀態", 11, Align::Left),
    ];
    let row = |note: &ReviewNote| {
        let mut cells =
            vec![Cell::Ordinal(u64::try_from(note.id).unwrap_or_default()), paper_cell(&note.paper)];
        cells.extend(said(Some(&note.note)));
        cells.extend(said(note.reply.as_ref()));
        cells.extend(said(note.clearance.as_ref()));
        cells.push(match (&note.reply, &note.clearance) {
            (_, Some(_)) => Cell::Mark("✓ 已清除".to_owned(), Tone::Ok),
            (Some(_), None) => Cell::Mark("◐ 已回覆".to_owned(), Tone::Warn),
            (None, None) => Cell::Mark("● 待回覆".to_owned(), Tone::Fail),
        });
        cells
    };
    Table::new(&columns).with_rows(dossier.notes.iter().map(row))
}

fn said(said: Option<&Said>) -> [Cell; 2] {
    match said {
        Some(s) => [Cell::text(or_dash(&s.text)), Cell::text(format!("{}\n{}", s.by, words::moment(s.at)))],
        None => [Cell::text("–"), Cell::text("–")],
    }
}

fn paper_cell(paper: &str) -> Cell {
    if paper == WHOLE_EXAM { Cell::text("全案") } else { Cell::to_paper(paper, paper) }
}

fn signatures(dossier: &Dossier) -> Table {
    let columns = [
        ("底稿編號", 12, Align::Left),
        ("版本", 7, Align::Right),
        ("身分", 9, Align::Left),
        ("姓名", 12, Align::Left),
        ("簽署時間", 15, Align::Left),
        ("內容雜湊值（SHA-256）", 36, Align::Left),
        ("公鑰", 36, Align::Left),
        ("簽章", 68, Align::Left),
    ];
    let row = |s: &SignOff| {
        let role = match s.role {
            SignRole::Preparer => "編製人",
            SignRole::Reviewer => "覆核人",
        };
        let at = words::moment(s.at);
        let mut cells = vec![paper_cell(&s.paper), Cell::Ordinal(u64::from(s.version))];
        cells.extend([role, &s.by, &at, &s.content_sha256, &s.key, &s.signature].map(Cell::text));
        cells
    };
    Table::new(&columns).with_rows(dossier.signed.iter().flat_map(|s| &s.signatures).map(row))
}

fn reopenings(dossier: &Dossier) -> Table {
    let columns = [
        ("底稿編號", 14, Align::Left),
        ("原版本", 8, Align::Right),
        ("理由", 80, Align::Left),
        ("開啟人員", 14, Align::Left),
        ("開啟時間", 16, Align::Left),
    ];
    let row = |r: &Reopening| {
        let mut cells = vec![paper_cell(&r.paper), Cell::Ordinal(u64::from(r.version))];
        cells.extend([&r.reason, &r.by, &words::moment(r.at)].map(Cell::text));
        cells
    };
    Table::new(&columns).with_rows(dossier.signed.iter().flat_map(|s| &s.reopenings).map(row))
}
