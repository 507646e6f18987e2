//! The fixture's exam at the end of its life: a team, evidence, replies, follow-up reviews, signatures, an exam before it.

use super::fixture::{at, dossier};
use crate::{
    ChapterFigures, Dossier, EarlierExam, FactLine, FindingFigure, PaperHash, SignedPaper, TeamPaper,
};
use fieldbook_model::*;
use jiff::civil::{Date, date};
use std::collections::BTreeMap;

/// The days from its due date to the day of printing of the finding that is overdue.
pub const DAYS_OVERDUE: i32 = 21;
pub const MEASURE: &str = "停用所列帳號，修訂委外人員帳號管理辦法，每季由稽核室抽查一次。";

pub fn full() -> Dossier {
    let mut dossier = dossier();
    dossier.team = team();
    dossier.facts = facts();
    dossier.signed = vec![signed("T-COL-05"), signed(WHOLE_EXAM)];
    dossier.earlier = Some(earlier());
    dossier.paper_hashes = ["A-00 封面及索引", "C-BSL 查核項目表", "T-COL-05 最高權限帳號提供廠商使用"]
        .map(|name| {
            let (paper, title) = name.split_once(' ').expect("number and title");
            PaperHash { paper: paper.to_owned(), title: title.to_owned(), sha256: "9a".repeat(32) }
        })
        .to_vec();
    let kept = evidence();
    dossier.evidence = vec![kept.clone()];
    if let [first, second, ..] = dossier.findings.as_mut_slice() {
        first.evidence = vec![kept.clone()];
        first.reply = Some(reply(1, Agreement::Agree, Some(date(2026, 10, 31))));
        first.follow_ups = vec![follow_up(date(2026, 11, 10), FollowUpResult::PartlyRemedied)];
        first.chain = vec![EarlierFinding {
            exam: String::new(),
            number: "114-證-0007-F02".to_owned(),
            title: "廠商帳號權限過大".to_owned(),
            found_on: Some(date(2019, 12, 31)),
        }];
        second.evidence = vec![kept];
        second.reply = Some(reply(2, Agreement::Partly, Some(date(2026, 9, 30))));
        second.follow_ups = vec![
            follow_up(date(2026, 10, 8), FollowUpResult::NotRemedied),
            follow_up(date(2026, 11, 10), FollowUpResult::Remedied),
        ];
        second.changed = Some((188, 986));
    }
    dossier
}

fn team() -> TeamPaper {
    let kind = |key: &str, zh: &str, examples: &[&str]| Qualification {
        key: key.to_owned(),
        zh: zh.to_owned(),
        examples: examples.iter().map(|e| (*e).to_owned()).collect(),
        clause: ClauseId::parse("BSL-6.7").expect("valid"),
    };
    let member = |name: &str, unit: &str, holds: &[(&str, &str)], independent| TeamMember {
        name: name.to_owned(),
        unit: unit.to_owned(),
        holds: holds.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        independent,
        confidential: Tri::Yes,
        signed_on: Some(date(2026, 11, 2)),
        note: String::new(),
        by: "林查核".to_owned(),
        at: at(8, 45),
    };
    TeamPaper {
        kinds: vec![
            kind("management", "資訊安全管理知識", &["CISM", "ISO 27001 LA"]),
            kind("technical", "資訊安全技術能力", &["CISSP"]),
            kind("attack", "模擬駭客攻擊能力", &["CEH", "CIH"]),
            kind("finance", "熟悉金融領域載具應用、系統開發或稽核經驗", &[]),
        ],
        members: vec![
            member(
                "林查核",
                "券商輔導部 專員",
                &[("management", "ISO 27001 LA（112年）"), ("finance", "稽核經驗 8 年")],
                Tri::Yes,
            ),
            member("陳稽核", "券商輔導部 高級專員", &[("technical", "CISSP")], Tri::Unknown),
        ],
        gaps: vec!["無人具備模擬駭客攻擊能力，第一類資通系統之評估應具備。".to_owned()],
    }
}

fn facts() -> Vec<FactLine> {
    let fact = |question: &str, value: &str, at| FactLine {
        group: "業務".to_owned(),
        question: question.to_owned(),
        value: value.to_owned(),
        basis: "公司變更登記事項卡".to_owned(),
        by: "林查核".to_owned(),
        at,
    };
    vec![fact("是否為證券商", "是", Some(at(9, 5))), fact("是否提供網際網路下單", "未確認", None)]
}

fn signed(paper: &str) -> SignedPaper {
    let sign = |role, by: &str, hour| SignOff {
        paper: paper.to_owned(),
        version: 2,
        role,
        by: by.to_owned(),
        at: at(hour, 0),
        content_sha256: "c3".repeat(32),
        key: "7b".repeat(32),
        signature: "d4".repeat(64),
    };
    SignedPaper {
        paper: paper.to_owned(),
        version: 2,
        signatures: vec![sign(SignRole::Preparer, "林查核", 17), sign(SignRole::Reviewer, "王覆核", 18)],
        reopenings: Vec::new(),
    }
}

fn earlier() -> EarlierExam {
    let chapter = |document: &str, chapter: &str, counts: [u64; 3]| ChapterFigures {
        document: document.to_owned(),
        chapter: chapter.to_owned(),
        results: BTreeMap::from([
            (ItemResult::Compliant, counts[0]),
            (ItemResult::Partial, counts[1]),
            (ItemResult::Noncompliant, counts[2]),
        ]),
    };
    let finding = |n: u8, title: &str, severity, status| FindingFigure {
        number: format!("114-證-0007-F{n:02}"),
        title: title.to_owned(),
        kind: FindingType::Deficiency,
        severity,
        status,
    };
    EarlierExam {
        case_no: "114-證-0007".to_owned(),
        as_of: date(2019, 12, 31),
        chapters: vec![
            chapter("BSL", "第六條　存取控制", [7, 2, 5]),
            chapter("COL", "查核缺失態樣", [4, 4, 8]),
        ],
        findings: vec![
            finding(1, "未留存接收客戶委託時間", Severity::High, FindingStatus::Closed),
            finding(2, "廠商帳號權限過大", Severity::High, FindingStatus::FollowedUp),
            finding(3, "防火牆規則未定期檢視", Severity::Critical, FindingStatus::Replied),
        ],
    }
}

fn evidence() -> Evidence {
    Evidence {
        id: 12,
        name: "委外人員帳號申請單（109年第4季）.pdf".to_owned(),
        source: "資訊部林經理".to_owned(),
        acquired_by: "受查單位提供".to_owned(),
        acquired_at: at(10, 12),
        format: "pdf".to_owned(),
        pages: Some(14),
        sha256: "e7".repeat(32),
        size: 482_113,
        kept_at: String::new(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: Vec::new(),
        by: "陳稽核".to_owned(),
        at: at(10, 15),
    }
}

fn reply(finding: i64, agreement: Agreement, due: Option<Date>) -> Reply {
    Reply {
        id: finding,
        finding,
        agreement,
        text: "本公司同意所列事實，並已著手檢討委外人員帳號之申請及收回程序。".to_owned(),
        cause: "契約承辦單位未將委外期間通知資訊處。".to_owned(),
        impact: String::new(),
        liability: String::new(),
        measure: MEASURE.to_owned(),
        owner: "資訊處張協理".to_owned(),
        due,
        signer: "總經理李○○".to_owned(),
        signed_on: Some(date(2026, 9, 1)),
        by: "林查核".to_owned(),
        at: at(9, 0),
    }
}

fn follow_up(on: Date, result: FollowUpResult) -> FollowUp {
    FollowUp {
        id: 1,
        finding: 1,
        on,
        reviewer: "陳稽核".to_owned(),
        result,
        note: "抽查 10 個委外帳號，其中 2 個仍未收回；辦法業經董事會通過。".to_owned(),
        evidence: vec![12],
        run: None,
        by: "陳稽核".to_owned(),
        at: at(15, 0),
    }
}
