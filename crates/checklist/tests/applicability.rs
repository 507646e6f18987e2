//! Whether clauses apply: an independent table of profiles and expected outcomes beside the engine.

use fieldbook_checklist::{
    Bundle, bundled_files, decide, evaluate, items, load_unlocked, parse_predicate, profile_from_toml,
};
use fieldbook_model::{Applicability, Decision, Profile, System, Tri};
use std::collections::BTreeMap;

fn bundle() -> Bundle {
    load_unlocked(&bundled_files()).expect("the bundled checklists load")
}

fn read(bundle: &Bundle, text: &str) -> (Profile, Vec<System>) {
    profile_from_toml(bundle, text).expect("a good profile")
}

fn decision(bundle: &Bundle, profile: &str, clause: &str) -> Decision {
    let (profile, systems) = read(bundle, profile);
    let clause = bundle.clauses().find(|c| c.id.as_str() == clause).expect("bundled");
    decide(bundle, clause, &profile, &systems)
}

fn outcomes(bundle: &Bundle, profile: &str) -> BTreeMap<Applicability, usize> {
    let (profile, systems) = read(bundle, profile);
    let mut counts = BTreeMap::new();
    for item in items(bundle, &profile, &systems) {
        *counts.entry(item.decision.applicability).or_default() += 1;
    }
    counts
}

/// A securities broker with co-location, internet orders and a register of four systems.
const COLO: &str = r#"
is_sec = true
is_fcm = false
is_futures_ind = false
sec_broker = true
concurrent = false
foreign = false
inet = true
channels = ["internet", "voice", "dma"]
ciso = true
grade = "2"
colo = true
colo_few_clients = true
art15_shared_cabinet = false
twse_tcpip = true
website = true
swift = false
pii = true
pii_intl = false
outsource_any = true
outsource_core_dev = false
remote_access = true
mob_app_investor = true
iot_oa = false
major_incident = []
temp_accounts = false
physical_alt_protection = false
sampling_used = false

[[system]]
name = "證券下單系統"
core = true
asmt_class = "1"
etrade = true
important = true
inet_exposed = true
inet_login = true
ext_service = true
password_auth = true
customer_login = true

[[system]]
name = "主機共置策略主機"
core = true
asmt_class = "1"
etrade = true
inet_exposed = false
inet_login = false
password_auth = true
customer_login = false

[[system]]
name = "客戶資料庫"
core = false
asmt_class = "2"
etrade = false
inet_exposed = false
inet_login = false
password_auth = true
customer_login = false

[[system]]
name = "簽核系統"
core = false
asmt_class = "3"
etrade = false
inet_exposed = false
inet_login = false
password_auth = false
customer_login = false
"#;

/// A futures commission merchant without internet orders.
const FCM: &str = r#"
is_sec = false
is_fcm = true
is_futures_ind = false
fcm_broker = true
inet = false
public_co = false
pii = true
outsource_any = false
onsite_contractor = false
cert_carrier = true
cert_app_own = false
reading_room = false
rt_quote_on_site = false
website = true
cloud_user = true
cloud_provider = false
cloud_critical = false
sns_employee = false
sns_official = true
mob_company = true
mob_byod = false
mob_app = false
mob_app_investor = false
iot_oa = true

[[system]]
name = "期貨帳務"
important = true
numeric_only = false
"#;

#[test]
fn a_co_location_firm_gets_its_items() {
    use Applicability::{Applicable as Yes, NotApplicable as No};
    let bundle = bundle();
    for (clause, expected) in [
        ("FCM-7.1.b.c", No),
        ("FCM-8.3.e", No),
        ("EMT-5.1", No),
        ("BSL-3.1", Yes),
        ("BSL-3.2", No),
        ("BSL-3.4", Yes),
        ("BSL-3.6", Yes),
        ("BSL-3.7", Yes),
        ("BSL-3.9", Yes),
        ("BSL-4.1", Yes),
        ("BSL-6.2", Yes),
        ("BSL-6.6", Yes),
        ("BSL-6.7", Yes),
        ("BSL-6.8", Yes),
        ("BSL-7.9", Yes),
        ("BSL-7.13", No),
        ("BSL-8.1", Yes),
        ("BSL-8.2", No),
        ("BSL-10.4", Yes),
        ("ASM-2.1", Yes),
        ("ASM-3.1.t2", Yes),
        ("ASM-3.2", No),
        ("ASM-3.3", No),
        ("ASM-4.3.4", No),
        ("ASM-4.4", Yes),
        ("ASM-4.4.1", Yes),
        ("ASM-4.5.1", Yes),
        ("ASM-4.7.4", No),
        ("ASM-5", Yes),
        ("COL-A1", Yes),
        ("COL-B3", Yes),
        ("COL-C5", Yes),
        ("COL-D2.1", Yes),
        ("COL-D3", Yes),
        ("COL-D5.1", Yes),
        ("COL-E1", Yes),
        ("COL-G1.1", Yes),
        ("COL-G10.1", Yes),
    ] {
        assert_eq!(decision(&bundle, COLO, clause).applicability, expected, "{clause}");
    }
    let counts = outcomes(&bundle, COLO);
    assert_eq!(counts.get(&Applicability::Undetermined), None, "everything that decides is stated");
    assert_eq!(counts.values().sum::<usize>(), 324 + 9);
    // FCM 104, EMT 30 and their five lead-ins; BSL-3.2, 7.13, 8.2; ASM-3.2, 3.3, 4.3.4, 4.7.4.
    assert_eq!(counts.get(&No), Some(&(104 + 1 + 30 + 4 + 3 + 4)));
}

#[test]
fn a_futures_firm_without_internet_orders_loses_the_23_conditional_items() {
    use Applicability::{Applicable as Yes, NotApplicable as No};
    let bundle = bundle();
    let (profile, systems) = read(&bundle, FCM);
    let lost = items(&bundle, &profile, &systems)
        .into_iter()
        .filter(|i| i.clause.doc() == "FCM" && i.decision.deciding == ["inet"]);
    assert_eq!(lost.filter(|i| i.decision.applicability == No).count(), 23);
    for (clause, expected) in [
        ("FCM-1.1", No),
        ("FCM-7.1.a.b", No),
        ("FCM-7.1.e.d", No),
        ("FCM-9.10", No),
        ("FCM-2.2", Yes),
        ("FCM-3.3", Yes),
        ("FCM-7.2.e", Yes),
        ("FCM-8.2.d", No),
        ("FCM-8.3.f", Yes),
        ("FCM-8.4.a", Yes),
        ("FCM-8.5.d", No),
        ("FCM-8.5.e", Yes),
        ("FCM-8.5.f", No),
        ("FCM-8.5.h", Yes),
        ("FCM-12.b", No),
        ("FCM-12.d", Yes),
        ("BSL-3.1", No),
        ("COL-D4.1", No),
        ("EMT-3", Yes),
        ("EMT-4", Yes),
        ("EMT-4.1", No),
        ("EMT-5.3.1", Yes),
        ("EMT-6.1", Yes),
        ("EMT-6.3.3.1", No),
        ("EMT-7.p2", Yes),
    ] {
        assert_eq!(decision(&bundle, FCM, clause).applicability, expected, "{clause}");
    }
    assert_eq!(outcomes(&bundle, FCM).get(&Applicability::Undetermined), None);
}

#[test]
fn nothing_known_leaves_everything_open() {
    let bundle = bundle();
    let counts = outcomes(&bundle, "");
    assert_eq!(counts.into_iter().collect::<Vec<_>>(), [(Applicability::Undetermined, 333)]);
    for item in items(&bundle, &Profile::new(), &[]) {
        assert!(item.decision.reason.starts_with("尚未確認"), "{}: {}", item.clause, item.decision.reason);
        assert!(!item.decision.deciding.is_empty(), "{}", item.clause);
    }
}

#[test]
fn another_futures_business_gets_only_the_technology_rules() {
    let bundle = bundle();
    let profile = "is_sec = false\nis_fcm = false\nis_futures_ind = true\n";
    let (profile, systems) = read(&bundle, profile);
    for item in items(&bundle, &profile, &systems) {
        let excluded = item.decision.applicability == Applicability::NotApplicable;
        assert_eq!(excluded, item.clause.doc() != "EMT", "{}", item.clause);
    }
}

#[test]
fn reasons_name_the_facts_that_decided() {
    let bundle = bundle();
    for (profile, clause, reason) in [
        ("is_sec = true\ninet = true", "BSL-3.6", "因屬證券商且提供網際網路下單"),
        ("is_sec = true\ninet = false", "BSL-3.6", "因未提供網際網路下單"),
        ("is_sec = true", "BSL-3.6", "尚未確認是否提供網際網路下單服務"),
        ("inet = false", "BSL-3.6", "因未提供網際網路下單"),
        ("is_fcm = true\npublic_co = false", "FCM-8.5.d", "因非公開發行公司"),
        ("is_sec = true\ninet = false\nwebsite = false", "ASM-5", "因未提供網際網路下單且未設官方網站"),
        ("is_sec = true\nwebsite = true", "ASM-5", "因屬證券商且設有官方網站"),
        ("", "COL-C1", "尚未確認是否為證券商、是否經營證券經紀業務、是否與證交所簽訂主機共置服務契約"),
        (
            "is_sec = true\nsec_broker = true\ninet = false\nchannels = [\"in_person\"]",
            "COL-D3",
            "因未接受電子式交易型態委託（未提供網際網路下單、受託管道不含電子式交易型態）",
        ),
        (
            "is_sec = true\nsec_broker = true\nchannels = [\"voice\", \"in_person\"]",
            "COL-D3",
            "因屬證券商且經營證券經紀業務且接受電子式交易型態委託（受託管道含語音）",
        ),
        (
            "is_sec = true\nciso = false\ngrade = \"4\"",
            "BSL-5.4",
            "因非第一類證券商（未指派資訊安全長、資安分級屬第四級）",
        ),
        (
            "is_sec = true\nciso = false\ngrade = \"3\"\n[[system]]\nname = \"下單\"\ncore = true",
            "BSL-5.4",
            "因屬證券商且屬第一類證券商（資安分級屬第三級），且系統「下單」為核心系統",
        ),
        (
            "is_sec = true\n[[system]]\nname = \"甲\"\ncore = false\n[[system]]\nname = \"乙\"\ncore = false",
            "BSL-4.1",
            "因登錄之2個資通系統均不符合「為核心系統」",
        ),
        (
            "is_sec = true\n[[system]]\nname = \"甲\"\n[[system]]\nname = \"乙\"\ncore = false",
            "BSL-4.1",
            "尚未確認系統「甲」是否為核心系統",
        ),
        (
            "is_sec = true\n[[system]]\nname = \"甲\"\ncore = true\n[[system]]\nname = \"乙\"",
            "BSL-4.1",
            "因屬證券商，且系統「甲」為核心系統（尚未確認系統「乙」是否為核心系統）",
        ),
        ("is_sec = true", "BSL-4.1", "尚未確認是否有資通系統為核心系統（系統清冊尚無資料）"),
        (
            "is_sec = true\nmajor_incident = [{ system = \"下單\", confirmed_on = 2020-10-01, kind = \"駭客攻擊\" }]",
            "ASM-3.3",
            "因屬證券商且受查期間發生經確認之個資外洩或駭客攻擊（下單 2020-10-01 駭客攻擊）",
        ),
        ("is_fcm = true", "EMT-3", "因屬期貨商"),
    ] {
        assert_eq!(decision(&bundle, profile, clause).reason, reason, "{clause} with {profile}");
    }
}

#[test]
fn the_deciding_facts_are_those_somebody_can_record() {
    let bundle = bundle();
    let class1 = decision(&bundle, "is_sec = true\nciso = false\ngrade = \"4\"", "BSL-5.4");
    assert_eq!(class1.deciding, ["ciso", "grade"]);
    let open = decision(&bundle, "is_sec = true\nciso = false", "BSL-5.4");
    assert_eq!(open.applicability, Applicability::Undetermined);
    assert!(open.deciding.contains(&"grade".to_owned()) && !open.deciding.contains(&"class1".to_owned()));
}

#[test]
fn a_clause_of_systems_names_those_it_applies_to() {
    let bundle = bundle();
    assert_eq!(decision(&bundle, COLO, "BSL-4.1").systems, ["證券下單系統", "主機共置策略主機"]);
    assert_eq!(decision(&bundle, COLO, "BSL-7.9").systems, ["證券下單系統"]);
    assert_eq!(decision(&bundle, COLO, "ASM-3.1.t3").systems, ["簽核系統"]);
    assert_eq!(decision(&bundle, COLO, "BSL-3.1").systems, Vec::<String>::new());
    let unless =
        decision(&bundle, "is_fcm = true\n[[system]]\nname = \"語音\"\nnumeric_only = true", "FCM-8.3.f");
    assert_eq!(unless.applicability, Applicability::NotApplicable);
}

#[test]
fn exceptions_substitute_or_waive_only_when_shown() {
    use Applicability::{Applicable, NotApplicable, Substituted, Waived};
    let bundle = bundle();
    let better =
        "is_sec = true\nremote_access = true\nforeign = \"subsidiary\"\nforeign_better_std = [\"BSL-3.9\"]";
    for (profile, clause, expected) in [
        (better, "BSL-3.9", Substituted),
        (better, "BSL-3.12", Applicable),
        ("is_sec = true\nforeign = \"branch\"\nforeign_better_std = true", "BSL-3.10", Substituted),
        ("is_sec = true\nforeign = false", "BSL-3.10", Applicable),
        ("is_sec = true", "BSL-3.10", Applicable),
        (
            "is_sec = true\nremote_access = false\nforeign = \"branch\"\nforeign_better_std = true",
            "BSL-3.9",
            NotApplicable,
        ),
        ("is_sec = true\nconcurrent = \"銀行\"\nhome_rule = true", "ASM-2.1", Substituted),
        ("is_sec = true\nconcurrent = \"銀行\"\nhome_rule = false\nforeign = false", "ASM-2.1", Applicable),
        ("is_sec = true\ncolo = true\nart15_shared_cabinet = true", "COL-D2.1", Waived),
        ("is_sec = true\ncolo = true", "COL-D2.1", Applicable),
        (
            "is_sec = true\npii_intl = true\nforeign = \"branch\"\nintra_group = true\nlocal_law_ok = true",
            "BSL-8.2",
            Waived,
        ),
        (
            "is_sec = true\npii_intl = true\nforeign = \"branch\"\nintra_group = true\nlocal_law_ok = false",
            "BSL-8.2",
            Applicable,
        ),
        (
            "is_sec = true\nphysical_alt_protection = true\n[[system]]\nname = \"甲\"\ncore = true",
            "BSL-8.1",
            Waived,
        ),
    ] {
        assert_eq!(decision(&bundle, profile, clause).applicability, expected, "{clause} with {profile}");
    }
    let open = decision(&bundle, "is_sec = true\ncolo = true", "COL-D2.1");
    assert!(open.reason.contains("例外尚未確認"), "{}", open.reason);
}

#[test]
fn clauses_follow_the_predicates_of_the_specification() {
    // Predicate, number of answerable leafs with it, document by document, as specified.
    let table = [
        ("FCM", "is_fcm & inet", "", 23),
        ("FCM", "is_fcm", "", 61),
        ("FCM", "is_fcm & pii", "", 5),
        ("FCM", "is_fcm & fcm_broker", "", 3),
        ("FCM", "is_fcm & outsource_any", "", 2),
        ("FCM", "is_fcm & onsite_contractor", "", 1),
        ("FCM", "is_fcm", "!numeric_only", 1),
        ("FCM", "is_fcm", "important", 2),
        ("FCM", "is_fcm & public_co", "", 1),
        ("FCM", "is_fcm & cert_carrier", "", 1),
        ("FCM", "is_fcm & cert_carrier & cert_app_own", "", 1),
        ("FCM", "is_fcm & reading_room", "", 1),
        ("FCM", "is_fcm & rt_quote_on_site", "", 1),
        ("FCM", "is_fcm & website", "", 1),
        ("BSL", "is_sec", "", 25 + 2 + 2),
        ("BSL", "is_sec & temp_accounts", "", 1),
        ("BSL", "is_sec & class1", "core", 5),
        ("BSL", "is_sec & inet", "", 2),
        ("BSL", "is_sec", "customer_login", 1),
        ("BSL", "is_sec & remote_access", "", 4),
        ("BSL", "is_sec", "core", 19 + 1),
        ("BSL", "is_sec", "inet_login", 1),
        ("BSL", "is_sec", "etrade", 1),
        ("BSL", "is_sec", "password_auth", 1 + 1),
        ("BSL", "is_sec & inet", "core", 1),
        ("BSL", "is_sec & inet", "core & inet_exposed", 1),
        ("BSL", "is_sec & outsource_core_dev", "", 1),
        ("BSL", "is_sec & pii_intl", "", 1),
        ("BSL", "is_sec & pii", "", 9),
        ("ASM", "is_sec", "", 1 + 2 + 37 + 4),
        ("ASM", "is_sec", "asmt_class = \"1\"", 1),
        ("ASM", "is_sec", "asmt_class = \"2\"", 1),
        ("ASM", "is_sec", "asmt_class = \"3\"", 1),
        ("ASM", "is_sec & sampling_used", "mass_devices & firm_owned", 1),
        ("ASM", "is_sec & major_incident", "", 1),
        ("ASM", "is_sec & iot", "", 1),
        ("ASM", "is_sec", "inet_exposed", 5),
        ("ASM", "is_sec & client_app", "", 5),
        ("ASM", "is_sec & swift", "", 1),
        ("ASM", "is_sec & (inet | website)", "", 1),
        ("COL", "is_sec & sec_broker & colo", "", 5),
        ("COL", "is_sec & colo", "", 10 + 1),
        ("COL", "is_sec & colo & colo_few_clients", "", 1),
        ("COL", "is_sec & sec_broker & e_order", "", 2),
        ("COL", "is_sec", "", 23),
        ("COL", "is_sec & outsource_any", "", 4),
        ("COL", "is_sec & (colo | twse_tcpip)", "", 1),
        ("COL", "is_sec & remote_access", "", 1),
        ("COL", "is_sec & inet", "", 1),
        ("EMT", "(is_fcm | is_futures_ind)", "", 3),
        ("EMT", "(is_fcm | is_futures_ind) & cloud_user & cloud_critical", "", 1),
        ("EMT", "(is_fcm | is_futures_ind) & cloud_provider & cloud_critical", "", 1),
        ("EMT", "(is_fcm | is_futures_ind) & sns_employee", "", 1),
        ("EMT", "(is_fcm | is_futures_ind) & sns_official", "", 5),
        ("EMT", "(is_fcm | is_futures_ind) & mob_company", "", 1),
        ("EMT", "(is_fcm | is_futures_ind) & mob_byod", "", 1),
        ("EMT", "(is_fcm | is_futures_ind) & mob_app", "", 6),
        ("EMT", "(is_fcm | is_futures_ind) & mob_app_investor", "", 3),
        ("EMT", "(is_fcm | is_futures_ind) & iot_oa", "", 8),
    ];
    let bundle = bundle();
    for (document, firm, system, count) in table {
        let firm_rule = parse_predicate(firm).expect("a condition");
        let system_rule = (!system.is_empty()).then(|| parse_predicate(system).expect("a condition"));
        let found = bundle.document(document).expect("bundled").clauses().filter(|c| {
            c.kind == fieldbook_model::ClauseKind::Leaf
                && c.applies.as_ref().is_some_and(|a| a.firm == firm_rule && a.per_system == system_rule)
        });
        assert_eq!(found.count(), count, "{document} {firm} [{system}]");
    }
    assert_eq!(table.iter().map(|row| row.3).sum::<usize>(), 324);
}

#[test]
fn unknown_is_not_no() {
    let bundle = bundle();
    let predicate = parse_predicate("inet | !website & class1").expect("a condition");
    for (profile, expected) in [
        ("", Tri::Unknown),
        ("inet = true", Tri::Yes),
        ("inet = false\nwebsite = true", Tri::No),
        ("inet = false\nwebsite = false", Tri::Unknown),
        ("inet = false\nwebsite = false\ngrade = \"1\"", Tri::Yes),
        ("inet = false\nwebsite = false\ngrade = \"5\"", Tri::Unknown),
        ("inet = false\nwebsite = false\ngrade = \"5\"\nciso = false", Tri::No),
        ("inet = \"unknown\"\nwebsite = true", Tri::Unknown),
    ] {
        let (profile_read, _) = read(&bundle, profile);
        assert_eq!(evaluate(&bundle, &predicate, &profile_read), expected, "{profile}");
    }
}
