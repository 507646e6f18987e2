//! `fieldbook checklist list|show|check|diff`, and calls whose words are wrong.

use crate::call::{Desk, Said, entry, has_keys, list, text};
use crate::folder::{ACCOUNTS, ORDERS, PROCEDURE, copy, edit, example, reword};
use serde_json::Value;

#[test]
fn the_bundled_editions_need_no_vault() {
    let desk = Desk::without_vault();
    let all = desk.done(&["checklist", "list"]);
    let ids: Vec<&str> = list(&all).iter().map(|d| text(&d["id"])).collect();
    assert_eq!(ids, ["FCM", "BSL", "ASM", "COL", "EMT"]);
    let sum = |key: &str| list(&all).iter().map(|d| d[key].as_u64().expect("a number")).sum::<u64>();
    assert_eq!((sum("examinable"), sum("chapeau_duties")), (324, 9));
    for document in list(&all) {
        has_keys(document, &["title", "issuer", "edition", "items"]);
    }
    let plain = desk.call(&["checklist", "list"]);
    assert_eq!((plain.code, plain.out.lines().count(), plain.err.as_str()), (0, 5, ""));
    assert_eq!(desk.contents().len(), 0, "asking makes no vault");
}

#[test]
fn a_clause_is_shown_verbatim_with_its_units_and_relatives() {
    let desk = Desk::without_vault();
    let clause = desk.done(&["checklist", "show", "BSL-6.8"]);
    let verbatim = "核心系統身分驗證機制應防範自動化程式之登入或密碼更換嘗試，非核心系統宜防範自動化程式之登入或密碼更換嘗試。";
    assert_eq!(clause["text"], verbatim);
    let told = (&clause["id"], &clause["label"], &clause["applies"]);
    assert_eq!(told, (&"BSL-6.8".into(), &"第六條第八款".into(), &"is_sec".into()));
    let units: Vec<(&str, &str, &str)> = list(&clause["units"])
        .iter()
        .map(|u| (text(&u["id"]), text(&u["strength"]), text(&u["per_system"])))
        .collect();
    assert_eq!(units, [("a", "must", "core"), ("b", "should", "!core")]);

    let related = desk.done(&["checklist", "show", "BSL-6.7"]);
    has_keys(&related, &["strength", "params", "edition"]);
    assert!(list(&related["related"]).iter().any(|r| r["clause"] == "COL-D6.1"), "{related}");
    let plain = desk.call(&["checklist", "show", "BSL-6.8"]);
    assert!(plain.out.lines().any(|line| line == verbatim), "{}", plain.out);
    assert!(plain.out.contains("依據版本："), "{}", plain.out);

    let unknown = desk.refused(&["checklist", "show", "BSL-99.9"], 1, "unknown_clause");
    assert!(text(&unknown["error"]["message"]).contains("BSL-99.9"));
}

#[test]
fn the_example_is_without_defect() {
    let desk = Desk::without_vault();
    let dir = example();
    let checked = desk.done(&["checklist", "check", crate::call::word(&dir)]);
    assert_eq!((&checked["ok"], list(&checked["problems"]).len()), (&true.into(), 0));
    let bundled = list(&desk.done(&["audit", "list"])).len();
    assert_eq!((&checked["documents"], &checked["procedures"]), (&6.into(), &(bundled + 1).into()));
    let plain = desk.call(&["checklist", "check", crate::call::word(&dir)]);
    assert!(plain.code == 0 && plain.out.starts_with("無誤") && plain.err.is_empty(), "{plain:?}");
}

/// Checks the copy that has a defect; gives its only problem.
fn only_problem(desk: &Desk) -> Value {
    let refused = desk.unchanged(|| desk.refused(&["checklist", "check", "own"], 1, "folder_defective"));
    assert_eq!(refused["ok"], false);
    let [problem] = list(&refused["problems"]) else { panic!("one problem: {refused}") };
    let (message, hint) = (text(&problem["message"]), text(&problem["hint"]));
    assert!(text(&refused["error"]["message"]).contains(message), "the pair names the first: {refused}");
    let Said { out, .. } = desk.call(&["checklist", "check", "own"]);
    assert_eq!(out, format!("錯誤：{message}。\n建議：{hint}。\n"), "for people");
    problem.clone()
}

/// A mistake: file, after which text, what stands there, what the author wrote, what is said.
type Mistake = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// What stands before the first rule's query.
const SQL: &str = "sql = \"\"\"";

const MISTAKES: [Mistake; 21] = [
    (ORDERS, "SAMPLE-2.1", "inet", "internet", "條件引用了不存在的事實「internet」"),
    (ORDERS, "SAMPLE-2.1", "inet", "core", "「core」用錯層級"),
    (ORDERS, "SAMPLE-2.1", "& inet", "and inet", "條件式無法解讀"),
    (ORDERS, "SAMPLE-2.2", "SAMPLE-2.2", "SAMPLE-2.1", "「SAMPLE-2.1」重複定義"),
    (ORDERS, "SAMPLE-2.2", "SAMPLE-2.2", "FCM-2.2", "「FCM-2.2」不屬於這個檔案"),
    (ORDERS, "SAMPLE-2.2", "line = 8", "line = 80", "「SAMPLE-2.2」所指的行數超出原文"),
    (
        ORDERS,
        "SAMPLE-2.2",
        "strength = \"should\"",
        "strength = \"宜\"",
        "「宜」不是此欄位可用之值；可用者：must",
    ),
    (ORDERS, "SAMPLE-2.2", "text = \"客", "text = 客", "檔案格式無法讀取：不是正確的 TOML"),
    (ACCOUNTS, "id = \"b\"", "宜予停用\"", "應予停用\"", "分項「SAMPLE-1.2 b」的文字不是條文原文"),
    (PROCEDURE, "needs", "\"last_login\"]", "\"last_logon\"]", "資料集「accounts」沒有欄位「last_logon」"),
    (PROCEDURE, "sql = \"\"\"", "SELECT", "DELETE", "查詢開頭"),
    (
        ACCOUNTS,
        "SAMPLE-1.1",
        "每半年",
        "每季",
        "「SAMPLE-1.1」的條文與原文不同：第 9 個字元「季」，原文為「半」",
    ),
    (ORDERS, "SAMPLE-2.1", "應由", "宜由", "第 13 個字元「宜」，原文為「應」"),
    (
        ORDERS,
        "SAMPLE-2.2",
        "line = 8",
        "line = 4",
        "「SAMPLE-2.2」的條文不在 line 所指之處，而見於原文第 8 行",
    ),
    (PROCEDURE, SQL, "FROM accounts", "FROM acounts", "規則「1」之查詢讀取「acounts」，沒有這個資料集"),
    (PROCEDURE, SQL, "last_login FROM", "last_logon FROM", "規則「1」之查詢使用「last_logon」，沒有這個欄位"),
    (PROCEDURE, SQL, ":idle_days", ":idle_day", "使用參數「:idle_day」，程序未定義"),
    (PROCEDURE, SQL, "date(", "datetime(", "呼叫「datetime」，此函數不得使用"),
    (PROCEDURE, SQL, "ORDER BY", "ORDR BY", "在「ORDR」處不合 SQL 語法"),
    (PROCEDURE, SQL, "SELECT _id, ", "SELECT ", "規則「1」之查詢沒有產生 _id"),
    ("phrases.toml", "clauses", "SAMPLE-1.1", "SAMPLE-1", "條文「SAMPLE-1」是標題或定義"),
];

#[test]
fn every_mistake_of_an_author_is_told_with_file_and_line() {
    for (file, after, from, to, what) in &MISTAKES {
        let desk = Desk::without_vault();
        copy(&desk);
        edit(&desk, file, after, from, to);
        let problem = only_problem(&desk);
        let text_of = std::fs::read_to_string(desk.path("own").join(file)).expect("the file");
        let line = problem["line"].as_u64().unwrap_or_else(|| panic!("{what}: a line"));
        let said = text(&problem["message"]);
        assert!(said.starts_with(&format!("{file} 第 {line} 行：")) && said.contains(what), "{what}: {said}");
        let there = text_of.lines().nth(usize::try_from(line).expect("short") - 1).unwrap_or_default();
        // That a query is none at all is told where it begins, after `sql =`.
        assert!(
            there.contains(to) || what.contains("查詢開頭") || what.contains(":idle_day"),
            "{what}: line {line} is {there}"
        );
    }
}

/// Puts text at the end of a file of the copy, which is made when it is not there.
fn append(desk: &Desk, file: &str, more: &str) {
    let path = desk.path("own").join(file);
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    std::fs::write(path, before + more).expect("written");
}

#[test]
fn columns_and_parameters_that_no_query_knows_are_told() {
    for (more, what) in [
        ("\n[[column]]\nkey = \"holder\"\nzh = \"使用者\"\n", "欄位「holder」沒有任何規則產生"),
        ("\n[[parameter]]\nkey = \"as_of\"\nzh = \"日\"\nvalue = 1\n", "參數「as_of」與程式提供之參數同名"),
    ] {
        let desk = Desk::without_vault();
        copy(&desk);
        append(&desk, PROCEDURE, more);
        let problem = only_problem(&desk);
        assert!(text(&problem["message"]).contains(what), "{problem}");
        let whole = std::fs::read_to_string(desk.path("own").join(PROCEDURE)).expect("procedure");
        let lines = whole.lines().count() as u64;
        assert!(problem["line"].as_u64().is_some_and(|line| line > lines - 4), "{problem}");
    }
}

#[test]
fn a_fragment_that_cannot_run_is_told_once_where_it_stands() {
    let desk = Desk::without_vault();
    copy(&desk);
    let fragment = "[[fragment]]\nname = \"open_accounts\"\nsql = \"\"\"\nSELECT *\nFROM acounts\n\"\"\"\n\n[population]";
    edit(&desk, PROCEDURE, "", "[population]", fragment);
    for rule in ["id = \"1\"", "id = \"1u\""] {
        edit(&desk, PROCEDURE, rule, "sql = ", "uses = [\"open_accounts\"]\nsql = ");
        edit(&desk, PROCEDURE, rule, "FROM accounts", "FROM open_accounts");
    }
    let problem = only_problem(&desk);
    let said = text(&problem["message"]);
    assert!(said.contains("查詢片段「open_accounts」讀取「acounts」"), "{said}");
    edit(&desk, PROCEDURE, "[[fragment]]", "acounts", "accounts");
    assert_eq!(desk.done(&["checklist", "check", "own"])["ok"], true);
    edit(&desk, PROCEDURE, "id = \"1u\"", "status IS NULL", "statu IS NULL");
    let problem = only_problem(&desk);
    let whole = std::fs::read_to_string(desk.path("own").join(PROCEDURE)).expect("procedure");
    let line = usize::try_from(problem["line"].as_u64().expect("a line")).expect("short");
    assert!(whole.lines().nth(line - 1).is_some_and(|l| l.contains("statu IS NULL")), "{problem}");
}

#[test]
fn the_query_of_a_period_is_asked_too() {
    let desk = Desk::without_vault();
    copy(&desk);
    append(
        &desk,
        "periods.toml",
        "[[period]]\nclauses = [\"SAMPLE-1.1\"]\nduty = \"帳號清查\"\nevery = \"6mo\"\nwords = \"每半年\"\n\n[[period.last]]\n\
         dataset = \"accounts\"\nsql = \"SELECT max(last_login) FROM acounts WHERE last_login <= :as_of\"\n",
    );
    let problem = only_problem(&desk);
    assert_eq!((text(&problem["file"]), &problem["line"]), ("periods.toml", &9.into()));
    assert!(text(&problem["message"]).contains("「帳號清查」最近辦理日期之查詢讀取「acounts」"), "{problem}");
    edit(&desk, "periods.toml", "", "acounts", "accounts");
    assert_eq!(desk.done(&["checklist", "check", "own"])["ok"], true);
}

#[test]
fn the_ids_of_a_folder_are_locked_renewed_and_retired() {
    let desk = Desk::without_vault();
    copy(&desk);
    let ids = |value: &Value| list(value).iter().map(|id| text(id).to_owned()).collect::<Vec<_>>();
    let file = || std::fs::read_to_string(desk.path("own/ids.lock")).expect("ids.lock");
    let first = desk.done(&["checklist", "lock", "own"]);
    let mine = [
        "SAMPLE-1",
        "SAMPLE-1.1",
        "SAMPLE-1.2",
        "SAMPLE-1.2/a",
        "SAMPLE-1.2/b",
        "SAMPLE-2",
        "SAMPLE-2.1",
        "SAMPLE-2.2",
        "T-SAMPLE-01",
    ];
    assert_eq!(ids(&first["added"]), mine);
    assert!(file().starts_with("SAMPLE-1.3 - retired\n"), "what stood there stays: {}", file());
    assert_eq!(desk.done(&["checklist", "check", "own"])["ok"], true);
    let again = desk.unchanged(|| desk.done(&["checklist", "lock", "own"]));
    assert_eq!((ids(&again["added"]).len(), ids(&again["changed"]).len()), (0, 0));

    reword(&desk, "SAMPLE-1.1", "每半年", "每季");
    let changed = only_problem(&desk);
    assert!(text(&changed["message"]).contains("「SAMPLE-1.1」的內容與 ids.lock 所記不同"), "{changed}");
    assert!(text(&changed["hint"]).contains("checklist lock"), "{changed}");
    let whole = std::fs::read_to_string(desk.path("own").join(ORDERS)).expect("chapter");
    let (kept, _) = whole.split_once("[[clause]]\nid = \"SAMPLE-2.2\"").expect("the last clause");
    std::fs::write(desk.path("own").join(ORDERS), kept).expect("chapter");
    let before = file();
    let second = desk.done(&["checklist", "lock", "own"]);
    assert_eq!(
        (ids(&second["changed"]), ids(&second["retired"])),
        (vec!["SAMPLE-1.1".into()], vec!["SAMPLE-2.2".into()])
    );
    assert_eq!(file().lines().count(), before.lines().count(), "no line is taken out");
    let retired = before.lines().find(|l| l.starts_with("SAMPLE-2.2 ")).expect("a line");
    assert!(file().contains(&format!("{retired} retired\n")));
    assert_eq!(desk.done(&["checklist", "check", "own"])["ok"], true);

    std::fs::write(desk.path("own").join(ORDERS), &whole).expect("chapter");
    desk.unchanged(|| desk.refused(&["checklist", "lock", "own"], 1, "package_defective"));
}

#[test]
fn an_id_that_was_given_up_is_not_used_again() {
    let desk = Desk::without_vault();
    copy(&desk);
    edit(&desk, ORDERS, "SAMPLE-2.2", "SAMPLE-2.2", "SAMPLE-1.3");
    let problem = only_problem(&desk);
    assert_eq!((text(&problem["file"]), &problem["line"]), ("ids.lock", &1.into()));
    assert!(text(&problem["message"]).contains("「SAMPLE-1.3」是已停用之代號"), "{problem}");
}

#[test]
fn a_folder_one_level_too_deep_or_without_checklists_is_told_so() {
    let desk = Desk::without_vault();
    copy(&desk);
    let inside = desk.refused(&["checklist", "check", "own/internal-audit"], 1, "folder_defective");
    let document = entry(&inside["problems"], "file", "document.toml");
    assert!(text(&document["hint"]).contains("上一層"), "{document}");
    std::fs::create_dir(desk.path("empty")).expect("folder");
    desk.refused(&["checklist", "check", "empty"], 1, "folder_empty");
    desk.refused(&["checklist", "check", "沒有"], 1, "folder_unreadable");
}

#[test]
fn two_editions_are_compared() {
    let desk = Desk::without_vault();
    copy(&desk);
    let added = desk.done(&["checklist", "diff", "built-in", "own"]);
    let [document] = list(&added) else { panic!("one document: {added}") };
    assert_eq!(
        (&document["document"], &document["from"], &document["to"]),
        (&"SAMPLE".into(), &Value::Null, &"115.1".into())
    );
    assert!(list(&document["changes"]).iter().all(|c| c["kind"] == "added"), "{added}");

    reword(&desk, "SAMPLE-1.1", "每半年", "每季");
    edit(&desk, "internal-audit/document.toml", "version", "115.1", "115.2");
    let older = example();
    let changed = desk.done(&["checklist", "diff", crate::call::word(&older), "own"]);
    let [change] = list(&changed[0]["changes"]) else { panic!("one change: {changed}") };
    assert_eq!((&change["kind"], &change["clause"]), (&"changed".into(), &"SAMPLE-1.1".into()));
    let pieces: Vec<(&str, &str)> =
        list(&change["pieces"]).iter().map(|p| (text(&p["kind"]), text(&p["text"]))).collect();
    assert!(pieces.contains(&("added", "季")) && pieces.contains(&("removed", "半年")), "{pieces:?}");
    let plain = desk.call(&["checklist", "diff", crate::call::word(&older), "own"]);
    assert!(plain.out.contains("修正 SAMPLE-1.1") && plain.out.contains("［＋季］"), "{}", plain.out);
    desk.refused(&["checklist", "diff", "built-in", "沒有"], 1, "file_unreadable");
}

#[test]
fn wrong_words_are_told_and_nothing_is_done() {
    let desk = Desk::without_vault();
    let calls: [(&[&str], &str); 4] = [
        (&["checklist", "check"], "缺少 <DIR>"),
        (&["checklist", "chek", "own"], "「chek」"),
        (&["checklist", "load", "own.fbc", "--trust-as", "稽核室"], "--fingerprint"),
        (&["export", "e-1", "sheet"], "<KEY>"),
    ];
    for (words, what) in calls {
        let refused = desk.unchanged(|| desk.refused(words, 2, "bad_call"));
        assert!(text(&refused["error"]["message"]).contains(what), "{refused}");
    }
}

#[test]
fn the_calls_that_the_guide_for_authors_names_are_there() {
    let guide =
        std::fs::read_to_string(fieldbook_tests::root().join("checklists/README.md")).expect("README");
    let calls: Vec<&str> = guide
        .lines()
        .filter_map(|line| line.strip_prefix("fieldbook checklist "))
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    assert!(calls.len() >= 8, "{calls:?}");
    let desk = Desk::without_vault();
    for call in calls {
        let help = desk.call(&["checklist", call, "--help"]);
        assert!(help.code == 0 && help.out.contains(&format!("fieldbook checklist {call}")), "{help:?}");
    }
}
