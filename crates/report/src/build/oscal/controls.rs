//! What was to be met and what was looked at: a local objective for each item, an activity for each procedure, the
//! controls reviewed, the systems.

use super::context::Context;
use super::ids;
use super::value::{link, list, object, prop, prop_with, prose, references, title};
use crate::build::{cells, clause_text, tally};
use crate::{Dossier, ItemLine, TestPaper, codes};
use fieldbook_model::{Applicability, ClauseId, ItemResult, RunVerdict, WHOLE_EXAM};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Objective of a finding that names no clause.
pub fn of_exam() -> String {
    format!("{WHOLE_EXAM}_obj")
}

/// Objectives and procedures.
pub fn definitions(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let items = d.items.iter().map(|item| objective(ctx, item));
    let known: BTreeSet<&ClauseId> = d.items.iter().map(|i| &i.clause.id).collect();
    let mut added = BTreeSet::new();
    let cited = d.findings.iter().flat_map(|f| &f.criteria).filter(|c| !known.contains(&c.id));
    let cited: Vec<_> = cited.filter(|clause| added.insert(&clause.id)).collect();
    let others = cited.iter().map(|clause| {
        local(
            ctx,
            &clause.id,
            &clause.label,
            list([whole(&clause.id, prose(&clause_text(clause)), Value::Null)]),
        )
    });
    let bare = d.findings.iter().any(|f| f.finding.clauses.is_empty());
    let exam = bare.then(|| {
        let part = json!({ "id": of_exam(), "name": "objective", "prose": "未引用條文之查核發現。" });
        json!({ "control-id": WHOLE_EXAM, "parts": [part] })
    });
    object([
        ("objectives-and-methods", list(items.chain(others).chain(exam))),
        ("activities", list(d.tests.iter().map(|test| activity(ctx, test)))),
    ])
}

fn local(ctx: Context<'_>, clause: &ClauseId, label: &str, parts: Value) -> Value {
    let document = ctx.dossier.document(clause.doc());
    object([
        ("control-id", json!(ids::control(clause))),
        ("description", title(label)),
        ("links", list(document.map(|doc| link(&ctx.document(&doc.code), "reference")))),
        ("parts", parts),
    ])
}

fn whole(clause: &ClauseId, prose: Value, props: Value) -> Value {
    object([
        ("id", json!(ids::objective(clause, ""))),
        ("name", json!("objective")),
        ("props", props),
        ("prose", prose),
    ])
}

fn objective(ctx: Context<'_>, item: &ItemLine) -> Value {
    let clause = &item.clause;
    let props = list([
        prop("label", &clause.label),
        prop("chapter", &item.chapter_title),
        prop("strength", codes::strength(clause.heaviest())),
        prop_with("applicability", codes::applicability(item.decision.applicability), &cells::reasons(item)),
        prop("result", codes::result(result(item))),
    ]);
    let units = clause.units.iter().map(|unit| {
        object([
            ("id", json!(ids::objective(&clause.id, &unit.id))),
            ("name", json!("objective")),
            ("props", list([prop("strength", codes::strength(unit.strength))])),
            ("prose", prose(&unit.text)),
        ])
    });
    let whole = whole(&clause.id, prose(&clause_text(clause)), props);
    local(ctx, &clause.id, &clause.label, list(std::iter::once(whole).chain(units)))
}

/// What an item amounts to; one that does not apply and was not answered is not applicable.
pub fn result(item: &ItemLine) -> ItemResult {
    let rolled = tally::rolled_up(item);
    let out = item.decision.applicability == Applicability::NotApplicable;
    if out && rolled == ItemResult::NotExamined { ItemResult::NotApplicable } else { rolled }
}

fn activity(ctx: Context<'_>, test: &TestPaper) -> Value {
    let p = &test.procedure;
    let steps = p.steps.iter().enumerate().map(
        |(n, step)| json!({ "uuid": ctx.id("step", &[&p.id, &n.to_string()]), "description": prose(step) }),
    );
    let clauses: BTreeSet<&ClauseId> = p.clauses.iter().collect();
    let controls =
        if clauses.is_empty() { Value::Null } else { selection(clauses.into_iter(), "查核條文") };
    object([
        ("uuid", json!(ctx.id("procedure", &[&p.id]))),
        ("title", title(&format!("{}　{}", p.id, p.title))),
        ("description", prose(&p.purpose)),
        ("props", list([prop("procedure", &p.id), prop("sha256", &test.run.procedure_sha256)])),
        ("steps", list(steps)),
        ("related-controls", controls),
    ])
}

fn selection<'a>(clauses: impl Iterator<Item = &'a ClauseId>, description: &str) -> Value {
    let controls = references("control-id", clauses.map(ids::control));
    object([(
        "control-selections",
        json!([object([("description", json!(description)), ("include-controls", controls)])]),
    )])
}

/// The controls that somebody looked at: answered, tested, or cited by a finding that stands.
pub fn reviewed(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let answered = |i: &&ItemLine| i.answers.iter().any(|a| a.result != ItemResult::NotExamined);
    let mut clauses: BTreeSet<&ClauseId> = d.items.iter().filter(answered).map(|i| &i.clause.id).collect();
    let ran = |t: &&TestPaper| {
        matches!(t.run.verdict, RunVerdict::Exceptions | RunVerdict::Pass | RunVerdict::Unknown)
    };
    clauses.extend(d.tests.iter().filter(ran).flat_map(|t| &t.procedure.clauses));
    clauses.extend(super::findings::standing(d).flat_map(|f| &f.finding.clauses));
    selection(clauses.into_iter(), "已查核之項目；其餘項目之適用性與查核結果載於各目標。")
}

/// How many items have which result.
pub fn figures(dossier: &Dossier) -> Vec<Value> {
    let mut out = Vec::new();
    for result in tally::RESULTS {
        let count = dossier.items.iter().filter(|item| self::result(item) == result).count();
        let name = format!("items-{}", codes::result(result).replace('_', "-"));
        out.push(prop(&name, count.to_string()));
    }
    let open = |i: &&ItemLine| i.decision.applicability == Applicability::Undetermined;
    out.push(prop("items-undetermined", dossier.items.iter().filter(open).count().to_string()));
    out
}

/// Every system of the register or of an answer.
pub fn systems(dossier: &Dossier) -> BTreeSet<&str> {
    let register = dossier.exam.systems.iter().map(|s| s.name.as_str());
    let answered = dossier.items.iter().flat_map(|i| &i.answers).map(|a| a.key.system.as_str());
    register.chain(answered).filter(|name| !name.is_empty()).collect()
}

/// The systems as components. What state they are in is not asked.
pub fn components(ctx: Context<'_>) -> Value {
    list(systems(ctx.dossier).into_iter().map(|name| {
        json!({
            "uuid": ctx.system(name),
            "type": "system",
            "title": title(name),
            "description": title(name),
            "status": { "state": "other", "remarks": "資通系統清冊未載狀態。" },
        })
    }))
}
