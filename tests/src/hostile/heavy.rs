//! Files that ask for much work, all of it due.

use super::sheets::letters;
use super::xlsx::{cell, header, list, parts, records, root, row, sheet};
use super::zip::{Part, zip};
use super::{Case, case};

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("cells-of-ten-rows-from-the-last-to-the-first.fine.xlsx", "stored 10, rejected 0", || {
            let mut rows = String::new();
            for n in 2..12 {
                let cells: Vec<String> =
                    (4..16_000).rev().map(|c| cell(&format!("{}{n}", letters(c)), "x")).collect();
                let own = row(n, &["主機", "root", "王小明", "啟用"]);
                rows.push_str(&own.replacen('>', &format!(">{}", cells.concat()), 1));
            }
            zip(&parts(Part::deflated("xl/worksheets/sheet1.xml", sheet(&(header() + &rows), "").as_bytes())))
        }),
        case("sheets-1000.fine.xlsx", "stored 20, rejected 0", || {
            let names: Vec<String> = (1..=1000).map(|n| format!("系統{n}")).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut all = vec![root()];
            all.extend(list(&names));
            let full = sheet(&(header() + &records(1)), "");
            let empty = sheet("", "");
            let xml = |n: usize| if n.is_multiple_of(50) { full.as_bytes() } else { empty.as_bytes() };
            all.extend((1..=1000).map(|n| Part::stored(&format!("xl/worksheets/sheet{n}.xml"), xml(n))));
            zip(&all)
        }),
    ]
}
