//! Documents of text, and workbooks of OpenDocument.

use super::*;
use crate::tests::fixture::{CASE, FIRM};
use calamine::{Data, Ods, Reader};

/// The text of a document's paragraphs, one a line.
fn lines(xml: &str) -> Vec<String> {
    let text = |p: &str| {
        let runs = p.replace("<w:br/>", "<w:t>\n</w:t>").replace("<w:t xml:space=\"preserve\">", "<w:t>");
        let texts = runs.split("<w:t>").skip(1).filter_map(|t| t.split("</w:t>").next());
        texts.map(str::to_owned).collect::<String>()
    };
    xml.split("<w:p>").skip(1).map(text).collect()
}

#[test]
fn a_document_is_filled_in_text_tables_heads_and_boxes() {
    let filled = filled("report.docx");
    let xml = part(&filled.bytes, "word/document.xml");
    let lines = lines(&xml);
    assert!(lines.contains(&format!("受查單位：{FIRM}，完。")), "{lines:?}");
    assert!(lines.iter().any(|l| l.starts_with(&format!("{FIRM}印"))), "a text box");
    assert!(xml.contains("（民國115年11月21日）"));
    assert!(
        lines.iter().any(|l| l.starts_with("依據：中華民國證券商") && l.contains('\n')),
        "each edition on its line"
    );
    assert!(!xml.contains("{{") && !xml.contains("}}"));
    let first = xml.split("<w:r>").find(|r| r.contains(FIRM)).expect("the run");
    assert!(first.contains("<w:b/>"), "the format of the run that it begins in: {first}");
    assert!(part(&filled.bytes, "word/header1.xml").contains(CASE));
}

#[test]
fn rows_and_paragraphs_repeat() {
    let filled = filled("report.docx");
    let xml = part(&filled.bytes, "word/document.xml");
    let table = xml.split("<w:tbl>").nth(1).and_then(|t| t.split("</w:tbl>").next()).expect("a table");
    assert_eq!(table.matches("<w:tr>").count(), 4, "a head and three findings");
    let rows: Vec<String> = table.split("<w:tr>").skip(1).map(|r| lines(r).join("|")).collect();
    assert_eq!(rows[1], format!("{CASE}-F01|最高權限帳號提供廠商使用|高"));
    assert_eq!(rows[3], format!("{CASE}-F03|宜每日監控登入嘗試|低"));
    assert_eq!(xml.matches("<w:tbl>").count(), 4, "the quotation's table comes with each finding");
    assert_eq!(lines(&xml).iter().filter(|l| l.starts_with("就啟用中之非客戶帳號")).count(), 3);
    assert!(!xml.contains("設備："), "nothing was counted");
    assert_eq!(unfilled(&filled), ["底稿編號 頁尾1!第 1 段"]);
}

#[test]
fn an_open_document_is_filled_and_its_addresses_follow() {
    let filled = filled("files.ods");
    let xml = part(&filled.bytes, "content.xml");
    for wanted in [
        "table:print-ranges=\"'設備 表'.A1:'設備 表'.C8\"",
        "table:formula=\"of:=LEN([.A4])\"",
        "table:formula=\"of:=LEN([.A6])\"",
        "table:formula=\"of:=COUNTA([.A4:.A6])\"",
        "table:cell-range-address=\"$'設備 表'.$A$4:.$C$6\"",
    ] {
        assert!(xml.contains(wanted), "no {wanted} in {xml}");
    }
    assert!(part(&filled.bytes, "styles.xml").contains(&format!("{FIRM} {CASE}")));
    let mut book: Ods<_> = Ods::new(Cursor::new(filled.bytes)).expect("a workbook");
    let sheet = book.worksheet_range("設備 表").expect("the sheet");
    let at =
        |row: u32, column: u32| sheet.get_value((row, column)).map(ToString::to_string).unwrap_or_default();
    assert_eq!(at(0, 0), format!("受查：{FIRM}。"));
    assert_eq!(at(3, 0), "1091231帳號清冊_資訊處提供.xlsx");
    assert!(at(5, 1).starts_with("匯入已復原　"));
    assert_eq!(sheet.get_value((7, 0)), Some(&Data::String("=1+1 6".to_owned())));
    assert!(at(6, 2).contains('\n'));
    assert_eq!((at(3, 2), sheet.get_value((5, 2))), ("1043".to_owned(), Some(&Data::Float(312.0))));
}
