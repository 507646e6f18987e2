//! A clause's new words in its document's source text, where the organisation is the author of both.

use super::{SourceText, pieces, places};
use std::ops::Range;

/// The source with a clause's text replaced where it stands, its layout and the number of its lines kept; the source as
/// it is when it has the new text already. `None` when the text cannot be told from the rest.
pub(crate) fn resource(source: &str, before: &str, after: &str, line: u32) -> Option<String> {
    let known = SourceText::new(source);
    if known.quotes(after, line).is_ok() {
        return Some(source.to_owned());
    }
    let (plain, places) =
        known.readings.iter().find_map(|plain| Some((plain, places(plain, before, line).ok()?)))?;
    let (old, new) = (pieces(before), pieces(after).collect::<Vec<_>>());
    if new.len() != places.len() {
        return None;
    }
    let mut out = source.to_owned();
    for ((old, new), place) in old.zip(&new).zip(&places).collect::<Vec<_>>().into_iter().rev() {
        let (gone, put) = middles(old.plain.text(), new.plain.text());
        let end_of = |at: usize| last_end(source, plain.origin(place.start + at));
        let from = match (gone.is_empty(), gone.start.checked_sub(1)) {
            // What is put in follows the character before it, not the layout after that.
            (true, Some(before)) => end_of(before),
            _ => plain.origin(place.start + gone.start),
        };
        let to = gone.end.checked_sub(1).filter(|_| !gone.is_empty()).map_or(from, end_of);
        let put = new.plain.text().get(put).unwrap_or_default();
        let breaks = source.get(from..to)?.matches('\n').count();
        out.replace_range(from..to, &format!("{put}{}", "\n".repeat(breaks)));
    }
    Some(out)
}

/// Where the character ends that holds this byte.
fn last_end(source: &str, at: usize) -> usize {
    (at + 1..=source.len()).find(|end| source.is_char_boundary(*end)).unwrap_or(source.len())
}

/// What differs between two texts: what stands between the characters that they have in common at both ends.
fn middles(old: &str, new: &str) -> (Range<usize>, Range<usize>) {
    let same = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        a.zip(b).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
    };
    let head = same(&mut old.chars(), &mut new.chars());
    let (old_rest, new_rest) = (old.get(head..).unwrap_or_default(), new.get(head..).unwrap_or_default());
    let tail = same(&mut old_rest.chars().rev(), &mut new_rest.chars().rev());
    (head..old.len() - tail, head..new.len() - tail)
}

#[cfg(test)]
mod tests {
    use super::resource;

    #[test]
    fn only_what_differs_is_replaced() {
        let source = "某要點\n一、應每半年清查\n　帳號。\n二、應每半年清查帳號與權限。\n";
        let put = |before: &str, after: &str, line| resource(source, before, after, line);
        let told = put("應每半年清查帳號。", "應每季清查帳號。", 2).expect("it stands there");
        assert_eq!(told, source.replacen("半年", "季", 1), "the layout of the rest stays");
        let told = put("應每半年清查帳號。", "應每半年檢討，並公告。", 2).expect("it stands there");
        assert_eq!(told, "某要點\n一、應每半年檢討，並公告\n。\n二、應每半年清查帳號與權限。\n");
        let told =
            put("應每半年清查帳號與權限。", "應每半年清查帳號與權限並備查。", 4).expect("it stands there");
        assert_eq!(told, source.replace("權限", "權限並備查"));
        assert_eq!(
            put("應每半年清查帳號。", "應每半年清查", 2).as_deref(),
            Some(source),
            "it has these words"
        );
        assert_eq!(put("應每週清查。", "應每日清查。", 2), None);
    }
}
