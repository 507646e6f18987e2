//! Every way to a verdict, and every way in which missing data must not become a pass.

use crate::fake::{FakeStore, need, outcome, procedure, request, rule, state};
use fieldbook_audit::run;
use fieldbook_model::{Completeness, RuleVerdict, RunVerdict, Tri};

const EXCEPTION: RuleVerdict = RuleVerdict::Exception;
const UNKNOWN: RuleVerdict = RuleVerdict::Unknown;
const LEAD: RuleVerdict = RuleVerdict::Lead;

#[test]
fn nothing_found_on_whole_data_is_a_pass() {
    let (run, rows) = outcome(&FakeStore::with(&[]), &procedure(vec![rule("1", EXCEPTION, vec![])]));
    assert_eq!(run.verdict, RunVerdict::Pass);
    assert_eq!((run.population, run.exceptions, run.unknown, run.leads), (Some(10), 0, 0, 0));
    assert_eq!(run.rules[0].rows, Some(0));
    assert!(rows.is_empty() && run.missing.is_empty());
}

#[test]
fn a_row_hit_by_two_rules_is_one_exception() {
    let store = FakeStore::with(&[("1", &[1, 2]), ("2", &[2, 3])]);
    let (run, rows) =
        outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![]), rule("2", EXCEPTION, vec![])]));
    assert_eq!(run.verdict, RunVerdict::Exceptions);
    assert_eq!(run.exceptions, 3);
    assert_eq!(run.rules.iter().map(|r| r.rows).collect::<Vec<_>>(), [Some(2), Some(2)]);
    assert_eq!(rows.len(), 4, "each rule's row is kept, for each breaks its own clause");
}

#[test]
fn the_same_id_in_two_datasets_is_two_exceptions() {
    let mut other = rule("2", EXCEPTION, vec![need("personnel", &["name"], false)]);
    other.subject = "personnel".to_owned();
    let store = FakeStore::with(&[("1", &[1]), ("2", &[1])]).and(state("personnel", 4, &["name"]));
    let (run, _) = outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![]), other]));
    assert_eq!(run.exceptions, 2);
}

#[test]
fn an_empty_population_is_unknown() {
    let mut store = FakeStore::with(&[]);
    store.population = 0;
    let (run, _) = outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![])]));
    assert_eq!((run.verdict, run.population), (RunVerdict::Unknown, Some(0)));
}

#[test]
fn a_required_dataset_without_rows_is_unknown() {
    let mut needy = procedure(vec![rule("1", EXCEPTION, vec![])]);
    needy.needs.push(need("personnel", &["name"], false));
    let store = FakeStore::with(&[]).and(state("personnel", 0, &["name"]));
    assert_eq!(outcome(&store, &needy).0.verdict, RunVerdict::Unknown);
}

#[test]
fn unknown_rows_keep_a_run_from_passing_but_not_from_finding() {
    let both = procedure(vec![rule("1", EXCEPTION, vec![]), rule("2", UNKNOWN, vec![])]);
    let (run, rows) = outcome(&FakeStore::with(&[("2", &[5, 6])]), &both);
    assert_eq!((run.verdict, run.unknown, rows.len()), (RunVerdict::Unknown, 2, 2));
    let (run, _) = outcome(&FakeStore::with(&[("1", &[5]), ("2", &[6])]), &both);
    assert_eq!((run.verdict, run.exceptions, run.unknown), (RunVerdict::Exceptions, 1, 1));
}

#[test]
fn leads_decide_nothing() {
    let (run, rows) =
        outcome(&FakeStore::with(&[("1", &[1, 2, 3])]), &procedure(vec![rule("1", LEAD, vec![])]));
    assert_eq!((run.verdict, run.leads, run.exceptions, rows.len()), (RunVerdict::Pass, 3, 0, 3));
}

#[test]
fn an_incomplete_population_never_passes() {
    let plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    let mut store = FakeStore::with(&[]);
    store.states[0].completeness = Completeness::Incomplete;
    let (run, _) = outcome(&store, &plain);
    assert_eq!((run.verdict, run.completeness), (RunVerdict::Unknown, Completeness::Incomplete));
    store.rows = FakeStore::with(&[("1", &[1])]).rows;
    assert_eq!(outcome(&store, &plain).0.verdict, RunVerdict::Exceptions);
}

#[test]
fn an_incomplete_second_dataset_counts_as_well() {
    let mut personnel = state("personnel", 4, &["name"]);
    personnel.completeness = Completeness::Incomplete;
    let mut store = FakeStore::with(&[]).and(personnel);
    store.states[0].completeness = Completeness::Complete;
    let needs_it = rule("1", EXCEPTION, vec![need("personnel", &["name"], false)]);
    assert_eq!(outcome(&store, &procedure(vec![needs_it])).0.verdict, RunVerdict::Unknown);
    let (run, _) = outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![])]));
    assert_eq!((run.verdict, run.completeness), (RunVerdict::Pass, Completeness::Complete));
}

#[test]
fn without_a_required_dataset_or_column_nothing_runs() {
    let mut needy = procedure(vec![rule("1", EXCEPTION, vec![])]);
    needy.needs.push(need("personnel", &["name", "leave_date"], false));
    let mut store = FakeStore::with(&[("1", &[1])]).and(state("personnel", 9, &["name"]));
    store.states[0].columns.retain(|c| c != "status");
    let (run, rows) = outcome(&store, &needy);
    assert_eq!(run.verdict, RunVerdict::NotRunnable);
    assert_eq!(run.missing, ["accounts.status", "personnel.leave_date"]);
    assert_eq!((run.population, run.rules[0].rows, rows.len()), (None, None, 0));

    // A sheet of which no column was recognised is as good as no sheet.
    store.states[1].columns.clear();
    let (run, _) = outcome(&store, &needy);
    assert_eq!(run.missing, ["accounts.status", "personnel.name", "personnel.leave_date"]);
}

#[test]
fn a_rule_that_could_not_run_keeps_the_run_from_passing() {
    let needs_log = |optional| rule("2", EXCEPTION, vec![need("audit_log", &["user"], optional)]);
    let two = |optional| procedure(vec![rule("1", EXCEPTION, vec![]), needs_log(optional)]);
    let (run, _) = outcome(&FakeStore::with(&[("2", &[1])]), &two(false));
    assert_eq!((run.verdict, run.exceptions), (RunVerdict::Unknown, 0));
    assert_eq!(
        (run.rules[1].rows, run.rules[1].missing.as_slice()),
        (None, ["audit_log.user".to_owned()].as_slice())
    );
    assert_eq!(run.missing, ["audit_log.user"]);

    let (run, _) = outcome(&FakeStore::with(&[]), &two(true));
    assert_eq!(run.verdict, RunVerdict::Pass, "what is optional is listed and decides nothing");
    assert_eq!((run.rules[1].rows, run.missing.as_slice()), (None, ["audit_log.user".to_owned()].as_slice()));

    let (run, _) = outcome(&FakeStore::with(&[]).and(state("audit_log", 0, &["user"])), &two(false));
    assert_eq!((run.verdict, run.rules[1].rows), (RunVerdict::Unknown, None), "no rows are no data");

    let (run, _) = outcome(&FakeStore::with(&[("1", &[1])]), &two(false));
    assert_eq!(run.verdict, RunVerdict::Exceptions);
}

#[test]
fn a_procedure_that_does_not_apply_asks_nothing() {
    let plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    let mut asked = request(&plain, &[]);
    asked.applies = Tri::No;
    let (result, rows) = run(&FakeStore::with(&[("1", &[1])]), &asked).expect("no reason to fail");
    assert_eq!((result.verdict, result.population, rows.len()), (RunVerdict::NotApplicable, None, 0));
    assert_eq!(result.rules[0].rows, None);
}

#[test]
fn a_procedure_of_unknown_applicability_runs() {
    let plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    let mut asked = request(&plain, &[]);
    asked.applies = Tri::Unknown;
    let (result, _) = run(&FakeStore::with(&[("1", &[1])]), &asked).expect("no reason to fail");
    assert_eq!(result.verdict, RunVerdict::Exceptions);
}
