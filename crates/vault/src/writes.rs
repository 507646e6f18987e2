//! How much was written to a database, so that what was worked out from it is known to hold still.

use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::vault::Vault;
use rusqlite::Connection;

/// How much was written so far, by the connection at hand and by others. Between two that are alike nothing was written; a
/// change that was taken back counts too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Writes {
    /// Rows that this connection changed (`sqlite3_total_changes`).
    own: u64,
    /// SQLite's `data_version`, which another connection's commit moves.
    others: i64,
}

fn writes(conn: &Connection) -> Result<Writes, VaultError> {
    let others = conn.pragma_query_value(None, "data_version", |row| row.get(0))?;
    Ok(Writes { own: conn.total_changes(), others })
}

impl ExamStore {
    /// How much was written to the exam.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn writes(&self) -> Result<Writes, VaultError> {
        writes(&self.conn)
    }
}

impl Vault {
    /// How much was written to the vault's own database.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn writes(&self) -> Result<Writes, VaultError> {
        writes(&self.conn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_either_connection_writes_is_noticed_and_a_look_is_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("a.db");
        let (one, two) = (Connection::open(&path).expect("open"), Connection::open(&path).expect("open"));
        one.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (n)").expect("made");
        let before = writes(&one).expect("read");
        let rows = |c: &Connection| c.query_row("SELECT count(*) FROM t", [], |r| r.get::<_, i64>(0));
        assert_eq!(rows(&one).expect("read"), 0);
        assert_eq!(writes(&one).expect("read"), before);
        one.execute("INSERT INTO t VALUES (1)", []).expect("written");
        let own = writes(&one).expect("read");
        assert_ne!(own, before);
        two.execute("INSERT INTO t VALUES (2)", []).expect("written");
        assert_ne!(writes(&one).expect("read"), own);
    }
}
