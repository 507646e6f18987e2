//! Assembles what the papers and the report of the open exam say.

use crate::audit::{for_this_firm, of_procedure};
use crate::checklist::Sheet;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::settings::Settings;
use fieldbook_model::{
    Clause, ClauseId, Exam, ExceptionRow, FactDef, FactKind, FactValue, ImportBatch, OwnProcedure, Run,
};
use fieldbook_report::{
    CountPaper, DocumentHead, Dossier, EarlierExam, FactLine, FindingFigure, FindingPaper, Fonts, ItemLine,
    TeamPaper, TestPaper,
};
use fieldbook_vault::{KeptRun, rows_sha256};
use std::path::PathBuf;

/// The fonts that papers are set in: Noto Sans TC (OFL).
pub(crate) const FONTS: Fonts<'static> = Fonts {
    regular: include_bytes!(env!("FIELDBOOK_FONT_REGULAR")),
    bold: include_bytes!(env!("FIELDBOOK_FONT_BOLD")),
    fallback: &[],
};

/// Files of one of these endings in the vault's folder `fonts` are asked for characters that the own fonts lack.
const FONT_ENDINGS: [&str; 2] = ["ttf", "ttc"];

/// Runs `work` with the fonts: the own ones, then those of the vault's folder `fonts` by name, then the machine's.
pub(crate) fn with_fonts<T>(
    desk: &Desk,
    work: impl FnOnce(&Fonts<'_>) -> Result<T, AppError>,
) -> Result<T, AppError> {
    let mut paths = own_fonts(desk)?;
    paths.extend(desk.host.fonts.iter().cloned());
    let bytes: Vec<Vec<u8>> = paths.iter().filter_map(|path| std::fs::read(path).ok()).collect();
    let fallback: Vec<&[u8]> = bytes.iter().map(Vec::as_slice).collect();
    work(&Fonts { fallback: &fallback, ..FONTS })
}

/// The fonts of the vault's folder `fonts`, by name.
pub(crate) fn own_fonts(desk: &Desk) -> Result<Vec<PathBuf>, AppError> {
    let dir = desk.vault()?.dir.join("fonts");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .map(|all| all.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    let ending = |path: &PathBuf| path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    paths.retain(|path| ending(path).is_some_and(|e| FONT_ENDINGS.contains(&e.as_str())));
    paths.sort();
    Ok(paths)
}

/// The dossier of the open exam.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub(crate) fn dossier(desk: &Desk, draft: bool) -> Result<Dossier, AppError> {
    let open = desk.exam()?;
    let checkpoint = open.store.checkpoint()?;
    let settings = Settings::of(desk)?;
    let exam = open.store.exam()?;
    let samples = open.store.samples()?.into_iter().map(|s| crate::sample::paper(desk, s));
    Ok(Dossier {
        facts: facts(desk, &exam),
        exam,
        organisation: settings.organisation,
        prepared_by: open.examiner.clone(),
        printed_at: desk.host.now(),
        draft,
        documents: documents(desk),
        datasets: desk.bundle.datasets.clone(),
        items: items(desk)?,
        files: files(desk)?,
        tests: tests(desk)?,
        findings: findings(desk)?,
        checkpoint_note: crate::trail::note(desk, &checkpoint)?,
        checkpoint: Some((checkpoint.size, checkpoint.root)),
        scale: settings.scale,
        exit_meeting: settings.exit_meeting,
        requests: Some(crate::request::request_list(desk, None)?.0),
        received: open.store.received_files(None)?.into_iter().map(crate::request::received).collect(),
        samples: samples.collect::<Result<_, _>>()?,
        count: count(desk)?,
        evidence: open.store.evidence()?,
        custody: open.store.custody()?,
        team: TeamPaper {
            kinds: desk.bundle.qualifications.kinds.clone(),
            members: open.store.team()?,
            gaps: crate::team::gaps(desk)?,
        },
        notes: open.store.notes()?,
        signed: crate::review::signed(open)?,
        earlier: earlier(desk)?,
        paper_hashes: Vec::new(),
    })
}

/// The equipment count, once somebody took a step of it.
fn count(desk: &Desk) -> Result<Option<CountPaper>, AppError> {
    match desk.exam()?.store.count_entries()?.is_empty() {
        true => Ok(None),
        false => crate::count::paper(desk).map(Some),
    }
}

/// What is known about the firm, in words; derived facts are left out.
fn facts(desk: &Desk, exam: &Exam) -> Vec<FactLine> {
    let asked = |d: &&FactDef| !d.of_system && d.kind != FactKind::Derived;
    let line = |def: &FactDef| {
        let fact = exam.profile.get(&def.code);
        FactLine {
            group: def.group.clone(),
            question: def.question.clone(),
            value: fact_word(def, fact.map_or(&FactValue::Unknown, |f| &f.value)),
            basis: fact.map(|f| f.basis.clone()).unwrap_or_default(),
            by: fact.map(|f| f.by.clone()).unwrap_or_default(),
            at: fact.and_then(|f| f.at),
        }
    };
    desk.bundle.facts.iter().filter(asked).map(line).collect()
}

fn fact_word(def: &FactDef, value: &FactValue) -> String {
    let choices = def.choices();
    let word = |text: &str| {
        choices.iter().find(|(key, _)| key == text).map_or_else(|| text.to_owned(), |(_, zh)| zh.clone())
    };
    match value {
        FactValue::Unknown => "未確認".to_owned(),
        FactValue::Yes => "是".to_owned(),
        FactValue::No if choices.is_empty() => "否".to_owned(),
        FactValue::No => word("false"),
        FactValue::Text(text) => word(text),
        FactValue::List(list) => list.iter().map(|t| word(t)).collect::<Vec<_>>().join("、"),
    }
}

/// What the firm's last exam found, as far as the vault knows.
fn earlier(desk: &Desk) -> Result<Option<EarlierExam>, AppError> {
    let Some(head) = crate::dashboard::last_exam(desk)? else { return Ok(None) };
    let vault = &desk.vault()?.vault;
    let findings = vault.all_findings()?.into_iter().filter(|f| f.exam == head.id);
    Ok(Some(EarlierExam {
        chapters: vault.figures(&head.id)?,
        findings: findings
            .map(|f| FindingFigure {
                number: f.number,
                title: f.title,
                kind: f.kind,
                severity: f.severity,
                status: f.status,
            })
            .collect(),
        case_no: head.case_no,
        as_of: head.as_of,
    }))
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
    let (runs, own) = (open.store.runs()?, open.store.own_procedures()?);
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
            record: record(open, &own, latest, &rows_sha256)?,
            rows_sha256,
            exceptions: shown(desk, rows),
            criteria: clauses(desk, &procedure.clauses),
            previous_runs: mine.len() as u64 - 1,
        });
    }
    Ok(out)
}

/// The run as it leaves the exam; empty for one of a release that kept no record.
fn record(open: &OpenExam, own: &[OwnProcedure], run: &Run, rows_sha256: &str) -> Result<String, AppError> {
    if run.record.engine == 0 {
        return Ok(String::new());
    }
    let own = own.iter().find(|own| own.sha256 == run.procedure_sha256);
    let kept = KeptRun {
        run: run.clone(),
        rows_sha256: rows_sha256.to_owned(),
        corrections: open.store.corrections(Some(run.at))?,
        own: own.map(|own| own.text.clone()),
    };
    Ok(kept.to_text())
}

fn findings(desk: &Desk) -> Result<Vec<FindingPaper>, AppError> {
    let open = desk.exam()?;
    let read = crate::finding::Read::of(open)?;
    let mut list = open.store.findings()?;
    list.sort_by_key(|f| f.no);
    list.into_iter()
        .map(|finding| {
            let rows = open.store.exceptions_by_id(&finding.exceptions)?;
            let changed = crate::finding::changed_counts(open, &read.latest, &finding, &rows)?;
            let mut paper_refs = crate::finding::row_papers(&rows);
            paper_refs.extend(finding.papers.iter().cloned());
            let own = |id: &i64| read.evidence.iter().find(|e| e.id == *id).cloned();
            Ok(FindingPaper {
                criteria: clauses(desk, &finding.clauses),
                rows: shown(desk, rows),
                paper_refs,
                evidence: finding.evidence.iter().filter_map(own).collect(),
                reply: read.replies.iter().rev().find(|r| r.finding == finding.no).cloned(),
                follow_ups: read.follow_ups.iter().filter(|u| u.finding == finding.no).cloned().collect(),
                chain: crate::finding::chain(desk, &finding)?,
                changed: changed.map(|(exceptions, population)| (exceptions, population.unwrap_or_default())),
                finding,
            })
        })
        .collect()
}
