//! Templates that others designed, filled: what is asked for stands at its place, and everything else is as it was,
//! byte for byte.

mod bad;
mod documents;
mod moved;
mod shipped;
mod untouched;

use super::fixture::dossier;
use crate::*;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A template of the tests.
fn template(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/templates").join(name);
    fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// A template filled from the exam of the tests.
fn filled(name: &str) -> Filled {
    fill_template(&template(name), &dossier()).expect("a template that can be filled")
}

/// A part of a container as it is packed.
#[derive(Debug, PartialEq)]
struct Packed {
    name: String,
    method: String,
    time: String,
    attributes: Option<u32>,
    bytes: Vec<u8>,
}

fn packed(bytes: &[u8]) -> Vec<Packed> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let part = |at: usize, zip: &mut ZipArchive<Cursor<&[u8]>>| {
        let mut part = zip.by_index_raw(at).expect("a part");
        let (name, method) = (part.name().expect("a name").into_owned(), part.compression().to_string());
        let (time, attributes) = (format!("{:?}", part.last_modified()), part.unix_mode());
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("bytes");
        Packed { name, method, time, attributes, bytes }
    };
    (0..zip.len()).map(|at| part(at, &mut zip)).collect()
}

/// A part's text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut text = String::new();
    zip.by_name(name).unwrap_or_else(|_| panic!("no part {name}")).read_to_string(&mut text).expect("UTF-8");
    text
}

/// The container with a part in the place of another, or added.
fn with_part(bytes: &[u8], name: &str, text: &[u8]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).expect("a container");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let part = zip.by_index_raw(at).expect("a part");
        if part.name().expect("a name") != name {
            out.raw_copy_file(part).expect("copied");
        }
    }
    out.start_file(name, SimpleFileOptions::default()).expect("begun");
    out.write_all(text).expect("written");
    out.finish().expect("closed").into_inner()
}

/// The container with a part's text changed.
fn changed(bytes: &[u8], name: &str, from: &str, to: &str) -> Vec<u8> {
    let text = part(bytes, name);
    assert!(text.contains(from), "{name} has no {from}");
    with_part(bytes, name, text.replace(from, to).as_bytes())
}

/// The rows of a sheet, each with its number, and what stands around them.
fn rows(sheet: &str) -> (Vec<(u32, String)>, String) {
    let (head, rest) = sheet.split_once("<sheetData>").expect("rows");
    let (data, tail) = rest.split_once("</sheetData>").expect("rows");
    let mut rows = Vec::new();
    let mut left = data;
    while let Some(at) = left.find("<row") {
        let end = left[at..].find("</row>").expect("an end") + at + 6;
        let row = left[at..end].to_owned();
        let number = row.split("r=\"").nth(1).and_then(|r| r.split('"').next()).expect("a number");
        rows.push((number.parse().expect("a number"), row));
        left = &left[end..];
    }
    (rows, format!("{head}{tail}"))
}

/// A cell as it is written; empty without one.
fn cell(sheet: &str, place: &str) -> String {
    let Some(at) = sheet.find(&format!("<c r=\"{place}\"")) else { return String::new() };
    let rest = &sheet[at..];
    let end = match (rest.find("/>"), rest.find("</c>")) {
        (Some(empty), Some(end)) if rest[..empty].contains('>') || end < empty => end + 4,
        (Some(empty), _) => empty + 2,
        (None, end) => end.expect("an end") + 4,
    };
    rest[..end].to_owned()
}

/// Names of the unfilled placeholders with their places.
fn unfilled(filled: &Filled) -> Vec<String> {
    filled.unfilled.iter().map(|u| format!("{} {}", u.name, u.place)).collect()
}
