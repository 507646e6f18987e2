//! The zh-TW words for the domain's values, the same in every paper. State is a mark and a word, never a colour alone.

use crate::doc::{Cell, Tone};
use fieldbook_model::{
    Agreement, AnswerMode, AnswerOrigin, Applicability, Completeness, Confidentiality, CustodyEvent,
    DispositionKind, FindingStatus, FindingType, FollowUpResult, IssueCode, ItemResult, ListOrigin, Method,
    Moment, ParamValue, Period, RocDate, RuleVerdict, RunVerdict, Severity, SeverityScale, Strength,
};

/// 查核結果, as mark and word.
pub fn result(result: ItemResult) -> Cell {
    match result {
        ItemResult::Compliant => mark("✓ 符合", Tone::Ok),
        ItemResult::Partial => mark("◐ 部分符合", Tone::Warn),
        ItemResult::Noncompliant => mark("● 不符合", Tone::Fail),
        ItemResult::NotApplicable => Cell::text("– 不適用"),
        ItemResult::NoData => mark("△ 無法取得資料", Tone::Unknown),
        ItemResult::NotExamined => Cell::text("○ 未查核"),
    }
}

/// 適用性, as mark and word.
pub fn applicability(applicability: Applicability) -> Cell {
    match applicability {
        Applicability::Applicable => Cell::text("適用"),
        Applicability::NotApplicable => Cell::text("– 不適用"),
        Applicability::Undetermined => mark("? 適用性待確認", Tone::Unknown),
        Applicability::Substituted => Cell::text("依較佳規範"),
        Applicability::Waived => Cell::text("– 符合條文除外規定"),
    }
}

/// 性質.
pub fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Must => "應",
        Strength::Should => "宜",
        Strength::May => "得",
        Strength::MustNot => "不得",
        Strength::Question => "是否",
        Strength::Declarative => "應（敘述）",
        Strength::InheritedMust => "應（承前）",
        Strength::Procedure => "程序",
        Strength::Definition => "定義",
    }
}

/// 查核方式.
pub fn method(method: Method) -> &'static str {
    match method {
        Method::Interview => "訪談",
        Method::Inspection => "檢視文件",
        Method::Observation => "觀察",
        Method::Reperformance => "重新執行",
        Method::Caat => "電腦輔助測試",
        Method::Sampling => "抽樣",
    }
}

/// Whether the firm's own report covers an item, or the examiner checked it.
pub fn mode(mode: AnswerMode) -> &'static str {
    match mode {
        AnswerMode::Coverage => "評估報告涵蓋",
        AnswerMode::SpotCheck => "抽查",
    }
}

/// What the firm still owes.
pub fn awaited(what: &str) -> Cell {
    let word = "△ 待補資料";
    let text = if what.trim().is_empty() { word.to_owned() } else { format!("{word}\n{what}") };
    Cell::Mark(text, Tone::Unknown)
}

/// Where an answer was taken over from: `BSL-6.8（a）網路下單系統`, another exam's with its id.
pub fn origin_of_answer(origin: &AnswerOrigin) -> String {
    let key = &origin.key;
    let mut out = if origin.exam.is_empty() { String::new() } else { format!("前案 {} ", origin.exam) };
    out.push_str(key.clause.as_str());
    if !key.unit.is_empty() {
        out.push_str(&format!("（{}）", key.unit));
    }
    if !key.system.is_empty() {
        out.push_str(&format!(" {}", key.system));
    }
    out
}

/// Verdict of a run, without what it lacks.
pub fn run_verdict(verdict: RunVerdict) -> Cell {
    match verdict {
        RunVerdict::Exceptions => mark("● 發現例外", Tone::Fail),
        RunVerdict::Pass => mark("✓ 未發現例外", Tone::Ok),
        RunVerdict::Unknown => mark("? 資料不足以判斷", Tone::Unknown),
        RunVerdict::NotApplicable => Cell::text("– 不適用"),
        RunVerdict::NotRunnable => mark("△ 無法執行", Tone::Unknown),
    }
}

/// What a rule's rows are.
pub fn rule_verdict(verdict: RuleVerdict) -> Cell {
    match verdict {
        RuleVerdict::Exception => mark("● 例外", Tone::Fail),
        RuleVerdict::Unknown => mark("? 無法判斷", Tone::Unknown),
        RuleVerdict::Lead => mark("▷ 線索", Tone::Warn),
    }
}

/// 處置.
pub fn disposition(kind: Option<DispositionKind>) -> Cell {
    match kind {
        Some(DispositionKind::Confirmed) => mark("● 確認", Tone::Fail),
        Some(DispositionKind::Explained) => Cell::text("✓ 合理說明"),
        Some(DispositionKind::FalsePositive) => Cell::text("– 誤判"),
        Some(DispositionKind::Open) => mark("? 待釐清", Tone::Unknown),
        None => Cell::text("○ 未處置"),
    }
}

/// 嚴重程度, as mark and the organisation's word.
pub fn severity(scale: &SeverityScale, severity: Severity) -> Cell {
    let word = scale.word(severity);
    match severity {
        Severity::Critical | Severity::High => mark(&format!("● {word}"), Tone::Fail),
        Severity::Medium => mark(&format!("◐ {word}"), Tone::Warn),
        Severity::Low => Cell::text(format!("○ {word}")),
    }
}

/// The types of findings, gravest first.
pub const FINDING_TYPES: [FindingType; 4] = [
    FindingType::Deficiency,
    FindingType::Recommendation,
    FindingType::Observation,
    FindingType::GoodPractice,
];

/// 類型 of a finding.
pub fn finding_type(kind: FindingType) -> &'static str {
    match kind {
        FindingType::Deficiency => "缺失",
        FindingType::Recommendation => "建議事項",
        FindingType::Observation => "觀察事項",
        FindingType::GoodPractice => "良好作為",
    }
}

/// 狀態 of a finding.
pub fn finding_status(status: FindingStatus) -> &'static str {
    match status {
        FindingStatus::Draft => "草稿",
        FindingStatus::InReview => "覆核中",
        FindingStatus::Final => "定稿",
        FindingStatus::Sent => "已送受查",
        FindingStatus::Replied => "已回覆",
        FindingStatus::FollowedUp => "追蹤中",
        FindingStatus::Closed => "結案",
        FindingStatus::Withdrawn => "撤銷",
    }
}

/// Whether the firm agrees.
pub fn agreement(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agree => "同意",
        Agreement::Partly => "部分同意",
        Agreement::Disagree => "不同意",
    }
}

/// 追蹤結果, as mark and word.
pub fn follow_up(result: FollowUpResult) -> Cell {
    match result {
        FollowUpResult::Remedied => mark("✓ 已改善", Tone::Ok),
        FollowUpResult::PartlyRemedied => mark("◐ 部分改善", Tone::Warn),
        FollowUpResult::NotRemedied => mark("● 未改善", Tone::Fail),
        FollowUpResult::RiskAccepted => Cell::text("– 風險承受"),
    }
}

/// 機密等級.
pub fn confidentiality(level: Confidentiality) -> &'static str {
    match level {
        Confidentiality::General => "一般",
        Confidentiality::Restricted => "限閱",
        Confidentiality::Confidential => "密",
    }
}

/// What happened to a piece of evidence.
pub fn custody(event: CustodyEvent) -> &'static str {
    match event {
        CustodyEvent::TakenIn => "收存",
        CustodyEvent::HandedOver => "移交",
        CustodyEvent::CopiedOut => "複製匯出",
        CustodyEvent::Viewed => "檢視",
        CustodyEvent::Returned => "歸還原件",
        CustodyEvent::Destroyed => "銷毀原件",
        CustodyEvent::Noted => "註記",
    }
}

/// Whether the population is whole.
pub fn completeness(completeness: Completeness) -> &'static str {
    match completeness {
        Completeness::Complete => "與受查單位所述筆數相符",
        Completeness::Incomplete => "與受查單位所述筆數不符，母體不完整",
        Completeness::NotStated => "受查單位未提供母體筆數，完整性未經確認",
    }
}

/// What is wrong with a cell or row.
pub fn issue(code: IssueCode) -> &'static str {
    match code {
        IssueCode::BadDate => "日期無法辨識",
        IssueCode::BadNumber => "數值無法辨識",
        IssueCode::BadBool => "是否值無法辨識",
        IssueCode::BadChoice => "不在選項之內",
        IssueCode::RequiredEmpty => "必要欄位空白",
        IssueCode::BadEncoding => "文字編碼無法辨識",
        IssueCode::FormulaError => "公式錯誤值",
        IssueCode::AmbiguousDate => "日期曆別無法確定",
        IssueCode::Footer => "合計、備註或簽章列，未讀入",
        IssueCode::TooLong => "內容過長，已截斷",
        IssueCode::AnotherTable => "另一表格，未併入",
    }
}

/// Which list an asset row comes from.
pub fn origin(origin: ListOrigin) -> &'static str {
    match origin {
        ListOrigin::Filed => "申報清單",
        ListOrigin::Ledger => "財產帳／資產清冊",
        ListOrigin::Onsite => "實地盤點",
        ListOrigin::Discovered => "掃描發現",
    }
}

/// A parameter's value.
pub fn param(value: &ParamValue) -> String {
    match value {
        ParamValue::Int(n) => n.to_string(),
        ParamValue::Num(x) => x.to_string(),
        ParamValue::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
        ParamValue::Text(text) => text.clone(),
        ParamValue::List(list) => list.join("、"),
    }
}

/// `115.11.21 14:03`.
pub fn moment(at: Moment) -> String {
    format!("{} {:02}:{:02}", RocDate(at.date()).dotted(), at.hour(), at.minute())
}

/// `民國109年1月1日至民國109年12月31日`.
pub fn period(period: Period) -> String {
    format!("{}至{}", RocDate(period.from), RocDate(period.to))
}

fn mark(text: &str, tone: Tone) -> Cell {
    Cell::Mark(text.to_owned(), tone)
}
