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
//!
//! `old_<dataset>` has the same columns and holds the rows of sheets that a newer import replaced, under the `_id`s
//! that they had. It is made when it is first needed.

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

/// Name of the table that holds its superseded rows.
pub(crate) fn old_table_of(key: &str) -> String {
    format!("old_{key}")
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

/// The `_id` that the next row gets: above all that are in use or may come back.
pub(crate) fn next_id(conn: &Connection, key: &str) -> Result<i64, VaultError> {
    let mut last = 0;
    for table in [table_of(key), old_table_of(key)] {
        if exists(conn, &table)? {
            let sql = format!("SELECT coalesce(max(_id), 0) FROM \"{table}\"");
            last = last.max(conn.query_row(&sql, [], |r| r.get::<_, i64>(0))?);
        }
    }
    Ok(last + 1)
}

/// Takes the rows of one sheet out of the dataset, to be brought back unchanged.
pub(crate) fn set_aside(
    conn: &Connection,
    key: &str,
    sheet_id: i64,
    first_id: i64,
) -> Result<u64, VaultError> {
    let (table, old) = (table_of(key), old_table_of(key));
    let columns = columns_of(conn, &table)?;
    if exists(conn, &old)? {
        let present: Vec<String> = columns_of(conn, &old)?.into_iter().map(|(name, _)| name).collect();
        for (name, ty) in columns.iter().filter(|(name, _)| !present.contains(name)) {
            conn.execute_batch(&format!("ALTER TABLE \"{old}\" ADD COLUMN \"{name}\" {ty}"))?;
        }
    } else {
        let declared: Vec<String> = columns
            .iter()
            .map(|(name, ty)| format!("\"{name}\" {ty}{}", if name == "_id" { " PRIMARY KEY" } else { "" }))
            .collect();
        conn.execute_batch(&format!("CREATE TABLE \"{old}\" ({})", declared.join(", ")))?;
    }
    let names = quoted(&columns);
    let sql = format!(
        "INSERT INTO \"{old}\" ({names}) SELECT {names} FROM \"{table}\" WHERE _id >= ?1 AND _sheet_id = ?2"
    );
    conn.execute(&sql, [first_id, sheet_id])?;
    delete_sheet(conn, key, sheet_id, first_id)
}

/// Brings the rows of one sheet back into the dataset.
pub(crate) fn bring_back(conn: &Connection, key: &str, sheet_id: i64) -> Result<(), VaultError> {
    let (table, old) = (table_of(key), old_table_of(key));
    let names = quoted(&columns_of(conn, &old)?);
    let sql = format!(
        "INSERT INTO \"{table}\" ({names}) SELECT {names} FROM \"{old}\" WHERE _sheet_id = ?1 ORDER BY _id"
    );
    conn.execute(&sql, [sheet_id])?;
    conn.execute(&format!("DELETE FROM \"{old}\" WHERE _sheet_id = ?1"), [sheet_id])?;
    Ok(())
}

/// Whether there is such a table.
pub(crate) fn exists(conn: &Connection, table: &str) -> Result<bool, VaultError> {
    Ok(conn.table_exists(None, table)?)
}

/// Names and types of a table's columns.
pub(crate) fn columns_of(conn: &Connection, table: &str) -> Result<Vec<(String, String)>, VaultError> {
    let mut out = Vec::new();
    conn.pragma(None, "table_info", table, |row| {
        out.push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    Ok(out)
}

fn quoted(columns: &[(String, String)]) -> String {
    columns.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// Keys become names in SQL, so they have one shape, and none is the name of a table of ours.
fn check(def: &DatasetDef) -> Result<(), VaultError> {
    let shape = |key: &str| {
        key.starts_with(|c: char| c.is_ascii_lowercase())
            && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    let ours = |key: &str| {
        key.starts_with("ds_")
            || key.starts_with("old_")
            || key.starts_with("derived_")
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
    declared(column).into_iter().map(|(name, _)| name).collect()
}

fn affinity(ty: ColumnType) -> &'static str {
    match ty {
        ColumnType::Text | ColumnType::Enum | ColumnType::Date | ColumnType::DateTime => "TEXT",
        ColumnType::Bool | ColumnType::Int | ColumnType::Duration => "INTEGER",
        ColumnType::Num => "REAL",
    }
}

/// A new table is made whole: every column that is added to a table makes SQLite read the whole schema again.
fn ensure_table(conn: &Connection, def: &DatasetDef) -> Result<(), VaultError> {
    let table = table_of(&def.key);
    let wanted = def.columns.iter().flat_map(declared);
    if !exists(conn, &table)? {
        let columns: String = wanted.map(|(_, declared)| format!(", {declared}")).collect();
        conn.execute_batch(&format!(
            "CREATE TABLE \"{table}\" (
            _id INTEGER PRIMARY KEY, _sheet_id INTEGER NOT NULL,
            _row INTEGER NOT NULL, _hidden INTEGER NOT NULL, _unreadable TEXT, _originals TEXT{columns})"
        ))?;
        return Ok(());
    }
    let present: Vec<String> = columns_of(conn, &table)?.into_iter().map(|(name, _)| name).collect();
    for (_, declared) in wanted.filter(|(name, _)| !present.contains(name)) {
        conn.execute_batch(&format!("ALTER TABLE \"{table}\" ADD COLUMN {declared}"))?;
    }
    Ok(())
}

/// Names and declarations of a column, and of the one that says why it is empty.
fn declared(column: &Column) -> Vec<(String, String)> {
    let mut all = vec![(column.key.clone(), format!("\"{}\" {}", column.key, affinity(column.ty)))];
    if has_state(column) {
        let state = format!("{}_state", column.key);
        // A row from a sheet without this column has no value for it, and that is what the default says.
        let sql = format!("\"{state}\" TEXT DEFAULT 'missing'");
        all.push((state, sql));
    }
    all
}

/// Where a row came from is asked by subqueries: a query that does not name those columns does not pay for them,
/// and the planner sees one plain table. Rows of undone imports are gone from the table itself.
fn view_sql(def: &DatasetDef) -> String {
    let select = select_sql(def, &format!("\"{}\"", table_of(&def.key)), &|name| format!("d.\"{name}\""));
    format!("CREATE VIEW \"{}\" AS {select}", def.key)
}

/// The columns of the view from another source of rows; `value` gives what a column of the dataset shows.
pub(crate) fn select_sql(def: &DatasetDef, rows: &str, value: &dyn Fn(&str) -> String) -> String {
    let from_sheet =
        |column: &str| format!("(SELECT s.{column} FROM import_sheet s WHERE s.id = d._sheet_id)");
    let from_file = |column: &str| {
        format!(
            "(SELECT f.{column} FROM import_sheet s JOIN import_file f ON f.id = s.file WHERE s.id = d._sheet_id)"
        )
    };
    let mut columns: Vec<String> =
        ["_id", "_row", "_hidden"].iter().map(|c| format!("d.{c} AS {c}")).collect();
    columns.extend(def.columns.iter().flat_map(names_of).map(|n| format!("{} AS \"{n}\"", value(&n))));
    columns.push("d._unreadable AS _unreadable".to_owned());
    columns.push(format!("{} AS _origin", from_sheet("origin")));
    columns.push(format!("{} AS _sheet", from_sheet("sheet")));
    columns.push(format!("{} AS _file", from_file("file")));
    columns.push(format!("{} AS _sha256", from_file("sha256")));
    format!("SELECT {} FROM {rows} d", columns.join(", "))
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
