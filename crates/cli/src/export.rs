//! `fieldbook gate`, `fieldbook export` and `fieldbook log`.

use crate::args::Export;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::output;
use fieldbook_app::wire::{ExportRequest, ExportView, PathRequest, RequestListRequest, SheetRequest};
use serde_json::json;
use std::path::Path;

/// What still stands in the way of the report.
pub fn gate(machine: Machine, exam: &str) -> Result<Done, Failure> {
    let view = output::gate(&machine.exam(exam)?)?;
    let blocking: Vec<_> =
        view.blocking.iter().map(|l| json!({ "kind": l.kind, "what": l.what, "count": l.count })).collect();
    let done = Done::new(
        json!({ "ready": view.ready, "blocking": blocking, "missing_glyphs": view.missing_glyphs }),
    )
    .lines(view.blocking.into_iter().map(|l| l.what))
    .code(u8::from(!view.ready));
    Ok(if view.ready { done.line("可產出定稿報告。") } else { done })
}

/// Runs an export call.
pub fn run(machine: Machine, exam: &str, call: &Export) -> Result<Done, Failure> {
    match call {
        Export::Papers { dir } => {
            let desk = machine.exam(exam)?;
            Ok(exported(&output::papers(&desk, &request(dir, false))?))
        }
        Export::Report { out, draft } => {
            let desk = machine.exam(exam)?;
            Ok(exported(&output::report(&desk, &request(out, *draft))?))
        }
        Export::Requests { dir, due, templates } => {
            let desk = machine.exam(exam)?;
            let path = dir.to_string_lossy().into_owned();
            let asked = RequestListRequest { path, due: due.clone(), templates: *templates };
            Ok(exported(&fieldbook_app::request::export_requests(&desk, &asked)?))
        }
        Export::Receipt { dir } => {
            let desk = machine.exam(exam)?;
            let asked = PathRequest { path: dir.to_string_lossy().into_owned() };
            Ok(exported(&fieldbook_app::request::export_receipt(&desk, &asked)?))
        }
        Export::Dictionary { dir } => {
            let desk = machine.exam(exam)?;
            let asked = PathRequest { path: dir.to_string_lossy().into_owned() };
            Ok(exported(&fieldbook_app::request::export_dictionary(&desk, &asked)?))
        }
        Export::Sheet { key, out } => {
            let desk = machine.exam(exam)?;
            let asked = SheetRequest { key: key.clone(), path: out.to_string_lossy().into_owned() };
            Ok(exported(&fieldbook_app::request::export_sheet(&desk, &asked)?))
        }
        Export::Templates { dir, dataset } => {
            let desk = machine.exam(exam)?;
            let path = dir.to_string_lossy();
            Ok(exported(&fieldbook_app::request::export_templates(&desk, dataset.as_deref(), &path)?))
        }
        Export::Template(later) | Export::Oscal(later) => {
            let what = later.rest.join(" ");
            Err(Failure::words(fieldbook_app::AppError::new("not_yet").with("field", what)))
        }
    }
}

fn request(path: &Path, draft: bool) -> ExportRequest {
    ExportRequest { path: path.to_string_lossy().into_owned(), draft }
}

/// What was written, with its fingerprints.
pub fn exported(view: &ExportView) -> Done {
    let files: Vec<_> = view.files.iter().map(|f| json!({ "file": f.file, "sha256": f.sha256 })).collect();
    Done::new(json!({ "files": files })).lines(view.files.iter().map(|f| f.file.clone()))
}

/// The journal, or whether it extends a checkpoint.
pub fn log(machine: Machine, exam: &str, verify: Option<&str>) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let log = output::journal(&desk)?;
    let holds = verify.map(|text| output::journal_extends(&desk, text)).transpose()?.unwrap_or(true);
    let entries: Vec<_> = log
        .entries
        .iter()
        .map(|e| json!({ "seq": e.seq, "at": e.at, "by": e.by, "action": e.action, "subject": e.subject }))
        .collect();
    let lines =
        log.entries.iter().map(|e| format!("{:>5}  {}  {}  {}  {}", e.seq, e.at, e.by, e.action, e.subject));
    let done = Done::new(json!({
        "entries": entries, "checkpoint": { "size": log.size, "root": log.root }, "extends": holds,
    }))
    .lines(lines)
    .line(format!("檢查點 {}:{}", log.size, log.root))
    .code(u8::from(!holds));
    Ok(if holds { done } else { done.line("操作紀錄與檢查點不符。") })
}
