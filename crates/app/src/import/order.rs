//! What the examiner asked for: which sheets, as which dataset, with which mapping.

use super::views::reading_of;
use crate::error::AppError;
use crate::wire::{ImportRequest, SheetChoice};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{ForcedColumn, Locator};
use fieldbook_model::{ListOrigin, Reading};

/// One file to import.
#[derive(Debug, Clone, Default)]
pub struct ImportOrder {
    /// Path.
    pub path: String,
    /// Encoding for CSV.
    pub encoding: Option<String>,
    /// Look only; store nothing.
    pub preview: bool,
    /// What is said of every sheet, or of the one that is named.
    pub every: SheetOrder,
    /// Only this sheet.
    pub only: Option<String>,
    /// What is said sheet by sheet; when there is any, only these are read.
    pub sheets: Vec<(String, SheetOrder)>,
}

/// What is said of a sheet.
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
}

impl ImportOrder {
    /// Reads the window's request.
    ///
    /// # Errors
    /// `unknown_dataset`, `bad_mapping`.
    pub fn from_request(bundle: &Bundle, request: &ImportRequest) -> Result<Self, AppError> {
        let sheets =
            request.sheets.iter().map(|c| Ok((c.sheet.clone(), SheetOrder::from_choice(bundle, c)?)));
        Ok(Self {
            path: request.path.clone(),
            encoding: request.encoding.clone(),
            sheets: sheets.collect::<Result<_, AppError>>()?,
            ..Self::default()
        })
    }

    /// What is said of the sheet of this name; `None` when it is not to be read.
    pub(super) fn sheet(&self, name: &str) -> Option<SheetOrder> {
        if self.sheets.is_empty() {
            return self.only.as_deref().is_none_or(|only| only == name).then(|| self.every.clone());
        }
        self.sheets.iter().find(|(sheet, _)| sheet == name).map(|(_, order)| order.clone())
    }

    /// Sheets named by the order, which must exist.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.sheets.iter().map(|(name, _)| name.as_str()).chain(self.only.as_deref())
    }
}

impl SheetOrder {
    fn from_choice(bundle: &Bundle, choice: &SheetChoice) -> Result<Self, AppError> {
        let def = bundle
            .dataset(&choice.dataset)
            .ok_or_else(|| AppError::new("unknown_dataset").with("field", &choice.dataset))?;
        let mut forced = Vec::with_capacity(choice.columns.len());
        let mut taken: Vec<&str> = Vec::new();
        for column in &choice.columns {
            if let Some(key) = column.column.as_deref() {
                let ours = def.column(key).ok_or_else(|| AppError::new("bad_mapping").with("what", key))?;
                if taken.contains(&key) {
                    return Err(AppError::new("bad_mapping").with("what", &ours.zh));
                }
                taken.push(key);
            }
            let reading = reading_of(&column.reading)
                .ok_or_else(|| AppError::new("bad_mapping").with("what", &column.reading))?;
            forced.push(ForcedColumn {
                at: Locator::Index(column.index),
                column: column.column.clone(),
                reading: Some(reading).filter(|r| !matches!(r, Reading::Plain | Reading::Ambiguous)),
            });
        }
        let origin = match choice.origin.as_deref() {
            None | Some("") => None,
            Some(text) => {
                Some(ListOrigin::parse(text).ok_or_else(|| AppError::new("bad_mapping").with("what", text))?)
            }
        };
        Ok(Self {
            dataset: Some(def.key.clone()),
            forced,
            origin,
            declared_rows: choice.declared_rows.map(u64::from),
        })
    }
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    columns: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    readings: std::collections::BTreeMap<String, String>,
}

/// Reads a mapping file: `[columns]` says their header → our column's key (empty leaves theirs out), `[readings]`
/// their header → reading.
///
/// # Errors
/// `bad_mapping` with the place.
pub fn forced_from_text(text: &str) -> Result<Vec<ForcedColumn>, AppError> {
    let file: MappingFile =
        toml::from_str(text).map_err(|e| AppError::new("bad_mapping").with("what", e.message()))?;
    file.columns
        .into_iter()
        .map(|(header, column)| {
            let word = file.readings.get(&header);
            let reading = word
                .map(|w| reading_of(w).ok_or_else(|| AppError::new("bad_mapping").with("what", w)))
                .transpose()?;
            Ok(ForcedColumn {
                at: Locator::Header(header),
                column: Some(column).filter(|c| !c.is_empty()),
                reading,
            })
        })
        .collect()
}
