//! Periods: the firm's last date where imported data has it. No data is never "done".

use crate::items::{FUTURES, item, lines};
use fieldbook_app::import::{self, SheetOrder};
use fieldbook_app::wire::{ImportBatchRequest, PeriodView};
use fieldbook_app::{Desk, Host};
use fieldbook_checklist::bundled;
use fieldbook_model::{Column, ColumnType, DatasetDef};
use fieldbook_tests::desk::{exam_of, host, import_file, import_sample, with_exam, with_vault};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A CSV file of a dataset with our own headings and one row that has something in every column.
fn one_row(folder: &Path, def: &DatasetDef) -> PathBuf {
    let path = folder.join(format!("{}.csv", def.key));
    let heads: Vec<&str> = def.columns.iter().map(|c| c.zh.as_str()).collect();
    let cells: Vec<&str> = def.columns.iter().map(plausible).collect();
    std::fs::write(&path, format!("{}\n{}\n", heads.join(","), cells.join(","))).expect("CSV");
    path
}

fn plausible(column: &Column) -> &str {
    match column.ty {
        ColumnType::Date => "2020-06-30",
        ColumnType::DateTime => "2020-06-30 10:00:00",
        ColumnType::Int | ColumnType::Num | ColumnType::Duration => "1",
        ColumnType::Bool => "是",
        ColumnType::Text => "資訊安全",
        ColumnType::Enum => column.choices.first().map_or("資訊安全宣導", |choice| choice.zh.as_str()),
    }
}

fn periods(desk: &Desk) -> Vec<(String, PeriodView)> {
    let of = |clause: String| item(desk, &clause).periods.into_iter().map(move |p| (clause.clone(), p));
    lines(desk).into_iter().flat_map(|l| of(l.clause).collect::<Vec<_>>()).collect()
}

#[test]
fn every_period_is_asked_of_real_data() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    let bundle = bundled().expect("checklists");
    let told: Vec<&str> = bundle.periods.iter().flat_map(|p| &p.last).map(|l| l.dataset.as_str()).collect();
    for def in bundle.datasets.iter().filter(|d| told.contains(&d.key.as_str())) {
        let every = SheetOrder { dataset: Some(def.key.clone()), ..SheetOrder::default() };
        let done = import_file(&mut desk, &one_row(folder.path(), def), every).expect("import");
        let stored: f64 = done.view.files[0].sheets.iter().map(|s| s.rows_stored).sum();
        assert_eq!(stored, 1.0, "{}: {:?}", def.key, done.view.files[0]);
    }
    let all = periods(&desk);
    let stated: usize = bundle.periods.iter().map(|p| p.clauses.len()).sum();
    assert_eq!(all.len(), stated);
    for (clause, period) in &all {
        let tells = !period.source.is_empty();
        assert_eq!(period.state == "no_data", !tells, "{clause}: {period:?}");
        assert!(
            matches!(period.state.as_str(), "no_data" | "no_date" | "open" | "done"),
            "{clause}: {period:?}"
        );
    }
    assert!(all.iter().any(|(_, p)| p.last.as_deref() == Some("2020-06-30")), "{all:?}");
}

#[test]
fn the_periods_of_the_sample_firm_are_asked_without_an_error() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    assert!(periods(&desk).iter().all(|(_, p)| p.state == "no_data" && p.last.is_none() && p.due.is_none()));
    import_sample(&mut desk).expect("import");
    for (clause, period) in periods(&desk) {
        assert_eq!(
            period.last.is_some(),
            matches!(period.state.as_str(), "open" | "done" | "overdue"),
            "{clause}"
        );
    }
}

fn activities(folder: &Path, name: &str, rows: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, format!("事項,預定日,辦理日期,執行人,結果\n{rows}")).expect("CSV");
    path
}

fn of_risk_assessment(desk: &Desk) -> PeriodView {
    let mut periods = item(desk, "FCM-1.3").periods;
    assert_eq!(periods.len(), 1, "{periods:?}");
    periods.remove(0)
}

fn take(desk: &mut Desk, path: &Path) -> f64 {
    let every = SheetOrder { dataset: Some("activities".to_owned()), ..SheetOrder::default() };
    let done = import_file(desk, path, every).expect("import");
    assert!(done.view.batch > 0.0, "{:?}", done.view);
    done.view.batch
}

#[test]
fn a_yearly_duty_done_last_in_the_year_before_is_overdue() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    let state = |desk: &Desk| {
        let p = of_risk_assessment(desk);
        (p.state, p.last, p.due)
    };
    assert_eq!(state(&desk), ("no_data".to_owned(), None, None));

    let file =
        activities(folder.path(), "辦理.csv", "風險評鑑,,2019-03-05,資訊部,\n風險評鑑,,2018-03-01,資訊部,\n");
    let batch = take(&mut desk, &file);
    let date = |text: &str| Some(text.to_owned());
    assert_eq!(state(&desk), ("overdue".to_owned(), date("2019-03-05"), date("2020-03-05")));
    let view = of_risk_assessment(&desk);
    assert_eq!((view.months, view.own_rule, view.words.as_str()), (Some(12), false, "每年至少評估一次"));
    assert!(item(&desk, "FCM-1.3").line.text.contains(&view.words));

    import::undo(&mut desk, &ImportBatchRequest { batch }).expect("undo");
    let gone = of_risk_assessment(&desk);
    assert_eq!((gone.last, gone.due), (None, None));
    assert_ne!(gone.state, "done");
    assert_ne!(gone.state, "overdue");
}

#[test]
fn a_date_after_the_as_of_date_or_of_another_duty_counts_for_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    let rows =
        "風險評鑑,,2021-01-04,資訊部,\n雲端風險評估,,2020-05-01,資訊部,\n備份還原測試,,2020-06-01,資訊部,\n";
    take(&mut desk, &activities(folder.path(), "辦理.csv", rows));
    let view = of_risk_assessment(&desk);
    assert_eq!((view.state.as_str(), view.last), ("no_date", None));
    take(&mut desk, &activities(folder.path(), "補件.csv", "年度資訊資產風險評估,,2019-12-31,資訊部,\n"));
    let view = of_risk_assessment(&desk);
    assert_eq!(
        (view.state.as_str(), view.due.as_deref()),
        ("done", Some("2020-12-31")),
        "due on the as-of date"
    );
}

/// The as-of date of the exam is the measure, not the day on which somebody looks.
#[test]
fn the_day_of_looking_does_not_matter() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let later = Host {
        clock: Arc::new(|| jiff::civil::date(2031, 1, 5).at(9, 0, 0, 0)),
        ..host(&folder.path().join("vault"))
    };
    let mut desk = Desk::new(later).expect("desk");
    let dir = folder.path().join("vault").to_string_lossy().into_owned();
    let create = fieldbook_app::wire::CreateVaultRequest {
        dir,
        passphrase: fieldbook_tests::desk::PASSPHRASE.to_owned(),
    };
    fieldbook_app::session::vault_create(&mut desk, &create).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    take(&mut desk, &activities(folder.path(), "辦理.csv", "風險評鑑,,2020-03-05,資訊部,\n"));
    let view = of_risk_assessment(&desk);
    assert_eq!((view.state.as_str(), view.last.as_deref()), ("done", Some("2020-03-05")));
}
