//! Joins the vault's read-only connection with the trait that procedures run on.

use fieldbook_audit::{DatasetState, DatasetStore, StoreError};
use fieldbook_model::{ParamValue, RowRef};
use fieldbook_vault::{DatasetReader, VaultError};

/// A vault's reader as a dataset store.
pub struct VaultStore(pub DatasetReader);

fn error(e: VaultError) -> StoreError {
    match e {
        VaultError::Cancelled => StoreError::Interrupted,
        VaultError::OutOfTime => StoreError::TimedOut,
        VaultError::NotPermitted => StoreError::Forbidden,
        VaultError::Statement { message } => StoreError::Query(message),
        VaultError::ResultShape { what } => StoreError::Shape(what),
        other => StoreError::Store(other.to_string()),
    }
}

impl DatasetStore for VaultStore {
    fn datasets(&self) -> Result<Vec<DatasetState>, StoreError> {
        let state = |s: &fieldbook_vault::DatasetState| DatasetState {
            key: s.key.clone(),
            rows: s.rows,
            columns: s.columns.clone(),
            completeness: s.completeness,
            inputs: s.inputs.clone(),
            sheets: s.sheets.clone(),
            behind: s.behind.clone(),
        };
        Ok(self.0.datasets().iter().map(state).collect())
    }

    fn keep(&self, name: &str, sql: &str, params: &[(String, ParamValue)]) -> Result<(), StoreError> {
        self.0.keep(name, sql, params).map_err(error)
    }

    fn forget(&self) -> Result<(), StoreError> {
        self.0.forget().map_err(error)
    }

    fn count(&self, sql: &str, params: &[(String, ParamValue)]) -> Result<u64, StoreError> {
        self.0.count(sql, params).map_err(error)
    }

    fn rows(
        &self,
        sql: &str,
        params: &[(String, ParamValue)],
        each: &mut dyn FnMut(i64, Vec<(String, Option<String>)>),
    ) -> Result<(), StoreError> {
        self.0.rows(sql, params, each).map_err(error)
    }

    fn source(&self, dataset: &str, id: i64) -> Result<RowRef, StoreError> {
        self.0.source(dataset, id).map_err(error)
    }
}
