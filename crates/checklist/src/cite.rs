//! What the files beside the documents may cite: clauses, in the order of the documents, and how a citation is read.

use crate::error::ChecklistError;
use crate::reader::Reader;
use fieldbook_model::{Clause, ClauseId, Document};
use std::collections::BTreeMap;
use toml::Spanned;

/// The clauses of all documents by id, with their place in the order of the documents.
pub(crate) struct Cited<'a> {
    clauses: BTreeMap<&'a ClauseId, (usize, &'a Clause)>,
}

impl<'a> Cited<'a> {
    /// Collects the clauses.
    pub(crate) fn new(documents: &'a [Document]) -> Self {
        let clauses = documents.iter().flat_map(Document::clauses);
        Self { clauses: clauses.enumerate().map(|(at, clause)| (&clause.id, (at, clause))).collect() }
    }

    /// The clause of this id.
    pub(crate) fn clause(&self, id: &ClauseId) -> Option<&'a Clause> {
        self.clauses.get(id).map(|(_, clause)| *clause)
    }

    /// Reads one citation; a clause that does not exist is reported.
    pub(crate) fn read(&self, reader: &mut Reader<'_>, raw: &Spanned<String>) -> Option<&'a Clause> {
        let clause = ClauseId::parse(raw.get_ref()).ok().and_then(|id| self.clause(&id));
        if clause.is_none() {
            reader.fail_at(raw, ChecklistError::UnknownClause(raw.get_ref().clone()));
        }
        clause
    }

    /// Reads citations of clauses that are answered, in the order of the file.
    pub(crate) fn answered(&self, reader: &mut Reader<'_>, raw: &[Spanned<String>]) -> Vec<ClauseId> {
        self.listed(reader, raw, true)
    }

    /// Reads citations of clauses that are not answered, in the order of the file.
    pub(crate) fn background(&self, reader: &mut Reader<'_>, raw: &[Spanned<String>]) -> Vec<ClauseId> {
        self.listed(reader, raw, false)
    }

    fn listed(&self, reader: &mut Reader<'_>, raw: &[Spanned<String>], answered: bool) -> Vec<ClauseId> {
        reader.unique(raw);
        let mut ids = Vec::new();
        for name in raw {
            let Some(clause) = self.read(reader, name) else { continue };
            match (clause.examinable, answered) {
                (false, true) => reader.fail_at(name, ChecklistError::NotAnswered(clause.id.to_string())),
                (true, false) => reader.fail_at(name, ChecklistError::IsAnswered(clause.id.to_string())),
                _ => ids.push(clause.id.clone()),
            }
        }
        ids
    }

    /// Puts ids in the order of the documents.
    pub(crate) fn sort(&self, ids: &mut [ClauseId]) {
        ids.sort_by_key(|id| self.clauses.get(id).map(|(at, _)| *at));
    }
}
