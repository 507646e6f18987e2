//! What the document cites: regulations, files and evidence, as back matter and as links to it.

use super::context::Context;
use super::metadata::{is_named, named};
use super::value::{line, link, list, object, prop, prop_with, prose, title};
use crate::build::evidence::sheet_name;
use crate::{codes, words};
use fieldbook_model::{Evidence, RowRef};
use serde_json::{Value, json};
use std::collections::BTreeMap;

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
pub fn rows_link(ctx: Context<'_>, source: &RowRef, description: &str, props: Value) -> Value {
    object([
        ("href", json!(format!("#{}", ctx.file(&source.file_sha256)))),
        ("description", prose(&format!("{}　{description}", sheet_name(source)))),
        ("props", props),
    ])
}
