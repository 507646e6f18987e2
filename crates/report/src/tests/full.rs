//! The fixture's exam a year later: reviewed, signed, answered by the firm, followed up.

use super::fixture::{at, dossier};
use crate::{Dossier, SignedPaper};
use fieldbook_model::*;
use jiff::civil::date;

/// The fixture with units, evidence, replies, follow-up reviews, signatures and another version of a paper.
pub fn full() -> Dossier {
    let mut d = dossier();
    d.draft = false;
    d.evidence = vec![piece(12, "帳號申請單.pdf", &["COL-D5.1"]), piece(20, "機房照片.jpg", &["COL-D2.1"])];
    d.signed = signed();
    for (paper, status) in d.findings.iter_mut().zip([FindingStatus::FollowedUp, FindingStatus::Replied]) {
        paper.finding.status = status;
        paper.reply = Some(reply(paper.finding.no));
    }
    let first = &mut d.findings[0];
    first.finding.evidence = vec![12];
    first.evidence = d.evidence[..1].to_vec();
    first.finding.repeat_of = Some(EarlierFinding {
        exam: "e-114".to_owned(),
        number: "114-證-0007-F02".to_owned(),
        title: "廠商帳號未收回".to_owned(),
        found_on: Some(date(2025, 11, 3)),
    });
    let results = [FollowUpResult::NotRemedied, FollowUpResult::PartlyRemedied];
    first.follow_ups = (1..).zip(results).map(|(id, result)| follow_up(id, result)).collect();
    d.findings[2].reply = Some(Reply {
        agreement: Agreement::Disagree,
        measure: String::new(),
        owner: String::new(),
        due: None,
        ..reply(3)
    });
    split(&mut d);
    d
}

/// The first item states two duties, each for two systems, and one cell is open.
fn split(d: &mut Dossier) {
    let item = &mut d.items[0];
    let text = item.clause.text.clone();
    let unit =
        |id: &str| Unit { id: id.to_owned(), text: text.clone(), strength: Strength::Must, per_system: None };
    item.clause.units = vec![unit("a"), unit("b")];
    let decided = item.decision.units[0].clone();
    let systems = ["網路下單系統", "主機連線系統"].map(|name| SystemDecision {
        system: name.to_owned(),
        applicability: Applicability::Applicable,
        reason: "因屬核心系統".to_owned(),
    });
    let of = |id: &str| UnitDecision { unit: id.to_owned(), systems: systems.to_vec(), ..decided.clone() };
    item.decision.units = vec![of("a"), of("b")];
    let given = item.answers[0].clone();
    let key = |unit: &str, system: &str| AnswerKey {
        clause: given.key.clause.clone(),
        unit: unit.to_owned(),
        system: system.to_owned(),
    };
    item.answers = vec![
        Answer { key: key("a", "網路下單系統"), method: Some(Method::Interview), ..given.clone() },
        Answer {
            key: key("a", "主機連線系統"), awaited: Some("核准單".to_owned()), ..given.clone()
        },
        Answer {
            key: key("b", "網路下單系統"), note: String::new(), by: "陳稽核".to_owned(), ..given
        },
    ];
}

fn piece(id: i64, name: &str, clauses: &[&str]) -> Evidence {
    Evidence {
        id,
        name: name.to_owned(),
        source: "資訊部林經理".to_owned(),
        acquired_by: "受查單位提供".to_owned(),
        acquired_at: at(10, 5),
        format: "pdf".to_owned(),
        pages: Some(3),
        sha256: format!("{id:064x}"),
        size: 48_213,
        kept_at: "證據庫".to_owned(),
        confidentiality: Confidentiality::Restricted,
        returned: String::new(),
        clauses: clauses.iter().map(|c| ClauseId::parse(c).expect("valid")).collect(),
        by: "林查核".to_owned(),
        at: at(10, 6),
    }
}

fn reply(finding: i64) -> Reply {
    Reply {
        id: finding,
        finding,
        agreement: Agreement::Agree,
        text: "同意查核發現。".to_owned(),
        cause: "承辦人員異動，未交接收回程序。".to_owned(),
        impact: "尚無客戶權益受損。".to_owned(),
        liability: String::new(),
        measure: "停用所列帳號，並修訂委外人員帳號管理程序。".to_owned(),
        owner: "資訊部王協理".to_owned(),
        due: Some(date(2027, 1, 31)),
        signer: "總經理李大同".to_owned(),
        signed_on: Some(date(2026, 12, 15)),
        by: "林查核".to_owned(),
        at: date(2026, 12, 16).at(9, 30, 0, 0),
    }
}

fn follow_up(id: i64, result: FollowUpResult) -> FollowUp {
    FollowUp {
        id,
        finding: 1,
        on: date(2027, 2, i8::try_from(id).expect("small")),
        reviewer: "陳稽核".to_owned(),
        result,
        note: "抽查帳號清冊，vnd_colo_admin 已停用，root 仍由廠商使用。".to_owned(),
        evidence: vec![12],
        run: (id == 2).then_some(8),
        by: "陳稽核".to_owned(),
        at: date(2027, 2, 3).at(15, 0, 0, 0),
    }
}

fn signed() -> Vec<SignedPaper> {
    let sign = |paper: &str, version, role, by: &str, n: u8| SignOff {
        paper: paper.to_owned(),
        version,
        role,
        by: by.to_owned(),
        at: at(17, i8::try_from(n).expect("small")),
        content_sha256: format!("{n:02x}").repeat(32),
        key: "ab".repeat(32),
        signature: format!("{n:02x}").repeat(64),
    };
    let reopened = Reopening {
        paper: WHOLE_EXAM.to_owned(),
        version: 1,
        reason: "受查單位補送核准紀錄。".to_owned(),
        by: "林查核".to_owned(),
        at: at(17, 30),
    };
    let paper = |paper: &str, version, signatures, reopenings| SignedPaper {
        paper: paper.to_owned(),
        version,
        signatures,
        reopenings,
    };
    use SignRole::{Preparer, Reviewer};
    vec![
        paper("T-COL-05", 1, vec![sign("T-COL-05", 1, Preparer, "林查核", 1)], Vec::new()),
        paper(
            WHOLE_EXAM,
            2,
            vec![
                sign(WHOLE_EXAM, 1, Preparer, "林查核", 2),
                sign(WHOLE_EXAM, 1, Reviewer, "陳稽核", 3),
                sign(WHOLE_EXAM, 2, Preparer, "林查核", 41),
            ],
            vec![reopened],
        ),
    ]
}
