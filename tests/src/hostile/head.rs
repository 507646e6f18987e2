//! Headings that deceive the eye, stand twice, or stand alone.

use super::xlsx::{accounts, book, header, records, row, sheet};
use super::{Case, HEADINGS, case, csv};

const TWO: &str = "stored 2, rejected 0";

pub(super) fn cases() -> Vec<Case> {
    vec![
        case("headings-with-marks-of-direction.fine.csv", TWO, || {
            headed(&[
                "\u{202e}系統名稱\u{202c}",
                "\u{200f}帳號",
                "\u{2066}使用者姓名\u{2069}",
                "帳號狀態\u{200e}",
            ])
        }),
        case("headings-with-characters-of-no-width.fine.csv", TWO, || {
            headed(&["系\u{200b}統名稱", "\u{feff}帳號", "使用者\u{200d}姓名", "帳號\u{2060}狀態"])
        }),
        case("headings-with-a-soft-hyphen-and-tags.fine.csv", TWO, || {
            headed(&["系\u{ad}統名稱", "帳號\u{e0041}\u{e007f}", "使用者姓名\u{fe0f}", "帳號狀態"])
        }),
        case("headings-of-full-width-and-blanks.fine.csv", TWO, || {
            headed(&["　系統名稱　", "帳 號", "使用者姓名（必填）", "帳號狀態*"])
        }),
        case("headings-of-look-alikes.error-no-dataset.csv", "NoDataset", || {
            "Αccount,Uѕer,Ѕtatus,Ѕystem\r\na,b,c,d\r\ne,f,g,h\r\n".into()
        }),
        case("headings-twice.fine.csv", TWO, || {
            let twice = format!("{0},{0}\r\n", HEADINGS.join(","));
            let body: String = csv(2).lines().skip(1).map(|l| format!("{l},{l}\r\n")).collect();
            (twice + &body).into()
        }),
        case("headings-only.fine.csv", "stored 0, rejected 0", || csv(0).into()),
        case("headings-only.fine.xlsx", "stored 0, rejected 0", || accounts("")),
        case("headings-again-on-every-page.partial.csv", "stored 4, rejected 1, footer 1", || {
            (csv(2) + &csv(2)).into()
        }),
        case("headings-below-thirty-lines.fine.csv", TWO, || ("保密\r\n".repeat(30) + &csv(2)).into()),
        case("headings-below-a-thousand-lines.fine.csv", "stored 2, rejected 0", || {
            ("保密\r\n".repeat(1_000) + &csv(2)).into()
        }),
        case("heading-of-a-million-letters.fine.csv", TWO, || {
            csv(2).replacen("\r\n", &format!(",{}\r\n", "長".repeat(1_000_000)), 1).into()
        }),
        case("headings-of-thirty-thousand-letters.fine.xlsx", TWO, || {
            let long = "長".repeat(30_000);
            let mut headings = HEADINGS.to_vec();
            headings.push(&long);
            book(&sheet(&(row(1, &headings) + &records(2)), ""), &[])
        }),
        case("heading-missing.error-missing-required.csv", "MissingRequired", || {
            "系統名稱,帳號,使用者姓名\r\n主機,root,王小明\r\n".into()
        }),
        case("headings-of-another-trade.error-no-dataset.csv", "NoDataset", || {
            "品項,熱量,售價\r\n湯麵,500,120\r\n便當,700,100\r\n".into()
        }),
        case("rows-without-headings.error-no-dataset.xlsx", "NoDataset", || {
            let rows = header() + &records(2);
            let body = rows.split_once("</row>").map(|(_, body)| body.to_owned()).unwrap_or_default();
            book(&sheet(&body, ""), &[])
        }),
    ]
}

fn headed(headings: &[&str]) -> Vec<u8> {
    let body: String = csv(2).lines().skip(1).map(|l| format!("{l}\r\n")).collect();
    format!("{}\r\n{body}", headings.join(",")).into()
}
