//! Texts and sheets, as far as they are shown.

use super::{GridView, TextView};
use crate::source::{
    Beginning, BookKind, Family, Kind, Package, SharedFile, Sniff, WholeTable, beginning_of,
    beginning_of_text, encoding_of,
};
use crate::{IntakeError, Limits, Source, open_bytes};

/// Bytes of a text, as UTF-8, that are shown.
pub(super) const MOST_BYTES: u64 = 200 << 10;
/// Rows and columns of a sheet that are shown.
const MOST: (usize, usize) = (200, 60);
/// Sheets that are named.
pub(super) const MAX_SHEETS: usize = 100;

/// What the bytes are by the rules of the import; `None` for what it does not read.
pub(super) fn kind(bytes: &[u8]) -> Option<Kind> {
    let mut sniff = Sniff::default();
    sniff.feed(bytes);
    sniff.finish();
    sniff.kind().ok()
}

/// A workbook or a table in a text.
pub(super) enum Book {
    Streamed(Box<Source>),
    Whole(Box<WholeTable>),
}

impl Book {
    /// Opens it; `None` for a container that is no workbook.
    pub(super) fn open(kind: Kind, bytes: Vec<u8>, limits: &Limits) -> Result<Option<Self>, IntakeError> {
        let file = SharedFile::of_bytes(bytes.clone());
        let whole = |kind| WholeTable::open(&file, kind, limits).map(|t| Some(Self::Whole(Box::new(t))));
        match kind {
            Kind::Compound => return whole(BookKind::Xls),
            Kind::Zip => match Package::open(&file, limits).and_then(|mut p| p.family(limits)) {
                Ok(Family::OpenDocument) => return whole(BookKind::Ods),
                Ok(_) => {}
                Err(IntakeError::NotASpreadsheet | IntakeError::Unsupported { .. }) => return Ok(None),
                Err(e) => return Err(e),
            },
            Kind::Text => {}
        }
        open_bytes("", bytes, limits).map(|source| Some(Self::Streamed(Box::new(source))))
    }

    /// Names of the sheets; a text has one without.
    pub(super) fn sheets(&self) -> Vec<String> {
        let mut names = match self {
            Self::Streamed(source) => source.sheets().iter().map(|s| s.name.clone()).collect(),
            Self::Whole(table) => table.sheets(),
        };
        names.truncate(MAX_SHEETS);
        names
    }

    /// The first rows of a sheet.
    pub(super) fn grid(&mut self, place: u32, limits: &Limits) -> Result<GridView, IntakeError> {
        let name = self.sheets().into_iter().nth(usize::try_from(place).unwrap_or(usize::MAX));
        let name = name.ok_or(IntakeError::NoSuchSheet)?;
        let Beginning { lines, cut } = match self {
            Self::Streamed(source) => beginning_of(source, &name, MOST)?,
            Self::Whole(table) => table.beginning(place, MOST, limits)?,
        };
        Ok(GridView { rows: lines.into_iter().map(|l| (l.row, l.cells)).collect(), cut })
    }
}

/// The beginning of a text in whatever encoding.
pub(super) fn text(bytes: &[u8], goes_on: bool) -> Result<TextView, IntakeError> {
    let mut sniff = Sniff::default();
    sniff.feed(bytes);
    sniff.finish();
    let file = SharedFile::of_bytes(bytes.to_vec());
    let encoding = encoding_of(&file, &sniff, None)?;
    let text = beginning_of_text(&file, encoding, MOST_BYTES)?;
    // Of what was decoded up to the bound the last character may be half there.
    let cut = goes_on || text.len() as u64 >= MOST_BYTES;
    let text = text.trim_end_matches(char::REPLACEMENT_CHARACTER).replace('\0', "");
    Ok(TextView { text, encoding: encoding.name().to_owned(), cut })
}
