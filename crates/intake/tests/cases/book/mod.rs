//! Workbooks made from what a case says that is in them, in every kind that is read.

mod compound;
mod ods;
mod xls;
mod xlsb;
mod xlsx;

use serde::Deserialize;

/// A workbook.
pub struct Book<'b> {
    pub sheets: &'b [Sheet],
    pub since_1904: bool,
    pub locked: bool,
    pub macros: bool,
}

/// A sheet of a workbook.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    pub name: String,
    #[serde(default)]
    pub hidden: bool,
    /// Cells, row by row; an empty row has none.
    pub rows: Vec<Vec<toml::Value>>,
    /// The last row is repeated up to the row of this number.
    pub up_to: Option<u32>,
    /// Rows that are hidden, numbered from 1.
    #[serde(default)]
    pub hidden_rows: Vec<u32>,
    /// Columns that are hidden, by their letters.
    #[serde(default)]
    pub hidden_columns: Vec<char>,
    /// Merged ranges (`A2:A5`), whose value stands in the first cell.
    #[serde(default)]
    pub merged: Vec<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(f64),
    Bool(bool),
    /// Days since the workbook's epoch, with the number format that makes them a date; perhaps the result of a formula.
    Date {
        days: f64,
        format: String,
        reckoned: bool,
    },
    /// An error value.
    Error(String),
}

/// A merged range, counted from 0: first and last row, first and last column.
pub type Merge = (u32, u32, u16, u16);

impl Cell {
    fn of(value: &toml::Value) -> Self {
        use toml::Value;
        match value {
            Value::String(text) if text.is_empty() => Self::Empty,
            Value::String(text) => Self::Text(text.clone()),
            Value::Integer(n) => Self::Number(*n as f64),
            Value::Float(x) => Self::Number(*x),
            Value::Boolean(b) => Self::Bool(*b),
            Value::Table(table) => {
                let number = |key: &str| match table.get(key) {
                    Some(Value::Integer(n)) => Some(*n as f64),
                    other => other.and_then(Value::as_float),
                };
                let text = |key: &str| table.get(key).and_then(Value::as_str).map(str::to_owned);
                if let Some(error) = text("error") {
                    return Self::Error(error);
                }
                let format = text("format").unwrap_or_else(|| "yyyy/mm/dd".to_owned());
                match (number("date"), number("formula")) {
                    (Some(days), _) => Self::Date { days, format, reckoned: false },
                    (None, Some(days)) => Self::Date { days, format, reckoned: true },
                    (None, None) => panic!("a date, a formula or an error: {table:?}"),
                }
            }
            other => panic!("no cell: {other:?}"),
        }
    }
}

impl Sheet {
    /// Rows with their index, counted from 0.
    pub fn cells(&self) -> Vec<(u32, Vec<Cell>)> {
        let mut rows: Vec<(u32, Vec<Cell>)> =
            (0..).zip(&self.rows).map(|(at, row)| (at, row.iter().map(Cell::of).collect())).collect();
        if let (Some(last), Some((_, row))) = (self.up_to, rows.last().cloned()) {
            let next = u32::try_from(rows.len()).expect("few");
            rows.extend((next..last).map(|at| (at, row.clone())));
        }
        rows.retain(|(_, row)| row.iter().any(|c| *c != Cell::Empty));
        rows
    }

    pub fn is_hidden_row(&self, index: u32) -> bool {
        self.hidden_rows.contains(&(index + 1))
    }

    /// Hidden columns, counted from 0.
    pub fn hidden_columns(&self) -> Vec<u16> {
        self.hidden_columns.iter().map(|letter| *letter as u16 - u16::from(b'A')).collect()
    }

    pub fn merges(&self) -> Vec<Merge> {
        let place = |text: &str| {
            let letter = text.bytes().next().expect("a column");
            let row: u32 = text.get(1..).and_then(|n| n.parse().ok()).expect("a row");
            (row - 1, u16::from(letter - b'A'))
        };
        let range = |text: &String| {
            let (first, last) = text.split_once(':').expect("a range");
            let ((top, left), (bottom, right)) = (place(first), place(last));
            (top, bottom, left, right)
        };
        self.merged.iter().map(range).collect()
    }
}

impl Book<'_> {
    /// The workbook as a file of this kind.
    pub fn bytes(&self, kind: &str) -> Vec<u8> {
        match kind {
            "xlsx" | "xlsm" if self.locked => {
                // What a password leaves of the container: two streams of a compound file, one of them scrambled.
                compound::file(&[("EncryptedPackage", &[0x5A; 5_000]), ("EncryptionInfo", &[4; 5_000])])
            }
            "xlsx" | "xlsm" => xlsx::bytes(self),
            "xlsb" => xlsb::bytes(self),
            "xls" => xls::bytes(self),
            "ods" => ods::bytes(self),
            other => panic!("no workbook of kind {other}"),
        }
    }
}

/// A text for XML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
