//! Text that is too long, too wide or too much.

use super::{Case, HEADINGS, case, csv};

const MIB: usize = 1 << 20;

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("field-of-50-mib.error-too-large.csv", "TooLarge Line", || {
            (HEADINGS.join(",") + "\r\n主機,root," + &"a".repeat(50 * MIB) + ",啟用\r\n").into()
        }),
        case(
            "field-of-50-mib-in-lines.partial.csv",
            "stored 51, rejected 0, required_empty 150, too_long 50",
            || {
                let lines = ("a".repeat(MIB) + "\r\n").repeat(50);
                (HEADINGS.join(",") + "\r\n主機,root,\"" + &lines + "\",啟用\r\n").into()
            },
        ),
        case("field-of-a-million-letters.partial.csv", "stored 1, rejected 0, too_long 1", || {
            (HEADINGS.join(",") + "\r\n主機,root," + &"長".repeat(MIB) + ",啟用\r\n").into()
        }),
        case("columns-100000.error-too-large.csv", "TooLarge Columns", || {
            (csv(1).replacen("\r\n", &format!("{}\r\n", ",x".repeat(100_000)), 1)).into()
        }),
        case("columns-16000.fine.csv", "stored 2, rejected 0", || {
            (csv(2).replacen("\r\n", &format!("{}\r\n", ",x".repeat(16_000)), 1)).into()
        }),
        case("separators-a-million-in-a-line.fine.csv", "stored 2, rejected 0", || {
            (csv(2) + &",".repeat(1_000_000) + "\r\n").into()
        }),
        case("line-of-20-mib-of-quotation-marks.error-too-large.csv", "TooLarge Line", || {
            (csv(2) + &"\"".repeat(20 * MIB)).into()
        }),
        case("one-line-without-an-end.error-too-large.csv", "TooLarge Line", || vec![b'x'; 40 * MIB]),
        case("issues-20000.partial.csv", "stored 20000, rejected 0, bad_choice 10001", || {
            (HEADINGS.join(",") + "\r\n" + &"主機,root,王,怪\r\n".repeat(20_000)).into()
        }),
    ]
}
