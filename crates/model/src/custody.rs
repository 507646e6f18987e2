//! 監管鏈: what happened to a piece of evidence, in the words of ISO/IEC 27037:2012, 6.1 (chain of custody).

use crate::date::Moment;

/// What happened. What is written of the original is about the thing itself, a paper or a carrier: the bytes that are
/// kept here never change and never leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CustodyEvent {
    /// 收存: collected or acquired, and preserved here.
    TakenIn,
    /// 移交: the original went from one person to another.
    HandedOver,
    /// 複製: a copy was written outside.
    CopiedOut,
    /// 檢視: somebody looked at it; once a person and day.
    Viewed,
    /// 歸還: the original went back to whom it came from.
    Returned,
    /// 銷毀: the original was destroyed.
    Destroyed,
    /// 註記: what the index said of returning or destroying before such acts were recorded one by one.
    Noted,
}

impl CustodyEvent {
    /// Every event.
    pub const ALL: [Self; 7] = [
        Self::TakenIn,
        Self::HandedOver,
        Self::CopiedOut,
        Self::Viewed,
        Self::Returned,
        Self::Destroyed,
        Self::Noted,
    ];

    /// Whether a person records it; the others are recorded with the act itself.
    #[must_use]
    pub fn is_told(self) -> bool {
        matches!(self, Self::HandedOver | Self::Returned | Self::Destroyed)
    }

    /// Whether the original is out of custody afterwards.
    #[must_use]
    pub fn ends_custody(self) -> bool {
        matches!(self, Self::Returned | Self::Destroyed)
    }
}

/// One entry of the chain of custody. Entries are never changed and never taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustodyEntry {
    /// Number within the exam, from 1; 0 before it is stored.
    pub id: i64,
    /// Number of the piece.
    pub evidence: i64,
    /// What happened.
    pub event: CustodyEvent,
    /// 移交人: from whom.
    pub from: String,
    /// 接收人: to whom.
    pub to: String,
    /// 地點: where; of a copy, the file that was written.
    pub place: String,
    /// 目的.
    pub purpose: String,
    /// 狀態: in which condition.
    pub condition: String,
    /// 封條編號.
    pub seal: String,
    /// 收據／銷毀紀錄編號.
    pub receipt: String,
    /// SHA-256 of the bytes kept here at that moment, lower-case hex.
    pub sha256: String,
    /// When it happened.
    pub happened_at: Moment,
    /// Examiner who recorded it.
    pub by: String,
    /// When it was recorded.
    pub at: Moment,
}

/// The entry that says where the original is: the last one that moved it. `None` while nothing did.
#[must_use]
pub fn last_move(entries: &[CustodyEntry]) -> Option<&CustodyEntry> {
    entries.iter().rev().find(|e| e.event.is_told())
}
