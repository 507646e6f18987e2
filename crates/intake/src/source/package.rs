//! A workbook's container: its directory is judged before anything is unpacked, and every part that is read whole
//! is measured first, because a directory may lie.

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
        if self.index("_rels/.rels").is_none() {
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

    /// Unpacks a part without keeping it and counts how often `needle` begins in it.
    fn measure(&mut self, name: &str, needle: &[u8], limit: u64) -> Result<u64, IntakeError> {
        let Some(index) = self.index(name) else { return Ok(0) };
        let mut part = self.archive.by_index(index).map_err(zip_error)?;
        let finder = memmem::Finder::new(needle);
        let (mut total, mut count, mut kept) = (0_u64, 0_u64, 0_usize);
        let mut stretch = Stretch::default();
        let mut buffer = vec![0_u8; 1 << 17];
        while let Some(space) = buffer.get_mut(kept..) {
            let n = part.read(space).map_err(|_| IntakeError::Damaged { what: "part" })?;
            if n == 0 {
                break;
            }
            total += n as u64;
            if total > limit {
                return Err(IntakeError::TooLarge { what: Excess::Unpacked, limit });
            }
            let filled = kept + n;
            stretch.see(buffer.get(kept..filled).unwrap_or_default())?;
            count += finder.find_iter(buffer.get(..filled).unwrap_or_default()).count() as u64;
            // The end is kept so that a needle across two chunks is found, one byte short of finding it twice.
            kept = (needle.len() - 1).min(filled);
            buffer.copy_within(filled - kept..filled, 0);
        }
        Ok(count)
    }

    /// The worksheets with the names of their parts, after everything that will be read whole was measured.
    pub(crate) fn sheets(
        &mut self,
        family: Family,
        limits: &Limits,
    ) -> Result<Vec<(SheetInfo, String)>, IntakeError> {
        let book = if family == Family::Binary {
            "xl/workbook.bin".to_owned()
        } else {
            let rels = relationships(&self.part("_rels/.rels", limits)?)?;
            let book = rels.into_iter().find(|r| r.kind == "officeDocument");
            book.ok_or(IntakeError::NotASpreadsheet)?.target.trim_start_matches('/').to_owned()
        };
        let (folder, file) = book.rsplit_once('/').map_or(("", book.as_str()), |(d, f)| (d, f));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
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
            self.measure_xml(&folder, limits)?;
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

    fn measure_xml(&mut self, folder: &str, limits: &Limits) -> Result<(), IntakeError> {
        let shared = format!("{folder}sharedStrings.xml");
        let texts = self.measure(&shared, b"<si", limits.max_shared_bytes)?;
        let promised = self.promised_texts(&shared)?;
        few_texts(texts.max(promised), limits)?;
        let styles = self.measure(&format!("{folder}styles.xml"), b"<xf", limits.max_part_bytes)?;
        if styles > limits.max_styles {
            return Err(IntakeError::TooLarge { what: Excess::Styles, limit: limits.max_styles });
        }
        self.measure(&format!("{folder}theme/theme1.xml"), b"<a", limits.max_part_bytes)?;
        Ok(())
    }

    /// As for XML; besides, no record may promise a length that a reader would reserve memory for.
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

    /// The number of texts that the table's first lines promise: readers reserve memory for it.
    fn promised_texts(&mut self, name: &str) -> Result<u64, IntakeError> {
        let Some(index) = self.index(name) else { return Ok(0) };
        let mut head = Vec::new();
        let part = self.archive.by_index(index).map_err(zip_error)?;
        part.take(8 << 10)
            .read_to_end(&mut head)
            .map_err(|_| IntakeError::Damaged { what: "shared texts" })?;
        let Some(at) = memmem::find(&head, b"uniqueCount=") else { return Ok(0) };
        let digits = head.iter().skip(at + 13).take_while(|b| b.is_ascii_digit());
        Ok(digits.fold(0_u64, |n, d| n.saturating_mul(10).saturating_add(u64::from(d - b'0'))))
    }
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

fn each_element(xml: &[u8], visit: &mut dyn FnMut(&BytesStart<'_>)) -> Result<(), IntakeError> {
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
fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    element
        .attributes()
        .flatten()
        .find(|a| a.key.local_name().as_ref() == name)
        .map(|a| quick_xml::escape::unescape(a.value.as_ref()).map(|v| v.into_owned()).unwrap_or_default())
        .unwrap_or_default()
}
