//! `fieldbook checklist`: editions, packages, and an organisation's own folder.

use crate::args::Checklist;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::AppError;
use fieldbook_app::edition::{self, authoring};
use fieldbook_app::wire::{
    ClauseChangeView, DocumentChangeView, EditionsView, KeyRequest, PackageRequest, PathRequest, ProblemView,
};
use serde_json::{Value, json};
use std::path::Path;

/// Runs a call that is about more than the built-in checklists.
pub fn run(machine: Machine, call: &Checklist) -> Result<Done, Failure> {
    match call {
        Checklist::List | Checklist::Show { .. } => Ok(Done::new(json!([]))),
        Checklist::Check { dir } => check(dir),
        Checklist::Lock { dir } => lock(dir),
        Checklist::Pack { dir, out, name, version } => {
            let mut desk = machine.unlocked()?;
            let (file, fingerprint) = authoring::pack(&mut desk, dir, out, name, version)?;
            Ok(Done::new(json!({ "package": file.file, "sha256": file.sha256, "fingerprint": fingerprint }))
                .line(format!("已簽章：{}", file.file))
                .line(format!("簽章者指紋：{fingerprint}")))
        }
        Checklist::Inspect { package } => {
            let desk = machine.unlocked()?;
            let view = edition::package_inspect(&desk, &PathRequest { path: text(package) })?;
            let signer = view.signer.clone().unwrap_or_else(|| "不在信任名單".to_owned());
            Ok(Done::new(json!({
                "name": view.name, "version": view.version, "made_on": view.made_on, "fingerprint": view.fingerprint,
                "signer": view.signer, "changes": view.changes, "procedures": view.procedures,
                "problems": view.problems,
            }))
            .line(format!("{} {}（{}）  簽章者：{signer}  {}", view.name, view.version, view.made_on, view.fingerprint))
            .lines(view.changes.iter().flat_map(change_lines))
            .lines(view.problems.iter().map(problem_lines)))
        }
        Checklist::Load { package, trust_as, fingerprint } => {
            let mut desk = machine.unlocked()?;
            let request = PackageRequest {
                path: text(package),
                trust_as: trust_as.clone().unwrap_or_default(),
                fingerprint: fingerprint.clone().unwrap_or_default(),
            };
            Ok(packages(&edition::package_load(&mut desk, &request)?))
        }
        Checklist::Packages => Ok(packages(&edition::editions(&machine.unlocked()?)?)),
        Checklist::Unload { sha256 } => {
            let mut desk = machine.unlocked()?;
            Ok(packages(&edition::package_remove(&mut desk, &KeyRequest { key: sha256.clone() })?))
        }
        Checklist::Diff { older, newer } => {
            let changes = authoring::diff(older, newer)?;
            let lines: Vec<String> = changes.iter().flat_map(change_lines).collect();
            Ok(Done::new(json!(changes)).lines(lines))
        }
        Checklist::ExportXlsx { dir, out, document } => {
            let file = authoring::export_xlsx(machine.bundle_desk(), dir, document.as_deref(), out)?;
            Ok(Done::new(json!({ "file": file.file, "sha256": file.sha256 })).line(file.file))
        }
        Checklist::ImportXlsx { dir, book, accept } => import(dir, book, *accept),
    }
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn check(dir: &Path) -> Result<Done, Failure> {
    let checked = authoring::check(dir)?;
    let ok = checked.problems.is_empty();
    let counts =
        checked.bundle.as_ref().map(|b| (b.documents.len(), b.clauses().count(), b.procedures.len()));
    let (documents, clauses, procedures) = counts.unwrap_or_default();
    let done = Done::new(json!({
        "ok": ok, "problems": checked.problems, "documents": documents, "clauses": clauses, "procedures": procedures,
    }))
    .lines(checked.problems.iter().map(problem_lines));
    Ok(if ok {
        done.line(format!("無誤：連同內建共 {documents} 份文件、{clauses} 條、{procedures} 項測試。"))
    } else {
        done.refused(defective("folder_defective", &checked.problems))
    })
}

fn lock(dir: &Path) -> Result<Done, Failure> {
    let locked = authoring::lock(dir)?;
    let all = [("新增", &locked.added), ("文字變更", &locked.changed), ("停用", &locked.retired)];
    let lines = all.iter().flat_map(|(what, ids)| ids.iter().map(move |id| format!("{what} {id}")));
    let counts = all.map(|(what, ids)| format!("{what} {}", ids.len())).join("、");
    let same = all.iter().all(|(_, ids)| ids.is_empty());
    Ok(Done::new(json!({ "added": locked.added, "changed": locked.changed, "retired": locked.retired }))
        .lines(lines.collect::<Vec<_>>())
        .line(if same {
            "ids.lock 與內容相符，未變更。".to_owned()
        } else {
            format!("已寫入 ids.lock：{counts}。")
        }))
}

/// Pair of one defect, on two lines.
fn problem_lines(p: &ProblemView) -> String {
    format!("錯誤：{}。\n建議：{}。", p.message, p.hint)
}

/// How many defects there are, and the first one.
fn defective(key: &'static str, problems: &[ProblemView]) -> AppError {
    let first = problems.first().map(|p| p.message.as_str()).unwrap_or_default();
    AppError::new(key).with("count", problems.len()).with("what", first)
}

fn change_lines(d: &DocumentChangeView) -> Vec<String> {
    let version = |v: &Option<String>| v.clone().unwrap_or_else(|| "（無）".to_owned());
    let mut out = vec![format!("{} {}  {} → {}", d.document, d.title, version(&d.from), version(&d.to))];
    out.extend(d.changes.iter().map(|c| format!("  {}", change_line(c))));
    out
}

fn change_line(c: &ClauseChangeView) -> String {
    let text: String = c
        .pieces
        .iter()
        .map(|p| match p.kind.as_str() {
            "removed" => format!("［－{}］", p.text),
            "added" => format!("［＋{}］", p.text),
            _ => p.text.clone(),
        })
        .collect();
    let what = match c.kind.as_str() {
        "added" => "新增",
        "removed" => "刪除",
        "changed" => "修正",
        "moved" => "移列",
        _ => "規則",
    };
    let rest = match c.kind.as_str() {
        "moved" => format!("{} → {}", c.from_label, c.label),
        "rule" => c.what.join("；"),
        _ => text,
    };
    format!("{what} {} {}  {rest}", c.clause, c.label)
}

fn packages(view: &EditionsView) -> Done {
    let rows: Vec<Value> = view
        .packages
        .iter()
        .map(|p| {
            json!({ "sha256": p.sha256, "name": p.name, "version": p.version, "signer": p.signer,
                    "fingerprint": p.fingerprint, "by": p.by, "at": p.at })
        })
        .collect();
    let signers: Vec<Value> = view
        .signers
        .iter()
        .map(|s| json!({ "key": s.key, "name": s.name, "fingerprint": s.fingerprint }))
        .collect();
    let documents: Vec<Value> = view
        .documents
        .iter()
        .map(|d| json!({ "id": d.document, "title": d.title, "version": d.version, "package": d.package }))
        .collect();
    let line = |d: &fieldbook_app::wire::EditionView| {
        let from = if d.package.is_empty() { "內建" } else { d.package.as_str() };
        format!("{}  {}  {}（{from}）", d.document, d.title, d.version)
    };
    Done::new(json!({ "packages": rows, "signers": signers, "documents": documents,
                      "own_fingerprint": view.own_fingerprint }))
    .lines(view.packages.iter().map(|p| format!("{}  {} {}  {}", &p.sha256, p.name, p.version, p.signer)))
    .lines(view.documents.iter().map(line))
}

fn import(dir: &Path, book: &Path, accept: bool) -> Result<Done, Failure> {
    let reviewed = authoring::import_xlsx(dir, book, accept)?;
    let ok = reviewed.problems.is_empty();
    let changes: Vec<Value> = reviewed
        .changes
        .iter()
        .map(|c| {
            json!({ "row": c.row, "clause": c.clause.as_str(), "column": c.column, "before": c.before,
                         "after": c.after })
        })
        .collect();
    let lines = reviewed
        .changes
        .iter()
        .map(|c| format!("第 {} 列 {} {}：{} → {}", c.row, c.clause, c.column, c.before, c.after));
    let lines: Vec<String> = lines.chain(reviewed.problems.iter().map(problem_lines)).collect();
    let done = Done::new(json!({ "ok": ok, "changes": changes, "problems": reviewed.problems,
                                 "accepted": ok && accept }))
    .lines(lines);
    Ok(match (ok, accept) {
        (true, true) => done.line(format!("已寫入 {} 處變更。", reviewed.changes.len())),
        (true, false) => done.line(format!("{} 處變更；以 --accept 寫入。", reviewed.changes.len())),
        (false, _) => done
            .refused(defective("sheet_defective", &reviewed.problems).with("file", crate::exam::name(book))),
    })
}
