//! What a statement may read and name.

use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{OwnSchemaColumnView, OwnSchemaDatasetView, OwnSchemaView, OwnSchemaWordView};

/// Values that every statement is given.
const VALUES: [(&str, &str); 4] = [
    (":as_of", "查核基準日（YYYY-MM-DD）"),
    (":period_from", "查核期間起日"),
    (":period_to", "查核期間迄日"),
    (":firm", "受查單位名稱"),
];

/// Functions beside those of SQL, as they are called.
const FUNCTIONS: [(&str, &str); 17] = [
    ("add_months(日期, 月數)", "加減月數；月底日期取當月最後一日（11-30 加 3 個月為 02-28）"),
    ("date(日期, '±N days')", "日期部分，可加減日數"),
    ("julianday(時間)", "儒略日，兩者相減為相差日數"),
    ("ms_between(起, 迄)", "相差毫秒數"),
    ("subsec_digits(時間)", "時間記至小數幾位"),
    ("norm_key(文字)", "統一全形半形、大小寫及空白後之文字，供比對"),
    ("norm_name(姓名)", "統一後之姓名，供比對"),
    ("norm_firm(公司名稱)", "去除股份有限公司等字樣後之名稱，供比對"),
    ("split_list(文字)", "一格內多個項目拆成清單，以 json_each 讀取"),
    ("list_has(清單, 文字)", "清單有此文字為 1，否則 0"),
    ("contains_any(文字, 清單)", "文字含清單任一項為 1，否則 0；清單如 '[\"甲\",\"乙\"]'"),
    ("starts_any(文字, 清單)", "文字以清單任一項開頭為 1，否則 0"),
    ("ip_in(位址, 範圍)", "IP 在範圍內為 1，否則 0；無法辨識為空"),
    ("is_workday(日期, 清單)", "週一至週五且不在清單為 1，否則 0"),
    ("workdays(起, 迄, 清單)", "起日之後至迄日之工作日數"),
    ("roc_valid_id(身分證號)", "檢查碼正確為 1，否則 0"),
    ("tax_id_valid(統一編號)", "檢查碼正確為 1，否則 0"),
];

fn words(list: &[(&str, &str)]) -> Vec<OwnSchemaWordView> {
    let word =
        |(call, zh): &(&str, &str)| OwnSchemaWordView { call: (*call).to_owned(), zh: (*zh).to_owned() };
    list.iter().map(word).collect()
}

/// The datasets, those with rows first, and what else a statement may name.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn schema(desk: &Desk) -> Result<OwnSchemaView, AppError> {
    let states = desk.exam()?.store.datasets()?;
    let mut datasets: Vec<OwnSchemaDatasetView> = Vec::new();
    for def in &desk.bundle.datasets {
        let state = states.iter().find(|s| s.key == def.key);
        let filled = |key: &String| state.is_some_and(|s| s.columns.contains(key));
        datasets.push(OwnSchemaDatasetView {
            key: def.key.clone(),
            code: def.code.clone(),
            zh: def.zh.clone(),
            rows: view::number(state.map_or(0, |s| s.rows)),
            columns: def
                .columns
                .iter()
                .map(|c| OwnSchemaColumnView {
                    key: c.key.clone(),
                    zh: c.zh.clone(),
                    ty: crate::data::kind(c.ty).to_owned(),
                    filled: filled(&c.key),
                })
                .collect(),
        });
    }
    datasets.sort_by_key(|d| d.rows <= 0.0);
    Ok(OwnSchemaView { datasets, values: words(&VALUES), functions: words(&FUNCTIONS) })
}

#[cfg(test)]
mod tests {
    use super::{FUNCTIONS, VALUES};
    use fieldbook_vault::rehearse;

    #[test]
    fn every_value_and_function_told_is_there() {
        for (call, _) in FUNCTIONS {
            let name = call.split('(').next().unwrap_or_default();
            let arguments = call.matches(',').count() + 1;
            let nulls = vec!["NULL"; arguments].join(", ");
            let sql = format!("SELECT {name}({nulls})");
            let told = rehearse(&[], &[(&sql, Vec::new())]).expect("asked");
            assert!(told.iter().all(Result::is_ok), "{call}: {told:?}");
        }
        let reserved: Vec<&str> = VALUES.iter().map(|(name, _)| name.trim_start_matches(':')).collect();
        assert_eq!(reserved, fieldbook_audit::RESERVED);
    }
}
