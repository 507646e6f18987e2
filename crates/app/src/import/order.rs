//! What the examiner asked for: which tables of which files, as which dataset, with which mapping.

use crate::error::AppError;
use crate::view;
use crate::wire::{FileChoice, FilledView, ImportRequest, MappedColumnView, SheetChoice};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{ForcedColumn, IntakeError, Locator, SheetProfile, reading_of};
use fieldbook_model::{DatasetDef, FilledFrom, ListOrigin, ReadSheet, Reading};

/// Files to import together.
#[derive(Debug, Clone, Default)]
pub struct ImportJob {
    /// Files.
    pub files: Vec<ImportOrder>,
    /// Who handed them over; may be empty.
    pub received_from: String,
    /// Mappings from elsewhere, for tables of which nothing else is said.
    pub profiles: Vec<SheetProfile>,
    /// Look only; store nothing.
    pub preview: bool,
}

/// One file to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOrder {
    /// Path.
    pub path: String,
    /// The bytes of a file that the program itself made; then the path is its name.
    pub content: Option<Vec<u8>>,
    /// Encoding for CSV.
    pub encoding: Option<String>,
    /// What is said of every sheet, or of the one that is named.
    pub every: SheetOrder,
    /// Only this sheet.
    pub only: Option<String>,
    /// What is said table by table; when there is any, only these are read.
    pub tables: Vec<TableOrder>,
}

/// What is said of one table.
#[derive(Debug, Clone, Default)]
pub struct TableOrder {
    /// Sheet.
    pub sheet: String,
    /// Header row, as a spreadsheet shows it; 0 for the first.
    pub header_row: u32,
    /// What is said.
    pub order: SheetOrder,
}

/// What is said of a table.
#[derive(Debug, Clone, Default)]
pub struct SheetOrder {
    /// Dataset; recognised when left out.
    pub dataset: Option<String>,
    /// Mapping.
    pub forced: Vec<ForcedColumn>,
    /// Which list.
    pub origin: Option<ListOrigin>,
    /// Rows that the firm says there are.
    pub declared_rows: Option<u64>,
    /// Id of the stored list that this one takes the place of.
    pub replaces: Option<i64>,
}

impl ImportJob {
    /// Reads the window's request.
    ///
    /// # Errors
    /// `unknown_dataset`, `bad_mapping`.
    pub fn from_request(bundle: &Bundle, request: &ImportRequest) -> Result<Self, AppError> {
        let files = request.files.iter().map(|file| ImportOrder::from_choice(bundle, file));
        Ok(Self {
            files: files.collect::<Result<_, _>>()?,
            received_from: request.received_from.trim().to_owned(),
            ..Self::default()
        })
    }
}

impl ImportOrder {
    pub(super) fn from_choice(bundle: &Bundle, choice: &FileChoice) -> Result<Self, AppError> {
        let table = |c: &SheetChoice| -> Result<TableOrder, AppError> {
            let order = SheetOrder::from_choice(bundle, c)?;
            Ok(TableOrder { sheet: c.sheet.clone(), header_row: c.header_row, order })
        };
        Ok(Self {
            path: choice.path.clone(),
            encoding: choice.encoding.clone(),
            tables: choice.sheets.iter().map(table).collect::<Result<_, _>>()?,
            ..Self::default()
        })
    }

    /// What is said of the tables of a sheet, each with its header row (0: whichever there are); empty when the sheet
    /// is not to be read.
    pub(super) fn of_sheet(&self, name: &str) -> Vec<(u32, &SheetOrder)> {
        if self.tables.is_empty() {
            let wanted = self.only.as_deref().is_none_or(|only| only == name);
            return if wanted { vec![(0, &self.every)] } else { Vec::new() };
        }
        self.tables.iter().filter(|t| t.sheet == name).map(|t| (t.header_row, &t.order)).collect()
    }

    /// Sheets named by the order, which must exist.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.tables.iter().map(|t| t.sheet.as_str()).chain(self.only.as_deref())
    }
}

impl SheetOrder {
    fn from_choice(bundle: &Bundle, choice: &SheetChoice) -> Result<Self, AppError> {
        let def = bundle
            .dataset(&choice.dataset)
            .ok_or_else(|| AppError::new("unknown_dataset").with("field", &choice.dataset))?;
        let mut taken: Vec<&str> = Vec::new();
        let mut forced = Vec::with_capacity(choice.columns.len());
        for column in &choice.columns {
            once(def, column.column.as_deref(), &mut taken)?;
            forced.push(column_order(column)?);
        }
        if !forced.is_empty() {
            for filled in &choice.filled {
                once(
                    def,
                    Some(&filled.column).filter(|_| !filled.text.is_empty()).map(String::as_str),
                    &mut taken,
                )?;
                forced.push(filled_order(filled)?);
            }
        }
        let origin = match choice.origin.as_deref() {
            None | Some("") => None,
            Some(text) => Some(ListOrigin::parse(text).ok_or_else(|| bad(text))?),
        };
        Ok(Self {
            dataset: Some(def.key.clone()),
            forced,
            origin,
            declared_rows: choice.declared_rows.map(u64::from),
            replaces: choice.replaces.map(view::id),
        })
    }

    /// A table as a run read it. Every column of the sheet, at these indexes, is ordered, so that nothing is recognised
    /// anew.
    pub(crate) fn as_read(sheet: &ReadSheet, indexes: &[u32]) -> Self {
        let mapping = &sheet.mapping;
        let used = |index: u32| mapping.iter().any(|m| m.index == index || m.time_index == Some(index));
        let mapped = mapping
            .iter()
            .map(|m| at_index(m.index, m.time_index, Some(m.column.clone()), m.reading.clone()));
        let rest = indexes
            .iter()
            .filter(|index| !used(**index))
            .map(|index| at_index(*index, None, None, Reading::Plain));
        let filled = sheet.filled.iter().map(|f| ForcedColumn {
            at: Locator::filled(f.from, &f.text),
            column: Some(f.column.clone()),
            reading: None,
        });
        Self {
            dataset: Some(sheet.dataset.clone()),
            forced: mapped.chain(rest).chain(filled).collect(),
            origin: sheet.origin,
            declared_rows: sheet.declared_rows,
            replaces: None,
        }
    }
}

fn bad(what: &str) -> AppError {
    AppError::new("bad_mapping").with("what", what)
}

/// Each of our columns takes one of theirs at most.
fn once<'c>(def: &DatasetDef, key: Option<&'c str>, taken: &mut Vec<&'c str>) -> Result<(), AppError> {
    let Some(key) = key else { return Ok(()) };
    let ours = def.column(key).ok_or_else(|| bad(key))?;
    if taken.contains(&key) {
        return Err(bad(&ours.zh));
    }
    taken.push(key);
    Ok(())
}

fn column_order(column: &MappedColumnView) -> Result<ForcedColumn, AppError> {
    let reading = reading_of(&column.reading).ok_or_else(|| bad(&column.reading))?;
    Ok(at_index(column.index, column.time_index, column.column.clone(), reading))
}

/// Their column at an index, its time of day at another.
fn at_index(index: u32, time: Option<u32>, column: Option<String>, reading: Reading) -> ForcedColumn {
    ForcedColumn {
        at: Locator::Index(index).with_time(time.map(Locator::Index)),
        column,
        reading: Some(reading).filter(|r| !matches!(r, Reading::Plain | Reading::Ambiguous)),
    }
}

fn filled_order(filled: &FilledView) -> Result<ForcedColumn, AppError> {
    let at = match FilledFrom::parse(&filled.from) {
        _ if filled.text.is_empty() => Locator::Nowhere,
        Some(from) => Locator::filled(from, &filled.text),
        None => return Err(bad(&filled.from)),
    };
    Ok(ForcedColumn { at, column: Some(filled.column.clone()), reading: None })
}

/// Reads a mapping file (`[columns]`, `[readings]`, `[times]`, `[filled]`, alone or below a `[[sheet]]`).
///
/// # Errors
/// `bad_mapping_file` with the line.
pub fn profiles_from_text(text: &str) -> Result<Vec<SheetProfile>, AppError> {
    fieldbook_intake::profile_from_text(text).map_err(|e| match e {
        IntakeError::BadProfile { line: Some(line) } => AppError::new("bad_mapping_file").with("line", line),
        _ => AppError::new("bad_mapping_file").with("line", "–"),
    })
}
