//! Answers as a table.

use super::{Datum, Flat, coded, moment, nothing, text};
use crate::build::cells::{self, Line};
use crate::build::oscal::item_result;
use crate::{Dossier, ItemLine, codes, words};
use fieldbook_model::{Answer, ItemResult};
use serde_json::json;

/// Columns of [`answers`].
const ANSWER: [(&str, &str); 20] = [
    ("clause", "條次"),
    ("unit", "單元"),
    ("system", "系統"),
    ("label", "原編號"),
    ("document", "規範"),
    ("chapter", "章節"),
    ("text", "規範內容"),
    ("strength", "性質"),
    ("applicability", "適用"),
    ("reason", "適用理由"),
    ("result", "查核結果"),
    ("item_result", "項目彙總結果"),
    ("method", "查核方式"),
    ("mode", "評估報告涵蓋／抽查"),
    ("note", "說明"),
    ("paper", "底稿"),
    ("awaited", "待補資料"),
    ("origin", "沿用自"),
    ("by", "查核人員"),
    ("at", "時間"),
];

/// Every item in the order of its document, a row for each unit and system that is answered on its own; those that
/// nobody answered too.
pub fn answers(dossier: &Dossier) -> Flat {
    let of = |item| cells::lines(item).into_iter().map(move |line| answer(dossier, item, &line));
    Flat { name: "answers", columns: &ANSWER, rows: dossier.items.iter().flat_map(of).collect() }
}

fn answer(dossier: &Dossier, item: &ItemLine, line: &Line<'_>) -> Vec<Datum> {
    let (clause, given) = (&item.clause, line.answer);
    let unit = clause.units.iter().find(|unit| unit.id == line.unit);
    let rolled = item_result(item);
    let alone = cells::lines(item).len() == 1;
    let open = if alone { rolled } else { ItemResult::NotExamined };
    let result = given.map_or(open, |a| a.result);
    let document = dossier.document(clause.id.doc()).map_or(clause.id.doc(), |doc| doc.title.as_str());
    let method = given.and_then(|a| a.method);
    let mode = given.and_then(|a| a.mode);
    let awaited = given.and_then(|a| a.awaited.as_deref());
    let origin = given.and_then(|a| a.origin.as_ref());
    let reason = if line.reason.is_empty() { cells::decided(item) } else { line.reason.to_owned() };
    let said = |part: fn(&Answer) -> &String| given.map_or_else(nothing, |a| text(part(a)));
    vec![
        text(clause.id.as_str()),
        text(line.unit),
        text(line.system),
        text(&clause.label),
        text(document),
        text(&item.chapter_title),
        unit.map_or_else(|| text(&clause.text), |unit| text(&unit.text)),
        coded(codes::strength(line.strength), words::strength(line.strength)),
        coded(codes::applicability(line.applicability), &words::applicability(line.applicability).printed()),
        text(&reason),
        coded(codes::result(result), &words::result(result).printed()),
        coded(codes::result(rolled), &words::result(rolled).printed()),
        method.map_or_else(nothing, |m| coded(codes::method(m), words::method(m))),
        mode.map_or_else(nothing, |m| coded(codes::mode(m), words::mode(m))),
        said(|a| &a.note),
        said(|a| &a.paper_ref),
        awaited
            .map_or_else(nothing, |what| Datum { code: json!(what), word: words::awaited(what).printed() }),
        origin.map_or_else(nothing, |from| text(&words::origin_of_answer(from))),
        said(|a| &a.by),
        moment(given.map(|a| a.at)),
    ]
}
