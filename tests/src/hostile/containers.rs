//! Containers that are put together wrongly: names, directories, relationships.

use super::xlsx::{RELATIONS, book, header, list, parts, records, relations, root, sheet, sheet_part};
use super::zip::{Part, zip};
use super::{Case, case};

const RELS: &str = "xl/_rels/workbook.xml.rels";
const TWO: &str = "stored 2, rejected 0";

pub(super) fn cases() -> Vec<Case> {
    let mut all = names();
    all.extend(missing());
    all.extend(relationships());
    all.extend(headers());
    all
}

fn good() -> String {
    sheet(&(header() + &records(2)), "")
}

fn with(more: &[Part]) -> Vec<u8> {
    book(&good(), more)
}

/// The whole workbook without the part of this name.
fn without(name: &str) -> Vec<u8> {
    let mut all = parts(sheet_part(&good()));
    all.retain(|p| p.name != name.as_bytes());
    zip(&all)
}

fn names() -> Vec<Case> {
    vec![
        case("path-to-the-parent.fine.xlsx", TWO, || with(&[Part::stored("../../../evil.txt", b"evil")])),
        case("path-from-the-root.fine.xlsx", TWO, || with(&[Part::stored("/tmp/evil.txt", b"evil")])),
        case("path-with-a-drive.fine.xlsx", TWO, || with(&[Part::stored("C:\\evil.txt", b"evil")])),
        case("path-with-a-nul.fine.xlsx", TWO, || with(&[Part::stored("a\0.xml", b"evil")])),
        case("path-that-is-no-text.fine.xlsx", TWO, || {
            with(&[Part { name: vec![0xFF, 0xFE, 0x80], ..Part::stored("???", b"evil") }])
        }),
        case("path-of-65535-bytes.fine.xlsx", TWO, || with(&[Part::stored(&"a/".repeat(32_767), b"evil")])),
        case("sheet-part-twice.error-damaged.xlsx", "Damaged", || {
            with(&[sheet_part(&sheet(&(header() + &records(3)), ""))])
        }),
        case("sheet-part-twice-but-for-case.error-damaged.xlsx", "Damaged", || {
            let hidden = good().replace("<row ", "<row hidden=\"1\" ");
            with(&[Part::stored("xl/worksheets/SHEET1.XML", hidden.as_bytes())])
        }),
        case("names-that-differ-inside-and-in-the-directory.fine.xlsx", TWO, || {
            let sheet = sheet_part(&good());
            zip(&parts(Part { local_name: b"xl/worksheets/sheet2.xml".to_vec(), ..sheet }))
        }),
        case("backslashes-between-folders.fine.xlsx", TWO, || {
            let sheet = sheet_part(&good());
            let name = b"xl\\worksheets\\sheet1.xml".to_vec();
            zip(&parts(Part { local_name: name.clone(), name, ..sheet }))
        }),
    ]
}

fn missing() -> Vec<Case> {
    vec![
        case("no-workbook-part.error-damaged.xlsx", "Damaged", || without("xl/workbook.xml")),
        case("no-sheet-part.error-damaged.xlsx", "Damaged", || without("xl/worksheets/sheet1.xml")),
        case("no-root-relationships.error-not-a-spreadsheet.xlsx", "NotASpreadsheet", || {
            without("_rels/.rels")
        }),
        case("no-relationships-of-the-workbook.error-not-a-spreadsheet.xlsx", "NotASpreadsheet", || {
            without(RELS)
        }),
        case("no-shared-texts.error-damaged.xlsx", "Damaged", || {
            let row = r#"<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c></row>"#;
            book(&sheet(&(header() + row), ""), &[])
        }),
        case("no-parts.error-not-a-spreadsheet.xlsx", "NotASpreadsheet", || zip(&[])),
        case("no-sheets.error-empty.xlsx", "Empty", || {
            let mut all = parts(sheet_part(&good()));
            all.retain(|p| p.name != b"xl/workbook.xml");
            all.push(Part::stored("xl/workbook.xml", b"<workbook><sheets/></workbook>"));
            zip(&all)
        }),
        case("one-of-two-sheets-leads-nowhere.error-damaged.xlsx", "Damaged", || {
            let [two, _] = list(&["甲", "乙"]);
            let [_, relations] = list(&["甲"]);
            zip(&[root(), two, relations, sheet_part(&good())])
        }),
        case("one-of-two-sheets-has-no-part.error-damaged.xlsx", "Damaged", || {
            let [book, relations] = list(&["甲", "乙"]);
            zip(&[root(), book, relations, sheet_part(&good())])
        }),
    ]
}

/// A workbook whose relationships are these.
fn related(targets: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut all = parts(sheet_part(&good()));
    all.retain(|p| p.name != RELS.as_bytes());
    all.push(Part::stored(RELS, relations(targets).as_bytes()));
    zip(&all)
}

fn relationships() -> Vec<Case> {
    vec![
        case("sheet-is-the-workbook-itself.error-damaged.xlsx", "Damaged", || {
            related(&[("s1", "worksheet", "workbook.xml")])
        }),
        case("sheet-outside-the-container.error-damaged.xlsx", "Damaged", || {
            related(&[("s1", "worksheet", "../../../../etc/passwd")])
        }),
        case("sheet-on-another-machine.error-damaged.xlsx", "Damaged", || {
            related(&[("s1", "worksheet", "http://203.0.113.1/sheet.xml")])
        }),
        case("workbook-that-is-its-own-relationships.error-damaged.xlsx", "Damaged", || {
            let mut all = parts(sheet_part(&good()));
            all.retain(|p| p.name != b"_rels/.rels");
            all.push(Part::stored(
                "_rels/.rels",
                relations(&[("r", "officeDocument", "_rels/.rels")]).as_bytes(),
            ));
            all.push(Part::stored(
                "_rels/_rels/.rels.rels",
                relations(&[("s1", "worksheet", ".rels")]).as_bytes(),
            ));
            zip(&all)
        }),
        case("two-sheets-of-one-name.error-damaged.xlsx", "Damaged", || {
            let [book, relations] = list(&["帳號", "帳號"]);
            let other =
                Part::stored("xl/worksheets/sheet2.xml", sheet(&(header() + &records(3)), "").as_bytes());
            zip(&[root(), book, relations, sheet_part(&good()), other])
        }),
        case("sheet-name-of-300-letters.fine.xlsx", TWO, || named(&"長".repeat(300))),
        case("sheet-name-with-a-path.fine.xlsx", TWO, || named("../../etc/passwd")),
        case("sheet-name-with-controls.fine.xlsx", TWO, || named("a&#7;&#13;&#10;&#x1b;[31m")),
        case("sheet-name-that-is-empty.fine.xlsx", TWO, || named("")),
        case("sheet-name-of-a-device.fine.xlsx", TWO, || named("CON")),
    ]
}

fn named(name: &str) -> Vec<u8> {
    let [book, relations] = list(&[name]);
    zip(&[root(), book, relations, sheet_part(&good())])
}

fn headers() -> Vec<Case> {
    let end = |bytes: &[u8]| bytes.len() - 22;
    vec![
        case("sum-of-a-part-is-wrong.error-damaged.xlsx", "Damaged", || {
            zip(&parts(Part { sum: 1, ..sheet_part(&good()) }))
        }),
        case("part-that-is-encrypted.error-locked.xlsx", "Locked", || {
            zip(&parts(Part { flags: 1, ..sheet_part(&good()) }))
        }),
        case("packed-by-a-method-that-is-none.error-damaged.xlsx", "Damaged", || {
            zip(&parts(Part { method: 77, ..sheet_part(&good()) }))
        }),
        case("packed-bytes-that-are-none.error-damaged.xlsx", "Damaged", || {
            zip(&parts(Part { method: 8, ..sheet_part(&good()) }))
        }),
        case("directory-beyond-the-end.error-damaged.xlsx", "Damaged", move || {
            let mut bytes = with(&[]);
            let at = end(&bytes) + 16;
            bytes.splice(at..at + 4, u32::MAX.to_le_bytes());
            bytes
        }),
        case("directory-that-says-fewer.error-damaged.xlsx", "Damaged", move || {
            let mut bytes = with(&[]);
            let at = end(&bytes) + 8;
            bytes.splice(at..at + 4, [1, 0, 1, 0]);
            bytes
        }),
        case("directory-that-says-more.error-damaged.xlsx", "Damaged", move || {
            let mut bytes = with(&[]);
            let at = end(&bytes) + 8;
            bytes.splice(at..at + 4, [0xFF, 0x0F, 0xFF, 0x0F]);
            bytes
        }),
        case("bytes-after-the-end.fine.xlsx", TWO, || [with(&[]), vec![0; 1000]].concat()),
        case("program-before-the-container.error-not-a-spreadsheet.xlsx", "NotASpreadsheet", || {
            [b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xFF\xFF\0\0".to_vec(), with(&[])].concat()
        }),
        case("external-link-part.fine.xlsx", TWO, || {
            let link = format!(
                r#"<Relationships><Relationship Id="x" Type="{RELATIONS}/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>"#
            );
            with(&[Part::stored("xl/externalLinks/_rels/externalLink1.xml.rels", link.as_bytes())])
        }),
    ]
}
