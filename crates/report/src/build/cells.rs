//! What of an item is answered one by one, a line each, and why parts of it are not.

use crate::{ItemLine, words};
use fieldbook_model::{Answer, Applicability, Cell, Clause, Strength};

/// One line of an item: a cell with the answer that is about it, or an answer that is about no cell any more.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// Unit, or empty.
    pub unit: &'a str,
    /// System, or empty.
    pub system: &'a str,
    /// Strength of the duty.
    pub strength: Strength,
    /// Whether it applies.
    pub applicability: Applicability,
    /// Why the system is concerned; empty for the firm.
    pub reason: &'a str,
    /// The answer.
    pub answer: Option<&'a Answer>,
}

/// The lines of an item: its cells, then the answers that no cell shows. At least one.
pub fn lines(item: &ItemLine) -> Vec<Line<'_>> {
    let mut lines = asked(item);
    let shown = |a: &Answer| lines.iter().any(|l| l.answer.is_some_and(|s| s.key == a.key));
    let rest: Vec<&Answer> = item.answers.iter().filter(|a| !shown(a)).collect();
    lines.extend(rest.into_iter().map(|a| of_answer(item, a)));
    if lines.is_empty() {
        lines.push(Line {
            unit: "",
            system: "",
            strength: item.clause.strength,
            applicability: item.decision.applicability,
            reason: "",
            answer: None,
        });
    }
    lines
}

/// The cells of an item, whatever has been answered so far.
pub fn asked(item: &ItemLine) -> Vec<Line<'_>> {
    item.decision.cells().into_iter().map(|c| of_cell(item, c)).collect()
}

fn of_cell<'a>(item: &'a ItemLine, cell: Cell<'a>) -> Line<'a> {
    let unit = item.decision.units.iter().find(|u| u.unit == cell.unit);
    let system = unit.and_then(|u| u.systems.iter().find(|s| s.system == cell.system));
    Line {
        unit: cell.unit,
        system: cell.system,
        strength: cell.strength,
        applicability: cell.applicability,
        reason: system.map_or("", |s| &s.reason),
        answer: answer(item, &cell),
    }
}

/// The answer about a cell: the most particular of those that count, or else the cell's own that leaves it open.
fn answer<'a>(item: &'a ItemLine, cell: &Cell<'_>) -> Option<&'a Answer> {
    let particular = |a: &&Answer| 2 * u8::from(!a.key.unit.is_empty()) + u8::from(!a.key.system.is_empty());
    let counts = item.answers.iter().filter(|a| cell.is_answered_by(a)).max_by_key(particular);
    counts.or_else(|| item.answers.iter().find(|a| a.key.unit == cell.unit && a.key.system == cell.system))
}

/// An answer that no cell shows: a broader one beside those of the cells, or one about what no longer applies.
fn of_answer<'a>(item: &'a ItemLine, answer: &'a Answer) -> Line<'a> {
    let cells = item.decision.cells();
    let about = |c: &Cell<'_>| {
        (answer.key.unit.is_empty() || answer.key.unit == c.unit)
            && (answer.key.system.is_empty() || answer.key.system == c.system)
    };
    let strength = item.decision.units.iter().find(|u| u.unit == answer.key.unit).map(|u| u.strength);
    let applies = cells.iter().any(about);
    Line {
        unit: &answer.key.unit,
        system: &answer.key.system,
        strength: strength.unwrap_or(item.clause.strength),
        applicability: if applies { item.decision.applicability } else { Applicability::NotApplicable },
        reason: if applies { "" } else { "已不適用，保留原查核結果" },
        answer: Some(answer),
    }
}

/// The items with something that the firm still owes, line by line.
pub fn awaited(item: &ItemLine) -> impl Iterator<Item = (&Answer, &str)> {
    item.answers.iter().filter_map(|a| Some((a, a.awaited.as_deref()?)))
}

/// `BSL-6.8` or `BSL-6.8（a）`.
pub fn name(clause: &Clause, unit: &str) -> String {
    if unit.is_empty() { clause.id.to_string() } else { format!("{}（{unit}）", clause.id) }
}

/// The words of a unit, or a reference to the line above for the clause as a whole.
pub fn excerpt(clause: &Clause, unit: &str) -> String {
    match clause.units.iter().find(|u| u.id == unit) {
        Some(unit) => format!("（{}）{}", unit.id, unit.text),
        None => "同上".to_owned(),
    }
}

/// The strengths of an item's duties, each once: `應／宜`.
pub fn strengths(item: &ItemLine) -> String {
    let mut words: Vec<&str> = Vec::new();
    for cell in item.decision.cells() {
        let word = words::strength(cell.strength);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() { words::strength(item.clause.strength).to_owned() } else { words.join("／") }
}

/// Why the item applies or not: the examiner's reason with the profile's where it took that one's place, and the
/// units and systems that are not concerned.
pub fn reasons(item: &ItemLine) -> String {
    let mut out = vec![decided(item)];
    out.extend(unconcerned(item));
    out.retain(|line| !line.is_empty());
    out.join("\n")
}

/// The reason of the decision as a whole.
pub fn decided(item: &ItemLine) -> String {
    let decision = &item.decision;
    let Some(over) = &decision.overridden else { return decision.reason.clone() };
    let profile = words::applicability(over.profile).printed();
    format!(
        "改判理由：{}（{}，{}）\n依概況原為：{profile}。{}",
        over.by.reason,
        over.by.by,
        words::moment(over.by.at),
        over.profile_reason
    )
}

/// One line for each reason why units or systems of an item that applies are not concerned.
fn unconcerned(item: &ItemLine) -> Vec<String> {
    let out = Applicability::NotApplicable;
    if item.decision.applicability == out {
        return Vec::new();
    }
    let mut lines = Vec::new();
    for unit in &item.decision.units {
        let of = if unit.unit.is_empty() { String::new() } else { format!("（{}）", unit.unit) };
        let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
        for system in unit.systems.iter().filter(|s| s.applicability == out) {
            match groups.iter_mut().find(|(reason, _)| *reason == system.reason) {
                Some((_, names)) => names.push(&system.system),
                None => groups.push((&system.reason, vec![&system.system])),
            }
        }
        if groups.is_empty() && unit.applicability == out {
            lines.push(format!("{of}不適用"));
        }
        for (reason, names) in groups {
            let why = if reason.is_empty() { String::new() } else { format!("：{reason}") };
            lines.push(format!("{of}不適用於{}{why}", names.join("、")));
        }
    }
    lines
}
