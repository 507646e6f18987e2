//! `facts.toml`: the questions whose answers decide applicability.

use crate::error::ChecklistError;
use crate::predicate::{facts_named, parse_predicate};
use crate::reader::{Reader, is_key};
use fieldbook_model::{FactDef, FactKind, FactValue, Predicate};
use serde::Deserialize;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFacts {
    fact: Vec<RawFact>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFact {
    code: Spanned<String>,
    group: String,
    kind: RawKind,
    #[serde(default)]
    of_system: bool,
    column: Option<Spanned<String>>,
    question: String,
    help: String,
    yes: String,
    no: String,
    rule: Option<Spanned<String>>,
    #[serde(default)]
    choices: Vec<RawChoice>,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
enum RawKind {
    YesNo,
    Choice,
    Set,
    Text,
    Derived,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChoice {
    value: Spanned<String>,
    zh: String,
}

/// Reads the file; facts that are wrong in themselves are reported and left out.
pub(crate) fn read(reader: &mut Reader<'_>) -> Vec<FactDef> {
    let Some(raw) = reader.parse::<RawFacts>() else { return Vec::new() };
    reader.unique(raw.fact.iter().map(|f| &f.code));
    let places: Vec<_> =
        raw.fact.iter().map(|f| f.rule.as_ref().map_or_else(|| f.code.span(), Spanned::span)).collect();
    let facts: Vec<FactDef> = raw.fact.into_iter().map(|fact| read_one(reader, fact)).collect();
    for (fact, place) in facts.iter().zip(places) {
        let Some(rule) = &fact.rule else { continue };
        for what in faults(rule, &facts, fact.of_system) {
            reader.fail_span(place.clone(), what);
        }
        if leads_to(&fact.code, rule, &facts, facts.len()) {
            reader.fail_span(place, ChecklistError::CircularRule(fact.code.clone()));
        }
    }
    facts
}

fn read_one(reader: &mut Reader<'_>, raw: RawFact) -> FactDef {
    let code = raw.code.get_ref().clone();
    if !is_key(&code) {
        reader.fail_at(&raw.code, ChecklistError::BadId(code.clone(), "fact code"));
    }
    if raw.kind == RawKind::Choice && raw.choices.is_empty() {
        reader.fail_at(&raw.code, ChecklistError::Lacks(code.clone(), "choices"));
    }
    if !matches!(raw.kind, RawKind::Choice | RawKind::Set) && !raw.choices.is_empty() {
        reader.fail_at(&raw.code, ChecklistError::MustNotHave(code.clone(), "choices"));
    }
    reader.unique(raw.choices.iter().map(|c| &c.value));
    let rule = read_rule(reader, &raw);
    if let Some(column) = raw.column.as_ref().filter(|_| !raw.of_system) {
        reader.fail_at(column, ChecklistError::MustNotHave(code.clone(), "a column"));
    }
    let choices = raw.choices.into_iter().map(|c| (c.value.into_inner(), c.zh)).collect();
    let kind = match raw.kind {
        RawKind::YesNo => FactKind::YesNo,
        RawKind::Choice => FactKind::Choice(choices),
        RawKind::Set => FactKind::Set(choices),
        RawKind::Text => FactKind::Text,
        RawKind::Derived => FactKind::Derived,
    };
    FactDef {
        code,
        question: raw.question,
        group: raw.group,
        help: raw.help,
        kind,
        rule,
        of_system: raw.of_system,
        column: raw.column.map(Spanned::into_inner),
        reasons: (raw.no, raw.yes),
    }
}

fn read_rule(reader: &mut Reader<'_>, raw: &RawFact) -> Option<Predicate> {
    let code = raw.code.get_ref();
    match (&raw.rule, raw.kind == RawKind::Derived) {
        (Some(rule), true) => match parse_predicate(rule.get_ref()) {
            Ok(rule) => return Some(rule),
            Err(error) => reader.fail_at(rule, error.into()),
        },
        (Some(rule), false) => reader.fail_at(rule, ChecklistError::MustNotHave(code.clone(), "a rule")),
        (None, true) => reader.fail_at(&raw.code, ChecklistError::Lacks(code.clone(), "a rule")),
        (None, false) => {}
    }
    None
}

fn leads_to(code: &str, rule: &Predicate, facts: &[FactDef], depth: usize) -> bool {
    facts_named(rule).into_iter().any(|(named, _)| {
        let inner = facts.iter().find(|f| f.code == named).and_then(|f| f.rule.as_ref());
        named == code || (depth > 0 && inner.is_some_and(|rule| leads_to(code, rule, facts, depth - 1)))
    })
}

/// What is wrong with a condition: facts that nobody defined or of the other level, values outside the choices.
pub(crate) fn faults(predicate: &Predicate, facts: &[FactDef], of_system: bool) -> Vec<ChecklistError> {
    let mut out = Vec::new();
    for (code, values) in facts_named(predicate) {
        let Some(fact) = facts.iter().find(|f| f.code == code) else {
            out.push(ChecklistError::UnknownFact(code.to_owned()));
            continue;
        };
        if fact.of_system != of_system {
            out.push(ChecklistError::WrongLevel(code.to_owned()));
        }
        for value in values {
            let known = match &fact.kind {
                FactKind::Choice(choices) | FactKind::Set(choices) if !choices.is_empty() => {
                    choices.iter().any(|(choice, _)| choice == value)
                }
                FactKind::Set(_) | FactKind::Choice(_) | FactKind::Text => true,
                FactKind::YesNo | FactKind::Derived => false,
            };
            if !known {
                out.push(ChecklistError::UnknownChoice(code.to_owned(), value.clone()));
            }
        }
    }
    out
}

/// Whether a fact may hold this value. "None" (`No`) is an answer to a choice, a set or a text only where the
/// fact has words for it; a set without choices takes any entries, or a plain "yes".
#[must_use]
pub fn value_allowed(fact: &FactDef, value: &FactValue) -> bool {
    let is_choice =
        |choices: &[(String, String)], text: &String| choices.iter().any(|(choice, _)| choice == text);
    match (&fact.kind, value) {
        (FactKind::Derived, _) => false,
        (_, FactValue::Unknown) => true,
        (FactKind::YesNo, value) => matches!(value, FactValue::Yes | FactValue::No),
        (_, FactValue::No) => !fact.reasons.0.is_empty(),
        (FactKind::Choice(choices), FactValue::Text(text)) => is_choice(choices, text),
        (FactKind::Set(choices), FactValue::List(list)) => {
            choices.is_empty() || list.iter().all(|text| is_choice(choices, text))
        }
        (FactKind::Set(choices), FactValue::Yes) => choices.is_empty(),
        (FactKind::Text, FactValue::Text(text)) => !text.is_empty(),
        _ => false,
    }
}
