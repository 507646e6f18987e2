//! Columns that a firm's lists often leave out and that decide which rule applies (the kind of an account): inferred by
//! a dataset's own query, corrected by the examiner, before any procedure runs.

use crate::error::AuditError;
use crate::store::DatasetStore;
use fieldbook_model::{Correction, DatasetDef, Derived, DerivedColumn, DerivedValue, ParamValue};
use std::collections::BTreeMap;

/// Infers every derived column that the store holds rows for, and puts the examiner's corrections in their place.
///
/// # Errors
/// [`AuditError::Derived`] when a query cannot run.
pub fn derive(
    store: &dyn DatasetStore,
    defs: &[DatasetDef],
    firm: &str,
    corrections: &[Correction],
) -> Result<Vec<DerivedColumn>, AuditError> {
    let held = store.datasets().map_err(AuditError::Datasets)?;
    let mut out = Vec::new();
    for def in defs.iter().filter(|def| held.iter().any(|s| s.key == def.key && s.rows > 0)) {
        for derived in &def.derived {
            let mut values = inferred(store, def, derived, firm)?;
            values.extend(corrected(store, def, derived, corrections)?);
            let values = values.into_values().collect();
            out.push(DerivedColumn { dataset: def.key.clone(), column: derived.column.clone(), values });
        }
    }
    Ok(out)
}

fn inferred(
    store: &dyn DatasetStore,
    def: &DatasetDef,
    derived: &Derived,
    firm: &str,
) -> Result<BTreeMap<i64, DerivedValue>, AuditError> {
    let words = derived.words.iter().map(|(key, list)| (key.clone(), ParamValue::List(list.clone())));
    let params: Vec<_> = words.chain([("firm".to_owned(), ParamValue::Text(firm.to_owned()))]).collect();
    let mut values = BTreeMap::new();
    let mut each = |id: i64, cells: Vec<(String, Option<String>)>| {
        let cell = |key: &str| cells.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.clone());
        if let Some(value) = cell("value") {
            let basis = cell("basis").unwrap_or_default();
            values.insert(id, DerivedValue { id, value: Some(value), basis });
        }
    };
    store.rows(&derived.sql, &params, &mut each).map_err(|source| failed(def, derived, source))?;
    Ok(values)
}

fn corrected(
    store: &dyn DatasetStore,
    def: &DatasetDef,
    derived: &Derived,
    corrections: &[Correction],
) -> Result<BTreeMap<i64, DerivedValue>, AuditError> {
    let mine = corrections.iter().filter(|c| c.dataset == def.key && c.column == derived.column);
    let by_row: BTreeMap<&str, &Correction> = mine.map(|c| (c.row.as_str(), c)).collect();
    let mut values = BTreeMap::new();
    if by_row.is_empty() || def.row_key.is_empty() {
        return Ok(values);
    }
    let sql = format!("SELECT _id, {} FROM {} ORDER BY _id", def.row_key.join(", "), def.key);
    let mut each = |id: i64, cells: Vec<(String, Option<String>)>| {
        let cell = |key: &str| cells.iter().find(|(k, _)| k == key).and_then(|(_, v)| v.clone());
        let correction = def.row_name(cell).and_then(|name| by_row.get(name.as_str()).copied());
        if let Some(c) = correction {
            let basis = format!("查核人員更正：{}", c.note);
            values.insert(id, DerivedValue { id, value: c.value.clone(), basis });
        }
    };
    store.rows(&sql, &[], &mut each).map_err(|source| failed(def, derived, source))?;
    Ok(values)
}

fn failed(def: &DatasetDef, derived: &Derived, source: crate::error::StoreError) -> AuditError {
    AuditError::Derived { dataset: def.key.clone(), column: derived.column.clone(), source }
}
