//! Rows of a spreadsheet: what comes back unchanged changes nothing, what was edited arrives, what must not be edited
//! is refused with its row and column.

mod editions;

use editions::{base, edition, replace, sha256};
use fieldbook_checklist::round_trip::{COLUMNS, RowChange, RowDefect, RowFault, apply, compare_rows, rows};
use fieldbook_checklist::{Bundle, Files, bundled, check_folder, load_unlocked};

type Sheet = Vec<(u32, Vec<String>)>;

fn bundle() -> Bundle {
    load_unlocked(&base()).expect("consistent")
}

/// The sheet as it is exported: headings in row 3, clauses below.
fn sheet(bundle: &Bundle) -> Sheet {
    let headings = COLUMNS.iter().map(|(_, heading, _)| (*heading).to_owned()).collect();
    let rows = std::iter::once(headings).chain(rows(bundle, None));
    (3..).zip(rows).collect()
}

fn at(key: &str) -> usize {
    COLUMNS.iter().position(|(k, ..)| *k == key).expect("a column")
}

/// The cell of a clause; the sheet row of `TST-1.1` is 5.
fn cell<'a>(sheet: &'a mut Sheet, clause: &str, key: &str) -> &'a mut String {
    let row = sheet.iter_mut().find(|(_, cells)| cells[0] == clause).expect("a row");
    &mut row.1[at(key)]
}

fn edited(clause: &str, key: &str, text: &str) -> Result<Vec<RowChange>, Vec<RowFault>> {
    let bundle = bundle();
    let mut sheet = sheet(&bundle);
    *cell(&mut sheet, clause, key) = text.to_owned();
    compare_rows(&bundle, &sheet)
}

fn change(clause: &str, key: &str, text: &str) -> RowChange {
    let changes = edited(clause, key, text).expect("taken");
    let [change] = changes.try_into().expect("one change");
    change
}

fn fault(clause: &str, key: &str, text: &str) -> (u32, &'static str, RowDefect) {
    let faults = edited(clause, key, text).expect_err("refused");
    let [RowFault { row, column, what }] = faults.try_into().expect("one fault");
    (row, column, what)
}

#[test]
fn what_comes_back_unchanged_changes_nothing() {
    for bundle in [bundle(), bundled().expect("loads")] {
        assert_eq!(compare_rows(&bundle, &sheet(&bundle)), Ok(Vec::new()));
    }
}

#[test]
fn a_row_shows_what_a_clause_is() {
    let rows = rows(&bundle(), Some("TST"));
    assert_eq!(rows.len(), 8);
    assert_eq!(
        rows[6],
        [
            "TST-2.1",
            "TST",
            "2 密碼",
            "第二條第一款",
            "範例公司之密碼長度應為六個字元以上，並定期更新。",
            "應",
            "is_sec",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "a（應）密碼長度應為六個字元以上\nb（宜）定期更新"
        ]
    );
    assert_eq!(rows[5][at("strength")], "", "a heading has no strength");
    assert!(fieldbook_checklist::round_trip::rows(&bundle(), Some("FCM")).is_empty());
}

#[test]
fn order_of_columns_other_columns_and_empty_rows_do_not_matter() {
    let bundle = bundle();
    let mut sheet = sheet(&bundle);
    for (_, cells) in &mut sheet {
        cells.reverse();
        cells.insert(0, "我的備註".to_owned());
    }
    sheet.push((40, vec![String::new(), "  ".to_owned()]));
    assert_eq!(compare_rows(&bundle, &sheet), Ok(Vec::new()));
    let one_document: Sheet = sheet.into_iter().collect();
    assert_eq!(compare_rows(&bundle, &one_document), Ok(Vec::new()));
}

#[test]
fn edited_cells_are_changes() {
    let changed = change("TST-1.1", "text", "範例公司應留存登入紀錄至少一年。");
    assert_eq!((changed.row, changed.clause.as_str(), changed.column), (5, "TST-1.1", "text"));
    assert_eq!(changed.before, "範例公司應留存登入紀錄至少六個月。");
    assert_eq!(changed.after, "範例公司應留存登入紀錄至少一年。");
    assert_eq!(change("TST-1.1", "strength", " 應(承前)").after, "應（承前）");
    assert_eq!(change("TST-1.1", "applies", "is_sec&grade=\"1\"").after, "is_sec & grade in [\"1\"]");
    assert_eq!(change("TST-1.1", "per_system", "core").after, "core");
    assert_eq!(change("TST-1.1", "params", "a=1\r\n\r\n b=2 ").after, "a=1\nb=2");
    assert_eq!(change("TST-1.1", "params", "").after, "");
    assert_eq!(change("TST-1", "text", "紀錄之留存").after, "紀錄之留存");
}

#[test]
fn texts_are_normalised() {
    // An ideograph of the compatibility block, which is another character in NFC.
    assert_eq!(change("TST-1.1", "note", "\u{f96f}").after, "說");
    assert_eq!(edited("TST-1.1", "text", "\r\n範例公司應留存登入紀錄至少六個月。 "), Ok(Vec::new()));
    assert_eq!(edited("TST-1.1", "applies", "( is_sec )"), Ok(Vec::new()), "the same condition");
}

#[test]
fn missing_column() {
    let bundle = bundle();
    let mut sheet = sheet(&bundle);
    for (_, cells) in &mut sheet {
        cells.remove(at("applies"));
    }
    let faults = compare_rows(&bundle, &sheet).expect_err("refused");
    assert_eq!(faults, [RowFault { row: 3, column: "適用條件", what: RowDefect::MissingColumn }]);
    assert_eq!(compare_rows(&bundle, &[]).expect_err("refused").len(), COLUMNS.len());
    let (what, hint) = faults[0].zh();
    assert_eq!(what, "第 3 列「適用條件」：工作表缺少此欄");
    assert!(!hint.is_empty());
}

#[test]
fn double_column() {
    let bundle = bundle();
    let mut sheet = sheet(&bundle);
    sheet[0].1.push("條文".to_owned());
    let faults = compare_rows(&bundle, &sheet).expect_err("refused");
    assert_eq!(faults, [RowFault { row: 3, column: "條文", what: RowDefect::DoubleColumn }]);
}

#[test]
fn changed_id() {
    let faults = edited("TST-1.1", "id", "TST-1.7").expect_err("refused");
    assert_eq!(
        faults,
        [
            RowFault { row: 5, column: "代號", what: RowDefect::UnknownId("TST-1.7".to_owned()) },
            RowFault { row: 3, column: "代號", what: RowDefect::MissingId("TST-1.1".to_owned()) },
        ]
    );
    let twice = edited("TST-1.1", "id", "TST-1.2").expect_err("refused");
    assert!(twice.contains(&RowFault {
        row: 6,
        column: "代號",
        what: RowDefect::DuplicateId("TST-1.2".to_owned())
    }));
    assert!(matches!(edited("TST-1.1", "id", "").expect_err("refused")[0].what, RowDefect::UnknownId(_)));
}

#[test]
fn missing_row() {
    let bundle = bundle();
    let mut sheet = sheet(&bundle);
    sheet.remove(2);
    let faults = compare_rows(&bundle, &sheet).expect_err("refused");
    assert_eq!(
        faults,
        [RowFault { row: 3, column: "代號", what: RowDefect::MissingId("TST-1.1".to_owned()) }]
    );
}

#[test]
fn read_only_cells_stay() {
    assert_eq!(fault("TST-1.1", "document", "FCM"), (5, "文件", RowDefect::ReadOnly));
    assert_eq!(fault("TST-1.1", "chapter", "2 密碼"), (5, "章節", RowDefect::ReadOnly));
    assert_eq!(fault("TST-2.1", "units", ""), (10, "分項義務", RowDefect::ReadOnly));
}

#[test]
fn cells_that_cannot_be_read_are_refused() {
    let bad = RowDefect::BadStrength("必須".to_owned());
    assert_eq!(fault("TST-1.1", "strength", "必須"), (5, "性質", bad));
    assert_eq!(fault("TST-1.1", "strength", ""), (5, "性質", RowDefect::Empty));
    assert_eq!(fault("TST-1.1", "applies", ""), (5, "適用條件", RowDefect::Empty));
    assert_eq!(fault("TST-1.1", "text", " "), (5, "條文", RowDefect::Empty));
    assert_eq!(fault("TST-1", "applies", "is_sec"), (4, "適用條件", RowDefect::NotAnswered));
    assert_eq!(fault("TST-1", "strength", "應"), (4, "性質", RowDefect::NotAnswered));
    for (key, text, told) in [
        ("applies", "is_sec &", "condition: expected a fact at character 9"),
        ("applies", "is_sex", "`is_sex` is not a known fact"),
        ("applies", "core", "`core` is a fact of the other level (firm or system)"),
        ("per_system", "is_sec", "`is_sec` is a fact of the other level (firm or system)"),
        ("waived", "grade = \"9\"", "`grade` cannot be `9`"),
    ] {
        let (_, _, what) = fault("TST-1.1", key, text);
        assert_eq!(what.to_string(), told);
    }
}

/// The organisation's folder holds the document that is edited.
fn folder() -> Files {
    let mut files = edition("older", "example");
    let bundle = bundle();
    let clauses = bundle.clauses().map(|c| format!("{} {}\n", c.id, sha256(&c.text)));
    files.insert("ids.lock".to_owned(), clauses.collect());
    files
}

#[test]
fn accepted_changes_keep_comments_and_order() {
    let changes = [
        change("TST-1.3", "text", "範例公司應指定\"專責\"紀錄管理人。\n並公告之。"),
        change("TST-1.3", "strength", "宜"),
        change("TST-1.3", "applies", "is_sec & grade = \"2\""),
        change("TST-1.3", "per_system", "core"),
        change("TST-1.1", "params", ""),
        change("TST-1.2", "params", "review.interval<=1mo"),
    ];
    let before = folder();
    let after = apply(&base(), &before, &changes).expect("fits");
    let bundle = check_folder(&base(), &after).expect("loads");
    let clause = bundle.clauses().find(|c| c.id.as_str() == "TST-1.3").expect("there");
    assert_eq!(clause.text, "範例公司應指定\"專責\"紀錄管理人。\n並公告之。");
    let told = bundle.clauses().find(|c| c.id.as_str() == "TST-1.2").expect("there");
    assert_eq!(told.params[0].text, "review.interval<=1mo");
    let text = &after["example/01-records.toml"];
    assert!(
        text.contains("# The keeper of the records.\n[[clause]]\nid = \"TST-1.3\"\nkind = \"leaf\"\n"),
        "{text}"
    );
    assert!(text.contains(
        "strength = \"should\"\napplies = 'is_sec & grade in [\"2\"]'\nline = 5\nper_system = \"core\"\n"
    ));
    assert!(!text.contains("log.retention"));
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let unlike: Vec<String> = lines(&after["ids.lock"])
        .into_iter()
        .filter(|line| !lines(&before["ids.lock"]).contains(line))
        .collect();
    assert_eq!(unlike, [format!("TST-1.3 {}", sha256(&clause.text))]);
    let source = &after["example/source.txt"];
    assert_eq!(
        *source,
        before["example/source.txt"].replace("應指定紀錄管理人。", "應指定\"專責\"紀錄管理人。並公告之。"),
        "the source says what the clause says, line by line"
    );
    let hash = sha256(&before["example/source.txt"]);
    assert_eq!(
        after["example/document.toml"],
        before["example/document.toml"].replace(&hash, &sha256(source)),
        "it is its own original now"
    );
    let edited = ["ids.lock", "example/01-records.toml", "example/document.toml", "example/source.txt"];
    for (path, text) in before.iter().filter(|(path, _)| !edited.contains(&path.as_str())) {
        assert_eq!(after.get(path), Some(text), "{path}");
    }
}

#[test]
fn every_editable_cell_arrives() {
    let mut changes = Vec::new();
    for (key, text) in [
        ("label", "第一款"),
        ("text", "應留存。"),
        ("strength", "宜"),
        ("applies", "!is_sec"),
        ("per_system", "core"),
        ("substituted", "is_sec"),
        ("waived", "!is_sec"),
        ("out_of_scope", "grade in [\"1\"]"),
        ("params", "a=1\nb=2"),
        ("note", "說明"),
        ("editor_note", "校註"),
    ] {
        changes.push(change("TST-1.1", key, text));
    }
    assert_eq!(changes.len(), COLUMNS.iter().filter(|(.., may_edit)| *may_edit).count());
    let after = apply(&base(), &folder(), &changes).expect("fits");
    let bundle = check_folder(&base(), &after).expect("loads");
    let row = rows(&bundle, Some("TST")).into_iter().nth(1).expect("there");
    for change in changes {
        assert_eq!(row[at(change.column)], change.after, "{}", change.column);
    }
}

#[test]
fn a_built_in_document_becomes_the_organisations_own() {
    let changes = [change("TST-2.2", "text", "範例公司不得使用任何預設密碼。")];
    let after = apply(&base(), &Files::new(), &changes).expect("fits");
    let paths: Vec<&str> = after.keys().map(String::as_str).collect();
    let whole = [
        "example/01-records.toml",
        "example/02-passwords.toml",
        "example/document.toml",
        "example/source.txt",
    ];
    assert_eq!(paths, whole);
    assert_eq!(
        after["example/02-passwords.toml"],
        base()["example/02-passwords.toml"].replace("不得使用預設密碼", "不得使用任何預設密碼")
    );
}

#[test]
fn changes_that_do_not_load_change_nothing() {
    // The units quote the text that was changed.
    let changes = [change("TST-2.1", "text", "範例公司應使用優質密碼。")];
    let errors = apply(&base(), &folder(), &changes).expect_err("refused");
    assert!(errors.iter().all(|e| e.file == "example/02-passwords.toml" && e.line.is_some()), "{errors:?}");
    let mut other = folder();
    replace(&mut other, "example/01-records.toml", "\"TST-1.3\"", "\"TST-1.8\"");
    let errors = apply(&base(), &other, &[change("TST-1.3", "text", "應另定之。")]).expect_err("refused");
    assert_eq!(errors[0].to_string(), "example/document.toml: clause `TST-1.3` does not exist");
}
