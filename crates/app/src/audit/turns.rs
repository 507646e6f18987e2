//! Procedures side by side: a few workers, each with a reader of its own over the same snapshot, and one place where the
//! results come together in the order of the procedures.

use super::for_this_firm;
use super::run::Watch;
use crate::store::VaultStore;
use fieldbook_audit::{AuditError, RunRequest};
use fieldbook_checklist::{Bundle, LoadedProcedure};
use fieldbook_model::{Exam, ExceptionRow, Item, Moment, ParamValue, Run};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Readers at once. More would fill the memory of a laptop, and few procedures are large.
pub(super) const WORKERS: usize = 2;

/// An examiner's changes of one procedure: key, value, reason.
pub(super) type Overrides = Vec<(String, ParamValue, String)>;

/// What came of one procedure; `None` when it was broken off or never begun.
pub(super) type Outcome = Option<Result<(Run, Vec<ExceptionRow>), AuditError>>;

/// What every run of one call has in common.
pub(super) struct Common<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) items: &'a [Item],
    pub(super) exam: &'a Exam,
    pub(super) examiner: &'a str,
    pub(super) at: Moment,
}

enum Said {
    Begun(usize),
    Done(usize, Box<Outcome>),
}

/// Runs the procedures, hands the outcomes to `each` in their order, and tells `begun` which one begins and how many are
/// done.
///
/// # Errors
/// The first error of `each`; the workers are stopped then.
pub(super) fn run<E>(
    common: &Common<'_>,
    jobs: &[(&LoadedProcedure, Overrides)],
    readers: Vec<(VaultStore, Watch)>,
    begun: &mut dyn FnMut(usize, usize),
    each: &mut dyn FnMut(usize, Outcome) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicUsize::new(0);
    let (send, told) = mpsc::channel();
    std::thread::scope(|scope| {
        for (store, watch) in readers {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || work(common, jobs, &store, &watch, next, &send));
        }
        drop(send);
        let (mut waiting, mut done, mut wanted) = (BTreeMap::new(), 0, 0);
        let mut gone = Ok(());
        for said in told {
            match said {
                Said::Begun(at) => begun(at, done),
                Said::Done(at, outcome) => {
                    done += 1;
                    waiting.insert(at, *outcome);
                }
            }
            while let Some(outcome) = waiting.remove(&wanted) {
                if gone.is_ok() {
                    gone = each(wanted, outcome);
                }
                wanted += 1;
            }
            if gone.is_err() {
                // Whoever has not begun does not begin.
                next.store(jobs.len(), Ordering::Relaxed);
            }
        }
        gone
    })
}

fn work(
    common: &Common<'_>,
    jobs: &[(&LoadedProcedure, Overrides)],
    store: &VaultStore,
    watch: &Watch,
    next: &AtomicUsize,
    send: &mpsc::Sender<Said>,
) {
    loop {
        let at = next.fetch_add(1, Ordering::Relaxed);
        let Some((loaded, overrides)) = jobs.get(at) else { return };
        let mut outcome = None;
        if !watch.cancelled() {
            watch.restart();
            let _ = send.send(Said::Begun(at));
            let found = one(common, loaded, overrides, store);
            outcome = (found.is_ok() || !watch.cancelled()).then_some(found);
        }
        // Nobody listens any more only when the call itself has ended.
        let _ = send.send(Said::Done(at, Box::new(outcome)));
    }
}

fn one(
    common: &Common<'_>,
    loaded: &LoadedProcedure,
    overrides: &[(String, ParamValue, String)],
    store: &VaultStore,
) -> Result<(Run, Vec<ExceptionRow>), AuditError> {
    let Common { bundle, items, exam, examiner, at } = common;
    let procedure = for_this_firm(bundle, &loaded.procedure, items);
    let asked = RunRequest {
        procedure: &procedure,
        whole: &loaded.procedure,
        procedure_sha256: &loaded.sha256,
        applies: fieldbook_checklist::evaluate(bundle, &loaded.procedure.applies, &exam.profile),
        firm: &exam.firm,
        as_of: exam.as_of,
        period: exam.period,
        overrides,
        by: examiner,
        at: *at,
    };
    fieldbook_audit::run(store, &asked)
}
