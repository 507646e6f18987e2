//! `merge` and `merge_before`: what was merged into this copy, and what every record said before, so that a merge can be
//! taken back whole.

use crate::error::VaultError;
use crate::schema::Migration;
use crate::text;
use fieldbook_model::{Moment, Seen};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE merge (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        sender TEXT NOT NULL,
        package_sha256 TEXT NOT NULL,
        counts TEXT NOT NULL,
        resolved INTEGER NOT NULL,
        seen_before TEXT NOT NULL,
        undone_by TEXT,
        undone_at TEXT,
        reason TEXT
    ) STRICT;
    CREATE TABLE merge_before (
        merge INTEGER NOT NULL REFERENCES merge (id),
        tbl TEXT NOT NULL,
        key TEXT NOT NULL,
        before TEXT,
        after TEXT NOT NULL,
        PRIMARY KEY (merge, tbl, key)
    ) STRICT, WITHOUT ROWID;",
)];

/// What one kind of record got from a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MergeCount {
    /// Records that are new here.
    pub added: u64,
    /// Records that were here and say something else now.
    pub changed: u64,
    /// Records that were taken away.
    pub taken_away: u64,
}

/// A merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRecord {
    /// Number, from 1.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// Who merged.
    pub by: String,
    /// Whose package it was.
    pub sender: String,
    /// SHA-256 of the package, lower-case hex.
    pub package_sha256: String,
    /// By kind of record.
    pub counts: BTreeMap<String, MergeCount>,
    /// Conflicts that a person resolved.
    pub resolved: u64,
    /// Who took it back, and when; why.
    pub undone: Option<(String, Moment, String)>,
}

/// What a merge left of a record: table, key, state before as stored (`None` for one that never was) and after.
pub(crate) type Left = (String, String, Option<String>, String);

fn counts_text(counts: &BTreeMap<String, MergeCount>) -> String {
    let all: serde_json::Map<String, serde_json::Value> = counts
        .iter()
        .map(|(kind, n)| (kind.clone(), serde_json::json!([n.added, n.changed, n.taken_away])))
        .collect();
    serde_json::Value::from(all).to_string()
}

fn read_counts(text: &str) -> Result<BTreeMap<String, MergeCount>, VaultError> {
    let all: BTreeMap<String, [u64; 3]> =
        serde_json::from_str(text).map_err(|_| VaultError::Damaged { what: "merge" })?;
    Ok(all
        .into_iter()
        .map(|(kind, [added, changed, taken_away])| (kind, MergeCount { added, changed, taken_away }))
        .collect())
}

/// Keeps a merge; its `id` is found here.
pub(crate) fn insert(conn: &Connection, m: &MergeRecord, seen_before: &Seen) -> Result<i64, VaultError> {
    conn.execute(
        "INSERT INTO merge (at, by, sender, package_sha256, counts, resolved, seen_before)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            m.at.to_string(),
            m.by,
            m.sender,
            m.package_sha256,
            counts_text(&m.counts),
            i64::try_from(m.resolved).unwrap_or(i64::MAX),
            serde_json::json!(seen_before).to_string()
        ],
    )?;
    Ok(conn.last_insert_rowid())
}

/// Keeps what a record said before a merge and what it says since.
pub(crate) fn keep(
    conn: &Connection,
    merge: i64,
    table: &str,
    key: &str,
    before: Option<&str>,
    after: &str,
) -> Result<(), VaultError> {
    conn.prepare_cached("INSERT OR REPLACE INTO merge_before VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![merge, table, key, before, after])?;
    Ok(())
}

/// What a merge left.
pub(crate) fn left(conn: &Connection, merge: i64) -> Result<Vec<Left>, VaultError> {
    let mut every =
        conn.prepare_cached("SELECT tbl, key, before, after FROM merge_before WHERE merge = ?1")?;
    let all = every.query_map([merge], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?)))?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// How far the others' journals were taken into account before a merge.
pub(crate) fn seen_before(conn: &Connection, merge: i64) -> Result<Seen, VaultError> {
    let text: String =
        conn.query_row("SELECT seen_before FROM merge WHERE id = ?1", [merge], |r| r.get(0))?;
    serde_json::from_str(&text).map_err(|_| VaultError::Damaged { what: "merge" })
}

/// Says that a merge was taken back.
pub(crate) fn end(
    conn: &Connection,
    merge: i64,
    by: &str,
    at: Moment,
    reason: &str,
) -> Result<(), VaultError> {
    conn.execute(
        "UPDATE merge SET undone_by = ?2, undone_at = ?3, reason = ?4 WHERE id = ?1",
        params![merge, by, at.to_string(), reason],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<MergeRecord, VaultError> {
    let undone: (Option<String>, Option<String>, Option<String>) = (row.get(7)?, row.get(8)?, row.get(9)?);
    Ok(MergeRecord {
        id: row.get(0)?,
        at: text::moment(&row.get::<_, String>(1)?)?,
        by: row.get(2)?,
        sender: row.get(3)?,
        package_sha256: row.get(4)?,
        counts: read_counts(&row.get::<_, String>(5)?)?,
        resolved: row.get::<_, i64>(6)?.unsigned_abs(),
        undone: match undone {
            (Some(by), Some(at), reason) => Some((by, text::moment(&at)?, reason.unwrap_or_default())),
            _ => None,
        },
    })
}

const COLUMNS: &str = "id, at, by, sender, package_sha256, counts, resolved, undone_by, undone_at, reason";

/// Every merge, oldest first.
pub(crate) fn all(conn: &Connection) -> Result<Vec<MergeRecord>, VaultError> {
    let mut every = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM merge ORDER BY id"))?;
    let mut rows = every.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

/// One merge.
pub(crate) fn one(conn: &Connection, id: i64) -> Result<Option<MergeRecord>, VaultError> {
    let mut one = conn.prepare_cached(&format!("SELECT {COLUMNS} FROM merge WHERE id = ?1"))?;
    one.query_row([id], |row| Ok(read(row))).optional()?.transpose()
}
