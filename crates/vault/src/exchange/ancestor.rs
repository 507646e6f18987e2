//! What both copies began with, from the journals: the last state of a record that both have seen.

use super::rules;
use super::{fields, told};
use crate::acts;
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::exam_copy::{self, OWN};
use fieldbook_model::{Held, RecordKey, Seen};
use rusqlite::{OptionalExtension, params};
use serde_json::Value;

impl ExamStore {
    /// The value of a field when both copies last knew the same; `None` where no journal says it. `theirs` is how far the
    /// other copy knows the journals.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn ancestor(
        &self,
        record: &RecordKey,
        field: &str,
        theirs: &Seen,
    ) -> Result<Option<Held>, VaultError> {
        let Some(table) = rules::of(&record.table) else { return Ok(None) };
        let key = fields::key_values(table, &record.key)?;
        let Some(row) = fields::row(&self.conn, table, &key)? else { return Ok(None) };
        let (action, subject, detail) = told::of_row(&self.conn, table, record, &row)?;
        let Some(act) = acts::of(action).filter(|act| !act.thing.is_empty()) else { return Ok(None) };
        let actions: Vec<String> = acts::about(act.thing).iter().map(|a| format!("'{a}'")).collect();
        let same: String = act
            .keys
            .iter()
            .map(|key| format!(" AND json_extract(detail, '$.{key}') IS json_extract(?4, '$.{key}')"))
            .collect();
        let ours = self.seen()?;
        let mut last: Option<(String, String)> = None;
        for (copy, no) in exam_copy::numbers(&self.conn)? {
            let known = |seen: &Seen| seen.get(&copy).copied().unwrap_or(0);
            let limit = i64::try_from(known(theirs).min(known(&ours))).unwrap_or(i64::MAX);
            let from = if no == OWN { "journal WHERE ?1 = 0" } else { "foreign_entry WHERE copy = ?1" };
            let sql = format!(
                "SELECT at, detail FROM {from} AND seq <= ?2 AND subject = ?3 AND ?4 IS NOT NULL
                    AND action IN ({}){same} ORDER BY seq DESC LIMIT 1",
                actions.join(", ")
            );
            let mut one = self.conn.prepare_cached(&sql)?;
            let found = one
                .query_row(params![no, limit, subject, detail.to_string()], |r| Ok((r.get(0)?, r.get(1)?)))
                .optional()?;
            last = last.max(found);
        }
        let said: Option<Value> = last.and_then(|(_, detail)| serde_json::from_str(&detail).ok());
        Ok(match said.as_ref().and_then(|detail| detail.get(field)) {
            Some(Value::String(text)) => Some(Held::Text(text.clone())),
            Some(Value::Number(n)) => n.as_i64().map(Held::Int),
            Some(Value::Null) => Some(Held::Null),
            _ => None,
        })
    }
}
