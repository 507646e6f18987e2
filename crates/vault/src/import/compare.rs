//! Before and after: two versions of a list, row by row, told apart by the dataset's row key.
//!
//! Keys are folded ([`norm_key`]), so that `ROOT` and `root　` are one account. Rows of the same key are paired, those
//! with equal contents first, the others in their order. A value counts as stored: `109/2/29` and `2020-02-29` are
//! equal, two different texts that could not be read are not.

use super::ImportWriter;
use crate::data::{DataCell, DataRow, select};
use crate::error::VaultError;
use crate::exam_store::ExamStore;
use crate::table::dataset::{has_state, old_table_of, table_of};
use crate::table::import_sheet::{self, StoredSheet};
use fieldbook_model::text::norm_key;
use fieldbook_model::{Column, DatasetDef};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowChange {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// Both have it, with other values.
    Changed,
}

/// A column in which the two versions of a row differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedCell {
    /// Column key.
    pub column: String,
    /// In the older version.
    pub before: DataCell,
    /// In the newer version.
    pub after: DataCell,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedRow {
    /// What became of it.
    pub change: RowChange,
    /// The older version.
    pub before: Option<DataRow>,
    /// The newer version.
    pub after: Option<DataRow>,
    /// The columns that differ, where both versions have the row.
    pub cells: Vec<ChangedCell>,
}

/// Two versions of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Comparison {
    /// Keys of all columns of the dataset, in the order of a row's cells.
    pub columns: Vec<String>,
    /// Rows of the older version.
    pub before: u64,
    /// Rows of the newer version.
    pub after: u64,
    /// Columns that both versions have; only these are compared.
    pub compared: Vec<String>,
    /// Columns that only the newer version has.
    pub new_columns: Vec<String>,
    /// Columns that only the older version has.
    pub gone_columns: Vec<String>,
    /// Columns of the dataset's row key that both versions have: what tells their rows apart.
    pub key: Vec<String>,
    /// Counts row by row; `None` when nothing tells the rows apart, or only one version has a column of the key.
    pub rows: Option<RowCounts>,
    /// A window of the rows that differ, of each kind: the changed, the added, then the removed.
    pub differing: Vec<ChangedRow>,
}

/// How many rows of either version are what. `before` = removed + changed + equal + unkeyed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RowCounts {
    /// Only in the newer version.
    pub added: u64,
    /// Only in the older version.
    pub removed: u64,
    /// In both, with other values.
    pub changed: u64,
    /// In both, with the same values.
    pub equal: u64,
    /// Rows of the older version without a key, which are not compared.
    pub unkeyed_before: u64,
    /// Rows of the newer version without a key, which are not compared.
    pub unkeyed_after: u64,
}

/// How often cancelling is asked for.
const ROWS_BETWEEN: usize = 4096;

impl ExamStore {
    /// Compares an older version of a list with a newer one. A version is one or more stored sheets (their ids) of
    /// the same dataset; superseded ones may be among them. `cancelled` is asked every few thousand rows.
    ///
    /// # Errors
    /// [`VaultError::UnknownSheet`]; [`VaultError::UnknownDataset`] when the sheets are not of one dataset;
    /// [`VaultError::Cancelled`].
    pub fn compare_sheets(
        &self,
        older: &[i64],
        newer: &[i64],
        offset: u64,
        limit: u64,
        cancelled: &mut dyn FnMut() -> bool,
    ) -> Result<Comparison, VaultError> {
        let sheets = |ids: &[i64]| -> Result<Vec<StoredSheet>, VaultError> {
            ids.iter().map(|id| import_sheet::with_rows(&self.conn, *id)).collect()
        };
        let (older, newer) = (sheets(older)?, sheets(newer)?);
        let keys: BTreeSet<_> =
            older.iter().chain(&newer).map(|s| s.record.dataset.as_deref().unwrap_or_default()).collect();
        let [key] = keys.into_iter().collect::<Vec<_>>()[..] else { return Err(VaultError::UnknownDataset) };
        let sides = Sides { conn: &self.conn, def: self.def(key)?, older: &older, newer: &newer };
        sides.compare(offset, limit, cancelled)
    }
}

impl ImportWriter<'_> {
    /// [`ExamStore::compare_sheets`], with sheets of the batch in the making among those compared. To look before
    /// storing: write the file, compare, and drop the writer.
    ///
    /// # Errors
    /// As there.
    pub fn compare_sheets(
        &self,
        older: &[i64],
        newer: &[i64],
        offset: u64,
        limit: u64,
        cancelled: &mut dyn FnMut() -> bool,
    ) -> Result<Comparison, VaultError> {
        self.alive()?;
        self.store.compare_sheets(older, newer, offset, limit, cancelled)
    }
}

/// A row in short: key, contents, place.
type Brief = ([u8; 16], [u8; 16], i64);

struct Sides<'a> {
    conn: &'a Connection,
    def: &'a DatasetDef,
    older: &'a [StoredSheet],
    newer: &'a [StoredSheet],
}

impl Sides<'_> {
    fn compare(
        &self,
        offset: u64,
        limit: u64,
        cancelled: &mut dyn FnMut() -> bool,
    ) -> Result<Comparison, VaultError> {
        let (old, new) = (columns_of(self.older), columns_of(self.newer));
        let pick = |wanted: &dyn Fn(&str) -> bool| -> Vec<String> {
            self.def.columns.iter().map(|c| c.key.clone()).filter(|key| wanted(key)).collect()
        };
        let total = |sheets: &[StoredSheet]| sheets.iter().map(|s| s.record.rows_stored).sum();
        let mut out = Comparison {
            columns: pick(&|_| true),
            before: total(self.older),
            after: total(self.newer),
            compared: pick(&|key| old.contains(key) && new.contains(key)),
            new_columns: pick(&|key| !old.contains(key) && new.contains(key)),
            gone_columns: pick(&|key| old.contains(key) && !new.contains(key)),
            key: Vec::new(),
            rows: None,
            differing: Vec::new(),
        };
        let (both, only_one): (Vec<_>, Vec<_>) = self
            .def
            .row_key
            .iter()
            .filter(|key| old.contains(key.as_str()) || new.contains(key.as_str()))
            .cloned()
            .partition(|key| out.compared.contains(key));
        out.key = both;
        if out.key.is_empty() || !only_one.is_empty() {
            return Ok(out);
        }
        let compared: Vec<&Column> = out.compared.iter().filter_map(|key| self.def.column(key)).collect();
        let mut counts = RowCounts::default();
        let before = self.briefs(self.older, &compared, &mut counts.unkeyed_before, cancelled)?;
        let after = self.briefs(self.newer, &compared, &mut counts.unkeyed_after, cancelled)?;
        let mut pairs = pair(before, after, &mut counts.equal);
        for (before, after) in &pairs {
            match (before, after) {
                (Some(_), Some(_)) => counts.changed += 1,
                (None, _) => counts.added += 1,
                (_, None) => counts.removed += 1,
            }
        }
        out.rows = Some(counts);
        // In the order of the newer list, what left it in the order of the older one.
        pairs.sort_unstable_by_key(|(before, after)| (after.is_none(), *after, *before));
        let kinds: [fn(&Pair) -> bool; 3] = [
            |(before, after)| before.is_some() && after.is_some(),
            |(before, _)| before.is_none(),
            |(_, after)| after.is_none(),
        ];
        let [skip, take] = [offset, limit].map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        for kind in kinds {
            for pair in pairs.iter().filter(|p| kind(p)).skip(skip).take(take) {
                out.differing.push(self.row(*pair, &compared)?);
            }
        }
        Ok(out)
    }

    /// Every row of a version in short; those without a key are only counted.
    fn briefs(
        &self,
        sheets: &[StoredSheet],
        compared: &[&Column],
        unkeyed: &mut u64,
        cancelled: &mut dyn FnMut() -> bool,
    ) -> Result<Vec<Brief>, VaultError> {
        let names: Vec<String> = compared.iter().map(|c| named(c)).collect();
        let at: Vec<usize> = self
            .def
            .row_key
            .iter()
            .filter_map(|key| compared.iter().position(|c| c.key == *key))
            .map(|i| 3 + 2 * i)
            .collect();
        let mut out = Vec::new();
        for sheet in sheets {
            let sql = format!(
                "SELECT _id, _unreadable, _originals, {} FROM \"{}\" WHERE _id >= ?1 AND _id < ?2 AND _sheet_id = ?3
                 ORDER BY _id",
                names.join(", "),
                self.table(sheet)
            );
            let end = sheet.first_id.saturating_add_unsigned(sheet.record.rows_stored);
            let mut some = self.conn.prepare(&sql)?;
            let mut rows = some.query([sheet.first_id, end, sheet.id])?;
            while let Some(row) = rows.next()? {
                if out.len() % ROWS_BETWEEN == 0 && cancelled() {
                    return Err(VaultError::Cancelled);
                }
                match key_of(row, &at)? {
                    Some(key) => out.push((key, contents_of(row, compared)?, row.get(0)?)),
                    None => *unkeyed += 1,
                }
            }
        }
        Ok(out)
    }

    fn table(&self, sheet: &StoredSheet) -> String {
        match sheet.superseded_by {
            None => table_of(&self.def.key),
            Some(_) => old_table_of(&self.def.key),
        }
    }

    fn row(&self, (before, after): Pair, compared: &[&Column]) -> Result<ChangedRow, VaultError> {
        let before = before.map(|id| self.one(self.older, id)).transpose()?;
        let after = after.map(|id| self.one(self.newer, id)).transpose()?;
        let mut cells = Vec::new();
        if let (Some(before), Some(after)) = (&before, &after) {
            for (i, column) in self.def.columns.iter().enumerate() {
                let (old, new) = (&before.cells[i], &after.cells[i]);
                if compared.iter().any(|c| c.key == column.key) && !same(old, new) {
                    let (before, after) = (old.clone(), new.clone());
                    cells.push(ChangedCell { column: column.key.clone(), before, after });
                }
            }
        }
        let change = match (&before, &after) {
            (None, _) => RowChange::Added,
            (_, None) => RowChange::Removed,
            _ => RowChange::Changed,
        };
        Ok(ChangedRow { change, before, after, cells })
    }

    fn one(&self, sheets: &[StoredSheet], id: i64) -> Result<DataRow, VaultError> {
        const GONE: VaultError = VaultError::Damaged { what: "dataset row" };
        let holds = |s: &&StoredSheet| {
            s.first_id <= id && id < s.first_id.saturating_add_unsigned(s.record.rows_stored)
        };
        let sheet = sheets.iter().find(holds).ok_or(GONE)?;
        let rows = select(
            self.conn,
            self.def,
            &self.table(sheet),
            std::slice::from_ref(sheet),
            &format!("WHERE _id = {id}"),
            &[],
        )?;
        rows.into_iter().next().ok_or(GONE)
    }
}

type Pair = (Option<i64>, Option<i64>);

/// Pairs rows of the same key; equal ones are only counted.
fn pair(mut before: Vec<Brief>, mut after: Vec<Brief>, equal: &mut u64) -> Vec<Pair> {
    before.sort_unstable();
    after.sort_unstable();
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < before.len() || j < after.len() {
        let key = match (before.get(i), after.get(j)) {
            (Some(old), Some(new)) => old.0.min(new.0),
            (Some(one), None) | (None, Some(one)) => one.0,
            (None, None) => break,
        };
        let of = |list: &[Brief], from: usize| {
            from + list[from..].iter().take_while(|brief| brief.0 == key).count()
        };
        let (old_end, new_end) = (of(&before, i), of(&after, j));
        pair_group(&before[i..old_end], &after[j..new_end], equal, &mut out);
        (i, j) = (old_end, new_end);
    }
    out
}

/// Rows of one key, both sides sorted by contents.
fn pair_group(before: &[Brief], after: &[Brief], equal: &mut u64, out: &mut Vec<Pair>) {
    let (mut i, mut j) = (0, 0);
    let (mut old, mut new) = (Vec::new(), Vec::new());
    while i < before.len() || j < after.len() {
        match (before.get(i), after.get(j)) {
            (Some(a), Some(b)) if a.1 == b.1 => {
                *equal += 1;
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none_or(|b| a.1 < b.1) => {
                old.push(a.2);
                i += 1;
            }
            (_, Some(b)) => {
                new.push(b.2);
                j += 1;
            }
            _ => break,
        }
    }
    old.sort_unstable();
    new.sort_unstable();
    let longer = old.len().max(new.len());
    out.extend((0..longer).map(|n| (old.get(n).copied(), new.get(n).copied())));
}

fn columns_of(sheets: &[StoredSheet]) -> BTreeSet<&str> {
    let mapped = sheets.iter().flat_map(|s| s.record.mapping.iter().map(|m| m.column.as_str()));
    mapped.chain(sheets.iter().flat_map(|s| s.record.filled.iter().map(|f| f.column.as_str()))).collect()
}

fn named(column: &Column) -> String {
    let key = &column.key;
    if has_state(column) { format!("\"{key}\", \"{key}_state\"") } else { format!("\"{key}\", NULL") }
}

/// The row's key, folded; `None` when nothing of it is there.
fn key_of(row: &Row<'_>, at: &[usize]) -> Result<Option<[u8; 16]>, VaultError> {
    let (mut hash, mut any) = (Sha256::new(), false);
    for i in at {
        let folded = crate::data::text_of(row.get_ref(*i)?).map(|text| norm_key(&text)).unwrap_or_default();
        any |= !folded.is_empty();
        hash.update((folded.len() as u64).to_le_bytes());
        hash.update(folded);
    }
    Ok(any.then(|| first_half(hash)))
}

fn contents_of(row: &Row<'_>, compared: &[&Column]) -> Result<[u8; 16], VaultError> {
    let mut hash = Sha256::new();
    let unreadable: Option<String> = row.get(1)?;
    let lists = |key: &str| unreadable.as_deref().is_some_and(|list| list.split(',').any(|k| k == key));
    for (i, column) in compared.iter().enumerate() {
        let value = row.get_ref(3 + 2 * i)?;
        match value {
            ValueRef::Null => {
                let state: Option<String> = row.get(4 + 2 * i)?;
                let unreadable = state.as_deref() == Some("unreadable") || lists(&column.key);
                hash.update(if unreadable { [2] } else { [u8::from(state.as_deref() == Some("never"))] });
                if unreadable {
                    hash_text(&mut hash, original(row, &column.key)?.unwrap_or_default().as_bytes());
                }
            }
            ValueRef::Integer(n) => {
                hash.update([3]);
                hash.update(n.to_le_bytes());
            }
            ValueRef::Real(x) => {
                hash.update([4]);
                hash.update(x.to_bits().to_le_bytes());
            }
            ValueRef::Text(t) | ValueRef::Blob(t) => {
                hash.update([5]);
                hash_text(&mut hash, t);
            }
        }
    }
    Ok(first_half(hash))
}

fn original(row: &Row<'_>, key: &str) -> Result<Option<String>, VaultError> {
    let json: Option<String> = row.get(2)?;
    let Some(json) = json else { return Ok(None) };
    let all: serde_json::Value =
        serde_json::from_str(&json).map_err(|_| VaultError::Damaged { what: "dataset row" })?;
    Ok(all.get(key).and_then(serde_json::Value::as_str).map(str::to_owned))
}

fn hash_text(hash: &mut Sha256, text: &[u8]) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text);
}

/// Half of the hash is far more than enough to tell rows apart, and a million of them fit into memory.
fn first_half(hash: Sha256) -> [u8; 16] {
    let whole: [u8; 32] = hash.finalize().into();
    let mut half = [0; 16];
    half.copy_from_slice(&whole[..16]);
    half
}

/// Whether two cells hold the same value.
fn same(a: &DataCell, b: &DataCell) -> bool {
    let unreadable = a.unreadable || b.unreadable;
    a.text == b.text
        && (a.never, a.unreadable) == (b.never, b.unreadable)
        && (!unreadable || a.original == b.original)
}
