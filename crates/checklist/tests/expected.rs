//! Every item under every profile of `profiles/`, against tables that `profiles/expected.py` makes from the
//! specification without the engine.

use fieldbook_checklist::{Bundle, bundled_files, items, load_unlocked, profile_from_toml};
use fieldbook_model::{Applicability, Fact, FactValue, Item, Profile, System};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/profiles");

fn bundle() -> Bundle {
    load_unlocked(&bundled_files()).expect("the bundled checklists load")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(Path::new(FOLDER).join(name)).expect("a file of the folder")
}

/// The profiles by name.
fn profiles(bundle: &Bundle) -> BTreeMap<String, (Profile, Vec<System>)> {
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(FOLDER).expect("the folder is there") {
        let file = entry.expect("readable").file_name().into_string().expect("ASCII");
        if let Some(name) = file.strip_suffix(".toml") {
            let profile = profile_from_toml(bundle, &text(&file));
            out.insert(name.to_owned(), profile.unwrap_or_else(|error| panic!("{file}: {error}")));
        }
    }
    out
}

fn letter(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Applicable => "A",
        Applicability::NotApplicable => "N",
        Applicability::Undetermined => "U",
        Applicability::Substituted => "S",
        Applicability::Waived => "W",
    }
}

/// A table: column names and, by row name, cells.
fn table(name: &str) -> (Vec<String>, BTreeMap<String, Vec<String>>) {
    let text = text(name);
    let mut lines = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let mut rows = BTreeMap::new();
    for mut line in lines {
        let cells = line.split_off(1);
        assert_eq!(cells.len() + 1, head.len(), "{name}: {line:?}");
        assert!(rows.insert(line.concat(), cells).is_none(), "{name}: a row twice");
    }
    (head.into_iter().skip(1).collect(), rows)
}

fn outcomes(items: &[Item]) -> BTreeMap<String, &'static str> {
    items.iter().map(|i| (i.clause.to_string(), letter(i.decision.applicability))).collect()
}

fn none(faults: &[String]) {
    assert!(faults.is_empty(), "{} cells differ:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_item_comes_out_as_specified_under_every_profile() {
    let bundle = bundle();
    let profiles = profiles(&bundle);
    let (names, rows) = table("expected.tsv");
    assert!(names.iter().eq(profiles.keys()), "the table has the profiles of the folder");
    assert!(names.len() >= 12);
    assert_eq!(rows.len(), 324 + 9);
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for (column, name) in names.iter().enumerate() {
        let (profile, systems) = &profiles[name];
        let found = items(&bundle, profile, systems);
        let found = outcomes(&found);
        assert!(found.keys().eq(rows.keys()), "the items are those of the specification");
        for (clause, cells) in &rows {
            seen.insert(cells[column].clone());
            if cells[column] != found[clause] {
                faults.push(format!("{clause} under {name}: {} expected, {}", cells[column], found[clause]));
            }
        }
    }
    none(&faults);
    assert!(seen.iter().eq(["A", "N", "S", "U", "W"]), "every outcome occurs");
}

#[test]
fn every_system_comes_out_as_specified_for_every_duty_of_systems() {
    let bundle = bundle();
    let profiles = profiles(&bundle);
    let (columns, rows) = table("systems.tsv");
    let mut found: BTreeMap<(String, String), (&'static str, String)> = BTreeMap::new();
    for (name, (profile, systems)) in &profiles {
        for item in items(&bundle, profile, systems) {
            for unit in &item.decision.units {
                let duty = format!("{} {}", item.clause, unit.unit).trim_end().to_owned();
                for row in &unit.systems {
                    let column = format!("{name}:{}", row.system);
                    found.insert((duty.clone(), column), (letter(row.applicability), row.reason.clone()));
                }
            }
        }
    }
    let mut faults = Vec::new();
    for (duty, cells) in &rows {
        for (column, expected) in columns.iter().zip(cells) {
            match found.remove(&(duty.clone(), column.clone())) {
                None => faults.push(format!("{duty} for {column}: no row")),
                Some((outcome, _)) if outcome != expected => {
                    faults.push(format!("{duty} for {column}: {expected} expected, {outcome}"));
                }
                Some((_, reason)) => {
                    let starts = if expected == "U" { "尚未確認" } else { "因" };
                    if !reason.starts_with(starts) || reason.chars().count() <= starts.chars().count() {
                        faults.push(format!("{duty} for {column}: the reason is `{reason}`"));
                    }
                }
            }
        }
    }
    faults.extend(found.keys().map(|(duty, column)| format!("{duty} for {column}: not specified")));
    none(&faults);
}

#[test]
fn one_changed_fact_changes_the_items_that_ask_for_it_and_no_other() {
    let bundle = bundle();
    let profiles = profiles(&bundle);
    let text = text("flips.tsv");
    let mut faults = Vec::new();
    let mut flips = 0;
    for line in text.lines().skip(1) {
        let [name, code, value, changed] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four columns: {line}")
        };
        let (profile, systems) = &profiles[name];
        let mut flipped = profile.clone();
        let value_read = match value {
            "yes" => FactValue::Yes,
            "no" => FactValue::No,
            _ => FactValue::Unknown,
        };
        flipped.insert(code.to_owned(), Fact { value: value_read, ..Fact::default() });
        let (before, after) = (items(&bundle, profile, systems), items(&bundle, &flipped, systems));
        let (before, after) = (outcomes(&before), outcomes(&after));
        let found: BTreeSet<String> = after
            .iter()
            .filter(|(clause, outcome)| before[*clause] != **outcome)
            .map(|(clause, outcome)| format!("{clause}={outcome}"))
            .collect();
        let expected: BTreeSet<String> = changed.split_whitespace().map(str::to_owned).collect();
        let differing: Vec<&String> = found.symmetric_difference(&expected).collect();
        if !differing.is_empty() {
            faults.push(format!("{name} with {code} {value}: {differing:?}"));
        }
        flips += 1;
    }
    none(&faults);
    assert!(flips > 100, "every switch in both directions");
}

#[test]
fn the_order_of_what_is_known_does_not_matter() {
    let bundle = bundle();
    for (name, (profile, systems)) in &profiles(&bundle) {
        let first = items(&bundle, profile, systems);
        assert_eq!(first, items(&bundle, profile, systems), "{name}");
        let mut turned = systems.clone();
        turned.reverse();
        let other = items(&bundle, profile, &turned);
        assert_eq!(outcomes(&first), outcomes(&other), "{name}: the order of the register");
    }
}
