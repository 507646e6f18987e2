//! Files that were cut off while they were copied.

use super::xlsx::{accounts, records};
use super::{Case, HEADINGS, case, compound, csv, opendocument};

pub(super) fn cases() -> Vec<Case> {
    let mut all = Vec::new();
    for percent in [1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99] {
        all.push(case(
            format!("workbook-cut-at-{percent}-percent.error-damaged.xlsx"),
            "Damaged",
            move || cut(accounts(&records(100)), percent),
        ));
    }
    for percent in [20, 50, 80, 99] {
        all.push(case(
            format!("opendocument-cut-at-{percent}-percent.error-damaged.ods"),
            "Damaged",
            move || cut(opendocument::accounts(100), percent),
        ));
    }
    // What is left of the shortest names no workbook.
    for (percent, word, says) in [
        (2, "not-a-spreadsheet", "NotASpreadsheet"),
        (10, "not-a-spreadsheet", "NotASpreadsheet"),
        (30, "damaged", "Damaged"),
        (60, "damaged", "Damaged"),
        (90, "damaged", "Damaged"),
    ] {
        all.push(case(format!("old-workbook-cut-at-{percent}-percent.error-{word}.xls"), says, move || {
            cut(compound::accounts(100), percent)
        }));
    }
    all.extend([
        case("text-cut-in-the-headings.error-no-dataset.csv", "NoDataset", || "系統名稱,帳".into()),
        case("text-cut-after-the-headings.fine.csv", "stored 0, rejected 0", || HEADINGS.join(",").into()),
        case("text-cut-in-a-record.partial.csv", "stored 2, rejected 0, required_empty 2", || {
            (csv(1) + "交易主機,us").into()
        }),
        case(
            "text-cut-in-a-character.partial.csv",
            "stored 2, rejected 0, bad_encoding 1, required_empty 1",
            || {
                let mut bytes = (csv(1) + "交易主機,user2,王小明").into_bytes();
                bytes.pop();
                bytes
            },
        ),
        case("text-cut-in-quotation-marks.partial.csv", "stored 2, rejected 0, bad_choice 1", || {
            (csv(1) + "交易主機,user2,\"王小明\",\"啟用").into()
        }),
        case("old-workbook-of-512-bytes.error-not-a-spreadsheet.xls", "NotASpreadsheet", || {
            compound::accounts(10).into_iter().take(512).collect()
        }),
    ]);
    all
}

fn cut(mut bytes: Vec<u8>, percent: usize) -> Vec<u8> {
    bytes.truncate(bytes.len() * percent / 100);
    bytes
}
