//! `journal`: append-only, in the same transaction as what it records. Triggers refuse changes.

use crate::error::VaultError;
use crate::journal::{Entry, JournalEntry, leaf_of};
use crate::schema::Migration;
use crate::text;
use rusqlite::{Connection, params};

const TABLE: &str = "CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        leaf BLOB NOT NULL
    ) STRICT;
    CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;";

/// The journal of an exam.
pub(crate) const MIGRATIONS: &[Migration] = &[(1, TABLE)];
/// The journal of the vault itself, in `vault.db`.
pub(crate) const VAULT_MIGRATIONS: &[Migration] = &[(7, TABLE)];

/// Appends an entry.
pub(crate) fn append(conn: &Connection, entry: &Entry<'_>) -> Result<(), VaultError> {
    let last: Option<i64> =
        conn.prepare_cached("SELECT max(seq) FROM journal")?.query_row([], |r| r.get(0))?;
    let seq = last.unwrap_or(0) + 1;
    let (at, detail) = (entry.at.to_string(), entry.detail.to_string());
    let leaf = leaf_of(seq.unsigned_abs(), [&at, entry.by, entry.action, &entry.subject, &detail]);
    conn.prepare_cached("INSERT INTO journal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        seq,
        at,
        entry.by,
        entry.action,
        entry.subject,
        detail,
        leaf.as_slice()
    ])?;
    Ok(())
}

/// Takes an entry: number, fields (at, by, action, subject, detail), stored leaf hash.
type EachEntry<'a> = dyn FnMut(u64, [&str; 5], &[u8]) -> Result<(), VaultError> + 'a;

/// Hands the first `size` entries to `each`.
pub(crate) fn each(conn: &Connection, size: u64, each: &mut EachEntry<'_>) -> Result<(), VaultError> {
    let mut all =
        conn.prepare("SELECT seq, at, by, action, subject, detail, leaf FROM journal ORDER BY seq LIMIT ?1")?;
    let mut rows = all.query([i64::try_from(size).unwrap_or(i64::MAX)])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let mut fields = [""; 5];
        for (i, field) in fields.iter_mut().enumerate() {
            *field = row.get_ref(i + 1)?.as_str().map_err(rusqlite::Error::from)?;
        }
        each(seq.unsigned_abs(), fields, row.get_ref(6)?.as_blob().map_err(rusqlite::Error::from)?)?;
    }
    Ok(())
}

/// Entries from `offset` on.
pub(crate) fn window(conn: &Connection, offset: u64, limit: u64) -> Result<Vec<JournalEntry>, VaultError> {
    let mut some = conn.prepare(
        "SELECT seq, at, by, action, subject, detail FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let bounds = [offset, limit].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let mut rows = some.query(bounds)?;
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
