//! Every row of a query that holds a text: how many there are, and where they stand in the query's order.

use super::query::{Condition, DataQuery};
use super::view::{DataView, index_of, is_plain};
use crate::error::VaultError;
use crate::table::dataset::table_of;
use std::collections::HashSet;

/// Places of the rows that hold a text, kept until something else is looked for or the stored sheets change.
pub(super) struct Counted {
    key: String,
    query: DataQuery,
    sheets: Vec<i64>,
    text: String,
    places: Vec<u64>,
}

impl DataView {
    /// Indices, in the query's order and rising, of all rows of which a cell contains the text; none for an empty one.
    ///
    /// # Errors
    /// As [`window`](Self::window).
    pub fn hits(&mut self, key: &str, query: &DataQuery, text: &str) -> Result<&[u64], VaultError> {
        if text.is_empty() {
            return Ok(&[]);
        }
        let query = DataQuery { offset: 0, limit: 0, ..query.clone() };
        self.in_snapshot(|view| view.count(key, &query, text))?;
        Ok(self.counted.as_ref().map(|c| c.places.as_slice()).unwrap_or_default())
    }

    fn count(&mut self, key: &str, query: &DataQuery, text: &str) -> Result<(), VaultError> {
        let (all, sheets) = self.sheets(key, query)?;
        let known = |c: &Counted| c.key == key && c.query == *query && c.sheets == all && c.text == text;
        if self.counted.as_ref().is_some_and(known) {
            return Ok(());
        }
        self.counted = None;
        let mut condition = Condition::default();
        condition.of_sheets(&sheets, sheets.len() == all.len());
        condition.any_cell(self.def(key)?, text);
        let sql = format!("SELECT _id FROM \"{}\" {} ORDER BY _id", table_of(key), condition.sql());
        let found = self.ids(&sql, &condition)?;
        let places = if is_plain(query) {
            let mut places: Vec<u64> = found.iter().filter_map(|id| index_of(&sheets, *id)).collect();
            places.sort_unstable();
            places
        } else {
            self.hold(key, query, &all, &sheets)?;
            let found: HashSet<i64> = found.into_iter().collect();
            (0..).zip(self.held_ids()).filter(|(_, id)| found.contains(id)).map(|(at, _)| at).collect()
        };
        let (key, text) = (key.to_owned(), text.to_owned());
        self.counted = Some(Counted { key, query: query.clone(), sheets: all, text, places });
        Ok(())
    }
}
