//! 主機共置設備盤點: what was filed, what the ledger has, what stands there.

use super::words::CountState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A device as one list or the examiner has it. Empty where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountDevice {
    /// 設備名稱.
    pub name: String,
    /// 廠牌型號.
    pub model: String,
    /// 序號.
    pub serial: String,
    /// 財產編號.
    pub property_no: String,
    /// 機櫃.
    pub rack: String,
    /// U 位.
    pub u_pos: String,
    /// 擁有者.
    pub owner: String,
    /// 軟體所有人.
    pub software_owner: String,
}

/// A device of the count.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountItemView {
    /// Key, to name it in requests.
    pub key: String,
    /// As it is shown: what the examiner saw, else as filed, else as the ledger has it.
    pub device: CountDevice,
    /// As filed; `null` when it was not.
    pub filed: Option<CountDevice>,
    /// As the ledger has it; `null` when it does not.
    pub ledger: Option<CountDevice>,
    /// Whether a list places it in the co-location racks. What is not expected is found by searching only.
    pub expected: bool,
    /// What the examiner saw; `null` so far.
    pub state: Option<CountState>,
    /// Whose owner is the firm itself, however it is written: `filed`, `ledger`, `seen`.
    pub ours: Vec<String>,
    /// Where it differs from what was filed: `rack`, `u_pos`, `owner`.
    pub differs: Vec<String>,
    /// 備註.
    pub note: String,
    /// Who counted it; empty so far.
    pub by: String,
    /// When; empty so far.
    pub at: String,
}

/// What became of the count as data of the exam.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountFedView {
    /// When.
    pub at: String,
    /// Rows.
    pub rows: u32,
    /// Whether nothing was counted since.
    pub current: bool,
}

/// The count.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CountView {
    /// Devices: expected ones by rack and U position, then the others.
    pub items: Vec<CountItemView>,
    /// Rows of the list that was filed.
    pub filed: u32,
    /// Rows of the ledger.
    pub ledger: u32,
    /// Expected devices.
    pub expected: u32,
    /// Expected devices that were found.
    pub found: u32,
    /// Devices that were not found.
    pub not_found: u32,
    /// Devices that no list has.
    pub not_listed: u32,
    /// Expected devices not looked for yet.
    pub open: u32,
    /// Whether there is something to take back.
    pub undo: Option<String>,
    /// What the tests read of it; `null` before it was handed over.
    pub fed: Option<CountFedView>,
}

/// Notes what was seen of a device.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CountMarkRequest {
    /// Key of the device; `null` for one that no list has.
    pub key: Option<String>,
    /// What was seen; `null` takes a mark back.
    pub state: Option<CountState>,
    /// The device as it stands there; `null` as the lists have it.
    pub device: Option<CountDevice>,
    /// 備註.
    pub note: String,
}
