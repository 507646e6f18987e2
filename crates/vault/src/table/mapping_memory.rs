//! `mapping_memory` of `vault.db`: how a firm's sheets were mapped before, by firm, dataset and header.

use crate::error::VaultError;
use crate::json;
use crate::schema::Migration;
use crate::text;
use crate::vault::Vault;
use fieldbook_model::text::{norm_firm, norm_key};
use fieldbook_model::{MappedColumn, Moment};
use rusqlite::{OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

pub(crate) const MIGRATIONS: &[Migration] = &[
    (
        1,
        "CREATE TABLE mapping_memory (
        firm TEXT NOT NULL,
        dataset TEXT NOT NULL,
        header TEXT NOT NULL,
        mapping TEXT NOT NULL,
        PRIMARY KEY (firm, dataset, header)
    ) STRICT, WITHOUT ROWID;",
    ),
    (
        3,
        "ALTER TABLE mapping_memory ADD COLUMN headers TEXT NOT NULL DEFAULT '[]';
         ALTER TABLE mapping_memory ADD COLUMN file TEXT NOT NULL DEFAULT '';
         ALTER TABLE mapping_memory ADD COLUMN used_at TEXT;",
    ),
];

const COLUMNS: &str = "firm, dataset, header, mapping, headers, file, used_at";

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

/// How sheets with one header are mapped, for one firm.
#[derive(Debug, Clone, PartialEq)]
pub struct RememberedMapping {
    /// Firm, folded ([`norm_firm`]).
    pub firm: String,
    /// Dataset key.
    pub dataset: String,
    /// Signature of the header ([`header_signature`]).
    pub header: String,
    /// Mapping. Where the headers are known, its columns are counted by them, from 0.
    pub mapping: Vec<MappedColumn>,
    /// The headers as written; empty where only their signature was kept.
    pub headers: Vec<String>,
    /// Name of the file that it was last used with, or that it came with; may be empty.
    pub file: String,
    /// When it was last used.
    pub used_at: Option<Moment>,
}

impl RememberedMapping {
    fn of(row: &Row<'_>) -> Result<Self, VaultError> {
        let used_at: Option<String> = row.get(6)?;
        Ok(Self {
            firm: row.get(0)?,
            dataset: row.get(1)?,
            header: row.get(2)?,
            mapping: json::read_mapping(&row.get::<_, String>(3)?)?,
            headers: json::read_texts(&row.get::<_, String>(4)?)?,
            file: row.get(5)?,
            used_at: used_at.as_deref().map(text::moment).transpose()?,
        })
    }

    /// Whether it can be remembered at all.
    fn is_sound(&self) -> bool {
        let counts = |m: &MappedColumn| {
            [Some(m.index), m.time_index].into_iter().flatten().all(|i| (i as usize) < self.headers.len())
        };
        !norm_firm(&self.firm).is_empty()
            && !self.dataset.is_empty()
            && is_signature(&self.header)
            && !names_twice(&self.mapping)
            && (self.headers.is_empty()
                || (self.header == header_signature(&self.headers) && self.mapping.iter().all(counts)))
    }
}

impl Vault {
    /// Everything that is remembered, by firm, dataset and header; of one firm, or of all.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn mappings(&self, firm: Option<&str>) -> Result<Vec<RememberedMapping>, VaultError> {
        let mut all = self.conn.prepare(&format!(
            "SELECT {COLUMNS} FROM mapping_memory WHERE ?1 IS NULL OR firm = ?1 ORDER BY firm, dataset, header"
        ))?;
        let mut rows = all.query([firm.map(norm_firm)])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(RememberedMapping::of(row)?);
        }
        Ok(out)
    }

    /// What is remembered for this header, with all that is known of it.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn remembered(
        &self,
        firm: &str,
        dataset: &str,
        header: &str,
    ) -> Result<Option<RememberedMapping>, VaultError> {
        let mut found = self.conn.prepare(&format!(
            "SELECT {COLUMNS} FROM mapping_memory WHERE firm = ?1 AND dataset = ?2 AND header = ?3"
        ))?;
        let mut rows = found.query(params![norm_firm(firm), dataset, header])?;
        rows.next()?.map(RememberedMapping::of).transpose()
    }

    /// Notes that a mapping was used again; nothing happens where none is remembered.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn mapping_used(
        &mut self,
        firm: &str,
        dataset: &str,
        header: &str,
        file: &str,
        at: Moment,
    ) -> Result<(), VaultError> {
        self.conn.execute(
            "UPDATE mapping_memory SET file = ?4, used_at = ?5 WHERE firm = ?1 AND dataset = ?2 AND header = ?3",
            params![norm_firm(firm), dataset, header, file, at.to_string()],
        )?;
        Ok(())
    }

    /// Remembers mappings that another vault gave; they replace those of the same firm, dataset and header. Gives
    /// the number of those that are new or differ from what was remembered.
    ///
    /// # Errors
    /// When the vault cannot be written; nothing is remembered then. [`VaultError::BadMapping`] when one names no
    /// firm or dataset, when its header is not a signature or not that of its headers, or when it names a column twice
    /// or one that is not there.
    pub fn take_mappings(&mut self, mappings: &[RememberedMapping]) -> Result<u64, VaultError> {
        let tx = self.conn.transaction()?;
        let mut taken = 0;
        for m in mappings {
            if !m.is_sound() {
                return Err(VaultError::BadMapping);
            }
            taken += tx.execute(
                &format!(
                    "INSERT INTO mapping_memory ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                     ON CONFLICT DO UPDATE SET mapping = excluded.mapping, headers = excluded.headers,
                        file = excluded.file, used_at = excluded.used_at
                     WHERE mapping <> excluded.mapping OR headers <> excluded.headers"
                ),
                params![
                    norm_firm(&m.firm),
                    m.dataset,
                    m.header,
                    json::mapping(&m.mapping),
                    json::texts(&m.headers),
                    m.file,
                    m.used_at.map(|at| at.to_string())
                ],
            )?;
        }
        tx.commit()?;
        Ok(taken as u64)
    }

    /// Forgets one mapping; says whether there was one.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn forget_mapping(&mut self, firm: &str, dataset: &str, header: &str) -> Result<bool, VaultError> {
        let gone = self.conn.execute(
            "DELETE FROM mapping_memory WHERE firm = ?1 AND dataset = ?2 AND header = ?3",
            params![norm_firm(firm), dataset, header],
        )?;
        Ok(gone > 0)
    }

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
            "INSERT OR REPLACE INTO mapping_memory (firm, dataset, header, mapping) VALUES (?1, ?2, ?3, ?4)",
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

fn is_signature(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn names_twice(mapping: &[MappedColumn]) -> bool {
    mapping.iter().enumerate().any(|(i, m)| mapping[..i].iter().any(|other| other.column == m.column))
}
