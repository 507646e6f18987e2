//! The dossier in NIST's Open Security Controls Assessment Language, release 1.1.3: assessment results, and the plan
//! of action and milestones. Values only; `render::json` makes them bytes.
//!
//! What OSCAL has no word for is a property of the namespace [`value::NAMESPACE`], its value a code of
//! [`crate::codes`]. A clause is a control by its own id, and its being met the objective `<clause>_obj`. UUIDs are
//! made of the exam's id and of what the thing is, so that a document made again names the same things the same.

mod context;
mod controls;
mod findings;
pub mod ids;
mod log;
mod metadata;
mod observations;
mod proof;
mod resources;
mod risks;
mod runs;

mod value;

pub use controls::result as item_result;

use crate::{Dossier, ReportError};
use context::Context;
use metadata::metadata;
use proof::Proof;
use resources::back_matter;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use value::{list, object, prop, prose, stamp, title};

/// The assessment results (查核結果).
pub fn assessment_results(dossier: &Dossier) -> Value {
    let ctx = Context { dossier };
    let body = object([
        ("import-ap", json!({ "href": format!("#{}", ctx.id("plan", &[])) })),
        ("local-definitions", controls::definitions(ctx)),
        ("results", json!([results(ctx)])),
    ]);
    document(ctx, "assessment-results", "查核結果", body)
}

/// Proves of assessment results that were written and read again that the dossier is in them.
///
/// # Errors
/// Names the kind of thing that is missing.
pub fn prove_results(dossier: &Dossier, read: &Value) -> Result<(), ReportError> {
    Proof::of(read).results(Context { dossier })
}

/// The plan of action and milestones (改善計畫): the findings that ask something of the firm, with its replies.
///
/// # Errors
/// When there are none, for OSCAL knows no empty plan.
pub fn poam(dossier: &Dossier) -> Result<Value, ReportError> {
    let ctx = Context { dossier };
    let planned: Vec<_> = findings::risky(dossier).collect();
    if planned.is_empty() {
        return Err(ReportError::NothingPlanned);
    }
    let rests_on: BTreeSet<String> = planned.iter().flat_map(|paper| findings::seen(ctx, paper)).collect();
    let told: BTreeSet<String> = planned.iter().map(|paper| ctx.finding(paper.finding.no)).collect();
    let among = |all: Vec<Value>, wanted: &BTreeSet<String>| {
        list(all.into_iter().filter(|v| v["uuid"].as_str().is_some_and(|uuid| wanted.contains(uuid))))
    };
    let body = object([
        ("system-id", json!({ "identifier-type": "https://ietf.org/rfc/rfc4122", "id": ctx.system_id() })),
        ("local-definitions", object([("components", controls::components(ctx))])),
        ("observations", among(observations(ctx), &rests_on)),
        ("risks", list(risks::of_findings(ctx))),
        ("findings", among(findings::of_examiners(ctx), &told)),
        ("poam-items", list(planned.iter().map(|paper| item(ctx, paper)))),
    ]);
    Ok(document(ctx, "plan-of-action-and-milestones", "改善計畫", body))
}

/// As [`prove_results`], of a plan.
///
/// # Errors
/// Names the kind of thing that is missing.
pub fn prove_plan(dossier: &Dossier, read: &Value) -> Result<(), ReportError> {
    Proof::of(read).plan(Context { dossier })
}

/// Head, body and back matter under the document's name.
fn document(ctx: Context<'_>, kind: &str, name: &str, body: Value) -> Value {
    let back = back_matter(ctx, &body);
    let mut out = serde_json::Map::new();
    out.insert("uuid".to_owned(), json!(ctx.id(kind, &[])));
    out.insert("metadata".to_owned(), metadata(ctx, name, &body));
    if let Value::Object(members) = body {
        out.extend(members);
    }
    if back != json!({}) {
        out.insert("back-matter".to_owned(), back);
    }
    object([(kind, Value::Object(out))])
}

/// The one result: this exam.
fn results(ctx: Context<'_>) -> Value {
    let d = ctx.dossier;
    let about = format!("{}　{}　查核結果", d.exam.firm, d.exam.case_no);
    let mut props = controls::figures(d);
    props.push(prop("as-of", d.exam.as_of.to_string()));
    let found = findings::of_items(ctx).into_iter().chain(findings::of_examiners(ctx));
    object([
        ("uuid", json!(ctx.id("result", &[]))),
        ("title", title(&about)),
        ("description", prose(&format!("查核基準日 {}，查核期間 {}。", d.exam.as_of, period(d)))),
        ("start", stamp(d.exam.created_at)),
        ("end", stamp(log::end(ctx))),
        ("props", list(props)),
        (
            "local-definitions",
            object([("components", controls::components(ctx)), ("assessment-assets", assets(ctx))]),
        ),
        ("reviewed-controls", controls::reviewed(ctx)),
        ("attestations", log::attestations(ctx)),
        ("assessment-log", log::entries(ctx)),
        ("observations", list(observations(ctx))),
        ("risks", list(risks::of_findings(ctx))),
        ("findings", list(found)),
    ])
}

fn period(dossier: &Dossier) -> String {
    format!("{} 至 {}", dossier.exam.period.from, dossier.exam.period.to)
}

fn observations(ctx: Context<'_>) -> Vec<Value> {
    let answers = observations::of_answers(ctx).into_iter();
    let data = runs::of_runs(ctx).into_iter().chain(runs::of_groups(ctx));
    answers.chain(data).chain(observations::of_follow_ups(ctx)).collect()
}

/// The program that the tests ran in.
fn assets(ctx: Context<'_>) -> Value {
    json!({
        "components": [{
            "uuid": ctx.tool(),
            "type": "software",
            "title": "Fieldbook 查核簿",
            "description": "執行查核程序並編製底稿之軟體。",
            "status": { "state": "operational" },
        }],
        "assessment-platforms": [{
            "uuid": ctx.id("platform", &[]),
            "title": "查核人員之電腦",
            "uses-components": [{ "component-uuid": ctx.tool() }],
        }],
    })
}

/// One weakness of the plan.
fn item(ctx: Context<'_>, paper: &crate::FindingPaper) -> Value {
    let f = &paper.finding;
    let number = f.number(&ctx.dossier.exam.case_no);
    let reply = paper.reply.as_ref();
    let agreement = reply.map_or("none", |reply| crate::codes::agreement(reply.agreement));
    let due = reply.and_then(|reply| reply.due).map(|day| day.to_string()).unwrap_or_default();
    let measure = reply.map_or("", |reply| reply.measure.as_str());
    let actors = json!([{ "type": "party", "actor-uuid": ctx.person(&f.by) }]);
    object([
        ("uuid", json!(ctx.id("poam-item", &[&f.no.to_string()]))),
        ("title", title(&format!("{number}　{}", f.title))),
        ("description", prose(&f.condition)),
        (
            "props",
            list([
                prop("number", &number),
                prop("status", crate::codes::finding_status(f.status)),
                prop("severity", crate::codes::severity(f.severity)),
                prop("reply", agreement),
                prop("owner", reply.map_or("", |reply| reply.owner.as_str())),
                prop("due", due),
            ]),
        ),
        ("origins", json!([{ "actors": actors }])),
        ("related-findings", json!([{ "finding-uuid": ctx.finding(f.no) }])),
        ("related-observations", value::references("observation-uuid", findings::seen(ctx, paper))),
        ("related-risks", json!([{ "risk-uuid": ctx.risk(f.no) }])),
        (
            "remarks",
            if measure.trim().is_empty() { Value::Null } else { prose(&format!("改善措施：{measure}")) },
        ),
    ])
}
