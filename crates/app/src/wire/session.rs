//! Vault and session.

use super::{ExamView, LockedByWord};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// An error as a person reads it: what happened, what to do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ErrorView {
    /// Code, only there because a screen acts on it.
    pub code: String,
    /// What happened, zh-TW, without firm data.
    pub message: String,
    /// What to do, zh-TW.
    pub hint: String,
}

/// What the window begins with.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SessionView {
    /// Version of the program.
    pub version: String,
    /// Folder offered for a vault.
    pub suggested_dir: String,
    /// Whether there is a vault in that folder.
    pub vault_exists: bool,
    /// Whether that vault can be opened by what the system's store of secrets keeps.
    pub keystore_opens: bool,
    /// The open vault.
    pub vault: Option<VaultView>,
    /// The open exam: there is one only when the pages begin again in the middle of the work.
    pub exam: Option<ExamView>,
    /// Why the vault that was open before was locked.
    pub locked_by: Option<LockedByWord>,
}

/// Makes a vault. Never logged, never kept.
#[derive(Deserialize, TS)]
pub struct CreateVaultRequest {
    /// Folder.
    pub dir: String,
    /// Passphrase, as [`passphrase`](crate::passphrase) takes it.
    pub passphrase: String,
}

/// A new vault, with what is shown once.
#[derive(Clone, Serialize, TS)]
pub struct VaultCreatedView {
    /// Recovery identity, shown once.
    pub recovery_identity: String,
    /// Its part behind `AGE-SECRET-KEY-1` in the groups in which it is shown and typed back.
    pub recovery_groups: Vec<String>,
    /// What must be typed back.
    pub challenge: RecoveryChallengeView,
    /// The vault.
    pub vault: VaultView,
}

/// Which groups of the recovery identity must be typed back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RecoveryChallengeView {
    /// Group numbers, from 1.
    pub groups: Vec<u32>,
}

/// The groups as typed.
#[derive(Deserialize, TS)]
pub struct RecoveryConfirmRequest {
    /// Texts in the order of the challenge's groups.
    pub typed: Vec<String>,
}

/// Unlocks a vault.
#[derive(Deserialize, TS)]
pub struct UnlockRequest {
    /// Folder.
    pub dir: String,
    /// Passphrase.
    pub passphrase: String,
}

/// An open vault.
#[derive(Debug, Clone, Serialize, TS)]
pub struct VaultView {
    /// Folder's name, not its path.
    pub name: String,
    /// Folder.
    pub dir: String,
    /// Key slots.
    pub slots: Vec<String>,
    /// `age1…`, to which others encrypt packages.
    pub recipient: String,
    /// Whether the recovery identity was typed back.
    pub recovery_confirmed: bool,
    /// Whether nobody looked yet at what is new in this version of the program.
    pub news: bool,
}

/// What the rail and the status bar show.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StatusView {
    /// Last durable write, `14:03:22`; empty before the first.
    pub saved_at: String,
    /// Items not yet answered among the applicable ones.
    pub items_open: u32,
    /// Items whose applicability is undetermined.
    pub items_undetermined: u32,
    /// Imported files.
    pub files: u32,
    /// Cells and rows that could not be read.
    pub issues: u32,
    /// Exceptions not yet disposed of.
    pub exceptions_open: u32,
    /// Findings.
    pub findings: u32,
    /// Items that wait for something from the firm (待補資料).
    pub items_awaited: u32,
    /// Whether the figures of items, exceptions and findings are of what belongs to who works now only.
    pub mine: bool,
    /// What undo would take back, zh-TW; `null` when there is nothing.
    pub undo: Option<String>,
    /// What redo would bring back.
    pub redo: Option<String>,
}
