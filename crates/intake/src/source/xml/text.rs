//! Texts of a workbook: what stands between tags, runs of rich text joined, phonetic guides left out, and the escapes
//! `_x000D_` for characters that XML cannot hold (ECMA-376 part 1, 22.9.2.19).

use crate::IntakeError;
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

/// What is no well-formed XML, or not what a workbook may hold.
pub(super) const DAMAGED: IntakeError = IntakeError::Damaged { what: "workbook part" };

/// White space that is not kept unless the element says so.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// A reader of the bytes, from outside of any tag. It borrows from them.
pub(super) fn reader(bytes: &[u8]) -> Reader<&[u8]> {
    let mut reader = Reader::from_reader(bytes);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

/// The next event.
///
/// # Errors
/// `Damaged` for what is not well-formed.
pub(super) fn event<'b>(reader: &mut Reader<&'b [u8]>) -> Result<Event<'b>, IntakeError> {
    reader.read_event().map_err(|_| DAMAGED)
}

/// An attribute by its whole name, as it stands.
///
/// # Errors
/// `Damaged` for attributes that are not well-formed.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, IntakeError> {
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| DAMAGED)?;
        if attribute.key.as_ref() == name {
            return Ok(Some(attribute.value.into_owned()));
        }
    }
    Ok(None)
}

/// The text up to the end of the element `name`, which holds no other element.
///
/// # Errors
/// `Damaged`.
pub(super) fn content(reader: &mut Reader<&[u8]>, name: QName<'_>) -> Result<String, IntakeError> {
    let mut text = String::new();
    loop {
        match event(reader)? {
            Event::Text(t) => text.push_str(&t.xml10_content()),
            Event::CData(t) => text.push_str(&t.xml10_content()),
            Event::GeneralRef(r) => match resolve_predefined_entity(&r) {
                Some(known) => text.push_str(known),
                None => text.push(r.resolve_char_ref().ok().flatten().ok_or(DAMAGED)?),
            },
            Event::End(end) if end.name() == name => return Ok(text),
            Event::Comment(_) | Event::PI(_) => {}
            _ => return Err(DAMAGED),
        }
    }
}

/// The text of an element `si` or `is` up to its end.
///
/// # Errors
/// `Damaged`.
pub(super) fn rich(reader: &mut Reader<&[u8]>, name: QName<'_>) -> Result<String, IntakeError> {
    let mut text = String::new();
    let mut phonetic = false;
    loop {
        match event(reader)? {
            Event::Start(e) if e.local_name().as_ref() == "rPh" => phonetic = true,
            Event::End(e) if e.local_name().as_ref() == "rPh" => phonetic = false,
            Event::Start(e) if e.local_name().as_ref() == "t" && !phonetic => {
                let keep = attribute(&e, "xml:space")?.as_deref() == Some("preserve");
                run(&content(reader, e.name())?, keep, &mut text);
            }
            Event::End(e) if e.name() == name => return Ok(text),
            Event::Eof => return Err(DAMAGED),
            _ => {}
        }
    }
}

/// Adds the text of an element `t`, whose outer blanks count only if it says so.
pub(super) fn run(text: &str, keep: bool, to: &mut String) {
    unescape(if keep { text } else { text.trim_matches(BLANKS) }, to);
}

/// Adds a text, escapes resolved. Each stands for a unit of UTF-16; halves without the other become U+FFFD.
pub(super) fn unescape(text: &str, to: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('_') {
        let (before, from) = rest.split_at(at);
        to.push_str(before);
        rest = from;
        let units = std::iter::from_fn(|| {
            let (unit, after) = escape(rest)?;
            rest = after;
            Some(unit)
        });
        to.extend(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)));
        if let Some(after) = from.strip_prefix('_').filter(|_| rest.len() == from.len()) {
            to.push('_');
            rest = after;
        }
    }
    to.push_str(rest);
}

/// The unit of an escape at the beginning, and what follows it.
fn escape(text: &str) -> Option<(u16, &str)> {
    let (digits, after) = text.strip_prefix("_x")?.split_at_checked(4)?;
    let after = after.strip_prefix('_')?;
    let hex = digits.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(digits, 16).ok()).flatten().map(|unit| (unit, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_characters_and_all_else_stays() {
        let cases = [
            ("", ""),
            ("a_b__c_", "a_b__c_"),
            ("一_x000D_二", "一\r二"),
            ("_x005F_x000D_", "_x000D_"),
            ("_x0041__x0042_", "AB"),
            ("_x000g_ _x00_ _X0041_ _x0041", "_x000g_ _x00_ _X0041_ _x0041"),
            ("_xD83D__xDCF7_", "📷"),
            ("_xD83D_-_xDCF7_", "\u{FFFD}-\u{FFFD}"),
            ("__x0041_", "_A"),
            ("_x004", "_x004"),
            ("_x許功蓋_", "_x許功蓋_"),
        ];
        for (written, meant) in cases {
            let mut text = String::new();
            unescape(written, &mut text);
            assert_eq!(text, meant, "{written}");
        }
    }
}
