//! Another view of an exam's data, for one connection: temporary views under the datasets' own names, in memory.

use crate::error::VaultError;
use crate::reader::ReaderScope;
use crate::table::dataset::{columns_of, exists, old_table_of, select_sql, table_of};
use fieldbook_model::{DatasetDef, DerivedColumn};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// What the names of tables with derived values begin with.
pub(crate) fn derived_prefix(dataset: &str) -> String {
    format!("derived_{dataset}_")
}

/// Makes the views that the scope asks for. Where it asks for nothing of a dataset, the stored view is seen.
pub(crate) fn show(conn: &Connection, defs: &[DatasetDef], scope: ReaderScope<'_>) -> Result<(), VaultError> {
    for def in defs {
        let derived: Vec<&DerivedColumn> = scope
            .derived
            .iter()
            .filter(|d| d.dataset == def.key && !d.values.is_empty() && def.column(&d.column).is_some())
            .collect();
        for column in &derived {
            keep_values(conn, column)?;
        }
        if derived.is_empty() && scope.sheets.is_none() {
            continue;
        }
        let rows = match scope.sheets {
            None => format!("main.\"{}\"", table_of(&def.key)),
            Some(ids) => format!("({})", rows_of(conn, def, ids)?),
        };
        let value = |name: &str| match derived.iter().any(|d| d.column == name) {
            false => format!("d.\"{name}\""),
            // An empty text stands for what a person called unknown.
            true => format!(
                "nullif(coalesce((SELECT k.value FROM temp.\"{}{name}\" k WHERE k._id = d._id), d.\"{name}\"), '')",
                derived_prefix(&def.key)
            ),
        };
        let select = select_sql(def, &rows, &value);
        conn.execute_batch(&format!("CREATE TEMP VIEW \"{}\" AS {select}", def.key))?;
    }
    Ok(())
}

fn keep_values(conn: &Connection, column: &DerivedColumn) -> Result<(), VaultError> {
    let table = format!("{}{}", derived_prefix(&column.dataset), column.column);
    conn.execute_batch(&format!(
        "CREATE TEMP TABLE \"{table}\" (_id INTEGER PRIMARY KEY, value TEXT NOT NULL)"
    ))?;
    let mut one = conn.prepare(&format!("INSERT OR REPLACE INTO temp.\"{table}\" VALUES (?1, ?2)"))?;
    for value in &column.values {
        one.execute(params![value.id, value.value.as_deref().unwrap_or_default()])?;
    }
    Ok(())
}

/// The rows of some tables, those set aside among them.
fn rows_of(conn: &Connection, def: &DatasetDef, ids: &BTreeSet<i64>) -> Result<String, VaultError> {
    let (table, old) = (table_of(&def.key), old_table_of(&def.key));
    let list = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let columns: Vec<String> = columns_of(conn, &table)?.into_iter().map(|(name, _)| name).collect();
    let quoted = columns.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let mut sql = format!("SELECT {quoted} FROM main.\"{table}\" WHERE _sheet_id IN ({list})");
    if exists(conn, &old)? {
        // A column that came after those rows were set aside has no value for them.
        let present: Vec<String> = columns_of(conn, &old)?.into_iter().map(|(name, _)| name).collect();
        let shown: Vec<String> = columns
            .iter()
            .map(|name| if present.contains(name) { format!("\"{name}\"") } else { "NULL".to_owned() })
            .collect();
        let shown = shown.join(", ");
        sql.push_str(&format!(" UNION ALL SELECT {shown} FROM main.\"{old}\" WHERE _sheet_id IN ({list})"));
    }
    Ok(sql)
}
