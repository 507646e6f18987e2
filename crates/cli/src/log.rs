//! `fieldbook log`: the journal, what a checkpoint tells of it, and proofs.

use crate::args::Log;
use crate::exam::name;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::wire::{CheckpointRequest, ProofView, TrailRequest, TrailVerifyRequest};
use fieldbook_app::{AppError, Desk, trail};
use serde_json::json;
use std::path::Path;

/// The word for the vault's own journal in the place of an exam.
const VAULT: &str = "vault";
/// The word for a proof to be checked.
const CHECK_PROOF: &str = "check-proof";

/// Runs a call.
pub fn run(machine: Machine, call: &Log) -> Result<Done, Failure> {
    match (call.exam.as_str(), &call.file) {
        (CHECK_PROOF, Some(file)) => return check(file),
        (CHECK_PROOF, None) => {
            return Err(Failure::words(AppError::new("bad_call").with("what", "check-proof FILE")));
        }
        (_, Some(_)) => return Err(Failure::words(AppError::new("bad_call").with("what", "log EXAM"))),
        _ => {}
    }
    let vault = call.exam == VAULT;
    let desk = if vault { machine.unlocked()? } else { machine.exam(&call.exam)? };
    match (call.prove, call.consistency.as_deref()) {
        (Some(seq), _) => Ok(proof(&trail::prove(&desk, vault, seq, call.size)?)),
        (_, Some([first, rest @ ..])) => {
            Ok(proof(&trail::prove_consistency(&desk, vault, *first, rest.first().copied())?))
        }
        _ => listed(&desk, vault, call),
    }
}

fn proof(proof: &ProofView) -> Done {
    let json = json!(proof);
    let line = format!("{json:#}");
    Done::new(json).line(line)
}

fn read(file: &Path) -> Result<String, AppError> {
    std::fs::read_to_string(file).map_err(|_| AppError::new("file_unreadable").with("file", name(file)))
}

fn check(file: &Path) -> Result<Done, Failure> {
    let holds = trail::check_proof(&read(file)?)?;
    let done = Done::new(json!({ "holds": holds }));
    Ok(if holds { done.line("證明成立。") } else { done.refused(AppError::new("proof_fails")) })
}

/// The entries, the checkpoint now and, where one is given, what an earlier one tells.
fn listed(desk: &Desk, vault: bool, call: &Log) -> Result<Done, Failure> {
    let request = TrailRequest {
        vault,
        by: call.by.clone(),
        action: call.action.clone(),
        subject: call.subject.clone(),
        from: call.from.clone(),
        to: call.to.clone(),
        ..TrailRequest::default()
    };
    let entries = trail::all(desk, &request)?;
    if let Some(given) = &call.verify {
        let file = Path::new(given);
        let checkpoint = if file.is_file() { read(file)? } else { given.clone() };
        let verdict = trail::verify(desk, &TrailVerifyRequest { vault, checkpoint })?;
        if let Some(refusal) = trail::refusal(&verdict) {
            // A journal with a changed entry has no checkpoint.
            let now = trail::checkpoint(desk, &CheckpointRequest { vault }).ok();
            let now = now.map(|at| json!({ "size": at.size, "root": at.root }));
            let json = json!({ "entries": entries, "checkpoint": now, "extends": false, "verdict": verdict.verdict,
                               "number": verdict.number, "size": verdict.size });
            return Ok(Done::new(json).refused(refusal));
        }
    }
    let at = trail::checkpoint(desk, &CheckpointRequest { vault })?;
    let lines =
        entries.iter().map(|e| format!("{:>5}  {}  {}  {}  {}", e.seq, e.at, e.by, e.action, e.subject));
    Ok(Done::new(json!({
        "entries": entries, "checkpoint": { "size": at.size, "root": at.root }, "note": at.note, "key": at.key,
        "extends": true,
    }))
    .lines(lines)
    .line(format!("檢查點 {}:{}", at.size, at.root)))
}
