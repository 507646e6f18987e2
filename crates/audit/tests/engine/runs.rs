//! What a run keeps: rows in a fixed order, parameters with reasons, inputs; and what it refuses.

use crate::fake::{FakeStore, need, outcome, procedure, refusal, request, rule, state};
use fieldbook_audit::{AuditError, MAX_KEPT_ROWS, StoreError, run};
use fieldbook_model::{ParamValue, RuleVerdict, RunVerdict};

const EXCEPTION: RuleVerdict = RuleVerdict::Exception;

fn change(key: &str, value: ParamValue, reason: &str) -> [(String, ParamValue, String); 1] {
    [(key.to_owned(), value, reason.to_owned())]
}

#[test]
fn rows_stand_in_the_order_of_rules_then_places() {
    let store = FakeStore::with(&[("b", &[3, 1]), ("a", &[2])]);
    let (_, rows) =
        outcome(&store, &procedure(vec![rule("b", EXCEPTION, vec![]), rule("a", EXCEPTION, vec![])]));
    let seen: Vec<_> = rows.iter().map(|r| (r.key.rule.as_str(), r.key.source.row)).collect();
    assert_eq!(seen, [("b", 999_997), ("b", 999_999), ("a", 999_998)]);
    assert_eq!(rows[0].key.procedure, "T-X-01");
    assert_eq!(rows[0].clauses[0].as_str(), "COL-D5.1");
}

#[test]
fn values_stand_in_the_order_of_the_papers_columns() {
    let mut store = FakeStore::with(&[]);
    let cells = vec![("account".to_owned(), Some("root".to_owned())), ("system_name".to_owned(), None)];
    store.rows.insert("1", vec![(1, cells)]);
    let (_, rows) = outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![])]));
    assert_eq!(
        rows[0].values,
        [("system_name".to_owned(), None), ("account".to_owned(), Some("root".to_owned()))]
    );
}

#[test]
fn a_row_that_a_join_yields_twice_is_one_row() {
    let mut store = FakeStore::with(&[]);
    let cells = |text: &str| vec![("account".to_owned(), Some(text.to_owned()))];
    store.rows.insert("1", vec![(1, cells("z")), (1, cells("a")), (1, cells("m"))]);
    let (run, rows) = outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![])]));
    assert_eq!((run.exceptions, run.rules[0].rows, rows.len()), (1, Some(1), 1));
    assert_eq!(rows[0].values, cells("a"), "whatever order the database chose");
}

#[test]
fn a_cap_on_rows_says_so_and_still_counts_all() {
    let over = MAX_KEPT_ROWS as i64 + 7;
    let mut store = FakeStore::with(&[]);
    store.rows.insert("1", (1..=over).rev().map(|id| (id, Vec::new())).collect());
    let (run, rows) = outcome(&store, &procedure(vec![rule("1", EXCEPTION, vec![])]));
    assert_eq!((run.exceptions, run.rules[0].rows), (over as u64, Some(over as u64)));
    assert_eq!(rows.len(), MAX_KEPT_ROWS);
    assert!(run.missing[0].contains("200007") && run.missing[0].contains("200000"), "{:?}", run.missing);
}

#[test]
fn a_run_keeps_what_it_was_asked_and_what_it_read() {
    let mut log = state("audit_log", 5, &["user"]);
    log.inputs = vec!["never-read-sha".to_owned()];
    let store = FakeStore::with(&[]).and(state("personnel", 5, &["name"])).and(log);
    let plain = procedure(vec![rule("1", EXCEPTION, vec![need("personnel", &["name"], false)])]);
    let changes = change("months", ParamValue::Int(6), " 內規較嚴 ");
    let (run, _) = run(&store, &request(&plain, &changes)).expect("no reason to fail");
    assert_eq!(run.inputs, ["accounts-sha", "personnel-sha", "shared-sha"]);
    assert_eq!(
        (run.procedure.as_str(), run.procedure_sha256.as_str(), run.by.as_str()),
        ("T-X-01", "cd", "王稽核")
    );
    assert_eq!(run.parameters[0].value, ParamValue::Int(6));
    assert_eq!(run.parameters[0].override_reason.as_deref(), Some("內規較嚴"));
    assert_eq!(
        (run.parameters[1].value.clone(), &run.parameters[1].override_reason),
        (ParamValue::Num(0.95), &None)
    );

    let bound = store.bound.borrow();
    let of = |key: &str| bound.iter().find(|(k, _)| k == key).map(|(_, v)| v.clone());
    assert_eq!(of("months"), Some(ParamValue::Int(6)));
    assert_eq!(of("as_of"), Some(ParamValue::Text("2020-12-31".to_owned())));
    assert_eq!(of("period_from"), Some(ParamValue::Text("2020-01-01".to_owned())));
    assert_eq!(of("period_to"), Some(ParamValue::Text("2020-12-31".to_owned())));
    assert_eq!(of("firm"), Some(ParamValue::Text("甲乙綜合證券股份有限公司".to_owned())));
}

#[test]
fn a_whole_number_fits_a_decimal_parameter() {
    let plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    let changes = change("share", ParamValue::Int(1), "全數");
    let (run, _) = run(&FakeStore::with(&[]), &request(&plain, &changes)).expect("no reason to fail");
    assert_eq!(run.parameters[1].value, ParamValue::Num(1.0));
}

#[test]
fn a_change_that_does_not_fit_is_refused() {
    let plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    let refused = |changes: &[(String, ParamValue, String)]| refusal(&FakeStore::with(&[]), &plain, changes);
    assert!(
        matches!(refused(&change("weeks", ParamValue::Int(1), "x")), AuditError::UnknownParameter { key, .. } if key == "weeks")
    );
    for (key, value, expected) in [
        ("months", ParamValue::Text("3".to_owned()), "int"),
        ("months", ParamValue::Num(3.0), "int"),
        ("share", ParamValue::Num(f64::NAN), "num"),
        ("words", ParamValue::Text("root".to_owned()), "list"),
    ] {
        let error = refused(&change(key, value, "理由"));
        assert!(matches!(&error, AuditError::WrongType { expected: e, .. } if *e == expected), "{error}");
    }
    for (key, value) in [
        ("months", ParamValue::Int(-1)),
        ("months", ParamValue::Int(101)),
        ("months", ParamValue::Int(i64::MAX)),
        ("share", ParamValue::Num(100.5)),
    ] {
        let error = refused(&change(key, value, "理由"));
        let told = matches!(&error, AuditError::OutOfRange { from, to, .. } if (*from, *to) == (0.0, 100.0));
        assert!(told, "{error}");
    }
    assert!(matches!(
        refused(&change("months", ParamValue::Int(1), " \u{3000}")),
        AuditError::NoReason { .. }
    ));
    let twice =
        [change("months", ParamValue::Int(1), "甲"), change("months", ParamValue::Int(2), "乙")].concat();
    assert!(matches!(refused(&twice), AuditError::ChangedTwice { .. }));
}

#[test]
fn a_wrong_change_is_refused_even_where_nothing_would_run() {
    let mut plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    plain.needs.push(need("personnel", &["name"], false));
    let changes = change("weeks", ParamValue::Int(1), "x");
    assert!(matches!(refusal(&FakeStore::with(&[]), &plain, &changes), AuditError::UnknownParameter { .. }));
    assert_eq!(outcome(&FakeStore::with(&[]), &plain).0.verdict, RunVerdict::NotRunnable);
}

#[test]
fn a_procedure_may_not_redefine_the_engines_names() {
    let mut plain = procedure(vec![rule("1", EXCEPTION, vec![])]);
    plain.parameters[0].key = "as_of".to_owned();
    assert!(matches!(refusal(&FakeStore::with(&[]), &plain, &[]), AuditError::ReservedParameter { .. }));
}

#[test]
fn a_column_that_no_paper_shows_is_an_error() {
    let mut store = FakeStore::with(&[]);
    store.rows.insert("1", vec![(1, vec![("secret".to_owned(), None)])]);
    let error = refusal(&store, &procedure(vec![rule("1", EXCEPTION, vec![])]), &[]);
    assert!(matches!(error, AuditError::UndeclaredColumn { column, .. } if column == "secret"));
}

#[test]
fn a_failing_query_names_its_rule() {
    let mut store = FakeStore::with(&[]);
    store.broken = Some(("2", StoreError::TimedOut));
    let two = procedure(vec![rule("1", EXCEPTION, vec![]), rule("2", EXCEPTION, vec![])]);
    let error = refusal(&store, &two, &[]);
    assert!(
        matches!(&error, AuditError::Rule { rule, source: StoreError::TimedOut, .. } if rule == "2"),
        "{error}"
    );
}
