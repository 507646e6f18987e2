//! Findings as a table.

use super::{Datum, Flat, coded, day, moment, nothing, number, text, texts, time};
use crate::build::{citation, clause_text, ids};
use crate::{Dossier, FindingPaper, codes, words};
use fieldbook_model::{ExceptionRow, FollowUp, Reply, RocDate, evidence_number};
use serde_json::{Value, json};

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
    let evidence: Vec<String> = evidence.into_iter().map(evidence_number).collect();
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
    let quoted = |clause| format!("{}\n{}", citation(dossier, clause), clause_text(clause));
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
        let evidence: Vec<String> = review.evidence.iter().map(|id| evidence_number(*id)).collect();
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
