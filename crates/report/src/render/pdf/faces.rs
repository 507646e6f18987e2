//! The fonts: which of them draws a character, with which glyph, and how wide it is.

use super::page::Weight;
use crate::{Fonts, ReportError};
use std::cell::RefCell;

/// Printed for a character that no font has (下駄, the printer's own sign for a missing sort).
pub const SUBSTITUTE: char = '〓';

/// Signs with the same shape and meaning as one that the bundled font lacks; the text in the file stays as it was.
const STAND_INS: [(char, char); 3] = [('➤', '▶'), ('➢', '▷'), ('\u{2212}', '–')];

/// Characters whose glyphs lie together in the table of what was looked up.
const BLOCK: usize = 256;

/// The regular and the bold face, then those that are asked when these two do not have a character.
pub struct Faces<'f> {
    faces: Vec<Face<'f>>,
    regular: Seen,
    bold: Seen,
}

/// One font file.
pub struct Face<'f> {
    /// The file.
    pub bytes: &'f [u8],
    font: ttf_parser::Face<'f>,
    units_per_em: f32,
}

/// What is drawn for a character.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The character whose glyph is drawn.
    pub shown: char,
    /// Its glyph's number in the font.
    pub id: u16,
    /// Index of the font.
    pub face: u8,
    /// It has to be emboldened: the font has no bold face.
    pub embolden: bool,
    /// Its width in em.
    pub advance: f32,
}

type Block = Box<[Option<Glyph>; BLOCK]>;

/// Glyphs that were looked up, by blocks of characters.
#[derive(Default)]
struct Seen(RefCell<Vec<Option<Block>>>);

impl Seen {
    fn get(&self, c: char) -> Option<Glyph> {
        let at = c as usize;
        *self.0.borrow().get(at / BLOCK)?.as_ref()?.get(at % BLOCK)?
    }

    fn set(&self, c: char, glyph: Glyph) {
        let at = c as usize;
        let mut blocks = self.0.borrow_mut();
        if blocks.len() <= at / BLOCK {
            blocks.resize_with(at / BLOCK + 1, || None);
        }
        if let Some(block) = blocks.get_mut(at / BLOCK) {
            let block = block.get_or_insert_with(|| Box::new([None; BLOCK]));
            block[at % BLOCK] = Some(glyph);
        }
    }
}

impl<'f> Faces<'f> {
    /// Reads the fonts.
    ///
    /// # Errors
    /// When one of them is no TrueType font.
    pub fn read(fonts: &Fonts<'f>) -> Result<Self, ReportError> {
        let read = |bytes, which| Face::read(bytes).ok_or(ReportError::Font { which });
        let mut faces = vec![read(fonts.regular, "regular")?, read(fonts.bold, "bold")?];
        if faces.iter().any(|face| face.lookup(SUBSTITUTE).is_none()) {
            return Err(ReportError::Font { which: "regular or bold" });
        }
        // One that cannot be read is left out: what it would have drawn is named as missing.
        faces.extend(fonts.fallback.iter().filter_map(|bytes| Face::read(bytes)));
        Ok(Self { faces, regular: Seen::default(), bold: Seen::default() })
    }

    /// What is drawn for `c`; `None` for a character that has no shape of its own, such as a variation selector.
    pub fn drawn(&self, c: char, weight: Weight) -> Option<Glyph> {
        if is_shapeless(c) { None } else { Some(self.glyph(c, weight)) }
    }

    /// What is drawn for `c`.
    pub fn glyph(&self, c: char, weight: Weight) -> Glyph {
        let seen = match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        seen.get(c).unwrap_or_else(|| {
            let glyph = self.find(c, weight);
            seen.set(c, glyph);
            glyph
        })
    }

    /// Width of `text` in points at `size`.
    pub fn width(&self, text: &str, size: f32, weight: Weight) -> f32 {
        text.chars().map(|c| self.glyph(c, weight).advance).sum::<f32>() * size
    }

    /// Whether `c` would print as the substitute.
    pub fn lacks(&self, c: char) -> bool {
        let substituted = |weight| self.glyph(c, weight).shown == SUBSTITUTE;
        c != SUBSTITUTE && (substituted(Weight::Regular) || substituted(Weight::Bold))
    }

    /// A font file by the index that its glyphs carry.
    pub fn face(&self, index: u8) -> Option<&Face<'f>> {
        self.faces.get(usize::from(index))
    }

    /// The weight's own face, a sign of the same shape in it, another font, and at last the substitute.
    fn find(&self, c: char, weight: Weight) -> Glyph {
        if is_shapeless(c) {
            return Glyph { shown: ' ', id: 0, face: 0, embolden: false, advance: 0.0 };
        }
        let own = match weight {
            Weight::Regular => 0,
            Weight::Bold => 1,
        };
        let of = |index: usize, shown: char| {
            let (id, advance) = self.faces.get(index)?.lookup(shown)?;
            let face = u8::try_from(index).ok()?;
            Some(Glyph { shown, id, face, embolden: weight == Weight::Bold && face != 1, advance })
        };
        let stand_in = STAND_INS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
        of(own, c)
            .or_else(|| stand_in.and_then(|to| of(own, to)))
            .or_else(|| (0..self.faces.len()).find_map(|index| of(index, c)))
            .or_else(|| of(own, if is_blank(c) { ' ' } else { SUBSTITUTE }))
            .unwrap_or(Glyph { shown: c, id: 0, face: 0, embolden: false, advance: 1.0 })
    }
}

impl<'f> Face<'f> {
    fn read(bytes: &'f [u8]) -> Option<Self> {
        let font = ttf_parser::Face::parse(bytes, 0).ok()?;
        let units_per_em = f32::from(font.units_per_em());
        // Papers are set in TrueType outlines, and no font is cut down that lacks its table `post`.
        let drawable = units_per_em > 0.0 && font.tables().glyf.is_some() && font.tables().post.is_some();
        drawable.then_some(Self { bytes, font, units_per_em })
    }

    /// Number and width in em of the glyph for `c`.
    fn lookup(&self, c: char) -> Option<(u16, f32)> {
        let id = self.font.glyph_index(c).filter(|id| id.0 != 0)?;
        let advance = self.font.glyph_hor_advance(id).unwrap_or_default();
        Some((id.0, f32::from(advance) / self.units_per_em))
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// Characters that choose or join the shapes of others and have none themselves.
fn is_shapeless(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0100}'..='\u{e01ef}')
}
