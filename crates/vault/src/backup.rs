//! A verified copy of a vault, under the same keys.

use crate::connect;
use crate::error::VaultError;
use crate::exam_key;
use crate::exams;
use crate::journal;
use crate::key::DbKey;
use crate::layout::{self, Layout, VaultState};
use crate::vault::Vault;
use crate::verify;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::path::Path;

/// A copy that was made and looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// SHA-256 over the lines `<sha256>  <name>` of all files, sorted by name; lower-case hex.
    pub sha256: String,
    /// Number of exams copied.
    pub exams: usize,
}

impl Vault {
    /// Copies the vault into an empty or absent folder and checks every page, reference and journal of the copy,
    /// and that the copy's journals say what the originals say. The header is written last: a copy that was cut
    /// off is no vault.
    ///
    /// # Errors
    /// [`VaultError::FolderNotEmpty`], [`VaultError::Damaged`] when the copy is not whole, [`VaultError::NoRoom`].
    pub fn backup(&self, dest: &Path) -> Result<Backup, VaultError> {
        if layout::state(dest)? != VaultState::Empty {
            return Err(VaultError::FolderNotEmpty);
        }
        let to = Layout::new(dest);
        layout::make_dir(&to.keys())?;
        layout::make_dir(&to.exams())?;
        copy(&self.layout.vault_db(), &to.vault_db(), &self.key.for_vault(), false)?;
        let ids = exams::present(self)?;
        for id in &ids {
            let key = exam_key::of(self, id)?;
            let beside = self.layout.exam_key(id.as_str());
            if beside.is_file() {
                layout::write_atomically(&to.exam_key(id.as_str()), &fs::read(beside)?)?;
            }
            copy(&self.layout.exam_db(id.as_str()), &to.exam_db(id.as_str()), &key, true)?;
        }
        for slot in self.slots() {
            layout::write_atomically(&to.slot(slot), &fs::read(self.layout.slot(slot))?)?;
        }
        layout::write_atomically(&to.header(), &fs::read(self.layout.header())?)?;
        Ok(Backup { sha256: digest(&to)?, exams: ids.len() })
    }
}

fn copy(from: &Path, to: &Path, key: &DbKey, with_journal: bool) -> Result<(), VaultError> {
    let target = to.to_str().ok_or(VaultError::Io(std::io::ErrorKind::InvalidFilename))?;
    let source = connect::open(from, key, false)?;
    source.execute("VACUUM INTO ?1", [target])?;
    File::open(to)?.sync_all()?;
    let mut problems = Vec::new();
    // What was signed names its exam, so the copy is looked at under the name that its file has.
    let name = to.file_stem().unwrap_or_default().to_string_lossy();
    verify::check(to, key, &name, &mut problems);
    let damaged = VaultError::Damaged { what: "the copy" };
    if !problems.is_empty() {
        return Err(damaged);
    }
    if with_journal {
        let copied = connect::open(to, key, false)?;
        let same = journal::walk(&source, None)?.root() == journal::walk(&copied, None)?.root();
        return if same { Ok(()) } else { Err(damaged) };
    }
    Ok(())
}

fn digest(to: &Layout) -> Result<String, VaultError> {
    let mut lines = Vec::new();
    for (prefix, dir) in [("", to.dir().to_owned()), ("exams/", to.exams()), ("keys/", to.keys())] {
        for name in layout::names(&dir)? {
            let path = dir.join(&name);
            if path.is_file() {
                let mut hash = Sha256::new();
                std::io::copy(&mut File::open(&path)?, &mut HashWriter(&mut hash))?;
                lines.push(format!("{}  {prefix}{name}\n", hex::encode(hash.finalize())));
            }
        }
    }
    lines.sort_by(|a, b| a.split("  ").nth(1).cmp(&b.split("  ").nth(1)));
    Ok(hex::encode(Sha256::digest(lines.concat())))
}

struct HashWriter<'a>(&'a mut Sha256);

impl std::io::Write for HashWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
