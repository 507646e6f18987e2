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

/// Seeds written by hand: target, name, the first byte that says what follows, and that.
const WRITTEN: [(&str, &str, u8, &str); 21] = [
    (
        "slots",
        "passphrase",
        0,
        "age-encryption.org/v1\n-> scrypt bBjlhJVYZeE4aqUdmtRHfw 2\nZV/AhotwSGqaPCU43cepl4WYUouAa17a3xpu4G2yi5k\n--- fgMiVLJHMlg9fW7CVG/hPS5EAU4Zeg19LyCP7SoH5nA\n",
    ),
    (
        "slots",
        "recovery",
        1,
        "age-encryption.org/v1\n-> X25519 TEiF0ypqr+bpvcqXNyCVJpL7OuwPdVwPL7KQEbFDOCc\nEmECAEcKN+n/Vs9SbWiV+Hu0r+E8R77DdWYyd83nw7U\n--- Vn+54jqiiUCE+WZcEVY3f1sqHjlu/z1LCQ/T7Xm7qI0\n",
    ),
    (
        "slots",
        "header",
        2,
        "format = 1\nrecipient = \"age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj\"\n",
    ),
    (
        "slots",
        "exam-key",
        3,
        "fieldbook exam key 1\na5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5\n00\n",
    ),
    (
        "rules",
        "own",
        0,
        "id = \"X-01\"\ntitle = \"夜間登入\"\npurpose = \"p\"\nclauses = [\"BSL-6.7\"]\n\n[[needs]]\ndataset = \"accounts\"\ncolumns = [\"account\"]\n\n[[rules]]\nid = \"1\"\nverdict = \"exception\"\nsql = \"SELECT _id, account FROM accounts\"\n",
    ),
    (
        "rules",
        "profile",
        1,
        "is_sec = true\ninet = \"unknown\"\nchannels = [\"web\"]\n\n[[system]]\nname = \"下單\"\ncore = true\n",
    ),
    ("rules", "condition", 2, "is_sec & !(inet | colo)"),
    (
        "rules",
        "document",
        3,
        "order = 1\ncode = \"OWN\"\ntitle = \"自訂\"\nissuer = \"本會\"\nedition = \"1\"\nversion = \"1\"\nsource = \"source.txt\"\n",
    ),
    (
        "sealed",
        "head",
        0,
        "fieldbook-checklist/1\nsigner ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c\nsignature 00\n\n{}",
    ),
    (
        "sealed",
        "payload",
        1,
        r#"{"name":"本會","version":"1","made_on":"2021-01-05","files":{"own/document.toml":"order = 1\n"}}"#,
    ),
    (
        "handover",
        "bag",
        1,
        "{\"format\":1,\"kind\":\"whole\",\"exam\":\"e\",\"copy\":\"00112233445566778899aabbccddeeff\",\"made_at\":\"2026-03-02T09:30:00\",\"organisation\":\"\",\"sender\":{\"name\":\"a\",\"key\":\"ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c\"},\"recipients\":[\"age1\"],\"seen\":{},\"since\":null,\"editions\":[],\"files\":[{\"path\":\"state.jsonl\",\"size\":2}]}\n--\nContact-Name: a\nExternal-Identifier: e\nBagging-Date: 2026-03-02\nPayload-Oxum: 2.1\n\n--\n{}",
    ),
    (
        "template",
        "workbook",
        1,
        r#"<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{{#缺失}}</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>{{缺失編號}}{{標題}}</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>{{/缺失}}</t></is></c></row></sheetData></worksheet>"#,
    ),
    (
        "template",
        "document",
        2,
        r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{{受查單位}}</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{#缺失}}</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>{{標題}}</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>{{/缺失}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"#,
    ),
    (
        "template",
        "spreadsheet",
        3,
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="a"><table:table-row><table:table-cell office:value-type="string"><text:p>{{受查單位}}</text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#,
    ),
    (
        "request",
        "answer",
        0,
        "answer\n{\"clause\":\"BSL-6.7\",\"unit\":\"\",\"system\":\"\",\"result\":\"compliant\",\"method\":\"inspection\",\"note\":\"檢視\"}",
    ),
    (
        "request",
        "bulk",
        0,
        "answers_bulk\n{\"targets\":[],\"result\":\"compliant\",\"method\":\"interview\",\"note\":\"\"}",
    ),
    ("request", "item", 0, "item\n{\"clause\":\"BSL-6.7\"}"),
    (
        "request",
        "find",
        0,
        "data_find\n{\"data\":{\"dataset\":\"accounts\",\"offset\":0,\"limit\":50,\"sort\":[],\"filters\":[],\"find\":\"a\"},\"from\":0,\"text\":\"a\",\"back\":false,\"counted\":true}",
    ),
    (
        "request",
        "preview",
        0,
        "own_preview\n{\"subject\":\"accounts\",\"sql\":\"SELECT _id, account FROM accounts\"}",
    ),
    ("request", "finding", 0, "finding_draft\n{\"procedure\":\"T-COL-05\"}"),
    ("request", "session", 0, "session\nnull"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let seeds = root().join("fuzz/seeds");
    if seeds.is_dir() {
        fs::remove_dir_all(&seeds)?;
    }
    for room in ["containers", "sheets"] {
        for (name, bytes) in small(room) {
            put(&seeds, "package", &name, &bytes)?;
            if room == "containers" {
                put(&seeds, "handover", &name, &[&[0], bytes.as_slice()].concat())?;
            }
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
    for (target, name, kind, text) in WRITTEN {
        let first: &[u8] = if target == "request" { &[] } else { &[kind] };
        put(&seeds, target, name, &[first, text.as_bytes()].concat())?;
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
