//! A sheet taken apart: rows, cells, and the texts of cells wherever they are kept.

use super::super::error::{Place, TemplateError};
use super::super::formula::{Ref, column_letters};
use super::super::lookup::CELL_CHARS;
use super::super::rowmap::LAST_ROW;
use super::super::text::{Flavour, Node, Paragraph, paragraphs};
use super::super::xml::{Xml, escape};

/// A cell.
pub struct CellAt {
    pub token: usize,
    /// Column, from 1.
    pub column: u32,
    /// Its type (`s`, `inlineStr` …); empty for a number.
    pub kind: String,
    /// Its formula's element.
    pub formula: Option<usize>,
}

/// A row.
pub struct Row {
    pub token: usize,
    /// From 1.
    pub number: u32,
    pub cells: Vec<CellAt>,
}

/// A sheet.
pub struct Sheet<'a> {
    /// Name on the tab.
    pub name: String,
    /// Name of its part.
    pub part: String,
    pub xml: Xml<'a>,
    /// The element that holds the rows.
    pub data: Option<usize>,
    pub rows: Vec<Row>,
}

impl<'a> Sheet<'a> {
    /// Reads a sheet.
    ///
    /// # Errors
    /// When the part is not well-formed, or rows or cells do not ascend.
    pub fn read(name: &str, part: &str, text: &'a str) -> Result<Self, TemplateError> {
        let damaged = || TemplateError::damaged(part);
        let xml = Xml::parse(text).map_err(|_| damaged())?;
        let data = xml.all("sheetData").next();
        let mut rows = Vec::new();
        let mut last = 0;
        for token in data.map(|d| xml.children(d)).unwrap_or_default() {
            if xml.local(token) != "row" {
                continue;
            }
            let number = match xml.value(token, "r").as_str() {
                "" => last + 1,
                r => r.parse().map_err(|_| damaged())?,
            };
            if number <= last || number > LAST_ROW {
                return Err(damaged());
            }
            last = number;
            rows.push(Row { token, number, cells: cells(&xml, token).ok_or_else(damaged)? });
        }
        Ok(Self { name: name.to_owned(), part: part.to_owned(), xml, data, rows })
    }

    /// The last row that holds anything.
    pub fn last_row(&self) -> u32 {
        self.rows.last().map_or(0, |r| r.number)
    }

    /// A cell's place.
    pub fn place(&self, row: &Row, cell: &CellAt) -> Place {
        Place::new(&self.name, format!("{}{}", column_letters(cell.column), row.number))
    }
}

/// The cells of a row; `None` when their places make no sense.
fn cells(xml: &Xml<'_>, row: usize) -> Option<Vec<CellAt>> {
    let (mut found, mut last): (Vec<CellAt>, u32) = (Vec::new(), 0);
    for token in xml.children(row).into_iter().filter(|t| xml.local(*t) == "c") {
        let column = match xml.value(token, "r").as_str() {
            "" => last + 1,
            r => Ref::parse(r, false)?.column_number(),
        };
        if column <= last {
            return None;
        }
        last = column;
        let formula = xml.children(token).into_iter().find(|t| xml.local(*t) == "f");
        found.push(CellAt { token, column, kind: xml.value(token, "t"), formula });
    }
    Some(found)
}

/// How texts of cells are written: one in the table of shared texts, one in the cell.
pub const RICH: Flavour = Flavour {
    paragraphs: &["si", "is"],
    text: Some("t"),
    seams: &[],
    skipped: &["rPh"],
    write,
    most: CELL_CHARS,
};

/// The plain result that stands in a cell without a formula.
pub const PLAIN: Flavour =
    Flavour { paragraphs: &["v"], text: None, seams: &[], skipped: &[], write, most: CELL_CHARS };

fn write(_: &Xml<'_>, _: &Paragraph, _: &Node, value: &str) -> String {
    escape(&unmistakable(value))
}

/// A value in which nothing reads like an escape `_x000D_` (ECMA-376 part 1, 22.9.2.19).
fn unmistakable(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("_x") {
        out.push_str(before);
        let hex = after.bytes().take(4).filter(u8::is_ascii_hexdigit).count() == 4;
        let escape = hex && after.as_bytes().get(4) == Some(&b'_');
        out.push_str(if escape { "_x005F_x" } else { "_x" });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The table of shared texts: of each text that could hold a placeholder its paragraph.
#[derive(Default)]
pub struct Shared {
    texts: Vec<Option<Paragraph>>,
}

impl Shared {
    /// Reads the table.
    pub fn read(xml: &Xml<'_>) -> Self {
        let paragraph = |token: usize| {
            let raw = xml.slice(xml.inner(token));
            let found = raw.contains('{').then(|| paragraphs(xml, token..xml.tokens[token].close + 1, &RICH));
            found.unwrap_or_default().into_iter().next().filter(|p| p.text.contains("{{"))
        };
        let root = xml.all("sst").next();
        let texts = root.map(|r| xml.children(r)).unwrap_or_default();
        Self { texts: texts.into_iter().filter(|t| xml.local(*t) == "si").map(paragraph).collect() }
    }
}

/// Where a cell's text is kept.
pub enum Kept {
    /// In the table of shared texts.
    Shared(Paragraph),
    /// In the cell.
    Inline(Paragraph),
    /// In the cell, as a formula's result would be.
    Plain(Paragraph),
}

impl Kept {
    pub fn paragraph(&self) -> &Paragraph {
        match self {
            Self::Shared(p) | Self::Inline(p) | Self::Plain(p) => p,
        }
    }
}

/// The text of a cell that holds a placeholder; `None` for every other cell.
pub fn text_of(sheet: &Sheet<'_>, cell: &CellAt, shared: &Shared) -> Option<Kept> {
    if cell.formula.is_some() {
        return None;
    }
    let child =
        |local: &str| sheet.xml.children(cell.token).into_iter().find(|t| sheet.xml.local(*t) == local);
    let own = |token: usize, flavour: &Flavour| {
        let found = paragraphs(&sheet.xml, token..sheet.xml.tokens[token].close + 1, flavour);
        found.into_iter().next().filter(|p| p.text.contains("{{"))
    };
    match cell.kind.as_str() {
        "s" => {
            let index: usize = sheet.xml.content(child("v")?).trim().parse().ok()?;
            shared.texts.get(index)?.clone().map(Kept::Shared)
        }
        "inlineStr" => own(child("is")?, &RICH).map(Kept::Inline),
        "str" => own(child("v")?, &PLAIN).map(Kept::Plain),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::unmistakable;

    #[test]
    fn values_are_read_back_as_they_are() {
        assert_eq!(unmistakable("a_x0041_b_x_ _x00G1_ _x0041"), "a_x005F_x0041_b_x_ _x00G1_ _x0041");
    }
}
