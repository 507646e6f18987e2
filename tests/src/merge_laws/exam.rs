//! What the invented exam has, and what its examiners do.

use super::Dice;
use fieldbook_handover::Rules;
use fieldbook_model::{ExamState, Held, Moment, Record, RecordKey, THERE, WhenBoth};

/// Who wrote last and when are one value; so are who began and when.
const TOGETHER: [[&str; 2]; 2] = [["by", "at"], ["begun_by", "begun_at"]];

/// What becomes of fields that two copies wrote. A mark that somebody changed stays, though another removed it.
pub(super) fn rules() -> Rules {
    let fields = |table| {
        let later = TOGETHER[0].map(|field| (table, field, WhenBoth::Later));
        let earlier = TOGETHER[1].map(|field| (table, field, WhenBoth::Earlier));
        let greater = ["tags", "done"].map(|field| (table, field, WhenBoth::Greater));
        [later, earlier, greater].concat()
    };
    let stays = vec![("mark", THERE, WhenBoth::Greater)];
    let rules = Rules::new([fields("answer"), fields("mark"), stays].concat());
    ["answer", "mark"].into_iter().fold(rules, |rules, table| {
        TOGETHER.iter().fold(rules, |rules, fields| rules.together(table, fields))
    })
}

/// The fields that are one value with this one, itself among them.
pub(super) fn together(field: &str) -> Vec<&str> {
    TOGETHER.iter().find(|group| group.contains(&field)).map_or_else(|| vec![field], |group| group.to_vec())
}

/// Whether a rule decides about a field.
pub(super) fn has_rule(key: &RecordKey, field: &str) -> bool {
    rules().when_both(&key.table, field) != WhenBoth::Ask
}

/// What an examiner writes next into a record, if there is anything that they could.
pub(super) fn act(
    state: &ExamState,
    by: &str,
    at: Moment,
    dice: &mut Dice,
) -> Option<(RecordKey, Vec<(String, Held)>)> {
    // Few keys, so that two often add the same.
    let table = if dice.below(4) == 0 { "mark" } else { "answer" };
    let key = RecordKey { table: table.to_owned(), key: format!("[\"C-{}\"]", dice.below(5)) };
    let text = |text: &str| Held::Text(text.to_owned());
    let mut value =
        |of: &str| if dice.below(8) == 0 { Held::Null } else { text(&format!("{of} {}", dice.below(9))) };
    let (result, note) = (value("result"), value("note"));
    let mut fields = match state.records.get(&key) {
        None => vec![
            (THERE, Held::Int(1)),
            ("begun_by", text(by)),
            ("begun_at", text(&at.to_string())),
            ("done", Held::Int(0)),
            ("result", result),
            ("note", note),
        ],
        Some(record) if is_away(record) => {
            let back = (THERE, Held::Int(1));
            if dice.below(2) == 0 { vec![back] } else { vec![back, ("note", note)] }
        }
        Some(_) => match dice.below(8) {
            0..=1 => vec![("result", result)],
            2..=3 => vec![("note", note)],
            4 => vec![("result", result), ("note", note)],
            5 => vec![("done", Held::Int(1))],
            6 => {
                let tag = ["tags/a", "tags/b", "tags/c"][dice.below(3)];
                vec![(tag, Held::Int(i64::try_from(dice.below(4)).ok()?))]
            }
            _ => vec![(THERE, Held::Int(0))],
        },
    };
    let held = state.records.get(&key).and_then(|record| record.get("by"));
    // An entry names the fields that it changes, so often only one of the two.
    if held.is_none_or(|held| held.value != text(by)) {
        fields.push(("by", text(by)));
    }
    fields.push(("at", text(&at.to_string())));
    Some((key, fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

/// Whether a record was taken away.
pub(super) fn is_away(record: &Record) -> bool {
    record.get(THERE).is_some_and(|there| there.value == Held::Int(0))
}
