//! Conditions of applicability, as the checklist files state them.

/// A condition over facts. Evaluated in Kleene logic; a fact nobody stated is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// A yes/no fact, or a derived one.
    Fact(String),
    /// The fact's text value is one of these (`grade in ["1","2","3"]`, `foreign = "branch"`), or, for a list
    /// fact, the list holds one of these.
    OneOf(String, Vec<String>),
    /// Negation.
    Not(Box<Predicate>),
    /// Conjunction.
    All(Vec<Predicate>),
    /// Disjunction.
    Any(Vec<Predicate>),
}

/// When a clause applies, and what may take its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliesWhen {
    /// Condition over the firm's facts.
    pub firm: Predicate,
    /// Condition over one row of the system register; the clause applies when one system meets it.
    pub per_system: Option<Predicate>,
    /// The firm's better standard or home rule takes the clause's place.
    pub substituted: Option<Predicate>,
    /// The clause's own exception is met.
    pub waived: Option<Predicate>,
    /// The examiner's choice of scope leaves the clause out. Open choices leave it in.
    pub out_of_scope: Option<Predicate>,
    /// A remark that the examiner sees beside the outcome.
    pub note: Option<String>,
}
