//! What stands on a sheet beside one table: more tables, the name of the system, the rest of a table that is longer than
//! a sheet, the time of day in a column of its own.
#![allow(clippy::unwrap_used)]

mod common;

use common::checklists::datasets;
use common::{AS_OF, Desk, Taken, take_plan, take_tables};
use fieldbook_intake::{
    Ask, ForcedColumn, IntakeError, Light, Limits, Locator, PlanRequest, SheetPlan, SheetProfile, open, plan,
    plan_at, profile_from_text, profile_text,
};
use fieldbook_model::{FilledColumn, FilledFrom, MappedColumn, Reading};
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};

fn tables(text: &str) -> Vec<Taken> {
    let desk = Desk::new();
    take_tables(&desk.put("匯出.csv", text.as_bytes()), "").expect("read")
}

/// A workbook of sheets by name, row by row.
fn book(desk: &Desk, sheets: &[(&str, &[&[&str]])]) -> PathBuf {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    desk.put("清冊.xlsx", &book.save_to_buffer().expect("a workbook"))
}

fn planned(path: &Path, sheet: &str, forced: &[ForcedColumn]) -> SheetPlan {
    planned_as(path, sheet, None, forced)
}

fn planned_as(path: &Path, sheet: &str, dataset: Option<&str>, forced: &[ForcedColumn]) -> SheetPlan {
    let defs = datasets();
    let mut source = open(path, &Limits::default(), None).expect("opened");
    let request = PlanRequest { defs: &defs, dataset, as_of: AS_OF, forced };
    plan(&mut source, sheet, &request).expect("planned")
}

const TWO_TABLES: &str = "帳號清冊\n系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王小明,啟用\n主機,dba,李大同,停用\n合計,2\n\n\
    備份紀錄表\n備份日期,系統名稱,備份結果,媒體編號\n109/12/30,主機,成功,T01\n109/12/31,主機,失敗,T02\n\n\
    姓名,課程名稱,上課日期,時數\n王小明,資安,109/05/06,3\n";

#[test]
fn each_table_of_a_sheet_is_read_by_itself() {
    let found = tables(TWO_TABLES);
    let seen: Vec<(&str, u32, Option<u32>, Vec<u32>)> = found
        .iter()
        .map(|t| (t.plan.dataset.as_deref().unwrap_or(""), t.plan.header_row, t.record.end_row, t.rows()))
        .collect();
    let expected = [
        ("accounts", 2, Some(6), vec![3, 4]),
        ("backups", 8, Some(11), vec![9, 10]),
        ("training", 12, None, vec![13]),
    ];
    assert_eq!(seen, expected);
    assert_eq!(found[0].issues(), [(5, "", "footer")]);
    assert_eq!(found[1].column("result"), ["success", "failure"]);
    assert_eq!(found[1].column("backup_at"), ["2020-12-30T00:00:00", "2020-12-31T00:00:00"]);
    assert!(found[1].issues().is_empty() && found[2].issues().is_empty());
    for table in &found {
        assert_eq!(table.record.rows_read, table.record.rows_stored + table.record.rows_rejected);
    }
}

#[test]
fn another_table_ends_the_reading_of_a_plan_for_the_whole_sheet() {
    let desk = Desk::new();
    let path = desk.put("匯出.csv", TWO_TABLES.as_bytes());
    let defs = datasets();
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let request = PlanRequest { defs: &defs, dataset: Some("accounts"), as_of: AS_OF, forced: &[] };
    let plan = plan(&mut source, "", &request).expect("planned");
    let taken = take_plan(&mut source, plan, &defs).expect("read");
    assert_eq!(taken.rows(), [3, 4]);
    let rejected: Vec<(u32, &str)> = taken.record.issues.iter().map(|i| (i.row, i.code.as_str())).collect();
    assert_eq!(rejected, [(5, "footer"), (8, "another_table"), (13, "another_table")]);
    let texts: Vec<&str> = taken.record.issues[1..].iter().map(|i| i.text.as_str()).collect();
    // The title above the next header, its two rows, the table behind it.
    assert_eq!(texts, ["備份日期 系統名稱 備份結果 媒體編號", "+5"]);
    assert_eq!(taken.record.rows_read, taken.record.rows_stored + taken.record.rows_rejected);
}

#[test]
fn a_table_met_far_below_is_told_and_counted() {
    let mut text = "系統名稱,帳號,使用者姓名,帳號狀態\n".to_owned();
    for n in 0..6_000 {
        text.push_str(&format!("主機,a{n},王,啟用\n"));
    }
    text.push_str("系統名稱,帳號,使用者姓名,帳號狀態\n主機,last,王,啟用\n");
    text.push_str("姓名,課程名稱,上課日期,時數\n王小明,資安,109/05/06,3\n王小明,資安,109/05/07,3\n");
    let found = tables(&text);
    assert_eq!((found.len(), found[0].kept.rows.len()), (1, 6_001));
    assert_eq!(
        found[0].issues(),
        [(6_002, "", "footer"), (6_004, "", "another_table"), (6_006, "", "another_table")]
    );
    assert_eq!((found[0].record.rows_read, found[0].record.rows_rejected), (6_005, 4));
}

#[test]
fn a_header_repeated_on_every_printed_page_begins_no_table() {
    let page = "甲乙證券帳號清冊,頁次\n系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王小明,啟用\n";
    let found = tables(&page.repeat(3));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].rows()[0], 3);
    assert_eq!(found[0].kept.rows.iter().filter(|r| r.row % 3 == 0).count(), 3);
}

#[test]
fn records_full_of_header_words_begin_no_table() {
    let found = tables(
        "系統名稱,帳號,使用者姓名,權限等級,帳號狀態\n下單系統,特權,管理者,最高權限,啟用\n機房,角色,姓名未定,特權,停用\n",
    );
    assert_eq!((found.len(), found[0].rows()), (1, vec![2, 3]));
}

const ONE_BLOCK_A_SYSTEM: &str = "系統名稱：網路下單\n帳號,使用者姓名,帳號狀態\nroot,王小明,啟用\n\n系統名稱：帳務\n帳號,使用者姓名,帳號狀態\nroot,李大同,停用\n";

#[test]
fn one_block_a_system_takes_each_name_from_its_title() {
    let found = tables(ONE_BLOCK_A_SYSTEM);
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].column("system_name"), found[0].rows()), (vec!["網路下單".to_owned()], vec![3]));
    assert_eq!((found[1].column("system_name"), found[1].rows()), (vec!["帳務".to_owned()], vec![7]));
    assert_eq!(found[0].plan.light(), Light::Green, "a labelled title leaves nothing to ask");
    let defs = datasets();
    let desk = Desk::new();
    let path = desk.put("匯出.csv", ONE_BLOCK_A_SYSTEM.as_bytes());
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let request = PlanRequest { defs: &defs, dataset: Some("accounts"), as_of: AS_OF, forced: &[] };
    for table in &found {
        let again = plan_at(&mut source, "", table.plan.header_row, &request).expect("planned");
        assert_eq!((again.end_row, &again.filled), (table.plan.end_row, &table.plan.filled));
    }
}

#[test]
fn another_systems_title_ends_a_plan_for_the_whole_sheet() {
    let desk = Desk::new();
    let text = "系統名稱：網路下單\n帳號,使用者姓名,帳號狀態\nroot,王小明,啟用\n系統名稱：帳務\n帳號,使用者姓名,帳號狀態\nroot,李大同,停用\n";
    let path = desk.put("匯出.csv", text.as_bytes());
    let plan = planned(&path, "", &[]);
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let taken = take_plan(&mut source, plan, &datasets()).expect("read");
    assert_eq!(taken.rows(), [3], "no row of another system goes by the first one's name");
    assert_eq!(taken.issues(), [(4, "", "another_table"), (6, "", "another_table")]);
}

const ONE_SYSTEM: &[&[&str]] =
    &[&["帳號清冊"], &["帳號", "使用者姓名", "帳號狀態"], &["root", "王小明", "啟用"]];

#[test]
fn a_sheets_name_fills_the_system_and_is_asked_about() {
    let desk = Desk::new();
    let path = book(&desk, &[("網路下單", ONE_SYSTEM), ("工作表1", ONE_SYSTEM), ("Sheet2", ONE_SYSTEM)]);
    let plan = planned(&path, "網路下單", &[]);
    let filled =
        |from| vec![FilledColumn { column: "system_name".into(), text: "網路下單".into(), from }];
    assert_eq!((plan.filled.clone(), plan.light()), (filled(FilledFrom::SheetName), Light::Amber));
    assert_eq!(plan.asks, [Ask::Filled("system_name".into())]);
    assert!(plan.missing_required.is_empty());
    let sample = plan.samples.iter().find(|s| s.column == "system_name").expect("a sample");
    assert_eq!(sample.texts, [("網路下單".to_owned(), "網路下單".to_owned())]);
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let taken = take_plan(&mut source, plan, &datasets()).expect("read");
    assert_eq!(taken.column("system_name"), ["網路下單"]);
    assert_eq!(taken.record.filled, filled(FilledFrom::SheetName));
    assert_eq!(taken.kept.rows[0].values.len(), taken.record.mapping.len() + 1);
    for generic in ["工作表1", "Sheet2"] {
        let plan = planned(&path, generic, &[]);
        assert_eq!((plan.filled.len(), plan.light()), (0, Light::Red), "{generic}");
        assert_eq!(plan.missing_required, ["system_name"], "{generic}");
    }
}

#[test]
fn the_examiner_says_or_clears_a_filled_value() {
    let desk = Desk::new();
    let path = book(&desk, &[("網路下單", ONE_SYSTEM)]);
    let say = |at| [ForcedColumn { at, column: Some("system_name".into()), reading: None }];
    let plan = planned(&path, "網路下單", &say(Locator::Text("帳務系統".into())));
    assert_eq!((plan.filled[0].text.as_str(), plan.filled[0].from), ("帳務系統", FilledFrom::Examiner));
    assert_eq!(plan.light(), Light::Green);
    let plan = planned(&path, "網路下單", &say(Locator::SheetName));
    assert_eq!((plan.filled[0].from, plan.light()), (FilledFrom::SheetName, Light::Green));
    let plan = planned(&path, "網路下單", &say(Locator::Nowhere));
    assert_eq!((plan.filled.len(), plan.missing_required.len()), (0, 1));
}

#[test]
fn titles_with_a_label_fill_dates_and_names_and_a_lone_one_is_asked_about() {
    let found =
        tables("交易日期：,109/12/30\n委託單號,投資人帳號,接單時間\nA1,9A1,09:00:00.12\nA2,9A2,090001\n");
    assert_eq!(found[0].column("trade_date"), ["2020-12-30", "2020-12-30"]);
    assert_eq!(found[0].column("received_at"), ["2020-12-30T09:00:00.12", "2020-12-30T09:00:01"]);
    let slots =
        [found[0].slot("received_at"), found[0].plan.mapping.len()].map(|s| u16::try_from(s).unwrap());
    let originals = [(slots[0], "09:00:00.12".into()), (slots[1], "109/12/30".into())];
    assert_eq!(found[0].kept.rows[0].originals, originals);
    let found = tables("甲乙證券帳號清冊\n網路下單系統\n帳號,使用者姓名,帳號狀態\nroot,王小明,啟用\n");
    assert_eq!(found[0].column("system_name"), ["網路下單系統"]);
    assert_eq!(found[0].plan.asks, [Ask::Filled("system_name".into())]);
}

#[test]
fn dates_and_times_in_two_columns_become_one_moment() {
    let found = tables(
        "系統,日期,時間,使用者,來源IP,結果\n主機,109/12/30,上午 9:05,a,10.1.1.1,成功\n主機,109/12/30,090000123,b,10.1.1.2,失敗\n\
         主機,109/12/31,24:00:00,c,10.1.1.3,成功\n主機,109/12/31,,d,10.1.1.4,成功\n主機,109/12/31,25:00,e,10.1.1.5,成功\n",
    );
    let mapped = &found[0].record.mapping[found[0].slot("event_at")];
    assert_eq!((mapped.index, mapped.time_index, &mapped.reading), (1, Some(2), &Reading::RocYmd));
    let expected =
        ["2020-12-30T09:05:00", "2020-12-30T09:00:00.123", "2021-01-01T00:00:00", "2020-12-31T00:00:00", "?"];
    assert_eq!(found[0].column("event_at"), expected);
    assert_eq!(found[0].original(0, "event_at"), Some("109/12/30 上午 9:05"));
    assert_eq!(found[0].issues(), [(6, "event_at", "bad_date")]);
    assert!(found[0].plan.unmapped.is_empty());
    let sample = found[0].plan.samples.iter().find(|s| s.column == "event_at").expect("a sample");
    assert_eq!(sample.texts[1], ("109/12/30 090000123".to_owned(), "2020-12-30T09:00:00.123".to_owned()));
    let found = tables(
        "需求單號,應用系統,核准主管,核准日期,上線日期,上線時間\nC1,帳務,王,109/12/01,109/12/02,18:30\nC2,帳務,王,109/12/01,109/12/03,0905\n",
    );
    assert_eq!(found[0].column("deployed_at"), ["2020-12-02T18:30:00", "2020-12-03T09:05:00"]);
}

#[test]
fn the_examiner_pairs_a_date_with_a_time() {
    let desk = Desk::new();
    let path =
        desk.put("x.csv", "系統,甲,乙,使用者,來源IP\n主機,109/12/30,09:00:00.5,a,10.1.1.1\n".as_bytes());
    let header = |h: &str| Box::new(Locator::Header(h.to_owned()));
    let forced = [ForcedColumn {
        at: Locator::DateAndTime(header("甲"), header("乙")),
        column: Some("event_at".into()),
        reading: None,
    }];
    let plan = planned_as(&path, "", Some("audit_log"), &forced);
    let profile = SheetProfile::of(&plan).expect("a profile");
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let taken = take_plan(&mut source, plan.clone(), &datasets()).expect("read");
    assert_eq!(taken.column("event_at"), ["2020-12-30T09:00:00.5"]);
    let read = profile_from_text(&profile_text(&[profile])).expect("a profile");
    assert!(read[0].fits(&plan));
    let again = planned_as(&path, "", read[0].dataset.as_deref(), &read[0].forced);
    let all: Vec<_> =
        taken.plan.mapping.iter().map(|m| MappedColumn { confidence: 100, ..m.clone() }).collect();
    assert_eq!(again.mapping, all);
}

#[test]
fn rows_above_the_header_that_look_like_records_are_asked_about() {
    let found = tables(
        "甲,乙,丙\n主機,1,2\n主機,3,4\n主機,5,6\n\n系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王,啟用\n",
    );
    assert_eq!((found[0].plan.header_row, found[0].plan.light()), (6, Light::Amber));
    assert_eq!(found[0].plan.asks, [Ask::Above(4)]);
}

#[test]
fn a_header_far_below_the_top_is_found() {
    let notes: String = (0..60).map(|n| format!("說明第{n}點\n")).collect();
    let found = tables(&format!("{notes}系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王,啟用\n"));
    assert_eq!((found[0].plan.header_row, found[0].rows()), (61, vec![62]));
}

#[test]
fn a_table_known_by_few_headers_above_another_is_planned_with_it() {
    let found = tables(
        "檢測類型說明,掃描日期,掃描範圍說明\n弱掃,109/06/30,10.1.1.0/24\n滲透,109/07/31,10.1.2.0/24\n\n系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王,啟用\n",
    );
    let seen: Vec<_> = found.iter().map(|t| (t.plan.dataset.as_deref(), t.plan.header_row)).collect();
    let last = seen.last().copied();
    assert_eq!(last, Some((Some("accounts"), 5)), "{seen:?}");
    assert!(
        seen.len() == 2 || found[0].plan.light() != Light::Green,
        "{seen:?}: nothing is left out in silence"
    );
}

#[test]
fn a_header_on_the_row_that_the_examiner_names() {
    let desk = Desk::new();
    let path = desk.put("匯出.csv", TWO_TABLES.as_bytes());
    let defs = datasets();
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let request = PlanRequest { defs: &defs, dataset: Some("ops_log"), as_of: AS_OF, forced: &[] };
    let plan = plan_at(&mut source, "", 8, &request).expect("planned");
    assert_eq!((plan.header_row, plan.end_row, plan.dataset.as_deref()), (8, Some(11), Some("ops_log")));
    assert_eq!(plan.light(), Light::Red);
    let request = PlanRequest { dataset: None, ..request };
    let plan = plan_at(&mut source, "", 2, &request).expect("planned");
    assert_eq!((plan.end_row, plan.dataset.as_deref()), (Some(6), Some("accounts")));
    let plan = plan_at(&mut source, "", 9, &request).expect("planned");
    assert_eq!((plan.header_row, plan.dataset), (9, None));
}

/// A sheet of 65,536 rows, then others.
fn long_book(desk: &Desk, more: &[(&str, &[&[&str]])], rows: u32) -> PathBuf {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("一").expect("a name");
    for (column, header) in (0..).zip(["姓名", "課程名稱", "上課日期", "時數"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for row in 1..rows {
        sheet.write_string(row, 0, "王小明").unwrap();
        sheet.write_string(row, 1, "資安").unwrap();
        sheet.write_string(row, 2, "109/05/06").unwrap();
        sheet.write_string(row, 3, "3").unwrap();
    }
    for (name, rows) in more {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    desk.put("訓練.xlsx", &book.save_to_buffer().expect("a workbook"))
}

#[test]
fn a_full_sheet_goes_on_in_the_next() {
    let desk = Desk::new();
    let rest: &[&[&str]] = &[&["李大同", "資安", "99/05/06", "2"], &["林", "資安", "98/05/07", "2"]];
    let headed: &[&[&str]] =
        &[&["姓名", "課程名稱", "上課日期", "時數"], &["李大同", "資安", "99/05/06", "2"]];
    let path = long_book(&desk, &[("二", rest)], 65_536);
    let plan = planned(&path, "二", &[]);
    assert_eq!((plan.dataset.as_deref(), plan.header_row, plan.header_rows), (Some("training"), 0, 0));
    assert_eq!((plan.continues.as_deref(), plan.light()), (Some("一"), Light::Amber));
    assert_eq!(plan.asks, [Ask::Continues("一".into())]);
    let mut source = open(&path, &Limits::default(), None).expect("opened");
    let taken = take_plan(&mut source, plan, &datasets()).expect("read");
    assert_eq!((taken.rows(), taken.column("name")), (vec![1, 2], vec!["李大同".into(), "林".into()]));
    assert_eq!(taken.column("date"), ["2010-05-06", "2009-05-07"]);
    let path = long_book(&desk, &[("二", headed)], 65_536);
    let plan = planned(&path, "二", &[]);
    assert_eq!((plan.header_row, plan.continues.clone(), plan.light()), (1, None, Light::Green));
    assert_eq!(plan.mapping.iter().find(|m| m.column == "date").map(|m| &m.reading), Some(&Reading::RocYmd));
}

#[test]
fn a_sheet_that_is_not_full_is_not_gone_on_with() {
    let desk = Desk::new();
    let rest: &[&[&str]] = &[&["李大同", "資安", "109/05/06", "2"]];
    let path = long_book(&desk, &[("二", rest)], 100);
    let plan = planned(&path, "二", &[]);
    assert_eq!((plan.dataset.as_deref(), plan.light()), (None, Light::Red));
    let missing = take_tables(&path, "三").err();
    assert!(matches!(missing, Some(IntakeError::NoSuchSheet)));
}
