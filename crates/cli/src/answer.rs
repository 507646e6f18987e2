//! `fieldbook answer`.

use crate::args::Answer;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::checklist;
use fieldbook_app::wire::AnswerRequest;
use serde_json::json;

/// Records an answer.
pub fn answer(machine: Machine, call: &Answer) -> Result<Done, Failure> {
    let request = AnswerRequest {
        clause: call.clause.clone(),
        unit: call.unit.clone(),
        system: call.system.clone(),
        result: call.result.into(),
        method: Some(call.method.into()),
        mode: call.mode.map(Into::into),
        note: call.note.clone(),
        paper_ref: call.paper.clone(),
        awaited: call.awaited.clone(),
    };
    let mut desk = machine.exam(&call.exam)?;
    let item = checklist::answer(&mut desk, &request)?;
    let counts = !item.answers.iter().any(|a| a.stale && a.unit == call.unit && a.system == call.system);
    let done = Done::new(json!({ "clause": call.clause, "result": request.result, "counts": counts }))
        .line(format!("已記錄 {}。", call.clause));
    Ok(if counts {
        done
    } else {
        done.line("此項義務依目前之判定不適用：結果留存，不計入。")
    })
}
