//! Who made the document, when and for whom: its metadata.

use super::context::Context;
use super::value::{line, list, object, prop, stamp, title};
use fieldbook_model::{SignRole, WHOLE_EXAM};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The release of OSCAL that the documents are written in.
const OSCAL: &str = "1.1.3";

/// Roles of people, with their words.
const ROLES: [(&str, &str); 7] = [
    ("prepared-by", "編製人"),
    ("prepared-for", "受查單位"),
    ("content-approver", "覆核人"),
    ("assessment-organization", "查核單位"),
    ("assessment-team", "查核人員"),
    ("assessment-lead", "領隊查核人員"),
    ("measure-owner", "改善措施負責人"),
];

/// Role of whoever signs as this.
pub fn signer_role(role: SignRole) -> &'static str {
    match role {
        SignRole::Preparer => "prepared-by",
        SignRole::Reviewer => "content-approver",
    }
}

/// The document's head. `body` is all the rest: people are listed where something names them.
pub fn metadata(ctx: Context<'_>, name: &str, body: &Value) -> Value {
    let d = ctx.dossier;
    let version = d.signed.iter().find(|s| s.paper == WHOLE_EXAM).map_or(1, |s| s.version);
    let version = if d.draft { format!("{version}-draft") } else { version.to_string() };
    let case = line(&d.exam.case_no);
    let number = if case.is_empty() { Value::Null } else { json!([{ "identifier": case }]) };
    let responsible = responsible(ctx);
    let named = named(&json!([body, responsible]));
    object([
        ("title", title(&format!("{name}　{}", d.exam.firm))),
        ("last-modified", stamp(d.printed_at)),
        ("version", json!(version)),
        ("oscal-version", json!(OSCAL)),
        ("document-ids", number),
        ("props", props(ctx)),
        ("roles", list(ROLES.map(|(id, title)| json!({ "id": id, "title": title })))),
        ("parties", list(parties(ctx).into_iter().filter(|p| is_named(p, &named)))),
        ("responsible-parties", responsible),
        (
            "remarks",
            match (d.exam.id.is_practice(), d.draft) {
                (true, _) => json!("範例資料，非實際查核。"),
                (false, true) => json!("草稿，未經覆核定稿。"),
                (false, false) => Value::Null,
            },
        ),
    ])
}

/// Which exam it is, as of when, and how far its journal had come.
fn props(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let checkpoint = d.checkpoint.as_ref();
    list([
        prop("exam", d.exam.id.as_str()),
        prop("draft", if d.draft { "yes" } else { "no" }),
        prop("as-of", d.exam.as_of.to_string()),
        prop("period-from", d.exam.period.from.to_string()),
        prop("period-to", d.exam.period.to.to_string()),
        prop("journal-size", checkpoint.map(|(size, _)| size.to_string()).unwrap_or_default()),
        prop("journal-root", checkpoint.map(|(_, root)| root.as_str()).unwrap_or_default()),
    ])
}

fn responsible(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let of =
        |role: &str, uuids: Vec<String>| object([("role-id", json!(role)), ("party-uuids", json!(uuids))]);
    let team: BTreeSet<String> = d.exam.examiners.iter().map(|name| ctx.person(name)).collect();
    let lead = d.exam.examiners.first().map(|name| of("assessment-lead", vec![ctx.person(name)]));
    list([
        of("prepared-by", vec![ctx.person(&d.prepared_by)]),
        of("prepared-for", vec![ctx.firm()]),
        of("assessment-organization", vec![ctx.authority()]),
        if team.is_empty() { Value::Null } else { of("assessment-team", team.into_iter().collect()) },
        lead.unwrap_or_default(),
    ])
}

/// Everybody whom the dossier names, the two organisations first.
fn parties(ctx: Context<'_>) -> Vec<Value> {
    let d = ctx.dossier;
    let organisation = |uuid: String, name: &str| {
        object([("uuid", json!(uuid)), ("type", json!("organization")), ("name", json!(line(name)))])
    };
    let mut out =
        vec![organisation(ctx.authority(), &d.organisation), organisation(ctx.firm(), &d.exam.firm)];
    let mut seen = BTreeSet::new();
    for name in people(ctx).into_iter().map(line).filter(|name| !name.is_empty()) {
        if seen.insert(name.clone()) {
            let examines = d.exam.examiners.iter().any(|e| line(e) == name);
            let member = if examines { json!([ctx.authority()]) } else { Value::Null };
            out.push(object([
                ("uuid", json!(ctx.person(&name))),
                ("type", json!("person")),
                ("name", json!(name)),
                ("member-of-organizations", member),
            ]));
        }
    }
    out
}

fn people<'a>(ctx: Context<'a>) -> Vec<&'a str> {
    let d = ctx.dossier;
    let mut out: Vec<&'a str> = d.exam.examiners.iter().map(String::as_str).collect();
    out.push(&d.prepared_by);
    out.extend(d.items.iter().flat_map(|i| &i.answers).map(|a| a.by.as_str()));
    out.extend(d.tests.iter().map(|t| t.run.by.as_str()));
    out.extend(d.files.iter().map(|b| b.by.as_str()));
    let linked = d.findings.iter().flat_map(|f| &f.rows);
    let rows = d.tests.iter().flat_map(|t| &t.exceptions).chain(linked);
    out.extend(rows.filter_map(|row| row.disposition.as_ref()).map(|done| done.by.as_str()));
    for paper in &d.findings {
        out.push(&paper.finding.by);
        out.extend(paper.reply.iter().flat_map(|r| [r.owner.as_str(), &r.signer, &r.by]));
        out.extend(paper.follow_ups.iter().flat_map(|f| [f.reviewer.as_str(), &f.by]));
    }
    for paper in &d.signed {
        out.extend(paper.signatures.iter().map(|s| s.by.as_str()));
        out.extend(paper.reopenings.iter().map(|r| r.by.as_str()));
    }
    out
}

/// Every string of a document that may name something, local links without their `#`.
pub fn named(value: &Value) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut rest = vec![value];
    while let Some(value) = rest.pop() {
        match value {
            Value::String(text) if text.len() <= 37 => {
                out.insert(text.trim_start_matches('#').to_owned());
            }
            Value::Array(list) => rest.extend(list),
            Value::Object(members) => rest.extend(members.values()),
            _ => {}
        }
    }
    out
}

/// Whether something names this thing.
pub fn is_named(thing: &Value, named: &BTreeSet<String>) -> bool {
    thing.get("uuid").and_then(Value::as_str).is_some_and(|uuid| named.contains(uuid))
}
