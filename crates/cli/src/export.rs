//! `fieldbook gate` and `fieldbook export`.

use crate::args::{Document, Export};
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::output;
use fieldbook_app::wire::{
    DocumentExportRequest, DocumentKind, ExportRequest, ExportView, GateLineView, PathRequest,
    RequestListRequest, SheetRequest, TemplateFileRequest,
};
use serde_json::json;
use std::path::Path;

/// What still stands in the way of the report.
pub fn gate(machine: Machine, exam: &str) -> Result<Done, Failure> {
    let view = output::gate(&machine.exam(exam)?)?;
    let blocking: Vec<_> = view
        .blocking
        .iter()
        .map(|l| json!({ "kind": l.kind, "what": counted(l), "count": l.count }))
        .collect();
    let done = Done::new(
        json!({ "ready": view.ready, "blocking": blocking, "missing_glyphs": view.missing_glyphs }),
    )
    .lines(view.blocking.iter().map(counted))
    .code(u8::from(!view.ready));
    Ok(if view.ready { done.line("可產出定稿報告。") } else { done })
}

/// A line of the gate with its figure: `3 個項目的適用性待確認`.
fn counted(line: &GateLineView) -> String {
    format!("{} {}", line.count, line.what)
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
        Export::Template { template, out } => filled(machine, exam, template, out),
        Export::Oscal(to) => document(machine, exam, DocumentKind::OscalResults, to),
        Export::Poam(to) => document(machine, exam, DocumentKind::OscalPoam, to),
        Export::Docx(to) => document(machine, exam, DocumentKind::ReportDocx, to),
        Export::Assessment(to) => document(machine, exam, DocumentKind::Assessment, to),
        Export::Confirmation(to) => document(machine, exam, DocumentKind::Confirmation, to),
        Export::FollowUp(to) => document(machine, exam, DocumentKind::FollowUp, to),
        Export::Findings(to) => {
            document(machine, exam, by_ending(to, DocumentKind::FindingsCsv, DocumentKind::FindingsJson), to)
        }
        Export::Answers(to) => {
            document(machine, exam, by_ending(to, DocumentKind::AnswersCsv, DocumentKind::AnswersJson), to)
        }
    }
}

/// A list is written as the ending of its file says; CSV unless it is `.json`.
fn by_ending(to: &Document, csv: DocumentKind, json: DocumentKind) -> DocumentKind {
    match to.out.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) {
        true => json,
        false => csv,
    }
}

fn document(machine: Machine, exam: &str, kind: DocumentKind, to: &Document) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let path = to.out.to_string_lossy().into_owned();
    Ok(exported(&output::document(&desk, &DocumentExportRequest { kind, path, draft: to.draft })?))
}

/// Fills a template: one of the list by its key, or a file.
fn filled(machine: Machine, exam: &str, template: &str, out: &Path) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let path = out.to_string_lossy().into_owned();
    let known = !Path::new(template).exists()
        && fieldbook_app::template::templates(&desk)?.iter().any(|t| t.key == template);
    let view = match known {
        true => {
            let key = template.to_owned();
            fieldbook_app::template::template_fill(&desk, &TemplateFileRequest { key, path })?
        }
        false => fieldbook_app::template::fill_file(&desk, template, &path)?,
    };
    let files: Vec<_> = view.files.iter().map(|f| json!({ "file": f.file, "sha256": f.sha256 })).collect();
    let names: Vec<&str> = view.unfilled.iter().map(|u| u.name.as_str()).collect();
    let places: Vec<_> =
        view.unfilled.iter().map(|u| json!({ "name": u.name, "place": u.place, "known": u.known })).collect();
    let left = view.unfilled.iter().map(|u| format!("未填：{{{{{}}}}}（{}）", u.name, u.place));
    Ok(Done::new(json!({ "files": files, "unfilled": names, "unfilled_places": places }))
        .lines(view.files.iter().map(|f| f.file.clone()))
        .lines(left)
        .code(if view.unfilled.is_empty() { 0 } else { 3 }))
}

fn request(path: &Path, draft: bool) -> ExportRequest {
    ExportRequest { path: path.to_string_lossy().into_owned(), draft }
}

/// What was written, with its fingerprints.
pub fn exported(view: &ExportView) -> Done {
    let files: Vec<_> = view.files.iter().map(|f| json!({ "file": f.file, "sha256": f.sha256 })).collect();
    Done::new(json!({ "files": files })).lines(view.files.iter().map(|f| f.file.clone()))
}
