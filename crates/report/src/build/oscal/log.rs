//! What was done when, and who answers for it with a signature.

use super::context::Context;
use super::findings::standing;
use super::metadata::signer_role;
use super::value::{NAMESPACE, line, list, object, prop, prose, stamp, title};
use crate::{codes, words};
use fieldbook_model::{FindingStatus, Moment, SignOff, WHOLE_EXAM};
use serde_json::{Value, json};

/// The signatures, those of earlier versions too.
pub fn attestations(ctx: Context<'_>) -> Value {
    list(ctx.dossier.signed.iter().flat_map(|paper| &paper.signatures).map(|sign| attestation(ctx, sign)))
}

fn attestation(ctx: Context<'_>, sign: &SignOff) -> Value {
    let role = codes::sign_role(sign.role);
    let paper = if sign.paper == WHOLE_EXAM { "全案" } else { &sign.paper };
    let version = sign.version.to_string();
    let props = list([
        prop("paper", &sign.paper),
        prop("version", &version),
        prop("role", role),
        prop("signed-at", stamp(sign.at).as_str().unwrap_or_default()),
        prop("content-sha256", &sign.content_sha256),
        prop("key", &sign.key),
        prop("signature", &sign.signature),
    ]);
    let text = format!("{}以 Ed25519 金鑰簽署{paper}第 {version} 版之內容雜湊。", sign.by);
    let parts = [sign.paper.as_str(), &version, role, &sign.by, &sign.signature];
    let statement = object([
        ("uuid", json!(ctx.id("sign-off", &parts))),
        ("name", json!("sign-off")),
        ("ns", json!(NAMESPACE)),
        ("title", title(&format!("{paper}　簽署"))),
        ("props", props),
        ("prose", prose(&text)),
    ]);
    json!({
        "responsible-parties": [{ "role-id": signer_role(sign.role), "party-uuids": [ctx.person(&sign.by)] }],
        "parts": [statement],
    })
}

/// Files received, runs, withdrawn findings, signed papers opened again: in the order of time.
pub fn entries(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let mut out: Vec<(Moment, Value)> = Vec::new();
    for batch in &d.files {
        let names: Vec<&str> = batch.files.iter().map(|f| f.file.as_str()).collect();
        let kind = if batch.undone { "收受檔案（匯入已撤回）" } else { "收受檔案" };
        let from = prop("received-from", &batch.received_from);
        let id = ctx.id("import", &[&batch.batch.to_string()]);
        out.push((batch.at, entry(ctx, id, kind, &names.join("、"), batch.at, &batch.by, from)));
    }
    for test in &d.tests {
        let (p, run) = (&test.procedure, &test.run);
        let id = ctx.id("log-run", &[&p.id, &run.id.to_string()]);
        let verdict = words::run_verdict(run.verdict).printed();
        let name = format!("執行測試 {}　{}", p.id, p.title);
        out.push((run.at, entry(ctx, id, &name, &verdict, run.at, &run.by, prop("procedure", &p.id))));
    }
    for paper in d.findings.iter().filter(|p| p.finding.status == FindingStatus::Withdrawn) {
        let f = &paper.finding;
        let number = f.number(&d.exam.case_no);
        let name = format!("撤銷查核發現 {number}　{}", f.title);
        let id = ctx.id("withdrawn", &[&f.no.to_string()]);
        out.push((f.at, entry(ctx, id, &name, "", f.at, &f.by, prop("number", &number))));
    }
    for back in d.signed.iter().flat_map(|paper| &paper.reopenings) {
        let id = ctx.id("reopened", &[&back.paper, &back.version.to_string()]);
        let name = format!("重新開啟已簽署之底稿 {}", back.paper);
        out.push((
            back.at,
            entry(ctx, id, &name, &back.reason, back.at, &back.by, prop("paper", &back.paper)),
        ));
    }
    out.sort_by_key(|(at, _)| *at);
    object([("entries", list(out.into_iter().map(|(_, entry)| entry)))])
}

fn entry(
    ctx: Context<'_>,
    id: String,
    name: &str,
    text: &str,
    at: Moment,
    by: &str,
    property: Value,
) -> Value {
    object([
        ("uuid", json!(id)),
        ("title", title(name)),
        ("description", if text.trim().is_empty() { Value::Null } else { prose(text) }),
        ("start", stamp(at)),
        ("props", list([property])),
        (
            "logged-by",
            if line(by).is_empty() { Value::Null } else { json!([{ "party-uuid": ctx.person(by) }]) },
        ),
    ])
}

/// When the last thing of the exam was seen: an answer, a run, a decision, a review; not before it began.
pub fn end(ctx: Context<'_>) -> Moment {
    let d = ctx.dossier;
    let answers = d.items.iter().flat_map(|i| &i.answers).map(|a| a.at);
    let runs = d.tests.iter().map(|t| t.run.at);
    let decided = d.tests.iter().flat_map(|t| &t.exceptions).filter_map(|r| r.disposition.as_ref());
    let found = standing(d).map(|paper| paper.finding.at);
    let all = answers.chain(runs).chain(decided.map(|done| done.at)).chain(found);
    all.max().map_or(d.exam.created_at, |last| last.max(d.exam.created_at))
}
