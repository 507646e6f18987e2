//! Fragments of a procedure: named queries that its rules and its population share, written once. A run computes each
//! once; whoever only asks whether a query could run puts those that it needs in front of it.

use crate::error::ChecklistError;
use crate::procedure::Known;
use crate::query::{Query, QueryOf, lines_of};
use crate::reader::{Reader, is_key};
use fieldbook_model::Fragment;
use serde::Deserialize;
use std::collections::BTreeSet;
use toml::Spanned;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFragment {
    name: Spanned<String>,
    #[serde(default)]
    uses: Vec<Spanned<String>>,
    sql: Spanned<String>,
}

/// A procedure's fragments in the order of the file.
pub(crate) struct Fragments {
    raw: Vec<RawFragment>,
    /// For each fragment those that it needs, itself among them.
    needed: Vec<BTreeSet<usize>>,
    used: BTreeSet<usize>,
}

impl Fragments {
    /// Takes the fragments and reports what is wrong with each by itself.
    pub(crate) fn read(reader: &mut Reader<'_>, raw: Vec<RawFragment>, known: &Known<'_>) -> Self {
        reader.unique(raw.iter().map(|f| &f.name));
        let mut fragments = Self { raw, needed: Vec::new(), used: BTreeSet::new() };
        for (at, fragment) in fragments.raw.iter().enumerate() {
            let name = fragment.name.get_ref();
            if !is_key(name) {
                reader.fail_at(&fragment.name, ChecklistError::BadId(name.clone(), "fragment name"));
            }
            if known.datasets.iter().any(|d| d.key == *name) {
                reader.fail_at(&fragment.name, ChecklistError::HidesDataset(name.clone()));
            }
            check_sql(reader, &fragment.sql);
            let mut needed = fragments.closure(reader, &fragment.uses, at);
            needed.insert(at);
            fragments.needed.push(needed);
        }
        fragments
    }

    /// A query with the fragments that it needs in front of it.
    pub(crate) fn expand(
        &mut self,
        reader: &mut Reader<'_>,
        uses: &[Spanned<String>],
        sql: &Spanned<String>,
    ) -> String {
        check_sql(reader, sql);
        let needed = self.closure(reader, uses, self.raw.len());
        let texts: Vec<String> =
            needed.iter().filter_map(|at| self.raw.get(*at)).map(RawFragment::expression).collect();
        self.used.extend(needed);
        prepend(&texts, sql.get_ref())
    }

    /// What a query needs: it is noted as used.
    pub(crate) fn used(
        &mut self,
        reader: &mut Reader<'_>,
        uses: &[Spanned<String>],
        sql: &Spanned<String>,
    ) -> Vec<String> {
        check_sql(reader, sql);
        let needed = self.closure(reader, uses, self.raw.len());
        let names =
            needed.iter().filter_map(|at| self.raw.get(*at)).map(|f| f.name.get_ref().clone()).collect();
        self.used.extend(needed);
        names
    }

    /// The fragments themselves.
    pub(crate) fn all(&self) -> Vec<Fragment> {
        let one = |f: &RawFragment| Fragment {
            name: f.name.get_ref().clone(),
            sql: f.sql.get_ref().trim().to_owned(),
        };
        self.raw.iter().map(one).collect()
    }

    /// Names of the fragments that these need, themselves among them.
    pub(crate) fn needed(&self, reader: &mut Reader<'_>, uses: &[Spanned<String>]) -> Vec<String> {
        let needed = self.closure(reader, uses, self.raw.len());
        needed.iter().filter_map(|at| self.raw.get(*at)).map(|f| f.name.get_ref().clone()).collect()
    }

    /// A query for everything that each fragment yields, with those that it needs in front of it.
    pub(crate) fn each_alone(&self, text: &str) -> Vec<Query> {
        let alone = |(at, fragment): (usize, &RawFragment)| {
            let own = fragment.sql.get_ref().trim();
            let mut needed = self.needed.get(at).cloned().unwrap_or_default();
            needed.remove(&at);
            let before: Vec<&RawFragment> = needed.iter().filter_map(|at| self.raw.get(*at)).collect();
            let mut sql = "WITH ".to_owned();
            sql.extend(before.iter().map(|f| format!("{},\n", f.expression())));
            let name = fragment.name.get_ref();
            sql.push_str(&format!("{name} AS MATERIALIZED (\n"));
            let start = sql.len();
            sql.push_str(&format!("{own}\n)\nSELECT * FROM {name}"));
            let mut lines = lines_of(text, &fragment.sql);
            let blank = fragment.sql.get_ref().len() - fragment.sql.get_ref().trim_start().len();
            let skipped = fragment.sql.get_ref().get(..blank).unwrap_or_default().matches('\n').count();
            lines.start += u32::try_from(skipped).unwrap_or_default();
            let needs = before.iter().map(|f| f.name.get_ref().clone()).collect();
            Query::new(QueryOf::Fragment(name.clone()), sql, start..start + own.len(), needs, lines)
        };
        self.raw.iter().enumerate().map(alone).collect()
    }

    /// Reports the fragments that no query has needed so far.
    pub(crate) fn report_unused(&self, reader: &mut Reader<'_>) {
        for (_, fragment) in self.raw.iter().enumerate().filter(|(at, _)| !self.used.contains(at)) {
            let what = ChecklistError::UnusedFragment(fragment.name.get_ref().clone());
            reader.fail_at(&fragment.name, what);
        }
    }

    /// Everything that `uses` needs, directly or not, as seen from before the fragment number `end`.
    fn closure(&self, reader: &mut Reader<'_>, uses: &[Spanned<String>], end: usize) -> BTreeSet<usize> {
        reader.unique(uses);
        let mut needed = BTreeSet::new();
        for name in uses {
            match self.raw.iter().position(|f| f.name.get_ref() == name.get_ref()) {
                Some(at) if at < end => needed.extend(self.needed.get(at).into_iter().flatten()),
                Some(_) => reader.fail_at(name, ChecklistError::LaterFragment(name.get_ref().clone())),
                None => reader.fail_at(name, ChecklistError::UnknownFragment(name.get_ref().clone())),
            }
        }
        needed
    }
}

impl RawFragment {
    /// The bracket has a line of its own: the query may end in a comment.
    fn expression(&self) -> String {
        format!("{} AS MATERIALIZED (\n{}\n)", self.name.get_ref(), self.sql.get_ref().trim())
    }
}

/// Puts table expressions in front of a query, before its own when it has any.
fn prepend(expressions: &[String], sql: &str) -> String {
    if expressions.is_empty() {
        return sql.to_owned();
    }
    let fragments = expressions.join(",\n");
    match after_word(sql, "with") {
        None => format!("WITH {fragments}\n{}", sql.trim_start()),
        Some(own) => match after_word(own, "recursive") {
            None => format!("WITH {fragments},\n{own}"),
            Some(own) => format!("WITH RECURSIVE {fragments},\n{own}"),
        },
    }
}

/// The text after its first word, when that is `word`.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = text.trim_start().split_once(char::is_whitespace)?;
    first.eq_ignore_ascii_case(word).then(|| rest.trim_start())
}

/// Reports a query that is none.
pub(crate) fn check_sql(reader: &mut Reader<'_>, raw: &Spanned<String>) {
    let first = raw.get_ref().split_whitespace().next().unwrap_or_default();
    if !first.eq_ignore_ascii_case("select") && !first.eq_ignore_ascii_case("with") {
        reader.fail_at(raw, ChecklistError::BadId(first.to_owned(), "start of a query"));
    }
}
