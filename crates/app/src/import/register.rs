//! An imported 資通系統清冊 feeds the exam's system register, and with it applicability.

use crate::desk::Desk;
use crate::error::AppError;
use fieldbook_model::text::norm_key;
use fieldbook_model::{FactDef, FactKind, FactValue, System};

/// Dataset of the register.
pub(super) const REGISTER: &str = "systems";
/// Rows of a register that are looked at; a firm has some dozens.
const MOST: u64 = 5_000;

/// Adds the systems of the imported register. What the examiner already recorded stays as it is: a file never
/// overrules a person.
///
/// # Errors
/// The store's.
pub(super) fn merge(desk: &mut Desk) -> Result<(), AppError> {
    let bundle = std::sync::Arc::clone(&desk.bundle);
    let at = desk.host.now();
    let open = desk.exam_mut()?;
    let window = open.store.dataset_rows(REGISTER, 0, MOST, None)?;
    let column = |key: &str| window.columns.iter().position(|c| c == key);
    let Some(name_at) = column("system_name") else { return Ok(()) };
    let told: Vec<(&FactDef, usize)> = bundle
        .facts
        .iter()
        .filter(|f| f.of_system)
        .filter_map(|f| Some((f, column(f.column.as_deref()?)?)))
        .collect();
    let before = open.store.exam()?.systems;
    let mut systems = before.clone();
    for row in &window.rows {
        let text = |i: usize| row.cells.get(i).and_then(|c| c.text.clone());
        let Some(name) = text(name_at) else { continue };
        let known = systems.iter().position(|s| norm_key(&s.name) == norm_key(&name));
        let index = known.unwrap_or_else(|| {
            systems.push(System { name: name.trim().to_owned(), ..System::default() });
            systems.len() - 1
        });
        for (fact, i) in &told {
            let Some(value) = text(*i).and_then(|t| value(fact, &t)) else { continue };
            let slot = systems[index].facts.entry(fact.code.clone()).or_default();
            if *slot == FactValue::Unknown {
                *slot = value;
            }
        }
    }
    if systems != before {
        let by = open.examiner.clone();
        open.store.set_systems(&systems, &by, at)?;
        desk.derive_items()?;
    }
    Ok(())
}

fn value(fact: &FactDef, text: &str) -> Option<FactValue> {
    match &fact.kind {
        FactKind::YesNo => match text {
            "1" => Some(FactValue::Yes),
            "0" => Some(FactValue::No),
            _ => None,
        },
        FactKind::Choice(choices) => {
            choices.iter().any(|(v, _)| v == text).then(|| FactValue::Text(text.to_owned()))
        }
        FactKind::Text => Some(FactValue::Text(text.to_owned())),
        FactKind::Set(_) | FactKind::Derived => None,
    }
}
