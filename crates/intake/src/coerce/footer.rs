//! Rows below a table that are not records: totals, notes, signatures.

const WORDS: [&str; 11] =
    ["合計", "總計", "小計", "製表", "覆核", "主管", "簽章", "以下空白", "備註", "說明", "註"];

/// Whether a cell's text opens a footer: one of the words, followed by nothing, a mark, a number or a word for a
/// person; or a place to sign.
fn opens(text: &str) -> bool {
    let text = text
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | '（' | '【' | '*' | '※' | '-' | '='));
    let signs = ["簽章", "簽名", "蓋章"].iter().any(|w| text.contains(w)) && text.contains([':', '：']);
    signs
        || turns_page(text)
        || WORDS.iter().any(|word| {
            text.strip_prefix(word).is_some_and(|rest| {
                let Some(next) = rest.trim_start().chars().next() else { return true };
                next.is_ascii_digit()
                    || matches!(
                        next,
                        ':' | '：'
                            | '、'
                            | '.'
                            | '．'
                            | '）'
                            | ')'
                            | '】'
                            | '共'
                            | '人'
                            | '者'
                            | '員'
                            | '日'
                            | '欄'
                            | '簽'
                            | '蓋'
                            | '-'
                            | '/'
                    )
                    || ('０'..='９').contains(&next)
                    || ('一'..='十').contains(&next) && *word == "註"
            })
        })
}

/// `第 1 頁，共 3 頁`, `頁次：1/3`, `續下頁`: what a printed report says between its pages.
fn turns_page(text: &str) -> bool {
    let numbered = text.strip_prefix('第').map(str::trim_start).is_some_and(|rest| {
        let left = rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十百".contains(c));
        left.len() < rest.len() && left.trim_start().starts_with('頁')
    });
    let said = ["頁次", "頁碼"]
        .iter()
        .any(|w| text.strip_prefix(w).is_some_and(|rest| rest.starts_with([':', '：'])));
    numbered || said || ["續下頁", "接下頁", "接次頁", "續次頁"].iter().any(|w| text.starts_with(w))
}

/// Whether a row is a footer: its first cell opens one, and few cells are filled, or all of them open one.
pub(crate) fn is_footer<'t>(mut texts: impl Iterator<Item = &'t str>, filled: usize, columns: usize) -> bool {
    let Some(first) = texts.next() else { return false };
    if !opens(first) {
        return false;
    }
    filled <= 2 || filled * 3 <= columns || texts.all(opens)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn footer(texts: &[&str], columns: usize) -> bool {
        is_footer(texts.iter().copied(), texts.len(), columns)
    }

    #[test]
    fn footers_are_told_from_records() {
        assert!(footer(&["合計", "120"], 8));
        assert!(footer(&["製表：王小明", "覆核：李大同", "主管："], 6));
        assert!(footer(&["以下空白"], 3));
        assert!(footer(&["盤點人簽章：　　會同人員："], 9));
        assert!(footer(&["※ 註：本表含停用帳號"], 8));
        assert!(footer(&["備註1、含駐點人員"], 8));
        assert!(footer(&["第 1 頁，共 3 頁"], 8) && footer(&["頁次：1/3", "109/12/31"], 8));
        assert!(footer(&["（續下頁）"], 8) && footer(&["第３頁"], 3));
        assert!(!footer(&["第一銀行", "a"], 8) && !footer(&["第一頁籤系統", "a", "b", "c"], 4));
        assert!(!footer(&["主管機關申報系統", "root", "王小明", "啟用"], 8));
        assert!(!footer(&["說明會系統", "a"], 8));
        assert!(!footer(&["合計", "a", "b", "c"], 4));
    }
}
