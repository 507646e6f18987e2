//! From texts by path to a [`Bundle`]: which file is what, and in which order they are read.

use crate::bundle::{Bundle, LoadedProcedure};
use crate::cite::Cited;
use crate::document::{self, RawDocument};
use crate::error::{ChecklistError, LoadError};
use crate::lock::{self, sha256_hex};
use crate::procedure::{Ids, Known};
use crate::reader::Reader;
use crate::verbatim::SourceText;
use crate::{aid, clause, crosswalk, dataset, facts, period, procedure, retention, team};
use fieldbook_model::{ClauseId, DatasetDef, Document, FactDef};
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

/// Files that help with the clauses, in the order in which they are read.
const AIDS: [&str; 7] = [
    "crosswalk.toml",
    "patterns.toml",
    "periods.toml",
    "sheets.toml",
    "phrases.toml",
    "qualifications.toml",
    "retention.toml",
];

/// Loads checklists from their texts by path, and checks everything, `ids.lock` too.
///
/// # Errors
/// Every defect found, with file and line.
pub fn load(files: &BTreeMap<String, String>) -> Result<Bundle, Vec<LoadError>> {
    let bundle = load_unlocked(files)?;
    let mut errors = Vec::new();
    match files.get("ids.lock").map(|text| unix_lines(text)) {
        Some(text) => lock::check(&mut Reader::new("ids.lock", &text, &mut errors), &text, &bundle),
        None => errors.push(missing("ids.lock")),
    }
    if errors.is_empty() { Ok(bundle) } else { Err(errors) }
}

/// As [`load`], without looking at `ids.lock`: for making that file with [`lock_text`](crate::lock_text).
///
/// # Errors
/// Every defect found, with file and line.
pub fn load_unlocked(files: &BTreeMap<String, String>) -> Result<Bundle, Vec<LoadError>> {
    load_with(files, true)
}

/// As [`load_unlocked`], without comparing clauses with their source texts: for the law that an exam was made with,
/// which stays as it is.
pub(crate) fn load_kept(files: &BTreeMap<String, String>) -> Result<Bundle, Vec<LoadError>> {
    load_with(files, false)
}

fn load_with(files: &BTreeMap<String, String>, compare: bool) -> Result<Bundle, Vec<LoadError>> {
    // A checkout with Windows line ends is the same text.
    let files: BTreeMap<&str, String> =
        files.iter().map(|(path, text)| (path.as_str(), unix_lines(text))).collect();
    let mut errors = Vec::new();
    let facts = match files.get("facts.toml") {
        Some(text) => facts::read(&mut Reader::new("facts.toml", text, &mut errors)),
        None => {
            errors.push(missing("facts.toml"));
            Vec::new()
        }
    };
    let (datasets, dataset_files) = load_datasets(&files, &mut errors);
    let mut of_documents = Vec::new();
    let documents = load_documents(&files, &facts, compare, &mut of_documents);
    let lost = of_documents.iter().any(loses_clauses);
    errors.append(&mut of_documents);
    let clauses: BTreeSet<ClauseId> =
        documents.iter().flat_map(Document::clauses).map(|c| c.id.clone()).collect();
    let known = Known { facts: &facts, datasets: &datasets, clauses: &clauses, ids: Ids::Checklists };
    let mut of_procedures = Vec::new();
    let procedures = load_procedures(&files, &known, &mut of_procedures);
    // What cites a clause of a file that cannot be read is no defect of its own.
    of_procedures.retain(|e| !(lost && matches!(e.what, ChecklistError::UnknownClause(_))));
    errors.append(&mut of_procedures);
    for path in files.keys().filter(|path| !is_expected(path)) {
        errors.push(LoadError { file: (*path).to_owned(), line: None, what: ChecklistError::UnexpectedFile });
    }
    let mut bundle = Bundle { documents, facts, datasets, procedures, dataset_files, ..Bundle::default() };
    // These cite clauses by the hundred: a defect of a document is told once, not at every citation.
    if errors.is_empty() {
        load_aids(&files, &mut bundle, &mut errors);
    }
    if errors.is_empty() { Ok(bundle) } else { Err(errors) }
}

/// Whether a document has fewer clauses in memory than in its files.
fn loses_clauses(error: &LoadError) -> bool {
    use ChecklistError::{BadId, MissingFile, Syntax};
    matches!(error.what, Syntax(_) | MissingFile | BadId(_, "clause id"))
}

fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

fn missing(file: &str) -> LoadError {
    LoadError { file: file.to_owned(), line: None, what: ChecklistError::MissingFile }
}

/// Whether something reads the file: a document's folder, a known folder or a known file.
fn is_expected(path: &str) -> bool {
    match path.split_once('/') {
        None => matches!(path, "facts.toml" | "ids.lock" | "README.md") || AIDS.contains(&path),
        Some(("schema", _)) => true,
        Some((_, name)) => !name.contains('/') && (name.ends_with(".toml") || name == "source.txt"),
    }
}

/// Crosswalk, patterns, periods, sheets, phrases, qualifications and times of keeping: each file may be absent, which means that there are none.
fn load_aids(files: &BTreeMap<&str, String>, bundle: &mut Bundle, errors: &mut Vec<LoadError>) {
    let [crosswalk, patterns, periods, sheets, phrases, qualifications, retention] =
        AIDS.map(|path| files.get_key_value(path));
    let cited = Cited::new(&bundle.documents);
    if let Some((path, text)) = crosswalk {
        bundle.crosswalk = crosswalk::read(&mut Reader::new(path, text, errors), &cited).unwrap_or_default();
    }
    if let Some((path, text)) = patterns {
        let procedures = bundle.procedures.iter().map(|p| p.procedure.id.as_str()).collect();
        let read = aid::read_patterns(&mut Reader::new(path, text, errors), &cited, &procedures);
        bundle.patterns = read.unwrap_or_default();
    }
    if let Some((path, text)) = periods {
        let read = period::read(&mut Reader::new(path, text, errors), &cited, &bundle.datasets);
        bundle.periods = read.unwrap_or_default();
    }
    if let Some((path, text)) = sheets {
        let read = aid::read_sheets(&mut Reader::new(path, text, errors), &cited);
        bundle.sheets = read.unwrap_or_default();
    }
    if let Some((path, text)) = phrases {
        let topics = &bundle.crosswalk.topics;
        let read = aid::read_phrases(&mut Reader::new(path, text, errors), &cited, topics);
        bundle.phrases = read.unwrap_or_default();
    }
    if let Some((path, text)) = qualifications {
        bundle.qualifications = team::read(&mut Reader::new(path, text, errors), &cited).unwrap_or_default();
    }
    if let Some((path, text)) = retention {
        bundle.retention = retention::read(&mut Reader::new(path, text, errors), &cited).unwrap_or_default();
    }
}

/// Files directly in `folder` that end in `.toml`: path, name without ending, text.
fn toml_files<'a>(
    files: &'a BTreeMap<&str, String>,
    folder: &'a str,
) -> impl Iterator<Item = (&'a str, &'a str, &'a str)> {
    files.iter().filter_map(move |(path, text)| {
        let stem = path.strip_prefix(folder)?.strip_prefix('/')?.strip_suffix(".toml")?;
        Some((*path, stem, text.as_str()))
    })
}

fn load_datasets(
    files: &BTreeMap<&str, String>,
    errors: &mut Vec<LoadError>,
) -> (Vec<DatasetDef>, Vec<(String, String)>) {
    let mut datasets = Vec::new();
    let mut hashes = Vec::new();
    for (path, stem, text) in toml_files(files, "datasets") {
        if let Some(dataset) = dataset::read(&mut Reader::new(path, text, errors), stem) {
            hashes.push((dataset.key.clone(), sha256_hex(text)));
            datasets.push(dataset);
        }
    }
    datasets.sort_by(|a, b| a.code.cmp(&b.code));
    (datasets, hashes)
}

fn load_procedures(
    files: &BTreeMap<&str, String>,
    known: &Known<'_>,
    errors: &mut Vec<LoadError>,
) -> Vec<LoadedProcedure> {
    let mut procedures = Vec::new();
    for (path, stem, text) in toml_files(files, "procedures") {
        if let Some(procedure) = procedure::read(&mut Reader::new(path, text, errors), stem, known) {
            procedures.push(LoadedProcedure { procedure, sha256: sha256_hex(text), withdrawn: false });
        }
    }
    procedures
}

fn load_documents(
    files: &BTreeMap<&str, String>,
    facts: &[FactDef],
    compare: bool,
    errors: &mut Vec<LoadError>,
) -> Vec<Document> {
    let mut documents: Vec<(u32, Document)> = Vec::new();
    let folders: BTreeSet<&str> = files
        .keys()
        .filter_map(|path| path.split_once('/'))
        .map(|(folder, _)| folder)
        .filter(|folder| !matches!(*folder, "schema" | "datasets" | "procedures"))
        .collect();
    for folder in folders {
        let Some((order, document)) = load_document(files, folder, facts, compare, errors) else { continue };
        if documents.iter().any(|(_, other)| other.code == document.code) {
            let what = ChecklistError::Duplicate(document.code.clone());
            errors.push(LoadError { file: format!("{folder}/document.toml"), line: None, what });
        }
        documents.push((order, document));
    }
    documents.sort_by_key(|(order, _)| *order);
    documents.into_iter().map(|(_, document)| document).collect()
}

fn load_document(
    files: &BTreeMap<&str, String>,
    folder: &str,
    facts: &[FactDef],
    compare: bool,
    errors: &mut Vec<LoadError>,
) -> Option<(u32, Document)> {
    let path = format!("{folder}/document.toml");
    let Some(text) = files.get(path.as_str()) else {
        errors.push(missing(&path));
        return None;
    };
    let mut reader = Reader::new(&path, text, errors);
    let raw = reader.parse::<RawDocument>()?;
    let order = raw.order;
    let source = read_source(&mut reader, files, folder, &raw.source, &raw.source_sha256)?;
    let inside = files.iter().filter_map(|(path, text)| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?;
        Some((name, text.as_str()))
    });
    let content = document::content_sha256(inside);
    let mut document = raw.into_document(&mut reader, source, content);
    let source = compare.then(|| SourceText::new(&document.source));
    let mut seen = BTreeSet::new();
    for (path, stem, text) in toml_files(files, folder).filter(|(_, stem, _)| *stem != "document") {
        let mut reader = Reader::new(path, text, errors);
        if !stem.starts_with(|c: char| c.is_ascii_digit()) {
            reader.fail(ChecklistError::UnexpectedFile);
        }
        if let Some(chapter) = clause::read_chapter(&mut reader, &document, facts, source.as_ref(), &mut seen)
        {
            document.chapters.push(chapter);
        }
    }
    document::add_headings(&mut document);
    Some((order, document))
}

fn read_source(
    reader: &mut Reader<'_>,
    files: &BTreeMap<&str, String>,
    folder: &str,
    name: &Spanned<String>,
    recorded: &Spanned<String>,
) -> Option<String> {
    let Some(source) = files.get(format!("{folder}/{}", name.get_ref()).as_str()) else {
        reader.fail_at(name, ChecklistError::MissingFile);
        return None;
    };
    let hash = sha256_hex(source);
    if hash != *recorded.get_ref() {
        reader.fail_at(recorded, ChecklistError::SourceChanged(hash));
    }
    if !unicode_normalization::is_nfc(source) {
        reader.fail_at(name, ChecklistError::NotNfc(name.get_ref().clone()));
    }
    Some(source.clone())
}
