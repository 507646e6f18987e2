//! Findings and answers as plain tables, for spreadsheets (words, a heading in zh-TW) and for machines (keys and
//! codes in English, ISO dates).

use super::cells::{self, Line};
use super::{clause_text, ids};
use crate::{Dossier, FindingPaper, ItemLine, codes, words};
use fieldbook_model::{Answer, ExceptionRow, FollowUp, ItemResult, Moment, Reply, RocDate};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

/// A table whose rows are all as long as its columns.
pub struct Flat {
    /// Name of the list in JSON.
    name: &'static str,
    /// Key and heading of each column.
    columns: &'static [(&'static str, &'static str)],
    /// Rows.
    rows: Vec<Vec<Datum>>,
}

/// A cell: for machines and for people.
struct Datum {
    code: Value,
    word: String,
}

impl Flat {
    /// The headings.
    pub fn heading(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(_, zh)| *zh).collect()
    }

    /// The rows in words.
    pub fn in_words(&self) -> Vec<Vec<String>> {
        self.rows.iter().map(|row| row.iter().map(|datum| datum.word.clone()).collect()).collect()
    }

    /// The table as a list of objects, each with every key, with the exam that it is of.
    pub fn in_codes(&self, dossier: &Dossier) -> Value {
        let exam = &dossier.exam;
        let keys = self.columns.iter().map(|(key, _)| (*key).to_owned());
        let object = |row: &Vec<Datum>| {
            Value::Object(keys.clone().zip(row.iter().map(|datum| datum.code.clone())).collect::<Map<_, _>>())
        };
        let mut out = Map::new();
        out.insert("format".to_owned(), json!(format!("fieldbook/1/{}", self.name)));
        out.insert("exam".to_owned(), json!(exam.id.as_str()));
        out.insert("firm".to_owned(), json!(exam.firm));
        out.insert("case_no".to_owned(), json!(exam.case_no));
        out.insert("as_of".to_owned(), json!(exam.as_of.to_string()));
        out.insert("draft".to_owned(), json!(dossier.draft));
        out.insert("printed_at".to_owned(), time(dossier.printed_at));
        out.insert(self.name.to_owned(), self.rows.iter().map(object).collect());
        Value::Object(out)
    }
}

/// Columns of [`findings`].
const FINDING: [(&str, &str); 35] = [
    ("number", "缺失編號"),
    ("no", "序號"),
    ("kind", "類型"),
    ("title", "標題"),
    ("condition", "查核發現"),
    ("clauses", "條次"),
    ("criteria", "現行規範"),
    ("cause", "原因"),
    ("effect", "風險影響"),
    ("severity", "嚴重程度"),
    ("category", "類別"),
    ("recommendation", "改善建議"),
    ("objects", "涉及系統／帳號"),
    ("exceptions", "例外數"),
    ("population", "母體數"),
    ("rows", "佐證資料列"),
    ("papers", "底稿"),
    ("evidence", "證據"),
    ("repeat_of", "重複缺失"),
    ("status", "狀態"),
    ("by", "編製人"),
    ("at", "編製時間"),
    ("agreement", "受查單位意見"),
    ("reply", "受查單位回覆"),
    ("reply_cause", "原因分析"),
    ("reply_impact", "影響評估"),
    ("reply_liability", "違失人員責任"),
    ("measure", "改善措施"),
    ("owner", "負責人"),
    ("due", "預計完成日"),
    ("signer", "簽署人"),
    ("signed_on", "簽署日"),
    ("reply_by", "回覆登錄人"),
    ("reply_at", "回覆登錄時間"),
    ("follow_ups", "追蹤覆查"),
];

/// Every finding by number, withdrawn ones too.
pub fn findings(dossier: &Dossier) -> Flat {
    let rows = dossier.findings.iter().map(|paper| finding(dossier, paper)).collect();
    Flat { name: "findings", columns: &FINDING, rows }
}

fn finding(dossier: &Dossier, paper: &FindingPaper) -> Vec<Datum> {
    let f = &paper.finding;
    let mut evidence: Vec<i64> = f.evidence.clone();
    evidence.extend(paper.evidence.iter().map(|piece| piece.id).filter(|id| !f.evidence.contains(id)));
    let evidence: Vec<String> = evidence.into_iter().map(fieldbook_model::evidence_number).collect();
    let clauses: Vec<&str> = f.clauses.iter().map(|clause| clause.as_str()).collect();
    let mut out = vec![
        text(&f.number(&dossier.exam.case_no)),
        Datum { code: json!(f.no), word: f.no.to_string() },
        coded(codes::finding_type(f.kind), words::finding_type(f.kind)),
        text(&f.title),
        text(&f.condition),
        Datum { code: json!(clauses), word: ids(&f.clauses) },
        criteria(dossier, paper),
        text(&f.cause),
        text(&f.effect),
        coded(codes::severity(f.severity), dossier.scale.word(f.severity)),
        text(&f.category),
        text(&f.recommendation),
        texts(&f.objects),
        number(f.counts.map(|(exceptions, _)| exceptions)),
        number(f.counts.map(|(_, population)| population)),
        sources(&paper.rows),
        texts(&paper.paper_refs),
        texts(&evidence),
        text(f.repeat_of.as_ref().map_or("", |earlier| &earlier.number)),
        coded(codes::finding_status(f.status), words::finding_status(f.status)),
        text(&f.by),
        moment(Some(f.at)),
    ];
    out.extend(reply(paper.reply.as_ref()));
    out.push(follow_ups(&paper.follow_ups));
    out
}

fn reply(reply: Option<&Reply>) -> [Datum; 12] {
    let said = |part: fn(&Reply) -> &String| reply.map_or_else(nothing, |reply| text(part(reply)));
    [
        reply.map_or_else(nothing, |r| coded(codes::agreement(r.agreement), words::agreement(r.agreement))),
        said(|r| &r.text),
        said(|r| &r.cause),
        said(|r| &r.impact),
        said(|r| &r.liability),
        said(|r| &r.measure),
        said(|r| &r.owner),
        day(reply.and_then(|r| r.due)),
        said(|r| &r.signer),
        day(reply.and_then(|r| r.signed_on)),
        said(|r| &r.by),
        moment(reply.map(|r| r.at)),
    ]
}

fn criteria(dossier: &Dossier, paper: &FindingPaper) -> Datum {
    let code = paper.criteria.iter().map(|clause| {
        let document = dossier.document(clause.id.doc());
        json!({
            "clause": clause.id.as_str(),
            "label": clause.label,
            "document": document.map(|doc| doc.title.as_str()),
            "edition": document.map(|doc| doc.edition.as_str()),
            "text": clause.text,
        })
    });
    let quoted = |clause| format!("{}\n{}", super::citation(dossier, clause), clause_text(clause));
    let word: Vec<String> = paper.criteria.iter().map(quoted).collect();
    Datum { code: code.collect(), word: word.join("\n\n") }
}

/// The rows that a finding rests on: each with its place and values for machines, how many for people.
fn sources(rows: &[ExceptionRow]) -> Datum {
    let code = rows.iter().map(|row| {
        let (source, done) = (&row.key.source, row.disposition.as_ref());
        let values = row.values.iter().map(|(key, value)| (key.clone(), json!(value)));
        json!({
            "procedure": row.key.procedure,
            "rule": row.key.rule,
            "file": source.file,
            "file_sha256": source.file_sha256,
            "sheet": source.sheet,
            "row": source.row,
            "values": Value::Object(values.collect()),
            "disposition": codes::disposition(done.map(|d| d.kind)),
            "note": done.map(|d| d.note.as_str()),
        })
    });
    Datum { code: code.collect(), word: format!("{} 列", rows.len()) }
}

fn follow_ups(reviews: &[FollowUp]) -> Datum {
    let code = reviews.iter().map(|review| {
        let evidence: Vec<String> =
            review.evidence.iter().map(|id| fieldbook_model::evidence_number(*id)).collect();
        json!({
            "on": review.on.to_string(),
            "reviewer": review.reviewer,
            "result": codes::follow_up(review.result),
            "note": review.note,
            "evidence": evidence,
            "run": review.run,
            "by": review.by,
            "at": time(review.at),
        })
    });
    let word = reviews.iter().map(|review| {
        let result = words::follow_up(review.result).printed();
        format!("{}　{result}　{}　{}", RocDate(review.on).dotted(), review.reviewer, review.note)
    });
    Datum { code: code.collect(), word: word.collect::<Vec<_>>().join("\n") }
}

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
    let rolled = super::oscal::item_result(item);
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

fn nothing() -> Datum {
    Datum { code: Value::Null, word: String::new() }
}

fn text(text: &str) -> Datum {
    Datum { code: json!(text), word: text.to_owned() }
}

fn texts(texts: &[String]) -> Datum {
    Datum { code: json!(texts), word: texts.join("、") }
}

fn coded(code: &str, word: &str) -> Datum {
    Datum { code: json!(code), word: word.to_owned() }
}

fn number(number: Option<u64>) -> Datum {
    number.map_or_else(nothing, |n| Datum { code: json!(n), word: n.to_string() })
}

fn day(day: Option<Date>) -> Datum {
    day.map_or_else(nothing, |day| Datum { code: json!(day.to_string()), word: RocDate(day).dotted() })
}

fn moment(at: Option<Moment>) -> Datum {
    at.map_or_else(nothing, |at| Datum { code: time(at), word: words::moment(at) })
}

/// ISO 8601 with Taipei's offset.
fn time(at: Moment) -> Value {
    json!(format!("{at}+08:00"))
}
