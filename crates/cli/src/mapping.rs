//! `fieldbook mapping`.

use crate::args::Mapping;
use crate::export::exported;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::import;
use fieldbook_app::wire::{MappingMemoryView, MappingRequest, PathRequest};
use serde_json::{Map, Value, json};
use std::path::Path;

/// Runs a call.
pub fn run(machine: Machine, call: &Mapping) -> Result<Done, Failure> {
    match call {
        Mapping::List { exam } => Ok(listed(&import::mappings(&machine.exam(exam)?)?)),
        Mapping::Export { exam, out } => {
            let desk = machine.exam(exam)?;
            Ok(exported(&import::mappings_export(&desk, &path(out))?))
        }
        Mapping::Import { exam, file } => {
            let done = import::mappings_import(&mut machine.exam(exam)?, &path(file))?;
            let refused: Vec<Value> = done
                .refused
                .iter()
                .map(|r| json!({ "no": r.no, "dataset": r.dataset, "why": r.why }))
                .collect();
            let lines = done.refused.iter().map(|r| format!("✗ 第 {} 項 {}：{}。", r.no, r.dataset, r.why));
            let json = json!({ "taken": done.taken, "unchanged": done.unchanged, "refused": refused });
            let code = match (done.refused.is_empty(), done.taken + done.unchanged) {
                (true, _) => 0,
                (false, 0) => 1,
                (false, _) => 3,
            };
            let sum = format!(
                "採用 {} 項、已有相同者 {} 項、未採用 {} 項。",
                done.taken,
                done.unchanged,
                done.refused.len()
            );
            Ok(Done::new(json).lines(lines.collect::<Vec<_>>()).line(sum).code(code))
        }
        Mapping::Forget { exam, dataset, header } => {
            let request = MappingRequest { dataset: dataset.clone(), header: header.clone() };
            let left = import::mapping_forget(&mut machine.exam(exam)?, &request)?.len();
            Ok(Done::new(json!({ "forgotten": true, "left": left }))
                .line(format!("已移除，尚有 {left} 項。")))
        }
    }
}

fn path(path: &Path) -> PathRequest {
    PathRequest { path: path.to_string_lossy().into_owned() }
}

fn listed(known: &[MappingMemoryView]) -> Done {
    let one = |m: &MappingMemoryView| {
        let columns: Map<String, Value> =
            m.columns.iter().map(|c| (c.header.clone(), json!(c.column))).collect();
        json!({ "dataset": m.dataset, "header": m.header, "headers": m.headers, "columns": columns,
                "file": m.file, "used_at": m.used_at })
    };
    let line = |m: &MappingMemoryView| {
        let columns: Vec<String> = m.columns.iter().map(|c| format!("{}→{}", c.header, c.zh)).collect();
        let used = m.used_at.as_deref().unwrap_or("–");
        format!("{}  {}  {used}  {}  {}", m.dataset, m.header, m.file, columns.join("、"))
    };
    let done = Done::new(Value::from(known.iter().map(one).collect::<Vec<_>>()))
        .lines(known.iter().map(line).collect::<Vec<_>>());
    if known.is_empty() { done.line("尚無欄位對應記憶。") } else { done }
}
