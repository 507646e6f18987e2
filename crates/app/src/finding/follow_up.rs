//! The firm's reply, follow-up reviews, and what is due.

use super::save::changed;
use super::{Read, one};
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::view;
use crate::wire::{
    AgreementWord, DueView, FindingStatusWord, FindingTypeWord, FindingView, FollowUpRequest, FollowUpView,
    FollowUpWord, ReplyRequest, ReplyView,
};
use fieldbook_model::{Finding, FindingStatus, FollowUp, FollowUpResult, Reply, evidence_number};
use fieldbook_vault::IndexedFinding;
use jiff::civil::Date;

/// Takes down the firm's reply to a finding that was handed to it.
///
/// # Errors
/// `reply_incomplete` without a measure, an owner and a date for it unless the firm disagrees, or without who signed;
/// `bad_date`, `bad_step`, `unknown_finding`, or the store's.
pub fn reply(desk: &mut Desk, request: &ReplyRequest) -> Result<FindingView, AppError> {
    let lacks = |field: &'static str| AppError::new("reply_incomplete").with("field", field);
    let text = |t: &str| t.trim().to_owned();
    let due = dates::read_optional("預計完成日", &request.due)?;
    let signed_on = dates::read_optional("簽章日期", &request.signed_on)?;
    let no = request.no;
    let kind = one(desk, no)?.kind;
    if request.signer.trim().is_empty() {
        return Err(lacks("簽章人"));
    }
    let measures = matches!(kind, FindingTypeWord::Deficiency | FindingTypeWord::Recommendation);
    if request.agreement == AgreementWord::Disagree {
        if request.text.trim().is_empty() {
            return Err(lacks("回覆意見"));
        }
    } else if measures {
        if request.measure.trim().is_empty() {
            return Err(lacks("改善措施"));
        }
        if due.is_none() {
            return Err(lacks("預計完成日"));
        }
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    open.store.save_reply(&Reply {
        id: 0,
        finding: no,
        agreement: request.agreement.into(),
        text: text(&request.text),
        cause: text(&request.cause),
        impact: text(&request.impact),
        liability: text(&request.liability),
        measure: text(&request.measure),
        owner: text(&request.owner),
        due,
        signer: text(&request.signer),
        signed_on,
        by: open.examiner.clone(),
        at,
    })?;
    changed(desk)?;
    one(desk, no)
}

/// Takes down a follow-up review.
///
/// # Errors
/// `required`, `bad_date`, `bad_step`, `unknown_finding`, `unknown_evidence`, `unknown_run`, or the store's.
pub fn follow_up(desk: &mut Desk, request: &FollowUpRequest) -> Result<FindingView, AppError> {
    let no = request.no;
    let on = dates::read("覆查日期", &request.on)?;
    if request.note.trim().is_empty() {
        return Err(AppError::new("required").with("field", "覆查說明"));
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let reviewer = match request.reviewer.trim() {
        "" => open.examiner.clone(),
        name => name.to_owned(),
    };
    open.store.save_follow_up(&FollowUp {
        id: 0,
        finding: no,
        on,
        reviewer,
        result: request.result.into(),
        note: request.note.trim().to_owned(),
        evidence: request.evidence.clone(),
        run: request.run.map(view::id),
        by: open.examiner.clone(),
        at,
    })?;
    changed(desk)?;
    one(desk, no)
}

/// Whether a finding can be closed: nothing more is owed for it.
pub(super) fn may_close(view: &FindingView) -> bool {
    let measures = matches!(view.kind, FindingTypeWord::Deficiency | FindingTypeWord::Recommendation);
    match view.follow_ups.last() {
        Some(last) => matches!(last.result, FollowUpWord::Remedied | FollowUpWord::RiskAccepted),
        None => !measures,
    }
}

/// The date by which the firm owes a measure, while it does.
pub(super) fn standing(read: &Read, f: &Finding) -> Option<Date> {
    let last = read.follow_ups.iter().rev().find(|u| u.finding == f.no).map(|u| u.result);
    let awaits = matches!(f.status, FindingStatus::Replied | FindingStatus::FollowedUp)
        && !last.is_some_and(FollowUpResult::is_done);
    awaits.then(|| read.replies.iter().rev().find(|r| r.finding == f.no)?.due).flatten()
}

/// What the firms of every exam owe, the most urgent first; what has no date comes last. Nobody owes anything of an exam to
/// practise on.
///
/// # Errors
/// `locked`, or the store's.
pub fn due(desk: &Desk) -> Result<Vec<DueView>, AppError> {
    due_of(desk, |_| true)
}

/// [`due`] of those findings that pass.
pub(crate) fn due_of(
    desk: &Desk,
    wanted: impl Fn(&IndexedFinding) -> bool,
) -> Result<Vec<DueView>, AppError> {
    let today = desk.host.now().date();
    let all = desk.vault()?.vault.all_findings()?;
    let mut owed: Vec<&IndexedFinding> =
        all.iter().filter(|f| f.awaits() && !f.exam.is_practice() && wanted(f)).collect();
    owed.sort_by_key(|f| (f.due.is_none(), f.due, f.severity, f.number.clone()));
    Ok(owed.into_iter().map(|f| due_view(f, today)).collect())
}

fn due_view(f: &IndexedFinding, today: Date) -> DueView {
    let days = f.due.and_then(|due| today.until(due).ok()).map(|span| span.get_days());
    DueView {
        exam: f.exam.to_string(),
        firm: f.firm.clone(),
        no: f.no,
        number: f.number.clone(),
        title: f.title.clone(),
        severity: f.severity.into(),
        status: FindingStatusWord::from(f.status),
        owner: f.owner.clone(),
        due: dates::optional(f.due),
        days,
    }
}

pub(super) fn reply_view(r: &Reply) -> ReplyView {
    ReplyView {
        agreement: r.agreement.into(),
        text: r.text.clone(),
        cause: r.cause.clone(),
        impact: r.impact.clone(),
        liability: r.liability.clone(),
        measure: r.measure.clone(),
        owner: r.owner.clone(),
        due: dates::optional(r.due),
        signer: r.signer.clone(),
        signed_on: dates::optional(r.signed_on),
        by: r.by.clone(),
        at: dates::moment(r.at),
    }
}

pub(super) fn follow_up_view(read: &Read, u: &FollowUp) -> FollowUpView {
    let run = u.run.map(|id| match read.latest.iter().find(|r| r.id == id) {
        Some(run) => format!("{} 第 {id} 次執行", run.procedure),
        None => format!("第 {id} 次執行"),
    });
    FollowUpView {
        on: u.on.to_string(),
        reviewer: u.reviewer.clone(),
        result: u.result.into(),
        note: u.note.clone(),
        evidence: u.evidence.iter().map(|id| evidence_number(*id)).collect(),
        run: run.unwrap_or_default(),
        by: u.by.clone(),
        at: dates::moment(u.at),
    }
}
