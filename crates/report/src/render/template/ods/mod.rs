//! Workbooks of OpenDocument that somebody else designed (.ods): rows carry no numbers there, so they only come more
//! often or go; addresses and formulas name them and move.

mod addresses;

use super::error::{Place, TemplateError};
use super::formula::{Shifts, column_letters};
use super::lookup::{CELL_CHARS, Lookup, Scope};
use super::marks::{Mark, Word};
use super::package::Package;
use super::regions::{InLine, Region, pair};
use super::rowmap::{Block, LAST_ROW, RowMap, Turn};
use super::text::{Flavour, Node, Paragraph, fill as fill_text, paragraphs};
use super::xlsx::records;
use super::xml::{Edits, Kind, Xml, escape};
use crate::build::placeholder::{Record, Values};
use crate::doc::Cell;
use addresses::addresses;
use std::collections::BTreeSet;
use std::ops::Range;

const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";

const TEXT: Flavour = Flavour {
    paragraphs: &["p", "h"],
    text: None,
    seams: &["s", "tab", "line-break", "frame", "sheet-name", "page-number"],
    skipped: &["scripts"],
    write,
    most: CELL_CHARS,
};

/// A line end ends the paragraph and begins another one like it; several blanks and tabs are elements.
fn write(xml: &Xml<'_>, paragraph: &Paragraph, node: &Node, value: &str) -> String {
    let mut open: Vec<usize> = Vec::new();
    for at in paragraph.token..xml.tokens[paragraph.token].close {
        let token = &xml.tokens[at];
        if token.span.start >= node.range.start {
            break;
        }
        match token.kind {
            Kind::Start => open.push(at),
            Kind::End => drop(open.pop()),
            _ => {}
        }
    }
    let begin: String = open.iter().map(|t| xml.slice(xml.tokens[*t].span.clone())).collect();
    let end: String = open.iter().rev().map(|t| format!("</{}>", xml.name(*t))).collect();
    let p = xml.prefix(paragraph.token);
    let lines = value.split('\n').map(|line| blanks(&escape(line), p));
    lines.collect::<Vec<_>>().join(&format!("{end}{begin}"))
}

/// Blanks beyond the first, and tabs, as elements.
fn blanks(text: &str, prefix: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = true;
    for c in text.chars() {
        match c {
            ' ' if before => out.push_str(&format!("<{prefix}s/>")),
            '\t' => out.push_str(&format!("<{prefix}tab/>")),
            c => out.push(c),
        }
        before = c == ' ';
    }
    out
}

/// Whether the package is a workbook that can be filled; the name of its main part.
///
/// # Errors
/// `Unsupported`, `Locked`, `Macros`.
pub fn recognise(package: &mut Package<'_>) -> Result<String, TemplateError> {
    let kind = package.text("mimetype")?.unwrap_or_default();
    if kind.trim() != "application/vnd.oasis.opendocument.spreadsheet" {
        return Err(TemplateError::Unsupported);
    }
    let manifest = package
        .text("META-INF/manifest.xml")?
        .ok_or_else(|| TemplateError::damaged("META-INF/manifest.xml"))?;
    if manifest.contains("encryption-data") {
        return Err(TemplateError::Locked);
    }
    let script = |name: &String| name.starts_with("Basic/") || name.starts_with("Scripts/");
    if package.names().iter().any(script) {
        return Err(TemplateError::Macros);
    }
    if package.has(CONTENT) { Ok(CONTENT.to_owned()) } else { Err(TemplateError::damaged(CONTENT)) }
}

/// Fills the workbook.
///
/// # Errors
/// What makes a template unusable.
pub fn fill<'v>(package: &mut Package<'_>, values: &'v Values) -> Result<Lookup<'v>, TemplateError> {
    let text = package.text(CONTENT)?.ok_or_else(|| TemplateError::damaged(CONTENT))?;
    let mut kept = BTreeSet::new();
    loop {
        let mut lookup = Lookup::new(values);
        let (edits, shifts, names) = content(&text, &kept, &mut lookup)?;
        let lost: Vec<String> = names.into_iter().filter(|n| shifts.has_lost(n)).collect();
        if lost.iter().any(|n| !kept.contains(n)) {
            kept.extend(lost);
            continue;
        }
        if !edits.is_empty() {
            package.put(CONTENT, edits.apply(&text, 0..text.len()));
        }
        beside(package, &shifts)?;
        if let Some(styles) = package.text(STYLES)? {
            let edits = heads(&styles, &mut lookup)?;
            if !edits.is_empty() {
                package.put(STYLES, edits.apply(&styles, 0..styles.len()));
            }
        }
        return Ok(lookup);
    }
}

/// The faults of a workbook that `fill` would stop at, with the placeholders that were met.
///
/// # Errors
/// When the workbook cannot be read at all.
pub fn faults<'v>(
    package: &mut Package<'_>,
    values: &'v Values,
) -> Result<(Lookup<'v>, Vec<TemplateError>), TemplateError> {
    let (mut lookup, mut faults) = (Lookup::new(values), Vec::new());
    let text = package.text(CONTENT)?.ok_or_else(|| TemplateError::damaged(CONTENT))?;
    faults.extend(content(&text, &BTreeSet::new(), &mut lookup).err());
    if let Some(styles) = package.text(STYLES)? {
        faults.extend(heads(&styles, &mut lookup).err());
    }
    Ok((lookup, faults))
}

/// Heads and feet of pages.
fn heads(text: &str, lookup: &mut Lookup<'_>) -> Result<Edits, TemplateError> {
    let xml = Xml::parse(text).map_err(|_| TemplateError::damaged(STYLES))?;
    let mut edits = Edits::default();
    for (n, paragraph) in (1..).zip(paragraphs(&xml, 0..xml.tokens.len(), &TEXT)) {
        let place = Place::new("頁首頁尾", format!("第 {n} 段"));
        edits.extend(fill_text(&xml, &paragraph, &TEXT, None, &place, lookup)?.edits);
    }
    Ok(edits)
}

/// Charts: each has a content of its own that names cells.
fn beside(package: &mut Package<'_>, shifts: &Shifts) -> Result<(), TemplateError> {
    if shifts.is_empty() {
        return Ok(());
    }
    for part in package.names().to_vec() {
        if !part.ends_with("/content.xml") {
            continue;
        }
        let Some(text) = package.text(&part)? else { continue };
        let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(&part))?;
        let mut edits = Edits::default();
        addresses(&xml, 0..xml.tokens.len(), "", None, shifts, &mut edits);
        if !edits.is_empty() {
            package.put(&part, edits.apply(&text, 0..text.len()));
        }
    }
    Ok(())
}

/// A row with its number, from 1.
struct Row {
    token: usize,
    number: u32,
    repeated: u32,
}

/// A sheet.
struct Sheet<'v> {
    name: String,
    token: usize,
    rows: Vec<Row>,
    map: RowMap,
    regions: Vec<(&'v str, Vec<Option<&'v Record>>)>,
}

/// The changes of the sheets, where rows go, and the sheets' names in small letters.
fn content<'v>(
    text: &str,
    kept: &BTreeSet<String>,
    lookup: &mut Lookup<'v>,
) -> Result<(Edits, Shifts, Vec<String>), TemplateError> {
    let xml = Xml::parse(text).map_err(|_| TemplateError::damaged(CONTENT))?;
    let (mut shifts, mut sheets) = (Shifts::default(), Vec::new());
    for token in xml.all("table").filter(|t| xml.name(*t) == "table:table") {
        let sheet = read(&xml, token, kept, lookup)?;
        if !sheet.map.blocks.is_empty() {
            shifts.add(&sheet.name, sheet.map.clone());
        }
        sheets.push(sheet);
    }
    let mut edits = Edits::default();
    let mut done = 0;
    for sheet in &sheets {
        if !shifts.is_empty() {
            addresses(&xml, done..sheet.token + 1, &sheet.name, None, &shifts, &mut edits);
        }
        rows(&xml, sheet, &shifts, lookup, &mut edits)?;
        done = xml.tokens[sheet.token].close;
    }
    if !shifts.is_empty() {
        addresses(&xml, done..xml.tokens.len(), "", None, &shifts, &mut edits);
    }
    let names = sheets.iter().map(|s| s.name.to_lowercase()).collect();
    Ok((edits, shifts, names))
}

/// A sheet's rows and regions.
fn read<'v>(
    xml: &Xml<'_>,
    token: usize,
    kept: &BTreeSet<String>,
    lookup: &mut Lookup<'v>,
) -> Result<Sheet<'v>, TemplateError> {
    let name = xml.value(token, "name");
    let (mut rows, mut next): (Vec<Row>, u32) = (Vec::new(), 1);
    for row in xml.elements(token..xml.tokens[token].close, "table-row") {
        let repeated = count(xml, row, "number-rows-repeated");
        rows.push(Row { token: row, number: next, repeated });
        next = next.saturating_add(repeated);
    }
    let mut found = Vec::new();
    for row in &rows {
        for (place, paragraph) in texts(xml, &name, row) {
            for mark in paragraph.marks(&place)? {
                found.push(InLine { line: row.number as usize, word: mark.word, place: place.clone() });
            }
        }
    }
    let keeps_one = kept.contains(&name.to_lowercase());
    let mut sheet = Sheet { name, token, rows, map: RowMap::default(), regions: Vec::new() };
    for region in pair(&found)? {
        sheet.add(xml, &region, keeps_one, lookup)?;
    }
    Ok(sheet)
}

impl<'v> Sheet<'v> {
    /// Adds a region. All its rows must stand in the same group of rows.
    fn add(
        &mut self,
        xml: &Xml<'_>,
        region: &Region,
        keeps_one: bool,
        lookup: &mut Lookup<'v>,
    ) -> Result<(), TemplateError> {
        let row = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
        let (open, close) = (row(region.open), row(region.close));
        let inside: Vec<&Row> = self.rows.iter().filter(|r| open <= r.number && r.number <= close).collect();
        let parent = |r: &Row| parent(xml, self.token, r.token);
        let together = |(a, b): (&&Row, &&Row)| {
            a.repeated == 1 && b.repeated == 1 && inside.iter().all(|r| parent(r) == parent(a))
        };
        if !inside.first().zip(inside.last()).is_some_and(together) {
            let (name, place) = (region.name.clone(), region.place.clone());
            return Err(TemplateError::MisplacedMarker { name, place });
        }
        let (known, records) = records(region, keeps_one, lookup);
        let copies = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let block = Block { open, close, copies };
        if u64::from(block.height()) * u64::from(copies) > u64::from(LAST_ROW) {
            return Err(TemplateError::TooManyRows { sheet: self.name.clone() });
        }
        self.map.blocks.push(block);
        self.regions.push((known, records));
        Ok(())
    }
}

fn count(xml: &Xml<'_>, token: usize, name: &str) -> u32 {
    xml.value(token, name).parse().unwrap_or(1).clamp(1, LAST_ROW)
}

/// The element within the sheet that a row stands in.
fn parent(xml: &Xml<'_>, sheet: usize, row: usize) -> usize {
    let holds = |t: &usize| xml.opens(*t) && xml.tokens[*t].close > row;
    (sheet..row).rev().find(holds).unwrap_or(sheet)
}

/// The paragraphs of a row that hold placeholders, with their places.
fn texts(xml: &Xml<'_>, sheet: &str, row: &Row) -> Vec<(Place, Paragraph)> {
    let mut found = Vec::new();
    let outer = xml.outer(row.token);
    if !xml.slice(outer).contains('{') {
        return found;
    }
    let mut column = 1_u32;
    for cell in xml.children(row.token) {
        let place = Place::new(sheet, format!("{}{}", column_letters(column), row.number));
        let all = paragraphs(xml, cell..xml.tokens[cell].close + 1, &TEXT);
        found.extend(all.into_iter().filter(|p| p.text.contains("{{")).map(|p| (place.clone(), p)));
        column = column.saturating_add(count(xml, cell, "number-columns-repeated"));
    }
    found
}

/// A row with its paragraphs that hold placeholders, read once for all copies.
struct Line<'r> {
    row: &'r Row,
    texts: Vec<(Place, Paragraph)>,
}

/// The changes of a sheet's rows.
fn rows<'v>(
    xml: &Xml<'_>,
    sheet: &Sheet<'v>,
    shifts: &Shifts,
    lookup: &mut Lookup<'v>,
    edits: &mut Edits,
) -> Result<(), TemplateError> {
    let inside =
        |row: &Row| sheet.map.blocks.iter().position(|b| b.open <= row.number && row.number <= b.close);
    let line = |row| Line { row, texts: texts(xml, &sheet.name, row) };
    let mut done = sheet.token + 1;
    for row in sheet.rows.iter().filter(|r| inside(r).is_none()) {
        edits.extend(one(xml, sheet, &line(row), None, shifts, lookup)?);
        if !shifts.is_empty() {
            addresses(xml, done..row.token, &sheet.name, None, shifts, edits);
        }
        done = xml.tokens[row.token].close;
    }
    if !shifts.is_empty() {
        addresses(xml, done..xml.tokens[sheet.token].close, &sheet.name, None, shifts, edits);
    }
    for (block, (_, records)) in sheet.regions.iter().enumerate() {
        let lines: Vec<Line<'_>> = sheet.rows.iter().filter(|r| inside(r) == Some(block)).map(line).collect();
        let [open, body @ .., close] = lines.as_slice() else { continue };
        let mut out = String::new();
        for (copy, record) in (0_u32..).zip(records) {
            let turn = Some((Turn { block, copy }, *record));
            for line in body {
                let own = one(xml, sheet, line, turn, shifts, lookup)?;
                out.push_str(&own.apply(xml.text, xml.outer(line.row.token)));
            }
        }
        edits.replace(xml.outer(open.row.token).start..xml.outer(close.row.token).end, out);
    }
    Ok(())
}

/// The changes of one row, of a copy with the record that fills it.
fn one<'v>(
    xml: &Xml<'_>,
    sheet: &Sheet<'v>,
    line: &Line<'_>,
    turn: Option<(Turn, Option<&'v Record>)>,
    shifts: &Shifts,
    lookup: &mut Lookup<'v>,
) -> Result<Edits, TemplateError> {
    let (row, mut edits) = (line.row.token, Edits::default());
    let region = turn.and_then(|(t, record)| sheet.regions.get(t.block).map(|(region, _)| (region, record)));
    let scope = region.map(|(region, record)| Scope { region, record });
    for (place, paragraph) in &line.texts {
        let number = number(paragraph, scope, place, lookup)?;
        edits.extend(fill_text(xml, paragraph, &TEXT, scope, place, lookup)?.edits);
        if let Some(cell) = cell_of(xml, row, paragraph.token) {
            retype(xml, cell, number, &mut edits);
        }
    }
    if !shifts.is_empty() {
        let tokens: Range<usize> = row..xml.tokens[row].close;
        addresses(xml, tokens, &sheet.name, turn.map(|(t, _)| t), shifts, &mut edits);
    }
    Ok(edits)
}

/// The number that a paragraph's only placeholder stands for, when nothing else is in it.
fn number<'v>(
    paragraph: &Paragraph,
    scope: Option<Scope<'v>>,
    place: &Place,
    lookup: &mut Lookup<'v>,
) -> Result<Option<u64>, TemplateError> {
    let marks = paragraph.marks(place)?;
    let [Mark { range, word: Word::Field(name) }] = marks.as_slice() else { return Ok(None) };
    let alone = paragraph.text.get(range.clone()) == Some(paragraph.text.trim());
    Ok(match lookup.value(name, scope, place) {
        Cell::Count(n) | Cell::Ordinal(n) if alone => Some(n),
        _ => None,
    })
}

/// Makes a cell say what its text says: a number, or nothing beside the text.
fn retype(xml: &Xml<'_>, cell: usize, number: Option<u64>, edits: &mut Edits) {
    if let Some(attr) = xml.attr(cell, "office:string-value") {
        edits.replace(attr.whole, "");
    }
    let Some(n) = number else { return };
    if let Some(kind) = xml.attr(cell, "calcext:value-type") {
        edits.replace(kind.span, "float");
    }
    if let Some(kind) = xml.attr(cell, "office:value-type") {
        edits.replace(kind.span, format!("float\" office:value=\"{n}"));
    }
}

/// The cell of a row that holds a paragraph and no other.
fn cell_of(xml: &Xml<'_>, row: usize, paragraph: usize) -> Option<usize> {
    let cell = xml.children(row).into_iter().find(|c| *c < paragraph && paragraph < xml.tokens[*c].close)?;
    let texts = xml.children(cell).into_iter().filter(|t| xml.local(*t) == "p").count();
    (texts == 1).then_some(cell)
}
