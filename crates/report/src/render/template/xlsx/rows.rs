//! Rows written anew: cells with their placeholders replaced, regions' rows once for each record, row numbers and
//! formulas moved. What changes neither by itself nor by its place is not written at all.

use super::super::error::{Place, TemplateError};
use super::super::formula::{Shifts, column_letters};
use super::super::lookup::{Lookup, Scope};
use super::super::marks::Word;
use super::super::rowmap::{RowMap, Spot, Turn};
use super::super::text;
use super::super::xml::{Edits, Xml, escape};
use super::formulas::{Groups, formula};
use super::heights::{Formats, Room};
use super::sheet::{CellAt, Kept, PLAIN, RICH, Row, Shared, Sheet, text_of};
use crate::build::placeholder::Record;
use crate::doc::Cell;

/// What a sheet's rows are written from.
pub struct Job<'j, 'v> {
    pub sheet: &'j Sheet<'j>,
    pub shared: &'j Shared,
    /// The table of shared texts itself.
    pub shared_xml: Option<&'j Xml<'j>>,
    pub shifts: &'j Shifts,
    pub map: &'j RowMap,
    /// Of each region its name and its records; none for one whose row stays empty.
    pub regions: &'j [(&'v str, Vec<Option<&'v Record>>)],
    pub groups: Groups,
    pub formats: &'j Formats,
    pub room: Room,
}

/// A row with the texts of its cells that hold placeholders, read once for all copies.
struct Line<'r> {
    row: &'r Row,
    texts: Vec<Option<(Kept, Place)>>,
}

impl<'v> Job<'_, 'v> {
    fn line<'r>(&self, row: &'r Row) -> Line<'r> {
        let text =
            |cell| text_of(self.sheet, cell, self.shared).map(|kept| (kept, self.sheet.place(row, cell)));
        Line { row, texts: row.cells.iter().map(text).collect() }
    }

    /// The changes of all rows.
    ///
    /// # Errors
    /// Faults of placeholders.
    pub fn rows(&self, lookup: &mut Lookup<'v>) -> Result<Edits, TemplateError> {
        let mut edits = Edits::default();
        let mut bodies: Vec<Vec<Line<'_>>> = self.map.blocks.iter().map(|_| Vec::new()).collect();
        for row in &self.sheet.rows {
            let outer = self.sheet.xml.outer(row.token);
            match self.map.spot(row.number) {
                Spot::Outside(number) => {
                    let own = self.row(&self.line(row), number, None, None, lookup)?;
                    if !own.is_empty() {
                        edits.replace(outer.clone(), own.apply(self.sheet.xml.text, outer));
                    }
                }
                Spot::Open(_) => edits.replace(outer, ""),
                Spot::Body(block) => {
                    edits.replace(outer, "");
                    if let Some(body) = bodies.get_mut(block) {
                        body.push(self.line(row));
                    }
                }
                Spot::Close(block) => {
                    let body = bodies.get(block).map(Vec::as_slice).unwrap_or_default();
                    edits.replace(outer, self.copies(block, body, lookup)?);
                }
            }
        }
        Ok(edits)
    }

    /// A region's rows, once for each record.
    fn copies(
        &self,
        block: usize,
        body: &[Line<'_>],
        lookup: &mut Lookup<'v>,
    ) -> Result<String, TemplateError> {
        let mut out = String::new();
        let Some((_, records)) = self.regions.get(block) else { return Ok(out) };
        for (copy, record) in (0_u32..).zip(records) {
            let turn = Turn { block, copy };
            for line in body {
                let number = self.map.in_turn(turn, line.row.number);
                let own = self.row(line, number, Some(turn), *record, lookup)?;
                out.push_str(&own.apply(self.sheet.xml.text, self.sheet.xml.outer(line.row.token)));
            }
        }
        Ok(out)
    }

    /// The changes of one row that comes to stand at `number`.
    fn row(
        &self,
        line: &Line<'_>,
        number: u32,
        turn: Option<Turn>,
        record: Option<&'v Record>,
        lookup: &mut Lookup<'v>,
    ) -> Result<Edits, TemplateError> {
        let (xml, row, mut edits) = (&self.sheet.xml, line.row, Edits::default());
        if number != row.number || turn.is_some() {
            set(xml, row.token, "r", &number.to_string(), &mut edits);
        }
        let region = turn.and_then(|t| self.regions.get(t.block));
        let scope = region.map(|(region, _)| Scope { region, record });
        let mut needed = 0.0_f64;
        for (cell, text) in row.cells.iter().zip(&line.texts) {
            if number != row.number || turn.is_some() {
                set(xml, cell.token, "r", &format!("{}{number}", column_letters(cell.column)), &mut edits);
            }
            if let Some((kept, place)) = text {
                let (new, text) = self.content(kept, scope, place, lookup)?;
                write(xml, cell, &new, &mut edits);
                needed = needed.max(self.room.needed(self.sheet, row, cell, &text, self.formats));
            } else if let Some(element) = cell.formula {
                formula(self, row, cell, element, turn, &mut edits);
            }
        }
        // A row that stands alone is its designer's; those of records are as high as their texts.
        if let Some(height) = turn.and_then(|_| self.room.height(self.sheet, row, needed)) {
            set(xml, row.token, "ht", &format!("{height:.1}"), &mut edits);
        }
        Ok(edits)
    }

    /// What a cell holds with its placeholders replaced, and its text.
    fn content(
        &self,
        kept: &Kept,
        scope: Option<Scope<'v>>,
        place: &Place,
        lookup: &mut Lookup<'v>,
    ) -> Result<(Content, String), TemplateError> {
        let paragraph = kept.paragraph();
        if let [only] = paragraph.marks(place)?.as_slice() {
            let alone = paragraph.text.get(only.range.clone()) == Some(paragraph.text.trim());
            if let (true, Word::Field(name)) = (alone, &only.word)
                && let Cell::Count(n) | Cell::Ordinal(n) = lookup.value(name, scope, place)
            {
                return Ok((Content::Number(n), n.to_string()));
            }
        }
        let own = &self.sheet.xml;
        let (xml, flavour) = match kept {
            Kept::Shared(_) => (self.shared_xml.unwrap_or(own), &RICH),
            Kept::Inline(_) => (own, &RICH),
            Kept::Plain(_) => (own, &PLAIN),
        };
        let filled = text::fill(xml, paragraph, flavour, scope, place, lookup)?;
        if filled.text.is_empty() {
            return Ok((Content::Nothing, filled.text));
        }
        // Runs keep their formats where the names of their elements mean the same in both parts.
        let same = !matches!(kept, Kept::Plain(_)) && self.data_prefix() == xml.prefix(paragraph.token);
        let inner = if same { rich(xml, paragraph.token, filled.edits) } else { self.plain(&filled.text) };
        Ok((Content::Text(inner), filled.text))
    }

    fn data_prefix(&self) -> &str {
        self.sheet.data.map_or("", |d| self.sheet.xml.prefix(d))
    }

    fn plain(&self, text: &str) -> String {
        let p = self.data_prefix();
        format!("<{p}t xml:space=\"preserve\">{}</{p}t>", escape(text))
    }
}

/// What a cell holds.
enum Content {
    Nothing,
    Number(u64),
    /// What stands in the element of a text.
    Text(String),
}

/// The runs of a text with their changes; phonetic guides, whose places no longer fit, and runs that say nothing go.
fn rich(xml: &Xml<'_>, token: usize, mut edits: Edits) -> String {
    for child in xml.children(token) {
        let gone = match xml.local(child) {
            "rPh" | "phoneticPr" => true,
            "r" => xml
                .children(child)
                .into_iter()
                .filter(|t| xml.local(*t) == "t")
                .all(|t| edits.apply(xml.text, xml.inner(t)).is_empty()),
            _ => false,
        };
        if gone {
            edits.replace(xml.outer(child), "");
        }
    }
    edits.apply(xml.text, xml.inner(token))
}

/// Puts new content into a cell, its style kept.
fn write(xml: &Xml<'_>, cell: &CellAt, content: &Content, edits: &mut Edits) {
    let prefix = xml.prefix(cell.token);
    let inner = match content {
        Content::Nothing => String::new(),
        Content::Number(n) => format!("<{prefix}v>{n}</{prefix}v>"),
        Content::Text(text) => format!("<{prefix}is>{text}</{prefix}is>"),
    };
    if let Some(kind) = xml.attr(cell.token, "t") {
        match content {
            Content::Text(_) => edits.replace(kind.span, "inlineStr"),
            _ => edits.replace(kind.whole, ""),
        }
    }
    edits.replace(xml.inner(cell.token), inner);
}

/// Sets an attribute of a start tag; one that is not there comes after the name.
pub fn set(xml: &Xml<'_>, token: usize, name: &str, value: &str, edits: &mut Edits) {
    match xml.attr(token, name) {
        Some(attr) if attr.value == value => {}
        Some(attr) => edits.replace(attr.span, value),
        None => {
            let at = xml.tokens[token].span.start + 1 + xml.name(token).len();
            edits.replace(at..at, format!(" {name}=\"{value}\""));
        }
    }
}

pub fn is_true(value: &str) -> bool {
    matches!(value, "1" | "true")
}
