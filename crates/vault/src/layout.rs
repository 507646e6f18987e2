//! The folder: names, header, lock, and writing a file so that a crash leaves the old or the new one.

use crate::error::VaultError;
use crate::failpoint;
use crate::slot::Slot;
use crate::slot_check;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Format of the folder that this release writes.
pub(crate) const FORMAT: u32 = 1;
/// Ending of a file that is being written.
pub(crate) const PARTIAL: &str = "partial";
/// Folder of the key slots.
pub(crate) const KEYS: &str = "keys";
/// Folder of the exams.
pub(crate) const EXAMS: &str = "exams";
/// Folder of fonts that somebody put there.
pub(crate) const FONTS: &str = "fonts";
/// The file whose presence says that a vault is whole.
pub(crate) const HEADER: &str = "vault.toml";

/// What a folder holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultState {
    /// Nothing, or no folder at all.
    Empty,
    /// A vault.
    Vault,
    /// A vault whose making was cut off before it was usable; it holds nothing and can be made again.
    HalfMade,
    /// Something else.
    Foreign,
}

/// Paths inside a vault.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    dir: PathBuf,
}

impl Layout {
    pub(crate) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }
    pub(crate) fn keys(&self) -> PathBuf {
        self.dir.join(KEYS)
    }
    pub(crate) fn slot(&self, slot: Slot) -> PathBuf {
        self.keys().join(slot.file_name())
    }
    pub(crate) fn header(&self) -> PathBuf {
        self.keys().join(HEADER)
    }
    pub(crate) fn vault_db(&self) -> PathBuf {
        self.dir.join("vault.db")
    }
    pub(crate) fn exams(&self) -> PathBuf {
        self.dir.join(EXAMS)
    }
    pub(crate) fn exam_db(&self, id: &str) -> PathBuf {
        self.exams().join(format!("{id}.db"))
    }
    /// The random part of an exam's key.
    pub(crate) fn exam_key(&self, id: &str) -> PathBuf {
        self.exams().join(format!("{id}.key"))
    }
    /// Where an exam is made before it gets its name.
    pub(crate) fn exam_in_making(&self, id: &str) -> PathBuf {
        self.exams().join(format!("{id}.{PARTIAL}"))
    }
    /// Copies of databases as they were before a newer release changed their tables.
    pub(crate) fn backups(&self) -> PathBuf {
        self.dir.join("backups")
    }
    /// Fonts that somebody put there.
    pub(crate) fn fonts(&self) -> PathBuf {
        self.dir.join(FONTS)
    }
    pub(crate) fn lock(&self) -> PathBuf {
        self.dir.join("lock")
    }
}

/// What the folder holds.
///
/// # Errors
/// [`VaultError::Io`] when it cannot be read.
pub fn state(dir: &Path) -> Result<VaultState, VaultError> {
    let layout = Layout::new(dir);
    if layout.header().is_file() {
        return Ok(VaultState::Vault);
    }
    let names = names(dir)?;
    if names.is_empty() {
        return Ok(VaultState::Empty);
    }
    let ours =
        |name: &String| ["keys", "exams", "lock"].contains(&name.as_str()) || name.starts_with("vault.db");
    let keys_ours = |name: &String| [".age", ".sum", PARTIAL].iter().any(|end| name.ends_with(end));
    let half = names.iter().all(ours)
        && names.contains(&"lock".to_owned())
        && super::layout::names(&layout.keys())?.iter().all(keys_ours)
        && super::layout::names(&layout.exams())?.is_empty();
    Ok(if half { VaultState::HalfMade } else { VaultState::Foreign })
}

/// Names in a folder, sorted; none when there is no folder.
pub(crate) fn names(dir: &Path) -> Result<Vec<String>, VaultError> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(e.into()),
    };
    let mut out = Vec::new();
    for entry in entries {
        out.push(entry?.file_name().to_string_lossy().into_owned());
    }
    out.sort();
    Ok(out)
}

/// Makes a folder that only its owner may enter, where the system knows such a thing, and makes its name durable, and
/// those of the folders above it that were missing too.
pub(crate) fn make_dir(dir: &Path) -> Result<(), VaultError> {
    let missing: Vec<&Path> = dir.ancestors().take_while(|above| !above.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(dir)?;
    for made in missing {
        sync_dir(
            made.parent().map(|above| if above.as_os_str().is_empty() { Path::new(".") } else { above }),
        )?;
    }
    Ok(())
}

/// Takes the lock, making its file when `create`. `None` when there is no lock file.
pub(crate) fn take_lock(path: &Path, create: bool) -> Result<Option<File>, VaultError> {
    let file = match OpenOptions::new().read(true).write(true).create(create).truncate(false).open(path) {
        Ok(file) => file,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && !create => return Ok(None),
        Err(e) => return Err(e.into()),
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(VaultError::InUse),
        Err(TryLockError::Error(e)) => Err(e.into()),
    }
}

/// Writes beside, syncs, renames: after a crash the old file or the new one is there, never half of one.
/// A key slot gets its check first.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    write_checked(path, bytes, |_| Ok(()))
}

/// As [`write_atomically`], where what is read back beside must pass `check` before it takes the old file's place.
pub(crate) fn write_checked(
    path: &Path,
    bytes: &[u8],
    check: impl FnOnce(&[u8]) -> Result<(), VaultError>,
) -> Result<(), VaultError> {
    if slot_check::is_slot(path) {
        write_atomically(&slot_check::beside(path), slot_check::text(path, bytes)?.as_bytes())?;
    }
    let beside = path.with_extension(PARTIAL);
    let written = write_beside(&beside, bytes)
        .and_then(|()| check(&fs::read(&beside)?))
        .and_then(|()| Ok(fs::rename(&beside, path)?));
    if written.is_err() {
        // What cannot be taken away is overwritten by the next attempt.
        let _ = fs::remove_file(&beside);
    }
    written?;
    failpoint::reach("file.renamed")?;
    sync_dir(path.parent())
}

fn write_beside(beside: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let mut file = File::create(beside)?;
    failpoint::reach("file.created")?;
    file.write_all(bytes)?;
    failpoint::reach("file.written")?;
    file.sync_all()?;
    failpoint::reach("file.synced")
}

/// Makes a rename durable. Windows has no such call and needs none.
pub(crate) fn sync_dir(dir: Option<&Path>) -> Result<(), VaultError> {
    #[cfg(unix)]
    if let Some(dir) = dir {
        File::open(dir)?.sync_all()?;
    }
    #[cfg(not(unix))]
    let _ = dir;
    Ok(())
}

/// The header's text: nothing in it is confidential. `check` shows a key to be the vault's.
pub(crate) fn header_text(recipient: &str, check: &str) -> String {
    format!("format = {FORMAT}\nrecipient = \"{recipient}\"\ncheck = \"{check}\"\n")
}

/// What shows a key to be the vault's; `None` in a header of an earlier release.
pub(crate) fn header_check(path: &Path) -> Option<String> {
    value(&fs::read_to_string(path).ok()?, "check").map(str::to_owned)
}

fn value<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.lines()
        .filter_map(|l| l.split_once('='))
        .find(|(k, _)| k.trim() == key)
        .map(|(_, v)| v.trim().trim_matches('"'))
}

/// Format and recipient of a header.
pub(crate) fn read_header(path: &Path) -> Result<(u32, String), VaultError> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(VaultError::NotAVault),
        Err(e) if e.kind() == std::io::ErrorKind::InvalidData => {
            return Err(VaultError::Damaged { what: "vault header" });
        }
        Err(e) => return Err(e.into()),
    };
    let damaged = VaultError::Damaged { what: "vault header" };
    let format = value(&text, "format").and_then(|v| v.parse().ok()).ok_or(damaged.clone())?;
    if format > FORMAT {
        return Err(VaultError::NewerFormat { found: format });
    }
    Ok((format, value(&text, "recipient").ok_or(damaged)?.to_owned()))
}
