//! Comma-separated values (RFC 4180) that a spreadsheet program opens as what they say.

/// So that Excel reads UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The file: heading, then rows, each ended by CR LF.
///
/// A cell that a spreadsheet program would calculate (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return)
/// has an apostrophe put before it. A reader that wants the text itself takes one apostrophe off before these.
pub fn bytes(heading: &[&str], rows: &[Vec<String>]) -> Vec<u8> {
    let mut out = String::from(BYTE_ORDER_MARK);
    line(&mut out, heading.iter().copied());
    for row in rows {
        line(&mut out, row.iter().map(String::as_str));
    }
    out.into_bytes()
}

fn line<'a>(out: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (n, text) in cells.enumerate() {
        if n > 0 {
            out.push(',');
        }
        cell(out, text);
    }
    out.push_str("\r\n");
}

fn cell(out: &mut String, text: &str) {
    let calculated = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let apostrophe = if calculated { "'" } else { "" };
    if text.contains(['"', ',', '\r', '\n']) {
        out.push_str(&format!("\"{apostrophe}{}\"", text.replace('"', "\"\"")));
    } else {
        out.push_str(apostrophe);
        out.push_str(text);
    }
}
