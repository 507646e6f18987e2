//! `fieldbook count`: the equipment count.

use crate::args::Count;
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::count;
use fieldbook_app::wire::{CountDevice, CountItemView, CountMarkRequest, CountState, CountView, PathRequest};
use serde_json::json;

/// Runs a call.
pub fn run(machine: Machine, call: &Count) -> Result<Done, Failure> {
    match call {
        Count::Show { exam } => Ok(shown(&count::count(&machine.exam(exam)?)?)),
        Count::Mark { exam, key, seen, device, note } => {
            let mut desk = machine.exam(exam)?;
            let view = count::count(&desk)?;
            let known = view.items.iter().find(|i| Some(&i.key) == key.as_ref()).map(|i| i.device.clone());
            let request = CountMarkRequest {
                key: key.clone(),
                state: Some((*seen).into()),
                device: device.over(&known.unwrap_or_else(CountDevice::default)),
                note: note.clone(),
            };
            Ok(shown(&count::mark(&mut desk, &request)?))
        }
        Count::Undo { exam } => Ok(shown(&count::undo(&mut machine.exam(exam)?)?)),
        Count::Feed { exam } => Ok(shown(&count::feed(&mut machine.exam(exam)?)?)),
        Count::Sheet { exam, out } => {
            let request = PathRequest { path: out.to_string_lossy().into_owned() };
            let done = count::sheet(&machine.exam(exam)?, &request)?;
            let lines: Vec<String> = done.files.iter().map(|f| f.file.clone()).collect();
            Ok(Done::new(json!(done)).lines(lines))
        }
    }
}

fn shown(view: &CountView) -> Done {
    let head = format!(
        "應盤 {}，已見 {}，未見 {}，清單所無 {}，尚未 {}",
        view.expected, view.found, view.not_found, view.not_listed, view.open
    );
    let line = |i: &CountItemView| {
        let state = match i.state {
            None => "　　　　",
            Some(CountState::Found) => "見到　　",
            Some(CountState::NotFound) => "未見　　",
            Some(CountState::NotListed) => "清單所無",
        };
        let d = &i.device;
        format!("{state}  {}  {}  {}  {} {}  {}", i.key, d.name, d.serial, d.rack, d.u_pos, d.owner)
    };
    let lines: Vec<String> = std::iter::once(head).chain(view.items.iter().map(line)).collect();
    Done::new(json!(view)).lines(lines)
}
