//! What may come of a finding, and what the firm does about it.

use super::context::Context;
use super::findings::{risky, seen};
use super::resources::piece_links;
use super::value::{NAMESPACE, end_of, line, list, object, prop, prop_with, prose, references, stamp, title};
use crate::{FindingPaper, codes, words};
use fieldbook_model::{Agreement, FindingStatus, FollowUpResult, Reply};
use serde_json::{Value, json};

/// A risk for each finding that stands and is no praise.
pub fn of_findings(ctx: Context<'_>) -> Vec<Value> {
    risky(ctx.dossier).map(|paper| of_finding(ctx, paper)).collect()
}

fn of_finding(ctx: Context<'_>, paper: &FindingPaper) -> Value {
    let f = &paper.finding;
    let severity = json!({
        "name": "severity",
        "system": NAMESPACE,
        "value": codes::severity(f.severity),
        "remarks": ctx.dossier.scale.word(f.severity),
    });
    let characterization = object([("origin", ctx.origin(&[&f.by])), ("facets", json!([severity]))]);
    let due = paper.reply.as_ref().and_then(|reply| reply.due).map_or(Value::Null, end_of);
    object([
        ("uuid", json!(ctx.risk(f.no))),
        ("title", title(&f.title)),
        ("description", prose(&f.condition)),
        ("statement", prose(&f.effect)),
        ("props", list([prop("number", f.number(&ctx.dossier.exam.case_no)), prop("category", &f.category)])),
        ("status", json!(status(paper))),
        ("origins", ctx.origins(&[&f.by])),
        ("characterizations", json!([characterization])),
        ("deadline", due),
        ("remediations", list([recommendation(ctx, paper), measure(ctx, paper)])),
        ("risk-log", log(ctx, paper)),
        ("related-observations", references("observation-uuid", seen(ctx, paper))),
    ])
}

/// Where the risk stands by what became of the finding.
fn status(paper: &FindingPaper) -> &'static str {
    let latest = paper.follow_ups.last().map(|review| review.result);
    let agreed = paper.reply.as_ref().is_some_and(|reply| reply.agreement != Agreement::Disagree);
    match paper.finding.status {
        FindingStatus::Draft | FindingStatus::InReview => "investigating",
        FindingStatus::Closed if latest == Some(FollowUpResult::RiskAccepted) => "deviation-approved",
        FindingStatus::Closed => "closed",
        FindingStatus::Replied | FindingStatus::FollowedUp if agreed => "remediating",
        _ => "open",
    }
}

/// What the examiners recommend.
fn recommendation(ctx: Context<'_>, paper: &FindingPaper) -> Value {
    let f = &paper.finding;
    if f.recommendation.trim().is_empty() {
        return Value::Null;
    }
    object([
        ("uuid", json!(ctx.id("recommendation", &[&f.no.to_string()]))),
        ("lifecycle", json!("recommendation")),
        ("title", json!("改善建議")),
        ("description", prose(&f.recommendation)),
        ("origins", ctx.origins(&[&f.by])),
    ])
}

/// What the firm says that it does, with a milestone at its date.
fn measure(ctx: Context<'_>, paper: &FindingPaper) -> Value {
    let Some(reply) = paper.reply.as_ref().filter(|reply| !reply.measure.trim().is_empty()) else {
        return Value::Null;
    };
    let no = paper.finding.no.to_string();
    let done = paper.follow_ups.last().is_some_and(|review| review.result == FollowUpResult::Remedied);
    let on_date = |day| object([("date", end_of(day))]);
    let timing = object([("on-date", reply.due.map_or(Value::Null, on_date))]);
    let owner = line(&reply.owner);
    let role = json!([{ "role-id": "measure-owner", "party-uuids": [ctx.person(&owner)] }]);
    let milestone = object([
        ("uuid", json!(ctx.id("milestone", &[&no]))),
        ("type", json!("milestone")),
        ("title", json!("完成改善措施")),
        ("description", prose(&reply.measure)),
        ("props", list([prop("due", reply.due.map(|day| day.to_string()).unwrap_or_default())])),
        ("timing", timing),
        ("responsible-roles", if owner.is_empty() { Value::Null } else { role }),
    ]);
    object([
        ("uuid", json!(ctx.id("measure", &[&no]))),
        ("lifecycle", json!(if done { "completed" } else { "planned" })),
        ("title", json!("改善措施")),
        ("description", prose(&reply.measure)),
        ("origins", json!([{ "actors": [{ "type": "party", "actor-uuid": ctx.firm() }] }])),
        ("tasks", json!([milestone])),
    ])
}

/// The reply and the reviews, oldest first.
fn log(ctx: Context<'_>, paper: &FindingPaper) -> Value {
    let no = paper.finding.no.to_string();
    let planned = paper.reply.iter().any(|reply| !reply.measure.trim().is_empty());
    let response = planned.then(|| json!([{ "response-uuid": ctx.id("measure", &[&no]) }]));
    let mut entries: Vec<Value> = paper.reply.iter().map(|reply| replied(ctx, &no, reply)).collect();
    entries.extend(paper.follow_ups.iter().enumerate().map(|(at, review)| {
        let status = match review.result {
            FollowUpResult::Remedied => "closed",
            FollowUpResult::PartlyRemedied => "remediating",
            FollowUpResult::NotRemedied => "open",
            FollowUpResult::RiskAccepted => "deviation-approved",
        };
        object([
            ("uuid", json!(ctx.id("reviewed", &[&no, &at.to_string()]))),
            ("title", title(&format!("追蹤覆查　{}", words::follow_up(review.result).printed()))),
            ("description", prose(&review.note)),
            ("start", stamp(review.on.at(0, 0, 0, 0))),
            ("props", list([prop("follow-up", codes::follow_up(review.result))])),
            ("links", piece_links(ctx, &review.evidence)),
            ("logged-by", json!([{ "party-uuid": ctx.person(&review.by) }])),
            ("status-change", json!(status)),
            ("related-responses", response.clone().unwrap_or_default()),
        ])
    }));
    object([("entries", list(entries))])
}

fn replied(ctx: Context<'_>, no: &str, reply: &Reply) -> Value {
    let parts = [
        ("回覆意見", &reply.text),
        ("原因分析", &reply.cause),
        ("影響評估", &reply.impact),
        ("違失人員責任", &reply.liability),
        ("改善措施", &reply.measure),
    ];
    let said = parts.into_iter().filter(|(_, text)| !text.trim().is_empty());
    let said: Vec<String> = said.map(|(name, text)| format!("{name}：{text}")).collect();
    object([
        ("uuid", json!(ctx.id("replied", &[no]))),
        ("title", title(&format!("受查單位回覆　{}", words::agreement(reply.agreement)))),
        ("description", prose(&said.join("\n\n"))),
        ("start", stamp(reply.at)),
        (
            "props",
            list([
                prop_with("agreement", codes::agreement(reply.agreement), words::agreement(reply.agreement)),
                prop("owner", &reply.owner),
                prop("due", reply.due.map(|day| day.to_string()).unwrap_or_default()),
                prop("signer", &reply.signer),
                prop("signed-on", reply.signed_on.map(|day| day.to_string()).unwrap_or_default()),
            ]),
        ),
        ("logged-by", json!([{ "party-uuid": ctx.person(&reply.by) }])),
    ])
}
