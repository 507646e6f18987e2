//! A document's folder: `document.toml`, `source.txt` and one file per chapter.

use crate::error::ChecklistError;
use crate::facts::faults;
use crate::predicate::parse_predicate;
use crate::reader::Reader;
use fieldbook_model::{
    AppliesWhen, Chapter, Clause, ClauseId, ClauseKind, ClauseParam, Document, FactDef, Predicate, Strength,
};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;
use unicode_normalization::is_nfc;

/// `document.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDocument {
    /// Place among the documents.
    pub(crate) order: u32,
    code: Spanned<String>,
    title: String,
    title_note: Option<String>,
    issuer: String,
    edition: String,
    /// Name of the bundled source text in the same folder.
    pub(crate) source: Spanned<String>,
    /// SHA-256 of the bundled source text.
    pub(crate) source_sha256: Spanned<String>,
    original_sha256: Spanned<String>,
}

impl RawDocument {
    /// The document without its chapters.
    pub(crate) fn into_document(self, reader: &mut Reader<'_>, source: String) -> Document {
        let code = self.code.get_ref().clone();
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            reader.fail_at(&self.code, ChecklistError::BadId(code.clone(), "document code"));
        }
        for hash in [&self.source_sha256, &self.original_sha256] {
            if hash.get_ref().len() != 64
                || !hash.get_ref().bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            {
                reader.fail_at(hash, ChecklistError::BadId(hash.get_ref().clone(), "SHA-256"));
            }
        }
        Document {
            code,
            title: self.title,
            title_note: self.title_note,
            issuer: self.issuer,
            edition: self.edition,
            source_sha256: self.source_sha256.into_inner(),
            source,
            chapters: Vec::new(),
        }
    }
}

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
    note: Option<String>,
    #[serde(default)]
    params: Vec<String>,
    line: Spanned<u32>,
    editor_note: Option<String>,
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

/// Reads one chapter of a document. Contexts hold only what the file states; see [`add_headings`].
/// `seen` collects the ids of all chapters of the document.
pub(crate) fn read_chapter(
    reader: &mut Reader<'_>,
    document: &Document,
    facts: &[FactDef],
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
        }
        clauses.extend(read_clause(reader, clause, &document.code, facts));
    }
    Some(Chapter { number: raw.number, title: raw.title, clauses })
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
    match (answered, &raw.applies) {
        (true, None) => reader.fail_at(&raw.id, ChecklistError::Lacks(name.clone(), "`applies`")),
        (false, Some(_)) => reader.fail_at(&raw.id, ChecklistError::MustNotHave(name.clone(), "`applies`")),
        _ => {}
    }
    firm.map(|firm| AppliesWhen { firm, per_system, substituted, waived, note: raw.note.clone() })
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

/// Puts the texts of the headings and lead-ins above each clause in front of its stated context, outermost first.
pub(crate) fn add_headings(document: &mut Document) {
    let headings: Vec<(String, String)> = document
        .clauses()
        .filter(|c| c.kind != ClauseKind::Leaf)
        .map(|c| (format!("{}.", c.id), c.text.clone()))
        .collect();
    for clause in document.chapters.iter_mut().flat_map(|c| c.clauses.iter_mut()) {
        let own = std::mem::take(&mut clause.context);
        let above = headings.iter().filter(|(prefix, _)| clause.id.as_str().starts_with(prefix.as_str()));
        clause.context = above.map(|(_, text)| text.clone()).chain(own).collect();
    }
}
