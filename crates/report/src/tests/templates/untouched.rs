//! What no placeholder touches.

use super::*;
use crate::tests::book::page;
use crate::tests::fixture::{CASE, FIRM};

/// Of each template the parts that are written anew; every other part is packed as it was.
const TOUCHED: [(&str, &[&str]); 8] = [
    (
        "charts.xlsx",
        &[
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
            "xl/charts/chart1.xml",
            "xl/drawings/drawing1.xml",
        ],
    ),
    ("formats.xlsx", &["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"]),
    ("controls.xlsx", &["xl/worksheets/sheet1.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"]),
    ("rich.xlsx", &["xl/worksheets/sheet1.xml"]),
    (
        "formulas.xlsx",
        &[
            "[Content_Types].xml",
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/worksheets/sheet1.xml",
            "xl/worksheets/sheet2.xml",
        ],
    ),
    ("letter.xlsx", &["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/drawings/drawing1.xml"]),
    ("report.docx", &["word/document.xml", "word/header1.xml", "word/footer1.xml"]),
    ("files.ods", &["content.xml", "styles.xml"]),
];

#[test]
fn parts_that_nothing_touches_are_packed_as_they_were() {
    for (name, touched) in TOUCHED {
        let (before, after) = (packed(&template(name)), packed(&filled(name).bytes));
        let kept: Vec<&Packed> = before.iter().filter(|p| p.name != "xl/calcChain.xml").collect();
        let names = |parts: &[&Packed]| parts.iter().map(|p| p.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&kept), names(&after.iter().collect::<Vec<_>>()), "{name}");
        for (old, new) in kept.into_iter().zip(&after) {
            assert_eq!((&old.method, &old.time, old.attributes), (&new.method, &new.time, new.attributes));
            let same = old.bytes == new.bytes;
            assert_eq!(!same, touched.contains(&old.name.as_str()), "{name}: {}", old.name);
        }
    }
}

#[test]
fn in_a_form_only_the_cells_change_that_hold_placeholders() {
    let (before, after) = (template("letter.xlsx"), filled("letter.xlsx").bytes);
    let sheet = "xl/worksheets/sheet1.xml";
    let (mut old, mut new) = (part(&before, sheet), part(&after, sheet));
    for place in ["B1", "B2", "B3", "B4", "B5"] {
        let (a, b) = (cell(&old, place), cell(&new, place));
        assert_ne!(a, b, "{place}");
        let style = |c: &str| c.split("s=\"").nth(1).and_then(|s| s.split('"').next()).map(str::to_owned);
        assert!(style(&a).is_some() && style(&a) == style(&b), "{a} {b}");
        old = old.replace(&a, "");
        new = new.replace(&b, "");
    }
    assert_eq!(old, new);
}

#[test]
fn rows_that_only_move_say_the_same() {
    for (name, sheet, around) in
        [("charts.xlsx", "xl/worksheets/sheet1.xml", 4), ("rich.xlsx", "xl/worksheets/sheet1.xml", 2)]
    {
        let (old, _) = rows(&part(&template(name), sheet));
        let (new, _) = rows(&part(&filled(name).bytes, sheet));
        let same = |row: &(u32, String)| !row.1.contains("{{") && !row.1.contains("<f>");
        let shift = new.last().expect("rows").0 - old.last().expect("rows").0;
        let (mut above, mut below) = (0, 0);
        for row in old.iter().filter(|r| !r.1.contains("t=\"s\"") && same(r)) {
            let by = if row.0 > around { shift } else { 0 };
            let moved = new.iter().find(|n| n.0 == row.0 + by).expect("the row");
            let number = |r: &(u32, String)| r.1.replace(&format!("{}\"", r.0), "#\"");
            assert_eq!(number(row), number(moved), "{name}");
            *(if by == 0 { &mut above } else { &mut below }) += 1;
        }
        let text_rows = old.iter().filter(|r| r.0 <= around).count();
        assert!(text_rows > 0 && above + below < old.len(), "{name}");
    }
}

#[test]
fn values_stand_at_their_places() {
    let book = PaperFile { name: String::new(), bytes: filled("letter.xlsx").bytes };
    let sheet = page(&book, "函");
    assert_eq!(sheet.at(0, 1), FIRM);
    assert_eq!(sheet.at(1, 1), CASE);
    assert_eq!(sheet.at(2, 1), "自 民國109年1月1日至民國109年12月31日 止");
    assert_eq!(sheet.at(3, 1), "", "nobody has reviewed it");
    assert_eq!(unfilled(&filled("letter.xlsx")), ["覆核人 函!B4"]);
    let number = part(&book.bytes, "xl/worksheets/sheet1.xml");
    let cell = cell(&number, "B5");
    assert!(cell.contains(&format!("<v>{}</v>", dossier().items.len())) && !cell.contains("t="), "{cell}");
    assert!(part(&book.bytes, "xl/drawings/drawing1.xml").contains(&format!("受文者：{FIRM}")));
    assert!(part(&book.bytes, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn a_placeholder_across_runs_keeps_the_format_of_its_first() {
    let sheet = part(&filled("rich.xlsx").bytes, "xl/worksheets/sheet1.xml");
    let cell = cell(&sheet, "A1");
    let runs: Vec<&str> = cell.split("<r>").collect();
    assert!(cell.contains("t=\"inlineStr\""), "{cell}");
    let bold = runs.iter().find(|r| r.contains(FIRM)).expect("a run with the firm");
    assert!(bold.contains("<b/>") && !bold.contains("FFFF0000"), "{bold}");
    assert!(!cell.contains("<t></t>") && !cell.contains("{{") && !cell.contains("單位}}"), "{cell}");
    let book = PaperFile { name: String::new(), bytes: filled("rich.xlsx").bytes };
    assert_eq!(page(&book, "發現 & 規範").at(0, 0), format!("受查單位：{FIRM}（{CASE}）"));
}

#[test]
fn nothing_that_is_filled_in_becomes_a_formula() {
    let mut dossier = dossier();
    dossier.exam.firm = "=HYPERLINK(\"x\")&\u{0}_x0041_\u{FFFE}<b>".to_owned();
    dossier.exam.case_no = "+1\r\n-2".to_owned();
    let book = fill_template(&template("letter.xlsx"), &dossier).expect("filled");
    let sheet = part(&book.bytes, "xl/worksheets/sheet1.xml");
    let cell = cell(&sheet, "B1");
    assert!(cell.contains("t=\"inlineStr\"") && !cell.contains("<f"), "{cell}");
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    assert_eq!(page(&file, "函").at(0, 1), "=HYPERLINK(\"x\")&_x0041_<b>");
    assert_eq!(page(&file, "函").at(1, 1), "+1\n-2");
}

#[test]
fn a_text_that_no_cell_can_hold_is_cut_and_told() {
    let mut dossier = dossier();
    dossier.exam.firm = "𡍼".repeat(20_000);
    let book = fill_template(&template("letter.xlsx"), &dossier).expect("filled");
    let places: Vec<String> = book.cut.iter().map(ToString::to_string).collect();
    assert_eq!(places, ["函!B1"]);
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    let text = page(&file, "函").at(0, 1);
    assert!(text.encode_utf16().count() <= 32_767 && text.ends_with("以下從略〕"));
}

#[test]
fn the_same_exam_gives_the_same_bytes() {
    for (name, _) in TOUCHED {
        assert_eq!(filled(name).bytes, filled(name).bytes, "{name}");
    }
}

#[test]
fn what_the_application_adds_is_filled_in_too() {
    let mut values = Values::of(&dossier());
    values.set("覆核人", "王組長");
    values.set("底稿編號", "F-02");
    values.set("機關代碼", "TWSE");
    let book = fill_template_with(&template("letter.xlsx"), &values).expect("filled");
    assert!(book.unfilled.is_empty());
    let file = PaperFile { name: String::new(), bytes: book.bytes };
    assert_eq!(page(&file, "函").at(3, 1), "王組長");
    let report = fill_template_with(&template("report.docx"), &values).expect("filled");
    assert!(part(&report.bytes, "word/footer1.xml").contains("底稿編號 F-02"));
}
