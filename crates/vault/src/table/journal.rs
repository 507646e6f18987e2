//! `journal`: append-only, in the same transaction as what it records. Triggers refuse changes.

use crate::error::VaultError;
use crate::journal::{Entry, JournalEntry, leaf_of};
use crate::schema::Migration;
use crate::text;
use crate::trail::TrailFilter;
use rusqlite::{Connection, Row, ToSql, params};

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

/// Number of the last entry.
pub(crate) fn size(conn: &Connection) -> Result<i64, VaultError> {
    let last: Option<i64> =
        conn.prepare_cached("SELECT max(seq) FROM journal")?.query_row([], |r| r.get(0))?;
    Ok(last.unwrap_or(0))
}

/// Appends an entry.
pub(crate) fn append(conn: &Connection, entry: &Entry<'_>) -> Result<(), VaultError> {
    let seq = size(conn)? + 1;
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

const COLUMNS: &str = "seq, at, by, action, subject, detail";

fn read(row: &Row<'_>) -> Result<JournalEntry, VaultError> {
    Ok(JournalEntry {
        seq: row.get::<_, i64>(0)?.unsigned_abs(),
        at: text::moment(&row.get::<_, String>(1)?)?,
        by: row.get(2)?,
        action: row.get(3)?,
        subject: row.get(4)?,
        detail: row.get(5)?,
    })
}

fn read_all(conn: &Connection, sql: &str, params: &[&dyn ToSql]) -> Result<Vec<JournalEntry>, VaultError> {
    let mut some = conn.prepare(sql)?;
    let mut rows = some.query(params)?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(read(row)?);
    }
    Ok(out)
}

/// Entries from `offset` on.
pub(crate) fn window(conn: &Connection, offset: u64, limit: u64) -> Result<Vec<JournalEntry>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM journal WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    let [offset, limit] = [offset, limit].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    read_all(conn, &sql, &[&offset, &limit])
}

/// The conditions of a filter; what it does not ask for is null.
const FILTERED: &str = "(?1 IS NULL OR by = ?1)
    AND (?2 IS NULL OR action = ?2 OR substr(action, 1, length(?2) + 1) = ?2 || '.')
    AND (?3 IS NULL OR instr(lower(subject), lower(?3)) > 0)
    AND (?4 IS NULL OR substr(at, 1, 10) >= ?4) AND (?5 IS NULL OR substr(at, 1, 10) <= ?5)
    AND (?6 IS NULL OR instr(lower(detail), lower(?6)) > 0 OR instr(lower(subject), lower(?6)) > 0)";

/// How many entries pass a filter, and some of them, the newest first.
pub(crate) fn filtered(
    conn: &Connection,
    f: &TrailFilter,
    offset: u64,
    limit: u64,
) -> Result<(u64, Vec<JournalEntry>), VaultError> {
    let days = [f.from, f.to].map(|day| day.map(|d| d.to_string()));
    let asked: [&dyn ToSql; 6] = [&f.by, &f.action, &f.subject, &days[0], &days[1], &f.text];
    let total: i64 =
        conn.query_row(&format!("SELECT count(*) FROM journal WHERE {FILTERED}"), &asked[..], |r| r.get(0))?;
    let [offset, limit] = [offset, limit].map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let sql = format!("SELECT {COLUMNS} FROM journal WHERE {FILTERED} ORDER BY seq DESC LIMIT ?7 OFFSET ?8");
    let mut params = asked.to_vec();
    params.extend([&limit as &dyn ToSql, &offset]);
    Ok((total.unsigned_abs(), read_all(conn, &sql, &params)?))
}

/// Everybody who is named in an entry, by name.
pub(crate) fn people(conn: &Connection) -> Result<Vec<String>, VaultError> {
    let mut all = conn.prepare("SELECT DISTINCT by FROM journal ORDER BY by")?;
    Ok(all.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

/// The last entry before `seq` with one of these actions, this subject, and the same values under `keys` of its detail.
pub(crate) fn before(
    conn: &Connection,
    entry: &JournalEntry,
    actions: &[&str],
    keys: &[&str],
) -> Result<Option<JournalEntry>, VaultError> {
    let actions = actions.iter().map(|a| format!("'{a}'")).collect::<Vec<_>>().join(", ");
    let same: String = keys
        .iter()
        .map(|key| format!(" AND json_extract(detail, '$.{key}') IS json_extract(?3, '$.{key}')"))
        .collect();
    let sql = format!(
        "SELECT {COLUMNS} FROM journal WHERE seq < ?1 AND subject = ?2 AND ?3 IS NOT NULL AND action IN ({actions}){same}
         ORDER BY seq DESC LIMIT 1"
    );
    let seq = i64::try_from(entry.seq).unwrap_or(i64::MAX);
    Ok(read_all(conn, &sql, &[&seq, &entry.subject, &entry.detail])?.pop())
}

/// The first entry with this action.
pub(crate) fn first_of(conn: &Connection, action: &str) -> Result<Option<JournalEntry>, VaultError> {
    let sql = format!("SELECT {COLUMNS} FROM journal WHERE action = ?1 ORDER BY seq LIMIT 1");
    Ok(read_all(conn, &sql, &[&action])?.pop())
}
