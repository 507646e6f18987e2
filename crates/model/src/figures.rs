//! Figures of an exam that lists over many exams compare.

use crate::answer::ItemResult;
use crate::class::{FirmClass, FirmGrade};
use crate::clause::ClauseId;
use crate::follow_up::Agreement;
use crate::profile::{FactValue, Profile};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many items of a chapter had which result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChapterFigures {
    /// Code of the document.
    pub document: String,
    /// Title of the chapter.
    pub chapter: String,
    /// Items that bind the firm or may, by result.
    pub results: BTreeMap<ItemResult, u64>,
}

/// The items of an exam that bind the firm or may, by result.
pub type ClauseResults = BTreeMap<ItemResult, Vec<ClauseId>>;

/// A firm's line of business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirmLine {
    /// 證券商.
    Securities,
    /// 期貨商.
    Futures,
    /// 證券商兼營期貨, or the other way round.
    Both,
    /// 其他期貨業.
    OtherFutures,
    /// None of these.
    Neither,
}

impl FirmLine {
    /// The line that a profile states: what is known to be so counts, whatever else is not known; `None` while nothing is
    /// known to be so and something is unknown.
    #[must_use]
    pub fn of(profile: &Profile) -> Option<Self> {
        let said = |code: &str| match profile.get(code).map(|fact| &fact.value) {
            Some(FactValue::Yes) => Some(true),
            Some(FactValue::No) => Some(false),
            _ => None,
        };
        match (said("is_sec"), said("is_fcm"), said("is_futures_ind")) {
            (Some(true), Some(true), _) => Some(Self::Both),
            (Some(true), ..) => Some(Self::Securities),
            (_, Some(true), _) => Some(Self::Futures),
            (_, _, Some(true)) => Some(Self::OtherFutures),
            (Some(false), Some(false), Some(false)) => Some(Self::Neither),
            _ => None,
        }
    }
}

/// What kind of firm an exam is of, as far as its profile says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FirmKind {
    /// 業別; `None` while it is not known.
    pub line: Option<FirmLine>,
    /// 第一類證券商 or another; `None` while it is not known.
    pub class: Option<FirmClass>,
    /// 資安分級; `None` while it is not known.
    pub grade: Option<FirmGrade>,
}

impl FirmKind {
    /// The kind that a profile amounts to.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        Self { line: FirmLine::of(profile), class: FirmClass::of(profile), grade: FirmGrade::of(profile) }
    }
}

/// The days of a finding's life, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FindingCourse {
    /// 定稿, the last time.
    pub settled_on: Option<Date>,
    /// 已送受查, the last time.
    pub sent_on: Option<Date>,
    /// The day on which the latest reply was taken down.
    pub replied_on: Option<Date>,
    /// Whether the firm agreed in it.
    pub agreement: Option<Agreement>,
    /// 覆查日期 of the latest follow-up review.
    pub reviewed_on: Option<Date>,
    /// 結案; `None` while it is not closed, also when it was once.
    pub closed_on: Option<Date>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Fact;

    fn line(facts: &[(&str, FactValue)]) -> Option<FirmLine> {
        let fact = |(code, value): &(&str, FactValue)| {
            ((*code).to_owned(), Fact { value: value.clone(), ..Fact::default() })
        };
        FirmLine::of(&facts.iter().map(fact).collect())
    }

    #[test]
    fn a_line_is_told_only_when_it_is_known() {
        use FactValue::{No, Yes};
        assert_eq!(line(&[]), None);
        assert_eq!(line(&[("is_sec", Yes)]), Some(FirmLine::Securities));
        assert_eq!(line(&[("is_sec", Yes), ("is_fcm", Yes)]), Some(FirmLine::Both));
        assert_eq!(line(&[("is_sec", No), ("is_fcm", Yes)]), Some(FirmLine::Futures));
        assert_eq!(line(&[("is_sec", No), ("is_fcm", No)]), None);
        let none = [("is_sec", No), ("is_fcm", No), ("is_futures_ind", No)];
        assert_eq!(line(&none), Some(FirmLine::Neither));
    }
}
