//! The papers of one set beside each other: where a link leads, and what tables are called.

use super::head::head_rows;
use super::{list, sheet_name};
use crate::doc::{Body, Place, Sheet, Workbook};
use crate::render::file_name;
use rust_xlsxwriter::Url;

/// Longest name of a table.
const NAME_LIMIT: usize = 200;

/// All papers of a set, as they will lie beside each other in one folder.
#[derive(Clone, Copy)]
pub struct Set<'a>(pub &'a [Workbook]);

impl Set<'_> {
    /// The link from a paper to a place: inside the file, or to the file beside it. `None` where there is no such
    /// place in the set, so that no link leads nowhere.
    pub fn url(&self, from: &str, to: &Place) -> Option<Url> {
        let book = self.0.iter().find(|b| b.paper == to.paper)?;
        let named = |s: &&Sheet| to.sheet.is_empty() || s.name == to.sheet;
        let sheet = book.sheets.iter().find(named)?;
        let row = to.row.map_or(Some(0), |row| list::row_of(sheet, row))?;
        let cell = format!("'{}'!A{}", tab(sheet), row + 1);
        Some(Url::new(if from == to.paper {
            format!("internal:{cell}")
        } else {
            format!("file:///{}#{cell}", percent(&file_name(&book.paper, &book.title, "xlsx")))
        }))
    }
}

/// Name of a sheet's first tab.
fn tab(sheet: &Sheet) -> String {
    sheet_name(&sheet.name, "")
}

/// Rows of a list above its table's first row.
pub fn rows_above(sheet: &Sheet) -> Option<u32> {
    let Body::List { remarks, table, .. } = &sheet.body else { return None };
    let widths = list::widths(table);
    Some(head_rows(sheet, &widths) + list::remark_rows(remarks, &widths) + 1)
}

/// A name as an address of RFC 3986: what is neither a letter, a digit nor one of `-._~` in ASCII becomes its UTF-8
/// bytes in hexadecimal, which every reader of hyperlinks understands.
fn percent(name: &str) -> String {
    let mut out = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The name of the table on a tab: no other paper of the set has it, so that sheets may be copied into one file.
pub fn table_name(paper: &str, tab: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() { c } else { '_' };
    format!("{paper}_{tab}").chars().map(plain).take(NAME_LIMIT).collect()
}

/// The titles of a table's columns, each once: a spreadsheet program tells columns apart by them.
pub fn titles_once(titles: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for title in titles {
        let free = |t: &String| !seen.iter().any(|s| s.to_lowercase() == t.to_lowercase());
        let mut numbered = (2..).map(|n| format!("{title}（{n}）"));
        let title = Some(title.clone()).filter(|t| !t.is_empty() && free(t));
        seen.extend(title.or_else(|| numbered.find(free)));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_but_ascii() {
        assert_eq!(percent("F-00 缺失.xlsx"), "F-00%20%E7%BC%BA%E5%A4%B1.xlsx");
        assert_eq!(percent("50%#1.xlsx"), "50%25%231.xlsx");
    }

    #[test]
    fn two_columns_of_one_title_are_told_apart() {
        let titles = ["帳號", "Rule", "rule", "帳號", "帳號（2）", ""].map(str::to_owned);
        let once = titles_once(titles.into_iter());
        assert_eq!(once, ["帳號", "Rule", "rule（2）", "帳號（2）", "帳號（2）（2）", "（2）"]);
    }

    #[test]
    fn a_tables_name_has_only_letters_digits_and_low_lines() {
        assert_eq!(table_name("T-ACC-05/01", "例外明細（2）"), "T_ACC_05_01_例外明細_2_");
    }
}
