//! The pictures of a procedure.

use super::{Known, RawNeed, read_clauses, read_key, read_need};
use crate::error::ChecklistError;
use crate::fragment::Fragments;
use crate::reader::Reader;
use fieldbook_model::{Picture, PictureKind};
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPicture {
    pub(super) key: Spanned<String>,
    kind: RawKind,
    title: String,
    clauses: Vec<Spanned<String>>,
    unit: String,
    limit: Option<Spanned<String>>,
    #[serde(default)]
    bounds: Vec<i64>,
    holidays: Option<Spanned<String>>,
    every_day: Option<Spanned<String>>,
    #[serde(default)]
    personal: bool,
    #[serde(default)]
    needs: Vec<RawNeed>,
    #[serde(default)]
    pub(super) uses: Vec<Spanned<String>>,
    pub(super) sql: Spanned<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum RawKind {
    Strip,
    Ages,
    Spread,
}

/// Reads one picture; `parameters` are the keys of the procedure's own.
pub(super) fn read(
    reader: &mut Reader<'_>,
    raw: RawPicture,
    parameters: &BTreeSet<&str>,
    fragments: &mut Fragments,
    known: &Known<'_>,
) -> Picture {
    let mut parameter = |key: Option<Spanned<String>>| {
        let key = key?;
        if !parameters.contains(key.get_ref().as_str()) {
            reader.fail_at(&key, ChecklistError::BadId(key.get_ref().clone(), "parameter key"));
        }
        Some(key.into_inner())
    };
    let (limit, holidays, every_day) =
        (parameter(raw.limit), parameter(raw.holidays), parameter(raw.every_day));
    if !raw.bounds.is_sorted_by(|a, b| a < b) {
        reader.fail_at(&raw.key, ChecklistError::OutOfRange("bounds".to_owned()));
    }
    Picture {
        key: read_key(reader, raw.key, "picture key"),
        kind: match raw.kind {
            RawKind::Strip => PictureKind::Strip,
            RawKind::Ages => PictureKind::Ages,
            RawKind::Spread => PictureKind::Spread,
        },
        title: raw.title,
        clauses: read_clauses(reader, &raw.clauses, known),
        unit: raw.unit,
        limit,
        bounds: raw.bounds,
        holidays,
        every_day,
        personal: raw.personal,
        needs: raw.needs.into_iter().map(|need| read_need(reader, need, known)).collect(),
        uses: fragments.used(reader, &raw.uses, &raw.sql),
        sql: raw.sql.into_inner(),
    }
}
