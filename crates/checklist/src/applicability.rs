//! Whether a clause applies to a firm, and why, in three values.

use crate::bundle::Bundle;
use crate::reason::{Explained, codes, demand, explain, words};
use fieldbook_model::{
    Applicability, AppliesWhen, Clause, Decision, FactValue, Item, Predicate, Profile, System, Tri,
};

/// Names of systems are listed up to this number in a reason; the decision holds all of them.
const NAMED_SYSTEMS: usize = 5;

/// Evaluates a condition over the firm's facts, derived ones included.
#[must_use]
pub fn evaluate(bundle: &Bundle, predicate: &Predicate, profile: &Profile) -> Tri {
    explain(bundle, predicate, &|code| firm_value(profile, code)).outcome
}

/// Every answerable clause as an item of an exam with this profile, in document order.
#[must_use]
pub fn items(bundle: &Bundle, profile: &Profile, systems: &[System]) -> Vec<Item> {
    let answered = bundle.clauses().filter(|clause| clause.examinable);
    answered
        .map(|clause| Item { clause: clause.id.clone(), decision: decide(bundle, clause, profile, systems) })
        .collect()
}

/// Whether one clause applies, with the reason and the facts behind it.
///
/// A clause that applies to systems applies when one of them meets its condition; without a registered system it is
/// undetermined. An unknown exception does not keep a clause open: until it is shown, the clause applies.
#[must_use]
pub fn decide(bundle: &Bundle, clause: &Clause, profile: &Profile, systems: &[System]) -> Decision {
    let Some(when) = &clause.applies else {
        return decision(Applicability::NotApplicable, "不列入查核項目".to_owned(), Vec::new(), Vec::new());
    };
    let firm = explain(bundle, &when.firm, &|code| firm_value(profile, code));
    if firm.outcome == Tri::No {
        return because(Applicability::NotApplicable, &firm);
    }
    let mut decision = match &when.per_system {
        None if firm.outcome == Tri::Yes => because(Applicability::Applicable, &firm),
        None => still_open(&firm),
        Some(condition) => decide_systems(bundle, condition, &firm, profile, systems),
    };
    if decision.applicability == Applicability::Applicable {
        exceptions(bundle, when, profile, &mut decision);
    }
    decision
}

fn firm_value(profile: &Profile, code: &str) -> FactValue {
    profile.get(code).map_or(FactValue::Unknown, |fact| fact.value.clone())
}

fn decision(
    applicability: Applicability,
    reason: String,
    deciding: Vec<String>,
    systems: Vec<String>,
) -> Decision {
    Decision { applicability, reason, deciding, systems }
}

fn because(applicability: Applicability, by: &Explained) -> Decision {
    decision(applicability, format!("因{}", words(&by.grounds, "且")), codes(&by.grounds), Vec::new())
}

fn still_open(by: &Explained) -> Decision {
    let reason = format!("尚未確認{}", words(&by.grounds, "、"));
    decision(Applicability::Undetermined, reason, codes(&by.grounds), Vec::new())
}

fn decide_systems(
    bundle: &Bundle,
    condition: &Predicate,
    firm: &Explained,
    profile: &Profile,
    systems: &[System],
) -> Decision {
    let explained: Vec<(&System, Explained)> = systems
        .iter()
        .map(|system| {
            let value = |code: &str| match system.facts.get(code) {
                Some(value) => value.clone(),
                None => firm_value(profile, code),
            };
            (system, explain(bundle, condition, &value))
        })
        .collect();
    let with = |outcome: Tri| explained.iter().filter(move |(_, e)| e.outcome == outcome);
    let wanted = demand(bundle, condition);
    let mut deciding = codes(&firm.grounds);
    deciding.extend(crate::predicate::facts_named(condition).into_iter().map(|(code, _)| code.to_owned()));

    if !systems.is_empty() && with(Tri::No).count() == systems.len() {
        let reason = format!("因登錄之{}個資通系統均不符合「{wanted}」", systems.len());
        return decision(Applicability::NotApplicable, reason, deciding, Vec::new());
    }
    let open: Vec<String> = with(Tri::Unknown)
        .map(|(system, e)| format!("系統「{}」{}", system.name, words(&e.grounds, "、")))
        .collect();
    let open_text = shortened(&open, "；", open.len());
    let hits: Vec<String> = with(Tri::Yes).map(|(system, _)| system.name.clone()).collect();
    if firm.outcome == Tri::Yes && !hits.is_empty() {
        let quoted: Vec<String> = hits.iter().map(|name| format!("「{name}」")).collect();
        let named = shortened(&quoted, "", hits.len());
        let mut reason = format!("因{}，且系統{named}{wanted}", words(&firm.grounds, "且"));
        if !open.is_empty() {
            reason.push_str(&format!("（尚未確認{open_text}）"));
        }
        return decision(Applicability::Applicable, reason, deciding, hits);
    }
    let mut missing = Vec::new();
    if firm.outcome == Tri::Unknown {
        missing.push(words(&firm.grounds, "、"));
    }
    if systems.is_empty() {
        missing.push(format!("是否有資通系統{wanted}（系統清冊尚無資料）"));
    } else if hits.is_empty() {
        missing.push(open_text);
    }
    let reason = format!("尚未確認{}", missing.join("；"));
    decision(Applicability::Undetermined, reason, deciding, Vec::new())
}

/// The first few texts joined; of more than that the number is told.
fn shortened(texts: &[String], joined_by: &str, total: usize) -> String {
    let named = texts.iter().take(NAMED_SYSTEMS).map(String::as_str).collect::<Vec<_>>().join(joined_by);
    if total > NAMED_SYSTEMS { format!("{named}等{total}個") } else { named }
}

/// Turns a clause that applies into a waived or substituted one where its exception is met; an open exception is
/// remarked on.
fn exceptions(bundle: &Bundle, when: &AppliesWhen, profile: &Profile, decision: &mut Decision) {
    let outcomes = [(&when.waived, Applicability::Waived), (&when.substituted, Applicability::Substituted)];
    let mut open = Vec::new();
    for (condition, outcome) in outcomes {
        let Some(condition) = condition else { continue };
        let exception = explain(bundle, condition, &|code| firm_value(profile, code));
        match exception.outcome {
            Tri::Yes => {
                decision.applicability = outcome;
                decision.reason = format!("因{}", words(&exception.grounds, "且"));
                decision.deciding.extend(codes(&exception.grounds));
                return;
            }
            Tri::Unknown => open.push(words(&exception.grounds, "、")),
            Tri::No => {}
        }
    }
    if !open.is_empty() {
        decision.reason.push_str(&format!("（例外尚未確認：{}）", open.join("、")));
    }
}
