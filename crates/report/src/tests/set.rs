//! The working papers as a set: complete, linked, sortable, signed.

use super::book::{Page, page, part, sheets};
use super::whole::whole;
use crate::{Dossier, PaperFile, working_papers};
use std::collections::BTreeSet;

fn papers() -> Vec<PaperFile> {
    working_papers(&whole()).unwrap()
}

fn of<'a>(papers: &'a [PaperFile], start: &str) -> &'a PaperFile {
    papers.iter().find(|p| p.name.starts_with(start)).unwrap_or_else(|| panic!("no paper {start}"))
}

/// Row of the list whose head begins with this title.
fn lines(page: &Page, title: &str) -> Vec<Vec<String>> {
    let head = page.find(title);
    (head + 1..=page.last()).map(|row| page.row(row)).collect()
}

/// Texts between two marks.
fn between<'a>(xml: &'a str, from: &str, to: &str) -> Vec<&'a str> {
    xml.split(from).skip(1).filter_map(|rest| rest.split(to).next()).collect()
}

#[test]
fn every_kind_of_paper_is_there_and_no_number_twice() {
    let papers = papers();
    let numbers: Vec<&str> = papers.iter().filter_map(|p| p.name.split(' ').next()).collect();
    assert_eq!(
        numbers,
        [
            "A-01",
            "A-02",
            "B-01",
            "C-BSL",
            "C-COL",
            "D-01",
            "D-02",
            "E-00",
            "F-00",
            "G-01",
            "S-001",
            "T-ACC-06",
            "T-ACC-09",
            "T-COL-02",
            "T-COL-02／01",
            "T-COL-03",
            "T-COL-05",
            "T-COL-06",
        ]
    );
}

#[test]
fn the_evidence_index_prints_the_chain_of_custody_and_no_signature_breaks_by_it() {
    use fieldbook_model::{CustodyEntry, CustodyEvent};
    let before = super::whole::whole();
    let entry = |event, receipt: &str| CustodyEntry {
        id: 1,
        evidence: 1,
        event,
        from: "林查核".into(),
        to: "資訊處林經理".into(),
        place: String::new(),
        purpose: "查核完畢".into(),
        condition: "完好".into(),
        seal: "S-7".into(),
        receipt: receipt.into(),
        sha256: "ab".repeat(32),
        happened_at: super::fixture::at(15, 0),
        by: "林查核".into(),
        at: super::fixture::at(15, 2),
    };
    let mut after = before.clone();
    after.custody = vec![entry(CustodyEvent::HandedOver, ""), entry(CustodyEvent::Returned, "收據 7")];
    let books = crate::build::workbooks(&after);
    let paper = books.iter().find(|b| b.paper == "E-00").expect("is there");
    assert_eq!(paper.sheets.iter().map(|s| s.name.as_str()).collect::<Vec<_>>(), ["證據索引", "監管鏈紀錄"]);
    let said = format!("{:?}", paper.sheets);
    for text in ["歸還原件", "收據 7", "S-7", "115.11.21 15:00 歸還原件"] {
        assert!(said.contains(text), "{text}");
    }
    assert_eq!(
        crate::paper_contents(&before),
        crate::paper_contents(&after),
        "the return follows the signature"
    );
}

#[test]
fn each_paper_says_what_it_is_for() {
    let papers = papers();
    let profile = page(of(&papers, "B-01"), "受查單位概況");
    assert_eq!(
        lines(&profile, "類別")[0],
        ["業務", "是否經營證券經紀業務？", "是", "許可證照影本", "林查核", "115.11.21 09:01"]
    );
    let systems = lines(&page(of(&papers, "B-01"), "資通系統清冊"), "項次");
    assert_eq!(systems[0], ["1", "網路下單系統", "第一類", "是"]);
    assert_eq!(systems[1], ["2", "主機連線系統", "? 未確認", "? 未確認"]);
    let evidence = lines(&page(of(&papers, "E-00"), "證據索引"), "證據編號");
    assert_eq!(evidence.len(), 3);
    assert_eq!(evidence[1][..4], ["E-002", "帳號申請單第2號.pdf", "資訊處林經理", "受查單位提供"]);
    assert_eq!(evidence[1][5..8], ["紙本", "4", "183552"]);
    assert_eq!(evidence[1][11], "115.11.25 歸還");
    assert_eq!(evidence[0][13], "115-證-0012-F01");
    let team = page(of(&papers, "A-02"), "查核團隊");
    assert_eq!(lines(&team, "姓名")[1][3..5], ["CISSP 第 123456 號", "? 未確認"]);
    let notes = lines(&page(of(&papers, "G-01"), "覆核意見"), "編號");
    assert_eq!((notes[0][8].as_str(), notes[1][8].as_str()), ("✓ 已清除", "● 待回覆"));
    assert_eq!(notes[0][4], "已補充於第五點。");
    let reopened = lines(&page(of(&papers, "G-01"), "重新開啟紀錄"), "底稿編號");
    assert!(
        reopened.iter().any(|row| row.starts_with(&["T-COL-05", "1", "漏列一個帳號"].map(str::to_owned))),
        "{reopened:?}"
    );
}

#[test]
fn findings_stand_in_two_columns_with_what_became_of_them() {
    let papers = papers();
    let findings = page(of(&papers, "F-00"), "查核發現");
    let head = findings.find("編號");
    let titles = findings.row(head);
    let at = titles.iter().position(|t| t == "查核發現").unwrap();
    assert_eq!(titles[at + 1], "現行規範");
    let first = findings.row(head + 1);
    assert!(first[2].contains("重複缺失：114-證-0007-F02 廠商帳號未收回"));
    assert!(first.iter().any(|c| c == "部分同意\n116.01.31"), "{first:?}");
    assert!(first.iter().any(|c| c == "✓ 已改善"), "the last review counts");
    assert!(first.iter().any(|c| c.contains("重新執行後：\n6／\n1,050")));
    let followed = lines(&page(of(&papers, "F-00"), "改善追蹤"), "缺失編號");
    assert_eq!(followed.len(), 2);
    assert_eq!(followed[0][3], "所列帳號業已停用，惟其中一個係緊急帳號。");
    assert_eq!(followed[1][14], "第2次覆查：檢視比對紀錄。\n（重新測試，案卷執行編號 9）");
}

#[test]
fn who_signed_stands_in_the_head_and_who_has_not_does_not() {
    let papers = papers();
    let head = |paper: &str, sheet: &str| {
        let page = page(of(&papers, paper), sheet);
        (1..=11).flat_map(|row| page.row(row)).filter(|cell| !cell.is_empty()).collect::<Vec<_>>()
    };
    for sheet in ["底稿", "例外明細", "重新執行紀錄"] {
        let head = head("T-COL-05", sheet).join("|");
        assert!(head.contains("版本|第 2 版"), "{head}");
        assert!(
            head.contains("編製人／日期|趙編製／民國115年11月21日|覆核人／日期|王覆核／民國115年11月21日")
        );
    }
    let unsigned = head("T-COL-06", "底稿").join("|");
    assert!(unsigned.contains("版本|第 1 版"));
    assert!(unsigned.contains("編製人／日期|林查核／民國115年11月21日|覆核人／日期|查核依據"), "{unsigned}");
}

/// A link of a sheet: cell, target file or nothing, place in it.
fn links(paper: &PaperFile, sheet: usize) -> Vec<(String, String, String)> {
    let xml = part(paper, &format!("xl/worksheets/sheet{}.xml", sheet + 1));
    let found = between(&xml, "<hyperlink ", "/>");
    let has_targets = found.iter().any(|link| link.contains("r:id"));
    let rels = if has_targets {
        part(paper, &format!("xl/worksheets/_rels/sheet{}.xml.rels", sheet + 1))
    } else {
        String::new()
    };
    let value = |text: &str, name: &str| {
        between(text, &format!(" {name}=\""), "\"").first().map(|v| (*v).to_owned()).unwrap_or_default()
    };
    let link = |link: &&str| {
        let link = format!(" {link}");
        let id = value(&link, "r:id");
        let rel = rels.split("<Relationship").find(|r| !id.is_empty() && value(r, "Id") == id);
        let place = value(&link, "location").replace("&apos;", "'");
        (value(&link, "ref"), rel.map(|r| value(r, "Target")).unwrap_or_default(), place)
    };
    found.iter().map(link).collect()
}

fn decoded(target: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = target;
    while let Some((before, after)) = rest.split_once('%') {
        bytes.extend(before.bytes());
        let (hex, more) = after.split_at(2);
        bytes.push(u8::from_str_radix(hex, 16).unwrap());
        rest = more;
    }
    bytes.extend(rest.bytes());
    String::from_utf8(bytes).unwrap()
}

/// `('查核發現', 9)` of `'查核發現'!A9`.
fn place(text: &str) -> (String, u32) {
    let (sheet, cell) = text.rsplit_once('!').unwrap();
    (sheet.trim_matches('\'').to_owned(), cell.trim_start_matches('A').parse().unwrap())
}

#[test]
fn every_link_leads_to_a_place_that_there_is() {
    let papers = papers();
    let (mut inside, mut outside) = (0, 0);
    for paper in &papers {
        for sheet in 0..sheets(paper).len() {
            for (_, target, location) in links(paper, sheet) {
                assert!(target.is_ascii(), "{target}");
                let to = if target.is_empty() { paper.name.clone() } else { decoded(&target) };
                let file = papers.iter().find(|p| p.name == to).unwrap_or_else(|| panic!("{to}"));
                let (name, row) = place(&location);
                assert!(sheets(file).contains(&name), "{to}: {name}");
                assert!(row <= page(file, &name).last() + 1);
                *(if target.is_empty() { &mut inside } else { &mut outside }) += 1;
            }
        }
    }
    assert!(inside >= 8 && outside >= 50, "{inside} inside files, {outside} between them");
}

#[test]
fn the_index_leads_to_every_paper() {
    let papers = papers();
    let to: BTreeSet<String> = links(of(&papers, "A-01"), 0).into_iter().map(|l| decoded(&l.1)).collect();
    assert_eq!(to.len(), papers.len() - 1);
}

#[test]
fn a_test_leads_to_its_finding_and_the_finding_back() {
    let papers = papers();
    let there = links(of(&papers, "T-COL-05"), 0);
    let to_finding =
        there.iter().find(|l| decoded(&l.1).starts_with("F-00")).expect("a link to the findings");
    let (sheet, row) = place(&to_finding.2);
    assert_eq!(page(of(&papers, "F-00"), &sheet).at(row - 1, 0), "115-證-0012-F01");
    assert!(there.iter().any(|l| l.1.is_empty() && l.2.starts_with("'例外明細'")));
    let back = links(of(&papers, "F-00"), 3);
    assert!(back.iter().any(|l| decoded(&l.1).starts_with("T-COL-05 ")));
    let (sheet, row) = place(&back.iter().find(|l| decoded(&l.1).starts_with("C-COL")).expect("a clause").2);
    assert!(page(of(&papers, "C-COL"), &sheet).at(row - 1, 0).starts_with("COL-D5.1\n"));
}

#[test]
fn lists_are_tables_whose_names_are_used_once() {
    let papers = papers();
    let mut names = BTreeSet::new();
    for paper in &papers {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&paper.bytes)).unwrap();
        let tables: Vec<String> = (0..zip.len())
            .map(|i| zip.by_index(i).unwrap().name().unwrap().into_owned())
            .filter(|name| name.starts_with("xl/tables/"))
            .collect();
        for table in &tables {
            let xml = part(paper, table);
            let name = between(&xml, " displayName=\"", "\"")[0].to_owned();
            assert!(names.insert(name.clone()), "{name} twice");
            let ranges = between(&xml, "ref=\"", "\"");
            assert!(ranges.len() == 2 && ranges[0] == ranges[1], "the filter covers the table: {ranges:?}");
        }
    }
    for name in
        ["T_COL_06_例外明細", "C_COL_查核項目表", "E_00_證據索引", "D_02_資料收受清單", "F_00_查核發現"]
    {
        assert!(names.contains(name), "{name} is none of {names:?}");
    }
    let xml = part(of(&papers, "T-COL-06"), "xl/tables/table1.xml");
    let rows = between(&xml, "ref=\"A", "\"")[0].to_owned();
    let (first, last) = rows.split_once(":P").expect("sixteen columns");
    assert_eq!(last.parse::<u32>().unwrap() - first.parse::<u32>().unwrap(), super::fixture::LONG_ROWS);
}

#[test]
fn values_may_be_named_like_our_own_columns() {
    let mut d = whole();
    for column in &mut d.tests[0].procedure.columns {
        column.zh = "規則".to_owned();
    }
    let papers = working_papers(&d).unwrap();
    let rows = page(of(&papers, "T-COL-05"), "例外明細");
    let titles = rows.row(rows.find("序號"));
    let once: BTreeSet<&String> = titles.iter().collect();
    assert_eq!(once.len(), titles.len(), "{titles:?}");
}

#[test]
fn nothing_of_a_text_is_markup_or_formula() {
    let evil = ["<r><t>x</t></r>", "=HYPERLINK(\"x\")", "a\u{b}b_x0041_", "]]>&amp;"];
    let mut d: Dossier = whole();
    for (item, text) in d.items.iter_mut().filter(|i| !i.answers.is_empty()).zip(evil) {
        item.answers[0].note = text.to_owned();
    }
    d.tests[0].procedure.purpose = evil[0].to_owned();
    d.exam.firm = evil[0].to_owned();
    let papers = working_papers(&d).unwrap();
    crate::prove_papers(&d, &papers).expect("all of it is there");
    for paper in &papers {
        for sheet in 0..sheets(paper).len() {
            assert!(!part(paper, &format!("xl/worksheets/sheet{}.xml", sheet + 1)).contains("<f>"));
        }
    }
    let form = page(of(&papers, "T-COL-05"), "底稿");
    assert!((0..form.last()).any(|row| form.at(row, 0) == evil[0]), "the purpose is a text");
}

#[test]
fn the_record_for_a_machine_never_goes_on_in_another_row() {
    let mut d = whole();
    d.tests[0].record = "{\"說\": \"".to_owned() + &"長".repeat(9_000) + "\"}";
    let papers = working_papers(&d).unwrap();
    let record = page(of(&papers, "T-COL-05"), crate::RECORD_SHEET);
    let lines: Vec<Vec<String>> = (0..=record.last()).map(|row| record.row(row)).collect();
    let own = lines.iter().filter(|row| row.first().is_some_and(|c| c.starts_with(crate::RECORD_LINE)));
    let text: String = own.filter_map(|row| row.get(1).cloned()).collect();
    assert_eq!(text, d.tests[0].record);
}

#[test]
fn a_narrow_list_has_its_head_line_by_line() {
    let papers = papers();
    let kinds = page(of(&papers, "A-02"), "資格要求");
    assert_eq!(kinds.row(1), ["受查單位", "甲乙綜合證券股份有限公司"]);
    assert_eq!(kinds.row(2), ["查核案號", "115-證-0012"]);
    assert_eq!(kinds.row(12), ["資格", "證照例", "依據條次"]);
}
