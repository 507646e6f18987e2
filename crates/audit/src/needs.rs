//! What a procedure or a rule needs, compared with what the exam holds.

use crate::store::DatasetState;
use fieldbook_model::{DatasetNeed, Rule};

/// Why a rule does not run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lack {
    /// `dataset.column` of everything that is missing, in the order of the needs.
    pub(crate) missing: Vec<String>,
    /// Whether a run without the rule cannot pass: something that is not optional is missing.
    pub(crate) decisive: bool,
}

/// The dataset's state, when the exam holds it and at least one of its columns was mapped.
pub(crate) fn find<'a>(states: &'a [DatasetState], key: &str) -> Option<&'a DatasetState> {
    states.iter().find(|s| s.key == key && !s.columns.is_empty())
}

/// What is missing of the needs that are not optional.
pub(crate) fn missing_of_procedure(needs: &[DatasetNeed], states: &[DatasetState]) -> Vec<String> {
    needs.iter().filter(|n| !n.optional).flat_map(|n| missing_of(n, find(states, &n.dataset))).collect()
}

/// What a rule lacks; `None` when it can run. A dataset without a single row is no data, so it counts as missing.
pub(crate) fn lack_of_rule(rule: &Rule, states: &[DatasetState]) -> Option<Lack> {
    let mut lack = Lack { missing: Vec::new(), decisive: false };
    for need in &rule.needs {
        let missing = missing_of(need, find(states, &need.dataset).filter(|s| s.rows > 0));
        lack.decisive |= !missing.is_empty() && !need.optional;
        lack.missing.extend(missing);
    }
    if lack.missing.is_empty() { None } else { Some(lack) }
}

fn missing_of(need: &DatasetNeed, state: Option<&DatasetState>) -> Vec<String> {
    match state {
        None if need.columns.is_empty() => vec![need.dataset.clone()],
        None => need.columns.iter().map(|c| format!("{}.{c}", need.dataset)).collect(),
        Some(s) => {
            let absent = need.columns.iter().filter(|c| !s.columns.contains(c));
            absent.map(|c| format!("{}.{c}", need.dataset)).collect()
        }
    }
}
