//! What follows the rows that regions repeat.

use super::*;
use crate::tests::book::page;

fn sheet1(filled: &Filled) -> String {
    part(&filled.bytes, "xl/worksheets/sheet1.xml")
}

/// The exam of the tests with so many findings.
fn with_findings(count: usize) -> Dossier {
    let mut dossier = dossier();
    let first = dossier.findings.first().expect("a finding").clone();
    dossier.findings = (1..)
        .take(count)
        .map(|no| {
            let mut paper = first.clone();
            paper.finding.no = no;
            paper
        })
        .collect();
    dossier
}

fn assert_all(text: &str, wanted: &[&str]) {
    for word in wanted {
        assert!(text.contains(word), "no {word} in {text}");
    }
}

#[test]
fn totals_charts_sparklines_pictures_and_names_follow() {
    let filled = filled("charts.xlsx");
    let sheet = sheet1(&filled);
    assert_eq!(dossier().tests.len(), 6);
    assert_all(
        &sheet,
        &[
            "<dimension ref=\"A1:E11\"/>",
            "<f>SUM(B5:B10)</f>",
            "<f>SUM(C5:C10)</f>",
            "<f>C11/B11</f>",
            "<f>IF(B5=0,0,C5/B5)</f>",
            "<f>IF(B10=0,0,C10/B10)</f>",
            "<xm:f>例外統計!B7:C7</xm:f><xm:sqref>E7</xm:sqref>",
            "<xm:f>例外統計!B11:C11</xm:f><xm:sqref>E11</xm:sqref>",
            "&amp;L&amp;G&amp;C臺灣證券交易所股份有限公司&amp;R115-證-0012",
        ],
    );
    assert_eq!(sheet.matches("<x14:sparkline>").count(), 7);
    assert_all(
        &part(&filled.bytes, "xl/worksheets/sheet2.xml"),
        &["<f>例外統計!C11</f>", "<f>COUNTA(例外統計!A5:A10)</f>"],
    );
    assert_all(
        &part(&filled.bytes, "xl/workbook.xml"),
        &["例外統計!$C$11<", "例外統計!$A$5:$C$10<", "fullCalcOnLoad"],
    );
    assert_all(
        &part(&filled.bytes, "xl/charts/chart1.xml"),
        &[
            "<c:f>例外統計!$A$5:$A$10</c:f>",
            "<c:f>例外統計!$C$5:$C$10</c:f>",
            "甲乙綜合證券股份有限公司 例外統計",
        ],
    );
    let drawing = part(&filled.bytes, "xl/drawings/drawing1.xml");
    let tops: Vec<&str> = drawing
        .split("<xdr:from>")
        .skip(1)
        .filter_map(|a| a.split("<xdr:row>").nth(1)?.split('<').next())
        .collect();
    assert_eq!(tops, ["0", "22", "13"], "the chart and the lower picture move by three rows");
    let book = PaperFile { name: String::new(), bytes: filled.bytes };
    let page = page(&book, "例外統計");
    let codes: Vec<String> =
        dossier().tests.iter().map(|t| format!("{} {}", t.procedure.id, t.procedure.title)).collect();
    assert_eq!((4..10).map(|row| page.at(row, 0)).collect::<Vec<_>>(), codes);
    assert_eq!(page.at(10, 0), "合計");
    assert_eq!(page.at(4, 1), "1043");
}

#[test]
fn tables_formats_and_validations_cover_every_row() {
    let book = fill_template(&template("formats.xlsx"), &with_findings(7)).expect("filled");
    let sheet = sheet1(&book);
    assert_all(
        &sheet,
        &[
            "<conditionalFormatting sqref=\"D5:D11\">",
            "<conditionalFormatting sqref=\"A5:E11\">",
            "<conditionalFormatting sqref=\"H1:H24\">",
            "<formula>$C5=\"高\"</formula>",
            "sqref=\"E5:E11\"",
            "<formula1>$H$16:$H$18</formula1>",
            "<ignoredError sqref=\"A5:E11 A13\"",
            "<xm:sqref>D5:D11</xm:sqref>",
        ],
    );
    assert_all(
        &part(&book.bytes, "xl/tables/table1.xml"),
        &["ref=\"A4:E11\"", "<autoFilter ref=\"A4:E11\"/>"],
    );
    assert_all(&part(&book.bytes, "xl/workbook.xml"), &["缺失!$A$1:$E$14<", "缺失!$4:$4<"]);
    let items = dossier().items.len();
    assert_all(
        &part(&book.bytes, "xl/worksheets/sheet2.xml"),
        &[&format!("<autoFilter ref=\"A1:C{}\"/>", items + 1)],
    );
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    assert_eq!(page(&file, "缺失").at(10, 0), "115-證-0012-F07");
    assert_eq!(page(&file, "缺失").at(10, 2), "高");
    assert_eq!(page(&file, "缺失").at(1, 0), "共 7 項缺失、0 項建議");
    assert_eq!(page(&file, "缺失").at(13, 0), "未知：。");
    assert_eq!(page(&file, "項目").last(), u32::try_from(items).expect("few"));
}

#[test]
fn a_table_without_records_keeps_one_empty_row() {
    let book = fill_template(&template("formats.xlsx"), &with_findings(0)).expect("filled");
    assert_all(&part(&book.bytes, "xl/tables/table1.xml"), &["ref=\"A4:E5\""]);
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    let page = page(&file, "缺失");
    assert_eq!((page.row(3).len(), page.row(4).len(), page.at(6, 0)), (5, 0, "覆核：".to_owned()));
    let plain = fill_template(&template("report.docx"), &with_findings(0)).expect("filled");
    assert!(!part(&plain.bytes, "word/document.xml").contains("{{"));
}

#[test]
fn a_table_names_its_columns_as_its_head_does() {
    let bytes =
        changed(&template("formats.xlsx"), "xl/sharedStrings.xml", "<t>處理</t>", "<t>{{查核案號}}處理</t>");
    let bytes = changed(&bytes, "xl/tables/table1.xml", "name=\"處理\"", "name=\"{{查核案號}}處理\"");
    let book = fill_template(&bytes, &dossier()).expect("filled");
    assert_all(&part(&book.bytes, "xl/tables/table1.xml"), &["name=\"115-證-0012處理\""]);
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    assert_eq!(page(&file, "缺失").at(3, 4), "115-證-0012處理");
}

#[test]
fn unknown_and_empty_placeholders_are_listed_with_their_places() {
    let book = filled("formats.xlsx");
    assert_eq!(unfilled(&book), ["覆核人 缺失!A9", "不存在之欄位 缺失!A10"]);
    assert_eq!(book.unfilled.iter().map(|u| u.known).collect::<Vec<_>>(), [true, false]);
    let check = check_template(&template("formats.xlsx")).expect("readable");
    assert!(check.problems.is_empty());
    assert_eq!(check.unknown().map(|f| f.name.as_str()).collect::<Vec<_>>(), ["不存在之欄位"]);
    let field = check.found.iter().find(|f| f.name == "嚴重程度").expect("met");
    assert_eq!(
        (field.region.as_deref(), field.place.to_string().as_str(), field.known),
        (Some("缺失"), "缺失!C6", true)
    );
}

#[test]
fn controls_comments_and_ranges_that_may_be_edited_follow() {
    let book = fill_template(&template("controls.xlsx"), &with_findings(5)).expect("filled");
    let sheet = sheet1(&book);
    assert_all(
        &sheet,
        &[
            "<protectedRange sqref=\"C4:C8\"",
            "<protectedRange sqref=\"B11\"",
            "linkedCell=\"$F$13\"",
            "<xdr:row>12</xdr:row>",
            "<xdr:row>13</xdr:row>",
            "<sheetProtection",
        ],
    );
    assert_eq!(sheet.matches("t=\"b\"").count(), 6, "a box in every row, and the one below");
    assert_all(&part(&book.bytes, "xl/comments1.xml"), &["ref=\"A4\"", "ref=\"A11\""]);
    assert_all(&part(&book.bytes, "xl/ctrlProps/ctrlProp1.xml"), &["fmlaLink=\"$F$13\""]);
    let vml = part(&book.bytes, "xl/drawings/vmlDrawing1.vml");
    assert_all(
        &vml,
        &[
            "<x:Row>3</x:Row>",
            "<x:Row>10</x:Row>",
            "<x:Anchor>1, 0, 12, 0, 2, 0, 13, 0</x:Anchor>",
            "<x:FmlaLink>$F$13</x:FmlaLink>",
        ],
    );
}

#[test]
fn records_of_two_rows_keep_their_merges_heights_links_and_breaks() {
    let book = filled("rich.xlsx");
    let sheet = sheet1(&book);
    assert_all(
        &sheet,
        &[
            "<mergeCells count=\"8\">",
            "<mergeCell ref=\"A1:D1\"/>",
            "<mergeCell ref=\"A3:A4\"/>",
            "<mergeCell ref=\"A7:A8\"/>",
            "<mergeCell ref=\"B7:D7\"/>",
            "<mergeCell ref=\"A10:D10\"/>",
            "<f>LEN(B8)&amp;\"/\"&amp;LEN($C8)</f>",
            "<f>COUNTA(A3:A8)</f>",
            "<rowBreaks count=\"4\" manualBreakCount=\"4\"><brk id=\"4\"",
            "<hyperlink ref=\"B3\" location=\"'發現 &amp; 規範'!A10\"",
            "<hyperlink ref=\"B7\" location=\"'發現 &amp; 規範'!A10\"",
            "<hyperlink ref=\"A11\" location=\"'發現 &amp; 規範'!A9\"",
            "<hyperlink ref=\"A12\" r:id=",
        ],
    );
    assert_eq!(sheet.matches("ht=\"80.25\"").count(), 3, "a height that somebody set stays");
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    let page = page(&file, "發現 & 規範");
    assert_eq!(
        (page.at(6, 0), page.at(6, 1)),
        ("115-證-0012-F03".to_owned(), "宜每日監控登入嘗試".to_owned())
    );
    assert!(page.at(3, 2).contains('\n') && page.at(3, 1).starts_with("查核發現：就啟用中"));
}

#[test]
fn rows_of_records_are_as_high_as_their_texts() {
    let heights = |sheet: &str| -> Vec<(u32, f64)> {
        let height = |row: &str| row.split("ht=\"").nth(1).and_then(|h| h.split('"').next()?.parse().ok());
        rows(sheet).0.iter().filter_map(|(n, row)| Some((*n, height(row)?))).collect()
    };
    let charts: Vec<u32> = heights(&sheet1(&filled("charts.xlsx"))).into_iter().map(|(row, _)| row).collect();
    assert_eq!(charts, [5, 6, 7, 8, 10], "the name in row 9 fits a line");
    assert!(!part(&template("formats.xlsx"), "xl/worksheets/sheet2.xml").contains(" ht="));
    let items = part(&filled("formats.xlsx").bytes, "xl/worksheets/sheet2.xml");
    let (found, lines) = (heights(&items), dossier().items.len());
    assert!(found.len() > lines / 2 && found.iter().all(|(_, h)| *h > 15.0 && *h <= 409.0), "{found:?}");
}

#[test]
fn shared_and_array_formulas_get_the_text_of_their_new_place() {
    let book = filled("formulas.xlsx");
    let sheet = sheet1(&book);
    assert_all(
        &sheet,
        &[
            // A group that stays is not touched.
            "<c r=\"B1\"><f t=\"shared\" ref=\"B1:B2\" si=\"0\">A1+1</f><v>2</v></c>",
            "<c r=\"B2\"><f t=\"shared\" si=\"0\"/><v>3</v></c>",
            "<c r=\"C3\"><f>B3*2</f></c><c r=\"D3\"><f>SUM($B$3:B3)</f></c>",
            "<c r=\"C5\"><f>B5*2</f></c><c r=\"D5\"><f>SUM($B$3:B5)</f></c>",
            "<c r=\"A6\"><f>SUM(B$3:B5)+A$8</f></c>",
            "<c r=\"A7\"><f>SUM(B$3:B5)+A$8</f></c>",
            "<f t=\"array\" ref=\"B6:B7\">B3:B5*2</f>",
            "<c r=\"B8\"><f t=\"shared\" ref=\"B8:C8\" si=\"2\">別頁!A1</f><v>1</v></c>",
        ],
    );
    assert_all(&part(&book.bytes, "xl/worksheets/sheet2.xml"), &["<f>帳!A8+SUM(帳!B3:B5)</f>"]);
    assert!(!packed(&book.bytes).iter().any(|p| p.name.contains("calcChain")));
    for name in ["[Content_Types].xml", "xl/_rels/workbook.xml.rels"] {
        assert!(!part(&book.bytes, name).contains("calcChain"), "{name}");
    }
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    assert_eq!(page(&file, "帳").at(3, 0), "委託紀錄_109Q4.csv");
    assert_eq!(page(&file, "帳").at(3, 1), "48210");
}
