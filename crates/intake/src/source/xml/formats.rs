//! What a cell's format makes of a number: a date, a length of time, or nothing. calamine judges that: it is handed a
//! small workbook that has the formats of the real one, and one cell for each of them. The rest of the real workbook's
//! skeleton is checked by this too.

use crate::source::package::{Skeleton, attribute, each_element};
use crate::source::workbook::guarded;
use crate::{Excess, IntakeError, Limits};
use calamine::{DataRef, Reader, Xlsx};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Serial,
    Span,
    /// A code, shown with zeros in front of it up to so many digits.
    Digits(u8),
}

/// The formats of a workbook.
pub(super) struct Formats {
    /// By a cell's format; those behind the last one are plain.
    pub kinds: Vec<Kind>,
    /// Serials count from 1904.
    pub is_1904: bool,
}

impl Formats {
    /// Judges the formats of the workbook with this skeleton; `sheet` is the name of one of its worksheets and that of
    /// its part, if there is one.
    ///
    /// # Errors
    /// `Damaged` for what calamine does not open; `TooLarge` for too many formats.
    pub(super) fn of(
        skeleton: &Skeleton,
        sheet: Option<(&str, &str)>,
        limits: &Limits,
    ) -> Result<Self, IntakeError> {
        let count = skeleton.styles.as_ref().map_or(0, |(_, xml)| elements(xml, b"xf"));
        if count > limits.max_styles {
            return Err(IntakeError::TooLarge { what: Excess::Styles, limit: limits.max_styles });
        }
        let small = packed(skeleton, sheet.map(|(_, part)| part), count)
            .map_err(|_| IntakeError::Damaged { what: "workbook" })?;
        let mut book = guarded(|| Xlsx::new(Cursor::new(small)))?;
        let mut kinds = Vec::new();
        guarded(|| {
            let Some((sheet, _)) = sheet else { return Ok(()) };
            let mut cells = book.worksheet_cells_reader(sheet)?;
            while let Some(cell) = cells.next_cell()? {
                kinds.push(match cell.get_value() {
                    DataRef::DateTime(t) if t.is_duration() => Kind::Span,
                    DataRef::DateTime(_) => Kind::Serial,
                    _ => Kind::Plain,
                });
            }
            Ok::<_, calamine::XlsxError>(())
        })?;
        let digits = skeleton.styles.as_ref().map_or(Ok(Vec::new()), |(_, xml)| digits(xml))?;
        for (kind, digits) in kinds.iter_mut().zip(digits) {
            if let (Kind::Plain, Some(count)) = (*kind, digits) {
                *kind = Kind::Digits(count);
            }
        }
        Ok(Self { kinds, is_1904: book.has_1904_epoch() })
    }

    pub(super) fn kind(&self, format: usize) -> Kind {
        self.kinds.get(format).copied().unwrap_or(Kind::Plain)
    }
}

/// The most zeros that a format may ask for: digits that a number holds exactly.
const MOST_DIGITS: usize = 15;

/// By a cell's format: how many digits it shows, where it consists of nothing but zeros (`00000`). Account and employee
/// numbers are stored as numbers so, and what the firm sees and writes elsewhere is the code with its zeros.
fn digits(styles: &[u8]) -> Result<Vec<Option<u8>>, IntakeError> {
    let (mut codes, mut cells) = (HashMap::new(), Vec::new());
    let mut of_cells = false;
    each_element(styles, &mut |e| match e.local_name().as_ref() {
        "numFmt" => {
            let code = attribute(e, "formatCode");
            let zeros = code.bytes().all(|b| b == b'0') && (2..=MOST_DIGITS).contains(&code.len());
            if let (true, Ok(count)) = (zeros, u8::try_from(code.len())) {
                codes.insert(attribute(e, "numFmtId"), count);
            }
        }
        "cellXfs" => of_cells = true,
        "cellStyleXfs" | "cellStyles" | "dxfs" => of_cells = false,
        "xf" if of_cells => cells.push(attribute(e, "numFmtId")),
        _ => {}
    })?;
    Ok(cells.iter().map(|id| codes.get(id).copied()).collect())
}

/// Elements of this name, with any prefix.
fn elements(xml: &[u8], name: &[u8]) -> u64 {
    let named = |at: usize| {
        let before = at.checked_sub(1).and_then(|i| xml.get(i));
        let after = xml.get(at + name.len());
        matches!(before, Some(b'<' | b':'))
            && after.is_none_or(|b| b.is_ascii_whitespace() || b"/>".contains(b))
    };
    memchr::memmem::find_iter(xml, name).filter(|at| named(*at)).count() as u64
}

/// The small workbook: one row of a number in each format, in the place of the real sheet.
fn packed(skeleton: &Skeleton, part: Option<&str>, formats: u64) -> Result<Vec<u8>, ZipError> {
    let mut row = String::new();
    for format in 0..formats {
        // Writing into a string does not fail.
        let _ = write!(row, r#"<c s="{format}"><v>1.5</v></c>"#);
    }
    let sheet = format!("<worksheet><sheetData><row>{row}</row></sheetData></worksheet>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let own = part.map(|part| (part.to_owned(), sheet.into_bytes()));
    for (name, bytes) in skeleton.parts.iter().chain(&skeleton.styles).chain(&own) {
        zip.start_file(name.as_str(), stored)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    fn judged(styles: Option<&str>, book: &str, limits: &Limits) -> Result<Formats, IntakeError> {
        let relation = |kind: &str, target: &str| {
            format!(
                r#"<Relationships><Relationship Id="s" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>"#
            )
        };
        let parts = [
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            (
                "xl/workbook.xml",
                format!(r#"<workbook>{book}<sheets><sheet name="a" r:id="s"/></sheets></workbook>"#),
            ),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
        ];
        let skeleton = Skeleton {
            parts: parts.into_iter().map(|(name, xml)| (name.to_owned(), xml.into_bytes())).collect(),
            styles: styles.map(|xml| ("xl/styles.xml".to_owned(), xml.as_bytes().to_vec())),
            shared_texts: String::new(),
        };
        Formats::of(&skeleton, Some(("a", "xl/worksheets/sheet1.xml")), limits)
    }

    #[test]
    fn dates_and_lengths_of_time_are_told_from_numbers() {
        let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-404]e/m/d"/><numFmt numFmtId="165" formatCode="[h]:mm"/>
            <numFmt numFmtId="166" formatCode="0.00&quot;d&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>"#;
        let formats = judged(Some(styles), "", &Limits::default()).expect("judged");
        let kinds: Vec<Kind> = (0..6).map(|format| formats.kind(format)).collect();
        use Kind::{Plain, Serial, Span};
        assert_eq!(kinds, [Plain, Serial, Serial, Span, Plain, Plain]);
        assert!(!formats.is_1904);
        let few = Limits { max_styles: 5, ..Limits::default() };
        let error = judged(Some(styles), "", &few).err();
        assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::Styles, limit: 5 })));
    }

    #[test]
    fn a_format_of_zeros_alone_is_that_of_a_code() {
        let styles = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="0"/>
            <numFmt numFmtId="166" formatCode="00.0"/><numFmt numFmtId="167" formatCode="000000000000000000"/></numFmts>
            <cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>
            <xf numFmtId="166"/><xf numFmtId="167"/></cellXfs><cellStyles/><dxfs/></styleSheet>"#;
        let formats = judged(Some(styles), "", &Limits::default()).expect("judged");
        let kinds: Vec<Kind> = (0..6).map(|format| formats.kind(format)).collect();
        use Kind::{Digits, Plain};
        assert_eq!(kinds, [Plain, Digits(5), Plain, Plain, Plain, Plain]);
    }

    #[test]
    fn a_workbook_without_formats_or_from_1904_is_read() {
        let formats = judged(None, r#"<workbookPr date1904="1"/>"#, &Limits::default()).expect("judged");
        assert!(formats.is_1904);
        assert_eq!(formats.kind(0), Kind::Plain);
        let broken = judged(Some("<styleSheet>"), "", &Limits::default()).err();
        assert!(matches!(broken, Some(IntakeError::Damaged { .. })));
    }
}
