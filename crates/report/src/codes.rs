//! Stable English codes for the domain's values, as files for machines carry them. People read [`crate::words`].

use fieldbook_model::{
    Agreement, AnswerMode, Applicability, Completeness, Confidentiality, DispositionKind, FindingStatus,
    FindingType, FirmLine, FollowUpResult, ItemResult, Method, RuleVerdict, RunVerdict, Severity, SignRole,
    Strength,
};

/// 查核結果.
pub fn result(result: ItemResult) -> &'static str {
    match result {
        ItemResult::Compliant => "compliant",
        ItemResult::Partial => "partial",
        ItemResult::Noncompliant => "noncompliant",
        ItemResult::NotApplicable => "not_applicable",
        ItemResult::NoData => "no_data",
        ItemResult::NotExamined => "not_examined",
    }
}

/// 適用性.
pub fn applicability(applicability: Applicability) -> &'static str {
    match applicability {
        Applicability::Applicable => "applicable",
        Applicability::NotApplicable => "not_applicable",
        Applicability::Undetermined => "undetermined",
        Applicability::Substituted => "substituted",
        Applicability::Waived => "waived",
    }
}

/// 性質.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "must",
        Strength::Should => "should",
        Strength::May => "may",
        Strength::MustNot => "must_not",
        Strength::Question => "question",
        Strength::Declarative => "declarative",
        Strength::InheritedMust => "inherited_must",
        Strength::Procedure => "procedure",
        Strength::Definition => "definition",
    }
}

/// 查核方式.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Interview => "interview",
        Method::Inspection => "inspection",
        Method::Observation => "observation",
        Method::Reperformance => "reperformance",
        Method::Caat => "caat",
        Method::Sampling => "sampling",
    }
}

/// Coverage by the firm's own report, or a spot check.
pub fn mode(mode: AnswerMode) -> &'static str {
    match mode {
        AnswerMode::Coverage => "coverage",
        AnswerMode::SpotCheck => "spot_check",
    }
}

/// Verdict of a run.
pub fn run_verdict(verdict: RunVerdict) -> &'static str {
    match verdict {
        RunVerdict::Exceptions => "exceptions",
        RunVerdict::Pass => "pass",
        RunVerdict::Unknown => "unknown",
        RunVerdict::NotApplicable => "not_applicable",
        RunVerdict::NotRunnable => "not_runnable",
    }
}

/// What a rule's rows are.
pub fn rule_verdict(verdict: RuleVerdict) -> &'static str {
    match verdict {
        RuleVerdict::Exception => "exception",
        RuleVerdict::Unknown => "unknown",
        RuleVerdict::Lead => "lead",
    }
}

/// Whether a population is whole.
pub fn completeness(completeness: Completeness) -> &'static str {
    match completeness {
        Completeness::Complete => "complete",
        Completeness::Incomplete => "incomplete",
        Completeness::NotStated => "not_stated",
    }
}

/// 處置.
pub fn disposition(kind: Option<DispositionKind>) -> &'static str {
    match kind {
        Some(DispositionKind::Confirmed) => "confirmed",
        Some(DispositionKind::Explained) => "explained",
        Some(DispositionKind::FalsePositive) => "false_positive",
        Some(DispositionKind::Open) => "open",
        None => "undecided",
    }
}

/// 嚴重程度.
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "critical",
        Severity::High => "high",
        Severity::Medium => "medium",
        Severity::Low => "low",
    }
}

/// 類型 of a finding.
pub fn finding_type(kind: FindingType) -> &'static str {
    match kind {
        FindingType::Deficiency => "deficiency",
        FindingType::Recommendation => "recommendation",
        FindingType::Observation => "observation",
        FindingType::GoodPractice => "good_practice",
    }
}

/// 狀態 of a finding.
pub fn finding_status(status: FindingStatus) -> &'static str {
    match status {
        FindingStatus::Draft => "draft",
        FindingStatus::InReview => "in_review",
        FindingStatus::Final => "final",
        FindingStatus::Sent => "sent",
        FindingStatus::Replied => "replied",
        FindingStatus::FollowedUp => "followed_up",
        FindingStatus::Closed => "closed",
        FindingStatus::Withdrawn => "withdrawn",
    }
}

/// 業別.
pub fn firm_line(line: FirmLine) -> &'static str {
    match line {
        FirmLine::Securities => "securities",
        FirmLine::Futures => "futures",
        FirmLine::Both => "both",
        FirmLine::OtherFutures => "other_futures",
        FirmLine::Neither => "neither",
    }
}

/// Whether the firm agrees.
pub fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agree => "agree",
        Agreement::Partly => "partly",
        Agreement::Disagree => "disagree",
    }
}

/// 追蹤結果.
pub fn follow_up(result: FollowUpResult) -> &'static str {
    match result {
        FollowUpResult::Remedied => "remedied",
        FollowUpResult::PartlyRemedied => "partly_remedied",
        FollowUpResult::NotRemedied => "not_remedied",
        FollowUpResult::RiskAccepted => "risk_accepted",
    }
}

/// 機密等級.
pub fn confidentiality(level: Confidentiality) -> &'static str {
    match level {
        Confidentiality::General => "general",
        Confidentiality::Restricted => "restricted",
        Confidentiality::Confidential => "confidential",
    }
}

/// As what somebody signs.
pub fn sign_role(role: SignRole) -> &'static str {
    match role {
        SignRole::Preparer => "preparer",
        SignRole::Reviewer => "reviewer",
    }
}
