//! `fieldbook checklist`.

use crate::args::Checklist;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::checklist::Bundle;
use fieldbook_app::wire::{PairRelationWord, StrengthWord, TopicRelationWord};
use fieldbook_app::{AppError, Desk};
use fieldbook_model::{Clause, ClauseId, ClauseKind};
use serde_json::json;

/// Runs a call.
pub fn run(machine: Machine, call: &Checklist) -> Result<Done, Failure> {
    match call {
        Checklist::List => Ok(list(&machine.with_packages()?)),
        Checklist::Show { clause } => show(&machine.with_packages()?, clause),
        other => crate::edition::run(machine, other),
    }
}

fn list(desk: &Desk) -> Done {
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for d in &desk.bundle().documents {
        let leafs = || d.clauses().filter(|c| c.kind == ClauseKind::Leaf);
        let (items, examinable) = (leafs().count(), leafs().filter(|c| c.examinable).count());
        let duties = d.clauses().filter(|c| c.kind == ClauseKind::Chapeau).count();
        lines.push(format!(
            "{}  {}（{}）  {items} 項，可查核 {examinable} 項  {}",
            d.code, d.title, d.issuer, d.edition
        ));
        rows.push(
            json!({ "id": d.code, "title": d.title, "issuer": d.issuer, "edition": d.edition, "version": d.version, "items": items,
                          "examinable": examinable, "chapeau_duties": duties }),
        );
    }
    Done::new(json!(rows)).lines(lines)
}

fn show(desk: &Desk, id: &str) -> Result<Done, Failure> {
    let bundle = desk.bundle();
    let unknown = || AppError::new("unknown_clause").with("field", id);
    let clause = ClauseId::parse(id).ok().and_then(|id| bundle.clause(&id)).ok_or_else(unknown)?;
    let document = bundle.document(clause.id.doc()).ok_or_else(unknown)?;
    let applies = clause.applies.as_ref().map(fieldbook_app::checklist::applies_text);
    let params: Vec<&str> = clause.params.iter().map(|p| p.text.as_str()).collect();
    let json = json!({
        "id": clause.id.as_str(), "label": clause.label, "text": clause.text,
        "strength": StrengthWord::from(clause.strength), "applies": applies, "params": params, "related": related(bundle, &clause.id),
        "units": units(clause),
        "document": document.title, "edition": document.edition, "context": clause.context,
        "examinable": clause.examinable, "editor_note": clause.editor_note, "source_line": clause.source_line,
    });
    let mut done = Done::new(json)
        .line(format!("{}  {}  {}", clause.id, document.title, clause.label))
        .line(format!("依據版本：{}", document.edition))
        .lines(clause.context.iter().map(|c| format!("  {c}")))
        .line(clause.text.clone());
    if let Some(note) = &clause.editor_note {
        done = done.line(format!("校註：{note}"));
    }
    if let Some(applies) = applies {
        done = done.line(format!("適用條件：{applies}"));
    }
    for unit in &clause.units {
        done = done.line(format!("（{}）{}", unit.id, unit.text));
    }
    for topic in bundle.crosswalk.topics_of(&clause.id) {
        let others = topic.clauses.iter().filter(|c| **c != clause.id).map(ToString::to_string);
        done =
            done.line(format!("{} {}：{}", topic.code, topic.title, others.collect::<Vec<_>>().join("、")));
        if !topic.difference.is_empty() {
            done = done.line(format!("  {}", topic.difference));
        }
    }
    Ok(done)
}

/// The duties of a clause that states several.
fn units(clause: &Clause) -> Vec<serde_json::Value> {
    let unit = |u: &fieldbook_model::Unit| {
        let per_system = u.per_system.as_ref().map(fieldbook_app::checklist::condition_text);
        json!({ "id": u.id, "text": u.text, "strength": StrengthWord::from(u.strength), "per_system": per_system })
    };
    clause.units.iter().map(unit).collect()
}

/// The clauses that share a topic with this one or state the same rule.
fn related(bundle: &Bundle, clause: &ClauseId) -> Vec<serde_json::Value> {
    let mut out = Vec::new();
    for topic in bundle.crosswalk.topics_of(clause) {
        for other in topic.clauses.iter().chain(&topic.background).filter(|c| *c != clause) {
            let word = TopicRelationWord::from(topic.relation);
            out.push(json!({ "clause": other.as_str(), "topic": topic.code, "title": topic.title, "relation": word }));
        }
    }
    for (pair, other) in bundle.crosswalk.pairs_of(clause) {
        let word = PairRelationWord::from(pair.relation);
        out.push(json!({ "clause": other.as_str(), "topic": null, "title": null, "relation": word }));
    }
    out
}
