//! Editions of the documents: signed packages, comparison, carrying answers from one exam to the next.

use super::words::ResultWord;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One document in the edition that new exams get.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EditionView {
    /// Document code.
    pub document: String,
    /// Title.
    pub title: String,
    /// Short name of the edition.
    pub version: String,
    /// 依據版本.
    pub edition: String,
    /// First day in force, ISO; empty where the source does not say.
    pub effective_from: String,
    /// SHA-256 of the source text.
    pub source_sha256: String,
    /// Package that it comes from; empty: built in.
    pub package: String,
    /// The edition that the open exam pins, where it has the document: short name.
    pub pinned: Option<String>,
    /// Whether the open exam pins exactly this one.
    pub same: bool,
}

/// A loaded package.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PackageView {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Name under which the signer is trusted.
    pub signer: String,
    /// Fingerprint of the signer's key.
    pub fingerprint: String,
    /// Who loaded it.
    pub by: String,
    /// When.
    pub at: String,
}

/// A trusted signer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SignerView {
    /// Public key, hex.
    pub key: String,
    /// Name.
    pub name: String,
    /// Fingerprint.
    pub fingerprint: String,
    /// Who trusts it.
    pub by: String,
    /// Since when.
    pub at: String,
}

/// Editions, packages and signers.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EditionsView {
    /// Documents that new exams get.
    pub documents: Vec<EditionView>,
    /// Packages in the order of loading.
    pub packages: Vec<PackageView>,
    /// Trusted signers.
    pub signers: Vec<SignerView>,
    /// Why the packages are left out of what new exams get: they do not fit this program. Empty when they are in.
    pub unfit: Vec<ProblemView>,
    /// Fingerprint of this vault's own signing key.
    pub own_fingerprint: String,
}

/// Names a file.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PathRequest {
    /// Path.
    pub path: String,
}

/// Loads a package. An unknown signer is refused unless the examiner says under which name to trust the key.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PackageRequest {
    /// Path.
    pub path: String,
    /// Name under which the signer's key shall be trusted; empty: only a signer who is trusted already.
    pub trust_as: String,
    /// Fingerprint that the examiner compared; needed with `trust_as`.
    pub fingerprint: String,
}

/// A defect of a checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct ProblemView {
    /// File below the folder.
    pub file: String,
    /// Line from 1, when it is known.
    pub line: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// What a package holds; nothing is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PackageInspectView {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Day on which it was made.
    pub made_on: String,
    /// Fingerprint of the signer's key.
    pub fingerprint: String,
    /// Name under which the signer is trusted; `null` for an unknown one.
    pub signer: Option<String>,
    /// What it changes against the editions in use.
    pub changes: Vec<DocumentChangeView>,
    /// Procedures that it adds.
    pub procedures: Vec<String>,
    /// Defects; with one it cannot be loaded.
    pub problems: Vec<ProblemView>,
}

/// Names a package or a signer.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct KeyRequest {
    /// SHA-256 of the package or key of the signer, hex.
    pub key: String,
}

/// Compares two sets of editions. Each side is `built_in`, `current` (what new exams get), `exam` (the open one) or
/// the SHA-256 of a loaded package.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct CompareRequest {
    /// Older side.
    pub from: String,
    /// Newer side.
    pub to: String,
}

/// A run of characters in a comparison.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PieceView {
    /// `kept`, `removed` or `added`.
    pub kind: String,
    /// Text.
    pub text: String,
}

/// What became of one clause.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ClauseChangeView {
    /// `added`, `removed`, `changed`, `moved` or `rule`.
    pub kind: String,
    /// Clause, in the newer edition where it is in both.
    pub clause: String,
    /// Label.
    pub label: String,
    /// For a moved one: label in the older edition.
    pub from_label: String,
    /// The text, in pieces.
    pub pieces: Vec<PieceView>,
    /// For a changed rule: what changed, a line each.
    pub what: Vec<String>,
}

/// What became of one document.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DocumentChangeView {
    /// Code.
    pub document: String,
    /// Title.
    pub title: String,
    /// Edition on the older side; `null` when it is new.
    pub from: Option<String>,
    /// Edition on the newer side; `null` when it is gone.
    pub to: Option<String>,
    /// Clauses.
    pub changes: Vec<ClauseChangeView>,
}

/// An answer of another exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CarryLineView {
    /// Clause.
    pub clause: String,
    /// Label.
    pub label: String,
    /// Unit, or empty.
    pub unit: String,
    /// System, or empty.
    pub system: String,
    /// Result there.
    pub result: ResultWord,
    /// 說明 there.
    pub note: String,
    /// Why it has to be examined anew, zh-TW; empty when it can be carried.
    pub again: String,
}

/// What carrying the answers of another exam would do; nothing is stored.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CarryView {
    /// The other exam's firm.
    pub firm: String,
    /// Its case number.
    pub case_no: String,
    /// Answers in the order of the documents.
    pub lines: Vec<CarryLineView>,
    /// How many can be carried.
    pub carried: u32,
}

/// A sheet that can be printed and filled in by hand.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldSheetView {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Items that would be on it.
    pub items: u32,
}

/// Prints a sheet.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SheetRequest {
    /// Key.
    pub key: String,
    /// File to write.
    pub path: String,
}

/// Writes the request list.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RequestListRequest {
    /// Folder to write to.
    pub path: String,
    /// 提供期限, ISO; empty: none.
    pub due: String,
    /// With a blank workbook for each dataset.
    pub templates: bool,
}
