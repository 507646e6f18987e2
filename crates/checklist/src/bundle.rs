//! The whole of `checklists/`, loaded and consistent.

use crate::error::LoadError;
use crate::load::load;
use crate::team::Qualifications;
use fieldbook_model::{
    Clause, ClauseId, Crosswalk, DatasetDef, Document, DutyPeriod, FactDef, FieldSheet, ItemResult, Pattern,
    Phrase, PhrasePart, Procedure, RetentionRule, Topic,
};
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
    /// Its author withdrew it: kept runs of it can be read, and it runs no more.
    pub withdrawn: bool,
}

/// Everything that `checklists/` defines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bundle {
    /// Documents in their order of presentation.
    pub documents: Vec<Document>,
    /// Facts in the order in which they are asked.
    pub facts: Vec<FactDef>,
    /// Datasets by code.
    pub datasets: Vec<DatasetDef>,
    /// Procedures by id.
    pub procedures: Vec<LoadedProcedure>,
    /// Topics by code, and clauses that state the same rule.
    pub crosswalk: Crosswalk,
    /// Deficiency patterns.
    pub patterns: Vec<Pattern>,
    /// Periods that clauses set.
    pub periods: Vec<DutyPeriod>,
    /// Sheets to be filled in by hand.
    pub sheets: Vec<FieldSheet>,
    /// Phrases for notes.
    pub phrases: Vec<Phrase>,
    /// What a team must be able to do.
    pub qualifications: Qualifications,
    /// How long the files of an exam are kept.
    pub retention: Vec<RetentionRule>,
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

    /// The topic of this code (`X13`).
    #[must_use]
    pub fn topic(&self, code: &str) -> Option<&Topic> {
        self.crosswalk.topics.iter().find(|t| t.code == code)
    }

    /// The periods that a clause sets.
    #[must_use]
    pub fn periods_of(&self, clause: &ClauseId) -> Vec<&DutyPeriod> {
        self.periods.iter().filter(|p| p.clauses.contains(clause)).collect()
    }

    /// The phrases for a note on this clause with this result (`None`: whatever the result): those of the clause,
    /// then those of its topics, then those for every clause.
    #[must_use]
    pub fn phrases_for(
        &self,
        part: PhrasePart,
        clause: &ClauseId,
        result: Option<ItemResult>,
    ) -> Vec<&Phrase> {
        let topics: Vec<&str> = self.crosswalk.topics_of(clause).map(|t| t.code.as_str()).collect();
        let rank = |phrase: &Phrase| match () {
            () if phrase.clauses.contains(clause) => Some(0),
            () if phrase.topics.iter().any(|t| topics.contains(&t.as_str())) => Some(1),
            () if phrase.clauses.is_empty() && phrase.topics.is_empty() => Some(2),
            () => None,
        };
        let fits = |p: &&Phrase| {
            p.part == part && (p.results.is_empty() || result.is_none_or(|r| p.results.contains(&r)))
        };
        let mut found: Vec<(u8, &Phrase)> =
            self.phrases.iter().filter(fits).filter_map(|p| Some((rank(p)?, p))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, phrase)| phrase).collect()
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
