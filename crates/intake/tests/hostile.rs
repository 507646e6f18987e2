//! Files that are broken, locked, too large or no spreadsheets at all: each is refused with the reason that the
//! examiner can act on, and none of them stops the program.
#![allow(clippy::unwrap_used)]

mod common;
#[path = "common/parts.rs"]
mod parts;

use common::{AS_OF, Desk, defs, take, take_sheet};
use fieldbook_intake::{Excess, ForcedColumn, IntakeError, Limits, Locator, PlanRequest, open, plan};
use fieldbook_model::Reading;
use parts::container;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::path::Path;

fn refused(path: &Path) -> IntakeError {
    match open(path, &Limits::default(), None) {
        Ok(_) => panic!("opened"),
        Err(error) => error,
    }
}

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    book.save_to_buffer().expect("a workbook")
}

fn account_rows(sheet: &mut rust_xlsxwriter::Worksheet) {
    for (column, header) in (0..).zip(["系統名稱", "帳號", "使用者姓名", "帳號狀態"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for row in 1..200 {
        for column in 0..4 {
            sheet.write_string(row, column, format!("值{row}-{column}")).unwrap();
        }
    }
}

const RELS: &[u8] = br#"<Relationships><Relationship Id="r" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn minimal(sheet: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let rels = format!(
        r#"<Relationships><Relationship Id="r" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let sheets = format!(
        r#"<Relationships><Relationship Id="s" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#
    );
    let book = br#"<workbook><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>"#;
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("_rels/.rels", rels.as_bytes()),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend_from_slice(more);
    container(&parts)
}

fn planned(bytes: &[u8]) -> Result<Option<String>, IntakeError> {
    let desk = Desk::new();
    let path = desk.put("x.xlsx", bytes);
    let mut source = open(&path, &Limits::default(), None)?;
    let name = source.sheets()[0].name.clone();
    let defs = defs();
    let request = PlanRequest { defs: &defs, dataset: None, as_of: AS_OF, forced: &[] };
    Ok(plan(&mut source, &name, &request)?.dataset)
}

#[test]
fn what_is_no_spreadsheet_is_named() {
    let desk = Desk::new();
    assert!(matches!(refused(&desk.put("a.csv", b"")), IntakeError::Empty));
    assert!(matches!(refused(&desk.put("a.csv", b"\r\n  \n")), IntakeError::Empty));
    assert!(matches!(refused(&desk.path("none.xlsx")), IntakeError::Io(_)));
    assert!(matches!(refused(&desk.put("a.xlsx", b"%PDF-1.7\n%\xE2\xE3")), IntakeError::NotASpreadsheet));
    let html = "<html><body><table><tr><td>帳號</td></tr></table>";
    assert!(matches!(
        refused(&desk.put("a.xls", html.as_bytes())),
        IntakeError::Unsupported { kind: "html" }
    ));
    let document = container(&[("_rels/.rels", RELS), ("word/document.xml", b"<w/>")]);
    assert!(matches!(refused(&desk.put("a.xlsx", &document)), IntakeError::NotASpreadsheet));
    let ods = container(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]);
    assert!(matches!(refused(&desk.put("a.xlsx", &ods)), IntakeError::Unsupported { kind: "ods" }));
    let xlsb = container(&[("_rels/.rels", RELS), ("xl/workbook.bin", b"x")]);
    assert!(matches!(refused(&desk.put("a.xlsx", &xlsb)), IntakeError::NotASpreadsheet));
}

#[test]
fn a_locked_workbook_is_told_from_an_old_one() {
    let desk = Desk::new();
    let compound = |name: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(2048, 0);
        bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(4096, 0);
        bytes
    };
    assert!(matches!(refused(&desk.put("a.xlsx", &compound("EncryptedPackage"))), IntakeError::Locked));
    assert!(matches!(
        refused(&desk.put("a.xls", &compound("Workbook"))),
        IntakeError::Unsupported { kind: "xls" }
    ));
    assert!(matches!(refused(&desk.put("a.doc", &compound("WordDocument"))), IntakeError::NotASpreadsheet));
}

#[test]
fn a_workbook_cut_off_or_bent_anywhere_is_damaged_and_nothing_worse() {
    let whole = workbook(account_rows);
    assert_eq!(planned(&whole).expect("whole"), Some("accounts".to_owned()));
    let desk = Desk::new();
    for cut in (0..whole.len() - 1).step_by(97).skip(1) {
        assert!(
            matches!(refused(&desk.put("a.xlsx", &whole[..cut])), IntakeError::Damaged { .. }),
            "cut at {cut}"
        );
    }
    for at in (0..whole.len()).step_by(13) {
        let mut bent = whole.clone();
        bent[at] ^= 0x5a;
        // Some bytes do not matter; none may bring the program down.
        let _ = take(&desk.put("a.xlsx", &bent));
    }
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 64 << 20];
    let bomb = minimal(&zeros, &[]);
    assert!(bomb.len() < 200_000);
    assert!(matches!(planned(&bomb), Err(IntakeError::TooLarge { what: Excess::Ratio, .. })));
    let promise = br#"<sst uniqueCount="99999999999999999999"><si><t>a</t></si></sst>"#;
    let promising = minimal(b"<worksheet><sheetData/></worksheet>", &[("xl/sharedStrings.xml", promise)]);
    assert!(matches!(planned(&promising), Err(IntakeError::TooLarge { what: Excess::SharedStrings, .. })));
    let desk = Desk::new();
    let few = Limits { max_shared_strings: 100, ..Limits::default() };
    let path = desk.put("a.xlsx", &workbook(account_rows));
    let error = open(&path, &few, None).err();
    assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::SharedStrings, limit: 100 })));
    let small = Limits { max_bytes: 100, ..Limits::default() };
    assert!(matches!(
        open(&path, &small, None).err(),
        Some(IntakeError::TooLarge { what: Excess::Bytes, .. })
    ));
    let rows = Limits { max_rows: 10, ..Limits::default() };
    let error = take_sheet(&path, None, &[], &rows).err();
    assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::Rows, limit: 10 })));
}

#[test]
fn two_cells_at_the_ends_of_a_sheet_cost_nothing() {
    let bytes = workbook(|sheet| {
        sheet.write_string(0, 0, "帳號").unwrap();
        sheet.write_string(1_048_575, 16_383, "root").unwrap();
    });
    assert_eq!(planned(&bytes).expect("read"), None);
}

#[test]
fn places_outside_any_sheet_are_damage() {
    for place in ["AAAAAAAAAAAAAAA1", "A99999999999999999999", "ZZZZZZZ1", "1", "", "é"] {
        let xml = format!(
            r#"<worksheet><dimension ref="{place}:A1"/><sheetData><row r="{place}"><c r="{place}"><v>1</v></c></row></sheetData></worksheet>"#
        );
        let _ = planned(&minimal(xml.as_bytes(), &[]));
    }
    let xml =
        br#"<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>9</v></c></row></sheetData></worksheet>"#;
    assert!(matches!(planned(&minimal(xml, &[])), Err(IntakeError::Damaged { .. })));
    assert!(matches!(planned(&minimal(b"<worksheet>", &[])), Err(IntakeError::Damaged { .. })));
}

#[test]
fn wide_rows_and_long_cells_are_read() {
    let desk = Desk::new();
    let headers: Vec<String> = (0..296).map(|n| format!("欄{n}")).collect();
    let long = "長".repeat(40_000);
    let text = format!(
        "系統名稱,帳號,使用者姓名,帳號狀態,{}\n主機,root,{long},啟用{}\n",
        headers.join(","),
        ",x".repeat(296)
    );
    let taken = take(&desk.put("a.csv", text.as_bytes())).expect("read");
    assert_eq!(taken.plan.unmapped.len(), 296);
    assert_eq!(taken.column("holder_name")[0].chars().count(), 32_767);
    assert_eq!(taken.issues(), [(2, "holder_name", "too_long")]);
    let narrow = Limits { max_columns: 100, ..Limits::default() };
    let error = take_sheet(&desk.path("a.csv"), None, &[], &narrow).err();
    assert!(matches!(error, Some(IntakeError::TooLarge { what: Excess::Columns, limit: 100 })));
}

#[test]
fn other_encodings_and_broken_bytes_are_data() {
    let desk = Desk::new();
    let text = "\u{feff}系統名稱\t帳號\t使用者姓名\t帳號狀態\n主機\troot\t王小明\t啟用\n";
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let taken = take(&desk.put("a.txt", &wide)).expect("read");
    assert_eq!((taken.encoding.as_str(), taken.column("holder_name")[0].as_str()), ("UTF-16LE", "王小明"));
    let mut mixed = "系統名稱,帳號,使用者姓名,帳號狀態\n".as_bytes().to_vec();
    for n in 0..50 {
        mixed.extend_from_slice(format!("交易主機,a{n},王小明,啟用\n").as_bytes());
    }
    mixed.extend_from_slice(b"h,b,\xA4\xFD\xA4p,\xB1\xD2\xA5\xCE\n");
    let taken = take(&desk.put("mixed.csv", &mixed)).expect("read");
    assert_eq!((taken.encoding.as_str(), taken.kept.rows.len()), ("UTF-8", 51));
    assert_eq!(taken.issues(), [(52, "holder_name", "bad_encoding"), (52, "status", "bad_encoding")]);
    let (big5, _, _) = encoding_rs::BIG5.encode("系統名稱,帳號,使用者姓名,帳號狀態\n主機,root,王,啟用\n");
    let mut big5 = big5.into_owned();
    big5.extend_from_slice(b"\xA5D\xBE\xF7,eudc,\xFA\x40\xA9\xFA,\xB1\xD2\xA5\xCE\n");
    let taken = take(&desk.put("eudc.csv", &big5)).expect("read");
    assert_eq!((taken.encoding.as_str(), taken.issues()), ("Big5", Vec::new()));
}

#[test]
fn a_missing_required_column_stops_the_reading_until_the_examiner_maps_it() {
    let desk = Desk::new();
    let text = "系統名稱,帳號,啥,帳號狀態,密碼最後變更日期\n主機,root,王小明,啟用,10/01/05\n";
    let path = desk.put("a.csv", text.as_bytes());
    match take(&path) {
        Err(IntakeError::MissingRequired { columns }) => assert_eq!(columns, ["holder_name"]),
        other => panic!("{:?}", other.err()),
    }
    let forced = [
        ForcedColumn { at: Locator::Header("啥".into()), column: Some("holder_name".into()), reading: None },
        ForcedColumn {
            at: Locator::Index(4),
            column: Some("pw_changed_at".into()),
            reading: Some(Reading::Dmy),
        },
    ];
    let taken = take_sheet(&path, None, &forced, &Limits::default()).expect("read");
    assert_eq!(taken.column("holder_name"), ["王小明"]);
    assert_eq!(taken.column("pw_changed_at"), ["2005-01-10"]);
    assert_eq!(taken.record.mapping[taken.slot("holder_name")].confidence, 100);
}

#[test]
fn issues_beyond_the_limit_are_counted() {
    let desk = Desk::new();
    let mut text = "系統名稱,帳號,使用者姓名,帳號狀態\n".to_owned();
    for n in 0..50 {
        text.push_str(&format!("主機,a{n},王,怪\n"));
    }
    let limits = Limits { max_issues: 10, ..Limits::default() };
    let taken = take_sheet(&desk.put("a.csv", text.as_bytes()), None, &[], &limits).expect("read");
    assert_eq!(taken.record.issues.len(), 11);
    assert_eq!(taken.record.issues[10].text, "+40");
    assert_eq!(taken.kept.rows.len(), 50);
}

#[test]
fn a_row_that_names_nobody_is_rejected_and_listed() {
    let desk = Desk::new();
    let text = "系統名稱,帳號,使用者姓名,帳號狀態,員編\n主機,root,王,啟用,1\n,,,停用,2\n主機,,,,3\n";
    let taken = take(&desk.put("a.csv", text.as_bytes())).expect("read");
    assert_eq!(taken.rows(), [2, 4]);
    let rejected: Vec<(u32, &str)> =
        taken.record.issues.iter().filter(|i| i.row_rejected).map(|i| (i.row, i.text.as_str())).collect();
    assert_eq!(rejected, [(3, "停用 2")]);
    assert_eq!((taken.record.rows_read, taken.record.rows_rejected), (3, 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_bring_the_reader_down(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let desk = Desk::new();
        let _ = take(&desk.put("x.csv", &bytes));
    }

    #[test]
    fn no_texts_bring_the_reader_down(cells in proptest::collection::vec("\\PC{0,12}|[\",;\t\r\n=']{0,6}|[0-9/.:-]{0,12}", 24)) {
        let desk = Desk::new();
        let mut text = "交易日期,委託單號,投資人帳號,接單時間,送單時間,股數\n".to_owned();
        for row in cells.chunks(6) {
            text.push_str(&row.join(","));
            text.push('\n');
        }
        let taken = take(&desk.put("x.csv", text.as_bytes()));
        // Enough stray semicolons make another separator likelier, and then nothing fits.
        prop_assert!(matches!(taken, Ok(_) | Err(IntakeError::NoDataset)), "{:?}", taken.err());
    }

    #[test]
    fn no_sheet_part_brings_the_reader_down(body in "(<(row|c|v|is|t|f|mergeCell|/row|/c|/v)( (r|t|s|ref|hidden)=\"[A-Z0-9:]{0,6}\")?/?>|[0-9A-Z]{0,4}){0,30}") {
        let xml = format!("<worksheet><sheetData>{body}</sheetData></worksheet>");
        let _ = planned(&minimal(xml.as_bytes(), &[]));
    }
}
