//! What is wrong with a query, zh-TW.

use crate::error::QueryFault;
use crate::query::QueryOf;

/// What happened, and what to do about it.
pub(super) fn fault(of: &QueryOf, fault: &QueryFault) -> (String, &'static str) {
    let whose = match of {
        QueryOf::Population => "母體（population）之查詢".to_owned(),
        QueryOf::Fragment(name) => format!("查詢片段「{name}」"),
        QueryOf::Rule(id) => format!("規則「{id}」之查詢"),
        QueryOf::Picture(key) => format!("圖「{key}」之查詢"),
        QueryOf::Derived(column) => format!("欄位「{column}」推定之查詢"),
        QueryOf::Duty(duty) => format!("「{duty}」最近辦理日期之查詢"),
    };
    let (what, hint) = what(fault);
    (format!("{whose}{what}"), hint)
}

impl QueryFault {
    /// What is wrong with a query by itself, and what to do about it; zh-TW.
    #[must_use]
    pub fn zh(&self) -> (String, String) {
        let (what, hint) = what(self);
        (format!("查詢{what}。"), format!("{hint}。"))
    }
}

fn what(fault: &QueryFault) -> (String, &'static str) {
    match fault {
        QueryFault::NoTable(name) => {
            (format!("讀取「{name}」，沒有這個資料集或片段"), "請更正資料集代號；片段須列於 uses")
        }
        QueryFault::NoColumn(name) => (
            format!("使用「{name}」，沒有這個欄位"),
            "請更正為資料集之欄位代號（日期欄另有「欄位_state」）；文字須用單引號",
        ),
        QueryFault::Ambiguous(name) => {
            (format!("使用「{name}」，而所讀之資料有兩處同名"), "請加上別名，如 a.account")
        }
        QueryFault::NoFunction(name) => (format!("呼叫「{name}」，沒有這個函數"), "請更正函數名稱"),
        QueryFault::Arguments(name) => (format!("呼叫「{name}」之參數個數不對"), "請更正函數之參數"),
        QueryFault::Forbidden(name) if name.is_empty() => (
            "超出允許之範圍".to_owned(),
            "查詢只能讀資料集之檢視表，且只能有一句 SELECT；不得變更資料或讀取其他表格",
        ),
        QueryFault::Forbidden(name) => (
            format!("呼叫「{name}」，此函數不得使用"),
            "結果因時間、環境或亂數而異之函數不得使用；查核基準日請用 :as_of",
        ),
        QueryFault::NoParameter(name) => (
            format!("使用參數「:{name}」，程序未定義"),
            "請更正名稱或增列 [[parameter]]；程式提供者為 :as_of、:period_from、:period_to、:firm（週期之查詢僅 :as_of）",
        ),
        QueryFault::Syntax(word) => {
            (format!("在「{word}」處不合 SQL 語法"), "請檢查該處前後之逗號、括號與關鍵字")
        }
        QueryFault::Unfinished => ("沒有寫完".to_owned(), "請檢查括號與引號是否成對"),
        QueryFault::Undeclared(name) => (
            format!("產生欄位「{name}」，程序未宣告"),
            "請以 [[column]] 宣告，或自 SELECT 刪除；運算式請以 AS 命名",
        ),
        QueryFault::Twice(name) => {
            (format!("產生兩個「{name}」欄"), "請自 SELECT 刪除其中之一，或以 AS 另行命名")
        }
        QueryFault::NoId => ("沒有產生 _id".to_owned(), "每列須有 _id，例外才能回溯至原始檔案之列"),
        QueryFault::NotOneNumber => {
            ("不是一個數字".to_owned(), "母體之查詢只產生一欄一列，如 SELECT count(*) FROM accounts")
        }
        QueryFault::Said(said) => (format!("無法執行（{said}）"), "請依括號內之說明更正查詢"),
    }
}
