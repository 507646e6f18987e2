//! 團隊: who examines, with what qualifications, and whether they are independent and bound to secrecy.

use crate::date::Moment;
use crate::tri::Tri;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A kind of qualification: a row of `checklists/qualifications.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    /// Key (`management`).
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// Certificates that show it, zh-TW.
    pub examples: Vec<String>,
    /// The clause that asks for it.
    pub clause: crate::ClauseId,
}

/// What a class of systems asks of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamRule {
    /// Value of the systems' fact that tells their class.
    pub class: String,
    /// Whether the team must have every qualification, or one of them.
    pub every: bool,
    /// The clause that says so.
    pub clause: crate::ClauseId,
}

/// Somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMember {
    /// Name.
    pub name: String,
    /// 單位／職稱.
    pub unit: String,
    /// Certificates by key of the qualification.
    pub holds: BTreeMap<String, String>,
    /// Whether the member has no interest in what is examined and did not develop or maintain it.
    pub independent: Tri,
    /// Whether the confidentiality undertaking is signed.
    pub confidential: Tri,
    /// When it was signed.
    pub signed_on: Option<Date>,
    /// 說明.
    pub note: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Moment,
}
