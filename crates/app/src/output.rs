//! What leaves the vault: the gate before it, working papers, the report.

use crate::checklist::Sheet;
use crate::desk::Desk;
use crate::dossier::{FONTS, dossier};
use crate::error::AppError;
use crate::export::{export_failed, make_parent, write_beside};
use crate::view;
use crate::wire::{ExportRequest, ExportView, GateLineView, GateView};
use fieldbook_model::{Applicability, Completeness, DispositionKind, FindingStatus, ItemResult};
use fieldbook_report::{Dossier, ReportError};
use std::path::Path;

/// What still stands in the way of the final report.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn gate(desk: &Desk) -> Result<GateView, AppError> {
    let dossier = dossier(desk, true)?;
    let blocking = blocking(desk, &dossier)?;
    let glyphs = fieldbook_report::missing_glyphs(&dossier, &FONTS).map_err(|e| render(&e))?;
    Ok(GateView {
        ready: blocking.is_empty(),
        blocking,
        missing_glyphs: glyphs.into_iter().map(String::from).collect(),
    })
}

fn blocking(desk: &Desk, d: &Dossier) -> Result<Vec<GateLineView>, AppError> {
    let open = desk.exam()?;
    let mut out = Vec::new();
    let mut line = |kind: &str, count: usize, what: String| {
        if count > 0 {
            out.push(GateLineView { kind: kind.into(), what, count: view::small(count) });
        }
    };
    let undetermined =
        d.items.iter().filter(|i| i.decision.applicability == Applicability::Undetermined).count();
    line("items_undetermined", undetermined, format!("{undetermined} 個項目的適用性待確認"));

    let sheet = Sheet::of(desk)?;
    let applicable = || {
        open.items.iter().filter(|i| {
            !matches!(i.decision.applicability, Applicability::NotApplicable | Applicability::Undetermined)
        })
    };
    let unanswered = applicable().filter(|i| sheet.result(i) == ItemResult::NotExamined).count();
    line("items_open", unanswered, format!("{unanswered} 個適用項目尚未查核"));

    let cited = |id| {
        d.findings
            .iter()
            .any(|f| f.finding.status != FindingStatus::Withdrawn && f.finding.clauses.contains(id))
    };
    let orphans = applicable()
        .filter(|i| sheet.result(i).fails())
        .filter(|i| !cited(&i.clause) && !sheet.given(i).iter().any(|a| !a.note.is_empty()))
        .count();
    line("no_finding_for_answer", orphans, format!("{orphans} 個不符合項目沒有缺失，也沒有說明"));

    let awaited =
        open.items.iter().filter(|i| sheet.answers(&i.clause).iter().any(|a| a.awaited.is_some())).count();
    line("items_awaited", awaited, format!("{awaited} 個項目尚待受查單位補資料"));

    let undecided = usize::try_from(crate::audit::undecided(&open.store, None)?).unwrap_or(usize::MAX);
    line("exceptions_open", undecided, format!("{undecided} 筆例外尚未處置"));

    let unlinked = d
        .tests
        .iter()
        .flat_map(|t| &t.exceptions)
        .filter(|r| r.disposition.as_ref().is_some_and(|x| x.kind == DispositionKind::Confirmed))
        .filter(|r| !d.findings.iter().any(|f| f.rows.iter().any(|linked| linked.key == r.key)))
        .count();
    line("confirmed_without_finding", unlinked, format!("{unlinked} 筆已確認的例外未列入任何缺失"));

    let drafts = d.findings.iter().filter(|f| f.finding.status == FindingStatus::Draft).count();
    line("finding_incomplete", drafts, format!("{drafts} 則缺失尚未定稿"));

    let partial = d.tests.iter().filter(|t| t.run.completeness == Completeness::Incomplete).count();
    line("incomplete_population", partial, format!("{partial} 項測試的母體筆數與受查單位所述不符"));
    Ok(out)
}

/// Writes the set of Excel working papers into a folder, which is made when it is not there.
///
/// # Errors
/// `render_failed`, `export_failed`, or the store's.
pub fn papers(desk: &Desk, request: &ExportRequest) -> Result<ExportView, AppError> {
    let dir = target(&request.path)?;
    let files = fieldbook_report::working_papers(&dossier(desk, request.draft)?).map_err(|e| render(&e))?;
    std::fs::create_dir_all(dir).map_err(|e| export_failed(&e))?;
    let files = files.iter().map(|f| write_beside(&dir.join(&f.name), &f.bytes)).collect::<Result<_, _>>()?;
    Ok(ExportView { files })
}

/// Writes the PDF report; its folder is made when it is not there.
///
/// # Errors
/// `gate_closed` for a final report, `render_failed`, `export_failed`, or the store's.
pub fn report(desk: &Desk, request: &ExportRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let dossier = dossier(desk, request.draft)?;
    if !request.draft {
        let lines = blocking(desk, &dossier)?;
        if !lines.is_empty() {
            return Err(AppError::new("gate_closed").with("count", lines.len()));
        }
    }
    let bytes = fieldbook_report::report_pdf(&dossier, &FONTS).map_err(|e| render(&e))?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &bytes)?] })
}

fn target(path: &str) -> Result<&Path, AppError> {
    if path.trim().is_empty() {
        Err(AppError::new("required").with("field", "匯出位置"))
    } else {
        Ok(Path::new(path))
    }
}

fn render(e: &ReportError) -> AppError {
    AppError::new("render_failed").with("what", e)
}

/// The journal with its checkpoint.
pub struct Journal {
    /// Entries, oldest first.
    pub entries: Vec<JournalLine>,
    /// Number of entries.
    pub size: u64,
    /// Merkle root (RFC 6962), lower-case hex.
    pub root: String,
}

/// One entry of the journal.
pub struct JournalLine {
    /// Number, from 1.
    pub seq: u64,
    /// When.
    pub at: String,
    /// Who.
    pub by: String,
    /// What was done.
    pub action: String,
    /// To what.
    pub subject: String,
}

/// The whole journal of the open exam, every entry checked.
///
/// # Errors
/// `vault_damaged` when an entry is not what was recorded, or the store's.
pub fn journal(desk: &Desk) -> Result<Journal, AppError> {
    let open = desk.exam()?;
    let checkpoint = open.store.checkpoint()?;
    let entries = open.store.journal(0, checkpoint.size)?;
    Ok(Journal {
        entries: entries
            .into_iter()
            .map(|e| JournalLine {
                seq: e.seq,
                at: e.at.to_string(),
                by: e.by,
                action: e.action,
                subject: e.subject,
            })
            .collect(),
        size: checkpoint.size,
        root: checkpoint.root,
    })
}

/// Whether the journal extends a checkpoint `size:root`.
///
/// # Errors
/// `bad_call` when the text is no checkpoint, or the store's.
pub fn journal_extends(desk: &Desk, checkpoint: &str) -> Result<bool, AppError> {
    let bad = || AppError::new("bad_call").with("what", "size:root");
    let (size, root) = checkpoint.split_once(':').ok_or_else(bad)?;
    let size = size.parse().map_err(|_| bad())?;
    Ok(desk.exam()?.store.extends(&fieldbook_vault::Checkpoint { size, root: root.to_owned() })?)
}
