//! Lists and small records kept as JSON text in one column. The stored shapes are fixed here and nowhere else.

use crate::codes::Coded;
use crate::error::VaultError;
use fieldbook_model::{
    ClauseId, EarlierFinding, FactValue, FilledColumn, FilledFrom, MappedColumn, ParamUse, ParamValue,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const DAMAGED: VaultError = VaultError::Damaged { what: "stored list" };

/// `["a","b"]`.
pub(crate) fn texts<S: AsRef<str>>(list: &[S]) -> String {
    Value::from(list.iter().map(|s| Value::from(s.as_ref())).collect::<Vec<_>>()).to_string()
}

/// Reads `["a","b"]`.
pub(crate) fn read_texts(text: &str) -> Result<Vec<String>, VaultError> {
    array(text)?.iter().map(|v| v.as_str().map(str::to_owned).ok_or(DAMAGED)).collect()
}

/// Texts by path as `{"path":"text"}`, sorted by path.
pub(crate) fn files(files: &BTreeMap<String, String>) -> String {
    Value::from_iter(files.iter().map(|(path, text)| (path.as_str(), text.as_str()))).to_string()
}

/// Reads texts by path.
pub(crate) fn read_files(text: &str) -> Result<BTreeMap<String, String>, VaultError> {
    serde_json::from_str(text).map_err(|_| DAMAGED)
}

/// Clause ids as `["COL-1","COL-2"]`.
pub(crate) fn clauses(list: &[ClauseId]) -> String {
    texts(&list.iter().map(ClauseId::as_str).collect::<Vec<_>>())
}

/// Reads clause ids.
pub(crate) fn read_clauses(text: &str) -> Result<Vec<ClauseId>, VaultError> {
    let texts: Vec<String> = serde_json::from_str(text).map_err(|_| DAMAGED)?;
    texts.iter().map(|t| ClauseId::parse(t).map_err(|_| DAMAGED)).collect()
}

/// Numbers as `[1,2]`.
pub(crate) fn numbers(list: &[i64]) -> String {
    Value::from(list.to_vec()).to_string()
}

/// Reads numbers.
pub(crate) fn read_numbers(text: &str) -> Result<Vec<i64>, VaultError> {
    array(text)?.iter().map(|v| v.as_i64().ok_or(DAMAGED)).collect()
}

/// An earlier finding as `{"exam":…,"number":…,"title":…,"found_on":…}`.
pub(crate) fn earlier(f: &EarlierFinding) -> String {
    json!({ "exam": f.exam, "number": f.number, "title": f.title, "found_on": f.found_on.map(|d| d.to_string()) })
        .to_string()
}

/// Reads an earlier finding.
pub(crate) fn read_earlier(text: &str) -> Result<EarlierFinding, VaultError> {
    let v: Value = serde_json::from_str(text).map_err(|_| DAMAGED)?;
    let found_on = v.get("found_on").and_then(Value::as_str).map(crate::text::date).transpose()?;
    Ok(EarlierFinding {
        exam: text_of(&v, "exam")?,
        number: text_of(&v, "number")?,
        title: text_of(&v, "title")?,
        found_on,
    })
}

/// Output values as `[["column","text"],["column",null]]`.
pub(crate) fn cells(values: &[(String, Option<String>)]) -> String {
    Value::from(values.iter().map(|(k, v)| json!([k, v])).collect::<Vec<_>>()).to_string()
}

/// Reads output values.
pub(crate) fn read_cells(text: &str) -> Result<Vec<(String, Option<String>)>, VaultError> {
    let cell = |v: &Value| match v.as_array().map(Vec::as_slice) {
        Some([Value::String(key), Value::Null]) => Ok((key.clone(), None)),
        Some([Value::String(key), Value::String(text)]) => Ok((key.clone(), Some(text.clone()))),
        _ => Err(DAMAGED),
    };
    array(text)?.iter().map(cell).collect()
}

/// Parameters as `[{"key":…,"int":3,"reason":…}]`; the value's key names its kind.
pub(crate) fn params(list: &[ParamUse]) -> String {
    let one = |p: &ParamUse| {
        let (kind, value) = match &p.value {
            ParamValue::Int(n) => ("int", json!(n)),
            ParamValue::Num(x) => ("num", json!(x)),
            ParamValue::Bool(b) => ("bool", json!(b)),
            ParamValue::Text(t) => ("text", json!(t)),
            ParamValue::List(l) => ("list", json!(l)),
        };
        json!({ "key": p.key, kind: value, "reason": p.override_reason })
    };
    Value::from(list.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// Reads parameters.
pub(crate) fn read_params(text: &str) -> Result<Vec<ParamUse>, VaultError> {
    array(text)?.iter().map(read_param).collect()
}

fn read_param(v: &Value) -> Result<ParamUse, VaultError> {
    let get = |kind: &str| v.get(kind).filter(|x| !x.is_null());
    let value = if let Some(n) = get("int") {
        ParamValue::Int(n.as_i64().ok_or(DAMAGED)?)
    } else if let Some(x) = get("num") {
        ParamValue::Num(x.as_f64().ok_or(DAMAGED)?)
    } else if let Some(b) = get("bool") {
        ParamValue::Bool(b.as_bool().ok_or(DAMAGED)?)
    } else if let Some(t) = get("text") {
        ParamValue::Text(t.as_str().ok_or(DAMAGED)?.to_owned())
    } else {
        let list = get("list").and_then(Value::as_array).ok_or(DAMAGED)?;
        ParamValue::List(
            list.iter().map(|t| t.as_str().map(str::to_owned).ok_or(DAMAGED)).collect::<Result<_, _>>()?,
        )
    };
    Ok(ParamUse {
        key: text_of(v, "key")?,
        value,
        override_reason: get("reason").and_then(Value::as_str).map(str::to_owned),
    })
}

/// A sheet's mapping.
pub(crate) fn mapping(list: &[MappedColumn]) -> String {
    let one = |m: &MappedColumn| {
        json!({ "index": m.index, "header": m.header, "column": m.column, "reading": m.reading.code(),
                "inverted": m.inverted, "confidence": m.confidence, "time": m.time_index })
    };
    Value::from(list.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// Reads a sheet's mapping.
pub(crate) fn read_mapping(text: &str) -> Result<Vec<MappedColumn>, VaultError> {
    let number = |v: &Value, key: &str| v.get(key).and_then(Value::as_u64).ok_or(DAMAGED);
    let one = |v: &Value| {
        Ok(MappedColumn {
            index: number(v, "index")?.try_into().map_err(|_| DAMAGED)?,
            header: text_of(v, "header")?,
            column: text_of(v, "column")?,
            reading: Coded::from_code(&text_of(v, "reading")?)?,
            inverted: v.get("inverted").and_then(Value::as_bool).ok_or(DAMAGED)?,
            confidence: number(v, "confidence")?.try_into().map_err(|_| DAMAGED)?,
            // Mappings of the first formats do not have it.
            time_index: match v.get("time").filter(|t| !t.is_null()) {
                Some(_) => Some(number(v, "time")?.try_into().map_err(|_| DAMAGED)?),
                None => None,
            },
        })
    };
    array(text)?.iter().map(one).collect()
}

/// Columns that a sheet fills with one value, as `[{"column":…,"text":…,"from":"sheet_name"}]`.
pub(crate) fn filled(list: &[FilledColumn]) -> String {
    let one = |f: &FilledColumn| json!({ "column": f.column, "text": f.text, "from": f.from.as_str() });
    Value::from(list.iter().map(one).collect::<Vec<_>>()).to_string()
}

/// Reads columns that a sheet fills.
pub(crate) fn read_filled(text: &str) -> Result<Vec<FilledColumn>, VaultError> {
    let one = |v: &Value| {
        Ok(FilledColumn {
            column: text_of(v, "column")?,
            text: text_of(v, "text")?,
            from: FilledFrom::parse(&text_of(v, "from")?).ok_or(DAMAGED)?,
        })
    };
    array(text)?.iter().map(one).collect()
}

/// A fact's value: kind and, for texts and lists, the content.
pub(crate) fn fact(value: &FactValue) -> (&'static str, Option<String>) {
    match value {
        FactValue::Unknown => ("unknown", None),
        FactValue::Yes => ("yes", None),
        FactValue::No => ("no", None),
        FactValue::Text(t) => ("text", Some(t.clone())),
        FactValue::List(l) => ("list", Some(texts(l))),
    }
}

/// Reads a fact's value.
pub(crate) fn read_fact(kind: &str, content: Option<&str>) -> Result<FactValue, VaultError> {
    Ok(match (kind, content) {
        ("unknown", _) => FactValue::Unknown,
        ("yes", _) => FactValue::Yes,
        ("no", _) => FactValue::No,
        ("text", Some(t)) => FactValue::Text(t.to_owned()),
        ("list", Some(l)) => FactValue::List(read_texts(l)?),
        _ => return Err(VaultError::Damaged { what: "stored fact" }),
    })
}

fn text_of(v: &Value, key: &str) -> Result<String, VaultError> {
    v.get(key).and_then(Value::as_str).map(str::to_owned).ok_or(DAMAGED)
}

fn array(text: &str) -> Result<Vec<Value>, VaultError> {
    match serde_json::from_str(text) {
        Ok(Value::Array(list)) => Ok(list),
        _ => Err(DAMAGED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldbook_model::Reading;

    #[test]
    fn what_is_written_reads_back() {
        let values = [
            ParamValue::Int(-3),
            ParamValue::Num(1.5),
            ParamValue::Num(2.0),
            ParamValue::Bool(false),
            ParamValue::Text("得\"標".into()),
            ParamValue::List(vec![]),
            ParamValue::List(vec!["root".into(), "系統管理員".into()]),
        ];
        let uses: Vec<ParamUse> = values
            .into_iter()
            .enumerate()
            .map(|(i, value)| ParamUse {
                key: format!("p{i}"),
                value,
                override_reason: (i % 2 == 0).then(|| "原因".into()),
            })
            .collect();
        assert_eq!(read_params(&params(&uses)), Ok(uses));

        let map = vec![MappedColumn {
            index: 16383,
            header: "帳號\n名稱".into(),
            column: "account".into(),
            reading: Reading::RocYmd,
            inverted: true,
            confidence: 100,
            time_index: Some(7),
        }];
        assert_eq!(read_mapping(&mapping(&map)), Ok(map));

        for value in [
            FactValue::Unknown,
            FactValue::Yes,
            FactValue::No,
            FactValue::Text("".into()),
            FactValue::List(vec!["a".into()]),
        ] {
            let (kind, content) = fact(&value);
            assert_eq!(read_fact(kind, content.as_deref()), Ok(value));
        }
        let row = vec![("a".to_owned(), None), ("b".to_owned(), Some(String::new()))];
        assert_eq!(read_cells(&cells(&row)), Ok(row));
    }
}
