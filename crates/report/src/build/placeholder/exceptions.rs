//! 例外: the rows of every procedure's latest run.

use super::{Field, Record, Region, named, record, word};
use crate::build::{evidence, ids};
use crate::doc::Cell;
use crate::{Dossier, TestPaper, words};
use fieldbook_model::ExceptionRow;

pub(super) const REGION: Region =
    Region {
        name: "例外", what: "各測試最近一次執行之資料列", fields: || named(FIELDS), records
    };

/// A row with the test that it comes from.
type Row = (TestOf, ExceptionRow);

/// What a row says of its test.
#[derive(Clone)]
struct TestOf {
    id: String,
    title: String,
    rule: String,
    content: String,
}

const FIELDS: &[Field<Row>] = &[
    Field {
        name: "測試編號", what: "測試程序編號，亦為底稿編號", get: |_, (t, _)| Cell::text(&t.id)
    },
    Field { name: "測試名稱", what: "測試程序名稱", get: |_, (t, _)| Cell::text(&t.title) },
    Field { name: "規則", what: "觸及之規則", get: |_, (t, _)| Cell::text(&t.rule) },
    Field {
        name: "判定",
        what: "例外、無法判斷或線索",
        get: |_, (_, r)| word(&words::rule_verdict(r.verdict)),
    },
    Field { name: "條次", what: "以頓號分隔", get: |_, (_, r)| Cell::Text(ids(&r.clauses)) },
    Field {
        name: "來源檔案", what: "受查單位所提供之檔名", get: |_, (_, r)| Cell::text(&r.key.source.file)
    },
    Field { name: "工作表", what: "工作表名稱", get: |_, (_, r)| Cell::text(&r.key.source.sheet) },
    Field {
        name: "列號",
        what: "來源檔案之列號",
        get: |_, (_, r)| Cell::Ordinal(u64::from(r.key.source.row)),
    },
    Field { name: "內容", what: "各欄位名稱及內容", get: |_, (t, _)| Cell::text(&t.content) },
    Field {
        name: "處置",
        what: "確認、合理說明、誤判、待釐清或未處置",
        get: |_, (_, r)| word(&words::disposition(r.disposition.as_ref().map(|d| d.kind))),
    },
    Field {
        name: "說明",
        what: "處置說明",
        get: |_, (_, r)| Cell::text(r.disposition.as_ref().map_or("", |d| &d.note)),
    },
    Field {
        name: "處置人員",
        what: "處置人員",
        get: |_, (_, r)| Cell::text(r.disposition.as_ref().map_or("", |d| &d.by)),
    },
    Field {
        name: "檔案雜湊值",
        what: "來源檔案之 SHA-256",
        get: |_, (_, r)| Cell::text(&r.key.source.file_sha256),
    },
];

fn records(dossier: &Dossier) -> Vec<Record> {
    let of = |test: &TestPaper| {
        let row = |row: &ExceptionRow| record(FIELDS, dossier, &(test_of(test, row), row.clone()));
        test.exceptions.iter().map(row).collect::<Vec<_>>()
    };
    dossier.tests.iter().flat_map(of).collect()
}

fn test_of(test: &TestPaper, row: &ExceptionRow) -> TestOf {
    TestOf {
        id: test.procedure.id.clone(),
        title: test.procedure.title.clone(),
        rule: evidence::rule_title(&test.procedure, &row.key.rule).to_owned(),
        content: content(test, row),
    }
}

/// `系統名稱：主機連線系統；帳號：vnd_colo_admin`.
fn content(test: &TestPaper, row: &ExceptionRow) -> String {
    let zh = |key: &str| {
        test.procedure.columns.iter().find(|c| c.key == key).map_or(key.to_owned(), |c| c.zh.clone())
    };
    let filled = row.values.iter().filter_map(|(key, value)| Some((key, value.as_deref()?)));
    let parts =
        filled.filter(|(_, value)| !value.is_empty()).map(|(key, value)| format!("{}：{value}", zh(key)));
    parts.collect::<Vec<_>>().join("；")
}
