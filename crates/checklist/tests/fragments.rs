//! Fragments end up in front of the queries that need them, and nothing is wrong with one without being told.

use fieldbook_checklist::{QueryOf, bundled_files, load_unlocked, queries};
use fieldbook_model::{Procedure, Rule};

const PATH: &str = "procedures/T-COL-06.toml";

const PROCEDURE: &str = r#"id = "T-COL-06"
title = ""
family = ""
purpose = ""
steps = []
clauses = []
applies = "is_sec"

[[needs]]
dataset = "accounts"

[[fragment]]
name = "open"
sql = "SELECT _id FROM accounts -- all of them"

[[fragment]]
name = "late"
uses = ["open"]
sql = "SELECT _id FROM open"

[[fragment]]
name = "other"
sql = "SELECT 1 AS n"

[population]
dataset = "accounts"
zh = ""
uses = ["open"]
sql = "SELECT count(*) FROM open"

[[rule]]
id = "1"
title = ""
verdict = "exception"
clauses = []
strength = "must"
subject = "accounts"
uses = ["other", "late"]
sql = "SELECT _id FROM late, other"

[[rule]]
id = "2"
title = ""
verdict = "exception"
clauses = []
strength = "must"
subject = "accounts"
uses = ["late"]
sql = """
WITH mine AS (SELECT _id FROM late)
SELECT _id FROM mine
"""

[[rule]]
id = "3"
title = ""
verdict = "exception"
clauses = []
strength = "must"
subject = "accounts"
sql = "SELECT _id FROM accounts"

[[column]]
key = "account"
zh = ""
"#;

const OPEN: &str = "open AS MATERIALIZED (\nSELECT _id FROM accounts -- all of them\n)";
const LATE: &str = "late AS MATERIALIZED (\nSELECT _id FROM open\n)";
const OTHER: &str = "other AS MATERIALIZED (\nSELECT 1 AS n\n)";

fn loaded(text: &str) -> Result<Procedure, Vec<String>> {
    let mut files = bundled_files();
    files.insert(PATH.to_owned(), text.to_owned());
    let bundle = load_unlocked(&files)
        .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<String>>())?;
    Ok(bundle.procedure("T-COL-06").expect("just loaded").procedure.clone())
}

fn rule<'a>(procedure: &'a Procedure, id: &str) -> &'a Rule {
    procedure.rules.iter().find(|r| r.id == id).expect("a rule")
}

/// The statement that shows by itself whether a query could run.
fn alone(text: &str, of: &QueryOf) -> String {
    let files = [(PATH.to_owned(), text.to_owned())].into();
    let all = queries(&files).into_iter().flat_map(|file| file.queries);
    all.into_iter().find(|q| q.of == *of).expect("a query").sql
}

#[test]
fn a_query_names_what_it_needs_in_the_order_of_the_file() {
    let procedure = loaded(PROCEDURE).expect("consistent");
    assert_eq!(procedure.population.uses, ["open"]);
    assert_eq!(procedure.population.sql, "SELECT count(*) FROM open");
    assert_eq!(rule(&procedure, "1").uses, ["open", "late", "other"]);
    assert_eq!(rule(&procedure, "1").sql, "SELECT _id FROM late, other");
    let fragments: Vec<&str> = procedure.fragments.iter().map(|f| f.name.as_str()).collect();
    assert_eq!(fragments, ["open", "late", "other"]);
    assert_eq!(procedure.fragments[1].sql, "SELECT _id FROM open");
}

#[test]
fn a_query_that_is_tried_alone_has_what_it_needs_in_front_of_it() {
    let one = QueryOf::Rule("1".to_owned());
    let expected = format!("WITH {OPEN},\n{LATE},\n{OTHER}\nSELECT _id FROM late, other");
    assert_eq!(alone(PROCEDURE, &one), expected);
    assert_eq!(alone(PROCEDURE, &QueryOf::Population), format!("WITH {OPEN}\nSELECT count(*) FROM open"));
}

#[test]
fn the_querys_own_expressions_come_after_the_fragments() {
    let two = QueryOf::Rule("2".to_owned());
    let own = "mine AS (SELECT _id FROM late)\nSELECT _id FROM mine\n";
    assert_eq!(alone(PROCEDURE, &two), format!("WITH {OPEN},\n{LATE},\n{own}"));
    let recursive = PROCEDURE.replace("WITH mine", "with  Recursive\n mine");
    assert_eq!(alone(&recursive, &two), format!("WITH RECURSIVE {OPEN},\n{LATE},\n{own}"));
}

#[test]
fn a_query_that_uses_none_stays_as_written() {
    let procedure = loaded(PROCEDURE).expect("consistent");
    assert_eq!(rule(&procedure, "3").sql, "SELECT _id FROM accounts");
    assert!(rule(&procedure, "3").uses.is_empty());
}

#[test]
fn defects_are_told_with_their_line() {
    for (from, to, told) in [
        ("uses = [\"other\", \"late\"]", "uses = [\"other\", \"lat\"]", ":38: fragment `lat` does not exist"),
        (
            "[\"open\"]\nsql = \"SELECT count",
            "[\"opn\"]\nsql = \"SELECT count",
            ":28: fragment `opn` does not exist",
        ),
        (
            "[\"open\"]\nsql = \"SELECT _id",
            "[\"opn\"]\nsql = \"SELECT _id",
            ":18: fragment `opn` does not exist",
        ),
        (
            "[\"open\"]\nsql = \"SELECT _id",
            "[\"other\"]\nsql = \"SELECT _id",
            ":18: fragment `other` is used before it is defined",
        ),
        (
            "[\"open\"]\nsql = \"SELECT _id",
            "[\"late\"]\nsql = \"SELECT _id",
            ":18: fragment `late` is used before it is defined",
        ),
        ("uses = [\"other\", \"late\"]", "uses = [\"late\"]", ":22: fragment `other` is not used"),
        ("uses = [\"other\", \"late\"]", "uses = [\"late\", \"late\"]", ":38: `late` is defined twice"),
        ("name = \"other\"", "name = \"late\"", ":22: `late` is defined twice"),
        ("name = \"other\"", "name = \"Other\"", ":22: `Other` is not a valid fragment name"),
        ("name = \"other\"", "name = \"orders\"", ":22: fragment `orders` hides the dataset of that key"),
        ("\"SELECT 1 AS n\"", "\"DELETE FROM n\"", ":23: `DELETE` is not a valid start of a query"),
        (
            "name = \"other\"",
            "name = \"other\"\nmaterialized = true",
            ":23: cannot be read: unknown field `materialized`",
        ),
    ] {
        assert!(PROCEDURE.contains(from), "the procedure holds {from}");
        let errors = loaded(&PROCEDURE.replacen(from, to, 1)).expect_err("a defect");
        let expected = format!("{PATH}{told}");
        assert!(errors.iter().any(|e| e.starts_with(&expected)), "{errors:?} instead of {expected}");
    }
}

#[test]
fn a_fragment_that_only_an_unused_one_uses_is_unused() {
    let text = PROCEDURE.replace("uses = [\"other\", \"late\"]", "uses = [\"open\"]").replace(
        "uses = [\"late\"]\nsql = \"\"\"\nWITH mine AS (SELECT _id FROM late)",
        "sql = \"\"\"\nWITH mine AS (SELECT _id FROM accounts)",
    );
    let errors = loaded(&text.replace("name = \"other\"", "name = \"other\"\nuses = [\"late\"]"));
    let expected = [":17: fragment `late` is not used", ":22: fragment `other` is not used"];
    assert_eq!(errors.expect_err("two defects"), expected.map(|told| format!("{PATH}{told}")));
}
