//! `fieldbook assign`.

use crate::args::Assign;
use crate::opened::{Machine, work_as};
use crate::print::{Done, Failure};
use fieldbook_app::wire::{AssignRequest, AssignmentsView, PersonWorkView, WorkKey, WorkView, WorkWord};
use fieldbook_app::{AppError, assignment};
use serde_json::json;

/// Runs a call: without a thing, it only shows.
pub fn run(machine: Machine, call: &Assign) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    work_as(&mut desk, call.examiner.as_deref())?;
    let of = |kind, keys: &[String]| -> Vec<WorkKey> {
        keys.iter().map(|key| WorkKey { kind, key: key.clone() }).collect()
    };
    let works = [
        of(WorkWord::Document, &call.documents),
        of(WorkWord::Chapter, &call.chapters),
        of(WorkWord::System, &call.systems),
        of(WorkWord::Procedure, &call.procedures),
    ]
    .concat();
    let person = match (&call.to, call.clear) {
        (None, false) if works.is_empty() => return Ok(shown(&assignment::assignments(&desk)?)),
        (Some(name), _) if !name.trim().is_empty() && !works.is_empty() => name.clone(),
        (None, true) if !works.is_empty() => String::new(),
        _ => {
            let what = "--to NAME 或 --clear，與至少一個 --document、--chapter、--system 或 --procedure";
            return Err(Failure::words(AppError::new("bad_call").with("what", what)));
        }
    };
    Ok(shown(&assignment::assign(&mut desk, &AssignRequest { works, person })?))
}

fn shown(view: &AssignmentsView) -> Done {
    let given = view.works.iter().filter(|w| !w.person.is_empty()).map(work);
    Done::new(json!({ "people": view.people, "works": view.works, "done": view.done }))
        .lines(given)
        .lines(view.done.iter().map(person))
}

fn work(w: &WorkView) -> String {
    let kind = match w.work.kind {
        WorkWord::Document => "文件",
        WorkWord::Chapter => "章",
        WorkWord::System => "系統",
        WorkWord::Procedure => "測試",
    };
    let gone = if w.gone { "（已不在本案）" } else { "" };
    format!("{kind}  {}  {}{gone}  {}  {} / {}", w.work.key, w.title, w.person, w.done, w.whole)
}

fn person(p: &PersonWorkView) -> String {
    let name = if p.name.is_empty() { "（未分派）" } else { &p.name };
    format!(
        "{name}  項目 {} / {}  測試 {} / {}  待處置例外 {}  缺失 {}  填答 {}  {}",
        p.answered, p.items, p.ran, p.procedures, p.exceptions_open, p.findings, p.gave, p.last_at
    )
    .trim_end()
    .to_owned()
}
