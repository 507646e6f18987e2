//! An exam in which everything has happened: what the fixture leaves out of it.

use super::asked::list;
use super::fixture::{answer, at, dossier};
use crate::{CountLine, CountPaper, Dossier, ExamHead, FactLine, SamplePaper, SignedPaper, TeamPaper};
use fieldbook_model::*;
use jiff::civil::date;

/// The exam.
pub fn whole() -> Dossier {
    let mut d = dossier();
    d.facts = facts();
    d.exam.systems[0].facts =
        [("core", FactValue::Yes), ("asmt_class", FactValue::Text("第一類".to_owned()))]
            .map(|(key, value)| (key.to_owned(), value))
            .into();
    d.requests = Some(list());
    d.samples = vec![sample(&d)];
    d.count = Some(count());
    d.evidence = (1..=3).map(evidence).collect();
    d.team = team();
    d.notes = vec![note(1, "T-COL-05", true), note(2, "F-00", false)];
    d.signed = vec![signed("T-COL-05", 2), signed("E-00", 1)];
    let first = d.items[0].clause.id.to_string();
    d.items[0].answers.push(Answer {
        awaited: Some("帳號申請單正本".to_owned()),
        ..answer(&first, "", "後台帳務系統", ItemResult::Partial)
    });
    let f = &mut d.findings[0];
    f.finding.evidence = vec![1];
    f.finding.objects = vec!["主機連線系統／vnd_colo_admin".to_owned()];
    f.evidence = vec![evidence(1)];
    f.reply = Some(reply());
    f.follow_ups = vec![follow_up(1, FollowUpResult::PartlyRemedied), follow_up(2, FollowUpResult::Remedied)];
    let earlier = EarlierFinding {
        exam: "e-000001".to_owned(),
        number: "114-證-0007-F02".to_owned(),
        title: "廠商帳號未收回".to_owned(),
        found_on: Some(date(2025, 10, 3)),
    };
    f.finding.repeat_of = Some(earlier.clone());
    f.chain = vec![earlier];
    f.changed = Some((6, 1_050));
    d
}

fn head() -> ExamHead {
    list().head
}

fn facts() -> Vec<FactLine> {
    let fact = |question: &str, value: &str, at| FactLine {
        group: "業務".to_owned(),
        question: question.to_owned(),
        value: value.to_owned(),
        basis: "許可證照影本".to_owned(),
        by: "林查核".to_owned(),
        at,
    };
    vec![fact("是否經營證券經紀業務？", "是", Some(at(9, 1))), fact("是否使用主機共置服務？", "未確認", None)]
}

fn sample(d: &Dossier) -> SamplePaper {
    let row = |no: u32| SampledRow {
        no,
        index: u64::from(no) * 40,
        source: d.tests[0].exceptions[0].key.source.clone(),
        why: "隨機抽取".to_owned(),
    };
    SamplePaper {
        head: head(),
        sample: DrawnSample {
            id: 1,
            dataset: "accounts".to_owned(),
            method: "random".to_owned(),
            algorithm: "splitmix64".to_owned(),
            seed: 20_261_121,
            stratum: None,
            amount: None,
            population: 1_043,
            population_sha256: "3b".repeat(32),
            purpose: "帳號申請單之核准".to_owned(),
            rows: (1..=25).map(row).collect(),
            by: "林查核".to_owned(),
            at: at(10, 50),
        },
        dataset: "帳號清冊".to_owned(),
        method: "隨機抽樣".to_owned(),
        recipe: "以種子產生之亂數取列".to_owned(),
        stratum: None,
        amount: None,
        contents: (1..=25).map(|n| format!("主機連線系統／u{n:03}")).collect(),
        printed_at: at(8, 0),
    }
}

fn count() -> CountPaper {
    let device = |serial: &str| Device {
        name: "行情伺服器".to_owned(),
        serial: serial.to_owned(),
        rack: "C07".to_owned(),
        u_pos: "U10".to_owned(),
        ..Device::default()
    };
    let line = |serial: &str, state| CountLine {
        device: device(serial),
        filed: Some(device(serial)),
        ledger: None,
        state,
        differs: Vec::new(),
        note: String::new(),
    };
    CountPaper {
        paper: "T-COL-02".to_owned(),
        head: head(),
        filed: 2,
        ledger: 0,
        lines: vec![line("SGH937KL1P", Some(CountState::Found)), line("SGH937KL2P", None)],
        printed_at: at(8, 0),
    }
}

/// A piece of evidence of this number.
pub fn evidence(id: i64) -> Evidence {
    Evidence {
        id,
        name: format!("帳號申請單第{id}號.pdf"),
        source: "資訊處林經理".to_owned(),
        acquired_by: "受查單位提供".to_owned(),
        acquired_at: at(9, 30),
        format: if id == 2 { String::new() } else { "pdf".to_owned() },
        pages: (id != 3).then_some(4),
        sha256: format!("{id:02x}").repeat(32),
        size: 183_552,
        kept_at: "案卷".to_owned(),
        confidentiality: Confidentiality::Restricted,
        returned: if id == 2 { "115.11.25 歸還".to_owned() } else { String::new() },
        clauses: vec![ClauseId::parse("COL-D5.1").expect("valid")],
        by: "陳稽核".to_owned(),
        at: at(9, 40),
    }
}

fn team() -> TeamPaper {
    let kind = |key: &str, zh: &str| Qualification {
        key: key.to_owned(),
        zh: zh.to_owned(),
        examples: vec!["CISSP".to_owned()],
        clause: ClauseId::parse("ASM-7.2").expect("valid"),
    };
    let member = |name: &str, independent| TeamMember {
        name: name.to_owned(),
        unit: "稽核部".to_owned(),
        holds: [("technical".to_owned(), "CISSP 第 123456 號".to_owned())].into(),
        independent,
        confidential: Tri::Yes,
        signed_on: Some(date(2026, 11, 1)),
        note: String::new(),
        by: "林查核".to_owned(),
        at: at(8, 10),
    };
    TeamPaper {
        kinds: vec![kind("management", "資訊安全管理知識"), kind("technical", "資訊安全技術能力")],
        members: vec![member("林查核", Tri::Yes), member("陳稽核", Tri::Unknown)],
        gaps: vec!["團隊無人具備「資訊安全管理知識」。".to_owned()],
    }
}

fn note(id: i64, paper: &str, done: bool) -> ReviewNote {
    let said = |text: &str, by: &str| Said { text: text.to_owned(), by: by.to_owned(), at: at(17, 5) };
    ReviewNote {
        id,
        paper: paper.to_owned(),
        note: said("母體完整性如何確認？", "王覆核"),
        reply: done.then(|| said("已補充於第五點。", "林查核")),
        clearance: done.then(|| said("", "王覆核")),
    }
}

fn signed(paper: &str, version: u32) -> SignedPaper {
    let sign = |version, role, by: &str| SignOff {
        paper: paper.to_owned(),
        version,
        role,
        by: by.to_owned(),
        at: at(18, 20),
        content_sha256: "c0".repeat(32),
        key: "ed".repeat(32),
        signature: "51".repeat(64),
    };
    let reopened = |version| Reopening {
        paper: paper.to_owned(),
        version,
        reason: "漏列一個帳號".to_owned(),
        by: "林查核".to_owned(),
        at: at(18, 0),
    };
    SignedPaper {
        paper: paper.to_owned(),
        version,
        signatures: (1..=version)
            .flat_map(|v| [sign(v, SignRole::Preparer, "趙編製"), sign(v, SignRole::Reviewer, "王覆核")])
            .collect(),
        reopenings: (1..version).map(reopened).collect(),
    }
}

fn reply() -> Reply {
    Reply {
        id: 1,
        finding: 1,
        agreement: Agreement::Partly,
        text: "所列帳號業已停用，惟其中一個係緊急帳號。".to_owned(),
        cause: "契約承辦單位未通報".to_owned(),
        impact: "未發現異常登入".to_owned(),
        liability: "承辦人員申誡".to_owned(),
        measure: "建立每月比對作業".to_owned(),
        owner: "資訊處".to_owned(),
        due: Some(date(2027, 1, 31)),
        signer: "李總經理".to_owned(),
        signed_on: Some(date(2026, 12, 20)),
        by: "林查核".to_owned(),
        at: at(19, 0),
    }
}

fn follow_up(id: i64, result: FollowUpResult) -> FollowUp {
    FollowUp {
        id,
        finding: 1,
        on: date(2027, 2, 10),
        reviewer: "陳稽核".to_owned(),
        result,
        note: format!("第{id}次覆查：檢視比對紀錄。"),
        evidence: if id == 2 { vec![3] } else { Vec::new() },
        run: (id == 2).then_some(9),
        by: "陳稽核".to_owned(),
        at: at(19, 30),
    }
}
