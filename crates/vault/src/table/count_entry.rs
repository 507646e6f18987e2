//! `count_entry`: the steps of the equipment count, kept as they were made.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::Entry;
use crate::schema::Migration;
use crate::table::{exam_copy, journal, sign_off};
use crate::{json, text};
use fieldbook_model::{CountEntry, Device};
use rusqlite::params;
use serde_json::json;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    5,
    "CREATE TABLE count_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item TEXT NOT NULL,
        state TEXT,
        device TEXT NOT NULL,
        note TEXT NOT NULL,
        undoes INTEGER REFERENCES count_entry (id),
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;",
)];

const DAMAGED: VaultError = VaultError::Damaged { what: "equipment count" };

fn device(text: &str) -> Result<Device, VaultError> {
    let fields: [String; 8] = json::read_texts(text)?.try_into().map_err(|_| DAMAGED)?;
    Ok(Device::of(fields))
}

impl ExamStore {
    /// Every step of the count, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_entries(&self) -> Result<Vec<CountEntry>, VaultError> {
        let mut some = self
            .conn
            .prepare("SELECT id, item, state, device, note, undoes, by, at FROM count_entry ORDER BY id")?;
        let mut rows = some.query([])?;
        let mut out = Vec::new();
        while let Some(row) = rows.next()? {
            out.push(CountEntry {
                id: row.get(0)?,
                item: row.get(1)?,
                state: row.get::<_, Option<String>>(2)?.as_deref().map(Coded::from_code).transpose()?,
                device: device(&row.get::<_, String>(3)?)?,
                note: row.get(4)?,
                undoes: row.get(5)?,
                by: row.get(6)?,
                at: text::moment(&row.get::<_, String>(7)?)?,
            });
        }
        Ok(out)
    }

    /// Keeps steps of the count; all of them or none.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`] without an examiner.
    pub fn save_count(&mut self, entries: &[CountEntry]) -> Result<(), VaultError> {
        for entry in entries {
            named(&entry.by)?;
        }
        self.write(|tx| {
            sign_off::exam_still_open(tx)?;
            for e in entries {
                let id = exam_copy::next_number(tx, "count_entry", "id")?;
                let (state, device) = (e.state.as_ref().map(Coded::code), json::texts(&e.device.fields()));
                tx.prepare_cached("INSERT INTO count_entry VALUES (?8, ?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                    .execute(params![e.item, state, device, e.note, e.undoes, e.by, e.at.to_string(), id])?;
                let subject = format!("count:{}", e.item);
                let detail =
                    json!({ "state": state, "device": e.device.fields(), "note": e.note, "undoes": e.undoes });
                journal::append(tx, &Entry { at: e.at, by: &e.by, action: "equipment.count", subject, detail })?;
            }
            Ok(())
        })
    }
}
