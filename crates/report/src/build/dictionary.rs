//! The data dictionary: every dataset and every column as they are defined, for whoever prepares or reads the data.

use super::or_dash;
use crate::Dictionary;
use crate::doc::{Align, Body, Cell, Pair, Sheet, Table, Workbook};
use fieldbook_model::{Column, ColumnType, DatasetDef};

/// Title.
pub const TITLE: &str = "資料字典";

/// The workbook.
pub fn workbook(dictionary: &Dictionary) -> Workbook {
    let sheet = |name: &str, remark: &str, table| Sheet {
        name: name.to_owned(),
        title: format!("{TITLE}　{name}"),
        head: vec![
            Pair::new("資料集", format!("{} 種", dictionary.datasets.len())),
            Pair::new("依據", &dictionary.made_from),
        ],
        body: Body::list(vec![remark.to_owned()], table),
    };
    Workbook {
        paper: String::new(),
        title: TITLE.to_owned(),
        authority: String::new(),
        subject: TITLE.to_owned(),
        printed_at: dictionary.printed_at,
        draft: false,
        sheets: vec![
            sheet(
                "資料集",
                "一種資料集為一張表；辨別欄位合起來辨別兩列，沒有者為紀錄檔。",
                datasets(dictionary),
            ),
            sheet(
                "欄位",
                "欄名依「欄位」或「曾見之欄名」辨識；「共通欄名」各資料集都可能使用，不據以判斷是哪一種資料集。",
                columns(dictionary),
            ),
            sheet("代碼值", "儲存格文字為代碼、名稱或曾見之文字之一者，讀為該項。", choices(dictionary)),
            sheet("無值之文字", "「空白」與「從未」是兩回事，分別保存。", sentinels(dictionary)),
        ],
    }
}

fn datasets(dictionary: &Dictionary) -> Table {
    let count = |n: usize| Cell::Count(n as u64);
    let rows = dictionary.datasets.iter().map(|def| {
        vec![
            Cell::text(&def.code),
            Cell::text(&def.zh),
            Cell::text(&def.key),
            Cell::text(&def.row),
            Cell::text(or_dash(&names(def, &def.row_key))),
            count(def.columns.len()),
            count(def.columns.iter().filter(|c| c.required).count()),
        ]
    });
    let (left, right) = (Align::Left, Align::Right);
    Table::new(&[
        ("代號", 8, left),
        ("名稱", 22, left),
        ("代碼", 20, left),
        ("一列是什麼", 44, left),
        ("辨別欄位", 44, left),
        ("欄位數", 9, right),
        ("必填數", 9, right),
    ])
    .with_rows(rows)
}

fn names(def: &DatasetDef, keys: &[String]) -> String {
    let name = |key: &String| def.column(key).map_or(key.clone(), |c| c.zh.clone());
    keys.iter().map(name).collect::<Vec<_>>().join("、")
}

fn columns(dictionary: &Dictionary) -> Table {
    let all = dictionary.datasets.iter().flat_map(|def| def.columns.iter().map(move |c| (def, c)));
    let rows = all.map(|(def, c)| {
        let strong: Vec<String> = c.synonyms.iter().filter(|s| !c.weak.contains(s)).cloned().collect();
        vec![
            Cell::text(&def.code),
            Cell::text(&def.zh),
            Cell::text(&c.zh),
            Cell::text(&c.key),
            Cell::text(kind(c.ty)),
            Cell::text(if c.required { "必填" } else { "" }),
            Cell::text(if def.row_key.contains(&c.key) { "辨別" } else { "" }),
            Cell::text(strong.join("、")),
            Cell::text(c.weak.join("、")),
            Cell::text(remarks(c).join("；")),
        ]
    });
    let left = Align::Left;
    Table::new(&[
        ("代號", 8, left),
        ("資料集", 20, left),
        ("欄位", 24, left),
        ("代碼", 22, left),
        ("型別", 12, left),
        ("必填", 7, left),
        ("辨別", 7, left),
        ("曾見之欄名", 52, left),
        ("共通欄名", 22, left),
        ("備註", 36, left),
    ])
    .with_rows(rows)
}

/// The word for what a column holds.
fn kind(ty: ColumnType) -> &'static str {
    match ty {
        ColumnType::Text => "文字",
        ColumnType::Bool => "是／否",
        ColumnType::Enum => "代碼值",
        ColumnType::Date => "日期",
        ColumnType::DateTime => "日期時間",
        ColumnType::Int => "整數",
        ColumnType::Num => "數值",
        ColumnType::Duration => "時間長度（分）",
    }
}

fn remarks(column: &Column) -> Vec<String> {
    let mut out = Vec::new();
    if !column.inverted.is_empty() {
        out.push(format!("欄名為{}者，是否相反", column.inverted.join("、")));
    }
    if let Some(hours) = column.hours {
        out.push(format!("時刻應在 {hours}（臺北時間）"));
    }
    out
}

fn choices(dictionary: &Dictionary) -> Table {
    let all = dictionary.datasets.iter().flat_map(|def| def.columns.iter().map(move |c| (def, c)));
    let rows = all.flat_map(|(def, c)| {
        c.choices.iter().map(move |choice| {
            vec![
                Cell::text(&def.code),
                Cell::text(&def.zh),
                Cell::text(&c.zh),
                Cell::text(&choice.key),
                Cell::text(&choice.zh),
                Cell::text(choice.synonyms.join("、")),
            ]
        })
    });
    let left = Align::Left;
    Table::new(&[
        ("代號", 8, left),
        ("資料集", 20, left),
        ("欄位", 24, left),
        ("代碼", 20, left),
        ("名稱", 20, left),
        ("曾見之文字", 70, left),
    ])
    .with_rows(rows)
}

fn sentinels(dictionary: &Dictionary) -> Table {
    let line =
        |text: &String, meaning: &str, of: &str| vec![Cell::text(text), Cell::text(meaning), Cell::text(of)];
    let missing = dictionary.missing.iter().map(|text| line(text, "空白：沒有填寫", "所有欄位"));
    let never = dictionary.never.iter().map(|text| line(text, "從未：不曾發生或沒有期限", "日期與日期時間"));
    let left = Align::Left;
    Table::new(&[("文字", 30, left), ("讀為", 34, left), ("欄位型別", 24, left)])
        .with_rows(missing.chain(never).collect::<Vec<_>>())
}
