//! A page's marks as the operators of its content stream.

use super::embed::Embedding;
use super::faces::{Faces, Glyph};
use super::page::{HEIGHT, Ink, Mark, Page, Style, WIDTH, Weight};
use std::io::Write as _;

/// Size of the word behind the text of a draft.
const STAMP: f32 = 150.0;
/// How thick the outline is drawn that makes a glyph bold, in em: the difference of the bundled weights' stems.
const EMBOLDEN: f32 = 0.028;

/// The content stream of a page, not compressed.
pub fn stream<'f>(page: &Page, faces: &Faces<'f>, fonts: &mut Embedding<'f>) -> Vec<u8> {
    let mut content = Content { out: Vec::with_capacity(1 << 15), faces, fonts, state: State::default() };
    for mark in &page.marks {
        content.mark(mark);
    }
    content.end_text();
    content.out
}

/// What the stream has set so far: an operator is written only where it changes something.
#[derive(Default)]
struct State {
    in_text: bool,
    font: Option<(u8, f32)>,
    spacing: f32,
    outlined: bool,
    fill: Option<Ink>,
    stroke: Option<Ink>,
    thick: f32,
}

struct Content<'a, 'f> {
    out: Vec<u8>,
    faces: &'a Faces<'f>,
    fonts: &'a mut Embedding<'f>,
    state: State,
}

impl Content<'_, '_> {
    fn mark(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, y, style, spacing, text } => {
                self.text(text, *style, *spacing, [1.0, 0.0, 0.0, 1.0, *x, HEIGHT - y]);
            }
            Mark::Stamp(text) => self.stamp(text),
            Mark::Rule { from, to, thick, ink } => self.rule(*from, *to, *thick, *ink),
            Mark::Fill { at, size, ink } => {
                self.end_text();
                self.fill(*ink);
                self.numbers(&[at.0, HEIGHT - at.1 - size.1, size.0, size.1], "re f");
            }
        }
    }

    fn text(&mut self, text: &str, style: Style, spacing: f32, place: [f32; 6]) {
        if text.is_empty() {
            return;
        }
        if !self.state.in_text {
            self.out.extend_from_slice(b"BT\n");
            self.state.in_text = true;
        }
        self.fill(style.ink);
        if self.state.spacing != spacing {
            self.state.spacing = spacing;
            self.precise(spacing);
            self.out.extend_from_slice(b" Tc\n");
        }
        self.numbers(&place, "Tm");
        let mut open = false;
        for c in text.chars() {
            let Some(glyph) = self.faces.drawn(c, style.weight) else { continue };
            if !self.is_set(glyph, style.size) {
                if std::mem::take(&mut open) {
                    self.out.extend_from_slice(b")Tj\n");
                }
                self.set(glyph, style);
            }
            if !open {
                self.out.push(b'(');
                open = true;
            }
            let code = self.fonts.code(c, glyph);
            code.to_be_bytes().into_iter().for_each(|byte| self.byte(byte));
        }
        if open {
            self.out.extend_from_slice(b")Tj\n");
        }
    }

    fn is_set(&self, glyph: Glyph, size: f32) -> bool {
        self.state.font == Some((glyph.face, size)) && self.state.outlined == glyph.embolden
    }

    /// Chooses a glyph's font; one that has to be bold without a bold font is filled and outlined.
    fn set(&mut self, glyph: Glyph, style: Style) {
        if self.state.font != Some((glyph.face, style.size)) {
            self.state.font = Some((glyph.face, style.size));
            let _ = write!(self.out, "/{} ", super::embed::name(glyph.face));
            self.numbers(&[style.size], "Tf");
        }
        if self.state.outlined != glyph.embolden {
            self.state.outlined = glyph.embolden;
            self.out.extend_from_slice(if glyph.embolden { b"2 Tr\n" } else { b"0 Tr\n" });
        }
        if glyph.embolden {
            self.stroke(style.ink, style.size * EMBOLDEN);
        }
    }

    /// A byte of a literal string.
    fn byte(&mut self, byte: u8) {
        match byte {
            b'(' | b')' | b'\\' => self.out.extend_from_slice(&[b'\\', byte]),
            // A bare carriage return would be read as a line feed.
            b'\r' => self.out.extend_from_slice(b"\\r"),
            _ => self.out.push(byte),
        }
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.state.in_text) {
            self.out.extend_from_slice(b"ET\n");
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
        self.end_text();
        // A picture, not words: without a text of its own it does not get between the lines of a copied page.
        self.out.extend_from_slice(b"/Span <</ActualText <FEFF>>> BDC\n");
        self.text(text, style, 0.0, [cos, sin, -sin, cos, x, y]);
        self.end_text();
        self.out.extend_from_slice(b"EMC\n");
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32), thick: f32, ink: Ink) {
        self.end_text();
        self.stroke(ink, thick);
        self.numbers(&[from.0, HEIGHT - from.1], "m");
        self.numbers(&[to.0, HEIGHT - to.1], "l S");
    }

    fn fill(&mut self, ink: Ink) {
        if self.state.fill != Some(ink) {
            self.state.fill = Some(ink);
            self.numbers(&color(ink), "rg");
        }
    }

    fn stroke(&mut self, ink: Ink, thick: f32) {
        if self.state.stroke != Some(ink) {
            self.state.stroke = Some(ink);
            self.numbers(&color(ink), "RG");
        }
        if self.state.thick != thick {
            self.state.thick = thick;
            self.numbers(&[thick], "w");
        }
    }

    fn numbers(&mut self, numbers: &[f32], operator: &str) {
        for number in numbers {
            self.number(*number, 2);
            self.out.push(b' ');
        }
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    /// Letter spacing adds up over a line: hundredths of a point would move its end.
    fn precise(&mut self, number: f32) {
        self.number(number, 4);
    }

    /// A number with so many decimals, without those that are zero.
    fn number(&mut self, number: f32, decimals: u32) {
        let scale = 10_i64.pow(decimals);
        let scaled = (f64::from(number) * scale as f64).round() as i64;
        if scaled < 0 {
            self.out.push(b'-');
        }
        let (whole, mut part) = (scaled.abs() / scale, scaled.abs() % scale);
        let _ = write!(self.out, "{whole}");
        if part > 0 {
            let mut digits = decimals as usize;
            while part % 10 == 0 {
                part /= 10;
                digits -= 1;
            }
            let _ = write!(self.out, ".{part:0digits$}");
        }
    }
}

fn color(ink: Ink) -> [f32; 3] {
    ink.rgb().map(|v| f32::from(v) / 255.0)
}
