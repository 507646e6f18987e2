//! Columns of ours that no column of theirs holds, and the sheet's name or a title does: one system a sheet.

use super::{Ask, ForcedColumn, Locator, SheetPlan};
use crate::recognise::{HeadRow, Synonyms, normal};
use fieldbook_model::{Column, ColumnType, DatasetDef, FilledColumn, FilledFrom};

/// Columns that a sheet's name can hold.
const NAMED: [&str; 2] = ["system_name", "device"];
/// Characters of a name; longer texts are sentences.
const NAME_CHARS: usize = 40;
/// Endings that say what a list is, not of what.
const LISTS: [&str; 12] =
    ["清冊", "清單", "名單", "名冊", "一覽表", "明細表", "明細", "紀錄", "記錄", "帳號", "規則", "表"];
/// Words of which a lone title has one when it names a system.
const SYSTEMS: [&str; 6] = ["系統", "主機", "平台", "防火牆", "資料庫", "server"];

/// What stands outside the table.
pub(super) struct Outside<'o> {
    pub sheet: &'o str,
    /// Rows above the header.
    pub titles: &'o [HeadRow],
}

/// Fills the plan's `filled`, and takes what is filled off the missing columns.
pub(super) fn fill(plan: &mut SheetPlan, def: &DatasetDef, forced: &[ForcedColumn], outside: &Outside<'_>) {
    let synonyms = Synonyms::of(def);
    for (at, column) in def.columns.iter().enumerate() {
        if plan.mapping.iter().any(|m| m.column == column.key) {
            continue;
        }
        let labelled = || outside.labelled(&synonyms, at).map(|t| (t, FilledFrom::Title));
        let lone = || outside.lone(def, column, &synonyms).map(|t| (t, FilledFrom::Title));
        let name = || outside.name(def, column, &synonyms).map(|t| (t, FilledFrom::SheetName));
        let choice = forced.iter().find(|f| f.column.as_deref() == Some(column.key.as_str()));
        let found = match choice.map(|c| &c.at) {
            Some(Locator::Text(text)) => Some((text.trim().to_owned(), FilledFrom::Examiner)),
            Some(Locator::SheetName) => {
                name().or_else(|| Some((outside.sheet.trim().to_owned(), FilledFrom::SheetName)))
            }
            Some(Locator::Title) => labelled().or_else(lone),
            Some(_) => None,
            None if column.required || column.key == "system_name" => labelled().or_else(|| {
                let guess = column.required.then(|| lone().or_else(name)).flatten();
                if guess.is_some() {
                    plan.asks.push(Ask::Filled(column.key.clone()));
                }
                guess
            }),
            None => None,
        };
        if let Some((text, from)) = found.filter(|(text, _)| !text.is_empty()) {
            plan.filled.push(FilledColumn { column: column.key.clone(), text, from });
        }
    }
    let filled = &plan.filled;
    plan.missing_required.retain(|key| !filled.iter().any(|f| f.column == *key));
}

/// What titles say about a table in so many words: two tables with one header differ by it.
pub(super) fn names(def: &DatasetDef, titles: &[HeadRow]) -> Vec<String> {
    let synonyms = Synonyms::of(def);
    let outside = Outside { sheet: "", titles };
    let columns = def.columns.iter().enumerate().filter(|(_, c)| c.required || c.key == "system_name");
    columns
        .filter_map(|(at, c)| outside.labelled(&synonyms, at).or_else(|| outside.lone(def, c, &synonyms)))
        .collect()
}

impl Outside<'_> {
    /// `系統名稱：網路下單` in one cell, or the label in one and the value in the next.
    fn labelled(&self, synonyms: &Synonyms, column: usize) -> Option<String> {
        let is_label = |text: &str| synonyms.exactly(&normal(text)).any(|(c, _)| c == column);
        for row in self.titles {
            for (at, (_, text)) in row.cells.iter().enumerate() {
                if let Some((label, value)) = text.split_once([':', '：']) {
                    let value = value.trim();
                    if is_label(label) && !value.is_empty() && value.chars().count() <= NAME_CHARS {
                        return Some(value.to_owned());
                    }
                }
                let next = row.cells.get(at + 1).map(|(_, t)| t.trim()).unwrap_or_default();
                let label = text.trim_end_matches([':', '：']);
                if row.cells.len() == 2
                    && is_label(label)
                    && !next.is_empty()
                    && next.chars().count() <= NAME_CHARS
                {
                    return Some(next.to_owned());
                }
            }
        }
        None
    }

    /// A title that stands alone on its row and names a system.
    fn lone(&self, def: &DatasetDef, column: &Column, synonyms: &Synonyms) -> Option<String> {
        let alone = self.titles.iter().filter(|r| r.cells.len() == 1).flat_map(|r| &r.cells);
        let mut names = alone
            .filter(|(_, t)| !t.contains([':', '：', '，', '。']))
            .filter_map(|(_, t)| named(t, def, column, synonyms))
            .filter(|n| SYSTEMS.iter().any(|word| n.to_lowercase().contains(word)));
        // Two names are none.
        names.next().filter(|_| names.next().is_none())
    }

    fn name(&self, def: &DatasetDef, column: &Column, synonyms: &Synonyms) -> Option<String> {
        named(self.sheet, def, column, synonyms)
    }
}

/// What a text names once the words for the list itself are off; `None` when nothing is left that could be a name.
fn named(text: &str, def: &DatasetDef, column: &Column, synonyms: &Synonyms) -> Option<String> {
    if !NAMED.contains(&column.key.as_str()) || column.ty != ColumnType::Text {
        return None;
    }
    let edges = |c: char| c.is_whitespace() || "-_－–—・·()（）[]【】、.".contains(c);
    let mut name = text.trim();
    let (title, _) = def.zh.split_once('(').unwrap_or((&def.zh, ""));
    name = name.strip_prefix(title).or_else(|| name.strip_suffix(title)).unwrap_or(name).trim_matches(edges);
    while let Some(rest) = LISTS.iter().find_map(|word| name.strip_suffix(word)) {
        name = rest.trim_matches(edges);
    }
    let key = normal(name);
    let chars = name.chars().count();
    let generic = is_generic(&key)
        || key.contains(&normal(title))
        || normal(title).contains(&key)
        || key == def.key
        || synonyms.exactly(&key).next().is_some()
        || ["公司", "證券", "期貨", "基準日", "製表"].iter().any(|word| name.contains(word));
    (2..=NAME_CHARS).contains(&chars).then(|| name.to_owned()).filter(|_| !generic)
}

/// Names that a spreadsheet program gives by itself, and those without a letter.
fn is_generic(key: &str) -> bool {
    let word = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let mut letters = key.chars().filter(|c| c.is_alphabetic());
    matches!(
        word,
        "工作表"
            | "sheet"
            | "worksheet"
            | "表"
            | "表格"
            | "頁"
            | "頁籤"
            | "分頁"
            | "資料"
            | "資料表"
            | "清單"
            | "匯出"
            | "報表"
            | "全部"
            | "總表"
            | "明細"
            | "data"
            | "table"
            | "export"
            | "report"
            | "list"
            | "query"
            | "查詢"
            | "查詢結果"
            | "資通系統"
            | "資訊系統"
            | "應用系統"
            | "核心系統"
            | "電腦系統"
            | "各系統"
            | "全部系統"
            | "系統"
            | "主機"
            | "附件"
            | "附表"
            | "第"
            | "年"
            | "月"
    ) || letters.next().is_none()
        || key.chars().all(|c| c.is_ascii_digit() || "年月日第季度上下半".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::accounts;

    fn name(sheet: &str) -> Option<String> {
        let def = accounts();
        let column = def.column("system_name").expect("a column of accounts");
        named(sheet, &def, column, &Synonyms::of(&def))
    }

    #[test]
    fn a_sheet_names_its_system_or_nothing() {
        assert_eq!(name("網路下單系統").as_deref(), Some("網路下單系統"));
        assert_eq!(name("帳號清冊-網路下單").as_deref(), Some("網路下單"));
        assert_eq!(name("AD帳號").as_deref(), Some("AD"));
        assert_eq!(name("資訊系統帳號清冊"), None);
        for generic in [
            "工作表1",
            "Sheet1",
            "Sheet",
            "帳號清冊",
            "清冊",
            "109年12月",
            "1",
            "",
            "系統名稱",
            "甲乙證券",
            "Ｓｈｅｅｔ２",
        ] {
            assert_eq!(name(generic), None, "{generic}");
        }
    }
}
