//! 項目: every item of the exam, one record each, its answers by unit and system together.

use super::{Field, Record, Region, named, record, word};
use crate::build::{cells, clause_text, tally};
use crate::doc::Cell;
use crate::{Dossier, ItemLine, words};
use fieldbook_model::{Answer, ItemResult};

pub(super) const REGION: Region =
    Region { name: "項目", what: "查核項目，依規範順序", fields: || named(FIELDS), records };

const FIELDS: &[Field<ItemLine>] = &[
    Field { name: "條次", what: "條次代碼", get: |_, i| Cell::text(i.clause.id.as_str()) },
    Field { name: "原條號", what: "規範所用之條號", get: |_, i| Cell::text(&i.clause.label) },
    Field { name: "章節", what: "章節名稱", get: |_, i| Cell::text(&i.chapter_title) },
    Field { name: "規範內容", what: "規範原文", get: |_, i| Cell::Text(clause_text(&i.clause)) },
    Field { name: "性質", what: "應、宜、得、不得", get: |_, i| Cell::Text(cells::strengths(i)) },
    Field {
        name: "適用",
        what: "適用、不適用或待確認",
        get: |_, i| word(&words::applicability(i.decision.applicability)),
    },
    Field {
        name: "適用理由", what: "適用或不適用之理由", get: |_, i| Cell::Text(cells::reasons(i))
    },
    Field { name: "查核結果", what: "各系統彙總之結果", get: |_, i| result(i) },
    Field { name: "查核方式", what: "訪談、檢視文件等", get: |_, i| Cell::Text(methods(i)) },
    Field {
        name: "說明", what: "查核說明；分系統者逐行列示", get: |_, i| Cell::Text(notes(i))
    },
    Field { name: "待補資料", what: "受查單位待補之資料", get: |_, i| Cell::Text(awaited(i)) },
    Field { name: "底稿", what: "底稿編號", get: |_, i| Cell::Text(once(i, |a| &a.paper_ref)) },
    Field { name: "查核人員", what: "查核人員", get: |_, i| Cell::Text(once(i, |a| &a.by)) },
];

fn records(dossier: &Dossier) -> Vec<Record> {
    dossier.items.iter().map(|item| record(FIELDS, dossier, item)).collect()
}

fn result(item: &ItemLine) -> Cell {
    let out = !tally::in_scope(item) && item.answers.is_empty();
    word(&words::result(if out { ItemResult::NotApplicable } else { tally::rolled_up(item) }))
}

/// What the answers say, each word once.
fn once(item: &ItemLine, part: fn(&Answer) -> &String) -> String {
    let mut words: Vec<&str> = Vec::new();
    for text in item.answers.iter().map(|a| part(a).as_str()).filter(|t| !t.is_empty()) {
        if !words.contains(&text) {
            words.push(text);
        }
    }
    words.join("、")
}

fn methods(item: &ItemLine) -> String {
    let mut words: Vec<&str> = Vec::new();
    for word in
        item.answers.iter().flat_map(|a| [a.method.map(words::method), a.mode.map(words::mode)]).flatten()
    {
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join("、")
}

/// The notes; of several answers each says about which unit or system it is, and its result.
fn notes(item: &ItemLine) -> String {
    match item.answers.as_slice() {
        [only] => only.note.clone(),
        answers => answers.iter().map(|a| note(item, a)).collect::<Vec<_>>().join("\n"),
    }
}

fn note(item: &ItemLine, answer: &Answer) -> String {
    let about = [cells::name(&item.clause, &answer.key.unit), answer.key.system.clone()].join(" ");
    format!("{}（{}）：{}", about.trim_end(), word(&words::result(answer.result)).printed(), answer.note)
}

fn awaited(item: &ItemLine) -> String {
    let line = |(answer, what): (&Answer, &str)| format!("{} {what}", answer.key.system).trim().to_owned();
    cells::awaited(item).map(line).collect::<Vec<_>>().join("\n")
}
