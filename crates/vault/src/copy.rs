//! A verified copy of one database, under the same key.

use crate::connect;
use crate::error::VaultError;
use crate::failpoint;
use crate::journal::{self, Checkpoint};
use crate::key::DbKey;
use crate::layout;
use crate::schema;
use crate::table::exam;
use crate::verify;
use rusqlite::Connection;
use std::fs::{self, File};
use std::path::Path;

/// How much of a copy is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// Every page and the structure, the version, the journal: what was wrong with the original does not matter.
    Pages,
    /// As [`Vault::verify`](crate::Vault::verify) does, and the journal.
    Everything,
}

/// Copies `source` to `to`, which is not there, and looks at the copy. It is made beside and gets its name when it is known
/// to say what the original says. Gives size and root of its journal, where it has one that holds.
///
/// # Errors
/// [`VaultError::Damaged`] when the copy is not whole, [`VaultError::NoRoom`]; nothing is left behind then.
pub(crate) fn database(
    source: &Connection,
    to: &Path,
    key: &DbKey,
    look: Look,
) -> Result<Option<Checkpoint>, VaultError> {
    let beside = to.with_extension("copying");
    remove(&beside)?;
    let made = vacuum(source, &beside, key, look).and_then(|checkpoint| {
        failpoint::reach("copy.verified")?;
        fs::rename(&beside, to)?;
        failpoint::reach("copy.named")?;
        layout::sync_dir(to.parent())?;
        Ok(checkpoint)
    });
    if made.is_err() {
        // What is left of it is no copy; the error is the one to tell.
        let _ = remove(&beside);
    }
    made
}

fn vacuum(
    source: &Connection,
    beside: &Path,
    key: &DbKey,
    look: Look,
) -> Result<Option<Checkpoint>, VaultError> {
    let target = beside.to_str().ok_or(VaultError::Io(std::io::ErrorKind::InvalidFilename))?;
    source.execute("VACUUM INTO ?1", [target])?;
    failpoint::reach("copy.vacuumed")?;
    File::open(beside)?.sync_all()?;
    let damaged = VaultError::Damaged { what: "the copy" };
    if !same(source, beside, key, look)? {
        return Err(damaged);
    }
    match checkpoint(source) {
        Err(_) if look == Look::Everything => Err(damaged),
        found => Ok(found.unwrap_or(None)),
    }
}

/// Whether the file is whole and says what `source` says: the same version, the same journal.
///
/// # Errors
/// When the source cannot be read.
pub(crate) fn same(source: &Connection, copy: &Path, key: &DbKey, look: Look) -> Result<bool, VaultError> {
    let mut problems = Vec::new();
    if look == Look::Everything {
        // What was signed names its exam, so the copy is looked at under its exam's name.
        let exam = exam::read(source).ok().flatten().map(|exam| exam.id.to_string());
        verify::check(copy, key, exam.as_deref().unwrap_or("vault"), &mut problems);
    }
    let (version, journal) = (schema::version(source)?, checkpoint(source).ok());
    let agrees = || -> Result<bool, VaultError> {
        let copied = connect::open(copy, key, false)?;
        Ok(verify::sound(&copied)?
            && schema::version(&copied)? == version
            && checkpoint(&copied).ok() == journal)
    };
    Ok(problems.is_empty() && agrees().unwrap_or(false))
}

/// Size and root of a database's journal; `None` where it keeps none.
pub(crate) fn checkpoint(conn: &Connection) -> Result<Option<Checkpoint>, VaultError> {
    if !conn.table_exists(None, "journal")? {
        return Ok(None);
    }
    let tree = journal::walk(conn, None)?;
    Ok(Some(Checkpoint { size: tree.size(), root: hex::encode(tree.root()) }))
}

/// Removes a database's file and what SQLite keeps beside it.
pub(crate) fn remove(path: &Path) -> Result<(), VaultError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.to_owned().into_os_string();
        name.push(suffix);
        match fs::remove_file(&name) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(())
}
