//! `datasets/<key>.toml`: what a firm's spreadsheet becomes.

use crate::error::ChecklistError;
use crate::fragment::check_sql;
use crate::query::{Query, QueryFile, QueryOf, lines_of};
use crate::reader::{Reader, is_key, line_of};
use fieldbook_model::text::norm_key;
use fieldbook_model::{Choice, Column, ColumnType, DatasetDef, Derived, Hours};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDataset {
    key: Spanned<String>,
    code: String,
    zh: String,
    row: Spanned<String>,
    #[serde(default)]
    row_key: Vec<Spanned<String>>,
    column: Vec<RawColumn>,
    #[serde(default)]
    derived: Vec<RawDerived>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawDerived {
    column: Spanned<String>,
    steps: Vec<String>,
    #[serde(default)]
    reads: Vec<String>,
    #[serde(default)]
    words: BTreeMap<Spanned<String>, Vec<String>>,
    sql: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawColumn {
    key: Spanned<String>,
    zh: String,
    r#type: RawType,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    synonyms: Vec<Spanned<String>>,
    #[serde(default)]
    weak: Vec<Spanned<String>>,
    #[serde(default)]
    inverted: Vec<Spanned<String>>,
    hours: Option<Spanned<String>>,
    #[serde(default)]
    personal: bool,
    #[serde(default)]
    choice: Vec<RawChoice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    key: Spanned<String>,
    zh: String,
    #[serde(default)]
    synonyms: Vec<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "lowercase")]
enum RawType {
    Text,
    Bool,
    Enum,
    Date,
    DateTime,
    Int,
    Num,
    Duration,
}

/// Reads one dataset; `stem` is the file's name without `.toml`.
pub(crate) fn read(reader: &mut Reader<'_>, stem: &str) -> Option<DatasetDef> {
    let raw = reader.parse::<RawDataset>()?;
    let key = raw.key.get_ref().clone();
    if !is_key(&key) {
        reader.fail_at(&raw.key, ChecklistError::BadId(key.clone(), "dataset key"));
    }
    if key != stem {
        reader.fail_at(&raw.key, ChecklistError::Misplaced(key.clone()));
    }
    reader.unique(raw.column.iter().map(|c| &c.key));
    reader.unique(&raw.row_key);
    let columns: Vec<Column> = raw.column.into_iter().map(|column| read_column(reader, column)).collect();
    for named in &raw.row_key {
        if !columns.iter().any(|c| c.key == *named.get_ref()) {
            reader.fail_at(named, ChecklistError::UnknownColumn(key.clone(), named.get_ref().clone()));
        }
    }
    if raw.row.get_ref().trim().is_empty() {
        reader.fail_at(&raw.row, ChecklistError::Lacks(key.clone(), "what a row is"));
    }
    let row = raw.row.into_inner();
    reader.unique(raw.derived.iter().map(|d| &d.column));
    let derived = raw.derived.into_iter().map(|d| read_derived(reader, d, &key, &columns)).collect();
    Some(DatasetDef { key, code: raw.code, zh: raw.zh, row, row_key: plain(raw.row_key), columns, derived })
}

fn read_derived(reader: &mut Reader<'_>, raw: RawDerived, key: &str, columns: &[Column]) -> Derived {
    let column = raw.column.get_ref();
    if !columns.iter().any(|c| c.key == *column) {
        reader.fail_at(&raw.column, ChecklistError::UnknownColumn(key.to_owned(), column.clone()));
    }
    for word in raw.words.keys().filter(|word| !is_key(word.get_ref())) {
        reader.fail_at(word, ChecklistError::BadId(word.get_ref().clone(), "parameter key"));
    }
    check_sql(reader, &raw.sql);
    Derived {
        column: raw.column.into_inner(),
        steps: raw.steps,
        reads: raw.reads,
        words: raw.words.into_iter().map(|(word, list)| (word.into_inner(), list)).collect(),
        sql: raw.sql.into_inner(),
    }
}

/// The queries for derived columns, each with its place.
pub(crate) fn queries(reader: &mut Reader<'_>, text: &str) -> Option<QueryFile> {
    let raw = reader.parse::<RawDataset>()?;
    let mut out = QueryFile { file: reader.file().to_owned(), ..QueryFile::default() };
    for derived in &raw.derived {
        let sql = derived.sql.get_ref().clone();
        let own = 0..sql.len();
        let of = QueryOf::Derived(derived.column.get_ref().clone());
        out.queries.push(Query::new(of, sql, own, Vec::new(), lines_of(text, &derived.sql)));
        let words = derived.words.keys();
        out.parameters.extend(words.map(|w| (w.get_ref().clone(), line_of(text, w.span().start))));
    }
    Some(out)
}

fn read_column(reader: &mut Reader<'_>, raw: RawColumn) -> Column {
    let key = raw.key.get_ref().clone();
    if !is_key(&key) {
        reader.fail_at(&raw.key, ChecklistError::BadId(key.clone(), "column key"));
    }
    reader.unique(&raw.synonyms);
    for header in raw.weak.iter().chain(&raw.inverted) {
        if *header.get_ref() != raw.zh && !raw.synonyms.iter().any(|s| s.get_ref() == header.get_ref()) {
            reader.fail_at(header, ChecklistError::UnknownHeader(header.get_ref().clone()));
        }
    }
    if raw.r#type != RawType::Enum && !raw.choice.is_empty() {
        reader.fail_at(&raw.key, ChecklistError::MustNotHave(key.clone(), "choices"));
    }
    one_text_one_choice(reader, &raw.choice);
    let hours = raw.hours.as_ref().and_then(|text| {
        let hours = Hours::parse(text.get_ref());
        if hours.is_none() || !matches!(raw.r#type, RawType::DateTime) {
            reader.fail_at(text, ChecklistError::MustNotHave(key.clone(), "hours that are none"));
        }
        hours
    });
    Column {
        key,
        zh: raw.zh,
        ty: column_type(raw.r#type),
        required: raw.required,
        synonyms: plain(raw.synonyms),
        weak: plain(raw.weak),
        inverted: plain(raw.inverted),
        hours,
        personal: raw.personal,
        choices: raw
            .choice
            .into_iter()
            .map(|c| Choice { key: c.key.into_inner(), zh: c.zh, synonyms: c.synonyms })
            .collect(),
    }
}

/// A cell's text must never fit two choices.
fn one_text_one_choice(reader: &mut Reader<'_>, choices: &[RawChoice]) {
    let mut taken = BTreeSet::new();
    for choice in choices {
        let texts = [choice.key.get_ref(), &choice.zh].into_iter().chain(&choice.synonyms);
        let own: BTreeSet<String> = texts.map(|text| norm_key(text)).collect();
        for text in own {
            if !taken.insert(text.clone()) {
                reader.fail_at(&choice.key, ChecklistError::Duplicate(text));
            }
        }
    }
}

fn column_type(raw: RawType) -> ColumnType {
    match raw {
        RawType::Text => ColumnType::Text,
        RawType::Bool => ColumnType::Bool,
        RawType::Enum => ColumnType::Enum,
        RawType::Date => ColumnType::Date,
        RawType::DateTime => ColumnType::DateTime,
        RawType::Int => ColumnType::Int,
        RawType::Num => ColumnType::Num,
        RawType::Duration => ColumnType::Duration,
    }
}

fn plain(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(Spanned::into_inner).collect()
}
