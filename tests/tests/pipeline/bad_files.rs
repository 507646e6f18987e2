//! What bad input gets: one clear line in zh-TW each, nothing half stored, and the rest goes on.

use fieldbook_app::import::SheetOrder;
use fieldbook_app::{exam, import};
use fieldbook_tests::desk::{import_file, with_exam};
use fieldbook_tests::sample_folder;
use rust_xlsxwriter::Workbook;
use std::fs::File;
use std::path::{Path, PathBuf};

fn good() -> PathBuf {
    sample_folder().join("firm/05_委外廠商契約清冊.xlsx")
}

fn no_spreadsheet(folder: &Path) -> PathBuf {
    let path = folder.join("圖片.xlsx");
    std::fs::write(&path, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0").expect("file");
    path
}

/// The head of a compound file with the stream that an encrypted workbook has.
fn locked(folder: &Path) -> PathBuf {
    let path = folder.join("加密.xlsx");
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(2048, 0);
    std::fs::write(&path, bytes).expect("file");
    path
}

fn truncated(folder: &Path) -> PathBuf {
    let path = folder.join("截斷.xlsx");
    let bytes = std::fs::read(good()).expect("file of the sample");
    std::fs::write(&path, &bytes[..bytes.len() * 2 / 3]).expect("file");
    path
}

/// A file of three GiB without content, which takes no room on the disk.
fn too_large(folder: &Path) -> PathBuf {
    let path = folder.join("過大.csv");
    File::create(&path).and_then(|f| f.set_len(3 << 30)).expect("sparse file");
    path
}

fn workbook(folder: &Path, name: &str, rows: &[&[&str]]) -> PathBuf {
    let path = folder.join(name);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(*cells) {
            sheet.write_string(row, column, *cell).expect("cell");
        }
    }
    book.save(&path).expect("workbook");
    path
}

fn fits_nothing(folder: &Path) -> PathBuf {
    workbook(
        folder,
        "菜單.xlsx",
        &[&["品項", "熱量", "價位"], &["湯麵", "500", "120"], &["便當", "700", "100"]],
    )
}

fn without_status(folder: &Path) -> PathBuf {
    let rows: [&[&str]; 3] = [
        &["主機名稱", "登入帳號", "帳號使用人", "密碼最後變更日"],
        &["oms01", "root", "陳甲一", "109/12/01"],
        &["oms01", "op1", "林乙一", "109/12/02"],
    ];
    workbook(folder, "缺欄.xlsx", &rows)
}

/// File, word of the message, word of the hint.
type Case = (fn(&Path) -> PathBuf, &'static str, &'static str);

const CASES: [Case; 6] = [
    (no_spreadsheet, "不是", "xlsx"),
    (locked, "密碼", "移除密碼"),
    (truncated, "損壞", "重新複製"),
    (too_large, "過大", "分割"),
    (fits_nothing, "無法對應", "指定資料集"),
    (without_status, "狀態", "標題列"),
];

#[test]
fn each_bad_file_gets_one_clear_line_and_stores_nothing() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    for (make, message, hint) in CASES {
        let path = make(folder.path());
        let name = path.file_name().expect("name").to_string_lossy().into_owned();
        let done = import_file(&mut desk, &path, SheetOrder::default())
            .expect("a bad file is no failure of the call");
        let error = done.view.files[0].error.clone().expect(&name);
        assert!(error.message.contains(message), "{name}: {}", error.message);
        assert!(error.message.contains(&name), "{name} is not named: {}", error.message);
        assert!(!error.message.contains('\n') && error.message.ends_with('。'), "{}", error.message);
        assert!(error.hint.contains(hint), "{name}: {}", error.hint);
        assert_eq!(done.view.batch, 0.0, "{name}");
    }
    assert!(import::imports(&desk).expect("imports").is_empty());
    assert_eq!(exam::status(&desk).expect("status").files, 0);
}

#[test]
fn the_other_files_go_on() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let bad = truncated(folder.path());
    let files = [good(), bad, sample_folder().join("firm/04_人員名冊.xlsx")];
    let stored: Vec<bool> = files
        .iter()
        .map(|f| {
            import_file(&mut desk, f, SheetOrder::default()).expect("call").view.files[0].error.is_none()
        })
        .collect();
    assert_eq!(stored, [true, false, true]);
    assert_eq!(import::imports(&desk).expect("imports").len(), 2);
}

#[test]
fn a_bad_sheet_does_not_keep_the_good_one_out() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let path = sample_folder().join("firm/03_交易系統帳號.xlsx");
    let done = import_file(&mut desk, &path, SheetOrder::default()).expect("call");
    let sheets = &done.view.files[0].sheets;
    let stored: Vec<&str> = sheets.iter().filter(|s| s.error.is_none()).map(|s| s.sheet.as_str()).collect();
    let refused: Vec<&str> = sheets.iter().filter(|s| s.error.is_some()).map(|s| s.sheet.as_str()).collect();
    assert_eq!((stored, refused), (vec!["帳號清單"], vec!["填表說明"]));
}

#[test]
fn the_same_file_twice_is_refused_and_counted_once() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let first = import_file(&mut desk, &good(), SheetOrder::default()).expect("call");
    let second = import_file(&mut desk, &good(), SheetOrder::default()).expect("call");
    assert!(first.view.files[0].error.is_none() && second.view.files[0].error.is_some());
    assert_eq!(exam::status(&desk).expect("status").files, 1);
}
