//! `hq`: exams of several firms of one vault, compared.

use crate::call::Desk;
use serde_json::Value;

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// A vault with one exam of each of two firms; the first has a met item, one that is not, and a draft.
fn two_firms() -> Desk {
    let desk = Desk::with_vault();
    let mut exams = Vec::new();
    for (firm, facts, as_of) in
        [("甲乙證券", "is_sec = true", "2019-12-31"), ("丙丁期貨", "is_fcm = true", "2020-12-31")]
    {
        std::fs::write(desk.path("p.toml"), facts).expect("a profile");
        let period = format!("{}-01-01..{as_of}", as_of.get(..4).expect("a year"));
        let words =
            ["exam", "new", "--firm", firm, "--profile", "p.toml", "--as-of", as_of, "--period", &period];
        let made = desk.done(&[&words[..], &["--examiner", "查核員甲"]].concat());
        exams.push(made["exam"].as_str().expect("an id").to_owned());
    }
    let items = desk.done(&["exam", "items", &exams[0]]);
    let bound: Vec<&str> = list(&items)
        .iter()
        .filter(|item| item["applicability"] == "applicable")
        .filter_map(|item| item["clause"].as_str())
        .collect();
    for (clause, result) in [(bound[0], "compliant"), (bound[1], "noncompliant")] {
        let words =
            ["answer", &exams[0], clause, "--result", result, "--method", "interview", "--note", "訪談"];
        desk.done(&words);
    }
    let words =
        ["finding", "add", &exams[0], "--title", "未完全符合", "--clause", bound[1], "--condition", "見底稿"];
    desk.done(
        &[&words[..], &["--severity", "high", "--effect", "風險", "--recommendation", "改善"]].concat(),
    );
    desk
}

#[test]
fn firms_are_compared_on_the_command_line_and_what_nobody_examined_is_not_met() {
    let desk = two_firms();
    let view = desk.done(&["hq", "show"]);
    assert_eq!((&view["totals"]["exams"], &view["totals"]["firms"]), (&2.into(), &2.into()));
    assert_eq!((&view["totals"]["findings"], &view["totals"]["drafts"]), (&0.into(), &1.into()));
    let firm = |name: &str| list(&view["firms"]).iter().find(|f| f["firm"] == name).cloned().expect("a firm");
    let compliant = |name: &str| firm(name)["results"]["compliant"].clone();
    assert!(compliant("甲乙證券")["of"].as_u64() >= Some(1), "{}", compliant("甲乙證券"));
    assert_eq!(compliant("丙丁期貨"), serde_json::json!({ "n": 0, "of": 0 }), "nobody examined it");
    assert_eq!(firm("丙丁期貨")["kind"], "期貨商");

    let said = desk.call(&["hq", "show"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    for told in
        ["年度趨勢", "受查單位比較", "常見缺失條文", "重複缺失", "逾期改善措施", "甲乙證券", "民國", "（無）"]
    {
        assert_eq!(said.out.contains(told), told != "民國", "{told} in {}", said.out);
    }
    let drafts = desk.done(&["hq", "show", "--status", "draft", "--from-year", "2019", "--to-year", "2019"]);
    assert_eq!((&drafts["totals"]["exams"], &drafts["totals"]["findings"]), (&1.into(), &1.into()));
    assert_eq!(list(&drafts["clauses"]).len(), 1);
    desk.refused(&["hq", "show", "--from-year", "2021", "--to-year", "2020"], 1, "bad_years");
    desk.refused(&["hq", "show", "--document", "NONE"], 1, "unknown_document");
    desk.refused(&["hq", "show", "--chapter", "沒有這一章"], 1, "unknown_chapter");
}

#[test]
fn a_workbook_and_the_tables_are_written() {
    let desk = two_firms();
    let book = desk.done(&["hq", "xlsx", "出/總部.xlsx"]);
    assert_eq!(list(&book["files"]).len(), 1);
    assert!(std::fs::read(desk.path("出/總部.xlsx")).is_ok_and(|bytes| bytes.starts_with(b"PK")));
    let tables = desk.done(&["hq", "parquet", "表", "--pseudonyms"]);
    let names: Vec<&str> = list(&tables["files"]).iter().filter_map(|f| f["file"].as_str()).collect();
    assert_eq!(names.len(), 7, "{names:?}");
    for name in names {
        let bytes = std::fs::read(desk.path(name)).expect("a table");
        let named = "甲乙證券".as_bytes();
        assert!(!bytes.windows(named.len()).any(|w| w == named), "{name}");
    }
    let renewed = desk.done(&["hq", "renew"]);
    assert_eq!((&renewed["renewed"], &renewed["failed"]), (&0.into(), &0.into()), "nothing was missing");
}
