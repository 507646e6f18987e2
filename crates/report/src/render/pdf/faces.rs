//! The two fonts: what they can draw and how wide it is.

use super::page::Weight;
use crate::{Fonts, ReportError};
use printpdf::ParsedFont;
use std::cell::RefCell;
use std::collections::HashMap;

/// Printed for a character that the font does not have (下駄, the printer's own sign for a missing sort).
pub const SUBSTITUTE: char = '〓';

/// Signs with the same shape and meaning as one that the bundled font lacks; the text in the file stays as it was.
const STAND_INS: [(char, char); 3] = [('➤', '▶'), ('➢', '▷'), ('\u{2212}', '–')];

/// The regular and the bold face.
pub struct Faces {
    regular: Face,
    bold: Face,
}

struct Face {
    font: ParsedFont,
    units_per_em: f32,
    seen: RefCell<HashMap<char, Glyph>>,
}

/// What is drawn for a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character whose glyph is drawn.
    pub shown: char,
    /// Its glyph's number in the font.
    pub id: u16,
    /// Its width in em.
    pub advance: f32,
}

impl Faces {
    /// Reads both fonts.
    ///
    /// # Errors
    /// When one of them is no TrueType font.
    pub fn read(fonts: &Fonts<'_>) -> Result<Self, ReportError> {
        let regular = Face::read(fonts.regular).ok_or(ReportError::Font { which: "regular" })?;
        let bold = Face::read(fonts.bold).ok_or(ReportError::Font { which: "bold" })?;
        Ok(Self { regular, bold })
    }

    /// What is drawn for `c`.
    pub fn glyph(&self, c: char, weight: Weight) -> Glyph {
        self.face(weight).glyph(c)
    }

    /// Width of `text` in points at `size`.
    pub fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        let face = self.face(weight);
        text.chars().map(|c| face.glyph(c).advance).sum::<f32>() * size
    }

    /// Whether `c` would print as the substitute.
    pub fn lacks(&self, c: char) -> bool {
        c != SUBSTITUTE && [&self.regular, &self.bold].iter().any(|face| face.glyph(c).shown == SUBSTITUTE)
    }

    /// The font of a weight, for embedding.
    pub fn font(&self, weight: Weight) -> &ParsedFont {
        &self.face(weight).font
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }
}

impl Face {
    fn read(bytes: &[u8]) -> Option<Self> {
        let font = ParsedFont::from_bytes(bytes, 0, &mut Vec::new())?;
        let units_per_em = f32::from(font.font_metrics.units_per_em);
        let readable = units_per_em > 0.0 && font.lookup_glyph_index(u32::from(SUBSTITUTE)).is_some();
        readable.then(|| Self { font, units_per_em, seen: RefCell::default() })
    }

    fn glyph(&self, c: char) -> Glyph {
        if let Some(glyph) = self.seen.borrow().get(&c) {
            return *glyph;
        }
        let found = self
            .lookup(c)
            .or_else(|| STAND_INS.iter().find(|(from, _)| *from == c).and_then(|(_, to)| self.lookup(*to)))
            .or_else(|| self.lookup(if is_blank(c) { ' ' } else { SUBSTITUTE }))
            .unwrap_or(Glyph { shown: c, id: 0, advance: 1.0 });
        self.seen.borrow_mut().insert(c, found);
        found
    }

    fn lookup(&self, c: char) -> Option<Glyph> {
        let id = self.font.lookup_glyph_index(u32::from(c)).filter(|id| *id != 0)?;
        let advance = f32::from(self.font.get_horizontal_advance(id)) / self.units_per_em;
        Some(Glyph { shown: c, id, advance })
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}
