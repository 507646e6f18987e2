//! Backups by generation: `<folder>/<day>-<time>-g<number>/`, each a vault of its own. A new one is made beside under a
//! name that says so, and gets its own when it was verified; only then do the oldest go. Folders that this vault did not
//! make are left alone.

use crate::backup::{self, MADE_BY, SHEET};
use crate::error::VaultError;
use crate::failpoint;
use crate::layout::{self, Layout, VaultState};
use crate::vault::Vault;
use fieldbook_model::Moment;
use std::fs;
use std::path::Path;

/// Ending of a copy that is being made.
const MAKING: &str = ".making";

/// How a copy was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CopyState {
    /// Every file is as it was when the copy was verified.
    Whole,
    /// Its making did not come to the end.
    CutOff,
    /// A file is missing, or is not what was verified.
    Damaged,
}

/// One generation of a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generation {
    /// Name of its folder.
    pub name: String,
    /// From 1, rising.
    pub number: u32,
    /// When it was made, as its name says (Asia/Taipei).
    pub made_at: Moment,
    /// How it was found.
    pub state: CopyState,
    /// SHA-256 over the lines of its files as they are now; empty where they cannot be read.
    pub sha256: String,
    /// Bytes of its files.
    pub bytes: u64,
}

/// The generation that a backup made, and those that went for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptGenerations {
    /// The new one.
    pub made: Generation,
    /// Names of the folders that were removed, the oldest first.
    pub removed: Vec<String>,
}

/// Looks at the generations in a folder, the oldest first; no secret is needed. Every file is read.
///
/// # Errors
/// [`VaultError::Io`] when the folder cannot be read.
pub fn generations(folder: &Path) -> Result<Vec<Generation>, VaultError> {
    let mut out = Vec::new();
    for (name, number, made_at) in numbered(folder)? {
        let of = Layout::new(&folder.join(&name));
        let files = backup::files(&of)?;
        let bytes = files.iter().filter_map(|n| fs::metadata(of.dir().join(n)).ok()).map(|m| m.len()).sum();
        let sha256 = backup::digest(&of).unwrap_or_default();
        let state = match said(&of) {
            _ if name.ends_with(MAKING) => CopyState::CutOff,
            None => CopyState::CutOff,
            Some(said) if said == sha256 => CopyState::Whole,
            Some(_) => CopyState::Damaged,
        };
        out.push(Generation { name, number, made_at, state, sha256, bytes });
    }
    Ok(out)
}

/// The SHA-256 that a copy's sheet tells; `None` where there is no sheet.
pub(crate) fn said(of: &Layout) -> Option<String> {
    let text = fs::read_to_string(of.dir().join(SHEET)).ok()?;
    let line = text.lines().find_map(|l| l.strip_prefix("sha256 = \""))?;
    Some(line.trim_end_matches('"').to_owned())
}

/// Folders that are named like generations, the oldest first.
fn numbered(folder: &Path) -> Result<Vec<(String, u32, Moment)>, VaultError> {
    let mut out = Vec::new();
    for name in layout::names(folder)? {
        if let Some((number, at)) = parse(name.trim_end_matches(MAKING))
            && folder.join(&name).is_dir()
        {
            out.push((name, number, at));
        }
    }
    out.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    Ok(out)
}

fn parse(name: &str) -> Option<(u32, Moment)> {
    let (moment, number) = name.rsplit_once("-g")?;
    let digits = number.len() >= 4 && number.bytes().all(|b| b.is_ascii_digit());
    let at = Moment::strptime("%Y%m%d-%H%M%S", moment).ok()?;
    let number = number.parse().ok().filter(|_| digits)?;
    (name_of(number, at) == name).then_some((number, at))
}

fn name_of(number: u32, at: Moment) -> String {
    format!("{}-g{number:04}", at.strftime("%Y%m%d-%H%M%S"))
}

impl Vault {
    /// Makes one more generation in `folder`, and removes the oldest of this vault's beyond `keep` when the new one was
    /// verified. What an earlier call left unfinished goes too.
    ///
    /// # Errors
    /// [`VaultError::BackupInside`], [`VaultError::Damaged`] when the copy is not whole, [`VaultError::NoRoom`]; every
    /// earlier generation is there then.
    pub fn backup_generation(
        &self,
        folder: &Path,
        keep: usize,
        at: Moment,
    ) -> Result<KeptGenerations, VaultError> {
        self.refuse_inside(folder)?;
        if layout::state(folder)? == VaultState::Vault {
            return Err(VaultError::FolderNotEmpty);
        }
        layout::make_dir(folder)?;
        let there = numbered(folder)?;
        let number = there.iter().map(|(_, n, _)| *n).max().unwrap_or(0) + 1;
        for (name, ..) in
            there.iter().filter(|(name, ..)| name.ends_with(MAKING) && self.made(&folder.join(name)))
        {
            remove(&folder.join(name))?;
        }
        let name = name_of(number, at);
        let making = folder.join(format!("{name}{MAKING}"));
        // Its recipient first: should the making be cut off, the next call knows the folder for its own.
        layout::make_dir(&making)?;
        layout::write_atomically(&making.join(MADE_BY), self.recipient().as_bytes())?;
        let copied = self.copy_into(&making, number, at)?;
        fs::remove_file(making.join(MADE_BY))?;
        layout::sync_dir(Some(&making))?;
        fs::rename(&making, folder.join(&name))?;
        failpoint::reach("backup.named")?;
        layout::sync_dir(Some(folder))?;
        let removed = self.prune(folder, keep.max(1))?;
        let bytes = generations_bytes(&Layout::new(&folder.join(&name)))?;
        let made =
            Generation { name, number, made_at: at, state: CopyState::Whole, sha256: copied.sha256, bytes };
        Ok(KeptGenerations { made, removed })
    }

    /// Removes the oldest of this vault's finished generations beyond the newest `keep`.
    fn prune(&self, folder: &Path, keep: usize) -> Result<Vec<String>, VaultError> {
        let mut ours = Vec::new();
        for (name, ..) in numbered(folder)? {
            if !name.ends_with(MAKING) && self.made(&folder.join(&name)) {
                ours.push(name);
            }
        }
        ours.truncate(ours.len().saturating_sub(keep));
        for name in &ours {
            remove(&folder.join(name))?;
            failpoint::reach("backup.pruned")?;
        }
        Ok(ours)
    }

    /// Whether a copy is one of this vault.
    fn made(&self, copy: &Path) -> bool {
        let header = layout::read_header(&Layout::new(copy).header()).map(|(_, recipient)| recipient);
        let making = fs::read_to_string(copy.join(MADE_BY));
        header.is_ok_and(|r| r == self.recipient()) || making.is_ok_and(|r| r == self.recipient())
    }
}

fn generations_bytes(of: &Layout) -> Result<u64, VaultError> {
    let files = backup::files(of)?;
    Ok(files.iter().filter_map(|n| fs::metadata(of.dir().join(n)).ok()).map(|m| m.len()).sum())
}

/// Removes a copy: its name says first that it is none any more.
fn remove(copy: &Path) -> Result<(), VaultError> {
    let name = copy.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let going = copy.with_file_name(format!("{}{MAKING}", name.trim_end_matches(MAKING)));
    if going != copy {
        fs::rename(copy, &going)?;
        layout::sync_dir(copy.parent())?;
    }
    Ok(fs::remove_dir_all(&going)?)
}
