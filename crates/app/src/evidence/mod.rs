//! Evidence in custody: the index, completing it, handing copies out.

mod chain;
mod preview;
mod take;

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::{make_parent, write_beside_with};
use crate::view;
use crate::wire::{EvidenceAbout, EvidenceChangeRequest, EvidenceExportRequest, EvidenceView, ExportView};
use fieldbook_model::{ClauseId, CustodyEntry, CustodyEvent, Evidence, Finding, Moment, last_move};
use fieldbook_vault::VaultAct;
use std::path::Path;

pub use chain::{evidence_custody, evidence_record};
pub(crate) use preview::{OpenPreview, Shown, excess, feeder, grid_view, picture_view, text_view};
pub use preview::{evidence_grid, evidence_page, evidence_preview, evidence_text, evidence_thumbnail};
pub use take::{evidence_add, evidence_look, evidence_take};

/// The index of the evidence.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn evidence(desk: &Desk) -> Result<Vec<EvidenceView>, AppError> {
    let open = desk.exam()?;
    let (findings, case_no) = (open.store.findings()?, open.store.exam()?.case_no);
    let custody = open.store.custody()?;
    let view = |e: &Evidence| {
        let from = custody.partition_point(|c| c.evidence < e.id);
        let to = custody.partition_point(|c| c.evidence <= e.id);
        let moved = custody.get(from..to).and_then(last_move);
        evidence_view(e, &findings, &case_no, moved)
    };
    Ok(open.store.evidence()?.iter().map(view).collect())
}

fn one(desk: &Desk, id: i64) -> Result<EvidenceView, AppError> {
    let unknown = || AppError::new("unknown_evidence").with("number", fieldbook_model::evidence_number(id));
    evidence(desk)?.into_iter().find(|e| e.id == id).ok_or_else(unknown)
}

fn evidence_view(
    e: &Evidence,
    findings: &[Finding],
    case_no: &str,
    moved: Option<&CustodyEntry>,
) -> EvidenceView {
    let resting = findings.iter().filter(|f| f.evidence.contains(&e.id));
    EvidenceView {
        id: e.id,
        number: e.number(),
        name: e.name.clone(),
        source: e.source.clone(),
        acquired_by: e.acquired_by.clone(),
        acquired_at: dates::moment(e.acquired_at),
        format: e.format.clone(),
        pages: e.pages,
        sha256: e.sha256.clone(),
        size: view::number(e.size),
        kept_at: e.kept_at.clone(),
        confidentiality: e.confidentiality.into(),
        returned: e.returned.clone(),
        moved: moved.map(|c| c.event.into()),
        moved_at: moved.map(|c| dates::moment(c.happened_at)),
        holder: moved.map(|c| c.to.clone()).unwrap_or_default(),
        clauses: e.clauses.iter().map(ClauseId::to_string).collect(),
        findings: resting.map(|f| f.number(case_no)).collect(),
        by: e.by.clone(),
        at: dates::moment(e.at),
    }
}

/// What the request says of a piece, laid over what is known.
fn described(desk: &Desk, about: &EvidenceAbout, of: Evidence) -> Result<Evidence, AppError> {
    let text = |given: &str| given.trim().to_owned();
    let clauses = about
        .clauses
        .iter()
        .map(|c| view::clause(&desk.bundle, c).map(|k| k.id.clone()))
        .collect::<Result<Vec<_>, _>>()?;
    let acquired_at: Moment = match about.acquired_at.trim() {
        "" => of.acquired_at,
        given => given.parse().map_err(|_| AppError::new("bad_date").with("field", "取得時間"))?,
    };
    if about.source.trim().is_empty() {
        return Err(AppError::new("required").with("field", "來源／提供人"));
    }
    Ok(Evidence {
        name: if about.name.trim().is_empty() { of.name } else { text(&about.name) },
        source: text(&about.source),
        acquired_by: text(&about.acquired_by),
        acquired_at,
        pages: about.pages,
        kept_at: text(&about.kept_at),
        confidentiality: about.confidentiality.map_or(of.confidentiality, Into::into),
        returned: text(&about.returned),
        clauses,
        ..of
    })
}

/// Completes what the index says of a piece; its bytes are never changed.
///
/// # Errors
/// `required`, `unknown_evidence`, `unknown_clause`, `bad_date`, `signed_off`, or the store's.
pub fn evidence_change(desk: &mut Desk, request: &EvidenceChangeRequest) -> Result<EvidenceView, AppError> {
    let id = request.id;
    let unknown = || AppError::new("unknown_evidence").with("number", fieldbook_model::evidence_number(id));
    let kept = desk.exam()?.store.evidence()?.into_iter().find(|e| e.id == id).ok_or_else(unknown)?;
    let now = desk.host.now();
    let by = desk.exam()?.examiner.clone();
    let changed = described(desk, &request.about, Evidence { by, at: now, ..kept })?;
    desk.exam_mut()?.store.change_evidence(&changed)?;
    desk.saved();
    one(desk, id)
}

/// Writes a copy of a piece, byte for byte. That it was made is recorded before it has its name: no copy is outside
/// without an entry.
///
/// # Errors
/// `unknown_evidence`, `export_failed`, `vault_damaged` when it is not what was taken in, or the store's.
pub fn evidence_export(desk: &mut Desk, request: &EvidenceExportRequest) -> Result<ExportView, AppError> {
    let path = Path::new(request.path.trim());
    if request.path.trim().is_empty() {
        return Err(AppError::new("required").with("field", "匯出位置"));
    }
    let id = request.id;
    let entry = CustodyEntry {
        place: path.to_string_lossy().into_owned(),
        ..chain::blank(desk, id, CustodyEvent::CopiedOut)?
    };
    desk.exam()?;
    let (Some(open), Some(vault)) = (desk.exam.as_mut(), desk.vault.as_mut()) else {
        return Err(AppError::new("no_exam"));
    };
    make_parent(path)?;
    let file = write_beside_with(path, |to| {
        open.store.evidence_bytes(id, to)?;
        if open.store.is_sealed() {
            let act = VaultAct::EvidenceCopied(open.store.id(), id, &entry.place);
            vault.vault.record_act(&act, &entry.by, entry.at)?;
        } else {
            open.store.record_custody(&entry)?;
        }
        Ok(())
    })?;
    desk.saved();
    Ok(ExportView { files: vec![file] })
}
