//! `fieldbook answer` and `fieldbook finding`.

use crate::args::{Answer, Finding, FindingAdd};
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{AnswerRequest, FindingDraftRequest, FindingRequest, FindingStatusWord};
use fieldbook_app::{checklist, finding};
use serde_json::json;

/// Records an answer.
pub fn answer(machine: Machine, call: &Answer) -> Result<Done, Failure> {
    let request = AnswerRequest {
        clause: call.clause.clone(),
        unit: call.unit.clone(),
        system: call.system.clone(),
        result: call.result.into(),
        method: Some(call.method.into()),
        mode: call.mode.map(Into::into),
        note: call.note.clone(),
        paper_ref: call.paper.clone(),
        awaited: call.awaited.clone(),
    };
    let mut desk = machine.exam(&call.exam)?;
    let item = checklist::answer(&mut desk, &request)?;
    let counts = !item.answers.iter().any(|a| a.stale && a.unit == call.unit && a.system == call.system);
    let done = Done::new(json!({ "clause": call.clause, "result": request.result, "counts": counts }))
        .line(format!("已記錄 {}。", call.clause));
    Ok(if counts {
        done
    } else {
        done.line("此項義務依目前之判定不適用：結果留存，不計入。")
    })
}

/// Runs a finding call.
pub fn finding(machine: Machine, call: &Finding) -> Result<Done, Failure> {
    match call {
        Finding::Add(add) => self::add(machine, add),
        Finding::List { exam } => list(machine, exam),
    }
}

fn add(machine: Machine, call: &FindingAdd) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    let draft = finding::draft(
        &desk,
        &FindingDraftRequest {
            procedure: call.from_procedure.clone().unwrap_or_default(),
            clause: call.clauses.first().cloned().unwrap_or_default(),
            ..FindingDraftRequest::default()
        },
    );
    // With its own condition a finding may also rest on what no test and no answer shows.
    let draft = match (draft, &call.condition, &call.from_procedure) {
        (Ok(draft), _, _) => Some(draft),
        (Err(_), Some(_), None) => None,
        (Err(error), _, _) => return Err(error.into()),
    };
    let saved = finding::save(
        &mut desk,
        &FindingRequest {
            no: 0,
            kind: draft.as_ref().map_or(fieldbook_app::wire::FindingTypeWord::Deficiency, |d| d.kind),
            title: call.title.clone(),
            condition: call
                .condition
                .clone()
                .or_else(|| draft.as_ref().map(|d| d.condition.clone()))
                .unwrap_or_default(),
            clauses: call.clauses.clone(),
            cause: call.cause.clone(),
            effect: call.effect.clone(),
            severity: call.severity.into(),
            category: call
                .category
                .clone()
                .or_else(|| draft.as_ref().map(|d| d.category.clone()))
                .unwrap_or_default(),
            recommendation: call.recommendation.clone(),
            status: if call.finalise { FindingStatusWord::Final } else { FindingStatusWord::Draft },
            exceptions: draft.map(|d| d.rows.iter().map(|r| r.id).collect()).unwrap_or_default(),
        },
    )?;
    Ok(Done::new(json!({ "finding": saved.number, "status": saved.status }))
        .line(format!("已開立 {}", saved.number)))
}

fn list(machine: Machine, exam: &str) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let findings = finding::findings(&desk)?;
    let rows: Vec<_> = findings
        .iter()
        .map(|f| {
            let clauses: Vec<&str> = f.criteria.iter().map(|c| c.clause.as_str()).collect();
            json!({ "finding": f.number, "title": f.title, "clauses": clauses, "severity": f.severity,
                    "status": f.status, "type": f.kind, "repeat_of": null })
        })
        .collect();
    Ok(Done::new(json!(rows)).lines(findings.iter().map(|f| format!("{}  {}", f.number, f.title))))
}
