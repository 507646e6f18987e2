//! A clause with several units or systems, line by line as the checklist paper prints it.

use super::book::{Page, page};
use super::fixture::{answer, clause, decision, dossier};
use crate::{Dossier, ItemLine, build, working_papers};
use fieldbook_model::*;

const HEADINGS: [&str; 12] = [
    "條次",
    "章節",
    "規範內容",
    "性質",
    "適用",
    "系統",
    "查核結果",
    "查核方式",
    "說明",
    "待補資料",
    "底稿",
    "查核人員／時間",
];

/// BSL-6.8: one duty of the core systems and one of the others, three systems, one of them unknown.
pub fn bots() -> ItemLine {
    let mut clause = clause("BSL-6.8");
    let unit = |id: &str, text: &str, strength| Unit {
        id: id.to_owned(),
        text: text.to_owned(),
        strength,
        per_system: None,
    };
    clause.units = vec![
        unit("a", "核心系統身分驗證機制應防範自動化程式之登入或密碼更換嘗試", Strength::Must),
        unit("b", "非核心系統宜防範自動化程式之登入或密碼更換嘗試", Strength::Should),
    ];
    let of = |system: &str, applicability, reason: &str| SystemDecision {
        system: system.to_owned(),
        applicability,
        reason: reason.to_owned(),
    };
    use Applicability::{Applicable, NotApplicable, Undetermined};
    let mut whole = decision(&clause, Applicable, "因經營證券業務", &[]);
    whole.units = vec![
        UnitDecision {
            unit: "a".to_owned(),
            strength: Strength::Must,
            applicability: Applicable,
            systems: vec![
                of("網路下單系統", Applicable, "因屬核心系統"),
                of("公司官網", NotApplicable, "非核心系統"),
                of("後台帳務系統", Undetermined, "「是否核心系統」尚未確認"),
            ],
        },
        UnitDecision {
            unit: "b".to_owned(),
            strength: Strength::Should,
            applicability: Applicable,
            systems: vec![
                of("網路下單系統", NotApplicable, "屬核心系統"),
                of("公司官網", Applicable, "因非屬核心系統"),
            ],
        },
    ];
    let origin = AnswerKey {
        clause: ClauseId::parse("FCM-8.3.e").expect("valid"),
        unit: String::new(),
        system: "網路下單系統".to_owned(),
    };
    let done = Answer {
        mode: Some(AnswerMode::SpotCheck),
        origin: Some(AnswerOrigin { exam: String::new(), key: origin }),
        ..answer("BSL-6.8", "a", "網路下單系統", ItemResult::Compliant)
    };
    let owed = Answer {
        awaited: Some("圖形驗證碼設定畫面".to_owned()),
        ..answer("BSL-6.8", "b", "公司官網", ItemResult::Partial)
    };
    ItemLine {
        clause, decision: whole, answers: vec![done, owed], chapter_title: "身分驗證管理".to_owned()
    }
}

fn with(items: Vec<ItemLine>) -> Dossier {
    Dossier { items, ..dossier() }
}

fn checklist(items: Vec<ItemLine>) -> (Page, u32) {
    let papers = working_papers(&with(items)).unwrap();
    let file = papers.iter().find(|p| p.name.starts_with("C-BSL")).expect("the checklist");
    let page = page(file, "查核項目表");
    let head = page.find("條次");
    assert_eq!(page.row(head), HEADINGS);
    (page, head)
}

fn texts(report: &crate::doc::Report) -> String {
    report.blocks.iter().flat_map(crate::doc::Block::texts).collect::<Vec<_>>().join("\n")
}

#[test]
fn each_unit_and_system_has_its_line_below_the_sum() {
    let (page, head) = checklist(vec![bots()]);
    let column = |row: u32, heading: &str| page.at(head + row, page.column(head, heading));
    let of = |heading: &str| (1..=4).map(|r| column(r, heading)).collect::<Vec<_>>();
    assert_eq!(of("系統"), ["（彙總）", "網路下單系統", "後台帳務系統", "公司官網"]);
    assert_eq!(of("性質"), ["應／宜", "應", "應", "宜"]);
    assert_eq!(of("查核結果"), ["◐ 部分符合", "✓ 符合", "○ 未查核", "◐ 部分符合"]);
    assert_eq!(column(1, "規範內容"), clause("BSL-6.8").text);
    assert_eq!(column(2, "規範內容"), "（a）核心系統身分驗證機制應防範自動化程式之登入或密碼更換嘗試");
    assert_eq!(column(4, "規範內容"), "（b）非核心系統宜防範自動化程式之登入或密碼更換嘗試");
    assert_eq!(
        of("條次").iter().map(|t| t.lines().next().unwrap_or("")).collect::<Vec<_>>(),
        ["BSL-6.8", "BSL-6.8（a）", "BSL-6.8（a）", "BSL-6.8（b）"]
    );
    assert_eq!(of("查核方式"), ["", "⊙ 檢視文件\n抽查", "", "⊙ 檢視文件"]);
    assert_eq!(of("待補資料"), ["", "", "", "△ 待補資料\n圖形驗證碼設定畫面"]);
    assert_eq!(of("底稿"), ["", "E-012", "", "E-012"]);
    assert_eq!(column(2, "查核人員／時間"), "林查核\n115.11.21 11:20\n沿用自 FCM-8.3.e 網路下單系統");
    assert_eq!(column(4, "查核人員／時間"), "林查核\n115.11.21 11:20");
    assert_eq!(column(3, "適用"), "? 適用性待確認\n「是否核心系統」尚未確認");
    assert_eq!(
        column(1, "適用"),
        "適用\n因經營證券業務\n（a）不適用於公司官網：非核心系統\n（b）不適用於網路下單系統：屬核心系統"
    );
    assert_eq!(page.last(), head + 5, "and no other line but the legend");
}

#[test]
fn an_item_that_is_answered_as_one_has_one_line() {
    let mut item = bots();
    item.clause.units.clear();
    item.decision = decision(&item.clause, Applicability::Applicable, "因經營證券業務", &["網路下單系統"]);
    item.answers.truncate(1);
    item.answers[0].key.unit.clear();
    let (page, head) = checklist(vec![item]);
    assert_eq!(page.last(), head + 2);
    let row = page.row(head + 1);
    assert_eq!((row[2].as_str(), row[5].as_str()), (clause("BSL-6.8").text.as_str(), "網路下單系統"));
    assert_eq!(row[6], "✓ 符合");
}

#[test]
fn an_answer_for_all_shows_on_every_line_that_it_covers() {
    let mut item = bots();
    item.answers = vec![answer("BSL-6.8", "", "", ItemResult::Compliant)];
    let (page, head) = checklist(vec![item]);
    assert_eq!((1..=4).map(|r| page.at(head + r, 6)).collect::<Vec<_>>(), ["✓ 符合"; 4]);
    assert_eq!(page.last(), head + 5);
}

#[test]
fn an_answer_on_what_no_longer_applies_is_kept_and_says_so() {
    let mut item = bots();
    item.answers.push(answer("BSL-6.8", "b", "網路下單系統", ItemResult::Noncompliant));
    let (page, head) = checklist(vec![item]);
    assert_eq!(page.at(head + 1, 6), "◐ 部分符合", "it no longer counts");
    assert_eq!(page.at(head + 5, 5), "網路下單系統");
    assert_eq!(page.at(head + 5, 6), "● 不符合");
    assert_eq!(page.at(head + 5, 4), "– 不適用\n已不適用，保留原查核結果");
}

#[test]
fn a_graver_answer_for_all_is_not_hidden_by_those_of_the_systems() {
    let mut item = bots();
    item.answers.push(answer("BSL-6.8", "", "", ItemResult::Noncompliant));
    item.answers.push(answer("BSL-6.8", "a", "後台帳務系統", ItemResult::Compliant));
    let (page, head) = checklist(vec![item]);
    assert_eq!(page.at(head + 1, 6), "● 不符合");
    assert_eq!(page.row(head + 5)[5..7], ["", "● 不符合"], "the answer that decides is there to be read");
}

/// BSL-6.10, which the profile finds out of scope and the examiner does not.
fn judged() -> ItemLine {
    let clause = clause("BSL-6.10");
    let decision = decision(&clause, Applicability::NotApplicable, "因未提供網際網路下單服務", &[]);
    let mut item = Item { clause: clause.id.clone(), decision };
    item.override_with(Override {
        clause: clause.id.clone(),
        applicability: Applicability::Applicable,
        reason: "受查單位實際開放行動下單".to_owned(),
        by: "陳稽核".to_owned(),
        at: dossier().printed_at,
    });
    let chapter_title = "身分驗證管理".to_owned();
    ItemLine { clause, decision: item.decision, answers: Vec::new(), chapter_title }
}

#[test]
fn a_judgement_shows_both_reasons_in_paper_and_report() {
    let (page, head) = checklist(vec![judged()]);
    let both = "改判理由：受查單位實際開放行動下單（陳稽核，115.11.21 14:03）\n\
                依概況原為：– 不適用。因未提供網際網路下單服務";
    assert_eq!(page.at(head + 1, 4), format!("適用\n{both}"));
    assert_eq!(page.at(head + 1, 6), "○ 未查核");
    let report = texts(&build::report(&with(vec![judged()]), &[]));
    assert!(report.contains(&format!("適用（改判）\n{both}")), "{report}");
}

#[test]
fn the_report_names_open_systems_and_what_is_awaited() {
    let report = texts(&build::report(&with(vec![bots()]), &[]));
    assert!(report.contains("後台帳務系統：「是否核心系統」尚未確認"));
    assert!(report.contains("三、待補資料項目") && report.contains("圖形驗證碼設定畫面"));
    let none = texts(&build::report(&with(vec![judged()]), &[]));
    assert!(!none.contains("待補資料項目"));
}

#[test]
fn a_met_exception_is_counted_by_itself_and_still_wants_an_answer() {
    let mut item = judged();
    item.decision = decision(&item.clause, Applicability::Waived, "因具實體替代防護", &[]);
    let report = build::report(&with(vec![item]), &[]);
    let tables: Vec<_> = report
        .blocks
        .iter()
        .filter_map(|b| match b {
            crate::doc::Block::Table(t) => Some(t),
            _ => None,
        })
        .collect();
    let figures = |title: &str| {
        let table = tables.iter().find(|t| t.columns.iter().any(|c| c.title == title)).expect("the table");
        let at = table.columns.iter().position(|c| c.title == title).expect("the column");
        table.rows.iter().map(|r| r[at].printed()).collect::<Vec<_>>()
    };
    assert_eq!(figures("符合除外規定"), ["1", "1"]);
    assert_eq!(figures("○ 未查核"), ["1", "1"]);
}
