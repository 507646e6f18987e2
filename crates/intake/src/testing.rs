//! Dataset definitions that the tests share.
#![allow(dead_code)]

use fieldbook_model::{Choice, Column, ColumnType, DatasetDef};

fn words(list: &str) -> Vec<String> {
    list.split('|').filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn column(key: &str, zh: &str, ty: ColumnType, required: bool, synonyms: &str, weak: &str) -> Column {
    Column {
        key: key.into(),
        zh: zh.into(),
        ty,
        required,
        synonyms: words(synonyms),
        weak: words(weak),
        inverted: Vec::new(),
        hours: None,
        personal: false,
        choices: Vec::new(),
    }
}

fn dataset(key: &str, code: &str, zh: &str, columns: Vec<Column>) -> DatasetDef {
    DatasetDef {
        key: key.into(),
        code: code.into(),
        zh: zh.into(),
        row: String::new(),
        row_key: Vec::new(),
        columns,
        derived: Vec::new(),
    }
}

/// The account list.
pub(crate) fn accounts() -> DatasetDef {
    use ColumnType::{Bool, Date, DateTime, Enum, Text};
    let mut status =
        column("status", "狀態", Enum, true, "帳號狀態|啟用狀態|是否啟用|Enabled|停用", "狀態|使用中");
    status.inverted = words("停用");
    status.choices =
        [("enabled", "啟用", "使用中|有效|Active"), ("disabled", "停用", "鎖定|註銷|離職|Locked")]
            .map(|(key, zh, synonyms)| Choice { key: key.into(), zh: zh.into(), synonyms: words(synonyms) })
            .to_vec();
    dataset(
        "accounts",
        "D01",
        "帳號清冊",
        vec![
            column("system_name", "系統名稱", Text, true, "系統別|主機名稱|平台", "系統|主機"),
            column("account", "帳號", Text, true, "使用者代號|使用者帳號|User ID|AD帳號", "代號"),
            column(
                "holder_name",
                "使用者姓名",
                Text,
                true,
                "使用人|帳號使用人|保管人|DisplayName",
                "姓名|使用者",
            ),
            column("employee_id", "員工編號", Text, false, "員編|工號", ""),
            column("unit", "所屬單位", Text, false, "部門名稱|Department", "部門|單位"),
            status,
            column("created_at", "建立日期", Date, false, "建檔日|開立日|建立時間", ""),
            column("last_login", "最後登入時間", DateTime, false, "最後登入|上次登入|lastlog", ""),
            column(
                "pw_changed_at",
                "密碼最後變更日",
                Date,
                false,
                "密碼最後變更日期|密碼更新日|PasswordLastSet",
                "",
            ),
            column("pw_never_expires", "密碼永不過期", Bool, false, "永不過期|PasswordNeverExpires", ""),
        ],
    )
}

/// The order records.
pub(crate) fn orders() -> DatasetDef {
    use ColumnType::{Date, DateTime, Num, Text};
    dataset(
        "orders",
        "D06",
        "委託紀錄",
        vec![
            column("trade_date", "交易日期", Date, true, "委託日期|營業日", "日期"),
            column("order_no", "委託書編號", Text, true, "委託單號|委託書號", "單號"),
            column("account", "客戶帳號", Text, true, "投資人帳號|戶號", "帳號"),
            column("received_at", "接收客戶委託時間", DateTime, true, "接單時間|收單時間|委託時間", ""),
            column("sent_at", "送交易所時間", DateTime, false, "傳送時間|送單時間", ""),
            column("qty", "數量", Num, false, "股數|張數", ""),
        ],
    )
}
