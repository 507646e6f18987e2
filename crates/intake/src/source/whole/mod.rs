//! Workbooks that can only be read whole, xls and ods, are read by a process of their own. It may run out of memory,
//! hang or fall over without harm: the file is then refused, and nothing else happens.

mod book;
mod frame;
mod ods;
mod serve;
mod table;

use super::merges::Filler;
use super::{Cell, Flow, Merge, RawRow, SheetInfo, SheetScan};
use crate::child::{Process, SENSELESS};
use crate::{Excess, IntakeError, Limits};
use frame::{Answer, Ask, ERRORS, Given, SheetFacts};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

pub use serve::serve_book;
pub(crate) use table::WholeTable;

/// The program that reads workbooks for this one: it calls [`serve_book`] with its standard input and output, after it
/// has limited its own memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookReader {
    /// The program.
    pub program: PathBuf,
    /// Its arguments. Nothing of a file is added to them.
    pub args: Vec<String>,
}

/// Kinds of workbooks that can only be read whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum BookKind {
    Xls,
    Ods,
}

impl BookKind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Xls => "xls",
            Self::Ods => "ods",
        }
    }
}

/// A workbook that another process has open.
pub(crate) struct WholeBook {
    process: Process<Answer>,
    infos: Vec<SheetInfo>,
    is_1904: bool,
    knows_hidden: bool,
}

impl WholeBook {
    pub(crate) fn open(
        reader: &BookReader,
        path: &Path,
        sha256: &str,
        kind: BookKind,
        limits: &Limits,
        cancel: Option<&AtomicBool>,
    ) -> Result<Self, IntakeError> {
        let mut process = Process::start(reader, limits)?;
        let ask = Ask::Book { path: path.as_os_str().to_owned(), sha256: sha256.to_owned(), kind };
        match process.ask(&ask, cancel)? {
            Answer::Book(facts) => Ok(Self {
                infos: facts.infos(),
                is_1904: facts.is_1904,
                knows_hidden: facts.knows_hidden,
                process,
            }),
            _ => Err(SENSELESS),
        }
    }

    pub(crate) fn sheets(&self) -> &[SheetInfo] {
        &self.infos
    }

    pub(crate) fn is_1904(&self) -> bool {
        self.is_1904
    }

    pub(crate) fn knows_hidden(&self) -> bool {
        self.knows_hidden
    }

    /// Begins with a sheet: its hidden rows and columns and merged ranges.
    pub(crate) fn scan(&mut self, sheet: &str) -> Result<SheetScan, IntakeError> {
        let place = self.infos.iter().position(|s| s.name == sheet).ok_or(IntakeError::NoSuchSheet)?;
        let place = u32::try_from(place).map_err(|_| IntakeError::NoSuchSheet)?;
        match self.process.ask(&Ask::Sheet(place), None)? {
            Answer::Sheet(facts) => scan_of(facts),
            _ => Err(SENSELESS),
        }
    }

    pub(crate) fn stream(
        &mut self,
        sheet: &str,
        scan: &SheetScan,
        limits: &Limits,
        visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
    ) -> Result<(), IntakeError> {
        self.scan(sheet)?;
        let mut filler = Filler::new(&scan.merges);
        let mut filled = Vec::new();
        loop {
            let rows = match self.process.ask(&Ask::More, None)? {
                Answer::Rows(rows) if rows.is_empty() => return Ok(()),
                Answer::Rows(rows) => rows,
                _ => return Err(SENSELESS),
            };
            for (number, given) in rows {
                if given.len() as u64 > u64::from(limits.max_columns) {
                    let limit = u64::from(limits.max_columns);
                    return Err(IntakeError::TooLarge { what: Excess::Columns, limit });
                }
                let mut cells: Vec<(u32, Cell<'_>)> =
                    given.into_iter().map(|(column, value)| (column, cell(value))).collect();
                filler.fill(number, &mut cells, &mut filled);
                let row = RawRow { number, hidden: scan.is_hidden(number), cells: &cells, filled: &filled };
                if visit(&row)? == Flow::Stop {
                    return Ok(());
                }
            }
        }
    }
}

fn scan_of(facts: SheetFacts) -> Result<SheetScan, IntakeError> {
    let mut scan = SheetScan::default();
    scan.last_row = facts.last_row;
    for (first, last) in facts.hidden_rows {
        scan.hide_rows(first, last);
    }
    for (first, last) in facts.hidden_columns {
        scan.hide_columns(first, last)?;
    }
    let merge = |[first_row, last_row, first_column, last_column]: [u32; 4]| Merge {
        first_row,
        last_row,
        first_column,
        last_column,
    };
    scan.merges = facts.merges.into_iter().map(merge).collect();
    scan.settle();
    Ok(scan)
}

fn cell(value: Given) -> Cell<'static> {
    match value {
        Given::Text(text) => Cell::Text(Cow::Owned(text)),
        Given::Number(x) => Cell::Number(x),
        Given::Bool(b) => Cell::Bool(b),
        Given::Serial(x) => Cell::Serial(x),
        Given::Span(x) => Cell::Span(x),
        Given::Error(place) => Cell::Error(ERRORS.get(usize::from(place)).copied().unwrap_or("#N/A")),
    }
}
