//! A part of XML as tokens with their places, and edits of it: what no edit touches stays as it stands, byte for byte.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;
use std::ops::Range;

/// The part is not well-formed, or says something that a program must not follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Malformed;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `<a>`.
    Start,
    /// `<a/>`.
    Empty,
    /// `</a>`.
    End,
    /// Text, entities aside.
    Text,
    /// `<![CDATA[…]]>`.
    Data,
    /// `&amp;`, `&#65;`.
    Reference,
    /// Declarations, comments, instructions.
    Other,
}

/// A token and its place.
#[derive(Debug, Clone)]
pub struct Token {
    pub kind: Kind,
    pub span: Range<usize>,
    /// Bytes of the name with its prefix.
    name: Range<usize>,
    /// Of a start tag the index of its end tag; otherwise its own.
    pub close: usize,
}

/// An attribute's value with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attr {
    /// Value, entities resolved.
    pub value: String,
    /// Between the quotes.
    pub span: Range<usize>,
    /// With its name and the blank before it.
    pub whole: Range<usize>,
}

/// A part.
pub struct Xml<'a> {
    pub text: &'a str,
    pub tokens: Vec<Token>,
}

impl<'a> Xml<'a> {
    /// Takes a part apart.
    ///
    /// # Errors
    /// When it is not well-formed, or has a document type of its own.
    pub fn parse(text: &'a str) -> Result<Self, Malformed> {
        let body = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let offset = text.len() - body.len();
        let mut reader = Reader::from_str(body);
        let (mut tokens, mut open): (Vec<Token>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut at = 0;
        loop {
            let event = reader.read_event().map_err(|_| Malformed)?;
            let end = usize::try_from(reader.buffer_position()).map_err(|_| Malformed)?;
            let (kind, name) = match &event {
                Event::Start(e) => (Kind::Start, e.name().into_inner().len()),
                Event::Empty(e) => (Kind::Empty, e.name().into_inner().len()),
                Event::End(e) => (Kind::End, e.name().into_inner().len()),
                Event::Text(_) => (Kind::Text, 0),
                Event::CData(_) => (Kind::Data, 0),
                Event::GeneralRef(_) => (Kind::Reference, 0),
                Event::DocType(_) => return Err(Malformed),
                Event::Eof => break,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => (Kind::Other, 0),
            };
            let index = tokens.len();
            let from = at + offset + if kind == Kind::End { 2 } else { 1 };
            tokens.push(Token {
                kind,
                span: at + offset..end + offset,
                name: from..from + name,
                close: index,
            });
            match kind {
                Kind::Start => open.push(index),
                Kind::End => tokens[open.pop().ok_or(Malformed)?].close = index,
                _ => {}
            }
            at = end;
        }
        let whole = text.len() == at + offset || tokens.is_empty();
        if open.is_empty() && whole { Ok(Self { text, tokens }) } else { Err(Malformed) }
    }

    /// The bytes of a range; empty for one that is not of this part.
    pub fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// A token's name with its prefix.
    pub fn name(&self, token: usize) -> &'a str {
        self.tokens.get(token).map_or("", |t| self.slice(t.name.clone()))
    }

    /// A token's name without its prefix.
    pub fn local(&self, token: usize) -> &'a str {
        let name = self.name(token);
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The prefix of a token's name with its colon, or nothing.
    pub fn prefix(&self, token: usize) -> &'a str {
        let name = self.name(token);
        name.get(..name.len() - self.local(token).len()).unwrap_or_default()
    }

    /// Whether an element begins here.
    pub fn opens(&self, token: usize) -> bool {
        self.tokens.get(token).is_some_and(|t| matches!(t.kind, Kind::Start | Kind::Empty))
    }

    /// The element's bytes, tags included.
    pub fn outer(&self, token: usize) -> Range<usize> {
        let end = self.tokens[self.tokens[token].close].span.end;
        self.tokens[token].span.start..end
    }

    /// The bytes between the element's tags.
    pub fn inner(&self, token: usize) -> Range<usize> {
        let open = &self.tokens[token];
        if open.kind == Kind::Start {
            open.span.end..self.tokens[open.close].span.start
        } else {
            open.span.end..open.span.end
        }
    }

    /// Elements of this local name, in their order, from a token up to the end of another.
    pub fn elements(&self, within: Range<usize>, local: &'a str) -> impl Iterator<Item = usize> {
        within.filter(move |t| self.opens(*t) && self.local(*t) == local)
    }

    /// All elements of this local name.
    pub fn all(&self, local: &'a str) -> impl Iterator<Item = usize> {
        self.elements(0..self.tokens.len(), local)
    }

    /// The element's children.
    pub fn children(&self, token: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let (mut at, end) = (token + 1, self.tokens[token].close);
        while at < end {
            if self.opens(at) {
                found.push(at);
            }
            at = self.tokens[at].close + 1;
        }
        found
    }

    /// The text that stands in the tokens of a range, elements' own texts included.
    pub fn text_in(&self, tokens: Range<usize>) -> String {
        tokens.map(|t| self.decoded(t)).collect()
    }

    /// The text within an element.
    pub fn content(&self, token: usize) -> String {
        self.text_in(token + 1..self.tokens[token].close)
    }

    /// What a token says as text; nothing for tags. An entity that nobody knows stays as it is written.
    pub fn decoded(&self, token: usize) -> String {
        let Some(of) = self.tokens.get(token) else { return String::new() };
        let raw = self.slice(of.span.clone());
        match of.kind {
            Kind::Text => raw.replace("\r\n", "\n"),
            Kind::Data => raw
                .strip_prefix("<![CDATA[")
                .and_then(|r| r.strip_suffix("]]>"))
                .unwrap_or_default()
                .to_owned(),
            Kind::Reference => unescape(raw),
            _ => String::new(),
        }
    }

    /// An attribute by its whole name.
    pub fn attr(&self, token: usize, name: &str) -> Option<Attr> {
        self.attrs(token).into_iter().find(|(key, _)| *key == name).map(|(_, attr)| attr)
    }

    /// Text as it is written between an attribute's quotes.
    pub fn quoted(&self, attr: &Attr, text: &str) -> String {
        let single = self.text.get(..attr.span.start).is_some_and(|before| before.ends_with('\''));
        let text = escape(text).replace('\n', "&#10;").replace('\t', "&#9;");
        if single { text.replace('\'', "&apos;") } else { text.replace('"', "&quot;") }
    }

    /// The value of an attribute by its name without a prefix; empty without one.
    pub fn value(&self, token: usize, local: &str) -> String {
        let is = |key: &str| key.rsplit_once(':').map_or(key, |(_, l)| l) == local;
        self.attrs(token).into_iter().find(|(key, _)| is(key)).map(|(_, a)| a.value).unwrap_or_default()
    }

    /// All attributes with their names as written.
    pub fn attrs(&self, token: usize) -> Vec<(&'a str, Attr)> {
        let Some(of) = self.tokens.get(token) else { return Vec::new() };
        let (mut found, mut at) = (Vec::new(), of.name.end);
        while let Some((key, attr)) = self.next_attr(at, of.span.end) {
            at = attr.whole.end;
            found.push((key, attr));
        }
        found
    }

    fn next_attr(&self, from: usize, end: usize) -> Option<(&'a str, Attr)> {
        let rest = self.text.get(from..end)?;
        let key_at = rest.find(|c: char| !c.is_ascii_whitespace())?;
        let equals = key_at + rest.get(key_at..)?.find('=')?;
        let key = rest.get(key_at..equals)?.trim_end();
        let quote_at = equals + 1 + rest.get(equals + 1..)?.find(['"', '\''])?;
        let quote = rest.get(quote_at..)?.chars().next()?;
        let length = rest.get(quote_at + 1..)?.find(quote)?;
        let span = from + quote_at + 1..from + quote_at + 1 + length;
        let value = unescape(self.slice(span.clone()));
        Some((key, Attr { value, whole: from..span.end + 1, span }))
    }
}

/// Text with its entities resolved; those that nobody knows stay as they are written.
pub fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match after.split_once(';').and_then(|(name, tail)| Some((entity(name)?, tail))) {
            Some((text, tail)) => {
                out.push_str(&text);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn entity(name: &str) -> Option<String> {
    if let Some(known) = resolve_predefined_entity(name) {
        return Some(known.to_owned());
    }
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code).map(String::from)
}

/// Text for XML; characters that XML 1.0 cannot hold are left out.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_legal(*c)) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

/// Whether XML 1.0 may hold the character. A carriage return would become something else on reading.
pub fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// Changes of one text, by place.
#[derive(Debug, Default, Clone)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts text in the place of a range; an empty range inserts.
    pub fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// Takes further changes.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text of a range with the changes that lie in it. Of changes that overlap the first one holds.
    pub fn apply(&self, text: &str, within: Range<usize>) -> String {
        let mut sorted: Vec<&(Range<usize>, String)> =
            self.0.iter().filter(|(r, _)| within.start <= r.start && r.end <= within.end).collect();
        sorted.sort_by_key(|(r, _)| (r.start, r.end));
        let mut out = String::with_capacity(within.len());
        let mut at = within.start;
        for (range, new) in sorted {
            if range.start < at {
                continue;
            }
            out.push_str(text.get(at..range.start).unwrap_or_default());
            out.push_str(new);
            at = range.end;
        }
        out.push_str(text.get(at..within.end).unwrap_or_default());
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_the_bytes() {
        let text =
            "\u{FEFF}<?xml version=\"1.0\"?>\r\n<a:b x = 'y&amp;z'\n q=\"\">甲&lt;<![CDATA[<乙>]]><c/></a:b>";
        let xml = Xml::parse(text).expect("well-formed");
        let root = xml.all("b").next().expect("the root");
        assert_eq!((xml.name(root), xml.prefix(root)), ("a:b", "a:"));
        assert_eq!(xml.content(root), "甲<<乙>");
        assert_eq!(xml.value(root, "x"), "y&z");
        assert_eq!(xml.slice(xml.attr(root, "q").expect("q").whole), "\n q=\"\"");
        assert_eq!(xml.slice(xml.inner(root)), "甲&lt;<![CDATA[<乙>]]><c/>");
        let joined: String = xml.tokens.iter().map(|t| xml.slice(t.span.clone())).collect();
        assert_eq!(format!("\u{FEFF}{joined}"), text);
    }

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for bad in ["<a>", "<a></b>", "</a>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a"] {
            assert!(Xml::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn edits_leave_the_rest() {
        let mut edits = Edits::default();
        edits.replace(4..6, "X");
        edits.replace(1..1, "，");
        assert_eq!(edits.apply("abcdefgh", 0..8), "a，bcdXgh");
        assert_eq!(edits.apply("abcdefgh", 3..7), "dXg");
    }
}
