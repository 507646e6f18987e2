//! T-…: one paper a procedure: purpose, steps, population, parameters, results, conclusion; and its exceptions.

use super::separate::count_number;
use super::{FINDINGS, FINDINGS_SHEET, Head, clause_cell, list, received, reference, workbook};
use crate::build::tick::{self, Tick};
use crate::build::{citation, clause_text, evidence, ids, sample, test};
use crate::doc::{Align, Block, Body, Cell, Pair, Sheet, Table, Workbook, grouped};
use crate::{Dossier, TestPaper, words};

/// Name of the sheet with the exceptions.
pub const ROWS_SHEET: &str = "例外明細";
/// Name of the sheet with what it takes to run the test again.
pub const RECORD_SHEET: &str = "重新執行紀錄";
/// What the lines for a machine begin with.
pub const RECORD_LINE: &str = "機器可讀紀錄";
/// Characters of the record in one cell: a row shows it whole, so that none goes on in another.
const CHUNK: usize = 1_200;

/// The paper.
pub fn paper(dossier: &Dossier, paper: &TestPaper) -> Workbook {
    let procedure = &paper.procedure;
    let basis = ids(&procedure.clauses);
    let head = Head {
        paper: &procedure.id,
        item: &procedure.title,
        basis: &basis,
        as_of: paper.run.as_of,
        period: paper.run.period,
        prepared: (&paper.run.by, paper.run.at.date()),
    };
    let title = format!("{}　{}", procedure.id, procedure.title);
    let form = Sheet {
        name: "底稿".to_owned(),
        title: title.clone(),
        head: head.pairs(dossier),
        body: Body::Form(form(dossier, paper)),
    };
    let remark = format!(
        "例外係待查線索，處置為「確認」者始得作為缺失之依據。本表 {} 列，同一資料列觸及數項規則者分列。",
        grouped(paper.exceptions.len() as u64)
    );
    let rows = evidence::full_table(procedure, &paper.exceptions);
    let mut sheets = vec![form, list(dossier, &head, ROWS_SHEET, &title, (vec![remark, tick::line()], rows))];
    if !paper.record.is_empty() {
        let remarks = vec![
            "以本底稿及受查單位之原始檔案，可於任何一台電腦重新執行本測試，並逐列比對結果。".to_owned(),
            format!("末段「{RECORD_LINE}」供程式讀取，請勿更改。"),
        ];
        sheets.push(list(dossier, &head, RECORD_SHEET, &title, (remarks, record(dossier, paper))));
    }
    workbook(dossier, &procedure.id, &procedure.title, sheets)
}

/// What it takes to run the test again, for people and then for a machine.
fn record(dossier: &Dossier, paper: &TestPaper) -> Table {
    let (run, kept) = (&paper.run, &paper.run.record);
    let mut lines: Vec<(String, String)> = vec![
        ("案卷執行編號".to_owned(), fieldbook_model::number_text(run.id, 1)),
        ("程序雜湊值".to_owned(), run.procedure_sha256.clone()),
        ("執行引擎版本".to_owned(), kept.engine.to_string()),
        ("母體雜湊值".to_owned(), kept.population_sha256.clone()),
        ("例外列雜湊值".to_owned(), paper.rows_sha256.clone()),
        ("不適用之條次".to_owned(), super::super::or_dash(&ids(&kept.not_binding)).to_owned()),
    ];
    for sheet in &kept.sheets {
        let place = if sheet.sheet.is_empty() { String::new() } else { format!("－{}", sheet.sheet) };
        let dataset = dossier.dataset_zh(&sheet.dataset);
        let origin = sheet.origin.map(|o| format!("，清單來源 {}", o.as_str())).unwrap_or_default();
        let mapping: Vec<String> =
            sheet.mapping.iter().map(|m| format!("{}→{}", m.header, m.column)).collect();
        lines.push((
            format!("所讀資料 {}", sheet.id),
            format!(
                "{}{place}，標題列 {}，{} 列，{dataset}{origin}\nSHA-256 {}\n{}",
                sheet.file,
                sheet.header_row,
                grouped(sheet.rows),
                sheet.sha256,
                mapping.join("、")
            ),
        ));
    }
    let letters: Vec<char> = paper.record.chars().collect();
    for (at, chunk) in letters.chunks(CHUNK).enumerate() {
        lines.push((format!("{RECORD_LINE} {}", at + 1), chunk.iter().collect()));
    }
    let rows = lines.into_iter().map(|(name, text)| vec![Cell::text(name), Cell::text(text)]);
    Table::new(&[("項目", 20, Align::Left), ("內容", 110, Align::Left)]).with_rows(rows)
}

fn form(dossier: &Dossier, paper: &TestPaper) -> Vec<Block> {
    let (procedure, run) = (&paper.procedure, &paper.run);
    let mut blocks = vec![
        Block::heading(2, "一、查核目的"),
        Block::paragraph(&procedure.purpose),
        Block::heading(2, "二、查核依據"),
    ];
    for clause in &paper.criteria {
        blocks.push(Block::Quote { source: citation(dossier, clause), text: clause_text(clause) });
    }
    blocks.extend([
        Block::heading(2, "三、程序"),
        Block::Steps(procedure.steps.clone()),
        Block::heading(2, "四、參數"),
        Block::Table(test::parameters(paper)),
        Block::heading(2, "五、母體與抽樣"),
        Block::paragraph(format!("{}全數測試，未抽樣。", test::population(paper))),
        Block::Table(test::inputs(dossier, paper)),
    ]);
    blocks.extend(samples(dossier, paper));
    blocks.extend([
        Block::heading(2, "六、結果"),
        Block::Pairs(vec![
            Pair::new("結論", test::verdict(dossier, paper).printed()),
            Pair::new("查核符號", Tick::of_run(run.verdict).named()),
            Pair::new("母體筆數", Cell::count(run.population).printed()),
            Pair::new("例外筆數", figure(run.population, run.exceptions)),
            Pair::new("無法判斷", figure(run.population, run.unknown)),
            Pair::new("線索", figure(run.population, run.leads)),
            Pair::new("執行人／時間", format!("{}／{}", run.by, words::moment(run.at))),
            Pair::new(
                "執行次別",
                format!(
                    "第 {} 次（案卷執行編號 {}）",
                    paper.previous_runs + 1,
                    fieldbook_model::number_text(run.id, 1)
                ),
            ),
            Pair::new("程序雜湊值", &run.procedure_sha256),
        ]),
        Block::Table(test::rules(dossier, paper)),
        Block::heading(2, "七、結論"),
        Block::paragraph(test::conclusion(dossier, paper)),
        Block::heading(2, "八、注意事項"),
        Block::Steps(procedure.cautions.clone()),
        Block::heading(2, "九、交叉索引"),
        Block::Table(cross_index(dossier, paper)),
        Block::heading(2, "十、查核符號"),
        Block::Table(tick::legend()),
    ]);
    blocks
}

/// A figure, or a dash when nothing ran.
fn figure(population: Option<u64>, n: u64) -> String {
    Cell::count(population.map(|_| n)).printed()
}

/// The samples that were drawn from the population's data for what the test cannot judge.
fn samples(dossier: &Dossier, paper: &TestPaper) -> Vec<Block> {
    let dataset = &paper.procedure.population.dataset;
    let own: Vec<_> = dossier.samples.iter().filter(|s| &s.sample.dataset == dataset).collect();
    let columns = [
        ("抽樣底稿", 10, Align::Left),
        ("抽樣方法", 16, Align::Left),
        ("樣本數／母體數", 16, Align::Left),
        ("種子", 12, Align::Right),
        ("目的", 42, Align::Left),
    ];
    let rows = own.iter().map(|s| {
        let size = format!("{}／{}", grouped(s.sample.rows.len() as u64), grouped(s.sample.population));
        vec![
            reference(dossier, &s.number()),
            Cell::text(&s.method),
            Cell::text(size),
            Cell::Ordinal(s.sample.seed),
            Cell::text(super::super::or_dash(&s.sample.purpose)),
        ]
    });
    if own.is_empty() {
        return Vec::new();
    }
    let table = Table::new(&columns).with_rows(rows);
    vec![Block::paragraph("另自同一資料抽樣，供人工核對："), Block::Table(table)]
}

/// Where else to look: findings and their evidence, the checklist, the source of the data, samples, the count.
fn cross_index(dossier: &Dossier, paper: &TestPaper) -> Table {
    let procedure = &paper.procedure;
    let mut rows: Vec<[Cell; 3]> = Vec::new();
    let mut line = |kind: &str, to: Cell, name: &str| {
        let row = [Cell::text(kind), to, Cell::text(name)];
        if !rows.contains(&row) {
            rows.push(row);
        }
    };
    for (at, f) in dossier.findings.iter().enumerate() {
        let refers = f.paper_refs.contains(&procedure.id);
        if refers || f.rows.iter().any(|r| r.key.procedure == procedure.id) {
            let number = f.finding.number(&dossier.exam.case_no);
            line("缺失", Cell::to_row(number, FINDINGS, FINDINGS_SHEET, Some(at)), &f.finding.title);
            for e in &f.evidence {
                line("證據", reference(dossier, &e.number()), &e.name);
            }
        }
    }
    line("例外明細", Cell::to_row(ROWS_SHEET, &procedure.id, ROWS_SHEET, None), &procedure.title);
    for clause in &procedure.clauses {
        let label = paper.criteria.iter().find(|c| c.id == *clause).map_or("", |c| &c.label);
        line("查核項目", clause_cell(dossier, clause), label);
    }
    line("資料來源", Cell::to_paper(received::PAPER, received::PAPER), "資料收受清單");
    let of_data = |s: &&crate::SamplePaper| s.sample.dataset == procedure.population.dataset;
    for s in dossier.samples.iter().filter(of_data) {
        line("抽樣", reference(dossier, &s.number()), sample::TITLE);
    }
    if let Some(count) = dossier.count.as_ref().filter(|c| c.paper == procedure.id) {
        let number = count_number(count);
        line("盤點", Cell::to_paper(&number, &number), crate::build::count::TITLE);
    }
    let columns = [("類別", 14, Align::Left), ("編號", 26, Align::Left), ("名稱", 56, Align::Left)];
    Table::new(&columns).with_rows(rows.into_iter().map(Vec::from))
}
