//! Procedures that an examiner writes: what a statement may read, trying one, keeping it for the exam or for the
//! organisation. Kept ones are procedures like any other.

mod schema;
mod trial;

pub use schema::schema;
pub use trial::preview;

use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::view;
use crate::wire::{OwnColumn, OwnForm, OwnProcedureView, OwnRequest, OwnSaveRequest, OwnScope};
use fieldbook_checklist::{Bundle, LoadError, LoadedProcedure, own_file, own_form, read_own};
use fieldbook_model as m;
use fieldbook_model::{ClauseId, OutColumn, OwnProcedure};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The longest statement that is taken, in bytes.
const LONGEST: usize = 64 << 10;

/// The versions of each procedure, oldest first, those that the exam and the organisation keep together.
fn versions(desk: &Desk) -> Result<BTreeMap<String, Vec<OwnProcedure>>, AppError> {
    let of_exam = desk.exam()?.store.own_procedures()?;
    let of_vault = desk.vault()?.vault.own_procedures()?;
    let mut out: BTreeMap<String, Vec<OwnProcedure>> = BTreeMap::new();
    for own in of_vault {
        out.entry(own.id.clone()).or_default().push(own);
    }
    for own in of_exam {
        let known = out.entry(own.id.clone()).or_default();
        // What ran here is kept here too; the organisation's own list says which version is the latest.
        if !known.contains(&own) {
            let at = known.iter().position(|k| k.at > own.at).unwrap_or(known.len());
            known.insert(at, own);
        }
    }
    Ok(out)
}

/// Puts the examiner's procedures among those of the exam's law. One that no longer fits the law is left out; one that
/// was withdrawn stays while runs of it are kept, so that they can be read.
///
/// # Errors
/// The store's.
pub(crate) fn lay(desk: &mut Desk) -> Result<(), AppError> {
    let OpenExam { law, store, .. } = desk.exam()?;
    let law = Arc::clone(law);
    let ran: Vec<String> = store.latest_runs()?.into_iter().map(|run| run.procedure).collect();
    let mut own: Vec<LoadedProcedure> = Vec::new();
    for (id, versions) in versions(desk)? {
        let Some(latest) = versions.last() else { continue };
        if latest.withdrawn && !ran.contains(&id) {
            continue;
        }
        let Ok(mut loaded) = read_own(&latest.text, &law) else { continue };
        loaded.withdrawn = latest.withdrawn;
        if latest.withdrawn {
            loaded.procedure.title.push_str("（已停用）");
        }
        own.push(loaded);
    }
    desk.bundle = if own.is_empty() {
        law
    } else {
        let mut bundle = Bundle::clone(&law);
        bundle.procedures.extend(own);
        Arc::new(bundle)
    };
    Ok(())
}

/// A procedure as it was when its file had this hash.
pub(crate) fn version(
    open: &OpenExam,
    bundle: &Bundle,
    sha256: &str,
) -> Result<Option<LoadedProcedure>, AppError> {
    let kept = open.store.own_procedures()?.into_iter().find(|own| own.sha256 == sha256);
    Ok(kept.and_then(|own| read_own(&own.text, bundle).ok()))
}

/// Keeps in the exam what is about to run in it.
///
/// # Errors
/// The store's.
pub(crate) fn keep(desk: &mut Desk, procedures: &[&LoadedProcedure]) -> Result<(), AppError> {
    let mut missing = Vec::new();
    let kept = desk.exam()?.store.own_procedures()?;
    for loaded in procedures {
        let shared = m::OwnScope::of(&loaded.procedure.id) == Some(m::OwnScope::Organisation);
        if shared && !kept.iter().any(|own| own.sha256 == loaded.sha256) {
            let of_vault = desk.vault()?.vault.own_procedures()?;
            missing.extend(of_vault.into_iter().rfind(|own| own.sha256 == loaded.sha256));
        }
    }
    let open = desk.exam_mut()?;
    for own in missing {
        open.store.save_own_procedure(&own)?;
    }
    Ok(())
}

/// The examiner's procedures that are not withdrawn.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn list(desk: &Desk) -> Result<Vec<OwnProcedureView>, AppError> {
    let law = Arc::clone(&desk.exam()?.law);
    let mut out = Vec::new();
    for (_, versions) in versions(desk)? {
        if let Some(latest) = versions.last().filter(|own| !own.withdrawn) {
            out.push(shown(&law, latest, versions.len()));
        }
    }
    Ok(out)
}

fn shown(bundle: &Bundle, own: &OwnProcedure, versions: usize) -> OwnProcedureView {
    let read = read_own(&own.text, bundle).ok().map(|loaded| loaded.procedure);
    let form = read.as_ref().and_then(own_form);
    OwnProcedureView {
        id: own.id.clone(),
        scope: m::OwnScope::of(&own.id).unwrap_or(m::OwnScope::Exam).into(),
        title: read.map(|procedure| procedure.title).unwrap_or_default(),
        form: form.map(|form| OwnForm {
            title: form.title,
            purpose: form.purpose,
            subject: form.subject,
            verdict: form.verdict.into(),
            strength: form.strength.into(),
            clauses: form.clauses.iter().map(ToString::to_string).collect(),
            columns: form.columns.into_iter().map(|c| OwnColumn { key: c.key, zh: c.zh }).collect(),
            sql: form.sql,
        }),
        text: own.text.clone(),
        by: own.by.clone(),
        at: dates::moment(own.at),
        versions: view::small(versions as u64),
    }
}

/// Keeps a procedure. Its statement must be one that runs.
///
/// # Errors
/// `required`, `unknown_dataset`, `unknown_clause`, `unknown_procedure`, `own_refused`, or the store's; nothing is kept then.
pub fn save(desk: &mut Desk, request: &OwnSaveRequest) -> Result<OwnProcedureView, AppError> {
    let known = versions(desk)?;
    let id = match &request.id {
        None => next_id(&known, request.scope.into()),
        Some(id) => {
            let there = known.get(id).and_then(|v| v.last()).filter(|own| !own.withdrawn);
            there.ok_or_else(|| AppError::new("unknown_procedure").with("field", id))?;
            id.clone()
        }
    };
    let form = form(desk, &id, &request.form)?;
    let (by, at) = (desk.person(), desk.host.now());
    let text = own_file(&form);
    let law = Arc::clone(&desk.exam()?.law);
    let read = read_own(&text, &law).map_err(|errors| first_of(&errors))?;
    let own = OwnProcedure { id: id.clone(), text, sha256: read.sha256, withdrawn: false, by, at };
    store(desk, &own)?;
    let count = known.get(&id).map_or(0, Vec::len) + 1;
    Ok(shown(&law, &own, count))
}

fn store(desk: &mut Desk, own: &OwnProcedure) -> Result<(), AppError> {
    match m::OwnScope::of(&own.id) {
        Some(m::OwnScope::Organisation) => desk.vault_mut()?.vault.save_own_procedure(own)?,
        _ => desk.exam_mut()?.store.save_own_procedure(own)?,
    }
    lay(desk)?;
    desk.saved();
    Ok(())
}

/// Ids are numbered on, those of withdrawn procedures counted.
fn next_id(known: &BTreeMap<String, Vec<OwnProcedure>>, scope: m::OwnScope) -> String {
    let numbers = known.keys().filter_map(|id| id.strip_prefix(scope.prefix())?.parse::<u32>().ok());
    format!("{}{:02}", scope.prefix(), numbers.max().unwrap_or(0) + 1)
}

fn form(desk: &Desk, id: &str, form: &OwnForm) -> Result<fieldbook_checklist::OwnForm, AppError> {
    let title = form.title.trim();
    if title.is_empty() {
        return Err(AppError::new("required").with("field", "名稱"));
    }
    let bundle = &desk.bundle;
    let unknown = || AppError::new("unknown_dataset").with("field", &form.subject);
    let def = bundle.dataset(&form.subject).ok_or_else(unknown)?;
    let clauses: Vec<ClauseId> = form
        .clauses
        .iter()
        .map(|c| Ok(view::clause(bundle, c)?.id.clone()))
        .collect::<Result<_, AppError>>()?;
    let told = trial::rehearsed(bundle, &form.subject, &form.sql)?;
    let told = told.map_err(|why| refused(&why.message))?;
    let heading = |key: &str| {
        let own = form.columns.iter().find(|c| c.key == key).map(|c| c.zh.trim().to_owned());
        own.filter(|zh| !zh.is_empty()).unwrap_or_else(|| trial::heading(def, key))
    };
    Ok(fieldbook_checklist::OwnForm {
        id: id.to_owned(),
        title: title.to_owned(),
        purpose: form.purpose.trim().to_owned(),
        subject: form.subject.clone(),
        subject_zh: def.zh.clone(),
        verdict: form.verdict.into(),
        strength: form.strength.into(),
        clauses,
        needs: trial::needs(bundle, &form.subject, &told.reads),
        columns: told
            .columns
            .iter()
            .filter(|key| *key != "_id")
            .map(|key| OutColumn { key: key.clone(), zh: heading(key) })
            .collect(),
        sql: form.sql.trim().to_owned(),
    })
}

/// Withdraws a procedure. Its versions and its runs are kept.
///
/// # Errors
/// `unknown_procedure`, or the store's.
pub fn withdraw(desk: &mut Desk, request: &OwnRequest) -> Result<Vec<OwnProcedureView>, AppError> {
    let known = versions(desk)?;
    let there = known.get(&request.id).and_then(|v| v.last()).filter(|own| !own.withdrawn);
    let latest = there.ok_or_else(|| AppError::new("unknown_procedure").with("field", &request.id))?;
    let (by, at) = (desk.person(), desk.host.now());
    store(desk, &OwnProcedure { withdrawn: true, by, at, ..latest.clone() })?;
    list(desk)
}

/// Keeps a procedure from a file, which may hold more than the form.
///
/// # Errors
/// `own_refused` with the first defect, or the store's.
pub fn add_file(desk: &mut Desk, text: &str, wanted: OwnScope) -> Result<OwnProcedureView, AppError> {
    let law = Arc::clone(&desk.exam()?.law);
    let known = versions(desk)?;
    let id = next_id(&known, wanted.into());
    let text = renamed(text, &id).ok_or_else(|| refused("檔案沒有 id 這一行"))?;
    let read = read_own(&text, &law).map_err(|errors| first_of(&errors))?;
    let files = [(format!("procedures/{id}.toml"), text.clone())].into();
    let defects = crate::edition::defects(&files, &law)?;
    if !defects.is_empty() {
        return Err(first_of(&defects));
    }
    let (by, at) = (desk.person(), desk.host.now());
    let own = OwnProcedure { id, text, sha256: read.sha256, withdrawn: false, by, at };
    store(desk, &own)?;
    Ok(shown(&law, &own, 1))
}

fn refused(what: &str) -> AppError {
    AppError::new("own_refused").with("what", what.trim_end_matches('。'))
}

fn first_of(defects: &[LoadError]) -> AppError {
    refused(&defects.first().map(|defect| defect.zh().0).unwrap_or_default())
}

/// The file with another id: ids are given by the place where it is kept.
fn renamed(text: &str, id: &str) -> Option<String> {
    let mut found = false;
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            let is_id = !found && line.split_once('=').is_some_and(|(key, _)| key.trim() == "id");
            found |= is_id;
            if is_id { format!("id = \"{id}\"") } else { line.to_owned() }
        })
        .collect();
    found.then(|| lines.join("\n") + "\n")
}
