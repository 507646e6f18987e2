//! Exams of an invented firm, of any size.

use fieldbook_model::*;
use fieldbook_report::{DocumentHead, Dossier, FactLine, FindingPaper, ItemLine, TeamPaper, TestPaper};
use jiff::civil::{Date, DateTime, date};

const TEXT: &str = "證券商應訂定帳號管理程序，對帳號之申請、開通、停用及刪除予以核准並留存紀錄，並應定期覆核使用者之存取權限。";

/// An exam with one procedure of so many exceptions.
pub fn with_exceptions(rows: u32) -> Dossier {
    Dossier { tests: vec![test(1, rows)], ..exam(40, 0, 0) }
}

/// An exam whose only finding rests on so many rows, which the report lists.
pub fn with_linked_rows(rows: u32) -> Dossier {
    let test = test(1, rows);
    let mut dossier = exam(40, 0, 0);
    dossier.findings = vec![finding(1, &test.exceptions)];
    dossier.tests = vec![test];
    dossier
}

/// An exam as large as they come: all items, all procedures, some hundred exceptions and a score of findings.
pub fn whole() -> Dossier {
    exam(450, 68, 20)
}

fn at(minute: i8) -> DateTime {
    date(2026, 11, 21).at(9, minute % 60, 0, 0)
}

fn as_of() -> Date {
    date(2020, 12, 31)
}

fn period() -> Period {
    Period::new(date(2020, 1, 1), as_of()).unwrap_or(Period { from: as_of(), to: as_of() })
}

fn exam(items: u32, tests: u32, findings: u32) -> Dossier {
    let tests: Vec<TestPaper> = (1..=tests).map(|n| test(n, 60 + n * 7 % 90)).collect();
    let findings = (1..=findings).zip(&tests).map(|(n, t)| finding(n, &t.exceptions)).collect();
    let codes = ["FCM", "BSL", "ASM", "COL", "EMT"];
    Dossier {
        exam: Exam {
            id: ExamId::parse("e-7f3a91").expect("an id"),
            firm: "甲乙綜合證券股份有限公司".to_owned(),
            case_no: "115-證-0012".to_owned(),
            as_of: as_of(),
            period: period(),
            examiners: vec!["林查核".to_owned(), "陳稽核".to_owned()],
            profile: Profile::default(),
            systems: Vec::new(),
            created_at: at(0),
        },
        organisation: "臺灣證券交易所股份有限公司".to_owned(),
        prepared_by: "林查核".to_owned(),
        printed_at: at(30),
        draft: true,
        documents: codes.map(document).to_vec(),
        datasets: Vec::new(),
        items: codes.iter().flat_map(|code| (1..=items / 5).map(|n| item(code, n))).collect(),
        files: Vec::new(),
        tests,
        findings,
        checkpoint: Some((1_482, "5f".repeat(32))),
        checkpoint_note: String::new(),
        scale: SeverityScale::default(),
        exit_meeting: "離場會議".to_owned(),
        facts: (1..=60).map(fact).collect(),
        requests: None,
        received: Vec::new(),
        samples: Vec::new(),
        count: None,
        evidence: (1..=80).map(evidence).collect(),
        custody: Vec::new(),
        team: TeamPaper::default(),
        notes: (1..=30).map(note).collect(),
        signed: Vec::new(),
        earlier: None,
        paper_hashes: Vec::new(),
    }
}

fn document(code: &str) -> DocumentHead {
    DocumentHead {
        code: code.to_owned(),
        title: format!("資通安全檢查規範（{code}）"),
        title_note: None,
        issuer: "臺灣證券交易所".to_owned(),
        edition: "民國109年12月31日".to_owned(),
    }
}

fn clause(code: &str, n: u32) -> Clause {
    Clause {
        id: ClauseId::parse(&format!("{code}-{}.{}", 1 + n / 12, 1 + n % 12)).expect("an id"),
        kind: ClauseKind::Leaf,
        label: format!("第{}點第{}款", 1 + n / 12, 1 + n % 12),
        text: TEXT.repeat(1 + n as usize % 4),
        context: Vec::new(),
        strength: Strength::Must,
        units: Vec::new(),
        examinable: true,
        applies: None,
        params: Vec::new(),
        source_line: n,
        editor_note: None,
    }
}

fn item(code: &str, n: u32) -> ItemLine {
    let clause = clause(code, n);
    let answer = Answer {
        key: AnswerKey { clause: clause.id.clone(), unit: String::new(), system: String::new() },
        result: ItemResult::Compliant,
        method: Some(Method::Inspection),
        mode: None,
        note: format!("檢視管理辦法第{n}條及帳號申請單，抽查25件，均經單位主管核可。"),
        paper_ref: format!("E-{:03}", 1 + n % 80),
        awaited: None,
        origin: None,
        by: "林查核".to_owned(),
        at: at(5),
    };
    let unit = UnitDecision {
        unit: String::new(),
        strength: Strength::Must,
        applicability: Applicability::Applicable,
        systems: Vec::new(),
    };
    ItemLine {
        decision: Decision {
            applicability: Applicability::Applicable,
            reason: "因經營證券經紀業務".to_owned(),
            deciding: Vec::new(),
            systems: Vec::new(),
            units: vec![unit],
            overridden: None,
        },
        clause,
        answers: vec![answer],
        chapter_title: "存取控制".to_owned(),
    }
}

const COLUMNS: [(&str, &str); 6] = [
    ("system_name", "系統名稱"),
    ("account", "帳號"),
    ("holder_name", "使用者姓名"),
    ("privilege", "權限等級"),
    ("last_login", "最近登入"),
    ("days", "超過日數"),
];

fn procedure(n: u32) -> Procedure {
    let clauses = vec![clause("BSL", n % 60).id, clause("COL", n % 60).id];
    Procedure {
        id: format!("T-ACC-{n:02}"),
        title: format!("離職或調職人員帳號未停用（第{n}項）"),
        family: "存取控制".to_owned(),
        purpose: "查明離職或調職人員之帳號有無即時停用，及其例外是否經核准。".to_owned(),
        steps: vec!["取得帳號清冊及人員名冊。".to_owned(), "比對離職日與帳號狀態。".to_owned()],
        clauses: clauses.clone(),
        applies: Predicate::Fact("is_sec".to_owned()),
        needs: Vec::new(),
        parameters: Vec::new(),
        fragments: Vec::new(),
        count: None,
        pictures: Vec::new(),
        population: Population {
            dataset: "accounts".to_owned(),
            zh: "啟用中之帳號".to_owned(),
            uses: Vec::new(),
            sql: String::new(),
        },
        rules: vec![Rule {
            id: "1".to_owned(),
            title: "離職日後帳號仍為啟用".to_owned(),
            verdict: RuleVerdict::Exception,
            clauses,
            strength: Strength::Must,
            subject: "accounts".to_owned(),
            needs: Vec::new(),
            uses: Vec::new(),
            sql: String::new(),
        }],
        columns: COLUMNS.map(|(key, zh)| OutColumn { key: key.to_owned(), zh: zh.to_owned() }).to_vec(),
        cautions: vec!["留職停薪者非屬離職。".to_owned()],
    }
}

fn test(n: u32, rows: u32) -> TestPaper {
    let procedure = procedure(n);
    let exceptions: Vec<ExceptionRow> = (1..=rows).map(|r| row(&procedure, r)).collect();
    let all = u64::from(rows);
    let run = Run {
        id: i64::from(n),
        procedure: procedure.id.clone(),
        procedure_sha256: "a7".repeat(32),
        at: at(10),
        by: "林查核".to_owned(),
        as_of: as_of(),
        period: period(),
        parameters: Vec::new(),
        verdict: RunVerdict::Exceptions,
        population: Some(all * 3),
        completeness: Completeness::Complete,
        exceptions: all,
        unknown: 0,
        leads: 0,
        missing: Vec::new(),
        rules: vec![RuleOutcome { rule: "1".to_owned(), rows: Some(all), missing: Vec::new() }],
        inputs: Vec::new(),
        record: RunRecord::default(),
    };
    let criteria = vec![clause("BSL", n % 60), clause("COL", n % 60)];
    let rows_sha256 = "5c".repeat(32);
    TestPaper { procedure, run, exceptions, criteria, previous_runs: 0, rows_sha256, record: String::new() }
}

fn row(procedure: &Procedure, n: u32) -> ExceptionRow {
    let texts = [
        ["網路下單系統", "主機連線系統", "後台帳務系統"][n as usize % 3].to_owned(),
        format!("u{:06}", n * 37 % 1_000_003),
        format!("張{}明", ["大", "小", "志", "怡", "家"][n as usize % 5]),
        ["一般", "特權", "最高（root）"][n as usize % 3].to_owned(),
        format!("109.{:02}.{:02}", 1 + n % 12, 1 + n % 28),
        (n % 730).to_string(),
    ];
    ExceptionRow {
        id: i64::from(n),
        run: 1,
        key: ExceptionKey {
            procedure: procedure.id.clone(),
            rule: "1".to_owned(),
            source: RowRef {
                file_sha256: "3b".repeat(32),
                file: "1091231帳號清冊_資訊處提供.xlsx".to_owned(),
                sheet: "帳號".to_owned(),
                row: n + 1,
            },
        },
        verdict: RuleVerdict::Exception,
        clauses: procedure.clauses.clone(),
        values: COLUMNS.iter().zip(texts).map(|((key, _), t)| ((*key).to_owned(), Some(t))).collect(),
        disposition: Some(Disposition {
            kind: DispositionKind::Confirmed,
            note: format!("第{n}列：公司未能提出核准紀錄。"),
            by: "林查核".to_owned(),
            at: at(20),
        }),
    }
}

fn finding(n: u32, rows: &[ExceptionRow]) -> FindingPaper {
    let criteria = vec![clause("BSL", n % 60)];
    let finding = Finding {
        no: i64::from(n),
        kind: FindingType::Deficiency,
        title: format!("離職人員帳號未即時停用（第{n}項）"),
        condition: format!("就啟用中之帳號執行測試，其中 {} 個帳號之使用者已離職。", rows.len()),
        clauses: criteria.iter().map(|c| c.id.clone()).collect(),
        cause: "人事單位與資訊單位間無通報機制。".to_owned(),
        effect: "離職人員得以原帳號存取系統，難以釐清責任歸屬。".to_owned(),
        severity: Severity::High,
        category: "存取控制／技術面".to_owned(),
        recommendation: "立即停用所列帳號，並訂定通報及覆核程序。".to_owned(),
        objects: Vec::new(),
        evidence: vec![i64::from(n)],
        papers: Vec::new(),
        repeat_of: None,
        status: FindingStatus::Final,
        by: "林查核".to_owned(),
        at: at(40),
        exceptions: Vec::new(),
        counts: Some((rows.len() as u64, rows.len() as u64 * 3)),
    };
    FindingPaper {
        finding,
        criteria,
        rows: rows.to_vec(),
        paper_refs: rows.first().map(|r| r.key.procedure.clone()).into_iter().collect(),
        evidence: vec![evidence(i64::from(n))],
        reply: None,
        follow_ups: Vec::new(),
        chain: Vec::new(),
        changed: None,
    }
}

fn evidence(id: i64) -> Evidence {
    Evidence {
        id,
        name: format!("帳號申請單第{id}號.pdf"),
        source: "資訊處林經理".to_owned(),
        acquired_by: "受查單位提供".to_owned(),
        acquired_at: at(15),
        format: "pdf".to_owned(),
        pages: Some(3),
        sha256: format!("{id:02x}").repeat(32),
        size: 183_552,
        kept_at: "案卷".to_owned(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: vec![clause("BSL", 3).id],
        by: "林查核".to_owned(),
        at: at(16),
    }
}

fn note(id: i64) -> ReviewNote {
    let said = |text: String, by: &str| Said { text, by: by.to_owned(), at: at(50) };
    ReviewNote {
        id,
        paper: "F-00".to_owned(),
        note: said(format!("第{id}點：請補充抽樣方法。"), "王覆核"),
        reply: Some(said("已補充於底稿。".to_owned(), "林查核")),
        clearance: Some(said(String::new(), "王覆核")),
    }
}

fn fact(n: i64) -> FactLine {
    FactLine {
        group: "業務".to_owned(),
        question: format!("是否經營第{n}項業務？"),
        value: "是".to_owned(),
        basis: "許可證照".to_owned(),
        by: "林查核".to_owned(),
        at: Some(at(1)),
    }
}
