//! Which case stands for which condition: nothing of the specification is without one.

use crate::case::{Case, all, folder};
use serde::Deserialize;
use std::fmt::Write as _;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Conditions {
    condition: Vec<Condition>,
}

/// A condition of firms' files, or a rule for reading them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Condition {
    id: String,
    /// Section of the field's specification.
    section: String,
    /// What it is, zh-TW.
    what: String,
}

fn conditions() -> Vec<Condition> {
    let text = std::fs::read_to_string(folder().join("conditions.toml")).expect("the list of conditions");
    toml::from_str::<Conditions>(&text).expect("the list of conditions").condition
}

/// The list as it stands in the readme.
fn list(conditions: &[Condition], cases: &[Case]) -> String {
    let mut out = "| 節 | 情況 | 案例 |\n| --- | --- | --- |\n".to_owned();
    for Condition { id, section, what } in conditions {
        let stand = cases.iter().filter(|c| c.of.contains(id));
        let names: Vec<String> = stand.map(|c| format!("`{}.{}`", c.name, c.verdict)).collect();
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {section} | {what} | {} |", names.join("<br>"));
    }
    out
}

#[test]
fn every_condition_has_a_case_and_every_case_a_condition() {
    let (conditions, cases) = (conditions(), all());
    for condition in &conditions {
        assert!(cases.iter().any(|c| c.of.contains(&condition.id)), "{}: no case", condition.id);
    }
    for case in &cases {
        assert!(!case.of.is_empty() && !case.about.is_empty(), "{}", case.name);
        for id in &case.of {
            assert!(conditions.iter().any(|c| c.id == *id), "{}: no condition {id}", case.name);
        }
    }
}

#[test]
fn the_readme_lists_what_is_there() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("the readme");
    let wanted = list(&conditions(), &all());
    assert!(readme.ends_with(&wanted), "the list at the end of the readme should be:\n\n{wanted}");
}
