//! Where the rows of imported tables stand once their records were merged: in their dataset, aside, or away.

use super::fields;
use super::rules;
use crate::error::VaultError;
use crate::table::dataset;
use crate::table::import_sheet::{self, LIVE};
use fieldbook_model::{Held, RecordKey};
use rusqlite::Connection;

const DAMAGED: VaultError = VaultError::Damaged { what: "package" };

/// Ids of the sheets that these records are about.
fn sheets_of(conn: &Connection, moved: &[RecordKey]) -> Result<Vec<i64>, VaultError> {
    let mut out = Vec::new();
    for record in moved {
        let table = rules::of(&record.table).ok_or(DAMAGED)?;
        let Some(Held::Int(id)) = fields::key_values(table, &record.key)?.pop() else { return Err(DAMAGED) };
        if record.table == "import_sheet" {
            out.push(id);
        } else {
            out.extend(import_sheet::of_batch(conn, id)?.into_iter().map(|s| s.id));
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}

/// Puts the rows of imported tables where their records say: into their dataset, aside, or away.
pub(crate) fn place(conn: &Connection, moved: &[RecordKey]) -> Result<(), VaultError> {
    for id in sheets_of(conn, moved)? {
        let Some(sheet) = import_sheet::any(conn, id)? else { continue };
        let Some(key) = sheet.record.dataset.as_deref() else { continue };
        let holds = |table: String| -> Result<bool, VaultError> {
            if !dataset::exists(conn, &table)? {
                return Ok(false);
            }
            let sql = format!("SELECT 1 FROM \"{table}\" WHERE _id >= ?1 AND _sheet_id = ?2");
            Ok(conn.prepare(&sql)?.exists([sheet.first_id, id])?)
        };
        let undone: bool =
            conn.query_row("SELECT undone FROM import_batch WHERE batch = ?1", [sheet.batch], |r| r.get(0))?;
        let (inside, aside) = (holds(dataset::table_of(key))?, holds(dataset::old_table_of(key))?);
        match (undone, sheet.superseded_by.is_some()) {
            (true, _) => {
                if aside {
                    dataset::bring_back(conn, key, id)?;
                }
                dataset::delete_sheet(conn, key, id, sheet.first_id)?;
            }
            (false, true) if inside => {
                dataset::set_aside(conn, key, id, sheet.first_id)?;
            }
            (false, false) if aside => dataset::bring_back(conn, key, id)?,
            (false, _) => {}
        }
    }
    Ok(())
}

/// Sheets that came with a merge and are in their dataset twice: the later one, and the batch that keeps it.
pub(crate) fn twice(conn: &Connection, moved: &[RecordKey]) -> Result<Vec<(i64, i64)>, VaultError> {
    let sql = format!(
        "SELECT s.id, b.batch, b.at FROM import_sheet s JOIN import_file f ON f.id = s.file
            JOIN import_batch b ON b.batch = f.batch
         WHERE {LIVE} AND s.dataset = ?1 AND f.sha256 = ?2 AND s.sheet = ?3 AND s.header_row = ?4
         ORDER BY b.at, b.batch"
    );
    let mut out = Vec::new();
    for id in sheets_of(conn, moved)? {
        let Ok(sheet) = import_sheet::live(conn, id) else { continue };
        let r = &sheet.record;
        let mut same = conn.prepare_cached(&sql)?;
        let found = same
            .query_map(rusqlite::params![r.dataset, sheet.sha256, r.sheet, r.header_row], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })?;
        let found: Vec<(i64, i64)> = found.collect::<Result<_, _>>()?;
        if let Some(((_, keeper), later)) = found.split_first() {
            out.extend(later.iter().map(|(sheet, _)| (*sheet, *keeper)));
        }
    }
    out.sort_unstable();
    out.dedup();
    Ok(out)
}
