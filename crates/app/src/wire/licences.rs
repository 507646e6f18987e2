//! Licences of everything that is shipped.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PartKindWord {
    /// A crate of the program.
    Crate,
    /// A package of the window's pages.
    Package,
    /// Fonts and other data.
    Data,
}

/// A part of what is shipped.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PartView {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// What it is.
    pub kind: PartKindWord,
    /// Licence, as an SPDX expression.
    pub licence: String,
    /// Places of its texts among the texts, from 0.
    pub texts: Vec<u32>,
}

/// The licences of everything that is shipped; paragraphs that several texts share are there once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LicencesView {
    /// The parts.
    pub parts: Vec<PartView>,
    /// Paragraphs of the texts.
    pub paragraphs: Vec<String>,
    /// Each text, as the places of its paragraphs, from 0.
    pub texts: Vec<Vec<u32>>,
}
