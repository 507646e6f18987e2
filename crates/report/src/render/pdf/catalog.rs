//! What the document says about itself: language, title, dates, outline, and an id that is a hash of the content.

use super::embed::text_string as text;
use super::page::{HEIGHT, Page};
use super::writer::Meta;
use crate::ReportError;
use fieldbook_model::Moment;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// The file's bytes, with everything set that it says about itself.
///
/// # Errors
/// When the document has no catalog or cannot be written.
pub fn finish(mut file: Document, pages: &[Page], meta: &Meta) -> Result<Vec<u8>, ReportError> {
    let outline = outline(&mut file, pages);
    let catalog = file.catalog_mut().map_err(|_| ReportError::Pdf { what: "catalog" })?;
    catalog.set("Lang", Object::string_literal("zh-TW"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageMode", Object::Name(b"UseOutlines".to_vec()));
    catalog.set("Outlines", Object::Reference(outline));
    let info = file.add_object(info(meta));
    file.trailer.set("Info", Object::Reference(info));
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

fn info(meta: &Meta) -> Dictionary {
    dictionary! {
        "Title" => text(&meta.title),
        "Author" => text(&meta.author),
        "Creator" => text("Fieldbook 查核簿"),
        "CreationDate" => Object::string_literal(date(meta.created)),
        "ModDate" => Object::string_literal(date(meta.created)),
    }
}

/// `D:20261121140300+08'00'`.
fn date(at: Moment) -> String {
    let (day, time) = (at.date(), at.time());
    format!(
        "D:{:04}{:02}{:02}{:02}{:02}{:02}+08'00'",
        day.year(),
        day.month(),
        day.day(),
        time.hour(),
        time.minute(),
        time.second()
    )
}

/// A text string as PDF has it: UTF-16 with byte order mark.
pub fn utf16(s: &str) -> Vec<u8> {
    std::iter::once(0xfeff).chain(s.encode_utf16()).flat_map(u16::to_be_bytes).collect()
}

/// A place to go to: so far from the upper edge of a page, a little above it.
pub fn place(page: ObjectId, y: f32) -> Vec<Object> {
    vec![
        Object::Reference(page),
        Object::Name(b"XYZ".to_vec()),
        Object::Null,
        Object::Real(HEIGHT - y + 4.0),
        Object::Null,
    ]
}

/// One bookmark on its way into the file.
struct Entry {
    id: ObjectId,
    level: u8,
    dictionary: Dictionary,
}

/// Adds the outline, level 2 below level 1; returns its root.
fn outline(file: &mut Document, pages: &[Page]) -> ObjectId {
    let root = file.new_object_id();
    let numbers = file.get_pages();
    let mut entries = Vec::new();
    for (page, number) in pages.iter().zip(1u32..) {
        let Some(page_id) = numbers.get(&number) else { continue };
        for anchor in &page.anchors {
            let place = place(*page_id, anchor.y);
            let dictionary = dictionary! { "Title" => text(&anchor.title), "Dest" => place };
            entries.push(Entry { id: file.new_object_id(), level: anchor.level, dictionary });
        }
    }
    let mut tree = dictionary! { "Type" => "Outlines" };
    let count = entries.len();
    link(&mut entries, root, &mut tree);
    tree.set("Count", Object::Integer(i64::try_from(count).unwrap_or(i64::MAX)));
    file.set_object(root, tree);
    for entry in entries {
        file.set_object(entry.id, entry.dictionary);
    }
    root
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
