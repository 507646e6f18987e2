//! Delimited text: encodings, line ends, quotation marks.

use super::{Case, HEADINGS, case, csv};
use encoding_rs::BIG5;

const TWO: &str = "stored 2, rejected 0";

pub(super) fn cases() -> Vec<Case> {
    let mut all = encodings();
    all.extend(lines());
    all.extend(quotes());
    all
}

fn big5(text: &str) -> Vec<u8> {
    BIG5.encode(text).0.into_owned()
}

fn wide(text: &str, turn: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(turn).collect()
}

/// An account list in Big5 of which one holder's name is these bytes.
fn in_big5(name: &[u8]) -> Vec<u8> {
    [&big5(&csv(1)), big5("交易主機,user2,").as_slice(), name, big5(",啟用\r\n").as_slice()].concat()
}

fn encodings() -> Vec<Case> {
    vec![
        case("no-bytes.error-empty.csv", "Empty", Vec::new),
        case("mark-only.error-empty.csv", "Empty", || b"\xEF\xBB\xBF".to_vec()),
        case("wide-mark-only.error-empty.csv", "Empty", || b"\xFF\xFE".to_vec()),
        case("blanks-only.error-empty.csv", "Empty", || " \t\r\n\u{3000}\r\n".repeat(1_000).into()),
        case("marks-three.fine.csv", TWO, || ("\u{feff}\u{feff}\u{feff}".to_owned() + &csv(2)).into()),
        case("big5-of-users-fa40.fine.csv", TWO, || in_big5(b"\xFA\x40\xFE\xFE")),
        case("big5-of-users-8140.fine.csv", TWO, || in_big5(b"\x81\x40\xA0\xFE")),
        case("big5-of-users-c6a1.fine.csv", TWO, || in_big5(b"\xC6\xA1\xC8\xFE")),
        case(
            "big5-that-ends-in-half-a-character.partial.csv",
            "stored 2, rejected 0, bad_encoding 1",
            || [big5(&csv(1)), big5("交易主機,user2,王小明,啟用"), vec![0xA4]].concat(),
        ),
        case(
            "big5-with-half-a-character-before-a-comma.partial.csv",
            "stored 2, rejected 0, bad_encoding 1",
            || in_big5(b"\xA4\xFD\xA4"),
        ),
        case("utf8-with-a-record-in-big5.partial.csv", "stored 31, rejected 0, bad_encoding 3", || {
            [csv(30).into_bytes(), big5("交易主機,user31,王小明,啟用\r\n")].concat()
        }),
        case("utf8-cut-in-every-record.partial.csv", "stored 2, rejected 0, bad_encoding 2", || {
            let text = csv(2).into_bytes();
            let name = "王小明".as_bytes();
            let mut out = Vec::new();
            let mut rest = text.as_slice();
            while let Some(at) = rest.windows(name.len()).position(|w| w == name) {
                out.extend_from_slice(&rest[..at + name.len() - 1]);
                rest = &rest[at + name.len()..];
            }
            out.extend_from_slice(rest);
            out
        }),
        case("utf16-without-a-mark.fine.csv", TWO, || wide(&csv(2), u16::to_le_bytes)),
        case("utf16-the-other-way-round.fine.csv", TWO, || wide(&csv(2), u16::to_be_bytes)),
        case(
            "utf16-of-odd-length.partial.csv",
            "stored 3, rejected 0, bad_encoding 1, required_empty 3",
            || [b"\xFF\xFE".to_vec(), wide(&csv(2), u16::to_le_bytes), vec![b'x']].concat(),
        ),
        case("utf16-with-half-a-pair.partial.csv", "stored 2, rejected 0, bad_encoding 1", || {
            let mut units: Vec<u16> = csv(2).encode_utf16().collect();
            if let Some(at) = units.iter().position(|u| *u == 0x738B) {
                units.insert(at, 0xD800);
            }
            [b"\xFF\xFE".to_vec(), units.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
        }),
        case("utf16-under-the-name-of-a-workbook.fine.xls", TWO, || {
            wide(&("\u{feff}".to_owned() + &csv(2).replace(',', "\t")), u16::to_le_bytes)
        }),
        case("utf32.error-not-a-spreadsheet.csv", "NotASpreadsheet", || {
            csv(2).chars().flat_map(|c| u32::from(c).to_le_bytes()).collect()
        }),
        case("nul-in-a-field.error-not-a-spreadsheet.csv", "NotASpreadsheet", || {
            csv(2).replace("user1", "us\0er1").into()
        }),
        case("nuls-after-the-end.error-not-a-spreadsheet.csv", "NotASpreadsheet", || {
            [csv(2).into_bytes(), vec![0; 4096]].concat()
        }),
        case("nuls-only.error-not-a-spreadsheet.csv", "NotASpreadsheet", || vec![0; 1 << 20]),
        case("controls-only.error-not-a-spreadsheet.csv", "NotASpreadsheet", || vec![7; 1 << 16]),
        case("bytes-of-ff.error-no-dataset.csv", "NoDataset", || vec![0xFF; 1 << 16]),
        case("bytes-of-chance.error-not-a-spreadsheet.csv", "NotASpreadsheet", || {
            let mut state = 1_u32;
            let next = |_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::try_from(state >> 24).unwrap_or(0)
            };
            (0..1 << 16).map(next).collect()
        }),
        case("end-of-file-of-old.fine.csv", TWO, || (csv(2) + "\u{1a}").into()),
    ]
}

fn lines() -> Vec<Case> {
    vec![
        case("returns-only.fine.csv", TWO, || csv(2).replace("\r\n", "\r").into()),
        case("line-ends-of-every-kind.fine.csv", "stored 4, rejected 0", || {
            let ends = ["\r\n", "\n", "\r\r\n", "\n"];
            let line = |(n, l): (usize, &str)| format!("{l}{}", ends[n % 4]);
            csv(4).lines().enumerate().map(line).collect::<String>().into()
        }),
        case("blank-lines-a-million.fine.csv", TWO, || {
            csv(2).replacen("\r\n", &"\r\n".repeat(1_000_000), 2).into()
        }),
        case("lines-of-separators-a-million.fine.csv", TWO, || {
            csv(2).replacen("\r\n", &format!("\r\n{}", ",,,\r\n".repeat(1_000_000)), 1).into()
        }),
        case("separator-that-is-named.fine.csv", TWO, || {
            ("sep=|\r\n".to_owned() + &csv(2).replace(',', "|")).into()
        }),
        case("separator-that-is-a-quotation-mark.error-no-dataset.csv", "NoDataset", || {
            ("sep=\"\r\n".to_owned() + &csv(2)).into()
        }),
        case("separator-that-is-no-ascii.fine.csv", TWO, || ("sep=甲\r\n".to_owned() + &csv(2)).into()),
        case("separator-that-is-a-line-end.error-no-dataset.csv", "NoDataset", || {
            ("sep=\n".to_owned() + &csv(2)).into()
        }),
        case("more-cells-than-headings.fine.csv", TWO, || csv(2).replace("啟用", "啟用,a,b,c,d,e,f").into()),
        case("fewer-cells-than-headings.partial.csv", "stored 2, rejected 0, required_empty 2", || {
            csv(2).replace(",啟用", "").into()
        }),
    ]
}

fn quotes() -> Vec<Case> {
    let quoted = |lines: usize| {
        let name = "王小明\r\n".repeat(lines);
        let name = name.trim_end();
        format!("{}\r\n主機,root,\"{name}\",啟用\r\n主機,root2,王,啟用\r\n", HEADINGS.join(","))
    };
    vec![
        case("quotation-mark-that-is-not-closed.fine.csv", "stored 3, rejected 0", || {
            (csv(1) + "交易主機,user2,\"王小明,啟用\r\n交易主機,user3,王小明,啟用\r\n").into()
        }),
        case("quotation-marks-not-closed-on-every-line.fine.csv", "stored 60000, rejected 0", || {
            // Each line opens a quotation that the next one closes and opens again.
            (HEADINGS.join(",") + "\r\n" + &"主\"機,\"root,王,啟用\r\n".repeat(60_000)).into()
        }),
        case("quotation-marks-only.error-no-dataset.csv", "NoDataset", || vec![b'"'; 1 << 20]),
        case("quoted-cell-of-200-lines.fine.csv", TWO, move || quoted(200).into()),
        case(
            "quoted-cell-of-300-lines.partial.csv",
            "stored 301, rejected 0, required_empty 897",
            move || quoted(300).into(),
        ),
        case("quoted-line-ends-in-headings.fine.csv", TWO, || {
            csv(2).replacen("系統名稱", "\"系統\r\n名稱\"", 1).into()
        }),
        case("cells-like-formulas-that-are-texts.fine.csv", TWO, || {
            csv(2).replace("user1", "=\"user1\"").replace("user2", "=\"user2\"").into()
        }),
    ]
}
