//! A workbook's container: its directory is judged before anything is unpacked; and because a directory may lie, every
//! part that is read whole is measured first, or while it is read.

use super::shared_file::{FileReader, SharedFile};
use super::stretch::Stretch;
use super::{SheetInfo, binary, directory};
use crate::{Excess, IntakeError, Limits};
use memchr::memmem;
use quick_xml::events::{BytesStart, Event};
use std::collections::HashMap;
use std::io::{BufReader, Read};
use zip::ZipArchive;
use zip::result::ZipError;

pub(crate) type Archive = ZipArchive<BufReader<FileReader>>;

/// Parts below this size may be compressed as tightly as they like.
const RATIO_FROM: u64 = 16 << 20;

/// Kinds of workbooks in a zip container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// xlsx, xlsm: parts of XML.
    Xml,
    /// xlsb: parts of binary records.
    Binary,
    /// ods.
    OpenDocument,
}

/// The relations of the container itself.
const ROOT_RELATIONS: &str = "_rels/.rels";

const TWICE: IntakeError = IntakeError::Damaged { what: "directory with a name given twice" };

/// The container, checked.
pub(crate) struct Package {
    pub archive: Archive,
    /// Part names by their lower-case form.
    names: HashMap<String, usize>,
}

impl Package {
    pub(crate) fn open(file: &SharedFile, limits: &Limits) -> Result<Self, IntakeError> {
        let mut archive = ZipArchive::new(BufReader::new(file.reader())).map_err(zip_error)?;
        let parts = archive.len() as u64;
        if parts > limits.max_parts {
            return Err(IntakeError::TooLarge { what: Excess::Parts, limit: limits.max_parts });
        }
        let mut names = HashMap::new();
        let mut unpacked = 0_u64;
        for index in 0..archive.len() {
            let part = archive.by_index_raw(index).map_err(zip_error)?;
            if part.encrypted() {
                return Err(IntakeError::Locked);
            }
            unpacked = unpacked.saturating_add(part.size());
            if unpacked > limits.max_unpacked {
                return Err(IntakeError::TooLarge { what: Excess::Unpacked, limit: limits.max_unpacked });
            }
            if part.size() > RATIO_FROM && part.size() / part.compressed_size().max(1) > limits.max_ratio {
                return Err(IntakeError::TooLarge { what: Excess::Ratio, limit: limits.max_ratio });
            }
            let name = part.name().map_err(zip_error)?.replace('\\', "/").to_ascii_lowercase();
            // Which of two parts of one name is meant, each program decides for itself.
            if names.insert(name, index).is_some() {
                return Err(TWICE);
            }
        }
        let listed = directory::entries(BufReader::new(file.reader()), archive.central_directory_start())?;
        if listed > parts {
            return Err(TWICE);
        }
        Ok(Self { archive, names })
    }

    pub(crate) fn index(&self, name: &str) -> Option<usize> {
        self.names.get(&name.to_ascii_lowercase()).copied()
    }

    /// Which kind of workbook the container holds.
    ///
    /// # Errors
    /// `NotASpreadsheet`; `Locked` for an OpenDocument container with a password.
    pub(crate) fn family(&mut self, limits: &Limits) -> Result<Family, IntakeError> {
        if self.index("xl/workbook.bin").is_some() {
            return Ok(Family::Binary);
        }
        if self.index("mimetype").is_some() {
            let kind = self.part("mimetype", limits)?;
            if memmem::find(&kind, b"opendocument.spreadsheet").is_some() {
                let manifest = self.part("META-INF/manifest.xml", limits)?;
                let locked = memmem::find(&manifest, b"encryption-data").is_some();
                return if locked { Err(IntakeError::Locked) } else { Ok(Family::OpenDocument) };
            }
        }
        if self.index(ROOT_RELATIONS).is_none() {
            return Err(IntakeError::NotASpreadsheet);
        }
        Ok(Family::Xml)
    }

    /// A whole part; empty when there is none of this name.
    fn part(&mut self, name: &str, limits: &Limits) -> Result<Vec<u8>, IntakeError> {
        let Some(index) = self.index(name) else { return Ok(Vec::new()) };
        let part = self.archive.by_index(index).map_err(zip_error)?;
        let mut bytes = Vec::new();
        part.take(limits.max_part_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(|_| IntakeError::Damaged { what: "part" })?;
        if bytes.len() as u64 > limits.max_part_bytes {
            return Err(IntakeError::TooLarge { what: Excess::Unpacked, limit: limits.max_part_bytes });
        }
        Ok(bytes)
    }

    /// The worksheets with the names of their parts, after everything that will be read whole was measured.
    pub(crate) fn sheets(
        &mut self,
        family: Family,
        limits: &Limits,
    ) -> Result<Vec<(SheetInfo, String)>, IntakeError> {
        let BookPath { folder, file } = self.book(family, limits)?;
        let book = format!("{folder}{file}");
        let targets = relationships(&self.part(&format!("{folder}_rels/{file}.rels"), limits)?)?;
        if !targets.iter().any(|t| t.kind == "worksheet") {
            return Err(IntakeError::NotASpreadsheet);
        }
        let whole = self.part(&book, limits)?;
        if whole.is_empty() {
            return Err(IntakeError::Damaged { what: "workbook" });
        }
        let listed = if family == Family::Binary {
            self.measure_binary(&folder, limits)?;
            binary::sheet_list(&whole)?
        } else {
            sheet_list(&whole)?
        };
        let targets: HashMap<String, Relation> = targets.into_iter().map(|t| (t.id.clone(), t)).collect();
        let mut sheets = Vec::new();
        for (info, id) in listed {
            let Some(target) = targets.get(&id).filter(|t| t.kind == "worksheet") else { continue };
            let part = match target.target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{}", target.target),
            };
            if sheets.iter().any(|(known, _): &(SheetInfo, String)| known.name == info.name) {
                return Err(IntakeError::Damaged { what: "sheets of one name" });
            }
            sheets.push((info, part));
        }
        Ok(sheets)
    }

    fn book(&mut self, family: Family, limits: &Limits) -> Result<BookPath, IntakeError> {
        let book = if family == Family::Binary {
            "xl/workbook.bin".to_owned()
        } else {
            let rels = relationships(&self.part(ROOT_RELATIONS, limits)?)?;
            let book = rels.into_iter().find(|r| r.kind == "officeDocument");
            book.ok_or(IntakeError::NotASpreadsheet)?.target.trim_start_matches('/').to_owned()
        };
        let (folder, file) = book.rsplit_once('/').map_or(("", book.as_str()), |(d, f)| (d, f));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(BookPath { folder, file: file.to_owned() })
    }

    /// The main part of a container of Office Open XML; `None` for another one.
    ///
    /// # Errors
    /// What makes one of the parts unreadable.
    pub(crate) fn main_part(&mut self, limits: &Limits) -> Result<Option<Vec<u8>>, IntakeError> {
        if self.index(ROOT_RELATIONS).is_none() {
            return Ok(None);
        }
        match self.book(Family::Xml, limits) {
            Ok(BookPath { folder, file }) => self.part(&format!("{folder}{file}"), limits).map(Some),
            Err(IntakeError::NotASpreadsheet) => Ok(None),
            Err(e) => Err(e),
        }
    }

    /// What tells how the cells of a workbook of XML are to be read.
    ///
    /// # Errors
    /// What makes one of the parts unreadable.
    pub(crate) fn skeleton(&mut self, limits: &Limits) -> Result<Skeleton, IntakeError> {
        let BookPath { folder, file } = self.book(Family::Xml, limits)?;
        let mut parts = Vec::new();
        for name in
            [ROOT_RELATIONS.to_owned(), format!("{folder}{file}"), format!("{folder}_rels/{file}.rels")]
        {
            let bytes = self.part(&name, limits)?;
            parts.push((name, bytes));
        }
        let name = format!("{folder}styles.xml");
        let styles = self.part(&name, limits)?;
        let mut stretch = Stretch::default();
        for piece in styles.chunks(1 << 17) {
            stretch.see(piece)?;
        }
        let styles = self.index(&name).map(|_| (name, styles));
        Ok(Skeleton { parts, styles, shared_texts: format!("{folder}sharedStrings.xml") })
    }

    /// Few texts, and no record that promises a length that a reader would reserve memory for.
    fn measure_binary(&mut self, folder: &str, limits: &Limits) -> Result<(), IntakeError> {
        let mut texts = 0_u64;
        if let Some(index) = self.index(&format!("{folder}sharedStrings.bin")) {
            let part = self.archive.by_index(index).map_err(zip_error)?;
            binary::each_record(part, limits.max_shared_bytes, &mut |kind, _| {
                texts += u64::from(kind == binary::SHARED_TEXT);
                few_texts(texts, limits)
            })?;
        }
        for name in ["styles.bin", "workbook.bin"] {
            if let Some(index) = self.index(&format!("{folder}{name}")) {
                let part = self.archive.by_index(index).map_err(zip_error)?;
                binary::each_record(part, limits.max_part_bytes, &mut |_, _| Ok(()))?;
            }
        }
        Ok(())
    }
}

/// Where the workbook's own part is.
struct BookPath {
    /// Empty, or ending in a slash.
    folder: String,
    file: String,
}

/// The parts of a workbook of XML that are neither sheets nor texts.
pub(crate) struct Skeleton {
    /// Relations and the workbook's own part, by name.
    pub parts: Vec<(String, Vec<u8>)>,
    /// The cell formats.
    pub styles: Option<(String, Vec<u8>)>,
    /// Name of the part with the shared texts, if there is one.
    pub shared_texts: String,
}

fn few_texts(texts: u64, limits: &Limits) -> Result<(), IntakeError> {
    if texts > limits.max_shared_strings {
        return Err(IntakeError::TooLarge { what: Excess::SharedStrings, limit: limits.max_shared_strings });
    }
    Ok(())
}

/// What the container's own errors mean.
pub(crate) fn zip_error(error: ZipError) -> IntakeError {
    match error {
        ZipError::Io(e) if e.kind() == std::io::ErrorKind::PermissionDenied => IntakeError::Io(e),
        ZipError::UnsupportedArchive(text) if text == ZipError::PASSWORD_REQUIRED => IntakeError::Locked,
        _ => IntakeError::Damaged { what: "container" },
    }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relationships(xml: &[u8]) -> Result<Vec<Relation>, IntakeError> {
    let mut found = Vec::new();
    each_element(xml, &mut |e| {
        if e.local_name().as_ref() == "Relationship" {
            let kind = attribute(e, "Type");
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push(Relation { id: attribute(e, "Id"), kind, target: attribute(e, "Target") });
        }
    })?;
    Ok(found)
}

fn sheet_list(xml: &[u8]) -> Result<Vec<(SheetInfo, String)>, IntakeError> {
    let mut found = Vec::new();
    each_element(xml, &mut |e| {
        if e.local_name().as_ref() == "sheet" {
            let hidden = matches!(attribute(e, "state").as_str(), "hidden" | "veryHidden");
            found.push((SheetInfo { name: attribute(e, "name"), hidden }, attribute(e, "id")));
        }
    })?;
    Ok(found)
}

/// Every element of a part that was unpacked whole.
pub(super) fn each_element(xml: &[u8], visit: &mut dyn FnMut(&BytesStart<'_>)) -> Result<(), IntakeError> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(e) | Event::Empty(e)) => visit(&e),
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(IntakeError::Damaged { what: "workbook" }),
        }
    }
}

/// An attribute by its name without a prefix, entities resolved; empty without one.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    element
        .attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| quick_xml::escape::unescape(a.value.as_ref()).map(|v| v.into_owned()).unwrap_or_default())
        .unwrap_or_default()
}
