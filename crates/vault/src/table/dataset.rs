//! `ds_<dataset>` and the view `<dataset>`: the rows of the firm's files under our columns.
//!
//! ```text
//! _id  _sheet_id  _row  _hidden  <column> …  <date column>_state …  _unreadable  _originals
//! ```
//!
//! A value is stored as the model's text form, whole numbers, booleans and minutes as integers. Without a value the
//! column is NULL; a date column then says why in `<column>_state`: `missing`, `never` or `unreadable`. Of other
//! columns, those that could not be read are named in `_unreadable`, separated by commas. `_originals` is a JSON
//! object of original texts by column, where they differ from the stored form.

use crate::error::VaultError;
use crate::schema::EXAM;
use fieldbook_model::{Column, ColumnType, DatasetDef};
use rusqlite::{Connection, OptionalExtension};

/// Whether a column has a state beside it.
pub(crate) fn has_state(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Date | ColumnType::DateTime)
}

/// Name of the table behind a dataset.
pub(crate) fn table_of(key: &str) -> String {
    format!("ds_{key}")
}

/// Makes missing tables, adds missing columns, renews views whose columns changed.
pub(crate) fn ensure(conn: &mut Connection, defs: &[DatasetDef]) -> Result<(), VaultError> {
    let tx = conn.transaction()?;
    for def in defs {
        check(def)?;
        ensure_table(&tx, def)?;
        ensure_view(&tx, def)?;
    }
    tx.commit()?;
    Ok(())
}

/// Removes the rows of one sheet; gives their number.
pub(crate) fn delete_sheet(
    conn: &Connection,
    key: &str,
    sheet_id: i64,
    first_id: i64,
) -> Result<u64, VaultError> {
    let sql = format!("DELETE FROM \"{}\" WHERE _id >= ?1 AND _sheet_id = ?2", table_of(key));
    Ok(conn.execute(&sql, [first_id, sheet_id])? as u64)
}

/// The `_id` that the next row gets.
pub(crate) fn next_id(conn: &Connection, key: &str) -> Result<i64, VaultError> {
    let sql = format!("SELECT coalesce(max(_id), 0) + 1 FROM \"{}\"", table_of(key));
    Ok(conn.query_row(&sql, [], |r| r.get(0))?)
}

/// Keys become names in SQL, so they have one shape, and none is the name of a table of ours.
fn check(def: &DatasetDef) -> Result<(), VaultError> {
    let shape = |key: &str| {
        key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let ours = |key: &str| {
        key.starts_with("ds_")
            || key.starts_with("sqlite_")
            || EXAM.iter().flat_map(|t| t.iter()).any(|(_, sql)| {
                sql.split("CREATE TABLE ").skip(1).any(|s| s.split_whitespace().next() == Some(key))
            })
    };
    let bad = |key: &str| Err(VaultError::BadDefinition { key: key.to_owned() });
    if !shape(&def.key) || ours(&def.key) {
        return bad(&def.key);
    }
    let names: Vec<String> = def.columns.iter().flat_map(names_of).collect();
    for (i, name) in names.iter().enumerate() {
        if !shape(name) || names[..i].contains(name) {
            return bad(name);
        }
    }
    Ok(())
}

fn names_of(column: &Column) -> Vec<String> {
    let mut names = vec![column.key.clone()];
    if has_state(column) {
        names.push(format!("{}_state", column.key));
    }
    names
}

fn affinity(ty: ColumnType) -> &'static str {
    match ty {
        ColumnType::Text | ColumnType::Enum | ColumnType::Date | ColumnType::DateTime => "TEXT",
        ColumnType::Bool | ColumnType::Int | ColumnType::Duration => "INTEGER",
        ColumnType::Num => "REAL",
    }
}

fn ensure_table(conn: &Connection, def: &DatasetDef) -> Result<(), VaultError> {
    let table = table_of(&def.key);
    conn.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS \"{table}\" (
            _id INTEGER PRIMARY KEY, _sheet_id INTEGER NOT NULL,
            _row INTEGER NOT NULL, _hidden INTEGER NOT NULL, _unreadable TEXT, _originals TEXT)"
    ))?;
    let mut present = Vec::new();
    conn.pragma(None, "table_info", &table, |row| {
        present.push(row.get::<_, String>(1)?);
        Ok(())
    })?;
    for column in &def.columns {
        if !present.contains(&column.key) {
            let ty = affinity(column.ty);
            conn.execute_batch(&format!("ALTER TABLE \"{table}\" ADD COLUMN \"{}\" {ty}", column.key))?;
        }
        let state = format!("{}_state", column.key);
        if has_state(column) && !present.contains(&state) {
            // A row from a sheet without this column has no value for it, and that is what the default says.
            conn.execute_batch(&format!(
                "ALTER TABLE \"{table}\" ADD COLUMN \"{state}\" TEXT DEFAULT 'missing'"
            ))?;
        }
    }
    Ok(())
}

/// Where a row came from is asked by subqueries: a query that does not name those columns does not pay for them,
/// and the planner sees one plain table. Rows of undone imports are gone from the table itself.
fn view_sql(def: &DatasetDef) -> String {
    let from_sheet =
        |column: &str| format!("(SELECT s.{column} FROM import_sheet s WHERE s.id = d._sheet_id)");
    let from_file = |column: &str| {
        format!(
            "(SELECT f.{column} FROM import_sheet s JOIN import_file f ON f.batch = s.batch WHERE s.id = d._sheet_id)"
        )
    };
    let mut columns: Vec<String> =
        ["_id", "_row", "_hidden"].iter().map(|c| format!("d.{c} AS {c}")).collect();
    columns.extend(def.columns.iter().flat_map(names_of).map(|n| format!("d.\"{n}\" AS \"{n}\"")));
    columns.push("d._unreadable AS _unreadable".to_owned());
    columns.push(format!("{} AS _origin", from_sheet("origin")));
    columns.push(format!("{} AS _sheet", from_sheet("sheet")));
    columns.push(format!("{} AS _file", from_file("file")));
    columns.push(format!("{} AS _sha256", from_file("sha256")));
    format!("CREATE VIEW \"{}\" AS SELECT {} FROM \"{}\" d", def.key, columns.join(", "), table_of(&def.key))
}

fn ensure_view(conn: &Connection, def: &DatasetDef) -> Result<(), VaultError> {
    let wanted = view_sql(def);
    let present: Option<String> = conn
        .query_row("SELECT sql FROM sqlite_master WHERE type = 'view' AND name = ?1", [&def.key], |r| {
            r.get(0)
        })
        .optional()?;
    if present.as_ref() != Some(&wanted) {
        conn.execute_batch(&format!("DROP VIEW IF EXISTS \"{}\"", def.key))?;
        conn.execute_batch(&wanted)?;
    }
    Ok(())
}
