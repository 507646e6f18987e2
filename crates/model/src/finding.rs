//! Findings: made by a person, never by a machine.

use crate::clause::ClauseId;
use crate::date::Moment;
use crate::number::number_text;
use jiff::civil::Date;

/// 類型.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingType {
    /// 缺失.
    Deficiency,
    /// 建議事項.
    Recommendation,
    /// 觀察事項.
    Observation,
    /// 良好作為.
    GoodPractice,
}

/// 嚴重程度.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// 重大.
    Critical,
    /// 高.
    High,
    /// 中.
    Medium,
    /// 低.
    Low,
}

impl Severity {
    /// Gravest first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];
}

/// 嚴重程度 as an organisation words it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeverityScale {
    /// A word for each grade, gravest first; a grade without one is not used.
    words: [String; 4],
}

impl Default for SeverityScale {
    fn default() -> Self {
        Self { words: ["重大", "高", "中", "低"].map(str::to_owned) }
    }
}

impl SeverityScale {
    /// A scale of these words, gravest first; an empty word leaves the grade out.
    ///
    /// # Errors
    /// When fewer than two grades have a word, or two have the same.
    pub fn new(words: [String; 4]) -> Result<Self, crate::ShapeError> {
        let words = words.map(|w| w.trim().to_owned());
        let used: Vec<&String> = words.iter().filter(|w| !w.is_empty()).collect();
        let twice = (1..used.len()).any(|i| used[..i].contains(&used[i]));
        if used.len() < 2 || twice {
            return Err(crate::ShapeError { what: "severity scale" });
        }
        Ok(Self { words })
    }

    /// The word of a grade; a grade that is not used any more keeps the word that everybody knows.
    #[must_use]
    pub fn word(&self, severity: Severity) -> &str {
        let at = severity as usize;
        match self.words[at].as_str() {
            "" => ["重大", "高", "中", "低"][at],
            word => word,
        }
    }

    /// The grades that are used with their words, gravest first.
    pub fn grades(&self) -> impl Iterator<Item = (Severity, &str)> {
        Severity::ALL
            .into_iter()
            .zip(&self.words)
            .filter(|(_, w)| !w.is_empty())
            .map(|(s, w)| (s, w.as_str()))
    }
}

/// 狀態: where a finding stands in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingStatus {
    /// 草稿.
    Draft,
    /// 覆核中: handed to somebody else to review.
    InReview,
    /// 定稿: reviewed by somebody who did not write it.
    Final,
    /// 已送受查: handed to the firm.
    Sent,
    /// 已回覆.
    Replied,
    /// 追蹤中.
    FollowedUp,
    /// 結案.
    Closed,
    /// 撤銷: kept, its number is never reused.
    Withdrawn,
}

impl FindingStatus {
    /// The life of a finding that is not withdrawn, in order.
    pub const LIFE: [Self; 7] =
        [Self::Draft, Self::InReview, Self::Final, Self::Sent, Self::Replied, Self::FollowedUp, Self::Closed];

    /// Whether it was reviewed and stands.
    #[must_use]
    pub fn is_settled(self) -> bool {
        !matches!(self, Self::Draft | Self::InReview | Self::Withdrawn)
    }

    /// Whether its words can be changed without a step back.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::Draft
    }

    /// Whether a finding may go from here to there. Steps back go to 草稿 or reopen what was closed.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        use FindingStatus as S;
        match (self, next) {
            (S::Withdrawn, _) => false,
            (S::Closed, S::Withdrawn) => false,
            (_, S::Withdrawn) => true,
            (S::Draft, S::InReview)
            | (S::InReview, S::Final | S::Draft)
            | (S::Final, S::Sent | S::Draft)
            | (S::Sent, S::Replied | S::Draft)
            | (S::Replied, S::FollowedUp | S::Closed)
            | (S::FollowedUp, S::Closed)
            | (S::Closed, S::FollowedUp) => true,
            _ => false,
        }
    }
}

/// A step of a finding's life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingStep {
    /// Where it went.
    pub to: FindingStatus,
    /// Why, or what there is to say; may be empty.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// A finding of an earlier exam that this one repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierFinding {
    /// Id of the exam; empty when it comes from a register that was imported.
    pub exam: String,
    /// Its number (`114-證-0007-F02`).
    pub number: String,
    /// Its title.
    pub title: String,
    /// When it was found.
    pub found_on: Option<Date>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Number within the exam, from 1, never reused.
    pub no: i64,
    /// Type.
    pub kind: FindingType,
    /// 標題.
    pub title: String,
    /// 查核發現.
    pub condition: String,
    /// 現行規範: clauses; their verbatim texts are inserted from the bundle.
    pub clauses: Vec<ClauseId>,
    /// 原因.
    pub cause: String,
    /// 風險影響.
    pub effect: String,
    /// 嚴重程度.
    pub severity: Severity,
    /// 類別.
    pub category: String,
    /// 具體改善建議.
    pub recommendation: String,
    /// 涉及系統／帳號: what it is about; masked in print.
    pub objects: Vec<String>,
    /// Numbers of the pieces of evidence that it rests on, beside its working papers.
    pub evidence: Vec<i64>,
    /// Working papers that somebody named for it (`C-FCM`), beside those that its rows come from.
    pub papers: Vec<String>,
    /// 重複缺失: the earlier finding that it repeats, as a person confirmed.
    pub repeat_of: Option<EarlierFinding>,
    /// Status.
    pub status: FindingStatus,
    /// Examiner who wrote its words last: 編製人.
    pub by: String,
    /// When it was last changed.
    pub at: Moment,
    /// Stored exceptions that it rests on.
    pub exceptions: Vec<i64>,
    /// Population and exceptions when it was drafted: `(exceptions, population)`.
    pub counts: Option<(u64, u64)>,
}

impl Finding {
    /// 缺失編號: `115-證-0012-F03`; without a case number `F03`; `FB03` when another copy of the exam found it.
    #[must_use]
    pub fn number(&self, case_no: &str) -> String {
        let number = number_text(self.no, 2);
        if case_no.is_empty() { format!("F{number}") } else { format!("{case_no}-F{number}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_final_only_after_a_review() {
        use FindingStatus as S;
        assert!(!S::Draft.may_become(S::Final));
        assert!(S::Draft.may_become(S::InReview) && S::InReview.may_become(S::Final));
        for status in S::LIFE {
            assert!(!S::Withdrawn.may_become(status), "{status:?}");
            assert!(!status.may_become(status), "{status:?}");
        }
    }

    #[test]
    fn the_whole_life_can_be_walked() {
        for pair in FindingStatus::LIFE.windows(2) {
            assert!(pair[0].may_become(pair[1]), "{pair:?}");
        }
    }

    #[test]
    fn a_scale_has_words_that_differ() {
        let words = |w: [&str; 4]| SeverityScale::new(w.map(str::to_owned));
        let scale = words(["", "嚴重", "一般", "輕微"]).expect("three grades");
        assert_eq!(scale.grades().map(|(_, w)| w).collect::<Vec<_>>(), ["嚴重", "一般", "輕微"]);
        assert_eq!(scale.word(Severity::Critical), "重大");
        assert!(words(["高", "高", "", ""]).is_err());
        assert!(words(["高", "", " ", ""]).is_err());
    }
}
