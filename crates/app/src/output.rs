//! What leaves the vault: the gate before it, working papers, reports, documents for other programs.

use crate::checklist::Sheet;
use crate::desk::Desk;
use crate::dossier::{dossier, with_fonts};
use crate::error::AppError;
use crate::export::{export_failed, make_parent, write_beside};
use crate::mask::masked;
use crate::settings::Settings;
use crate::view;
use crate::wire::{
    DocumentExportRequest, DocumentKind, ExportRequest, ExportView, GateLineView, GateView, PdfKind,
};
use fieldbook_model::{
    Applicability, Completeness, DispositionKind, FindingStatus, FindingType, ItemResult, SignRole,
    WHOLE_EXAM,
};
use fieldbook_report::{Dossier, PaperHash, ReportError};
use std::path::Path;

mod pages;
mod sheets;

pub(crate) use pages::{beside, held, not_shown};
pub use pages::{finding_pages, output_page, output_pages};
pub use sheets::{output_grid, output_paper, output_papers};

/// What still stands in the way of the final report.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn gate(desk: &Desk) -> Result<GateView, AppError> {
    desk.exam()?.gate.or(desk, || {
        let dossier = dossier(desk, true)?;
        let glyphs = glyphs(desk, &dossier)?;
        let blocking = blocking(desk, &dossier, &glyphs)?;
        Ok(GateView {
            ready: blocking.is_empty(),
            blocking,
            missing_glyphs: glyphs.into_iter().map(String::from).collect(),
        })
    })
}

fn glyphs(desk: &Desk, d: &Dossier) -> Result<Vec<char>, AppError> {
    with_fonts(desk, |fonts| fieldbook_report::missing_glyphs(d, fonts).map_err(|e| render(&e)))
}

/// The lines of the gate, as they are counted.
struct Lines(Vec<GateLineView>);

impl Lines {
    /// A line, where there is something to count; `what` follows the number.
    fn add(&mut self, kind: &str, count: usize, what: &str) {
        if count > 0 {
            let line = GateLineView { kind: kind.into(), what: what.into(), count: view::small(count) };
            self.0.push(line);
        }
    }
}

fn blocking(desk: &Desk, d: &Dossier, glyphs: &[char]) -> Result<Vec<GateLineView>, AppError> {
    let mut lines = Lines(Vec::new());
    of_items(desk, d, &mut lines)?;
    of_tests(desk, d, &mut lines)?;
    of_findings(d, &mut lines);
    of_review(desk, d, &mut lines)?;
    lines.add("glyphs", glyphs.len(), "個字元沒有可用字型");
    Ok(lines.0)
}

/// Items that nobody answered, or whose answers lead nowhere.
fn of_items(desk: &Desk, d: &Dossier, lines: &mut Lines) -> Result<(), AppError> {
    let open = desk.exam()?;
    let undetermined =
        d.items.iter().filter(|i| i.decision.applicability == Applicability::Undetermined).count();
    lines.add("items_undetermined", undetermined, "個項目的適用性待確認");
    let sheet = Sheet::of(desk)?;
    let applicable = || {
        open.items.iter().filter(|i| {
            !matches!(i.decision.applicability, Applicability::NotApplicable | Applicability::Undetermined)
        })
    };
    let unanswered = applicable().filter(|i| sheet.result(i) == ItemResult::NotExamined).count();
    lines.add("items_open", unanswered, "個適用項目尚未查核");
    let cited = |id| {
        d.findings
            .iter()
            .any(|f| f.finding.status != FindingStatus::Withdrawn && f.finding.clauses.contains(id))
    };
    let orphans = applicable()
        .filter(|i| sheet.result(i).fails())
        .filter(|i| !cited(&i.clause) && !sheet.given(i).iter().any(|a| !a.note.is_empty()))
        .count();
    lines.add("no_finding_for_answer", orphans, "個不符合項目沒有缺失，也沒有說明");
    let awaited =
        open.items.iter().filter(|i| sheet.answers(&i.clause).iter().any(|a| a.awaited.is_some())).count();
    lines.add("items_awaited", awaited, "個項目尚待受查單位補資料");
    Ok(())
}

/// Rows that nobody decided on, and tests over populations that are not whole.
fn of_tests(desk: &Desk, d: &Dossier, lines: &mut Lines) -> Result<(), AppError> {
    let undecided = crate::audit::undecided(&desk.exam()?.store, None)?;
    lines.add("exceptions_open", usize::try_from(undecided).unwrap_or(usize::MAX), "筆例外尚未處置");
    let unlinked = d
        .tests
        .iter()
        .flat_map(|t| &t.exceptions)
        .filter(|r| r.disposition.as_ref().is_some_and(|x| x.kind == DispositionKind::Confirmed))
        .filter(|r| !d.findings.iter().any(|f| f.rows.iter().any(|linked| linked.key == r.key)))
        .count();
    lines.add("confirmed_without_finding", unlinked, "筆已確認的例外未列入任何缺失");
    let partial = d.tests.iter().filter(|t| t.run.completeness == Completeness::Incomplete).count();
    lines.add("incomplete_population", partial, "項測試的母體筆數與受查單位所述不符");
    Ok(())
}

/// Findings that are not final, rest on nothing, or say what a later run does not.
fn of_findings(d: &Dossier, lines: &mut Lines) {
    let standing = || d.findings.iter().filter(|f| f.finding.status != FindingStatus::Withdrawn);
    let drafts = standing().filter(|f| !f.finding.status.is_settled()).count();
    lines.add("finding_incomplete", drafts, "則發現尚未定稿");
    let bare = standing().filter(|f| {
        let needs_criteria = matches!(f.finding.kind, FindingType::Deficiency | FindingType::Recommendation);
        f.paper_refs.is_empty() && f.evidence.is_empty() || needs_criteria && f.criteria.is_empty()
    });
    lines.add("finding_evidence", bare.count(), "則發現沒有證據或現行規範");
    let changed = standing().filter(|f| f.changed.is_some()).count();
    lines.add("finding_changed", changed, "則發現之筆數與最近一次執行不同");
}

/// Papers that nobody reviewed, notes that nobody cleared, and what the team lacks.
fn of_review(desk: &Desk, d: &Dossier, lines: &mut Lines) -> Result<(), AppError> {
    let contents = crate::review::contents_of(desk, d)?;
    let signed = |paper: &str| {
        let own = d.signed.iter().find(|s| s.paper == paper);
        own.and_then(|s| s.by(SignRole::Reviewer)).map(|s| s.content_sha256.as_str())
    };
    let (whole, papers): (Vec<_>, Vec<_>) = contents.iter().partition(|c| c.paper == WHOLE_EXAM);
    // Who signed the exam as a whole signed every paper of it.
    if signed(WHOLE_EXAM) != whole.first().map(|c| c.sha256.as_str()) {
        let unsigned = papers.iter().filter(|c| signed(&c.paper).is_none()).count();
        lines.add("papers_unsigned", unsigned, "份底稿尚未覆核簽署");
        let changed = papers.iter().filter(|c| signed(&c.paper).is_some_and(|s| s != c.sha256)).count();
        lines.add("paper_changed", changed, "份底稿於簽署後有變更");
    }
    let notes = d.notes.iter().filter(|n| n.clearance.is_none()).count();
    lines.add("notes_open", notes, "項覆核意見尚未清除");
    lines.add("qualification_gaps", d.team.gaps.len(), "項團隊資格、獨立性或保密事項尚未具備");
    Ok(())
}

/// The dossier as it may leave the house: personal data masked, unless the organisation said otherwise.
pub(crate) fn for_the_firm(desk: &Desk, dossier: Dossier) -> Result<Dossier, AppError> {
    Ok(if Settings::of(desk)?.mask { masked(dossier, &desk.bundle) } else { dossier })
}

/// Writes the set of Excel working papers into a folder, which is made when it is not there, and reads it back.
///
/// # Errors
/// `render_failed`, `export_incomplete` when something of the exam is not in it, `export_failed`, or the store's.
pub fn papers(desk: &Desk, request: &ExportRequest) -> Result<ExportView, AppError> {
    let dir = target(&request.path)?;
    let dossier = dossier(desk, request.draft)?;
    let files = fieldbook_report::working_papers(&dossier).map_err(|e| render(&e))?;
    if let Err(missing) = fieldbook_report::prove_papers(&dossier, &files) {
        return Err(AppError::new("export_incomplete").with("count", missing.len()));
    }
    std::fs::create_dir_all(dir).map_err(|e| export_failed(&e))?;
    let files = files.iter().map(|f| write_beside(&dir.join(&f.name), &f.bytes)).collect::<Result<_, _>>()?;
    Ok(ExportView { files })
}

/// Refuses a final document while something stands in the way.
fn through_the_gate(desk: &Desk, dossier: &Dossier) -> Result<(), AppError> {
    let lines = blocking(desk, dossier, &glyphs(desk, dossier)?)?;
    if dossier.draft || lines.is_empty() {
        return Ok(());
    }
    Err(AppError::new("gate_closed").with("count", lines.len()))
}

/// The hashes of the working papers as they would be written now.
fn hashes(dossier: &Dossier) -> Vec<PaperHash> {
    let contents = fieldbook_report::paper_contents(dossier).into_iter();
    contents.map(|c| PaperHash { paper: c.paper, title: c.title, sha256: c.sha256 }).collect()
}

/// The dossier for a document that is handed out, when the gate lets it pass.
fn handed_out(desk: &Desk, draft: bool) -> Result<Dossier, AppError> {
    let dossier = dossier(desk, draft)?;
    if !draft {
        through_the_gate(desk, &dossier)?;
    }
    let paper_hashes = hashes(&dossier);
    for_the_firm(desk, Dossier { paper_hashes, ..dossier })
}

/// Writes the PDF report; its folder is made when it is not there.
///
/// # Errors
/// `gate_closed` for a final report, `render_failed`, `export_failed`, or the store's.
pub fn report(desk: &Desk, request: &ExportRequest) -> Result<ExportView, AppError> {
    written(&request.path, || pdf(desk, PdfKind::Report, request.draft))
}

/// Writes a document where a request says; its folder is made when it is not there.
fn written(path: &str, make: impl FnOnce() -> Result<Vec<u8>, AppError>) -> Result<ExportView, AppError> {
    let path = target(path)?;
    let bytes = make()?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &bytes)?] })
}

/// The bytes of a document that has pages.
fn pdf(desk: &Desk, kind: PdfKind, draft: bool) -> Result<Vec<u8>, AppError> {
    // What is signed at the exit meeting and what follows the firm's measures are no final reports.
    let dossier = match kind {
        PdfKind::Report | PdfKind::Assessment => handed_out(desk, draft)?,
        PdfKind::Confirmation | PdfKind::FollowUp => for_the_firm(desk, dossier(desk, draft)?)?,
    };
    let make = match kind {
        PdfKind::Report => fieldbook_report::report_pdf,
        PdfKind::Assessment => fieldbook_report::assessment_pdf,
        PdfKind::Confirmation => fieldbook_report::confirmation_pdf,
        PdfKind::FollowUp => fieldbook_report::follow_up_pdf,
    };
    with_fonts(desk, |fonts| make(&dossier, fonts).map_err(|e| render(&e)))
}

/// Writes another document; its folder is made when it is not there.
///
/// # Errors
/// `gate_closed` for a final report or assessment, `render_failed`, `export_failed`, or the store's.
pub fn document(desk: &Desk, request: &DocumentExportRequest) -> Result<ExportView, AppError> {
    use DocumentKind as K;
    let draft = request.draft;
    written(&request.path, || match request.kind {
        K::Assessment => pdf(desk, PdfKind::Assessment, draft),
        K::Confirmation => pdf(desk, PdfKind::Confirmation, draft),
        K::FollowUp => pdf(desk, PdfKind::FollowUp, draft),
        K::ReportDocx => made(fieldbook_report::report_docx(&handed_out(desk, draft)?)),
        K::OscalResults => made(fieldbook_report::oscal_assessment_results(&handed_out(desk, draft)?)),
        K::OscalPoam => made(fieldbook_report::oscal_poam(&handed_out(desk, draft)?)),
        K::FindingsCsv => Ok(fieldbook_report::findings_csv(&for_the_firm(desk, dossier(desk, draft)?)?)),
        K::FindingsJson => Ok(fieldbook_report::findings_json(&for_the_firm(desk, dossier(desk, draft)?)?)),
        K::AnswersCsv => Ok(fieldbook_report::answers_csv(&for_the_firm(desk, dossier(desk, draft)?)?)),
        K::AnswersJson => Ok(fieldbook_report::answers_json(&for_the_firm(desk, dossier(desk, draft)?)?)),
    })
}

fn made(result: Result<Vec<u8>, ReportError>) -> Result<Vec<u8>, AppError> {
    result.map_err(|e| render(&e))
}

/// The place that a request names.
///
/// # Errors
/// `required`.
pub(crate) fn target(path: &str) -> Result<&Path, AppError> {
    match path.trim() {
        "" => Err(AppError::new("required").with("field", "匯出位置")),
        path => Ok(Path::new(path)),
    }
}

/// That a document could not be made.
pub(crate) fn render(e: &ReportError) -> AppError {
    match e {
        ReportError::NothingPlanned => AppError::new("nothing_planned"),
        e => AppError::new("render_failed").with("what", e),
    }
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
