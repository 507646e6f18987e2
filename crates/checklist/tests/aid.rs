//! Patterns, periods, sheets and phrases say what the documents and the specification say, and cite only what is there.

use fieldbook_checklist::{Bundle, bundled, bundled_files, load, load_unlocked};
use fieldbook_model::{ClauseId, Every, ItemResult, Pattern, Phrase, PhrasePart};
use std::collections::{BTreeMap, BTreeSet};

fn bundle() -> Bundle {
    bundled().expect("the bundled checklists load")
}

fn id(text: &str) -> ClauseId {
    ClauseId::parse(text).expect("an id")
}

fn ids(clauses: &[ClauseId]) -> String {
    clauses.iter().map(ClauseId::as_str).collect::<Vec<_>>().join(" ")
}

/// Text of a table cell without tags and blanks.
fn cell(text: &str) -> String {
    let mut in_tag = false;
    let keep = |c: &char| {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                return false;
            }
            _ => {}
        }
        !in_tag && !c.is_whitespace()
    };
    text.chars().filter(keep).collect()
}

/// The rows of the slides' table: what was found, and the criteria beside it.
fn source_rows(source: &str) -> Vec<(String, Vec<String>)> {
    let mut lines = source.lines();
    let mut rows = Vec::new();
    while lines.by_ref().any(|line| line == "查核發現\t現行規範") {
        let (found, rules) = lines.next().and_then(|row| row.split_once('\t')).expect("a row of two cells");
        let rules = cell(rules);
        let bullets: Vec<String> = match rules.split_once('➤') {
            Some((_, bullets)) => bullets.split('➤').map(str::to_owned).collect(),
            None => vec![rules],
        };
        rows.push((cell(found), bullets));
    }
    rows
}

/// The pattern whose finding ends like that of a row: one row words its beginning otherwise than the list does.
fn pattern_of<'a>(bundle: &'a Bundle, found: &str) -> &'a Pattern {
    let end = |text: &str| cell(text).chars().rev().take(9).collect::<Vec<char>>();
    let mut fits =
        bundle.patterns.iter().filter(|p| end(&bundle.clause(&p.clause).expect("exists").text) == end(found));
    let pattern = fits.next().unwrap_or_else(|| panic!("no pattern for {found}"));
    assert!(fits.next().is_none(), "{found}");
    pattern
}

#[test]
fn patterns_stand_beside_the_criteria_of_the_slides() {
    let bundle = bundle();
    let rows = source_rows(&bundle.document("COL").expect("bundled").source);
    assert_eq!(rows.len(), 8);
    let mut seen = BTreeSet::new();
    for (found, bullets) in &rows {
        let pattern = pattern_of(&bundle, found);
        seen.insert(pattern.code.as_str());
        let rule = |id: &ClauseId| {
            let text = cell(&bundle.clause(id).expect("exists").text);
            text.split_once('➤').map_or(text.clone(), |(_, rule)| rule.to_owned())
        };
        let criteria: Vec<String> = pattern.criteria.iter().map(rule).collect();
        assert_eq!(&criteria, bullets, "{}", pattern.code);
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8"]);
}

#[test]
fn the_eight_patterns_lead_to_their_clauses_and_to_the_procedures_that_there_are() {
    let bundle = bundle();
    for (number, pattern) in (1..).zip(&bundle.patterns) {
        assert_eq!(pattern.code, format!("C{number}"));
        assert_eq!(pattern.clause.as_str(), format!("COL-C{number}"));
        assert!(pattern.criteria.iter().all(|c| c.as_str().starts_with(&format!("COL-D{number}"))));
        let own = format!("T-COL-0{number}");
        let expected: Vec<&str> =
            bundle.procedure(&own).map(|p| p.procedure.id.as_str()).into_iter().collect();
        assert_eq!(pattern.procedures, expected, "a procedure of this number belongs here");
    }
    assert_eq!(bundle.patterns.len(), 8);
}

/// The periods of the specification, row by row.
const PERIODS: [(&str, Every); 7] = [
    (
        "FCM-1.3 FCM-2.4 FCM-5.3 FCM-5.4 FCM-7.2.f FCM-11.1 COL-G2.4 ASM-5 ASM-6 EMT-6.3.3.1",
        Every::Months(12),
    ),
    ("FCM-9.10 BSL-7.8 COL-D8.1 COL-G10.1 BSL-3.3 COL-G4.4", Every::Months(6)),
    ("COL-D6.1 COL-G5.1 BSL-6.7 FCM-8.3.f ASM-3.3", Every::Months(3)),
    ("ASM-2.2 ASM-3.1.t2", Every::Months(36)),
    ("ASM-3.1.t3", Every::Months(60)),
    ("FCM-7.2.d.b BSL-4.3 BSL-3.6", Every::Day),
    (
        "FCM-6.2 FCM-7.1.a.a FCM-7.1.a.b FCM-7.1.e.b FCM-7.1.f FCM-7.2.d.c FCM-8.4.b FCM-8.5.i FCM-10.2 FCM-12.d \
         BSL-4.4 BSL-4.9 BSL-5.3 BSL-7.9 BSL-8.4 COL-A3 COL-D7.2 COL-G1.1 EMT-7.p2 FCM-7.2.f",
        Every::OwnRule,
    ),
];

#[test]
fn every_period_of_the_specification_is_there_and_no_other() {
    let bundle = bundle();
    let expected: BTreeSet<(&str, Every)> =
        PERIODS.iter().flat_map(|(clauses, every)| clauses.split_whitespace().map(|c| (c, *every))).collect();
    let found: Vec<(&str, Every)> =
        bundle.periods.iter().flat_map(|p| p.clauses.iter().map(|c| (c.as_str(), p.every))).collect();
    assert_eq!(found.len(), expected.len(), "a clause has a period once");
    assert_eq!(found.into_iter().collect::<BTreeSet<_>>(), expected);
    let of_capacity: Vec<&str> =
        bundle.periods_of(&id("FCM-7.2.f")).into_iter().map(|p| p.duty.as_str()).collect();
    assert_eq!(of_capacity, ["電腦系統容量及安全措施評估", "系統容量壓力測試"]);
}

#[test]
fn the_words_of_a_period_are_the_clauses_own_and_fit_its_length() {
    let bundle = bundle();
    let fitting: [(Every, &[&str]); 7] = [
        (Every::Months(12), &["每年"]),
        (Every::Months(6), &["每半年"]),
        (Every::Months(3), &["三個月"]),
        (Every::Months(36), &["每三年"]),
        (Every::Months(60), &["每五年"]),
        (Every::Day, &["每日", "逐日"]),
        (Every::OwnRule, &["定期", "週期性"]),
    ];
    for period in &bundle.periods {
        let (_, words) = fitting.iter().find(|(every, _)| *every == period.every).expect("a known length");
        assert!(words.iter().any(|w| period.words.contains(w)), "{}: {}", period.duty, period.words);
        for clause in &period.clauses {
            assert!(
                bundle.clause(clause).expect("exists").text.contains(&period.words),
                "{clause}: {}",
                period.words
            );
        }
    }
}

/// The words of a query outside quotes.
fn sql_words(sql: &str) -> Vec<&str> {
    let outside = sql.split('\'').step_by(2);
    outside
        .flat_map(|s| s.split(|c: char| !c.is_alphanumeric() && c != '_'))
        .filter(|w| !w.is_empty())
        .collect()
}

#[test]
fn queries_for_last_dates_name_their_dataset_and_its_columns_only() {
    let bundle = bundle();
    let known = "SELECT max FROM WHERE AND OR LIKE NOT IS NULL as_of".split(' ');
    let known: BTreeSet<&str> = known.collect();
    let mut datasets: BTreeMap<&str, usize> = BTreeMap::new();
    for period in &bundle.periods {
        for last in &period.last {
            *datasets.entry(last.dataset.as_str()).or_default() += 1;
            let columns: BTreeSet<&str> = bundle
                .dataset(&last.dataset)
                .expect("exists")
                .columns
                .iter()
                .map(|c| c.key.as_str())
                .collect();
            let words = sql_words(&last.sql);
            assert_eq!(words.get(..2), Some(["SELECT", "max"].as_slice()), "{}", period.duty);
            for word in words {
                let fits = known.contains(word) || columns.contains(word) || word == last.dataset;
                assert!(fits, "{}: {word}", period.duty);
            }
        }
    }
    let used: Vec<&str> = datasets.keys().copied().collect();
    assert_eq!(used, ["activities", "ops_log", "privileged_usage", "training", "vuln"]);
}

#[test]
fn duties_of_accounts_and_systems_have_no_single_last_date() {
    let bundle = bundle();
    for clause in
        ["COL-D6.1", "COL-G5.1", "BSL-6.7", "FCM-8.3.f", "ASM-3.1.t2", "ASM-3.1.t3", "ASM-3.3", "FCM-5.4"]
    {
        assert!(bundle.periods_of(&id(clause)).iter().all(|p| p.last.is_empty()), "{clause}");
    }
    for clause in
        ["FCM-1.3", "FCM-2.4", "FCM-11.1", "FCM-7.2.f", "COL-G2.4", "ASM-5", "ASM-6", "ASM-2.2", "FCM-10.2"]
    {
        assert!(bundle.periods_of(&id(clause)).iter().all(|p| !p.last.is_empty()), "{clause}");
    }
}

#[test]
fn the_sheet_for_the_machine_room_has_its_clauses_and_room_to_write() {
    let bundle = bundle();
    let [sheet] = bundle.sheets.as_slice() else { panic!("one sheet") };
    assert_eq!((sheet.key.as_str(), sheet.title.as_str()), ("machine_room", "機房及主機共置機櫃實地查核表"));
    for clause in
        "FCM-6.1 FCM-6.2 FCM-6.3 FCM-7.2.c.a FCM-7.2.c.b FCM-7.2.c.c FCM-7.2.c.d BSL-5.5 COL-A2 COL-B1 \
                   COL-C2 COL-C4 COL-D2.1 COL-D4.1 COL-E1 COL-G2.1 COL-G2.3"
            .split_whitespace()
    {
        assert!(sheet.clauses.contains(&id(clause)), "{clause}");
    }
    let headings: Vec<&str> = sheet.columns.iter().map(|(heading, _)| heading.as_str()).collect();
    let expected = ["機櫃", "U位", "設備名稱", "廠牌型號", "序號", "所有人", "用途", "清冊相符", "備註"];
    assert_eq!(headings, expected);
    assert_eq!((sheet.table.as_str(), sheet.rows), ("設備盤點", 24));
    let told = sheet.instructions.join("");
    for word in ["拍照", "台數", "末六碼", "清單外設備"] {
        assert!(told.contains(word), "{word}");
    }
}

#[test]
fn phrases_are_there_for_every_result_and_for_many_topics() {
    let bundle = bundle();
    let notes: Vec<&Phrase> = bundle.phrases.iter().filter(|p| p.part == PhrasePart::Note).collect();
    let (general, special): (Vec<&Phrase>, Vec<&Phrase>) =
        notes.iter().partition(|p| p.topics.is_empty() && p.clauses.is_empty());
    assert!((8..=12).contains(&general.len()), "{}", general.len());
    for result in [
        ItemResult::Compliant,
        ItemResult::Partial,
        ItemResult::Noncompliant,
        ItemResult::NotApplicable,
        ItemResult::NoData,
        ItemResult::NotExamined,
    ] {
        assert!(general.iter().any(|p| p.results.contains(&result)), "{result:?}");
    }
    let mut by_topic: BTreeMap<&str, Vec<&Phrase>> = BTreeMap::new();
    for phrase in special {
        for topic in &bundle.crosswalk.topics {
            if phrase.topics.contains(&topic.code) || topic.clauses.iter().any(|c| phrase.clauses.contains(c))
            {
                by_topic.entry(&topic.code).or_default().push(phrase);
            }
        }
    }
    assert!(by_topic.len() >= 30, "{}", by_topic.len());
    for (topic, phrases) in by_topic {
        let says = |fails: bool| phrases.iter().any(|p| p.results.iter().any(|r| r.fails() == fails));
        assert!(says(true) && says(false), "{topic}: for both outcomes");
    }
    for clause in bundle.clauses().filter(|c| c.examinable) {
        let own = bundle.phrases_for(PhrasePart::Note, &clause.id, None).len() - general.len();
        assert!(own <= 7, "{}: {own} are too many to choose from", clause.id);
    }
    assert!(notes.iter().all(|p| p.text.ends_with('。') && !p.results.is_empty()));
}

/// Words that only some clauses of a topic have: elsewhere they would be the measure of another clause.
const MEASURES: [&str; 11] = [
    "三個月",
    "兩個月",
    "三年",
    "半年",
    "逐日",
    "資訊單位主管",
    "權責主管",
    "資安稽核權",
    "DDoS",
    "不斷電設備",
    "事件類型",
];

#[test]
fn a_phrase_that_measures_is_offered_only_where_the_clause_or_its_criteria_have_the_measure() {
    let bundle = bundle();
    let text = |id: &ClauseId| bundle.clause(id).expect("exists").text.as_str();
    for measure in MEASURES {
        let mut found = 0;
        for phrase in bundle.phrases.iter().filter(|p| p.text.contains(measure)) {
            found += 1;
            assert!(!phrase.clauses.is_empty() && phrase.topics.is_empty(), "{}", phrase.text);
            for clause in &phrase.clauses {
                let criteria =
                    bundle.patterns.iter().filter(|p| p.clause == *clause).flat_map(|p| &p.criteria);
                let mut measured = criteria.chain([clause]);
                assert!(measured.any(|id| text(id).contains(measure)), "{clause}: {}", phrase.text);
            }
        }
        assert!(found > 0, "{measure}");
    }
}

#[test]
fn a_note_is_offered_the_phrases_of_its_own_first_and_only_those_of_its_result() {
    let bundle = bundle();
    let failed = bundle.phrases_for(PhrasePart::Note, &id("COL-G4.4"), Some(ItemResult::Noncompliant));
    let mine = |p: &Phrase| p.clauses.contains(&id("COL-G4.4"));
    let general = |p: &Phrase| p.clauses.is_empty() && p.topics.is_empty();
    let (first, last) = (failed.first().expect("some"), failed.last().expect("some"));
    assert!(mine(first) && general(last));
    assert!(failed.iter().all(|p| p.results.contains(&ItemResult::Noncompliant)));
    assert!(failed.iter().all(|p| mine(p) || general(p)), "no phrase of another clause");
    let of_topic = bundle.phrases_for(PhrasePart::Note, &id("FCM-5.2"), Some(ItemResult::Noncompliant));
    assert_eq!(of_topic.first().expect("some").topics, ["X08"], "a topic's phrases for each of its clauses");
    let any = bundle.phrases_for(PhrasePart::Note, &id("COL-G4.4"), None);
    assert!(any.len() > failed.len());
    let no_topic = bundle.phrases_for(PhrasePart::Note, &id("FCM-9.8"), Some(ItemResult::NoData));
    assert!(!no_topic.is_empty() && no_topic.iter().all(|p| p.topics.is_empty()));
}

#[test]
fn every_part_of_a_finding_has_phrases_of_its_own() {
    let bundle = bundle();
    for part in [PhrasePart::Cause, PhrasePart::Effect, PhrasePart::Recommendation] {
        let offered = bundle.phrases_for(part, &id("COL-D5.1"), None);
        assert!(offered.len() >= 3, "{part:?}");
        assert!(offered.iter().all(|p| p.part == part && p.text.ends_with('。')), "{part:?}");
    }
    let special = bundle.phrases_for(PhrasePart::Effect, &id("COL-D5.1"), None);
    assert!(!special.first().expect("some").topics.is_empty(), "its topic's come first");
}

const RETENTION: &str = r#"[[retention]]
clauses = ["ASM-8.4"]
what = "評估報告"
years = 5
from = "report"
words = "至少保存五年"
"#;

const AIDS: [&str; 7] = [
    "crosswalk.toml",
    "patterns.toml",
    "periods.toml",
    "sheets.toml",
    "phrases.toml",
    "qualifications.toml",
    "retention.toml",
];

#[test]
fn a_set_without_these_files_loads_and_has_none() {
    let mut files = bundled_files();
    for path in AIDS {
        assert!(files.remove(path).is_some(), "{path} is built in");
    }
    let bundle = load(&files).expect("they may be absent");
    assert!(bundle.crosswalk.topics.is_empty() && bundle.crosswalk.pairs.is_empty());
    assert!(bundle.patterns.is_empty() && bundle.periods.is_empty());
    assert!(bundle.sheets.is_empty() && bundle.phrases.is_empty());
    assert!(bundle.qualifications.kinds.is_empty() && bundle.qualifications.rules.is_empty());
    assert!(bundle.retention.is_empty());
}

const PATTERNS: &str = r#"[[pattern]]
code = "C6"
clause = "COL-C6"
criteria = ["COL-G5.1", "COL-D6.1"]
procedures = ["T-COL-06"]
"#;

const PERIOD: &str = r#"[[period]]
clauses = ["COL-G2.4"]
duty = "防火牆檢視"
every = "12mo"
words = "每年"

  [[period.last]]
  dataset = "activities"
  sql = "SELECT max(done_at) FROM activities WHERE done_at <= :as_of"
"#;

const SHEET: &str = r#"[[sheet]]
key = "room"
title = "機房"
instructions = []
clauses = ["FCM-6.1"]
table = "設備"
columns = [{ heading = "序號", width = 2 }]
rows = 3
"#;

const PHRASE: &str = r#"[[phrase]]
text = "抽查○筆。"
topics = ["X06"]
clauses = ["FCM-8.2.b"]
results = ["compliant"]
"#;

fn with(path: &str, text: &str) -> Result<Bundle, Vec<String>> {
    let mut files = bundled_files();
    files.insert(path.to_owned(), text.to_owned());
    load_unlocked(&files).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[test]
fn consistent_files_load() {
    let bundle = with("patterns.toml", PATTERNS).expect("consistent");
    assert_eq!(
        ids(&bundle.patterns.first().expect("one").criteria),
        "COL-D6.1 COL-G5.1",
        "documents in their order"
    );
    for (path, text) in [("periods.toml", PERIOD), ("sheets.toml", SHEET), ("phrases.toml", PHRASE)] {
        with(path, text).expect(path);
    }
}

#[test]
fn defects_are_told_with_their_line() {
    for (path, good, from, to, told) in [
        ("patterns.toml", PATTERNS, "\"C6\"", "\"6\"", ":2: `6` is not a valid pattern code"),
        ("patterns.toml", PATTERNS, "\"COL-C6\"", "\"COL-C9\"", ":3: clause `COL-C9` does not exist"),
        ("patterns.toml", PATTERNS, "\"COL-D6.1\"", "\"COL-F1\"", ":4: clause `COL-F1` is not answered"),
        ("patterns.toml", PATTERNS, "[\"COL-G5.1\", \"COL-D6.1\"]", "[]", ":2: `C6` lacks criteria"),
        ("patterns.toml", PATTERNS, "T-COL-06", "T-COL-99", ":5: procedure `T-COL-99` does not exist"),
        ("periods.toml", PERIOD, "\"COL-G2.4\"", "\"COL-G2.9\"", ":2: clause `COL-G2.9` does not exist"),
        ("periods.toml", PERIOD, "[\"COL-G2.4\"]", "[]", ":3: `防火牆檢視` lacks clauses"),
        ("periods.toml", PERIOD, "\"12mo\"", "\"0mo\"", ":4: `0mo` is not a valid period"),
        ("periods.toml", PERIOD, "\"12mo\"", "\"1y\"", ":4: `1y` is not a valid period"),
        (
            "periods.toml",
            PERIOD,
            "\"每年\"",
            "\"每半年\"",
            ":5: `每半年` does not occur in clause `COL-G2.4` or in a heading above it",
        ),
        ("periods.toml", PERIOD, "\"每年\"", "\"\"", ":5: `` does not occur in clause `COL-G2.4`"),
        ("periods.toml", PERIOD, "\"activities\"", "\"activity\"", ":8: dataset `activity` does not exist"),
        ("periods.toml", PERIOD, "\"SELECT", "\"WITH", ":9: `WITH` is not a valid start of a query"),
        ("periods.toml", PERIOD, ":as_of\"", ":as_of;\"", ":9: `防火牆檢視` must not have `;` in a query"),
        ("periods.toml", PERIOD, ":as_of\"", "'2020-12-31'\"", ":9: `防火牆檢視` lacks `:as_of` in a query"),
        ("sheets.toml", SHEET, "\"room\"", "\"Room\"", ":2: `Room` is not a valid sheet key"),
        ("sheets.toml", SHEET, "\"FCM-6.1\"", "\"FCM-6\"", ":5: clause `FCM-6` is not answered"),
        ("sheets.toml", SHEET, "[\"FCM-6.1\"]", "[]", ":2: `room` lacks clauses"),
        ("sheets.toml", SHEET, "rows = 3", "rows = 0", ":2: `room` lacks a table's heading, columns or rows"),
        ("sheets.toml", SHEET, "width = 2", "width = 0", ":7: `序號` lacks a width"),
        ("phrases.toml", PHRASE, "\"X06\"", "\"X99\"", ":3: topic `X99` does not exist"),
        ("phrases.toml", PHRASE, "\"FCM-8.2.b\"", "\"FCM-8.2\"", ":4: clause `FCM-8.2` is not answered"),
        ("phrases.toml", PHRASE, "\"compliant\"", "\"good\"", ":5: cannot be read: unknown variant `good`"),
        ("phrases.toml", PHRASE, "抽查○筆。", " ", ":2: `phrase` lacks a text"),
        ("retention.toml", RETENTION, "\"ASM-8.4\"", "\"ASM-8.9\"", ":2: clause `ASM-8.9` does not exist"),
        ("retention.toml", RETENTION, "[\"ASM-8.4\"]", "[]", ":3: `評估報告` lacks clauses"),
        ("retention.toml", RETENTION, "years = 5", "years = 0", ":4: `0` is not a valid number of years"),
        (
            "retention.toml",
            RETENTION,
            "五年",
            "七年",
            ":6: `至少保存七年` does not occur in clause `ASM-8.4`",
        ),
    ] {
        assert!(good.contains(from), "{path}: {from}");
        let errors = with(path, &good.replacen(from, to, 1)).expect_err(told);
        let expected = format!("{path}{told}");
        assert!(errors.first().is_some_and(|e| e.starts_with(&expected)), "{errors:?} instead of {expected}");
    }
    for (path, text) in [
        ("patterns.toml", PATTERNS),
        ("periods.toml", PERIOD),
        ("sheets.toml", SHEET),
        ("phrases.toml", PHRASE),
    ] {
        let errors = with(path, &text.repeat(2)).expect_err("everything twice");
        assert!(errors.iter().any(|e| e.ends_with("is defined twice")), "{path}: {errors:?}");
    }
}

#[test]
fn a_defect_of_a_document_is_not_told_again_by_those_who_cite_it() {
    let mut files = bundled_files();
    let text = files.get_mut("taifex-fcm/02-policy.toml").expect("bundled");
    *text = text.replacen("applies = \"is_fcm\"", "applies = \"is_fcn\"", 1);
    let errors = load_unlocked(&files).expect_err("an unknown fact");
    assert_eq!(errors.len(), 1, "{errors:?}");
}
