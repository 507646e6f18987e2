//! A document's folder: `document.toml` and `source.txt`; the headings above each clause.

use crate::error::ChecklistError;
use crate::reader::Reader;
use fieldbook_model::{ClauseKind, Document};
use jiff::civil::Date;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

/// `document.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDocument {
    /// Place among the documents.
    pub(crate) order: u32,
    code: Spanned<String>,
    title: String,
    title_note: Option<String>,
    issuer: String,
    edition: String,
    version: Spanned<String>,
    effective_from: Option<Spanned<String>>,
    effective_to: Option<Spanned<String>>,
    #[serde(default)]
    asks_mode: bool,
    /// Name of the bundled source text in the same folder.
    pub(crate) source: Spanned<String>,
    /// SHA-256 of the bundled source text.
    pub(crate) source_sha256: Spanned<String>,
    original_sha256: Spanned<String>,
}

impl RawDocument {
    /// The document without its chapters; `content_sha256` is that of all files of its folder.
    pub(crate) fn into_document(
        self,
        reader: &mut Reader<'_>,
        source: String,
        content_sha256: String,
    ) -> Document {
        let code = self.code.get_ref().clone();
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_uppercase()) {
            reader.fail_at(&self.code, ChecklistError::BadId(code.clone(), "document code"));
        }
        for hash in [&self.source_sha256, &self.original_sha256] {
            if hash.get_ref().len() != 64
                || !hash.get_ref().bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
            {
                reader.fail_at(hash, ChecklistError::BadId(hash.get_ref().clone(), "SHA-256"));
            }
        }
        if self.version.get_ref().trim().is_empty() {
            reader.fail_at(&self.version, ChecklistError::Lacks(code.clone(), "a version"));
        }
        let effective_from = read_date(reader, self.effective_from.as_ref());
        let effective_to = read_date(reader, self.effective_to.as_ref());
        if let (Some(from), Some(to), Some(at)) = (effective_from, effective_to, &self.effective_to)
            && to < from
        {
            reader
                .fail_at(at, ChecklistError::BadId(at.get_ref().clone(), "last day: it is before the first"));
        }
        Document {
            code,
            title: self.title,
            title_note: self.title_note,
            issuer: self.issuer,
            edition: self.edition,
            version: self.version.into_inner(),
            effective_from,
            effective_to,
            asks_mode: self.asks_mode,
            content_sha256,
            source_sha256: self.source_sha256.into_inner(),
            source,
            chapters: Vec::new(),
        }
    }
}

/// SHA-256 over the files of a document's folder, lower-case hex. Takes names inside the folder and texts, sorted by
/// name; each is preceded by its length in bytes as 8 bytes, the lowest first.
pub(crate) fn content_sha256<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash = Sha256::new();
    for text in files.flat_map(|(name, text)| [name, text]) {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hex::encode(hash.finalize())
}

fn read_date(reader: &mut Reader<'_>, raw: Option<&Spanned<String>>) -> Option<Date> {
    let raw = raw?;
    // `jiff` also takes other spellings of ISO 8601; the files have one.
    let date = raw.get_ref().parse::<Date>().ok().filter(|date| date.to_string() == *raw.get_ref());
    if date.is_none() {
        reader.fail_at(raw, ChecklistError::BadId(raw.get_ref().clone(), "date (YYYY-MM-DD)"));
    }
    date
}

/// Puts the texts of the headings and lead-ins above each clause in front of its stated context, outermost first.
pub(crate) fn add_headings(document: &mut Document) {
    let headings: Vec<(String, String)> = document
        .clauses()
        .filter(|c| c.kind != ClauseKind::Leaf)
        .map(|c| (format!("{}.", c.id), c.text.clone()))
        .collect();
    for clause in document.chapters.iter_mut().flat_map(|c| c.clauses.iter_mut()) {
        let own = std::mem::take(&mut clause.context);
        let above = headings.iter().filter(|(prefix, _)| clause.id.as_str().starts_with(prefix.as_str()));
        clause.context = above.map(|(_, text)| text.clone()).chain(own).collect();
    }
}
