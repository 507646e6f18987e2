//! 總部: the exams of many firms compared, from what the vault knows of them; no exam is opened for it. Sealed and archived
//! exams count, destroyed ones are gone. What is not known is shown as unknown.

mod collect;
mod figures;
mod shown;

use crate::desk::Desk;
use crate::error::AppError;
use crate::exam;
use crate::export::{make_parent, write_beside};
use crate::output::{render, target};
use crate::settings::Settings;
use crate::view;
use crate::wire::{
    ChosenDocumentView, ExamRequest, ExportView, HeadquartersBookRequest, HeadquartersRenewedView,
    HeadquartersRequest, HeadquartersTablesRequest, HeadquartersView,
};
use collect::{Choice, Part};
use fieldbook_checklist::Bundle;
use fieldbook_model::ClauseId;
use fieldbook_model::text::norm_firm;
use fieldbook_report::{Collection, Headquarters, HeadquartersHead, TablesHead};
use figures::Ground;
use std::collections::{BTreeMap, BTreeSet};

/// Label and title of the document of a clause.
fn words(bundle: &Bundle, clause: &ClauseId) -> (String, String) {
    let label = bundle.clause(clause).map(|c| c.label.clone()).unwrap_or_default();
    let title = view::document(bundle, clause).map_or_else(|| clause.doc().to_owned(), |d| d.title.clone());
    (label, title)
}

fn figures_of(desk: &Desk, choice: &Choice, part: &Part) -> Headquarters {
    let bundle = &desk.law.bundle;
    figures::figures(&Ground {
        part,
        as_of: choice.as_of,
        of_status: choice.status.is_some(),
        words: &|clause| words(bundle, clause),
    })
}

/// The figures.
///
/// # Errors
/// `bad_date`, `bad_years`, `unknown_document`, `unknown_chapter`, `locked`, or the store's.
pub fn headquarters(desk: &Desk, request: &HeadquartersRequest) -> Result<HeadquartersView, AppError> {
    let choice = Choice::of(desk, request)?;
    let whole = collect::whole(desk, false)?;
    let (all_years, all_firms) = (years(&whole), firms(&whole));
    let part = choice.part_of(whole);
    let f = figures_of(desk, &choice, &part);
    Ok(HeadquartersView {
        as_of: choice.as_of.to_string(),
        all_years,
        all_firms,
        documents: documents(&desk.law.bundle),
        totals: shown::totals(&f.totals),
        grades: f.grades.iter().map(shown::grade).collect(),
        firms: f.firms.iter().map(shown::firm).collect(),
        clauses: shown::clauses(&f.clauses),
        clauses_all: view::small(f.clauses.len()),
        repeats: f.repeats.iter().take(shown::LINES).map(shown::repeated).collect(),
        repeats_all: view::small(f.repeats.len()),
        overdue: f.overdue.iter().take(shown::LINES).map(shown::overdue).collect(),
        overdue_all: view::small(f.overdue.len()),
        years: f.years.iter().map(shown::year).collect(),
    })
}

fn years(whole: &Collection) -> Vec<i16> {
    whole.exams.iter().map(|e| e.as_of.year()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// The last name of every firm.
fn firms(whole: &Collection) -> Vec<String> {
    let names: BTreeMap<String, &str> =
        whole.exams.iter().map(|e| (norm_firm(&e.firm), e.firm.as_str())).collect();
    names.into_values().map(str::to_owned).collect()
}

fn documents(bundle: &Bundle) -> Vec<ChosenDocumentView> {
    let chapters = |d: &fieldbook_model::Document| d.chapters.iter().map(|c| c.title.clone()).collect();
    let view = |d: &fieldbook_model::Document| ChosenDocumentView {
        code: d.code.clone(),
        title: d.title.clone(),
        chapters: chapters(d),
    };
    bundle.documents.iter().map(view).collect()
}

/// Writes the figures as a workbook, all of their lines.
///
/// # Errors
/// As [`headquarters`]; `required`, `render_failed`, `export_failed`.
pub fn book(desk: &Desk, request: &HeadquartersBookRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let choice = Choice::of(desk, &request.chosen)?;
    let part = choice.part_of(collect::whole(desk, false)?);
    let settings = Settings::of(desk)?;
    let head = HeadquartersHead {
        organisation: settings.organisation,
        as_of: choice.as_of,
        chosen: choice.in_words(&desk.law.bundle, &settings.scale),
        scale: settings.scale,
        printed_at: desk.host.now(),
    };
    let figures = figures_of(desk, &choice, &part);
    let file = fieldbook_report::headquarters_book(&figures, &head).map_err(|e| render(&e))?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &file.bytes)?] })
}

/// Writes what the vault knows of the exams into a folder, a Parquet file for each table.
///
/// # Errors
/// As [`book`].
pub fn tables(desk: &Desk, request: &HeadquartersTablesRequest) -> Result<ExportView, AppError> {
    let folder = target(&request.path)?;
    let choice = Choice::of(desk, &request.chosen)?;
    let looked_at = choice.part_of(collect::whole(desk, true)?).looked_at;
    let bundle = &desk.law.bundle;
    let cited: BTreeSet<&ClauseId> = looked_at.findings.iter().flat_map(|f| &f.clauses).collect();
    let label = |c: &ClauseId| Some((c.clone(), bundle.clause(c)?.label.clone()));
    let head = TablesHead {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        as_of: choice.as_of,
        // Who is chosen by name would be named again.
        chosen: choice.in_codes().into_iter().filter(|(n, _)| !request.pseudonyms || n != "firm").collect(),
        pseudonyms: request.pseudonyms,
        made_at: desk.host.now(),
        labels: cited.into_iter().filter_map(label).collect(),
    };
    let made = fieldbook_report::collected_tables(&looked_at, &head).map_err(|e| render(&e))?;
    make_parent(&folder.join("x"))?;
    let files = made.iter().map(|file| write_beside(&folder.join(&file.name), &file.bytes));
    Ok(ExportView { files: files.collect::<Result<_, _>>()? })
}

/// Opens every exam of which no results were collected, as one that an earlier release closed last, and collects them. The
/// exam that is open is open afterwards too.
///
/// # Errors
/// `locked`, or the store's; an exam that does not open is counted and left.
pub fn renew(desk: &mut Desk) -> Result<HeadquartersRenewedView, AppError> {
    let open = desk.exam.as_ref().map(|open| open.store.id().to_string());
    let missing: Vec<String> = collect::whole(desk, false)?
        .exams
        .iter()
        .filter(|e| e.known.is_none())
        .map(|e| e.id.to_string())
        .collect();
    let mut done = HeadquartersRenewedView { renewed: 0, failed: 0 };
    for id in missing {
        match exam::exam_open(desk, &ExamRequest { exam: id }) {
            Ok(_) => done.renewed += 1,
            Err(_) => done.failed += 1,
        }
        exam::exam_close(desk);
    }
    if let Some(id) = open.filter(|_| done.renewed + done.failed > 0) {
        exam::exam_open(desk, &ExamRequest { exam: id })?;
    }
    Ok(done)
}
