//! The OSCAL documents: valid by NIST's own schemas, whole, and true to the answers.

use super::fixture::{FIRM, dossier};
use super::full::full;
use super::variant::variants;
use crate::build::oscal::ids::{clause_of, control, objective};
use crate::build::oscal::{assessment_results, prove_results};
use crate::{Dossier, ReportError, oscal_assessment_results, oscal_poam};
use fieldbook_model::{ClauseId, ItemResult};
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static RESULTS: LazyLock<Validator> =
    LazyLock::new(|| schema(include_str!("../../tests/oscal/oscal_assessment-results_1.1.3.json")));
static PLAN: LazyLock<Validator> =
    LazyLock::new(|| schema(include_str!("../../tests/oscal/oscal_poam_1.1.3.json")));

fn schema(text: &str) -> Validator {
    let schema: Value = serde_json::from_str(text).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

fn complaints(validator: &Validator, document: &Value) -> Vec<String> {
    let errors = validator.iter_errors(document);
    errors.map(|error| format!("{}: {error}", error.instance_path())).take(5).collect()
}

fn results(d: &Dossier) -> Value {
    serde_json::from_slice(&oscal_assessment_results(d).expect("whole")).expect("JSON")
}

fn plan(d: &Dossier) -> Value {
    serde_json::from_slice(&oscal_poam(d).expect("whole")).expect("JSON")
}

fn assert_valid(d: &Dossier) {
    assert_eq!(complaints(&RESULTS, &results(d)), Vec::<String>::new());
    match oscal_poam(d) {
        Ok(bytes) => {
            let plan: Value = serde_json::from_slice(&bytes).expect("JSON");
            assert_eq!(complaints(&PLAN, &plan), Vec::<String>::new());
        }
        Err(error) => assert!(matches!(error, ReportError::NothingPlanned), "{error}"),
    }
}

/// Every object below, itself first.
fn things(value: &Value) -> Vec<&Value> {
    let mut out = vec![value];
    let mut at = 0;
    while let Some(value) = out.get(at).copied() {
        match value {
            Value::Array(list) => out.extend(list),
            Value::Object(members) => out.extend(members.values()),
            _ => {}
        }
        at += 1;
    }
    out.retain(|value| value.is_object());
    out
}

/// What is named but not there: uuids that nothing has, and links to no resource.
fn dangling(document: &Value) -> Vec<String> {
    let things = things(document);
    let own: BTreeSet<&str> = things.iter().filter_map(|t| t["uuid"].as_str()).collect();
    let mut named: Vec<&str> = Vec::new();
    for members in things.iter().filter_map(|thing| thing.as_object()) {
        for (key, value) in members {
            match value {
                Value::String(text) if key.ends_with("-uuid") => named.push(text),
                Value::String(text) if key == "href" => named.extend(text.strip_prefix('#')),
                Value::Array(list) if key.ends_with("-uuids") => {
                    named.extend(list.iter().filter_map(Value::as_str));
                }
                _ => {}
            }
        }
    }
    assert!(named.len() > 20, "only {} names were found, so this sees nothing", named.len());
    named.into_iter().filter(|uuid| !own.contains(uuid)).map(str::to_owned).collect()
}

fn prop<'v>(thing: &'v Value, name: &str) -> Option<&'v str> {
    let props = thing["props"].as_array()?;
    props.iter().find(|p| p["name"] == name)?["value"].as_str()
}

/// The finding about an item.
fn of_item<'v>(document: &'v Value, clause: &str) -> Option<&'v Value> {
    let findings = document["assessment-results"]["results"][0]["findings"].as_array().expect("findings");
    findings
        .iter()
        .find(|f| f["target"]["target-id"] == format!("{clause}_obj") && prop(f, "number").is_none())
}

#[test]
fn the_schemas_can_refuse() {
    let mut document = results(&full());
    document["assessment-results"]["results"][0]["observations"][0]["props"] = serde_json::json!([]);
    assert_eq!(complaints(&RESULTS, &document).len(), 1, "an empty list");
    let mut document = results(&full());
    document["assessment-results"]["metadata"]["last-modified"] = "2026-11-21T14:03:00".into();
    assert!(!complaints(&RESULTS, &document).is_empty(), "a time without an offset");
    let mut document = results(&full());
    document["assessment-results"]["results"][0]["findings"][0]["target"]["target-id"] = "7.1_obj".into();
    assert!(!complaints(&RESULTS, &document).is_empty(), "an id that begins with a digit");
    let mut document = plan(&full());
    document["plan-of-action-and-milestones"]["poam-items"] = serde_json::json!([]);
    assert!(!complaints(&PLAN, &document).is_empty(), "a plan without items");
}

#[test]
fn an_exam_is_valid_at_every_stage() {
    assert_valid(&dossier());
    assert_valid(&full());
    let begun = Dossier {
        items: Vec::new(),
        tests: Vec::new(),
        findings: Vec::new(),
        files: Vec::new(),
        documents: Vec::new(),
        checkpoint: None,
        checkpoint_note: String::new(),
        organisation: String::new(),
        prepared_by: String::new(),
        ..dossier()
    };
    assert_valid(&begun);
    assert!(matches!(oscal_poam(&begun), Err(ReportError::NothingPlanned)));
}

#[test]
fn everything_that_is_named_is_there() {
    for d in [dossier(), full()] {
        assert_eq!(dangling(&results(&d)), Vec::<String>::new());
        assert_eq!(dangling(&plan(&d)), Vec::<String>::new());
    }
}

#[test]
fn a_state_says_no_more_than_the_answers() {
    let mut d = dossier();
    let clause = |at: usize, d: &Dossier| d.items[at].clause.id.to_string();
    let given = d.items[0].answers[0].clone();
    let answered = [
        (ItemResult::Compliant, "satisfied", "pass"),
        (ItemResult::Partial, "not-satisfied", "fail"),
        (ItemResult::Noncompliant, "not-satisfied", "fail"),
        (ItemResult::NoData, "not-satisfied", "other"),
        (ItemResult::NotApplicable, "satisfied", "other"),
    ];
    for (at, (result, ..)) in [0, 1, 2, 7, 8].into_iter().zip(answered) {
        let key = fieldbook_model::AnswerKey { clause: d.items[at].clause.id.clone(), ..given.key.clone() };
        d.items[at].answers = vec![fieldbook_model::Answer { key, result, ..given.clone() }];
        d.items[at].decision.units[0].systems.clear();
    }
    let document = results(&d);
    for (at, (result, state, reason)) in [0, 1, 2, 7, 8].into_iter().zip(answered) {
        let finding = of_item(&document, &clause(at, &d)).expect("an answered item has a finding");
        let status = &finding["target"]["status"];
        assert_eq!(
            (status["state"].as_str(), status["reason"].as_str()),
            (Some(state), Some(reason)),
            "{at}"
        );
        assert_eq!(prop(finding, "result"), Some(crate::codes::result(result)));
    }
    // 3 does not apply, 5 is undetermined: nobody answered them, so nothing is claimed of them.
    assert_eq!((of_item(&document, &clause(3, &d)), of_item(&document, &clause(5, &d))), (None, None));
    let local = &document["assessment-results"]["local-definitions"]["objectives-and-methods"];
    assert_eq!(prop(&local[3]["parts"][0], "result"), Some("not_applicable"));
    assert_eq!(prop(&local[5]["parts"][0], "result"), Some("not_examined"));
}

#[test]
fn an_item_with_an_open_cell_is_not_satisfied() {
    let d = full();
    assert_eq!(d.items[0].answers.iter().filter(|a| a.result == ItemResult::Compliant).count(), 3);
    let document = results(&d);
    let finding = of_item(&document, d.items[0].clause.id.as_str()).expect("it has answers");
    assert_eq!(finding["target"]["status"]["state"], "not-satisfied");
    assert_eq!(finding["target"]["status"]["reason"], "other");
    assert_eq!(prop(finding, "result"), Some("not_examined"));
    assert_eq!(finding["related-observations"].as_array().map(Vec::len), Some(3));
}

#[test]
fn a_withdrawn_finding_is_logged_and_no_finding() {
    let document = results(&full());
    let result = &document["assessment-results"]["results"][0];
    let titles = |list: &Value| -> Vec<String> {
        list.as_array().expect("a list").iter().map(|v| v["title"].to_string()).collect()
    };
    assert!(!titles(&result["findings"]).iter().any(|title| title.contains("F04")));
    let log = titles(&result["assessment-log"]["entries"]);
    assert_eq!(log.iter().filter(|title| title.contains("F04")).count(), 1, "{log:?}");
    assert_eq!(log.iter().filter(|title| title.contains("執行測試")).count(), 6);
}

#[test]
fn confirmed_rows_are_traced_to_their_places_and_tell_no_value() {
    let document = results(&full());
    let observations = document["assessment-results"]["results"][0]["observations"].as_array().expect("some");
    let group =
        observations.iter().find(|o| prop(o, "procedure") == Some("T-COL-05") && prop(o, "rule").is_some());
    let group = group.expect("the rows of a rule");
    assert_eq!(
        (prop(group, "rows"), prop(group, "confirmed"), prop(group, "undecided")),
        (Some("5"), Some("3"), Some("1"))
    );
    let confirmed = &group["relevant-evidence"][0];
    let text = confirmed["description"].as_str().expect("a text");
    assert!(text.starts_with("1091231帳號清冊_資訊處提供.xlsx｜帳號　3 列　● 確認"), "{text}");
    assert_eq!(prop(confirmed, "row-numbers"), Some("4 5 6"));
    assert!(!document.to_string().contains("張𡍼堃"), "the holder's name is a value of a row");
}

#[test]
fn the_plan_has_the_firms_measures_and_dates() {
    let document = plan(&full());
    let plan = &document["plan-of-action-and-milestones"];
    assert_eq!(plan["poam-items"].as_array().map(Vec::len), Some(3), "the withdrawn one asks nothing");
    let (first, third) = (&plan["poam-items"][0], &plan["poam-items"][2]);
    assert_eq!((prop(first, "reply"), prop(first, "due")), (Some("agree"), Some("2027-01-31")));
    assert_eq!(prop(third, "reply"), Some("disagree"));
    let risk = &plan["risks"][0];
    assert_eq!(risk["status"], "remediating");
    assert_eq!(risk["deadline"], "2027-01-31T23:59:59+08:00");
    let milestone = &risk["remediations"][1]["tasks"][0];
    assert_eq!(milestone["timing"]["on-date"]["date"], "2027-01-31T23:59:59+08:00");
    let owner = &milestone["responsible-roles"][0]["party-uuids"][0];
    let parties = plan["metadata"]["parties"].as_array().expect("parties");
    let owner = parties.iter().find(|party| party["uuid"] == *owner).expect("the owner is a party");
    assert_eq!(owner["name"], "資訊部王協理");
    assert_eq!(risk["risk-log"]["entries"].as_array().map(Vec::len), Some(3), "a reply and two reviews");
    assert_eq!(plan["risks"][2]["status"], "investigating");
}

#[test]
fn the_same_thing_has_the_same_id_everywhere_and_another_exam_has_others() {
    let uuids = |document: &Value| -> BTreeSet<String> {
        things(document).iter().filter_map(|t| t["uuid"].as_str().map(str::to_owned)).collect()
    };
    let d = full();
    let (first, plan) = (uuids(&results(&d)), uuids(&plan(&d)));
    assert_eq!(
        oscal_assessment_results(&d).expect("whole"),
        oscal_assessment_results(&full()).expect("whole")
    );
    let results_have = |uuid: &&String| first.contains(*uuid);
    let only_here: Vec<&String> = plan.iter().filter(|uuid| !results_have(uuid)).collect();
    assert_eq!(only_here.len(), 4, "the plan's own id and those of its three items");
    let mut other = full();
    other.exam.id = fieldbook_model::ExamId::parse("e-another").expect("valid");
    assert!(uuids(&results(&other)).is_disjoint(&first));
    let system = |d: &Dossier| self::plan(d)["plan-of-action-and-milestones"]["system-id"]["id"].clone();
    assert_eq!(system(&d), system(&other), "it is the same firm");
    assert!(!system(&d).to_string().contains(FIRM));
}

#[test]
fn what_is_missing_is_an_error() {
    let d = full();
    let whole = assessment_results(&d);
    assert!(prove_results(&d, &whole).is_ok());
    for list in ["observations", "findings", "attestations", "assessment-log"] {
        let mut cut = whole.clone();
        let result = cut["assessment-results"]["results"][0].as_object_mut().expect("a result");
        assert!(result.remove(list).is_some());
        let error = prove_results(&d, &cut).expect_err(list);
        assert!(matches!(error, ReportError::Incomplete { .. }), "{list}");
    }
    let mut cut = whole.clone();
    let observations = cut["assessment-results"]["results"][0]["observations"].as_array_mut().expect("some");
    let numbered = |o: &&mut Value| o["relevant-evidence"][0]["props"][1]["name"] == "row-numbers";
    let group = observations.iter_mut().find(numbered).expect("rows");
    group["relevant-evidence"][0]["props"][1]["value"] = "4 5".into();
    let error = prove_results(&d, &cut).expect_err("a row is missing");
    assert_eq!(error.to_string(), "the file that was written lacks a row of a run");
    let mut changed = whole;
    let note = &mut changed["assessment-results"]["results"][0]["observations"][0]["description"];
    *note = "另一說明".into();
    assert!(prove_results(&d, &changed).is_err(), "another note is not the note");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever people wrote and decided: valid, whole (which making it proves), and nothing dangles.
    #[test]
    fn any_exam_is_valid(d in variants()) {
        assert_valid(&d);
        prop_assert_eq!(dangling(&results(&d)), Vec::<String>::new());
    }
}

proptest! {
    /// Ids of controls and objectives are tokens of OSCAL and lead back to the clause and the unit.
    #[test]
    fn ids_lead_back(doc in "[A-Z]{1,5}", path in "[A-Za-z0-9.]{1,12}", unit in "[a-z]?") {
        let clause = ClauseId::parse(&format!("{doc}-{path}")).expect("valid");
        let id = control(&clause);
        prop_assert_eq!(clause_of(&id), Some((clause.clone(), "")));
        let id = objective(&clause, &unit);
        prop_assert_eq!(clause_of(&id), Some((clause, unit.as_str())));
        let head = id.chars().next().expect("not empty");
        prop_assert!(head.is_alphabetic());
        prop_assert!(id.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_')));
    }
}
