//! What is known about a firm: facts (each may be unknown) and its register of systems.

use crate::date::Moment;
use std::collections::BTreeMap;

/// What kind of answer a fact takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// Yes, no or unknown.
    YesNo,
    /// One of the choices `(value, zh-TW word)`, `false` among them where "none" is an answer.
    Choice(Vec<(String, String)>),
    /// Any number of the choices.
    Set(Vec<(String, String)>),
    /// Free text.
    Text,
    /// Derived from other facts; nobody is asked.
    Derived,
}

/// The definition of one fact: a row of `checklists/facts.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactDef {
    /// Code used in predicates (`is_sec`, `colo`).
    pub code: String,
    /// Question to the firm, zh-TW.
    pub question: String,
    /// Group heading on the profile screen, zh-TW.
    pub group: String,
    /// What the answer changes, zh-TW.
    pub help: String,
    /// Kind of answer.
    pub kind: FactKind,
    /// For derived facts, the rule.
    pub rule: Option<crate::Predicate>,
    /// Whether it is a fact about a system and not about the firm.
    pub of_system: bool,
    /// For a fact about a system: the column of the dataset `systems` that tells it.
    pub column: Option<String>,
    /// What is said as a reason when the fact is "no" (`非公開發行公司`) and when it is "yes".
    pub reasons: (String, String),
}

impl FactDef {
    /// The choices `(value, zh-TW word)`; empty where there are none.
    #[must_use]
    pub fn choices(&self) -> &[(String, String)] {
        match &self.kind {
            FactKind::Choice(c) | FactKind::Set(c) => c,
            FactKind::YesNo | FactKind::Text | FactKind::Derived => &[],
        }
    }
}

/// A fact's value.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum FactValue {
    /// 未確認.
    #[default]
    Unknown,
    /// Yes.
    Yes,
    /// No, none.
    No,
    /// A choice or free text.
    Text(String),
    /// Several choices.
    List(Vec<String>),
}

/// A fact as recorded in an exam.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fact {
    /// Value.
    pub value: FactValue,
    /// 依據／來源.
    pub basis: String,
    /// Who recorded it.
    pub by: String,
    /// When.
    pub at: Option<Moment>,
}

/// The firm's facts by code; absent means unknown.
pub type Profile = BTreeMap<String, Fact>;

/// One row of the system register (資通系統清冊).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct System {
    /// Name, unique within an exam.
    pub name: String,
    /// Attributes by code (`core`, `asmt_class`, `etrade`, `important`, `inet_exposed` …); absent means unknown.
    pub facts: BTreeMap<String, FactValue>,
}
