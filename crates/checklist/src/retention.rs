//! `retention.toml`: how long the files of an exam must be kept, and from when on.

use crate::cite::Cited;
use crate::error::ChecklistError;
use crate::reader::Reader;
use fieldbook_model::{RetentionFrom, RetentionRule};
use serde::Deserialize;
use toml::Spanned;

/// More years than anybody keeps anything: such a number is a slip.
const LONGEST: u32 = 100;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRetentions {
    #[serde(default)]
    retention: Vec<RawRetention>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRetention {
    clauses: Vec<Spanned<String>>,
    what: Spanned<String>,
    years: Spanned<u32>,
    from: RawFrom,
    words: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawFrom {
    Report,
}

/// Reads the rules in the order of the file.
pub(crate) fn read(reader: &mut Reader<'_>, cited: &Cited<'_>) -> Option<Vec<RetentionRule>> {
    let raw = reader.parse::<RawRetentions>()?;
    reader.unique(raw.retention.iter().map(|r| &r.what));
    Some(raw.retention.into_iter().map(|rule| read_rule(reader, rule, cited)).collect())
}

fn read_rule(reader: &mut Reader<'_>, raw: RawRetention, cited: &Cited<'_>) -> RetentionRule {
    let what = raw.what.get_ref().clone();
    if raw.clauses.is_empty() {
        reader.fail_at(&raw.what, ChecklistError::Lacks(what.clone(), "clauses"));
    }
    let years = *raw.years.get_ref();
    if years == 0 || years > LONGEST {
        reader.fail_at(&raw.years, ChecklistError::BadId(years.to_string(), "number of years"));
    }
    let clauses = cited.answered(reader, &raw.clauses);
    let words = raw.words.get_ref();
    for clause in clauses.iter().filter_map(|id| cited.clause(id)) {
        let mut texts = clause.context.iter().chain([&clause.text]);
        if words.is_empty() || !texts.any(|text| text.contains(words)) {
            let told = ChecklistError::WordsNotInClause(words.clone(), clause.id.to_string());
            reader.fail_at(&raw.words, told);
        }
    }
    let from = match raw.from {
        RawFrom::Report => RetentionFrom::Report,
    };
    RetentionRule { clauses, what, years, from, words: raw.words.into_inner() }
}

#[cfg(test)]
mod tests {
    use crate::bundled;

    #[test]
    fn the_report_and_what_came_of_it_are_kept_for_five_years() {
        let rules = bundled().expect("loads").retention;
        let said: Vec<(String, u32)> = rules.iter().map(|r| (r.clauses[0].to_string(), r.years)).collect();
        assert_eq!(said, [("ASM-8.4".to_owned(), 5)]);
    }
}
