//! Whether the vault is as it was written.

use serde::Serialize;
use ts_rs::TS;

/// How a look at the vault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum IntegrityState {
    /// None began since the vault was opened.
    #[default]
    Idle,
    /// Under way.
    Running,
    /// Nothing was found.
    Whole,
    /// Something was found.
    Problems,
    /// It was broken off.
    Stopped,
    /// It could not be made.
    Failed,
}

/// A look at the vault, beside the work.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, TS)]
pub struct IntegrityView {
    /// How it stands.
    pub state: IntegrityState,
    /// Part done, 0–100.
    pub percent: u32,
    /// When it ended, `14:03:22`; empty before.
    pub at: String,
    /// What was found.
    pub found: Vec<FoundView>,
}

/// Something in the vault that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FoundView {
    /// What kind of thing, a stable word (`pages`, `journal`, `slot`).
    pub kind: String,
    /// `vault` or an exam's id; empty for what belongs to neither.
    pub database: String,
    /// The file, below the vault's folder.
    pub file: String,
    /// Damaged pages, from 1; the first ones when there are many.
    pub pages: Vec<u32>,
    /// Tables concerned.
    pub tables: Vec<String>,
    /// Number of the journal's entry or of the piece of evidence.
    pub number: Option<u32>,
    /// What is wrong, zh-TW, without firm data.
    pub message: String,
    /// What to do, zh-TW.
    pub hint: String,
}
