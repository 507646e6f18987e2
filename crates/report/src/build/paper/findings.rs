//! F-01: all findings in the authorities' own two columns 查核發現｜現行規範, and the rows that each rests on.

use super::{Head, workbook};
use crate::build::{citation, clause_text, evidence, or_dash};
use crate::doc::{Align, Body, Cell, Sheet, Table, Workbook, grouped};
use crate::{Dossier, FindingPaper, words};

const PAPER: &str = "F-01";
const TITLE: &str = "缺失彙總表";

/// The paper.
pub fn paper(dossier: &Dossier) -> Workbook {
    let head = Head::of(dossier, PAPER, TITLE, "各缺失所列現行規範");
    let sheet = |name: &str, table| Sheet {
        name: name.to_owned(),
        title: format!("缺失彙總表　{name}"),
        head: head.pairs(dossier),
        body: Body::list(Vec::new(), table),
    };
    let sheets = vec![sheet("查核發現", summary(dossier)), sheet("佐證資料列", rows(dossier))];
    workbook(dossier, PAPER, TITLE, sheets)
}

fn summary(dossier: &Dossier) -> Table {
    let columns = [
        ("編號", 12, Align::Left),
        ("類型", 9, Align::Left),
        ("標題", 13, Align::Left),
        ("查核發現", 36, Align::Left),
        ("現行規範", 36, Align::Left),
        ("嚴重程度", 9, Align::Left),
        ("類別", 10, Align::Left),
        ("原因", 15, Align::Left),
        ("風險影響", 17, Align::Left),
        ("改善建議", 19, Align::Left),
        ("例外／母體", 9, Align::Right),
        ("底稿", 10, Align::Left),
        ("狀態／人員", 9, Align::Left),
    ];
    let rows = dossier.findings.iter().map(|paper| {
        let f = &paper.finding;
        let counts =
            f.counts.map_or("–".to_owned(), |(some, all)| format!("{}／\n{}", grouped(some), grouped(all)));
        vec![
            Cell::text(f.number(&dossier.exam.case_no)),
            Cell::text(words::finding_type(f.kind)),
            Cell::text(&f.title),
            Cell::text(&f.condition),
            Cell::text(criteria(dossier, paper)),
            words::severity(&dossier.scale, f.severity),
            Cell::text(&f.category),
            Cell::text(or_dash(&f.cause)),
            Cell::text(&f.effect),
            Cell::text(&f.recommendation),
            Cell::text(counts),
            Cell::text(paper.paper_refs.join("\n")),
            Cell::text(format!("{}\n{}", words::finding_status(f.status), f.by)),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

fn criteria(dossier: &Dossier, paper: &FindingPaper) -> String {
    let quoted = |clause| format!("{}\n{}", citation(dossier, clause), clause_text(clause));
    paper.criteria.iter().map(quoted).collect::<Vec<_>>().join("\n\n")
}

fn rows(dossier: &Dossier) -> Table {
    let columns = [
        ("缺失編號", 16, Align::Left),
        ("底稿", 12, Align::Left),
        ("規則", 28, Align::Left),
        ("來源檔案", 28, Align::Left),
        ("工作表", 16, Align::Left),
        ("列", 8, Align::Right),
        ("檔案 SHA-256", 34, Align::Left),
        ("處置", 12, Align::Center),
        ("處置說明", 34, Align::Left),
    ];
    let lines = dossier.findings.iter().flat_map(|paper| {
        paper.rows.iter().map(|row| {
            let rule = dossier
                .test(&row.key.procedure)
                .map_or(row.key.rule.as_str(), |t| evidence::rule_title(&t.procedure, &row.key.rule));
            let done = row.disposition.as_ref();
            vec![
                Cell::text(paper.finding.number(&dossier.exam.case_no)),
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
