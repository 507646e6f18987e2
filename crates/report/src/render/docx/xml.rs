//! A thin hand for writing XML: elements open and close in pairs, texts are escaped.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Namespaces of a part of the word processor.
pub const NAMESPACES: [(&str, &str); 2] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
];

/// A part that is being written.
pub struct Xml {
    writer: Writer<Vec<u8>>,
}

impl Xml {
    /// A part with its declaration.
    pub fn new() -> Self {
        let mut xml = Self { writer: Writer::new(Vec::new()) };
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))));
        xml
    }

    /// An element with what is inside it.
    pub fn within(&mut self, tag: &str, attributes: &[(&str, &str)], inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(BytesStart::new(tag).with_attributes(attributes.iter().copied())));
        inside(self);
        self.event(Event::End(BytesEnd::new(tag)));
    }

    /// An element with nothing inside it.
    pub fn empty(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(BytesStart::new(tag).with_attributes(attributes.iter().copied())));
    }

    /// An element with one value.
    pub fn value(&mut self, tag: &str, value: &str) {
        self.empty(tag, &[("w:val", value)]);
    }

    /// Text. What XML cannot hold at all is left out.
    pub fn text(&mut self, text: &str) {
        let allowed = |c: &char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
        let text: String = text.chars().filter(allowed).collect();
        self.event(Event::Text(BytesText::new(&text)));
    }

    /// The part.
    pub fn finish(self) -> String {
        String::from_utf8(self.writer.into_inner()).unwrap_or_default()
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing into memory does not fail.
        let _ = self.writer.write_event(event);
    }
}
