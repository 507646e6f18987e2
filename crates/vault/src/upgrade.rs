//! A database that an earlier release wrote is copied before its tables are changed:
//! `backups/<database>-version-<n>.db`, under the same key. The copy is verified, and no copy that is whole is ever
//! written over.

use crate::copy::{self, Look};
use crate::error::VaultError;
use crate::key::DbKey;
use crate::layout::{self, Layout};
use crate::schema::{self, Migration};
use rusqlite::Connection;
use std::path::PathBuf;

/// Copies of one version of one database that are kept at most beside each other; an exam that is put back from a copy
/// and brought up again makes one more.
const MOST: usize = 99;

/// Brings a database up to this release. `name` is `vault` or an exam's id.
///
/// # Errors
/// [`VaultError::NewerFormat`]; [`VaultError::NoRoom`] or [`VaultError::Damaged`] when no whole copy could be made.
/// Nothing was changed then.
pub(crate) fn bring_up(
    layout: &Layout,
    name: &str,
    conn: &mut Connection,
    key: &DbKey,
    tables: &[&[Migration]],
) -> Result<(), VaultError> {
    let found = schema::version(conn)?;
    if (1..schema::latest(tables)).contains(&found) {
        keep(layout, name, found, conn, key)?;
    }
    schema::migrate(conn, tables)
}

fn keep(layout: &Layout, name: &str, version: u32, conn: &Connection, key: &DbKey) -> Result<(), VaultError> {
    layout::make_dir(&layout.backups())?;
    for n in 1..=MOST {
        let path = place(layout, name, version, n);
        if !path.exists() {
            return copy::database(conn, &path, key, Look::Pages).map(|_| ());
        }
        // The change of the tables was cut off before: the copy of then is the one that is wanted.
        if copy::same(conn, &path, key, Look::Pages)? {
            return Ok(());
        }
    }
    Err(VaultError::Damaged { what: "too many copies of one version" })
}

fn place(layout: &Layout, name: &str, version: u32, n: usize) -> PathBuf {
    let again = if n == 1 { String::new() } else { format!("-{n}") };
    layout.backups().join(format!("{name}-version-{version}{again}.db"))
}
