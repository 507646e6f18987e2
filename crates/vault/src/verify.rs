//! Looking at every page, every reference and the whole journal.

use crate::connect;
use crate::error::VaultError;
use crate::exam_key;
use crate::exams;
use crate::journal;
use crate::key::DbKey;
use crate::schema;
use crate::table::{evidence, law, pinned_law, setting, sign_off};
use crate::vault::Vault;
use fieldbook_model::ExamId;
use rusqlite::Connection;
use std::path::Path;
use std::str::FromStr;

/// The version from which on imports are batches of files.
const BATCHES: u32 = 3;

/// Something that is not as it was written. `database` is `vault` or an exam's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file does not open.
    Unreadable {
        /// Which.
        database: String,
    },
    /// Pages whose authentication code does not fit.
    Pages {
        /// Which.
        database: String,
        /// How many messages the cipher gave.
        count: usize,
    },
    /// The database's own structure is broken.
    Structure {
        /// Which.
        database: String,
    },
    /// A row refers to one that is not there.
    Reference {
        /// Which.
        database: String,
        /// Table with the row.
        table: String,
    },
    /// A dataset has other rows than its imports recorded.
    RowCount {
        /// Which.
        database: String,
        /// Dataset key.
        dataset: String,
    },
    /// An entry of the journal is not what was recorded, or one is missing.
    Journal {
        /// Which.
        database: String,
    },
    /// An exam is listed, its file is gone.
    ExamFileMissing {
        /// Id.
        exam: ExamId,
    },
    /// The law that an exam is examined by is not stored.
    LawMissing {
        /// Id.
        exam: ExamId,
    },
    /// The bytes of a piece of evidence are not those that were taken in.
    Evidence {
        /// The database.
        database: String,
        /// Number of the piece.
        id: i64,
    },
    /// A signature is not that of its key over what it says.
    Signature {
        /// The database.
        database: String,
        /// Number of the paper.
        paper: String,
    },
    /// The random part of an exam's key is damaged in one of its two places, or they differ.
    ExamKey {
        /// Which.
        exam: ExamId,
    },
    /// The recipient in the header is not the vault's.
    Recipient,
}

impl Vault {
    /// Checks `vault.db` and every exam. Nothing found means that every page, reference and journal entry is as it
    /// was written.
    ///
    /// # Errors
    /// When the check itself cannot be made.
    pub fn verify(&self) -> Result<Vec<Problem>, VaultError> {
        let mut found = Vec::new();
        check(&self.layout.vault_db(), &self.key.for_vault(), "vault", &mut found);
        let own = setting::get(&self.conn, setting::IDENTITY)?;
        let own = own
            .and_then(|text| age::x25519::Identity::from_str(&text).ok())
            .map(|id| id.to_public().to_string());
        if own.as_deref() != Some(self.recipient()) {
            found.push(Problem::Recipient);
        }
        let present = exams::present(self)?;
        for head in self.exams()? {
            if !present.contains(&head.id) {
                found.push(Problem::ExamFileMissing { exam: head.id });
            }
        }
        for id in present {
            let path = self.layout.exam_db(id.as_str());
            let Ok(key) = exam_key::of(self, &id) else {
                found.push(Problem::ExamKey { exam: id });
                continue;
            };
            if !exam_key::agrees(self, &id)? {
                found.push(Problem::ExamKey { exam: id.clone() });
            }
            check(&path, &key, id.as_str(), &mut found);
            let pinned = connect::open(&path, &key, false).and_then(|conn| pinned_law::read(&conn));
            if let Ok(Some(sha256)) = pinned
                && !law::has(&self.conn, &sha256)?
            {
                found.push(Problem::LawMissing { exam: id });
            }
        }
        Ok(found)
    }
}

/// Checks one database file.
pub(crate) fn check(path: &Path, key: &DbKey, name: &str, found: &mut Vec<Problem>) {
    let database = name.to_owned();
    let looked = connect::open(path, key, false).and_then(|conn| look(&conn, name, found));
    if looked.is_err() {
        found.push(Problem::Unreadable { database });
    }
}

/// Whether every page of a database is as it was written and its structure holds.
pub(crate) fn sound(conn: &Connection) -> Result<bool, VaultError> {
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let pages = texts(conn, "PRAGMA cipher_integrity_check", 0)?;
    Ok(pages.is_empty() && texts(conn, "PRAGMA quick_check", 0)? == ["ok"])
}

fn look(conn: &Connection, name: &str, found: &mut Vec<Problem>) -> Result<(), VaultError> {
    let database = || name.to_owned();
    // The cipher looks at the file alone, so what still stands in the write-ahead log goes there first.
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let pages = texts(conn, "PRAGMA cipher_integrity_check", 0)?;
    if !pages.is_empty() {
        found.push(Problem::Pages { database: database(), count: pages.len() });
    }
    match texts(conn, "PRAGMA quick_check", 0) {
        Ok(lines) if lines == ["ok"] => {}
        _ => found.push(Problem::Structure { database: database() }),
    }
    let mut tables = texts(conn, "PRAGMA foreign_key_check", 0)?;
    tables.dedup();
    found.extend(tables.into_iter().map(|table| Problem::Reference { database: database(), table }));
    let names = texts(conn, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", 0)?;
    if !names.iter().any(|n| n == "journal") {
        return Ok(());
    }
    // Before that version the tables of imports had another shape; it is brought up when the exam is opened.
    let counted = schema::version(conn)? >= BATCHES;
    for table in names.iter().filter(|_| counted) {
        let (key, superseded) = match (table.strip_prefix("ds_"), table.strip_prefix("old_")) {
            (Some(key), _) => (key, "IS NULL"),
            (_, Some(key)) => (key, "IS NOT NULL"),
            _ => continue,
        };
        if !counts_agree(conn, table, key, superseded)? {
            found.push(Problem::RowCount { database: database(), dataset: key.to_owned() });
        }
    }
    // An exam that an earlier release wrote has these tables once it is opened.
    let has = |table: &str| names.iter().any(|n| n == table);
    for id in if has("evidence") { evidence::damaged(conn)? } else { Vec::new() } {
        found.push(Problem::Evidence { database: database(), id });
    }
    for paper in if has("sign_off") { sign_off::broken(conn, name)? } else { Vec::new() } {
        found.push(Problem::Signature { database: database(), paper });
    }
    if journal::walk(conn, None).is_err() {
        found.push(Problem::Journal { database: database() });
    }
    Ok(())
}

fn counts_agree(conn: &Connection, table: &str, key: &str, superseded: &str) -> Result<bool, VaultError> {
    let sql = format!(
        "SELECT (SELECT count(*) FROM \"{table}\") = (SELECT coalesce(sum(s.rows_stored), 0) FROM import_sheet s
            JOIN import_file f ON f.id = s.file JOIN import_batch b ON b.batch = f.batch
            WHERE s.dataset = ?1 AND b.undone = 0 AND s.superseded_by {superseded})"
    );
    Ok(conn.query_row(&sql, [key], |r| r.get(0))?)
}

fn texts(conn: &Connection, sql: &str, column: usize) -> Result<Vec<String>, VaultError> {
    let mut all = conn.prepare(sql)?;
    let rows = all.query_map([], |r| r.get(column))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
