//! The devices of the count: the rows of the lists put together, with the latest step of each.
//!
//! Which rows are the same device, and which of them stand in the co-location racks, is what the procedure that reads the
//! count says: its fragment is asked, so that the screen and the test never disagree.

use super::DATASET;
use crate::audit::Watch;
use crate::desk::Desk;
use crate::error::AppError;
use crate::store::VaultStore;
use fieldbook_audit::{DatasetStore, given};
use fieldbook_model::text::{norm_firm, norm_key};
use fieldbook_model::{CountEntry, CountState, Device, ParamValue, Procedure};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Parameter of the procedure with the words by which a firm calls itself.
const OWN_NAMES: &str = "own_names";

/// One device.
pub(super) struct Item {
    pub(super) key: String,
    pub(super) filed: Option<Device>,
    pub(super) ledger: Option<Device>,
    /// A list places it in the racks.
    pub(super) expected: bool,
    /// Its latest step.
    pub(super) entry: Option<CountEntry>,
    /// Names that mean the firm.
    own: Arc<BTreeSet<String>>,
}

impl Item {
    pub(super) fn state(&self) -> Option<CountState> {
        self.entry.as_ref()?.state
    }

    pub(super) fn is_open(&self) -> bool {
        self.expected && self.state().is_none()
    }

    /// What was seen, else as filed, else as the ledger has it.
    pub(super) fn device(&self) -> Device {
        let seen = self.entry.as_ref().filter(|e| e.state.is_some()).map(|e| &e.device);
        seen.or(self.filed.as_ref()).or(self.ledger.as_ref()).cloned().unwrap_or_default()
    }

    fn is_ours(&self, owner: &str) -> bool {
        self.own.contains(&norm_firm(owner))
    }

    /// Where the owner is the firm itself: `filed`, `ledger`, `seen`.
    pub(super) fn ours(&self) -> Vec<&'static str> {
        let seen = self.entry.as_ref().filter(|e| e.state.is_some()).map(|e| &e.device);
        let all = [("filed", self.filed.as_ref()), ("ledger", self.ledger.as_ref()), ("seen", seen)];
        let ours = |device: Option<&Device>| device.is_some_and(|d| self.is_ours(&d.owner));
        all.into_iter().filter(|(_, device)| ours(*device)).map(|(key, _)| key).collect()
    }

    /// Where what stands there is not as it was filed.
    pub(super) fn differs(&self) -> Vec<&'static str> {
        let (Some(filed), Some(CountState::Found)) = (&self.filed, self.state()) else { return Vec::new() };
        let seen = self.device();
        let fields = [
            ("rack", &filed.rack, &seen.rack),
            ("u_pos", &filed.u_pos, &seen.u_pos),
            ("owner", &filed.owner, &seen.owner),
        ];
        let other = |a: &str, b: &str| {
            !a.is_empty() && norm_key(a) != norm_key(b) && !(self.is_ours(a) && self.is_ours(b))
        };
        fields.into_iter().filter(|(_, a, b)| other(a, b)).map(|(key, ..)| key).collect()
    }
}

/// All devices, and the steps that led there.
pub(super) struct Counted {
    pub(super) items: Vec<Item>,
    pub(super) filed: u64,
    pub(super) ledger: u64,
    entries: Vec<CountEntry>,
}

impl Counted {
    /// Steps that stand, oldest first.
    fn standing(&self) -> impl DoubleEndedIterator<Item = &CountEntry> {
        let undone: BTreeSet<i64> = self.entries.iter().filter_map(|e| e.undoes).collect();
        self.entries.iter().filter(move |e| e.undoes.is_none() && !undone.contains(&e.id))
    }

    /// The step that would be taken back next.
    pub(super) fn undo(&self) -> Option<&CountEntry> {
        self.standing().next_back()
    }

    /// What held of a step's device before it.
    pub(super) fn before(&self, step: &CountEntry) -> Option<&CountEntry> {
        self.standing().rfind(|e| e.item == step.item && e.id < step.id)
    }

    /// The key of the next device that no list has.
    pub(super) fn next_key(&self) -> String {
        let used = self.entries.iter().filter_map(|e| e.item.strip_prefix("n:")?.parse::<u32>().ok());
        format!("n:{}", used.max().unwrap_or(0) + 1)
    }
}

/// A row of a list.
struct Listed {
    filed: bool,
    device: Device,
    /// Serial number, property number, place: as the procedure compares them.
    keys: [Option<String>; 3],
    placed: bool,
}

impl Listed {
    /// The same device: by serial number where both have one, else by property number, else by place.
    fn is(&self, other: &Self) -> bool {
        let both = self.keys.iter().zip(&other.keys).find_map(|(a, b)| a.as_ref().zip(b.as_ref()));
        both.is_some_and(|(a, b)| a == b)
    }

    fn key(&self) -> Option<String> {
        let named = ["s", "p", "r"].iter().zip(&self.keys);
        named.into_iter().find_map(|(kind, key)| Some(format!("{kind}:{}", key.as_ref()?)))
    }
}

/// The devices as the lists and the steps have them.
///
/// # Errors
/// `count_unreadable`, or the store's.
pub(super) fn counted(desk: &Desk) -> Result<Counted, AppError> {
    let entries = desk.exam()?.store.count_entries()?;
    let listed = listed(desk)?;
    let of = |filed: bool| listed.iter().filter(|l| l.filed == filed).count() as u64;
    let (filed, ledger) = (of(true), of(false));
    let own = Arc::new(own_names(desk)?);
    let mut items = paired(listed, &own);
    let mut latest: BTreeMap<String, CountEntry> = BTreeMap::new();
    for entry in &entries {
        latest.insert(entry.item.clone(), entry.clone());
    }
    for item in &mut items {
        item.entry = latest.remove(&item.key);
    }
    // What no list has, and what a list had when it was counted.
    let gone = latest.into_iter().filter(|(_, entry)| entry.state.is_some());
    items.extend(gone.map(|(key, entry)| Item {
        key,
        filed: None,
        ledger: None,
        expected: false,
        entry: Some(entry),
        own: Arc::clone(&own),
    }));
    items.sort_by_cached_key(|item| {
        // By where the lists have it: a device that was found elsewhere keeps its line.
        let device = item.filed.as_ref().or(item.ledger.as_ref()).cloned().unwrap_or_else(|| item.device());
        let unit: u32 = device
            .u_pos
            .chars()
            .filter(char::is_ascii_digit)
            .take(3)
            .collect::<String>()
            .parse()
            .unwrap_or(0);
        (!item.expected, item.filed.is_none() && item.ledger.is_none(), device.rack, unit, item.key.clone())
    });
    Ok(Counted { items, filed, ledger, entries })
}

/// Each filed row with the ledger's row of the same device; the ledger's other rows by themselves.
fn paired(listed: Vec<Listed>, own: &Arc<BTreeSet<String>>) -> Vec<Item> {
    let (filed, ledger): (Vec<Listed>, Vec<Listed>) = listed.into_iter().partition(|l| l.filed);
    let mut pairs: Vec<(Option<Listed>, Option<Listed>)> =
        filed.into_iter().map(|f| (Some(f), None)).collect();
    let filed = pairs.len();
    for row in ledger {
        let mate =
            pairs[..filed].iter_mut().find(|(f, l)| l.is_none() && f.as_ref().is_some_and(|f| f.is(&row)));
        match mate {
            Some(pair) => pair.1 = Some(row),
            None => pairs.push((None, Some(row))),
        }
    }
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    let mut nameless = 0_u32;
    let mut items = Vec::with_capacity(pairs.len());
    for (filed, ledger) in pairs {
        let key = filed.as_ref().and_then(Listed::key).or_else(|| ledger.as_ref().and_then(Listed::key));
        let key = key.unwrap_or_else(|| {
            nameless += 1;
            format!("i:{nameless}")
        });
        let times = used.entry(key.clone()).or_default();
        *times += 1;
        let key = if *times > 1 { format!("{key}#{times}") } else { key };
        let expected = filed.is_some() || ledger.as_ref().is_some_and(|l| l.placed);
        items.push(Item {
            key,
            filed: filed.map(|l| l.device),
            ledger: ledger.map(|l| l.device),
            expected,
            entry: None,
            own: Arc::clone(own),
        });
    }
    items
}

fn unreadable(what: impl std::fmt::Display) -> AppError {
    AppError::new("count_unreadable").with("what", what)
}

/// The procedure that reads the count, and its fragment with the keys and the place of every row.
///
/// # Errors
/// `count_unreadable` without one.
pub(super) fn reading(desk: &Desk) -> Result<(&Procedure, &str), AppError> {
    let named =
        desk.bundle.procedures.iter().find_map(|p| Some((&p.procedure, p.procedure.count.as_deref()?)));
    named.ok_or_else(|| unreadable("count"))
}

/// Names that mean the firm: its own, and those of the procedure's parameter.
fn own_names(desk: &Desk) -> Result<BTreeSet<String>, AppError> {
    let (procedure, _) = reading(desk)?;
    let words = procedure.parameters.iter().find(|p| p.key == OWN_NAMES).map(|p| &p.value);
    let mut out = BTreeSet::from([norm_firm(&desk.exam()?.store.exam()?.firm)]);
    if let Some(ParamValue::List(words)) = words {
        out.extend(words.iter().map(|word| norm_firm(word)));
    }
    Ok(out)
}

/// The rows of the lists that were filed and of the ledger.
fn listed(desk: &Desk) -> Result<Vec<Listed>, AppError> {
    let open = desk.exam()?;
    if open.store.datasets()?.iter().all(|state| state.key != DATASET) {
        return Ok(Vec::new());
    }
    let (procedure, placed) = reading(desk)?;
    let exam = open.store.exam()?;
    let own = procedure.parameters.iter().map(|p| (p.key.clone(), p.value.clone()));
    let given: Vec<(String, ParamValue)> = own.chain(given(exam.as_of, exam.period, &exam.firm)).collect();
    let store = VaultStore(open.store.reader(Watch::alone().question())?);
    for fragment in &procedure.fragments {
        store.keep(&fragment.name, &fragment.sql, &given).map_err(unreadable)?;
        if fragment.name == placed {
            break;
        }
    }
    let columns = Device::COLUMNS.join(", ");
    let sql = format!(
        "SELECT _id, origin, s, p, r, scope, {columns} FROM {placed} WHERE origin IN ('FILED', 'LEDGER') ORDER BY _id"
    );
    let mut out = Vec::new();
    let mut each = |_: i64, cells: Vec<(String, Option<String>)>| {
        let mut cells = cells.into_iter().map(|(_, value)| value);
        let mut next = || cells.next().flatten();
        let filed = next().as_deref() == Some("FILED");
        let keys = [next(), next(), next()];
        let placed = next().as_deref() == Some("in");
        let device = Device::of(std::array::from_fn(|_| next().unwrap_or_default()));
        out.push(Listed { filed, device, keys, placed });
    };
    store.rows(&sql, &given, &mut each).map_err(unreadable)?;
    Ok(out)
}
