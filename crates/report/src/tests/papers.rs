//! The working papers as a spreadsheet program reads them.

use super::fixture::{CONDITION, FIRM, LONG_ROWS, answer, clause, decision, dossier};
use crate::{PaperFile, working_papers};
use fieldbook_model::{Applicability, ItemResult};
use std::io::{Cursor, Read};

fn papers() -> Vec<PaperFile> {
    working_papers(&dossier()).unwrap()
}

fn paper(start: &str) -> PaperFile {
    papers().into_iter().find(|p| p.name.starts_with(start)).expect("a paper of this number")
}

/// One part of the package, as text.
fn part(paper: &PaperFile, name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(&paper.bytes)).expect("a zip archive");
    let mut text = String::new();
    zip.by_name(name).expect("the part").read_to_string(&mut text).expect("UTF-8");
    text
}

fn strings(paper: &PaperFile) -> String {
    part(paper, "xl/sharedStrings.xml")
}

#[test]
fn the_set_is_complete_and_in_order() {
    let names: Vec<_> = papers().into_iter().map(|p| p.name).collect();
    assert_eq!(
        names,
        [
            "A-01 底稿總表與封面.xlsx",
            "A-02 查核團隊.xlsx",
            "B-01 受查單位概況.xlsx",
            "C-BSL 查核項目表.xlsx",
            "C-COL 查核項目表.xlsx",
            "D-02 資料收受清單.xlsx",
            "E-00 證據索引.xlsx",
            "F-00 缺失彙總表.xlsx",
            "G-01 覆核意見.xlsx",
            "T-ACC-06 離職人員帳號未停用.xlsx",
            "T-ACC-09 委外契約期滿帳號仍啟用.xlsx",
            "T-COL-02 機櫃存放客戶或第三人設備.xlsx",
            "T-COL-03 未留存接收客戶委託時間.xlsx",
            "T-COL-05 最高權限帳號提供廠商使用.xlsx",
            "T-COL-06 系統使用密碼未依規定時間變更.xlsx",
        ]
    );
    let cover = strings(&paper("A-01"));
    for name in &names[1..] {
        assert!(cover.contains(name.as_str()), "the cover lists {name}");
    }
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    assert!(papers() == papers());
}

#[test]
fn every_paper_has_the_head_of_a_working_paper() {
    for paper in papers() {
        let strings = strings(&paper);
        for name in [
            "受查單位",
            "查核案號",
            "底稿編號",
            "查核項目",
            "查核依據",
            "查核基準日",
            "查核期間",
            "編製人／日期",
            "覆核人／日期",
        ] {
            assert!(strings.contains(name), "{}: {name}", paper.name);
        }
        assert!(strings.contains(FIRM), "{}", paper.name);
        assert!(strings.contains("民國109年12月31日"), "{}", paper.name);
    }
}

#[test]
fn every_sheet_is_set_up_for_a4() {
    for paper in papers() {
        let names: Vec<String> = zip::ZipArchive::new(Cursor::new(&paper.bytes))
            .expect("a zip archive")
            .file_names()
            .map(|name| name.expect("a readable name").into_owned())
            .filter(|name| name.starts_with("xl/worksheets/sheet"))
            .collect();
        for name in names {
            let sheet = part(&paper, &name);
            assert!(sheet.contains(r#"paperSize="9""#), "{}: {name}", paper.name);
            assert!(sheet.contains(r#"fitToHeight="0""#), "{}: {name}", paper.name);
            assert!(sheet.contains("第 &amp;P 頁／共 &amp;N 頁"), "{}: {name}", paper.name);
            assert!(sheet.contains("列印時間 115.11.21 14:03"), "{}: {name}", paper.name);
            assert!(sheet.contains(r#"state="frozen""#), "{}: {name}", paper.name);
        }
        assert!(part(&paper, "xl/workbook.xml").contains("_xlnm.Print_Titles"), "{}", paper.name);
    }
}

#[test]
fn a_text_that_looks_like_a_formula_stays_a_text() {
    for (number, sheet, text) in [("T-COL-05", 2, "=1+1"), ("D-02", 5, "=cmd|' /C calc'!A0")] {
        let paper = paper(number);
        assert!(!part(&paper, &format!("xl/worksheets/sheet{sheet}.xml")).contains("<f>"));
        let strings = strings(&paper);
        assert!(strings.replace("&apos;", "'").contains(&format!(">{text}<")), "{number}");
        assert!(part(&paper, "xl/styles.xml").contains(r#"quotePrefix="1""#), "{number}");
    }
}

#[test]
fn a_row_leads_back_to_file_sheet_and_row() {
    let paper = paper("T-COL-06");
    let sheet = part(&paper, "xl/worksheets/sheet2.xml");
    // Title, eleven pairs on six lines, two remarks, the head.
    let head = 10;
    let table = part(&paper, "xl/tables/table1.xml");
    assert!(table.contains(&format!(r#"<autoFilter ref="A{head}:"#)), "the head stands in row {head}");
    assert!(sheet.contains(&format!(r#"<row r="{}""#, head + LONG_ROWS)), "every exception has a row");
    assert!(!sheet.contains(&format!(r#"<row r="{}""#, head + LONG_ROWS + 1)));
    let strings = strings(&paper);
    assert!(strings.contains("1091231帳號清冊_資訊處提供.xlsx"));
    assert!(strings.contains("帳號"));
    assert!(sheet.contains(&format!("<v>{}</v>", LONG_ROWS + 3)), "the last row's number in the firm's file");
}

#[test]
fn no_data_never_reads_like_no_exception() {
    for (number, verdict) in [
        ("T-COL-05", "● 發現例外"),
        ("T-COL-02", "✓ 未發現例外"),
        ("T-COL-03", "? 資料不足以判斷"),
        ("T-ACC-06", "△ 無法執行（缺 人員名冊之離職日）"),
        ("T-ACC-09", "– 不適用"),
    ] {
        let strings = strings(&paper(number));
        assert!(strings.contains(verdict), "{number}: {verdict}");
        assert_eq!(strings.contains("✓ 未發現例外"), number == "T-COL-02", "{number}");
    }
}

#[test]
fn a_population_that_nobody_counted_is_said_to_be_unconfirmed() {
    let said = "母體完整性未經確認";
    assert!(strings(&paper("T-COL-05")).contains(said));
    assert!(!strings(&paper("T-COL-02")).contains(said), "36 of 36 rows were read");
}

#[test]
fn findings_stand_beside_the_clauses_word_for_word() {
    let strings = strings(&paper("F-00"));
    assert!(strings.contains("查核發現") && strings.contains("現行規範"));
    assert!(strings.contains(CONDITION));
    assert!(strings.contains(&clause("COL-D5.1").text));
    assert!(strings.contains("民國109年12月31日簡報"), "the edition is named");
    assert!(strings.contains("撤銷"), "a withdrawn finding keeps its number and its place");
}

#[test]
fn an_unanswered_system_shows_as_not_examined() {
    let mut dossier = dossier();
    dossier.items.retain(|i| i.clause.id.as_str() == "BSL-6.7");
    let systems = ["網路下單系統", "主機連線系統"];
    let item = &mut dossier.items[0];
    item.decision = decision(&item.clause, Applicability::Applicable, "", &systems);
    item.answers = vec![answer("BSL-6.7", "", systems[0], ItemResult::Compliant)];
    let papers = working_papers(&dossier).unwrap();
    let strings = strings(papers.iter().find(|p| p.name.starts_with("C-BSL")).expect("the checklist"));
    assert!(strings.contains("✓ 符合") && strings.contains("○ 未查核"));
    let report = crate::build::report(&dossier, &[]);
    let open = report
        .blocks
        .iter()
        .any(|b| matches!(b, crate::doc::Block::Note(t) if t.contains("未查核項目 1 項")));
    assert!(open, "one answered system does not answer the item");
}
