//! Paragraphs of text as the formats share them: runs whose texts join to one, placeholders that may stand across
//! several of them, and what is written in their place.

use super::error::{Place, TemplateError};
use super::lookup::{Lookup, Scope, clean, units};
use super::marks::{BraceFault, Mark, SEAM, Word, marks};
use super::xml::{Edits, Kind, Xml, escape};
use std::ops::Range;

/// How a format writes paragraphs.
pub struct Flavour {
    /// Local names of the elements that are a paragraph.
    pub paragraphs: &'static [&'static str],
    /// Local name of the element that holds text; without one, text stands in the paragraph itself and its spans.
    pub text: Option<&'static str>,
    /// Local names of what stands in a line and is no text.
    pub seams: &'static [&'static str],
    /// Local names of what is no part of the text at all.
    pub skipped: &'static [&'static str],
    /// How a value is written.
    pub write: fn(&Xml<'_>, &Paragraph, &Node, &str) -> String,
    /// UTF-16 units that a paragraph may hold.
    pub most: usize,
}

/// A stretch of text within a paragraph.
#[derive(Debug, Clone)]
pub struct Node {
    /// Bytes that hold it, between the tags.
    pub range: Range<usize>,
    /// What it says.
    pub text: String,
    /// The element that holds it.
    pub holder: Option<usize>,
    /// Where it begins in the paragraph's text.
    from: usize,
}

/// A paragraph.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its element.
    pub token: usize,
    pub nodes: Vec<Node>,
    /// Its texts, joined.
    pub text: String,
}

impl Paragraph {
    fn new(token: usize) -> Self {
        Self { token, nodes: Vec::new(), text: String::new() }
    }

    fn add(&mut self, range: Range<usize>, text: String, holder: Option<usize>) {
        let from = self.text.len();
        self.text.push_str(&text);
        match self.nodes.last_mut().filter(|last| holder.is_none() && last.range.end == range.start) {
            Some(last) if last.from + last.text.len() == from => {
                last.range.end = range.end;
                last.text.push_str(&text);
            }
            _ => self.nodes.push(Node { range, text, holder, from }),
        }
    }

    /// The placeholders in it.
    ///
    /// # Errors
    /// When braces are not closed or hold braces.
    pub fn marks(&self, place: &Place) -> Result<Vec<Mark>, TemplateError> {
        braces(marks(&self.text), place)
    }
}

/// The placeholders of a text, or where its braces are at fault.
///
/// # Errors
/// The fault with its place.
pub fn braces(marks: Result<Vec<Mark>, BraceFault>, place: &Place) -> Result<Vec<Mark>, TemplateError> {
    marks.map_err(|fault| match fault {
        BraceFault::Unclosed => TemplateError::UnclosedPlaceholder { place: place.clone() },
        BraceFault::Nested => TemplateError::NestedPlaceholder { place: place.clone() },
    })
}

/// The paragraphs among some tokens, in the order in which they begin. One that stands within another, as those of
/// text boxes do, has its text to itself.
pub fn paragraphs(xml: &Xml<'_>, tokens: Range<usize>, flavour: &Flavour) -> Vec<Paragraph> {
    let (mut open, mut done): (Vec<Paragraph>, Vec<Paragraph>) = (Vec::new(), Vec::new());
    let mut at = tokens.start;
    while at < tokens.end.min(xml.tokens.len()) {
        let token = &xml.tokens[at];
        let local = xml.local(at);
        match token.kind {
            Kind::Start if flavour.skipped.contains(&local) => at = token.close,
            Kind::Start if flavour.paragraphs.contains(&local) => open.push(Paragraph::new(at)),
            Kind::End if open.last().is_some_and(|p| xml.tokens[p.token].close == at) => {
                done.extend(open.pop())
            }
            Kind::Start | Kind::Empty if flavour.seams.contains(&local) => {
                if let Some(p) = open.last_mut() {
                    p.text.push(SEAM);
                }
            }
            Kind::Start if flavour.text == Some(local) => {
                if let Some(p) = open.last_mut().filter(|p| xml.prefix(p.token) == xml.prefix(at)) {
                    p.add(xml.inner(at), xml.content(at), Some(at));
                }
                at = token.close;
            }
            Kind::Text | Kind::Data | Kind::Reference if flavour.text.is_none() => {
                if let Some(p) = open.last_mut() {
                    p.add(token.span.clone(), xml.decoded(at), None);
                }
            }
            _ => {}
        }
        at += 1;
    }
    done.sort_by_key(|p| p.token);
    done
}

/// A paragraph with its placeholders replaced.
pub struct Filled {
    /// What changes; nothing for a paragraph without placeholders.
    pub edits: Edits,
    /// What it says then.
    pub text: String,
}

/// Puts values in the place of a paragraph's placeholders. Markers of regions must not be left in it.
///
/// # Errors
/// Faults of braces; a marker that stands where nothing can repeat.
pub fn fill<'v>(
    xml: &Xml<'_>,
    paragraph: &Paragraph,
    flavour: &Flavour,
    scope: Option<Scope<'v>>,
    place: &Place,
    lookup: &mut Lookup<'v>,
) -> Result<Filled, TemplateError> {
    let mut edits = Edits::default();
    let marks = paragraph.marks(place)?;
    if marks.is_empty() {
        return Ok(Filled { edits, text: paragraph.text.clone() });
    }
    let mut values = Vec::new();
    for mark in &marks {
        match &mark.word {
            Word::Field(name) => values.push(clean(&lookup.value(name, scope, place).printed())),
            Word::Open(name) | Word::Close(name) => {
                return Err(TemplateError::MisplacedMarker { name: name.clone(), place: place.clone() });
            }
        }
    }
    let taken: usize =
        marks.iter().map(|m| units(paragraph.text.get(m.range.clone()).unwrap_or_default())).sum();
    let values = lookup.fit(values, units(&paragraph.text).saturating_sub(taken), flavour.most, place);
    for node in &paragraph.nodes {
        if let Some(new) = rewritten(xml, paragraph, node, flavour, &marks, &values) {
            if let Some(holder) = node.holder {
                keep_blanks(xml, holder, &mut edits);
            }
            edits.replace(node.range.clone(), new);
        }
    }
    let mut text = Edits::default();
    for (mark, value) in marks.iter().zip(&values) {
        text.replace(mark.range.clone(), value.as_str());
    }
    Ok(Filled { edits, text: text.apply(&paragraph.text, 0..paragraph.text.len()) })
}

/// The node's bytes with its share of the placeholders replaced: the value stands where its placeholder begins.
fn rewritten(
    xml: &Xml<'_>,
    paragraph: &Paragraph,
    node: &Node,
    flavour: &Flavour,
    marks: &[Mark],
    values: &[String],
) -> Option<String> {
    let (start, end) = (node.from, node.from + node.text.len());
    let touched = |m: &Mark| m.range.start < end && start < m.range.end;
    let (mut out, mut at, mut any) = (String::new(), start, false);
    for (mark, value) in marks.iter().zip(values).filter(|(m, _)| touched(m)) {
        any = true;
        if mark.range.start >= start {
            out.push_str(&escape(paragraph.text.get(at..mark.range.start).unwrap_or_default()));
            out.push_str(&(flavour.write)(xml, paragraph, node, value));
        }
        at = mark.range.end.min(end);
    }
    out.push_str(&escape(paragraph.text.get(at..end).unwrap_or_default()));
    any.then_some(out)
}

/// Blanks at the ends of the text count.
fn keep_blanks(xml: &Xml<'_>, holder: usize, edits: &mut Edits) {
    match xml.attr(holder, "xml:space") {
        Some(space) => edits.replace(space.span, "preserve"),
        None => {
            let at = xml.tokens[holder].span.end - 1;
            edits.replace(at..at, " xml:space=\"preserve\"");
        }
    }
}
