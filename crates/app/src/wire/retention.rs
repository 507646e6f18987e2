//! Exams that are put away or destroyed.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How far an exam has been put away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExamStateWord {
    /// It can be worked on.
    Open,
    /// 封存: read-only.
    Sealed,
    /// 歸檔: read-only, compacted, out of the everyday list.
    Archived,
}

/// Puts an exam away, or opens it again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PutAwayRequest {
    /// Id.
    pub exam: String,
    /// To what.
    pub to: ExamStateWord,
    /// Why.
    pub reason: String,
}

/// Destroys an exam for good.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DestroyRequest {
    /// Id.
    pub exam: String,
    /// The case number or the firm's name, typed.
    pub typed: String,
    /// Why.
    pub reason: String,
    /// 會同人員; may be empty.
    pub witness: String,
    /// Why before the last day of keeping; empty when that is over.
    pub before_due: String,
}

/// The record of a destroyed exam.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct DestructionView {
    /// Id.
    pub exam: String,
    /// 受查單位.
    pub firm: String,
    /// 查核案號.
    pub case_no: String,
    /// 查核基準日.
    pub as_of: String,
    /// First day of the period.
    pub period_from: String,
    /// Last day of the period.
    pub period_to: String,
    /// Day of the report; empty when it had none.
    pub report_on: String,
    /// Last day of keeping; empty when it was not known.
    pub keep_until: String,
    /// Who.
    pub by: String,
    /// Who stood by.
    pub witness: String,
    /// Why.
    pub reason: String,
    /// Why before its day; empty when that was over.
    pub before_due: String,
    /// When.
    pub at: String,
    /// When its last file was gone; empty while that is not so.
    pub finished_at: String,
    /// The journal's last checkpoint, `size:root`; empty when it could not be read.
    pub checkpoint: String,
    /// SHA-256 of the encrypted file.
    pub file_sha256: String,
    /// Whether its key was its own and was destroyed; else the file was overwritten.
    pub own_key: bool,
    /// Copies in the vault's own backups that went with it.
    pub copies: u32,
}

/// Writes the certificate of a destruction.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DestructionExportRequest {
    /// The exam.
    pub exam: String,
    /// Where to.
    pub path: String,
}
