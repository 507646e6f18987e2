//! Records and what they say, as an examiner reads them. The words are data: `locale/records.zh-TW.toml`.

use fieldbook_checklist::Bundle;
use fieldbook_model::{ClauseId, Held, Record, RecordKey, number_text};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::OnceLock;

type Names = BTreeMap<String, String>;

#[derive(Deserialize, Default)]
struct Words {
    records: Names,
    fields: BTreeMap<String, Names>,
    codes: BTreeMap<String, BTreeMap<String, Names>>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    const TEXT: &str = include_str!("../../locale/records.zh-TW.toml");
    WORDS.get_or_init(|| toml::from_str(TEXT).unwrap_or_default())
}

/// Fields that say nothing by themselves: who wrote a record stands beside every change of it.
pub(super) fn is_silent(field: &str) -> bool {
    matches!(field, "who" | "origin" | "ord")
}

/// Whether a field is a text that can be joined with another or written anew.
pub(super) fn is_free_text(table: &str, field: &str) -> bool {
    matches!(
        (table, field),
        ("answer", "note" | "paper_ref" | "awaited")
            | ("disposition" | "team_member" | "correction", "note")
            | ("finding", "title" | "condition" | "cause" | "effect" | "recommendation" | "category")
            | ("evidence", "name" | "source" | "kept_at" | "returned" | "acquired_by")
            | ("fact", "basis")
            | ("exam", "firm" | "case_no")
    )
}

/// The field of a record; a member of a list tells the list and itself.
pub(super) fn field(bundle: &Bundle, table: &str, field: &str) -> String {
    let name = |field: &str| {
        words().fields.get(table).and_then(|f| f.get(field)).cloned().unwrap_or_else(|| field.to_owned())
    };
    match field.split_once('/') {
        Some((list, member)) if table == "finding" && list == "evidence" => {
            format!("{} {}…", name(list), member.chars().take(8).collect::<String>())
        }
        Some((list, member)) => format!("{} {}", name(list), clause(bundle, member)),
        None => name(field),
    }
}

/// A clause by its label, anything else as it is.
fn clause(bundle: &Bundle, text: &str) -> String {
    let found = ClauseId::parse(text).ok().and_then(|id| bundle.clause(&id).map(|c| c.label.clone()));
    match found {
        Some(label) if !label.is_empty() => format!("{text} {label}"),
        _ => text.to_owned(),
    }
}

/// What a field says; `None` for nothing.
pub(super) fn value(table: &str, field: &str, value: &Held) -> Option<String> {
    let codes = words().codes.get(table).and_then(|f| f.get(field));
    let code = |text: &str| codes.and_then(|c| c.get(text)).cloned().unwrap_or_else(|| text.to_owned());
    match value {
        Held::Null => None,
        Held::Int(n) if field.contains('/') => (*n > 0).then(|| "有".to_owned()),
        Held::Int(n) if matches!(field, "undone" | "independent" | "confidential") => {
            Some(if *n == 0 { "否" } else { "是" }.to_owned())
        }
        Held::Int(n) if field == "superseded_by" => Some(format!("第 {} 批", number_text(*n, 1))),
        Held::Int(n) => Some(n.to_string()),
        // Several values in one.
        Held::Text(text) if text.starts_with('[') => match serde_json::from_str::<Vec<Value>>(text) {
            Ok(parts) => {
                let said = parts.iter().filter_map(|part| match part {
                    Value::Null => None,
                    Value::String(text) => Some(code(text)).filter(|t| !t.is_empty() && t != "bool"),
                    other => Some(other.to_string()),
                });
                Some(said.collect::<Vec<_>>().join("；")).filter(|t| !t.is_empty())
            }
            Err(_) => Some(text.clone()),
        },
        Held::Text(text) if text.is_empty() => None,
        Held::Text(text) => Some(code(text)),
    }
}

/// What a record says in a line: its named fields, lists left aside.
pub(super) fn summary(bundle: &Bundle, table: &str, record: &Record) -> String {
    let said = record.iter().filter(|(name, _)| !is_silent(name) && !name.contains('/'));
    let named = words().fields.get(table);
    let said = said.filter(|(name, _)| named.is_some_and(|n| n.contains_key(*name)));
    let said = said.filter_map(|(name, f)| {
        value(table, name, &f.value).map(|v| format!("{}：{v}", field(bundle, table, name)))
    });
    said.collect::<Vec<_>>().join("；")
}

/// A record as an examiner knows it.
pub(super) fn what(bundle: &Bundle, key: &RecordKey, record: &Record, case_no: &str) -> String {
    let names: Vec<Value> = serde_json::from_str(&key.key).unwrap_or_default();
    let text = |at: usize| names.get(at).and_then(Value::as_str).unwrap_or_default();
    let id = names.first().and_then(Value::as_i64).unwrap_or_default();
    let field = |name: &str| match record.get(name).map(|f| &f.value) {
        Some(Held::Text(text)) => text.clone(),
        Some(Held::Int(n)) => n.to_string(),
        _ => String::new(),
    };
    let called = words().records.get(&key.table).cloned().unwrap_or_else(|| key.table.clone());
    let parts: Vec<String> = match key.table.as_str() {
        "answer" => vec![clause(bundle, text(0)), text(1).to_owned(), text(2).to_owned()],
        "applicability_override" => vec![clause(bundle, text(0)), called],
        "fact" => {
            let zh = bundle.facts.iter().find(|f| f.code == text(0)).map(|f| f.question.clone());
            vec![called, zh.unwrap_or_else(|| text(0).to_owned())]
        }
        "system" | "system_fact" | "team_member" => vec![called, text(0).to_owned(), text(1).to_owned()],
        "finding" => {
            let number = number_text(id, 2);
            let number =
                if case_no.is_empty() { format!("F{number}") } else { format!("{case_no}-F{number}") };
            vec![number, field("title")]
        }
        "evidence" => vec![called, field("name")],
        "disposition" => {
            let row = names.get(4).and_then(Value::as_i64).unwrap_or_default();
            vec![text(0).to_owned(), text(1).to_owned(), format!("{} 第 {row} 列", text(3))]
        }
        "correction" => vec![called, text(0).to_owned(), text(1).to_owned(), text(2).to_owned()],
        "run" | "own_procedure" => vec![called, field("procedure"), number_text(id, 1)],
        "import_sheet" => vec![called, field("sheet")],
        "import_file" => vec![called, field("file")],
        "sign_off" | "reopening" | "review_note" => vec![called, field("paper")],
        "assignment" => {
            let kind = words().codes.get("assignment").and_then(|c| c.get("kind"));
            let kind = kind.and_then(|k| k.get(text(0))).cloned().unwrap_or_default();
            vec![called, kind, text(1).to_owned()]
        }
        "exam" => vec![called],
        _ if id > 0 => vec![called, number_text(id, 1)],
        _ => vec![called],
    };
    parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("　")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_and_every_code_has_a_word() {
        let words = words();
        let rules = fieldbook_vault::merge_rules();
        for table in rules.keys() {
            assert!(words.records.contains_key(table), "{table}");
        }
        for table in words.fields.keys().chain(words.codes.keys()) {
            assert!(rules.contains_key(table), "{table} is no record");
        }
    }
}
