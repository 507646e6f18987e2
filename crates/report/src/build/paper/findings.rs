//! F-00: all findings in the authorities' own two columns 查核發現｜現行規範 with what became of them, what the firm
//! answered, the rows that each rests on, and where else to look.

use super::{EVIDENCE, EVIDENCE_SHEET, Head, ROWS_SHEET, clause_cell, list, reference, workbook};
use crate::build::{citation, clause_text, evidence, or_dash};
use crate::doc::{Align, Cell, Table, Workbook, grouped};
use crate::{Dossier, FindingPaper, words};
use fieldbook_model::{EarlierFinding, FollowUp, Reply, RocDate, evidence_number, number_text};

/// 底稿編號.
pub const PAPER: &str = "F-00";
const TITLE: &str = "缺失彙總表";
/// The sheet with one line a finding, in their order.
pub const SHEET: &str = "查核發現";
/// The sheet that leads from findings to where else to look.
const REFERENCES: &str = "交叉索引";
/// The sheet with replies and follow-up reviews.
pub const FOLLOW_UP_SHEET: &str = "改善追蹤";

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let head = Head::of(dossier, PAPER, TITLE, "各缺失所列現行規範");
    let sheet = |name: &str, table| list(dossier, &head, name, TITLE, (Vec::new(), table));
    let sheets = vec![
        sheet(SHEET, summary(dossier)),
        sheet(FOLLOW_UP_SHEET, follow_up(dossier)),
        sheet("佐證資料列", rows(dossier)),
        sheet(REFERENCES, references(dossier)),
    ];
    workbook(dossier, PAPER, TITLE, sheets)
}

fn summary(dossier: &Dossier) -> Table {
    let columns = [
        ("編號", 12, Align::Left),
        ("類型／類別", 11, Align::Left),
        ("標題", 14, Align::Left),
        ("查核發現", 40, Align::Left),
        ("現行規範", 40, Align::Left),
        ("嚴重程度", 9, Align::Left),
        ("原因", 16, Align::Left),
        ("風險影響", 17, Align::Left),
        ("改善建議", 19, Align::Left),
        ("例外／母體", 10, Align::Right),
        ("底稿", 10, Align::Left),
        ("回覆／預計完成日", 12, Align::Left),
        ("追蹤結果", 12, Align::Left),
        ("狀態／人員", 10, Align::Left),
    ];
    Table::new(&columns).with_rows(dossier.findings.iter().enumerate().map(|(at, f)| line(dossier, at, f)))
}

fn line(dossier: &Dossier, at: usize, paper: &FindingPaper) -> Vec<Cell> {
    let f = &paper.finding;
    let reply = paper.reply.as_ref().map_or("–".to_owned(), |reply| {
        let due = reply.due.map_or("未定期限".to_owned(), |d| RocDate(d).dotted());
        format!("{}\n{due}", words::agreement(reply.agreement))
    });
    let followed = paper.follow_ups.last().map_or(Cell::text("–"), |last| words::follow_up(last.result));
    vec![
        Cell::to_row(f.number(&dossier.exam.case_no), PAPER, REFERENCES, first_reference(dossier, at)),
        Cell::text(format!("{}\n{}", words::finding_type(f.kind), f.category)),
        Cell::text(title(paper)),
        Cell::text(&f.condition),
        Cell::text(criteria(dossier, paper)),
        words::severity(&dossier.scale, f.severity),
        Cell::text(or_dash(&f.cause)),
        Cell::text(or_dash(&f.effect)),
        Cell::text(or_dash(&f.recommendation)),
        Cell::text(counts(paper)),
        match paper.paper_refs.as_slice() {
            [only] => reference(dossier, only),
            several => Cell::text(several.join("\n")),
        },
        Cell::text(reply),
        followed,
        Cell::text(format!("{}\n{}", words::finding_status(f.status), f.by)),
    ]
}

/// The title, and below it the findings that it repeats.
fn title(paper: &FindingPaper) -> String {
    let f = &paper.finding;
    let told = |e: &EarlierFinding| format!("重複缺失：{} {}", e.number, e.title);
    let mut lines = vec![f.title.clone()];
    lines.extend(f.repeat_of.as_ref().filter(|e| !paper.chain.contains(e)).map(told));
    lines.extend(paper.chain.iter().map(told));
    lines.join("\n")
}

fn counts(paper: &FindingPaper) -> String {
    let figure = |(some, all): (u64, u64)| format!("{}／\n{}", grouped(some), grouped(all));
    let mut text = paper.finding.counts.map_or("–".to_owned(), figure);
    if let Some(now) = paper.changed {
        text.push_str(&format!("\n重新執行後：\n{}", figure(now)));
    }
    text
}

fn criteria(dossier: &Dossier, paper: &FindingPaper) -> String {
    let quoted = |clause| format!("{}\n{}", citation(dossier, clause), clause_text(clause));
    paper.criteria.iter().map(quoted).collect::<Vec<_>>().join("\n\n")
}

/// Replies, and one line for each review of what the firm did.
fn follow_up(dossier: &Dossier) -> Table {
    let columns = [
        ("缺失編號", 17, Align::Left),
        ("標題", 16, Align::Left),
        ("是否同意", 9, Align::Left),
        ("回覆意見", 24, Align::Left),
        ("原因分析", 20, Align::Left),
        ("影響評估", 16, Align::Left),
        ("違失人員責任", 14, Align::Left),
        ("改善措施", 24, Align::Left),
        ("負責人", 10, Align::Left),
        ("預計完成日", 11, Align::Left),
        ("簽署人／日期", 12, Align::Left),
        ("覆查日期", 11, Align::Left),
        ("覆查人員", 10, Align::Left),
        ("追蹤結果", 12, Align::Left),
        ("覆查說明", 26, Align::Left),
        ("覆查證據", 10, Align::Left),
    ];
    let rows = dossier.findings.iter().enumerate().flat_map(|(at, paper)| {
        let number = paper.finding.number(&dossier.exam.case_no);
        let own = [Cell::to_row(number, PAPER, SHEET, Some(at)), Cell::text(&paper.finding.title)];
        let mut reviews: Vec<Vec<Cell>> = paper.follow_ups.iter().map(|u| review(dossier, u)).collect();
        if reviews.is_empty() && paper.reply.is_some() {
            reviews.push(vec![Cell::text("–"); 5]);
        }
        let reply = replied(paper.reply.as_ref());
        reviews.into_iter().map(move |r| own.iter().chain(&reply).cloned().chain(r).collect())
    });
    Table::new(&columns).with_rows(rows)
}

fn replied(reply: Option<&Reply>) -> Vec<Cell> {
    let Some(r) = reply else { return vec![Cell::text("–"); 9] };
    let day = |d: Option<jiff::civil::Date>| d.map_or("–".to_owned(), |d| RocDate(d).dotted());
    let mut cells = vec![Cell::text(words::agreement(r.agreement))];
    let texts = [&r.text, &r.cause, &r.impact, &r.liability, &r.measure, &r.owner];
    cells.extend(texts.map(|text| Cell::text(or_dash(text))));
    cells.push(Cell::text(day(r.due)));
    cells.push(Cell::text(format!("{}\n{}", or_dash(&r.signer), day(r.signed_on))));
    cells
}

fn review(dossier: &Dossier, u: &FollowUp) -> Vec<Cell> {
    let numbers: Vec<String> = u.evidence.iter().map(|id| evidence_number(*id)).collect();
    let at = u.evidence.first().and_then(|id| dossier.evidence.iter().position(|e| e.id == *id));
    let evidence = match at {
        Some(at) => Cell::to_row(numbers.join("、"), EVIDENCE, EVIDENCE_SHEET, Some(at)),
        None => Cell::text(or_dash(&numbers.join("、"))),
    };
    let tested =
        u.run.map_or_else(String::new, |run| format!("\n（重新測試，案卷執行編號 {}）", number_text(run, 1)));
    vec![
        Cell::text(RocDate(u.on).dotted()),
        Cell::text(&u.reviewer),
        words::follow_up(u.result),
        Cell::text(format!("{}{tested}", u.note)),
        evidence,
    ]
}

fn rows(dossier: &Dossier) -> Table {
    let columns = [
        ("缺失編號", 17, Align::Left),
        ("底稿", 12, Align::Left),
        ("規則", 28, Align::Left),
        ("來源檔案", 28, Align::Left),
        ("工作表", 16, Align::Left),
        ("列", 8, Align::Right),
        ("檔案 SHA-256", 36, Align::Left),
        ("處置", 12, Align::Center),
        ("處置說明", 34, Align::Left),
    ];
    let lines = dossier.findings.iter().flat_map(|paper| {
        let number = paper.finding.number(&dossier.exam.case_no);
        paper.rows.iter().map(move |row| {
            let rule = dossier
                .test(&row.key.procedure)
                .map_or(row.key.rule.as_str(), |t| evidence::rule_title(&t.procedure, &row.key.rule));
            let done = row.disposition.as_ref();
            vec![
                Cell::text(&number),
                Cell::text(&row.key.procedure),
                Cell::text(rule),
                Cell::text(&row.key.source.file),
                Cell::text(&row.key.source.sheet),
                Cell::Ordinal(u64::from(row.key.source.row)),
                Cell::text(&row.key.source.file_sha256),
                words::disposition(done.map(|d| d.kind)),
                Cell::text(done.map_or("", |d| &d.note)),
            ]
        })
    });
    Table::new(&columns).with_rows(lines)
}

/// What a finding refers to: kind, where it leads, what it is.
fn referred(dossier: &Dossier, paper: &FindingPaper) -> Vec<[Cell; 3]> {
    let mut out = Vec::new();
    for number in &paper.paper_refs {
        let test = dossier.test(number);
        let name = test.map_or("–", |t| &t.procedure.title);
        out.push([Cell::text("底稿"), reference(dossier, number), Cell::text(name)]);
        if test.is_some() {
            let link = Cell::to_row(format!("{number} {ROWS_SHEET}"), number, ROWS_SHEET, None);
            out.push([Cell::text("例外"), link, Cell::text(name)]);
        }
    }
    for e in &paper.evidence {
        out.push([Cell::text("證據"), reference(dossier, &e.number()), Cell::text(&e.name)]);
    }
    for clause in &paper.criteria {
        out.push([Cell::text("條次"), clause_cell(dossier, &clause.id), Cell::text(&clause.label)]);
    }
    for object in &paper.finding.objects {
        out.push([Cell::text("涉及系統／帳號"), Cell::text("–"), Cell::text(object)]);
    }
    out
}

/// Row of the references at which those of a finding begin; `None` where it has none.
fn first_reference(dossier: &Dossier, at: usize) -> Option<usize> {
    let own = dossier.findings.get(at).filter(|paper| !referred(dossier, paper).is_empty())?;
    let before = dossier.findings.iter().take_while(|paper| paper.finding.no != own.finding.no);
    Some(before.map(|paper| referred(dossier, paper).len()).sum())
}

fn references(dossier: &Dossier) -> Table {
    let columns = [
        ("缺失編號", 18, Align::Left),
        ("類別", 16, Align::Left),
        ("編號", 24, Align::Left),
        ("名稱", 70, Align::Left),
    ];
    let rows = dossier.findings.iter().enumerate().flat_map(|(at, paper)| {
        let number = paper.finding.number(&dossier.exam.case_no);
        let finding = Cell::to_row(number, PAPER, SHEET, Some(at));
        referred(dossier, paper)
            .into_iter()
            .map(move |cells| std::iter::once(finding.clone()).chain(cells).collect::<Vec<_>>())
    });
    Table::new(&columns).with_rows(rows)
}
