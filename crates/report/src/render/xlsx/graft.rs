//! Puts the rows of long tables into a finished file, part by part; every other part is taken over as it is.

use super::Writing;
use super::grown::{Grown, Rows, Texts, letters};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipArchive, ZipWriter};

/// Half the time of the highest level for an eighth more bytes.
const LEVEL: i64 = 4;
const TEXTS: &str = "xl/sharedStrings.xml";

/// A part of the file that is not as it was expected.
pub type Unexpected = &'static str;

/// The file with the rows of `grown` in its sheets, which are counted from 0.
///
/// # Errors
/// When a part does not have the expected shape.
pub fn graft<'a>(
    file: Vec<u8>,
    grown: &[(usize, Grown<'a>)],
    writing: &'a Writing<'a>,
) -> Result<Vec<u8>, Unexpected> {
    let mut from = ZipArchive::new(Cursor::new(file)).map_err(|_| "the package")?;
    let strings = part(&mut from, TEXTS)?;
    let unique = attribute(&strings, "uniqueCount").ok_or("the count of texts")?;
    let mut texts = Texts::new(unique);
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, (sheet, grown)) in grown.iter().enumerate() {
        let name = format!("xl/worksheets/sheet{}.xml", sheet + 1);
        let xml = part(&mut from, &name)?;
        parts.insert(name, with_rows(&xml, grown, writing, &mut texts)?);
        let name = format!("xl/tables/table{}.xml", at + 1);
        if let Ok(xml) = part(&mut from, &name) {
            parts.insert(name, vec![over(&xml, grown)?]);
        }
    }
    parts.insert(TEXTS.to_owned(), with_texts(&strings, unique, texts)?);
    pack(from, &parts)
}

fn part(zip: &mut ZipArchive<Cursor<Vec<u8>>>, name: &str) -> Result<String, Unexpected> {
    let mut text = String::new();
    let mut file = zip.by_name(name).map_err(|_| "a part")?;
    file.read_to_string(&mut text).map_err(|_| "the text of a part")?;
    Ok(text)
}

fn pack(
    mut from: ZipArchive<Cursor<Vec<u8>>>,
    parts: &BTreeMap<String, Vec<String>>,
) -> Result<Vec<u8>, Unexpected> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        .unix_permissions(0o600)
        .system(System::Unix)
        .last_modified_time(DateTime::default());
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..from.len() {
        let file = from.by_index_raw(at).map_err(|_| "a part")?;
        let name = file.name().map_err(|_| "the name of a part")?.into_owned();
        match parts.get(&name) {
            Some(pieces) => {
                to.start_file(name, options).map_err(|_| "a part")?;
                for piece in pieces {
                    to.write_all(piece.as_bytes()).map_err(|_| "a part")?;
                }
            }
            None => to.raw_copy_file(file).map_err(|_| "a part")?,
        }
    }
    Ok(to.finish().map_err(|_| "the package")?.into_inner())
}

/// The sheet with the table's rows between what stands above and below it.
fn with_rows<'a>(
    xml: &str,
    grown: &Grown<'a>,
    writing: &'a Writing<'a>,
    texts: &mut Texts<'a>,
) -> Result<Vec<String>, Unexpected> {
    let (before, rest) = xml.split_once("<sheetData>").ok_or("the rows of a sheet")?;
    let (data, after) = rest.split_once("</sheetData>").ok_or("the rows of a sheet")?;
    let (mut above, mut below, mut samples) = (String::new(), String::new(), Vec::new());
    for row in data.split_inclusive("</row>") {
        let number: u32 = attribute(row, "r").ok_or("the number of a row")?;
        if number <= grown.first {
            above.push_str(row);
        } else if number == grown.samples + 1 {
            samples = row.split("<c ").skip(1).filter_map(|cell| attribute(cell, "s")).collect();
        } else if number > grown.below {
            below.push_str(row);
        }
    }
    let columns = grown.table.columns.len();
    let mut rows = Rows::new(writing, &samples, texts, columns, grown.first);
    rows.table(grown);
    let last = format!("{}{}", letters(columns.max(2) - 1), grown.end + 1);
    let start = before.find("<dimension").ok_or("the size of a sheet")?;
    let (top, dimension) = before.split_at(start);
    let (_, views) = dimension.split_once("/>").ok_or("the size of a sheet")?;
    let head = [top, "<dimension ref=\"A1:", &last, "\"/>", views, "<sheetData>", &above].concat();
    Ok(vec![head, rows.xml, [&below, "</sheetData>", after].concat()])
}

/// The table over all of its rows: the writer was told of the first one only.
fn over(xml: &str, grown: &Grown<'_>) -> Result<String, Unexpected> {
    let told = super::list::range(grown.table, grown.first, grown.first + 1);
    let whole = super::list::range(grown.table, grown.first, grown.below);
    let (told, whole) = (format!("ref=\"{told}\""), format!("ref=\"{whole}\""));
    if xml.contains(&told) { Ok(xml.replace(&told, &whole)) } else { Err("the place of a table") }
}

fn with_texts(xml: &str, unique: u32, texts: Texts<'_>) -> Result<Vec<String>, Unexpected> {
    let used: u32 = attribute(xml, "count").ok_or("the count of texts")?;
    let told = format!("count=\"{used}\" uniqueCount=\"{unique}\"");
    let (head, rest) = xml.split_once(&told).ok_or("the count of texts")?;
    let body = rest.strip_suffix("</sst>").ok_or("the texts")?;
    let count = format!("count=\"{}\" uniqueCount=\"{}\"", used + texts.used, texts.count());
    Ok(vec![[head, &count, body].concat(), texts.xml, "</sst>".to_owned()])
}

/// The number that the first attribute of this name has.
fn attribute(xml: &str, name: &str) -> Option<u32> {
    let (_, rest) = xml
        .split_once(&format!(" {name}=\""))
        .or_else(|| xml.strip_prefix(&format!("{name}=\"")).map(|rest| ("", rest)))?;
    rest.split_once('"')?.0.parse().ok()
}
