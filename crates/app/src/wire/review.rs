//! 覆核: notes, signatures, identities, the team.

use super::words::SignRoleWord;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Makes the signing identity of the examiner who works now.
#[derive(Clone, Deserialize, TS)]
pub struct IdentityRequest {
    /// Passphrase that signing will ask for.
    pub passphrase: String,
}

/// Signs papers as the examiner who works now.
#[derive(Clone, Deserialize, TS)]
pub struct SignRequest {
    /// 底稿編號; `EXAM` for the exam as a whole.
    pub papers: Vec<String>,
    /// As what.
    pub role: SignRoleWord,
    /// Passphrase of the identity.
    pub passphrase: String,
}

/// Opens a signed paper again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ReopenRequest {
    /// 底稿編號; `EXAM` for the exam as a whole.
    pub paper: String,
    /// Why.
    pub reason: String,
}

/// Notes something on a paper.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NoteRequest {
    /// 底稿編號.
    pub paper: String,
    /// The note.
    pub text: String,
}

/// Answers or clears a note.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct NoteAnswerRequest {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// Text; may be empty for a clearance.
    pub text: String,
}

/// Something said by somebody.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SaidView {
    /// What.
    pub text: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// 覆核意見.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NoteView {
    /// Number.
    #[ts(type = "number")]
    pub id: i64,
    /// 底稿編號.
    pub paper: String,
    /// The note.
    pub note: SaidView,
    /// 回覆.
    pub reply: Option<SaidView>,
    /// 清除.
    pub clearance: Option<SaidView>,
}

/// A signature.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SignatureView {
    /// As what.
    pub role: SignRoleWord,
    /// Version of the paper.
    pub version: u32,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
    /// Fingerprint of the key: groups of four hex digits.
    pub fingerprint: String,
    /// Whether it is the key's signature over what it says.
    pub holds: bool,
    /// Whether the paper still says what was signed.
    pub current: bool,
}

/// Why a signed paper was opened again.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReopeningView {
    /// The version that it ended.
    pub version: u32,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: String,
}

/// A working paper under review.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PaperView {
    /// 底稿編號; `EXAM` for the exam as a whole.
    pub paper: String,
    /// Title.
    pub title: String,
    /// SHA-256 over what it says now, lower-case hex.
    pub sha256: String,
    /// Version, from 1.
    pub version: u32,
    /// Signature of the preparer over this version.
    pub prepared: Option<SignatureView>,
    /// Signature of the reviewer over this version.
    pub reviewed: Option<SignatureView>,
    /// Signatures of earlier versions, oldest first.
    pub earlier: Vec<SignatureView>,
    /// Why earlier versions were opened again, oldest first.
    pub reopenings: Vec<ReopeningView>,
    /// Notes that nobody cleared.
    pub notes_open: u32,
}

/// Somebody who can sign here.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IdentityView {
    /// Name.
    pub name: String,
    /// Ed25519 public key, lower-case hex.
    pub key: String,
    /// Fingerprint of the key: groups of four hex digits.
    pub fingerprint: String,
}

/// The state of the review.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ReviewView {
    /// The exam as a whole.
    pub exam: PaperView,
    /// The papers, in the order of the set.
    pub papers: Vec<PaperView>,
    /// Notes, oldest first.
    pub notes: Vec<NoteView>,
    /// Who can sign here.
    pub identities: Vec<IdentityView>,
}

/// A kind of qualification.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QualificationView {
    /// Key.
    pub key: String,
    /// Name.
    pub zh: String,
    /// Certificates that show it.
    pub examples: Vec<String>,
    /// Clause.
    pub clause: String,
}

/// Somebody of the team.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TeamMemberView {
    /// Name.
    pub name: String,
    /// 單位／職稱.
    pub unit: String,
    /// Certificates by key of the qualification; an absent or empty one is not held.
    pub holds: BTreeMap<String, String>,
    /// Independence; `null` while it is not known.
    pub independent: Option<bool>,
    /// Confidentiality undertaking; `null` while it is not known.
    pub confidential: Option<bool>,
    /// When it was signed, or empty.
    pub signed_on: String,
    /// 說明.
    pub note: String,
}

/// The team.
#[derive(Debug, Clone, Serialize, TS)]
pub struct TeamView {
    /// The qualifications that are looked at.
    pub kinds: Vec<QualificationView>,
    /// Members; examiners of the exam whom nobody recorded yet are among them.
    pub members: Vec<TeamMemberView>,
    /// What is missing, a sentence each.
    pub gaps: Vec<String>,
}
