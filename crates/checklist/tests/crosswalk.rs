//! The crosswalk says what the specification's table says, cites only what is there, and merges nothing.

use fieldbook_checklist::{Bundle, bundled, bundled_files, load_unlocked};
use fieldbook_model::{Clause, ClauseId, Governing, Licence, PairRelation, Strength, Topic, TopicRelation};
use std::collections::{BTreeMap, BTreeSet};

fn bundle() -> Bundle {
    bundled().expect("the bundled checklists load")
}

fn ids(clauses: &[ClauseId]) -> String {
    clauses.iter().map(ClauseId::as_str).collect::<Vec<_>>().join(" ")
}

const TITLES: &str = "\
X01 資訊安全政策, X02 資安組織與權責, X03 風險評鑑, X04 資產清冊與分級, X05 系統分類, X06 帳號申請/建立/異動, \
X07 帳號權限定期審查/閒置, X08 離職/職務異動, X09 最高權限/特權帳號, X10 委外/廠商帳號, X11 唯一識別/共用帳號, \
X12 預設/簡易帳密, X13 密碼長度/強度, X14 密碼有效期, X15 登入失敗鎖定, X16 密碼儲存/傳輸/遮蔽, X17 初始密碼/重設, \
X18 多因子/憑證認證, X19 遠端連線, X20 防火牆建置與隔離, X21 防火牆紀錄保存, X22 防火牆規則檢視, X23 稽核日誌內容, \
X24 稽核日誌保存, X25 日誌檢視, X26 時間同步/完整性, X27 弱點掃描, X28 修補, X29 滲透測試/源碼掃描/APP檢測, \
X30 惡意程式/郵件, X31 網段/環境隔離, X32 傳輸加密, X33 金鑰/憑證載具, X34 備份與還原, X35 營運持續/備援, \
X36 資安事件通報, X37 委外契約, X38 程式異動/變更, X39 電腦操作/操作日誌, X40 容量/壓力/DDoS, X41 教育訓練/社交工程, \
X42 內部稽核與改善追蹤, X43 個人資料, X44 委託紀錄, X45 公平對待投資人, X46 機櫃供第三人使用, X47 物聯網, \
X48 社群/釣魚/偽冒, X49 雲端, X50 機房實體環境";

#[test]
fn the_fifty_topics_have_their_titles() {
    let found: Vec<String> =
        bundle().crosswalk.topics.iter().map(|t| format!("{} {}", t.code, t.title)).collect();
    assert_eq!(found, TITLES.split(", ").collect::<Vec<_>>());
}

/// Rows of the specification's table, copied out by hand: code, clauses to answer, background.
const ROWS: [(&str, &str, &str); 18] = [
    (
        "X01",
        "FCM-2.1 FCM-2.2 FCM-2.2.a FCM-2.2.b FCM-2.2.c FCM-2.2.d FCM-2.3 FCM-2.4 FCM-2.5 ASM-2.2 EMT-3",
        "",
    ),
    ("X02", "FCM-3.1 FCM-3.2 FCM-3.3 FCM-3.4 FCM-7.1.a.d BSL-3.8", "BSL-2.5"),
    ("X03", "FCM-1.1 FCM-1.2 FCM-1.3 BSL-7.2 BSL-7.3 BSL-10.3 ASM-2.1 ASM-4.1.1 EMT-4 EMT-5.2 EMT-7.1", ""),
    ("X04", "FCM-1.1 FCM-4.1 FCM-4.2 ASM-2.1 COL-B1 EMT-7.1", "BSL-2.4"),
    ("X05", "ASM-3.1.t1 ASM-3.1.t2 ASM-3.1.t3 ASM-4.1.5", "BSL-2.2 ASM-3.1"),
    ("X10", "FCM-8.2.d FCM-8.2.e BSL-3.6 COL-C5 COL-D5.1 COL-G4.3 EMT-7.5", "BSL-2.3"),
    ("X13", "FCM-8.3.f BSL-6.7 BSL-7.11 ASM-4.3.3 ASM-4.6.1 COL-G5.1", ""),
    ("X14", "FCM-8.3.f BSL-6.7 ASM-4.6.1 COL-C6 COL-D6.1 COL-G5.1", ""),
    ("X15", "FCM-8.3.e BSL-6.5 BSL-6.6 ASM-4.6.1", ""),
    (
        "X20",
        "FCM-7.1.b.a FCM-7.1.b.b FCM-7.1.b.d FCM-7.1.b.e ASM-4.1.6 COL-C4 COL-D4.1 COL-E1 COL-G2.1 COL-G2.3",
        "",
    ),
    ("X21", "FCM-7.1.b.c BSL-4.1 COL-D4.2 COL-G2.2", ""),
    ("X27", "FCM-9.10 BSL-7.8 ASM-4.3.1 ASM-4.5.1 COL-A3 COL-C8 COL-D8.1 COL-G10.1", ""),
    ("X29", "BSL-7.7 BSL-7.9 ASM-4.4.1 ASM-4.4.2 ASM-4.5.2 EMT-6.3.3.1 EMT-6.3.3.2 EMT-6.3.3.3", "EMT-6.3.3"),
    ("X32", "FCM-7.1.c BSL-3.12 BSL-8.1 BSL-8.2 BSL-8.3 BSL-8.4 BSL-8.5 BSL-8.6 ASM-4.5 EMT-6.3.2.1", ""),
    (
        "X35",
        "FCM-10.1 FCM-10.2 FCM-10.3 FCM-10.4 BSL-5.1 BSL-5.6 BSL-5.7 BSL-5.8 ASM-4.1.2 ASM-4.1.3 ASM-4.7.1 \
         ASM-4.7.1.1 ASM-4.7.1.2 ASM-4.7.1.3 ASM-4.7.1.4 ASM-4.7.1.5 ASM-4.7.1.6",
        "",
    ),
    (
        "X43",
        "FCM-7.2.a.b FCM-8.5.g FCM-8.5.h FCM-8.5.i FCM-8.5.j BSL-8.2 BSL-10.1.1 BSL-10.1.2 BSL-10.1.3 BSL-10.2 \
         BSL-10.3 BSL-10.4 BSL-10.5 BSL-10.6.1 BSL-10.6.2 ASM-4.7.2.1 EMT-3 EMT-6.3.1.4",
        "BSL-10.1 BSL-10.6",
    ),
    ("X46", "COL-A2 COL-B1 COL-C2 COL-D2.1", ""),
    (
        "X48",
        "FCM-12.d ASM-4.2.4 EMT-5 EMT-5.1 EMT-5.2 EMT-5.3.1 EMT-5.3.2 EMT-5.3.3 EMT-5.4.1 EMT-5.4.2 EMT-6.3.1.3 \
         EMT-8",
        "EMT-5.3 EMT-5.4",
    ),
];

#[test]
fn rows_of_the_table_are_expanded_to_their_clauses() {
    let bundle = bundle();
    for (code, clauses, background) in ROWS {
        let topic = bundle.topic(code).expect(code);
        assert_eq!(ids(&topic.clauses), clauses, "{code}");
        assert_eq!(ids(&topic.background), background, "{code}");
    }
}

#[test]
fn each_column_of_the_table_holds_as_many_clauses_as_counted_by_hand() {
    let bundle = bundle();
    let mut found: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for topic in &bundle.crosswalk.topics {
        for id in &topic.clauses {
            found.entry(id.doc()).or_default().0 += 1;
        }
        for id in &topic.background {
            found.entry(id.doc()).or_default().1 += 1;
        }
    }
    let expected = [("FCM", (95, 0)), ("BSL", (86, 6)), ("ASM", (56, 1)), ("COL", (55, 0)), ("EMT", (47, 4))];
    assert_eq!(found, expected.into());
}

#[test]
fn only_what_is_answered_is_listed_for_an_answer() {
    let bundle = bundle();
    let position: BTreeMap<&ClauseId, usize> =
        bundle.clauses().enumerate().map(|(i, c)| (&c.id, i)).collect();
    for topic in &bundle.crosswalk.topics {
        let examined = |id: &ClauseId| bundle.clause(id).expect("cited clauses exist").examinable;
        assert!(topic.clauses.iter().all(examined), "{}", topic.code);
        assert!(!topic.background.iter().any(examined), "{}", topic.code);
        assert!(
            topic.clauses.is_sorted_by_key(|id| position.get(id)),
            "{}: documents in their order",
            topic.code
        );
        let once: BTreeSet<&ClauseId> = topic.clauses.iter().collect();
        assert_eq!(once.len(), topic.clauses.len(), "{}", topic.code);
    }
}

#[test]
fn conflicts_are_those_that_the_table_calls_so() {
    let bundle = bundle();
    let with = |relation: TopicRelation| {
        let topics = bundle.crosswalk.topics.iter().filter(move |t| t.relation == relation);
        topics.map(|t| t.code.as_str()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(with(TopicRelation::Conflicting), "X13 X21 X27");
    assert_eq!(with(TopicRelation::Alike), "X12 X16 X17 X26 X30 X31 X33 X38 X48 X49 X50");
    let silent = bundle.crosswalk.topics.iter().filter(|t| t.difference.is_empty());
    assert_eq!(
        silent.map(|t| t.code.as_str()).collect::<Vec<_>>().join(" "),
        "X17 X26 X30 X31 X33 X38 X48 X49 X50"
    );
}

fn value<'a>(topic: &'a Topic, licence: Licence, subject: &str) -> &'a Governing {
    let mut fits = topic.governing.iter().filter(|g| g.licence == licence && g.subject == subject);
    let found = fits.next().unwrap_or_else(|| panic!("{} {licence:?} {subject}", topic.code));
    assert!(fits.next().is_none(), "{} {licence:?} {subject}: one value", topic.code);
    found
}

#[test]
fn governing_values_are_those_of_the_table() {
    use Licence::{Both, Futures, Securities};
    use Strength::{Declarative, Must, Should};
    let bundle = bundle();
    for (code, licence, subject, wanted, strength, clauses) in [
        ("X01", Futures, "資訊安全政策之評估", "至少每年一次", Must, "FCM-2.4"),
        ("X01", Securities, "評估計畫之重新審視", "至少每三年一次", Must, "ASM-2.2"),
        ("X07", Securities, "帳號及權限之審查", "至少每半年一次", Must, "BSL-3.3 COL-G4.4"),
        ("X09", Securities, "使用最高權限帳號之同意", "每次使用前取得權責主管同意", Must, "COL-G3.1"),
        ("X09", Securities, "管理者帳號使用結果之覆核", "逐日", Must, "BSL-4.3"),
        ("X10", Futures, "委外期間結束後收回權限", "立即", Must, "FCM-8.2.d"),
        ("X13", Securities, "密碼最短長度", "6 個字元", Must, "COL-G5.1"),
        ("X13", Futures, "密碼最短長度", "7 個字元", Must, "FCM-8.3.f"),
        ("X13", Both, "密碼最短長度", "7 個字元", Must, "FCM-8.3.f"),
        ("X14", Securities, "密碼最長使用期限", "三個月", Must, "BSL-6.7 COL-D6.1 COL-G5.1"),
        ("X14", Securities, "密碼歷程紀錄", "三代", Must, "BSL-6.7"),
        ("X14", Futures, "密碼更新", "不超過三個月", Should, "FCM-8.3.f"),
        ("X15", Futures, "密碼輸入錯誤次數", "3 次：中斷連線", Must, "FCM-8.3.e"),
        (
            "X15",
            Securities,
            "登入失敗次數（電子式交易資通系統）",
            "3 次：記錄、鎖定、中斷連線",
            Must,
            "BSL-6.6",
        ),
        (
            "X15",
            Securities,
            "登入失敗次數（其餘系統）",
            "5 次：至少 15 分鐘不得再嘗試",
            Declarative,
            "BSL-6.5",
        ),
        ("X21", Futures, "防火牆進出紀錄及其備份之保存", "兩個月", Must, "FCM-7.1.b.c"),
        ("X21", Securities, "防火牆進出紀錄及其備份之保存", "三年", Must, "COL-D4.2 COL-G2.2"),
        ("X21", Both, "防火牆進出紀錄及其備份之保存", "三年", Must, "COL-D4.2 COL-G2.2"),
        ("X15", Both, "登入失敗次數", "3 次", Must, "FCM-8.3.e BSL-6.6"),
        ("X14", Both, "密碼最長使用期限", "三個月", Must, "BSL-6.7 COL-D6.1 COL-G5.1"),
        ("X27", Both, "弱點之風險評估或修補", "掃描後辦理並留存紀錄", Must, "COL-G10.1"),
        ("X22", Securities, "防火牆存取控管設定之檢視", "每年", Must, "COL-G2.4"),
        ("X24", Securities, "稽核日誌之保存", "三年", Must, "BSL-4.1 COL-D7.3 COL-G6.2"),
        ("X25", Securities, "登入嘗試紀錄之監控及分析", "每日", Must, "BSL-3.6"),
        ("X27", Securities, "弱點之風險評估或修補", "掃描後辦理並留存紀錄", Must, "COL-G10.1"),
        ("X27", Futures, "弱點之風險評估或修補", "掃描後辦理", Should, "FCM-9.10"),
        ("X28", Securities, "漏洞修補之完成時間", "公司依風險自訂", Declarative, "BSL-9.1"),
        ("X35", Futures, "營運持續計畫", "宜擬訂", Should, "FCM-10.4"),
        ("X40", Futures, "系統容量及安全措施之評估", "每年至少一次", Must, "FCM-7.2.f"),
        ("X43", Futures, "查核發現援引之法律", "個人資料保護法", Must, "FCM-8.5.g FCM-8.5.h FCM-8.5.i"),
    ] {
        let found = value(bundle.topic(code).expect(code), licence, subject);
        assert_eq!(found.value, wanted, "{code} {subject}");
        assert_eq!((found.strength, ids(&found.clauses).as_str()), (strength, clauses), "{code} {subject}");
    }
    let length = value(bundle.topic("X13").expect("there"), Futures, "密碼最短長度");
    assert!(length.note.starts_with("恰為6字元：條文文字歧義，請判斷"), "{}", length.note);
}

#[test]
fn a_governing_value_rests_on_clauses_of_its_topic_its_licence_and_its_strength() {
    let bundle = bundle();
    let states = |clause: &Clause, strength: Strength| {
        let units = clause.units.iter().any(|u| u.strength == strength);
        units || clause.units.is_empty() && clause.strength == strength
    };
    for topic in &bundle.crosswalk.topics {
        for governing in &topic.governing {
            let place = format!("{} {}", topic.code, governing.subject);
            assert!(governing.clauses.iter().all(|id| topic.clauses.contains(id)), "{place}");
            let cited = governing.clauses.iter().filter_map(|id| bundle.clause(id));
            assert!(cited.clone().any(|clause| states(clause, governing.strength)), "{place}");
            // A value for both licences cites those clauses only that set it: the strictest.
            let of = |securities: bool| {
                matches!(governing.licence, Licence::Both)
                    || securities == (governing.licence == Licence::Securities)
            };
            let mut sides = cited.map(|c| matches!(c.id.doc(), "BSL" | "ASM" | "COL"));
            assert!(sides.all(of), "{place}");
        }
    }
}

/// A rule's characters, without blanks, punctuation and the citation that a slide puts in front of `➤`.
fn bare(text: &str) -> String {
    let rule = text.split('➤').next_back().unwrap_or(text);
    rule.chars().filter(|c| !c.is_whitespace() && !"，。、；：「」『』（）().…,;:".contains(*c)).collect()
}

#[test]
fn the_same_rule_twice_is_told_and_only_then() {
    let bundle = bundle();
    let text = |id: &ClauseId| bare(&bundle.clause(id).expect("cited clauses exist").text);
    let mut found = Vec::new();
    for pair in &bundle.crosswalk.pairs {
        let (a, b) = (text(&pair.a), text(&pair.b));
        let sign = match pair.relation {
            PairRelation::Equal => "=",
            PairRelation::Near => "≈",
            PairRelation::Within => "⊂",
        };
        assert_eq!(a == b, pair.relation == PairRelation::Equal, "{} {}", pair.a, pair.b);
        if pair.relation == PairRelation::Within {
            assert!(b.contains(&a), "{} {}", pair.a, pair.b);
        }
        assert_eq!(pair.note.is_empty(), pair.relation == PairRelation::Equal, "{} {}", pair.a, pair.b);
        let short = |id: &ClauseId| id.as_str().replace("COL-", "");
        found.push(format!("{}{sign}{}", short(&pair.a), short(&pair.b)));
    }
    found.sort();
    let mut expected = [
        "D4.1=G2.1",
        "D4.2=G2.2",
        "D5.1=G4.3",
        "D7.1=G6.1",
        "D7.3=G6.2",
        "A4≈H1",
        "A1≈D1.1",
        "A2≈D2.1",
        "D6.1⊂G5.1",
        "D8.1≈G10.1",
    ];
    expected.sort_unstable();
    assert_eq!(found, expected);
}

#[test]
fn a_clause_leads_to_its_topics_and_to_its_twin() {
    let bundle = bundle();
    let id = ClauseId::parse("COL-G5.1").expect("an id");
    let topics: Vec<&str> = bundle.crosswalk.topics_of(&id).map(|t| t.code.as_str()).collect();
    assert_eq!(topics, ["X13", "X14"]);
    let twins: Vec<&str> = bundle.crosswalk.pairs_of(&id).map(|(_, other)| other.as_str()).collect();
    assert_eq!(twins, ["COL-D6.1"]);
}

const GOOD: &str = r#"[[topic]]
code = "X02"
title = "防火牆"
relation = "differing"
difference = "保存期間不同"
clauses = ["COL-G2.1", "FCM-7.1.b.a"]
background = ["FCM-7.1.b"]

  [[topic.governing]]
  licence = "securities"
  subject = "防火牆"
  value = "應建立"
  strength = "must"
  clauses = ["COL-G2.1"]

[[topic]]
code = "X01"
title = "政策"
relation = "alike"
clauses = ["FCM-2.4"]

[[pair]]
a = "COL-D4.1"
b = "COL-G2.1"
relation = "equal"
"#;

fn with_crosswalk(text: &str) -> Result<Bundle, Vec<String>> {
    let mut files = bundled_files();
    files.remove("phrases.toml");
    files.insert("crosswalk.toml".to_owned(), text.to_owned());
    load_unlocked(&files).map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

#[test]
fn topics_come_by_code_and_clauses_in_the_order_of_the_documents() {
    let bundle = with_crosswalk(GOOD).expect("consistent");
    let codes: Vec<&str> = bundle.crosswalk.topics.iter().map(|t| t.code.as_str()).collect();
    assert_eq!(codes, ["X01", "X02"]);
    assert_eq!(ids(&bundle.topic("X02").expect("there").clauses), "FCM-7.1.b.a COL-G2.1");
}

#[test]
fn defects_of_the_crosswalk_are_told_with_their_line() {
    for (from, to, told) in [
        ("\"FCM-2.4\"", "\"FCM-2.9\"", ":20: clause `FCM-2.9` does not exist"),
        (
            "\"FCM-2.4\"",
            "\"FCM-2\"",
            ":20: clause `FCM-2` is not answered: a heading or definition is background",
        ),
        (
            "\"FCM-2.4\"",
            "\"BSL-2.5\"",
            ":20: clause `BSL-2.5` is not answered: a heading or definition is background",
        ),
        ("\"FCM-2.4\"", "\"FCM-2.4\", \"FCM-2.4\"", ":20: `FCM-2.4` is defined twice"),
        ("[\"FCM-2.4\"]", "[]", ":17: `X01` lacks clauses"),
        ("\"FCM-7.1.b\"]", "\"FCM-7.1.b.c\"]", ":7: clause `FCM-7.1.b.c` is answered: it is no background"),
        ("\"X01\"", "\"X02\"", ":17: `X02` is defined twice"),
        ("\"X01\"", "\"01\"", ":17: `01` is not a valid topic code"),
        ("difference = \"保存期間不同\"\n", "", ":2: `X02` lacks a difference"),
        ("relation = \"alike\"", "relation = \"same\"", ":19: cannot be read: unknown variant `same`"),
        (
            "  clauses = [\"COL-G2.1\"]",
            "  clauses = [\"COL-G2.2\"]",
            ":14: clause `COL-G2.2` is not among the clauses of topic `X02`",
        ),
        ("  clauses = [\"COL-G2.1\"]", "  clauses = []", ":11: `防火牆` lacks clauses"),
        ("b = \"COL-G2.1\"", "b = \"COL-D4.1\"", ":24: clause `COL-D4.1` is paired with itself"),
        (
            "b = \"COL-G2.1\"",
            "b = \"COL-G2.2\"",
            ":23: the texts of `COL-D4.1` and `COL-G2.2` do not relate in this way",
        ),
        (
            "relation = \"equal\"",
            "relation = \"near\"",
            ":23: the texts of `COL-D4.1` and `COL-G2.1` do not relate in this way",
        ),
        (
            "relation = \"equal\"",
            "relation = \"within\"",
            ":23: the texts of `COL-D4.1` and `COL-G2.1` do not relate in this way",
        ),
        (
            "relation = \"equal\"\n",
            "relation = \"equal\"\n[[pair]]\na = \"COL-G2.1\"\nb = \"COL-D4.1\"\nrelation = \"equal\"\n",
            ":27: `COL-G2.1 COL-D4.1` is defined twice",
        ),
    ] {
        assert!(GOOD.contains(from), "{from}");
        let errors = with_crosswalk(&GOOD.replacen(from, to, 1)).expect_err(told);
        let expected = format!("crosswalk.toml{told}");
        assert!(errors.first().is_some_and(|e| e.starts_with(&expected)), "{errors:?} instead of {expected}");
    }
}
