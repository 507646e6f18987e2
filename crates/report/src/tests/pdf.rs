//! What the tests of printed papers share: the fonts, a reader's view of the bytes, the texts of laid-out pages.

use crate::Fonts;
use crate::doc::Report;
use crate::render::pdf::testing::{Mark, Page, laid_out};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

pub static REGULAR: LazyLock<Vec<u8>> = LazyLock::new(|| font("400Regular/NotoSansTC_400Regular.ttf"));
pub static BOLD: LazyLock<Vec<u8>> = LazyLock::new(|| font("700Bold/NotoSansTC_700Bold.ttf"));

fn font(path: &str) -> Vec<u8> {
    let fonts = "../../ui/node_modules/@expo-google-fonts/noto-sans-tc";
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(fonts).join(path);
    std::fs::read(&path).expect("the fonts of the window are installed: run `cargo xtask test` once")
}

pub fn fonts() -> Fonts<'static> {
    Fonts { regular: &REGULAR, bold: &BOLD, fallback: &[] }
}

/// The texts of a page.
pub fn texts(page: &Page) -> impl Iterator<Item = &str> {
    page.marks.iter().filter_map(|mark| match mark {
        Mark::Text { text, .. } => Some(text.as_str()),
        _ => None,
    })
}

/// The texts of a paper, page by page.
pub fn pages_of(report: &Report) -> Vec<Vec<String>> {
    let pages = laid_out(report, &fonts());
    pages.iter().map(|page| texts(page).map(str::to_owned).collect()).collect()
}

/// What a program makes of the bytes; panics with the program's own words when it refuses them.
pub fn piped(program: &str, args: &[&str], bytes: &[u8]) -> String {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("poppler is installed");
    let mut stdin = child.stdin.take().expect("piped");
    let bytes = bytes.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&bytes));
    let out = child.wait_with_output().expect("ends");
    writer.join().expect("no panic").expect("read to the end");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("UTF-8")
}

/// The text of a file, as a reader program finds it.
pub fn pdf_text(bytes: &[u8]) -> String {
    piped("pdftotext", &["-raw", "-enc", "UTF-8", "-", "-"], bytes)
}

/// Without line breaks and blanks, as a sentence that was broken into lines reads.
pub fn joined(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
