//! A clause as a row of cells.

use super::COLUMNS;
use crate::predicate::predicate_text;
use crate::words::strength_word;
use fieldbook_model::{AppliesWhen, Chapter, Clause, ClauseKind, Document, Predicate, Strength};

/// The row of a clause.
pub(super) fn cells(document: &Document, chapter: &Chapter, clause: &Clause) -> Vec<String> {
    COLUMNS.iter().map(|(key, ..)| cell(document, chapter, clause, key)).collect()
}

/// The cell of a clause in one column.
pub(super) fn cell(document: &Document, chapter: &Chapter, clause: &Clause, key: &str) -> String {
    let when = clause.applies.as_ref();
    match key {
        "id" => clause.id.to_string(),
        "document" => document.code.clone(),
        "chapter" => format!("{} {}", chapter.number, chapter.title),
        "label" => clause.label.clone(),
        "text" => clause.text.clone(),
        "strength" => strength(clause).map(strength_word).unwrap_or_default().to_owned(),
        "params" => clause.params.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("\n"),
        "note" => when.and_then(|when| when.note.clone()).unwrap_or_default(),
        "editor_note" => clause.editor_note.clone().unwrap_or_default(),
        "units" => units(clause),
        condition => when.and_then(|when| of(when, condition)).map(predicate_text).unwrap_or_default(),
    }
}

/// The strength that a clause states; headings state none.
fn strength(clause: &Clause) -> Option<Strength> {
    let none = clause.kind == ClauseKind::Branch && clause.strength == Strength::Definition;
    (!none).then_some(clause.strength)
}

/// The condition of a column.
pub(super) fn of<'a>(when: &'a AppliesWhen, key: &str) -> Option<&'a Predicate> {
    match key {
        "applies" => Some(&when.firm),
        "per_system" => when.per_system.as_ref(),
        "substituted" => when.substituted.as_ref(),
        "waived" => when.waived.as_ref(),
        "out_of_scope" => when.out_of_scope.as_ref(),
        _ => None,
    }
}

fn units(clause: &Clause) -> String {
    let unit = |u: &fieldbook_model::Unit| format!("{}（{}）{}", u.id, strength_word(u.strength), u.text);
    clause.units.iter().map(unit).collect::<Vec<_>>().join("\n")
}
