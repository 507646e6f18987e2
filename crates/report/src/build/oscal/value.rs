//! JSON as OSCAL wants it: nothing empty, one-line strings, times with an offset.

use fieldbook_model::Moment;
use jiff::civil::Date;
use serde_json::{Value, json};

/// Namespace of the properties, facets and parts that OSCAL itself has no name for. A name and no address: `.invalid`
/// never has a host (RFC 2606, 2). Clients of OSCAL (trestle) take no URN here.
pub const NAMESPACE: &str = "https://fieldbook.invalid/ns/oscal";

/// An object without the members that are nothing: null, an empty text, list or object.
pub fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let some = members.into_iter().filter(|(_, value)| !is_nothing(value));
    Value::Object(some.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// A list without what is nothing.
pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::Array(values.into_iter().filter(|value| !is_nothing(value)).collect())
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A property of our namespace; nothing where the value is blank.
pub fn prop(name: &str, value: impl AsRef<str>) -> Value {
    prop_with(name, value, "")
}

/// A property of our namespace with words for people beside it.
pub fn prop_with(name: &str, value: impl AsRef<str>, remarks: &str) -> Value {
    let value = line(value.as_ref());
    if value.is_empty() {
        return Value::Null;
    }
    let remarks = if remarks.trim().is_empty() { Value::Null } else { prose(remarks) };
    object([("name", json!(name)), ("ns", json!(NAMESPACE)), ("value", json!(value)), ("remarks", remarks)])
}

/// A link within the document.
pub fn link(uuid: &str, rel: &str) -> Value {
    json!({ "href": format!("#{uuid}"), "rel": rel })
}

/// `[{key: …}, …]`, each id once, in order.
pub fn references(key: &str, uuids: impl IntoIterator<Item = String>) -> Value {
    let mut seen: Vec<String> = Vec::new();
    for uuid in uuids {
        if !seen.contains(&uuid) {
            seen.push(uuid);
        }
    }
    list(seen.into_iter().map(|uuid| object([(key, json!(uuid))])))
}

/// A text in one line without outer blanks (OSCAL's string type): what ends a line or controls a device is a blank.
pub fn line(text: &str) -> String {
    let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}';
    text.split(blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A title: a line, or a dash.
pub fn title(text: &str) -> Value {
    let line = line(text);
    json!(if line.is_empty() { "–" } else { line.as_str() })
}

/// A text of paragraphs, or a dash where nobody wrote any. Control characters that no other format of OSCAL can
/// hold are left out.
pub fn prose(text: &str) -> Value {
    let kept: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect();
    json!(crate::build::or_dash(kept.trim()))
}

/// A moment of Taipei's clock. OSCAL knows the years 1900 to 2999; clocks of other years show the nearest.
pub fn stamp(at: Moment) -> Value {
    let at = if at.year() < 1900 {
        Date::constant(1900, 1, 1).at(0, 0, 0, 0)
    } else if at.year() > 2999 {
        Date::constant(2999, 12, 31).at(23, 59, 59, 0)
    } else {
        at
    };
    let (y, m, d) = (at.year(), at.month(), at.day());
    json!(format!("{y:04}-{m:02}-{d:02}T{:02}:{:02}:{:02}+08:00", at.hour(), at.minute(), at.second()))
}

/// The end of a day in Taipei; nothing for a day that OSCAL cannot write.
pub fn end_of(day: Date) -> Value {
    if (1900..=2999).contains(&day.year()) { stamp(day.at(23, 59, 59, 0)) } else { Value::Null }
}
