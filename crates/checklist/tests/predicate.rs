//! The language of conditions.

use fieldbook_checklist::{PredicateError, parse_predicate, predicate_text};
use fieldbook_model::Predicate;
use proptest::prelude::*;

fn fact(code: &str) -> Predicate {
    Predicate::Fact(code.to_owned())
}

fn one_of(code: &str, values: &[&str]) -> Predicate {
    Predicate::OneOf(code.to_owned(), values.iter().map(|v| (*v).to_owned()).collect())
}

#[test]
fn not_binds_tighter_than_and_and_tighter_than_or() {
    let expected = Predicate::Any(vec![
        fact("a"),
        Predicate::All(vec![Predicate::Not(Box::new(fact("b"))), fact("c"), fact("d")]),
    ]);
    assert_eq!(parse_predicate("a | !b & c & d"), Ok(expected));
    let grouped = Predicate::All(vec![Predicate::Any(vec![fact("a"), fact("b")]), fact("c")]);
    assert_eq!(parse_predicate(" ( a|b )&c "), Ok(grouped));
}

#[test]
fn the_three_comparisons_are_one() {
    assert_eq!(parse_predicate(r#"foreign = "branch""#), Ok(one_of("foreign", &["branch"])));
    assert_eq!(parse_predicate(r#"channels has "internet""#), Ok(one_of("channels", &["internet"])));
    assert_eq!(parse_predicate(r#"grade in ["1","2", "3"]"#), Ok(one_of("grade", &["1", "2", "3"])));
}

#[test]
fn what_is_no_condition_is_refused_with_its_place() {
    for (text, at) in [
        ("", 1),
        ("a &", 4),
        ("a b", 3),
        ("(a | b", 7),
        ("a)", 2),
        ("& a", 1),
        ("A", 1),
        ("a = b", 5),
        ("a in []", 7),
        ("a in [\"x\"", 10),
        ("a ∨ b", 3),
        ("in = \"x\"", 1),
    ] {
        match parse_predicate(text) {
            Err(PredicateError::Expected { at: found, .. }) => assert_eq!(found, at, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert_eq!(parse_predicate("a = \"x"), Err(PredicateError::Unterminated { at: 5 }));
    assert_eq!(parse_predicate(&"!".repeat(100_000)), Err(PredicateError::TooDeep));
    assert_eq!(parse_predicate(&"(".repeat(100_000)), Err(PredicateError::TooDeep));
}

fn predicates() -> impl Strategy<Value = Predicate> {
    let code = "[a-z][a-z0-9_]{0,8}".prop_filter("reserved", |code| code != "in" && code != "has");
    let leaf = (code, proptest::collection::vec("[^\"]{0,6}", 0..3)).prop_map(|(code, values)| {
        if values.is_empty() { Predicate::Fact(code) } else { Predicate::OneOf(code, values) }
    });
    leaf.prop_recursive(4, 40, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(|p| Predicate::Not(Box::new(p))),
            proptest::collection::vec(inner.clone(), 2..4).prop_map(Predicate::All),
            proptest::collection::vec(inner, 2..4).prop_map(Predicate::Any),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(predicate in predicates()) {
        prop_assert_eq!(parse_predicate(&predicate_text(&predicate)), Ok(predicate));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "[a-c &|!()\\[\\]=\",中]{0,40}") {
        if let Ok(predicate) = parse_predicate(&text) {
            prop_assert_eq!(parse_predicate(&predicate_text(&predicate)), Ok(predicate));
        }
    }
}
