//! `fieldbook own`: procedures that an examiner wrote.

use crate::args::Own;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{OwnPreviewRequest, OwnProcedureView, OwnRequest};
use fieldbook_app::{AppError, own};
use serde_json::json;
use std::path::Path;

/// Runs a call.
pub fn run(machine: Machine, call: &Own) -> Result<Done, Failure> {
    match call {
        Own::List { exam } => Ok(listed(&own::list(&machine.exam(exam)?)?)),
        Own::Schema { exam } => {
            let schema = own::schema(&machine.exam(exam)?)?;
            let mut lines = Vec::new();
            for dataset in &schema.datasets {
                lines.push(format!("{}  {}  {} 列", dataset.key, dataset.zh, dataset.rows));
                lines.extend(dataset.columns.iter().map(|c| format!("  {}  {}  {}", c.key, c.ty, c.zh)));
            }
            let words = schema.values.iter().chain(&schema.functions);
            lines.extend(words.map(|w| format!("{}  {}", w.call, w.zh)));
            Ok(Done::new(json!(schema)).lines(lines))
        }
        Own::Try { exam, dataset, file } => {
            let request = OwnPreviewRequest { subject: dataset.clone(), sql: text(file)? };
            let told = own::preview(&machine.exam(exam)?, &request)?;
            if let Some(refused) = &told.refused {
                let place = refused
                    .line
                    .map(|line| format!("第 {line} 行第 {} 字：", refused.character.unwrap_or(1)));
                let what = format!("{}{}", place.unwrap_or_default(), refused.message);
                return Err(AppError::new("query_refused")
                    .with("what", what.trim_end_matches('。'))
                    .with("hint", refused.hint.trim_end_matches('。'))
                    .into());
            }
            let rows = told.rows.iter().map(|r| {
                let values: Vec<&str> = r.values.iter().map(|v| v.as_deref().unwrap_or("－")).collect();
                format!("{}:{}:{}  {}", r.file, r.sheet, r.row, values.join("  "))
            });
            let head = format!("列出 {} 列，母體 {} 列", told.total, told.population);
            let lines: Vec<String> = std::iter::once(head).chain(rows).collect();
            Ok(Done::new(json!(told)).lines(lines))
        }
        Own::Add { exam, file, scope } => {
            let mut desk = machine.exam(exam)?;
            Ok(listed(&[own::add_file(&mut desk, &text(file)?, (*scope).into())?]))
        }
        Own::Withdraw { exam, id } => {
            let mut desk = machine.exam(exam)?;
            Ok(listed(&own::withdraw(&mut desk, &OwnRequest { id: id.clone() })?))
        }
    }
}

fn listed(all: &[OwnProcedureView]) -> Done {
    let line =
        |p: &OwnProcedureView| format!("{}  {}  第 {} 版  {}  {}", p.id, p.title, p.versions, p.by, p.at);
    Done::new(json!(all)).lines(all.iter().map(line).collect::<Vec<_>>())
}

fn text(file: &Path) -> Result<String, Failure> {
    let failed = |_| {
        AppError::new("file_unreadable").with("file", file.file_name().unwrap_or_default().to_string_lossy())
    };
    Ok(std::fs::read_to_string(file).map_err(failed)?)
}
