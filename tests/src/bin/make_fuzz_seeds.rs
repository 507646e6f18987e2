//! `make-fuzz-seeds`: writes `fuzz/seeds/` from the hostile files, so that the fuzzer begins where they end.
//!
//! A seed is small: what is long teaches a fuzzer nothing but to be slow.

use fieldbook_tests::hostile::{Case, of};
use fieldbook_tests::root;
use std::error::Error;
use std::fs;
use std::path::Path;

/// Bytes of a seed at most.
const MOST: usize = 3_000;

/// Cells as firms write them, and as nobody should.
const CELLS: [&str; 8] = [
    "109/12/31\n109.12.31\n民國109年12月31日\n1091231\n20201231\n2020-12-31T08:21:26.500Z\n31-Dec-20\n12/31/2020",
    "09:00\n9:00:00.123456\n上午 09:00:00\n下午12:30\n=\"09:00\"\n090000123\n24:00\n0:61",
    "44196\n44196.375\n-1\n0\n60\n2958465\n2958466\n1e300\nNaN\n132537600000000000",
    "是\n否\nY\nN\nTRUE\nFALSE\n1\n0\n○\n×\nV\n停用\n啟用\nEnabled",
    "永不\n無\nN/A\n-\n－\n從未登入\nNever\n0\n1601/1/1\n永久有效",
    "1,234\n１２３\n(12.5)\n12%\n$1,000\n1.234,56\n約100\n9.8\nCVSS:3.1/AV:N",
    "10.1.1.1\n10.1.1.1-10.1.1.20\n10.1.1.0/24\nany\n10.1.1.1;10.1.1.2\n::1",
    "\u{3000}王小明\u{200b}\n\u{feff}a\n=cmd|'/c calc'!A1\n'0012\n#REF!\n\u{fffd}",
];

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = root().join("fuzz/seeds");
    if seeds.is_dir() {
        fs::remove_dir_all(&seeds)?;
    }
    for room in ["containers", "sheets"] {
        for (name, bytes) in small(room) {
            put(&seeds, "package", &name, &bytes)?;
            if let Some(sheet) = sheet_of(&bytes) {
                put(&seeds, "workbook", &name, sheet)?;
            }
        }
    }
    for room in ["text", "tables", "head"] {
        for (name, bytes) in small(room) {
            put(&seeds, "delimited", &name, &[&[0], bytes.as_slice()].concat())?;
            let head = String::from_utf8_lossy(&bytes).replace(',', "\t");
            put(&seeds, "header", &name, head.lines().take(4).collect::<Vec<_>>().join("\n").as_bytes())?;
        }
    }
    for (name, bytes) in ["foreign", "compound", "opendocument"].into_iter().flat_map(small) {
        put(&seeds, "open", &name, &bytes)?;
    }
    for (n, cells) in CELLS.iter().enumerate() {
        put(&seeds, "coercion", &format!("cells-{n}"), cells.as_bytes())?;
    }
    Ok(())
}

/// The small files of a room, longer ones cut where that leaves their beginning.
fn small(room: &str) -> Vec<(String, Vec<u8>)> {
    let plain = |case: Case| {
        let stem = case.name.rsplitn(3, '.').last().unwrap_or_default();
        let name: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        (name, (case.bytes)())
    };
    of(room).into_iter().map(plain).filter(|(_, bytes)| bytes.len() <= MOST).collect()
}

/// The sheet's part of a container in which it is stored as it is.
fn sheet_of(bytes: &[u8]) -> Option<&[u8]> {
    let find = |from: usize, needle: &[u8]| {
        let at = bytes.get(from..)?.windows(needle.len()).position(|window| window == needle)?;
        Some(from + at)
    };
    let name = b"xl/worksheets/sheet1.xml";
    let start = find(0, name)? + name.len();
    bytes.get(start..find(start, b"PK")?)
}

fn put(seeds: &Path, target: &str, name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let folder = seeds.join(target);
    fs::create_dir_all(&folder)?;
    Ok(fs::write(folder.join(name), bytes)?)
}
