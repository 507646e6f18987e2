//! Which part of a procedure binds a firm: licence and facts decide by the applicability of the clauses, nothing else.

use fieldbook_model::{Applicability, ClauseId, Item, Procedure, Rule, Strength};
use std::collections::BTreeSet;

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
    let free: BTreeSet<&ClauseId> = items
        .iter()
        .filter(|i| i.decision.applicability == Applicability::NotApplicable)
        .map(|i| &i.clause)
        .collect();
    let mut out = without(procedure, &|id| free.contains(id));
    for rule in &mut out.rules {
        rule.strength = strength_of(rule, strength);
    }
    out
}

/// The procedure without these clauses and without the rules that then have none.
pub(crate) fn without(procedure: &Procedure, free: &dyn Fn(&ClauseId) -> bool) -> Procedure {
    let mut out = procedure.clone();
    out.clauses.retain(|id| !free(id));
    // A rule that cites nothing is an examiner's own question: nothing sets it free.
    out.rules.retain(|rule| rule.clauses.is_empty() || rule.clauses.iter().any(|id| !free(id)));
    for rule in &mut out.rules {
        rule.clauses.retain(|id| !free(id));
    }
    out.pictures.retain(|p| p.clauses.is_empty() || p.clauses.iter().any(|id| !free(id)));
    out
}

/// Clauses of the whole procedure that the bound one no longer has, sorted.
pub(crate) fn not_binding(whole: &Procedure, bound: &Procedure) -> Vec<ClauseId> {
    let of = |p: &Procedure| -> BTreeSet<ClauseId> {
        p.rules.iter().flat_map(|r| &r.clauses).chain(&p.clauses).cloned().collect()
    };
    of(whole).difference(&of(bound)).cloned().collect()
}

fn strength_of(rule: &Rule, strength: &dyn Fn(&ClauseId) -> Option<Strength>) -> Strength {
    let strongest = rule.clauses.iter().filter_map(strength).min_by_key(|s| s.weight());
    strongest.filter(|s| s.weight() > rule.strength.weight()).unwrap_or(rule.strength)
}
