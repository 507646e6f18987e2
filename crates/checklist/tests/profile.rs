//! Profiles as TOML: fact codes as keys, systems as tables.

use fieldbook_checklist::{
    Bundle, ChecklistError, bundled_files, load_unlocked, profile_from_toml, value_allowed,
};
use fieldbook_model::{FactKind, FactValue};

fn bundle() -> Bundle {
    load_unlocked(&bundled_files()).expect("the bundled checklists load")
}

#[test]
fn every_kind_of_value_is_read() {
    let text = r#"
is_sec = true
inet = false
colo = "unknown"
foreign = "branch"
concurrent = "銀行"
grade = 3
channels = ["internet", "dma"]
foreign_better_std = true
major_incident = [{ system = "下單", confirmed_on = "2020-10-01", kind = "個資外洩" }, "帳務 2020-11-02 駭客攻擊"]

[[system]]
name = " 下單系統 "
core = true
asmt_class = "1"
device_count = 12
"#;
    let (profile, systems) = profile_from_toml(&bundle(), text).expect("a good profile");
    let value = |code: &str| profile.get(code).map(|fact| fact.value.clone()).expect("stated");
    assert_eq!(value("is_sec"), FactValue::Yes);
    assert_eq!(value("inet"), FactValue::No);
    assert_eq!(value("colo"), FactValue::Unknown);
    assert_eq!(value("foreign"), FactValue::Text("branch".to_owned()));
    assert_eq!(value("concurrent"), FactValue::Text("銀行".to_owned()));
    assert_eq!(value("grade"), FactValue::Text("3".to_owned()));
    assert_eq!(value("channels"), FactValue::List(vec!["internet".to_owned(), "dma".to_owned()]));
    assert!(matches!(value("foreign_better_std"), FactValue::List(list) if list.len() == 8));
    let incidents = vec!["下單 2020-10-01 個資外洩".to_owned(), "帳務 2020-11-02 駭客攻擊".to_owned()];
    assert_eq!(value("major_incident"), FactValue::List(incidents));
    let [system] = systems.as_slice() else { panic!("one system") };
    assert_eq!(system.name, "下單系統");
    assert_eq!(system.facts.get("core"), Some(&FactValue::Yes));
    assert_eq!(system.facts.get("device_count"), Some(&FactValue::Text("12".to_owned())));
}

#[test]
fn what_does_not_fit_is_refused_with_its_line() {
    let bundle = bundle();
    let bad = |code: &str| ChecklistError::BadValue(code.to_owned());
    for (text, line, what) in [
        ("is_sec = true\nis_bank = true", 2, ChecklistError::UnknownFact("is_bank".to_owned())),
        ("is_sec = \"yes\"", 1, bad("is_sec")),
        ("is_sec = 1", 1, bad("is_sec")),
        ("\nforeign = \"joint\"", 2, bad("foreign")),
        ("foreign = true", 1, bad("foreign")),
        ("grade = \"6\"", 1, bad("grade")),
        ("grade = false", 1, bad("grade")),
        ("channels = [\"fax\"]", 1, bad("channels")),
        ("channels = \"internet\"", 1, bad("channels")),
        ("class1 = true", 1, bad("class1")),
        ("major_incident = [{ place = \"下單\" }]", 1, bad("major_incident")),
        ("core = true", 1, ChecklistError::WrongLevel("core".to_owned())),
        ("[[system]]\nname = \"甲\"\ninet = true", 3, ChecklistError::WrongLevel("inet".to_owned())),
        ("[[system]]\nname = \"甲\"\ncore = \"maybe\"", 3, bad("core")),
        ("is_sec = true\n[[system]]\ncore = true", 2, ChecklistError::SystemWithoutName),
        ("[[system]]\nname = \"甲\"\n[[system]]\nname = \"甲\"", 3, ChecklistError::DuplicateSystem),
        ("system = 3", 1, bad("system")),
    ] {
        let error = profile_from_toml(&bundle, text).expect_err(text);
        assert_eq!((error.line, &error.what), (Some(line), &what), "{text}");
    }
    let error = profile_from_toml(&bundle, "is_sec = true\nis_fcm =").expect_err("no TOML");
    assert!(matches!(error.what, ChecklistError::Syntax(_)) && error.line == Some(2), "{error}");
}

#[test]
fn no_value_of_the_firm_is_in_a_message() {
    let bundle = bundle();
    for text in [
        "is_sec = \"甲乙綜合證券\"",
        "channels = [\"甲乙綜合證券\"]",
        "is_sec = 甲乙綜合證券",
        "[[system]]\nname = [\"甲乙綜合證券\"]",
    ] {
        let error = profile_from_toml(&bundle, text).expect_err("bad");
        assert!(!error.to_string().contains("甲乙"), "{error}");
    }
}

#[test]
fn every_fact_of_the_specification_is_asked() {
    let bundle = bundle();
    let codes = "is_sec is_fcm is_futures_ind sec_broker fcm_broker concurrent home_rule foreign foreign_better_std inet \
        channels ciso grade public_co colo colo_few_clients art15_shared_cabinet twse_tcpip website swift pii pii_intl \
        intra_group outsource_any onsite_contractor outsource_core_dev remote_access cert_carrier cert_app_own \
        reading_room rt_quote_on_site cloud_user cloud_provider cloud_critical sns_employee sns_official mob_company \
        mob_byod mob_app mob_app_investor iot_oa major_incident temp_accounts physical_alt_protection local_law_ok \
        sampling_used";
    for code in codes.split_whitespace() {
        let fact = bundle.fact(code).expect(code);
        assert!(!fact.of_system && fact.kind != FactKind::Derived, "{code}");
    }
    for code in "core asmt_class etrade important inet_exposed inet_login ext_service has_pii password_auth numeric_only \
        device_count firm_owned"
        .split_whitespace()
    {
        assert!(bundle.fact(code).expect(code).of_system, "{code}");
    }
    for fact in &bundle.facts {
        assert!(!fact.question.is_empty() && !fact.question.contains('？'), "{}", fact.code);
        assert!(!fact.reasons.1.is_empty() && !fact.help.is_empty(), "{}", fact.code);
        assert!(fact.kind != FactKind::YesNo || !fact.reasons.0.is_empty(), "{}", fact.code);
        assert!(value_allowed(fact, &FactValue::Unknown) || fact.kind == FactKind::Derived, "{}", fact.code);
    }
}
