//! What the document says about itself, where printpdf leaves it open or draws it by lot: language, dates, which
//! bookmark stands below which, and an id that is a hash of the content.

use super::page::{Anchor, HEIGHT, Page};
use super::writer::Meta;
use crate::ReportError;
use fieldbook_model::Moment;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// The file's bytes, with everything set that it says about itself.
///
/// # Errors
/// When the document has no catalog, lacks a bookmark or cannot be written.
pub fn finish(mut file: Document, pages: &[Page], meta: &Meta) -> Result<Vec<u8>, ReportError> {
    file.version = "1.7".to_owned();
    nest(&mut file, pages).ok_or(ReportError::Pdf { what: "bookmarks" })?;
    let catalog = file.catalog_mut().map_err(|_| ReportError::Pdf { what: "catalog" })?;
    catalog.set("Lang", Object::string_literal("zh-TW"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    if catalog.has(b"Outlines") {
        catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    }
    date(&mut file, meta.created).ok_or(ReportError::Pdf { what: "information" })?;
    file.compress();
    file.trailer.set("ID", id(&[0; 16]));
    let digest = Sha256::digest(saved(&mut file)?);
    file.trailer.set("ID", id(digest.get(..16).unwrap_or_default()));
    saved(&mut file)
}

fn saved(file: &mut Document) -> Result<Vec<u8>, ReportError> {
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|_| ReportError::Pdf { what: "file" })?;
    Ok(bytes)
}

fn id(bytes: &[u8]) -> Object {
    let half = Object::String(bytes.to_vec(), StringFormat::Hexadecimal);
    Object::Array(vec![half.clone(), half])
}

/// Sets the dates with their offset from UTC, which printpdf has no place for, and takes out what was left empty.
fn date(file: &mut Document, created: Moment) -> Option<()> {
    let info = file.trailer.get(b"Info").and_then(Object::as_reference).ok()?;
    let info = file.get_dictionary_mut(info).ok()?;
    for empty in ["Subject", "Keywords", "Identifier", "GTS_PDFXVersion"] {
        info.remove(empty.as_bytes());
    }
    let (day, time) = (created.date(), created.time());
    // `D:20261121140300+08'00'`.
    let date = format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}+08'00'",
        day.year(),
        day.month(),
        day.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    info.set("CreationDate", Object::string_literal(date.clone()));
    info.set("ModDate", Object::string_literal(date));
    Some(())
}

/// A text string as PDF has it: UTF-16 with byte order mark.
pub fn utf16(s: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(s.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// Where a window opens that goes to a place so far from a page's upper edge: a little above it, counted from the
/// lower edge.
pub fn top(y: f32) -> f32 {
    HEIGHT - y + 4.0
}

/// The places that bookmarks lead to, each with the index of its page.
pub fn anchors(pages: &[Page]) -> impl Iterator<Item = (usize, &Anchor)> {
    pages.iter().enumerate().flat_map(|(index, page)| page.anchors.iter().map(move |anchor| (index, anchor)))
}

/// A bookmark in the file.
struct Entry {
    id: ObjectId,
    level: u8,
    dictionary: Dictionary,
}

/// Puts the bookmarks in order: printpdf writes them side by side, those of one page by their titles, each leading to
/// its page only. `None` when one is not there.
fn nest(file: &mut Document, pages: &[Page]) -> Option<()> {
    let anchors: Vec<(usize, &Anchor)> = anchors(pages).collect();
    if anchors.is_empty() {
        return Some(());
    }
    let root = file.catalog().ok()?.get(b"Outlines").and_then(Object::as_reference).ok()?;
    let mut order: Vec<usize> = (0..anchors.len()).collect();
    order.sort_by_key(|i| anchors.get(*i).map(|(page, anchor)| (*page, &anchor.title)));
    let mut entries: Vec<(usize, Entry)> = Vec::new();
    let mut before = (root, "First");
    for index in order {
        let (_, anchor) = anchors.get(index)?;
        let (parent, key) = before;
        let id = file.get_dictionary(parent).ok()?.get(key.as_bytes()).and_then(Object::as_reference).ok()?;
        let written = file.get_dictionary(id).ok()?;
        let mut place = written.get(b"Dest").and_then(Object::as_array).ok()?.clone();
        *place.get_mut(3)? = Object::Real(top(anchor.y));
        let dictionary = dictionary! { "Title" => written.get(b"Title").ok()?.clone(), "Dest" => place };
        entries.push((index, Entry { id, level: anchor.level, dictionary }));
        before = (id, "Next");
    }
    entries.sort_by_key(|(index, _)| *index);
    let mut entries: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    let mut tree = dictionary! { "Type" => "Outlines" };
    link(&mut entries, root, &mut tree);
    tree.set("Count", Object::Integer(i64::try_from(entries.len()).unwrap_or(i64::MAX)));
    file.set_object(root, tree);
    for entry in entries {
        file.set_object(entry.id, entry.dictionary);
    }
    Some(())
}

/// Links brothers, and parents with their children. A level-2 entry before any level-1 one hangs on the root.
fn link(entries: &mut [Entry], root: ObjectId, tree: &mut Dictionary) {
    let parents: Vec<Option<usize>> = (0..entries.len())
        .map(|i| if entries[i].level < 2 { None } else { (0..i).rev().find(|p| entries[*p].level < 2) })
        .collect();
    for i in 0..entries.len() {
        let id = entries[i].id;
        let older = (0..i).rev().find(|b| parents[*b] == parents[i]).map(|b| entries[b].id);
        let younger = (i + 1..entries.len()).find(|b| parents[*b] == parents[i]).map(|b| entries[b].id);
        let parent_id = parents[i].map_or(root, |p| entries[p].id);
        entries[i].dictionary.set("Parent", Object::Reference(parent_id));
        if let Some(older) = older {
            entries[i].dictionary.set("Prev", Object::Reference(older));
        }
        if let Some(younger) = younger {
            entries[i].dictionary.set("Next", Object::Reference(younger));
        }
        let parent = parents[i].and_then(|p| entries.get_mut(p)).map_or(&mut *tree, |e| &mut e.dictionary);
        if older.is_none() {
            parent.set("First", Object::Reference(id));
        }
        if younger.is_none() {
            parent.set("Last", Object::Reference(id));
        }
        if parents[i].is_some() {
            let children = parent.get(b"Count").and_then(Object::as_i64).unwrap_or(0);
            parent.set("Count", Object::Integer(children + 1));
        }
    }
}
