//! `fieldbook hq`: the exams of many firms compared.

use crate::args::{Chosen, Headquarters};
use crate::export::exported;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::headquarters;
use fieldbook_app::wire::{
    ClauseFiguresView, FirmFiguresView, HeadquartersBookRequest, HeadquartersRequest,
    HeadquartersTablesRequest, HeadquartersView, OverdueView, RepeatedView, ShareView, YearFiguresView,
};
use serde_json::json;
use std::path::Path;

/// Runs a call.
pub fn run(machine: Machine, call: &Headquarters) -> Result<Done, Failure> {
    match call {
        Headquarters::Show(chosen) => show(machine, chosen),
        Headquarters::Xlsx { out, chosen } => {
            let request = HeadquartersBookRequest { chosen: request(chosen), path: text(out) };
            Ok(exported(&headquarters::book(&machine.unlocked()?, &request)?))
        }
        Headquarters::Parquet { dir, pseudonyms, chosen } => {
            let (chosen, path) = (request(chosen), text(dir));
            let request = HeadquartersTablesRequest { chosen, path, pseudonyms: *pseudonyms };
            Ok(exported(&headquarters::tables(&machine.unlocked()?, &request)?))
        }
        Headquarters::Renew => {
            let done = headquarters::renew(&mut machine.unlocked()?)?;
            let told = format!("已彙整 {} 案，無法開啟 {} 案。", done.renewed, done.failed);
            Ok(Done::new(json!(done)).line(told).code(if done.failed == 0 { 0 } else { 3 }))
        }
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn request(chosen: &Chosen) -> HeadquartersRequest {
    HeadquartersRequest {
        from_year: chosen.from_year,
        to_year: chosen.to_year,
        firm: chosen.firm.clone(),
        document: chosen.document.clone(),
        chapter: chosen.chapter.clone(),
        severity: chosen.severity.map(Into::into),
        status: chosen.status.map(Into::into),
        as_of: chosen.as_of.clone(),
    }
}

fn show(machine: Machine, chosen: &Chosen) -> Result<Done, Failure> {
    let view = headquarters::headquarters(&machine.unlocked()?, &request(chosen))?;
    let t = &view.totals;
    let sums = format!(
        "查核案 {}（未彙整 {}）　受查單位 {}　符合率 {}　發現 {}（未定稿 {}，不計）　未結案 {}　逾期 {}　重複 {}",
        t.exams,
        t.unknown_exams,
        t.firms,
        share(t.results.compliant),
        t.findings,
        t.drafts,
        t.open,
        t.overdue,
        t.repeats
    );
    let cut = |name: &str, shown: usize, all: u32| match shown < all as usize {
        true => format!("{name}（前 {shown} 列，共 {all} 列）"),
        false => name.to_owned(),
    };
    Ok(Done::new(json!(view))
        .line(sums)
        .lines(titled("年度趨勢", &years(&view)))
        .lines(titled("受查單位比較（最近一案之結果；各案之發現）", &firms(&view)))
        .lines(titled(&cut("常見缺失條文", view.clauses.len(), view.clauses_all), &clauses(&view)))
        .lines(titled(&cut("重複缺失", view.repeats.len(), view.repeats_all), &repeats(&view)))
        .lines(titled(&cut("逾期改善措施", view.overdue.len(), view.overdue_all), &overdue(&view))))
}

/// `80.0%（120／150）`; of nothing a dash.
fn share(share: ShareView) -> String {
    match share.of {
        0 => "–".to_owned(),
        of => format!("{:.1}%（{}／{of}）", f64::from(share.n) * 100.0 / f64::from(of), share.n),
    }
}

fn roc(year: i16) -> String {
    (year - 1911).to_string()
}

/// `2020-12-31` as `109.12.31`.
fn day(iso: &str) -> String {
    match iso.split_once('-').map(|(year, rest)| (year.parse::<i16>(), rest)) {
        Some((Ok(year), rest)) => format!("{}.{}", roc(year), rest.replace('-', ".")),
        _ => iso.to_owned(),
    }
}

fn numbers(all: &[u32]) -> Vec<String> {
    all.iter().map(u32::to_string).collect()
}

/// Rows of texts, the heads first.
type Rows = Vec<Vec<String>>;

fn heads(texts: &[&str]) -> Rows {
    vec![texts.iter().map(|t| (*t).to_owned()).collect()]
}

fn years(view: &HeadquartersView) -> Rows {
    let row = |y: &YearFiguresView| {
        let mut row = vec![roc(y.year), y.exams.to_string(), y.firms.to_string(), share(y.results.compliant)];
        row.extend(numbers(&y.by_severity));
        row.extend([share(y.closed), y.overdue.to_string(), y.repeats.to_string()]);
        row
    };
    let mut out =
        heads(&["年度", "查核案", "受查單位", "符合率", "重大", "高", "中", "低", "結案率", "逾期", "重複"]);
    out.extend(view.years.iter().map(row));
    out
}

fn firms(view: &HeadquartersView) -> Rows {
    let row = |f: &FirmFiguresView| {
        let known = f.results.as_ref();
        let mut row = vec![f.firm.clone(), f.kind.clone(), day(&f.last_as_of), f.exams.to_string()];
        row.push(known.map_or("未彙整".to_owned(), |r| format!("{}／{}", r.examined, r.items)));
        row.push(known.map_or("未彙整".to_owned(), |r| share(r.compliant)));
        row.extend(numbers(&f.by_severity));
        row.extend(numbers(&[f.open, f.overdue, f.repeats]));
        row
    };
    let mut out = heads(&[
        "受查單位",
        "業別",
        "最近一案",
        "查核案",
        "已查核",
        "符合率",
        "重大",
        "高",
        "中",
        "低",
        "未結案",
        "逾期",
        "重複",
    ]);
    out.extend(view.firms.iter().map(row));
    out
}

fn clauses(view: &HeadquartersView) -> Rows {
    let row = |c: &ClauseFiguresView| {
        let mut row = vec![roc(c.year), c.clause.clone(), c.label.clone()];
        row.extend(numbers(&[c.firms, c.exams, c.findings]));
        row.push(share(c.failed));
        row
    };
    let mut out = heads(&["年度", "條文", "條次", "受查單位", "查核案", "發現", "未完全符合"]);
    out.extend(view.clauses.iter().map(row));
    out
}

fn repeats(view: &HeadquartersView) -> Rows {
    let row = |r: &RepeatedView| {
        let chain: Vec<&str> = r.chain.iter().map(|e| e.number.as_str()).collect();
        let title = r.chain.first().map(|e| e.title.clone()).unwrap_or_default();
        vec![r.firm.clone(), r.chain.len().to_string(), title, chain.join(" ← ")]
    };
    let mut out = heads(&["受查單位", "次數", "標題", "各次發現"]);
    out.extend(view.repeats.iter().map(row));
    out
}

fn overdue(view: &HeadquartersView) -> Rows {
    let row = |o: &OverdueView| {
        vec![
            o.days.to_string(),
            day(&o.due),
            o.firm.clone(),
            o.number.clone(),
            o.title.clone(),
            o.owner.clone(),
        ]
    };
    let mut out = heads(&["逾期日數", "預計完成日", "受查單位", "缺失編號", "標題", "負責人"]);
    out.extend(view.overdue.iter().map(row));
    out
}

/// A table under its title, columns in line; one without rows says so.
fn titled(title: &str, rows: &[Vec<String>]) -> Vec<String> {
    let mut out = vec![String::new(), title.to_owned()];
    if rows.len() < 2 {
        out.push("（無）".to_owned());
        return out;
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width_of = |at: usize| rows.iter().filter_map(|r| r.get(at)).map(|t| width(t)).max();
    let widths: Vec<usize> = (0..columns).map(|at| width_of(at).unwrap_or_default()).collect();
    out.extend(rows.iter().map(|row| {
        let cells = row.iter().zip(&widths).map(|(text, w)| format!("{text}{}", " ".repeat(w - width(text))));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }));
    out
}

/// Columns of a terminal: Han and full-width signs take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if c < '\u{1100}' || ('\u{2010}'..'\u{2e80}').contains(&c) { 1 } else { 2 }).sum()
}
