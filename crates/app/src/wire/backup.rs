//! Backups by generation.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a generation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CopyStateWord {
    /// Every file is as it was when the copy was verified.
    Whole,
    /// Its making did not come to the end.
    CutOff,
    /// A file is missing, or is not what was verified.
    Damaged,
}

/// One generation.
#[derive(Debug, Clone, Serialize, TS)]
pub struct GenerationView {
    /// From 1, rising.
    pub generation: u32,
    /// Name of its folder.
    pub name: String,
    /// When it was made.
    pub made_at: String,
    /// How it was found.
    pub state: CopyStateWord,
    /// SHA-256 over the lines of its files; empty where they cannot be read.
    pub sha256: String,
    /// Bytes of its files.
    pub bytes: f64,
}

/// What is known of this vault's backups.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BackupsView {
    /// Folder of the last one; empty before the first.
    pub folder: String,
    /// Generations that are kept.
    pub keep: u32,
    /// When the last one was made; empty before the first.
    pub last: String,
    /// Generations in the folder, the oldest first; none where it cannot be read, for instance without its medium.
    pub generations: Vec<GenerationView>,
    /// Whether the folder could be read.
    pub found: bool,
}

/// Makes a generation.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct BackupRequest {
    /// Folder that holds the generations.
    pub folder: String,
    /// Generations that are kept, 1 to 99.
    pub keep: u32,
}

/// Makes a vault from a copy.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RestoreRequest {
    /// Folder of the copy.
    pub from: String,
    /// Empty or absent folder.
    pub to: String,
    /// The passphrase of then, or the recovery identity.
    pub passphrase: String,
}

/// A vault that was made from a copy.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RestoredView {
    /// Its folder.
    pub vault: String,
    /// SHA-256 over the lines of its files.
    pub sha256: String,
    /// Exams in it.
    pub exams: u32,
}
