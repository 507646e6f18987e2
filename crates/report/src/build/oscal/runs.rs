//! What the data said: an observation for each run, and one for each rule with its rows and what was decided of them.

use super::context::Context;
use super::resources::rows_link;
use super::value::{list, object, prop, prop_with, prose, stamp, title};
use crate::build::{evidence, missing_list};
use crate::doc::grouped;
use crate::{Dossier, TestPaper, codes, words};
use fieldbook_model::{DispositionKind, ExceptionRow, Moment};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Property with the numbers of a sheet's rows, as a spreadsheet shows them, parted by blanks.
pub const ROW_NUMBERS: &str = "row-numbers";

/// The rows of one rule.
pub struct Group<'a> {
    /// Procedure id.
    pub procedure: &'a str,
    /// Rule id.
    pub rule: &'a str,
    /// Rows, at least one.
    pub rows: Vec<&'a ExceptionRow>,
}

/// The rows of the runs and those that findings which stand rest on besides, by procedure and rule.
pub fn groups(dossier: &Dossier) -> Vec<Group<'_>> {
    let linked = super::findings::standing(dossier).flat_map(|f| &f.rows);
    let mut seen = BTreeSet::new();
    let mut out: BTreeMap<(&str, &str), Vec<&ExceptionRow>> = BTreeMap::new();
    for row in dossier.tests.iter().flat_map(|t| &t.exceptions).chain(linked) {
        if seen.insert(&row.key) {
            out.entry((&row.key.procedure, &row.key.rule)).or_default().push(row);
        }
    }
    out.into_iter().map(|((procedure, rule), rows)| Group { procedure, rule, rows }).collect()
}

/// The runs' observations.
pub fn of_runs(ctx: Context<'_>) -> Vec<Value> {
    ctx.dossier.tests.iter().map(|test| of_run(ctx, test)).collect()
}

fn of_run(ctx: Context<'_>, test: &TestPaper) -> Value {
    let (p, run) = (&test.procedure, &test.run);
    let files =
        run.inputs.iter().map(|sha256| json!({ "subject-uuid": ctx.file(sha256), "type": "resource" }));
    let mut props = vec![
        prop("procedure", &p.id),
        prop("run", run.id.to_string()),
        prop_with("verdict", codes::run_verdict(run.verdict), &missing_list(ctx.dossier, &run.missing)),
        prop("population", run.population.map(|n| n.to_string()).unwrap_or_default()),
        prop("completeness", codes::completeness(run.completeness)),
        prop("exceptions", run.exceptions.to_string()),
        prop("unknown", run.unknown.to_string()),
        prop("leads", run.leads.to_string()),
        prop("as-of", run.as_of.to_string()),
        prop("rows-sha256", &test.rows_sha256),
        prop("procedure-sha256", &run.procedure_sha256),
    ];
    props.extend(run.parameters.iter().map(|used| {
        let value = format!("{}={}", used.key, words::param(&used.value));
        prop_with("parameter", value, used.override_reason.as_deref().unwrap_or_default())
    }));
    let actors = json!([
        { "type": "tool", "actor-uuid": ctx.tool() },
        { "type": "party", "actor-uuid": ctx.person(&run.by) },
    ]);
    object([
        ("uuid", json!(ctx.run(run))),
        ("title", title(&format!("{}　{}", p.id, p.title))),
        ("description", json!(outcome(test))),
        ("props", list(props)),
        ("methods", json!(["TEST"])),
        ("types", json!(["control-objective"])),
        ("origins", json!([{ "actors": actors }])),
        ("subjects", list(files)),
        ("collected", stamp(run.at)),
    ])
}

/// `● 發現例外：啟用中之非客戶帳號 1,043 筆，例外 5 筆、無法判斷 2 筆、線索 0 筆。`
fn outcome(test: &TestPaper) -> String {
    let run = &test.run;
    let verdict = words::run_verdict(run.verdict).printed();
    let Some(population) = run.population else { return format!("{verdict}。") };
    format!(
        "{verdict}：{} {} 筆，例外 {} 筆、無法判斷 {} 筆、線索 {} 筆。{}。",
        test.procedure.population.zh,
        grouped(population),
        grouped(run.exceptions),
        grouped(run.unknown),
        grouped(run.leads),
        words::completeness(run.completeness),
    )
}

/// The observations of the rules' rows.
pub fn of_groups(ctx: Context<'_>) -> Vec<Value> {
    groups(ctx.dossier).iter().map(|group| of_group(ctx, group)).collect()
}

fn of_group(ctx: Context<'_>, group: &Group<'_>) -> Value {
    let test = ctx.dossier.test(group.procedure);
    let rule = test.map_or(group.rule, |t| evidence::rule_title(&t.procedure, group.rule));
    let confirmed = count(group, Some(DispositionKind::Confirmed));
    let by: BTreeSet<&str> =
        group.rows.iter().filter_map(|row| row.disposition.as_ref()).map(|done| done.by.as_str()).collect();
    let by: Vec<&str> = by.into_iter().chain(test.map(|t| t.run.by.as_str())).collect();
    let text = format!("{rule}：{} 列，其中確認 {} 列。", group.rows.len(), confirmed);
    object([
        ("uuid", json!(ctx.group(group.procedure, group.rule))),
        ("title", title(&format!("{}／{}　{rule}", group.procedure, group.rule))),
        ("description", prose(&text)),
        ("props", props(group)),
        ("methods", json!(["TEST"])),
        ("types", json!([if confirmed > 0 { "finding" } else { "control-objective" }])),
        ("origins", ctx.origins(&by)),
        ("relevant-evidence", rows(ctx, group)),
        ("collected", stamp(collected(ctx, group, test))),
    ])
}

/// How many rows were disposed of so.
fn count(group: &Group<'_>, kind: Option<DispositionKind>) -> usize {
    group.rows.iter().filter(|row| row.disposition.as_ref().map(|done| done.kind) == kind).count()
}

fn props(group: &Group<'_>) -> Value {
    const KINDS: [Option<DispositionKind>; 5] = [
        Some(DispositionKind::Confirmed),
        Some(DispositionKind::Explained),
        Some(DispositionKind::FalsePositive),
        Some(DispositionKind::Open),
        None,
    ];
    let mut props = vec![prop("procedure", group.procedure), prop("rule", group.rule)];
    props.extend(group.rows.first().map(|row| prop("verdict", codes::rule_verdict(row.verdict))));
    props.push(prop("rows", group.rows.len().to_string()));
    let named = |kind| codes::disposition(kind).replace('_', "-");
    props.extend(KINDS.map(|kind| prop(&named(kind), count(group, kind).to_string())));
    let clauses: BTreeSet<&str> = group.rows.iter().flat_map(|r| &r.clauses).map(|c| c.as_str()).collect();
    props.extend(clauses.into_iter().map(|clause| prop("clause", clause)));
    list(props)
}

/// When the run was, or the latest decision about a row of a run that was run again since.
fn collected(ctx: Context<'_>, group: &Group<'_>, test: Option<&TestPaper>) -> Moment {
    let decided = group.rows.iter().filter_map(|row| row.disposition.as_ref()).map(|done| done.at).max();
    test.map(|t| t.run.at).or(decided).unwrap_or(ctx.dossier.exam.created_at)
}

/// The rows by sheet and by what was decided, each with its number in the firm's file; no value of theirs.
fn rows(ctx: Context<'_>, group: &Group<'_>) -> Value {
    type Done<'k> = Option<(DispositionKind, &'k str, &'k str)>;
    let mut parts: BTreeMap<(&str, &str, bool, Done<'_>), Vec<&ExceptionRow>> = BTreeMap::new();
    for row in &group.rows {
        let done = row.disposition.as_ref().map(|d| (d.kind, d.note.as_str(), d.by.as_str()));
        let source = &row.key.source;
        // What nobody decided stands last.
        parts.entry((&source.file_sha256, &source.sheet, done.is_none(), done)).or_default().push(row);
    }
    list(parts.into_iter().filter_map(|((.., done), rows)| {
        let first = rows.first()?;
        let numbers: Vec<String> = rows.iter().map(|row| row.key.source.row.to_string()).collect();
        let word = words::disposition(done.map(|(kind, ..)| kind)).printed();
        let (note, by) = done.map_or(("", ""), |(_, note, by)| (note, by));
        let said = if note.trim().is_empty() { String::new() } else { format!("\n處置說明：{note}") };
        let props = list([
            prop("disposition", codes::disposition(done.map(|(kind, ..)| kind))),
            prop(ROW_NUMBERS, numbers.join(" ")),
            prop("by", by),
        ]);
        let text = format!("{} 列　{word}{said}", numbers.len());
        Some(rows_link(ctx, &first.key.source, &text, props))
    }))
}
