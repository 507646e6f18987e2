//! Exams: list, make, open.

use crate::assignment;
use crate::checklist::Sheet;
use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::edition;
use crate::error::AppError;
use crate::notice;
use crate::retention;
use crate::view;
use crate::wire::{
    ExamFiguresView, ExamHeadView, ExamNewRequest, ExamRequest, ExamView, ExaminerRequest, StatusView,
};
use fieldbook_model::{Applicability, Exam, ExamId, FindingStatus, Item, ItemResult, Profile, System};
use fieldbook_vault::ExamHead;
use std::sync::Arc;

fn head(desk: &Desk, h: &ExamHead) -> Result<ExamHeadView, AppError> {
    let keeping = desk.vault()?.vault.keeping(&h.id)?;
    let due = retention::due(desk, &keeping);
    Ok(ExamHeadView {
        id: h.id.to_string(),
        practice: h.id.is_practice(),
        firm: h.firm.clone(),
        case_no: h.case_no.clone(),
        as_of: h.as_of.to_string(),
        period_from: h.period.from.to_string(),
        period_to: h.period.to.to_string(),
        created_at: dates::moment(h.created_at),
        state: keeping.state.into(),
        report_on: dates::optional(keeping.report_on),
        keep_until: dates::optional(due),
        keep_over: retention::over(desk, due),
    })
}

/// The exams of the open vault, newest first.
///
/// # Errors
/// `locked`, or the store's.
pub fn exams(desk: &Desk) -> Result<Vec<ExamHeadView>, AppError> {
    let mut heads = desk.vault()?.vault.exams()?;
    heads.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| a.id.cmp(&b.id)));
    heads.iter().map(|h| head(desk, h)).collect()
}

/// How far the exams are, as known when each was closed or opened last; what is not known is left out.
///
/// # Errors
/// `locked`, or the store's.
pub fn exam_figures(desk: &Desk) -> Result<Vec<ExamFiguresView>, AppError> {
    let vault = &desk.vault()?.vault;
    let found = vault.all_findings()?;
    let known = vault.all_figures()?.into_iter().filter(|(_, chapters)| !chapters.is_empty());
    let figures = known.map(|(exam, chapters)| {
        let of = |wanted: &dyn Fn(ItemResult) -> bool| {
            let results = chapters.iter().flat_map(|c| &c.results);
            view::number(results.filter(|(result, _)| wanted(**result)).map(|(_, n)| n).sum())
        };
        ExamFiguresView {
            items: of(&|_| true),
            examined: of(&|result| result != ItemResult::NotExamined),
            findings: view::small(found.iter().filter(|f| f.exam == exam).count()),
            exam: exam.to_string(),
        }
    });
    Ok(figures.collect())
}

/// Makes an exam with an empty profile, and opens it.
///
/// # Errors
/// `required`, `no_examiner`, `bad_date`, `bad_period`, or the store's.
pub fn exam_create(desk: &mut Desk, request: &ExamNewRequest) -> Result<ExamView, AppError> {
    exam_create_with(desk, request, Profile::new(), Vec::new())
}

/// Makes an exam with a profile, and opens it.
///
/// # Errors
/// As [`exam_create`].
pub fn exam_create_with(
    desk: &mut Desk,
    request: &ExamNewRequest,
    profile: Profile,
    systems: Vec<System>,
) -> Result<ExamView, AppError> {
    create(desk, request, (profile, systems), false)
}

/// Makes an exam, to practise on or in earnest, and opens it.
///
/// # Errors
/// As [`exam_create`].
pub(crate) fn create(
    desk: &mut Desk,
    request: &ExamNewRequest,
    (mut profile, systems): (Profile, Vec<System>),
    practice: bool,
) -> Result<ExamView, AppError> {
    edition::settled(desk)?;
    let firm = request.firm.trim();
    if firm.is_empty() {
        return Err(AppError::new("required").with("field", "受查單位"));
    }
    let examiners: Vec<String> =
        request.examiners.iter().map(|e| e.trim().to_owned()).filter(|e| !e.is_empty()).collect();
    let Some(first) = examiners.first().cloned() else { return Err(AppError::new("no_examiner")) };
    let now = desk.host.now();
    for fact in profile.values_mut() {
        fact.by.clone_from(&first);
        fact.at = Some(now);
    }
    let mut random = [0_u8; 6];
    (desk.host.entropy)(&mut random);
    let exam = Exam {
        id: ExamId::drawn(random, practice),
        firm: firm.to_owned(),
        case_no: request.case_no.trim().to_owned(),
        as_of: dates::read("查核基準日", &request.as_of)?,
        period: dates::read_period(&request.period_from, &request.period_to)?,
        examiners,
        profile,
        systems,
        created_at: now,
    };
    let law = desk.law.of_exam();
    let entropy = std::sync::Arc::clone(&desk.host.entropy);
    desk.vault_mut()?.vault.create_exam(&exam, &first, &law, &mut |buffer| entropy(buffer))?;
    desk.saved();
    exam_open(desk, &ExamRequest { exam: exam.id.to_string() })?;
    crate::audit::take_over(desk, &exam)?;
    exam_view(desk)
}

/// Opens an exam.
///
/// # Errors
/// `unknown_exam`, `locked`, or the store's.
pub fn exam_open(desk: &mut Desk, request: &ExamRequest) -> Result<ExamView, AppError> {
    let unknown = || AppError::new("unknown_exam");
    let id = ExamId::parse(&request.exam).map_err(|_| unknown())?;
    let vault = desk.vault()?;
    // One that was destroyed is told as such.
    vault.vault.keeping(&id)?;
    let mut store = vault.vault.open_exam(&id, &desk.law.bundle.datasets)?;
    let examiner = store.exam()?.examiners.first().cloned().unwrap_or_default();
    let bundle = edition::of_exam(desk, &mut store)?;
    if bundle.datasets != desk.law.bundle.datasets {
        // The law that it pins has datasets of its own.
        drop(store);
        store = desk.vault()?.vault.open_exam(&id, &bundle.datasets)?;
    }
    let notices = notice::on_opening(desk, &mut store)?;
    desk.note();
    let mut open = OpenExam::new(store, Arc::clone(&bundle), examiner);
    open.notices = notices;
    desk.exam = Some(open);
    desk.bundle = bundle;
    crate::own::lay(desk)?;
    desk.derive_items()?;
    crate::dashboard::keep(desk)?;
    exam_view(desk)
}

/// Closes the open exam.
pub fn exam_close(desk: &mut Desk) {
    desk.close_exam();
}

/// The open exam.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn exam_view(desk: &Desk) -> Result<ExamView, AppError> {
    let open = desk.exam()?;
    let exam = open.store.exam()?;
    Ok(ExamView {
        head: head(
            desk,
            &ExamHead {
                id: exam.id,
                firm: exam.firm,
                case_no: exam.case_no,
                as_of: exam.as_of,
                period: exam.period,
                created_at: exam.created_at,
            },
        )?,
        examiners: exam.examiners,
        current_examiner: open.examiner.clone(),
        counts: view::counts(&open.items),
        notices: open.notices.clone(),
    })
}

/// Says who works now, when the name is one of the exam's examiners.
///
/// # Errors
/// `no_examiner` when it is not.
pub fn work_as(desk: &mut Desk, request: &ExaminerRequest) -> Result<ExamView, AppError> {
    let open = desk.exam_mut()?;
    if !open.store.exam()?.examiners.contains(&request.examiner) {
        return Err(AppError::new("no_examiner"));
    }
    open.examiner.clone_from(&request.examiner);
    exam_view(desk)
}

/// Counters of the rail and the status bar.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn status(desk: &Desk) -> Result<StatusView, AppError> {
    let open = desk.exam()?;
    let sheet = Sheet::of(desk)?;
    let undetermined =
        open.items.iter().filter(|i| i.decision.applicability == Applicability::Undetermined).count();
    let narrowed = assignment::narrowed(desk)?;
    let shown = |i: &&Item| narrowed.as_ref().is_none_or(|share| share.items.contains(&i.clause));
    let unanswered = open
        .items
        .iter()
        .filter(shown)
        .filter(|i| i.decision.applicability != Applicability::NotApplicable)
        .filter(|i| sheet.result(i) == ItemResult::NotExamined)
        .count();
    let awaited = open
        .items
        .iter()
        .filter(shown)
        .filter(|i| sheet.answers(&i.clause).iter().any(|a| a.awaited.is_some()))
        .count();
    let exceptions = match &narrowed {
        None => crate::audit::undecided(&open.store, None)?,
        Some(share) => {
            let of_each = share.procedures.iter().map(|id| crate::audit::undecided(&open.store, Some(id)));
            of_each.sum::<Result<u64, AppError>>()?
        }
    };
    let findings = open.store.findings()?;
    let findings = findings
        .iter()
        .filter(|f| f.status != FindingStatus::Withdrawn)
        .filter(|f| narrowed.as_ref().is_none_or(|share| share.findings.contains(&f.no)));
    let files = open.store.received_files(None)?.iter().filter(|file| !file.undone).count();
    let issues: u64 = open.store.issue_counts()?.values().sum();
    Ok(StatusView {
        saved_at: desk.saved_at.map(dates::clock).unwrap_or_default(),
        items_open: view::small(unanswered),
        items_undetermined: view::small(undetermined),
        files: view::small(files),
        issues: view::small(issues),
        exceptions_open: view::small(exceptions),
        findings: view::small(findings.count()),
        mine: narrowed.is_some(),
        items_awaited: view::small(awaited),
        undo: crate::checklist::next_undo(desk),
        redo: crate::checklist::next_redo(desk),
    })
}
