//! Opening one encrypted database.

use crate::error::VaultError;
use crate::failpoint;
use crate::key::DbKey;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long a writer waits for another connection of the same program.
const BUSY: Duration = Duration::from_secs(10);

/// The key comes first. Nothing recorded is lost (`synchronous=FULL`), nothing deleted stays readable
/// (`secure_delete`), and nothing is ever written in the clear (`temp_store=MEMORY`).
const SETTINGS: &str = "
    PRAGMA cipher_log_level = NONE;
    PRAGMA temp_store = MEMORY;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -32768;
    PRAGMA journal_size_limit = 16777216;";

/// Opens for reading and writing; makes the file when `create`.
pub(crate) fn open(path: &Path, key: &DbKey, create: bool) -> Result<Connection, VaultError> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let conn = with_key(path, key, flags)?;
    conn.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    Ok(conn)
}

/// Opens a second connection that cannot write to the file.
pub(crate) fn open_read_only(path: &Path, key: &DbKey) -> Result<Connection, VaultError> {
    with_key(path, key, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
}

fn with_key(path: &Path, key: &DbKey, flags: OpenFlags) -> Result<Connection, VaultError> {
    let mut conn = Connection::open_with_flags(path, flags)?;
    conn.execute_batch(&key.pragma())?;
    conn.execute_batch(SETTINGS)?;
    conn.busy_timeout(BUSY)?;
    failpoint::watch(&mut conn)?;
    // The first page is read here, so that a wrong key shows at once.
    conn.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    Ok(conn)
}
