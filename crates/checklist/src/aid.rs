//! `patterns.toml`, `sheets.toml` and `phrases.toml`: what helps an examiner with the clauses.

use crate::cite::Cited;
use crate::error::ChecklistError;
use crate::reader::{Reader, is_key};
use fieldbook_model::{FieldSheet, ItemResult, Pattern, Phrase, PhrasePart, Topic};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPatterns {
    #[serde(default)]
    pattern: Vec<RawPattern>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPattern {
    code: Spanned<String>,
    clause: Spanned<String>,
    criteria: Vec<Spanned<String>>,
    #[serde(default)]
    procedures: Vec<Spanned<String>>,
}

/// Reads the deficiency patterns in the order of the file; `procedures` are the ids that exist.
pub(crate) fn read_patterns(
    reader: &mut Reader<'_>,
    cited: &Cited<'_>,
    procedures: &BTreeSet<&str>,
) -> Option<Vec<Pattern>> {
    let raw = reader.parse::<RawPatterns>()?;
    reader.unique(raw.pattern.iter().map(|p| &p.code));
    reader.unique(raw.pattern.iter().map(|p| &p.clause));
    let patterns = raw.pattern.into_iter();
    Some(patterns.filter_map(|pattern| read_pattern(reader, pattern, cited, procedures)).collect())
}

fn read_pattern(
    reader: &mut Reader<'_>,
    raw: RawPattern,
    cited: &Cited<'_>,
    procedures: &BTreeSet<&str>,
) -> Option<Pattern> {
    let code = raw.code.get_ref().clone();
    let mut letters = code.chars();
    let shaped = letters.next().is_some_and(|c| c.is_ascii_uppercase())
        && !letters.as_str().is_empty()
        && letters.all(|c| c.is_ascii_digit());
    if !shaped {
        reader.fail_at(&raw.code, ChecklistError::BadId(code.clone(), "pattern code"));
    }
    let clause = cited.answered(reader, std::slice::from_ref(&raw.clause)).pop();
    if raw.criteria.is_empty() {
        reader.fail_at(&raw.code, ChecklistError::Lacks(code.clone(), "criteria"));
    }
    let mut criteria = cited.answered(reader, &raw.criteria);
    cited.sort(&mut criteria);
    reader.unique(&raw.procedures);
    for id in raw.procedures.iter().filter(|id| !procedures.contains(id.get_ref().as_str())) {
        reader.fail_at(id, ChecklistError::UnknownProcedure(id.get_ref().clone()));
    }
    let procedures = raw.procedures.into_iter().map(Spanned::into_inner).collect();
    Some(Pattern { code, clause: clause?, criteria, procedures })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheets {
    #[serde(default)]
    sheet: Vec<RawSheet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheet {
    key: Spanned<String>,
    title: String,
    instructions: Vec<String>,
    clauses: Vec<Spanned<String>>,
    #[serde(default)]
    table: String,
    #[serde(default)]
    columns: Vec<RawSheetColumn>,
    #[serde(default)]
    rows: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheetColumn {
    heading: Spanned<String>,
    width: Spanned<u32>,
}

/// Reads the sheets in the order of the file.
pub(crate) fn read_sheets(reader: &mut Reader<'_>, cited: &Cited<'_>) -> Option<Vec<FieldSheet>> {
    let raw = reader.parse::<RawSheets>()?;
    reader.unique(raw.sheet.iter().map(|s| &s.key));
    Some(raw.sheet.into_iter().map(|sheet| read_sheet(reader, sheet, cited)).collect())
}

fn read_sheet(reader: &mut Reader<'_>, raw: RawSheet, cited: &Cited<'_>) -> FieldSheet {
    let key = raw.key.get_ref().clone();
    if !is_key(&key) {
        reader.fail_at(&raw.key, ChecklistError::BadId(key.clone(), "sheet key"));
    }
    if raw.clauses.is_empty() {
        reader.fail_at(&raw.key, ChecklistError::Lacks(key.clone(), "clauses"));
    }
    let parts = [!raw.table.is_empty(), !raw.columns.is_empty(), raw.rows > 0];
    if parts.contains(&true) && parts.contains(&false) {
        reader.fail_at(&raw.key, ChecklistError::Lacks(key.clone(), "a table's heading, columns or rows"));
    }
    reader.unique(raw.columns.iter().map(|c| &c.heading));
    for column in raw.columns.iter().filter(|c| *c.width.get_ref() == 0) {
        reader.fail_at(&column.width, ChecklistError::Lacks(column.heading.get_ref().clone(), "a width"));
    }
    let columns = raw.columns.into_iter().map(|c| (c.heading.into_inner(), c.width.into_inner()));
    FieldSheet {
        key,
        title: raw.title,
        instructions: raw.instructions,
        clauses: cited.answered(reader, &raw.clauses),
        table: raw.table,
        columns: columns.collect(),
        rows: raw.rows,
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrases {
    #[serde(default)]
    phrase: Vec<RawPhrase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPhrase {
    text: Spanned<String>,
    #[serde(default)]
    clauses: Vec<Spanned<String>>,
    #[serde(default)]
    topics: Vec<Spanned<String>>,
    #[serde(default)]
    results: Vec<RawResult>,
    #[serde(default)]
    part: RawPart,
}

#[derive(Deserialize, Clone, Copy, Default)]
#[serde(rename_all = "snake_case")]
enum RawPart {
    #[default]
    Note,
    Cause,
    Effect,
    Recommendation,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum RawResult {
    Compliant,
    Partial,
    Noncompliant,
    NotApplicable,
    NoData,
    NotExamined,
}

/// Reads the phrases in the order of the file.
pub(crate) fn read_phrases(
    reader: &mut Reader<'_>,
    cited: &Cited<'_>,
    topics: &[Topic],
) -> Option<Vec<Phrase>> {
    let raw = reader.parse::<RawPhrases>()?;
    reader.unique(raw.phrase.iter().map(|p| &p.text));
    Some(raw.phrase.into_iter().map(|phrase| read_phrase(reader, phrase, cited, topics)).collect())
}

fn read_phrase(reader: &mut Reader<'_>, raw: RawPhrase, cited: &Cited<'_>, topics: &[Topic]) -> Phrase {
    if raw.text.get_ref().trim().is_empty() {
        reader.fail_at(&raw.text, ChecklistError::Lacks("phrase".to_owned(), "a text"));
    }
    reader.unique(&raw.topics);
    for code in raw.topics.iter().filter(|code| topics.iter().all(|t| t.code != *code.get_ref())) {
        reader.fail_at(code, ChecklistError::UnknownTopic(code.get_ref().clone()));
    }
    let results = raw.results.into_iter().map(|result| match result {
        RawResult::Compliant => ItemResult::Compliant,
        RawResult::Partial => ItemResult::Partial,
        RawResult::Noncompliant => ItemResult::Noncompliant,
        RawResult::NotApplicable => ItemResult::NotApplicable,
        RawResult::NoData => ItemResult::NoData,
        RawResult::NotExamined => ItemResult::NotExamined,
    });
    Phrase {
        part: match raw.part {
            RawPart::Note => PhrasePart::Note,
            RawPart::Cause => PhrasePart::Cause,
            RawPart::Effect => PhrasePart::Effect,
            RawPart::Recommendation => PhrasePart::Recommendation,
        },
        text: raw.text.into_inner(),
        clauses: cited.answered(reader, &raw.clauses),
        topics: raw.topics.into_iter().map(Spanned::into_inner).collect(),
        results: results.collect(),
    }
}
