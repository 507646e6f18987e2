//! 測試: every procedure with its latest run.

use super::{Field, Record, Region, named, record, word};
use crate::build::{ids, test};
use crate::doc::Cell;
use crate::{TestPaper, words};

pub(super) const REGION: Region = Region {
    name: "測試",
    what: "已執行之測試程序及其最近一次結果",
    fields: || named(FIELDS),
    records: |dossier| dossier.tests.iter().map(|t| record(FIELDS, dossier, t)).collect::<Vec<Record>>(),
};

const FIELDS: &[Field<TestPaper>] = &[
    Field {
        name: "測試編號", what: "測試程序編號，亦為底稿編號", get: |_, t| Cell::text(&t.procedure.id)
    },
    Field { name: "測試名稱", what: "測試程序名稱", get: |_, t| Cell::text(&t.procedure.title) },
    Field { name: "查核目的", what: "查核目的", get: |_, t| Cell::text(&t.procedure.purpose) },
    Field { name: "條次", what: "以頓號分隔", get: |_, t| Cell::Text(ids(&t.procedure.clauses)) },
    Field {
        name: "判定",
        what: "發現例外、未發現例外等",
        get: |_, t| word(&words::run_verdict(t.run.verdict)),
    },
    Field { name: "母體", what: "母體及其完整性", get: |_, t| Cell::Text(test::population(t)) },
    Field { name: "母體數", what: "母體筆數", get: |_, t| Cell::count(t.run.population) },
    Field { name: "例外數", what: "例外筆數", get: |_, t| Cell::Count(t.run.exceptions) },
    Field { name: "結論", what: "結論", get: |d, t| Cell::Text(test::conclusion(d, t)) },
    Field {
        name: "執行時間", what: "民國年月日及時分", get: |_, t| Cell::Text(words::moment(t.run.at))
    },
    Field { name: "執行人員", what: "執行人員", get: |_, t| Cell::text(&t.run.by) },
];
