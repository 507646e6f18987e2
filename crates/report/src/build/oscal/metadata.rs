//! Who made the document, for whom, and what it names: metadata and back matter.

use super::context::Context;
use super::value::{NAMESPACE, line, link, list, object, prop, prop_with, prose, stamp, title};
use crate::build::evidence::sheet_name;
use crate::{codes, words};
use fieldbook_model::{Evidence, SignRole, WHOLE_EXAM};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

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
    let checkpoint = d.checkpoint.as_ref();
    let responsible = responsible(ctx);
    let named = named(&json!([body, responsible]));
    object([
        ("title", title(&format!("{name}　{}", d.exam.firm))),
        ("last-modified", stamp(d.printed_at)),
        ("version", json!(version)),
        ("oscal-version", json!(OSCAL)),
        ("document-ids", number),
        (
            "props",
            list([
                prop("exam", d.exam.id.as_str()),
                prop("draft", if d.draft { "yes" } else { "no" }),
                prop("as-of", d.exam.as_of.to_string()),
                prop("period-from", d.exam.period.from.to_string()),
                prop("period-to", d.exam.period.to.to_string()),
                prop("journal-size", checkpoint.map(|(size, _)| size.to_string()).unwrap_or_default()),
                prop("journal-root", checkpoint.map(|(_, root)| root.as_str()).unwrap_or_default()),
            ]),
        ),
        ("roles", list(ROLES.map(|(id, title)| json!({ "id": id, "title": title })))),
        ("parties", list(parties(ctx).into_iter().filter(|p| is_named(p, &named)))),
        ("responsible-parties", responsible),
        ("remarks", if d.draft { json!("草稿，未經覆核定稿。") } else { Value::Null }),
    ])
}

fn responsible(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let of =
        |role: &str, uuids: Vec<String>| object([("role-id", json!(role)), ("party-uuids", json!(uuids))]);
    let team: BTreeMap<String, ()> = d.exam.examiners.iter().map(|name| (ctx.person(name), ())).collect();
    let team: Vec<String> = team.into_keys().collect();
    let lead = d.exam.examiners.first().map(|name| of("assessment-lead", vec![ctx.person(name)]));
    list([
        of("prepared-by", vec![ctx.person(&d.prepared_by)]),
        of("prepared-for", vec![ctx.firm()]),
        of("assessment-organization", vec![ctx.authority()]),
        if team.is_empty() { Value::Null } else { of("assessment-team", team) },
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

/// What the document cites: the plan, the regulations, files and evidence, those that something names.
pub fn back_matter(ctx: Context<'_>, body: &Value) -> Value {
    let named = named(body);
    let d = ctx.dossier;
    let plan = object([
        ("uuid", json!(ctx.id("plan", &[]))),
        ("title", json!("查核計畫")),
        (
            "description",
            json!("本案無 OSCAL 格式之查核計畫；查核項目、查核程序與標的載於本文件之 local-definitions。"),
        ),
    ]);
    let documents = d.documents.iter().map(|doc| {
        let citation = format!("{}（{}）", doc.title, doc.edition);
        object([
            ("uuid", json!(ctx.document(&doc.code))),
            ("title", title(&doc.title)),
            ("description", doc.title_note.as_deref().map_or(Value::Null, prose)),
            (
                "props",
                list([prop("code", &doc.code), prop("edition", &doc.edition), prop("issuer", &doc.issuer)]),
            ),
            ("citation", json!({ "text": line(&citation) })),
        ])
    });
    let pieces = d.evidence.iter().map(|piece| of_piece(ctx, piece));
    let all = std::iter::once(plan).chain(documents).chain(files(ctx)).chain(pieces);
    object([("resources", list(all.filter(|resource| is_named(resource, &named))))])
}

/// Every file by its hash, named as it was when it first came.
fn files(ctx: Context<'_>) -> Vec<Value> {
    let d = ctx.dossier;
    let mut names: BTreeMap<&str, &str> = BTreeMap::new();
    for file in d.files.iter().flat_map(|batch| &batch.files) {
        names.entry(&file.sha256).or_insert(&file.file);
    }
    let linked = d.findings.iter().flat_map(|f| &f.rows);
    for row in d.tests.iter().flat_map(|t| &t.exceptions).chain(linked) {
        names.entry(&row.key.source.file_sha256).or_insert(&row.key.source.file);
    }
    for sha256 in d.tests.iter().flat_map(|t| &t.run.inputs) {
        names.entry(sha256).or_insert("");
    }
    let file = |(sha256, name): (&str, &str)| {
        object([
            ("uuid", json!(ctx.file(sha256))),
            ("title", title(if name.is_empty() { "受查單位提供之檔案" } else { name })),
            ("rlinks", hashed(sha256)),
        ])
    };
    names.into_iter().map(file).collect()
}

fn of_piece(ctx: Context<'_>, piece: &Evidence) -> Value {
    let kept = format!("{}；取得方式：{}", words::moment(piece.acquired_at), piece.acquired_by);
    object([
        ("uuid", json!(ctx.evidence(piece))),
        ("title", title(&format!("{}　{}", piece.number(), piece.name))),
        ("description", prose(&kept)),
        (
            "props",
            list([
                prop("evidence", piece.number()),
                prop("source", &piece.source),
                prop("kept-at", &piece.kept_at),
                prop_with(
                    "confidentiality",
                    codes::confidentiality(piece.confidentiality),
                    words::confidentiality(piece.confidentiality),
                ),
                prop("returned", &piece.returned),
                prop("pages", piece.pages.map(|n| n.to_string()).unwrap_or_default()),
                prop("bytes", piece.size.to_string()),
            ]),
        ),
        ("rlinks", hashed(&piece.sha256)),
    ])
}

/// A link to bytes by what they are (RFC 6920, 7), as they do not travel with the document.
fn hashed(sha256: &str) -> Value {
    if sha256.is_empty() || !sha256.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Value::Null;
    }
    json!([{
        "href": format!("nih:sha-256;{sha256}"),
        "hashes": [{ "algorithm": "SHA-256", "value": sha256 }],
    }])
}

/// Every string of a document that may name something, local links without their `#`.
fn named(value: &Value) -> BTreeSet<String> {
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

fn is_named(thing: &Value, named: &BTreeSet<String>) -> bool {
    thing.get("uuid").and_then(Value::as_str).is_some_and(|uuid| named.contains(uuid))
}

/// A part of an attestation or a statement that is ours.
pub fn part(ctx: Context<'_>, kind: &str, parts: &[&str], name: &str, prose: Value, props: Value) -> Value {
    object([
        ("uuid", json!(ctx.id(kind, parts))),
        ("name", json!(kind)),
        ("ns", json!(NAMESPACE)),
        ("title", title(name)),
        ("props", props),
        ("prose", prose),
    ])
}

/// Evidence of an observation: a piece of the index, or rows of a file.
pub fn piece_link(ctx: Context<'_>, piece: &Evidence) -> Value {
    json!({
        "href": format!("#{}", ctx.evidence(piece)),
        "description": line(&format!("證據 {} {}", piece.number(), piece.name)),
    })
}

/// Links to the pieces of evidence with these numbers.
pub fn piece_links(ctx: Context<'_>, numbers: &[i64]) -> Value {
    list(ctx.pieces(numbers).map(|piece| link(&ctx.evidence(piece), "evidence")))
}

/// Evidence of an observation: these rows of a sheet.
pub fn rows_link(
    ctx: Context<'_>,
    source: &fieldbook_model::RowRef,
    description: &str,
    props: Value,
) -> Value {
    object([
        ("href", json!(format!("#{}", ctx.file(&source.file_sha256)))),
        ("description", prose(&format!("{}　{description}", sheet_name(source)))),
        ("props", props),
    ])
}
