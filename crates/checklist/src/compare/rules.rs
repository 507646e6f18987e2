//! What changed in the rule of a clause, in zh-TW lines: strength, conditions, units, parameters.

use crate::predicate::predicate_text;
use crate::words::strength_word;
use fieldbook_model::{AppliesWhen, Clause, ClauseKind, Predicate, Unit};

/// One of the conditions of a clause.
type Condition = fn(&AppliesWhen) -> Option<&Predicate>;

/// A line for each part of the rule that differs; texts are compared elsewhere.
pub(super) fn lines(old: &Clause, new: &Clause) -> Vec<String> {
    let mut out = Vec::new();
    let mut tell = |name: &str, old: &str, new: &str| {
        if old != new {
            out.push(line(name, old, new));
        }
    };
    tell("性質", strength_word(old.strength), strength_word(new.strength));
    tell("層級", kind_word(old.kind), kind_word(new.kind));
    tell("是否作答", yes_no(old.examinable), yes_no(new.examinable));
    let conditions: [(&str, Condition); 5] = [
        ("適用條件", |when| Some(&when.firm)),
        ("系統條件", |when| when.per_system.as_ref()),
        ("較佳規範", |when| when.substituted.as_ref()),
        ("除外條件", |when| when.waived.as_ref()),
        ("不在範圍", |when| when.out_of_scope.as_ref()),
    ];
    for (name, condition) in conditions {
        let text = |clause: &Clause| clause.applies.as_ref().and_then(condition).map(predicate_text);
        tell(name, &text(old).unwrap_or_default(), &text(new).unwrap_or_default());
    }
    let note = |clause: &Clause| clause.applies.as_ref().and_then(|when| when.note.clone());
    tell("適用說明", &note(old).unwrap_or_default(), &note(new).unwrap_or_default());
    let editor_note = |clause: &Clause| clause.editor_note.clone().unwrap_or_default();
    tell("校註", &editor_note(old), &editor_note(new));
    units(&old.units, &new.units, &mut out);
    params(old, new, &mut out);
    out
}

/// `適用條件：「a」改為「b」`.
pub(super) fn line(name: &str, old: &str, new: &str) -> String {
    match (old.is_empty(), new.is_empty()) {
        (true, _) => format!("{name}：新增「{new}」"),
        (_, true) => format!("{name}：刪除「{old}」"),
        _ => format!("{name}：「{old}」改為「{new}」"),
    }
}

fn units(old: &[Unit], new: &[Unit], out: &mut Vec<String>) {
    let find = |units: &'_ [Unit], id: &str| units.iter().find(|u| u.id == id).map(unit_text);
    for unit in new {
        let name = format!("義務 {}", unit.id);
        let before = find(old, &unit.id).unwrap_or_default();
        let after = unit_text(unit);
        if before != after {
            out.push(line(&name, &before, &after));
        }
    }
    for unit in old.iter().filter(|u| find(new, &u.id).is_none()) {
        out.push(line(&format!("義務 {}", unit.id), &unit_text(unit), ""));
    }
}

/// A unit with its strength and condition: `（宜；系統條件 core）自動登出`.
fn unit_text(unit: &Unit) -> String {
    let condition = unit.per_system.as_ref().map(|p| format!("；系統條件 {}", predicate_text(p)));
    format!("（{}{}）{}", strength_word(unit.strength), condition.unwrap_or_default(), unit.text)
}

fn params(old: &Clause, new: &Clause, out: &mut Vec<String>) {
    for param in old.params.iter().filter(|p| !new.params.contains(p)) {
        out.push(line("參數", &param.text, ""));
    }
    for param in new.params.iter().filter(|p| !old.params.contains(p)) {
        out.push(line("參數", "", &param.text));
    }
}

fn kind_word(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Leaf => "項目",
        ClauseKind::Branch => "標題",
        ClauseKind::Chapeau => "有義務之標題",
    }
}

fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}
