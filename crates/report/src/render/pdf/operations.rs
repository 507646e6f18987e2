//! A page's marks as printpdf's operations, and which fonts they use.

use super::faces::{Faces, Glyph};
use super::page::{HEIGHT, Ink, Link, Mark, Page, Style, WIDTH, Weight};
use printpdf::{
    Actions, BorderArray, Codepoint, Color, ColorArray, Destination, DictItem, FontId, Line, LinePoint,
    LinkAnnotation, Op, PaintMode, PdfFontHandle, Point, Pt, Rect, Rgb, TextItem, TextMatrix,
    TextRenderingMode,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Size of the word behind the text of a draft.
const STAMP: f32 = 150.0;
/// How thick the outline is drawn that makes a glyph bold, in em: the difference of the bundled weights' stems.
const EMBOLDEN: f32 = 0.028;

/// What the pages of a file have used so far.
#[derive(Default)]
pub struct Used {
    /// Indexes of the fonts.
    pub faces: BTreeSet<u8>,
    /// What a font's glyph reads as: the character that it was first drawn for.
    readings: HashMap<(u8, u16), char>,
}

impl Used {
    fn reading(&mut self, c: char, glyph: Glyph) -> char {
        self.faces.insert(glyph.face);
        *self.readings.entry((glyph.face, glyph.id)).or_insert(c)
    }
}

/// Resource name of a font. Its six letters become the tag that marks a subset; they are the same in every file, since
/// the bytes of a file depend on nothing but its content.
pub fn font_id(face: u8) -> FontId {
    let letter = |n: u8| char::from(b'A' + n % 26);
    FontId(format!("FBKA{}{}", letter(face / 26), letter(face)))
}

/// The operations of a page.
pub fn of(page: &Page, faces: &Faces<'_>, used: &mut Used) -> Vec<Op> {
    let ops = Vec::with_capacity(page.marks.len() * 6);
    let mut drawing = Drawing { ops, faces, used, state: State::default() };
    for mark in &page.marks {
        drawing.mark(mark);
    }
    drawing.ops.extend(page.links.iter().map(link));
    drawing.ops
}

/// What has been set so far: an operation is added only where it changes something.
#[derive(Default)]
struct State {
    font: Option<(u8, f32)>,
    spacing: f32,
    outlined: bool,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    thick: f32,
}

struct Drawing<'a, 'f> {
    ops: Vec<Op>,
    faces: &'a Faces<'f>,
    used: &'a mut Used,
    state: State,
}

impl Drawing<'_, '_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, y, style, spacing, text } => {
                // A place is given by an offset: text matrices would be taken for a request to join texts that lie on
                // one line, and every glyph's outline would be read for it.
                let place = Op::SetTextCursor { pos: Point { x: points(*x), y: points(HEIGHT - y) } };
                self.text(text, *style, *spacing, place);
            }
            Mark::Stamp(text) => self.stamp(text),
            Mark::Rule { from, to, thick, ink } => self.rule(*from, *to, *thick, *ink),
            Mark::Fill { at, size, ink } => {
                self.fill(*ink);
                let mut rectangle = rectangle(*at, *size);
                rectangle.mode = Some(PaintMode::Fill);
                self.ops.push(Op::DrawRectangle { rectangle });
            }
        }
    }

    fn text(&mut self, text: &str, style: Style, spacing: f32, place: Op) {
        if text.is_empty() {
            return;
        }
        self.ops.push(Op::StartTextSection);
        self.fill(style.ink);
        if self.state.spacing != spacing {
            self.state.spacing = spacing;
            // Letter spacing adds up over a line: hundredths of a point would move its end.
            self.ops.push(Op::SetCharacterSpacing { multiplier: rounded(spacing, 10_000.0) });
        }
        self.ops.push(place);
        let mut run = Vec::new();
        for c in text.chars() {
            let Some(glyph) = self.faces.drawn(c, style.weight) else { continue };
            if !self.is_set(glyph, style.size) {
                self.show(&mut run);
                self.set(glyph, style);
            }
            let reading = self.used.reading(c, glyph);
            let drawn = Codepoint::with_cid(glyph.id, 0.0, reading.to_string());
            if reading == c {
                run.push(drawn);
            } else {
                self.show(&mut run);
                self.ops.push(span(&c.to_string()));
                self.show(&mut vec![drawn]);
                self.ops.push(Op::EndMarkedContent);
            }
        }
        self.show(&mut run);
        self.ops.push(Op::EndTextSection);
    }

    /// Draws a run of glyphs and empties it.
    fn show(&mut self, run: &mut Vec<Codepoint>) {
        if !run.is_empty() {
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(run))] });
        }
    }

    fn is_set(&self, glyph: Glyph, size: f32) -> bool {
        self.state.font == Some((glyph.face, size)) && self.state.outlined == glyph.embolden
    }

    /// Chooses a glyph's font; one that has to be bold without a bold font is filled and outlined.
    fn set(&mut self, glyph: Glyph, style: Style) {
        if self.state.font != Some((glyph.face, style.size)) {
            self.state.font = Some((glyph.face, style.size));
            let font = PdfFontHandle::External(font_id(glyph.face));
            self.ops.push(Op::SetFont { font, size: points(style.size) });
        }
        if self.state.outlined != glyph.embolden {
            self.state.outlined = glyph.embolden;
            let mode = match glyph.embolden {
                true => TextRenderingMode::FillStroke,
                false => TextRenderingMode::Fill,
            };
            self.ops.push(Op::SetTextRenderingMode { mode });
        }
        if glyph.embolden {
            self.stroke(style.ink, style.size * EMBOLDEN);
        }
    }

    fn stamp(&mut self, text: &str) {
        let style = Style::new(STAMP, STAMP, Weight::Bold, Ink::Stamp);
        let half = self.faces.width(text, STAMP, Weight::Bold) / 2.0;
        let (sin, cos) = std::f32::consts::FRAC_PI_6.sin_cos();
        // The middle of the text lies in the middle of the sheet: half its length back along the slant, and down
        // by a third of its height across it.
        let x = WIDTH / 2.0 - half * cos + STAMP / 3.0 * sin;
        let y = HEIGHT / 2.0 - half * sin - STAMP / 3.0 * cos;
        let place = [cos, sin, -sin, cos, x, y].map(|v| rounded(v, 1_000.0));
        // A picture, not words: without a text of its own it does not get between the lines of a copied page.
        self.ops.push(span(""));
        self.text(text, style, 0.0, Op::SetTextMatrix { matrix: TextMatrix::Raw(place) });
        self.ops.push(Op::EndMarkedContent);
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, ink: Ink) {
        self.stroke(ink, thick);
        let point = |(x, y): (f32, f32)| {
            let p = Point { x: points(x), y: points(HEIGHT - y) };
            LinePoint { p, bezier: false }
        };
        let line = Line { points: vec![point(from), point(to)], is_closed: false };
        self.ops.push(Op::DrawLine { line });
    }

    fn fill(&mut self, ink: Ink) {
        if self.state.fill != Some(ink) {
            self.state.fill = Some(ink);
            self.ops.push(Op::SetFillColor { col: color(ink) });
        }
    }

    fn stroke(&mut self, ink: Ink, thick: f32) {
        if self.state.stroke != Some(ink) {
            self.state.stroke = Some(ink);
            self.ops.push(Op::SetOutlineColor { col: color(ink) });
        }
        if self.state.thick != thick {
            self.state.thick = thick;
            self.ops.push(Op::SetOutlineThickness { pt: points(thick) });
        }
    }
}

/// Opens a span that reads as `text` to whoever copies or searches it, whatever is drawn in it.
fn span(text: &str) -> Op {
    let text = DictItem::Bytes(super::catalog::utf16(text));
    let map = BTreeMap::from([("ActualText".to_owned(), text)]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } }
}

/// A link to a place on a page, without a frame.
fn link(link: &Link) -> Op {
    let destination = Destination::Xyz {
        page: link.page + 1,
        left: None,
        top: Some(super::catalog::top(link.y)),
        zoom: None,
    };
    let border = Some(BorderArray::Solid([0.0; 3]));
    let rectangle = rectangle(link.at, link.size);
    let color = Some(ColorArray::Transparent);
    Op::LinkAnnotation {
        link: LinkAnnotation::new(rectangle, Actions::go_to(destination), border, color, None),
    }
}

/// A rectangle by its left upper corner, width and height.
fn rectangle(at: (f32, f32), size: (f32, f32)) -> Rect {
    let bottom = HEIGHT - at.1 - size.1;
    Rect::from_xywh(points(at.0), points(bottom), points(size.0), points(size.1))
}

/// A length in hundredths of a point: more digits are seen by nobody and make a file longer.
fn points(length: f32) -> Pt {
    Pt(rounded(length, 100.0))
}

fn rounded(number: f32, parts: f32) -> f32 {
    (number * parts).round() / parts
}

fn color(ink: Ink) -> Color {
    let [r, g, b] = ink.rgb().map(|v| rounded(f32::from(v) / 255.0, 1_000.0));
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}
