//! 壹、查核概要: scope, basis documents, items by applicability and result.

use crate::build::tally::{RESULTS, Tally, by_document};
use crate::build::{charts, or_dash, standing, team};
use crate::doc::{Align, Block, Cell, Pair, Table, grouped};
use crate::{Dossier, FindingFigure, words};
use fieldbook_model::{FindingStatus, ItemResult, RocDate};

/// The part's blocks.
pub fn blocks(dossier: &Dossier) -> Vec<Block> {
    let exam = &dossier.exam;
    let files = dossier.files.iter().filter(|b| !b.undone).count() as u64;
    let mut blocks = vec![
        Block::heading(1, "壹、查核概要"),
        Block::heading(2, "一、查核範圍"),
        Block::Pairs(vec![
            Pair::new("受查單位", &exam.firm),
            Pair::new("查核案號", or_dash(&exam.case_no)),
            Pair::new("查核基準日", RocDate(exam.as_of).to_string()),
            Pair::new("查核人員", exam.examiners.join("、")),
            Pair::new("查核期間", words::period(exam.period)),
            Pair::new("資通系統", systems(dossier)),
        ]),
        Block::paragraph(format!(
            "本次查核收受資料檔案 {} 個，執行電腦輔助測試程序 {} 項，提出查核發現 {} 項。",
            grouped(files),
            grouped(dossier.tests.len() as u64),
            grouped(standing(dossier).count() as u64)
        )),
        Block::heading(2, "二、依據版本"),
        Block::Table(basis(dossier)),
        Block::heading(2, "三、查核團隊"),
    ];
    blocks.extend(team::blocks(dossier));
    blocks.push(Block::heading(2, "四、查核項目統計"));
    blocks.push(Block::Table(applicability(dossier)));
    blocks.push(Block::Table(results(dossier)));
    blocks.extend(open_items(dossier));
    if !dossier.items.is_empty() {
        blocks.push(Block::Chart(charts::by_chapter(dossier)));
    }
    blocks.push(Block::heading(2, "五、查核發現統計"));
    if standing(dossier).next().is_none() {
        blocks.push(Block::paragraph("本次查核未提出查核發現。"));
    } else {
        blocks.push(Block::Chart(charts::by_severity(dossier)));
    }
    blocks.push(Block::heading(2, "六、與前次查核之比較"));
    blocks.extend(trend(dossier));
    blocks
}

/// Results and findings against the firm's last exam, and what of that one is not closed.
fn trend(dossier: &Dossier) -> Vec<Block> {
    let Some(earlier) = &dossier.earlier else {
        return vec![Block::paragraph("案卷中無受查單位前次查核之紀錄，無從比較。")];
    };
    let open = |f: &&FindingFigure| !matches!(f.status, FindingStatus::Closed | FindingStatus::Withdrawn);
    let rows: Vec<_> = earlier.findings.iter().filter(open).map(|f| earlier_finding(dossier, f)).collect();
    let mut blocks = vec![
        Block::paragraph(format!(
            "前次查核案號 {}，查核基準日{}，提出查核發現 {} 項，其中未結案 {} 項。",
            or_dash(&earlier.case_no),
            RocDate(earlier.as_of),
            grouped(earlier.findings.len() as u64),
            grouped(rows.len() as u64)
        )),
        Block::Chart(charts::results_trend(dossier, earlier)),
        Block::Chart(charts::severity_trend(dossier, earlier)),
    ];
    if !rows.is_empty() {
        let columns = [
            ("前次缺失編號", 18, Align::Left),
            ("標題", 40, Align::Left),
            ("嚴重程度", 10, Align::Center),
            ("狀態", 10, Align::Left),
        ];
        blocks.push(Block::heading(3, "前次查核未結案之查核發現"));
        blocks.push(Block::Table(Table::new(&columns).with_rows(rows)));
    }
    blocks
}

fn earlier_finding(dossier: &Dossier, f: &FindingFigure) -> Vec<Cell> {
    vec![
        Cell::text(&f.number),
        Cell::text(&f.title),
        words::severity(&dossier.scale, f.severity),
        Cell::text(words::finding_status(f.status)),
    ]
}

/// The systems of the exam in one line.
pub fn systems(dossier: &Dossier) -> String {
    let names: Vec<_> = dossier.exam.systems.iter().map(|s| s.name.as_str()).collect();
    or_dash(&names.join("、")).to_owned()
}

/// 依據版本.
pub fn basis(dossier: &Dossier) -> Table {
    let columns = [
        ("代碼", 6, Align::Left),
        ("文件名稱", 34, Align::Left),
        ("發布單位", 18, Align::Left),
        ("版本", 26, Align::Left),
    ];
    let rows = dossier.documents.iter().map(|doc| {
        let title = match &doc.title_note {
            Some(note) => format!("{}\n（{note}）", doc.title),
            None => doc.title.clone(),
        };
        vec![Cell::text(&doc.code), Cell::text(title), Cell::text(&doc.issuer), Cell::text(&doc.edition)]
    });
    Table::new(&columns).with_rows(rows)
}

/// Items by document and applicability.
pub fn applicability(dossier: &Dossier) -> Table {
    let columns = [
        ("代碼", 8, Align::Left),
        ("項目數", 8, Align::Right),
        ("適用", 8, Align::Right),
        ("依較佳規範", 10, Align::Right),
        ("符合除外規定", 10, Align::Right),
        ("不適用", 8, Align::Right),
        ("適用性待確認", 12, Align::Right),
    ];
    let row = |name: &str, t: &Tally| {
        let counts = [t.items, t.applicable, t.substituted, t.waived, t.not_applicable, t.undetermined];
        std::iter::once(Cell::text(name)).chain(counts.map(Cell::Count)).collect()
    };
    Table::new(&columns).with_rows(with_total(dossier, row))
}

/// Items in scope by document and result.
pub fn results(dossier: &Dossier) -> Table {
    let mut columns = vec![("代碼", 8, Align::Left)];
    let titles = ["✓ 符合", "◐ 部分符合", "● 不符合", "△ 無法取得資料", "– 不適用", "○ 未查核"];
    columns.extend(titles.map(|title| (title, 8, Align::Right)));
    let row = |name: &str, t: &Tally| {
        std::iter::once(Cell::text(name)).chain(RESULTS.map(|r| Cell::Count(t.result(r)))).collect()
    };
    Table::new(&columns).with_rows(with_total(dossier, row))
}

fn with_total(dossier: &Dossier, row: impl Fn(&str, &Tally) -> Vec<Cell>) -> Vec<Vec<Cell>> {
    let mut rows: Vec<_> = by_document(dossier).iter().map(|(code, tally)| row(code, tally)).collect();
    rows.push(row("合計", &Tally::of(dossier.items.iter())));
    rows
}

/// What an incomplete examination must not be read as.
fn open_items(dossier: &Dossier) -> Option<Block> {
    let all = Tally::of(dossier.items.iter());
    let (open, unsure) = (all.result(ItemResult::NotExamined), all.undetermined);
    (open + unsure > 0).then(|| {
        Block::Note(format!(
            "查核結果係就不適用以外之項目統計。尚有未查核項目 {} 項、適用性待確認項目 {} 項；對該等項目，本報告不表示其符合規範。",
            grouped(open),
            grouped(unsure)
        ))
    })
}
