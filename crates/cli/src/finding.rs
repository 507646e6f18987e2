//! `fieldbook finding`.

use crate::args::{Finding, FindingAdd, FindingFollowUpCall, FindingReplyCall, FindingStepCall};
use crate::opened::{Machine, work_as};
use crate::print::{Done, Failure};
use fieldbook_app::wire::{
    FindingDraftRequest, FindingNoRequest, FindingRequest, FindingStatusWord, FindingStepRequest,
    FindingView, FollowUpRequest, ReplyRequest,
};
use fieldbook_app::{AppError, Desk, finding};
use fieldbook_model::read_number;
use serde_json::json;

/// Numbers of pieces of evidence.
pub fn evidence_ids(texts: &[String]) -> Result<Vec<i64>, Failure> {
    let one = |text: &String| {
        fieldbook_model::evidence_id(text)
            .ok_or_else(|| AppError::new("unknown_evidence").with("number", text).into())
    };
    texts.iter().map(one).collect()
}

/// The number within the exam of a finding that is named `115-證-0012-F03`, `F03` or `3`; `FB03` when another copy of the
/// exam found it.
pub fn number(desk: &Desk, text: &str) -> Result<i64, Failure> {
    let all = finding::findings(desk)?;
    let short = read_number(text.trim().strip_prefix(['F', 'f']).unwrap_or(text.trim()));
    let found = all.iter().find(|f| f.number == text.trim() || Some(f.no) == short);
    found.map(|f| f.no).ok_or_else(|| AppError::new("unknown_finding").into())
}

fn stepped(view: &FindingView) -> Done {
    Done::new(json!({ "finding": view.number, "status": view.status })).line(view.number.clone())
}

fn step(machine: Machine, call: &FindingStepCall) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    work_as(&mut desk, call.examiner.as_deref())?;
    let (no, to, note) = (number(&desk, &call.finding)?, call.to.into(), call.note.clone());
    Ok(stepped(&finding::step(&mut desk, &FindingStepRequest { no, to, note })?))
}

fn reply(machine: Machine, call: &FindingReplyCall) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    let request = ReplyRequest {
        no: number(&desk, &call.finding)?,
        agreement: call.agreement.into(),
        text: call.text.clone(),
        cause: call.cause.clone(),
        impact: String::new(),
        liability: String::new(),
        measure: call.measure.clone(),
        owner: call.owner.clone(),
        due: call.due.clone(),
        signer: call.signer.clone(),
        signed_on: call.signed_on.clone(),
    };
    Ok(stepped(&finding::reply(&mut desk, &request)?))
}

fn follow_up(machine: Machine, call: &FindingFollowUpCall) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    let request = FollowUpRequest {
        no: number(&desk, &call.finding)?,
        on: call.on.clone(),
        reviewer: call.reviewer.clone(),
        result: call.result.into(),
        note: call.note.clone(),
        evidence: evidence_ids(&call.evidence)?,
        run: call.run.map(|run| run as f64),
    };
    Ok(stepped(&finding::follow_up(&mut desk, &request)?))
}

fn repeats(machine: Machine, exam: &str, text: &str) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let found = finding::repeats(&desk, &FindingNoRequest { no: number(&desk, text)? })?;
    let lines = found.iter().map(|r| format!("{}  {}  {}", r.earlier.number, r.earlier.title, r.why));
    Ok(Done::new(json!(found)).lines(lines))
}

fn due(machine: Machine) -> Result<Done, Failure> {
    let owed = finding::due(&machine.unlocked()?)?;
    let lines = owed.iter().map(|d| format!("{}  {}  {}  {}", d.due, d.firm, d.number, d.title));
    Ok(Done::new(json!(owed)).lines(lines))
}

/// Runs a call.
pub fn run(machine: Machine, call: &Finding) -> Result<Done, Failure> {
    match call {
        Finding::Add(add) => self::add(machine, add),
        Finding::List { exam } => list(machine, exam),
        Finding::Step(call) => step(machine, call),
        Finding::Reply(call) => reply(machine, call),
        Finding::FollowUp(call) => follow_up(machine, call),
        Finding::Repeats { exam, finding } => repeats(machine, exam, finding),
        Finding::Due => due(machine),
    }
}

fn add(machine: Machine, call: &FindingAdd) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    work_as(&mut desk, call.examiner.as_deref())?;
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
            exceptions: draft.map(|d| d.rows.iter().map(|r| r.id).collect()).unwrap_or_default(),
            objects: call.objects.clone(),
            evidence: evidence_ids(&call.evidence)?,
            papers: call.papers.clone(),
            repeat_of: None,
        },
    )?;
    let saved = match call.review {
        true => {
            let to = FindingStatusWord::InReview;
            finding::step(&mut desk, &FindingStepRequest { no: saved.no, to, note: String::new() })?
        }
        false => saved,
    };
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
                    "status": f.status, "type": f.kind, "changed": f.changed, "lacks": f.lacks, "overdue": f.overdue, "repeat_of": f.chain.first().map(|e| e.number.clone()) })
        })
        .collect();
    Ok(Done::new(json!(rows)).lines(findings.iter().map(|f| format!("{}  {}", f.number, f.title))))
}
