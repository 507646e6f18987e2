//! Compares an edited sheet with what is loaded, cell by cell.

use super::{COLUMNS, RowChange, RowDefect, RowFault, cells};
use crate::bundle::Bundle;
use crate::error::ChecklistError;
use crate::facts::faults;
use crate::predicate::{parse_predicate, predicate_text};
use crate::words::{strength_of, strength_word};
use fieldbook_model::{Chapter, Clause, ClauseKind, Document};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// A clause with where it stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    document: &'a Document,
    chapter: &'a Chapter,
    clause: &'a Clause,
}

type Column = (&'static str, &'static str, bool);

pub(super) fn compare_rows(
    bundle: &Bundle,
    rows: &[(u32, Vec<String>)],
) -> Result<Vec<RowChange>, Vec<RowFault>> {
    let Some(((first, headings), rows)) = rows.split_first() else { return Err(missing_columns(0)) };
    let columns = columns(*first, headings)?;
    let places = places(bundle);
    let mut sheet = Sheet { bundle, changes: Vec::new(), faults: Vec::new() };
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (row, texts) in rows.iter().filter(|(_, texts)| texts.iter().any(|text| !text.trim().is_empty())) {
        let cells: Vec<(Column, String)> =
            columns.iter().map(|(column, at)| (*column, plain(texts.get(*at)))).collect();
        let id = cells.iter().find(|((key, ..), _)| *key == "id").map(|(_, id)| id.as_str());
        let id = id.unwrap_or_default();
        let Some((id, place)) = places.get_key_value(id) else {
            sheet.fault(*row, COLUMNS[0], RowDefect::UnknownId(shown(id)));
            continue;
        };
        if !seen.insert(id) {
            sheet.fault(*row, COLUMNS[0], RowDefect::DuplicateId((*id).to_owned()));
            continue;
        }
        for (column, text) in &cells {
            sheet.look(*row, *column, place, text);
        }
    }
    let held: BTreeSet<&str> = seen.iter().filter_map(|id| id.split('-').next()).collect();
    for place in
        bundle.documents.iter().filter(|d| held.contains(d.code.as_str())).flat_map(Document::clauses)
    {
        if !seen.contains(place.id.as_str()) {
            sheet.fault(*first, COLUMNS[0], RowDefect::MissingId(place.id.to_string()));
        }
    }
    if sheet.faults.is_empty() { Ok(sheet.changes) } else { Err(sheet.faults) }
}

/// The columns with their places in the sheet.
fn columns(row: u32, headings: &[String]) -> Result<Vec<(Column, usize)>, Vec<RowFault>> {
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for column in COLUMNS {
        let mut at = headings.iter().enumerate().filter(|(_, text)| plain(Some(text)) == column.1);
        match (at.next(), at.next()) {
            (Some((at, _)), None) => found.push((column, at)),
            (None, _) => faults.push(RowFault { row, column: column.1, what: RowDefect::MissingColumn }),
            (Some(_), Some(_)) => {
                faults.push(RowFault { row, column: column.1, what: RowDefect::DoubleColumn });
            }
        }
    }
    if faults.is_empty() { Ok(found) } else { Err(faults) }
}

fn missing_columns(row: u32) -> Vec<RowFault> {
    COLUMNS.map(|column| RowFault { row, column: column.1, what: RowDefect::MissingColumn }).into()
}

fn places(bundle: &Bundle) -> BTreeMap<&str, Place<'_>> {
    let mut out = BTreeMap::new();
    for document in &bundle.documents {
        for chapter in &document.chapters {
            for clause in &chapter.clauses {
                out.insert(clause.id.as_str(), Place { document, chapter, clause });
            }
        }
    }
    out
}

/// A cell's text as it is compared and kept: NFC, unix line ends, no blanks around it.
fn plain(text: Option<&String>) -> String {
    let text: String = text.into_iter().flat_map(|text| text.nfc()).collect();
    text.replace("\r\n", "\n").trim().to_owned()
}

/// An unknown id as it may be shown.
fn shown(id: &str) -> String {
    id.chars().filter(|c| !c.is_control()).take(40).collect()
}

struct Sheet<'a> {
    bundle: &'a Bundle,
    changes: Vec<RowChange>,
    faults: Vec<RowFault>,
}

impl Sheet<'_> {
    fn fault(&mut self, row: u32, column: Column, what: RowDefect) {
        self.faults.push(RowFault { row, column: column.1, what });
    }

    /// Looks at one cell: the same, a change, or a fault.
    fn look(&mut self, row: u32, column: Column, place: &Place<'_>, text: &str) {
        let (key, _, may_edit) = column;
        let before = cells::cell(place.document, place.chapter, place.clause, key);
        if plain(Some(&before)) == text {
            return;
        }
        if !may_edit {
            return self.fault(row, column, RowDefect::ReadOnly);
        }
        match self.read(key, place.clause, text) {
            Ok(after) if after == before => {}
            Ok(after) => {
                let clause = place.clause.id.clone();
                self.changes.push(RowChange { row, clause, column: key, before, after });
            }
            Err(defects) => {
                for what in defects {
                    self.fault(row, column, what);
                }
            }
        }
    }

    /// A cell's text in the spelling in which it is kept.
    fn read(&self, key: &str, clause: &Clause, text: &str) -> Result<String, Vec<RowDefect>> {
        let one = |what| Err(vec![what]);
        match key {
            "label" | "text" if text.is_empty() => one(RowDefect::Empty),
            "label" | "text" | "editor_note" => Ok(text.to_owned()),
            "params" => {
                let params: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
                Ok(params.join("\n"))
            }
            "strength" if clause.kind == ClauseKind::Branch => one(RowDefect::NotAnswered),
            "strength" if text.is_empty() => one(RowDefect::Empty),
            "strength" => match strength_of(text) {
                Some(strength) => Ok(strength_word(strength).to_owned()),
                None => one(RowDefect::BadStrength(shown(text))),
            },
            _ if clause.applies.is_none() && !text.is_empty() => one(RowDefect::NotAnswered),
            "note" => Ok(text.to_owned()),
            "applies" if text.is_empty() => one(RowDefect::Empty),
            _ if text.is_empty() => Ok(String::new()),
            condition => {
                let wrong = |what| RowDefect::Condition(what);
                let predicate = parse_predicate(text)
                    .map_err(|error| vec![wrong(ChecklistError::BadPredicate(error))])?;
                let faults = faults(&predicate, &self.bundle.facts, condition == "per_system");
                if faults.is_empty() {
                    Ok(predicate_text(&predicate))
                } else {
                    Err(faults.into_iter().map(wrong).collect())
                }
            }
        }
    }
}
