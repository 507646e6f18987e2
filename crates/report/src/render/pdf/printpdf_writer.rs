//! Pages to PDF through printpdf's operations: text with subset fonts and a ToUnicode map, lines, rectangles.

use super::catalog;
use super::faces::Faces;
use super::page::{HEIGHT, Ink, Mark, Page, Style, WIDTH, Weight};
use super::writer::{Meta, PageWriter};
use crate::ReportError;
use printpdf::{
    Codepoint, Color, DictItem, FontId, Line, LinePoint, Op, PaintMode, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfParseErrorSeverity, PdfSaveOptions, Point, Pt, Rect, Rgb, TextItem, TextMatrix,
};
use std::collections::BTreeMap;

/// Resource names of the two fonts. Their first six letters become the tag that marks a subset, so they are fixed:
/// a drawn-by-lot name would change the bytes.
const REGULAR: &str = "FBKREG";
const BOLD: &str = "FBKBLD";

/// Size of the word behind the text of a draft.
const STAMP: f32 = 150.0;

/// The writer that goes through printpdf.
pub struct PrintPdf<'f> {
    faces: &'f Faces,
}

impl<'f> PrintPdf<'f> {
    /// A writer that embeds these fonts.
    pub fn new(faces: &'f Faces) -> Self {
        Self { faces }
    }

    fn ops(&self, page: &Page) -> Vec<Op> {
        let mut ops = Vec::with_capacity(page.marks.len() * 6);
        for mark in &page.marks {
            match mark {
                Mark::Text { x, y, style, spacing, text } => {
                    let place = [1.0, 0.0, 0.0, 1.0, *x, HEIGHT - y];
                    self.text(&mut ops, text, *style, *spacing, place);
                }
                Mark::Stamp(text) => self.stamp(&mut ops, text),
                Mark::Rule { from, to, thick } => rule(&mut ops, *from, *to, *thick),
                Mark::Fill { at, size, ink } => fill(&mut ops, *at, *size, *ink),
            }
        }
        ops
    }

    fn text(&self, ops: &mut Vec<Op>, text: &str, style: Style, spacing: f32, place: [f32; 6]) {
        if text.is_empty() {
            return;
        }
        let substituted = text.chars().any(|c| self.faces.lacks(c));
        if substituted {
            ops.push(span(text));
        }
        let font = PdfFontHandle::External(FontId(match style.weight {
            Weight::Regular => REGULAR.to_owned(),
            Weight::Bold => BOLD.to_owned(),
        }));
        ops.push(Op::SetFillColor { col: color(style.ink) });
        ops.push(Op::StartTextSection);
        ops.push(Op::SetFont { font, size: Pt(style.size) });
        ops.push(Op::SetCharacterSpacing { multiplier: spacing });
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Raw(place) });
        ops.push(Op::ShowText { items: self.items(text, style.weight) });
        ops.push(Op::EndTextSection);
        if substituted {
            ops.push(Op::EndMarkedContent);
        }
    }

    /// Runs of characters that are drawn as themselves, and single glyphs for stand-ins, which keep their own
    /// character in the text that a reader copies or searches.
    fn items(&self, text: &str, weight: Weight) -> Vec<TextItem> {
        let mut items = Vec::new();
        let mut run = String::new();
        for c in text.chars() {
            let glyph = self.faces.glyph(c, weight);
            let stands_in = glyph.shown != c && glyph.shown != super::faces::SUBSTITUTE && glyph.shown != ' ';
            if stands_in {
                if !run.is_empty() {
                    items.push(TextItem::Text(std::mem::take(&mut run)));
                }
                items.push(TextItem::GlyphIds(vec![Codepoint::with_cid(glyph.id, 0.0, c.to_string())]));
            } else {
                run.push(glyph.shown);
            }
        }
        if !run.is_empty() {
            items.push(TextItem::Text(run));
        }
        items
    }

    fn stamp(&self, ops: &mut Vec<Op>, text: &str) {
        let style = Style::new(STAMP, STAMP, Weight::Bold, Ink::Stamp);
        let half = self.faces.width(text, STAMP, Weight::Bold) / 2.0;
        let (sin, cos) = std::f32::consts::FRAC_PI_6.sin_cos();
        // The middle of the text lies in the middle of the sheet: half its length back along the slant, and down
        // by a third of its height across it.
        let x = WIDTH / 2.0 - half * cos + STAMP / 3.0 * sin;
        let y = HEIGHT / 2.0 - half * sin - STAMP / 3.0 * cos;
        // A picture, not words: without a text of its own it does not get between the lines of a copied page.
        ops.push(span(""));
        self.text(ops, text, style, 0.0, [cos, sin, -sin, cos, x, y]);
        ops.push(Op::EndMarkedContent);
    }
}

impl PageWriter for PrintPdf<'_> {
    fn write(&self, pages: &[Page], meta: &Meta) -> Result<Vec<u8>, ReportError> {
        let mut document = PdfDocument::new(&meta.title);
        for (name, weight) in [(REGULAR, Weight::Regular), (BOLD, Weight::Bold)] {
            let font = PdfFont::new(self.faces.font(weight).clone());
            document.resources.fonts.map.insert(FontId(name.to_owned()), font);
        }
        let (width, height) = (Pt(WIDTH).into(), Pt(HEIGHT).into());
        document.pages = pages.iter().map(|page| PdfPage::new(width, height, self.ops(page))).collect();
        let mut warnings = Vec::new();
        let file = document.to_lopdf_document(&PdfSaveOptions::default(), &mut warnings);
        if warnings.iter().any(|w| w.severity == PdfParseErrorSeverity::Error) {
            return Err(ReportError::Pdf { what: "pages or fonts" });
        }
        catalog::finish(file, pages, meta)
    }
}

/// Opens a span that reads as `text` to whoever copies or searches it, whatever is drawn in it.
fn span(text: &str) -> Op {
    let text = DictItem::Bytes(catalog::utf16(text));
    let map = BTreeMap::from([("ActualText".to_owned(), text)]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } }
}

fn rule(ops: &mut Vec<Op>, from: (f32, f32), to: (f32, f32), thick: f32) {
    let point = |(x, y): (f32, f32)| LinePoint { p: Point { x: Pt(x), y: Pt(HEIGHT - y) }, bezier: false };
    ops.push(Op::SetOutlineColor { col: color(Ink::Line) });
    ops.push(Op::SetOutlineThickness { pt: Pt(thick) });
    ops.push(Op::DrawLine { line: Line { points: vec![point(from), point(to)], is_closed: false } });
}

fn fill(ops: &mut Vec<Op>, at: (f32, f32), size: (f32, f32), ink: Ink) {
    let mut rectangle = Rect::from_xywh(Pt(at.0), Pt(HEIGHT - at.1 - size.1), Pt(size.0), Pt(size.1));
    rectangle.mode = Some(PaintMode::Fill);
    ops.push(Op::SetFillColor { col: color(ink) });
    ops.push(Op::DrawRectangle { rectangle });
}

fn color(ink: Ink) -> Color {
    let [r, g, b] = ink.rgb().map(|v| f32::from(v) / 255.0);
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}
