//! 覆核: notes on working papers, and signatures over what they say.

use crate::date::Moment;

/// Something said by somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What; may be empty for a clearance.
    pub text: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// 覆核意見: asked by a reviewer, answered by who prepared the paper, cleared by the reviewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewNote {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// 底稿編號 (`T-COL-05`).
    pub paper: String,
    /// The note.
    pub note: Said,
    /// 回覆.
    pub reply: Option<Said>,
    /// 清除.
    pub clearance: Option<Said>,
}

/// As what somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignRole {
    /// 編製人.
    Preparer,
    /// 覆核人.
    Reviewer,
}

/// A signature over what a paper said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignOff {
    /// 底稿編號, or [`WHOLE_EXAM`].
    pub paper: String,
    /// Version of the paper, from 1.
    pub version: u32,
    /// As what.
    pub role: SignRole,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
    /// SHA-256 over the paper's content, lower-case hex.
    pub content_sha256: String,
    /// Ed25519 public key, lower-case hex.
    pub key: String,
    /// Ed25519 signature over [`SignOff::message`], lower-case hex.
    pub signature: String,
}

/// What stands for the exam as a whole in the place of a paper's number.
pub const WHOLE_EXAM: &str = "EXAM";

impl SignOff {
    /// What is signed, as UTF-8: every part on a line of its own.
    #[must_use]
    pub fn message(&self, exam: &str) -> String {
        let role = match self.role {
            SignRole::Preparer => "preparer",
            SignRole::Reviewer => "reviewer",
        };
        let Self { paper, version, by, at, content_sha256, .. } = self;
        format!("fieldbook/1/sign-off\n{exam}\n{paper}\n{version}\n{role}\n{by}\n{at}\n{content_sha256}\n")
    }
}

/// A signed paper was opened again: what follows is a new version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reopening {
    /// 底稿編號, or [`WHOLE_EXAM`].
    pub paper: String,
    /// The version that it ended.
    pub version: u32,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}
