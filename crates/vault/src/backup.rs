//! A verified copy of a vault, under the same keys.
//!
//! `backup.toml` beside the copy says when it was made, which generation it is and the SHA-256 over its files, and for
//! every exam a tag of its journal's checkpoint. The last line is an HMAC under the data key over the lines before it,
//! so who has the vault's passphrase can tell that nobody wrote another one. Nothing in it is confidential.

use crate::connect;
use crate::copy::{self, Look};
use crate::error::VaultError;
use crate::exam_key;
use crate::exams;
use crate::failpoint;
use crate::key::DataKey;
use crate::layout::{self, Layout, VaultState};
use crate::vault::Vault;
use fieldbook_model::Moment;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::path::Path;

/// Name of the file that describes a copy.
pub(crate) const SHEET: &str = "backup.toml";

/// In a copy that is being made: the recipient of the vault that makes it.
pub(crate) const MADE_BY: &str = "made-by";

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
    /// and that the copy's journals say what the originals say. The header is written last but for `backup.toml`: a copy
    /// that was cut off is no vault.
    ///
    /// # Errors
    /// [`VaultError::FolderNotEmpty`], [`VaultError::Damaged`] when the copy is not whole, [`VaultError::NoRoom`].
    pub fn backup(&self, dest: &Path, at: Moment) -> Result<Backup, VaultError> {
        if layout::state(dest)? != VaultState::Empty {
            return Err(VaultError::FolderNotEmpty);
        }
        self.refuse_inside(dest)?;
        self.copy_into(dest, 0, at)
    }

    /// A copy inside the vault would be copied by the next, and lost with it.
    pub(crate) fn refuse_inside(&self, dest: &Path) -> Result<(), VaultError> {
        let own = fs::canonicalize(self.layout.dir())?;
        let inside = dest.ancestors().find_map(|above| fs::canonicalize(above).ok());
        if inside.is_some_and(|there| there.starts_with(own)) {
            Err(VaultError::BackupInside)
        } else {
            Ok(())
        }
    }

    /// Copies everything into an empty folder.
    pub(crate) fn copy_into(&self, dest: &Path, generation: u32, at: Moment) -> Result<Backup, VaultError> {
        let to = Layout::new(dest);
        for dir in [to.dir().to_owned(), to.keys(), to.exams()] {
            layout::make_dir(&dir)?;
        }
        copy::database(&self.conn, &to.vault_db(), &self.key.for_vault(), Look::Everything)?;
        let ids = exams::present(self)?;
        let mut tags = String::new();
        for id in &ids {
            let key = exam_key::of(self, id)?;
            let beside = self.layout.exam_key(id.as_str());
            if beside.is_file() {
                layout::write_atomically(&to.exam_key(id.as_str()), &fs::read(beside)?)?;
            }
            let source = connect::open(&self.layout.exam_db(id.as_str()), &key, false)?;
            let journal = copy::database(&source, &to.exam_db(id.as_str()), &key, Look::Everything)?;
            let (size, root) = journal.map(|c| (c.size, c.root)).unwrap_or_default();
            let tag = self.key.tag(&format!("journal/{id}/{size}/{root}"));
            writeln!(tags, "\n[[exam]]\nid = \"{id}\"\nentries = {size}\njournal = \"{tag}\"")
                .expect("a text takes text");
            failpoint::reach("backup.database")?;
        }
        for dir in [layout::KEYS, layout::FONTS] {
            copy_small(&self.layout.dir().join(dir), &to.dir().join(dir))?;
        }
        failpoint::reach("backup.small")?;
        layout::write_atomically(&to.header(), &fs::read(self.layout.header())?)?;
        let sha256 = digest(&to)?;
        failpoint::reach("backup.counted")?;
        let text = sheet(&self.key, generation, at, &sha256, &tags);
        layout::write_atomically(&dest.join(SHEET), text.as_bytes())?;
        Ok(Backup { sha256, exams: ids.len() })
    }
}

fn sheet(key: &DataKey, generation: u32, at: Moment, sha256: &str, tags: &str) -> String {
    let text =
        format!("format = 1\nmade_at = \"{at}\"\ngeneration = {generation}\nsha256 = \"{sha256}\"\n{tags}");
    let tag = key.tag(&format!("backup/{text}"));
    format!("{text}\n# tag {tag}\n")
}

/// Whether the text of a `backup.toml` is as the vault of this key wrote it.
pub(crate) fn is_ours(key: &DataKey, text: &str) -> bool {
    text.rsplit_once("\n# tag ")
        .is_some_and(|(before, tag)| key.tag(&format!("backup/{before}")) == tag.trim())
}

/// Copies the files of a folder, but for the header, which its writer puts there when everything else is.
pub(crate) fn copy_small(from: &Path, to: &Path) -> Result<(), VaultError> {
    for name in layout::names(from)? {
        let path = from.join(&name);
        if path.is_file() && name != layout::HEADER && !name.ends_with(layout::PARTIAL) {
            layout::make_dir(to)?;
            layout::write_atomically(&to.join(&name), &fs::read(path)?)?;
        }
    }
    Ok(())
}

/// Names of the files of a copy, below its folder, sorted. What opening a vault in place leaves there is none of them.
pub(crate) fn files(of: &Layout) -> Result<Vec<String>, VaultError> {
    let mut out = Vec::new();
    for dir in ["", layout::EXAMS, layout::KEYS, layout::FONTS] {
        let names = layout::names(&of.dir().join(dir))?;
        let names = names.into_iter().map(|n| if dir.is_empty() { n } else { format!("{dir}/{n}") });
        out.extend(names.filter(|name| of.dir().join(name).is_file()));
    }
    out.retain(|name| {
        name != SHEET
            && name != MADE_BY
            && name != "lock"
            && !name.ends_with("-wal")
            && !name.ends_with("-shm")
    });
    out.sort();
    Ok(out)
}

/// SHA-256 over the lines of all files.
pub(crate) fn digest(of: &Layout) -> Result<String, VaultError> {
    let mut lines = String::new();
    for name in files(of)? {
        let mut hash = Sha256::new();
        std::io::copy(&mut File::open(of.dir().join(&name))?, &mut HashWriter(&mut hash))?;
        writeln!(lines, "{}  {name}", hex::encode(hash.finalize())).expect("a text takes text");
    }
    Ok(hex::encode(Sha256::digest(lines)))
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
