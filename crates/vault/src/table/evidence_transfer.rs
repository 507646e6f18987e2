//! `evidence_transfer`: the chain of custody (ISO/IEC 27037:2012, 6.1). Entries are only ever added. Recording one is
//! open after the index was signed: what becomes of the originals follows the report.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{evidence, exam_copy, journal};
use crate::text;
use fieldbook_model::{CustodyEntry, CustodyEvent, Evidence, evidence_number, last_move};
use rusqlite::{Connection, Row, params};
use serde_json::json;

/// What the index said of returning and destroying stays there, and is an entry besides.
pub(crate) const MIGRATIONS: &[Migration] = &[(
    7,
    "CREATE TABLE evidence_transfer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        evidence INTEGER NOT NULL REFERENCES evidence (id),
        event TEXT NOT NULL,
        from_whom TEXT NOT NULL,
        to_whom TEXT NOT NULL,
        place TEXT NOT NULL,
        purpose TEXT NOT NULL,
        condition TEXT NOT NULL,
        seal TEXT NOT NULL,
        receipt TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        happened_at TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX evidence_transfer_of ON evidence_transfer (evidence);
    INSERT INTO evidence_transfer
        SELECT NULL, id, 'taken_in', source, by, kept_at, acquired_by, '', '', '', sha256, acquired_at, by, at
        FROM evidence ORDER BY id;
    INSERT INTO evidence_transfer
        SELECT NULL, id, 'noted', '', '', '', returned, '', '', '', sha256, at, by, at
        FROM evidence WHERE returned <> '' ORDER BY id;
    CREATE TRIGGER evidence_transfer_no_update BEFORE UPDATE ON evidence_transfer
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER evidence_transfer_no_delete BEFORE DELETE ON evidence_transfer
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;",
)];

const COLUMNS: &str =
    "SELECT id, evidence, event, from_whom, to_whom, place, purpose, condition, seal, receipt, sha256,
    happened_at, by, at FROM evidence_transfer";

/// The entry that taking a piece in makes.
pub(crate) fn taken_in(e: &Evidence) -> CustodyEntry {
    CustodyEntry {
        id: 0,
        evidence: e.id,
        event: CustodyEvent::TakenIn,
        from: e.source.clone(),
        to: e.by.clone(),
        place: e.kept_at.clone(),
        purpose: e.acquired_by.clone(),
        condition: String::new(),
        seal: String::new(),
        receipt: String::new(),
        sha256: e.sha256.clone(),
        happened_at: e.acquired_at,
        by: e.by.clone(),
        at: e.at,
    }
}

/// Adds an entry, without its journal entry.
pub(crate) fn insert(conn: &Connection, t: &CustodyEntry) -> Result<i64, VaultError> {
    let (event, happened_at, at) = (t.event.code(), t.happened_at.to_string(), t.at.to_string());
    let id = exam_copy::next_number(conn, "evidence_transfer", "id")?;
    conn.execute(
        "INSERT INTO evidence_transfer VALUES (?14, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        params![
            t.evidence,
            event,
            t.from,
            t.to,
            t.place,
            t.purpose,
            t.condition,
            t.seal,
            t.receipt,
            t.sha256,
            happened_at,
            t.by,
            at,
            id
        ],
    )?;
    Ok(id)
}

fn journaled(conn: &Connection, t: &CustodyEntry) -> Result<(), VaultError> {
    let detail = json!({ "event": t.event.code(), "from": t.from, "to": t.to, "place": t.place, "purpose": t.purpose,
                         "condition": t.condition, "seal": t.seal, "receipt": t.receipt, "sha256": t.sha256,
                         "happened_at": t.happened_at.to_string() });
    let subject = format!("evidence:{}", evidence_number(t.evidence));
    journal::append(conn, &Entry { at: t.at, by: &t.by, action: "evidence.transfer", subject, detail })
}

fn entry(row: &Row<'_>) -> Result<CustodyEntry, VaultError> {
    let t = |i: usize| row.get::<_, String>(i);
    Ok(CustodyEntry {
        id: row.get(0)?,
        evidence: row.get(1)?,
        event: Coded::from_code(&t(2)?)?,
        from: t(3)?,
        to: t(4)?,
        place: t(5)?,
        purpose: t(6)?,
        condition: t(7)?,
        seal: t(8)?,
        receipt: t(9)?,
        sha256: t(10)?,
        happened_at: text::moment(&t(11)?)?,
        by: t(12)?,
        at: text::moment(&t(13)?)?,
    })
}

fn entries(conn: &Connection, of: Option<i64>) -> Result<Vec<CustodyEntry>, VaultError> {
    let mut some =
        conn.prepare_cached(&format!("{COLUMNS} WHERE ?1 IS NULL OR evidence = ?1 ORDER BY evidence, id"))?;
    let mut rows = some.query([of])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(entry(row)?);
    }
    Ok(out)
}

impl ExamStore {
    /// The chain of custody of every piece: by piece, then in the order of recording.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn custody(&self) -> Result<Vec<CustodyEntry>, VaultError> {
        entries(&self.conn, None)
    }

    /// Adds an entry to the chain of custody of a piece; `id` and `sha256` of it are found here. Gives its number. Of a
    /// look at a piece there is one entry a person and day: a later one of that day gives the number of the first.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author, [`VaultError::UnknownEvidence`], [`VaultError::OutOfCustody`] when the
    /// original that it moves went back or was destroyed before.
    pub fn record_custody(&mut self, told: &CustodyEntry) -> Result<i64, VaultError> {
        named(&told.by)?;
        self.write(|tx| {
            evidence::known(tx, &[told.evidence])?;
            let before = entries(tx, Some(told.evidence))?;
            let gone = last_move(&before).is_some_and(|e| e.event.ends_custody());
            if gone && told.event.is_told() {
                return Err(VaultError::OutOfCustody { id: told.evidence });
            }
            let looked = |e: &&CustodyEntry| {
                e.event == CustodyEvent::Viewed && e.by == told.by && e.at.date() == told.at.date()
            };
            if told.event == CustodyEvent::Viewed
                && let Some(first) = before.iter().find(looked)
            {
                return Ok(first.id);
            }
            let sha256 =
                tx.query_row("SELECT sha256 FROM evidence WHERE id = ?1", [told.evidence], |r| r.get(0))?;
            let told = CustodyEntry { sha256, ..told.clone() };
            journaled(tx, &told)?;
            insert(tx, &told)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{EXAM, migrate};

    /// The tables as they were before version 7.
    fn version_6() -> Connection {
        let conn = Connection::open_in_memory().expect("opens");
        for version in 1..=6 {
            for (_, sql) in EXAM.iter().flat_map(|t| t.iter()).filter(|(v, _)| *v == version) {
                conn.execute_batch(sql).expect("migrates");
            }
        }
        conn.pragma_update(None, "user_version", 6).expect("sets");
        conn
    }

    #[test]
    fn what_an_earlier_release_took_in_keeps_its_bytes_and_gets_a_chain() {
        const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let mut conn = version_6();
        for (id, returned, sha256) in [(1, "", "00"), (2, "115年9月21日歸還", ABC)] {
            conn.execute(
                "INSERT INTO evidence VALUES (?1, '甲.pdf', '資訊部', '受查單位提供', '2026-09-01T09:00:00', 'pdf', NULL,
                    ?3, 3, '甲櫃', 'restricted', ?2, '[]', '王查核', '2026-09-01T10:00:00')",
                params![id, returned, sha256],
            )
            .expect("stores");
        }
        conn.execute_batch("INSERT INTO evidence_part VALUES (2, 0, x'6162'), (2, 1, x'63');")
            .expect("stores");
        assert_eq!(evidence::damaged(&conn), Ok(vec![1]), "readable before it is brought up");
        migrate(&mut conn, EXAM).expect("migrates");
        assert_eq!(evidence::damaged(&conn), Ok(vec![1]), "and after");
        let all = entries(&conn, None).expect("reads");
        let told: Vec<_> = all.iter().map(|e| (e.evidence, e.event, e.purpose.as_str())).collect();
        let way = "受查單位提供";
        assert_eq!(
            told,
            [
                (1, CustodyEvent::TakenIn, way),
                (2, CustodyEvent::TakenIn, way),
                (2, CustodyEvent::Noted, "115年9月21日歸還")
            ]
        );
        assert_eq!(all[1].sha256, ABC);
        let kept: String =
            conn.query_row("SELECT returned FROM evidence WHERE id = 2", [], |r| r.get(0)).expect("reads");
        assert_eq!(kept, "115年9月21日歸還", "the index says it still");
    }
}
