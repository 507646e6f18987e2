//! 主機共置設備盤點: what an examiner saw in the racks.

use crate::date::Moment;

/// What was seen of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CountState {
    /// It stands there.
    Found,
    /// It does not.
    NotFound,
    /// It stands there, and no list has it.
    NotListed,
}

/// A device as a list or an examiner describes it; empty where nothing is said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Device {
    /// 設備名稱.
    pub name: String,
    /// 廠牌型號.
    pub model: String,
    /// 序號.
    pub serial: String,
    /// 財產編號.
    pub property_no: String,
    /// 機櫃位置.
    pub rack: String,
    /// U位.
    pub u_pos: String,
    /// 擁有者.
    pub owner: String,
    /// 軟體所有人.
    pub software_owner: String,
}

impl Device {
    /// Keys of the columns of the dataset `assets` in the order of the fields.
    pub const COLUMNS: [&str; 8] =
        ["name", "model", "serial", "property_no", "rack", "u_pos", "owner", "software_owner"];

    /// The fields in the order of [`COLUMNS`](Self::COLUMNS).
    #[must_use]
    pub fn fields(&self) -> [&str; 8] {
        [
            &self.name,
            &self.model,
            &self.serial,
            &self.property_no,
            &self.rack,
            &self.u_pos,
            &self.owner,
            &self.software_owner,
        ]
    }

    /// A device of these fields.
    #[must_use]
    pub fn of(fields: [String; 8]) -> Self {
        let [name, model, serial, property_no, rack, u_pos, owner, software_owner] = fields;
        Self { name, model, serial, property_no, rack, u_pos, owner, software_owner }
    }
}

/// A step of the count. Steps are never changed; the latest one of a device holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountEntry {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// Key of the device.
    pub item: String,
    /// What was seen; `None` takes an earlier mark back.
    pub state: Option<CountState>,
    /// The device as it stands there, or as the lists had it when it was marked.
    pub device: Device,
    /// 備註.
    pub note: String,
    /// The step that this one takes back.
    pub undoes: Option<i64>,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}
