//! Files as firms send them, read whole.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, take};
use fieldbook_intake::{Limits, open};
use fieldbook_model::Reading;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn messy_accounts(desk: &Desk) -> std::path::PathBuf {
    let path = desk.path("帳號清冊.xlsx");
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("[$-404]e/mm/dd;@");
    let sheet = book.add_worksheet().set_name("下單系統").expect("a name");
    sheet.write_string(0, 0, "甲乙綜合證券股份有限公司　帳號清冊").unwrap();
    sheet.write_string(1, 0, "基準日：109年12月31日").unwrap();
    let headers = [
        "主機\n名稱",
        "帳號(必填)",
        "使用者姓名",
        "員編",
        "＊帳號狀態",
        "最後登入時間",
        "密碼最後變更日期",
        "密碼永不過期",
        "血型",
    ];
    for (column, header) in (0..).zip(headers) {
        sheet.write_string(3, column, header).unwrap();
    }
    sheet.merge_range(4, 0, 6, 0, "交易主機", &Format::new()).unwrap();
    let rows = [
        ("root", "王小明", 23.0, "啟用", "109/12/30 下午 03:05", "109/12/01", "否"),
        ("ａｄｍｉｎ ", "李大同", 24.0, "停用", "從未登入", "民國109年9月1日", "V"),
        ("vnd_01", "陳○○", 25.0, "待查", "109.11.05 08:21:26", "109/13/01", "TRUE"),
    ];
    for (row, (account, name, id, status, login, changed, never)) in (4..).zip(rows) {
        sheet.write_string(row, 1, account).unwrap();
        sheet.write_string(row, 2, name).unwrap();
        sheet.write_number(row, 3, id).unwrap();
        sheet.write_string(row, 4, status).unwrap();
        sheet.write_string(row, 5, login).unwrap();
        sheet.write_string(row, 6, changed).unwrap();
        sheet.write_string(row, 7, never).unwrap();
    }
    sheet.set_row_hidden(5).unwrap();
    let true_date = ExcelDateTime::from_ymd(2020, 10, 1).unwrap();
    sheet.write_string(8, 0, "交易主機").unwrap();
    sheet.write_string(8, 1, "dba").unwrap();
    sheet.write_string(8, 4, "啟用").unwrap();
    sheet.write_datetime_with_format(8, 6, &true_date, &date).unwrap();
    sheet.write_string(10, 0, "製表：王小明").unwrap();
    sheet.write_string(10, 4, "覆核：").unwrap();
    book.add_worksheet().set_name("舊帳號").unwrap().set_hidden(true);
    book.save(&path).unwrap();
    path
}

#[test]
fn a_messy_account_list_is_read_with_its_issues() {
    let desk = Desk::new();
    let taken = take(&messy_accounts(&desk)).expect("read");
    assert_eq!(taken.plan.dataset.as_deref(), Some("accounts"));
    assert_eq!((taken.plan.header_row, taken.plan.header_rows), (4, 1));
    assert_eq!(taken.plan.unmapped, ["血型"]);
    assert_eq!(taken.rows(), [5, 6, 7, 9]);
    assert_eq!(taken.column("system_name"), ["交易主機", "交易主機", "交易主機", "交易主機"]);
    assert_eq!(taken.original(1, "system_name"), Some(""), "a merged value shows that it was repeated");
    assert_eq!(taken.column("employee_id"), ["23", "24", "25", ""]);
    assert_eq!(taken.column("status"), ["enabled", "disabled", "?", "enabled"]);
    assert_eq!(taken.column("last_login"), ["2020-12-30T15:05:00", "∞", "2020-11-05T08:21:26", ""]);
    assert_eq!(taken.column("pw_changed_at"), ["2020-12-01", "2020-09-01", "?", "2020-10-01"]);
    assert_eq!(taken.column("pw_never_expires"), ["0", "1", "1", ""]);
    assert_eq!(taken.original(1, "pw_changed_at"), Some("民國109年9月1日"));
    assert_eq!(taken.original(1, "account"), None, "outer blanks are not kept");
    assert_eq!(taken.record.hidden_rows, Some(1));
    assert!(taken.kept.rows[1].hidden);
    assert_eq!((taken.record.rows_read, taken.record.rows_stored, taken.record.rows_rejected), (5, 4, 1));
    let issues = taken.issues();
    let expected = [
        (7, "status", "bad_choice"),
        (7, "pw_changed_at", "bad_date"),
        (9, "holder_name", "required_empty"),
        (11, "", "footer"),
    ];
    assert_eq!(issues, expected);
}

#[test]
fn a_source_tells_what_it_is() {
    let desk = Desk::new();
    let source = open(&messy_accounts(&desk), &Limits::default(), None).expect("opened");
    let sheets: Vec<(&str, bool)> = source.sheets().iter().map(|s| (s.name.as_str(), s.hidden)).collect();
    assert_eq!(sheets, [("下單系統", false), ("舊帳號", true)]);
    assert_eq!((source.file_name(), source.encoding(), source.sha256().len()), ("帳號清冊.xlsx", "", 64));
}

#[test]
fn orders_with_dates_and_times_apart_become_moments() {
    let desk = Desk::new();
    let text = "委託紀錄查詢\n交易日期,委託單號,投資人帳號,接單時間,送單時間,股數\n\
        1091230,A0001,9A12345,090000123,09:00:00.456,\"1,000\"\n\
        1091230,A0002,9A12346,,09:00:01.000,2\n\n1091231,A0003,9A12347,090001,090002,x\n合計,3\n";
    let (bytes, _, _) = encoding_rs::BIG5.encode(text);
    let taken = take(&desk.put("orders.csv", &bytes)).expect("read");
    assert_eq!(taken.encoding, "Big5");
    assert_eq!(taken.plan.dataset.as_deref(), Some("orders"));
    assert_eq!(taken.rows(), [3, 4, 6]);
    assert_eq!(taken.column("received_at"), ["2020-12-30T09:00:00.123", "", "2020-12-31T09:00:01"]);
    assert_eq!(
        taken.column("sent_at"),
        ["2020-12-30T09:00:00.456", "2020-12-30T09:00:01.000", "2020-12-31T09:00:02"]
    );
    assert_eq!(taken.column("qty"), ["1000", "2", "?"]);
    assert_eq!(taken.original(0, "qty"), Some("1,000"));
    assert_eq!(taken.record.mapping[taken.slot("trade_date")].reading, Reading::RocCompact);
    let expected = [(4, "received_at", "required_empty"), (6, "qty", "bad_number"), (7, "", "footer")];
    assert_eq!(taken.issues(), expected);
    assert_eq!(taken.record.hidden_rows, None);
}

#[test]
fn a_calendar_that_later_rows_decide_restarts_the_reading() {
    let desk = Desk::new();
    let mut text = "系統名稱,帳號,使用者姓名,帳號狀態,密碼最後變更日期\n".to_owned();
    for n in 0..6_000 {
        text.push_str(&format!("主機,a{n},王,啟用,05/06/2020\n"));
    }
    for n in 0..6_000 {
        text.push_str(&format!("主機,b{n},王,啟用,25/06/2020\n"));
    }
    let taken = take(&desk.put("a.csv", text.as_bytes())).expect("read");
    assert_eq!(taken.plan.mapping[taken.slot("pw_changed_at")].reading, Reading::Ambiguous);
    assert_eq!(taken.kept.restarts, 1);
    assert_eq!(taken.kept.rows.len(), 12_000);
    assert_eq!(taken.column("pw_changed_at")[0], "2020-06-05");
    assert_eq!(taken.record.issues, []);
    let sample = taken.plan.samples.iter().find(|s| s.column == "pw_changed_at").expect("a sample");
    let choices: Vec<(Reading, &str)> =
        sample.choices.iter().map(|c| (c.reading.clone(), c.texts[0].as_str())).collect();
    assert_eq!(choices, [(Reading::Dmy, "2020-06-05"), (Reading::Mdy, "2020-05-06")]);
}

#[test]
fn an_undecided_calendar_leaves_its_cells_unread_and_says_so_once() {
    let desk = Desk::new();
    let text = "系統名稱,帳號,使用者姓名,帳號狀態,密碼最後變更日期\n主機,a,王,啟用,10/01/05\n主機,b,李,啟用,09/02/03\n";
    let taken = take(&desk.put("a.csv", text.as_bytes())).expect("read");
    assert_eq!(taken.column("pw_changed_at"), ["?", "?"]);
    assert_eq!(taken.issues(), [(2, "pw_changed_at", "ambiguous_date")]);
    assert_eq!(taken.original(1, "pw_changed_at"), Some("09/02/03"));
}
