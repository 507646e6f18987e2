//! `evidence_taking` and `evidence_chunk`: the bytes of pieces, and which of them are still being taken in. Chunks are
//! stored some at a time; they are a piece's once a row of `evidence` names their taking, and from then on they never
//! change. Those of a taking that broke off are taken out.

use crate::error::VaultError;
use crate::schema::Migration;
use fieldbook_model::Moment;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::io::Read;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE evidence_taking (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL) STRICT;
    CREATE TABLE evidence_chunk (
        taking INTEGER NOT NULL,
        no INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (taking, no)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER evidence_chunk_no_delete BEFORE DELETE ON evidence_chunk
        WHEN EXISTS (SELECT 1 FROM evidence WHERE taking = OLD.taking)
        BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
    CREATE TRIGGER evidence_chunk_no_more BEFORE INSERT ON evidence_chunk
        WHEN EXISTS (SELECT 1 FROM evidence WHERE taking = NEW.taking)
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;
    CREATE TRIGGER evidence_chunk_no_change BEFORE UPDATE ON evidence_chunk
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;",
)];

/// The chunks of a piece, in order.
pub(crate) const CHUNKS: &str = "SELECT bytes FROM evidence_chunk
    WHERE taking = (SELECT taking FROM evidence WHERE id = ?1) ORDER BY no";

/// Bytes of one chunk: what is held in memory at a time.
const CHUNK: usize = 1 << 20;
/// Chunks stored in one transaction: about what the write-ahead log grows to.
const TOGETHER: u32 = 16;

/// Whether the file knows chunks.
pub(crate) fn has_chunks(conn: &Connection) -> Result<bool, VaultError> {
    let mut looked =
        conn.prepare_cached("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'evidence_chunk'")?;
    Ok(looked.exists([])?)
}

/// Begins to take something in; gives its number.
pub(crate) fn begin(conn: &mut Connection, at: Moment) -> Result<i64, VaultError> {
    conn.execute("INSERT INTO evidence_taking VALUES (NULL, ?1)", [at.to_string()])?;
    Ok(conn.last_insert_rowid())
}

/// Stores everything that comes; gives its SHA-256 (lower-case hex) and its size in bytes.
pub(crate) fn store(
    conn: &mut Connection,
    taking: i64,
    from: &mut dyn Read,
) -> Result<(String, u64), VaultError> {
    let (mut hash, mut size, mut no) = (Sha256::new(), 0_u64, 0_i64);
    let mut chunk = vec![0_u8; CHUNK];
    let mut more = true;
    while more {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for _ in 0..TOGETHER {
            let filled = fill(from, &mut chunk)?;
            let bytes = chunk.get(..filled).unwrap_or_default();
            more = !bytes.is_empty();
            if !more {
                break;
            }
            hash.update(bytes);
            size += bytes.len() as u64;
            tx.prepare_cached("INSERT INTO evidence_chunk VALUES (?1, ?2, ?3)")?
                .execute(params![taking, no, bytes])?;
            no += 1;
        }
        tx.commit()?;
    }
    Ok((hex::encode(hash.finalize()), size))
}

/// Ends a taking whose chunks are a piece's now.
pub(crate) fn end(conn: &Connection, taking: i64) -> Result<(), VaultError> {
    conn.execute("DELETE FROM evidence_taking WHERE id = ?1", [taking])?;
    Ok(())
}

/// Takes out what takings left that broke off. Nobody else takes anything in while this program has the exam.
pub(crate) fn sweep(conn: &mut Connection) -> Result<(), VaultError> {
    const ONE: &str = "SELECT id FROM evidence_taking ORDER BY id LIMIT 1";
    const SOME: &str = "DELETE FROM evidence_chunk WHERE taking = ?1 AND no IN
        (SELECT no FROM evidence_chunk WHERE taking = ?1 ORDER BY no LIMIT ?2)";
    while let Some(taking) = conn.query_row(ONE, [], |r| r.get::<_, i64>(0)).optional()? {
        while conn.execute(SOME, params![taking, TOGETHER])? > 0 {}
        end(conn, taking)?;
    }
    Ok(())
}

/// Fills `chunk` as far as there are bytes.
fn fill(from: &mut dyn Read, chunk: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = chunk.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(n) => filled += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(filled)
}
