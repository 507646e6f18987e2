//! `exam_copy`: which copy of the exam this is, and the block that its numbers come from. `known_copy` and `foreign_entry`:
//! the other copies, and what was received of their journals; what was received never changes.

use crate::error::VaultError;
use crate::journal::JournalEntry;
use crate::merkle::Tree;
use crate::schema::Migration;
use crate::text;
use fieldbook_model::{Moment, Seen, block_start};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE exam_copy (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        copy TEXT NOT NULL,
        block INTEGER NOT NULL,
        stamped INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE known_copy (
        no INTEGER PRIMARY KEY AUTOINCREMENT,
        copy TEXT NOT NULL UNIQUE,
        block INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        label TEXT NOT NULL,
        recipient TEXT NOT NULL
    ) STRICT;
    CREATE TABLE foreign_entry (
        copy INTEGER NOT NULL REFERENCES known_copy (no),
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        leaf BLOB NOT NULL,
        PRIMARY KEY (copy, seq)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER foreign_entry_no_update BEFORE UPDATE ON foreign_entry
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER foreign_entry_no_delete BEFORE DELETE ON foreign_entry
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;",
)];

/// Number by which states name this copy; others have theirs from 1.
pub(crate) const OWN: i64 = 0;

/// Which copy this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnCopy {
    /// 32 lower-case hex digits.
    pub(crate) copy: String,
    /// Block of its numbers.
    pub(crate) block: i64,
    /// Whether its records have stamps; an earlier release gave none.
    pub(crate) stamped: bool,
}

/// Another copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownCopy {
    /// Number by which states name it.
    pub(crate) no: i64,
    /// 32 lower-case hex digits.
    pub copy: String,
    /// Block of its numbers.
    pub block: i64,
    /// How far its journal was taken into account.
    pub seen: u64,
    /// Whose it is, as the first package from it said.
    pub label: String,
    /// `age1…` of whoever has it; empty while no package came from there.
    pub recipient: String,
}

/// Which copy this is.
pub(crate) fn own(conn: &Connection) -> Result<OwnCopy, VaultError> {
    conn.prepare_cached("SELECT copy, block, stamped FROM exam_copy")?
        .query_row([], |r| Ok(OwnCopy { copy: r.get(0)?, block: r.get(1)?, stamped: r.get(2)? }))
        .optional()?
        .ok_or(VaultError::Damaged { what: "copy of the exam" })
}

/// An exam that is no copy yet is the first of itself; its name is that of the exam, by SHA-256.
pub(crate) fn ensure(conn: &Connection, exam: &str) -> Result<(), VaultError> {
    let name = Sha256::digest(format!("fieldbook/1/first-copy/{exam}"));
    let copy = hex::encode(name.get(..16).unwrap_or_default());
    conn.execute("INSERT OR IGNORE INTO exam_copy VALUES (1, ?1, 0, 0)", [copy])?;
    Ok(())
}

/// Says which copy this is.
pub(crate) fn set_own(conn: &Connection, own: &OwnCopy) -> Result<(), VaultError> {
    conn.execute(
        "INSERT OR REPLACE INTO exam_copy VALUES (1, ?1, ?2, ?3)",
        params![own.copy, own.block, own.stamped],
    )?;
    Ok(())
}

/// The number that the next record of a table gets: above every other of this copy's block.
pub(crate) fn next_number(conn: &Connection, table: &str, column: &str) -> Result<i64, VaultError> {
    let block = own(conn)?.block;
    let sql = format!(
        "SELECT coalesce(max(\"{column}\"), ?1) + 1 FROM \"{table}\" WHERE \"{column}\" > ?1 AND \"{column}\" < ?2"
    );
    Ok(conn.prepare_cached(&sql)?.query_row([block_start(block), block_start(block + 1)], |r| r.get(0))?)
}

/// Every other copy, the first known first.
pub(crate) fn known(conn: &Connection) -> Result<Vec<KnownCopy>, VaultError> {
    let mut every =
        conn.prepare_cached("SELECT no, copy, block, seen, label, recipient FROM known_copy ORDER BY no")?;
    let all = every.query_map([], |r| {
        Ok(KnownCopy {
            no: r.get(0)?,
            copy: r.get(1)?,
            block: r.get(2)?,
            seen: r.get::<_, i64>(3)?.unsigned_abs(),
            label: r.get(4)?,
            recipient: r.get(5)?,
        })
    })?;
    Ok(all.collect::<Result<_, _>>()?)
}

/// Makes another copy known; gives its number. One that is known keeps its block and its label.
pub(crate) fn know(
    conn: &Connection,
    copy: &str,
    block: i64,
    label: &str,
    recipient: &str,
) -> Result<i64, VaultError> {
    conn.execute(
        "INSERT INTO known_copy (copy, block, seen, label, recipient) VALUES (?1, ?2, 0, ?3, ?4)
         ON CONFLICT (copy) DO UPDATE SET recipient = excluded.recipient WHERE recipient = ''",
        params![copy, block, label, recipient],
    )?;
    Ok(conn.query_row("SELECT no FROM known_copy WHERE copy = ?1", [copy], |r| r.get(0))?)
}

/// Says how far the journals of the others were taken into account; those not named were not.
pub(crate) fn set_seen(conn: &Connection, seen: &Seen) -> Result<(), VaultError> {
    conn.execute("UPDATE known_copy SET seen = 0", [])?;
    let mut one = conn.prepare_cached("UPDATE known_copy SET seen = ?2 WHERE copy = ?1")?;
    for (copy, size) in seen {
        one.execute(params![copy, i64::try_from(*size).unwrap_or(i64::MAX)])?;
    }
    Ok(())
}

/// Numbers of the copies by their ids, this one's too.
pub(crate) fn numbers(conn: &Connection) -> Result<BTreeMap<String, i64>, VaultError> {
    let mut out: BTreeMap<_, _> = known(conn)?.into_iter().map(|k| (k.copy, k.no)).collect();
    out.insert(own(conn)?.copy, OWN);
    Ok(out)
}

/// How many entries of another copy's journal were received.
pub(crate) fn received(conn: &Connection, no: i64) -> Result<u64, VaultError> {
    let last: i64 = conn
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM foreign_entry WHERE copy = ?1")?
        .query_row([no], |r| r.get(0))?;
    Ok(last.unsigned_abs())
}

/// The tree over what was received of another copy's journal.
pub(crate) fn tree(conn: &Connection, no: i64) -> Result<Tree, VaultError> {
    tree_of(conn, no, u64::MAX)
}

/// The tree over the first entries that were received of another copy's journal.
pub(crate) fn tree_of(conn: &Connection, no: i64, size: u64) -> Result<Tree, VaultError> {
    let mut every =
        conn.prepare_cached("SELECT leaf FROM foreign_entry WHERE copy = ?1 AND seq <= ?2 ORDER BY seq")?;
    let mut rows = every.query([no, i64::try_from(size).unwrap_or(i64::MAX)])?;
    let mut tree = Tree::default();
    while let Some(row) = rows.next()? {
        let leaf = row.get_ref(0)?.as_blob().ok().and_then(|b| b.try_into().ok());
        tree.push(leaf.ok_or(VaultError::Damaged { what: "journal of another copy" })?);
    }
    Ok(tree)
}

/// Whether an entry of another copy's journal was received with this leaf.
pub(crate) fn is_leaf(conn: &Connection, no: i64, seq: u64, leaf: &[u8]) -> Result<bool, VaultError> {
    let mut one =
        conn.prepare_cached("SELECT 1 FROM foreign_entry WHERE copy = ?1 AND seq = ?2 AND leaf = ?3")?;
    Ok(one.exists(params![no, i64::try_from(seq).unwrap_or(i64::MAX), leaf])?)
}

/// Keeps an entry of another copy's journal under its leaf.
pub(crate) fn keep(conn: &Connection, no: i64, e: &JournalEntry, leaf: &[u8]) -> Result<(), VaultError> {
    conn.prepare_cached("INSERT INTO foreign_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
        params![
            no,
            i64::try_from(e.seq).unwrap_or(i64::MAX),
            e.at.to_string(),
            e.by,
            e.action,
            e.subject,
            e.detail,
            leaf
        ],
    )?;
    Ok(())
}

/// Entries of another copy's journal from `after` on, oldest first.
pub(crate) fn entries(
    conn: &Connection,
    no: i64,
    after: u64,
    limit: u64,
) -> Result<Vec<JournalEntry>, VaultError> {
    let mut some = conn.prepare_cached(
        "SELECT seq, at, by, action, subject, detail FROM foreign_entry WHERE copy = ?1 AND seq > ?2
         ORDER BY seq LIMIT ?3",
    )?;
    let [after, limit] = [after, limit].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let mut rows = some.query([no, after, limit])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(JournalEntry {
            seq: row.get::<_, i64>(0)?.unsigned_abs(),
            at: text::moment(&row.get::<_, String>(1)?)?,
            by: row.get(2)?,
            action: row.get(3)?,
            subject: row.get(4)?,
            detail: row.get(5)?,
        });
    }
    Ok(out)
}

/// Who wrote entries of a journal, and when, by number: of this copy or another.
pub(crate) fn authors(conn: &Connection, no: i64) -> Result<BTreeMap<u64, (String, Moment)>, VaultError> {
    let sql = match no {
        OWN => "SELECT seq, by, at FROM journal WHERE ?1 = 0",
        _ => "SELECT seq, by, at FROM foreign_entry WHERE copy = ?1",
    };
    let mut every = conn.prepare_cached(sql)?;
    let mut rows = every.query([no])?;
    let mut out = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let at = text::moment(&row.get::<_, String>(2)?)?;
        out.insert(row.get::<_, i64>(0)?.unsigned_abs(), (row.get(1)?, at));
    }
    Ok(out)
}
