//! Reads a firm's profile: fact codes as keys, `[[system]]` tables for the register of systems.

use crate::bundle::Bundle;
use crate::error::{ChecklistError, LoadError};
use crate::facts::value_allowed;
use crate::reader::line_of;
use fieldbook_model::{Fact, FactDef, FactKind, FactValue, Profile, System};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const NAME: &str = "profile";

type Fault = (Range<usize>, ChecklistError);

/// Reads a profile. Values are `true`, `false`, `"unknown"`, a choice or a text, a list of them; `true` for a set of
/// choices means all of them. `major_incident` takes a list of `{system, confirmed_on, kind}`.
///
/// # Errors
/// The first thing that does not fit: an unknown key, a value outside a fact's choices, a system without a name or
/// with a name that occurs twice. The file is called `profile` and no value is repeated.
pub fn profile_from_toml(bundle: &Bundle, text: &str) -> Result<(Profile, Vec<System>), LoadError> {
    let located = |span: Option<Range<usize>>, what| LoadError {
        file: NAME.to_owned(),
        line: span.map(|span| line_of(text, span.start)),
        what,
    };
    let table = DeTable::parse(text)
        .map_err(|error| located(error.span(), ChecklistError::Syntax(error.message().to_owned())))?;
    read(bundle, table.get_ref()).map_err(|(span, what)| located(Some(span), what))
}

fn read(bundle: &Bundle, table: &DeTable<'_>) -> Result<(Profile, Vec<System>), Fault> {
    let mut profile = Profile::new();
    let mut systems: Vec<System> = Vec::new();
    for (key, value) in table.iter() {
        if key.get_ref() == "system" {
            let rows = value.get_ref().as_array();
            for row in rows.ok_or_else(|| (value.span(), ChecklistError::BadValue("system".to_owned())))? {
                let system = read_system(bundle, row)?;
                if systems.iter().any(|other| other.name == system.name) {
                    return Err((row.span(), ChecklistError::DuplicateSystem));
                }
                systems.push(system);
            }
        } else {
            let fact = find(bundle, key.get_ref(), key.span(), false)?;
            let value = read_value(fact, value)?;
            profile.insert(fact.code.clone(), Fact { value, ..Fact::default() });
        }
    }
    Ok((profile, systems))
}

fn read_system(bundle: &Bundle, row: &Spanned<DeValue<'_>>) -> Result<System, Fault> {
    let bad = || (row.span(), ChecklistError::BadValue("system".to_owned()));
    let mut system = System::default();
    for (key, value) in row.get_ref().as_table().ok_or_else(bad)?.iter() {
        if key.get_ref() == "name" {
            system.name = value.get_ref().as_str().ok_or_else(bad)?.trim().to_owned();
        } else {
            let fact = find(bundle, key.get_ref(), key.span(), true)?;
            system.facts.insert(fact.code.clone(), read_value(fact, value)?);
        }
    }
    if system.name.is_empty() { Err((row.span(), ChecklistError::SystemWithoutName)) } else { Ok(system) }
}

fn find<'b>(
    bundle: &'b Bundle,
    code: &str,
    span: Range<usize>,
    of_system: bool,
) -> Result<&'b FactDef, Fault> {
    let fact =
        bundle.fact(code).ok_or_else(|| (span.clone(), ChecklistError::UnknownFact(code.to_owned())))?;
    if fact.of_system != of_system {
        return Err((span, ChecklistError::WrongLevel(code.to_owned())));
    }
    Ok(fact)
}

fn read_value(fact: &FactDef, raw: &Spanned<DeValue<'_>>) -> Result<FactValue, Fault> {
    let bad = || (raw.span(), ChecklistError::BadValue(fact.code.clone()));
    let value = match (raw.get_ref(), &fact.kind) {
        (DeValue::Boolean(true), FactKind::Set(choices)) if !choices.is_empty() => {
            FactValue::List(choices.iter().map(|(choice, _)| choice.clone()).collect())
        }
        (DeValue::Boolean(true), _) => FactValue::Yes,
        (DeValue::Boolean(false), _) => FactValue::No,
        (DeValue::String(text), _) if text == "unknown" => FactValue::Unknown,
        (DeValue::String(text), _) => FactValue::Text(text.to_string()),
        (DeValue::Integer(number), FactKind::Choice(_) | FactKind::Text) => {
            FactValue::Text(number.to_string())
        }
        (DeValue::Array(list), FactKind::Set(_)) if list.is_empty() => FactValue::No,
        (DeValue::Array(list), FactKind::Set(choices)) => {
            let entries = list.iter().map(|entry| read_entry(entry.get_ref(), choices.is_empty()));
            FactValue::List(entries.collect::<Option<Vec<String>>>().ok_or_else(bad)?)
        }
        _ => return Err(bad()),
    };
    if value_allowed(fact, &value) { Ok(value) } else { Err(bad()) }
}

/// One entry of a list; where entries are free a table's values become one text.
fn read_entry(entry: &DeValue<'_>, free: bool) -> Option<String> {
    match entry {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Table(table) if free => {
            let texts = ["system", "confirmed_on", "kind"].iter().filter_map(|key| table.get(*key));
            let texts: Option<Vec<String>> = texts
                .map(|value| match value.get_ref() {
                    DeValue::String(text) => Some(text.to_string()),
                    DeValue::Datetime(date) => Some(date.to_string()),
                    _ => None,
                })
                .collect();
            texts.filter(|texts| texts.len() == table.len()).map(|texts| texts.join(" "))
        }
        _ => None,
    }
}
