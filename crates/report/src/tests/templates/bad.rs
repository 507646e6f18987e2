//! Templates that cannot be filled, and say so.

use super::*;
use TemplateError as E;
use proptest::prelude::*;

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn refused(bytes: &[u8]) -> TemplateError {
    fill_template(bytes, &dossier()).expect_err("refused")
}

/// The workbook whose cells are written in its sheet, with one text changed.
fn formulas(from: &str, to: &str) -> Vec<u8> {
    changed(&template("formulas.xlsx"), SHEET, from, to)
}

fn at(cell: &str) -> Place {
    Place { part: "帳".to_owned(), at: cell.to_owned() }
}

#[test]
fn faults_of_placeholders_name_sheet_and_cell() {
    let name = || "收受檔案".to_owned();
    for (from, to, error) in [
        ("{{受查單位}}", "{{受查單位", E::UnclosedPlaceholder { place: at("A1") }),
        ("{{受查單位}}", "{{受查{{單位}}}}", E::NestedPlaceholder { place: at("A1") }),
        ("{{/收受檔案}}", "x", E::UnclosedRegion { name: name(), place: at("A3") }),
        ("{{#收受檔案}}", "x", E::UnopenedRegion { name: name(), place: at("A5") }),
        ("{{檔名}}", "{{#缺失}}", E::NestedRegion { name: "缺失".to_owned(), place: at("A4") }),
        ("{{/收受檔案}}", "{{/缺失}}", E::UnopenedRegion { name: "缺失".to_owned(), place: at("A5") }),
        ("{{#收受檔案}}", "{{#收受檔案}}{{檔名}}", E::MisplacedMarker { name: name(), place: at("A3") }),
        ("{{檔名}}", "{{/收受檔案}}", E::EmptyRegion { name: name(), place: at("A3") }),
    ] {
        let bytes = formulas(from, to);
        assert_eq!(refused(&bytes), error, "{to}");
        assert_eq!(check_template(&bytes).expect("readable").problems.first(), Some(&error), "{to}");
    }
}

#[test]
fn a_region_that_nobody_knows_goes_and_is_listed() {
    let bytes = formulas("收受檔案", "不明");
    let filled = fill_template(&bytes, &dossier()).expect("filled");
    assert!(unfilled(&filled).contains(&"#不明 帳!A3".to_owned()), "{:?}", filled.unfilled);
}

#[test]
fn a_field_of_another_region_is_unknown() {
    let bytes = formulas("{{檔名}}", "{{缺失.標題}}{{收受檔案.檔名}}");
    let filled = fill_template(&bytes, &dossier()).expect("filled");
    assert_eq!(unfilled(&filled), ["缺失.標題 帳!A4"]);
    assert!(part(&filled.bytes, SHEET).contains("委託紀錄_109Q4.csv"));
}

#[test]
fn markers_where_nothing_can_repeat_are_refused() {
    let drawing = changed(&template("letter.xlsx"), "xl/drawings/drawing1.xml", "{{受查單位}}", "{{#缺失}}");
    assert!(matches!(refused(&drawing), E::MisplacedMarker { .. }));
    let document = changed(&template("report.docx"), "word/document.xml", "{{查核發現}}", "{{#證據}}");
    assert!(matches!(refused(&document), E::NestedRegion { .. }));
    let crossing = changed(&template("report.docx"), "word/document.xml", "{{現行規範}}", "{{/缺失}}");
    assert!(matches!(refused(&crossing), E::UnopenedRegion { .. }));
    let inner = "{{#證據}}</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>{{/證據}}";
    let nested = changed(&template("report.docx"), "word/document.xml", "{{現行規範}}", inner);
    assert!(matches!(refused(&nested), E::NestedRegion { name, .. } if name == "證據"));
}

#[test]
fn macros_are_refused_whatever_the_file_calls_itself() {
    let with_macro = with_part(&template("letter.xlsx"), "xl/vbaProject.bin", b"x");
    assert_eq!(refused(&with_macro), E::Macros);
    assert_eq!(refused(&with_part(&template("report.docx"), "word/vbaProject.bin", b"x")), E::Macros);
    assert_eq!(refused(&with_part(&template("files.ods"), "Basic/Standard/script-lb.xml", b"x")), E::Macros);
    let types = "[Content_Types].xml";
    let called = changed(
        &template("letter.xlsx"),
        types,
        "openxmlformats-officedocument.spreadsheetml.sheet.main",
        "ms-excel.sheet.macroEnabled.main",
    );
    assert_eq!(refused(&called), E::Macros);
}

#[test]
fn passwords_and_other_formats_are_refused() {
    assert_eq!(refused(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0]), E::Locked);
    let manifest = br#"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"#;
    assert_eq!(refused(&with_part(&template("files.ods"), "META-INF/manifest.xml", manifest)), E::Locked);
    for bytes in [&b""[..], b"%PDF-1.7", b"<html>", b"PK\x03\x04"] {
        assert!(matches!(refused(bytes), E::Unsupported | E::Damaged { .. }));
    }
    let text = with_part(&template("files.ods"), "mimetype", b"application/vnd.oasis.opendocument.text");
    assert_eq!(refused(&text), E::Unsupported);
    let binary =
        changed(&template("letter.xlsx"), "[Content_Types].xml", "spreadsheetml.sheet.main+xml", "x");
    assert_eq!(refused(&binary), E::Unsupported);
}

#[test]
fn what_is_missing_or_damaged_is_named() {
    assert_eq!(
        refused(&with_part(&template("letter.xlsx"), SHEET, b"<worksheet>")),
        E::Damaged { what: SHEET.to_owned() }
    );
    let entity = b"<!DOCTYPE x [<!ENTITY y \"z\">]><worksheet/>";
    assert_eq!(
        refused(&with_part(&template("letter.xlsx"), SHEET, entity)),
        E::Damaged { what: SHEET.to_owned() }
    );
    let gone = changed(&template("letter.xlsx"), "xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet9.xml");
    assert_eq!(refused(&gone), E::Damaged { what: "xl/worksheets/sheet9.xml".to_owned() });
    let rows = formulas("<row r=\"4\"", "<row r=\"2\"");
    assert_eq!(refused(&rows), E::Damaged { what: SHEET.to_owned() });
}

#[test]
fn what_would_unpack_without_end_is_refused() {
    let bomb = with_part(&template("letter.xlsx"), "xl/media/bomb.bin", &vec![0; 16 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(refused(&bomb), E::TooLarge);
}

#[test]
fn more_rows_than_a_sheet_has_are_refused() {
    let far = formulas("<row r=\"8\"><c r=\"A8\">", "<row r=\"1048576\"><c r=\"A1048576\">");
    let far = changed(&far, SHEET, "r=\"B8\"", "r=\"B1048576\"");
    let far = changed(&far, SHEET, "r=\"C8\"", "r=\"C1048576\"");
    let mut dossier = dossier();
    dossier.files.extend(dossier.files.clone());
    assert_eq!(
        fill_template(&far, &dossier).expect_err("refused"),
        E::TooManyRows { sheet: "帳".to_owned() }
    );
}

#[test]
fn no_error_holds_what_the_exam_says() {
    let dossier = dossier();
    for (from, to) in [("{{受查單位}}", "{{受查單位"), ("{{/收受檔案}}", "x"), ("{{檔名}}", "{{#缺失}}")]
    {
        let text = fill_template(&formulas(from, to), &dossier).expect_err("refused").to_string();
        assert!(!text.contains(&dossier.exam.firm) && !text.contains("1091231"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn damaged_files_never_stop_the_program(
        which in 0_usize..8, at in any::<prop::sample::Index>(), bytes in prop::collection::vec(any::<u8>(), 1..24),
    ) {
        let names = ["charts.xlsx", "formats.xlsx", "controls.xlsx", "rich.xlsx", "formulas.xlsx", "letter.xlsx", "report.docx", "files.ods"];
        let mut file = template(names[which]);
        let start = at.index(file.len());
        for (place, byte) in file[start..].iter_mut().zip(&bytes) {
            *place = *byte;
        }
        let _ = fill_template(&file, &dossier());
        let _ = check_template(&file);
    }

    #[test]
    fn parts_of_nonsense_never_stop_the_program(
        which in 0_usize..4, at in any::<prop::sample::Index>(), cut in 0_usize..40, word in "[<>/a-z{}\"'=$&#;:A-Z0-9 !]{0,16}",
    ) {
        let (name, part_name) = [
            ("formulas.xlsx", SHEET),
            ("rich.xlsx", "xl/sharedStrings.xml"),
            ("report.docx", "word/document.xml"),
            ("files.ods", "content.xml"),
        ][which];
        let bytes = template(name);
        let chars: Vec<char> = part(&bytes, part_name).chars().collect();
        let start = at.index(chars.len());
        let rest = chars.iter().skip(start + cut);
        let text: String = chars.iter().take(start).copied().chain(word.chars()).chain(rest.copied()).collect();
        let bytes = with_part(&bytes, part_name, text.as_bytes());
        let _ = fill_template(&bytes, &dossier());
        let _ = check_template(&bytes);
    }
}
