//! `fieldbook package`.

use crate::args::{Package, PackageCreate, PackageMerge};
use crate::opened::Machine;
use crate::print::{Done, Failure};
use crate::progress::Progress;
use fieldbook_app::wire::{
    ChapterChoice, ChoiceWord, EvidenceModeWord, ExamRequest, HandoverCreateRequest, HandoverProgressView,
    HandoverRequest, HandoverScopeWord, MergeApplyRequest, MergeChoice, MergeCountView, MergeUndoRequest,
    MergesView, PathRequest, StandingWord, TakeInView,
};
use fieldbook_app::{AppError, Desk, exam, handover};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs a call.
pub fn run(machine: Machine, call: &Package) -> Result<Done, Failure> {
    match call {
        Package::Create(c) => create(machine, c),
        Package::Inspect { package } => {
            let mut desk = machine.unlocked()?;
            Ok(told(&looked(&mut desk, package)?))
        }
        Package::Merge(c) => merge(machine, c),
        Package::Merges { exam } => Ok(listed(&handover::merges(&machine.exam(exam)?)?)),
        Package::Undo { exam, merge, reason } => {
            let mut desk = machine.exam(exam)?;
            let request = MergeUndoRequest { merge: *merge, reason: reason.clone() };
            Ok(listed(&handover::undo(&mut desk, &request)?))
        }
    }
}

fn saying(progress: &mut Progress) -> impl FnMut(HandoverProgressView) {
    |view| {
        let fraction = if view.of > 0.0 { view.done / view.of } else { 0.0 };
        progress.say(fraction, "交接檔處理中");
    }
}

fn create(machine: Machine, call: &PackageCreate) -> Result<Done, Failure> {
    let mut desk = machine.exam(&call.exam)?;
    let parts = !call.documents.is_empty()
        || !call.chapters.is_empty()
        || !call.procedures.is_empty()
        || call.findings
        || call.evidence;
    let bad = |text: &str| AppError::new("bad_call").with("what", text);
    let chapter = |text: &String| {
        let (document, chapter) = text.split_once('-').ok_or_else(|| bad("--chapter CODE-N"))?;
        Ok::<_, AppError>(ChapterChoice { document: document.to_owned(), chapter: chapter.to_owned() })
    };
    let what = HandoverRequest {
        scope: match (call.changes, parts) {
            (true, _) => HandoverScopeWord::Changes,
            (_, true) => HandoverScopeWord::Parts,
            (_, false) => HandoverScopeWord::Whole,
        },
        documents: call.documents.clone(),
        chapters: call.chapters.iter().map(chapter).collect::<Result<_, _>>()?,
        procedures: call.procedures.clone(),
        findings: call.findings,
        evidence: call.evidence,
        since: String::new(),
        evidence_as: if call.by_reference {
            EvidenceModeWord::ByReference
        } else {
            EvidenceModeWord::Included
        },
        deidentified: call.deidentified,
        recipients: call.to.clone(),
    };
    let mut progress = Progress::new();
    let path = call.out.to_string_lossy().into_owned();
    let made = handover::create(&mut desk, &HandoverCreateRequest { what, path }, &mut saying(&mut progress));
    progress.end();
    let made = made?;
    Ok(Done::new(json!({ "package": made.path, "sha256": made.sha256, "bytes": made.bytes,
                         "recipients": call.to }))
    .line(format!("已製作交接檔：{}", made.path))
    .line(format!("SHA-256 {}", made.sha256))
    .line(format!("收件人：{}", made.recipients.join("、"))))
}

/// Looks at a package; when its exam is here it is opened, so that the two are compared.
fn looked(desk: &mut Desk, package: &Path) -> Result<TakeInView, Failure> {
    let request = PathRequest { path: package.to_string_lossy().into_owned() };
    let mut progress = Progress::new();
    let mut view = handover::inspect(desk, &request, &mut saying(&mut progress))?;
    let other = view.exam.as_ref().filter(|e| !e.open && view.standing == StandingWord::Mergeable);
    if let Some(found) = other {
        exam::exam_open(desk, &ExamRequest { exam: found.id.clone() })?;
        view = handover::inspect(desk, &request, &mut saying(&mut progress))?;
    }
    progress.end();
    Ok(view)
}

fn counts(counts: &[MergeCountView]) -> Value {
    let one = |c: &MergeCountView| {
        let kind = serde_json::to_value(c.kind).ok().and_then(|k| k.as_str().map(str::to_owned));
        let n =
            json!({ "added": c.added, "changed": c.changed, "taken_away": c.taken_away, "united": c.united });
        (kind.unwrap_or_default(), n)
    };
    Value::from(counts.iter().map(one).collect::<Map<_, _>>())
}

fn told(view: &TakeInView) -> Done {
    let sender = view
        .sender
        .as_ref()
        .map(|s| json!({ "name": s.name, "unit": s.unit, "fingerprint": s.fingerprint, "trust": s.trust }));
    let conflicts: Vec<Value> = view
        .conflicts
        .iter()
        .map(|c| {
            json!({ "id": c.id, "what": c.what, "field": c.field, "text": c.text,
                    "ours": { "value": c.ours.value, "by": c.ours.by, "at": c.ours.at },
                    "theirs": { "value": c.theirs.value, "by": c.theirs.by, "at": c.theirs.at } })
        })
        .collect();
    let blocked: Vec<Value> =
        view.blocked.iter().map(|b| json!({ "paper": b.paper, "changes": b.changes })).collect();
    let refusal =
        view.refusal.as_ref().map(|e| json!({ "code": e.code, "message": e.message, "hint": e.hint }));
    let mut done = Done::new(json!({
        "sender": sender, "made_at": view.made_at, "standing": view.standing, "refusal": refusal,
        "exam": view.exam.as_ref().map(|e| json!({ "id": e.id, "firm": e.firm })),
        "sha256": view.sha256, "changes": counts(&view.counts), "conflicts": conflicts, "blocked": blocked,
    }));
    if let Some(s) = &view.sender {
        done = done.line(format!("寄件人：{}（{}）", s.name, s.fingerprint));
    }
    if let Some(e) = &view.refusal {
        return done.line(format!("無法收進：{}", e.message)).line(format!("建議：{}", e.hint)).code(1);
    }
    for c in &view.counts {
        let kind = serde_json::to_value(c.kind).unwrap_or_default();
        let kind = kind.as_str().unwrap_or_default();
        done = done.line(format!(
            "{kind}　新增 {}　變更 {}　移除 {}　相同 {}",
            c.added, c.changed, c.taken_away, c.united
        ));
    }
    for c in &view.conflicts {
        let value = |v: &Option<String>| v.clone().unwrap_or_else(|| "（無）".to_owned());
        done = done.line(format!("衝突 {}　{}　{}", c.id, c.what, c.field));
        done = done.line(format!("　本機：{}（{} {}）", value(&c.ours.value), c.ours.by, c.ours.at));
        done = done.line(format!("　對方：{}（{} {}）", value(&c.theirs.value), c.theirs.by, c.theirs.at));
    }
    for b in &view.blocked {
        done = done.line(format!("已簽章：{}（{} 項變更）", b.paper, b.changes));
    }
    done
}

fn merge(machine: Machine, call: &PackageMerge) -> Result<Done, Failure> {
    let mut desk = machine.unlocked()?;
    let view = looked(&mut desk, &call.package)?;
    if call.preview || view.refusal.is_some() {
        return Ok(told(&view));
    }
    let choices = match &call.resolve {
        Some(file) => choices(file)?,
        None => Vec::new(),
    };
    let request = MergeApplyRequest {
        path: view.path.clone(),
        sha256: view.sha256.clone(),
        sender_accepted: call.accept_sender,
        choices,
    };
    let mut progress = Progress::new();
    let done = handover::apply(&mut desk, &request, &mut saying(&mut progress));
    progress.end();
    let done = done?;
    let sender = view.sender.as_ref().map(|s| s.name.clone()).unwrap_or_default();
    Ok(Done::new(json!({ "sender": sender, "exam": done.exam, "merge": done.merge,
                         "changes": counts(&done.counts), "conflicts": [] }))
    .line(match done.merge {
        0 => format!("已收進新的查核案 {}。", done.exam),
        n => format!("已合併（第 {n} 次）。"),
    }))
}

/// Reads what becomes of conflicts.
fn choices(file: &Path) -> Result<Vec<MergeChoice>, Failure> {
    let bad = || AppError::new("bad_call").with("what", "--resolve");
    let bytes = std::fs::read(file).map_err(|_| bad())?;
    let said: BTreeMap<String, String> = serde_json::from_slice(&bytes).map_err(|_| bad())?;
    let one = |(id, what): (String, String)| match what.as_str() {
        "ours" => MergeChoice { id, choice: ChoiceWord::Ours, text: String::new() },
        "theirs" => MergeChoice { id, choice: ChoiceWord::Theirs, text: String::new() },
        _ => MergeChoice { id, choice: ChoiceWord::Text, text: what },
    };
    Ok(said.into_iter().map(one).collect())
}

fn listed(view: &MergesView) -> Done {
    let rows: Vec<Value> = view
        .merges
        .iter()
        .map(|m| {
            json!({ "merge": m.merge, "at": m.at, "by": m.by, "sender": m.sender, "sha256": m.sha256,
                    "changes": counts(&m.counts), "conflicts": m.conflicts, "undone_at": m.undone_at,
                    "undo_possible": m.undo_possible })
        })
        .collect();
    let lines = view.merges.iter().map(|m| {
        let undone =
            if m.undone_at.is_empty() { String::new() } else { format!("　已於 {} 復原", m.undone_at) };
        format!("第 {} 次　{}　{}{undone}", m.merge, m.at, m.sender)
    });
    Done::new(Value::from(rows)).lines(lines)
}
