//! The whole of `checklists/`, loaded and consistent.

use crate::error::LoadError;
use crate::load::load;
use fieldbook_model::{Clause, ClauseId, DatasetDef, Document, FactDef, Procedure};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static FILES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../checklists");

/// A procedure and the hash that every run of it records.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedProcedure {
    /// The procedure.
    pub procedure: Procedure,
    /// SHA-256 of its file, lower-case hex.
    pub sha256: String,
}

/// Everything that `checklists/` defines.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// Documents in their order of presentation.
    pub documents: Vec<Document>,
    /// Facts in the order in which they are asked.
    pub facts: Vec<FactDef>,
    /// Datasets by code.
    pub datasets: Vec<DatasetDef>,
    /// Procedures by id.
    pub procedures: Vec<LoadedProcedure>,
    /// Key and file hash of each dataset.
    pub(crate) dataset_files: Vec<(String, String)>,
}

impl Bundle {
    /// Every clause of every document, in order.
    pub fn clauses(&self) -> impl Iterator<Item = &Clause> {
        self.documents.iter().flat_map(Document::clauses)
    }

    /// The clause of this id.
    #[must_use]
    pub fn clause(&self, id: &ClauseId) -> Option<&Clause> {
        self.document(id.doc())?.clauses().find(|c| c.id == *id)
    }

    /// The document of this code (`COL`).
    #[must_use]
    pub fn document(&self, code: &str) -> Option<&Document> {
        self.documents.iter().find(|d| d.code == code)
    }

    /// The dataset of this key (`accounts`).
    #[must_use]
    pub fn dataset(&self, key: &str) -> Option<&DatasetDef> {
        self.datasets.iter().find(|d| d.key == key)
    }

    /// The procedure of this id (`T-COL-05`).
    #[must_use]
    pub fn procedure(&self, id: &str) -> Option<&LoadedProcedure> {
        self.procedures.iter().find(|p| p.procedure.id == id)
    }

    /// The fact of this code (`is_sec`).
    #[must_use]
    pub fn fact(&self, code: &str) -> Option<&FactDef> {
        self.facts.iter().find(|f| f.code == code)
    }
}

/// The built-in checklists.
///
/// # Errors
/// As [`load`]; the checklists of a released build load.
pub fn bundled() -> Result<Bundle, Vec<LoadError>> {
    load(&bundled_files())
}

/// Texts of the built-in checklists by path below `checklists/`, with forward slashes.
#[must_use]
pub fn bundled_files() -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut dirs = vec![&FILES];
    while let Some(dir) = dirs.pop() {
        dirs.extend(dir.dirs());
        for file in dir.files() {
            if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8()) {
                out.insert(path.replace('\\', "/"), text.to_owned());
            }
        }
    }
    out
}
