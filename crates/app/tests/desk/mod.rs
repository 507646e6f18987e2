//! A world for tests of the shared desk: a vault in a temporary folder, a clock that the test turns.

// Each test program takes what it needs of it.
#![allow(dead_code)]

use fieldbook_app::wire::LockedByWord;
use fieldbook_app::{Clipboard, Desk, Host, SharedDesk};
use jiff::SignedDuration;
use jiff::civil::date;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const PASSPHRASE: &str = "only-invented-data-in-here";

/// Seconds on the wall and in ticks.
#[derive(Default)]
pub struct Clocks {
    wall: AtomicI64,
    ticks: AtomicU64,
}

impl Clocks {
    /// Both go on.
    pub fn pass(&self, seconds: u64) {
        self.wall.fetch_add(i64::try_from(seconds).expect("small"), Ordering::Relaxed);
        self.ticks.fetch_add(seconds, Ordering::Relaxed);
    }

    /// The machine sleeps: only the one on the wall goes on.
    pub fn sleep(&self, seconds: i64) {
        self.wall.fetch_add(seconds, Ordering::Relaxed);
    }
}

#[derive(Clone, Default)]
pub struct Board(pub Arc<Mutex<Option<String>>>);

impl Clipboard for Board {
    fn put(&mut self, text: &str) -> bool {
        *self.0.lock().expect("not poisoned") = Some(text.to_owned());
        true
    }
    fn text(&mut self) -> Option<String> {
        self.0.lock().expect("not poisoned").clone()
    }
    fn clear(&mut self) {
        *self.0.lock().expect("not poisoned") = None;
    }
}

pub fn host(folder: &Path, clocks: &Arc<Clocks>) -> Host {
    let counter = AtomicU64::new(1);
    let entropy = move |buffer: &mut [u8]| {
        for byte in buffer {
            let n = counter.fetch_add(1, Ordering::Relaxed);
            *byte = n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()[0];
        }
    };
    let (wall, ticks) = (Arc::clone(clocks), Arc::clone(clocks));
    let now = move || {
        date(2026, 3, 2).at(9, 0, 0, 0) + SignedDuration::from_secs(wall.wall.load(Ordering::Relaxed))
    };
    Host {
        clock: Arc::new(now),
        ticks: Arc::new(move || Duration::from_secs(ticks.ticks.load(Ordering::Relaxed))),
        entropy: Arc::new(entropy),
        suggested_dir: folder.join("vault"),
        operator: "操作者".to_owned(),
        fonts: Vec::new(),
        work_factor: fieldbook_vault::MIN_WORK_FACTOR,
        keystore: None,
        book_reader: None,
    }
}

/// A shared desk with nothing open, its clocks and its clipboard.
pub fn shared(folder: &Path) -> (Arc<SharedDesk>, Arc<Clocks>, Board) {
    let (clocks, board) = (Arc::new(Clocks::default()), Board::default());
    let desk = Desk::new(host(folder, &clocks)).expect("a desk");
    (Arc::new(SharedDesk::new(desk, Box::new(board.clone()))), clocks, board)
}

/// Asks, and wants an answer.
pub fn ask(desk: &SharedDesk, name: &str, request: Value) -> Value {
    desk.call(name, request, &mut |_| ()).unwrap_or_else(|e| panic!("{name}: {}", e.message))
}

/// Asks, and wants a refusal; gives its code.
pub fn refused(desk: &SharedDesk, name: &str, request: Value) -> String {
    desk.call(name, request, &mut |_| ()).map_or_else(|e| e.code, |view| panic!("{name}: {view}"))
}

/// A new vault, its recovery identity confirmed not.
pub fn create(desk: &SharedDesk, folder: &Path) {
    let dir = folder.join("vault");
    ask(desk, "vault_create", json!({ "dir": dir, "passphrase": PASSPHRASE }));
}

/// A new exam, open.
pub fn exam(desk: &SharedDesk) -> Value {
    ask(
        desk,
        "exam_create",
        json!({ "firm": "丙丁期貨股份有限公司", "case_no": "115-期-0001", "as_of": "2020-12-31",
            "period_from": "2020-01-01", "period_to": "2020-12-31", "examiners": ["查核員甲", "查核員乙"] }),
    )
}

/// Why the vault was locked, as the unlock screen is told.
pub fn locked_by(desk: &SharedDesk) -> Option<LockedByWord> {
    serde_json::from_value(ask(desk, "session", Value::Null)["locked_by"].clone()).expect("a word")
}
