//! Whether objectives are met: a finding for each item that was answered, and the examiners' own.

use super::context::Context;
use super::controls::{of_exam, result};
use super::ids;
use super::resources::piece_links;
use super::value::{list, object, prop, prop_with, prose, references, title};
use crate::build::{cells, tally};
use crate::{Dossier, FindingPaper, ItemLine, codes, words};
use fieldbook_model::{Answer, ClauseId, FindingStatus, FindingType, ItemResult};
use serde_json::{Value, json};

/// The findings that were not withdrawn.
pub fn standing(dossier: &Dossier) -> impl Iterator<Item = &FindingPaper> {
    dossier.findings.iter().filter(|paper| paper.finding.status != FindingStatus::Withdrawn)
}

/// The findings about items, in their order.
pub fn of_items(ctx: Context<'_>) -> Vec<Value> {
    ctx.dossier.items.iter().filter_map(|item| of_item(ctx, item)).collect()
}

/// An item with answers; of one that nobody answered nothing is claimed.
fn of_item(ctx: Context<'_>, item: &ItemLine) -> Option<Value> {
    let answers: Vec<&Answer> = item.answers.iter().filter(|a| a.result != ItemResult::NotExamined).collect();
    if answers.is_empty() {
        return None;
    }
    let clause = &item.clause;
    let rolled = tally::rolled_up(item);
    let lines = answers.iter().map(|a| {
        let name = cells::name(clause, &a.key.unit);
        format!("{name}　{}：{}", or_firm(&a.key.system), words::result(a.result).printed())
    });
    let tests = ctx.dossier.tests.iter().filter(|t| t.procedure.clauses.contains(&clause.id));
    let seen = answers.iter().map(|a| ctx.answer(a)).chain(tests.map(|t| ctx.run(&t.run)));
    let cited = risky(ctx.dossier).filter(|f| f.finding.clauses.contains(&clause.id));
    let by: Vec<&str> = answers.iter().map(|a| a.by.as_str()).collect();
    Some(object([
        ("uuid", json!(ctx.item(&clause.id))),
        ("title", title(&format!("{}　{}", clause.id, clause.label))),
        ("description", prose(&lines.collect::<Vec<_>>().join("\n"))),
        (
            "props",
            list([
                prop("result", codes::result(result(item))),
                prop_with(
                    "applicability",
                    codes::applicability(item.decision.applicability),
                    &cells::reasons(item),
                ),
            ]),
        ),
        ("origins", ctx.origins(&by)),
        ("target", target(&ids::objective(&clause.id, ""), &clause.label, state(rolled), word(rolled))),
        ("related-observations", references("observation-uuid", seen)),
        ("related-risks", references("risk-uuid", cited.map(|f| ctx.risk(f.finding.no)))),
    ]))
}

fn or_firm(system: &str) -> &str {
    if system.is_empty() { "公司整體" } else { system }
}

/// OSCAL knows two states. What is neither met nor failed has the reason `other`, and a property says what it is.
fn state(result: ItemResult) -> (&'static str, &'static str) {
    match result {
        ItemResult::Compliant => ("satisfied", "pass"),
        ItemResult::Partial | ItemResult::Noncompliant => ("not-satisfied", "fail"),
        // A duty that does not bind is not violated.
        ItemResult::NotApplicable => ("satisfied", "other"),
        ItemResult::NoData | ItemResult::NotExamined => ("not-satisfied", "other"),
    }
}

fn word(result: ItemResult) -> String {
    match result {
        ItemResult::NotExamined => "尚未查核完畢".to_owned(),
        result => words::result(result).printed(),
    }
}

fn target(objective: &str, name: &str, (state, reason): (&str, &str), remarks: String) -> Value {
    json!({
        "type": "objective-id",
        "target-id": objective,
        "title": title(name),
        "status": { "state": state, "reason": reason, "remarks": prose(&remarks) },
    })
}

/// The examiners' findings that stand, by number.
pub fn of_examiners(ctx: Context<'_>) -> Vec<Value> {
    standing(ctx.dossier).map(|paper| of_examiner(ctx, paper)).collect()
}

/// One of the examiners' findings. Its target is the first of its clauses; all of them are properties.
fn of_examiner(ctx: Context<'_>, paper: &FindingPaper) -> Value {
    let f = &paper.finding;
    let number = f.number(&ctx.dossier.exam.case_no);
    let met = match f.kind {
        FindingType::Deficiency => ("not-satisfied", "fail"),
        FindingType::Recommendation | FindingType::Observation => ("not-satisfied", "other"),
        FindingType::GoodPractice => ("satisfied", "pass"),
    };
    let objective = f.clauses.first().map_or_else(of_exam, |clause| ids::objective(clause, ""));
    let label = label(paper).unwrap_or("未引用條文之查核發現");
    let risk = is_risk(paper).then(|| ctx.risk(f.no));
    object([
        ("uuid", json!(ctx.finding(f.no))),
        ("title", title(&format!("{number}　{}", f.title))),
        ("description", prose(&f.condition)),
        ("props", props(ctx, paper)),
        ("links", piece_links(ctx, &pieces(paper))),
        ("origins", ctx.origins(&[&f.by])),
        ("target", target(&objective, label, met, words::finding_type(f.kind).to_owned())),
        ("related-observations", references("observation-uuid", seen(ctx, paper))),
        ("related-risks", references("risk-uuid", risk)),
        ("remarks", remarks(paper)),
    ])
}

fn label(paper: &FindingPaper) -> Option<&str> {
    let first = paper.finding.clauses.first()?;
    let quoted = paper.criteria.iter().find(|clause| clause.id == *first);
    Some(quoted.map_or(first.as_str(), |clause| clause.label.as_str()))
}

fn pieces(paper: &FindingPaper) -> Vec<i64> {
    paper.finding.evidence.iter().copied().chain(paper.evidence.iter().map(|piece| piece.id)).collect()
}

fn props(ctx: Context<'_>, paper: &FindingPaper) -> Value {
    let f = &paper.finding;
    let counts = f.counts.map(|(some, all)| [some.to_string(), all.to_string()]).unwrap_or_default();
    let mut out = vec![
        prop("number", f.number(&ctx.dossier.exam.case_no)),
        prop_with("type", codes::finding_type(f.kind), words::finding_type(f.kind)),
        prop_with("severity", codes::severity(f.severity), ctx.dossier.scale.word(f.severity)),
        prop_with("status", codes::finding_status(f.status), words::finding_status(f.status)),
        prop("category", &f.category),
        prop("exceptions", &counts[0]),
        prop("population", &counts[1]),
    ];
    out.extend(f.clauses.iter().map(|clause| prop("clause", ids::control(clause))));
    out.extend(f.objects.iter().map(|object| prop("object", object)));
    out.extend(paper.paper_refs.iter().map(|paper| prop("paper", paper)));
    out.extend(f.repeat_of.iter().map(|earlier| prop_with("repeat-of", &earlier.number, &earlier.title)));
    list(out)
}

fn remarks(paper: &FindingPaper) -> Value {
    let f = &paper.finding;
    let said = [("原因", &f.cause), ("風險影響", &f.effect), ("改善建議", &f.recommendation)];
    let said = said.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let lines: Vec<String> = said.map(|(name, text)| format!("{name}：{text}")).collect();
    if lines.is_empty() { Value::Null } else { prose(&lines.join("\n\n")) }
}

/// The observations that a finding rests on: its rows, the answers that say its clauses are not met, its reviews.
pub fn seen(ctx: Context<'_>, paper: &FindingPaper) -> Vec<String> {
    let f = &paper.finding;
    let rows = paper.rows.iter().map(|row| ctx.group(&row.key.procedure, &row.key.rule));
    let of = |clause: &ClauseId| f.clauses.contains(clause);
    let items = ctx.dossier.items.iter().filter(|item| of(&item.clause.id));
    let failing = items.flat_map(|item| &item.answers).filter(|a| a.result.fails());
    let reviews = paper.follow_ups.iter().enumerate();
    rows.chain(failing.map(|a| ctx.answer(a)))
        .chain(reviews.map(|(at, review)| ctx.follow_up(f.no, at, review)))
        .collect()
}

/// Whether a finding is about something that may go wrong.
pub fn is_risk(paper: &FindingPaper) -> bool {
    paper.finding.kind != FindingType::GoodPractice
}

/// The findings that stand and are risks.
pub fn risky(dossier: &Dossier) -> impl Iterator<Item = &FindingPaper> {
    standing(dossier).filter(|paper| is_risk(paper))
}
