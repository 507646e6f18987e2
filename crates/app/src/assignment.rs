//! 分工: who looks at what, who did what, and what belongs to who works now.

use crate::audit::undecided;
use crate::checklist::Sheet;
use crate::dates;
use crate::desk::{Desk, OpenExam};
use crate::error::AppError;
use crate::view;
use crate::wire::{
    AssignRequest, AssignmentsView, MineRequest, MineView, PersonWorkView, ResultCountView, WorkKey, WorkView,
};
use fieldbook_checklist::Bundle;
use fieldbook_model::{
    Applicability, Assignment, Chapter, ClauseId, Division, Document, Finding, FindingStatus, Item,
    ItemResult, Moment, Procedure, RuleVerdict, Run, Work, WorkKind,
};
use fieldbook_vault::{ExamStore, ExceptionFilter};
use std::collections::{BTreeMap, BTreeSet};

const MINE: &str = "mine";

/// Who can be given something: the examiners, then the team.
fn people(store: &ExamStore) -> Result<Vec<String>, AppError> {
    let mut people = store.exam()?.examiners;
    for member in store.team()? {
        if !people.contains(&member.name) {
            people.push(member.name);
        }
    }
    Ok(people)
}

/// Who looks at an item, and whether each of them has answered what it asks of them. One that asks nothing belongs to
/// whom its chapter was given to.
fn shares<'d>(
    sheet: &Sheet<'_>,
    division: &'d Division,
    place: (&Document, &Chapter),
    item: &Item,
) -> BTreeMap<Option<&'d str>, bool> {
    let who = |system: &str| division.person(&place.0.code, &place.1.number, system);
    let given = sheet.given(item);
    let mut out = BTreeMap::new();
    for cell in item.decision.cells() {
        *out.entry(who(cell.system)).or_insert(true) &= given.iter().any(|a| cell.is_answered_by(a));
    }
    if out.is_empty() {
        out.insert(who(""), true);
    }
    out
}

/// The items that bind the firm or may, with their places.
fn items<'a>(
    bundle: &'a Bundle,
    open: &'a OpenExam,
) -> impl Iterator<Item = ((&'a Document, &'a Chapter), &'a Item)> {
    let chapters = bundle.documents.iter().flat_map(|d| d.chapters.iter().map(move |c| (d, c)));
    chapters
        .flat_map(move |place| place.1.clauses.iter().filter_map(move |c| Some((place, open.item(&c.id)?))))
        .filter(|(_, item)| item.decision.applicability != Applicability::NotApplicable)
}

fn procedures(bundle: &Bundle) -> impl Iterator<Item = &Procedure> {
    bundle.procedures.iter().filter(|p| !p.withdrawn).map(|p| &p.procedure)
}

/// The whole division, and who did what.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn assignments(desk: &Desk) -> Result<AssignmentsView, AppError> {
    let open = desk.exam()?;
    let people = people(&open.store)?;
    let done = done(desk, &people)?;
    Ok(AssignmentsView { examiner: open.examiner.clone(), works: works(desk)?, done, people })
}

/// What can be given, and what was given and is in the exam no more.
fn works(desk: &Desk) -> Result<Vec<WorkView>, AppError> {
    let (open, bundle) = (desk.exam()?, &desk.bundle);
    let (sheet, assigned) = (Sheet::of(desk)?, open.store.assignments()?);
    let division: Division = assigned.iter().cloned().collect();
    let person = |work: &Work| division.exactly(work).unwrap_or_default().to_owned();
    let view = |work: Work, title: String, (whole, done): (usize, usize)| WorkView {
        person: person(&work),
        work: key_view(work),
        title,
        through: String::new(),
        whole: view::small(whole),
        done: view::small(done),
        waiting: false,
        gone: false,
    };
    let mut out = Vec::new();
    for document in &bundle.documents {
        let mut chapters = Vec::new();
        let (mut whole, mut done) = (0, 0);
        for chapter in &document.chapters {
            let of_chapter = items(bundle, open).filter(|(place, _)| std::ptr::eq(place.1, chapter));
            let results: Vec<ItemResult> = of_chapter.map(|(_, item)| sheet.result(item)).collect();
            if results.is_empty() {
                continue;
            }
            let answered = results.iter().filter(|r| **r != ItemResult::NotExamined).count();
            (whole, done) = (whole + results.len(), done + answered);
            let title = format!("{} {}", chapter.number, chapter.title);
            let mut line =
                view(Work::chapter(&document.code, &chapter.number), title, (results.len(), answered));
            if line.person.is_empty() {
                line.through = person(&Work::document(&document.code));
            }
            chapters.push(line);
        }
        if !chapters.is_empty() {
            out.push(view(Work::document(&document.code), document.title.clone(), (whole, done)));
            out.append(&mut chapters);
        }
    }
    for system in open.store.exam()?.systems {
        let of_system = cells(bundle, open, &sheet, &system.name);
        out.push(view(Work::system(&system.name), system.name, of_system));
    }
    let runs = open.store.latest_runs()?;
    for procedure in procedures(bundle) {
        let figures = exceptions(&open.store, &procedure.id)?;
        let line = view(Work::procedure(&procedure.id), procedure.title.clone(), figures);
        out.push(WorkView { waiting: !has_run(&runs, &procedure.id), ..line });
    }
    let lost = |a: &&Assignment| !out.iter().any(|line| line.work == key_view(a.work.clone()));
    let gone: Vec<WorkView> = assigned
        .iter()
        .filter(lost)
        .map(|a| WorkView { gone: true, ..view(a.work.clone(), a.work.key.clone(), (0, 0)) })
        .collect();
    out.extend(gone);
    Ok(out)
}

/// Answers that the items ask about a system, and those of them that are there.
fn cells(bundle: &Bundle, open: &OpenExam, sheet: &Sheet<'_>, system: &str) -> (usize, usize) {
    let (mut whole, mut done) = (0, 0);
    for (_, item) in items(bundle, open) {
        let given = sheet.given(item);
        for cell in item.decision.cells().iter().filter(|c| c.system == system) {
            whole += 1;
            done += usize::from(given.iter().any(|a| cell.is_answered_by(a)));
        }
    }
    (whole, done)
}

/// Rows of a procedure's latest run that somebody has to decide on, and those that somebody has.
fn exceptions(store: &ExamStore, procedure: &str) -> Result<(usize, usize), AppError> {
    let mut whole = 0;
    for verdict in [RuleVerdict::Exception, RuleVerdict::Unknown] {
        let (procedure, verdict) = (Some(procedure.to_owned()), Some(verdict));
        whole +=
            store.exception_count(&ExceptionFilter { procedure, verdict, ..ExceptionFilter::default() })?;
    }
    let open = undecided(store, Some(procedure))?;
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    Ok((count(whole), count(whole.saturating_sub(open))))
}

fn has_run(runs: &[Run], procedure: &str) -> bool {
    runs.iter().any(|r| r.procedure == procedure)
}

fn key_view(work: Work) -> WorkKey {
    WorkKey { kind: work.kind.into(), key: work.key }
}

/// What one person was given and did, while it is counted.
#[derive(Default)]
struct Tally {
    items: u32,
    answered: u32,
    results: BTreeMap<ItemResult, u32>,
    procedures: u32,
    ran: u32,
    exceptions_open: u64,
    findings: u32,
    gave: u32,
    last: Option<Moment>,
}

/// A line for each of the people, then for who else did something, then for what nobody was given.
fn done(desk: &Desk, people: &[String]) -> Result<Vec<PersonWorkView>, AppError> {
    let open = desk.exam()?;
    let (sheet, division) = (Sheet::of(desk)?, open.store.division()?);
    let mut by: BTreeMap<String, Tally> = people.iter().map(|p| (p.clone(), Tally::default())).collect();
    for (place, item) in items(&desk.bundle, open) {
        for (person, answered) in shares(&sheet, &division, place, item) {
            let tally = by.entry(person.unwrap_or_default().to_owned()).or_default();
            tally.items += 1;
            tally.answered += u32::from(answered);
            *tally.results.entry(sheet.result(item)).or_default() += 1;
        }
    }
    let runs = open.store.latest_runs()?;
    for procedure in procedures(&desk.bundle) {
        let person = division.exactly(&Work::procedure(&procedure.id)).unwrap_or_default();
        let tally = by.entry(person.to_owned()).or_default();
        tally.procedures += 1;
        tally.ran += u32::from(has_run(&runs, &procedure.id));
        tally.exceptions_open += undecided(&open.store, Some(&procedure.id))?;
    }
    for finding in open.store.findings()?.iter().filter(|f| f.status != FindingStatus::Withdrawn) {
        by.entry(finding.by.clone()).or_default().findings += 1;
    }
    for answer in open.store.answers()?.iter().filter(|a| a.result != ItemResult::NotExamined) {
        let tally = by.entry(answer.by.clone()).or_default();
        tally.gave += 1;
        tally.last = tally.last.max(Some(answer.at));
    }
    let rank = |name: &str| match name {
        "" => usize::MAX,
        name => people.iter().position(|p| p == name).unwrap_or(people.len()),
    };
    let mut lines: Vec<(String, Tally)> = by.into_iter().collect();
    lines.sort_by_key(|(name, _)| rank(name));
    Ok(lines.into_iter().map(|(name, tally)| person_view(people.contains(&name), name, tally)).collect())
}

fn person_view(known: bool, name: String, t: Tally) -> PersonWorkView {
    let results = t.results.into_iter();
    PersonWorkView {
        name,
        known,
        items: t.items,
        answered: t.answered,
        results: results.map(|(result, items)| ResultCountView { result: result.into(), items }).collect(),
        procedures: t.procedures,
        ran: t.ran,
        exceptions_open: view::small(t.exceptions_open),
        findings: t.findings,
        gave: t.gave,
        last_at: t.last.map(dates::moment).unwrap_or_default(),
    }
}

/// Gives things to a person, or to nobody.
///
/// # Errors
/// `unknown_person`, `unknown_work`, `locked`, `no_exam`, or the store's; nothing is changed then.
pub fn assign(desk: &mut Desk, request: &AssignRequest) -> Result<AssignmentsView, AppError> {
    let works: Vec<Work> =
        request.works.iter().map(|w| Work { kind: w.kind.into(), key: w.key.clone() }).collect();
    let person = Some(request.person.trim()).filter(|name| !name.is_empty());
    if let Some(person) = person {
        let open = desk.exam()?;
        if !people(&open.store)?.iter().any(|p| p == person) {
            return Err(AppError::new("unknown_person"));
        }
        let systems: BTreeSet<String> = open.store.exam()?.systems.into_iter().map(|s| s.name).collect();
        if let Some(unknown) = works.iter().find(|work| !is_there(&desk.bundle, &systems, work)) {
            return Err(AppError::new("unknown_work").with("what", &unknown.key));
        }
    }
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let by = open.examiner.clone();
    open.store.assign(&works, person, &by, at)?;
    desk.saved();
    assignments(desk)
}

/// Whether the exam has a thing.
fn is_there(bundle: &Bundle, systems: &BTreeSet<String>, work: &Work) -> bool {
    match work.kind {
        WorkKind::Document => bundle.document(&work.key).is_some(),
        WorkKind::Chapter => work.key.split_once('/').is_some_and(|(code, number)| {
            bundle.document(code).is_some_and(|d| d.chapters.iter().any(|c| c.number == number))
        }),
        WorkKind::System => systems.contains(&work.key),
        WorkKind::Procedure => bundle.procedure(&work.key).is_some(),
    }
}

/// What belongs to one person.
#[derive(Default)]
pub(crate) struct Share {
    pub(crate) items: BTreeSet<ClauseId>,
    pub(crate) procedures: BTreeSet<String>,
    pub(crate) findings: BTreeSet<i64>,
}

fn share(desk: &Desk, division: &Division) -> Result<Share, AppError> {
    let open = desk.exam()?;
    let sheet = Sheet::of(desk)?;
    let me = Some(open.examiner.as_str());
    let chapters = desk.bundle.documents.iter().flat_map(|d| d.chapters.iter().map(move |c| (d, c)));
    let mut out = Share::default();
    for place in chapters {
        // Items that do not bind the firm too: the list shows them.
        for item in place.1.clauses.iter().filter_map(|c| open.item(&c.id)) {
            if shares(&sheet, division, place, item).contains_key(&me) {
                out.items.insert(item.clause.clone());
            }
        }
    }
    let given = |p: &&Procedure| division.exactly(&Work::procedure(&p.id)) == me;
    out.procedures = procedures(&desk.bundle).filter(given).map(|p| p.id.clone()).collect();
    let own = |f: &Finding| f.by == open.examiner || f.clauses.iter().any(|c| out.items.contains(c));
    out.findings = open.store.findings()?.into_iter().filter(own).map(|f| f.no).collect();
    Ok(out)
}

/// What lists and counters are narrowed to; `None` where everything is shown, as while nobody was given anything.
pub(crate) fn narrowed(desk: &Desk) -> Result<Option<Share>, AppError> {
    let division = desk.exam()?.store.division()?;
    if division.is_empty() || !is_on(desk)? { Ok(None) } else { share(desk, &division).map(Some) }
}

fn is_on(desk: &Desk) -> Result<bool, AppError> {
    Ok(desk.vault()?.vault.setting(MINE)?.as_deref() == Some("yes"))
}

/// What belongs to who works now, and whether lists show only that.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn mine(desk: &Desk) -> Result<MineView, AppError> {
    let division = desk.exam()?.store.division()?;
    let own = share(desk, &division)?;
    Ok(MineView {
        on: is_on(desk)?,
        examiner: desk.exam()?.examiner.clone(),
        divided: !division.is_empty(),
        items: own.items.iter().map(ToString::to_string).collect(),
        procedures: own.procedures.into_iter().collect(),
    })
}

/// Chooses between 我的 and 全部, for every exam of the vault.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn mine_set(desk: &mut Desk, request: &MineRequest) -> Result<MineView, AppError> {
    desk.exam()?;
    desk.vault_mut()?.vault.set_setting(MINE, Some(if request.on { "yes" } else { "no" }))?;
    mine(desk)
}
