//! `fieldbook audit`.

use crate::args::{Audit, DispositionArg};
use crate::kinds;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use crate::progress::Progress;
use fieldbook_app::wire::{
    AnalysisRequest, DisposeRequest, ExceptionGroupView, OverrideRequest, ProcedureRequest, ReperformRequest,
    ReperformView, RuleVerdictWord, RunProgressView, RunRequest, RunVerdictWord,
};
use fieldbook_app::{AppError, analysis, audit, host};
use fieldbook_model::{ExceptionRow, RowRef};
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Runs a call.
pub fn run(machine: Machine, call: &Audit) -> Result<Done, Failure> {
    match call {
        Audit::Run { exam, procedures, sets, reason } => {
            run_procedures(machine, exam, procedures, sets, reason.as_deref().unwrap_or_default())
        }
        Audit::Exceptions { exam, procedure } => exceptions(machine, exam, procedure.as_deref()),
        Audit::Dispose { exam, procedure, rows, rule, kind, note } => {
            dispose(machine, exam, procedure, rows, rule.as_deref(), *kind, note)
        }
        Audit::Change { exam, procedure } => change(machine, exam, procedure),
        Audit::Reperform { paper: Some(paper), files, .. } => reperform_paper(paper, files),
        Audit::Reperform { exam, run, .. } => {
            reperform(machine, exam.as_deref().unwrap_or_default(), run.unwrap_or_default())
        }
        Audit::Groups { exam, procedure } => groups(machine, exam, procedure),
        Audit::Picture { exam, dataset, column, kind, procedure, bounds } => {
            let request = AnalysisRequest {
                dataset: dataset.clone(),
                column: column.clone(),
                kind: (*kind).into(),
                procedure: procedure.clone(),
                bounds: bounds.clone(),
            };
            picture(&machine.exam(exam)?, &request)
        }
        Audit::Kinds { exam, systems, accounts, kind, note, restore } => {
            kinds::run(machine, exam, (systems, accounts), (kind.as_deref(), note.as_deref(), *restore))
        }
        Audit::List => Ok(list(&machine.with_packages()?)),
    }
}

fn groups(machine: Machine, exam: &str, procedure: &str) -> Result<Done, Failure> {
    let request = ProcedureRequest { procedure: procedure.to_owned() };
    let found = audit::groups(&machine.exam(exam)?, &request)?;
    let line = |g: &ExceptionGroupView| {
        let key = if g.key.is_empty() { "（空白）" } else { &g.key };
        let title = if g.title == g.key { "" } else { &g.title };
        format!("  {key}  {title}  {} 列，未處置 {}，已確認 {}", g.rows, g.open, g.confirmed)
    };
    let mut lines = vec!["規則".to_owned()];
    lines.extend(found.rules.iter().map(line));
    if let Some(system) = &found.system {
        lines.push(system.clone());
        lines.extend(found.systems.iter().map(line));
    }
    Ok(Done::new(json!(found)).lines(lines))
}

fn picture(desk: &fieldbook_app::Desk, request: &AnalysisRequest) -> Result<Done, Failure> {
    let found = analysis::analysis(desk, request)?;
    let mut lines = vec![found.title.clone()];
    lines.extend(found.bars.iter().map(|bar| {
        let expected = bar.expected.map(|e| format!("（期望 {:.1}%）", e * 100.0)).unwrap_or_default();
        let sum = bar.sum.as_ref().map(|s| format!("  合計 {s}")).unwrap_or_default();
        format!("  {}  {} 列  {:.1}%{expected}{sum}", bar.label, bar.rows, bar.share * 100.0)
    }));
    lines.push(format!(
        "計入 {} 列，空白 {} 列，不計 {} 列{}",
        found.counted,
        found.blank,
        found.left_out,
        if found.left_out_why.is_empty() { String::new() } else { format!("（{}）", found.left_out_why) }
    ));
    lines.extend(found.remarks.iter().cloned());
    Ok(Done::new(json!(found)).lines(lines))
}

fn list(desk: &fieldbook_app::Desk) -> Done {
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for loaded in &desk.bundle().procedures {
        let p = &loaded.procedure;
        let datasets: Vec<&str> = p.needs.iter().map(|n| n.dataset.as_str()).collect();
        let clauses: Vec<&str> = p.clauses.iter().map(fieldbook_model::ClauseId::as_str).collect();
        lines.push(format!("{}  {}  （{}）", p.id, p.title, clauses.join("、")));
        rows.push(json!({ "id": p.id, "title": p.title, "datasets": datasets, "clauses": clauses }));
    }
    Done::new(json!(rows)).lines(lines)
}

fn overrides(sets: &[String], reason: &str) -> Result<Vec<OverrideRequest>, Failure> {
    sets.iter()
        .map(|set| {
            let parts = set.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
            let ((procedure, key), value) = parts.ok_or_else(|| {
                Failure::words(AppError::new("bad_call").with("what", "--set ID.PARAM=VALUE"))
            })?;
            Ok(OverrideRequest {
                procedure: procedure.to_owned(),
                key: key.to_owned(),
                value: value.to_owned(),
                reason: reason.to_owned(),
            })
        })
        .collect()
}

fn run_procedures(
    machine: Machine,
    exam: &str,
    procedures: &[String],
    sets: &[String],
    reason: &str,
) -> Result<Done, Failure> {
    let request = RunRequest { procedures: procedures.to_vec(), overrides: overrides(sets, reason)? };
    let mut desk = machine.exam(exam)?;
    let stop = desk.cancel_flag();
    // What ran so far is kept; a second Ctrl+C ends the program as usual.
    let _ = ctrlc::set_handler(move || {
        if stop.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    let mut progress = Progress::new();
    let mut tell = |at: RunProgressView| {
        progress.say(f64::from(at.done) / f64::from(at.of.max(1)), &format!("{} {}", at.procedure, at.title));
    };
    let done = audit::run(&mut desk, &request, &mut tell);
    progress.end();
    let done = done?;
    let views = audit::procedures(&desk)?;
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for run in &done.runs {
        let view = views.iter().find(|v| v.id == run.procedure);
        let parameters: Map<String, Value> = view
            .map(|v| &v.parameters[..])
            .unwrap_or_default()
            .iter()
            .map(|p| (p.key.clone(), json!(p.used.as_ref().unwrap_or(&p.value))))
            .collect();
        lines.push(format!(
            "{}  {}  母體 {}  例外 {}  待確認 {}  線索 {}",
            run.procedure,
            verdict(run.verdict),
            run.population.map_or("–".to_owned(), |n| n.to_string()),
            run.exceptions,
            run.unknown,
            run.leads
        ));
        rows.push(json!({
            "procedure": run.procedure, "run": run.id as i64, "verdict": run.verdict,
            "population": run.population.map(|n| n as u64), "exceptions": run.exceptions as u64,
            "unknown": run.unknown as u64, "leads": run.leads as u64, "missing": run.missing,
            "completeness": run.completeness, "parameters": parameters,
        }));
    }
    lines.extend(done.failed.iter().map(|f| format!("{}  {}{}", f.procedure, f.error.message, f.error.hint)));
    let failed: Vec<Value> =
        done.failed.iter().map(|f| json!({ "procedure": f.procedure, "error": f.error })).collect();
    let code = u8::from(!failed.is_empty() || done.cancelled);
    let mut answer = json!({ "runs": rows });
    if done.cancelled {
        answer["cancelled"] = json!(true);
        lines.push("已中止；其餘測試未執行。".to_owned());
    }
    if !failed.is_empty() {
        answer["failed"] = json!(failed);
    }
    Ok(Done::new(answer).lines(lines).code(code))
}

fn change(machine: Machine, exam: &str, procedure: &str) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let done = audit::change(&desk, &ProcedureRequest { procedure: procedure.to_owned() })?;
    let line = match done.earlier {
        None => "尚無前一次執行可比較。".to_owned(),
        Some(_) => format!("新增 {} 列，消失 {} 列，不變 {} 列。", done.appeared, done.gone, done.unchanged),
    };
    let places = |mark: &str, rows: &[fieldbook_app::wire::RunChangeRowView]| -> Vec<String> {
        rows.iter().map(|r| format!("{mark} 規則 {}  {}:{}:{}", r.rule, r.file, r.sheet, r.row)).collect()
    };
    let lines: Vec<String> = std::iter::once(line)
        .chain(places("＋", &done.appeared_rows))
        .chain(places("－", &done.gone_rows))
        .collect();
    Ok(Done::new(json!(done)).lines(lines))
}

fn reperform(machine: Machine, exam: &str, run: i64) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    Ok(reperformed(&audit::reperform(&desk, &ReperformRequest { run: run as f64 })?))
}

/// Runs a paper's test again in a vault that is gone afterwards.
fn reperform_paper(paper: &Path, files: &[PathBuf]) -> Result<Done, Failure> {
    let scratch = std::env::temp_dir().join(format!("fieldbook-reperform-{}", std::process::id()));
    let files: Vec<String> = files.iter().map(|f| f.to_string_lossy().into_owned()).collect();
    let done = audit::reperform_paper(host::of_this_machine(), &scratch, &paper.to_string_lossy(), &files);
    // What is left there is encrypted under a passphrase that nobody has.
    let _ = std::fs::remove_dir_all(&scratch);
    Ok(reperformed(&done?))
}

fn reperformed(done: &ReperformView) -> Done {
    let run = done.run;
    let mut lines = vec![match done.same {
        true => format!("{} 第 {run} 次執行：重新執行結果相同。", done.procedure),
        false => {
            format!("{} 第 {run} 次執行：重新執行結果不同，{} 處。", done.procedure, done.differences.len())
        }
    }];
    lines.extend(done.differences.iter().map(|d| d.text.clone()));
    let differences: Vec<Value> =
        done.differences.iter().map(|d| json!({ "kind": d.kind, "text": d.text })).collect();
    let answer = json!({ "same": done.same, "procedure": done.procedure, "differences": differences });
    Done::new(answer).lines(lines).code(u8::from(!done.same))
}

fn verdict(v: RunVerdictWord) -> &'static str {
    match v {
        RunVerdictWord::Exceptions => "發現例外",
        RunVerdictWord::Pass => "未發現例外",
        RunVerdictWord::Unknown => "資料不足以判斷",
        RunVerdictWord::NotApplicable => "不適用",
        RunVerdictWord::NotRunnable => "無法執行",
    }
}

fn exceptions(machine: Machine, exam: &str, procedure: Option<&str>) -> Result<Done, Failure> {
    let desk = machine.exam(exam)?;
    let rows = audit::latest_rows(&desk, procedure)?;
    let json: Vec<Value> = rows.iter().map(row_json).collect();
    let lines = rows.iter().map(|r| {
        let s = &r.key.source;
        format!("{} 規則 {}  {}:{}:{}", r.key.procedure, r.key.rule, s.file, s.sheet, s.row)
    });
    Ok(Done::new(json!(json)).lines(lines))
}

fn row_json(row: &ExceptionRow) -> Value {
    let s = &row.key.source;
    let values: Map<String, Value> = row.values.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
    let clauses: Vec<&str> = row.clauses.iter().map(fieldbook_model::ClauseId::as_str).collect();
    json!({
        "procedure": row.key.procedure, "rule": row.key.rule, "verdict": RuleVerdictWord::from(row.verdict),
        "clauses": clauses,
        "source": { "file": s.file, "sha256": s.file_sha256, "sheet": s.sheet, "row": s.row },
        "values": values,
        "disposition": row.disposition.as_ref().map(|d| fieldbook_app::wire::DispositionWord::from(d.kind)),
    })
}

fn dispose(
    machine: Machine,
    exam: &str,
    procedure: &str,
    named: &[String],
    rule: Option<&str>,
    kind: DispositionArg,
    note: &str,
) -> Result<Done, Failure> {
    let mut desk = machine.exam(exam)?;
    let mut rows = audit::latest_rows(&desk, Some(procedure))?;
    rows.retain(|r| rule.is_none_or(|id| r.key.rule == id));
    if !named.is_empty() {
        // A name that fits nothing is refused: a typing slip must not look like a disposition.
        if named.iter().any(|n| !rows.iter().any(|r| is_named(&r.key.source, n))) {
            return Err(AppError::new("nothing_to_dispose").into());
        }
        rows.retain(|r| named.iter().any(|n| is_named(&r.key.source, n)));
    }
    // Numbers of rows are far below 2^53.
    let ids = rows.iter().map(|r| r.id as f64).collect();
    let done = audit::dispose(&mut desk, &DisposeRequest { ids, kind: kind.into(), note: note.to_owned() })?;
    Ok(Done::new(json!({ "disposed": done.disposed })).line(format!("已處置 {} 筆。", done.disposed)))
}

/// `FILE:SHEET:ROW`; the sheet of a CSV is empty. Compared as a whole, since names may hold colons.
fn is_named(source: &RowRef, text: &str) -> bool {
    text == format!("{}:{}:{}", source.file, source.sheet, source.row)
}
