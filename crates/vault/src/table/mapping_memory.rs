//! `mapping_memory` of `vault.db`: how a firm's sheets were mapped before, by firm, dataset and header.

use crate::error::VaultError;
use crate::json;
use crate::schema::Migration;
use crate::vault::Vault;
use fieldbook_model::MappedColumn;
use fieldbook_model::text::{norm_firm, norm_key};
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

pub(crate) const MIGRATIONS: &[Migration] = &[(
    1,
    "CREATE TABLE mapping_memory (
        firm TEXT NOT NULL,
        dataset TEXT NOT NULL,
        header TEXT NOT NULL,
        mapping TEXT NOT NULL,
        PRIMARY KEY (firm, dataset, header)
    ) STRICT, WITHOUT ROWID;",
)];

/// Signature of a header: SHA-256 over its cells, folded, in their order; lower-case hex.
#[must_use]
pub fn header_signature<S: AsRef<str>>(header: &[S]) -> String {
    let mut hash = Sha256::new();
    for cell in header {
        hash.update(norm_key(cell.as_ref()).as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

impl Vault {
    /// Remembers how sheets of this firm with this header (see [`header_signature`]) are mapped to a dataset.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn remember_mapping(
        &mut self,
        firm: &str,
        dataset: &str,
        header: &str,
        mapping: &[MappedColumn],
    ) -> Result<(), VaultError> {
        self.conn.execute(
            "INSERT OR REPLACE INTO mapping_memory VALUES (?1, ?2, ?3, ?4)",
            params![norm_firm(firm), dataset, header, json::mapping(mapping)],
        )?;
        Ok(())
    }

    /// The mapping remembered, if any.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn recall_mapping(
        &self,
        firm: &str,
        dataset: &str,
        header: &str,
    ) -> Result<Option<Vec<MappedColumn>>, VaultError> {
        let found: Option<String> = self
            .conn
            .query_row(
                "SELECT mapping FROM mapping_memory WHERE firm = ?1 AND dataset = ?2 AND header = ?3",
                params![norm_firm(firm), dataset, header],
                |r| r.get(0),
            )
            .optional()?;
        found.as_deref().map(json::read_mapping).transpose()
    }
}
