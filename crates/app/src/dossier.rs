//! Assembles what the papers and the report of the open exam say.

use crate::audit::{for_this_firm, of_procedure};
use crate::checklist::Sheet;
use crate::desk::Desk;
use crate::error::AppError;
use fieldbook_model::{Clause, ClauseId, ExceptionRow, ImportBatch, Run};
use fieldbook_report::{DocumentHead, Dossier, FindingPaper, Fonts, ItemLine, TestPaper};
use fieldbook_vault::{KeptRun, rows_sha256};
use std::collections::BTreeSet;

/// The fonts that papers are set in: Noto Sans TC (OFL).
pub(crate) const FONTS: Fonts<'static> = Fonts {
    regular: include_bytes!(env!("FIELDBOOK_FONT_REGULAR")),
    bold: include_bytes!(env!("FIELDBOOK_FONT_BOLD")),
    fallback: &[],
};

/// The dossier of the open exam.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub(crate) fn dossier(desk: &Desk, draft: bool) -> Result<Dossier, AppError> {
    let open = desk.exam()?;
    let checkpoint = open.store.checkpoint()?;
    Ok(Dossier {
        exam: open.store.exam()?,
        organisation: String::new(),
        prepared_by: open.examiner.clone(),
        printed_at: desk.host.now(),
        draft,
        documents: documents(desk),
        datasets: desk.bundle.datasets.clone(),
        items: items(desk)?,
        files: files(desk)?,
        tests: tests(desk)?,
        findings: findings(desk)?,
        checkpoint: Some((checkpoint.size, checkpoint.root)),
        scale: fieldbook_model::SeverityScale::default(),
        exit_meeting: "離場會議".to_owned(),
        facts: Vec::new(),
        requests: None,
        received: Vec::new(),
        samples: Vec::new(),
        count: None,
        evidence: Vec::new(),
        team: fieldbook_report::TeamPaper::default(),
        notes: Vec::new(),
        signed: Vec::new(),
        earlier: None,
        paper_hashes: Vec::new(),
    })
}

/// The imports with all of their issues.
fn files(desk: &Desk) -> Result<Vec<ImportBatch>, AppError> {
    let open = desk.exam()?;
    Ok(open.store.batches()?.iter().map(|b| open.store.batch(b.batch)).collect::<Result<_, _>>()?)
}

/// Heads of the documents that at least one item of this exam comes from, applicable or not yet decided.
pub(crate) fn documents(desk: &Desk) -> Vec<DocumentHead> {
    desk.bundle
        .documents
        .iter()
        .map(|d| DocumentHead {
            code: d.code.clone(),
            title: d.title.clone(),
            title_note: d.title_note.clone(),
            issuer: d.issuer.clone(),
            edition: d.edition.clone(),
        })
        .collect()
}

pub(crate) fn items(desk: &Desk) -> Result<Vec<ItemLine>, AppError> {
    let open = desk.exam()?;
    let sheet = Sheet::of(desk)?;
    let mut out = Vec::with_capacity(open.items.len());
    for document in &desk.bundle.documents {
        for chapter in &document.chapters {
            for clause in &chapter.clauses {
                let Some(item) = open.item(&clause.id) else { continue };
                out.push(ItemLine {
                    clause: clause.clone(),
                    decision: item.decision.clone(),
                    answers: sheet.answers(&clause.id).to_vec(),
                    chapter_title: chapter.title.clone(),
                });
            }
        }
    }
    Ok(out)
}

fn clauses<'a>(desk: &Desk, ids: impl IntoIterator<Item = &'a ClauseId>) -> Vec<Clause> {
    ids.into_iter().filter_map(|id| desk.bundle.clause(id)).cloned().collect()
}

fn shown(desk: &Desk, rows: Vec<ExceptionRow>) -> Vec<ExceptionRow> {
    rows.into_iter().map(|row| crate::view::shown(&desk.bundle, row)).collect()
}

fn tests(desk: &Desk) -> Result<Vec<TestPaper>, AppError> {
    let open = desk.exam()?;
    let runs = open.store.runs()?;
    let mut out = Vec::new();
    for loaded in &desk.bundle.procedures {
        let procedure = &for_this_firm(&desk.bundle, &loaded.procedure, &open.items);
        let mine: Vec<_> = runs.iter().filter(|r| r.procedure == procedure.id).collect();
        let Some(latest) = mine.iter().max_by_key(|r| r.id) else { continue };
        let rows = open.store.exceptions(&of_procedure(&procedure.id), 0, u64::from(u32::MAX))?;
        let rows_sha256 = rows_sha256(&rows);
        out.push(TestPaper {
            procedure: procedure.clone(),
            run: (*latest).clone(),
            record: record(desk, latest, &rows_sha256)?,
            rows_sha256,
            exceptions: shown(desk, rows),
            criteria: clauses(desk, &procedure.clauses),
            previous_runs: mine.len() as u64 - 1,
        });
    }
    Ok(out)
}

/// The run as it leaves the exam; empty for one of a release that kept no record.
fn record(desk: &Desk, run: &Run, rows_sha256: &str) -> Result<String, AppError> {
    if run.record.engine == 0 {
        return Ok(String::new());
    }
    let open = desk.exam()?;
    let own = open.store.own_procedures()?.into_iter().find(|own| own.sha256 == run.procedure_sha256);
    let kept = KeptRun {
        run: run.clone(),
        rows_sha256: rows_sha256.to_owned(),
        corrections: open.store.corrections(Some(run.at))?,
        own: own.map(|own| own.text),
    };
    Ok(kept.to_text())
}

fn findings(desk: &Desk) -> Result<Vec<FindingPaper>, AppError> {
    let open = desk.exam()?;
    let mut list = open.store.findings()?;
    list.sort_by_key(|f| f.no);
    list.into_iter()
        .map(|finding| {
            let rows = shown(desk, open.store.exceptions_by_id(&finding.exceptions)?);
            let refs: BTreeSet<String> = rows.iter().map(|r| r.key.procedure.clone()).collect();
            Ok(FindingPaper {
                criteria: clauses(desk, &finding.clauses),
                rows,
                paper_refs: refs.into_iter().collect(),
                evidence: Vec::new(),
                reply: None,
                follow_ups: Vec::new(),
                chain: Vec::new(),
                changed: None,
                finding,
            })
        })
        .collect()
}
