//! 總部: exams of many firms in one vault, their figures, and the tables that DuckDB reads; counted a second time here.

mod second;

use calamine::{Data, Reader, Xlsx};
use fieldbook_app::wire::{
    DestroyRequest, ExamStateWord, HeadquartersBookRequest, HeadquartersRequest, HeadquartersTablesRequest,
    HeadquartersView, PutAwayRequest, UnlockRequest,
};
use fieldbook_app::{Desk, exam, headquarters, retention, session};
use fieldbook_model::{FindingStatus, ItemResult, Severity};
use fieldbook_tests::desk::{PASSPHRASE, exam_of, host, with_vault};
use fieldbook_tests::invented::{self, Invented};
use fieldbook_tests::{duckdb_python, root};
use fieldbook_vault::IndexedFinding;
use jiff::civil::{Date, date};
use second::{
    chapters_by_line, counts, days_to_close, every, known, overdue_by_line, repeating_firms, top_clauses,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use tempfile::tempdir;

/// The desk's own day.
const AS_OF: Date = date(2021, 1, 5);
const EXAMS: usize = 36;
const FIRMS: usize = 12;

fn unlocked(folder: &Path) -> Desk {
    let mut desk = Desk::new(host(&folder.join("vault"))).expect("a desk");
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_unlock(&mut desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })
        .expect("opens");
    desk
}

fn many(folder: &Path) -> (Desk, Vec<Invented>) {
    let desk = Desk::new(host(&folder.join("vault"))).expect("a desk");
    let exams = invented::exams(desk.bundle(), EXAMS, FIRMS);
    invented::vault(folder, &exams).expect("a vault");
    (unlocked(folder), exams)
}

fn figures(desk: &Desk, request: &HeadquartersRequest) -> HeadquartersView {
    headquarters::headquarters(desk, request).expect("figures")
}

fn export(desk: &Desk, folder: &Path, pseudonyms: bool) {
    let path = folder.to_string_lossy().into_owned();
    let request = HeadquartersTablesRequest { chosen: HeadquartersRequest::default(), path, pseudonyms };
    headquarters::tables(desk, &request).expect("tables");
}

fn python(words: &[&str]) -> Value {
    let done = Command::new(duckdb_python()).args(words).output().expect("Python runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    serde_json::from_slice(&done.stdout).expect("JSON")
}

fn number(value: &Value) -> u64 {
    let n = value.as_f64().expect("a number");
    assert!(n >= 0.0 && n.fract() == 0.0, "{n}");
    n as u64
}

#[test]
fn the_five_questions_have_the_answers_of_a_second_count() {
    let folder = tempdir().expect("a folder");
    let (desk, exams) = many(folder.path());
    let tables = folder.path().join("匯出");
    export(&desk, &tables, false);
    let script = root().join("assets/analysis/questions.py");
    let told = python(&[&script.to_string_lossy(), &tables.to_string_lossy(), "--json"]);
    assert_eq!(told.as_object().map(serde_json::Map::len), Some(5));
    let rows = |key: &str| -> Vec<Vec<Value>> {
        let rows = serde_json::from_value(told[key]["rows"].clone()).expect("rows");
        assert!(!Vec::is_empty(&rows), "{key} has an answer");
        rows
    };

    let told_clauses: Vec<Vec<Value>> = rows("top_clauses")
        .into_iter()
        .map(|mut row| {
            let label = row.remove(2);
            let clause = desk.bundle().documents.iter().flat_map(|d| &d.chapters).flat_map(|c| &c.clauses);
            let own = clause.into_iter().find(|c| row[1] == c.id.as_str()).expect("a clause");
            assert_eq!(label, own.label.as_str(), "the official label");
            row
        })
        .collect();
    assert_eq!(told_clauses, top_clauses(&exams));

    let firms: BTreeMap<String, (u64, u64)> = rows("repeating_firms")
        .into_iter()
        .map(|r| (r[0].as_str().expect("a firm").to_owned(), (number(&r[1]), number(&r[2]))))
        .collect();
    assert_eq!(firms, repeating_firms(&exams));

    let grades = rows("days_to_close");
    assert_eq!(grades.len(), 4, "each grade has findings that were handed over");
    for (row, severity) in grades.iter().zip(Severity::ALL) {
        let (median, closed, sent) = days_to_close(&exams, severity);
        assert_eq!(row[1].as_f64(), median, "{severity:?}");
        assert_eq!((number(&row[2]), number(&row[3])), (closed as u64, sent as u64), "{severity:?}");
    }

    let lines: BTreeMap<Option<String>, [u64; 3]> = rows("overdue_by_line")
        .into_iter()
        .map(|r| (r[0].as_str().map(str::to_owned), [number(&r[1]), number(&r[2]), number(&r[3])]))
        .collect();
    let again = overdue_by_line(&exams).into_iter().map(|(l, n)| (l.map(str::to_owned), n)).collect();
    assert_eq!(lines, again);
    assert!(lines.contains_key(&None), "what nobody knows the line of is there, as not known");

    let text = |v: &Value| v.as_str().map(str::to_owned);
    let chapters: BTreeMap<(Option<String>, String, String), [u64; 3]> = rows("chapters_by_line")
        .into_iter()
        .map(|r| {
            let [met, judged, unknown] = [3, 4, 6].map(|at| number(&r[at]));
            let percent = (judged > 0).then(|| (1_000.0 * met as f64 / judged as f64).round() / 10.0);
            assert_eq!(r[5].as_f64(), percent, "{r:?}");
            let key = (text(&r[0]), text(&r[1]).expect("a document"), text(&r[2]).expect("a chapter"));
            (key, [met, judged, unknown])
        })
        .collect();
    let again = chapters_by_line(&exams);
    let again = again.into_iter().map(|((l, d, c), n)| ((l.map(str::to_owned), d, c), n)).collect();
    assert_eq!(chapters, again);
}

#[test]
fn figures_are_those_of_a_second_count_and_what_is_not_known_is_in_no_base() {
    let folder = tempdir().expect("a folder");
    let (desk, exams) = many(folder.path());
    let view = figures(&desk, &HeadquartersRequest::default());
    let settled = |f: &IndexedFinding| f.status.is_settled();
    let all = every(&exams);
    let count = |wanted: &dyn Fn(&IndexedFinding) -> bool| {
        u32::try_from(all.iter().filter(|(_, f)| wanted(f)).count()).expect("few")
    };
    let t = &view.totals;
    assert_eq!((t.exams, t.firms), (36, 12));
    assert_eq!(t.unknown_exams as usize, exams.iter().filter(|e| e.kind.is_none()).count());
    assert_eq!(t.findings, count(&settled));
    assert_eq!(t.drafts, count(&|f| !settled(f)));
    assert_eq!(t.open, count(&|f| counts(f) && f.status != FindingStatus::Closed));
    let overdue = |f: &IndexedFinding| counts(f) && f.awaits() && f.due.is_some_and(|due| due < AS_OF);
    assert_eq!(t.overdue, count(&overdue));
    assert_eq!(t.overdue, view.overdue_all);
    assert_eq!(t.repeats, count(&|f| settled(f) && f.repeat_of.is_some()));
    let of = |result: ItemResult| {
        let all = known(&exams).filter_map(|e| e.clauses.get(&result));
        u32::try_from(all.map(Vec::len).sum::<usize>()).expect("fits")
    };
    let judged = of(ItemResult::Compliant) + of(ItemResult::Partial) + of(ItemResult::Noncompliant);
    assert_eq!((t.results.compliant.n, t.results.compliant.of), (of(ItemResult::Compliant), judged));
    assert_eq!(t.results.unknown, of(ItemResult::NoData) + of(ItemResult::NotExamined));
    assert_eq!(view.years.len(), 3);
    assert_eq!(view.years.iter().map(|y| y.exams).sum::<u32>(), t.exams);
    assert_eq!(view.grades.iter().map(|g| g.overdue).sum::<u32>(), t.overdue);
    let lacking = view.firms.iter().find(|f| f.results.is_none());
    assert!(lacking.is_some_and(|f| f.kind == "業別未確認"), "unknown is shown as unknown");
    for pair in view.repeats.windows(2) {
        assert!(pair[0].chain.len() >= pair[1].chain.len(), "the longest chain first");
    }
    assert!(view.repeats.first().is_some_and(|r| r.chain.len() >= 3), "a chain goes over several exams");
}

#[test]
fn what_is_chosen_narrows_every_figure() {
    let folder = tempdir().expect("a folder");
    let (desk, exams) = many(folder.path());
    let one = HeadquartersRequest {
        from_year: Some(2020),
        to_year: Some(2020),
        firm: "第003證券".to_owned(),
        document: "COL".to_owned(),
        ..HeadquartersRequest::default()
    };
    let view = figures(&desk, &one);
    assert_eq!((view.totals.exams, view.firms.len(), view.years.len()), (1, 1, 1));
    let own =
        exams.iter().find(|e| e.exam.as_of.year() == 2020 && e.exam.firm.contains("第003")).expect("there");
    let of_document = own.clauses.values().flatten().filter(|c| c.doc() == "COL").count();
    assert_eq!(view.totals.results.items as usize, of_document);
    assert!(view.clauses.iter().all(|c| c.clause.starts_with("COL-") && c.year == 2020));
    assert_eq!((view.all_years.len(), view.all_firms.len()), (3, 12), "what can be chosen stays whole");

    let closed = HeadquartersRequest {
        status: Some(fieldbook_app::wire::FindingStatusWord::Closed),
        ..HeadquartersRequest::default()
    };
    let view = figures(&desk, &closed);
    assert_eq!((view.totals.open, view.totals.overdue), (0, 0));
    assert!(view.totals.findings > 0);
    let backwards =
        HeadquartersRequest { from_year: Some(2021), to_year: Some(2020), ..HeadquartersRequest::default() };
    assert_eq!(headquarters::headquarters(&desk, &backwards).map_err(|e| e.key()).err(), Some("bad_years"));
}

#[test]
fn put_away_exams_count_and_destroyed_ones_do_not() {
    let folder = tempdir().expect("a folder");
    let (mut desk, exams) = many(folder.path());
    let all = figures(&desk, &HeadquartersRequest::default()).totals;
    let id = |n: usize| exams[n].exam.id.to_string();
    for (n, to) in [(0, ExamStateWord::Sealed), (1, ExamStateWord::Archived)] {
        let reason = "完成".to_owned();
        retention::put_away(&mut desk, &PutAwayRequest { exam: id(n), to, reason }).expect("is put away");
    }
    let now = figures(&desk, &HeadquartersRequest::default()).totals;
    assert_eq!((now.exams, now.findings), (all.exams, all.findings));
    let order = DestroyRequest {
        exam: id(2),
        typed: exams[2].exam.case_no.clone(),
        reason: "測試".to_owned(),
        witness: String::new(),
        before_due: "測試".to_owned(),
    };
    retention::destroy(&mut desk, &order).expect("is destroyed");
    let now = figures(&desk, &HeadquartersRequest::default()).totals;
    assert_eq!(now.exams, all.exams - 1);
    let gone = exams[2].findings.iter().filter(|(f, _)| f.status.is_settled()).count();
    assert_eq!(now.findings as usize, all.findings as usize - gone);
}

#[test]
fn pseudonyms_leave_no_name_in_any_table_and_the_tables_stay_joined() {
    let folder = tempdir().expect("a folder");
    let (desk, exams) = many(folder.path());
    let tables = folder.path().join("匯出");
    export(&desk, &tables, true);
    let dump = "import duckdb,json,sys,glob,os\n\
                d={os.path.basename(f):duckdb.read_parquet(f).fetchall() for f in sorted(glob.glob(sys.argv[1]+'/*.parquet'))}\n\
                k=duckdb.sql(f\"select key::varchar, value::varchar from parquet_kv_metadata('{sys.argv[1]}/exams.parquet')\").fetchall()\n\
                print(json.dumps({'tables':d,'said':dict(k)},default=str,ensure_ascii=False))";
    let told = python(&["-c", dump, &tables.to_string_lossy()]);
    let text = told["tables"].to_string();
    for e in &exams {
        assert!(
            !text.contains(&e.exam.firm)
                && !text.contains(&e.exam.case_no)
                && !text.contains(e.exam.id.as_str())
        );
    }
    assert!(!text.contains("虛構") && !text.contains("資訊部"));
    assert_eq!(told["tables"].as_object().map(serde_json::Map::len), Some(6));
    assert_eq!(told["said"]["fieldbook.tables"], "fieldbook/1/headquarters");
    assert_eq!(told["said"]["fieldbook.pseudonyms"], "true");
    let firms: BTreeSet<&str> = told["tables"]["exams.parquet"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|row| row[1].as_str())
        .collect();
    assert_eq!(firms.len(), 12);
    assert!(firms.contains("firm-001") && firms.contains("firm-012"));
    let script = root().join("assets/analysis/questions.py");
    let named = folder.path().join("named");
    export(&desk, &named, false);
    let ask = |dir: &Path| python(&[&script.to_string_lossy(), &dir.to_string_lossy(), "--json"]);
    let (with, without) = (ask(&named), ask(&tables));
    for key in ["top_clauses", "days_to_close", "overdue_by_line", "chapters_by_line"] {
        assert_eq!(with[key], without[key], "{key}: the same answer without names");
    }
}

#[test]
fn the_same_moment_gives_the_same_bytes() {
    let folder = tempdir().expect("a folder");
    let (desk, _) = many(folder.path());
    let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
    export(&desk, &one, false);
    export(&desk, &two, false);
    for entry in std::fs::read_dir(&one).expect("tables") {
        let name = entry.expect("a file").file_name();
        let [a, b] = [&one, &two].map(|dir| std::fs::read(dir.join(&name)).expect("bytes"));
        assert_eq!(a, b, "{name:?}");
        let is_table = name.to_string_lossy().ends_with(".parquet");
        assert_eq!(a.starts_with(b"PAR1") && a.ends_with(b"PAR1"), is_table, "{name:?}");
    }
    let books = ["甲.xlsx", "乙.xlsx"].map(|name| {
        let path = folder.path().join(name);
        let chosen = HeadquartersRequest::default();
        let request = HeadquartersBookRequest { chosen, path: path.to_string_lossy().into_owned() };
        headquarters::book(&desk, &request).expect("a workbook");
        std::fs::read(path).expect("bytes")
    });
    assert_eq!(books[0], books[1]);
}

#[test]
fn the_workbook_has_a_sheet_for_each_table_with_the_same_figures() {
    let folder = tempdir().expect("a folder");
    let (desk, _) = many(folder.path());
    let path = folder.path().join("總部.xlsx");
    let request = HeadquartersBookRequest {
        chosen: HeadquartersRequest::default(),
        path: path.to_string_lossy().into_owned(),
    };
    headquarters::book(&desk, &request).expect("a workbook");
    let mut book: Xlsx<_> = calamine::open_workbook(&path).expect("opens");
    let names = ["總覽", "受查單位比較", "常見缺失條文", "重複缺失", "逾期改善措施", "年度趨勢"];
    assert_eq!(book.sheet_names(), names);
    let view = figures(&desk, &HeadquartersRequest::default());
    let mut rows = |sheet: &str, head: &str| -> usize {
        let range = book.worksheet_range(sheet).expect("a sheet");
        let mut rows = range.rows().skip_while(|row| row[0] != Data::String(head.to_owned()));
        rows.next().expect("a head");
        rows.filter(|row| row[0] != Data::Empty).count()
    };
    assert_eq!(rows("受查單位比較", "受查單位"), view.firms.len());
    assert_eq!(rows("常見缺失條文", "年度"), view.clauses_all as usize);
    assert_eq!(rows("重複缺失", "受查單位"), view.repeats_all as usize);
    assert_eq!(rows("逾期改善措施", "逾期日數"), view.overdue_all as usize);
    assert_eq!(rows("年度趨勢", "年度"), view.years.len());
    let years = book.worksheet_range("年度趨勢").expect("a sheet");
    let first =
        years.rows().skip_while(|row| row[0] != Data::String("年度".to_owned())).nth(1).expect("a year");
    assert_eq!(first[0], Data::Float(108.0), "years of the Republic");
}

#[test]
fn the_schema_says_every_column_and_no_other() {
    let text = std::fs::read_to_string(root().join("assets/analysis/SCHEMA.md")).expect("SCHEMA.md");
    let (mut table, mut said) = (String::new(), Vec::new());
    for row in text.lines() {
        if let Some(name) = row.strip_prefix("## ") {
            table = name.to_owned();
        }
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if let [_, name, ty, null, meaning, _] = cells.as_slice()
            && let Some(name) = name.strip_prefix('`').and_then(|n| n.strip_suffix('`'))
        {
            assert!(!meaning.is_empty(), "{name}");
            said.push((table.clone(), name.to_owned(), (*ty).to_owned(), !null.is_empty()));
        }
    }
    let own: Vec<(String, String, String, bool)> = fieldbook_report::collected_columns()
        .into_iter()
        .map(|c| (c.table.to_owned(), c.name.to_owned(), c.ty.to_owned(), c.may_lack))
        .collect();
    assert_eq!(said, own);
    assert!(text.contains(fieldbook_report::TABLES_VERSION));
}

#[test]
fn an_exam_counts_from_its_closing_and_one_of_an_earlier_release_once_it_was_renewed() {
    let folder = tempdir().expect("a folder");
    let mut desk = with_vault(folder.path()).expect("a vault");
    let none = figures(&desk, &HeadquartersRequest::default());
    assert_eq!((none.totals.exams, none.years.len()), (0, 0), "an empty vault has no figures");
    exam_of(&mut desk, "110-期-0001", "is_fcm = true\nis_sec = false").expect("an exam");
    exam::exam_close(&mut desk);
    let one = figures(&desk, &HeadquartersRequest::default());
    assert_eq!((one.totals.exams, one.totals.unknown_exams), (1, 0));
    assert_eq!(one.firms[0].kind, "期貨商");
    let results = one.firms[0].results.as_ref().expect("collected");
    assert!(results.items > 100 && results.examined == 0, "nobody examined anything");
    assert_eq!(results.compliant.of, 0, "and nothing is met");

    // A vault.db that does not know what the second exam found, as one of an earlier release.
    session::vault_lock(&mut desk);
    let db = folder.path().join("vault/vault.db");
    let before = std::fs::read(&db).expect("vault.db");
    let mut desk = unlocked(folder.path());
    exam_of(&mut desk, "110-期-0002", "is_fcm = true").expect("another exam");
    session::vault_lock(&mut desk);
    drop(desk);
    std::fs::write(&db, before).expect("put back");
    let mut desk = unlocked(folder.path());
    let lacking = figures(&desk, &HeadquartersRequest::default()).totals;
    assert_eq!((lacking.exams, lacking.unknown_exams), (2, 1));
    let renewed = headquarters::renew(&mut desk).expect("renews");
    assert_eq!((renewed.renewed, renewed.failed), (1, 0));
    let whole = figures(&desk, &HeadquartersRequest::default()).totals;
    assert_eq!((whole.exams, whole.unknown_exams), (2, 0));
}
