//! What a screen asks of a dataset, as SQL. Column names come from the dataset's definition, everything that a person
//! typed is a parameter.

use crate::error::VaultError;
use crate::table::dataset::has_state;
use crate::table::import_sheet::StoredSheet;
use fieldbook_model::{Column, ColumnType, DatasetDef};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, Result};
use std::collections::BTreeMap;

/// Direction of a sort. Cells without a value come last in either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SortOrder {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// What a cell must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CellTest {
    /// The stored text or the original contains it (ASCII letters in either case).
    Contains(String),
    /// The stored text is exactly this.
    Equals(String),
    /// Nothing was written.
    Missing,
    /// The firm wrote that it never happened.
    Never,
    /// Something was written that could not be read.
    Unreadable,
    /// From one value to another, both included. Dates may be cut short (`2020-12` is all of December); numbers are
    /// compared as numbers, other texts by their code points.
    Between {
        /// Lowest.
        from: Option<String>,
        /// Highest.
        to: Option<String>,
    },
}

/// One condition; rows must meet all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DataFilter {
    /// On a column's cell.
    Cell {
        /// Column key.
        column: String,
        /// What it must be.
        test: CellTest,
    },
    /// Rows that were hidden in their workbook.
    Hidden,
    /// Rows of this file (its id).
    File(i64),
    /// Rows of this sheet (its id).
    Sheet(i64),
}

/// Which rows of a dataset, in which order, and which window of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DataQuery {
    /// First row of the window.
    pub offset: u64,
    /// Rows of the window at most.
    pub limit: u64,
    /// Column keys, the most important first. Rows that are alike stay in the order of import.
    pub sort: Vec<(String, SortOrder)>,
    /// Conditions.
    pub filters: Vec<DataFilter>,
    /// Only rows of which a cell contains this, as [`CellTest::Contains`].
    pub find: Option<String>,
}

/// A condition in SQL with its parameters, which it numbers from `?1`.
#[derive(Debug, Default)]
pub(super) struct Condition {
    parts: Vec<String>,
    pub(super) params: Vec<Sql>,
}

impl Condition {
    /// What the query's filters say. Those of file and sheet have narrowed `sheets` down already.
    pub(super) fn of(def: &DatasetDef, query: &DataQuery) -> Result<Self, VaultError> {
        let mut out = Self::default();
        for filter in &query.filters {
            match filter {
                DataFilter::Cell { column, test } => out.cell(column_of(def, column)?, test)?,
                DataFilter::Hidden => out.parts.push("_hidden".to_owned()),
                DataFilter::File(_) | DataFilter::Sheet(_) => {}
            }
        }
        if let Some(text) = wanted(query) {
            out.any_cell(def, text);
        }
        Ok(out)
    }

    /// Rows of these sheets only; `all` when they are all that the dataset has.
    pub(super) fn of_sheets(&mut self, sheets: &[StoredSheet], all: bool) {
        if !all {
            let ids: Vec<String> = sheets.iter().map(|s| s.id.to_string()).collect();
            self.parts.push(format!("_sheet_id IN ({})", ids.join(", ")));
        }
    }

    /// One more condition, without parameters.
    pub(super) fn and(&mut self, part: String) {
        self.parts.push(part);
    }

    /// Some cell contains the text.
    pub(super) fn any_cell(&mut self, def: &DatasetDef, text: &str) {
        let like = self.param(Sql::Text(pattern(text)));
        let mut any: Vec<String> =
            def.columns.iter().map(|c| format!("\"{}\" LIKE {like} ESCAPE '\\'", c.key)).collect();
        any.push(self.in_originals(text, None));
        self.parts.push(format!("({})", any.join(" OR ")));
    }

    /// `WHERE …`, or nothing.
    pub(super) fn sql(&self) -> String {
        if self.parts.is_empty() { String::new() } else { format!("WHERE {}", self.parts.join(" AND ")) }
    }

    fn cell(&mut self, column: &Column, test: &CellTest) -> Result<(), VaultError> {
        let key = format!("\"{}\"", column.key);
        let part = match test {
            CellTest::Contains(text) => {
                let like = self.param(Sql::Text(pattern(text)));
                let original = self.in_originals(text, Some(&column.key));
                format!("({key} LIKE {like} ESCAPE '\\' OR {original})")
            }
            CellTest::Equals(text) => {
                let value = self.param(Sql::Text(text.clone()));
                format!("{key} = {value}")
            }
            CellTest::Missing => missing(column),
            CellTest::Never => never(column),
            CellTest::Unreadable => unreadable(column),
            CellTest::Between { from, to } => {
                if let Some(from) = from {
                    let value = self.bound(column, from)?;
                    self.parts.push(format!("{key} >= {value}"));
                }
                if let Some(to) = to {
                    let value = self.bound(column, to)?;
                    let cut =
                        if has_state(column) { format!("substr({key}, 1, length({value}))") } else { key };
                    self.parts.push(format!("{cut} <= {value}"));
                }
                return Ok(());
            }
        };
        self.parts.push(part);
        Ok(())
    }

    fn param(&mut self, value: Sql) -> String {
        self.params.push(value);
        format!("?{}", self.params.len())
    }

    fn bound(&mut self, column: &Column, text: &str) -> Result<String, VaultError> {
        let value = if is_number(column) {
            let number = text.trim().parse::<f64>().ok().filter(|x| x.is_finite());
            Sql::Real(number.ok_or_else(|| VaultError::BadFilter { column: column.key.clone() })?)
        } else {
            Sql::Text(text.to_owned())
        };
        Ok(self.param(value))
    }

    /// The JSON is looked through as it stands before it is taken apart, which few rows then need.
    fn in_originals(&mut self, text: &str, column: Option<&str>) -> String {
        let quoted = serde_json::Value::from(text).to_string();
        let inner = quoted.strip_prefix('"').and_then(|t| t.strip_suffix('"')).unwrap_or(text);
        let (like, text) = (self.param(Sql::Text(pattern(inner))), self.param(Sql::Text(text.to_owned())));
        let column = column.map_or("NULL".to_owned(), |key| format!("'{key}'"));
        format!("(_originals LIKE {like} ESCAPE '\\' AND original_has(_originals, {text}, {column}))")
    }
}

/// The text to find, if there is one.
pub(super) fn wanted(query: &DataQuery) -> Option<&str> {
    query.find.as_deref().filter(|text| !text.is_empty())
}

/// `ORDER BY …`: always down to the row itself.
pub(super) fn order(def: &DatasetDef, query: &DataQuery) -> Result<String, VaultError> {
    let mut terms = Vec::new();
    for (key, order) in &query.sort {
        let direction = if *order == SortOrder::Ascending { "ASC" } else { "DESC" };
        terms.push(format!("\"{}\" {direction} NULLS LAST", column_of(def, key)?.key));
    }
    terms.push("_id".to_owned());
    Ok(format!("ORDER BY {}", terms.join(", ")))
}

pub(super) fn column_of<'d>(def: &'d DatasetDef, key: &str) -> Result<&'d Column, VaultError> {
    def.column(key).ok_or_else(|| VaultError::UnknownColumn { column: key.to_owned() })
}

pub(super) fn is_number(column: &Column) -> bool {
    matches!(column.ty, ColumnType::Int | ColumnType::Num | ColumnType::Duration | ColumnType::Bool)
}

/// Nothing was written.
pub(super) fn missing(column: &Column) -> String {
    let key = &column.key;
    if has_state(column) {
        format!("(\"{key}\" IS NULL AND coalesce(\"{key}_state\", 'missing') = 'missing')")
    } else {
        format!("(\"{key}\" IS NULL AND NOT {})", unreadable(column))
    }
}

/// It never happened.
pub(super) fn never(column: &Column) -> String {
    if has_state(column) {
        format!("coalesce(\"{}_state\", '') = 'never'", column.key)
    } else {
        "0".to_owned()
    }
}

/// It could not be read.
pub(super) fn unreadable(column: &Column) -> String {
    let key = &column.key;
    if has_state(column) {
        format!("coalesce(\"{key}_state\", '') = 'unreadable'")
    } else {
        format!("instr(',' || coalesce(_unreadable, '') || ',', ',{key},') > 0")
    }
}

/// A text to be contained, for `LIKE … ESCAPE '\'`.
fn pattern(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}

/// Registers `original_has(originals, text, column)`: whether the original text of the column, or of any where it is
/// NULL, contains the text, ASCII letters in either case.
pub(super) fn register(conn: &Connection) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    conn.create_scalar_function("original_has", 3, flags, |c: &Context<'_>| {
        let (Ok(json), Ok(text)) = (c.get_raw(0).as_str(), c.get_raw(1).as_str()) else { return Ok(false) };
        let Ok(all) = serde_json::from_str::<BTreeMap<&str, String>>(json) else { return Ok(false) };
        let column = c.get_raw(2).as_str().ok();
        let text = text.to_ascii_lowercase();
        let holds = |original: &String| original.to_ascii_lowercase().contains(&text);
        Ok(all.iter().any(|(key, original)| column.is_none_or(|c| c == *key) && holds(original)))
    })
}
