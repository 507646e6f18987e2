//! Nothing inconsistent gets loaded, and every defect is told with its file and line.

mod small;

use fieldbook_checklist::{
    ChecklistError, LoadError, bundled, bundled_files, load, load_unlocked, lock_text,
};
use small::*;

#[test]
fn a_consistent_set_loads() {
    let bundle = load(&small()).expect("consistent");
    assert_eq!(bundle.clauses().count(), 2);
    assert!(bundle.procedure("T-TST-01").is_some() && bundle.dataset("logs").is_some());
}

#[test]
fn windows_line_ends_change_nothing() {
    let files: Files = small().into_iter().map(|(path, text)| (path, text.replace('\n', "\r\n"))).collect();
    assert_eq!(load(&files).map(|b| lock_text(&b)), load(&small()).map(|b| lock_text(&b)));
}

#[test]
fn the_bundled_checklists_load() {
    let bundle = bundled().map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>());
    let bundle = bundle.expect("the checklists that are built in are consistent");
    assert_eq!(bundle.documents.len(), 5);
    let lock = bundled_files().remove("ids.lock").expect("bundled");
    let in_force: String =
        lock.lines().filter(|l| !l.ends_with("retired")).map(|l| format!("{l}\n")).collect();
    assert_eq!(in_force, lock_text(&bundle), "ids.lock is in canonical order");
}

#[test]
fn defects_of_a_chapter_are_told_with_their_line() {
    let path = "tst/01-records.toml";
    for (from, to, told) in [
        ("\"is_sec & class1\"", "\"is_sec &\"", ":10: condition: expected a fact at character 9"),
        ("\"is_sec & class1\"", "\"is_sex\"", ":10: `is_sex` is not a known fact"),
        ("\"is_sec & class1\"", "\"core\"", ":10: `core` is a fact of the other level (firm or system)"),
        ("\"is_sec & class1\"", "'grade = \"9\"'", ":10: `grade` cannot be `9`"),
        (
            "per_system = \"core\"",
            "per_system = \"is_sec\"",
            ":11: `is_sec` is a fact of the other level (firm or system)",
        ),
        ("\"TST-1.2\"", "\"TST-1.1\"", ":15: `TST-1.1` is defined twice"),
        ("\"TST-1.2\"", "\"第一條\"", ":15: `第一條` is not a valid clause id"),
        ("\"TST-1.2\"", "\"BSL-1.2\"", ":15: `BSL-1.2` does not belong in this file"),
        ("line = 3", "line = 4", ":21: `TST-1.2` names a line that the source text does not have"),
        ("strength = \"should\"\n", "", ":15: `TST-1.2` lacks a strength"),
        ("strength = \"should\"", "strength = \"ought\"", ":19: cannot be read: unknown variant `ought`"),
        ("applies = \"is_sec\"\n", "", ":15: `TST-1.2` lacks `applies`"),
        (
            "kind = \"leaf\"\nlabel = \"第一條第二款\"",
            "kind = \"branch\"\nlabel = \"第一條第二款\"",
            ":15: `TST-1.2` must not have `applies`",
        ),
        (
            "label = \"第一條第二款\"",
            "lable = \"第一條第二款\"",
            ":17: cannot be read: unknown field `lable`",
        ),
        ("宜檢視紀錄。", "宜檢視紀錄\u{f96f}。", ":18: the text of `TST-1.2` is not NFC"),
        ("number = \"1\"", "number = ", ":1: cannot be read"),
    ] {
        let errors = errors_after(path, from, to);
        let expected = format!("{path}{told}");
        assert!(first(&errors).starts_with(&expected), "{} instead of {expected}", first(&errors));
    }
}

const UNITS: &str = r#"line = 2

[[clause.unit]]
id = "a"
text = "應…紀錄"
strength = "must"

[[clause.unit]]
id = "b"
text = "留存"
strength = "should"
per_system = "core"
"#;

#[test]
fn units_quote_their_clause_in_its_order() {
    let mut files = small();
    let chapter = files.get_mut("tst/01-records.toml").expect("there");
    *chapter = chapter.replacen("line = 2\n", UNITS, 1);
    let bundle = load_unlocked(&files).expect("consistent");
    let units: Vec<usize> = bundle.clauses().map(|c| c.units.len()).collect();
    assert_eq!(units, [2, 0]);
    for (from, to, told) in [
        ("\"應…紀錄\"", "\"紀錄…應\"", ":16: "),
        ("\"應…紀錄\"", "\"應保存\"", ":16: "),
        ("\"應…紀錄\"", "\"\"", ":16: "),
        ("id = \"b\"", "id = \"a\"", ":20: `TST-1.1 a` is defined twice"),
        ("id = \"b\"", "id = \"B\"", ":20: `TST-1.1 B` is not a valid unit id"),
        (
            "per_system = \"core\"\n\n",
            "per_system = \"is_sec\"\n\n",
            ":23: `is_sec` is a fact of the other level",
        ),
    ] {
        let with_units = UNITS.to_owned() + "\n";
        assert!(with_units.contains(from), "{from}");
        let errors = errors_after("tst/01-records.toml", "line = 2\n", &with_units.replacen(from, to, 1));
        let expected = format!("tst/01-records.toml{told}");
        assert!(first(&errors).starts_with(&expected), "{} instead of {expected}", first(&errors));
    }
    let one = UNITS.split("\n[[clause.unit]]\nid = \"b\"").next().expect("a beginning");
    let errors = errors_after("tst/01-records.toml", "line = 2\n", one);
    assert_eq!(first(&errors), "tst/01-records.toml:15: `TST-1.1` lacks a second unit");
}

#[test]
fn defects_of_the_other_files_are_told_with_their_line() {
    for (path, from, to, told) in [
        ("facts.toml", "code = \"core\"", "code = \"is_sec\"", ":12: `is_sec` is defined twice"),
        ("facts.toml", "code = \"grade\"", "code = \"Grade\"", ":22: `Grade` is not a valid fact code"),
        ("facts.toml", "'grade = \"1\"'", "'grade = \"2\"'", ":39: `grade` cannot be `2`"),
        (
            "facts.toml",
            "'grade = \"1\"'",
            "'class1 | is_sec'",
            ":39: the rule of `class1` leads back to itself",
        ),
        ("facts.toml", "rule = 'grade = \"1\"'\n", "", ":32: `class1` lacks a rule"),
        ("facts.toml", "choices = [{ value = \"1\", zh = \"第一級\" }]\n", "", ":22: `grade` lacks choices"),
        ("datasets/logs.toml", "key = \"logs\"", "key = \"log\"", ":1: `log` does not belong in this file"),
        ("datasets/logs.toml", "key = \"status\"", "key = \"file\"", ":14: `file` is defined twice"),
        (
            "datasets/logs.toml",
            "key = \"status\"",
            "key = \"Status\"",
            ":14: `Status` is not a valid column key",
        ),
        ("datasets/logs.toml", "row = \"一列為一檔案\"", "row = \" \"", ":4: `logs` lacks what a row is"),
        (
            "datasets/logs.toml",
            "weak = [\"名稱\"]",
            "weak = [\"名字\"]",
            ":11: `名字` is not among the column's headers",
        ),
        ("datasets/logs.toml", "synonyms = [\"否\"]", "synonyms = [\" 是 \"]", ":22: `是` is defined twice"),
        ("datasets/logs.toml", "type = \"enum\"", "type = \"text\"", ":14: `status` must not have choices"),
        (
            "procedures/T-TST-01.toml",
            "id = \"T-TST-01\"",
            "id = \"T-TST-02\"",
            ":1: `T-TST-02` does not belong in this file",
        ),
        (
            "procedures/T-TST-01.toml",
            "clauses = [\"TST-1.1\"]",
            "clauses = [\"TST-1.9\"]",
            ":6: clause `TST-1.9` does not exist",
        ),
        (
            "procedures/T-TST-01.toml",
            "clause = \"TST-1.1\"",
            "clause = \"TST-9\"",
            ":17: clause `TST-9` does not exist",
        ),
        (
            "procedures/T-TST-01.toml",
            "dataset = \"logs\"\ncolumns",
            "dataset = \"logz\"\ncolumns",
            ":10: dataset `logz` does not exist",
        ),
        (
            "procedures/T-TST-01.toml",
            "columns = [\"file\"]",
            "columns = [\"name\"]",
            ":11: dataset `logs` has no column `name`",
        ),
        (
            "procedures/T-TST-01.toml",
            "applies = \"is_sec\"",
            "applies = \"sec\"",
            ":7: `sec` is not a known fact",
        ),
        (
            "procedures/T-TST-01.toml",
            "SELECT _id",
            "DELETE _id",
            ":31: `DELETE` is not a valid start of a query",
        ),
        ("tst/document.toml", "source = \"source.txt\"", "source = \"text.txt\"", ":7: the file is missing"),
        ("tst/document.toml", "version = \"1\"", "version = \" \"", ":6: `TST` lacks a version"),
        ("tst/document.toml", "version = \"1\"\n", "", ":1: cannot be read: missing field `version`"),
        (
            "tst/document.toml",
            "version = \"1\"",
            "version = \"1\"\neffective_from = \"109-12-31\"",
            ":7: `109-12-31` is not a valid date (YYYY-MM-DD)",
        ),
        (
            "tst/document.toml",
            "version = \"1\"",
            "version = \"1\"\neffective_from = \"2020-12-31\"\neffective_to = \"2020-12-30\"",
            ":8: `2020-12-30` is not a valid last day: it is before the first",
        ),
        ("tst/document.toml", "code = \"TST\"", "code = \"tst\"", ":2: `tst` is not a valid document code"),
    ] {
        let errors = errors_after(path, from, to);
        let expected = format!("{path}{told}");
        let found = errors.iter().any(|e| e.to_string().starts_with(&expected));
        assert!(
            found,
            "{:?} instead of {expected}",
            errors.iter().map(ToString::to_string).collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_changed_source_text_is_refused() {
    let errors = errors_after("tst/source.txt", "應留存", "得留存");
    assert!(matches!(errors[0], LoadError { line: Some(8), what: ChecklistError::SourceChanged(_), .. }));
    let misquoted = "tst/01-records.toml:8: the text of `TST-1.1` is not the source's: character 1 is `應`";
    assert_eq!(errors[1].to_string(), misquoted);
    assert_eq!(errors.len(), 2, "{errors:?}");
    let errors = errors_after("tst/source.txt", "第一條\n", "第一條 \n");
    assert!(matches!(errors.as_slice(), [LoadError { what: ChecklistError::SourceChanged(_), .. }]));
}

#[test]
fn a_text_that_is_one_character_off_is_refused() {
    for (from, to, told) in [
        (
            "宜檢視紀錄。",
            "應檢視紀錄。",
            ":18: the text of `TST-1.2` is not the source's: character 1 is `應`",
        ),
        (
            "宜檢視紀錄。",
            "宜檢視記錄。",
            ":18: the text of `TST-1.2` is not the source's: character 4 is `記`",
        ),
        ("應留存紀錄。", "應留存紀錄.", ":8: the text of `TST-1.1` is not the source's: character 6 is `.`"),
    ] {
        let errors = errors_after("tst/01-records.toml", from, to);
        assert_eq!(first(&errors), format!("tst/01-records.toml{told}"));
        let (what, hint) = errors[0].zh();
        assert!(what.contains("條文與原文不同：第 ") && hint.contains("source.txt"), "{what} {hint}");
    }
    let mut files = small();
    let chapter = files.get_mut("tst/01-records.toml").expect("there");
    *chapter = chapter.replace("\"宜檢視紀錄。\"", "\"宜檢\\n　視紀錄。\"");
    assert!(load_unlocked(&files).is_ok(), "layout is no character");
}

#[test]
fn a_chapter_that_cannot_be_read_is_told_once() {
    let errors = errors_after("tst/01-records.toml", "number = \"1\"", "number = ");
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(first(&errors).starts_with("tst/01-records.toml:1: cannot be read"), "{errors:?}");
    let errors = errors_after("tst/01-records.toml", "\"TST-1.1\"", "\"第一條\"");
    assert_eq!(errors.len(), 1, "{errors:?}");
    let mut files = small();
    for (path, from, to) in [
        ("tst/01-records.toml", "number = \"1\"", "number = "),
        ("procedures/T-TST-01.toml", "columns = [\"file\"]", "columns = [\"name\"]"),
    ] {
        let text = files.get_mut(path).expect("there");
        *text = text.replacen(from, to, 1);
    }
    let errors = load(&files).expect_err("two defects");
    assert_eq!(errors.len(), 2, "other defects of a procedure are told all the same: {errors:?}");
}

#[test]
fn a_locked_text_cannot_change_and_a_locked_id_cannot_vanish() {
    let changed = errors_after("tst/01-records.toml", "宜檢視紀錄。", "檢視紀錄。");
    assert_eq!(first(&changed), "ids.lock:2: the text of `TST-1.2` differs from the one in ids.lock");
    let gone = errors_after("tst/01-records.toml", "\"TST-1.2\"", "\"TST-1.3\"");
    let told: Vec<String> = gone.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "ids.lock: `TST-1.3` is not in ids.lock",
            "ids.lock:2: `TST-1.2` is in ids.lock but nowhere defined"
        ]
    );
    let procedure = errors_after("procedures/T-TST-01.toml", "取得清單", "取得名單");
    assert_eq!(first(&procedure), "ids.lock:4: the text of `T-TST-01` differs from the one in ids.lock");
}

#[test]
fn a_retired_id_stays_retired() {
    let mut files = small();
    let lock = files.get_mut("ids.lock").expect("there");
    lock.push_str(&format!("TST-1.9 {} retired\n", "0".repeat(64)));
    assert!(load(&files).is_ok(), "a retired id is no defect");
    let lock = files.get_mut("ids.lock").expect("there");
    *lock = lock
        .lines()
        .map(|l| if l.starts_with("TST-1.2 ") { format!("{l} retired\n") } else { format!("{l}\n") })
        .collect();
    let errors = load(&files).expect_err("reused");
    assert_eq!(first(&errors), "ids.lock:2: `TST-1.2` was retired and cannot be used again");
}

#[test]
fn a_broken_lock_file_is_refused() {
    let mut files = small();
    files.get_mut("ids.lock").expect("there").push_str("TST-1.1 aa\nthree words here\n");
    let told: Vec<String> = load(&files).expect_err("broken").iter().map(ToString::to_string).collect();
    assert!(told.contains(&"ids.lock:5: `TST-1.1` is defined twice".to_owned()), "{told:?}");
    assert!(told.contains(&"ids.lock:6: `6` is not a valid line of the lock file".to_owned()), "{told:?}");
}

#[test]
fn missing_and_misplaced_files_are_told() {
    for (path, told) in [
        ("facts.toml", "facts.toml: the file is missing"),
        ("tst/document.toml", "tst/document.toml: the file is missing"),
        ("ids.lock", "ids.lock: the file is missing"),
    ] {
        let mut files = small();
        files.remove(path);
        let errors = load(&files).expect_err("missing");
        assert!(errors.iter().any(|e| e.to_string() == told), "{path}: {errors:?}");
    }
    for path in ["fact.toml", "tst/notes.txt", "tst/extra.toml"] {
        let mut files = small();
        files.insert(path.to_owned(), "number = \"1\"\ntitle = \"\"\nclause = []\n".to_owned());
        let errors = load(&files).expect_err("misplaced");
        assert!(
            errors.iter().any(|e| e.file == path && e.what == ChecklistError::UnexpectedFile),
            "{path}: {errors:?}"
        );
    }
}

#[test]
fn all_defects_are_told_at_once() {
    let mut files = small();
    for (path, from, to) in [
        ("tst/01-records.toml", "\"is_sec & class1\"", "\"nobody\""),
        ("datasets/logs.toml", "key = \"logs\"", "key = \"Logs\""),
        ("procedures/T-TST-01.toml", "\"TST-1.1\"", "\"TST-7\""),
    ] {
        let text = files.get_mut(path).expect("there");
        *text = text.replacen(from, to, 1);
    }
    let errors = load(&files).expect_err("three defects");
    for path in ["tst/01-records.toml", "datasets/logs.toml", "procedures/T-TST-01.toml"] {
        assert!(errors.iter().any(|e| e.file == path), "{path}");
    }
}
