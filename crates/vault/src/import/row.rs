//! Rows into the dataset's table: where each value goes, and how it is written. Whoever reads puts rows down as they
//! will be stored; the writer only binds. The space is used again, so that nothing is allocated for a row.

use crate::error::VaultError;
use crate::import::SheetHead;
use crate::table::dataset;
use fieldbook_model::dataset::{push_date, push_datetime};
use fieldbook_model::{DatasetDef, TypedRow, Value};
use rusqlite::Statement;
use rusqlite::types::Null;
use std::ops::Range;
use std::sync::Arc;

/// Where a column's value goes.
#[derive(Debug)]
struct Target {
    key: String,
    /// The key as JSON writes it before a value.
    label: String,
    /// A column of its own says why there is no value.
    has_state: bool,
}

/// How the rows of a sheet are put down: its columns, the mapped ones and then the filled ones.
#[derive(Debug, Clone)]
pub struct RowShape(Arc<[Target]>);

/// Rows put down as they will be stored.
#[derive(Debug, Default)]
pub struct Rows {
    heads: Vec<Head>,
    /// What is bound, the cells of one row after those of another.
    cells: Vec<Bound>,
    /// The texts of `cells`.
    text: String,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    row: u32,
    hidden: bool,
}

/// A value as SQLite takes it.
#[derive(Debug, Clone)]
enum Bound {
    Nothing,
    Int(i64),
    Num(f64),
    Text(Range<usize>),
    Word(&'static str),
}

/// Columns in front of the mapped ones.
const FIXED: [&str; 6] = ["_id", "_sheet_id", "_row", "_hidden", "_unreadable", "_originals"];
/// Those of them that are the writer's or the row's head; the others are cells.
const HEAD: usize = 4;

impl Rows {
    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// Bytes that their texts take.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        self.text.len()
    }

    /// Forgets them and keeps the space.
    pub fn clear(&mut self) {
        self.heads.clear();
        self.cells.clear();
        self.text.clear();
    }
}

/// The insert for a sheet, and the shape of its rows.
pub(super) fn insert_of(def: &DatasetDef, head: &SheetHead) -> Result<(String, RowShape), VaultError> {
    let mut names: Vec<String> = FIXED.iter().map(|name| (*name).to_owned()).collect();
    let mut targets: Vec<Target> = Vec::new();
    let keys = head.mapping.iter().map(|m| &m.column).chain(head.filled.iter().map(|f| &f.column));
    for key in keys {
        let column = def.column(key).ok_or_else(|| VaultError::UnknownColumn { column: key.clone() })?;
        if targets.iter().any(|t| t.key == *key) {
            return Err(VaultError::ColumnMappedTwice { column: key.clone() });
        }
        names.push(format!("\"{}\"", column.key));
        let has_state = dataset::has_state(column);
        if has_state {
            names.push(format!("\"{}_state\"", column.key));
        }
        targets.push(Target { key: key.clone(), label: format!("\"{key}\":"), has_state });
    }
    let marks = vec!["?"; names.len()].join(", ");
    let table = dataset::table_of(&def.key);
    let sql = format!("INSERT INTO \"{table}\" ({}) VALUES ({marks})", names.join(", "));
    Ok((sql, RowShape(targets.into())))
}

impl RowShape {
    /// Puts down a row behind those that are there.
    ///
    /// # Errors
    /// [`VaultError::RowShape`] when it does not fit the sheet's columns: it is not put down then.
    pub fn put(&self, row: &TypedRow, rows: &mut Rows) -> Result<(), VaultError> {
        let fits = row.originals.iter().all(|(at, _)| usize::from(*at) < self.0.len());
        if row.values.len() != self.0.len() || !fits {
            return Err(VaultError::RowShape);
        }
        let Rows { heads, cells, text } = rows;
        cells.push(self.unreadable(row, text));
        cells.push(self.originals(row, text)?);
        for (value, to) in row.values.iter().zip(&*self.0) {
            let start = text.len();
            let mut state = Bound::Nothing;
            cells.push(match value {
                Value::Text(t) => {
                    text.push_str(t);
                    Bound::Text(start..text.len())
                }
                Value::Bool(b) => Bound::Int(i64::from(*b)),
                Value::Int(n) => Bound::Int(*n),
                Value::Num(x) => Bound::Num(*x),
                Value::Date(d) => {
                    push_date(text, *d);
                    Bound::Text(start..text.len())
                }
                Value::DateTime(t, digits) => {
                    push_datetime(text, *t, *digits);
                    Bound::Text(start..text.len())
                }
                Value::Missing | Value::Never | Value::Unreadable => {
                    state = Bound::Word(match value {
                        Value::Never => "never",
                        Value::Unreadable => "unreadable",
                        _ => "missing",
                    });
                    Bound::Nothing
                }
            });
            if to.has_state {
                cells.push(state);
            }
        }
        heads.push(Head { row: row.row, hidden: row.hidden });
        Ok(())
    }

    /// Cells of a row.
    fn width(&self) -> usize {
        FIXED.len() - HEAD + self.0.iter().map(|to| 1 + usize::from(to.has_state)).sum::<usize>()
    }

    /// Keys of the columns that could not be read and have no column to say so.
    fn unreadable(&self, row: &TypedRow, text: &mut String) -> Bound {
        let start = text.len();
        for (value, to) in row.values.iter().zip(&*self.0) {
            if matches!(value, Value::Unreadable) && !to.has_state {
                text.push_str(if text.len() == start { "" } else { "," });
                text.push_str(&to.key);
            }
        }
        if text.len() == start { Bound::Nothing } else { Bound::Text(start..text.len()) }
    }

    /// Original texts as a JSON object by column; nothing when all are as stored.
    fn originals(&self, row: &TypedRow, text: &mut String) -> Result<Bound, VaultError> {
        if row.originals.is_empty() {
            return Ok(Bound::Nothing);
        }
        let start = text.len();
        for (index, original) in &row.originals {
            text.push(if text.len() == start { '{' } else { ',' });
            text.push_str(self.0.get(usize::from(*index)).map_or("", |to| &to.label));
            if original.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
                let quoted = serde_json::to_string(original.as_str()).map_err(|_| VaultError::RowShape)?;
                text.push_str(&quoted);
            } else {
                text.push('"');
                text.push_str(original);
                text.push('"');
            }
        }
        text.push('}');
        Ok(Bound::Text(start..text.len()))
    }
}

/// Stores rows under ids that follow one another, which SQLite would else give out again after rows were set aside.
pub(super) fn insert(
    insert: &mut Statement<'_>,
    first_id: i64,
    sheet_id: i64,
    shape: &RowShape,
    rows: &Rows,
) -> Result<(), VaultError> {
    let width = shape.width();
    if rows.cells.len() != rows.heads.len() * width {
        return Err(VaultError::RowShape);
    }
    // What is bound stays bound from row to row, and most states are nothing all the time.
    let mut filled = vec![true; width];
    insert.raw_bind_parameter(2, sheet_id)?;
    for ((id, head), cells) in (first_id..).zip(&rows.heads).zip(rows.cells.chunks_exact(width)) {
        insert.raw_bind_parameter(1, id)?;
        insert.raw_bind_parameter(3, head.row)?;
        insert.raw_bind_parameter(4, head.hidden)?;
        for ((at, cell), filled) in (HEAD + 1..).zip(cells).zip(&mut filled) {
            let had = std::mem::replace(filled, !matches!(cell, Bound::Nothing));
            match cell {
                Bound::Nothing if !had => {}
                Bound::Nothing => insert.raw_bind_parameter(at, Null)?,
                Bound::Int(n) => insert.raw_bind_parameter(at, n)?,
                Bound::Num(x) => insert.raw_bind_parameter(at, x)?,
                Bound::Text(range) => insert.raw_bind_parameter(at, rows.text.get(range.clone()))?,
                Bound::Word(word) => insert.raw_bind_parameter(at, word)?,
            }
        }
        insert.raw_execute()?;
    }
    Ok(())
}
