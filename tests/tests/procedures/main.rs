//! Every fixture of `tests/procedures/`: the firm's files through intake into a vault, the procedure over it, and the
//! rows it must list, no more and no fewer.
//!
//! A case is a file `<name>.<verdict>.csv` of the population's dataset, or a folder `<name>.<verdict>/` with one
//! file a dataset: `accounts.csv`, `assets.ONSITE.csv`. Verdicts: `pass`, `fail`, `unknown`, `empty`. Beside it, or in
//! the folder, `expected.csv` lists rule, file and row (without it no row is expected), `set.csv` changes parameters,
//! the as-of date, or facts of the firm (`profile.is_fcm,true`).
//!
//! Procedures and fixtures are read when the tests run: a changed one needs no build. A test for each procedure, with its
//! name: `cargo test -p fieldbook-tests --test procedures -- T-ACC-06`.

mod cases;
mod exam;
mod pictures;

use cases::{Case, Hits, cases};
use fieldbook_checklist::{Bundle, LoadedProcedure, load_unlocked};
use fieldbook_model::{ExceptionRow, Run, RunVerdict};
use fieldbook_vault::Vault;
use libtest_mimic::{Arguments, Failed, Trial};
use std::collections::BTreeSet;
use std::process::ExitCode;
use std::sync::Arc;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let bundle = Arc::new(bundle());
    let mut trials = Vec::new();
    for at in 0..bundle.procedures.len() {
        let loaded = &bundle.procedures[at];
        let (id, title) = (loaded.procedure.id.clone(), loaded.procedure.title.clone());
        let own = Arc::clone(&bundle);
        trials.push(Trial::test(format!("{id} {title}"), move || check(&own.procedures[at], &own)));
        let own = Arc::clone(&bundle);
        trials.push(Trial::test(format!("{id} has fixtures of every kind"), move || {
            kinds(&own.procedures[at])
        }));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A procedure has fixtures of every kind, more that fail than pass, and each of its rules is shown by one.
fn kinds(loaded: &LoadedProcedure) -> Result<(), Failed> {
    let cases = cases(loaded);
    let of = |verdict: &str| cases.iter().filter(|c| c.name.ends_with(verdict)).count();
    let (fails, passes) = (of(".fail"), of(".pass"));
    let mut wrong = Vec::new();
    if passes == 0 || of(".empty") == 0 || of(".unknown") == 0 {
        wrong.push("lacks a kind of fixture".to_owned());
    }
    if fails <= passes {
        wrong.push(format!("{fails} fail, {passes} pass"));
    }
    let hit: BTreeSet<&str> =
        cases.iter().flat_map(|c| &c.expected).map(|(rule, _, _)| rule.as_str()).collect();
    for rule in loaded.procedure.rules.iter().filter(|rule| !hit.contains(rule.id.as_str())) {
        wrong.push(format!("no fixture shows rule {}", rule.id));
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ").into()) }
}

/// The checklists as they stand in the sources.
fn bundle() -> Bundle {
    load_unlocked(&fieldbook_tests::checklist_files()).unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("the checklists do not load:\n{}", lines.join("\n"))
    })
}

/// Runs every case of a procedure and reports all differences at once.
fn check(loaded: &LoadedProcedure, bundle: &Bundle) -> Result<(), Failed> {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut entropy = |bytes: &mut [u8]| bytes.fill(7);
    let passphrase = "procedures".to_owned().into();
    let (mut vault, _) = Vault::create(
        &dir.path().join("v"),
        &passphrase,
        &mut entropy,
        fieldbook_vault::MIN_WORK_FACTOR,
        exam::now(),
    )
    .expect("an empty folder");
    let mut wrong = String::new();
    for (n, case) in cases(loaded).iter().enumerate() {
        let (outcome, found, drawn) = exam::run_case(&mut vault, n, case, loaded, bundle);
        wrong.push_str(&difference(case, &outcome, &found));
        wrong.push_str(&pictures::difference(case, &found, &drawn));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{}\n{wrong}", loaded.procedure.id).into()) }
}

fn difference(case: &Case, run: &Run, rows: &[ExceptionRow]) -> String {
    let place = |r: &ExceptionRow| (r.key.rule.clone(), r.key.source.file.clone(), r.key.source.row);
    let found: Hits = rows.iter().map(place).collect();
    let verdict = match case.name.rsplit('.').next() {
        Some("pass") => RunVerdict::Pass,
        Some("fail") => RunVerdict::Exceptions,
        _ => RunVerdict::Unknown,
    };
    let mut out = String::new();
    if run.verdict != verdict {
        out.push_str(&format!("  {}: {:?}, missing {:?}\n", case.name, run.verdict, run.missing));
    }
    for extra in found.difference(&case.expected) {
        out.push_str(&format!("  {}: not expected {extra:?}\n", case.name));
    }
    for lacking in case.expected.difference(&found) {
        out.push_str(&format!("  {}: not found {lacking:?}\n", case.name));
    }
    out
}
