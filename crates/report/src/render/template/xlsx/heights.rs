//! How high a row must be for what was filled in: spreadsheet programs do not all reckon it when they open a file.

use super::super::formula::Ref;
use super::super::xml::Xml;
use super::rows::is_true;
use super::sheet::{CellAt, Row, Sheet};
use crate::render::xlsx::measure;

/// Height of a line, as a multiple of the size of its type.
const LEADING: f64 = 1.45;
/// Points above and below a cell's text.
const AROUND: f64 = 4.0;
/// Highest row that the format knows, in points.
const HIGHEST: f64 = 409.0;
/// Size of the type that widths of columns count in.
const COUNTED: f64 = 11.0;

/// Of each cell format the size of its type in points, and whether its text wraps.
#[derive(Default)]
pub struct Formats(Vec<(f64, bool)>);

impl Formats {
    /// Reads the formats of a workbook.
    pub fn read(styles: &Xml<'_>) -> Self {
        let children = |name: &'static str, local: &'static str| -> Vec<usize> {
            let of = styles.all(name).next().map(|t| styles.children(t)).unwrap_or_default();
            of.into_iter().filter(|t| styles.local(*t) == local).collect()
        };
        let child =
            |of: usize, local: &str| styles.children(of).into_iter().find(|t| styles.local(*t) == local);
        let size = |font: usize| child(font, "sz").and_then(|t| styles.value(t, "val").parse::<f64>().ok());
        let sizes: Vec<f64> =
            children("fonts", "font").into_iter().map(|f| size(f).unwrap_or(COUNTED)).collect();
        let format = |xf: usize| {
            let font: usize = styles.value(xf, "fontId").parse().unwrap_or_default();
            let size = sizes.get(font).copied().filter(|s| (1.0..=409.0).contains(s)).unwrap_or(COUNTED);
            (size, child(xf, "alignment").is_some_and(|t| is_true(&styles.value(t, "wrapText"))))
        };
        Self(children("cellXfs", "xf").into_iter().map(format).collect())
    }
}

/// The widths of a sheet's columns, its merged cells, and the height of rows that say nothing.
pub struct Room {
    /// First column, last column, width in characters.
    columns: Vec<(u32, u32, f64)>,
    width: f64,
    height: f64,
    /// Row and column of the upper left corner, row and column of the lower right one.
    merged: Vec<(u32, u32, u32, u32)>,
}

impl Room {
    /// Reads them from a sheet.
    pub fn read(sheet: &Sheet<'_>) -> Self {
        let xml = &sheet.xml;
        let number = |t: usize, name: &str| xml.value(t, name).parse::<f64>().ok().filter(|n| n.is_finite());
        let whole = |t: usize, name: &str| xml.value(t, name).parse::<u32>().ok();
        let column = |t: usize| Some((whole(t, "min")?, whole(t, "max")?, number(t, "width")?));
        let standard = xml.all("sheetFormatPr").next();
        let of = |name: &str, otherwise: f64| standard.and_then(|t| number(t, name)).unwrap_or(otherwise);
        let area = |t: usize| {
            let text = xml.value(t, "ref");
            let (first, last) = text.split_once(':')?;
            let (a, b) = (Ref::parse(first, false)?, Ref::parse(last, false)?);
            Some((a.row, a.column_number(), b.row, b.column_number()))
        };
        Self {
            columns: xml.all("col").filter_map(column).collect(),
            width: of("defaultColWidth", 8.43),
            height: of("defaultRowHeight", 15.0),
            merged: xml.all("mergeCell").filter_map(area).collect(),
        }
    }

    fn width(&self, column: u32) -> f64 {
        let own = self.columns.iter().find(|(min, max, _)| (*min..=*max).contains(&column));
        own.map_or(self.width, |(.., width)| *width)
    }

    /// Characters that a cell has room for in a line; `None` where it takes several rows, which share its height.
    fn characters(&self, row: u32, column: u32) -> Option<f64> {
        let own = self.merged.iter().find(|(r, c, ..)| (*r, *c) == (row, column));
        let last = own.map_or((row, column), |(.., r, c)| (*r, *c));
        let columns = column..=last.1.min(column.saturating_add(256));
        (last.0 == row).then(|| columns.map(|c| self.width(c)).sum())
    }

    /// Points that a cell's text needs.
    pub fn needed(&self, sheet: &Sheet<'_>, row: &Row, cell: &CellAt, text: &str, formats: &Formats) -> f64 {
        let format: usize = sheet.xml.value(cell.token, "s").parse().unwrap_or_default();
        let (size, wraps) = formats.0.get(format).copied().unwrap_or((COUNTED, false));
        let Some(room) = self.characters(row.number, cell.column).filter(|_| wraps) else { return 0.0 };
        let room = (room * COUNTED / size).clamp(2.0, 1_000.0) as u32;
        match measure::lines(text, room) {
            // One line is what a row of the usual height is for.
            0 | 1 => 0.0,
            lines => f64::from(lines) * size * LEADING + AROUND,
        }
    }

    /// The height that a row gets whose cells need so much; `None` when it has that already.
    pub fn height(&self, sheet: &Sheet<'_>, row: &Row, needed: f64) -> Option<f64> {
        let fixed = is_true(&sheet.xml.value(row.token, "customHeight"));
        let own = sheet.xml.value(row.token, "ht").parse().unwrap_or(self.height);
        (!fixed && needed > own).then(|| needed.min(HIGHEST))
    }
}
