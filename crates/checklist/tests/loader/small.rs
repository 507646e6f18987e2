//! A small set of checklists that loads, and what a change of it is told.

use fieldbook_checklist::{ChecklistError, LoadError, load, load_unlocked, lock_text};
use std::collections::BTreeMap;

pub type Files = BTreeMap<String, String>;

pub const FACTS: &str = r#"
[[fact]]
code = "is_sec"
group = "業別"
kind = "yes_no"
question = "是否為證券商"
help = ""
yes = "屬證券商"
no = "非證券商"

[[fact]]
code = "core"
group = "系統"
kind = "yes_no"
of_system = true
question = "是否為核心系統"
help = ""
yes = "為核心系統"
no = "非核心系統"

[[fact]]
code = "grade"
group = "業別"
kind = "choice"
question = "級別"
help = ""
yes = "屬{}"
no = ""
choices = [{ value = "1", zh = "第一級" }]

[[fact]]
code = "class1"
group = "業別"
kind = "derived"
question = "是否為第一類"
help = ""
yes = "屬第一類"
no = "非第一類"
rule = 'grade = "1"'
"#;

pub const SOURCE: &str = "第一條\n一、應留存紀錄。\n二、宜檢視紀錄。\n";

pub const CHAPTER: &str = r#"number = "1"
title = "紀錄"

[[clause]]
id = "TST-1.1"
kind = "leaf"
label = "第一條第一款"
text = "應留存紀錄。"
strength = "must"
applies = "is_sec & class1"
per_system = "core"
line = 2

[[clause]]
id = "TST-1.2"
kind = "leaf"
label = "第一條第二款"
text = "宜檢視紀錄。"
strength = "should"
applies = "is_sec"
line = 3
"#;

pub const DATASET: &str = r#"key = "logs"
code = "D99"
zh = "紀錄"
row = "一列為一檔案"

[[column]]
key = "file"
zh = "檔名"
type = "text"
synonyms = ["名稱"]
weak = ["名稱"]

[[column]]
key = "status"
zh = "狀態"
type = "enum"
  [[column.choice]]
  key = "on"
  zh = "啟用"
  synonyms = ["是"]
  [[column.choice]]
  key = "off"
  zh = "停用"
  synonyms = ["否"]
"#;

pub const PROCEDURE: &str = r#"id = "T-TST-01"
title = "未留存紀錄"
family = "紀錄"
purpose = "查核紀錄是否留存"
steps = ["取得清單"]
clauses = ["TST-1.1"]
applies = "is_sec"

[[needs]]
dataset = "logs"
columns = ["file"]

[[parameter]]
key = "kinds"
zh = "種類"
value = ["a", "b"]
clause = "TST-1.1"

[population]
dataset = "logs"
zh = "紀錄"
sql = "SELECT count(*) FROM logs"

[[rule]]
id = "1"
title = "無檔名"
verdict = "exception"
clauses = ["TST-1.1"]
strength = "must"
subject = "logs"
sql = "SELECT _id, file FROM logs WHERE file IS NULL"

[[column]]
key = "file"
zh = "檔名"
"#;

pub const SOURCE_SHA: &str = "SOURCE_SHA";

pub fn small() -> Files {
    let document = format!(
        "order = 1\ncode = \"TST\"\ntitle = \"試驗\"\nissuer = \"會\"\nedition = \"版\"\nversion = \"1\"\nsource = \"source.txt\"\n\
         source_sha256 = \"{SOURCE_SHA}\"\noriginal_sha256 = \"{}\"\n",
        "0".repeat(64)
    );
    let mut files: Files = [
        ("facts.toml", FACTS),
        ("tst/document.toml", &document),
        ("tst/source.txt", SOURCE),
        ("tst/01-records.toml", CHAPTER),
        ("datasets/logs.toml", DATASET),
        ("procedures/T-TST-01.toml", PROCEDURE),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into();
    // The loader itself tells the hash that should be recorded.
    let errors = load_unlocked(&files).expect_err("the hash is a placeholder");
    let hash = errors.iter().find_map(|e| match &e.what {
        ChecklistError::SourceChanged(hash) => Some(hash.clone()),
        _ => None,
    });
    files.insert("tst/document.toml".to_owned(), document.replace(SOURCE_SHA, &hash.expect("told")));
    let lock = lock_text(&load_unlocked(&files).expect("consistent"));
    files.insert("ids.lock".to_owned(), lock);
    files
}

pub fn errors_after(path: &str, from: &str, to: &str) -> Vec<LoadError> {
    let mut files = small();
    let text = files.get_mut(path).expect("a file of the set");
    assert!(text.contains(from), "{path} holds {from}");
    *text = text.replacen(from, to, 1);
    load(&files).expect_err("a defect")
}

pub fn first(errors: &[LoadError]) -> String {
    errors.first().map(ToString::to_string).unwrap_or_default()
}
