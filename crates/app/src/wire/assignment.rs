//! 分工: who looks at what, and who did what.

use super::dashboard::ResultCountView;
use super::words::WorkWord;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A thing that somebody can be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WorkKey {
    /// Kind.
    pub kind: WorkWord,
    /// Code of the document, `<code>/<number>` of a chapter, name of the system, id of the procedure.
    pub key: String,
}

/// A thing, with whom it was given to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WorkView {
    /// What.
    pub work: WorkKey,
    /// Title; of a chapter with its number.
    pub title: String,
    /// Who was given it; empty: nobody.
    pub person: String,
    /// Who has it because the document was given to them; empty where it was given itself, or nobody has it.
    pub through: String,
    /// Items that ask something (answers, of a system; exceptions of the latest run, of a procedure).
    pub whole: u32,
    /// How many of them are done.
    pub done: u32,
    /// A procedure that did not run yet.
    pub waiting: bool,
    /// It was given to somebody and is in the exam no more.
    pub gone: bool,
}

/// 誰做了什麼: what one person was given, and what they did.
#[derive(Debug, Clone, Serialize, TS)]
pub struct PersonWorkView {
    /// Name; empty: what nobody was given.
    pub name: String,
    /// Whether the name is one of the examiners' or the team's.
    pub known: bool,
    /// Items given.
    pub items: u32,
    /// How many of them have every answer that is asked of this person.
    pub answered: u32,
    /// The items by result.
    pub results: Vec<ResultCountView>,
    /// Procedures given.
    pub procedures: u32,
    /// How many of them ran.
    pub ran: u32,
    /// Exceptions of theirs that nobody has disposed of.
    pub exceptions_open: u32,
    /// Findings that this person wrote.
    pub findings: u32,
    /// Answers that this person gave, to whatever.
    pub gave: u32,
    /// When the last of them was given; empty: none.
    pub last_at: String,
}

/// The whole division.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AssignmentsView {
    /// Who works now.
    pub examiner: String,
    /// Who can be given something: the examiners, then the team.
    pub people: Vec<String>,
    /// Documents, each before its chapters; then systems; then procedures.
    pub works: Vec<WorkView>,
    /// Who was given and did what; what nobody was given comes last.
    pub done: Vec<PersonWorkView>,
}

/// Gives things to a person.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AssignRequest {
    /// What.
    pub works: Vec<WorkKey>,
    /// Who; empty: nobody.
    pub person: String,
}

/// 我的／全部: what belongs to who works now. A finding does when they wrote it, or when it is about one of the items.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MineView {
    /// Whether lists show only that; remembered in the vault.
    pub on: bool,
    /// Who works now.
    pub examiner: String,
    /// Whether anything was given to anybody.
    pub divided: bool,
    /// Clauses of the items.
    pub items: Vec<String>,
    /// Ids of the procedures.
    pub procedures: Vec<String>,
}

/// Chooses between 我的 and 全部.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct MineRequest {
    /// Only what belongs to who works now.
    pub on: bool,
}
