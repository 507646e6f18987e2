//! The duties of a clause, one by one and system by system.

use fieldbook_checklist::{
    Bundle, ChecklistError, bundled_files, decide, items, load, load_unlocked, profile_from_toml,
};
use fieldbook_model::{
    AnswerKey, Applicability, Clause, Decision, FindingType, ItemResult, Moment, Strength, UnitDecision,
};
use std::collections::{BTreeMap, BTreeSet};

use Applicability::{Applicable as Yes, NotApplicable as No, Undetermined as Open};

fn bundle() -> Bundle {
    load_unlocked(&bundled_files()).expect("the bundled checklists load")
}

fn clause<'b>(bundle: &'b Bundle, id: &str) -> &'b Clause {
    bundle.clauses().find(|c| c.id.as_str() == id).expect("bundled")
}

fn decision(bundle: &Bundle, profile: &str, id: &str) -> Decision {
    let (profile, systems) = profile_from_toml(bundle, profile).expect("a good profile");
    decide(bundle, clause(bundle, id), &profile, &systems)
}

fn unit<'d>(decision: &'d Decision, id: &str) -> &'d UnitDecision {
    decision.units.iter().find(|u| u.unit == id).expect("a unit of the clause")
}

fn rows(unit: &UnitDecision) -> Vec<(&str, Applicability, &str)> {
    unit.systems.iter().map(|s| (s.system.as_str(), s.applicability, s.reason.as_str())).collect()
}

const REGISTER: &str = r#"
is_sec = true
[[system]]
name = "下單"
core = true
ext_service = true
[[system]]
name = "帳務"
core = true
ext_service = false
[[system]]
name = "簽核"
core = false
[[system]]
name = "新系統"
"#;

#[test]
fn clauses_with_several_duties_have_their_units() {
    use Strength::{Declarative, Must, Should};
    let bundle = bundle();
    let table: [(&str, &[(&str, Strength)]); 7] = [
        ("FCM-8.2.e", &[("a", Must), ("b", Should)]),
        ("FCM-8.3.f", &[("a", Must), ("b", Should)]),
        ("FCM-9.10", &[("a", Must), ("b", Should), ("c", Must)]),
        ("FCM-10.5", &[("a", Must), ("b", Should)]),
        ("BSL-3.5", &[("a", Must), ("b", Should)]),
        ("BSL-6.8", &[("a", Must), ("b", Should)]),
        ("BSL-6.9", &[("a", Declarative), ("b", Should)]),
    ];
    for (id, expected) in table {
        let found: Vec<(&str, Strength)> =
            clause(&bundle, id).units.iter().map(|u| (u.id.as_str(), u.strength)).collect();
        assert_eq!(found, expected, "{id}");
    }
    let with_units: BTreeSet<&str> =
        bundle.clauses().filter(|c| !c.units.is_empty()).map(|c| c.id.as_str()).collect();
    assert_eq!(with_units, table.iter().map(|(id, _)| *id).collect(), "no clause is split unnoticed");
}

#[test]
fn a_unit_quotes_its_clause_and_says_its_own_strength() {
    let bundle = bundle();
    for clause in bundle.clauses() {
        for unit in &clause.units {
            let should = unit.text.contains('宜');
            assert_eq!(unit.strength == Strength::Should, should, "{} {}", clause.id, unit.id);
            for excerpt in unit.text.split('…') {
                assert!(clause.text.contains(excerpt), "{} {}: {excerpt}", clause.id, unit.id);
            }
        }
    }
}

#[test]
fn every_item_has_at_least_one_unit_and_every_system_a_reason() {
    let bundle = bundle();
    let (profile, systems) = profile_from_toml(&bundle, REGISTER).expect("a good profile");
    let names: Vec<&str> = systems.iter().map(|s| s.name.as_str()).collect();
    for item in items(&bundle, &profile, &systems) {
        let clause = bundle.clause(&item.clause).expect("an item is a clause");
        let expected: Vec<&str> = match clause.units.as_slice() {
            [] => vec![""],
            units => units.iter().map(|u| u.id.as_str()).collect(),
        };
        let found: Vec<&str> = item.decision.units.iter().map(|u| u.unit.as_str()).collect();
        assert_eq!(found, expected, "{}", item.clause);
        let of_clause = clause.applies.as_ref().and_then(|a| a.per_system.as_ref());
        for (at, unit) in item.decision.units.iter().enumerate() {
            let of_systems = of_clause.or(clause.units.get(at).and_then(|u| u.per_system.as_ref())).is_some();
            let rows: Vec<&str> = unit.systems.iter().map(|s| s.system.as_str()).collect();
            assert_eq!(rows, if of_systems { names.clone() } else { Vec::new() }, "{}", item.clause);
            assert!(unit.systems.iter().all(|s| !s.reason.is_empty()), "{}", item.clause);
        }
    }
}

#[test]
fn a_duty_switches_its_strength_by_system() {
    let bundle = bundle();
    let found = decision(&bundle, REGISTER, "BSL-6.8");
    assert_eq!(found.applicability, Yes);
    assert_eq!(
        rows(unit(&found, "a")),
        [
            ("下單", Yes, "因為核心系統"),
            ("帳務", Yes, "因為核心系統"),
            ("簽核", No, "因非核心系統"),
            ("新系統", Open, "尚未確認是否為核心系統"),
        ]
    );
    assert_eq!(
        rows(unit(&found, "b")),
        [
            ("下單", No, "因為核心系統"),
            ("帳務", No, "因為核心系統"),
            ("簽核", Yes, "因非核心系統"),
            ("新系統", Open, "尚未確認是否為核心系統"),
        ]
    );
    assert_eq!(found.systems, ["下單", "帳務", "簽核"]);
    assert!(found.reason.contains("尚未確認系統「新系統」是否為核心系統"), "{}", found.reason);
    assert_eq!(found.deciding, ["is_sec", "core"]);
}

#[test]
fn a_clause_that_binds_the_firm_applies_while_the_register_is_empty() {
    let bundle = bundle();
    for id in ["BSL-6.8", "BSL-6.9"] {
        let found = decision(&bundle, "is_sec = true", id);
        assert_eq!(found.applicability, Yes, "{id}");
        assert!(found.units.iter().all(|u| u.applicability == Open), "{id}");
        assert_eq!(found.reason, "因屬證券商（各項義務依資通系統而定，系統清冊尚無資料）", "{id}");
        assert_eq!(found.cells().len(), 2, "{id}: each unit wants an answer");
        let out = decision(&bundle, "is_sec = false", id);
        assert_eq!(out.applicability, No, "{id}");
        assert!(out.units.iter().all(|u| u.applicability == No), "{id}");
    }
}

#[test]
fn a_system_that_no_duty_names_is_shown_and_never_decided_in_silence() {
    let bundle = bundle();
    let mixed = decision(&bundle, REGISTER, "BSL-6.9");
    assert_eq!(rows(unit(&mixed, "a"))[1], ("帳務", No, "因未提供對外服務"));
    assert_eq!(rows(unit(&mixed, "b"))[1], ("帳務", No, "因為核心系統"));
    assert!(mixed.reason.contains("系統「帳務」依條文文義不屬任一項義務之對象"), "{}", mixed.reason);

    let only = "is_sec = true\n[[system]]\nname = \"帳務\"\ncore = true\next_service = false";
    let alone = decision(&bundle, only, "BSL-6.9");
    assert_eq!(alone.applicability, Yes, "not applicable would be the worst error");
    assert!(alone.units.iter().all(|u| u.applicability == Open), "an examiner has to say");
    assert!(alone.units.iter().flat_map(|u| &u.systems).all(|s| s.applicability == No));
    assert!(alone.systems.is_empty());
    assert!(alone.reason.contains("請查核人員確認"), "{}", alone.reason);
}

#[test]
fn a_unit_of_a_system_follows_the_clauses_condition() {
    let bundle = bundle();
    let profile = "is_fcm = true\n[[system]]\nname = \"語音\"\nnumeric_only = true\n[[system]]\nname = \"網路\"\nnumeric_only = false";
    let found = decision(&bundle, profile, "FCM-8.3.f");
    assert_eq!(found.systems, ["網路"]);
    for id in ["a", "b"] {
        assert_eq!(
            rows(unit(&found, id)),
            [("語音", No, "因輸入介面僅可輸入數字"), ("網路", Yes, "因輸入介面非僅可輸入數字")]
        );
    }
    let empty = decision(&bundle, "is_fcm = true", "FCM-8.3.f");
    assert_eq!(empty.applicability, Open);
    assert!(empty.units.iter().all(|u| u.applicability == Open && u.systems.is_empty()));
    let unlicensed = decision(&bundle, &profile.replace("is_fcm = true", "is_fcm = false"), "FCM-8.3.f");
    assert_eq!(rows(unit(&unlicensed, "b"))[1], ("網路", No, "因非期貨商"));
}

#[test]
fn while_the_firm_is_open_so_is_every_system_that_may_be_concerned() {
    let bundle = bundle();
    let profile = REGISTER.replace("is_sec = true", "");
    let found = decision(&bundle, &profile, "BSL-4.1");
    assert_eq!(found.applicability, Open);
    assert_eq!(
        rows(unit(&found, "")),
        [
            ("下單", Open, "尚未確認是否為證券商"),
            ("帳務", Open, "尚未確認是否為證券商"),
            ("簽核", No, "因非核心系統"),
            ("新系統", Open, "尚未確認是否為證券商、是否為核心系統"),
        ]
    );
    assert!(found.systems.is_empty());
}

#[test]
fn units_take_the_outcome_of_an_exception() {
    let bundle = bundle();
    let waived = decision(&bundle, &format!("physical_alt_protection = true\n{REGISTER}"), "BSL-8.1");
    assert_eq!(waived.applicability, Applicability::Waived);
    assert_eq!(unit(&waived, "").applicability, Applicability::Waived);
    assert_eq!(unit(&waived, "").systems[2].applicability, No, "what is no core system stays out");
    assert!(waived.deciding.contains(&"physical_alt_protection".to_owned()));
    let better = "is_sec = true\nforeign = \"branch\"\nforeign_better_std = [\"BSL-6.5\"]";
    let substituted = decision(&bundle, better, "BSL-6.5");
    assert_eq!(unit(&substituted, "").applicability, Applicability::Substituted);
}

#[test]
fn what_a_failure_becomes_follows_the_unit() {
    let bundle = bundle();
    let found = decision(&bundle, REGISTER, "BSL-6.8");
    let fails = |unit: &str, system: &str| {
        let key = AnswerKey {
            clause: clause(&bundle, "BSL-6.8").id.clone(),
            unit: unit.to_owned(),
            system: system.to_owned(),
        };
        let answer = fieldbook_model::Answer {
            key,
            result: ItemResult::Noncompliant,
            method: None,
            mode: None,
            note: String::new(),
            paper_ref: String::new(),
            awaited: None,
            origin: None,
            by: "甲".to_owned(),
            at: Moment::default(),
        };
        found.failed(&[&answer]).and_then(Strength::failure)
    };
    assert_eq!(fails("a", "下單"), Some(FindingType::Deficiency));
    assert_eq!(fails("b", "簽核"), Some(FindingType::Recommendation));
}

#[test]
fn the_scope_of_an_examination_is_said_as_such() {
    let bundle = bundle();
    let set = "is_sec = true\ncol_g_colo_only = true\ncolo = false";
    for id in ["COL-G2.1", "COL-D4.1", "COL-D8.1"] {
        let found = decision(&bundle, set, id);
        assert_eq!(found.applicability, No, "{id}");
        let reason = "因查核範圍設定：COL之G節僅於主機共置專案適用且未與證交所簽訂主機共置服務契約";
        assert_eq!(found.reason, reason, "{id}");
        assert_eq!(found.deciding, ["col_g_colo_only", "colo"], "{id}");
    }
    for open in ["is_sec = true\ncolo = false", "is_sec = true\ncol_g_colo_only = true", "is_sec = true"] {
        let found = decision(&bundle, open, "COL-G2.1");
        assert_eq!((found.applicability, found.reason.as_str()), (Yes, "因屬證券商"), "{open}");
    }
    for twin in ["COL-D5.1", "COL-G4.3"] {
        let found = decision(&bundle, &format!("{set}\noutsource_any = true"), twin);
        assert_eq!(found.applicability, No, "{twin}: the same rule comes out alike");
    }
}

/// The bundled files with texts of one file replaced, each once.
fn with(file: &str, replaced: &[(&str, &str)]) -> BTreeMap<String, String> {
    let mut files = bundled_files();
    let text = files.get_mut(file).expect("bundled");
    for (from, to) in replaced {
        assert!(text.contains(from), "{file} has {from}");
        *text = text.replacen(from, to, 1);
    }
    files
}

#[test]
fn the_letter_of_a_unit_is_never_used_for_another_duty() {
    let (a, b) = ("id = \"a\"\ntext = \"核心系統身分驗證", "id = \"b\"\ntext = \"非核心系統宜防範");
    let (no_longer, other) = (a.replace("\"a\"", "\"z\""), b.replace("\"b\"", "\"a\""));
    let files = with("tsa-bsl/06-authentication.toml", &[(a, &no_longer), (b, &other)]);
    let found: Vec<ChecklistError> =
        load(&files).expect_err("units are locked").into_iter().map(|e| e.what).collect();
    assert_eq!(
        found,
        [
            ChecklistError::NotLocked("BSL-6.8/z".to_owned()),
            ChecklistError::LockChanged("BSL-6.8/a".to_owned()),
            ChecklistError::LockedButGone("BSL-6.8/b".to_owned()),
        ]
    );
}

#[test]
fn what_nobody_answers_has_no_units() {
    let file = "tsa-bsl/01-purpose.toml";
    let mut files = bundled_files();
    for id in ["a", "b"] {
        let unit = format!("\n[[clause.unit]]\nid = \"{id}\"\ntext = \"證券商\"\nstrength = \"must\"\n");
        files.get_mut(file).expect("bundled").push_str(&unit);
    }
    let found = load_unlocked(&files).expect_err("units of a purpose");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].what, ChecklistError::MustNotHave("BSL-1".to_owned(), "units"));
}

#[test]
fn the_scope_leaves_out_block_g_and_the_criteria_that_repeat_it() {
    let bundle = bundle();
    let scoped = bundle.clauses().filter(|c| c.applies.as_ref().is_some_and(|a| a.out_of_scope.is_some()));
    let (block_g, others): (Vec<&str>, Vec<&str>) =
        scoped.map(|c| c.id.as_str()).partition(|id| id.starts_with("COL-G"));
    assert_eq!(block_g.len(), 21);
    assert_eq!(
        others,
        ["COL-D4.1", "COL-D4.2", "COL-D5.1", "COL-D6.1", "COL-D7.1", "COL-D7.2", "COL-D7.3", "COL-D8.1"]
    );
    for (fact, expected) in [
        ("core", ChecklistError::WrongLevel("core".to_owned())),
        ("colocated", ChecklistError::UnknownFact("colocated".to_owned())),
    ] {
        let bad = format!("col_g_colo_only & !{fact}");
        let files = with("twse-col/07-future-criteria.toml", &[("col_g_colo_only & !colo", &bad)]);
        let found = load_unlocked(&files).expect_err("not a fact of a firm");
        assert_eq!((&found[0].what, found[0].line.is_some()), (&expected, true));
    }
}
