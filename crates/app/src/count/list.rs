//! The count as a list like those that firms hand over, read by the same way in: UTF-8, comma separated, a line a device
//! that stands there.

use super::DATASET;
use super::items::{Counted, Item};
use fieldbook_checklist::Bundle;
use fieldbook_model::{CountState, Device};

/// The devices that stand there.
pub(super) fn rows(counted: &Counted) -> impl Iterator<Item = &Item> {
    let stands = |i: &&Item| matches!(i.state(), Some(CountState::Found | CountState::NotListed));
    counted.items.iter().filter(stands)
}

/// The list. The same count gives the same bytes.
pub(super) fn bytes(bundle: &Bundle, counted: &Counted) -> Vec<u8> {
    let def = bundle.dataset(DATASET);
    let heading =
        |key: &str| def.and_then(|d| d.column(key)).map_or_else(|| key.to_owned(), |c| c.zh.clone());
    let mut out = line(Device::COLUMNS.iter().chain([&"updated_at"]).map(|key| heading(key)));
    for item in rows(counted) {
        let device = item.device();
        let day = item.entry.as_ref().map(|e| e.at.date().to_string()).unwrap_or_default();
        out.push_str(&line(device.fields().map(str::to_owned).into_iter().chain([day])));
    }
    out.into_bytes()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
    quoted.join(",") + "\r\n"
}
