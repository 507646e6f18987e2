//! A blank workbook for one dataset: headings that the import knows as they stand, lists where there are choices,
//! and a sheet that says how to fill it in.

use super::style::{self, Style, Styles};
use super::{TEXT, about, lying, measure, saved, sheet_name, text, wide};
use crate::{ReportError, TemplateHead};
use fieldbook_model::{Column, ColumnType, DatasetDef};
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, Format, Note, Workbook as Xlsx, Worksheet, XlsxError,
};

/// Name of the second sheet.
pub const GUIDE: &str = "填表說明";
/// Last row that carries a list of choices.
const LAST_ROW: u32 = 1_048_575;
/// Characters that a list of choices may have in all.
const LIST_LIMIT: usize = 255;

/// The file's bytes.
///
/// # Errors
/// When the writer refuses a text.
pub fn bytes(def: &DatasetDef, head: &TemplateHead) -> Result<Vec<u8>, ReportError> {
    write(def, head)
        .map_err(|source| ReportError::Workbook { paper: def.code.clone(), source: Box::new(source) })
}

fn write(def: &DatasetDef, head: &TemplateHead) -> Result<Vec<u8>, XlsxError> {
    let title = format!("{} {}", def.code, def.zh);
    let mut file = Xlsx::new();
    file.set_properties(&about(&title, head.printed_at)?.set_author(&head.organisation));
    let styles = Styles::new();
    let page = file.add_worksheet();
    // A stroke is forbidden in a sheet's name; its full-width brother reads the same.
    page.set_name(sheet_name(&def.zh.replace('/', "／"), ""))?;
    lying(page, &title);
    // Twenty columns on one page could not be read; they go on over several.
    page.set_print_scale(70);
    fill_in(page, def, &styles)?;
    let page = file.add_worksheet();
    page.set_name(GUIDE)?;
    lying(page, &title);
    guide(page, def, head, &styles)?;
    saved(&mut file)
}

/// The sheet that is filled in.
fn fill_in(page: &mut Worksheet, def: &DatasetDef, styles: &Styles) -> Result<(), XlsxError> {
    let required = styles.head.plain.clone().set_background_color(style::REQUIRED);
    for (index, column) in (0..).zip(&def.columns) {
        page.set_column_width(index, f64::from(width(column)))?;
        if let Some(format) = number_format(column.ty) {
            page.set_column_format(index, &format)?;
        }
        let format = if column.required { &required } else { &styles.head.plain };
        page.write_string_with_format(0, index, &column.zh, format)?;
        if column.required {
            let note = Note::new(format!("必填。{}", hint(column))).add_author_prefix(false);
            page.insert_note(0, index, &note.set_width(220).set_height(60))?;
        }
        if let Some(list) = choices(column) {
            page.add_data_validation(1, index, LAST_ROW, index, &list?)?;
        }
    }
    page.set_row_height(0, 28)?;
    page.set_freeze_panes(1, 0)?;
    page.set_repeat_rows(0, 0)?;
    page.set_screen_gridlines(true);
    Ok(())
}

/// Text columns are texts from the start: an account `0012` keeps its zeros, and a time its digits below the second.
fn number_format(ty: ColumnType) -> Option<Format> {
    match ty {
        ColumnType::Text | ColumnType::Enum | ColumnType::Bool | ColumnType::DateTime => {
            Some(Format::new().set_num_format_index(TEXT))
        }
        ColumnType::Date => Some(Format::new().set_num_format("yyyy/mm/dd")),
        ColumnType::Int | ColumnType::Num | ColumnType::Duration => None,
    }
}

fn words(column: &Column) -> Vec<&str> {
    match column.ty {
        ColumnType::Bool => vec!["是", "否"],
        _ => column.choices.iter().map(|c| c.zh.as_str()).collect(),
    }
}

/// The list of choices; `None` where there is none, or where it is longer than the format takes. Another word is
/// let through after a warning: the import knows more words than the list.
fn choices(column: &Column) -> Option<Result<DataValidation, XlsxError>> {
    let words = words(column);
    let length = words.iter().map(|w| w.chars().count() + 1).sum::<usize>();
    if words.is_empty() || length > LIST_LIMIT || words.iter().any(|w| w.contains(',')) {
        return None;
    }
    let list = DataValidation::new().set_error_style(DataValidationErrorStyle::Warning);
    Some(list.allow_list_strings(&words).and_then(|l| {
        l.set_error_title("不在清單之內")?.set_error_message("請自清單選填；確需填寫其他文字時，請按「是」。")
    }))
}

fn width(column: &Column) -> u16 {
    let least = match column.ty {
        ColumnType::Text => 16,
        ColumnType::Date => 13,
        ColumnType::DateTime => 24,
        ColumnType::Bool | ColumnType::Int | ColumnType::Num | ColumnType::Duration => 10,
        ColumnType::Enum => words(column).into_iter().map(measure::width).max().unwrap_or(12) + 4,
    };
    u16::try_from((measure::width(&column.zh) + 5).max(least)).unwrap_or(36).min(36)
}

/// The sheet that says how.
fn guide(
    page: &mut Worksheet,
    def: &DatasetDef,
    head: &TemplateHead,
    styles: &Styles,
) -> Result<(), XlsxError> {
    let widths: [u16; 5] = [24, 8, 12, 44, 52];
    for (column, width) in (0..).zip(widths) {
        page.set_column_width(column, f64::from(width))?;
    }
    let all = measure::span(&widths, 0, 4);
    let mut row = 0;
    let mut line = |page: &mut Worksheet, words: &str, style: &Style, height: f64| {
        wide(page, row, (0, 4), words, style)?;
        page.set_row_height(row, height)?;
        row += 1;
        Ok::<u32, XlsxError>(row)
    };
    line(page, &format!("{} {}　{GUIDE}", def.code, def.zh), &styles.title, 30.0)?;
    line(page, &whose(head), &styles.note, 18.0)?;
    for remark in remarks(def) {
        let height = measure::height(measure::lines(&remark, all));
        line(page, &remark, &styles.body, height)?;
    }
    let head_row = row;
    for (column, title) in (0..).zip(["欄位", "必填", "型態", "可用值", "說明"]) {
        text(page, head_row, column, title, &styles.head)?;
    }
    page.set_row_height(head_row, 24)?;
    for (row, column) in (head_row + 1..).zip(&def.columns) {
        let cells = guide_cells(column);
        for ((index, words), style) in (0..).zip(&cells).zip(guide_styles(styles)) {
            text(page, row, index, words, style)?;
        }
        let lines = cells.iter().zip(widths).map(|(c, w)| measure::lines(c, u32::from(w))).max();
        page.set_row_height(row, measure::height(lines.unwrap_or(1)))?;
    }
    page.set_freeze_panes(head_row + 1, 0)?;
    page.set_repeat_rows(head_row, head_row)?;
    page.set_screen_gridlines(false);
    Ok(())
}

fn guide_styles(styles: &Styles) -> [&Style; 5] {
    [&styles.left, &styles.center, &styles.center, &styles.left, &styles.left]
}

fn guide_cells(column: &Column) -> [String; 5] {
    let mut about = hint(column).to_owned();
    let known: Vec<&str> = column.synonyms.iter().take(4).map(String::as_str).collect();
    if !known.is_empty() {
        about.push_str(&format!("\n亦稱：{}", known.join("、")));
    }
    let required = if column.required { "● 必填" } else { "" };
    [column.zh.clone(), required.to_owned(), kind(column).to_owned(), words(column).join("、"), about]
}

fn whose(head: &TemplateHead) -> String {
    let named = [("受查單位", &head.firm), ("查核案號", &head.case_no), ("查核單位", &head.organisation)];
    let parts =
        named.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| format!("{name}：{value}"));
    parts.collect::<Vec<_>>().join("　　")
}

fn remarks(def: &DatasetDef) -> [String; 4] {
    [
        format!(
            "1. 請於工作表「{}」自第 2 列起逐筆填寫；第 1 列標題請勿更改，亦請勿合併儲存格或隱藏列、欄。",
            def.zh
        ),
        "2. 有底色之標題為必填欄位；沒有資料之欄位請留空白。".to_owned(),
        "3. 日期以民國年或西元年填寫均可，同一欄請用同一種；從未發生者請填「從未」。".to_owned(),
        "4. 資料如由系統匯出，得直接貼上或提供匯出檔，請勿增刪資料列，並告知母體總筆數。".to_owned(),
    ]
}

fn kind(column: &Column) -> &'static str {
    match column.ty {
        ColumnType::Enum if column.choices.is_empty() => "文字",
        ColumnType::Text => "文字",
        ColumnType::Bool => "是／否",
        ColumnType::Enum => "選項",
        ColumnType::Date => "日期",
        ColumnType::DateTime => "日期時間",
        ColumnType::Int => "整數",
        ColumnType::Num => "數值",
        ColumnType::Duration => "時間長度",
    }
}

fn hint(column: &Column) -> &'static str {
    match column.ty {
        ColumnType::Enum if column.choices.is_empty() => "照實填寫。",
        ColumnType::Text => "照原紀錄填寫，前置之 0 請保留。",
        ColumnType::Bool => "填「是」或「否」。",
        ColumnType::Enum => "自清單選填。",
        ColumnType::Date => "例：109/12/31 或 2020/12/31。",
        ColumnType::DateTime => "例：109/12/31 09:00:00.123；秒以下位數照原紀錄填寫。",
        ColumnType::Int => "整數，不加單位。",
        ColumnType::Num => "數值，不加單位。",
        ColumnType::Duration => "例：4小時、30分鐘。",
    }
}
