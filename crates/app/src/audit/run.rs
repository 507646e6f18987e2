//! Running procedures, and running a kept run again.

use super::turns::{self, Overrides};
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::store::VaultStore;
use crate::view;
use crate::wire::{
    FailedRunView, OverrideRequest, ReperformRequest, ReperformView, RunDifferenceView, RunProgressView,
    RunRequest, RunsView,
};
use fieldbook_audit::{AuditError, RunDifference, within};
use fieldbook_checklist::{Bundle, LoadedProcedure};
use fieldbook_model::{DatasetDef, DerivedColumn, ExceptionKey, Moment, ParamValue, Procedure, ReadSheet};
use fieldbook_vault::{ExceptionFilter, ReaderScope};
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

/// A query that takes longer than this is stopped: a procedure's file must not be able to hang the examiner.
const SECONDS: u64 = 120;

/// Stops statements that take too long, and all of them once somebody cancels.
#[derive(Clone)]
pub(crate) struct Watch {
    begun: Arc<Mutex<Instant>>,
    cancel: Arc<AtomicBool>,
}

impl Watch {
    /// Begins now; `cancel` is asked, not reset.
    pub(crate) fn new(cancel: Arc<AtomicBool>) -> Self {
        Self { begun: Arc::new(Mutex::new(Instant::now())), cancel }
    }

    /// For a question that nobody can cancel.
    pub(crate) fn alone() -> Self {
        Self::new(Arc::new(AtomicBool::new(false)))
    }

    /// A procedure begins: its time starts anew.
    pub(crate) fn restart(&self) {
        *self.begun.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// Another clock that the same flag stops.
    pub(crate) fn another(&self) -> Self {
        Self::new(Arc::clone(&self.cancel))
    }

    /// Whether somebody cancelled.
    pub(crate) fn cancelled(&self) -> bool {
        self.cancel.load(Ordering::Relaxed)
    }

    /// What a reader asks.
    pub(crate) fn question(&self) -> impl FnMut() -> bool + Send + 'static {
        let own = self.clone();
        move || {
            let begun = *own.begun.lock().unwrap_or_else(PoisonError::into_inner);
            own.cancelled() || begun.elapsed().as_secs() > SECONDS
        }
    }
}

/// Values that the lists leave out, inferred and corrected as of a moment (`None`: now), over some of the exam's tables
/// (`None`: all that hold).
pub(crate) fn derived(
    open: &OpenExam,
    defs: &[DatasetDef],
    watch: &Watch,
    firm: &str,
    at: Option<Moment>,
    sheets: Option<&BTreeSet<i64>>,
) -> Result<Vec<DerivedColumn>, AppError> {
    let scope = ReaderScope { derived: &[], sheets };
    let store = VaultStore(open.store.reader_of(scope, watch.question())?);
    let corrections = open.store.corrections(at)?;
    fieldbook_audit::derive(&store, defs, firm, &corrections)
        .map_err(|error| AppError::new("classification_failed").with("what", error))
}

/// Runs procedures; none named runs all. Each run is kept. One that fails is told and keeps nothing; the others go on.
/// When somebody cancels, what ran so far is kept, and the answer says that it was broken off.
///
/// # Errors
/// `unknown_procedure`, `bad_override`, `classification_failed`, or the store's. What ran before the store failed is kept.
pub fn run(
    desk: &mut Desk,
    request: &RunRequest,
    progress: &mut dyn FnMut(RunProgressView),
) -> Result<RunsView, AppError> {
    let bundle = Arc::clone(&desk.bundle);
    let chosen = chosen(&bundle, request)?;
    crate::own::keep(desk, &chosen)?;
    let mut jobs = Vec::with_capacity(chosen.len());
    for loaded in chosen {
        jobs.push((loaded, overrides(&loaded.procedure, &request.overrides)?));
    }
    let at = desk.host.now();
    let cancel = desk.cancel_flag();
    cancel.store(false, Ordering::Relaxed);
    let watch = Watch::new(cancel);
    let mut out = RunsView { runs: Vec::new(), failed: Vec::new(), cancelled: false };
    let open = desk.exam_mut()?;
    let exam = open.store.exam()?;
    let derived = match derived(open, &bundle.datasets, &watch, &exam.firm, None, None) {
        Err(_) if watch.cancelled() => return Ok(RunsView { cancelled: true, ..out }),
        other => other?,
    };
    let scope = ReaderScope { derived: &derived, sheets: None };
    let mut readers = Vec::new();
    for _ in 0..turns::WORKERS.min(jobs.len()) {
        let own = watch.another();
        readers.push((VaultStore(open.store.reader_of(scope, own.question())?), own));
    }
    let OpenExam { store, items, examiner, .. } = open;
    let common = turns::Common { bundle: &bundle, items, exam: &exam, examiner, at };
    let of = view::small(jobs.len() as u64);
    let mut begun = |at: usize, done: usize| {
        let procedure = &jobs[at].0.procedure;
        let (procedure, title) = (procedure.id.clone(), procedure.title.clone());
        progress(RunProgressView { procedure, title, done: view::small(done as u64), of });
    };
    let mut each = |at: usize, outcome: turns::Outcome| -> Result<(), AppError> {
        let procedure = &jobs[at].0.procedure;
        match outcome {
            Some(Ok((mut run, rows))) => {
                run.id = store.save_run(&run, &rows)?;
                out.runs.push(view::run(&bundle, &run));
            }
            Some(Err(error)) => {
                let error = failed(procedure, &error).view();
                out.failed.push(FailedRunView { procedure: procedure.id.clone(), error });
            }
            None => {}
        }
        Ok(())
    };
    turns::run(&common, &jobs, readers, &mut begun, &mut each)?;
    out.cancelled = out.runs.len() + out.failed.len() < jobs.len();
    desk.saved();
    Ok(out)
}

/// Runs a kept run again from its record and compares it row by row. Nothing is stored.
///
/// # Errors
/// `unknown_run`, `unknown_procedure`, `procedure_failed`, or the store's.
pub fn reperform(desk: &Desk, request: &ReperformRequest) -> Result<ReperformView, AppError> {
    let open = desk.exam()?;
    let kept = open.store.run(view::id(request.run))?;
    let unknown = || AppError::new("unknown_procedure").with("field", &kept.procedure);
    // An examiner's own procedure is run as it was written then.
    let then = crate::own::version(open, &open.law, &kept.procedure_sha256)?;
    let loaded = match &then {
        Some(then) => then,
        None => desk.bundle.procedure(&kept.procedure).ok_or_else(unknown)?,
    };
    let filter = ExceptionFilter { run: Some(kept.id), ..ExceptionFilter::default() };
    let rows = open.store.exceptions(&filter, 0, u64::from(u32::MAX))?;
    let sheets: BTreeSet<i64> = kept.record.sheets.iter().map(|s: &ReadSheet| s.id).collect();
    let watch = Watch::alone();
    let derived =
        derived(open, &desk.bundle.datasets, &watch, &kept.record.firm, Some(kept.at), Some(&sheets))?;
    let scope = ReaderScope { derived: &derived, sheets: Some(&sheets) };
    let store = VaultStore(open.store.reader_of(scope, watch.question())?);
    let found = fieldbook_audit::reperform(&store, &loaded.procedure, &loaded.sha256, &kept, &rows)
        .map_err(|error| failed(&loaded.procedure, &error))?;
    Ok(ReperformView {
        run: request.run,
        procedure: kept.procedure,
        same: found.is_empty(),
        differences: found.iter().map(difference).collect(),
    })
}

pub(super) fn difference(difference: &RunDifference) -> RunDifferenceView {
    let said = |kind: &str, text: String| RunDifferenceView { kind: kind.to_owned(), text };
    let row = |kind: &str, what: &str, key: &ExceptionKey| {
        let s = &key.source;
        said(kind, format!("{what}：規則 {}，{}:{}:{}", key.rule, s.file, s.sheet, s.row))
    };
    match difference {
        RunDifference::NoRecord => said("no_record", "這次執行沒有留存可供重新執行的紀錄".to_owned()),
        RunDifference::Procedure => said("procedure", "查核程序之內容已不同於執行當時".to_owned()),
        RunDifference::Engine { kept } => {
            said("engine", format!("執行引擎版本不同：當時 {kept}，現為 {}", fieldbook_audit::ENGINE))
        }
        RunDifference::Sheet { file, sheet } => {
            said("sheet", format!("當時所讀之資料已不存在或讀法不同：{file} {sheet}"))
        }
        RunDifference::Figure { what, kept, now } => {
            said(what, format!("{what}：當時 {kept}，重新執行 {now}"))
        }
        RunDifference::Lacks(key) => row("lacks", "重新執行未列出", key),
        RunDifference::New(key) => row("new", "重新執行多列出", key),
        RunDifference::Row(key) => row("row", "內容不同", key),
    }
}

fn chosen<'a>(bundle: &'a Bundle, request: &RunRequest) -> Result<Vec<&'a LoadedProcedure>, AppError> {
    let named: Vec<&str> = request
        .procedures
        .iter()
        .map(String::as_str)
        .chain(request.overrides.iter().map(|o| o.procedure.as_str()))
        .collect();
    for id in &named {
        if bundle.procedure(id).is_none_or(|p| p.withdrawn) {
            return Err(AppError::new("unknown_procedure").with("field", id));
        }
    }
    let all = request.procedures.is_empty();
    let standing = bundle.procedures.iter().filter(|p| !p.withdrawn);
    Ok(standing.filter(|p| all || named.contains(&p.procedure.id.as_str())).collect())
}

fn overrides(procedure: &Procedure, requests: &[OverrideRequest]) -> Result<Overrides, AppError> {
    let mine = requests.iter().filter(|o| o.procedure == procedure.id);
    mine.map(|o| {
        let bad = |what: &str| AppError::new("bad_override").with("field", &o.key).with("what", what);
        let default =
            procedure.parameters.iter().find(|p| p.key == o.key).ok_or_else(|| bad("沒有這個參數"))?;
        if o.reason.trim().is_empty() {
            return Err(bad("未寫變更理由"));
        }
        let value = read_param(&default.value, o.value.trim()).ok_or_else(|| bad("值的型別不符"))?;
        if let Some((from, to)) = default.range.filter(|range| !within(*range, &value)) {
            return Err(bad(&format!("須介於 {from} 與 {to}")));
        }
        Ok((o.key.clone(), value, o.reason.trim().to_owned()))
    })
    .collect()
}

fn read_param(like: &ParamValue, text: &str) -> Option<ParamValue> {
    Some(match like {
        ParamValue::Int(_) => ParamValue::Int(text.parse().ok()?),
        ParamValue::Num(_) => ParamValue::Num(text.parse().ok().filter(|x: &f64| x.is_finite())?),
        ParamValue::Bool(_) => ParamValue::Bool(match text {
            "是" | "true" | "1" => true,
            "否" | "false" | "0" => false,
            _ => return None,
        }),
        ParamValue::Text(_) => ParamValue::Text(text.to_owned()),
        ParamValue::List(_) => ParamValue::List(
            text.split(['、', ',', '，']).map(|t| t.trim().to_owned()).filter(|t| !t.is_empty()).collect(),
        ),
    })
}

pub(super) fn failed(procedure: &Procedure, error: &AuditError) -> AppError {
    AppError::new("procedure_failed").with("field", &procedure.id).with("what", error)
}
