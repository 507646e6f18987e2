//! Which part of a procedure binds a firm: licence and facts decide by the applicability of the clauses, nothing else.

use fieldbook_model::{Applicability, ClauseId, Item, Procedure, Rule, Strength};

/// The procedure as it binds a firm: a clause that does not apply is cited nowhere, a rule none of whose clauses
/// applies is left out, and a rule is as strong as the strongest of its clauses that remain, never stronger than it
/// says. What is undetermined stays: unknown is not no.
///
/// `strength` gives a clause's own strength, the heaviest of its duties; a clause that it does not know changes nothing.
#[must_use]
pub fn bind(
    procedure: &Procedure,
    items: &[Item],
    strength: &dyn Fn(&ClauseId) -> Option<Strength>,
) -> Procedure {
    let binds = |id: &ClauseId| {
        let item = items.iter().find(|i| i.clause == *id);
        item.is_none_or(|i| i.decision.applicability != Applicability::NotApplicable)
    };
    let mut out = procedure.clone();
    out.clauses.retain(binds);
    for rule in &mut out.rules {
        rule.clauses.retain(binds);
        rule.strength = strength_of(rule, strength);
    }
    out.rules.retain(|rule| !rule.clauses.is_empty());
    out
}

fn strength_of(rule: &Rule, strength: &dyn Fn(&ClauseId) -> Option<Strength>) -> Strength {
    let strongest = rule.clauses.iter().filter_map(strength).min_by_key(|s| s.weight());
    strongest.filter(|s| s.weight() > rule.strength.weight()).unwrap_or(rule.strength)
}
