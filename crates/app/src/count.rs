//! 主機共置設備盤點: the lists that were handed over beside what the examiner sees, device by device; handed to the tests as
//! the ONSITE list.

mod items;
mod list;

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::write_beside;
use crate::import::{self, ImportJob, ImportOrder, SheetOrder};
use crate::view;
use crate::wire::{
    CountDevice, CountFedView, CountItemView, CountMarkRequest, CountView, ExportView, PathRequest,
};
use fieldbook_model::{CountEntry, CountState, Device, ListOrigin};
use fieldbook_report::{CountLine, CountPaper};
use items::{Counted, Item};
use sha2::{Digest, Sha256};
use std::path::Path;

/// Dataset of the lists.
const DATASET: &str = "assets";
/// Name of the list that the count becomes.
const FILE: &str = "主機共置設備盤點.csv";

fn device_view(device: &Device) -> CountDevice {
    let [name, model, serial, property_no, rack, u_pos, owner, software_owner] =
        device.fields().map(str::to_owned);
    CountDevice { name, model, serial, property_no, rack, u_pos, owner, software_owner }
}

/// A device as the examiner typed it: one line a field.
fn device(view: &CountDevice) -> Device {
    let clean = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let v = view;
    Device::of(
        [&v.name, &v.model, &v.serial, &v.property_no, &v.rack, &v.u_pos, &v.owner, &v.software_owner]
            .map(|text| clean(text)),
    )
}

/// The count as it stands.
///
/// # Errors
/// `locked`, `no_exam`, `count_unreadable`, or the store's.
pub fn count(desk: &Desk) -> Result<CountView, AppError> {
    let counted = items::counted(desk)?;
    let now = sha256(&list::bytes(&desk.bundle, &counted));
    let fed = standing(desk)?.map(|fed| CountFedView { current: fed.sha256 == now, ..fed.view });
    Ok(whole(&counted, fed))
}

fn whole(counted: &Counted, fed: Option<CountFedView>) -> CountView {
    let items = &counted.items;
    let number = |test: &dyn Fn(&Item) -> bool| view::small(items.iter().filter(|i| test(i)).count() as u64);
    CountView {
        filed: view::small(counted.filed),
        ledger: view::small(counted.ledger),
        expected: number(&|i| i.expected),
        found: number(&|i| i.expected && i.state() == Some(CountState::Found)),
        not_found: number(&|i| i.state() == Some(CountState::NotFound)),
        not_listed: number(&|i| i.state() == Some(CountState::NotListed)),
        open: number(&Item::is_open),
        undo: counted.undo().map(label),
        fed,
        items: items.iter().map(shown).collect(),
    }
}

fn shown(item: &Item) -> CountItemView {
    let entry = item.entry.as_ref().filter(|e| e.state.is_some());
    CountItemView {
        key: item.key.clone(),
        device: device_view(&item.device()),
        filed: item.filed.as_ref().map(device_view),
        ledger: item.ledger.as_ref().map(device_view),
        expected: item.expected,
        state: item.state().map(Into::into),
        ours: item.ours().into_iter().map(str::to_owned).collect(),
        differs: item.differs().into_iter().map(str::to_owned).collect(),
        note: entry.map(|e| e.note.clone()).unwrap_or_default(),
        by: entry.map(|e| e.by.clone()).unwrap_or_default(),
        at: entry.map(|e| dates::moment(e.at)).unwrap_or_default(),
    }
}

/// What taking a step back would take back.
fn label(entry: &CountEntry) -> String {
    let what = match entry.state {
        None => "取消標示",
        Some(CountState::Found) => "見到",
        Some(CountState::NotFound) => "未見",
        Some(CountState::NotListed) => "清單所無",
    };
    let device = &entry.device;
    let named = [&device.serial, &device.property_no, &device.name].into_iter().find(|t| !t.is_empty());
    format!("{what} {}", named.map_or("", String::as_str)).trim_end().to_owned()
}

/// Notes what was seen of a device.
///
/// # Errors
/// `unknown_device`, `required`, `bad_choice`, or the store's.
pub fn mark(desk: &mut Desk, request: &CountMarkRequest) -> Result<CountView, AppError> {
    let counted = items::counted(desk)?;
    let typed = request.device.as_ref().map(device);
    let wanted = request.state.map(CountState::from);
    let (key, seen) = match &request.key {
        Some(key) => {
            let item = counted.items.iter().find(|i| i.key == *key);
            let item = item.ok_or_else(|| AppError::new("unknown_device"))?;
            let listed = item.filed.is_some() || item.ledger.is_some();
            if wanted.is_some_and(|w| listed == (w == CountState::NotListed)) {
                return Err(AppError::new("bad_choice").with("field", "盤點"));
            }
            (key.clone(), typed.unwrap_or_else(|| item.device()))
        }
        None => {
            let seen = typed.unwrap_or_default();
            if wanted != Some(CountState::NotListed) {
                return Err(AppError::new("bad_choice").with("field", "盤點"));
            }
            (counted.next_key(), seen)
        }
    };
    let described = seen.fields().iter().any(|field| !field.is_empty());
    if wanted == Some(CountState::NotListed) && !described {
        return Err(AppError::new("required").with("field", "序號、財產編號、名稱或位置"));
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let (by, note) = (open.examiner.clone(), request.note.trim().to_owned());
    open.store.save_count(&[CountEntry {
        id: 0,
        item: key,
        state: wanted,
        device: seen,
        note,
        undoes: None,
        by,
        at,
    }])?;
    desk.saved();
    count(desk)
}

/// Takes the last step back.
///
/// # Errors
/// `count_no_step`, or the store's.
pub fn undo(desk: &mut Desk) -> Result<CountView, AppError> {
    let counted = items::counted(desk)?;
    let last = counted.undo().ok_or_else(|| AppError::new("count_no_step"))?;
    let before = counted.before(last);
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    open.store.save_count(&[CountEntry {
        id: 0,
        item: last.item.clone(),
        state: before.and_then(|e| e.state),
        device: before.map_or_else(|| last.device.clone(), |e| e.device.clone()),
        note: before.map(|e| e.note.clone()).unwrap_or_default(),
        undoes: Some(last.id),
        by,
        at,
    }])?;
    desk.saved();
    count(desk)
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The list that the count became, when one still holds.
struct Fed {
    table: i64,
    sha256: String,
    view: CountFedView,
}

fn standing(desk: &Desk) -> Result<Option<Fed>, AppError> {
    let files = desk.exam()?.store.received_files(None)?;
    let live = files.into_iter().filter(|file| !file.undone && file.file == FILE);
    let found = live.flat_map(|file| {
        let (at, sha256) = (file.at, file.sha256);
        file.sheets.into_iter().map(move |sheet| (sheet, at, sha256.clone()))
    });
    let mut ours =
        found.filter(|(s, ..)| s.superseded_by.is_none() && s.record.origin == Some(ListOrigin::Onsite));
    Ok(ours.next_back().map(|(sheet, at, sha256)| Fed {
        table: sheet.id,
        sha256,
        view: CountFedView {
            at: dates::moment(at),
            rows: view::small(sheet.record.rows_stored),
            current: false,
        },
    }))
}

/// Hands the count to the tests as the ONSITE list, in place of an earlier one. What was not looked for yet is not
/// "not found": nothing is handed over while an expected device is open.
///
/// # Errors
/// `count_open`, `count_empty`, `count_refused` with why the list is not taken, or the store's.
pub fn feed(desk: &mut Desk) -> Result<CountView, AppError> {
    let counted = items::counted(desk)?;
    let waiting = counted.items.iter().filter(|i| i.is_open()).count();
    if waiting > 0 {
        return Err(AppError::new("count_open").with("n", waiting));
    }
    let rows = list::rows(&counted).count();
    if rows == 0 {
        return Err(AppError::new("count_empty"));
    }
    let bytes = list::bytes(&desk.bundle, &counted);
    let earlier = match standing(desk)? {
        Some(fed) if fed.sha256 == sha256(&bytes) => {
            return Ok(whole(&counted, Some(CountFedView { current: true, ..fed.view })));
        }
        earlier => earlier.map(|fed| fed.table),
    };
    let order = ImportOrder {
        path: FILE.to_owned(),
        content: Some(bytes),
        every: SheetOrder {
            dataset: Some(DATASET.to_owned()),
            origin: Some(ListOrigin::Onsite),
            declared_rows: Some(rows as u64),
            replaces: earlier,
            ..SheetOrder::default()
        },
        ..ImportOrder::default()
    };
    let job =
        ImportJob { files: vec![order], received_from: "實地盤點".to_owned(), ..ImportJob::default() };
    let done = import::run_job(desk, &job, &mut |_| {})?;
    let file = done.view.files.into_iter().next();
    let error = file.and_then(|f| f.error.or_else(|| f.sheets.into_iter().find_map(|s| s.error)));
    if let Some(error) = error {
        return Err(AppError::new("count_refused").with("what", error.message.trim_end_matches('。')));
    }
    // The list tells of racks too: the ledger's rows there are expected from now on.
    count(desk)
}

/// Writes the sheet of the count, filled in as far as it is.
///
/// # Errors
/// `render_failed`, `export_failed`, or the store's.
pub fn sheet(desk: &Desk, request: &PathRequest) -> Result<ExportView, AppError> {
    let file = fieldbook_report::count_sheet(&paper(desk)?).map_err(|e| crate::output::render(&e))?;
    let path = Path::new(request.path.trim());
    crate::export::make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &file.bytes)?] })
}

/// The sheet of the count, as it is printed.
///
/// # Errors
/// Those of the count itself.
pub(crate) fn paper(desk: &Desk) -> Result<CountPaper, AppError> {
    let counted = items::counted(desk)?;
    let line = |item: &Item| CountLine {
        device: item.device(),
        filed: item.filed.clone(),
        ledger: item.ledger.clone(),
        state: item.state(),
        differs: item.differs().into_iter().map(str::to_owned).collect(),
        note: item.entry.as_ref().map(|e| e.note.clone()).unwrap_or_default(),
    };
    Ok(CountPaper {
        paper: items::reading(desk)?.0.id.clone(),
        head: crate::request::head(desk, &desk.exam()?.store.exam()?)?,
        filed: counted.filed,
        ledger: counted.ledger,
        lines: counted.items.iter().filter(|i| i.expected || i.state().is_some()).map(line).collect(),
        printed_at: desk.host.now(),
    })
}
