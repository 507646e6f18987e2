//! The fixture's items: clauses with decisions and answers of every kind.

use super::clauses::CLAUSES;
use super::fixture::at;
use crate::ItemLine;
use fieldbook_model::*;

/// A clause of the fixture.
pub fn clause(id: &str) -> Clause {
    let (id, _, label, text) = CLAUSES.iter().find(|(i, ..)| *i == id).expect("a clause of the fixture");
    Clause {
        id: ClauseId::parse(id).expect("valid"),
        kind: ClauseKind::Leaf,
        label: (*label).to_owned(),
        text: (*text).to_owned(),
        context: Vec::new(),
        strength: if text.contains('宜') { Strength::Should } else { Strength::Must },
        units: Vec::new(),
        examinable: true,
        applies: None,
        params: Vec::new(),
        source_line: 1,
        editor_note: (*id == "COL-D3").then(|| "簡報節錄，刪節處原文如此".to_owned()),
    }
}

/// An item for each clause.
pub fn items() -> Vec<ItemLine> {
    CLAUSES.iter().enumerate().map(|(i, (id, chapter, ..))| item(i, id, chapter)).collect()
}

fn item(i: usize, id: &str, chapter: &str) -> ItemLine {
    let clause = clause(id);
    let (applicability, reason) = match i % 7 {
        3 => (Applicability::NotApplicable, "因未提供網際網路下單服務"),
        5 => (Applicability::Undetermined, "「是否委外辦理資訊作業」尚未確認"),
        _ => (Applicability::Applicable, "因經營證券經紀業務並使用主機共置服務"),
    };
    let answer = |system: &str, result| answer(id, "", system, result);
    let systems: &[&str] = if id == "BSL-6.7" { &["網路下單系統", "主機連線系統"] } else { &[] };
    let answers = match i % 7 {
        0 => vec![answer("", ItemResult::Compliant)],
        1 => vec![answer("", ItemResult::Partial)],
        2 => vec![answer("", ItemResult::Noncompliant)],
        4 if id == "BSL-6.7" => vec![answer("網路下單系統", ItemResult::Compliant)],
        4 => vec![answer("", ItemResult::NoData)],
        _ => vec![],
    };
    ItemLine {
        decision: decision(&clause, applicability, reason, systems),
        clause,
        answers,
        chapter_title: chapter.to_owned(),
    }
}

/// A decision for the clause as a whole, for these systems.
pub fn decision(clause: &Clause, applicability: Applicability, reason: &str, systems: &[&str]) -> Decision {
    let of_system = |name: &&str| SystemDecision {
        system: (*name).to_owned(),
        applicability,
        reason: "因屬核心系統".to_owned(),
    };
    let unit = UnitDecision {
        unit: String::new(),
        strength: clause.strength,
        applicability,
        systems: systems.iter().map(of_system).collect(),
    };
    Decision {
        applicability,
        reason: reason.to_owned(),
        deciding: Vec::new(),
        systems: systems.iter().map(|s| (*s).to_owned()).collect(),
        units: vec![unit],
        overridden: None,
    }
}

/// An answer of the fixture's examiner.
pub fn answer(clause: &str, unit: &str, system: &str, result: ItemResult) -> Answer {
    Answer {
        key: AnswerKey {
            clause: ClauseId::parse(clause).expect("valid"),
            unit: unit.to_owned(),
            system: system.to_owned(),
        },
        result,
        method: Some(Method::Inspection),
        mode: None,
        note: "檢視管理辦法第5條及帳號申請單，抽查25件，均經單位主管及資訊單位主管核可。".to_owned(),
        paper_ref: "E-012".to_owned(),
        awaited: None,
        origin: None,
        by: "林查核".to_owned(),
        at: at(11, 20),
    }
}
