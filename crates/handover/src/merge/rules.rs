//! What becomes of fields that two copies wrote differently without knowing of one another: data, handed in.

use fieldbook_model::WhenBoth;
use std::collections::BTreeMap;

/// A rule for every field that has one; a person decides about the others.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rules {
    /// By table, then by field.
    fields: BTreeMap<String, BTreeMap<String, WhenBoth>>,
    /// Groups of fields by table.
    together: BTreeMap<String, Vec<Vec<String>>>,
}

impl Rules {
    /// Rules from rows of table, field and what to do. A set has one rule for all its members.
    #[must_use]
    pub fn new<'r>(rows: impl IntoIterator<Item = (&'r str, &'r str, WhenBoth)>) -> Self {
        let mut rules = Self::default();
        for (table, field, when_both) in rows {
            rules.fields.entry(table.to_owned()).or_default().insert(field.to_owned(), when_both);
        }
        rules
    }

    /// Makes fields of a table one value, which always comes from one side (who wrote last, and when). Their rule is that of
    /// the first of them, which must not be [`WhenBoth::Ask`]: a person is asked about each field by itself.
    #[must_use]
    pub fn together(mut self, table: &str, fields: &[&str]) -> Self {
        let group = fields.iter().map(|field| (*field).to_owned()).collect();
        self.together.entry(table.to_owned()).or_default().push(group);
        self
    }

    /// The rule of a field; `tags/x` has that of `tags`.
    #[must_use]
    pub fn when_both(&self, table: &str, field: &str) -> WhenBoth {
        let field = field.split_once('/').map_or(field, |(set, _)| set);
        self.fields.get(table).and_then(|fields| fields.get(field)).copied().unwrap_or(WhenBoth::Ask)
    }

    /// The groups of a table.
    pub(super) fn groups(&self, table: &str) -> &[Vec<String>] {
        self.together.get(table).map_or(&[], Vec::as_slice)
    }
}
