//! The data dictionary says what the definitions say, nothing more and nothing less.

use super::book::{page, sheets};
use crate::*;
use fieldbook_model::*;
use jiff::civil::date;

fn dictionary() -> Dictionary {
    let column = |key: &str, zh: &str, ty| Column {
        key: key.to_owned(),
        zh: zh.to_owned(),
        ty,
        required: false,
        synonyms: Vec::new(),
        weak: Vec::new(),
        inverted: Vec::new(),
        choices: Vec::new(),
        hours: None,
        personal: false,
    };
    let words = |list: &[&str]| list.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    let mut account = column("account", "帳號", ColumnType::Text);
    (account.required, account.synonyms, account.weak) =
        (true, words(&["使用者代號", "代號"]), words(&["代號"]));
    let mut enabled = column("enabled", "啟用", ColumnType::Bool);
    enabled.inverted = words(&["停用"]);
    let mut level = column("level", "等級", ColumnType::Enum);
    level.choices =
        vec![Choice {
            key: "admin".to_owned(), zh: "管理者".to_owned(), synonyms: words(&["root", "最高"])
        }];
    let mut seen = column("seen_at", "最後登入", ColumnType::DateTime);
    seen.hours = Hours::parse("08:00-14:00");
    Dictionary {
        datasets: vec![DatasetDef {
            key: "accounts".to_owned(),
            code: "D01".to_owned(),
            zh: "帳號清冊".to_owned(),
            row: "一列為一系統之一帳號".to_owned(),
            row_key: words(&["account"]),
            columns: vec![account, enabled, level, seen],
            derived: Vec::new(),
        }],
        missing: words(&["無", "-"]),
        never: words(&["從未登入"]),
        made_from: "查核簿 0.1.0".to_owned(),
        printed_at: date(2026, 11, 21).at(9, 30, 0, 0),
    }
}

#[test]
fn every_dataset_column_choice_and_word_is_there() {
    let file = data_dictionary(&dictionary()).unwrap();
    assert_eq!(file.name, "資料字典.xlsx");
    assert_eq!(sheets(&file), ["資料集", "欄位", "代碼值", "無值之文字"]);
    let sets = page(&file, "資料集");
    let row = sets.row(sets.find("D01"));
    assert_eq!(row, ["D01", "帳號清冊", "accounts", "一列為一系統之一帳號", "帳號", "4", "1"]);
    let columns = page(&file, "欄位");
    let first = columns.find("D01");
    let expected = ["D01", "帳號清冊", "帳號", "account", "文字", "必填", "辨別", "使用者代號", "代號"]
        .map(str::to_owned);
    assert_eq!(columns.row(first), expected);
    assert_eq!(columns.at(first + 1, 9), "欄名為停用者，是否相反");
    assert_eq!(columns.at(first + 3, 9), "時刻應在 08:00-14:00（臺北時間）");
    let choices = page(&file, "代碼值");
    assert_eq!(
        choices.row(choices.find("D01")),
        ["D01", "帳號清冊", "等級", "admin", "管理者", "root、最高"]
    );
    let words = page(&file, "無值之文字");
    assert_eq!(words.at(words.find("無"), 1), "空白：沒有填寫");
    assert_eq!(words.at(words.find("從未登入"), 2), "日期與日期時間");
}

#[test]
fn the_same_definitions_give_the_same_bytes() {
    assert_eq!(data_dictionary(&dictionary()).unwrap().bytes, data_dictionary(&dictionary()).unwrap().bytes);
}
