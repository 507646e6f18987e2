//! Brings the changes of a merge into this copy, in one transaction: every record's row, the rows that belong to it, its
//! state with the stamps of whoever wrote it, and an entry of the journal for each.

use super::fields::{self, Fields};
use super::place::{place, twice};
use super::received::receive;
use super::row::{is_there, write_row};
use super::rules::{self, TABLES, Table};
use super::{rows, stamp, told};
use crate::error::VaultError;
use crate::exam_store::{ExamStore, named};
use crate::journal::{Entry, JournalEntry};
use crate::table::exam_copy;
use crate::table::import_sheet;
use crate::table::merge::{self, MergeCount, MergeRecord};
use crate::table::record_state::{self, State, Written};
use crate::table::{dataset, evidence_taking, journal};
use fieldbook_model::{FieldChange, FieldConflict, Held, Moment, RecordKey, Seen, Stamp, THERE};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufReader, Read};

/// What was received of another copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedCopy {
    /// 32 lower-case hex digits.
    pub copy: String,
    /// Block of its numbers.
    pub block: i64,
    /// Whose it is.
    pub label: String,
    /// `age1…` of whoever has it; empty where that is not known.
    pub recipient: String,
    /// Size and root of its journal when the package was made.
    pub checkpoint: crate::journal::Checkpoint,
    /// The part of its journal that the package has: the last entry is the checkpoint's last.
    pub entries: Vec<JournalEntry>,
}

/// A merge that was decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeOrder {
    /// When.
    pub at: Moment,
    /// Who merges.
    pub by: String,
    /// Whose package it is.
    pub sender: String,
    /// SHA-256 of the package, lower-case hex.
    pub package_sha256: String,
    /// Every other copy that the package tells of.
    pub copies: Vec<ReceivedCopy>,
    /// How far the journals are taken into account from now on.
    pub seen: Seen,
    /// What changes here, conflicts as they were resolved among them.
    pub changes: Vec<FieldChange>,
    /// The conflicts: both sides stay readable in the journal.
    pub conflicts: Vec<FieldConflict>,
    /// Pieces of evidence, by SHA-256, whose bytes stay where they are.
    pub elsewhere: Vec<String>,
}

/// Takes what belongs to a record.
pub type Take<'a> = &'a mut dyn FnMut(&mut dyn Read) -> Result<(), VaultError>;

/// Has what belongs to records: their rows, or the bytes of pieces of evidence.
pub trait Payload {
    /// Gives what belongs to a record.
    ///
    /// # Errors
    /// Those of `take`; [`VaultError::Io`] when it cannot be read, [`VaultError::Damaged`] when it is not what was promised,
    /// which may be known at its end only.
    fn give(&mut self, record: &RecordKey, take: Take<'_>) -> Result<(), VaultError>;
}

const DAMAGED: VaultError = VaultError::Damaged { what: "package" };

/// Changes of one record.
type Changes<'a> = BTreeMap<&'a RecordKey, Vec<&'a FieldChange>>;

impl ExamStore {
    /// Whether what was received of other copies fits what is known of them; nothing of it is kept.
    ///
    /// # Errors
    /// [`VaultError::OtherJournal`], [`VaultError::MissingExchange`].
    pub fn check_copies(&self, copies: &[ReceivedCopy]) -> Result<(), VaultError> {
        // Rolled back when it is dropped.
        let tx = self.conn.unchecked_transaction()?;
        copies.iter().try_for_each(|copy| receive(&tx, copy))
    }

    /// The stamp of what a merge that is decided now writes by itself.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn merge_stamp(&self) -> Result<Stamp, VaultError> {
        let seq = journal::size(&self.conn)?.unsigned_abs() + 1;
        Ok(Stamp { copy: exam_copy::own(&self.conn)?.copy, seq })
    }

    /// Merges; gives the number of the merge. The bytes of evidence are stored first and belong to nothing until the rest
    /// is there; everything else is one transaction.
    ///
    /// # Errors
    /// [`VaultError::NoPerson`], [`VaultError::SignedOff`] when a change would go into what was signed,
    /// [`VaultError::OtherJournal`] when a journal is not the one that is known of its copy, [`VaultError::Io`] and
    /// [`VaultError::Damaged`] when the package does not give what it promised. Nothing has changed then.
    pub fn merge(&mut self, order: &MergeOrder, payload: &mut dyn Payload) -> Result<i64, VaultError> {
        named(&order.by)?;
        self.unsealed()?;
        let mut changes = Changes::new();
        for change in &order.changes {
            changes.entry(&change.record).or_default().push(change);
        }
        let taken = self.take_bytes(order, &changes, payload);
        let merged = taken.and_then(|takings| {
            self.write(|tx| {
                tx.pragma_update(None, "defer_foreign_keys", true)?;
                Bringing { conn: tx, order, takings }.all(&changes, payload)
            })
        });
        if merged.is_err() {
            // What cannot be taken out now is taken out when the exam is opened next.
            let _ = evidence_taking::sweep(&mut self.conn);
        }
        merged
    }

    /// Stores the bytes of every piece that is new here; gives the takings by SHA-256.
    fn take_bytes(
        &mut self,
        order: &MergeOrder,
        changes: &Changes<'_>,
        payload: &mut dyn Payload,
    ) -> Result<BTreeMap<String, i64>, VaultError> {
        let mut takings = BTreeMap::new();
        for (record, _) in changes.iter().filter(|(r, c)| r.table == "evidence" && arrives(c)) {
            let table = rules::of("evidence").ok_or(DAMAGED)?;
            let sha256 = match fields::key_values(table, &record.key)?.pop() {
                Some(Held::Text(sha256)) => sha256,
                _ => return Err(DAMAGED),
            };
            if order.elsewhere.contains(&sha256) {
                continue;
            }
            let taking = evidence_taking::begin(&mut self.conn, order.at)?;
            let mut found = String::new();
            payload.give(record, &mut |from| {
                found = evidence_taking::store(&mut self.conn, taking, from)?.0;
                Ok(())
            })?;
            if found != sha256 {
                return Err(DAMAGED);
            }
            takings.insert(sha256, taking);
        }
        Ok(takings)
    }
}

/// Whether these changes make a record that was not there.
fn arrives(changes: &[&FieldChange]) -> bool {
    changes.iter().any(|c| {
        c.field == THERE
            && c.after.value == Held::Int(1)
            && c.before.as_ref().is_none_or(|b| b.value != c.after.value)
    })
}

struct Bringing<'a> {
    conn: &'a Connection,
    order: &'a MergeOrder,
    takings: BTreeMap<String, i64>,
}

impl Bringing<'_> {
    fn all(&self, changes: &Changes<'_>, payload: &mut dyn Payload) -> Result<i64, VaultError> {
        let seen_before = exam_copy::known(self.conn)?.into_iter().map(|k| (k.copy, k.seen)).collect();
        for copy in &self.order.copies {
            receive(self.conn, copy)?;
        }
        let counts = counts(changes);
        let order = self.order;
        let merge = merge::insert(
            self.conn,
            &MergeRecord {
                id: 0,
                at: order.at,
                by: order.by.clone(),
                sender: order.sender.clone(),
                package_sha256: order.package_sha256.clone(),
                counts: counts.clone(),
                resolved: order.conflicts.len() as u64,
                undone: None,
            },
            &seen_before,
        )?;
        self.told(merge, &counts)?;
        let numbers = exam_copy::numbers(self.conn)?;
        // What a row never changes by itself may be known better by another copy: who took a piece in first.
        let guards = super::undo::lift_guards(self.conn)?;
        let mut moved = Vec::new();
        for table in TABLES {
            for (record, changes) in changes.iter().filter(|(r, _)| r.table == table.name) {
                let before = record_state::of(self.conn, table.name, &record.key)?;
                let after = next(before.clone(), changes, &numbers)?;
                self.put(table, record, before.as_ref(), &after, payload)?;
                record_state::put(self.conn, table.name, &record.key, Some(&after))?;
                let [was, is] = [before.as_ref(), Some(&after)].map(|state| state.map(record_state::text));
                merge::keep(
                    self.conn,
                    merge,
                    table.name,
                    &record.key,
                    was.as_deref(),
                    &is.unwrap_or_default(),
                )?;
                told::record(self.conn, table, record, merge, (order.at, &order.by))?;
                if matches!(table.name, "import_sheet" | "import_batch") {
                    moved.push((*record).clone());
                }
            }
        }
        if changes.keys().any(|r| rules::of(&r.table).is_none()) {
            return Err(VaultError::NewerFormat { found: crate::schema::latest(crate::schema::EXAM) + 1 });
        }
        if changes.keys().any(|r| matches!(r.table.as_str(), "system" | "system_fact")) {
            told::systems(self.conn, merge, (order.at, &order.by))?;
        }
        guards.iter().try_for_each(|guard| self.conn.execute_batch(guard))?;
        // What the rows touched has its states already.
        stamp::forget(self.conn)?;
        place(self.conn, &moved)?;
        self.unite(merge, &moved)?;
        exam_copy::set_seen(self.conn, &order.seen)?;
        Ok(merge)
    }

    /// The journal's entry of the merge itself: what was received of whom, and both sides of every conflict.
    fn told(&self, merge: i64, counts: &BTreeMap<String, MergeCount>) -> Result<(), VaultError> {
        let order = self.order;
        let copies: Vec<Value> = order
            .copies
            .iter()
            .map(|c| json!({ "copy": c.copy, "size": c.checkpoint.size, "root": c.checkpoint.root }))
            .collect();
        let side = |f: &fieldbook_model::Field| json!({ "value": record_state::value(&f.value), "by": f.by, "at": f.at.to_string() });
        let conflicts: Vec<Value> = order
            .conflicts
            .iter()
            .map(|c| {
                json!({ "kind": c.record.table, "record": c.record.key, "field": c.field,
                        "here": side(&c.ours), "there": side(&c.theirs) })
            })
            .collect();
        let counts: BTreeMap<&str, [u64; 3]> =
            counts.iter().map(|(kind, n)| (kind.as_str(), [n.added, n.changed, n.taken_away])).collect();
        let detail = json!({ "sender": order.sender, "package_sha256": order.package_sha256, "copies": copies,
                             "counts": counts, "conflicts": conflicts });
        let subject = format!("merge:{merge}");
        journal::append(
            self.conn,
            &Entry { at: order.at, by: &order.by, action: "merge.apply", subject, detail },
        )
    }

    fn put(
        &self,
        table: &Table,
        record: &RecordKey,
        before: Option<&State>,
        after: &State,
        payload: &mut dyn Payload,
    ) -> Result<(), VaultError> {
        let was = is_there(before);
        write_row(self.conn, table, &record.key, after, self.own_columns(table, record)?)?;
        if was || !is_there(Some(after)) {
            return Ok(());
        }
        if let Some(sha256) = self.piece(table, record)? {
            match self.takings.get(&sha256) {
                Some(taking) => evidence_taking::end(self.conn, *taking)?,
                None => {
                    self.conn.execute("INSERT OR IGNORE INTO evidence_elsewhere VALUES (?1)", [sha256])?;
                }
            }
        } else if rows::has_rows(table) {
            payload.give(record, &mut |from| rows::read(self.conn, record, &mut BufReader::new(from)))?;
        }
        Ok(())
    }

    fn piece(&self, table: &Table, record: &RecordKey) -> Result<Option<String>, VaultError> {
        if table.name != "evidence" {
            return Ok(None);
        }
        match fields::key_values(table, &record.key)?.pop() {
            Some(Held::Text(sha256)) => Ok(Some(sha256)),
            _ => Err(DAMAGED),
        }
    }

    /// What a new row has that is this copy's own.
    fn own_columns(&self, table: &Table, record: &RecordKey) -> Result<Fields, VaultError> {
        let mut own = Fields::new();
        match table.name {
            // Until its rows are there: above every other.
            "import_sheet" => {
                own.insert("first_id".to_owned(), Held::Int(1));
            }
            "evidence" => {
                let sha256 = self.piece(table, record)?.ok_or(DAMAGED)?;
                let number: Option<i64> = self.conn.query_row(
                    "SELECT min(number) FROM evidence_number WHERE sha256 = ?1",
                    [&sha256],
                    |r| r.get(0),
                )?;
                own.insert("id".to_owned(), Held::Int(number.ok_or(DAMAGED)?));
                if let Some(taking) = self.takings.get(&sha256) {
                    own.insert("taking".to_owned(), Held::Int(*taking));
                }
            }
            _ => {}
        }
        Ok(own)
    }

    /// One table of one file that both copies imported is in its dataset once: the import that came first keeps it.
    fn unite(&self, merge: i64, moved: &[RecordKey]) -> Result<(), VaultError> {
        let order = self.order;
        for (loser, keeper) in twice(self.conn, moved)? {
            let sheet = import_sheet::live(self.conn, loser)?;
            let key = sheet.record.dataset.as_deref().unwrap_or_default();
            dataset::set_aside(self.conn, key, loser, sheet.first_id)?;
            import_sheet::set_superseded(self.conn, loser, Some(keeper))?;
            let before = self.state_of(loser)?;
            let detail = json!({ "merge": merge, "sheet": loser, "kept": keeper });
            let subject = format!("batch:{}", sheet.batch);
            journal::append(
                self.conn,
                &Entry { at: order.at, by: &order.by, action: "import.unite", subject, detail },
            )?;
            stamp::settle(self.conn)?;
            if let (Some(before), Some(after)) = (before, self.state_of(loser)?) {
                let key = fields::key_text(&[Held::Int(loser)]);
                let kept = merge::left(self.conn, merge)?
                    .into_iter()
                    .find(|(table, k, ..)| table == "import_sheet" && *k == key);
                let before = match kept {
                    Some((_, _, before, _)) => before,
                    None => Some(before),
                };
                merge::keep(self.conn, merge, "import_sheet", &key, before.as_deref(), &after)?;
            }
        }
        Ok(())
    }

    fn state_of(&self, sheet: i64) -> Result<Option<String>, VaultError> {
        let key = fields::key_text(&[Held::Int(sheet)]);
        Ok(record_state::of(self.conn, "import_sheet", &key)?.as_ref().map(record_state::text))
    }
}

/// By kind of record.
fn counts(changes: &Changes<'_>) -> BTreeMap<String, MergeCount> {
    let mut out: BTreeMap<String, MergeCount> = BTreeMap::new();
    for (record, changes) in changes {
        let count = out.entry(record.table.clone()).or_default();
        let there = changes.iter().find(|c| c.field == THERE).map(|c| &c.after.value);
        let same = |c: &&&FieldChange| c.before.as_ref().is_some_and(|b| b.value == c.after.value);
        match there {
            _ if arrives(changes) => count.added += 1,
            Some(Held::Int(0)) => count.taken_away += 1,
            // Only who wrote it is known better now.
            _ if changes.iter().all(|c| same(&c)) => {}
            _ => count.changed += 1,
        }
    }
    out.retain(|_, n| *n != MergeCount::default());
    out
}

/// The state of a record after these changes.
fn next(
    before: Option<State>,
    changes: &[&FieldChange],
    numbers: &BTreeMap<String, i64>,
) -> Result<State, VaultError> {
    let mut after = before.unwrap_or_default();
    for change in changes {
        let stamp = &change.after.stamp;
        let copy = *numbers.get(&stamp.copy).ok_or(DAMAGED)?;
        let written = Written { value: change.after.value.clone(), copy, seq: stamp.seq };
        after.insert(change.field.clone(), written);
    }
    Ok(after)
}
