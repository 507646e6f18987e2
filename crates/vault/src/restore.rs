//! Making a vault from a copy. The copy is only read; the new folder becomes a vault when everything in it was verified.

use crate::backup::{self, SHEET};
use crate::connect;
use crate::copy;
use crate::error::VaultError;
use crate::exam_key;
use crate::exams;
use crate::failpoint;
use crate::generation;
use crate::layout::{self, Layout, VaultState};
use crate::vault::{Secret, Vault};
use crate::verify::Problem;
use std::fs::{self, File};
use std::path::Path;

const DAMAGED: VaultError = VaultError::BackupDamaged;

/// Copies the backup `from` into the empty or absent folder `to` and verifies both. Gives the SHA-256 over the files and
/// the number of exams.
///
/// # Errors
/// [`VaultError::FolderNotEmpty`], [`VaultError::NotAVault`], [`VaultError::WrongPassphrase`] or
/// [`VaultError::WrongIdentity`], and nothing was made; [`VaultError::BackupDamaged`], [`VaultError::NoRoom`], and `to`
/// is no vault.
pub fn restore(from: &Path, to: &Path, secret: &Secret<'_>) -> Result<backup::Backup, VaultError> {
    if layout::state(to)? != VaultState::Empty {
        return Err(VaultError::FolderNotEmpty);
    }
    let (source, dest) = (Layout::new(from), Layout::new(to));
    let (_, recipient) = layout::read_header(&source.header())?;
    let key = secret.open(&source)?;
    let before = backup::digest(&source)?;
    if let Ok(sheet) = fs::read_to_string(from.join(SHEET))
        && !(backup::is_ours(&key, &sheet) && generation::said(&source).as_deref() == Some(before.as_str()))
    {
        return Err(DAMAGED);
    }
    let made = fill(&source, &dest, &before).and_then(|()| {
        failpoint::reach("restore.copied")?;
        let lock = layout::take_lock(&dest.lock(), true)?.ok_or(VaultError::InUse)?;
        let conn = connect::open(&dest.vault_db(), &key.for_vault(), false).map_err(damaged)?;
        let vault = Vault::from_parts(dest.clone(), key.clone(), conn, recipient.clone(), lock);
        let exams = looked_at(&vault, from)?;
        failpoint::reach("restore.verified")?;
        drop(vault);
        layout::write_atomically(&dest.header(), &fs::read(source.header())?)?;
        Ok(backup::Backup { sha256: before.clone(), exams })
    });
    if made.is_err() && !dest.header().is_file() {
        // Nothing was in the folder before; what is there is no vault. The error is the one to tell.
        let _ = clear(&dest);
    }
    made
}

fn damaged(e: VaultError) -> VaultError {
    if matches!(e, VaultError::Damaged { .. }) { DAMAGED } else { e }
}

/// Copies every file but the header.
fn fill(source: &Layout, dest: &Layout, before: &str) -> Result<(), VaultError> {
    for dir in [dest.dir().to_owned(), dest.keys(), dest.exams()] {
        layout::make_dir(&dir)?;
    }
    let header = format!("{}/{}", layout::KEYS, layout::HEADER);
    for name in backup::files(source)?.iter().filter(|name| **name != header) {
        let to = dest.dir().join(name);
        to.parent().map(layout::make_dir).transpose()?;
        fs::copy(source.dir().join(name), &to)?;
        File::open(&to)?.sync_all()?;
        layout::sync_dir(to.parent())?;
    }
    // The copy was read twice; a medium that gives other bytes the second time is found here.
    if backup::digest(source)? == before { Ok(()) } else { Err(DAMAGED) }
}

/// Verifies what was copied; gives the number of exams. A copy that somebody opened in place may have writes beside its
/// files, which were not copied: its journals are compared with what `backup.toml` tells of them.
fn looked_at(vault: &Vault, from: &Path) -> Result<usize, VaultError> {
    // The header is written when everything else is right.
    if vault.verify()?.iter().any(|problem| *problem != Problem::Header) {
        return Err(DAMAGED);
    }
    let sheet = fs::read_to_string(from.join(SHEET)).unwrap_or_default();
    let present = exams::present(vault)?;
    for id in &present {
        let key = exam_key::of(vault, id)?;
        let conn = connect::open(&vault.layout.exam_db(id.as_str()), &key, false)?;
        let found = copy::checkpoint(&conn)?.map(|c| (c.size, c.root)).unwrap_or_default();
        let tag = vault.key.tag(&format!("journal/{id}/{}/{}", found.0, found.1));
        if !sheet.is_empty() && !sheet.contains(&tag) {
            return Err(DAMAGED);
        }
    }
    Ok(present.len())
}

/// Takes away what a restore that failed has made.
fn clear(dest: &Layout) -> Result<(), VaultError> {
    for name in backup::files(dest)? {
        copy::remove(&dest.dir().join(name))?;
    }
    copy::remove(&dest.lock())?;
    for dir in [dest.keys(), dest.exams(), dest.fonts()] {
        match fs::remove_dir(dir) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    Ok(fs::remove_dir(dest.dir())?)
}
