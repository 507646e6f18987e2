//! A procedure that an examiner writes: tried, kept, run, judged, run again from its record; what it may not do.

use fieldbook_app::wire::{
    DisposeRequest, DispositionWord, FindingDraftRequest, OwnForm, OwnPreviewRequest, OwnPreviewView,
    OwnRequest, OwnSaveRequest, OwnScope, ReperformRequest, RuleVerdictWord, RunVerdictWord, StrengthWord,
};
use fieldbook_app::{AppError, Desk, audit, finding, own};
use fieldbook_tests::desk::{exam_of, exceptions, import_sample, reopen, run_one, with_exam};

const SQL: &str = "SELECT a._id, a.account, a.system_name, '離職 ' || p.leave_date AS 情形
FROM accounts AS a JOIN personnel AS p ON p.employee_id = a.employee_id
WHERE p.leave_date < :as_of AND a.status = 'enabled'";

fn form(sql: &str) -> OwnForm {
    OwnForm {
        title: "離職人員仍有啟用帳號".to_owned(),
        purpose: "以員工編號比對。".to_owned(),
        subject: "accounts".to_owned(),
        verdict: RuleVerdictWord::Exception,
        strength: StrengthWord::Must,
        clauses: vec!["BSL-6.7".to_owned()],
        columns: Vec::new(),
        sql: sql.to_owned(),
    }
}

fn save(desk: &mut Desk, id: Option<&str>, scope: OwnScope, form: OwnForm) -> Result<String, AppError> {
    own::save(desk, &OwnSaveRequest { id: id.map(str::to_owned), scope, form }).map(|own| own.id)
}

fn tried(desk: &Desk, subject: &str, sql: &str) -> OwnPreviewView {
    own::preview(desk, &OwnPreviewRequest { subject: subject.to_owned(), sql: sql.to_owned() })
        .expect("asked")
}

#[test]
fn a_written_procedure_is_run_judged_and_run_again_like_any_other() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, exam) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let shown = tried(&desk, "accounts", SQL);
    assert!(shown.refused.is_none(), "{:?}", shown.refused);
    assert!(shown.total >= 1.0 && shown.total < shown.population, "{} of {}", shown.total, shown.population);
    let id = save(&mut desk, None, OwnScope::Exam, form(SQL)).expect("kept");
    assert_eq!(id, "X-01");
    let ran = run_one(&mut desk, &id).expect("runs");
    assert_eq!(
        (ran.verdict, ran.exceptions, ran.population),
        (RunVerdictWord::Exceptions, shown.total, Some(shown.population))
    );
    let (columns, rows) = exceptions(&desk, &id, "").expect("rows");
    assert_eq!(columns, ["帳號", "系統名稱", "情形"]);
    let places: Vec<_> = rows.iter().map(|r| (&r.file, &r.sheet, r.row)).collect();
    let mut previewed: Vec<_> = shown.rows.iter().map(|r| (&r.file, &r.sheet, r.row)).collect();
    previewed.sort();
    let mut sorted = places.clone();
    sorted.sort();
    assert_eq!(sorted, previewed, "what was tried is what is found");
    let ids: Vec<f64> = rows.iter().map(|r| r.id).collect();
    let confirm = DisposeRequest { ids, kind: DispositionWord::Confirmed, note: String::new() };
    audit::dispose(&mut desk, &confirm).expect("confirmed");
    let draft = FindingDraftRequest { procedure: id.clone(), ..FindingDraftRequest::default() };
    let draft = finding::draft(&desk, &draft).expect("draft");
    assert_eq!(draft.criteria.iter().map(|c| c.clause.as_str()).collect::<Vec<_>>(), ["BSL-6.7"]);
    // A newer version takes its place; the kept run is still run as it was written then.
    let newer = form(&SQL.replace("'enabled'", "'disabled'"));
    save(&mut desk, Some(&id), OwnScope::Exam, newer).expect("kept");
    let again = audit::reperform(&desk, &ReperformRequest { run: ran.id }).expect("runs again");
    assert!(again.same, "{:?}", again.differences);
    assert_ne!(run_one(&mut desk, &id).expect("runs").exceptions, ran.exceptions);
    // Withdrawn, its runs can still be read, on another day too.
    own::withdraw(&mut desk, &OwnRequest { id: id.clone() }).expect("withdrawn");
    assert!(own::list(&desk).expect("list").is_empty());
    assert_eq!(run_one(&mut desk, &id).expect_err("no longer run").key(), "unknown_procedure");
    reopen(&mut desk, folder.path(), &exam.head.id).expect("opens");
    let again = audit::reperform(&desk, &ReperformRequest { run: ran.id }).expect("runs again");
    assert!(again.same, "{:?}", again.differences);
    assert_eq!(
        save(&mut desk, None, OwnScope::Exam, form(SQL)).expect("kept"),
        "X-02",
        "ids are not used again"
    );
}

#[test]
fn a_procedure_of_the_organisation_is_there_in_every_exam() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, first) = with_exam(folder.path()).expect("exam");
    let id = save(&mut desk, None, OwnScope::Organisation, form(SQL)).expect("kept");
    assert_eq!(id, "O-01");
    save(&mut desk, None, OwnScope::Exam, form(SQL)).expect("kept");
    exam_of(&mut desk, "另案", "is_sec = true").expect("another exam");
    let known: Vec<String> = own::list(&desk).expect("list").into_iter().map(|own| own.id).collect();
    assert_eq!(known, ["O-01"], "what is kept in an exam stays there");
    let ran = run_one(&mut desk, &id).expect("runs");
    assert_eq!(ran.verdict, RunVerdictWord::NotRunnable, "no data is not passed");
    assert!(!ran.missing.is_empty());
    reopen(&mut desk, folder.path(), &first.head.id).expect("opens");
    let known: Vec<String> = own::list(&desk).expect("list").into_iter().map(|own| own.id).collect();
    assert_eq!(known, ["O-01", "X-01"]);
}

#[test]
fn without_a_clause_it_runs_too_and_without_rows_it_does_not_pass() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let free = OwnForm {
        clauses: Vec::new(),
        ..form("SELECT _id, account FROM accounts WHERE account = '沒有這個帳號'")
    };
    let id = save(&mut desk, None, OwnScope::Exam, free).expect("kept");
    assert_eq!(run_one(&mut desk, &id).expect("runs").verdict, RunVerdictWord::Pass);
    let empty = OwnForm { subject: "training".to_owned(), ..form("SELECT _id FROM training") };
    let id = save(&mut desk, None, OwnScope::Exam, empty).expect("kept");
    assert_eq!(run_one(&mut desk, &id).expect("runs").verdict, RunVerdictWord::NotRunnable);
}

/// A statement, and a part of what is said about it.
const REFUSED: [(&str, &str); 52] = [
    ("INSERT INTO accounts (account) VALUES ('x')", "SELECT 或 WITH"),
    ("UPDATE accounts SET account = ''", "SELECT 或 WITH"),
    ("DELETE FROM accounts", "SELECT 或 WITH"),
    ("REPLACE INTO accounts VALUES (1)", "SELECT 或 WITH"),
    ("DROP TABLE ds_accounts", "SELECT 或 WITH"),
    ("DROP VIEW accounts", "SELECT 或 WITH"),
    ("ALTER TABLE ds_accounts ADD COLUMN x", "SELECT 或 WITH"),
    ("CREATE TABLE t (a)", "SELECT 或 WITH"),
    ("CREATE TEMP TABLE t AS SELECT * FROM accounts", "SELECT 或 WITH"),
    ("CREATE VIEW v AS SELECT 1", "SELECT 或 WITH"),
    ("CREATE INDEX i ON ds_accounts (account)", "SELECT 或 WITH"),
    ("CREATE TRIGGER t AFTER INSERT ON ds_accounts BEGIN SELECT 1; END", "SELECT 或 WITH"),
    ("ATTACH '/tmp/x.db' AS x", "SELECT 或 WITH"),
    ("DETACH main", "SELECT 或 WITH"),
    ("PRAGMA user_version", "SELECT 或 WITH"),
    ("PRAGMA key = 'x'", "SELECT 或 WITH"),
    ("PRAGMA writable_schema = ON", "SELECT 或 WITH"),
    ("VACUUM INTO '/tmp/x.db'", "SELECT 或 WITH"),
    ("BEGIN", "SELECT 或 WITH"),
    ("COMMIT", "SELECT 或 WITH"),
    ("SAVEPOINT s", "SELECT 或 WITH"),
    ("REINDEX", "SELECT 或 WITH"),
    ("ANALYZE", "SELECT 或 WITH"),
    ("EXPLAIN SELECT _id FROM accounts", "SELECT 或 WITH"),
    ("", "SELECT 或 WITH"),
    ("SELECT _id FROM accounts; DELETE FROM ds_accounts", "超出允許"),
    ("SELECT _id FROM accounts; SELECT 1", "超出允許"),
    ("WITH x AS (SELECT 1) DELETE FROM ds_accounts", "超出允許"),
    ("WITH x AS (SELECT 1) INSERT INTO ds_accounts (_id) SELECT 1", "超出允許"),
    ("WITH x AS (SELECT 1) UPDATE ds_accounts SET account = ''", "超出允許"),
    ("SELECT _id FROM ds_accounts", "超出允許"),
    ("SELECT id AS _id FROM exam", "超出允許"),
    ("SELECT id AS _id, note FROM disposition", "超出允許"),
    ("SELECT 1 AS _id, detail FROM journal", "超出允許"),
    ("SELECT no AS _id FROM finding", "超出允許"),
    ("SELECT 1 AS _id, sql FROM sqlite_master", "超出允許"),
    ("SELECT 1 AS _id, sql FROM sqlite_temp_master", "超出允許"),
    ("SELECT _id, (SELECT firm FROM exam) AS f FROM accounts", "超出允許"),
    ("SELECT _id FROM accounts UNION SELECT no FROM finding", "超出允許"),
    ("SELECT _id, random() AS r FROM accounts", "random"),
    ("SELECT _id, randomblob(9) AS r FROM accounts", "randomblob"),
    ("SELECT _id, datetime('now') AS t FROM accounts", "datetime"),
    ("SELECT _id, strftime('%s', 'now') AS t FROM accounts", "strftime"),
    ("SELECT _id, load_extension('x') AS t FROM accounts", "load_extension"),
    ("SELECT _id, sqlcipher_export('x') AS t FROM accounts", "sqlcipher_export"),
    ("SELECT _id, last_insert_rowid() AS t FROM accounts", "last_insert_rowid"),
    ("SELECT _id, sqlite_version() AS t FROM accounts", "sqlite_version"),
    ("SELECT _id, zeroblob(1000000000) AS t FROM accounts", "zeroblob"),
    ("SELECT * FROM pragma_table_info('exam')", "超出允許"),
    ("SELECT account FROM accounts", "_id"),
    ("SELECT _id, :other AS x FROM accounts", ":other"),
    ("SELECT _id, count(*) FROM accounts", "沒有名稱"),
];

#[test]
fn statements_that_write_attach_or_read_elsewhere_are_refused_and_nothing_is_kept() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let mut wrong = Vec::new();
    for (sql, says) in REFUSED {
        match tried(&desk, "accounts", sql).refused {
            Some(refused) if refused.message.contains(says) && !refused.hint.is_empty() => {}
            other => wrong.push(format!("{sql}: {other:?}")),
        }
        assert!(save(&mut desk, None, OwnScope::Exam, form(sql)).is_err(), "{sql}");
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    assert!(own::list(&desk).expect("list").is_empty());
    assert!(tried(&desk, "accounts", "SELECT _id FROM accounts").total > 0.0, "nothing is gone");
}

#[test]
fn a_bad_statement_tells_line_and_character() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample(&mut desk).expect("import");
    let place = |sql: &str| {
        let refused = tried(&desk, "accounts", sql).refused.expect("refused");
        (refused.line, refused.character, refused.message)
    };
    let (line, character, message) = place("SELECT _id,\n       '帳號' AS 甲, acount\nFROM accounts");
    assert_eq!((line, character), (Some(2), Some(19)), "{message}");
    assert!(message.contains("acount"), "{message}");
    let (line, _, message) = place("SELECT _id\nFROM accounts\nWHERE status = = 'x'");
    assert_eq!(line, Some(3), "{message}");
    let (_, _, message) = place("SELECT _id FROM personnel");
    assert!(message.contains("沒有讀取所選之資料集"), "{message}");
    let (_, _, message) = place("SELECT a._id + 100000 AS _id FROM accounts AS a");
    assert!(message.contains("不是"), "{message}");
    let (_, _, message) = place("SELECT account AS _id FROM accounts");
    assert!(message.contains("_id"), "{message}");
}
