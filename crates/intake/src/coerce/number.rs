//! Numbers and lengths of time as firms write them.

use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

fn ascii(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) }
}

/// A number with or without thousands separators, a currency sign in front or an accountant's parentheses.
pub(crate) fn number(text: &str) -> Option<f64> {
    if text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return text.parse().ok().filter(|n: &f64| n.is_finite());
    }
    let folded = ascii(text);
    let mut plain = folded.trim();
    let mut negative = false;
    if let Some(inner) = plain.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
        (plain, negative) = (inner.trim(), true);
    }
    let plain = plain.trim_start_matches("NT").trim_start_matches('$').trim();
    let digits = if plain.contains(',') { without_separators(plain)? } else { plain.to_owned() };
    let shape = digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !shape || !digits.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    digits.parse::<f64>().ok().filter(|n| n.is_finite()).map(|n| if negative { -n } else { n })
}

/// `1,135,959` without its commas; `None` where they do not part thousands.
fn without_separators(text: &str) -> Option<String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().is_some_and(|g| (1..=3).contains(&g.len()));
    (first && groups.all(|g| g.len() == 3) && !fraction.contains(',')).then(|| text.replace(',', ""))
}

/// A whole number.
pub(crate) fn whole(text: &str) -> Option<i64> {
    number(text).and_then(whole_number)
}

/// A whole number with or without the word for what is counted (`90天`, `12台`, `8 碼`).
pub(crate) fn counted(text: &str) -> Option<i64> {
    const COUNTERS: [&str; 29] = [
        "個字元",
        "字元",
        "分鐘",
        "天",
        "日",
        "次",
        "碼",
        "位",
        "分",
        "台",
        "臺",
        "部",
        "個",
        "組",
        "筆",
        "代",
        "件",
        "項",
        "人",
        "條",
        "字",
        "days",
        "day",
        "times",
        "minutes",
        "minute",
        "mins",
        "min",
        "characters",
    ];
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return whole(text);
    }
    let folded = ascii(text);
    let plain = folded.trim();
    let lower = plain.to_lowercase();
    let digits = COUNTERS.iter().find_map(|word| lower.strip_suffix(word)).unwrap_or(plain);
    whole(digits)
}

/// A number without a fraction that every digit of is exact.
pub(crate) fn whole_number(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i64)
}

/// Minutes of a length of time: `4小時30分`, `2h`, `1天`, `2:30`. A number alone needs the header's unit.
pub(crate) fn minutes(text: &str, unit: Option<f64>) -> Option<i64> {
    let folded = ascii(text).trim().to_lowercase();
    if let Some(alone) = number(&folded) {
        // Nothing is nothing in every unit.
        let unit = if alone == 0.0 { 1.0 } else { unit? };
        return whole_number((alone * unit).round());
    }
    if let Some((hours, minutes)) = folded.split_once(':') {
        let minutes = minutes.split(':').next().unwrap_or_default();
        return whole(hours)?.checked_mul(60)?.checked_add(whole(minutes)?);
    }
    let mut total = 0.0;
    let mut rest = folded.as_str();
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let (digits, tail) = rest.split_at(end);
        let next = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (word, tail) = tail.split_at(next);
        total += digits.parse::<f64>().ok()? * unit_minutes(word.trim())?;
        rest = tail;
    }
    whole_number(total.round())
}

/// Minutes of a unit's word.
pub(crate) fn unit_minutes(word: &str) -> Option<f64> {
    Some(match word {
        "分" | "分鐘" | "m" | "min" | "mins" | "minute" | "minutes" => 1.0,
        "小時" | "時" | "鐘頭" | "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
        "天" | "日" | "工作日" | "d" | "day" | "days" => 1_440.0,
        "週" | "周" => 10_080.0,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (text, value) in
            [("1,135,959", 1_135_959.0), ("１２", 12.0), ("(5)", -5.0), ("NT$1,000.5", 1000.5), ("-3", -3.0)]
        {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["1,2", "12台", "", "e", "1.2.3", "inf", "NaN"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!((whole("3"), whole("3.5")), (Some(3), None));
        assert_eq!((counted("90天"), counted("１２ 台"), counted("8碼")), (Some(90), Some(12), Some(8)));
        assert_eq!((counted("3個月"), counted("天"), counted("半天")), (None, None, None));
    }

    #[test]
    fn a_length_of_time_needs_a_unit() {
        assert_eq!(minutes("4小時30分", None), Some(270));
        assert_eq!(minutes("2:30", None), Some(150));
        assert_eq!(minutes("1天", None), Some(1440));
        assert_eq!(minutes("4", Some(60.0)), Some(240));
        assert_eq!(minutes("4", None), None);
        assert_eq!(minutes("0", None), Some(0));
    }
}
