//! Taking a merge back whole.

use super::rules::{self, TABLES};
use super::{place, row, rows, stamp};
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::table::merge::{self, Left};
use crate::table::{exam_copy, journal, record_state};
use fieldbook_model::{Moment, RecordKey};
use rusqlite::{Connection, params};
use serde_json::json;

/// Why a merge cannot be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UndoBar {
    /// There is no such merge.
    Unknown,
    /// It was taken back before.
    Done,
    /// A later merge stands on it.
    Later,
    /// Something that it brought was changed since, or something was written that rests on it.
    Changed,
    /// The exam was handed over since, and others have what it brought.
    HandedOver,
}

const DAMAGED: VaultError = VaultError::Damaged { what: "merge" };

impl ExamStore {
    /// What stands in the way of taking a merge back; `None` when nothing does.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn merge_undo_bar(&self, merge: i64) -> Result<Option<UndoBar>, VaultError> {
        bar(&self.conn, merge)
    }

    /// Takes a merge back: every record says again what it said before, what the merge brought is gone. The journals that
    /// came with it stay.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::NoReason`], [`VaultError::CannotUndo`] with what stands in the way.
    pub fn undo_merge(&mut self, id: i64, by: &str, at: Moment, reason: &str) -> Result<(), VaultError> {
        named(by)?;
        if reason.trim().is_empty() {
            return Err(VaultError::NoReason);
        }
        self.write(|tx| {
            if let Some(bar) = bar(tx, id)? {
                return Err(VaultError::CannotUndo { bar });
            }
            tx.pragma_update(None, "defer_foreign_keys", true)?;
            let left = merge::left(tx, id)?;
            let guards = lift_guards(tx)?;
            back(tx, &left)?;
            for guard in guards {
                tx.execute_batch(&guard)?;
            }
            exam_copy::set_seen(tx, &merge::seen_before(tx, id)?)?;
            merge::end(tx, id, by, at, reason)?;
            let subject = format!("merge:{id}");
            let detail = json!({ "reason": reason, "records": left.len() });
            journal::append(tx, &Entry { at, by, action: "merge.undo", subject, detail })?;
            // Their states are those of before.
            stamp::forget(tx)
        })
    }
}

fn bar(conn: &Connection, id: i64) -> Result<Option<UndoBar>, VaultError> {
    let Some(found) = merge::one(conn, id)? else { return Ok(Some(UndoBar::Unknown)) };
    if found.undone.is_some() {
        return Ok(Some(UndoBar::Done));
    }
    if merge::all(conn)?.iter().any(|m| m.id > id && m.undone.is_none()) {
        return Ok(Some(UndoBar::Later));
    }
    let applied: i64 = conn.query_row(
        "SELECT max(seq) FROM journal WHERE action = 'merge.apply' AND subject = ?1",
        [format!("merge:{id}")],
        |r| r.get(0),
    )?;
    let mut given =
        conn.prepare_cached("SELECT 1 FROM journal WHERE action = 'package.create' AND seq > ?1")?;
    if given.exists([applied])? {
        return Ok(Some(UndoBar::HandedOver));
    }
    for (table, key, _, after) in merge::left(conn, id)? {
        let now = record_state::of(conn, &table, &key)?.as_ref().map(record_state::text);
        if now.as_deref() != Some(after.as_str()) {
            return Ok(Some(UndoBar::Changed));
        }
    }
    Ok(None)
}

/// Lifts what keeps rows from being deleted or changed, for the rest of the transaction; gives the statements that put it
/// back.
pub(crate) fn lift_guards(conn: &Connection) -> Result<Vec<String>, VaultError> {
    let mut every = conn.prepare(
        "SELECT name, sql FROM main.sqlite_master
         WHERE type = 'trigger' AND name LIKE '%\\_no\\_%' ESCAPE '\\'
            AND tbl_name NOT IN ('journal', 'foreign_entry')",
    )?;
    let guards: Vec<(String, String)> =
        every.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?;
    for (name, _) in &guards {
        conn.execute_batch(&format!("DROP TRIGGER main.\"{name}\""))?;
    }
    Ok(guards.into_iter().map(|(_, sql)| sql).collect())
}

fn back(conn: &Connection, left: &[Left]) -> Result<(), VaultError> {
    let mut moved = Vec::new();
    // What refers to others goes first.
    for table in TABLES.iter().rev() {
        for (name, key, before, after) in left.iter().filter(|(name, ..)| name == table.name) {
            let record = RecordKey { table: name.clone(), key: key.clone() };
            let before = before.as_deref().map(record_state::read).transpose()?;
            let after = record_state::read(after)?;
            let came = row::is_there(Some(&after)) && !row::is_there(before.as_ref());
            if came && rows::has_rows(table) {
                rows::delete(conn, &record)?;
            }
            if came && name == "evidence" {
                delete_bytes(conn, &record)?;
            }
            let none = record_state::State::new();
            row::write_row(conn, table, key, before.as_ref().unwrap_or(&none), Default::default())?;
            record_state::put(conn, name, key, before.as_ref())?;
            if !came && matches!(table.name, "import_sheet" | "import_batch") {
                moved.push(record);
            }
        }
    }
    place::place(conn, &moved)
}

fn delete_bytes(conn: &Connection, record: &RecordKey) -> Result<(), VaultError> {
    let table = rules::of("evidence").ok_or(DAMAGED)?;
    let Some(fieldbook_model::Held::Text(sha256)) = super::fields::key_values(table, &record.key)?.pop()
    else {
        return Err(DAMAGED);
    };
    conn.execute(
        "DELETE FROM evidence_chunk WHERE taking = (SELECT taking FROM evidence WHERE sha256 = ?1)",
        params![sha256],
    )?;
    conn.execute("DELETE FROM evidence_elsewhere WHERE sha256 = ?1", params![sha256])?;
    Ok(())
}
