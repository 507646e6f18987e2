//! Evaluates conditions in Kleene logic and says in zh-TW which facts decided.

use crate::bundle::Bundle;
use fieldbook_model::{FactDef, FactKind, FactValue, Predicate, Tri};
use std::borrow::Cow;

/// One fact's part in an outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ground<'a> {
    /// Codes of the recorded facts behind it.
    pub(crate) codes: Vec<&'a str>,
    /// Known: what is so (`提供網際網路下單`). Unknown: what would have to be asked (`是否提供…`).
    pub(crate) words: Cow<'a, str>,
}

/// An outcome with the facts that decided it: all of a conjunction that holds, the first that breaks one, and
/// every unknown fact that keeps it open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Explained<'a> {
    /// Outcome.
    pub(crate) outcome: Tri,
    /// What decided.
    pub(crate) grounds: Vec<Ground<'a>>,
}

/// Where the values of facts come from.
pub(crate) type Values<'a> = dyn Fn(&str) -> Option<&'a FactValue> + 'a;

/// Evaluates and explains a condition. A fact that the bundle does not define is unknown.
pub(crate) fn explain<'a>(
    bundle: &'a Bundle,
    predicate: &'a Predicate,
    values: &Values<'a>,
) -> Explained<'a> {
    match predicate {
        Predicate::Fact(code) => explain_fact(bundle, code, None, values),
        Predicate::OneOf(code, choices) => explain_fact(bundle, code, Some(choices), values),
        Predicate::Not(inner) => {
            let inner = explain(bundle, inner, values);
            Explained { outcome: !inner.outcome, grounds: inner.grounds }
        }
        Predicate::All(parts) => join(bundle, parts, values, Tri::No),
        Predicate::Any(parts) => join(bundle, parts, values, Tri::Yes),
    }
}

/// A conjunction is decided by the first `No`, a disjunction by the first `Yes`; otherwise all parts that share the
/// outcome count.
fn join<'a>(bundle: &'a Bundle, parts: &'a [Predicate], values: &Values<'a>, deciding: Tri) -> Explained<'a> {
    let mut explained: Vec<Explained<'a>> = parts.iter().map(|part| explain(bundle, part, values)).collect();
    if let Some(i) = explained.iter().position(|e| e.outcome == deciding) {
        return explained.swap_remove(i);
    }
    let open = explained.iter().any(|e| e.outcome == Tri::Unknown);
    let outcome = if open { Tri::Unknown } else { !deciding };
    let mut grounds: Vec<Ground<'a>> = Vec::new();
    for ground in explained.into_iter().filter(|e| e.outcome == outcome).flat_map(|e| e.grounds) {
        if !grounds.contains(&ground) {
            grounds.push(ground);
        }
    }
    Explained { outcome, grounds }
}

fn explain_fact<'a>(
    bundle: &'a Bundle,
    code: &'a str,
    choices: Option<&'a Vec<String>>,
    values: &Values<'a>,
) -> Explained<'a> {
    let Some(fact) = bundle.fact(code) else {
        let ground = Ground { codes: vec![code], words: Cow::Borrowed(code) };
        return Explained { outcome: Tri::Unknown, grounds: vec![ground] };
    };
    if let Some(rule) = &fact.rule {
        return explain_derived(fact, explain(bundle, rule, values));
    }
    let value = values(code).unwrap_or(&FactValue::Unknown);
    let outcome = match choices {
        Some(choices) => matches_choice(value, choices),
        None => holds(value),
    };
    let words = match outcome {
        Tri::Unknown => Cow::Borrowed(fact.question.as_str()),
        // A list that holds none of the wanted choices is told as such, not by what it holds.
        Tri::No if matches!(value, FactValue::List(_)) => Cow::Borrowed(fact.reasons.0.as_str()),
        _ => value_words(fact, value, choices),
    };
    Explained { outcome, grounds: vec![Ground { codes: vec![code], words }] }
}

/// A derived fact speaks for itself and names what it was derived from; while it is open, its open facts speak.
fn explain_derived<'a>(fact: &FactDef, rule: Explained<'a>) -> Explained<'a> {
    if rule.outcome == Tri::Unknown {
        return rule;
    }
    let own = if rule.outcome == Tri::Yes { &fact.reasons.1 } else { &fact.reasons.0 };
    let from: Vec<&str> = rule.grounds.iter().map(|g| g.words.as_ref()).collect();
    let words = Cow::Owned(format!("{own}（{}）", from.join("、")));
    let codes = rule.grounds.iter().flat_map(|g| g.codes.clone()).collect();
    Explained { outcome: rule.outcome, grounds: vec![Ground { codes, words }] }
}

fn holds(value: &FactValue) -> Tri {
    match value {
        FactValue::Unknown => Tri::Unknown,
        FactValue::Yes | FactValue::Text(_) => Tri::Yes,
        FactValue::No => Tri::No,
        FactValue::List(list) => Tri::from(Some(!list.is_empty())),
    }
}

/// "Yes" without saying which leaves a comparison open.
fn matches_choice(value: &FactValue, choices: &[String]) -> Tri {
    match value {
        FactValue::Unknown | FactValue::Yes => Tri::Unknown,
        FactValue::No => Tri::No,
        FactValue::Text(text) => Tri::from(Some(choices.contains(text))),
        FactValue::List(list) => Tri::from(Some(list.iter().any(|text| choices.contains(text)))),
    }
}

/// What a known value means in words; of a list only the entries among `wanted`.
fn value_words<'a>(fact: &'a FactDef, value: &'a FactValue, wanted: Option<&Vec<String>>) -> Cow<'a, str> {
    let entries: Vec<&str> = match value {
        FactValue::Text(text) => vec![choice_word(fact, text)],
        FactValue::List(list) => {
            let counts = |text: &&String| wanted.is_none_or(|wanted| wanted.contains(text));
            list.iter().filter(counts).map(|text| choice_word(fact, text)).collect()
        }
        _ => Vec::new(),
    };
    match value {
        FactValue::No => Cow::Borrowed(fact.reasons.0.as_str()),
        FactValue::List(_) if entries.is_empty() => Cow::Borrowed(fact.reasons.0.as_str()),
        FactValue::Yes if !fact.reasons.1.contains("{}") => Cow::Borrowed(fact.reasons.1.as_str()),
        FactValue::Yes => Cow::Owned(fact.reasons.1.replace("（{}）", "")),
        _ => Cow::Owned(fact.reasons.1.replace("{}", &entries.join("、"))),
    }
}

fn choice_word<'a>(fact: &'a FactDef, value: &'a str) -> &'a str {
    match &fact.kind {
        FactKind::Choice(choices) | FactKind::Set(choices) => {
            choices.iter().find(|(choice, _)| choice == value).map_or(value, |(_, zh)| zh.as_str())
        }
        _ => value,
    }
}

/// What a condition demands, in words (`為核心系統且可由外部網際網路直接連線`).
pub(crate) fn demand(bundle: &Bundle, predicate: &Predicate) -> String {
    match predicate {
        Predicate::Fact(code) => word_of(bundle, code, |fact| fact.reasons.1.clone()),
        Predicate::OneOf(code, choices) => word_of(bundle, code, |fact| {
            let words: Vec<&str> = choices.iter().map(|choice| choice_word(fact, choice)).collect();
            fact.reasons.1.replace("{}", &words.join("、"))
        }),
        Predicate::Not(inner) => match inner.as_ref() {
            Predicate::Fact(code) => word_of(bundle, code, |fact| fact.reasons.0.clone()),
            other => format!("非（{}）", demand(bundle, other)),
        },
        Predicate::All(parts) => demands(bundle, parts, "且"),
        Predicate::Any(parts) => demands(bundle, parts, "或"),
    }
}

fn demands(bundle: &Bundle, parts: &[Predicate], joined_by: &str) -> String {
    parts.iter().map(|part| demand(bundle, part)).collect::<Vec<_>>().join(joined_by)
}

fn word_of(bundle: &Bundle, code: &str, word: impl Fn(&FactDef) -> String) -> String {
    bundle.fact(code).map_or_else(|| code.to_owned(), word)
}

/// `words` of all grounds, joined.
pub(crate) fn words(grounds: &[Ground<'_>], joined_by: &str) -> String {
    grounds.iter().map(|g| g.words.as_ref()).collect::<Vec<_>>().join(joined_by)
}

/// Codes of all grounds, each once.
pub(crate) fn codes(grounds: &[Ground<'_>]) -> Vec<String> {
    let mut out = Vec::new();
    add_codes(&mut out, grounds.iter().flat_map(|g| g.codes.iter().copied()));
    out
}

/// Adds the codes that are not there yet.
pub(crate) fn add_codes<'a>(to: &mut Vec<String>, codes: impl IntoIterator<Item = &'a str>) {
    for code in codes {
        if !to.iter().any(|known| known == code) {
            to.push(code.to_owned());
        }
    }
}
