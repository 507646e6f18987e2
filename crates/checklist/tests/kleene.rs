//! Properties of the decisions: knowing more never turns an answer round, and only deciding facts decide.

use fieldbook_checklist::{Bundle, bundled_files, decide, evaluate, load_unlocked, profile_from_toml};
use fieldbook_model::{
    Applicability, Clause, Fact, FactDef, FactKind, FactValue, FirmClass, Predicate, Profile, System, Tri,
};
use proptest::prelude::*;
use std::sync::OnceLock;

fn bundle() -> &'static Bundle {
    static BUNDLE: OnceLock<Bundle> = OnceLock::new();
    BUNDLE.get_or_init(|| load_unlocked(&bundled_files()).expect("the bundled checklists load"))
}

/// The known values that a fact can take.
fn known_values(fact: &FactDef) -> Vec<FactValue> {
    let texts = |choices: &[(String, String)]| -> Vec<String> {
        choices.iter().map(|(value, _)| value.clone()).collect()
    };
    match &fact.kind {
        FactKind::YesNo => vec![FactValue::Yes, FactValue::No],
        FactKind::Choice(choices) => {
            let none = (!fact.reasons.0.is_empty()).then_some(FactValue::No);
            texts(choices).into_iter().map(FactValue::Text).chain(none).collect()
        }
        FactKind::Set(choices) => {
            let each = texts(choices).into_iter().map(|text| FactValue::List(vec![text]));
            each.chain([FactValue::List(texts(choices)), FactValue::No]).collect()
        }
        FactKind::Text => vec![FactValue::Text("銀行".to_owned()), FactValue::No],
        FactKind::Derived => Vec::new(),
    }
}

fn asked(of_system: bool) -> Vec<&'static FactDef> {
    bundle()
        .facts
        .iter()
        .filter(|f| f.of_system == of_system && f.kind != FactKind::Derived && !known_values(f).is_empty())
        .collect()
}

/// A value for each fact, a third of them unknown.
fn values(of_system: bool) -> impl Strategy<Value = Vec<(String, FactValue)>> {
    let each: Vec<_> = asked(of_system)
        .into_iter()
        .map(|fact| {
            let known = proptest::sample::select(known_values(fact));
            let code = fact.code.clone();
            prop_oneof![1 => Just(FactValue::Unknown), 2 => known].prop_map(move |v| (code.clone(), v))
        })
        .collect();
    each
}

fn profile(values: &[(String, FactValue)]) -> Profile {
    values.iter().map(|(c, v)| (c.clone(), Fact { value: v.clone(), ..Fact::default() })).collect()
}

fn systems(rows: &[Vec<(String, FactValue)>]) -> Vec<System> {
    let named = |(at, row): (usize, &Vec<(String, FactValue)>)| System {
        name: format!("系統{at}"),
        facts: row.iter().cloned().collect(),
    };
    rows.iter().enumerate().map(named).collect()
}

fn without_exceptions(clause: &Clause) -> bool {
    clause
        .applies
        .as_ref()
        .is_some_and(|a| a.substituted.is_none() && a.waived.is_none() && a.out_of_scope.is_none())
}

fn names(predicate: &Predicate, code: &str) -> bool {
    match predicate {
        Predicate::Fact(named) | Predicate::OneOf(named, _) => named == code,
        Predicate::Not(inner) => names(inner, code),
        Predicate::All(parts) | Predicate::Any(parts) => parts.iter().any(|p| names(p, code)),
    }
}

/// The examination's scope is set, not found out; while it does not take a clause out nobody is told of it.
fn sets_the_scope(clause: &Clause, code: &str) -> bool {
    let scope = clause.applies.as_ref().and_then(|a| a.out_of_scope.as_ref());
    scope.is_some_and(|scope| names(scope, code))
}

fn open_exception_names(clause: &Clause, code: &str, profile: &Profile) -> bool {
    let exceptions = clause.applies.iter().flat_map(|a| a.waived.iter().chain(&a.substituted));
    exceptions.into_iter().any(|e| names(e, code) && evaluate(bundle(), e, profile) == Tri::Unknown)
}

fn turned(before: Applicability, after: Applicability) -> bool {
    before != after && before != Applicability::Undetermined
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn knowing_more_never_turns_an_answer_round(
        firm in values(false),
        rows in proptest::collection::vec(values(true), 1..4),
        more in values(false),
        more_rows in proptest::collection::vec(values(true), 3),
    ) {
        // What was unknown becomes what the second draw says; what was known stays.
        let learn = |old: &[(String, FactValue)], new: &[(String, FactValue)]| -> Vec<(String, FactValue)> {
            old.iter().zip(new).map(|((code, old), (_, new))| {
                let value = if *old == FactValue::Unknown { new } else { old };
                (code.clone(), value.clone())
            }).collect()
        };
        let later_rows: Vec<_> = rows.iter().zip(&more_rows).map(|(old, new)| learn(old, new)).collect();
        let (before, after) = (profile(&firm), profile(&learn(&firm, &more)));
        let (before_systems, after_systems) = (systems(&rows), systems(&later_rows));
        for clause in bundle().clauses().filter(|c| c.examinable && without_exceptions(c)) {
            let old = decide(bundle(), clause, &before, &before_systems);
            let new = decide(bundle(), clause, &after, &after_systems);
            prop_assert!(!turned(old.applicability, new.applicability), "{}", clause.id);
            for (old, new) in old.units.iter().zip(&new.units) {
                for (old, new) in old.systems.iter().zip(&new.systems) {
                    prop_assert!(!turned(old.applicability, new.applicability), "{} {}", clause.id, old.system);
                }
            }
        }
    }

    #[test]
    fn a_fact_that_is_not_among_the_deciding_ones_does_not_decide(
        firm in values(false),
        rows in proptest::collection::vec(values(true), 0..3),
        other in values(false),
    ) {
        let (before, register) = (profile(&firm), systems(&rows));
        for clause in bundle().clauses().filter(|c| c.examinable) {
            let old = decide(bundle(), clause, &before, &register);
            // What keeps an item or its exception open are unknown facts; a known one beside them is not said to decide.
            let stays = |code: &str| {
                let known = before.get(code).is_some_and(|f| f.value != FactValue::Unknown);
                let open = old.applicability == Applicability::Undetermined
                    || open_exception_names(clause, code, &before);
                old.deciding.iter().any(|d| d == code) || sets_the_scope(clause, code) || (known && open)
            };
            let changed: Vec<_> = firm.iter().zip(&other)
                .map(|(old, new)| if stays(&old.0) { old.clone() } else { new.clone() })
                .collect();
            let new = decide(bundle(), clause, &profile(&changed), &register);
            prop_assert_eq!(old.applicability, new.applicability, "{}: {:?}", clause.id, old.deciding);
        }
    }

    #[test]
    fn the_roll_up_is_that_of_its_units(
        firm in values(false),
        rows in proptest::collection::vec(values(true), 0..4),
    ) {
        let (before, register) = (profile(&firm), systems(&rows));
        for clause in bundle().clauses().filter(|c| c.examinable) {
            let found = decide(bundle(), clause, &before, &register);
            let any = |outcome| found.units.iter().any(|u| u.applicability == outcome);
            match found.applicability {
                Applicability::NotApplicable => {
                    prop_assert!(found.units.iter().all(|u| u.applicability == Applicability::NotApplicable));
                    prop_assert!(found.cells().is_empty(), "{}", clause.id);
                }
                Applicability::Undetermined => prop_assert!(!any(Applicability::Applicable), "{}", clause.id),
                Applicability::Applicable => {
                    let binds_firm = clause.applies.as_ref().is_some_and(|a| a.per_system.is_none());
                    prop_assert!(any(Applicability::Applicable) || binds_firm, "{}", clause.id);
                    prop_assert!(!found.cells().is_empty(), "{}: something to answer", clause.id);
                }
                outcome => prop_assert!(any(outcome), "{}", clause.id),
            }
            let in_units = |name: &str| found.units.iter().flat_map(|u| &u.systems)
                .any(|s| s.system == name && s.applicability == Applicability::Applicable);
            for system in &register {
                prop_assert_eq!(found.systems.contains(&system.name), in_units(&system.name), "{}", clause.id);
            }
        }
    }
}

#[test]
fn the_class_of_a_firm_is_one_thing_in_the_facts_and_in_the_types() {
    let rule = Predicate::Fact("class1".to_owned());
    let officers = ["", "ciso = \"unknown\"\n", "ciso = true\n", "ciso = false\n"];
    let grades = ["", "grade = \"unknown\"", "grade = 1", "grade = 2", "grade = 3", "grade = 4", "grade = 5"];
    for officer in officers {
        for grade in grades {
            let text = format!("{officer}{grade}");
            let (profile, _) = profile_from_toml(bundle(), &text).expect("a good profile");
            let expected = match FirmClass::of(&profile) {
                Some(FirmClass::First) => Tri::Yes,
                Some(FirmClass::Other) => Tri::No,
                None => Tri::Unknown,
            };
            assert_eq!(evaluate(bundle(), &rule, &profile), expected, "{text}");
        }
    }
}
