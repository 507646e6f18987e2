//! The XML of sheets and of what belongs to them.

use super::xlsx::{accounts, book, cell, dated, header, list, records, root, row, sheet, sheet_part, styles};
use super::zip::{Part, zip};
use super::{Case, case};

const TWO: &str = "stored 2, rejected 0";
const LAUGHS: &str = r#"<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;"><!ENTITY g "&f;&f;&f;&f;&f;&f;&f;&f;&f;&f;">]>"#;
const OUTSIDE: &str =
    r#"<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY f SYSTEM "http://203.0.113.1/x">]>"#;

pub(super) fn cases() -> Vec<Case> {
    let mut all = xml();
    all.extend(places());
    all.extend(values());
    all
}

fn xml() -> Vec<Case> {
    vec![
        case("billion-laughs-in-a-cell.error-damaged.xlsx", "Damaged", || {
            let rows = header() + &row(2, &["主機", "root", "&g;", "啟用"]);
            book(&format!("{LAUGHS}{}", sheet(&rows, "")), &[])
        }),
        case("billion-laughs-in-the-shared-texts.error-damaged.xlsx", "Damaged", || {
            let shared = format!("{LAUGHS}<sst><si><t>&g;</t></si></sst>");
            let row = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>0</v></c></row>"#;
            book(&sheet(&(header() + row), ""), &[Part::stored("xl/sharedStrings.xml", shared.as_bytes())])
        }),
        case("billion-laughs-in-the-list-of-sheets.error-damaged.xlsx", "Damaged", || {
            let [book, relations] = list(&["&g;"]);
            let xml = [LAUGHS.as_bytes(), &book.packed].concat();
            let book = Part::stored("xl/workbook.xml", &xml);
            zip(&[root(), book, relations, sheet_part(&sheet(&(header() + &records(2)), ""))])
        }),
        case("entity-from-a-file.error-damaged.xlsx", "Damaged", || {
            let rows = header() + &row(2, &["主機", "root", "&e;", "啟用"]);
            book(&format!("{OUTSIDE}{}", sheet(&rows, "")), &[])
        }),
        case("entity-from-another-machine.error-damaged.xlsx", "Damaged", || {
            let rows = header() + &row(2, &["主機", "root", "&f;", "啟用"]);
            book(&format!("{OUTSIDE}{}", sheet(&rows, "")), &[])
        }),
        case("elements-half-a-million-deep.fine.xlsx", TWO, || {
            let after = "<a>".repeat(500_000) + &"</a>".repeat(500_000);
            book(&sheet(&(header() + &records(2)), &after), &[])
        }),
        case("elements-half-a-million-deep-in-a-cell.error-damaged.xlsx", "Damaged", || {
            let deep = "<a>".repeat(500_000) + &"</a>".repeat(500_000);
            accounts(&(records(2) + &format!("<row r=\"4\"><c r=\"A4\">{deep}</c></row>")))
        }),
        case("elements-that-close-wrongly.error-damaged.xlsx", "Damaged", || {
            book(
                &format!("<worksheet><sheetData>{}<row r=\"2\"><c></row></sheetData></worksheet>", header()),
                &[],
            )
        }),
        case("sheet-that-does-not-end.error-damaged.xlsx", "Damaged", || {
            book(&format!("<worksheet><sheetData>{}{}", header(), records(2)), &[])
        }),
        case("sheet-of-zero-bytes.error-damaged.xlsx", "Damaged", || book("", &[])),
        case("sheet-that-is-no-xml.error-damaged.xlsx", "Damaged", || book("\0\u{1}\u{2}帳號", &[])),
        case("sheet-without-rows.error-empty.xlsx", "Empty", || book(&sheet("", ""), &[])),
        case("sheet-with-a-mark-before-it.fine.xlsx", TWO, || {
            book(&format!("\u{feff}{}", sheet(&(header() + &records(2)), "")), &[])
        }),
        case("sheet-with-garbage-after-it.fine.xlsx", TWO, || {
            book(&format!("{}garbage<<<>>>", sheet(&(header() + &records(2)), "")), &[])
        }),
        case("comment-full-of-tags.fine.xlsx", TWO, || {
            let comment = format!("<!-- {} -->", "<row r=\"9\" hidden=\"1\"><c>".repeat(10_000));
            accounts(&(comment + &records(2)))
        }),
        case("nul-in-a-cell.fine.xlsx", "stored 1, rejected 0", || {
            accounts(&row(2, &["主機", "ro\0ot", "王", "啟用"]))
        }),
    ]
}

fn places() -> Vec<Case> {
    let at = |places: [&'static str; 4], number: &'static str| {
        move || {
            let cells: String = places
                .iter()
                .zip(["主機", "root", "王小明", "啟用"])
                .map(|(p, text)| cell(p, text))
                .collect();
            accounts(&format!("{}<row r=\"{number}\">{cells}</row>", records(1)))
        }
    };
    vec![
        case("row-0.error-damaged.xlsx", "Damaged", at(["A0", "B0", "C0", "D0"], "0")),
        case(
            "row-over-the-limit.fine.xlsx",
            "stored 2, rejected 0",
            at(["A1048577", "B1048577", "C1048577", "D1048577"], "1048577"),
        ),
        case(
            "row-beyond-counting.error-damaged.xlsx",
            "Damaged",
            at(["A99999999999", "B99999999999", "C99999999999", "D99999999999"], "99999999999"),
        ),
        case(
            "column-over-the-limit.partial.xlsx",
            "stored 2, rejected 0, required_empty 1",
            at(["A3", "B3", "C3", "XFE3"], "3"),
        ),
        case(
            "column-beyond-counting.error-damaged.xlsx",
            "Damaged",
            at(["A3", "B3", "C3", "AAAAAAAAAAAAAAA3"], "3"),
        ),
        case("places-in-small-letters.fine.xlsx", TWO, at(["a3", "b3", "c3", "d3"], "3")),
        case("places-that-are-words.error-damaged.xlsx", "Damaged", at(["甲", "乙", "丙", "丁"], "3")),
        case("places-of-another-row.fine.xlsx", "stored 2, rejected 0", at(["A9", "B9", "C9", "D9"], "3")),
        case("cells-of-a-row-in-disorder.fine.xlsx", TWO, || {
            let cells =
                [cell("D3", "啟用"), cell("B3", "root"), cell("C3", "王小明"), cell("A3", "主機")].concat();
            accounts(&format!("{}<row r=\"3\">{cells}</row>", records(1)))
        }),
        case("cell-given-twice.error-damaged.xlsx", "Damaged", || {
            let again = row(3, &["主機", "root", "王小明", "啟用"])
                .replace("</row>", &(cell("B3", "toor") + "</row>"));
            accounts(&(records(1) + &again))
        }),
        case("rows-in-disorder.fine.xlsx", "stored 2, rejected 0", || {
            accounts(&(row(5, &["主機", "a", "王", "啟用"]) + &row(2, &["主機", "b", "王", "啟用"])))
        }),
        case("row-given-twice.error-damaged.xlsx", "Damaged", || {
            accounts(&(row(2, &["主機", "a", "王", "啟用"]) + &row(2, &["主機", "b", "王", "啟用"])))
        }),
        case("rows-and-cells-without-places.fine.xlsx", TWO, || {
            let rows = header() + &records(2);
            let mut bare = String::new();
            for tag in rows.split_inclusive('>') {
                let at = tag.find(" r=\"").filter(|_| tag.starts_with("<row") || tag.starts_with("<c"));
                let end = at.and_then(|at| tag.get(at + 4..)?.find('"').map(|n| at + 5 + n));
                match (at.and_then(|at| tag.get(..at)), end.and_then(|end| tag.get(end..))) {
                    (Some(before), Some(after)) => bare.extend([before, after]),
                    _ => bare.push_str(tag),
                }
            }
            book(&sheet(&bare, ""), &[])
        }),
        case("columns-100000.error-too-large.xlsx", "TooLarge Columns", || {
            let cells: String = (0..100_000).map(|n| cell(&format!("{}2", letters(n)), "x")).collect();
            accounts(&format!("<row r=\"2\">{cells}</row>"))
        }),
        case("merge-of-the-whole-sheet.fine.xlsx", TWO, || {
            let merge = r#"<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>"#;
            book(&sheet(&(header() + &records(2)), merge), &[])
        }),
        case("merges-of-every-column.fine.xlsx", TWO, || {
            let merges: String =
                (0..16_384).map(|n| format!("<mergeCell ref=\"{0}4:{0}1048576\"/>", letters(n))).collect();
            book(&sheet(&(header() + &records(2)), &format!("<mergeCells>{merges}</mergeCells>")), &[])
        }),
        case("merges-that-are-none.fine.xlsx", TWO, || {
            let merges: String =
                ["", ":", "A1", "A1:", "1:1", "B2:A1", "A0:B0", "ZZZZZZZZZ1:A9", "A99999999999:B2", "甲:乙"]
                    .map(|r| format!("<mergeCell ref=\"{r}\"/>"))
                    .concat();
            book(&sheet(&(header() + &records(2)), &format!("<mergeCells>{merges}</mergeCells>")), &[])
        }),
        case("blank-rows-a-million.fine.xlsx", TWO, || {
            let mut rows = header() + &records(1);
            for n in 3..1_000_000 {
                rows.push_str(&format!("<row r=\"{n}\"/>"));
            }
            rows.push_str(&row(1_000_000, &["主機", "root", "王小明", "啟用"]));
            zip(&super::xlsx::parts(Part::deflated("xl/worksheets/sheet1.xml", sheet(&rows, "").as_bytes())))
        }),
    ]
}

pub(super) fn letters(mut n: usize) -> String {
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'A' + u8::try_from(n % 26).unwrap_or(0)));
        match n / 26 {
            0 => return text,
            more => n = more - 1,
        }
    }
}

fn serial(row: usize, value: &str) -> String {
    format!(r#"<c r="E{row}" s="1"><v>{value}</v></c>"#)
}

fn values() -> Vec<Case> {
    let of = |cells: &'static [&'static str]| {
        move || dated(&cells.iter().enumerate().map(|(n, v)| serial(n + 2, v)).collect::<Vec<_>>())
    };
    vec![
        case("date-of-the-year-9999.fine.xlsx", "stored 1, rejected 0", of(&["2958465"])),
        case(
            "dates-after-the-year-9999.partial.xlsx",
            "stored 3, rejected 0, bad_date 3",
            of(&["2958466", "99999999", "1e300"]),
        ),
        case(
            "dates-before-the-first.partial.xlsx",
            "stored 3, rejected 0, bad_date 3",
            of(&["-1", "-43831.5", "-1e300"]),
        ),
        case(
            "dates-that-are-no-numbers.partial.xlsx",
            "stored 4, rejected 0, bad_date 4",
            of(&["NaN", "inf", "-inf", "1e999"]),
        ),
        case("date-that-is-no-value.partial.xlsx", "stored 1, rejected 0, bad_date 1", of(&["abc"])),
        case("formula-errors-in-a-date.partial.xlsx", "stored 7, rejected 0, formula_error 7", || {
            let errors = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
            let cell = |(n, e): (usize, &str)| format!(r#"<c r="E{}" t="e"><f>1/0</f><v>{e}</v></c>"#, n + 2);
            dated(&errors.into_iter().enumerate().map(cell).collect::<Vec<_>>())
        }),
        case("formula-error-that-is-none.error-damaged.xlsx", "Damaged", || {
            dated(&[r#"<c r="E2" t="e"><v>#OOPS!</v></c>"#.to_owned()])
        }),
        case("type-of-a-cell-that-is-none.error-damaged.xlsx", "Damaged", || {
            dated(&[r#"<c r="E2" t="zz"><v>1</v></c>"#.to_owned()])
        }),
        case("shared-text-that-is-not-there.error-damaged.xlsx", "Damaged", || {
            let row = r#"<row r="2"><c r="A2" t="s"><v>99</v></c></row>"#;
            let shared = Part::stored("xl/sharedStrings.xml", b"<sst><si><t>a</t></si></sst>");
            book(&sheet(&(header() + row), ""), &[shared])
        }),
        case("shared-text-before-the-first.error-damaged.xlsx", "Damaged", || {
            let row = r#"<row r="2"><c r="A2" t="s"><v>-1</v></c></row>"#;
            let shared = Part::stored("xl/sharedStrings.xml", b"<sst><si><t>a</t></si></sst>");
            book(&sheet(&(header() + row), ""), &[shared])
        }),
        case("format-that-is-not-there.fine.xlsx", "stored 1, rejected 0", || {
            let row = row(2, &["主機", "root", "王小明", "啟用"]).replace("<c ", "<c s=\"4000000000\" ");
            book(&sheet(&(header() + &row), ""), &[styles()])
        }),
    ]
}
