//! A template's container. Its directory is judged before anything is unpacked; what is not changed is copied as it
//! is packed.

use super::error::TemplateError;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read, Write};
use zip::result::ZipError;
use zip::{System, ZipArchive, ZipWriter};

/// Bytes of a template.
const MAX_BYTES: usize = 64 << 20;
/// Parts of a template.
const MAX_PARTS: usize = 10_000;
/// Bytes of all parts unpacked.
const MAX_UNPACKED: u64 = 512 << 20;
/// Bytes of a part that is read.
const MAX_PART: u64 = 64 << 20;
/// Parts below this size may be packed as tightly as they like.
const RATIO_FROM: u64 = 4 << 20;
/// Unpacked bytes for each packed one of a larger part.
const MAX_RATIO: u64 = 400;
/// The first bytes of the former binary formats, and of containers with a password.
const COMPOUND: [u8; 4] = [0xD0, 0xCF, 0x11, 0xE0];

/// The container with what changes in it.
pub struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Names as stored, in their order.
    names: Vec<String>,
    /// Index by the name in small letters.
    index: BTreeMap<String, usize>,
    changed: BTreeMap<usize, String>,
    dropped: BTreeSet<usize>,
}

impl<'b> Package<'b> {
    /// Opens a container.
    ///
    /// # Errors
    /// `Locked`, `Unsupported`, `Damaged`, `TooLarge`.
    pub fn open(bytes: &'b [u8]) -> Result<Self, TemplateError> {
        if bytes.starts_with(&COMPOUND) {
            return Err(TemplateError::Locked);
        }
        if bytes.len() > MAX_BYTES {
            return Err(TemplateError::TooLarge);
        }
        if !bytes.starts_with(b"PK") {
            return Err(TemplateError::Unsupported);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(zip_error)?;
        if archive.len() > MAX_PARTS {
            return Err(TemplateError::TooLarge);
        }
        let (mut names, mut index, mut unpacked) = (Vec::new(), BTreeMap::new(), 0_u64);
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(zip_error)?;
            if part.encrypted() {
                return Err(TemplateError::Locked);
            }
            unpacked = unpacked.saturating_add(part.size());
            let tight = part.size() > RATIO_FROM && part.size() / part.compressed_size().max(1) > MAX_RATIO;
            if unpacked > MAX_UNPACKED || tight {
                return Err(TemplateError::TooLarge);
            }
            let name = part.name().map_err(zip_error)?.replace('\\', "/");
            if index.insert(name.to_lowercase(), at).is_some() {
                return Err(TemplateError::damaged("a name is given twice"));
            }
            names.push(name);
        }
        Ok(Self { archive, names, index, changed: BTreeMap::new(), dropped: BTreeSet::new() })
    }

    /// Names of the parts, in their order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.index.contains_key(&name.to_lowercase())
    }

    /// A part's text as it is now; `None` when there is no such part.
    ///
    /// # Errors
    /// When it cannot be unpacked, is too large, or is no UTF-8.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, TemplateError> {
        let Some(&at) = self.index.get(&name.to_lowercase()) else { return Ok(None) };
        if let Some(text) = self.changed.get(&at) {
            return Ok(Some(text.clone()));
        }
        let part = self.archive.by_index(at).map_err(zip_error)?;
        let mut bytes = Vec::new();
        part.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| TemplateError::damaged(name))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(TemplateError::TooLarge);
        }
        String::from_utf8(bytes).map(Some).map_err(|_| TemplateError::damaged(name))
    }

    /// Puts another text in the place of a part's.
    pub fn put(&mut self, name: &str, text: String) {
        if let Some(&at) = self.index.get(&name.to_lowercase()) {
            self.changed.insert(at, text);
        }
    }

    /// Leaves a part out.
    pub fn drop_part(&mut self, name: &str) {
        if let Some(&at) = self.index.get(&name.to_lowercase()) {
            self.dropped.insert(at);
        }
    }

    /// The container with its changes.
    ///
    /// # Errors
    /// When a part cannot be copied.
    pub fn finish(mut self) -> Result<Vec<u8>, TemplateError> {
        let mut out = ZipWriter::new(Cursor::new(Vec::new()));
        let comment = self.archive.comment().to_vec();
        for at in 0..self.archive.len() {
            if self.dropped.contains(&at) {
                continue;
            }
            let part = self.archive.by_index_raw(at).map_err(zip_error)?;
            match self.changed.get(&at) {
                None => out.raw_copy_file(part).map_err(zip_error)?,
                Some(text) => {
                    let (name, options) = (part.name().map_err(zip_error)?.into_owned(), part.options());
                    let options = options.system(System::Unix);
                    drop(part);
                    out.start_file(name, options).map_err(zip_error)?;
                    out.write_all(text.as_bytes()).map_err(|_| TemplateError::damaged("container"))?;
                }
            }
        }
        if !comment.is_empty() {
            out.set_raw_comment(comment.into_boxed_slice()).map_err(zip_error)?;
        }
        Ok(out.finish().map_err(zip_error)?.into_inner())
    }
}

fn zip_error(error: ZipError) -> TemplateError {
    match error {
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => TemplateError::Locked,
        _ => TemplateError::damaged("container"),
    }
}
