//! Cells that would do something in another program, and values from beyond the calendar.

use super::xlsx::{accounts, row};
use super::{Case, HEADINGS, case, csv};

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("texts-that-are-commands.fine.csv", "stored 4, rejected 0", || {
            named(&["=cmd|'/c calc'!A1", "+SUM(1)*cmd|'/c calc'!A0", "-2+3+cmd|'/c calc'!A0", "@SUM(A1:A9)"])
        }),
        case("texts-that-are-commands.fine.xlsx", "stored 2, rejected 0", || {
            accounts(
                &(row(2, &["主機", "root", "=cmd|'/c calc'!A1", "啟用"])
                    + &row(3, &["主機", "root2", "=HYPERLINK(&quot;http://203.0.113.1/&quot;)", "啟用"])),
            )
        }),
        case("texts-that-are-sql.fine.csv", "stored 2, rejected 0", || {
            named(&["Robert'); DROP TABLE accounts;--", "%_\\"])
        }),
        case("texts-that-are-pages.fine.csv", "stored 2, rejected 0", || {
            named(&["<script>alert(1)</script>", "<img src=x onerror=alert(1)>"])
        }),
        case("texts-that-are-paths.fine.csv", "stored 2, rejected 0", || {
            named(&["../../../etc/passwd", "\\\\203.0.113.1\\share"])
        }),
        case("texts-of-right-to-left.fine.csv", "stored 2, rejected 0", || {
            named(&["\u{202e}明小王", "\u{2067}اسم\u{2069}"])
        }),
        case("texts-of-a-thousand-marks-on-a-letter.fine.csv", "stored 1, rejected 0", || {
            named(&[format!("z{}", "\u{301}".repeat(1_000)).as_str()])
        }),
        case("texts-beyond-the-basic-plane.fine.csv", "stored 2, rejected 0", || named(&["𠮷野", "👩‍👩‍👧‍👧"])),
        case("dates-of-no-calendar.partial.csv", "stored 6, rejected 0, bad_date 5", || {
            dated(&["109/13/45", "999/99/99", "-1", "0000-00-00", "2020-02-30", "不詳的某日"])
        }),
        case("dates-of-a-thousand-digits.partial.csv", "stored 2, rejected 0, bad_date 2", || {
            dated(&["9".repeat(1_000).as_str(), "1/".repeat(500).as_str()])
        }),
        case("states-of-no-kind.partial.csv", "stored 2, rejected 0, bad_choice 2", || {
            (HEADINGS.join(",") + "\r\n主機,root,王,怪\r\n主機,root2,王,？？\r\n").into()
        }),
        case("rows-that-name-nobody.partial.csv", "stored 1, rejected 2, required_empty 2", || {
            (csv(1) + ",,,啟用\r\n,,,停用\r\n").into()
        }),
    ]
}

/// An account list of people with these names.
fn named(names: &[&str]) -> Vec<u8> {
    let mut text = HEADINGS.join(",") + "\r\n";
    for (n, name) in names.iter().enumerate() {
        text.push_str(&format!("主機,user{n},\"{}\",啟用\r\n", name.replace('"', "\"\"")));
    }
    text.into()
}

/// An account list with these dates of the last change of the password.
fn dated(dates: &[&str]) -> Vec<u8> {
    let mut text = HEADINGS.join(",") + ",密碼最後變更日期\r\n";
    for (n, date) in dates.iter().enumerate() {
        text.push_str(&format!("主機,user{n},王小明,啟用,{date}\r\n"));
    }
    text.into()
}
