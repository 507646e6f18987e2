//! A chapter's file: clauses with their conditions, and the units of those that state several duties.

use crate::error::ChecklistError;
use crate::facts::faults;
use crate::predicate::parse_predicate;
use crate::reader::Reader;
use crate::verbatim::{Misquote, SourceText};
use fieldbook_model::{
    AppliesWhen, Chapter, Clause, ClauseId, ClauseKind, ClauseParam, Document, FactDef, Predicate, Strength,
    Unit,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;
use unicode_normalization::is_nfc;

/// What stands between two excerpts of a unit's text.
const ELISION: char = '…';

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChapter {
    number: String,
    title: String,
    clause: Vec<RawClause>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: Spanned<String>,
    kind: RawKind,
    label: String,
    text: Spanned<String>,
    #[serde(default)]
    context: Vec<String>,
    strength: Option<RawStrength>,
    examinable: Option<bool>,
    applies: Option<Spanned<String>>,
    per_system: Option<Spanned<String>>,
    substituted: Option<Spanned<String>>,
    waived: Option<Spanned<String>>,
    out_of_scope: Option<Spanned<String>>,
    note: Option<String>,
    #[serde(default)]
    params: Vec<String>,
    line: Spanned<u32>,
    editor_note: Option<String>,
    #[serde(default)]
    unit: Vec<RawUnit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawUnit {
    id: Spanned<String>,
    text: Spanned<String>,
    strength: RawStrength,
    per_system: Option<Spanned<String>>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum RawKind {
    Leaf,
    Branch,
    Chapeau,
}

/// A strength as the files spell it.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RawStrength {
    Must,
    Should,
    May,
    MustNot,
    Question,
    Declarative,
    InheritedMust,
    Procedure,
    Definition,
}

impl From<RawStrength> for Strength {
    fn from(raw: RawStrength) -> Self {
        match raw {
            RawStrength::Must => Self::Must,
            RawStrength::Should => Self::Should,
            RawStrength::May => Self::May,
            RawStrength::MustNot => Self::MustNot,
            RawStrength::Question => Self::Question,
            RawStrength::Declarative => Self::Declarative,
            RawStrength::InheritedMust => Self::InheritedMust,
            RawStrength::Procedure => Self::Procedure,
            RawStrength::Definition => Self::Definition,
        }
    }
}

/// Reads one chapter of a document. Contexts hold only what the file states; see
/// [`add_headings`](crate::document::add_headings). The texts are compared with the source where it is given. `seen`
/// collects the ids of all chapters of the document.
pub(crate) fn read_chapter(
    reader: &mut Reader<'_>,
    document: &Document,
    facts: &[FactDef],
    source: Option<&SourceText>,
    seen: &mut BTreeSet<String>,
) -> Option<Chapter> {
    let raw = reader.parse::<RawChapter>()?;
    let lines = u32::try_from(document.source.lines().count()).unwrap_or(u32::MAX);
    let mut clauses = Vec::new();
    for clause in raw.clause {
        if !seen.insert(clause.id.get_ref().clone()) {
            reader.fail_at(&clause.id, ChecklistError::Duplicate(clause.id.get_ref().clone()));
        }
        if *clause.line.get_ref() == 0 || *clause.line.get_ref() > lines {
            reader.fail_at(&clause.line, ChecklistError::NoSuchLine(clause.id.get_ref().clone()));
        } else if let Some(source) = source {
            compare(reader, &clause, source);
        }
        clauses.extend(read_clause(reader, clause, &document.code, facts));
    }
    Some(Chapter { number: raw.number, title: raw.title, clauses })
}

/// Reports a text that does not stand in the source.
fn compare(reader: &mut Reader<'_>, clause: &RawClause, source: &SourceText) {
    let text = clause.text.get_ref();
    let Err(misquote) = source.quotes(text, *clause.line.get_ref()) else { return };
    let elsewhere = matches!(misquote, Misquote::Elsewhere(_));
    let what = ChecklistError::Misquoted(clause.id.get_ref().clone(), misquote);
    match (elsewhere, is_nfc(text)) {
        (true, _) => reader.fail_at(&clause.line, what),
        (false, true) => reader.fail_at(&clause.text, what),
        // That the text is not in the source's form is told by itself.
        (false, false) => {}
    }
}

fn read_clause(reader: &mut Reader<'_>, raw: RawClause, code: &str, facts: &[FactDef]) -> Option<Clause> {
    let name = raw.id.get_ref().clone();
    let Ok(id) = ClauseId::parse(&name) else {
        reader.fail_at(&raw.id, ChecklistError::BadId(name, "clause id"));
        return None;
    };
    if id.doc() != code {
        reader.fail_at(&raw.id, ChecklistError::Misplaced(name.clone()));
    }
    if !is_nfc(raw.text.get_ref()) {
        reader.fail_at(&raw.text, ChecklistError::NotNfc(name.clone()));
    }
    let answered = raw.examinable.unwrap_or(raw.kind != RawKind::Branch);
    if answered && raw.kind == RawKind::Branch {
        reader.fail_at(&raw.id, ChecklistError::MustNotHave(name.clone(), "`examinable` as a branch"));
    }
    if raw.kind != RawKind::Branch && raw.strength.is_none() {
        reader.fail_at(&raw.id, ChecklistError::Lacks(name.clone(), "a strength"));
    }
    Some(Clause {
        applies: read_applies(reader, &raw, answered, facts),
        units: read_units(reader, &raw, answered, facts),
        id,
        kind: match raw.kind {
            RawKind::Leaf => ClauseKind::Leaf,
            RawKind::Branch => ClauseKind::Branch,
            RawKind::Chapeau => ClauseKind::Chapeau,
        },
        label: raw.label,
        text: raw.text.into_inner(),
        context: raw.context,
        strength: raw.strength.map_or(Strength::Definition, Strength::from),
        examinable: answered,
        params: raw.params.into_iter().map(|text| ClauseParam { text }).collect(),
        source_line: *raw.line.get_ref(),
        editor_note: raw.editor_note,
    })
}

fn read_applies(
    reader: &mut Reader<'_>,
    raw: &RawClause,
    answered: bool,
    facts: &[FactDef],
) -> Option<AppliesWhen> {
    let name = raw.id.get_ref();
    let firm = read_condition(reader, raw.applies.as_ref(), facts, false);
    let per_system = read_condition(reader, raw.per_system.as_ref(), facts, true);
    let substituted = read_condition(reader, raw.substituted.as_ref(), facts, false);
    let waived = read_condition(reader, raw.waived.as_ref(), facts, false);
    let out_of_scope = read_condition(reader, raw.out_of_scope.as_ref(), facts, false);
    match (answered, &raw.applies) {
        (true, None) => reader.fail_at(&raw.id, ChecklistError::Lacks(name.clone(), "`applies`")),
        (false, Some(_)) => reader.fail_at(&raw.id, ChecklistError::MustNotHave(name.clone(), "`applies`")),
        _ => {}
    }
    let note = raw.note.clone();
    firm.map(|firm| AppliesWhen { firm, per_system, substituted, waived, out_of_scope, note })
}

/// Reads the units of a clause. Each quotes the clause: its excerpts occur in the clause's text one after another.
fn read_units(reader: &mut Reader<'_>, raw: &RawClause, answered: bool, facts: &[FactDef]) -> Vec<Unit> {
    let name = raw.id.get_ref();
    match raw.unit.as_slice() {
        [] => {}
        [only] => reader.fail_at(&only.id, ChecklistError::Lacks(name.clone(), "a second unit")),
        [first, ..] if !answered => {
            reader.fail_at(&first.id, ChecklistError::MustNotHave(name.clone(), "units"));
        }
        _ => {}
    }
    let mut seen = BTreeSet::new();
    let mut units = Vec::with_capacity(raw.unit.len());
    for unit in &raw.unit {
        let id = unit.id.get_ref().clone();
        let full = format!("{name} {id}");
        if id.len() != 1 || !id.bytes().all(|b| b.is_ascii_lowercase()) {
            reader.fail_at(&unit.id, ChecklistError::BadId(full.clone(), "unit id"));
        }
        if !seen.insert(id.clone()) {
            reader.fail_at(&unit.id, ChecklistError::Duplicate(full.clone()));
        }
        if !quotes(raw.text.get_ref(), unit.text.get_ref()) {
            reader.fail_at(&unit.text, ChecklistError::NotInClause(full));
        }
        units.push(Unit {
            id,
            text: unit.text.get_ref().clone(),
            strength: unit.strength.into(),
            per_system: read_condition(reader, unit.per_system.as_ref(), facts, true),
        });
    }
    units
}

/// Whether `text` consists of excerpts of `clause` in their order, with `…` between them.
fn quotes(clause: &str, text: &str) -> bool {
    let mut rest = clause;
    text.split(ELISION).all(|excerpt| match rest.split_once(excerpt) {
        Some((_, after)) if !excerpt.is_empty() => {
            rest = after;
            true
        }
        _ => false,
    })
}

/// Reads a condition and checks the facts that it names.
pub(crate) fn read_condition(
    reader: &mut Reader<'_>,
    raw: Option<&Spanned<String>>,
    facts: &[FactDef],
    of_system: bool,
) -> Option<Predicate> {
    let raw = raw?;
    match parse_predicate(raw.get_ref()) {
        Ok(predicate) => {
            for what in faults(&predicate, facts, of_system) {
                reader.fail_at(raw, what);
            }
            Some(predicate)
        }
        Err(error) => {
            reader.fail_at(raw, error.into());
            None
        }
    }
}
