//! Evidence in custody: taking files in, completing the index, handing copies out.

use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::{io_word, make_parent, write_beside_with};
use crate::view;
use crate::wire::{
    EvidenceAbout, EvidenceAddRequest, EvidenceChangeRequest, EvidenceExportRequest, EvidenceView, ExportView,
};
use fieldbook_model::{ClauseId, Confidentiality, Evidence, Finding, Moment};
use std::path::Path;

/// The index of the evidence.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn evidence(desk: &Desk) -> Result<Vec<EvidenceView>, AppError> {
    let open = desk.exam()?;
    let (findings, case_no) = (open.store.findings()?, open.store.exam()?.case_no);
    Ok(open.store.evidence()?.iter().map(|e| evidence_view(e, &findings, &case_no)).collect())
}

fn one(desk: &Desk, id: i64) -> Result<EvidenceView, AppError> {
    let unknown = || AppError::new("unknown_evidence").with("number", fieldbook_model::evidence_number(id));
    evidence(desk)?.into_iter().find(|e| i64::from(e.id) == id).ok_or_else(unknown)
}

fn evidence_view(e: &Evidence, findings: &[Finding], case_no: &str) -> EvidenceView {
    let resting = findings.iter().filter(|f| f.evidence.contains(&e.id));
    EvidenceView {
        id: view::small(e.id),
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

/// Takes a file into custody; draft findings may rest on it at once.
///
/// # Errors
/// `required` without a source, `unreadable_file`, `evidence_kept`, `unknown_clause`, `unknown_finding`, `not_a_draft`,
/// `signed_off`, or the store's.
pub fn evidence_add(desk: &mut Desk, request: &EvidenceAddRequest) -> Result<EvidenceView, AppError> {
    let path = Path::new(request.path.trim());
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let format = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let unreadable =
        |e: std::io::Error| AppError::new("file_not_read").with("file", &name).with("what", io_word(&e));
    let now = desk.host.now();
    let by = desk.exam()?.examiner.clone();
    let blank = Evidence {
        id: 0,
        name: name.clone(),
        source: String::new(),
        acquired_by: String::new(),
        acquired_at: now,
        format,
        pages: None,
        sha256: String::new(),
        size: 0,
        kept_at: String::new(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: Vec::new(),
        by,
        at: now,
    };
    let about = described(desk, &request.about, blank)?;
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(AppError::new("file_not_read").with("file", &name).with("what", "不是檔案"));
    }
    let open = desk.exam_mut()?;
    let mut findings = open.store.findings()?;
    let wanted: Vec<i64> = request.findings.iter().map(|n| i64::from(*n)).collect();
    if wanted.iter().any(|no| !findings.iter().any(|f| f.no == *no)) {
        return Err(AppError::new("unknown_finding"));
    }
    findings.retain(|f| wanted.contains(&f.no));
    if findings.iter().any(|f| !f.status.is_open()) {
        return Err(AppError::new("not_a_draft"));
    }
    let kept = open.store.add_evidence(&about, &mut file)?;
    for mut finding in findings {
        finding.evidence.push(kept.id);
        finding.by.clone_from(&open.examiner);
        finding.at = now;
        open.store.save_finding(&finding)?;
    }
    desk.saved();
    one(desk, kept.id)
}

/// Completes what the index says of a piece; its bytes are never changed.
///
/// # Errors
/// `required`, `unknown_evidence`, `unknown_clause`, `bad_date`, `signed_off`, or the store's.
pub fn evidence_change(desk: &mut Desk, request: &EvidenceChangeRequest) -> Result<EvidenceView, AppError> {
    let id = i64::from(request.id);
    let unknown = || AppError::new("unknown_evidence").with("number", fieldbook_model::evidence_number(id));
    let kept = desk.exam()?.store.evidence()?.into_iter().find(|e| e.id == id).ok_or_else(unknown)?;
    let now = desk.host.now();
    let by = desk.exam()?.examiner.clone();
    let changed = described(desk, &request.about, Evidence { by, at: now, ..kept })?;
    desk.exam_mut()?.store.change_evidence(&changed)?;
    desk.saved();
    one(desk, id)
}

/// Writes a copy of a piece, byte for byte.
///
/// # Errors
/// `unknown_evidence`, `export_failed`, `vault_damaged` when it is not what was taken in, or the store's.
pub fn evidence_export(desk: &Desk, request: &EvidenceExportRequest) -> Result<ExportView, AppError> {
    let path = Path::new(request.path.trim());
    if request.path.trim().is_empty() {
        return Err(AppError::new("required").with("field", "匯出位置"));
    }
    let store = &desk.exam()?.store;
    make_parent(path)?;
    let file = write_beside_with(path, |to| Ok(store.evidence_bytes(i64::from(request.id), to)?))?;
    Ok(ExportView { files: vec![file] })
}
