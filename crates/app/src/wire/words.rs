//! Enumerations as words, and their way to and from the model.

use fieldbook_model as m;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident = $model:ty { $($(#[$vdoc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl From<$model> for $name {
            fn from(value: $model) -> Self {
                match value { $(<$model>::$variant => Self::$variant),+ }
            }
        }

        impl From<$name> for $model {
            fn from(value: $name) -> Self {
                match value { $($name::$variant => Self::$variant),+ }
            }
        }
    };
}

words!(
    /// Applicability.
    ApplicabilityWord = m::Applicability {
        /// 適用.
        Applicable,
        /// 不適用.
        NotApplicable,
        /// 適用性待確認.
        Undetermined,
        /// 依較佳規範.
        Substituted,
        /// Exception of the clause met.
        Waived,
    }
);
words!(
    /// Obligation strength.
    StrengthWord = m::Strength {
        /// 應.
        Must,
        /// 宜.
        Should,
        /// 得.
        May,
        /// 不得.
        MustNot,
        /// 是否.
        Question,
        /// No modal word.
        Declarative,
        /// Inherited 應.
        InheritedMust,
        /// Procedure.
        Procedure,
        /// Definition.
        Definition,
    }
);
words!(
    /// 查核結果.
    ResultWord = m::ItemResult {
        /// 符合.
        Compliant,
        /// 部分符合.
        Partial,
        /// 不符合.
        Noncompliant,
        /// 不適用.
        NotApplicable,
        /// 無法取得資料.
        NoData,
        /// 未查核.
        NotExamined,
    }
);
words!(
    /// 查核方式.
    MethodWord = m::Method {
        /// 訪談.
        Interview,
        /// 檢視文件.
        Inspection,
        /// 觀察.
        Observation,
        /// 重新執行.
        Reperformance,
        /// 電腦輔助測試.
        Caat,
        /// 抽樣.
        Sampling,
    }
);
words!(
    /// Verdict of a run.
    RunVerdictWord = m::RunVerdict {
        /// Exceptions.
        Exceptions,
        /// Pass.
        Pass,
        /// Unknown.
        Unknown,
        /// Not applicable.
        NotApplicable,
        /// Not runnable.
        NotRunnable,
    }
);
words!(
    /// What a row is.
    RuleVerdictWord = m::RuleVerdict {
        /// Exception.
        Exception,
        /// Unknown.
        Unknown,
        /// Lead.
        Lead,
    }
);
words!(
    /// 處置.
    DispositionWord = m::DispositionKind {
        /// 確認.
        Confirmed,
        /// 合理說明.
        Explained,
        /// 誤判.
        FalsePositive,
        /// 待釐清.
        Open,
    }
);
words!(
    /// 類型.
    FindingTypeWord = m::FindingType {
        /// 缺失.
        Deficiency,
        /// 建議事項.
        Recommendation,
        /// 觀察事項.
        Observation,
        /// 良好作為.
        GoodPractice,
    }
);
words!(
    /// 嚴重程度.
    SeverityWord = m::Severity {
        /// 重大.
        Critical,
        /// 高.
        High,
        /// 中.
        Medium,
        /// 低.
        Low,
    }
);
words!(
    /// 狀態.
    FindingStatusWord = m::FindingStatus {
        /// 草稿.
        Draft,
        /// 覆核中.
        InReview,
        /// 定稿.
        Final,
        /// 已送受查.
        Sent,
        /// 已回覆.
        Replied,
        /// 追蹤中.
        FollowedUp,
        /// 結案.
        Closed,
        /// 撤銷.
        Withdrawn,
    }
);
words!(
    /// What an answer on an assessment procedure says.
    AnswerModeWord = m::AnswerMode {
        /// 評估報告涵蓋.
        Coverage,
        /// 抽查.
        SpotCheck,
    }
);
words!(
    /// What the clauses of a topic have to do with each other.
    TopicRelationWord = m::TopicRelation {
        /// The same control.
        Alike,
        /// Another object, trigger or strength.
        Differing,
        /// Values that contradict each other.
        Conflicting,
    }
);
words!(
    /// Licence.
    LicenceWord = m::Licence {
        /// 證券商.
        Securities,
        /// 期貨商.
        Futures,
        /// 兼營.
        Both,
    }
);
words!(
    /// How two texts relate.
    PairRelationWord = m::PairRelation {
        /// The same.
        Equal,
        /// Nearly the same.
        Near,
        /// One is part of the other.
        Within,
    }
);
words!(
    /// Whether the firm agrees.
    AgreementWord = m::Agreement {
        /// 同意.
        Agree,
        /// 部分同意.
        Partly,
        /// 不同意.
        Disagree,
    }
);
words!(
    /// 追蹤結果.
    FollowUpWord = m::FollowUpResult {
        /// 已改善.
        Remedied,
        /// 部分改善.
        PartlyRemedied,
        /// 未改善.
        NotRemedied,
        /// 風險承受.
        RiskAccepted,
    }
);
words!(
    /// 機密等級.
    ConfidentialityWord = m::Confidentiality {
        /// 一般.
        General,
        /// 限閱.
        Restricted,
        /// 密.
        Confidential,
    }
);
words!(
    /// What happened to a piece of evidence.
    CustodyWord = m::CustodyEvent {
        /// 收存.
        TakenIn,
        /// 移交.
        HandedOver,
        /// 複製匯出.
        CopiedOut,
        /// 檢視.
        Viewed,
        /// 歸還原件.
        Returned,
        /// 銷毀原件.
        Destroyed,
        /// 註記.
        Noted,
    }
);
words!(
    /// As what somebody signs.
    SignRoleWord = m::SignRole {
        /// 編製人.
        Preparer,
        /// 覆核人.
        Reviewer,
    }
);
words!(
    /// Part of a finding that a phrase is for.
    PhrasePartWord = m::PhrasePart {
        /// 查核說明 of an answer.
        Note,
        /// 原因.
        Cause,
        /// 風險影響.
        Effect,
        /// 具體改善建議.
        Recommendation,
    }
);
words!(
    /// What the examiner saw of a device.
    CountState = m::CountState {
        /// 盤點見到.
        Found,
        /// 盤點未見.
        NotFound,
        /// 清單所無, but it stands there.
        NotListed,
    }
);
words!(
    /// Where a procedure of an examiner is kept.
    OwnScope = m::OwnScope {
        /// 本案.
        Exam,
        /// 本機關: in every exam of the vault.
        Organisation,
    }
);
words!(
    /// A kind of thing that somebody can be given.
    WorkWord = m::WorkKind {
        /// A document.
        Document,
        /// A chapter.
        Chapter,
        /// A system.
        System,
        /// A procedure.
        Procedure,
    }
);
