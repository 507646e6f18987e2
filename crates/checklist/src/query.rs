//! The queries of procedures and periods with the place where each stands: for whoever has a database to ask whether they
//! would run. Nothing here runs one.

use crate::package::Files;
use crate::reader::{Reader, line_of};
use crate::{dataset, period, procedure};
use std::ops::Range;
use toml::Spanned;

/// Whose query it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryOf {
    /// A fragment, by name.
    Fragment(String),
    /// The population.
    Population,
    /// A rule, by id.
    Rule(String),
    /// A picture, by key.
    Picture(String),
    /// The last date of a duty.
    Duty(String),
    /// A derived column.
    Derived(String),
}

impl std::fmt::Display for QueryOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Population => f.write_str("the population"),
            Self::Fragment(name) => write!(f, "fragment `{name}`"),
            Self::Rule(id) => write!(f, "rule `{id}`"),
            Self::Picture(key) => write!(f, "picture `{key}`"),
            Self::Duty(duty) => write!(f, "duty `{duty}`"),
            Self::Derived(column) => write!(f, "derived column `{column}`"),
        }
    }
}

/// One query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    /// Whose it is.
    pub of: QueryOf,
    /// The statement, with the fragments that it needs in front of it.
    pub sql: String,
    /// Names of those fragments.
    pub needs: Vec<String>,
    place: Place,
}

/// Where the text of a query stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    /// Its own text within the statement, in bytes.
    own: Range<usize>,
    /// Lines of the file on which it begins and ends, from 1.
    first: u32,
    last: u32,
}

/// The queries of one file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct QueryFile {
    /// Path of the file.
    pub file: String,
    /// Queries; a fragment stands before those that need it.
    pub queries: Vec<Query>,
    /// Keys of the parameters that the file defines, each with its line.
    pub parameters: Vec<(String, u32)>,
    /// Keys of the columns that the rules are to yield, each with its line.
    pub columns: Vec<(String, u32)>,
}

impl Query {
    /// Takes a statement whose own text, from byte `own` on, stands at `raw` in a file.
    pub(crate) fn new(
        of: QueryOf,
        sql: String,
        own: Range<usize>,
        needs: Vec<String>,
        raw: Range<u32>,
    ) -> Self {
        Self { of, sql, needs, place: Place { own, first: raw.start, last: raw.end } }
    }

    /// The line of the file, from 1, that holds a byte of the statement; where the query begins when it is none of its
    /// own text.
    #[must_use]
    pub fn line(&self, offset: Option<usize>) -> u32 {
        let Place { own, first, last } = &self.place;
        let before = offset.filter(|at| own.contains(at)).and_then(|at| self.sql.get(own.start..at));
        let down = before.map_or(0, |text| text.matches('\n').count());
        first.saturating_add(u32::try_from(down).unwrap_or(u32::MAX)).min(*last)
    }
}

/// The queries of the procedures and periods among these files. Files that cannot be read have none.
#[must_use]
pub fn queries(files: &Files) -> Vec<QueryFile> {
    let mut out = Vec::new();
    for (path, text) in files {
        let text = text.replace("\r\n", "\n");
        // What is wrong with a file by itself is told by whoever loads it.
        let mut ignored = Vec::new();
        let mut reader = Reader::new(path, &text, &mut ignored);
        let of_procedure = path.starts_with("procedures/") && path.ends_with(".toml");
        out.extend(match path.as_str() {
            "periods.toml" => period::queries(&mut reader, &text),
            _ if of_procedure => procedure::queries(&mut reader, &text),
            _ if path.starts_with("datasets/") && path.ends_with(".toml") => {
                dataset::queries(&mut reader, &text)
            }
            _ => None,
        });
    }
    out
}

/// Lines of a file, from 1, on which a string of it begins and ends: its first character, not its quotation marks.
pub(crate) fn lines_of(text: &str, raw: &Spanned<String>) -> Range<u32> {
    let span = raw.span();
    let written = text.get(span.clone()).unwrap_or_default();
    let marks = if written.starts_with("\"\"\"") || written.starts_with("'''") { 3 } else { 1 };
    let opened = written.get(marks..).is_some_and(|rest| marks == 3 && rest.starts_with('\n'));
    line_of(text, span.start + marks + usize::from(opened))..line_of(text, span.end)
}
