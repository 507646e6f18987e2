//! The templates that the program brings along.

use super::*;
use crate::tests::book::{page, sheets};
use crate::tests::fixture::{CASE, FIRM, at};
use fieldbook_model::*;
use jiff::civil::date;
use std::collections::BTreeMap;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/templates")
}

/// The files that the list names, with their titles.
fn listed() -> Vec<(String, String)> {
    let list = fs::read_to_string(folder().join("templates.toml")).expect("the list");
    let values = |key: &str| {
        let own = list.lines().filter_map(|l| l.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        own.map(str::to_owned).collect::<Vec<_>>()
    };
    values("file").into_iter().zip(values("title")).collect()
}

fn shipped(file: &str) -> Vec<u8> {
    fs::read(folder().join(file)).expect("a template of the list")
}

/// The exam of the tests with something in every list.
fn whole() -> Dossier {
    let mut dossier = dossier();
    let head = ExamHead {
        firm: FIRM.to_owned(),
        case_no: CASE.to_owned(),
        as_of: dossier.exam.as_of,
        period: dossier.exam.period,
        examiners: dossier.exam.examiners.clone(),
        organisation: dossier.organisation.clone(),
    };
    dossier.requests = Some(requests(&head, &dossier));
    dossier.count = Some(count(head));
    dossier.team = team();
    if let Some(first) = dossier.findings.first_mut() {
        first.reply = Some(reply());
        first.follow_ups = vec![follow_up()];
    }
    dossier
}

fn requests(head: &ExamHead, dossier: &Dossier) -> RequestList {
    let line = |no: u32, name: &str| RequestLine {
        no,
        name: name.to_owned(),
        dataset: String::new(),
        clauses: vec![
            (ClauseId::parse("BSL-6.7").expect("valid"), "第六條第七款".to_owned()),
            (ClauseId::parse("COL-D6.1").expect("valid"), "CC-18000".to_owned()),
        ],
        procedures: vec!["T-COL-06".to_owned()],
        period: "民國109年1月1日至民國109年12月31日".to_owned(),
        format: "可用欄位範本：D01 帳號清冊.xlsx".to_owned(),
        columns: vec!["帳號".to_owned()],
        remark: String::new(),
    };
    RequestList {
        head: head.clone(),
        due: Some(date(2026, 11, 16)),
        printed_at: at(9, 0),
        documents: dossier.documents.clone(),
        lines: (1..)
            .zip(["帳號清冊", "人員名冊", "委外廠商及契約清冊"])
            .map(|(n, name)| line(n, name))
            .collect(),
        awaited: Vec::new(),
    }
}

fn count(head: ExamHead) -> CountPaper {
    let device = |name: &str, serial: &str| Device {
        name: name.to_owned(),
        model: "Dell R640".to_owned(),
        serial: serial.to_owned(),
        property_no: "A-1090231".to_owned(),
        rack: "C03".to_owned(),
        u_pos: "U12".to_owned(),
        owner: "甲乙證券".to_owned(),
        software_owner: "甲乙證券".to_owned(),
    };
    let line = |name: &str, serial: &str, state| CountLine {
        device: device(name, serial),
        filed: Some(device(name, serial)),
        ledger: None,
        state,
        differs: Vec::new(),
        note: String::new(),
    };
    CountPaper {
        paper: "T-COL-02".to_owned(),
        head,
        filed: 2,
        ledger: 1,
        lines: vec![
            line("撮合連線主機一", "SN-0001", Some(CountState::Found)),
            line("行情主機", "SN-0002", Some(CountState::NotFound)),
            line("客戶主機", "SN-0003", Some(CountState::NotListed)),
        ],
        printed_at: at(14, 0),
    }
}

fn team() -> TeamPaper {
    let kind = |key: &str, zh: &str| Qualification {
        key: key.to_owned(),
        zh: zh.to_owned(),
        examples: Vec::new(),
        clause: ClauseId::parse("ASM-7.2.1").expect("valid"),
    };
    let member = TeamMember {
        name: "林查核".to_owned(),
        unit: "券商輔導部專員".to_owned(),
        holds: BTreeMap::from([
            ("management".to_owned(), "CISM".to_owned()),
            ("finance".to_owned(), "稽核八年".to_owned()),
        ]),
        independent: Tri::Yes,
        confidential: Tri::Unknown,
        signed_on: None,
        note: String::new(),
        by: "林查核".to_owned(),
        at: at(8, 50),
    };
    let kinds = vec![
        kind("management", "管理知識"),
        kind("technical", "技術能力"),
        kind("attack", "模擬駭客攻擊"),
        kind("finance", "金融領域"),
    ];
    TeamPaper { kinds, members: vec![member], gaps: Vec::new() }
}

fn reply() -> Reply {
    Reply {
        id: 1,
        finding: 1,
        agreement: Agreement::Partly,
        text: "部分帳號係維護所需。".to_owned(),
        cause: "未訂程序".to_owned(),
        impact: String::new(),
        liability: String::new(),
        measure: "停用廠商帳號，改採逐案申請。".to_owned(),
        owner: "資訊處陳處長".to_owned(),
        due: Some(date(2027, 1, 31)),
        signer: "總經理".to_owned(),
        signed_on: Some(date(2026, 12, 15)),
        by: "林查核".to_owned(),
        at: at(10, 0),
    }
}

fn follow_up() -> FollowUp {
    FollowUp {
        id: 1,
        finding: 1,
        on: date(2027, 2, 10),
        reviewer: "陳稽核".to_owned(),
        result: FollowUpResult::PartlyRemedied,
        note: "尚有一帳號未停用。".to_owned(),
        evidence: Vec::new(),
        run: None,
        by: "陳稽核".to_owned(),
        at: at(15, 0),
    }
}

/// A shipped template filled as the application does it.
fn filled(file: &str) -> Filled {
    let mut values = Values::of(&whole());
    values.set("底稿編號", "F-01");
    values.set("覆核人", "王組長");
    values.set("覆核日期", "民國115年11月28日");
    fill_template_with(&shipped(file), &values).expect("a template that can be filled")
}

#[test]
fn all_eight_can_be_filled_without_a_rest() {
    assert_eq!(listed().len(), 8);
    for (file, title) in listed() {
        let check = check_template(&shipped(&file)).expect("readable");
        assert!(check.problems.is_empty() && check.unknown().next().is_none(), "{file}: {check:?}");
        assert!(check.found.iter().any(|f| f.name == "受查單位"), "{file}");
        let filled = filled(&file);
        assert!(filled.unfilled.is_empty() && filled.cut.is_empty(), "{file}: {:?}", filled.unfilled);
        if filled.kind == TemplateKind::Xlsx {
            let book = PaperFile { name: file.clone(), bytes: filled.bytes };
            let name = sheets(&book).first().cloned().expect("a sheet");
            assert_eq!(page(&book, &name).at(1, 0), title, "{file}");
            assert_eq!(page(&book, &name).at(0, 0), dossier().organisation);
            assert!(
                part(&book.bytes, "xl/workbook.xml").contains("<definedName name=\"受查單位\">"),
                "{file}"
            );
            let sheet = part(&book.bytes, "xl/worksheets/sheet1.xml");
            assert!(
                sheet.contains("paperSize=\"9\"") && sheet.contains("第 &amp;P 頁，共 &amp;N 頁"),
                "{file}"
            );
        }
    }
}

/// Every placeholder of the page that lists them can be written in a template.
#[test]
fn what_the_list_names_is_known() {
    let all = placeholders();
    for wanted in [
        "受查單位",
        "查核案號",
        "查核案名",
        "查核基準日",
        "查核期間",
        "查核人員",
        "底稿編號",
        "編製人",
        "編製日期",
        "覆核人",
        "覆核日期",
        "依據版本",
        "缺失數",
        "建議數",
        "列印日期",
    ] {
        assert!(all.iter().any(|p| p.name == wanted && p.region.is_none() && !p.repeats), "{wanted}");
    }
    let fields =
        |region: &str| all.iter().filter(|p| p.region == Some(region)).map(|p| p.name).collect::<Vec<_>>();
    for (region, wanted) in [
        (
            "缺失",
            "缺失編號 類型 標題 查核發現 現行規範 條次 原因 風險影響 嚴重程度 類別 改善建議 受查單位回覆 改善措施 預計完成日 追蹤結果 底稿 證據",
        ),
        ("項目", "條次 規範內容 適用 查核結果 查核方式 說明 底稿 查核人員"),
        ("例外", "測試編號 測試名稱 規則 條次 來源檔案 工作表 列號 內容 處置 說明"),
        ("設備", "設備名稱 序號 申報 帳列 盤點"),
        ("收受檔案", "檔名 SHA-256 提供人 收受時間"),
        ("調閱資料", "編號 資料名稱 對應條文 期間 格式要求 提供期限 收件日 份數 備註"),
        ("證據", "證據編號 名稱 來源 取得方式 取得時間 格式 頁數 SHA-256 存放 機密等級"),
    ] {
        assert!(all.iter().any(|p| p.repeats && p.name == region), "{region}");
        for field in wanted.split(' ') {
            assert!(fields(region).contains(&field), "{region}.{field}");
        }
    }
    let mut keys: Vec<_> = all.iter().map(|p| (p.region, p.repeats, p.name)).collect();
    let before = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), before, "no name is given twice");
}

#[test]
fn the_table_of_findings_has_the_two_columns_of_the_authorities() {
    let book = PaperFile { name: String::new(), bytes: filled("02-缺失彙總表.xlsx").bytes };
    let page = page(&book, "缺失彙總表");
    let head = page.find("編號");
    assert_eq!((page.at(head, 1), page.at(head, 3)), ("查核發現".to_owned(), "現行規範".to_owned()));
    assert_eq!(page.at(head + 1, 0), format!("{CASE}-F01"));
    assert_eq!(page.at(head + 2, 1), crate::tests::fixture::CONDITION);
    assert!(page.at(head + 2, 3).contains("CC-18000 存取控制"));
    assert_eq!(page.at(head + 4, 0), format!("{CASE}-F02"));
}

#[test]
fn exceptions_and_follow_ups_say_where_and_what() {
    let book = PaperFile { name: String::new(), bytes: filled("07-測試例外明細.xlsx").bytes };
    let rows = page(&book, "測試例外明細");
    let head = rows.find("測試編號");
    assert_eq!(rows.at(head + 1, 5), "4");
    assert!(
        rows.at(head + 1, 6).starts_with("系統名稱：主機連線系統；帳號：vnd_colo_admin"),
        "{}",
        rows.at(head + 1, 6)
    );
    let total: usize = dossier().tests.iter().map(|t| t.exceptions.len()).sum();
    assert!(rows.at(head + u32::try_from(total).expect("few"), 0).starts_with("T-COL"));
    let book = PaperFile { name: String::new(), bytes: filled("05-改善追蹤表.xlsx").bytes };
    let rows = page(&book, "改善追蹤表");
    let head = rows.find("缺失編號");
    let first: Vec<String> = (3..10).map(|c| rows.at(head + 1, c)).collect();
    assert_eq!(
        first,
        [
            "部分同意。部分帳號係維護所需。",
            "停用廠商帳號，改採逐案申請。",
            "資訊處陳處長",
            "116.01.31",
            "部分改善",
            "116.02.10",
            "尚有一帳號未停用。"
        ]
    );
}
