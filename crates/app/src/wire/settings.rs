//! Settings of the organisation.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the organisation calls things. Empty texts stand for the usual words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SettingsView {
    /// 查核單位, printed as the authority.
    pub organisation: String,
    /// Words of the grades of 嚴重程度, gravest first; an empty one leaves the grade out.
    pub severity: [String; 4],
    /// 缺失類別 that are offered.
    pub categories: Vec<String>,
    /// 離場會議.
    pub exit_meeting: String,
    /// Whether personal data are masked in what is handed out.
    pub mask: bool,
}
