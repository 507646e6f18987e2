//! Small files that ask for much: bombs of every make, and claims that are not true.

use super::xlsx::{accounts, book, cell, header, parts, records, row, sheet, sheet_part};
use super::zip::{Part, zip};
use super::{Case, case};

/// Pieces of 64 KiB in a mebibyte.
const PIECES: usize = 16;
static BLANKS: [u8; 1 << 16] = [b' '; 1 << 16];
static LETTERS: [u8; 1 << 16] = [b'a'; 1 << 16];
const SHEET: &str = "xl/worksheets/sheet1.xml";
const SHARED: &str = "xl/sharedStrings.xml";

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("blanks-of-64-mib.error-too-large.xlsx", "TooLarge Ratio", || {
            let blanks = [b' '; 1 << 16].repeat(1024);
            zip(&parts(Part::squeezed(SHEET, &blanks)))
        }),
        case("blanks-of-15-mib-between-the-rows.error-too-large.xlsx", "TooLarge Line", || {
            let (before, after) = (header(), records(2));
            let open = format!("<worksheet xmlns=\"u\"><sheetData>{before}");
            let close = format!("{after}</sheetData></worksheet>");
            zip(&parts(Part::of_pieces(
                SHEET,
                &[(open.as_bytes(), 1), (&BLANKS, 15 * PIECES), (close.as_bytes(), 1)],
            )))
        }),
        case("zips-in-a-zip.error-not-a-spreadsheet.xlsx", "NotASpreadsheet", || nested(5)),
        case("zips-beside-a-workbook.fine.xlsx", "stored 2, rejected 0", || {
            let mut all = parts(sheet_part(&sheet(&(header() + &records(2)), "")));
            all.push(Part::stored("xl/media/nested.zip", &nested(5)));
            zip(&all)
        }),
        case("entries-that-overlap.error-too-large.xlsx", "TooLarge Unpacked", overlapping),
        case("sheet-longer-than-it-says.error-damaged.xlsx", "Damaged", || {
            let xml = sheet(&(header() + &records(2000)), "");
            zip(&parts(Part { size: 100, ..Part::deflated(SHEET, xml.as_bytes()) }))
        }),
        case("sheet-of-four-gib-as-it-says.error-too-large.xlsx", "TooLarge Ratio", || {
            let xml = sheet(&(header() + &records(2)), "");
            zip(&parts(Part { size: u32::MAX - 1, ..Part::deflated(SHEET, xml.as_bytes()) }))
        }),
        case("shared-texts-longer-than-they-say.error-damaged.xlsx", "Damaged", || {
            let texts = [(b"<sst><si><t>".as_slice(), 1), (&LETTERS, 40 * PIECES), (b"</t></si></sst>", 1)];
            with_shared(Part { size: 10, ..Part::of_pieces(SHARED, &texts) })
        }),
        case("shared-texts-promise-a-number.error-too-large.xlsx", "TooLarge SharedStrings", || {
            with_shared(Part::stored(
                SHARED,
                br#"<sst uniqueCount="99999999999999999999"><si><t>a</t></si></sst>"#,
            ))
        }),
        case("shared-texts-of-nine-million.error-too-large.xlsx", "TooLarge SharedStrings", || {
            // In two parts' worth of ratio: what repeats less is packed less.
            let mut noise = Vec::new();
            for n in 0..6_000_u32 {
                noise.extend_from_slice(
                    format!("<si><t>{:x}</t></si>", n.wrapping_mul(2_654_435_761)).as_bytes(),
                );
            }
            with_shared(Part::of_pieces(SHARED, &[(b"<sst>", 1), (&noise, 1_500), (b"</sst>", 1)]))
        }),
        case("shared-texts-of-two-million-nothings.fine.xlsx", "stored 2, rejected 0", || {
            let nothings = b"<si/>".repeat(10_000);
            with_shared(Part::of_pieces(SHARED, &[(b"<sst>", 1), (&nothings, 200), (b"</sst>", 1)]))
        }),
        case("shared-text-of-300-mib.error-too-large.xlsx", "TooLarge Line", || {
            let texts = [(b"<sst><si><t>".as_slice(), 1), (&noise(), 300 * PIECES), (b"</t></si></sst>", 1)];
            with_shared(Part::of_pieces(SHARED, &texts))
        }),
        case("cell-of-300-mib.error-too-large.xlsx", "TooLarge Line", || {
            long_sheet(r#"<row r="2"><c r="A2" t="inlineStr"><is><t>"#, "</t></is></c></row>")
        }),
        case("attribute-of-300-mib.error-too-large.xlsx", "TooLarge Line", || {
            long_sheet(r#"<row r="2" spans=""#, r#""></row>"#)
        }),
        case("attribute-of-10-kib.fine.xlsx", "stored 2, rejected 0", || {
            let rows = records(2).replace("<row ", &format!("<row x=\"{}\" ", "a".repeat(10 << 10)));
            accounts(&rows)
        }),
        case("cell-of-a-million-letters.partial.xlsx", "stored 1, rejected 0, too_long 1", || {
            let name = "長".repeat(100_000);
            accounts(&row(2, &["主機", "root", name.as_str(), "啟用"]))
        }),
        case("parts-10001.error-too-large.xlsx", "TooLarge Parts", || {
            let mut all = parts(sheet_part(&sheet(&(header() + &records(2)), "")));
            all.extend((0..10_001).map(|n| Part::stored(&format!("x/{n}"), b"")));
            zip(&all)
        }),
        case("formats-200000.error-too-large.xlsx", "TooLarge Styles", || {
            let formats = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(200_000));
            book(
                &sheet(&(header() + &records(2)), ""),
                &[Part::deflated("xl/styles.xml", formats.as_bytes())],
            )
        }),
        case("merges-300000.error-too-large.xlsx", "TooLarge Merges", || {
            let merges = "<mergeCell ref=\"A5:B9\"/>".repeat(300_000);
            let xml = sheet(&(header() + &records(2)), &format!("<mergeCells>{merges}</mergeCells>"));
            zip(&parts(Part::deflated(SHEET, xml.as_bytes())))
        }),
        case(
            "cells-at-both-ends-of-the-sheet.partial.xlsx",
            "stored 1, rejected 1, required_empty 1",
            || {
                let last = format!("<row r=\"1048576\">{}</row>", cell("XFD1048576", "x"));
                accounts(&(records(1) + &last))
            },
        ),
    ]
}

/// 64 KiB that pack 300 times smaller, not a thousand times: below what is refused by its ratio alone.
fn noise() -> Vec<u8> {
    let mut bytes = LETTERS.to_vec();
    let mut state = 1_u32;
    for byte in bytes.iter_mut().step_by(512) {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        *byte = b'b' + u8::try_from(state >> 28).unwrap_or(0);
    }
    bytes
}

fn with_shared(shared: Part) -> Vec<u8> {
    let mut all = parts(sheet_part(&sheet(&(header() + &records(2)), "")));
    all.push(shared);
    zip(&all)
}

/// An account list in which something of 300 MiB stands between `before` and `after`.
fn long_sheet(before: &str, after: &str) -> Vec<u8> {
    let open = format!("<worksheet xmlns=\"u\"><sheetData>{}{before}", header());
    let close = format!("{after}</sheetData></worksheet>");
    let pieces = [(open.as_bytes(), 1), (&noise(), 300 * PIECES), (close.as_bytes(), 1)];
    zip(&parts(Part::of_pieces(SHEET, &pieces)))
}

/// A zip in a zip in a zip …
fn nested(depth: usize) -> Vec<u8> {
    let mut inner = zip(&[Part::of_pieces("blanks", &[(&BLANKS, 16)])]);
    for _ in 0..depth {
        let copies: Vec<Part> = (0..10).map(|n| Part::stored(&format!("{n}.zip"), &inner)).collect();
        inner = zip(&[Part::deflated("all.zip", &zip(&copies))]);
    }
    inner
}

/// Six hundred directory entries that all lead to the same 15 MiB.
fn overlapping() -> Vec<u8> {
    let mut all = parts(sheet_part(&sheet(&(header() + &records(2)), "")));
    let first = all.len();
    let kernel = Part::of_pieces("k", &[(&BLANKS, 15 * PIECES)]);
    all.push(kernel.clone());
    for n in 0..600 {
        let name = format!("k{n}").into_bytes();
        all.push(Part { name, packed: Vec::new(), overlaps: Some(first), ..kernel.clone() });
    }
    zip(&all)
}
