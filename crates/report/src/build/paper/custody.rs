//! E-00: the evidence index (證據索引): every piece with where it came from, where it lies and what rests on it; and
//! its chain of custody (監管鏈).

use super::{FINDINGS, FINDINGS_SHEET, Head, list, workbook};
use crate::build::{ids, or_dash};
use crate::doc::{Align, Cell, Table, Workbook};
use crate::{Dossier, words};
use fieldbook_model::{CustodyEntry, Evidence, evidence_number, last_move};

/// 底稿編號.
pub const PAPER: &str = "E-00";
const TITLE: &str = "證據索引";
/// Its index.
pub const SHEET: &str = TITLE;
const CHAIN: &str = "監管鏈紀錄";

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let head = Head::of(dossier, PAPER, TITLE, "查核過程取得之文件、檔案及影像");
    let remark = "SHA-256 係對收存之位元組計算，據以證明內容未經更動。".to_owned();
    let mut sheets = vec![list(dossier, &head, SHEET, TITLE, (vec![remark], table(dossier)))];
    if !dossier.custody.is_empty() {
        let remark = "每次收存、移交、複製、檢視（同一人同日一次）、歸還及銷毀各記一列；SHA-256 為當時收存內容之雜湊值。"
            .to_owned();
        sheets.push(list(dossier, &head, CHAIN, TITLE, (vec![remark], chain(dossier))));
    }
    workbook(dossier, PAPER, TITLE, sheets)
}

fn table(dossier: &Dossier) -> Table {
    let columns = [
        ("證據編號", 10, Align::Left),
        ("名稱", 26, Align::Left),
        ("來源／提供人", 16, Align::Left),
        ("取得方式", 14, Align::Left),
        ("取得時間", 11, Align::Left),
        ("格式", 7, Align::Left),
        ("頁數", 6, Align::Right),
        ("位元組", 11, Align::Right),
        ("SHA-256", 36, Align::Left),
        ("存放", 14, Align::Left),
        ("機密等級", 9, Align::Left),
        ("歸還／銷毀", 12, Align::Left),
        ("相關條次", 14, Align::Left),
        ("相關缺失", 17, Align::Left),
        ("收存人員／時間", 12, Align::Left),
    ];
    Table::new(&columns).with_rows(dossier.evidence.iter().map(|e| row(dossier, e)))
}

fn row(dossier: &Dossier, e: &Evidence) -> Vec<Cell> {
    vec![
        Cell::text(e.number()),
        Cell::text(&e.name),
        Cell::text(or_dash(&e.source)),
        Cell::text(or_dash(&e.acquired_by)),
        Cell::text(words::moment(e.acquired_at)),
        Cell::text(if e.format.is_empty() { "紙本" } else { &e.format }),
        Cell::count(e.pages.map(u64::from)),
        Cell::Count(e.size),
        Cell::text(&e.sha256),
        Cell::text(or_dash(&e.kept_at)),
        Cell::text(words::confidentiality(e.confidentiality)),
        Cell::text(original(dossier, e)),
        Cell::text(or_dash(&ids(&e.clauses).replace('、', "\n"))),
        findings(dossier, e),
        Cell::text(format!("{}\n{}", e.by, words::moment(e.at))),
    ]
}

/// What became of the original: what the index says, and the last entry that ended its custody.
fn original(dossier: &Dossier, e: &Evidence) -> String {
    let own: Vec<CustodyEntry> = dossier.custody.iter().filter(|c| c.evidence == e.id).cloned().collect();
    let ended = last_move(&own).filter(|c| c.event.ends_custody());
    let ended = ended.map(|c| {
        format!("{} {}", words::moment(c.happened_at), words::custody(c.event)).trim_end().to_owned()
    });
    let parts: Vec<String> =
        Some(e.returned.clone()).filter(|t| !t.is_empty()).into_iter().chain(ended).collect();
    if parts.is_empty() { "留存中".to_owned() } else { parts.join("\n") }
}

fn chain(dossier: &Dossier) -> Table {
    let columns = [
        ("證據編號", 10, Align::Left),
        ("事項", 10, Align::Left),
        ("時間", 11, Align::Left),
        ("移交人／來源", 16, Align::Left),
        ("接收人", 16, Align::Left),
        ("地點／檔案", 20, Align::Left),
        ("目的／方式", 18, Align::Left),
        ("狀態", 12, Align::Left),
        ("封條編號", 10, Align::Left),
        ("收據／銷毀紀錄", 14, Align::Left),
        ("SHA-256", 36, Align::Left),
        ("登錄人員／時間", 12, Align::Left),
    ];
    Table::new(&columns).with_rows(dossier.custody.iter().map(entry))
}

fn entry(c: &CustodyEntry) -> Vec<Cell> {
    let texts = [&c.from, &c.to, &c.place, &c.purpose, &c.condition, &c.seal, &c.receipt];
    let mut cells = vec![
        Cell::text(evidence_number(c.evidence)),
        Cell::text(words::custody(c.event)),
        Cell::text(words::moment(c.happened_at)),
    ];
    cells.extend(texts.map(|text| Cell::text(or_dash(text))));
    cells.push(Cell::text(&c.sha256));
    cells.push(Cell::text(format!("{}\n{}", c.by, words::moment(c.at))));
    cells
}

/// The findings that rest on it, their follow-up too; the cell leads to the first of them.
fn findings(dossier: &Dossier, e: &Evidence) -> Cell {
    let rests = |f: &crate::FindingPaper| {
        f.finding.evidence.contains(&e.id) || f.follow_ups.iter().any(|u| u.evidence.contains(&e.id))
    };
    let own = dossier.findings.iter().enumerate().filter(|(_, f)| rests(f));
    let (rows, numbers): (Vec<_>, Vec<_>) =
        own.map(|(at, f)| (at, f.finding.number(&dossier.exam.case_no))).unzip();
    match rows.first() {
        Some(first) => Cell::to_row(numbers.join("、"), FINDINGS, FINDINGS_SHEET, Some(*first)),
        None => Cell::text("–"),
    }
}
