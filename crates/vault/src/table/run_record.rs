//! The column `run.record`: what it takes to run a kept run again, as one JSON object.

use crate::error::VaultError;
use crate::json;
use fieldbook_model::{ClauseId, ListOrigin, ReadSheet, RunRecord, Tri};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What is said of a record that does not read.
pub(crate) const DAMAGED: VaultError = VaultError::Damaged { what: "record of a run" };

/// The stored text.
pub(crate) fn text(record: &RunRecord) -> String {
    let sheet = |s: &ReadSheet| {
        json!({
            "id": s.id, "dataset": s.dataset, "file": s.file, "sha256": s.sha256, "sheet": s.sheet,
            "header_row": s.header_row, "end_row": s.end_row, "origin": s.origin.map(ListOrigin::as_str),
            "rows": s.rows, "declared_rows": s.declared_rows, "mapping": json::mapping(&s.mapping),
            "filled": json::filled(&s.filled),
        })
    };
    let clauses: Vec<&str> = record.not_binding.iter().map(ClauseId::as_str).collect();
    json!({
        "engine": record.engine, "applies": tri(record.applies), "firm": record.firm, "not_binding": clauses,
        "population_sha256": record.population_sha256,
        "sheets": record.sheets.iter().map(sheet).collect::<Vec<_>>(),
    })
    .to_string()
}

/// SHA-256 of the stored text, lower-case hex.
pub(crate) fn sha256(record: &RunRecord) -> String {
    hex::encode(Sha256::digest(text(record).as_bytes()))
}

/// Reads the stored text.
pub(crate) fn read(text: &str) -> Result<RunRecord, VaultError> {
    let v: Value = serde_json::from_str(text).map_err(|_| DAMAGED)?;
    let clauses = list(&v, "not_binding")?;
    let clause = |c: &Value| ClauseId::parse(c.as_str().unwrap_or_default()).map_err(|_| DAMAGED);
    Ok(RunRecord {
        engine: number(&v, "engine")?.ok_or(DAMAGED)?.try_into().map_err(|_| DAMAGED)?,
        applies: read_tri(word(&v, "applies")?)?,
        firm: word(&v, "firm")?.to_owned(),
        not_binding: clauses.iter().map(clause).collect::<Result<_, _>>()?,
        population_sha256: word(&v, "population_sha256")?.to_owned(),
        sheets: list(&v, "sheets")?.iter().map(read_sheet).collect::<Result<_, _>>()?,
    })
}

fn read_sheet(v: &Value) -> Result<ReadSheet, VaultError> {
    let row = |n: Option<u64>| n.map(u32::try_from).transpose().map_err(|_| DAMAGED);
    let origin = v.get("origin").and_then(Value::as_str);
    Ok(ReadSheet {
        id: v.get("id").and_then(Value::as_i64).ok_or(DAMAGED)?,
        dataset: word(v, "dataset")?.to_owned(),
        file: word(v, "file")?.to_owned(),
        sha256: word(v, "sha256")?.to_owned(),
        sheet: word(v, "sheet")?.to_owned(),
        header_row: row(number(v, "header_row")?)?.ok_or(DAMAGED)?,
        end_row: row(number(v, "end_row")?)?,
        origin: origin.map(|o| ListOrigin::parse(o).ok_or(DAMAGED)).transpose()?,
        rows: number(v, "rows")?.ok_or(DAMAGED)?,
        declared_rows: number(v, "declared_rows")?,
        mapping: json::read_mapping(word(v, "mapping")?)?,
        filled: json::read_filled(word(v, "filled")?)?,
    })
}

/// A text of an object.
pub(crate) fn word<'a>(v: &'a Value, key: &str) -> Result<&'a str, VaultError> {
    v.get(key).and_then(Value::as_str).ok_or(DAMAGED)
}

/// A list of an object.
pub(crate) fn list<'a>(v: &'a Value, key: &str) -> Result<&'a Vec<Value>, VaultError> {
    v.get(key).and_then(Value::as_array).ok_or(DAMAGED)
}

/// A list of texts of an object.
pub(crate) fn texts(v: &Value, key: &str) -> Result<Vec<String>, VaultError> {
    list(v, key)?.iter().map(|t| t.as_str().map(str::to_owned).ok_or(DAMAGED)).collect()
}

/// A number of an object, or `None` for null.
pub(crate) fn number(v: &Value, key: &str) -> Result<Option<u64>, VaultError> {
    match v.get(key) {
        Some(Value::Null) => Ok(None),
        Some(n) => n.as_u64().map(Some).ok_or(DAMAGED),
        None => Err(DAMAGED),
    }
}

fn tri(value: Tri) -> &'static str {
    match value {
        Tri::Yes => "yes",
        Tri::No => "no",
        Tri::Unknown => "unknown",
    }
}

fn read_tri(text: &str) -> Result<Tri, VaultError> {
    match text {
        "yes" => Ok(Tri::Yes),
        "no" => Ok(Tri::No),
        "unknown" => Ok(Tri::Unknown),
        _ => Err(DAMAGED),
    }
}
