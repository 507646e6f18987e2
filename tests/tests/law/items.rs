//! What these tests do all the time: giving an answer, looking at items, comparing everything that is stored.

use fieldbook_app::wire::{
    AnswerKeyView, AnswerRequest, AnswerView, ClauseRequest, ItemLineView, ItemView, ResultWord,
};
use fieldbook_app::{AppError, Desk, checklist, output};
use std::fmt::Debug;

/// A futures firm with its own internet orders, personal data and one core system.
pub const FUTURES: &str = "\
is_sec = false
is_fcm = true
sec_broker = false
fcm_broker = true
inet = true
pii = true
colo = false

[[system]]
name = \"期貨下單系統\"
core = true
";

/// A securities firm with a core system and one that nobody has classed yet.
pub const SECURITIES: &str = "\
is_sec = true
is_fcm = false
sec_broker = true
inet = true
colo = true
pii = true

[[system]]
name = \"核心系統甲\"
core = true
ext_service = true

[[system]]
name = \"未分類系統乙\"
core = \"unknown\"
";

/// Names what is answered.
pub fn key(clause: &str, unit: &str, system: &str) -> AnswerKeyView {
    AnswerKeyView { clause: clause.to_owned(), unit: unit.to_owned(), system: system.to_owned() }
}

/// An answer with nothing but a result and a note.
pub fn request(at: &AnswerKeyView, result: ResultWord, note: &str) -> AnswerRequest {
    AnswerRequest {
        clause: at.clause.clone(),
        unit: at.unit.clone(),
        system: at.system.clone(),
        result,
        method: None,
        mode: None,
        note: note.to_owned(),
        paper_ref: String::new(),
        awaited: None,
    }
}

/// Answers a clause as a whole.
pub fn set(desk: &mut Desk, clause: &str, result: ResultWord) -> ItemView {
    set_at(desk, &key(clause, "", ""), result)
}

/// Answers one unit, for one system.
pub fn set_at(desk: &mut Desk, at: &AnswerKeyView, result: ResultWord) -> ItemView {
    checklist::answer(desk, &request(at, result, "")).unwrap_or_else(|e| panic!("{}: {e}", at.clause))
}

/// One item.
pub fn item(desk: &Desk, clause: &str) -> ItemView {
    let request = ClauseRequest { clause: clause.to_owned() };
    checklist::item(desk, &request).unwrap_or_else(|e| panic!("{clause}: {e}"))
}

/// Every line of the checklist, in its order.
pub fn lines(desk: &Desk) -> Vec<ItemLineView> {
    let view = checklist::checklist(desk).expect("checklist");
    view.documents.into_iter().flat_map(|d| d.chapters).flat_map(|c| c.items).collect()
}

/// The answers of a line; only lines that show something of an answer are looked into.
fn answers(desk: &Desk, line: &ItemLineView) -> Vec<AnswerView> {
    let says_something =
        !line.by.is_empty() || !line.notes.is_empty() || line.awaited.is_some() || line.taken_over;
    if says_something { item(desk, &line.clause).answers } else { Vec::new() }
}

/// Every answer of the exam with author, time and origin, as text; not whether it still applies.
pub fn stored(desk: &Desk) -> Vec<String> {
    let of = |line: &ItemLineView| {
        let mut answers = answers(desk, line);
        answers.iter_mut().for_each(|a| a.stale = false);
        answers.into_iter().map(|a| format!("{} {a:?}", line.clause)).collect::<Vec<_>>()
    };
    lines(desk).iter().flat_map(of).collect()
}

/// Everything that an examiner sees of the items, as text.
pub fn seen(desk: &Desk) -> Vec<String> {
    lines(desk).iter().map(|line| format!("{line:?} {:?}", answers(desk, line))).collect()
}

/// Entries of the journal: `action subject by`.
pub fn journal(desk: &Desk) -> Vec<String> {
    let entries = output::journal(desk).expect("journal").entries;
    entries.into_iter().map(|e| format!("{} {} {}", e.action, e.subject, e.by)).collect()
}

/// The key of the error that something was refused with.
pub fn refused<T: Debug>(outcome: Result<T, AppError>) -> &'static str {
    outcome.expect_err("this is refused").key()
}
