//! What was seen: an observation for each answer and for each follow-up review.

use super::context::Context;
use super::ids;
use super::resources::piece_link;
use super::value::{line, list, object, prop, prose, stamp, title};
use crate::build::cells;
use crate::{ItemLine, codes, words};
use fieldbook_model::{Answer, Method};
use serde_json::{Value, json};

/// The answers' observations, in the order of the items.
pub fn of_answers(ctx: Context<'_>) -> Vec<Value> {
    let all = ctx.dossier.items.iter().flat_map(|item| item.answers.iter().map(move |a| (item, a)));
    all.map(|(item, answer)| of_answer(ctx, item, answer)).collect()
}

fn of_answer(ctx: Context<'_>, item: &ItemLine, answer: &Answer) -> Value {
    let (key, result) = (&answer.key, words::result(answer.result).printed());
    let name = format!("{}　{}　{result}", cells::name(&item.clause, &key.unit), key.system);
    let said =
        if answer.note.trim().is_empty() { format!("查核結果：{result}") } else { answer.note.clone() };
    let awaited = answer.awaited.as_ref().map(|what| words::awaited(what).printed()).unwrap_or_default();
    object([
        ("uuid", json!(ctx.answer(answer))),
        ("title", title(&name)),
        ("description", prose(&said)),
        (
            "props",
            list([
                prop("clause", key.clause.as_str()),
                prop("unit", &key.unit),
                prop("objective", ids::objective(&key.clause, &key.unit)),
                prop("result", codes::result(answer.result)),
                prop("method", answer.method.map(codes::method).unwrap_or_default()),
                prop("mode", answer.mode.map(codes::mode).unwrap_or_default()),
                prop("paper", &answer.paper_ref),
                prop("awaited", awaited),
                prop("origin", answer.origin.as_ref().map(words::origin_of_answer).unwrap_or_default()),
            ]),
        ),
        ("methods", json!([method(answer.method)])),
        ("types", json!(["control-objective"])),
        ("origins", ctx.origins(&[&answer.by])),
        ("subjects", json!([subject(ctx, &key.system)])),
        ("relevant-evidence", evidence(ctx, answer)),
        ("collected", stamp(answer.at)),
    ])
}

/// What was looked at: a system, or the firm.
fn subject(ctx: Context<'_>, system: &str) -> Value {
    if system.is_empty() {
        json!({ "subject-uuid": ctx.firm(), "type": "party" })
    } else {
        json!({ "subject-uuid": ctx.system(system), "type": "component" })
    }
}

/// OSCAL's word for how something was found out.
fn method(method: Option<Method>) -> &'static str {
    match method {
        Some(Method::Interview) => "INTERVIEW",
        Some(Method::Inspection | Method::Observation) => "EXAMINE",
        Some(Method::Reperformance | Method::Caat | Method::Sampling) => "TEST",
        None => "UNKNOWN",
    }
}

/// The pieces about the clause, and the paper that the answer names where it is none of them.
fn evidence(ctx: Context<'_>, answer: &Answer) -> Value {
    let about = ctx.dossier.evidence.iter().filter(|piece| {
        piece.clauses.contains(&answer.key.clause) || piece.number() == answer.paper_ref.trim()
    });
    let about: Vec<_> = about.collect();
    let paper = line(&answer.paper_ref);
    let named = paper.is_empty() || about.iter().any(|piece| piece.number() == paper);
    let paper = if named { Value::Null } else { json!({ "description": format!("底稿 {paper}") }) };
    list(about.into_iter().map(|piece| piece_link(ctx, piece)).chain([paper]))
}

/// The follow-up reviews' observations, by finding.
pub fn of_follow_ups(ctx: Context<'_>) -> Vec<Value> {
    let mut out = Vec::new();
    for paper in super::findings::standing(ctx.dossier) {
        let number = paper.finding.number(&ctx.dossier.exam.case_no);
        for (at, review) in paper.follow_ups.iter().enumerate() {
            let result = words::follow_up(review.result).printed();
            let run = review.run.map(|n| n.to_string()).unwrap_or_default();
            out.push(object([
                ("uuid", json!(ctx.follow_up(paper.finding.no, at, review))),
                ("title", title(&format!("{number}　追蹤覆查　{result}"))),
                ("description", prose(&review.note)),
                (
                    "props",
                    list([
                        prop("number", &number),
                        prop("follow-up", codes::follow_up(review.result)),
                        prop("run", run),
                    ]),
                ),
                ("methods", json!([if review.run.is_some() { "TEST" } else { "EXAMINE" }])),
                ("types", json!(["mitigation"])),
                ("origins", ctx.origins(&[&review.reviewer])),
                ("relevant-evidence", list(ctx.pieces(&review.evidence).map(|piece| piece_link(ctx, piece)))),
                ("collected", stamp(review.on.at(0, 0, 0, 0))),
            ]));
        }
    }
    out
}
