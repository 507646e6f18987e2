//! What the queries of a procedure share, computed when the first of them needs it.

use crate::error::AuditError;
use crate::store::DatasetStore;
use fieldbook_model::{ParamValue, Procedure};
use std::collections::BTreeSet;

/// The fragments of one run. Whatever was computed is forgotten when the run ends, however it ends.
pub(crate) struct Shared<'a> {
    store: &'a dyn DatasetStore,
    procedure: &'a Procedure,
    bound: &'a [(String, ParamValue)],
    kept: BTreeSet<&'a str>,
}

impl<'a> Shared<'a> {
    pub(crate) fn new(
        store: &'a dyn DatasetStore,
        procedure: &'a Procedure,
        bound: &'a [(String, ParamValue)],
    ) -> Self {
        Self { store, procedure, bound, kept: BTreeSet::new() }
    }

    /// Computes those of these fragments that are not there yet.
    pub(crate) fn need(&mut self, uses: &[String]) -> Result<(), AuditError> {
        let procedure = self.procedure;
        for fragment in procedure.fragments.iter().filter(|f| uses.contains(&f.name)) {
            if self.kept.insert(&fragment.name) {
                let kept = self.store.keep(&fragment.name, &fragment.sql, self.bound);
                kept.map_err(|source| AuditError::Fragment {
                    procedure: procedure.id.clone(),
                    fragment: fragment.name.clone(),
                    source,
                })?;
            }
        }
        Ok(())
    }
}

impl Drop for Shared<'_> {
    fn drop(&mut self) {
        // A store that cannot forget refuses the next name; that run then says so.
        let _ = self.store.forget();
    }
}
