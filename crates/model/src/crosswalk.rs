//! How clauses of different documents relate: topics of control, governing values, equal texts. A relation never
//! merges clauses: each keeps its own text, applicability and answer.

use crate::clause::{ClauseId, Strength};

/// What the clauses of a topic have to do with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TopicRelation {
    /// The same control, with no difference to mind.
    Alike,
    /// The same control with another object, trigger or strength.
    Differing,
    /// Values that contradict each other.
    Conflicting,
}

/// For which licence a value governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Licence {
    /// 證券商.
    Securities,
    /// 期貨商.
    Futures,
    /// 兼營: both sets of clauses bind; the strictest value shows exceptions.
    Both,
}

/// The value that an automated test uses by default for one licence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Governing {
    /// Licence.
    pub licence: Licence,
    /// What the value is of, zh-TW (`密碼最短長度`).
    pub subject: String,
    /// The value as people read it (`6 個字元以上`).
    pub value: String,
    /// Strength with which it binds.
    pub strength: Strength,
    /// Clauses that set it.
    pub clauses: Vec<ClauseId>,
    /// What to mind, zh-TW; may be empty.
    pub note: String,
}

/// A topic of control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Code (`X13`).
    pub code: String,
    /// Title, zh-TW.
    pub title: String,
    /// Relation of its clauses.
    pub relation: TopicRelation,
    /// How they differ, zh-TW; may be empty.
    pub difference: String,
    /// Answerable clauses, in the order of the documents.
    pub clauses: Vec<ClauseId>,
    /// Clauses that define or head the topic and are not answered.
    pub background: Vec<ClauseId>,
    /// Governing values.
    pub governing: Vec<Governing>,
}

/// How two clauses' texts relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairRelation {
    /// The same text.
    Equal,
    /// Nearly the same text.
    Near,
    /// The first is part of the second.
    Within,
}

/// Two clauses that state the same rule (同一規範).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClausePair {
    /// First clause.
    pub a: ClauseId,
    /// Second clause.
    pub b: ClauseId,
    /// Relation.
    pub relation: PairRelation,
    /// What to mind, zh-TW; may be empty.
    pub note: String,
}

/// Topics and pairs of a set of checklists.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crosswalk {
    /// Topics by code.
    pub topics: Vec<Topic>,
    /// Pairs.
    pub pairs: Vec<ClausePair>,
}

impl Crosswalk {
    /// The topics that a clause belongs to.
    pub fn topics_of<'a>(&'a self, clause: &'a ClauseId) -> impl Iterator<Item = &'a Topic> {
        self.topics.iter().filter(move |t| t.clauses.contains(clause) || t.background.contains(clause))
    }

    /// The pairs that a clause is in, with the other clause.
    pub fn pairs_of<'a>(
        &'a self,
        clause: &'a ClauseId,
    ) -> impl Iterator<Item = (&'a ClausePair, &'a ClauseId)> {
        self.pairs.iter().filter_map(move |p| match () {
            () if p.a == *clause => Some((p, &p.b)),
            () if p.b == *clause => Some((p, &p.a)),
            () => None,
        })
    }
}
