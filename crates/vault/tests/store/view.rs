//! A dataset as a screen shows it: any order, any condition, found again, in short.

use crate::fixture::*;
use fieldbook_model::{DatasetDef, TypedRow, Value};
use fieldbook_vault::{
    Bin, CellTest, DataFilter, DataQuery, DataRow, DataView, ExamStore, SortOrder, Vault, VaultError,
};
use jiff::civil::date;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::thread;
use std::time::Duration;
use tempfile::{TempDir, tempdir};

const COLUMNS: [&str; 5] = ["account", "enabled", "opened", "last_login", "score"];

/// Two files: two sheets of the first, one of the second; a file that was taken back between them.
fn with_rows(dir: &TempDir, rows: &[TypedRow]) -> (Vault, ExamStore) {
    let (vault, mut store) = with_exam(dir.path());
    let third = rows.len() / 3;
    let mut writer = begin(&mut store, "a.xlsx");
    push(&mut writer, "一", &rows[..third]);
    push(&mut writer, "二", &rows[third..2 * third]);
    finish(writer);
    let gone = import_accounts(&mut store, "gone.xlsx", &["甲", "乙"]);
    let mut writer = begin(&mut store, "b.xlsx");
    push(&mut writer, "一", &rows[2 * third..]);
    finish(writer);
    store.undo_import(gone, EXAMINER, at()).expect("undoes");
    (vault, store)
}

fn push(writer: &mut fieldbook_vault::ImportWriter<'_>, name: &str, rows: &[TypedRow]) {
    let head = sheet(name, &COLUMNS);
    writer.begin_sheet(&head).expect("begins");
    for row in rows {
        writer.push(row).expect("stores");
    }
    writer.finish_sheet(&record(&head, rows.len() as u64)).expect("finishes");
}

fn with_text(column: &str, test: CellTest) -> DataFilter {
    DataFilter::Cell { column: column.to_owned(), test }
}

fn ids(view: &mut DataView, query: &DataQuery) -> Vec<i64> {
    let query = DataQuery { offset: 0, limit: u64::MAX, ..query.clone() };
    view.window("accounts", &query).expect("reads").rows.iter().map(|r| r.id).collect()
}

fn some_rows() -> Vec<TypedRow> {
    let day = |m, d| Value::Date(date(2020, m, d));
    let login = |h| Value::DateTime(date(2020, 12, 31).at(h, 0, 0, 0), 0);
    let mut rows = vec![
        row(4, vec![text("root"), Value::Bool(true), day(1, 31), login(9), Value::Num(1.5)]),
        row(5, vec![text("王小明"), Value::Bool(false), Value::Never, Value::Missing, Value::Num(-2.0)]),
        row(6, vec![text("100%_確定"), Value::Unreadable, day(12, 1), login(23), Value::Missing]),
        row(7, vec![Value::Missing, Value::Bool(true), Value::Missing, Value::Unreadable, Value::Num(10.0)]),
        row(8, vec![text("Guest"), Value::Missing, day(2, 1), Value::Never, Value::Unreadable]),
        row(9, vec![text("root"), Value::Bool(true), day(12, 31), login(0), Value::Num(1.5)]),
    ];
    rows[1].hidden = true;
    rows[1].originals = vec![(2, "從未\"登入\"".into()), (1, "停用".into())];
    rows[2].originals = vec![(1, "不明".into())];
    rows
}

#[test]
fn every_condition_finds_its_rows() {
    let dir = tempdir().expect("a folder");
    let (_vault, store) = with_rows(&dir, &some_rows());
    let mut view = store.data_view().expect("opens");
    let all = ids(&mut view, &DataQuery::default());
    assert_eq!(all.len(), 6);
    let files = store.received_files(None).expect("reads");
    let between = |from: &str, to: &str| CellTest::Between {
        from: Some(from.to_owned()).filter(|t| !t.is_empty()),
        to: Some(to.to_owned()).filter(|t| !t.is_empty()),
    };
    let contains = |text: &str| CellTest::Contains(text.to_owned());
    let equals = |text: &str| CellTest::Equals(text.to_owned());
    let cases: Vec<(DataFilter, &[usize])> = vec![
        (with_text("account", contains("OO")), &[0, 5]),
        (with_text("account", contains("%_")), &[2]),
        (with_text("account", contains("小")), &[1]),
        (with_text("enabled", contains("停用")), &[1]),
        (with_text("account", contains("停用")), &[]),
        (with_text("opened", contains("未\"登")), &[1]),
        (with_text("account", equals("root")), &[0, 5]),
        (with_text("account", equals("ROOT")), &[]),
        (with_text("enabled", equals("0")), &[1]),
        (with_text("score", equals("10")), &[3]),
        (with_text("account", CellTest::Missing), &[3]),
        (with_text("enabled", CellTest::Missing), &[4]),
        (with_text("opened", CellTest::Missing), &[3]),
        (with_text("opened", CellTest::Never), &[1]),
        (with_text("account", CellTest::Never), &[]),
        (with_text("enabled", CellTest::Unreadable), &[2]),
        (with_text("last_login", CellTest::Unreadable), &[3]),
        (with_text("score", CellTest::Unreadable), &[4]),
        (with_text("opened", between("2020-02", "2020-12-01")), &[2, 4]),
        (with_text("opened", between("2020-12", "2020-12")), &[2, 5]),
        (with_text("last_login", between("", "2020-12-31T09")), &[0, 5]),
        (with_text("last_login", between("2020-12-31", "2020-12-31")), &[0, 2, 5]),
        (with_text("score", between("-2", "2")), &[0, 1, 5]),
        (with_text("score", between("1.5", "")), &[0, 3, 5]),
        (with_text("account", between("a", "s")), &[0, 5]),
        (DataFilter::Hidden, &[1]),
        (DataFilter::File(files[0].id), &[0, 1, 2, 3]),
        (DataFilter::File(files[1].id), &[]),
        (DataFilter::Sheet(files[0].sheets[1].id), &[2, 3]),
    ];
    for (filter, expected) in cases {
        let query = DataQuery { filters: vec![filter.clone()], ..DataQuery::default() };
        let expected: Vec<i64> = expected.iter().map(|i| all[*i]).collect();
        assert_eq!(ids(&mut view, &query), expected, "{filter:?}");
        let sorted = DataQuery { sort: vec![("score".into(), SortOrder::Descending)], ..query };
        let mut got = ids(&mut view, &sorted);
        got.sort_unstable();
        assert_eq!(got, expected, "{filter:?} sorted");
    }
    let find = |text: &str| DataQuery { find: Some(text.into()), ..DataQuery::default() };
    assert_eq!(
        ids(&mut view, &find("account")),
        Vec::<i64>::new(),
        "the name of a column is no text of a cell"
    );
    assert_eq!(ids(&mut view, &find("2020-12")), [all[0], all[2], all[5]]);
    assert_eq!(ids(&mut view, &find("不明")), [all[2]]);

    let refused = |filter| {
        let query = DataQuery { filters: vec![filter], limit: 9, ..DataQuery::default() };
        store.data_view().expect("opens").window("accounts", &query).expect_err("refused")
    };
    let bad = VaultError::BadFilter { column: "score".into() };
    assert_eq!(refused(with_text("score", between("甲", ""))), bad);
    let unknown = VaultError::UnknownColumn { column: "x\" OR 1".into() };
    assert_eq!(refused(with_text("x\" OR 1", CellTest::Missing)), unknown);
    assert_eq!(view.window("orders", &DataQuery::default()), Err(VaultError::UnknownDataset));
}

#[test]
fn a_view_shows_what_is_stored_now() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_rows(&dir, &some_rows());
    let mut view = store.data_view().expect("opens");
    let sorted =
        DataQuery { sort: vec![("account".into(), SortOrder::Ascending)], limit: 9, ..DataQuery::default() };
    let first = |view: &mut DataView| {
        let window = view.window("accounts", &sorted).expect("reads");
        (window.total, window.rows[0].cells[0].text.clone())
    };
    assert_eq!(first(&mut view), (6, Some("100%_確定".to_owned())));
    let batch = import_accounts(&mut store, "c.xlsx", &["0"]);
    assert_eq!(first(&mut view), (7, Some("0".to_owned())));
    store.undo_import(batch, EXAMINER, at()).expect("undoes");
    assert_eq!(first(&mut view), (6, Some("100%_確定".to_owned())));
}

#[test]
fn a_column_in_short() {
    let dir = tempdir().expect("a folder");
    let (_vault, store) = with_rows(&dir, &some_rows());
    let mut view = store.data_view().expect("opens");
    let accounts = view.profile_column("accounts", "account").expect("looks");
    assert_eq!((accounts.rows, accounts.missing, accounts.never, accounts.unreadable), (6, 1, 0, 0));
    assert_eq!((accounts.distinct, accounts.bins.len()), (4, 0));
    assert_eq!(accounts.top[0], ("root".to_owned(), 2));
    assert_eq!(accounts.top.len(), 4);
    assert_eq!((accounts.min.as_deref(), accounts.max.as_deref()), (Some("100%_確定"), Some("王小明")));

    let opened = view.profile_column("accounts", "opened").expect("looks");
    assert_eq!((opened.missing, opened.never, opened.unreadable, opened.distinct), (1, 1, 0, 4));
    assert_eq!((opened.min.as_deref(), opened.max.as_deref()), (Some("2020-01-31"), Some("2020-12-31")));
    let months: Vec<u64> = opened.bins.iter().map(|b| b.rows).collect();
    assert_eq!(months, [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2]);
    assert_eq!(opened.bins[1], Bin { from: "2020-02".into(), to: "2020-02".into(), rows: 1 });

    let score = view.profile_column("accounts", "score").expect("looks");
    assert_eq!((score.missing, score.unreadable, score.distinct), (1, 1, 3));
    assert_eq!((score.min.as_deref(), score.max.as_deref()), (Some("-2"), Some("10")));
    assert_eq!((score.bins.len(), score.bins.iter().map(|b| b.rows).sum::<u64>()), (40, 4));
    assert_eq!((score.bins[0].rows, score.bins[39].rows), (1, 1));
    let enabled = view.profile_column("accounts", "enabled").expect("looks");
    assert_eq!(enabled.top, [("1".to_owned(), 3), ("0".to_owned(), 1)]);
    assert_eq!(enabled.bins.len(), 2);
    let empty = view.profile_column("accounts", "failures").expect("looks");
    assert_eq!((empty.rows, empty.missing, empty.distinct, empty.min), (6, 6, 0, None));
    assert!(matches!(view.profile_column("accounts", "x"), Err(VaultError::UnknownColumn { .. })));
}

#[test]
fn dates_over_many_years_are_counted_by_year_or_more() {
    for (last, width, count) in [(1990 + 39, 1, 40), (1990 + 40, 2, 21), (2075, 3, 29)] {
        let dir = tempdir().expect("a folder");
        let (_vault, mut store) = with_exam(dir.path());
        let mut writer = begin(&mut store, "a.xlsx");
        let days = [date(1990, 5, 1), date(1991, 1, 1), date(last, 7, 1)];
        write_sheet(&mut writer, &sheet("一", &["opened"]), days.map(|d| vec![Value::Date(d)]).to_vec());
        finish(writer);
        let bins =
            store.data_view().expect("opens").profile_column("accounts", "opened").expect("looks").bins;
        assert_eq!(bins.len(), count, "{last}");
        assert_eq!(
            (bins[0].from.as_str(), bins[0].to.as_str()),
            ("1990", (1989 + width).to_string().as_str())
        );
        assert_eq!(bins.iter().map(|b| b.rows).sum::<u64>(), 3);
        assert_eq!(bins.last().map(|b| b.rows), Some(1));
    }
}

#[test]
fn a_running_call_can_be_stopped_and_the_next_one_runs() {
    let dir = tempdir().expect("a folder");
    let (_vault, mut store) = with_exam(dir.path());
    let head = sheet("一", &["account"]);
    let mut writer = begin(&mut store, "a.xlsx");
    writer.begin_sheet(&head).expect("begins");
    for n in 0..60_000 {
        writer.push(&row(4 + n, vec![text(&format!("帳號{}", n * 7919 % 60_013))])).expect("stores");
    }
    writer.finish_sheet(&record(&head, 60_000)).expect("finishes");
    finish(writer);
    let mut view = store.data_view().expect("opens");
    let stop = view.interrupter();
    let other = thread::spawn(move || {
        for _ in 0..2_000 {
            stop.interrupt();
            thread::sleep(Duration::from_micros(100));
        }
    });
    let stopped = (0..200).find_map(|n| {
        let query = DataQuery { find: Some(format!("找不到{n}")), limit: 1, ..DataQuery::default() };
        view.window("accounts", &query).err()
    });
    assert_eq!(stopped, Some(VaultError::Cancelled));
    other.join().expect("ends");
    let query =
        DataQuery { sort: vec![("account".into(), SortOrder::Descending)], limit: 1, ..DataQuery::default() };
    assert_eq!(view.window("accounts", &query).expect("runs again").total, 60_000);
}

fn value(column: usize) -> BoxedStrategy<Value> {
    let known = match column {
        0 => prop_oneof![Just("root"), Just("Root"), Just("王%小"), Just("a_b"), Just("\\")]
            .prop_map(text)
            .boxed(),
        1 => any::<bool>().prop_map(Value::Bool).boxed(),
        2 => (1_i8..=12, 1_i8..=28).prop_map(|(m, d)| Value::Date(date(2020, m, d))).boxed(),
        3 => {
            (0_i8..24, 0_u8..4).prop_map(|(h, n)| Value::DateTime(date(2020, 6, 1).at(h, 0, 0, 0), n)).boxed()
        }
        _ => (-4_i32..4).prop_map(|n| Value::Num(f64::from(n) / 2.0)).boxed(),
    };
    prop_oneof![6 => known, 1 => Just(Value::Missing), 1 => Just(Value::Never), 1 => Just(Value::Unreadable)]
        .boxed()
}

fn rows() -> impl Strategy<Value = Vec<TypedRow>> {
    let one = (value(0), value(1), value(2), value(3), value(4), any::<bool>());
    prop::collection::vec(one, 0..40).prop_map(|list| {
        (4..)
            .zip(list)
            .map(|(n, (a, b, c, d, e, hidden))| TypedRow { hidden, ..row(n, vec![a, b, c, d, e]) })
            .collect()
    })
}

fn filter() -> impl Strategy<Value = DataFilter> {
    let test = prop_oneof![
        prop_oneof![Just("o"), Just("ROOT"), Just("%"), Just("_"), Just("\\"), Just("2020-0"), Just("1")]
            .prop_map(|t| CellTest::Contains(t.to_owned())),
        prop_oneof![Just("root"), Just("1"), Just("2020-06-01T00:00:00")]
            .prop_map(|t| CellTest::Equals(t.to_owned())),
        Just(CellTest::Missing),
        Just(CellTest::Never),
        Just(CellTest::Unreadable),
    ];
    let of = (0..COLUMNS.len(), test).prop_map(|(c, test)| with_text(COLUMNS[c], test));
    prop_oneof![5 => of, 1 => Just(DataFilter::Hidden)]
}

fn query() -> impl Strategy<Value = DataQuery> {
    let direction = prop_oneof![Just(SortOrder::Ascending), Just(SortOrder::Descending)];
    let sort = (0..COLUMNS.len(), direction).prop_map(|(c, order)| (COLUMNS[c].to_owned(), order));
    (
        prop::collection::vec(sort, 0..3),
        prop::collection::vec(filter(), 0..3),
        prop::option::of(prop_oneof![Just("oo".to_owned()), Just("2020".to_owned()), Just(String::new())]),
        0_u64..45,
        0_u64..45,
    )
        .prop_map(|(sort, filters, find, offset, limit)| DataQuery {
            offset,
            limit,
            sort,
            filters,
            find,
        })
}

fn contains(cell: Option<&String>, text: &str) -> bool {
    cell.is_some_and(|t| t.to_ascii_lowercase().contains(&text.to_ascii_lowercase()))
}

fn passes(def: &DatasetDef, row: &DataRow, filter: &DataFilter) -> bool {
    let DataFilter::Cell { column, test } = filter else { return row.hidden };
    let at = def.columns.iter().position(|c| c.key == *column).expect("a column");
    let cell = &row.cells[at];
    match test {
        CellTest::Contains(text) => contains(cell.text.as_ref(), text),
        CellTest::Equals(text) => cell.text.as_ref() == Some(text),
        CellTest::Missing => cell.text.is_none() && !cell.never && !cell.unreadable,
        CellTest::Never => cell.never,
        CellTest::Unreadable => cell.unreadable,
        CellTest::Between { .. } => unreachable!("not generated"),
    }
}

fn compare(def: &DatasetDef, a: &DataRow, b: &DataRow, sort: &[(String, SortOrder)]) -> Ordering {
    for (key, order) in sort {
        let at = def.columns.iter().position(|c| c.key == *key).expect("a column");
        let number = key == "score" || key == "enabled";
        let found = match (&a.cells[at].text, &b.cells[at].text) {
            (None, None) => Ordering::Equal,
            (None, _) => return Ordering::Greater,
            (_, None) => return Ordering::Less,
            (Some(a), Some(b)) if number => {
                let read = |t: &String| t.parse::<f64>().expect("a number");
                read(a).total_cmp(&read(b))
            }
            (Some(a), Some(b)) => a.cmp(b),
        };
        let found = if *order == SortOrder::Descending { found.reverse() } else { found };
        if found != Ordering::Equal {
            return found;
        }
    }
    a.id.cmp(&b.id)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_window_is_what_looking_at_every_row_gives(
        rows in rows(),
        queries in prop::collection::vec(query(), 12),
        from in 0_u64..45,
    ) {
        let dir = tempdir().expect("a folder");
        let (_vault, store) = with_rows(&dir, &rows);
        let mut view = store.data_view().expect("opens");
        let every = DataQuery { limit: u64::MAX, ..DataQuery::default() };
        let all = view.window("accounts", &every).expect("reads").rows;
        prop_assert_eq!(all.len(), rows.len());
        let def = accounts();
        for query in queries {
            let find = query.find.clone().filter(|t| !t.is_empty());
            let mut expected: Vec<&DataRow> = all
                .iter()
                .filter(|row| query.filters.iter().all(|f| passes(&def, row, f)))
                .filter(|row| find.as_ref().is_none_or(|t| row.cells.iter().any(|c| contains(c.text.as_ref(), t))))
                .collect();
            expected.sort_by(|a, b| compare(&def, a, b, &query.sort));
            let got = view.window("accounts", &query).expect("reads");
            prop_assert_eq!(got.total, expected.len() as u64, "{:?}", query);
            let start = usize::try_from(query.offset).expect("small").min(expected.len());
            let end = expected.len().min(start + usize::try_from(query.limit).expect("small"));
            let window: Vec<DataRow> = expected[start..end].iter().map(|r| (*r).clone()).collect();
            prop_assert_eq!(got.rows, window, "{:?}", query);
            for text in ["root", "2020-06", "%", "找不到"] {
                let hit = (from..).zip(expected.iter().skip(usize::try_from(from).expect("small")));
                let hit = hit.into_iter().find(|(_, r)| r.cells.iter().any(|c| contains(c.text.as_ref(), text)));
                let found = view.find_row("accounts", &query, from, text).expect("looks");
                prop_assert_eq!(found, hit.map(|(n, _)| n), "{} {:?}", text, query);
                let holds = |r: &&DataRow| r.cells.iter().any(|c| contains(c.text.as_ref(), text));
                let every: Vec<u64> = (0..).zip(&expected).filter(|(_, r)| holds(r)).map(|(n, _)| n).collect();
                prop_assert_eq!(view.hits("accounts", &query, text).expect("looks"), every, "{} {:?}", text, query);
            }
        }
    }
}
