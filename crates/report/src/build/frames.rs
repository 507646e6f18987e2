//! What was collected of many exams, as tables for machines. `assets/analysis/SCHEMA.md` says what their columns mean.

use crate::codes;
use crate::doc::{Frame, Values};
use crate::{CollectedExam, CollectedFinding, Collection, TablesHead};
use fieldbook_model::{ClauseId, ExamId, FindingStatus, FirmClass, FirmGrade, FirmLine, ItemResult, text};
use std::collections::BTreeMap;

/// The tables of an export.
pub fn frames(collection: &Collection, head: &TablesHead) -> Vec<Frame> {
    let names = Names::of(collection, head.pseudonyms);
    let all = || collection.findings.iter();
    let exams = || collection.exams.iter();
    vec![
        of_exams(&collection.exams, &names),
        of_findings(&collection.findings, &collection.exams, &names),
        of_clauses(all().flat_map(|f| f.clauses.iter().map(move |c| (f, c))).collect(), head, &names),
        of_measures(all().filter(|f| replied(f)).collect(), head, &names),
        of_chapter_results(exams(), &names),
        of_clause_results(exams(), &names),
    ]
}

/// How firms, exams and findings are called.
struct Names {
    firms: BTreeMap<String, String>,
    exams: BTreeMap<ExamId, String>,
    pseudonyms: bool,
}

impl Names {
    /// Pseudonyms go by the exams' ids, which are random: their order says nothing of a name.
    fn of(collection: &Collection, pseudonyms: bool) -> Self {
        let mut by_id: Vec<&CollectedExam> = collection.exams.iter().collect();
        by_id.sort_by(|a, b| a.id.cmp(&b.id));
        let (mut firms, mut exams) = (BTreeMap::new(), BTreeMap::new());
        for exam in by_id {
            let next = format!("firm-{:03}", firms.len() + 1);
            let name = if pseudonyms { next } else { exam.firm.clone() };
            firms.entry(text::norm_firm(&exam.firm)).or_insert(name);
            let next = format!("exam-{:04}", exams.len() + 1);
            exams.insert(exam.id.clone(), if pseudonyms { next } else { exam.id.to_string() });
        }
        if !pseudonyms {
            // A firm that changed its name has that of its last exam.
            for exam in &collection.exams {
                firms.insert(text::norm_firm(&exam.firm), exam.firm.clone());
            }
        }
        Self { firms, exams, pseudonyms }
    }

    fn firm(&self, name: &str) -> String {
        self.firms.get(&text::norm_firm(name)).cloned().unwrap_or_default()
    }

    fn exam(&self, id: &ExamId) -> String {
        self.exams.get(id).cloned().unwrap_or_default()
    }

    /// A text in which a name may stand: left out among pseudonyms, and where it is empty.
    fn telling(&self, text: &str) -> Option<String> {
        (!self.pseudonyms && !text.is_empty()).then(|| text.to_owned())
    }
}

fn texts<T>(of: &[T], value: impl Fn(&T) -> String) -> Values {
    Values::Text(of.iter().map(value).collect())
}

fn some_texts<T>(of: &[T], value: impl Fn(&T) -> Option<String>) -> Values {
    Values::SomeText(of.iter().map(value).collect())
}

fn days<T>(of: &[T], value: impl Fn(&T) -> Option<jiff::civil::Date>) -> Values {
    Values::SomeDay(of.iter().map(value).collect())
}

fn of_exams(exams: &[CollectedExam], names: &Names) -> Frame {
    let kind = |e: &CollectedExam| e.known.as_ref().map(|k| k.kind).unwrap_or_default();
    let columns = vec![
        ("exam", texts(exams, |e| names.exam(&e.id))),
        ("firm", texts(exams, |e| names.firm(&e.firm))),
        ("case_no", some_texts(exams, |e| names.telling(&e.case_no))),
        ("as_of", Values::Day(exams.iter().map(|e| e.as_of).collect())),
        ("year", Values::Int(exams.iter().map(|e| i64::from(e.as_of.year())).collect())),
        ("period_from", Values::Day(exams.iter().map(|e| e.period.from).collect())),
        ("period_to", Values::Day(exams.iter().map(|e| e.period.to).collect())),
        ("state", texts(exams, |e| e.state.to_owned())),
        ("report_on", days(exams, |e| e.report_on)),
        ("collected", Values::Flag(exams.iter().map(|e| e.known.is_some()).collect())),
        ("firm_line", some_texts(exams, |e| kind(e).line.map(line))),
        ("firm_class", some_texts(exams, |e| kind(e).class.map(class))),
        ("firm_grade", Values::SomeInt(exams.iter().map(|e| kind(e).grade.map(grade)).collect())),
    ];
    Frame { name: "exams", columns }
}

fn line(line: FirmLine) -> String {
    codes::firm_line(line).to_owned()
}

fn class(class: FirmClass) -> String {
    let code = match class {
        FirmClass::First => "first",
        FirmClass::Other => "other",
    };
    code.to_owned()
}

fn grade(grade: FirmGrade) -> i64 {
    match grade {
        FirmGrade::First => 1,
        FirmGrade::Second => 2,
        FirmGrade::Third => 3,
        FirmGrade::Fourth => 4,
        FirmGrade::Fifth => 5,
    }
}

fn of_findings(findings: &[CollectedFinding], exams: &[CollectedExam], names: &Names) -> Frame {
    let numbers: BTreeMap<(&str, &str), i64> =
        findings.iter().map(|f| ((f.exam.as_str(), f.number.as_str()), f.no)).collect();
    let earlier = |f: &CollectedFinding| {
        let earlier = f.repeat_of.as_ref()?;
        let exam = exams.iter().find(|e| e.id.as_str() == earlier.exam)?;
        Some((names.exam(&exam.id), numbers.get(&(earlier.exam.as_str(), earlier.number.as_str())).copied()))
    };
    let columns = vec![
        ("exam", texts(findings, |f| names.exam(&f.exam))),
        ("no", Values::Int(findings.iter().map(|f| f.no).collect())),
        ("number", some_texts(findings, |f| names.telling(&f.number))),
        ("title", some_texts(findings, |f| names.telling(&f.title))),
        ("kind", texts(findings, |f| codes::finding_type(f.kind).to_owned())),
        ("severity", texts(findings, |f| codes::severity(f.severity).to_owned())),
        ("status", texts(findings, |f| codes::finding_status(f.status).to_owned())),
        ("settled", Values::Flag(findings.iter().map(|f| f.status.is_settled()).collect())),
        ("settled_on", days(findings, |f| f.course.settled_on)),
        ("sent_on", days(findings, |f| f.course.sent_on)),
        ("closed_on", days(findings, |f| f.course.closed_on)),
        ("repeats", Values::Flag(findings.iter().map(|f| f.repeat_of.is_some()).collect())),
        ("repeats_exam", some_texts(findings, |f| earlier(f).map(|(exam, _)| exam))),
        ("repeats_no", Values::SomeInt(findings.iter().map(|f| earlier(f).and_then(|(_, no)| no)).collect())),
        ("repeats_found_on", days(findings, |f| f.repeat_of.as_ref().and_then(|e| e.found_on))),
    ];
    Frame { name: "findings", columns }
}

fn of_clauses(cited: Vec<(&CollectedFinding, &ClauseId)>, head: &TablesHead, names: &Names) -> Frame {
    let columns = vec![
        ("exam", texts(&cited, |(f, _)| names.exam(&f.exam))),
        ("no", Values::Int(cited.iter().map(|(f, _)| f.no).collect())),
        ("clause", texts(&cited, |(_, c)| c.to_string())),
        ("document", texts(&cited, |(_, c)| c.doc().to_owned())),
        ("label", some_texts(&cited, |(_, c)| head.labels.get(*c).cloned())),
    ];
    Frame { name: "finding_clauses", columns }
}

/// Whether the firm replied to it.
fn replied(f: &CollectedFinding) -> bool {
    matches!(f.status, FindingStatus::Replied | FindingStatus::FollowedUp | FindingStatus::Closed)
}

fn of_measures(measures: Vec<&CollectedFinding>, head: &TablesHead, names: &Names) -> Frame {
    let columns = vec![
        ("exam", texts(&measures, |f| names.exam(&f.exam))),
        ("no", Values::Int(measures.iter().map(|f| f.no).collect())),
        ("agreement", some_texts(&measures, |f| f.course.agreement.map(|a| codes::agreement(a).to_owned()))),
        ("owner", some_texts(&measures, |f| names.telling(&f.owner))),
        ("replied_on", days(&measures, |f| f.course.replied_on)),
        ("due", days(&measures, |f| f.due)),
        ("reviewed_on", days(&measures, |f| f.course.reviewed_on)),
        ("last_result", some_texts(&measures, |f| f.last_result.map(|r| codes::follow_up(r).to_owned()))),
        ("closed_on", days(&measures, |f| f.course.closed_on)),
        ("awaited", Values::Flag(measures.iter().map(|f| f.awaits()).collect())),
        ("overdue", Values::Flag(measures.iter().map(|f| f.is_overdue(head.as_of)).collect())),
    ];
    Frame { name: "measures", columns }
}

fn of_chapter_results<'a>(exams: impl Iterator<Item = &'a CollectedExam>, names: &Names) -> Frame {
    let chapters = exams.flat_map(|e| e.known.iter().flat_map(|k| &k.chapters).map(move |c| (e, c)));
    let rows: Vec<_> = chapters
        .flat_map(|(e, c)| c.results.iter().map(move |(result, items)| (e, c, *result, *items)))
        .collect();
    let columns = vec![
        ("exam", texts(&rows, |(e, ..)| names.exam(&e.id))),
        ("document", texts(&rows, |(_, c, ..)| c.document.clone())),
        ("chapter", texts(&rows, |(_, c, ..)| c.chapter.clone())),
        ("result", texts(&rows, |(.., result, _)| codes::result(*result).to_owned())),
        ("items", Values::Int(rows.iter().map(|(.., n)| i64::try_from(*n).unwrap_or(i64::MAX)).collect())),
    ];
    Frame { name: "chapter_results", columns }
}

fn of_clause_results<'a>(exams: impl Iterator<Item = &'a CollectedExam>, names: &Names) -> Frame {
    let results = exams.flat_map(|e| e.known.iter().flat_map(|k| &k.clauses).map(move |by| (e, by)));
    let rows: Vec<(&CollectedExam, ItemResult, &ClauseId)> =
        results.flat_map(|(e, (result, clauses))| clauses.iter().map(move |c| (e, *result, c))).collect();
    let columns = vec![
        ("exam", texts(&rows, |(e, ..)| names.exam(&e.id))),
        ("clause", texts(&rows, |(.., c)| c.to_string())),
        ("document", texts(&rows, |(.., c)| c.doc().to_owned())),
        ("result", texts(&rows, |(_, result, _)| codes::result(*result).to_owned())),
    ];
    Frame { name: "clause_results", columns }
}
