//! Reads a written paper back, knowing nothing of what wrote it: the package, its sheets, the texts of their cells.

use crate::render::GOES_ON;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The sheets of a file.
pub struct Book {
    texts: Vec<String>,
    sheets: Vec<Page>,
}

/// One sheet.
pub struct Page {
    /// Name on its tab.
    pub name: String,
    rows: Vec<Vec<Value>>,
}

enum Value {
    /// Nothing, or the number of a text.
    Text(u32),
    Own(String),
}

/// The texts of a row, those of the rows in which it goes on joined to them.
pub type Line<'a> = Vec<Cow<'a, str>>;

impl Book {
    /// The file; `None` when it is not one that can be read whole.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let texts = shared(&part(&mut zip, "xl/sharedStrings.xml")?)?;
        let places = relations(&part(&mut zip, "xl/_rels/workbook.xml.rels")?)?;
        let mut sheets = Vec::new();
        for (name, relation) in sheet_names(&part(&mut zip, "xl/workbook.xml")?)? {
            let target = places.get(&relation)?;
            let rows = cells(&part(&mut zip, &format!("xl/{target}"))?)?;
            sheets.push(Page { name, rows });
        }
        Some(Self { texts, sheets })
    }

    /// The lines of the sheets of this name, of the further ones of a table that did not fit one sheet too.
    pub fn lines(&self, sheet: &str) -> Vec<Line<'_>> {
        let mut lines: Vec<Line<'_>> = Vec::new();
        let further = format!("{sheet}（");
        for page in self.sheets.iter().filter(|p| p.name == sheet || p.name.starts_with(&further)) {
            for row in &page.rows {
                let cells = row.iter().map(|value| self.text(value));
                match lines.last_mut().filter(|_| goes_on(self, row)) {
                    Some(line) => line.iter_mut().zip(cells).skip(1).for_each(|(whole, more)| {
                        if !more.is_empty() {
                            whole.to_mut().push_str(&more);
                        }
                    }),
                    None => lines.push(cells.collect()),
                }
            }
        }
        lines
    }

    fn text<'a>(&'a self, value: &'a Value) -> Cow<'a, str> {
        Cow::Borrowed(match value {
            Value::Text(number) => {
                self.texts.get(usize::try_from(*number).unwrap_or(usize::MAX)).map_or("", String::as_str)
            }
            Value::Own(text) => text,
        })
    }
}

fn goes_on(book: &Book, row: &[Value]) -> bool {
    row.first().is_some_and(|first| book.text(first).starts_with(GOES_ON))
}

fn part(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let mut text = String::new();
    zip.by_name(name).ok()?.read_to_string(&mut text).ok()?;
    Some(text)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.attributes().flatten().find(|a| a.key.as_ref() == name)?;
    Some(quick_xml::escape::unescape(attribute.value.as_ref()).ok()?.into_owned())
}

/// Name and relation of each sheet, in order.
fn sheet_names(xml: &str) -> Option<Vec<(String, String)>> {
    let mut out = Vec::new();
    each(xml, "sheet", |e| {
        out.extend(attribute(e, "name").zip(attribute(e, "r:id")));
    })?;
    Some(out)
}

fn relations(xml: &str) -> Option<BTreeMap<String, String>> {
    let mut out = BTreeMap::new();
    each(xml, "Relationship", |e| {
        out.extend(attribute(e, "Id").zip(attribute(e, "Target")));
    })?;
    Some(out)
}

/// Every element of this name; `None` when the part is no XML.
fn each(xml: &str, name: &str, mut seen: impl FnMut(&BytesStart<'_>)) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => seen(&e),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// The shared texts, in their order.
fn shared(xml: &str) -> Option<Vec<String>> {
    let mut reader = Reader::from_str(xml);
    let (mut out, mut text, mut within) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) => within = e.name().as_ref() == "t",
            Event::End(e) => {
                within = false;
                if e.name().as_ref() == "si" {
                    out.push(unescaped(std::mem::take(&mut text)));
                }
            }
            Event::Eof => return Some(out),
            event if within => text.push_str(&said(&event)?),
            _ => {}
        }
    }
}

/// What a piece of an element's content says.
fn said<'a>(event: &'a Event<'_>) -> Option<Cow<'a, str>> {
    match event {
        Event::Text(text) => Some(text.xml10_content()),
        Event::CData(text) => Some(text.xml10_content()),
        Event::GeneralRef(entity) => match quick_xml::escape::resolve_predefined_entity(entity) {
            Some(known) => Some(Cow::Borrowed(known)),
            None => Some(Cow::Owned(entity.resolve_char_ref().ok()??.to_string())),
        },
        _ => Some(Cow::Borrowed("")),
    }
}

/// The rows of a sheet with their cells by column; columns without a cell are empty.
fn cells(xml: &str) -> Option<Vec<Vec<Value>>> {
    let mut reader = Reader::from_str(xml);
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let (mut is_shared, mut text, mut within) = (false, String::new(), false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(e) => match e.name().as_ref() {
                "row" => rows.push(Vec::with_capacity(rows.last().map_or(8, Vec::len))),
                "c" => is_shared = open(&e, rows.last_mut()?)?,
                "v" | "t" => within = true,
                _ => {}
            },
            Event::Empty(e) => match e.name().as_ref() {
                "row" => rows.push(Vec::new()),
                "c" => {
                    open(&e, rows.last_mut()?)?;
                }
                _ => {}
            },
            Event::End(e) => match e.name().as_ref() {
                "c" => {
                    let said = std::mem::take(&mut text);
                    *rows.last_mut()?.last_mut()? =
                        if is_shared { Value::Text(said.parse().ok()?) } else { Value::Own(unescaped(said)) };
                }
                "v" | "t" => within = false,
                _ => {}
            },
            Event::Eof => return Some(rows),
            event if within => text.push_str(&said(&event)?),
            _ => {}
        }
    }
}

/// Makes room for a cell; whether it says the number of a shared text.
fn open(cell: &BytesStart<'_>, row: &mut Vec<Value>) -> Option<bool> {
    let (mut column, mut is_shared) = (0, false);
    for attribute in cell.attributes().with_checks(false).flatten() {
        match attribute.key.as_ref() {
            "r" => {
                let letters = attribute.value.bytes().take_while(u8::is_ascii_uppercase);
                column = letters.fold(0, |n, letter| n * 26 + usize::from(letter - b'A') + 1);
            }
            "t" => is_shared = attribute.value.as_ref() == "s",
            _ => {}
        }
    }
    if column <= row.len() {
        return None;
    }
    row.resize_with(column, || Value::Own(String::new()));
    Some(is_shared)
}

/// `_x000B_` as the character that it stands for.
fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some(at) = rest.find("_x") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match code(from) {
            Some((c, after)) => {
                out.push(c);
                rest = after;
            }
            None => {
                out.push('_');
                rest = from.strip_prefix('_').unwrap_or_default();
            }
        }
    }
    out + rest
}

fn code(text: &str) -> Option<(char, &str)> {
    let (digits, after) = text.strip_prefix("_x")?.split_at_checked(4)?;
    let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    let c = char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| hex)?)?;
    Some((c, after.strip_prefix('_')?))
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn what_xml_cannot_hold_comes_back() {
        for (written, meant) in [
            ("a_x000B_b", "a\u{b}b"),
            ("_x005F_x0041_", "_x0041_"),
            ("_xyz_x00", "_xyz_x00"),
            ("__x0041_", "_A"),
        ] {
            assert_eq!(unescaped(written.to_owned()), meant);
        }
    }
}
