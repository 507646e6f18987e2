//! What a camera wrote into a picture (Exif 2.32, CIPA DC-008).

use super::Exif;
use exif::{Field, In, Reader, Tag, Value};
use std::io::Cursor;

/// Characters of a maker's or model's name that are taken over.
const NAME: usize = 80;

/// Reads it; `None` where nothing is found.
pub(super) fn read(bytes: &[u8]) -> Option<Exif> {
    let found = Reader::new().read_from_container(&mut Cursor::new(bytes)).ok()?;
    let field = |tag| found.get_field(tag, In::PRIMARY);
    let text = |tag| field(tag).and_then(words);
    let taken_at = text(Tag::DateTimeOriginal).or_else(|| text(Tag::DateTime)).and_then(|t| moment(&t));
    let offset = text(Tag::OffsetTimeOriginal).filter(|t| is_offset(t));
    let (make, model) = (text(Tag::Make).unwrap_or_default(), text(Tag::Model).unwrap_or_default());
    // Models mostly begin with their maker.
    let camera = if model.starts_with(&make) { model } else { format!("{make} {model}") };
    let read = Exif {
        taken_at,
        offset,
        camera: camera.trim().chars().take(NAME).collect(),
        has_place: field(Tag::GPSLatitude).is_some(),
    };
    (read != Exif::default()).then_some(read)
}

/// The first text of a field without zero bytes and blanks around it.
fn words(field: &Field) -> Option<String> {
    let Value::Ascii(parts) = &field.value else { return None };
    let text = String::from_utf8_lossy(parts.first()?).into_owned();
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    Some(text.trim().to_owned()).filter(|t| !t.is_empty())
}

/// `2026-11-21T09:30:00` of `2026:11:21 09:30:00`; a camera whose clock was never set writes zeros.
fn moment(text: &str) -> Option<String> {
    let (day, time) = text.split_once(' ')?;
    let iso = format!("{}T{time}", day.replace(':', "-"));
    let read: jiff::civil::DateTime = iso.parse().ok()?;
    (read.year() > 1900).then(|| read.to_string())
}

/// `+08:00`.
fn is_offset(text: &str) -> bool {
    let shape = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c });
    matches!(shape.collect::<String>().as_str(), "+00:00" | "-00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_was_never_set_tells_nothing() {
        assert_eq!(moment("2026:11:21 09:30:00").as_deref(), Some("2026-11-21T09:30:00"));
        assert_eq!(moment("0000:00:00 00:00:00"), None);
        assert_eq!(moment("1900:01:01 00:00:00"), None);
        assert_eq!(moment("yesterday"), None);
        assert!(is_offset("+08:00") && is_offset("-03:30") && !is_offset("8") && !is_offset("+8:00"));
    }
}
