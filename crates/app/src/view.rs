//! Model values as the wire shows them.

use crate::dates;
use crate::error::AppError;
use crate::wire::{ClauseText, CountsView, FactView, RunView, SampleView};
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Applicability, Clause, ClauseId, Completeness, Document, ExceptionRow, FactValue, Item, ParamValue, Run,
};

/// Reads a clause id that is in the bundle.
pub(crate) fn clause<'a>(bundle: &'a Bundle, text: &str) -> Result<&'a Clause, AppError> {
    let unknown = || AppError::new("unknown_clause").with("field", text);
    let id = ClauseId::parse(text).map_err(|_| unknown())?;
    bundle.clause(&id).ok_or_else(unknown)
}

/// The document that a clause belongs to.
pub(crate) fn document<'a>(bundle: &'a Bundle, id: &ClauseId) -> Option<&'a Document> {
    bundle.document(id.doc())
}

/// A clause for citation: verbatim, with its document and edition.
pub(crate) fn clause_text(bundle: &Bundle, clause: &Clause) -> ClauseText {
    let doc = document(bundle, &clause.id);
    ClauseText {
        clause: clause.id.to_string(),
        document: doc.map(|d| d.title.clone()).unwrap_or_default(),
        edition: doc.map(|d| d.edition.clone()).unwrap_or_default(),
        label: clause.label.clone(),
        text: clause.text.clone(),
    }
}

/// Texts of these clauses; ids that the bundle no longer has are left out, which validation of procedures prevents.
pub(crate) fn clause_texts<'a>(
    bundle: &Bundle,
    ids: impl IntoIterator<Item = &'a ClauseId>,
) -> Vec<ClauseText> {
    ids.into_iter().filter_map(|id| bundle.clause(id)).map(|c| clause_text(bundle, c)).collect()
}

/// Items by applicability. A better standard or a met exception still needs a look: it counts as applicable.
pub(crate) fn counts(items: &[Item]) -> CountsView {
    let mut out = CountsView { applicable: 0, not_applicable: 0, undetermined: 0 };
    for item in items {
        match item.decision.applicability {
            Applicability::NotApplicable => out.not_applicable += 1,
            Applicability::Undetermined => out.undetermined += 1,
            Applicability::Applicable | Applicability::Substituted | Applicability::Waived => {
                out.applicable += 1
            }
        }
    }
    out
}

/// A fact's value.
pub(crate) fn fact(value: &FactValue) -> FactView {
    match value {
        FactValue::Unknown => FactView::Text("unknown".into()),
        FactValue::Yes => FactView::Flag(true),
        FactValue::No => FactView::Flag(false),
        FactValue::Text(t) => FactView::Text(t.clone()),
        FactValue::List(l) => FactView::List(l.clone()),
    }
}

/// A fact's value, read.
pub(crate) fn fact_value(view: &FactView) -> FactValue {
    match view {
        FactView::Flag(true) => FactValue::Yes,
        FactView::Flag(false) => FactValue::No,
        FactView::Text(t) if t == "unknown" => FactValue::Unknown,
        FactView::Text(t) => FactValue::Text(t.trim().to_owned()),
        FactView::List(l) => FactValue::List(l.clone()),
    }
}

/// A parameter's value as text; lists joined by `、`.
pub(crate) fn param(value: &ParamValue) -> String {
    match value {
        ParamValue::Int(n) => n.to_string(),
        ParamValue::Num(x) => x.to_string(),
        ParamValue::Bool(b) => if *b { "是" } else { "否" }.to_owned(),
        ParamValue::Text(t) => t.clone(),
        ParamValue::List(l) => l.join("、"),
    }
}

/// A count for JavaScript, which has no 64-bit integers.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn number(n: u64) -> f64 {
    n as f64
}

/// A number of a row, run or batch for JavaScript.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn id_number(n: i64) -> f64 {
    n as f64
}

/// An id as the window sends it back.
pub(crate) fn id(n: f64) -> i64 {
    #[allow(clippy::cast_possible_truncation)]
    if n.is_finite() && n.fract() == 0.0 && (0.0..9e15).contains(&n) { n as i64 } else { -1 }
}

/// A 64-bit count for a 32-bit field.
pub(crate) fn small(n: impl TryInto<u32>) -> u32 {
    n.try_into().unwrap_or(u32::MAX)
}

/// A run; what was missing in the datasets' own words.
pub(crate) fn run(bundle: &Bundle, run: &Run) -> RunView {
    RunView {
        id: id_number(run.id),
        procedure: run.procedure.clone(),
        at: dates::moment(run.at),
        by: run.by.clone(),
        verdict: run.verdict.into(),
        population: run.population.map(number),
        completeness: match run.completeness {
            Completeness::Complete => "complete",
            Completeness::Incomplete => "incomplete",
            Completeness::NotStated => "not_stated",
        }
        .into(),
        exceptions: number(run.exceptions),
        unknown: number(run.unknown),
        leads: number(run.leads),
        missing: run.missing.iter().map(|m| column_words(bundle, m)).collect(),
    }
}

/// `accounts.status` as 「帳號清冊－狀態」.
pub(crate) fn column_words(bundle: &Bundle, dotted: &str) -> String {
    let (dataset, column) = dotted.split_once('.').unwrap_or((dotted, ""));
    let Some(def) = bundle.dataset(dataset) else { return dotted.to_owned() };
    match def.column(column) {
        Some(c) => format!("{}－{}", def.zh, c.zh),
        None => def.zh.clone(),
    }
}

/// A sample reading.
pub(crate) fn sample(original: &str, read: &str) -> SampleView {
    SampleView { original: original.to_owned(), read: read.to_owned() }
}

/// A row of a run with its values as people read them.
pub(crate) fn shown(bundle: &Bundle, mut row: ExceptionRow) -> ExceptionRow {
    let rule = bundle
        .procedure(&row.key.procedure)
        .and_then(|p| p.procedure.rules.iter().find(|r| r.id == row.key.rule));
    let def = rule.and_then(|r| bundle.dataset(&r.subject));
    for (key, value) in &mut row.values {
        if let Some(text) = value {
            *text = fieldbook_model::dataset::shown(def.and_then(|d| d.column(key)), text);
        }
    }
    row
}
