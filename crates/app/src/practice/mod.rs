//! 範例查核案: an exam of an invented firm, to practise on. It is made of files that the program carries, by the use cases
//! that an examiner calls; nothing is written outside the vault. Its id says what it is and so does its case number, which
//! stands on every output. It counts in nothing that compares exams, owes nothing, and is taken away at once.

mod files;
mod plan;

use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::import::{ImportJob, ImportOrder, SheetOrder};
use crate::wire::{
    AnswerRequest, DisposeRequest, ExamHeadView, ExamNewRequest, ExamRequest, ExamView, FindingDraftRequest,
    FindingRequest, RunRequest,
};
use crate::{Tell, Told, audit, checklist, exam, finding, import, profile, view};
use fieldbook_model::{ExamId, ListOrigin, SeverityScale};
use fieldbook_vault::DestroyOrder;
use files::{FILES, PROFILE};
use plan::{Disposal, Finding, Plan};
use std::sync::atomic::Ordering;

/// What stands for a case number: it is in the head of every paper, of the report and of what machines read.
const CASE_NO: &str = "範例-非實際查核";
/// Why it is destroyed, in the record of its destruction.
const REASON: &str = "移除範例查核案";
const NOT_KEPT: &str = "虛構資料，僅供練習，非查核案卷";

/// Makes the exam with its data, runs, dispositions, answers and findings, and opens it.
///
/// # Errors
/// `practice_exists` while there is one, `cancelled` (then nothing of it stays), `locked`, or the store's.
pub fn make(desk: &mut Desk, tell: Tell) -> Result<ExamView, AppError> {
    if desk.vault()?.vault.exams()?.iter().any(|head| head.id.is_practice()) {
        return Err(AppError::new("practice_exists"));
    }
    desk.close_exam();
    let plan = Plan::read()?;
    let (from, to) = plan.period();
    let request = ExamNewRequest {
        firm: plan.firm.clone(),
        case_no: CASE_NO.to_owned(),
        as_of: plan.as_of.clone(),
        period_from: from.to_owned(),
        period_to: to.to_owned(),
        examiners: plan.examiners.clone(),
    };
    let facts = profile::profile_from_text(desk, PROFILE)?;
    let made = exam::create(desk, &request, facts, true)?;
    if let Err(error) = fill(desk, &plan, tell) {
        remove(desk, &ExamRequest { exam: made.head.id })?;
        return Err(error);
    }
    exam::exam_view(desk)
}

/// Takes a practice exam away for good, however long ago it was made. Gives the list of exams.
///
/// # Errors
/// `not_practice` for any other exam, `unknown_exam`, `exam_destroyed`, `locked`, or the store's.
pub fn remove(desk: &mut Desk, request: &ExamRequest) -> Result<Vec<ExamHeadView>, AppError> {
    let id = ExamId::parse(&request.exam).map_err(|_| AppError::new("unknown_exam"))?;
    if !id.is_practice() {
        return Err(AppError::new("not_practice"));
    }
    let by = desk.person();
    if desk.exam.as_ref().is_some_and(|open| *open.store.id() == id) {
        desk.close_exam();
    }
    let order = DestroyOrder {
        by,
        witness: String::new(),
        reason: REASON.to_owned(),
        before_due: NOT_KEPT.to_owned(),
        due: None,
    };
    let at = desk.host.now();
    desk.vault_mut()?.vault.destroy_exam(&id, &order, at)?;
    desk.saved();
    exam::exams(desk)
}

fn fill(desk: &mut Desk, plan: &Plan, tell: Tell) -> Result<(), AppError> {
    let files = plan.imports.iter().map(ordered).collect::<Result<_, _>>()?;
    let job = ImportJob { files, received_from: plan.firm.clone(), ..ImportJob::default() };
    import::run_job(desk, &job, &mut |progress| tell(Told::Import(progress)))?;
    let all = RunRequest { procedures: Vec::new(), overrides: Vec::new() };
    if audit::run(desk, &all, &mut |progress| tell(Told::Run(progress)))?.cancelled {
        return Err(AppError::new("cancelled"));
    }
    plan.disposals.iter().try_for_each(|disposal| dispose(desk, disposal))?;
    // An edition that this vault loaded may know other clauses.
    for answer in &plan.answers {
        if view::clause(&desk.bundle, &answer.clause).is_err() {
            continue;
        }
        let request = AnswerRequest {
            clause: answer.clause.clone(),
            unit: String::new(),
            system: String::new(),
            result: answer.result,
            method: Some(answer.method),
            mode: None,
            note: answer.note.clone(),
            paper_ref: String::new(),
            awaited: None,
        };
        checklist::answer(desk, &request)?;
    }
    plan.findings.iter().try_for_each(|finding| find(desk, finding))?;
    match desk.cancel_flag().swap(false, Ordering::Relaxed) {
        true => Err(AppError::new("cancelled")),
        false => Ok(()),
    }
}

fn ordered(of: &plan::Import) -> Result<ImportOrder, AppError> {
    let (name, bytes) = FILES.iter().find(|(name, _)| *name == of.file).ok_or_else(|| internal(&of.file))?;
    Ok(ImportOrder {
        path: name.rsplit('/').next().unwrap_or_default().to_owned(),
        content: Some(bytes.to_vec()),
        every: SheetOrder {
            dataset: of.dataset.clone(),
            origin: of.origin.as_deref().and_then(ListOrigin::parse),
            declared_rows: of.declared_rows,
            ..SheetOrder::default()
        },
        ..ImportOrder::default()
    })
}

fn dispose(desk: &mut Desk, said: &Disposal) -> Result<(), AppError> {
    let mut rows = audit::latest_rows(desk, Some(&said.procedure))?;
    rows.retain(|r| said.rule.as_ref().is_none_or(|rule| r.key.rule == *rule));
    let place = |r: &fieldbook_model::RowRef| format!("{}:{}:{}", r.file, r.sheet, r.row);
    rows.retain(|r| said.rows.is_empty() || said.rows.contains(&place(&r.key.source)));
    // Numbers of rows are far below 2^53.
    let ids = rows.iter().map(|r| r.id as f64).collect();
    audit::dispose(desk, &DisposeRequest { ids, kind: said.kind, note: said.note.clone() })?;
    Ok(())
}

fn find(desk: &mut Desk, said: &Finding) -> Result<(), AppError> {
    let about = FindingDraftRequest { procedure: said.from_procedure.clone(), ..Default::default() };
    let draft = finding::draft(desk, &about)?;
    let scale = SeverityScale::default();
    let severity = scale.grades().find(|(_, word)| *word == said.severity);
    let (severity, _) = severity.ok_or_else(|| internal(&said.severity))?;
    let request = FindingRequest {
        no: 0,
        kind: draft.kind,
        title: said.title.clone(),
        condition: draft.condition,
        clauses: said.clauses.iter().filter(|c| view::clause(&desk.bundle, c).is_ok()).cloned().collect(),
        cause: String::new(),
        effect: said.effect.clone(),
        severity: severity.into(),
        category: said.category.clone(),
        recommendation: said.recommendation.clone(),
        exceptions: draft.rows.iter().map(|row| row.id).collect(),
        objects: Vec::new(),
        evidence: Vec::new(),
        papers: Vec::new(),
        repeat_of: None,
    };
    finding::save(desk, &request)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_plan_is_carried_and_no_other() {
        let plan = Plan::read().unwrap();
        let wanted: Vec<&str> = plan.imports.iter().map(|i| i.file.as_str()).collect();
        let carried: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(wanted, carried);
        assert_eq!(plan.period(), ("2020-01-01", "2020-12-31"));
    }
}
