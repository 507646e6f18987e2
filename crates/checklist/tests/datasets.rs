//! The datasets hold what the specification names, and the schemas for authors describe the files as they are.

use fieldbook_checklist::{Bundle, bundled_files, load_unlocked};
use fieldbook_model::ColumnType;
use serde_json::Value;

fn bundle() -> Bundle {
    load_unlocked(&bundled_files()).expect("the bundled checklists load")
}

#[test]
fn every_dataset_has_its_columns() {
    let bundle = bundle();
    let expected = "systems 12, accounts 15, personnel 10, privileged_usage 12, vendor_contracts 13, assets 20, orders 17, \
        audit_log 9, log_retention 11, firewall_rules 13, vuln 15, activities 10, training 9, ops_log 7, changes 14";
    let mut columns = 0;
    for row in expected.split(", ") {
        let (key, count) = row.trim().split_once(' ').expect("key and count");
        let dataset = bundle.dataset(key).expect(key);
        assert_eq!(dataset.columns.len().to_string(), count, "{key}");
        columns += dataset.columns.len();
    }
    assert_eq!(columns, 187);
    let required: Vec<&str> = bundle
        .dataset("accounts")
        .map(|d| d.columns.iter().filter(|c| c.required).map(|c| c.key.as_str()).collect())
        .unwrap_or_default();
    assert_eq!(required, ["system_name", "account", "holder_name", "status"]);
}

#[test]
fn second_sheets_and_lists_without_a_column_table_have_the_columns_that_procedures_name() {
    let bundle = bundle();
    for (key, columns) in [
        ("vendor_staff", "vendor_name name entry_date exit_date nda"),
        ("colo_clients", "account applied_at approved_at enabled_at decision reason line priority fee"),
        ("vuln_runs", "run_id type system_name scanned_at targets host_count tool performer report_no"),
        ("backups", "system_name backup_at type result media_no label location source_location retention"),
        (
            "password_policy",
            "system_name min_length complexity max_age min_age history fail_limit lock_minutes",
        ),
        ("assessment_team", "name unit certificate certificate_no valid_until finance_years nda"),
        ("finding_register", "finding_no risk due done_at recheck_at rechecker owner reported_to"),
        ("cabinet_entries", "entered_at name company purpose rack"),
        ("maintenance", "maintained_at vendor_name device escort"),
        ("access_requests", "request_no account purpose privilege unit_approver it_approver approved_at"),
    ] {
        let dataset = bundle.dataset(key).expect(key);
        for column in columns.split(' ') {
            assert!(dataset.column(column).is_some(), "{key}.{column}");
        }
        assert!(dataset.columns.iter().any(|c| c.required), "{key}");
    }
    assert_eq!(bundle.datasets.len(), 26);
}

#[test]
fn every_dataset_says_what_a_row_is_and_only_a_log_has_nothing_to_tell_rows_apart() {
    let bundle = bundle();
    for dataset in &bundle.datasets {
        assert!(dataset.row.starts_with("一列為"), "{}", dataset.key);
        assert!(dataset.row_key.iter().all(|key| dataset.column(key).is_some()), "{}", dataset.key);
        assert_eq!(dataset.row_key.is_empty(), dataset.key == "audit_log", "{}", dataset.key);
    }
}

#[test]
fn headers_that_fit_many_datasets_are_weak_wherever_they_occur() {
    let weak = ["姓名", "單位", "日期", "狀態", "編號", "類別", "名稱", "說明", "備註", "帳號"];
    for dataset in &bundle().datasets {
        for column in &dataset.columns {
            let headers = column.synonyms.iter().chain([&column.zh]);
            for header in headers.filter(|h| weak.contains(&h.as_str())) {
                assert!(column.weak.contains(header), "{}.{}: {header}", dataset.key, column.key);
            }
        }
    }
}

#[test]
fn a_header_that_says_stopped_is_inverted() {
    let bundle = bundle();
    let status = bundle.dataset("accounts").and_then(|d| d.column("status")).expect("bundled");
    assert_eq!(status.ty, ColumnType::Enum);
    for header in ["停用", "是否停用", "鎖定"] {
        assert!(status.inverted.iter().any(|h| h == header), "{header}");
    }
    for header in ["啟用", "是否啟用", "使用中", "帳號狀態"] {
        assert!(!status.inverted.iter().any(|h| h == header), "{header}");
    }
}

#[test]
fn texts_of_the_field_mean_one_choice() {
    let bundle = bundle();
    for (dataset, column, text, key) in [
        ("accounts", "kind", "廠商", "vendor"),
        ("accounts", "kind", "委外", "vendor"),
        ("accounts", "kind", "員工", "human_internal"),
        ("accounts", "kind", "服務帳號", "service"),
        ("accounts", "kind", "客戶", "customer"),
        ("accounts", "kind", "共用帳號", "shared"),
        ("accounts", "status", "使用中", "enabled"),
        ("accounts", "status", "註銷", "disabled"),
        ("accounts", "status", "離職", "disabled"),
        ("accounts", "status", "Locked", "locked"),
        ("personnel", "staff_type", "駐點", "onsite"),
        ("orders", "channel", "語音", "voice"),
        ("orders", "channel", "DMA", "dma"),
        ("orders", "side", "賣", "sell"),
        ("vuln", "risk", "嚴重", "critical"),
        ("vuln", "risk", "Medium", "medium"),
        ("systems", "asmt_class", "第一類", "1"),
    ] {
        let column = bundle.dataset(dataset).and_then(|d| d.column(column)).expect("bundled");
        let means = |c: &&fieldbook_model::Choice| {
            c.key == text || c.zh == text || c.synonyms.iter().any(|s| s == text)
        };
        let found: Vec<&str> = column.choices.iter().filter(means).map(|c| c.key.as_str()).collect();
        assert_eq!(found, [key], "{dataset}.{}: {text}", column.key);
    }
}

/// Checks a value against the part of JSON Schema that the schemas use.
fn misfits(schema: &Value, value: &Value, at: &str, out: &mut Vec<String>) {
    let types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let fits = types.iter().any(|ty| match *ty {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        _ => false,
    });
    if !fits {
        out.push(format!("{at}: not {types:?}"));
    }
    if let Some(choices) = schema.get("enum").and_then(Value::as_array)
        && !choices.contains(value)
    {
        out.push(format!("{at}: none of the choices"));
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array()) {
        for (i, item) in list.iter().enumerate() {
            misfits(items, item, &format!("{at}[{i}]"), out);
        }
    }
    let Some(object) = value.as_object() else { return };
    for key in
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    {
        if !object.contains_key(key) {
            out.push(format!("{at}: lacks {key}"));
        }
    }
    for (key, inner) in object {
        let other = schema.get("additionalProperties").filter(|p| p.is_object());
        match schema.get("properties").and_then(|p| p.get(key)).or(other) {
            Some(property) => misfits(property, inner, &format!("{at}.{key}"), out),
            None => out.push(format!("{at}.{key}: unknown")),
        }
    }
}

fn schema_of(path: &str) -> Option<&'static str> {
    match path.split_once('/') {
        _ if !path.ends_with(".toml") => None,
        None => ["facts", "crosswalk", "patterns", "periods", "sheets", "phrases"]
            .into_iter()
            .find(|name| path.strip_suffix(".toml") == Some(name)),
        Some(("datasets", _)) => Some("dataset"),
        Some(("procedures", _)) => Some("procedure"),
        Some((_, "document.toml")) => Some("document"),
        Some(_) => Some("chapter"),
    }
}

#[test]
fn the_schemas_are_true() {
    let files = bundled_files();
    let mut seen = std::collections::BTreeSet::new();
    for (path, text) in &files {
        let Some(name) = schema_of(path) else { continue };
        seen.insert(name);
        let schema = files.get(&format!("schema/{name}.schema.json")).expect(name);
        let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
        let value: Value = toml::from_str(text).expect("loads, so it is TOML");
        let mut out = Vec::new();
        misfits(&schema, &value, path, &mut out);
        assert_eq!(out, Vec::<String>::new());
    }
    assert_eq!(seen.len(), 10, "every kind of file has its schema: {seen:?}");
}

#[test]
fn the_schemas_refuse_what_the_loader_refuses() {
    let files = bundled_files();
    let schema = files.get("schema/chapter.schema.json").expect("bundled");
    let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
    let good = "number = \"1\"\ntitle = \"t\"\n[[clause]]\nid = \"A-1\"\nkind = \"leaf\"\nlabel = \"1\"\ntext = \"t\"\nline = 1\n";
    let count = |text: &str| {
        let mut out = Vec::new();
        misfits(&schema, &toml::from_str(text).expect("TOML"), "x", &mut out);
        out.len()
    };
    assert_eq!(count(good), 0);
    for (from, to) in
        [("\"leaf\"", "\"twig\""), ("label", "lable"), ("line = 1", "line = \"1\""), ("title = \"t\"\n", "")]
    {
        assert!(count(&good.replacen(from, to, 1)) > 0, "{to}");
    }
}
