//! `evidence` and `evidence_part`: files in custody. The bytes stand in the exam's own encrypted file, in parts, and are
//! never changed; what the index says about them can be completed. Parts of pieces that version 7 or a later one took in
//! stand in `evidence_chunk`.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{evidence_taking, evidence_transfer, exam_copy, journal, sign_off};
use crate::{json, text};
use fieldbook_model::{Evidence, evidence_number};
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::io::{Read, Write};

pub(crate) const MIGRATIONS: &[Migration] = &[
    (
        6,
        "CREATE TABLE evidence (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        acquired_by TEXT NOT NULL,
        acquired_at TEXT NOT NULL,
        format TEXT NOT NULL,
        pages INTEGER,
        sha256 TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        kept_at TEXT NOT NULL,
        confidentiality TEXT NOT NULL,
        returned TEXT NOT NULL,
        clauses TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE TABLE evidence_part (
        evidence INTEGER NOT NULL REFERENCES evidence (id),
        no INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (evidence, no)
    ) STRICT, WITHOUT ROWID;
    CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
    CREATE TRIGGER evidence_part_no_delete BEFORE DELETE ON evidence_part BEGIN SELECT RAISE(ABORT, 'never deleted'); END;
    CREATE TRIGGER evidence_part_no_change BEFORE UPDATE ON evidence_part BEGIN SELECT RAISE(ABORT, 'never changed'); END;",
    ),
    (
        7,
        "ALTER TABLE evidence ADD COLUMN taking INTEGER;
    CREATE UNIQUE INDEX evidence_of_taking ON evidence (taking);
    CREATE TRIGGER evidence_bytes_no_change BEFORE UPDATE OF sha256, size, taking, by, at ON evidence
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;",
    ),
    // Two copies of an exam may have given one piece two numbers; what was written with either must be found.
    (
        8,
        "CREATE TABLE evidence_number (
        number INTEGER PRIMARY KEY,
        sha256 TEXT NOT NULL
    ) STRICT;
    INSERT INTO evidence_number SELECT id, sha256 FROM evidence;
    CREATE TRIGGER evidence_numbered AFTER INSERT ON evidence
        BEGIN INSERT OR IGNORE INTO evidence_number VALUES (NEW.id, NEW.sha256); END;
    CREATE TABLE evidence_elsewhere (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;",
    ),
];

/// Number of the working paper that lists the evidence.
pub(crate) const PAPER: &str = "E-00";

/// Refuses numbers that no piece of evidence has.
pub(crate) fn known(conn: &Connection, ids: &[i64]) -> Result<(), VaultError> {
    let mut one = conn.prepare_cached("SELECT 1 FROM evidence WHERE id = ?1")?;
    match ids.iter().find(|id| !matches!(one.exists([**id]), Ok(true))) {
        Some(id) => Err(VaultError::UnknownEvidence { id: *id }),
        None => Ok(()),
    }
}

/// Whether the bytes of a piece stayed where it was taken in. A file that an earlier release wrote knows of none.
fn is_elsewhere(conn: &Connection, sha256: &str) -> Result<bool, VaultError> {
    Ok(conn.table_exists(None, "evidence_elsewhere")?
        && conn.prepare_cached("SELECT 1 FROM evidence_elsewhere WHERE sha256 = ?1")?.exists([sha256])?)
}

/// Numbers of the pieces whose bytes do not have their hash.
pub(crate) fn damaged(conn: &Connection) -> Result<Vec<i64>, VaultError> {
    let mut every = conn.prepare("SELECT id, sha256 FROM evidence ORDER BY id")?;
    let all = every.query_map([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?)))?;
    let mut out = Vec::new();
    for piece in all {
        let (id, sha256) = piece?;
        if is_elsewhere(conn, &sha256)? {
            continue;
        }
        match hash_of(conn, id, &mut std::io::sink()) {
            Ok(found) if found == sha256 => {}
            Err(VaultError::Cancelled) => return Err(VaultError::Cancelled),
            // Bytes that cannot be read are not those that were taken in.
            _ => out.push(id),
        }
    }
    Ok(out)
}

/// Whether the bytes of a piece can be read and have their hash.
pub(crate) fn is_whole(conn: &Connection, id: i64) -> Result<bool, VaultError> {
    let sha256: String = conn.query_row("SELECT sha256 FROM evidence WHERE id = ?1", [id], |r| r.get(0))?;
    Ok(is_elsewhere(conn, &sha256)? || hash_of(conn, id, &mut std::io::sink())? == sha256)
}

/// Hands the bytes of a piece on, a part at a time; gives their SHA-256.
fn hash_of(conn: &Connection, id: i64, to: &mut dyn Write) -> Result<String, VaultError> {
    const PARTS: &str = "SELECT bytes FROM evidence_part WHERE evidence = ?1 ORDER BY no";
    let mut hash = Sha256::new();
    // A file that an earlier release wrote and that nobody opened since has parts only.
    let parts = [PARTS, evidence_taking::CHUNKS];
    for sql in parts.iter().take(if evidence_taking::has_chunks(conn)? { 2 } else { 1 }) {
        let mut parts = conn.prepare_cached(sql)?;
        let mut rows = parts.query([id])?;
        while let Some(row) = rows.next()? {
            let bytes = row.get_ref(0)?.as_blob().map_err(|_| VaultError::Damaged { what: "evidence" })?;
            hash.update(bytes);
            to.write_all(bytes)?;
        }
    }
    Ok(hex::encode(hash.finalize()))
}

fn detail(e: &Evidence) -> serde_json::Value {
    json!({ "name": e.name, "source": e.source, "acquired_by": e.acquired_by, "acquired_at": e.acquired_at.to_string(),
            "format": e.format, "pages": e.pages, "sha256": e.sha256, "size": e.size, "kept_at": e.kept_at,
            "confidentiality": e.confidentiality.code(), "returned": e.returned, "clauses": json::clauses(&e.clauses) })
}

/// Stores what is known of a piece whose bytes stand under this taking.
fn insert(conn: &Connection, e: &Evidence, taking: i64) -> Result<i64, VaultError> {
    let id = exam_copy::next_number(conn, "evidence_number", "number")?;
    conn.execute(
        "INSERT INTO evidence VALUES (?16, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        params![
            e.name,
            e.source,
            e.acquired_by,
            e.acquired_at.to_string(),
            e.format,
            e.pages,
            e.sha256,
            i64::try_from(e.size).unwrap_or(i64::MAX),
            e.kept_at,
            e.confidentiality.code(),
            e.returned,
            json::clauses(&e.clauses),
            e.by,
            e.at.to_string(),
            taking,
            id
        ],
    )?;
    Ok(id)
}

impl ExamStore {
    /// Takes a file into custody, a part at a time; `id`, `sha256` and `size` of `about` are found here. Gives the piece
    /// as it is kept. The parts are stored some at a time and belong to nothing until the last is there, so that neither
    /// memory nor the write-ahead log grows with the file, and what breaks off leaves nothing.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::EvidenceKept`] when the same bytes are kept,
    /// [`VaultError::Io`] when the file cannot be read to its end, [`VaultError::SignedOff`].
    pub fn add_evidence(&mut self, about: &Evidence, from: &mut dyn Read) -> Result<Evidence, VaultError> {
        named(&about.by)?;
        self.unsealed()?;
        sign_off::still_open(&self.conn, PAPER)?;
        let taking = evidence_taking::begin(&mut self.conn, about.at)?;
        let kept = evidence_taking::store(&mut self.conn, taking, from)
            .and_then(|(sha256, size)| self.keep(Evidence { sha256, size, ..about.clone() }, taking));
        if kept.is_err() {
            // What cannot be taken out now is taken out when the exam is opened next.
            let _ = evidence_taking::sweep(&mut self.conn);
        }
        kept
    }

    /// Makes what was taken a piece of evidence.
    fn keep(&mut self, mut kept: Evidence, taking: i64) -> Result<Evidence, VaultError> {
        self.write(|tx| {
            sign_off::still_open(tx, PAPER)?;
            let same: Option<i64> = tx
                .query_row("SELECT id FROM evidence WHERE sha256 = ?1", [&kept.sha256], |r| r.get(0))
                .optional()?;
            if let Some(id) = same {
                return Err(VaultError::EvidenceKept { id });
            }
            kept.id = insert(tx, &kept, taking)?;
            evidence_taking::end(tx, taking)?;
            let subject = format!("evidence:{}", evidence_number(kept.id));
            let entry =
                Entry { at: kept.at, by: &kept.by, action: "evidence.add", subject, detail: detail(&kept) };
            journal::append(tx, &entry)?;
            evidence_transfer::insert(tx, &evidence_transfer::taken_in(&kept))?;
            Ok(kept)
        })
    }

    /// Completes what the index says of a piece: everything but its bytes, hash and size. `by` and `at` are those of the
    /// change and stand in the journal; the piece keeps who took it in.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::UnknownEvidence`], [`VaultError::SignedOff`].
    pub fn change_evidence(&mut self, e: &Evidence) -> Result<(), VaultError> {
        named(&e.by)?;
        self.write(|tx| {
            sign_off::still_open(tx, PAPER)?;
            known(tx, &[e.id])?;
            tx.execute(
                "UPDATE evidence SET name = ?2, source = ?3, acquired_by = ?4, acquired_at = ?5, pages = ?6, kept_at = ?7,
                 confidentiality = ?8, returned = ?9, clauses = ?10 WHERE id = ?1",
                params![
                    e.id,
                    e.name,
                    e.source,
                    e.acquired_by,
                    e.acquired_at.to_string(),
                    e.pages,
                    e.kept_at,
                    e.confidentiality.code(),
                    e.returned,
                    json::clauses(&e.clauses)
                ],
            )?;
            let subject = format!("evidence:{}", evidence_number(e.id));
            journal::append(tx, &Entry { at: e.at, by: &e.by, action: "evidence.change", subject, detail: detail(e) })
        })
    }

    /// The evidence, by number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence(&self) -> Result<Vec<Evidence>, VaultError> {
        let mut every = self.conn.prepare(
            "SELECT id, name, source, acquired_by, acquired_at, format, pages, sha256, size, kept_at, confidentiality,
             returned, clauses, by, at FROM evidence ORDER BY id",
        )?;
        let mut rows = every.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            out.push(Evidence {
                id: row.get(0)?,
                name: t(1)?,
                source: t(2)?,
                acquired_by: t(3)?,
                acquired_at: text::moment(&t(4)?)?,
                format: t(5)?,
                pages: row.get(6)?,
                sha256: t(7)?,
                size: row.get::<_, i64>(8)?.unsigned_abs(),
                kept_at: t(9)?,
                confidentiality: Coded::from_code(&t(10)?)?,
                returned: t(11)?,
                clauses: json::read_clauses(&t(12)?)?,
                by: t(13)?,
                at: text::moment(&t(14)?)?,
            });
        }
        Ok(out)
    }

    /// SHA-256 of the pieces whose bytes stayed where they were taken in.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn evidence_elsewhere(&self) -> Result<BTreeSet<String>, VaultError> {
        let mut every = self.conn.prepare_cached("SELECT sha256 FROM evidence_elsewhere")?;
        Ok(every.query_map([], |r| r.get(0))?.collect::<Result<_, _>>()?)
    }

    /// Writes the bytes of a piece, a part at a time; they are what was taken in, or it fails.
    ///
    /// # Errors
    /// [`VaultError::UnknownEvidence`], [`VaultError::EvidenceElsewhere`], [`VaultError::Damaged`] when they do not have
    /// their hash, [`VaultError::Io`].
    pub fn evidence_bytes(&self, id: i64, to: &mut dyn Write) -> Result<(), VaultError> {
        let sha256: Option<String> = self
            .conn
            .query_row("SELECT sha256 FROM evidence WHERE id = ?1", [id], |r| r.get(0))
            .optional()?;
        let sha256 = sha256.ok_or(VaultError::UnknownEvidence { id })?;
        if is_elsewhere(&self.conn, &sha256)? {
            return Err(VaultError::EvidenceElsewhere { id });
        }
        match hash_of(&self.conn, id, to)? == sha256 {
            true => Ok(()),
            false => Err(VaultError::Damaged { what: "evidence" }),
        }
    }
}
