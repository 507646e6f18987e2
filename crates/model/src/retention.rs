//! 保存年限: how long the files of an exam must be kept.

use crate::ClauseId;
use jiff::ToSpan;
use jiff::civil::Date;

/// What a time of keeping is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetentionFrom {
    /// The day of the assessment report.
    Report,
}

/// How long something must be kept: a row of `checklists/retention.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    /// Clauses that say so.
    pub clauses: Vec<ClauseId>,
    /// What is to be kept, zh-TW.
    pub what: String,
    /// For how many years.
    pub years: u32,
    /// From when on.
    pub from: RetentionFrom,
    /// The words of the clause.
    pub words: String,
}

/// Last day of keeping under all rules together, the latest one; `None`, not known, when there is no rule or the day that
/// one is counted from is not known.
#[must_use]
pub fn keep_until(rules: &[RetentionRule], report_on: Option<Date>) -> Option<Date> {
    let day = |rule: &RetentionRule| match rule.from {
        RetentionFrom::Report => report_on?.checked_add(i64::from(rule.years).years()).ok(),
    };
    let days: Option<Vec<Date>> = rules.iter().map(day).collect();
    days?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rule(years: u32) -> RetentionRule {
        let (what, words) = ("報告".to_owned(), "五年".to_owned());
        RetentionRule { clauses: Vec::new(), what, years, from: RetentionFrom::Report, words }
    }

    #[test]
    fn the_longest_rule_holds_and_what_is_not_known_is_not_over() {
        let day = Some(date(2020, 2, 29));
        assert_eq!(keep_until(&[rule(5)], day), Some(date(2025, 2, 28)));
        assert_eq!(keep_until(&[rule(5), rule(7), rule(1)], day), Some(date(2027, 2, 28)));
        assert_eq!(keep_until(&[rule(5)], None), None);
        assert_eq!(keep_until(&[], day), None);
    }
}
