//! One table, and the files that hold it.

use rust_xlsxwriter::{Format, Formula, Workbook};
use std::path::{Path, PathBuf};

/// A cell as a spreadsheet holds it.
#[derive(Clone, Copy)]
pub enum Held {
    Empty,
    Text(&'static str),
    /// Parts of it have a look of their own.
    Rich(&'static str),
    Number(f64),
    Bool(bool),
    /// Days, with the number format of a day, a moment or a time.
    Day(f64),
    Moment(f64),
    Time(f64),
    /// A formula that gives a day.
    Reckoned(f64),
    /// A formula that gives an error.
    Broken,
}

pub const HIDDEN_SHEET: &str = "停用";
pub const SHEET: &str = "下單系統";
/// Rows and columns, counted from 0, that the workbooks hide.
pub const HIDDEN_ROW: u32 = 4;
pub const HIDDEN_COLUMN: u16 = 3;
/// First and last row of a merged range in the first column, counted from 0.
pub const MERGED: (u32, u32) = (3, 5);

/// Rows by their place (counted from 0) with the cells and how they are shown.
pub fn rows() -> Vec<(u32, Vec<(Held, &'static str)>)> {
    use Held::{Bool, Broken, Day, Empty, Moment, Number, Reckoned, Rich, Text, Time};
    let same = |text: &'static str| (Text(text), text);
    let headers = [
        "系統名稱",
        "帳號",
        "使用者姓名",
        "員工編號",
        "帳號狀態",
        "建立日期",
        "最後登入",
        "簽到",
        "永不過期",
        "備註",
    ];
    vec![
        (0, vec![same("甲乙綜合證券　帳號清冊 & <測試>")]),
        (2, headers.map(same).to_vec()),
        (
            3,
            vec![
                same("交易主機"),
                same("root"),
                same("王小明"),
                same("0023"),
                same("啟用"),
                (Day(44_196.0), "2020-12-31"),
                (Moment(44_195.628_472_222_22), "2020-12-30 15:05:00"),
                (Time(0.375), "09:00:00"),
                (Bool(true), "TRUE"),
                same("第一行\n第二行"),
            ],
        ),
        (
            4,
            vec![
                (Empty, "交易主機"),
                same("admin"),
                (Rich("李大同"), "李大同"),
                (Number(24.0), "24"),
                same("停用"),
                (Reckoned(44_105.0), "2020-10-01"),
                same("從未登入"),
                (Time(0.5), "12:00:00"),
                (Bool(false), "FALSE"),
                (Broken, "#DIV/0!"),
            ],
        ),
        (
            5,
            vec![
                (Empty, "交易主機"),
                same("vnd_01"),
                same("陳○○"),
                (Number(-1_135_959.25), "-1135959.25"),
                (Empty, ""),
                same("109/12/01"),
            ],
        ),
        (8, vec![same("合計"), (Empty, ""), (Number(3.0), "3")]),
    ]
}

/// The rows as the texts that are read of them, numbered from 1.
pub fn shown() -> Vec<(u32, Vec<String>)> {
    let texts = |cells: &[(Held, &str)]| cells.iter().map(|(_, text)| (*text).to_owned()).collect();
    rows().iter().map(|(row, cells)| (row + 1, texts(cells))).collect()
}

/// The same as delimited text.
pub fn csv() -> String {
    let mut lines = Vec::new();
    for (number, cells) in shown() {
        lines.resize(lines.len().max(number as usize - 1), String::new());
        let quoted: Vec<String> = cells.iter().map(|c| format!("\"{c}\"")).collect();
        lines.push(quoted.join(","));
    }
    // The text within the quoted cell has a line more than the sheet.
    lines.join("\n").replacen("\n第二行", "／第二行", 1)
}

/// How logical values are formatted. LibreOffice writes an ods with numbers for those without a format, and an xls
/// with numbers for those with one.
#[derive(Clone, Copy)]
pub enum Logical {
    Plain,
    Formatted,
}

/// The same as xlsx, with a second, hidden sheet.
pub fn xlsx(path: &Path, logical: Logical) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name(SHEET).expect("a name");
    let look = |format: &str| Format::new().set_num_format(format);
    let (day, moment, time) = (look("yyyy/mm/dd"), look("yyyy/mm/dd hh:mm:ss"), look("hh:mm:ss"));
    let logical = match logical {
        Logical::Plain => Format::new(),
        Logical::Formatted => look("BOOLEAN"),
    };
    let bold = Format::new().set_bold();
    for (row, cells) in rows() {
        for (column, (held, _)) in (0_u16..).zip(cells) {
            let written = match held {
                Held::Empty => continue,
                Held::Text(text) => sheet.write_string(row, column, text),
                Held::Rich(text) => {
                    let (first, rest) = text.split_at(text.chars().next().map_or(0, char::len_utf8));
                    sheet.write_rich_string(row, column, &[(&bold, first), (&Format::new(), rest)])
                }
                Held::Number(x) => sheet.write_number(row, column, x),
                Held::Bool(b) => sheet.write_boolean_with_format(row, column, b, &logical),
                Held::Day(x) => sheet.write_number_with_format(row, column, x, &day),
                Held::Moment(x) => sheet.write_number_with_format(row, column, x, &moment),
                Held::Time(x) => sheet.write_number_with_format(row, column, x, &time),
                Held::Reckoned(x) => {
                    let formula = Formula::new(format!("={x}+0")).set_result(x.to_string());
                    sheet.write_formula_with_format(row, column, formula, &day)
                }
                Held::Broken => sheet.write_formula(row, column, Formula::new("=1/0").set_result("#DIV/0!")),
            };
            written.expect("written");
        }
    }
    let middle = Format::new();
    sheet.merge_range(MERGED.0, 0, MERGED.1, 0, "交易主機", &middle).expect("merged");
    sheet.set_row_hidden(HIDDEN_ROW).expect("hidden");
    sheet.set_column_hidden(HIDDEN_COLUMN).expect("hidden");
    let second = book.add_worksheet().set_name(HIDDEN_SHEET).expect("a name");
    second.set_hidden(true);
    second.write_string(0, 0, "帳號").expect("written");
    second.write_string(1, 0, "old01").expect("written");
    book.save(path).expect("saved");
}

/// A file that came with the sources.
pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}
