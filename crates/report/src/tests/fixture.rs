//! An exam of an invented firm: answers of every kind, runs of every verdict, findings of every status.

use super::items::items;
use crate::{DocumentHead, Dossier, FindingPaper, TeamPaper, TestPaper};
use fieldbook_model::*;
use jiff::civil::{Date, DateTime, date};

pub use super::items::{answer, clause, decision};

pub const FIRM: &str = "甲乙綜合證券股份有限公司";
pub const CASE: &str = "115-證-0012";
/// A character that the bundled font has not.
pub const RARE: char = '𡍼';
pub const LONG_ROWS: u32 = 200;

pub fn dossier() -> Dossier {
    let tests = vec![vendor(), passwords(), receive_times(), cabinet(), leavers(), contracts()];
    let findings = findings(&tests);
    Dossier {
        exam: exam(),
        organisation: "臺灣證券交易所股份有限公司".to_owned(),
        prepared_by: "林查核".to_owned(),
        printed_at: at(14, 3),
        draft: true,
        documents: documents(),
        datasets: datasets(),
        items: items(),
        files: files(),
        tests,
        findings,
        checkpoint: Some((1_482, "5f".repeat(32))),
        checkpoint_note: NOTE.to_owned(),
        scale: SeverityScale::default(),
        exit_meeting: "離場會議".to_owned(),
        facts: Vec::new(),
        requests: None,
        received: Vec::new(),
        samples: Vec::new(),
        count: None,
        evidence: Vec::new(),
        custody: Vec::new(),
        team: TeamPaper::default(),
        notes: Vec::new(),
        signed: Vec::new(),
        earlier: None,
        paper_hashes: Vec::new(),
    }
}

pub fn at(hour: i8, minute: i8) -> DateTime {
    date(2026, 11, 21).at(hour, minute, 0, 0)
}

fn as_of() -> Date {
    date(2020, 12, 31)
}

fn period() -> Period {
    Period::new(date(2020, 1, 1), as_of()).expect("in order")
}

fn sha(n: u8) -> String {
    format!("{n:02x}c4").repeat(16)
}

fn exam() -> Exam {
    let system = |name: &str| System { name: name.to_owned(), ..System::default() };
    Exam {
        id: ExamId::parse("e-7f3a91").expect("valid"),
        firm: FIRM.to_owned(),
        case_no: CASE.to_owned(),
        as_of: as_of(),
        period: period(),
        examiners: vec!["林查核".to_owned(), "陳稽核".to_owned()],
        profile: Profile::default(),
        systems: ["網路下單系統", "主機連線系統", "後台帳務系統"].map(system).to_vec(),
        created_at: at(8, 40),
    }
}

fn documents() -> Vec<DocumentHead> {
    vec![
        DocumentHead {
            code: "BSL".to_owned(),
            title: "中華民國證券商業同業公會證券商資通系統安全防護基準自律規範".to_owned(),
            title_note: Some("來源未載標題；依條文結構推定".to_owned()),
            issuer: "中華民國證券商業同業公會".to_owned(),
            edition: "來源文字未載日期；推定為民國111年以後之文字".to_owned(),
        },
        DocumentHead {
            code: "COL".to_owned(),
            title: "主機共置服務 查核缺失態樣暨未來查核方向".to_owned(),
            title_note: None,
            issuer: "臺灣證券交易所 券商輔導部".to_owned(),
            edition: "民國109年12月31日簡報".to_owned(),
        },
    ]
}

fn datasets() -> Vec<DatasetDef> {
    let column = |key: &str, zh: &str| Column {
        key: key.to_owned(),
        zh: zh.to_owned(),
        ty: ColumnType::Text,
        required: false,
        synonyms: Vec::new(),
        weak: Vec::new(),
        inverted: Vec::new(),
        hours: None,
        personal: false,
        choices: Vec::new(),
    };
    let def = |key: &str, code: &str, zh: &str, columns| DatasetDef {
        key: key.to_owned(),
        code: code.to_owned(),
        zh: zh.to_owned(),
        row: String::new(),
        row_key: Vec::new(),
        columns,
        derived: Vec::new(),
    };
    vec![
        def(
            "accounts",
            "D01",
            "帳號清冊",
            vec![column("account", "帳號"), column("pwd_changed", "密碼最後變更日")],
        ),
        def("personnel", "D02", "人員名冊", vec![column("name", "姓名"), column("leave_date", "離職日")]),
        def("orders", "D06", "委託紀錄", vec![column("received_at", "接收時間")]),
    ]
}

fn files() -> Vec<ImportBatch> {
    let sheet = |name: &str, dataset: Option<&str>, rows| SheetRecord {
        sheet: name.to_owned(),
        dataset: dataset.map(str::to_owned),
        header_row: 3,
        end_row: None,
        filled: vec![],
        hidden_columns: None,
        mapping: vec![MappedColumn {
            index: 0,
            header: "使用者代號".to_owned(),
            column: "account".to_owned(),
            reading: Reading::Plain,
            inverted: false,
            confidence: 96,
            time_index: None,
        }],
        unmapped: vec!["備註".to_owned()],
        missing_required: Vec::new(),
        rows_read: rows + 2,
        rows_stored: rows,
        rows_rejected: 2,
        hidden_rows: Some(3),
        hidden_sheet: false,
        issues: vec![RowIssue {
            row: 88,
            column: "account".to_owned(),
            code: IssueCode::RequiredEmpty,
            text: "=cmd|' /C calc'!A0".to_owned(),
            row_rejected: true,
        }],
        origin: None,
        declared_rows: Some(rows),
    };
    let batch = |n: u8, file: &str, sheets| ImportBatch {
        batch: i64::from(n),
        files: vec![FileRecord {
            file: file.to_owned(),
            sha256: sha(n),
            size: 183_552,
            encoding: String::new(),
            sheets,
        }],
        received_from: "資訊部林經理".to_owned(),
        by: "陳稽核".to_owned(),
        at: at(9, 52),
        undone: n == 3,
    };
    vec![
        batch(
            1,
            "1091231帳號清冊_資訊處提供.xlsx",
            vec![sheet("帳號", Some("accounts"), 1_043), sheet("說明", None, 0)],
        ),
        batch(2, "委託紀錄_109Q4.csv", vec![sheet("", Some("orders"), 48_210)]),
        batch(3, "人員名冊(舊).xlsx", vec![sheet("在職", Some("personnel"), 312)]),
    ]
}

fn procedure(id: &str, title: &str, population: &str, clauses: &[&str]) -> Procedure {
    let column = |key: &str, zh: &str| OutColumn { key: key.to_owned(), zh: zh.to_owned() };
    let clauses: Vec<_> = clauses.iter().map(|c| ClauseId::parse(c).expect("valid")).collect();
    let rule = |id: &str, title: &str, verdict| Rule {
        id: id.to_owned(),
        title: title.to_owned(),
        verdict,
        clauses: clauses.clone(),
        strength: Strength::Must,
        subject: "accounts".to_owned(),
        needs: Vec::new(),
        uses: Vec::new(),
        sql: "select 1".to_owned(),
    };
    Procedure {
        id: id.to_owned(),
        title: title.to_owned(),
        family: "主機共置".to_owned(),
        purpose: format!("查明有無{title}之情事，及其是否經權責主管核准並留存紀錄。"),
        steps: vec![
            "取得帳號清冊、委外廠商及契約清冊，與公司聲明之筆數核對完整性。".to_owned(),
            "列出啟用中且屬廠商之最高權限帳號，以及契約期間結束後仍啟用之廠商帳號。".to_owned(),
            "對列出之項目，請公司提出授權範圍、核准單及收回權限之佐證。".to_owned(),
        ],
        applies: Predicate::Fact("is_sec".to_owned()),
        needs: Vec::new(),
        parameters: vec![
            Parameter {
                key: "max_age".to_owned(),
                zh: "密碼最長使用期限".to_owned(),
                unit: "個月".to_owned(),
                value: ParamValue::Int(3),
                range: Some((1.0, 120.0)),
                clause: Some(ClauseId::parse("COL-D6.1").expect("valid")),
            },
            Parameter {
                key: "grace".to_owned(),
                zh: "寬限日數".to_owned(),
                unit: "日".to_owned(),
                value: ParamValue::Int(0),
                range: Some((0.0, 3660.0)),
                clause: None,
            },
        ],
        count: None,
        pictures: Vec::new(),
        population: Population {
            dataset: "accounts".to_owned(),
            zh: population.to_owned(),
            uses: Vec::new(),
            sql: "select count(*)".to_owned(),
        },
        fragments: Vec::new(),
        rules: vec![
            rule("1", "啟用中之廠商帳號具最高權限", RuleVerdict::Exception),
            rule("2", "密碼最後變更日不明，無法判斷", RuleVerdict::Unknown),
        ],
        columns: vec![
            column("system_name", "系統名稱"),
            column("account", "帳號"),
            column("holder_name", "使用者姓名"),
            column("privilege", "權限等級"),
            column("days", "超過日數"),
        ],
        cautions: vec!["遠端支援帳號如平時停用、逐案核准開啟，請查核開啟與關閉紀錄後處置。".to_owned()],
        clauses,
    }
}

fn run(procedure: &Procedure, verdict: RunVerdict, population: Option<u64>) -> Run {
    Run {
        id: 7,
        procedure: procedure.id.clone(),
        procedure_sha256: sha(0xa7),
        at: at(10, 41),
        by: "林查核".to_owned(),
        as_of: as_of(),
        period: period(),
        parameters: vec![
            ParamUse { key: "max_age".to_owned(), value: ParamValue::Int(3), override_reason: None },
            ParamUse {
                key: "grace".to_owned(),
                value: ParamValue::Int(5),
                override_reason: Some("公司內規容許連續假日後首營業日變更".to_owned()),
            },
        ],
        verdict,
        population,
        completeness: Completeness::NotStated,
        exceptions: 0,
        unknown: 0,
        leads: 0,
        missing: Vec::new(),
        rules: ["1", "2"]
            .map(|r| RuleOutcome { rule: r.to_owned(), rows: population.map(|_| 0), missing: Vec::new() })
            .to_vec(),
        record: RunRecord::default(),
        inputs: vec![sha(1)],
    }
}

fn paper(procedure: Procedure, mut run: Run, exceptions: Vec<ExceptionRow>) -> TestPaper {
    if run.population.is_some() {
        run.rules[0].rows = Some(run.exceptions);
        run.rules[1].rows = Some(run.unknown);
    }
    let criteria = procedure.clauses.iter().map(|id| clause(id.as_str())).collect();
    let (rows_sha256, record) = ("5".repeat(64), "{}".to_owned());
    TestPaper { procedure, run, exceptions, criteria, previous_runs: 1, rows_sha256, record }
}

fn row(procedure: &Procedure, n: u32, kind: Option<DispositionKind>) -> ExceptionRow {
    let value = |key: &str, text: &str| (key.to_owned(), Some(text.to_owned()));
    ExceptionRow {
        id: i64::from(n),
        run: 7,
        key: ExceptionKey {
            procedure: procedure.id.clone(),
            rule: "1".to_owned(),
            source: RowRef {
                file_sha256: sha(1),
                file: "1091231帳號清冊_資訊處提供.xlsx".to_owned(),
                sheet: "帳號".to_owned(),
                row: n + 3,
            },
        },
        verdict: RuleVerdict::Exception,
        clauses: procedure.clauses.clone(),
        values: vec![
            value("system_name", "主機連線系統"),
            value("account", if n == 2 { "=1+1" } else { "vnd_colo_admin" }),
            value("holder_name", &format!("張{RARE}堃")),
            value("privilege", "最高（root）"),
            ("days".to_owned(), if n.is_multiple_of(2) { Some((n * 3).to_string()) } else { None }),
        ],
        disposition: kind.map(|kind| Disposition {
            kind,
            note: "廠商維護人員仍持有權限，公司未能提出核准紀錄。".to_owned(),
            by: "林查核".to_owned(),
            at: at(11, 5),
        }),
    }
}

fn vendor() -> TestPaper {
    let p =
        procedure("T-COL-05", "最高權限帳號提供廠商使用", "啟用中之非客戶帳號", &["COL-D5.1", "COL-G3.1"]);
    let kinds = [
        Some(DispositionKind::Confirmed),
        Some(DispositionKind::Confirmed),
        Some(DispositionKind::Confirmed),
        Some(DispositionKind::Explained),
        None,
    ];
    let rows: Vec<_> = (1..).zip(kinds).map(|(n, kind)| row(&p, n, kind)).collect();
    let run = Run { exceptions: 5, unknown: 2, ..run(&p, RunVerdict::Exceptions, Some(1_043)) };
    paper(p, run, rows)
}

fn passwords() -> TestPaper {
    let p =
        procedure("T-COL-06", "系統使用密碼未依規定時間變更", "啟用中之內部帳號", &["COL-D6.1", "BSL-6.7"]);
    let rows = (1..=LONG_ROWS).map(|n| row(&p, n, Some(DispositionKind::Confirmed))).collect();
    let run = Run { exceptions: u64::from(LONG_ROWS), ..run(&p, RunVerdict::Exceptions, Some(986)) };
    paper(p, run, rows)
}

fn receive_times() -> TestPaper {
    let p = procedure("T-COL-03", "未留存接收客戶委託時間", "電子式委託", &["COL-D3"]);
    let run = Run { completeness: Completeness::Incomplete, ..run(&p, RunVerdict::Unknown, Some(48_210)) };
    paper(p, run, Vec::new())
}

fn cabinet() -> TestPaper {
    let p = procedure("T-COL-02", "機櫃存放客戶或第三人設備", "主機共置設備", &["COL-D2.1"]);
    let run = Run { completeness: Completeness::Complete, ..run(&p, RunVerdict::Pass, Some(36)) };
    paper(p, run, Vec::new())
}

fn leavers() -> TestPaper {
    let p = procedure("T-ACC-06", "離職人員帳號未停用", "離職人員", &["COL-G4.4"]);
    let missing = vec!["personnel.leave_date".to_owned()];
    let run = Run { missing, ..run(&p, RunVerdict::NotRunnable, None) };
    paper(p, run, Vec::new())
}

fn contracts() -> TestPaper {
    let p = procedure("T-ACC-09", "委外契約期滿帳號仍啟用", "廠商帳號", &["COL-D5.1"]);
    let run = run(&p, RunVerdict::NotApplicable, None);
    paper(p, run, Vec::new())
}

pub const CONDITION: &str = "就啟用中之非客戶帳號 1,043 筆執行測試，其中 5 筆屬委外廠商人員持有最高權限；經向資訊處查證，「主機連線系統」之 vnd_colo_admin 等 3 個帳號（含作業系統 root 權限）由廠商維護人員直接使用，公司未能提出權責主管核准紀錄，且委外期間結束後未立即收回。";

fn findings(tests: &[TestPaper]) -> Vec<FindingPaper> {
    let confirmed = |test: &TestPaper| -> Vec<ExceptionRow> {
        let yes =
            |r: &&ExceptionRow| r.disposition.as_ref().is_some_and(|d| d.kind == DispositionKind::Confirmed);
        test.exceptions.iter().filter(yes).cloned().collect()
    };
    let finding = |no: i64, kind, title: &str, severity, status, clauses: &[&str]| Finding {
        no,
        kind,
        title: title.to_owned(),
        condition: CONDITION.to_owned(),
        clauses: clauses.iter().map(|c| ClauseId::parse(c).expect("valid")).collect(),
        cause: "公司未訂定委外人員帳號之收回程序，契約承辦單位與資訊處間亦無通報機制。".to_owned(),
        effect: "委外人員得於無人監督下更動系統設定及交易資料，發生事故時亦難以釐清責任歸屬。".to_owned(),
        severity,
        category: "存取控制／技術面".to_owned(),
        recommendation:
            "立即停用所列帳號；訂定委外人員帳號申請、核准、覆核及收回程序，並將使用紀錄納入每日覆核。"
                .to_owned(),
        objects: vec!["主機連線系統／vnd_colo_admin".to_owned()],
        evidence: Vec::new(),
        papers: Vec::new(),
        repeat_of: None,
        status,
        by: "林查核".to_owned(),
        at: at(16, 10),
        exceptions: Vec::new(),
        counts: Some((5, 1_043)),
    };
    let paper = |finding: Finding, rows: Vec<ExceptionRow>, refs: &[&str]| FindingPaper {
        criteria: finding.clauses.iter().map(|c| clause(c.as_str())).collect(),
        finding,
        rows,
        paper_refs: refs.iter().map(|r| (*r).to_owned()).collect(),
        evidence: Vec::new(),
        reply: None,
        follow_ups: Vec::new(),
        chain: Vec::new(),
        changed: None,
    };
    use FindingStatus::{Draft, Final, Withdrawn};
    use FindingType::{Deficiency, Recommendation};
    vec![
        paper(
            finding(
                1,
                Deficiency,
                "最高權限帳號提供廠商使用",
                Severity::High,
                Final,
                &["COL-D5.1", "COL-G3.1"],
            ),
            confirmed(&tests[0]),
            &["T-COL-05", "E-012"],
        ),
        paper(
            finding(
                2,
                Deficiency,
                "系統使用密碼未依規定時間變更",
                Severity::Medium,
                Final,
                &["COL-D6.1", "BSL-6.7"],
            ),
            confirmed(&tests[1]),
            &["T-COL-06"],
        ),
        paper(
            finding(3, Recommendation, "宜每日監控登入嘗試", Severity::Low, Draft, &["BSL-3.6"]),
            Vec::new(),
            &["E-020"],
        ),
        paper(
            finding(4, Deficiency, "經複核後撤銷之發現", Severity::Low, Withdrawn, &["COL-D7.2"]),
            Vec::new(),
            &[],
        ),
    ]
}

/// A checkpoint as a note; its signature is nobody's.
pub const NOTE: &str = "fieldbook/exam/e-1\n1482\nX19fX19fX19fX19fX19fX19fX19fX19fX19fX19fX18=\n\n— fieldbook/exam/e-1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+P0BBQkM=\n";
