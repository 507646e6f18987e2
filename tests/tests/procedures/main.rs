//! Every fixture of `tests/procedures/`: the firm's files through intake into a vault, the procedure over it, and the
//! rows it must list, no more and no fewer.
//!
//! A case is a file `<name>.<verdict>.csv` of the population's dataset, or a folder `<name>.<verdict>/` with one
//! file a dataset: `accounts.csv`, `assets.ONSITE.csv`. Verdicts: `pass`, `fail`, `unknown`, `empty`. Beside it, or in
//! the folder, `expected.csv` lists rule, file and row (without it no row is expected), `set.csv` changes parameters,
//! or the as-of date.

mod cases;
mod exam;

use cases::{Case, Hits, cases};
use fieldbook_checklist::{Bundle, bundled};
use fieldbook_model::{ExceptionRow, Run, RunVerdict};
use fieldbook_vault::Vault;
use std::collections::BTreeSet;

#[test]
fn t_col_02_third_parties_in_the_cabinet() {
    check("T-COL-02");
}

#[test]
fn t_col_03_no_receive_time() {
    check("T-COL-03");
}

#[test]
fn t_col_05_vendor_holds_the_highest_privilege() {
    check("T-COL-05");
}

#[test]
fn t_col_06_password_too_old() {
    check("T-COL-06");
}

#[test]
fn t_acc_06_leavers() {
    check("T-ACC-06");
}

#[test]
fn t_acc_09_contract_ended() {
    check("T-ACC-09");
}

#[test]
fn every_procedure_has_fixtures_of_every_kind_and_more_that_fail_than_pass() {
    for loaded in &bundle().procedures {
        let procedure = &loaded.procedure;
        let cases = cases(loaded);
        let of = |verdict: &str| cases.iter().filter(|c| c.name.ends_with(verdict)).count();
        let (fails, passes) = (of(".fail"), of(".pass"));
        assert!(
            passes > 0 && of(".empty") > 0 && of(".unknown") > 0,
            "{} lacks a kind of fixture",
            procedure.id
        );
        assert!(fails > passes, "{}: {fails} fail, {passes} pass", procedure.id);
        let hit: BTreeSet<&str> =
            cases.iter().flat_map(|c| &c.expected).map(|(rule, _, _)| rule.as_str()).collect();
        for rule in &procedure.rules {
            assert!(hit.contains(rule.id.as_str()), "no fixture of {} shows rule {}", procedure.id, rule.id);
        }
    }
}

fn bundle() -> Bundle {
    bundled().unwrap_or_else(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("the bundled checklists do not load:\n{}", lines.join("\n"))
    })
}

/// Runs every case of a procedure and reports all differences at once.
fn check(id: &str) {
    let bundle = bundle();
    let loaded = bundle.procedure(id).expect("a bundled procedure");
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut entropy = |bytes: &mut [u8]| bytes.fill(7);
    let passphrase = "procedures".to_owned().into();
    let (mut vault, _) = Vault::create(&dir.path().join("v"), &passphrase, &mut entropy, 1, exam::now())
        .expect("an empty folder");
    let mut wrong = String::new();
    for (n, case) in cases(loaded).iter().enumerate() {
        let (outcome, found) = exam::run_case(&mut vault, n, case, loaded, &bundle);
        wrong.push_str(&difference(case, &outcome, &found));
    }
    assert!(wrong.is_empty(), "{id}\n{wrong}");
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
