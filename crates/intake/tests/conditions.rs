//! What firms' files are really like: one test a condition, each with the rows that it must give, by place.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, Taken, take_tables};
use fieldbook_model::Reading;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use std::io::{Cursor, Read, Write};

fn csv(text: &str) -> Taken {
    bytes("匯出.csv", text.as_bytes())
}

fn bytes(name: &str, bytes: &[u8]) -> Taken {
    let desk = Desk::new();
    let mut found = take_tables(&desk.put(name, bytes), "").expect("read");
    assert_eq!(found.len(), 1);
    found.remove(0)
}

fn workbook(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet().set_name("帳務").unwrap());
    book.save_to_buffer().unwrap()
}

fn xlsx(bytes: &[u8]) -> Taken {
    let desk = Desk::new();
    take_tables(&desk.put("匯出.xlsx", bytes), "帳務").expect("read").remove(0)
}

fn put(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column, *text).unwrap();
    }
}

/// The last log-ins of an account list of these texts.
fn logins(texts: &[&str]) -> Taken {
    let rows = texts.iter().enumerate().map(|(n, t)| format!("帳務\ta{n}\t王\t啟用\t{t}\n"));
    csv(&format!("系統名稱\t帳號\t使用者姓名\t帳號狀態\t最後登入時間\n{}", rows.collect::<String>()))
}

fn read_as(pairs: &[(&str, &str)]) {
    let taken = logins(&pairs.iter().map(|p| p.0).collect::<Vec<_>>());
    let read = taken.column("last_login");
    for (n, ((text, expected), read)) in pairs.iter().zip(&read).enumerate() {
        assert_eq!(expected, read, "{text}");
        let kept = taken.original(n, "last_login");
        let same = text.is_empty() || *text == read.replace('T', " ") || text == read;
        assert_eq!(kept, Some(*text).filter(|_| !same), "the original of {text}");
    }
}

#[test]
fn big5_of_a_taiwanese_windows() {
    let text = "系統名稱,帳號,使用者姓名,帳號狀態\r\n帳務,root,許功蓋,啟用\r\n";
    let (big5, _, _) = encoding_rs::BIG5.encode(text);
    let taken = bytes("a.csv", &big5);
    assert_eq!((taken.encoding.as_str(), taken.column("holder_name")), ("Big5", vec!["許功蓋".to_owned()]));
}

#[test]
fn utf_8_with_a_mark_and_utf_16_with_tabs() {
    let text = "\u{feff}帳號\t系統名稱\t使用者姓名\t帳號狀態\nroot\t帳務\t王小明\t啟用\n";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for taken in [csv(text), bytes("a.txt", &utf_16)] {
        assert_eq!((taken.column("account"), taken.plan.unmapped.len()), (vec!["root".to_owned()], 0));
    }
}

#[test]
fn titles_above_and_notes_below() {
    let taken = csv(
        "甲乙證券,,\n109年度帳號清冊\n製表日期,109/12/31\n系統名稱,帳號,使用者姓名,帳號狀態\n帳務,root,王,啟用\n\
        小計,1\n總計,1\n備註：含停用帳號\n製表：王小明,覆核：,主管：\n以下空白\n",
    );
    assert_eq!((taken.plan.header_row, taken.rows()), (4, vec![5]));
    assert!(taken.record.issues.iter().all(|i| i.code.as_str() == "footer" && i.row_rejected));
    assert_eq!((taken.record.rows_read, taken.record.rows_rejected), (6, 5));
}

#[test]
fn texts_quoted_as_formulas() {
    let taken = csv(
        "交易日期,委託單號,客戶帳號,接單時間,證券代號\n=\"1091230\",=\"0012\",'0098,=\"09:00\",=\"0050\"\n",
    );
    assert_eq!(taken.column("order_no"), ["0012"]);
    assert_eq!(
        (taken.column("account"), taken.column("symbol")),
        (vec!["0098".into()], vec!["0050".to_owned()])
    );
    assert_eq!(taken.column("received_at"), ["2020-12-30T09:00:00"]);
    assert_eq!(taken.original(0, "symbol"), Some("=\"0050\""));
}

#[test]
fn separators_of_thousands_full_width_digits_and_odd_blanks() {
    let taken = csv(
        "交易日期\t委託單號\t客戶帳號\t接單時間\t證券代號\t數量\n１０９／１２／３０\tＡ１\t\u{3000}9A1\u{a0}\t０９：００\t4148      \t1,135,959\n",
    );
    assert_eq!(taken.column("trade_date"), ["2020-12-30"]);
    assert_eq!(
        (taken.column("symbol"), taken.column("account")),
        (vec!["4148".into()], vec!["9A1".to_owned()])
    );
    assert_eq!(
        (taken.column("qty"), taken.original(0, "qty")),
        (vec!["1135959".to_owned()], Some("1,135,959"))
    );
    assert_eq!(taken.original(0, "trade_date"), Some("１０９／１２／３０"));
    assert_eq!(taken.column("order_no"), ["Ａ１"], "a text stays as given");
}

#[test]
fn dates_of_the_republic_in_every_dress() {
    read_as(&[
        ("民國109年12月31日", "2020-12-31T00:00:00"),
        ("109年12月31日", "2020-12-31T00:00:00"),
        ("109/12/31", "2020-12-31T00:00:00"),
        ("109.12.31", "2020-12-31T00:00:00"),
        ("109-12-31", "2020-12-31T00:00:00"),
        ("1091231", "2020-12-31T00:00:00"),
        ("0991231", "2010-12-31T00:00:00"),
        ("109/12/31 08:21:26", "2020-12-31T08:21:26"),
        ("109/12/31 下午 03:05", "2020-12-31T15:05:00"),
        ("109/12/31 上午 12:05:09", "2020-12-31T00:05:09"),
        ("109/12/31(四) 下午 03:05", "2020-12-31T15:05:00"),
        ("中華民國一○九年十二月三十一日", "2020-12-31T00:00:00"),
        ("一百零九年十月廿五日", "2020-10-25T00:00:00"),
        ("一○九年一月一日", "2020-01-01T00:00:00"),
        ("民國前1年5月6日", "1911-05-06T00:00:00"),
        ("109/12/31 24:00:00", "2021-01-01T00:00:00"),
        ("109年12月31日 9時5分7秒", "2020-12-31T09:05:07"),
    ]);
}

#[test]
fn dates_of_the_west_with_times_as_given() {
    read_as(&[
        ("2020-11-18 08:21:26", "2020-11-18T08:21:26"),
        ("2020/11/18 08:21:26.120", "2020-11-18T08:21:26.120"),
        ("2020/1/5", "2020-01-05T00:00:00"),
        ("2020-11-18T08:21:26+08:00", "2020-11-18T08:21:26"),
        ("2020-11-18 08:21:26 +0800", "2020-11-18T08:21:26"),
        ("2020-11-18T00:21:26Z", "2020-11-18T08:21:26"),
        ("2020-11-18 03:05 PM", "2020-11-18T15:05:00"),
        ("2020年11月18日", "2020-11-18T00:00:00"),
        ("西元2020年11月18日", "2020-11-18T00:00:00"),
        ("20201118", "2020-11-18T00:00:00"),
        ("20201118082126", "2020-11-18T08:21:26"),
        ("18-Nov-2020 08:21", "2020-11-18T08:21:00"),
    ]);
}

#[test]
fn a_calendar_that_nothing_decides_is_asked_not_guessed() {
    for texts in [["10/01/05", "09/02/03"], ["991231", "981231"], ["05/06/2020", "07/08/2020"]] {
        let taken = logins(&texts);
        assert_eq!(taken.column("last_login"), ["?", "?"], "{texts:?}");
        assert_eq!(taken.issues(), [(2, "last_login", "ambiguous_date")], "{texts:?}");
        assert_eq!(taken.original(0, "last_login"), Some(texts[0]));
    }
}

const HEADERS: [&str; 6] = ["系統名稱", "帳號", "使用者姓名", "帳號狀態", "密碼最後變更日", "最後登入時間"];

fn serials(sheet: &mut Worksheet) {
    put(sheet, 0, &HEADERS);
    put(sheet, 1, &["帳務", "a", "王", "啟用"]);
    put(sheet, 2, &["帳務", "b", "王", "啟用"]);
    let roc = Format::new().set_num_format("[$-404]e/mm/dd;@");
    sheet.write_number_with_format(1, 4, 44_196.0, &roc).unwrap();
    sheet.write_number(2, 4, 44_195.0).unwrap();
    sheet
        .write_number_with_format(1, 5, 44_196.5, &Format::new().set_num_format("yyyy/mm/dd hh:mm"))
        .unwrap();
    sheet.write_number_with_format(2, 5, 0.0, &roc).unwrap();
}

#[test]
fn serial_numbers_with_and_without_a_date_format() {
    let taken = xlsx(&workbook(serials));
    assert_eq!(taken.column("pw_changed_at"), ["2020-12-31", "2020-12-30"]);
    assert_eq!(taken.column("last_login"), ["2020-12-31T12:00:00", "∞"]);
    assert_eq!(taken.record.mapping[taken.slot("pw_changed_at")].reading, Reading::Serial);
    assert_eq!(
        taken.original(1, "pw_changed_at"),
        Some("44195"),
        "a number is kept beside the date that it means"
    );
}

#[test]
fn serial_numbers_since_1904() {
    let bytes = workbook(serials);
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut text).unwrap();
        if name == "xl/workbook.xml" {
            let xml = String::from_utf8(text).unwrap();
            assert!(xml.contains("<workbookPr "));
            text = xml.replace("<workbookPr ", "<workbookPr date1904=\"1\" ").into_bytes();
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&text).unwrap();
    }
    let taken = xlsx(&new.finish().unwrap().into_inner());
    assert_eq!(taken.column("pw_changed_at"), ["2025-01-01", "2024-12-31"]);
}

#[test]
fn hidden_rows_columns_and_sheets_are_read_and_marked() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("帳務").unwrap();
    put(sheet, 0, &["系統名稱", "帳號", "使用者姓名", "帳號狀態", "員工編號", "備註"]);
    for row in 1..4 {
        put(sheet, row, &["帳務", &format!("a{row}"), "王", "啟用", &format!("{row}"), "勿提供"]);
    }
    sheet.set_row_hidden(2).unwrap();
    sheet.set_column_hidden(4).unwrap();
    sheet.set_column_hidden(5).unwrap();
    sheet.set_hidden(true);
    book.add_worksheet().set_active(true);
    let taken = xlsx(&book.save_to_buffer().unwrap());
    assert_eq!(taken.rows(), [2, 3, 4]);
    assert_eq!(taken.kept.rows.iter().map(|r| r.hidden).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(taken.column("employee_id"), ["1", "2", "3"]);
    assert_eq!((taken.record.hidden_rows, taken.record.hidden_sheet), (Some(1), true));
    let hidden = ["員工編號", "備註"].map(str::to_owned).to_vec();
    assert_eq!(taken.record.hidden_columns, Some(hidden));
    let text = csv("系統名稱,帳號,使用者姓名,帳號狀態\n帳務,a,王,啟用\n");
    assert_eq!((text.record.hidden_rows, text.record.hidden_columns), (None, None));
}

#[test]
fn merged_cells_are_repeated_inside_their_range_only() {
    let taken = xlsx(&workbook(|sheet| {
        put(sheet, 0, &["系統名稱", "帳號", "使用者姓名", "帳號狀態", "所屬單位"]);
        for row in 1..5 {
            put(sheet, row, &["帳務", &format!("a{row}"), "王", "啟用"]);
        }
        sheet.merge_range(1, 4, 2, 4, "資訊部", &Format::new()).unwrap();
    }));
    assert_eq!(taken.column("unit"), ["資訊部", "資訊部", "", ""]);
    assert_eq!((taken.original(0, "unit"), taken.original(1, "unit")), (None, Some("")));
}

#[test]
fn many_values_in_one_cell_stay_one_text() {
    let taken = csv(
        "系統名稱,帳號,使用者姓名,帳號狀態\n帳務,op1,王小明、李大同,啟用\n帳務,op2,\"王小明;李大同/林\",啟用\n",
    );
    assert_eq!(taken.column("holder_name"), ["王小明、李大同", "王小明;李大同/林"]);
    let taken = csv(
        "檢測類型,掃描日,掃描範圍,掃描工具\n弱掃,109/06/30,10.1.1.1~10.1.1.20,A\n滲透測試,109/07/31,\"10.2.0.0/16, 10.3.0.5\",B\n",
    );
    assert_eq!(taken.column("targets"), ["10.1.1.1~10.1.1.20", "10.2.0.0/16, 10.3.0.5"]);
    assert_eq!(taken.column("type"), ["vuln_scan", "pentest"]);
    assert_eq!(taken.original(0, "type"), Some("弱掃"));
}

#[test]
fn a_directorys_export_with_its_never_and_its_counts() {
    let taken = csv(
        "Domain,SamAccountName,DisplayName,Enabled,PasswordNeverExpires,PasswordLastSet,LastLogonDate\n\
        corp,amy,王,TRUE,FALSE,132538500000000000,132539364001230000\ncorp,bob,李,FALSE,TRUE,0,9223372036854775807\n\
        corp,eve,林,True,False,132539364000000000,Never\ncorp,dan,陳,False,False,1601/1/1,\n",
    );
    assert_eq!(taken.column("status"), ["enabled", "disabled", "enabled", "disabled"]);
    assert_eq!(taken.column("pw_never_expires"), ["0", "1", "0", "0"]);
    assert_eq!(taken.column("pw_changed_at"), ["2020-12-31", "∞", "2021-01-01", "∞"]);
    assert_eq!(taken.column("last_login"), ["2021-01-01T09:00:00.1230000", "∞", "∞", ""]);
    assert_eq!(taken.original(1, "pw_changed_at"), Some("0"));
    assert_eq!(taken.original(0, "last_login"), Some("132539364001230000"));
    assert!(taken.record.issues.is_empty(), "{:?}", taken.issues());
}

#[test]
fn unix_last_log_ins_with_their_offset() {
    read_as(&[
        ("Thu Dec 31 09:00:00 +0800 2020", "2020-12-31T09:00:00"),
        ("Thu Dec 31 01:00:00 +0000 2020", "2020-12-31T09:00:00"),
        ("**Never logged in**", "∞"),
        ("Fri Jan  1 00:00:01 +0800 2021", "2021-01-01T00:00:01"),
    ]);
}

#[test]
fn never_and_nothing_are_two_things() {
    let never =
        ["從未登入", "永不", "Never", "0", "1601-01-01", "1900-01-00", "0001-01-01", "1601-01-01 08:00:00"];
    let nothing = ["無", "-", "N/A", "空白", "--", ""];
    let taken = logins(&never.iter().chain(&nothing).chain(&["109/12/31"]).copied().collect::<Vec<_>>());
    let read = taken.column("last_login");
    assert!(read[..never.len()].iter().all(|v| v == "∞"), "{read:?}");
    assert!(read[never.len()..never.len() + nothing.len()].iter().all(String::is_empty), "{read:?}");
    assert_eq!(taken.original(0, "last_login"), Some("從未登入"));
    assert_eq!(taken.original(never.len(), "last_login"), Some("無"));
    assert!(taken.record.issues.is_empty(), "{:?}", taken.issues());
}

#[test]
fn a_scanners_export() {
    let taken = csv(
        "Plugin ID,CVE,CVSS,Risk,Host,Protocol,Port,Name,Synopsis,Description,Solution,See Also,Plugin Output\n\
        10863,,,None,10.1.1.5,tcp,443,SSL Certificate Information,s,\"two\nlines\",n/a,,\n\
        57582,CVE-2020-1,6.4,Medium,10.1.1.5,tcp,443,SSL Self-Signed,s,d,Buy one,,\n",
    );
    assert_eq!(
        (taken.column("risk"), taken.column("vuln_id")),
        (vec!["info".into(), "medium".into()], vec!["10863".into(), "57582".to_owned()])
    );
    assert_eq!(
        (taken.column("port"), taken.column("cve")),
        (vec!["443".into(), "443".into()], vec![String::new(), "CVE-2020-1".to_owned()])
    );
    assert_eq!(taken.rows(), [2, 4]);
}

#[test]
fn risks_in_words_grades_and_scores() {
    let read = |header: &str, texts: &[&str]| {
        let rows: String = texts.iter().map(|t| format!("10.1.1.5,1,弱點甲,{t}\n")).collect();
        csv(&format!("主機IP,弱點代號,弱點名稱,{header}\n{rows}")).column("risk")
    };
    let words = ["Critical", "高", "中風險", "Low", "資訊", "4", "3", "0", "9.8", "7.0", "0.5"];
    let expected =
        ["critical", "high", "medium", "low", "info", "critical", "high", "info", "critical", "high", "low"];
    assert_eq!(read("嚴重程度", &words), expected);
    assert_eq!(read("CVSS", &["9", "7", "4", "0.1", "0"]), ["critical", "high", "medium", "low", "info"]);
}

#[test]
fn yes_and_no_in_every_dress_and_headers_of_the_opposite_meaning() {
    let answers = ["是", "Y", "V", "✓", "○", "TRUE", "1", "有", "啟用"];
    let denials = ["否", "N", "X", "╳", "FALSE", "0", "無", "停用", "no"];
    let rows: String =
        answers.iter().chain(&denials).map(|t| format!("外網,1,a,b,http,allow,{t}\n")).collect();
    let taken = csv(&format!("防火牆名稱,規則編號,來源位址,目的位址,通訊埠,動作,是否啟用\n{rows}"));
    let read = taken.column("enabled");
    assert!(read[..answers.len()].iter().all(|v| v == "1"), "{read:?}");
    assert!(read[answers.len()..].iter().all(|v| v == "0"), "{read:?}");
    let taken = csv(&format!("防火牆名稱,規則編號,來源位址,目的位址,通訊埠,動作,是否停用\n{rows}"));
    let read = taken.column("enabled");
    // The word for the state itself means what it says, whatever the header.
    let expected: Vec<&str> = (0..9)
        .map(|n| if n == 8 { "1" } else { "0" })
        .chain((0..9).map(|n| if n == 7 { "0" } else { "1" }))
        .collect();
    assert_eq!(read, expected);
}

#[test]
fn statuses_in_every_dress() {
    let texts = [
        "啟用",
        "使用中",
        "有效",
        "Active",
        "Enabled",
        "停用",
        "註銷",
        "刪除",
        "Disabled",
        "離職",
        "鎖定",
        "Locked",
        "怪",
    ];
    let rows: String = texts.iter().map(|t| format!("帳務,a,王,{t}\n")).collect();
    let taken = csv(&format!("系統名稱,帳號,使用者姓名,帳號狀態\n{rows}"));
    let read = taken.column("status");
    assert!(
        read[..5].iter().all(|s| s == "enabled") && read[5..10].iter().all(|s| s == "disabled"),
        "{read:?}"
    );
    assert_eq!(read[10..], ["locked", "locked", "?"]);
    assert_eq!(taken.issues(), [(14, "status", "bad_choice")]);
}

#[test]
fn settings_with_their_units_and_a_password_that_never_expires() {
    let taken = csv(
        "系統名稱,密碼最小長度,複雜度,最長使用期限,歷程數,失敗次數,鎖定分鐘\n帳務,8碼,英數混合,90天,3代,5次,15分鐘\nAD,0,否,永不過期,0,0,0\n",
    );
    assert_eq!(
        (taken.column("min_length"), taken.column("max_age")),
        (vec!["8".into(), "0".into()], vec!["90".into(), "∞".to_owned()])
    );
    assert_eq!(
        (taken.column("lock_minutes"), taken.original(0, "max_age")),
        (vec!["15".into(), "0".to_owned()], Some("90天"))
    );
    assert!(taken.record.issues.is_empty(), "{:?}", taken.issues());
}

#[test]
fn the_headers_of_real_account_tables() {
    let taken =
        csv("系統名稱,帳號,姓名,Email,角色,狀態,建立時間,最後登入時間,密碼最後變更時間,最後登入IP位址\n\
        帳務,a1,王,a@b,管理者,啟用,2019/01/02,2020-12-31 08:00,2020/12/01,10.1.1.1\n");
    assert_eq!(taken.plan.unmapped, ["Email", "最後登入IP位址"]);
    assert_eq!(taken.column("pw_changed_at"), ["2020-12-01"]);
    assert_eq!(taken.column("privilege"), ["管理者"]);
}
