//! The queries of a procedure, each with its place.

use super::{Ids, Known, RawProcedure};
use crate::fragment::Fragments;
use crate::query::{Query, QueryFile, QueryOf, lines_of};
use crate::reader::{Reader, line_of};
use std::collections::BTreeSet;
use toml::Spanned;

/// The queries of one file, as they are run.
pub(crate) fn queries(reader: &mut Reader<'_>, text: &str) -> Option<QueryFile> {
    let raw = reader.parse::<RawProcedure>()?;
    let placed = |key: &Spanned<String>| (key.get_ref().clone(), line_of(text, key.span().start));
    let parameters = raw.parameter.iter().map(|p| placed(&p.key)).collect();
    let columns = raw.column.iter().map(|c| placed(&c.key)).collect();
    let known = Known { facts: &[], datasets: &[], clauses: &BTreeSet::new(), ids: Ids::Checklists };
    let mut fragments = Fragments::read(reader, raw.fragment, &known);
    let mut queries = fragments.each_alone(text);
    let population = (QueryOf::Population, &raw.population.uses, &raw.population.sql);
    let rules = raw.rule.iter().map(|r| (QueryOf::Rule(r.id.get_ref().clone()), &r.uses, &r.sql));
    let pictures = raw.picture.iter().map(|p| (QueryOf::Picture(p.key.get_ref().clone()), &p.uses, &p.sql));
    for (of, uses, sql) in std::iter::once(population).chain(rules).chain(pictures) {
        let whole = fragments.expand(reader, uses, sql);
        // Fragments are put in front; what follows them is the query's own text, but for a `WITH` of its own.
        let own = whole.bytes().rev().zip(sql.get_ref().bytes().rev()).take_while(|(a, b)| a == b).count();
        let lines = lines_of(text, sql);
        let missing = sql.get_ref().len() - own;
        let skipped = sql.get_ref().get(..missing).unwrap_or_default().matches('\n').count();
        let lines = lines.start + u32::try_from(skipped).unwrap_or_default()..lines.end;
        let own = whole.len() - own..whole.len();
        let needs = fragments.needed(reader, uses);
        queries.push(Query::new(of, whole, own, needs, lines));
    }
    Some(QueryFile { file: reader.file().to_owned(), queries, parameters, columns })
}
