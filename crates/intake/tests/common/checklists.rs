//! The datasets as they are shipped, read without the crate that checks them.

use fieldbook_model::{Choice, Column, ColumnType, DatasetDef, Hours};
use std::path::Path;
use toml::{Table, Value};

/// Every dataset, by its key.
pub fn datasets() -> Vec<DatasetDef> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../checklists/datasets");
    let mut found: Vec<DatasetDef> = std::fs::read_dir(folder)
        .expect("the folder of datasets")
        .map(|entry| std::fs::read_to_string(entry.expect("a file").path()).expect("a text"))
        .map(|text| dataset(&text.parse::<Table>().expect("TOML")))
        .collect();
    found.sort_by(|a, b| a.key.cmp(&b.key));
    found
}

fn dataset(table: &Table) -> DatasetDef {
    let columns = table["column"].as_array().expect("columns").iter();
    DatasetDef {
        key: text(table, "key"),
        code: text(table, "code"),
        zh: text(table, "zh"),
        row: text(table, "row"),
        row_key: list(table, "row_key"),
        columns: columns.map(|c| column(c.as_table().expect("a column"))).collect(),
        derived: Vec::new(),
    }
}

fn column(table: &Table) -> Column {
    let ty = match text(table, "type").as_str() {
        "text" => ColumnType::Text,
        "bool" => ColumnType::Bool,
        "enum" => ColumnType::Enum,
        "date" => ColumnType::Date,
        "datetime" => ColumnType::DateTime,
        "int" => ColumnType::Int,
        "num" => ColumnType::Num,
        "duration" => ColumnType::Duration,
        other => panic!("type {other}"),
    };
    let choices = table.get("choice").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let choice = |c: &Value| {
        let c = c.as_table().expect("a choice");
        Choice { key: text(c, "key"), zh: text(c, "zh"), synonyms: list(c, "synonyms") }
    };
    Column {
        key: text(table, "key"),
        zh: text(table, "zh"),
        ty,
        required: table.get("required").and_then(Value::as_bool).unwrap_or(false),
        synonyms: list(table, "synonyms"),
        weak: list(table, "weak"),
        inverted: list(table, "inverted"),
        choices: choices.iter().map(choice).collect(),
        personal: false,
        hours: table.get("hours").map(|h| Hours::parse(h.as_str().expect("a text")).expect("hours")),
    }
}

fn text(table: &Table, key: &str) -> String {
    table[key].as_str().expect("a text").to_owned()
}

fn list(table: &Table, key: &str) -> Vec<String> {
    let items = table.get(key).and_then(Value::as_array).into_iter().flatten();
    items.map(|v| v.as_str().expect("a text").to_owned()).collect()
}
