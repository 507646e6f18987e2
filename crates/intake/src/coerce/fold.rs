//! Chinese ways of writing a date, brought to plain ASCII before it is parsed.

use unicode_normalization::UnicodeNormalization;

/// What the words around a date said about its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// Nothing.
    None,
    /// 年 stood behind the year: up to three digits are a year of the Republic.
    Year,
    /// 民國.
    Roc,
    /// 民國前.
    BeforeRoc,
    /// 西元.
    Gregorian,
}

/// The text in ASCII lower case, blanks folded, Chinese words replaced; what cannot be replaced stays.
pub(crate) fn fold(text: &str) -> (String, Era) {
    let mut folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let mut era = Era::None;
    for (word, means) in [
        ("中華民國前", Era::BeforeRoc),
        ("民國前", Era::BeforeRoc),
        ("民前", Era::BeforeRoc),
        ("中華民國", Era::Roc),
        ("民國", Era::Roc),
        ("r.o.c.", Era::Roc),
        ("roc", Era::Roc),
        ("西元", Era::Gregorian),
        ("公元", Era::Gregorian),
    ] {
        if let Some(rest) = folded.trim_start().strip_prefix(word) {
            folded = rest.trim_start().to_owned();
            era = means;
            break;
        }
    }
    if folded.is_ascii() {
        return (folded, era);
    }
    // 星期四 is no number.
    folded = without_weekday(&folded);
    if folded.contains('年') {
        folded = arabic(&folded);
        if era == Era::None {
            era = Era::Year;
        }
    }
    (replace_words(&folded), era)
}

fn replace_words(text: &str) -> String {
    let mut out = text.to_owned();
    for (word, plain) in [
        ("上午", " am "),
        ("早上", " am "),
        ("凌晨", " am "),
        ("下午", " pm "),
        ("晚上", " pm "),
        ("中午", " pm "),
        ("年", "/"),
        ("月", "/"),
        ("日", " "),
        ("號", " "),
        ("時", ":"),
        ("點", ":"),
        ("分", ":"),
        ("秒", " "),
    ] {
        if out.contains(word) {
            out = out.replace(word, plain);
        }
    }
    out
}

/// Takes off `(四)`, `星期四`, `週四`.
fn without_weekday(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let is_day = |c: &char| matches!(c, '一' | '二' | '三' | '四' | '五' | '六' | '日' | '天');
    while let Some(c) = chars.next() {
        match c {
            '(' => {
                for inner in chars.by_ref() {
                    if inner == ')' {
                        break;
                    }
                }
                out.push(' ');
            }
            '星' if chars.peek() == Some(&'期') => {
                chars.next();
                chars.next_if(is_day);
                out.push(' ');
            }
            '週' | '周' => {
                chars.next_if(is_day);
                out.push(' ');
            }
            _ => out.push(c),
        }
    }
    out
}

/// Chinese numerals as digits: 一○九 = 109, 一百零九 = 109, 三十一 = 31, 元 = 1.
fn arabic(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = Vec::new();
    for c in text.chars().chain(std::iter::once('\0')) {
        if numeral(c).is_some() {
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            out.push_str(&run_value(&run));
            run.clear();
        }
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn numeral(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' | '元' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '廿' => 20,
        '卅' => 30,
        '百' => 100,
        _ => return None,
    })
}

fn run_value(run: &[char]) -> String {
    let values: Vec<u32> = run.iter().filter_map(|c| numeral(*c)).collect();
    if values.iter().all(|v| *v < 10) {
        return values.iter().map(u32::to_string).collect();
    }
    let (mut total, mut digit) = (0_u32, 0_u32);
    for value in values {
        match value {
            0..=9 => digit = value,
            10 | 100 => {
                total = total.saturating_add(digit.max(1) * value);
                digit = 0;
            }
            _ => total = total.saturating_add(value),
        }
    }
    total.saturating_add(digit).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_dates_become_plain() {
        for (text, plain, era) in [
            ("民國109年12月31日", "109/12/31 ", Era::Roc),
            ("中華民國一○九年十二月三十一日", "109/12/31 ", Era::Roc),
            ("一百零九年十月廿五日", "109/10/25 ", Era::Year),
            ("１０９／１２／３１", "109/12/31", Era::None),
            ("109年12月31日 星期四 下午 03:05", "109/12/31     pm  03:05", Era::Year),
            ("109/12/31(四) 下午 03:05", "109/12/31   pm  03:05", Era::None),
            ("民國元年1月1日", "1/1/1 ", Era::Roc),
            ("西元2020年1月5日", "2020/1/5 ", Era::Gregorian),
        ] {
            assert_eq!(fold(text), (plain.to_owned(), era), "{text}");
        }
    }
}
