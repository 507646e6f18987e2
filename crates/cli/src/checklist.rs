//! `fieldbook checklist`.

use crate::args::Checklist;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::AppError;
use fieldbook_app::wire::StrengthWord;
use fieldbook_model::{ClauseId, ClauseKind};
use serde_json::json;

/// Runs a call.
pub fn run(machine: &Machine, call: &Checklist) -> Result<Done, Failure> {
    match call {
        Checklist::Show { clause } => show(machine, clause),
        _ => Ok(list(machine)),
    }
}

fn list(machine: &Machine) -> Done {
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for d in &machine.bundle_desk().bundle().documents {
        let leafs = || d.clauses().filter(|c| c.kind == ClauseKind::Leaf);
        let (items, examinable) = (leafs().count(), leafs().filter(|c| c.examinable).count());
        let duties = d.clauses().filter(|c| c.kind == ClauseKind::Chapeau).count();
        lines.push(format!(
            "{}  {}（{}）  {items} 項，可查核 {examinable} 項  {}",
            d.code, d.title, d.issuer, d.edition
        ));
        rows.push(
            json!({ "id": d.code, "title": d.title, "issuer": d.issuer, "edition": d.edition, "items": items,
                          "examinable": examinable, "chapeau_duties": duties }),
        );
    }
    Done::new(json!(rows)).lines(lines)
}

fn show(machine: &Machine, id: &str) -> Result<Done, Failure> {
    let bundle = machine.bundle_desk().bundle();
    let unknown = || AppError::new("unknown_clause").with("field", id);
    let clause = ClauseId::parse(id).ok().and_then(|id| bundle.clause(&id)).ok_or_else(unknown)?;
    let document = bundle.document(clause.id.doc()).ok_or_else(unknown)?;
    let applies = clause.applies.as_ref().map(fieldbook_app::checklist::applies_text);
    let params: Vec<&str> = clause.params.iter().map(|p| p.text.as_str()).collect();
    let json = json!({
        "id": clause.id.as_str(), "label": clause.label, "text": clause.text,
        "strength": StrengthWord::from(clause.strength), "applies": applies, "params": params, "related": [],
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
    Ok(done)
}
