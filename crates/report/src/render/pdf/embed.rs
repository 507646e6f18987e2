//! Fonts inside the file: a subset with the glyphs that were drawn, their widths, and what each reads as.
//!
//! A code of the file stands for a character, not for a glyph: where two characters share a glyph, or the substitute
//! is drawn for one, whoever copies or searches the text still gets the character itself.

use super::catalog::utf16;
use super::faces::{Face, Faces, Glyph};
use crate::ReportError;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, StringFormat, dictionary};
use std::collections::HashMap;
use std::fmt::Write as _;

/// Entries that one section of a ToUnicode map may have.
const SECTION: usize = 100;

/// The codes of the characters that one font draws, given out in the order of their first use, from 1.
#[derive(Default)]
struct Codes {
    of: HashMap<char, u16>,
    drawn: Vec<(char, Glyph)>,
}

/// The fonts that a file uses.
pub struct Embedding<'f> {
    faces: &'f Faces<'f>,
    codes: Vec<Codes>,
}

impl<'f> Embedding<'f> {
    /// No font is used yet.
    pub fn new(faces: &'f Faces<'f>) -> Self {
        Self { faces, codes: Vec::new() }
    }

    /// The code of `c` in the font of its glyph.
    pub fn code(&mut self, c: char, glyph: Glyph) -> u16 {
        let index = usize::from(glyph.face);
        if self.codes.len() <= index {
            self.codes.resize_with(index + 1, Codes::default);
        }
        let Some(codes) = self.codes.get_mut(index) else { return 0 };
        if let Some(code) = codes.of.get(&c) {
            return *code;
        }
        // A font has fewer than 65,536 glyphs, and no document as many characters of it; 0 draws nothing.
        let Ok(code) = u16::try_from(codes.drawn.len() + 1) else { return 0 };
        codes.of.insert(c, code);
        codes.drawn.push((c, glyph));
        code
    }

    /// Adds the fonts to a file; returns the dictionary that pages name them by (`F0`, `F1` …).
    ///
    /// # Errors
    /// When a font cannot be cut down to what is used.
    pub fn add(&self, file: &mut Document) -> Result<Dictionary, ReportError> {
        let mut fonts = Dictionary::new();
        for (index, codes) in (0u8..).zip(&self.codes) {
            if let Some(face) = self.faces.face(index).filter(|_| !codes.drawn.is_empty()) {
                let id = add(file, face, index, codes).ok_or(ReportError::Pdf { what: "fonts" })?;
                fonts.set(name(index), Object::Reference(id));
            }
        }
        Ok(fonts)
    }
}

/// Resource name of a font.
pub fn name(index: u8) -> String {
    format!("F{index}")
}

fn add(file: &mut Document, face: &Face<'_>, index: u8, codes: &Codes) -> Option<ObjectId> {
    let mut remapper = subsetter::GlyphRemapper::new();
    let glyphs: Vec<u16> = codes.drawn.iter().map(|(_, glyph)| remapper.remap(glyph.id)).collect();
    let subset = subsetter::subset(face.bytes, 0, &remapper).ok()?;
    let base = base_name(face, index);
    let length = i64::try_from(subset.len()).ok()?;
    let program = file.add_object(Stream::new(dictionary! { "Length1" => length }, subset));
    let descriptor = file.add_object(descriptor(face, &base, program));
    let map: Vec<u8> = std::iter::once(0).chain(glyphs).flat_map(u16::to_be_bytes).collect();
    let map = file.add_object(Stream::new(Dictionary::new(), map));
    let widths = codes.drawn.iter().map(|(_, glyph)| Object::Real(glyph.advance * 1000.0)).collect();
    let descendant = file.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "CIDFontType2",
        "BaseFont" => Object::Name(base.clone().into_bytes()),
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
        "FontDescriptor" => Object::Reference(descriptor),
        "DW" => 1000,
        "W" => vec![Object::Integer(1), Object::Array(widths)],
        "CIDToGIDMap" => Object::Reference(map),
    });
    let unicode = file.add_object(Stream::new(Dictionary::new(), to_unicode(codes).into_bytes()));
    Some(file.add_object(dictionary! {
        "Type" => "Font",
        "Subtype" => "Type0",
        "BaseFont" => Object::Name(base.into_bytes()),
        "Encoding" => "Identity-H",
        "DescendantFonts" => vec![Object::Reference(descendant)],
        "ToUnicode" => Object::Reference(unicode),
    }))
}

/// `FBKAAA+NotoSansTC-Regular`: the tag says that it is a subset. It is the same in every file, since the bytes of a
/// file depend on nothing but its content.
fn base_name(face: &Face<'_>, index: u8) -> String {
    let own = face.font.names().into_iter().find(|n| n.name_id == ttf_parser::name_id::POST_SCRIPT_NAME);
    let own: String = own.and_then(|n| n.to_string()).unwrap_or_default();
    let safe: String = own.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(60).collect();
    let safe = if safe.is_empty() { "Font".to_owned() } else { safe };
    let letter = |n: u8| char::from(b'A' + n % 26);
    format!("FBKA{}{}+{safe}", letter(index / 26), letter(index))
}

fn descriptor(face: &Face<'_>, base: &str, program: ObjectId) -> Dictionary {
    let font = &face.font;
    let bounds = font.global_bounding_box();
    let corners = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
    let ascent = face.thousandths(font.ascender());
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => Object::Name(base.as_bytes().to_vec()),
        // Symbolic: the codes are the file's own.
        "Flags" => 4,
        "FontBBox" => corners.map(|v| Object::Integer(face.thousandths(v))).to_vec(),
        "ItalicAngle" => 0,
        "Ascent" => ascent,
        "Descent" => face.thousandths(font.descender()),
        "CapHeight" => font.capital_height().map_or(ascent, |h| face.thousandths(h)),
        "StemV" => if font.is_bold() { 140 } else { 80 },
        "FontFile2" => Object::Reference(program),
    }
}

/// The map from codes to what they read as.
fn to_unicode(codes: &Codes) -> String {
    let mut map = String::from(concat!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n",
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n",
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
    ));
    let entries: Vec<(u16, char)> = (1u16..).zip(codes.drawn.iter().map(|(c, _)| *c)).collect();
    for section in entries.chunks(SECTION) {
        let _ = writeln!(map, "{} beginbfchar", section.len());
        for (code, c) in section {
            let _ = write!(map, "<{code:04X}> <");
            for unit in c.encode_utf16(&mut [0; 2]) {
                let _ = write!(map, "{unit:04X}");
            }
            map.push_str(">\n");
        }
        map.push_str("endbfchar\n");
    }
    map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map
}

/// A text string of the file's own, such as a title.
pub fn text_string(s: &str) -> Object {
    Object::String(utf16(s), StringFormat::Hexadecimal)
}
