//! A batch of files into the exam, or only looked at.

use super::order::{ImportJob, ImportOrder};
use super::pace::{Meter, Pace};
use super::plan::Planner;
use super::take::{Taken, Taker, Target};
use super::{open, recall, register, views};
use crate::desk::Desk;
use crate::error::{AppError, internal};
use crate::view;
use crate::wire::{ImportRequest, ImportView, ProgressView};
use fieldbook_intake::Limits;
use fieldbook_model::SheetRecord;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What an import did: the view, and the records with all of their issues.
pub struct ImportDone {
    /// View.
    pub view: ImportView,
    /// For each file one record a table that was read.
    pub records: Vec<Vec<SheetRecord>>,
}

/// Stores files as requested by the window.
///
/// # Errors
/// As [`run_job`].
pub fn run(
    desk: &mut Desk,
    request: &ImportRequest,
    progress: &mut (dyn FnMut(ProgressView) + Send),
) -> Result<ImportView, AppError> {
    run_job(desk, &ImportJob::from_request(&desk.bundle, request)?, progress).map(|done| done.view)
}

/// Stores files as one batch, or only looks when the job says so. A file or table that cannot be read says so in its
/// own view; the rest goes on, and of a file that breaks off nothing is stored.
///
/// # Errors
/// `locked`, `no_exam`, `cancelled` (then nothing at all is stored), or the store's.
pub fn run_job(
    desk: &mut Desk,
    job: &ImportJob,
    progress: &mut (dyn FnMut(ProgressView) + Send),
) -> Result<ImportDone, AppError> {
    let (mut done, taken) = take_all(desk, job, progress)?;
    if done.view.batch > 0.0 {
        recall::remember(desk, &taken)?;
        if taken.iter().any(|t| t.record.dataset.as_deref() == Some(register::REGISTER)) {
            register::merge(desk)?;
        }
        desk.exam_mut()?.data_changed();
        desk.saved();
    }
    let mut records = taken.into_iter().map(|t| t.record);
    for file in &done.view.files {
        let read = file.sheets.iter().filter(|s| s.error.is_none()).count();
        done.records.push(records.by_ref().take(read).collect());
    }
    Ok(done)
}

fn take_all(
    desk: &mut Desk,
    job: &ImportJob,
    progress: &mut (dyn FnMut(ProgressView) + Send),
) -> Result<(ImportDone, Vec<Taken>), AppError> {
    desk.exam()?;
    let (cancel, at) = (desk.cancel_flag(), desk.host.now());
    cancel.store(false, Ordering::Relaxed);
    let bundle = Arc::clone(&desk.bundle);
    let host = desk.host.clone();
    let (Some(open_exam), Some(vault)) = (desk.exam.as_mut(), desk.vault.as_ref()) else {
        return Err(internal("no exam"));
    };
    let exam = open_exam.store.exam()?;
    let planner = Planner {
        bundle: &bundle,
        vault: &vault.vault,
        firm: exam.firm,
        as_of: exam.as_of,
        profiles: &job.profiles,
    };
    let by = open_exam.examiner.clone();
    let mut done = ImportDone { view: views::no_import(&job.received_from, &by, at), records: Vec::new() };
    let mut taken = Vec::new();
    let target = if job.preview {
        Target::Nowhere(&open_exam.store)
    } else {
        Target::Batch(Box::new(open_exam.store.begin_import(&job.received_from, &by, at)?))
    };
    let pace = Pace::new(&host.ticks, job.files.iter().map(|order| order.path.as_str()));
    let mut meter = Meter::new(pace, progress);
    let mut taker = Taker { planner: &planner, cancel: &cancel, target };
    for order in &job.files {
        let ImportOrder { path, content, encoding, .. } = order;
        meter.file(path);
        let opened = match content {
            Some(bytes) => fieldbook_intake::open_bytes(path, bytes.clone(), &Limits::default()),
            None => open(&host, path, encoding.as_deref(), &cancel),
        };
        let file = taker.file(opened, order, &mut meter)?;
        done.view.files.push(file.view);
        taken.extend(file.tables);
    }
    if let Target::Batch(writer) = taker.target
        && !taken.is_empty()
    {
        done.view.batch = view::id_number(writer.commit()?);
    }
    Ok((done, taken))
}
