//! SQL functions, called as a procedure calls them.

use crate::fixture::*;
use fieldbook_model::{ParamValue, add_months};
use fieldbook_vault::DatasetReader;
use jiff::civil::date;
use proptest::prelude::*;
use tempfile::tempdir;

/// A reader whose exam stays open as long as it does.
struct Bench(DatasetReader, #[expect(dead_code, reason = "kept open")] Kept);
type Kept = (tempfile::TempDir, fieldbook_vault::Vault, fieldbook_vault::ExamStore);

fn bench() -> Bench {
    let dir = tempdir().expect("a folder");
    let (vault, store) = with_exam(dir.path());
    let reader = store.reader(|| false).expect("opens");
    Bench(reader, (dir, vault, store))
}

impl Bench {
    fn eval(&self, expression: &str, params: &[(&str, ParamValue)]) -> Option<String> {
        let params: Vec<_> = params.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        let mut out = None;
        self.0
            .rows(&format!("SELECT 1 AS _id, {expression} AS v"), &params, &mut |_, cells| {
                out = cells[0].1.clone()
            })
            .expect("evaluates");
        out
    }
}

fn t(text: &str) -> ParamValue {
    ParamValue::Text(text.to_owned())
}

#[test]
fn dates_and_texts() {
    let b = bench();
    for (expression, expected) in [
        ("add_months('2020-11-30', 3)", Some("2021-02-28")),
        ("add_months('2020-11-30T23:59:59.9', -9)", Some("2020-02-29")),
        ("add_months(NULL, 3)", None),
        ("add_months('not a date', 3)", None),
        ("date('2020-12-31T09:00:00.123')", Some("2020-12-31")),
        ("date('2020-12-31', '+1 day', '-366 days')", Some("2020-01-01")),
        ("julianday('2000-01-01T12:00:00')", Some("2451545")),
        ("ms_between('2020-12-31T09:00:00.000', '2020-12-31T09:00:00.001500')", Some("1.5")),
        ("ms_between('2020-12-31', '2021-01-01')", Some("86400000")),
        ("ms_between('2020-12-31T09:00:01', '2020-12-31 09:00:00')", Some("-1000")),
        ("ms_between(NULL, '2021-01-01')", None),
        ("subsec_digits('2020-12-31T09:00:00.120')", Some("3")),
        ("subsec_digits('2020-12-31T09:00:00')", Some("0")),
        ("subsec_digits(NULL)", None),
        ("norm_key(' Ｒｏｏｔ ')", Some("root")),
        ("norm_name('王 小明 經理')", Some("王小明")),
        ("norm_firm('臺灣資服股份有限公司')", Some("台灣資服")),
        ("norm_key(NULL)", None),
        ("split_list('王小明、 李大同；陳美玲/')", Some("[\"王小明\",\"李大同\",\"陳美玲\"]")),
        ("split_list(NULL)", None),
        ("ip_in('10.0.0.7', '10.0.0.0/24')", Some("1")),
        ("ip_in('10.0.1.7', '10.0.0.0/24')", Some("0")),
        ("ip_in('主機', '10.0.0.0/24')", None),
        ("ip_in('10.0.0.7', NULL)", None),
        ("is_workday('2020-01-02', '[\"2020-01-01\"]')", Some("1")),
        ("is_workday('2020-01-01', '[\"2020-01-01\"]')", Some("0")),
        ("is_workday('2020-02-15', '[\"+2020-02-15\"]')", Some("1")),
        ("is_workday(NULL, '[]')", None),
        ("workdays('2020-12-31', '2021-01-04', '[\"2021-01-01\"]')", Some("1")),
        ("workdays('2020-12-31', NULL, '[]')", None),
        ("roc_valid_id('A123456789')", Some("1")),
        ("tax_id_valid('22099132')", Some("0")),
        ("tax_id_valid(NULL)", None),
        ("list_has('[\"Administrator\",\"root\"]', 'ＲＯＯＴ')", Some("1")),
        ("list_has('[\"Administrator\"]', 'admin')", Some("0")),
        ("list_has('[\"a\"]', NULL)", Some("0")),
        ("contains_any('最高權限（Root）', '[\"root\",\"sa\"]')", Some("1")),
        ("contains_any('一般', '[\"root\",\"\"]')", Some("0")),
        ("starts_any('T-先鋒資訊', '[\"t-\"]')", Some("1")),
        ("starts_any('先鋒T-資訊', '[\"t-\"]')", Some("0")),
    ] {
        assert_eq!(b.eval(expression, &[]).as_deref(), expected, "{expression}");
    }
}

#[test]
fn functions_are_what_the_model_says_for_any_date() {
    let b = bench();
    let day = (1900_i16..2100, 1_i8..=12, 1_i8..=28, 0_i8..24, 0_i8..60, 0_i8..60, 0_i32..1_000_000_000);
    proptest!(ProptestConfig::with_cases(200), |(a in day.clone(), c in day, months in -600_i64..600)| {
        let [a, c] = [a, c].map(|(y, mo, d, h, mi, s, ns)| date(y, mo, d).at(h, mi, s, ns));
        let texts = [("a", t(&a.to_string())), ("c", t(&c.to_string())), ("n", ParamValue::Int(months))];
        let expected = add_months(a.date(), i32::try_from(months).expect("small")).to_string();
        prop_assert_eq!(b.eval("add_months(:a, :n)", &texts), Some(expected));
        let forth: f64 = b.eval("ms_between(:a, :c)", &texts).expect("a number").parse().expect("a number");
        let back: f64 = b.eval("ms_between(:c, :a)", &texts).expect("a number").parse().expect("a number");
        prop_assert_eq!(forth, -back);
        let exact = a.duration_until(c).as_nanos() as f64 / 1e6;
        prop_assert!((forth - exact).abs() <= exact.abs() * 1e-15);
        let days: f64 = b.eval("julianday(:c) - julianday(:a)", &texts).expect("a number").parse().expect("a number");
        prop_assert!((days * 86_400_000.0 - exact).abs() < 1.0);
    });
}
