//! `handed_over`: packages that were made of this copy: for whom, and how far their journals went. What somebody was given
//! last is where the next package for them begins.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::journal;
use crate::text;
use fieldbook_model::{Moment, Seen};
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE handed_over (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        recipient TEXT NOT NULL,
        kind TEXT NOT NULL,
        package_sha256 TEXT NOT NULL,
        block INTEGER,
        seen TEXT NOT NULL
    ) STRICT;",
)];

/// A package for one recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedOver {
    /// When.
    pub at: Moment,
    /// Who made it.
    pub by: String,
    /// The recipient, as `age1…`.
    pub recipient: String,
    /// What it holds: `whole`, `parts`, `changes`, `deidentified`.
    pub kind: String,
    /// SHA-256 of the package, lower-case hex.
    pub package_sha256: String,
    /// The block of numbers that the recipient's copy gets, when it becomes one.
    pub block: Option<i64>,
    /// How far it tells of the journals.
    pub seen: Seen,
}

impl ExamStore {
    /// Keeps what was handed over; all of it or none.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn record_handover(&mut self, given: &[HandedOver]) -> Result<(), VaultError> {
        given.iter().try_for_each(|g| named(&g.by))?;
        self.write(|tx| {
            for g in given {
                tx.execute(
                    "INSERT INTO handed_over (at, by, recipient, kind, package_sha256, block, seen)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    params![
                        g.at.to_string(),
                        g.by,
                        g.recipient,
                        g.kind,
                        g.package_sha256,
                        g.block,
                        json!(g.seen).to_string()
                    ],
                )?;
                let detail = json!({ "kind": g.kind, "package_sha256": g.package_sha256, "block": g.block,
                                     "seen": g.seen });
                let subject = format!("recipient:{}", g.recipient);
                journal::append(
                    tx,
                    &Entry { at: g.at, by: &g.by, action: "package.create", subject, detail },
                )?;
            }
            Ok(())
        })
    }

    /// What was handed over, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn handed_over(&self) -> Result<Vec<HandedOver>, VaultError> {
        let mut every = self.conn.prepare(
            "SELECT at, by, recipient, kind, package_sha256, block, seen FROM handed_over ORDER BY id",
        )?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let seen: String = row.get(6)?;
            out.push(HandedOver {
                at: text::moment(&row.get::<_, String>(0)?)?,
                by: row.get(1)?,
                recipient: row.get(2)?,
                kind: row.get(3)?,
                package_sha256: row.get(4)?,
                block: row.get(5)?,
                seen: serde_json::from_str(&seen)
                    .map_err(|_| VaultError::Damaged { what: "record of a package" })?,
            });
        }
        Ok(out)
    }

    /// The next block of numbers that no copy known here has and that is not promised: for a copy that is about to be made. Only the first copy
    /// counts on; another draws it with `entropy`, since the first may have given the next one away meanwhile.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_block(
        &self,
        promised: &[i64],
        entropy: &mut dyn FnMut(&mut [u8]),
    ) -> Result<i64, VaultError> {
        let own = super::exam_copy::own(&self.conn)?.block;
        let mut taken: Vec<i64> = super::exam_copy::known(&self.conn)?.into_iter().map(|k| k.block).collect();
        taken.extend(self.handed_over()?.into_iter().filter_map(|g| g.block));
        taken.push(own);
        taken.extend(promised);
        if own == 0 {
            // Blocks that others drew are above those that are counted.
            let last = taken.iter().copied().filter(|b| *b < DRAWN).max().unwrap_or(0);
            return Ok(last + 1);
        }
        let mut bytes = [0_u8; 4];
        loop {
            entropy(&mut bytes);
            let drawn = DRAWN + i64::from(u32::from_le_bytes(bytes)) % (fieldbook_model::MOST_BLOCKS - DRAWN);
            if !taken.contains(&drawn) {
                return Ok(drawn);
            }
        }
    }
}

/// Blocks from this one on are drawn: two letters more.
const DRAWN: i64 = 26 * 26;
