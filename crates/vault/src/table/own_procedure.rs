//! `own_procedure`, in both kinds of database: every version of a procedure that an examiner wrote. None is changed or
//! taken out; one that is withdrawn gets a last version that says so.

use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, journal};
use crate::text;
use crate::vault::Vault;
use fieldbook_model::OwnProcedure;
use rusqlite::{Connection, params};
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    5,
    "CREATE TABLE own_procedure (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        procedure TEXT NOT NULL,
        text TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        withdrawn INTEGER NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX own_procedure_version ON own_procedure (procedure, id);",
)];

fn all(conn: &Connection) -> Result<Vec<OwnProcedure>, VaultError> {
    let mut some =
        conn.prepare("SELECT procedure, text, sha256, withdrawn, by, at FROM own_procedure ORDER BY id")?;
    let mut rows = some.query([])?;
    let mut out = Vec::new();
    while let Some(row) = rows.next()? {
        out.push(OwnProcedure {
            id: row.get(0)?,
            text: row.get(1)?,
            sha256: row.get(2)?,
            withdrawn: row.get(3)?,
            by: row.get(4)?,
            at: text::moment(&row.get::<_, String>(5)?)?,
        });
    }
    Ok(out)
}

/// `row` is the row's number; the vault's own rows are numbered by themselves.
fn insert(conn: &Connection, row: Option<i64>, own: &OwnProcedure) -> Result<(), VaultError> {
    let OwnProcedure { id, text, sha256, withdrawn, by, at } = own;
    conn.prepare_cached("INSERT INTO own_procedure VALUES (?7, ?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![id, text, sha256, withdrawn, by, at.to_string(), row])?;
    Ok(())
}

impl ExamStore {
    /// Every version of the procedures of this exam, and those of the organisation's that ran in it, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn own_procedures(&self) -> Result<Vec<OwnProcedure>, VaultError> {
        all(&self.conn)
    }

    /// Keeps a version.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn save_own_procedure(&mut self, own: &OwnProcedure) -> Result<(), VaultError> {
        named(&own.by)?;
        self.write(|tx| {
            insert(tx, Some(exam_copy::next_number(tx, "own_procedure", "id")?), own)?;
            let subject = format!("procedure:{}", own.id);
            let detail = json!({ "sha256": own.sha256, "withdrawn": own.withdrawn });
            journal::append(
                tx,
                &Entry { at: own.at, by: &own.by, action: "procedure.write", subject, detail },
            )
        })
    }
}

impl Vault {
    /// Every version of the organisation's procedures, oldest first.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn own_procedures(&self) -> Result<Vec<OwnProcedure>, VaultError> {
        all(&self.conn)
    }

    /// Keeps a version.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an author.
    pub fn save_own_procedure(&mut self, own: &OwnProcedure) -> Result<(), VaultError> {
        named(&own.by)?;
        let tx = self.conn.transaction()?;
        insert(&tx, None, own)?;
        let subject = format!("procedure:{}", own.id);
        let detail = json!({ "sha256": own.sha256, "withdrawn": own.withdrawn });
        let entry = Entry { at: own.at, by: &own.by, action: "vault.procedure_written", subject, detail };
        journal::append(&tx, &entry)?;
        Ok(tx.commit()?)
    }
}
