//! Whether a clause applies to a firm, and why, in three values.

use crate::bundle::Bundle;
use crate::duty::Duties;
use crate::reason::{Explained, add_codes, codes, explain, words};
use fieldbook_model::{Applicability, AppliesWhen, Clause, Decision, Item, Predicate, Profile, System, Tri};

/// Evaluates a condition over the firm's facts, derived ones included.
#[must_use]
pub fn evaluate(bundle: &Bundle, predicate: &Predicate, profile: &Profile) -> Tri {
    ask(bundle, predicate, profile).outcome
}

/// Every answerable clause as an item of an exam with this profile, in document order.
#[must_use]
pub fn items(bundle: &Bundle, profile: &Profile, systems: &[System]) -> Vec<Item> {
    let answered = bundle.clauses().filter(|clause| clause.examinable);
    answered
        .map(|clause| Item { clause: clause.id.clone(), decision: decide(bundle, clause, profile, systems) })
        .collect()
}

/// Whether one clause applies, with the reason and the facts behind it, unit by unit and system by system.
///
/// - A clause with a condition over systems applies when a system meets it in one of the clause's units; without a
///   registered system it is undetermined.
/// - A clause without one binds the firm. Its units may still be of systems: then they say which strength each system
///   meets, and while the register leaves that open the clause applies and its units are undetermined.
/// - An unknown exception does not keep a clause open: until it is shown, the clause applies. Neither does an
///   examination's scope that nobody has set.
#[must_use]
pub fn decide(bundle: &Bundle, clause: &Clause, profile: &Profile, systems: &[System]) -> Decision {
    let Some(when) = &clause.applies else {
        return closed(&Duties::unasked(clause), "不列入查核項目".to_owned(), Vec::new());
    };
    let firm = ask(bundle, &when.firm, profile);
    if firm.outcome == Tri::No {
        let duties = Duties::without_systems(clause, when, systems);
        return closed(&duties, because(&firm), codes(&firm.grounds));
    }
    let scope = when.out_of_scope.as_ref().map(|scope| ask(bundle, scope, profile));
    if let Some(scope) = scope.filter(|scope| scope.outcome == Tri::Yes) {
        let reason = format!("因查核範圍設定：{}", words(&scope.grounds, "且"));
        return closed(&Duties::without_systems(clause, when, systems), reason, codes(&scope.grounds));
    }
    let duties = Duties::of(bundle, clause, when, systems);
    let mut decision =
        if when.per_system.is_none() { of_firm(&firm, &duties) } else { of_systems(&firm, &duties) };
    decision.systems = duties.systems_that(Tri::Yes, firm.outcome);
    add_codes(&mut decision.deciding, duties.codes());
    if decision.applicability == Applicability::Applicable {
        exceptions(bundle, when, profile, &mut decision);
    }
    decision
}

fn ask<'a>(bundle: &'a Bundle, predicate: &'a Predicate, profile: &'a Profile) -> Explained<'a> {
    explain(bundle, predicate, &|code| profile.get(code).map(|fact| &fact.value))
}

fn because(by: &Explained<'_>) -> String {
    format!("因{}", words(&by.grounds, "且"))
}

/// What does not apply, whatever the systems are.
fn closed(duties: &Duties<'_>, reason: String, deciding: Vec<String>) -> Decision {
    Decision {
        applicability: Applicability::NotApplicable,
        units: duties.closed(&reason),
        reason,
        deciding,
        systems: Vec::new(),
        overridden: None,
    }
}

fn decision(
    applicability: Applicability,
    reason: String,
    firm: &Explained<'_>,
    duties: &Duties<'_>,
) -> Decision {
    Decision {
        applicability,
        reason,
        deciding: codes(&firm.grounds),
        systems: Vec::new(),
        units: duties.decisions(firm),
        overridden: None,
    }
}

/// A clause that binds the firm, whatever its systems are.
fn of_firm(firm: &Explained<'_>, duties: &Duties<'_>) -> Decision {
    let mut decision = if firm.outcome == Tri::Yes {
        decision(Applicability::Applicable, because(firm) + &duties.remarks(), firm, duties)
    } else {
        let reason = format!("尚未確認{}", words(&firm.grounds, "、"));
        decision(Applicability::Undetermined, reason, firm, duties)
    };
    // None of the duties is known to have an object, yet the clause binds: which of them does stays open.
    if decision.units.iter().all(|u| u.applicability == Applicability::NotApplicable) {
        for unit in &mut decision.units {
            unit.applicability = Applicability::Undetermined;
        }
    }
    decision
}

/// A clause that applies when one of the systems meets it.
fn of_systems(firm: &Explained<'_>, duties: &Duties<'_>) -> Decision {
    let wanted = duties.demand();
    let registered = duties.registered();
    if registered > 0 && duties.systems_that(Tri::No, Tri::Yes).len() == registered {
        let reason = format!("因登錄之{registered}個資通系統均不符合「{wanted}」");
        return decision(Applicability::NotApplicable, reason, firm, duties);
    }
    let open = duties.open();
    let hits = duties.named(Tri::Yes);
    if firm.outcome == Tri::Yes && !hits.is_empty() {
        let mut reason = format!("因{}，且系統{hits}{wanted}", words(&firm.grounds, "且"));
        if !open.is_empty() {
            reason.push_str(&format!("（尚未確認{open}）"));
        }
        return decision(Applicability::Applicable, reason, firm, duties);
    }
    let mut missing = Vec::new();
    if firm.outcome == Tri::Unknown {
        missing.push(words(&firm.grounds, "、"));
    }
    if registered == 0 {
        missing.push(format!("是否有資通系統{wanted}（系統清冊尚無資料）"));
    } else if hits.is_empty() {
        missing.push(open);
    }
    let reason = format!("尚未確認{}", missing.join("；"));
    decision(Applicability::Undetermined, reason, firm, duties)
}

/// Turns a clause that applies into a waived or substituted one where its exception is met; an open exception is
/// remarked on. The facts of an exception decide too, met or not.
fn exceptions(bundle: &Bundle, when: &AppliesWhen, profile: &Profile, decision: &mut Decision) {
    let outcomes = [(&when.waived, Applicability::Waived), (&when.substituted, Applicability::Substituted)];
    let mut open = Vec::new();
    for (condition, outcome) in outcomes {
        let Some(condition) = condition else { continue };
        let exception = ask(bundle, condition, profile);
        add_codes(&mut decision.deciding, exception.grounds.iter().flat_map(|g| g.codes.iter().copied()));
        match exception.outcome {
            Tri::Yes => {
                decision.applicability = outcome;
                decision.reason = because(&exception);
                let bound = decision.units.iter_mut();
                for unit in bound.filter(|u| u.applicability != Applicability::NotApplicable) {
                    unit.applicability = outcome;
                }
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
