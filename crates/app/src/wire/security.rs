//! How an open vault guards itself, and what the window is told about its locking.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How an open vault guards itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SecurityView {
    /// Minutes in which nobody touches anything before the vault is locked, 1 to 60.
    pub idle_minutes: u32,
    /// Seconds that a copy stays on the clipboard, 10 to 600.
    pub clipboard_seconds: u32,
    /// Whether the window is kept out of screen captures, where the system can.
    pub content_protected: bool,
}

/// Why a vault was locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockedByWord {
    /// 閒置.
    Idle,
    /// 休眠.
    Sleep,
    /// 工作階段鎖定.
    Session,
    /// 手動.
    Asked,
}

/// How far a lock is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LockStepWord {
    /// It comes in some seconds; any key stops it.
    Soon,
    /// Somebody came back.
    Stay,
    /// It comes now: what was begun is stored, then the vault is locked.
    Now,
}

/// What the window is told about a lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LockNoticeView {
    /// How far it is.
    pub step: LockStepWord,
    /// Seconds left.
    pub seconds: u32,
    /// Why.
    pub by: LockedByWord,
    /// Whether it waits for work that is under way.
    pub waits: bool,
}

/// A text for the clipboard.
#[derive(Deserialize, TS)]
pub struct ClipboardRequest {
    /// The text.
    pub text: String,
}
