//! The receipt for what a firm handed over: whatever both sides sign for is in it, whole, in both files.

use super::book::{Page, page, sheets};
use super::fixture::{FIRM, at, dossier};
use super::pdf::{fonts, joined, pages_of, pdf_text, piped};
use crate::build::receipt::paper;
use crate::*;
use fieldbook_model::*;

const LONG_NAME: &str = "甲乙綜合證券股份有限公司_資訊處_109年度資通系統帳號及權限清冊(含已停用及廠商帳號)_第三版_1091231更正.xlsx";
const LONG_SHEET: &str = "網路下單系統及行動下單App帳號清冊(含停用)";

fn sha(n: usize) -> String {
    let digits = "0123456789abcdef";
    digits.chars().cycle().skip(n).step_by(3).take(64).collect()
}

fn record(name: &str, dataset: Option<&str>, rows: u64) -> SheetRecord {
    SheetRecord {
        sheet: name.to_owned(),
        dataset: dataset.map(str::to_owned),
        header_row: 3,
        end_row: None,
        mapping: Vec::new(),
        filled: Vec::new(),
        unmapped: Vec::new(),
        missing_required: Vec::new(),
        rows_read: rows + 2,
        rows_stored: rows,
        rows_rejected: 2,
        hidden_rows: Some(0),
        hidden_columns: Some(Vec::new()),
        hidden_sheet: false,
        issues: Vec::new(),
        origin: None,
        declared_rows: None,
    }
}

fn file(n: usize, name: &str, encoding: &str, sheets: Vec<SheetRecord>) -> ReceivedPaper {
    ReceivedPaper {
        replaced_by: vec![None; sheets.len()],
        file: FileRecord {
            file: name.to_owned(),
            sha256: sha(n),
            size: 183_552 + n as u64,
            encoding: encoding.to_owned(),
            sheets,
        },
        received_from: "資訊處林經理".to_owned(),
        at: at(9, 52),
        undone: false,
    }
}

fn receipt(files: Vec<ReceivedPaper>) -> Receipt {
    let Dossier { exam, organisation, datasets, printed_at, .. } = dossier();
    let head = ExamHead {
        firm: exam.firm,
        case_no: exam.case_no,
        as_of: exam.as_of,
        period: exam.period,
        examiners: exam.examiners,
        organisation,
    };
    Receipt { head, datasets, files, printed_at }
}

/// One file of every kind.
fn some() -> Receipt {
    let accounts = SheetRecord {
        hidden_rows: Some(12),
        hidden_columns: Some(vec!["員工編號".to_owned(), "內部註記".to_owned()]),
        hidden_sheet: true,
        declared_rows: Some(1_050),
        ..record(LONG_SHEET, Some("accounts"), 1_043)
    };
    let untold = |record| SheetRecord { hidden_rows: None, hidden_columns: None, ..record };
    let untaken = SheetRecord { rows_read: 0, rows_rejected: 0, ..untold(record("說明", None, 0)) };
    let lower = SheetRecord { header_row: 40, ..record("人員", Some("personnel"), 5) };
    let mut replaced = file(2, "委託紀錄.csv", "Big5", vec![untold(record("", Some("orders"), 48_210))]);
    replaced.replaced_by = vec![Some(4)];
    let mut undone = file(3, "人員名冊(舊).xlsx", "", vec![record("在職", Some("personnel"), 312)]);
    undone.undone = true;
    let mut nobody = file(5, "照片說明.txt", "UTF-8", Vec::new());
    nobody.received_from = String::new();
    receipt(vec![
        file(1, LONG_NAME, "", vec![accounts, untaken]),
        replaced,
        undone,
        file(4, "人員.xls", "", vec![untold(record("人員", Some("personnel"), 7)), untold(lower)]),
        nobody,
    ])
}

fn made(of: &Receipt) -> Vec<PaperFile> {
    crate::receipt(of, &fonts()).unwrap()
}

fn rows_below(page: &Page, head: u32, count: u32) -> Vec<Vec<String>> {
    (head + 1..=head + count).map(|row| page.row(row)).collect()
}

#[test]
fn every_file_has_a_line_with_its_whole_fingerprint() {
    let files = made(&some());
    assert_eq!(
        files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["D-02 資料收受清單.xlsx", "D-02 資料收受清單.pdf"]
    );
    assert_eq!(sheets(&files[0]), ["資料收受清單", "工作表明細"]);
    let list = page(&files[0], "資料收受清單");
    let head = list.find("編號");
    assert_eq!(list.row(head), ["編號", "檔名", "位元組", "SHA-256", "提供人", "收受時間"]);
    let time = "115.11.21 09:52";
    let from = "資訊處林經理";
    let expected = [
        ["1", LONG_NAME, "183553", &sha(1), from, time],
        ["2", "委託紀錄.csv", "183554", &sha(2), from, time],
        ["3", "人員名冊(舊).xlsx（匯入已復原）", "183555", &sha(3), from, time],
        ["4", "人員.xls", "183556", &sha(4), from, time],
        ["5", "照片說明.txt", "183557", &sha(5), "–", time],
    ];
    assert_eq!(rows_below(&list, head, 5), expected);
}

#[test]
fn every_sheet_has_a_line_with_its_figures_and_what_is_to_be_known_of_it() {
    let files = made(&some());
    let list = page(&files[0], "工作表明細");
    let head = list.find("編號");
    assert_eq!(
        list.row(head),
        ["編號", "檔名", "工作表", "辨識為", "讀入", "存入", "剔除", "所述筆數", "備註"]
    );
    let unknown = "檔案格式不能得知有無隱藏列、欄";
    let hidden = "隱藏之工作表；含隱藏列 12；含隱藏欄 2（員工編號、內部註記）";
    let expected: [&[&str]; 7] = [
        &["1", LONG_NAME, LONG_SHEET, "帳號清冊", "1045", "1043", "2", "1050", hidden],
        &["1", LONG_NAME, "說明", "（未採用）", "–", "–", "–", "–"],
        &["2", "委託紀錄.csv", "–", "委託紀錄", "48212", "48210", "2", "–", "由第 4 次收受之檔案取代"],
        &["3", "人員名冊(舊).xlsx", "在職", "人員名冊", "314", "312", "2", "–", "匯入已復原"],
        &["4", "人員.xls", "人員（第 3 列起）", "人員名冊", "9", "7", "2", "–", unknown],
        &["4", "人員.xls", "人員（第 40 列起）", "人員名冊", "7", "5", "2", "–", unknown],
        &["5", "照片說明.txt", "–", "（未採用）", "–", "–", "–", "–"],
    ];
    assert_eq!(rows_below(&list, head, 7), expected);
}

#[test]
fn the_sums_can_be_reckoned_again_from_the_lines() {
    let files = made(&some());
    let texts = pdf_text(&files[1].bytes);
    let said = "共收受 4 個檔案、5 張工作表；讀入 49,273 列，其中存入 49,265 列、剔除 8 列。";
    let replaced = "存入之列中，48,210 列已由其後收受之檔案取代，原列仍保留。";
    let undone = "另有 1 個檔案之匯入已復原，不計入上列數字，檔案仍列於下表。";
    let list = page(&files[0], "工作表明細");
    let first = list.find("編號");
    let kept = || (first + 1..=first + 7).filter(|row| !list.at(*row, 8).contains("復原"));
    let sum = |column| kept().filter_map(|row| list.at(row, column).parse::<u64>().ok()).sum::<u64>();
    assert_eq!((sum(4), sum(5), sum(6)), (49_273, 49_265, 8));
    for sentence in [said, replaced, undone] {
        assert!(joined(&texts).contains(&joined(sentence)), "{sentence}");
        for name in ["資料收受清單", "工作表明細"] {
            let page = page(&files[0], name);
            assert!((0..=page.last()).any(|row| page.at(row, 0) == sentence), "{name}: {sentence}");
        }
    }
}

#[test]
fn both_sides_sign_and_see_who_is_examined_and_when() {
    let files = made(&some());
    let list = page(&files[0], "資料收受清單");
    let all: Vec<String> = (0..=list.last()).flat_map(|row| list.row(row)).collect();
    let print = joined(&pdf_text(&files[1].bytes));
    for word in [
        FIRM,
        "115-證-0012",
        "臺灣證券交易所股份有限公司",
        "民國109年12月31日",
        "林查核、陳稽核",
        "D-02",
        "受查單位提供人",
        "查核單位收受人",
        "經雙方核對檔名、大小及 SHA-256 無誤",
    ] {
        assert!(all.iter().any(|text| text.contains(word)), "the workbook: {word}");
        assert!(print.contains(&joined(word)), "the print: {word}");
    }
    assert!(print.contains("列印時間115.11.2114:03"));
    let signed = all.iter().filter(|text| text.contains("日期：＿")).count();
    assert_eq!(signed, 2, "both sides write the date");
}

#[test]
fn the_print_breaks_a_fingerprint_into_halves_and_cuts_nothing_off() {
    let print = pdf_text(&made(&some())[1].bytes);
    let whole = joined(&print);
    for n in 1..=5 {
        let hash = sha(n);
        let (first, second) = hash.split_at(32);
        assert!(print.contains(first) && print.contains(second), "{hash}");
    }
    assert!(whole.contains(LONG_NAME) || long_name_stands(&print), "the long name is whole");
}

/// Whether the pieces of the long name follow one another, as cells beside each other are read line by line.
fn long_name_stands(print: &str) -> bool {
    let mut left = LONG_NAME;
    for line in print.lines() {
        let mut piece = line.trim();
        while !piece.is_empty() {
            if let Some(rest) = left.strip_prefix(piece) {
                left = rest;
                break;
            }
            piece = piece.rsplit_once(' ').map_or("", |(before, _)| before);
        }
    }
    left.is_empty()
}

#[test]
fn a_long_receipt_repeats_its_heads_and_numbers_its_pages() {
    let many = receipt(
        (1..=60).map(|n| file(n, LONG_NAME, "", vec![record(LONG_SHEET, Some("accounts"), 10)])).collect(),
    );
    let pages = pages_of(&paper(&many));
    assert!(pages.len() > 3, "{} pages", pages.len());
    let has = |page: &Vec<String>, word: &str| page.iter().any(|text| text == word);
    for (n, page) in pages.iter().enumerate() {
        let files = page.iter().any(|text| text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit()));
        assert!(!files || has(page, "SHA-256"), "page {}", n + 1);
        assert!(!has(page, "帳號清冊") || has(page, "辨識為"), "page {}", n + 1);
    }
    let last = pages.last().expect("pages");
    assert!(last.iter().any(|text| text.contains("受查單位提供人")), "the places to sign stand together");
    assert!(last.iter().any(|text| text.contains("查核單位收受人")));
    let bytes = &made(&many)[1].bytes;
    assert!(piped("pdfinfo", &["-"], bytes).contains(&format!("Pages:           {}", pages.len())));
    let part = super::book::part(&made(&many)[0], "xl/workbook.xml");
    assert_eq!(part.matches("_xlnm.Print_Titles").count(), 2, "both lists repeat their heads in print");
}

#[test]
fn nothing_of_a_name_is_a_formula_and_no_character_is_missing() {
    let nasty = "=HYPERLINK(\"x\")_堃煊𡍼.csv";
    let of = receipt(vec![file(1, nasty, "UTF-8", vec![record("", None, 0)])]);
    let files = made(&of);
    let list = page(&files[0], "資料收受清單");
    assert_eq!(list.at(list.find("編號") + 1, 1), nasty);
    let xml = super::book::part(&files[0], "xl/worksheets/sheet1.xml");
    assert!(!xml.contains("<f>"), "no formula");
    // What the font has no glyph for is drawn as 〓, and copied as what it is.
    let print = joined(&pdf_text(&files[1].bytes));
    assert!(print.contains("堃煊𡍼"), "{print}");
    let own = paper(&some()).chars();
    let faces = crate::render::pdf::Faces::read(&fonts()).unwrap();
    let lost: Vec<char> = own.into_iter().filter(|c| faces.lacks(*c)).collect();
    assert!(lost.is_empty(), "our own words have every glyph: {lost:?}");
}
