//! Folding of texts for comparison. The original is always kept beside it.

use unicode_normalization::UnicodeNormalization;

/// Key of an identifier: NFKC, no blanks, lower case (`Ｒｏｏｔ ` and `root` are one).
#[must_use]
pub fn norm_key(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace() && *c != '\u{feff}').flat_map(char::to_lowercase).collect()
}

/// Key of a person's name: as [`norm_key`], 臺 as 台, without a title behind it.
#[must_use]
pub fn norm_name(text: &str) -> String {
    let mut key = norm_key(text).replace('臺', "台");
    for title in
        ["先生", "小姐", "女士", "副總經理", "總經理", "副總", "協理", "襄理", "副理", "經理", "主任", "專員"]
    {
        if let Some(rest) = key.strip_suffix(title)
            && rest.chars().count() >= 2
        {
            key = rest.to_owned();
            break;
        }
    }
    key
}

/// Key of a company's name: as [`norm_key`], 臺 as 台, without its legal form.
#[must_use]
pub fn norm_firm(text: &str) -> String {
    let mut key = norm_key(text).replace('臺', "台");
    for form in ["股份有限公司", "有限公司", "(股)公司", "(股)", "分公司", "公司"] {
        key = key.replace(form, "");
    }
    // A form that stood in brackets leaves them.
    key.replace("()", "").trim_end_matches(['.', ',']).to_owned()
}

/// The parts of a list in one cell, by whatever separates them (、，,；;／/| or a line end), without outer blanks and
/// without empty ones.
#[must_use]
pub fn split_list(text: &str) -> Vec<String> {
    let is_mark = |c: char| matches!(c, '、' | '，' | ',' | '；' | ';' | '／' | '/' | '|' | '\n' | '\r');
    text.split(is_mark).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thing_written_in_many_ways_is_one_key() {
        assert_eq!(norm_key(" Ｒｏｏｔ\u{3000}"), "root");
        assert_eq!(norm_firm("臺灣資服股份有限公司"), norm_firm("台灣資服（股）公司"));
        assert_eq!(norm_firm("戊己系統整合（有限公司）"), norm_firm("戊己系統整合有限公司"));
        assert_eq!(norm_name("王 小明 經理"), "王小明");
        assert_eq!(norm_name("經理"), "經理");
    }
}
