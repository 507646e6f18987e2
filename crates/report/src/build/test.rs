//! A procedure's run in words: population, parameters, rules and the conclusion. A run that could not tell never
//! reads like one that found nothing.

use super::{ids, missing_list};
use crate::doc::{Align, Cell, Table, grouped};
use crate::{Dossier, TestPaper, words};
use fieldbook_model::{Completeness, DispositionKind, RunVerdict};

/// Verdict as mark and words; what could not run names what it lacks.
pub fn verdict(dossier: &Dossier, test: &TestPaper) -> Cell {
    let cell = words::run_verdict(test.run.verdict);
    match cell {
        Cell::Mark(text, tone)
            if test.run.verdict == RunVerdict::NotRunnable && !test.run.missing.is_empty() =>
        {
            Cell::Mark(format!("{text}（缺 {}）", missing_list(dossier, &test.run.missing)), tone)
        }
        cell => cell,
    }
}

/// What the population is, how large, and whether it is whole.
pub fn population(test: &TestPaper) -> String {
    let size = test.run.population.map_or("未能計數".to_owned(), |n| format!("{} 筆", grouped(n)));
    format!("{}：{size}。{}。", test.procedure.population.zh, words::completeness(test.run.completeness))
}

/// Parameters as used, with unit, default, source and the reason for a change.
pub fn parameters(test: &TestPaper) -> Table {
    let columns = [
        ("參數", 24, Align::Left),
        ("採用值", 14, Align::Left),
        ("單位", 8, Align::Left),
        ("預設值", 14, Align::Left),
        ("依據條次", 16, Align::Left),
        ("變更理由", 24, Align::Left),
    ];
    let rows = test.run.parameters.iter().map(|used| {
        let known = test.procedure.parameters.iter().find(|p| p.key == used.key);
        let source = known.and_then(|p| p.clause.as_ref()).map_or("本工具建議值", |c| c.as_str());
        vec![
            Cell::text(known.map_or(used.key.as_str(), |p| &p.zh)),
            Cell::text(words::param(&used.value)),
            Cell::text(known.map_or("", |p| &p.unit)),
            Cell::text(known.map_or_else(String::new, |p| words::param(&p.value))),
            Cell::text(source),
            Cell::text(used.override_reason.as_deref().unwrap_or("–")),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// What each rule found, or why it could not run.
pub fn rules(dossier: &Dossier, test: &TestPaper) -> Table {
    let columns = [
        ("規則", 6, Align::Center),
        ("異常態樣", 36, Align::Left),
        ("性質", 10, Align::Center),
        ("判定", 12, Align::Center),
        ("條次", 20, Align::Left),
        ("筆數", 8, Align::Right),
        ("備註", 20, Align::Left),
    ];
    let rows = test.procedure.rules.iter().map(|rule| {
        let outcome = test.run.rules.iter().find(|o| o.rule == rule.id);
        let rows = outcome.and_then(|o| o.rows);
        let remark = match outcome {
            Some(o) if o.rows.is_none() => format!("無法執行（缺 {}）", missing_list(dossier, &o.missing)),
            Some(_) => "–".to_owned(),
            None => "未執行".to_owned(),
        };
        vec![
            Cell::text(&rule.id),
            Cell::text(&rule.title),
            Cell::text(words::strength(rule.strength)),
            words::rule_verdict(rule.verdict),
            Cell::text(ids(&rule.clauses)),
            Cell::count(rows),
            Cell::text(remark),
        ]
    });
    Table::new(&columns).with_rows(rows)
}

/// The files that the run read.
pub fn inputs(dossier: &Dossier, test: &TestPaper) -> Table {
    let rows = test.run.inputs.iter().map(|sha256| {
        let file = dossier.files.iter().flat_map(|b| &b.files).find(|f| &f.sha256 == sha256);
        let name = file.map_or("（未列於資料收受清單）", |f| &f.file);
        vec![Cell::text(name), Cell::text(sha256)]
    });
    Table::new(&[("使用檔案", 30, Align::Left), ("SHA-256", 66, Align::Left)]).with_rows(rows)
}

/// The conclusion, in full sentences.
pub fn conclusion(dossier: &Dossier, test: &TestPaper) -> String {
    let run = &test.run;
    let size = run.population.map_or("未能計數".to_owned(), |n| format!("{} 筆", grouped(n)));
    let population = format!("母體「{}」{size}", test.procedure.population.zh);
    let mut text = match run.verdict {
        RunVerdict::Exceptions => format!(
            "發現例外。{population}，例外 {} 筆（同一資料列觸及數項規則者計一次）。例外係待查線索，經查核人員處置為「確認」者，\
             始得作為缺失之依據。{}",
            grouped(run.exceptions),
            dispositions(test)
        ),
        RunVerdict::Pass => format!(
            "未發現例外。已就{population}執行全部規則；本結果僅及於所列母體、參數與規則，不及於未提供之資料。"
        ),
        RunVerdict::Unknown => {
            format!("資料不足以判斷，不得視為未發現例外。{population}。{}", unknown_why(dossier, test))
        }
        RunVerdict::NotApplicable => "不適用。依受查單位概況，本程序不適用於受查單位，未執行。".to_owned(),
        RunVerdict::NotRunnable => format!(
            "無法執行（缺 {}），未取得任何結果，不得視為未發現例外。應洽受查單位補提資料後重新執行。",
            missing_list(dossier, &run.missing)
        ),
    };
    match run.completeness {
        Completeness::NotStated if run.population.is_some() => {
            text.push_str("受查單位未提供母體筆數，母體完整性未經確認。");
        }
        Completeness::Incomplete if run.verdict == RunVerdict::Exceptions => {
            text.push_str("所得母體與受查單位所述筆數不符，例外可能不止於此。");
        }
        _ => {}
    }
    if run.unknown > 0 {
        text.push_str(&format!("另有 {} 筆因資料不足無法判斷。", grouped(run.unknown)));
    }
    if run.leads > 0 {
        text.push_str(&format!("另列線索 {} 筆，供進一步查核。", grouped(run.leads)));
    }
    text
}

/// Why the data cannot tell.
fn unknown_why(dossier: &Dossier, test: &TestPaper) -> String {
    let mut why = Vec::new();
    if test.run.population == Some(0) {
        why.push("母體為零筆".to_owned());
    }
    if test.run.completeness == Completeness::Incomplete {
        why.push("母體筆數與受查單位所述不符".to_owned());
    }
    for rule in test.run.rules.iter().filter(|r| r.rows.is_none()) {
        why.push(format!("規則 {} 無法執行（缺 {}）", rule.rule, missing_list(dossier, &rule.missing)));
    }
    if why.is_empty() { String::new() } else { format!("原因：{}。", why.join("；")) }
}

/// How many rows have been disposed of, and how.
fn dispositions(test: &TestPaper) -> String {
    let count = |kind: Option<DispositionKind>| {
        test.exceptions.iter().filter(|row| row.disposition.as_ref().map(|d| d.kind) == kind).count() as u64
    };
    format!(
        "處置情形（依規則列示 {} 列）：確認 {}、合理說明 {}、誤判 {}、待釐清 {}、未處置 {}。",
        grouped(test.exceptions.len() as u64),
        grouped(count(Some(DispositionKind::Confirmed))),
        grouped(count(Some(DispositionKind::Explained))),
        grouped(count(Some(DispositionKind::FalsePositive))),
        grouped(count(Some(DispositionKind::Open))),
        grouped(count(None))
    )
}
