//! The chain of custody (ISO/IEC 27037:2012, 6.1): reading it, and recording what happened to an original.

use super::one;
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::{CustodyEntryView, CustodyRequest, EvidenceRequest, EvidenceView};
use fieldbook_model::{CustodyEntry, CustodyEvent};

/// An entry of now without words.
pub(super) fn blank(desk: &Desk, evidence: i64, event: CustodyEvent) -> Result<CustodyEntry, AppError> {
    let now = desk.host.now();
    let by = desk.exam()?.examiner.clone();
    Ok(CustodyEntry {
        id: 0,
        evidence,
        event,
        from: String::new(),
        to: by.clone(),
        place: String::new(),
        purpose: String::new(),
        condition: String::new(),
        seal: String::new(),
        receipt: String::new(),
        sha256: String::new(),
        happened_at: now,
        by,
        at: now,
    })
}

/// The chain of custody of a piece, in the order of recording.
///
/// # Errors
/// `unknown_evidence`, or the store's.
pub fn evidence_custody(desk: &Desk, request: &EvidenceRequest) -> Result<Vec<CustodyEntryView>, AppError> {
    let id = request.id;
    one(desk, id)?;
    let own = desk.exam()?.store.custody()?.into_iter().filter(|c| c.evidence == id);
    Ok(own.map(entry_view).collect())
}

fn entry_view(c: CustodyEntry) -> CustodyEntryView {
    CustodyEntryView {
        id: c.id,
        event: c.event.into(),
        from: c.from,
        to: c.to,
        place: c.place,
        purpose: c.purpose,
        condition: c.condition,
        seal: c.seal,
        receipt: c.receipt,
        sha256: c.sha256,
        happened_at: dates::moment(c.happened_at),
        by: c.by,
        at: dates::moment(c.at),
    }
}

/// Records that an original was handed over, returned or destroyed. Nothing of it can be changed afterwards.
///
/// # Errors
/// `required` without a person who took it, or without the number of the receipt or record; `bad_custody` for what is
/// recorded with its own act; `bad_date`, `unknown_evidence`, `out_of_custody`, or the store's.
pub fn evidence_record(desk: &mut Desk, request: &CustodyRequest) -> Result<EvidenceView, AppError> {
    let event: CustodyEvent = request.event.into();
    if !event.is_told() {
        return Err(AppError::new("bad_custody"));
    }
    let text = |given: &str| given.trim().to_owned();
    let required = |field: &str| Err(AppError::new("required").with("field", field));
    let id = request.id;
    let kept = one(desk, id)?;
    if text(&request.to).is_empty() && event != CustodyEvent::Destroyed {
        return required("接收人");
    }
    if text(&request.receipt).is_empty() && event.ends_custody() {
        return required("收據／銷毀紀錄編號");
    }
    let now = blank(desk, id, event)?;
    let happened_at = match request.happened_at.trim() {
        "" => now.at,
        given => given.parse().map_err(|_| AppError::new("bad_date").with("field", "時間"))?,
    };
    let from = match text(&request.from) {
        // Whoever had it last, or took it in.
        given if given.is_empty() && kept.holder.is_empty() => kept.by,
        given if given.is_empty() => kept.holder,
        given => given,
    };
    let entry = CustodyEntry {
        from,
        to: text(&request.to),
        place: text(&request.place),
        purpose: text(&request.purpose),
        condition: text(&request.condition),
        seal: text(&request.seal),
        receipt: text(&request.receipt),
        happened_at,
        ..now
    };
    desk.exam_mut()?.store.record_custody(&entry)?;
    desk.saved();
    one(desk, id)
}
