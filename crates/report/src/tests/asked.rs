//! What goes to the firm and into the machine room: request list, blank workbooks, field sheet, editable checklist.

use super::book::{page, part, sheets};
use super::cells::bots;
use super::fixture::{clause, decision, dossier};
use super::pdf::{fonts, joined, pdf_text};
use crate::*;
use fieldbook_model::*;
use jiff::civil::date;

fn head() -> ExamHead {
    let Dossier { exam, organisation, .. } = dossier();
    ExamHead {
        firm: exam.firm,
        case_no: exam.case_no,
        as_of: exam.as_of,
        period: exam.period,
        examiners: exam.examiners,
        organisation,
    }
}

fn cites(ids: &[&str]) -> Vec<(ClauseId, String)> {
    ids.iter().map(|id| (clause(id).id, clause(id).label)).collect()
}

pub fn list() -> RequestList {
    let line = |no, name: &str, dataset: &str, clauses: &[&str]| RequestLine {
        no,
        name: name.to_owned(),
        dataset: dataset.to_owned(),
        clauses: cites(clauses),
        procedures: if dataset.is_empty() { Vec::new() } else { vec!["T-COL-05".into(), "T-COL-06".into()] },
        period: "109.01.01–109.12.31".to_owned(),
        format: if dataset.is_empty() {
            String::new()
        } else {
            format!("可用欄位範本：D0{no} {name}.xlsx")
        },
        columns: if dataset.is_empty() {
            Vec::new()
        } else {
            ["系統名稱", "帳號", "使用者姓名", "狀態"].map(str::to_owned).to_vec()
        },
        remark: if no == 1 { "含已停用帳號".to_owned() } else { String::new() },
    };
    let many: Vec<&str> =
        super::clauses::CLAUSES.iter().map(|c| c.0).filter(|id| id.starts_with("BSL")).collect();
    RequestList {
        head: head(),
        due: Some(date(2026, 12, 5)),
        printed_at: dossier().printed_at,
        documents: dossier().documents,
        lines: vec![
            line(1, "帳號清冊", "accounts", &["BSL-6.7", "COL-D5.1", "COL-G3.1"]),
            line(2, "人員名冊", "personnel", &many),
            line(3, "機櫃平面圖及設備照片", "", &["COL-D2.1"]),
        ],
        awaited: vec![AwaitedLine {
            label: clause("BSL-6.8").label,
            clause: clause("BSL-6.8").id,
            system: "公司官網".to_owned(),
            what: "圖形驗證碼設定畫面".to_owned(),
            by: "林查核".to_owned(),
        }],
    }
}

#[test]
fn the_request_list_has_its_columns_and_room_to_sign() {
    let files = request_list(&list(), &fonts()).unwrap();
    assert_eq!(
        files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["D 調閱資料清單.xlsx", "D 調閱資料清單.pdf"]
    );
    assert_eq!(sheets(&files[0]), ["調閱資料清單", "待補資料", "條文對照"]);
    let asked = page(&files[0], "調閱資料清單");
    let head = asked.find("編號");
    assert_eq!(
        asked.row(head),
        ["編號", "資料名稱", "對應條文", "期間", "格式要求", "提供期限", "收件日", "份數", "備註"]
    );
    assert_eq!(
        asked.row(head + 1),
        [
            "1",
            "帳號清冊",
            "BSL-6.7 第六條第七款\nCOL-D5.1 現行規範 CC-18000 存取控制 (二)權限管理\n\
         COL-G3.1 未來查核方向 電腦作業系統環境設定及使用權限設定\n測試程序：T-COL-05、T-COL-06",
            "109.01.01–109.12.31",
            "可用欄位範本：D01 帳號清冊.xlsx\n必要欄位：系統名稱、帳號、使用者姓名、狀態",
            "115.12.05",
            "",
            "",
            "含已停用帳號",
        ]
    );
    assert!(asked.at(head + 2, 2).starts_with("BSL-2.1、2.2、2.3、"), "many clauses are named by their ids");
    assert_eq!(asked.at(head + 3, 4), "–");
    let signed: Vec<String> = (head + 4..=asked.last()).map(|r| asked.at(r, 0)).collect();
    assert!(signed.iter().any(|t| t.starts_with("受查單位提供人：＿")), "{signed:?}");
    assert!(signed.iter().any(|t| t.starts_with("查核單位收受人：＿")), "{signed:?}");
}

#[test]
fn every_cited_clause_is_explained_once_and_what_is_awaited_stands_apart() {
    let files = request_list(&list(), &fonts()).unwrap();
    let clauses = page(&files[0], "條文對照");
    let head = clauses.find("條次");
    let ids: Vec<String> = (head + 1..=clauses.last()).map(|r| clauses.at(r, 0)).collect();
    assert_eq!(ids.iter().filter(|id| *id == "BSL-6.7").count(), 1, "{ids:?}");
    let at = head + 1 + u32::try_from(ids.iter().position(|id| id == "BSL-6.7").expect("cited")).unwrap();
    assert_eq!(clauses.at(at, 1), "第六條第七款");
    assert_eq!(clauses.at(at, 2), "1、2", "the lines that cite it");
    assert!(clauses.at(at, 3).contains("來源文字未載日期"), "the edition is named");
    let awaited = page(&files[0], "待補資料");
    let row = awaited.find("條次") + 1;
    assert_eq!(awaited.row(row), ["BSL-6.8\n第六條第八款", "圖形驗證碼設定畫面", "公司官網", "林查核"]);
    let none = RequestList { awaited: Vec::new(), ..list() };
    assert_eq!(sheets(&request_list(&none, &fonts()).unwrap()[0]), ["調閱資料清單", "條文對照"]);
}

#[test]
fn the_printed_request_list_says_the_same() {
    let text = joined(&pdf_text(&request_list(&list(), &fonts()).unwrap()[1].bytes));
    for word in [
        "請於民國115年12月5日前提供下列3項資料",
        "底稿編號D",
        "機櫃平面圖及設備照片",
        "圖形驗證碼設定畫面",
        "受查單位提供人：",
        "查核單位收受人：",
        "第六條第七款",
    ] {
        assert!(text.contains(word), "{word}");
    }
    let open = RequestList { due: None, ..list() };
    let text = joined(&pdf_text(&request_list(&open, &fonts()).unwrap()[1].bytes));
    assert!(text.contains("另行通知"));
}

fn dataset() -> DatasetDef {
    let column = |key: &str, zh: &str, ty, required, choices: &[&str]| Column {
        key: key.to_owned(),
        zh: zh.to_owned(),
        ty,
        required,
        synonyms: vec!["別名".to_owned()],
        weak: Vec::new(),
        inverted: Vec::new(),
        hours: None,
        personal: false,
        choices: choices
            .iter()
            .map(|zh| Choice { key: (*zh).to_owned(), zh: (*zh).to_owned(), synonyms: Vec::new() })
            .collect(),
    };
    DatasetDef {
        key: "accounts".to_owned(),
        code: "D01".to_owned(),
        zh: "帳號清冊".to_owned(),
        row: String::new(),
        row_key: Vec::new(),
        columns: vec![
            column("system_name", "系統名稱", ColumnType::Text, true, &[]),
            column("account", "帳號", ColumnType::Text, true, &[]),
            column("kind", "帳號類型", ColumnType::Enum, false, &["內部人員", "廠商／委外人員", "客戶"]),
            column("status", "狀態", ColumnType::Enum, true, &["啟用", "停用"]),
            column("created_at", "建立日期", ColumnType::Date, false, &[]),
            column("last_login", "最後登入時間", ColumnType::DateTime, false, &[]),
            column("pw_never_expires", "密碼永不過期", ColumnType::Bool, false, &[]),
        ],
        derived: Vec::new(),
    }
}

fn template_head() -> TemplateHead {
    let ExamHead { firm, case_no, organisation, .. } = head();
    TemplateHead { firm, case_no, organisation, printed_at: dossier().printed_at }
}

#[test]
fn a_blank_workbook_opens_with_our_own_headings_and_nothing_else() {
    let def = dataset();
    let file = dataset_template(&def, &template_head()).unwrap();
    assert_eq!(file.name, "D01 帳號清冊.xlsx");
    assert_eq!(sheets(&file), ["帳號清冊", "填表說明"]);
    let first = page(&file, "帳號清冊");
    let headings: Vec<&str> = def.columns.iter().map(|c| c.zh.as_str()).collect();
    assert_eq!(first.row(0), headings);
    assert_eq!(first.last(), 0);
    assert!(part(&file, "xl/worksheets/sheet1.xml").contains(r#"state="frozen""#));
}

#[test]
fn required_columns_are_marked_beside_the_heading() {
    let file = dataset_template(&dataset(), &template_head()).unwrap();
    let notes = part(&file, "xl/comments1.xml");
    for (place, noted) in [("A1", true), ("B1", true), ("C1", false), ("D1", true), ("E1", false)] {
        assert_eq!(notes.contains(&format!(r#"ref="{place}""#)), noted, "{place}");
    }
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    let style = |place: &str| {
        let from = sheet.find(&format!(r#"<c r="{place}""#)).expect("the cell");
        sheet.chars().skip(from).take(40).collect::<String>().split('"').nth(3).map(str::to_owned)
    };
    assert_eq!(style("A1"), style("D1"));
    assert_ne!(style("A1"), style("C1"), "another ground");
}

#[test]
fn choices_are_lists_and_accounts_are_texts() {
    let file = dataset_template(&dataset(), &template_head()).unwrap();
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    for (place, words) in [
        ("C2:C1048576", "內部人員,廠商／委外人員,客戶"),
        ("D2:D1048576", "啟用,停用"),
        ("G2:G1048576", "是,否"),
    ] {
        let list = format!("sqref=\"{place}\"");
        let after = sheet.split(&list).nth(1).unwrap_or_else(|| panic!("no list in {place}"));
        assert!(after.split("</dataValidation>").next().is_some_and(|x| x.contains(words)), "{place}");
    }
    assert_eq!(sheet.matches("<dataValidation ").count(), 3);
    let styles = part(&file, "xl/styles.xml");
    let formats = styles.split("<cellXfs").nth(1).expect("formats");
    let number = |tag: &str, name: &str| -> Option<usize> {
        tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?.parse().ok()
    };
    let format = |column: usize| {
        let of = |tag: &&str| (number(tag, "min")..=number(tag, "max")).contains(&Some(column));
        let tag = sheet.split("<col").skip(2).find(of).expect("the column");
        let style = number(tag, "style")?;
        formats.split("<xf ").nth(style + 1).map(|f| f.contains(r#"numFmtId="49""#))
    };
    assert_eq!((format(1), format(2), format(6)), (Some(true), Some(true), Some(true)), "0012 stays 0012");
    assert_eq!(format(5), Some(false), "a date is a date");
}

#[test]
fn the_second_sheet_says_how_each_column_is_filled_in() {
    let file = dataset_template(&dataset(), &template_head()).unwrap();
    let guide = page(&file, "填表說明");
    let head = guide.find("欄位");
    assert_eq!(guide.row(head), ["欄位", "必填", "型態", "可用值", "說明"]);
    let kind = guide.find("帳號類型");
    assert_eq!(guide.at(kind, 1), "");
    assert_eq!(guide.at(kind, 2), "選項");
    assert_eq!(guide.at(kind, 3), "內部人員、廠商／委外人員、客戶");
    assert_eq!(guide.at(guide.find("狀態"), 1), "● 必填");
    assert_eq!(guide.last(), head + 7);
}

#[test]
fn blank_workbooks_come_in_order_and_twice_the_same() {
    let defs = [dataset(), DatasetDef { code: "D02".into(), zh: "人員/名冊".into(), ..dataset() }];
    let files = dataset_templates(&defs, &template_head()).unwrap();
    assert_eq!(
        files.iter().map(|f| f.name.as_str()).collect::<Vec<_>>(),
        ["D01 帳號清冊.xlsx", "D02 人員／名冊.xlsx"]
    );
    assert_eq!(sheets(&files[1]), ["人員／名冊", "填表說明"]);
    assert!(files == dataset_templates(&defs, &template_head()).unwrap());
}

fn machine_room() -> FieldSheetPaper {
    let item = |id: &str, applicability, reason: &str| {
        let clause = clause(id);
        let decision = decision(&clause, applicability, reason, &[]);
        ItemLine { clause, decision, answers: Vec::new(), chapter_title: String::new() }
    };
    use Applicability::{Applicable, NotApplicable, Undetermined};
    let mut lines = vec![
        item("COL-D2.1", Applicable, "因使用主機共置服務"),
        item("COL-A3", Applicable, "因使用主機共置服務"),
        item("COL-G1.1", Undetermined, "「是否允許遠端連線」尚未確認"),
        item("COL-G10.1", NotApplicable, "因未提供網際網路下單服務"),
        bots(),
    ];
    lines.extend(["COL-D4.1", "COL-D4.2", "COL-G3.1", "COL-G5.2"].map(|id| item(id, Applicable, "")));
    let mut ids: Vec<ClauseId> = lines.iter().map(|l| l.clause.id.clone()).collect();
    ids.push(ClauseId::parse("FCM-7.1.b.c").expect("valid"));
    let sheet = FieldSheet {
        key: "machine_room".to_owned(),
        title: "主機共置機房實地查核表".to_owned(),
        instructions: vec![
            "進入機房前出示查核證，登記進出時間；全程由受查單位人員陪同。".to_owned(),
            "逐一核對機櫃內設備之廠牌、型號、序號，與申報清單及財產帳不符者於備註說明。".to_owned(),
        ],
        clauses: ids,
        table: "設備盤點".to_owned(),
        columns: [
            ("機櫃", 6),
            ("U位", 5),
            ("設備名稱", 14),
            ("廠牌型號", 14),
            ("序號", 16),
            ("所有人", 10),
            ("用途", 12),
            ("清冊相符", 6),
            ("備註", 12),
        ]
        .map(|(t, w)| (t.to_owned(), w))
        .to_vec(),
        rows: 30,
    };
    FieldSheetPaper { head: head(), sheet, lines, printed_at: dossier().printed_at, draft: false }
}

#[test]
fn the_machine_room_sheet_has_each_item_verbatim_with_its_boxes() {
    let text = joined(&pdf_text(&field_sheet(&machine_room(), &fonts()).unwrap()));
    for id in ["COL-D2.1", "COL-A3", "COL-G1.1", "BSL-6.8"] {
        assert!(text.contains(&joined(&clause(id).text)), "{id}");
        assert!(text.contains(&joined(&clause(id).label)), "{id}");
    }
    // Seven items as one, and three cells of the eighth.
    assert_eq!(text.matches("□符合□部分□不符合□不適用").count(), 10);
    for word in ["（a）網路下單系統", "（a）後台帳務系統?適用性待確認", "（b）公司官網", "〔應／宜〕"]
    {
        assert!(text.contains(word), "{word}");
    }
    assert!(text.contains("?適用性待確認：「是否允許遠端連線」尚未確認"));
    for word in ["查核人員：", "受查單位陪同人員：", "時間：", "設備盤點", "廠牌型號"]
    {
        assert!(text.contains(word), "{word}");
    }
}

#[test]
fn the_lead_in_stands_above_a_clause_that_needs_it() {
    let mut paper = machine_room();
    paper.lines[0].clause.context = vec!["查核發現與現行規範".into(), "使用者不得有下列情形：".into()];
    let text = joined(&pdf_text(&field_sheet(&paper, &fonts()).unwrap()));
    let lead_in = text.find("查核發現與現行規範›使用者不得有下列情形：").expect("printed");
    assert!(lead_in < text.find(&joined(&paper.lines[0].clause.text)).expect("printed"));
}

#[test]
fn what_does_not_apply_is_named_with_its_reason_and_not_asked() {
    let text = joined(&pdf_text(&field_sheet(&machine_room(), &fonts()).unwrap()));
    assert!(!text.contains(&joined(&clause("COL-G10.1").text)));
    assert!(text.contains(
        "未列入之項目：COL-G10.1（不適用：因未提供網際網路下單服務）；FCM-7.1.b.c（不在本案查核項目之內）"
    ));
    let mut all = machine_room();
    all.lines.retain(|l| l.decision.applicability == Applicability::Applicable);
    all.sheet.clauses = all.lines.iter().map(|l| l.clause.id.clone()).collect();
    assert!(!joined(&pdf_text(&field_sheet(&all, &fonts()).unwrap())).contains("未列入"));
}

#[test]
fn the_sheets_order_is_the_walks_and_every_page_says_whose_it_is() {
    let paper = machine_room();
    let bytes = field_sheet(&paper, &fonts()).unwrap();
    let text = joined(&pdf_text(&bytes));
    let places: Vec<_> = ["COL-D2.1", "COL-A3", "COL-G1.1", "BSL-6.8", "COL-D4.1"]
        .iter()
        .map(|id| text.find(&joined(&clause(id).text)).expect("printed"))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
    let pages = super::pdf::pages_of(&build::field::paper(&paper));
    assert!(pages.len() >= 3, "{}", pages.len());
    let heads = pages.iter().filter(|p| p.contains(&"廠牌型號".to_owned())).count();
    assert!(heads >= 2, "the table's head opens each of its pages");
    for page in &pages {
        assert!(page.iter().any(|t| t.starts_with(&paper.head.firm)), "{page:?}");
    }
    assert!(bytes == field_sheet(&paper, &fonts()).unwrap());
}

#[test]
fn an_item_and_its_boxes_stand_on_one_page() {
    let pages = super::pdf::pages_of(&build::field::paper(&machine_room()));
    for id in ["COL-D2.1", "COL-G1.1", "BSL-6.8", "COL-G5.2"] {
        let page =
            pages.iter().find(|p| p.iter().any(|t| t.contains(id) && t.contains('〔'))).expect("a title");
        let from = page.iter().position(|t| t.contains(id) && t.contains('〔')).expect("found");
        let after = page.iter().skip(from);
        assert!(after.clone().any(|t| t == "□") && after.clone().any(|t| t == "說明"), "{id}");
    }
}

fn columns() -> Vec<(String, bool, u16)> {
    [("條次", false, 14), ("規範內容", true, 50), ("性質", true, 8)]
        .map(|(h, e, w)| (h.to_owned(), e, w))
        .to_vec()
}

#[test]
fn an_edited_checklist_comes_back_as_it_went_out() {
    let text = |id: &str| clause(id).text;
    let rows: Vec<Vec<String>> = vec![
        vec!["BSL-6.7".into(), text("BSL-6.7"), "應".into()],
        vec!["BSL-6.8".into(), "=1+1\n第二行".into(), String::new()],
        vec!["0012".into(), "109.12".into(), "宜".into()],
    ];
    let at = dossier().printed_at;
    let file = checklist_book(&columns(), &rows, "自訂檢查表", at).unwrap();
    assert_eq!(file.name, "自訂檢查表.xlsx");
    let sheet = page(&file, "檢查表");
    assert_eq!(sheet.row(0), ["條次", "規範內容", "性質"]);
    for (n, row) in (1..).zip(&rows) {
        let back: Vec<String> = (0..3).map(|c| sheet.at(n, c)).collect();
        assert_eq!(&back, row);
    }
    assert!(file == checklist_book(&columns(), &rows, "自訂檢查表", at).unwrap());
}

#[test]
fn only_what_may_change_is_unlocked() {
    let rows = vec![vec!["BSL-6.7".to_owned(), "內容".to_owned(), String::new()]];
    let file = checklist_book(&columns(), &rows, "檢查表", dossier().printed_at).unwrap();
    let sheet = part(&file, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<sheetProtection ") && !sheet.contains("password="));
    let styles = part(&file, "xl/styles.xml");
    let formats: Vec<&str> = styles.split("<cellXfs").nth(1).expect("formats").split("<xf ").collect();
    let open = |place: &str| {
        let cell = sheet.split(&format!(r#"<c r="{place}" s=""#)).nth(1).expect("the cell");
        let style: usize = cell.split('"').next().and_then(|s| s.parse().ok()).expect("a number");
        formats[style + 1].split("</xf>").next().is_some_and(|f| f.contains(r#"locked="0""#))
    };
    assert_eq!(["A1", "B1", "A2", "B2", "C2"].map(open), [false, false, false, true, true]);
}

#[test]
fn a_text_too_long_for_a_cell_is_refused_and_never_cut() {
    let rows = vec![vec!["A".to_owned(), "長".repeat(32_768), String::new()]];
    assert!(checklist_book(&columns(), &rows, "檢查表", dossier().printed_at).is_err());
}
