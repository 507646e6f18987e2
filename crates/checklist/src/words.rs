//! Defects in the words of those who write checklists, zh-TW: what happened and what to do.

mod files;
mod query;
mod strength;

pub(crate) use strength::{strength_key, strength_of, strength_word};

use crate::error::{ChecklistError, LoadError};
use crate::predicate::PredicateError;
use crate::round_trip::{RowDefect, RowFault};
use crate::verbatim::Misquote;
use strength::STRENGTHS;

impl LoadError {
    /// What happened, with file and line, and what to do about it; zh-TW.
    #[must_use]
    pub fn zh(&self) -> (String, String) {
        let place = match self.line {
            Some(line) => format!("{} 第 {line} 行", self.file),
            None => self.file.clone(),
        };
        let (what, hint) = self.what.zh();
        let hint = files::place_hint(self).map_or(hint, str::to_owned);
        (format!("{place}：{what}"), hint)
    }
}

impl RowFault {
    /// What happened, with row and column, and what to do about it; zh-TW.
    #[must_use]
    pub fn zh(&self) -> (String, String) {
        let (what, hint) = match &self.what {
            RowDefect::MissingColumn => {
                ("工作表缺少此欄".to_owned(), "請補回此欄，或重新匯出後再編輯".to_owned())
            }
            RowDefect::DoubleColumn => ("工作表有兩個相同名稱之欄".to_owned(), "請只留一欄".to_owned()),
            RowDefect::UnknownId(id) => (
                format!("「{id}」不是既有條文之代號"),
                "代號不得更改或新增；請還原代號，新條文請以檢查表檔案增列".to_owned(),
            ),
            RowDefect::DuplicateId(id) => {
                (format!("代號「{id}」重複"), "每一條文只能有一列，請刪除重複者".to_owned())
            }
            RowDefect::MissingId(id) => {
                (format!("缺少條文「{id}」之列"), "請補回該列；刪除條文請以檢查表檔案辦理".to_owned())
            }
            RowDefect::ReadOnly => ("此欄僅供對照，內容不得更改".to_owned(), "請還原此儲存格".to_owned()),
            RowDefect::Empty => ("此儲存格不得空白".to_owned(), "請填入內容，或還原此儲存格".to_owned()),
            RowDefect::NotAnswered => {
                ("標題或不作答之條文不能有性質或條件".to_owned(), "請清空此儲存格".to_owned())
            }
            RowDefect::BadStrength(word) => {
                let words: Vec<&str> = STRENGTHS.iter().map(|(_, _, word)| *word).collect();
                (format!("「{word}」不是性質用語"), format!("請用下列之一：{}", words.join("、")))
            }
            RowDefect::Condition(what) => what.zh(),
        };
        (format!("第 {} 列「{}」：{what}", self.row, self.column), hint)
    }
}

impl ChecklistError {
    /// What happened, without the place, and what to do about it; zh-TW.
    #[must_use]
    pub fn zh(&self) -> (String, String) {
        let (what, hint): (String, &str) = match self {
            Self::Syntax(detail) => (
                format!("檔案格式無法讀取：{}", files::syntax(detail)),
                "請檢查該行之欄位名稱、引號與括號是否正確",
            ),
            Self::MissingFile => ("檔案不存在".to_owned(), "請補上此檔案，或更正檔名"),
            Self::UnexpectedFile => {
                ("檔案不屬於任何文件、資料集或程序".to_owned(), "請移到正確的資料夾、更正檔名或刪除")
            }
            Self::PathTaken => (
                "內建檢查表已有相同路徑之檔案".to_owned(),
                "請另取檔名；自訂之程序、資料集與文件應有自己的代號",
            ),
            Self::BadId(text, what) => {
                (format!("「{text}」不是正確的{}", thing(what)), "請依檢查表說明所定之格式更正")
            }
            Self::Misplaced(text) => (
                format!("「{text}」不屬於這個檔案"),
                "代號須與文件代碼或檔名一致，請更正代號或移到正確的檔案",
            ),
            Self::Duplicate(text) => (format!("「{text}」重複定義"), "每個代號只能定義一次，請更正其中之一"),
            Self::BadPredicate(error) => (format!("條件式無法解讀：{}", predicate(error)), PREDICATE_HINT),
            Self::UnknownFact(code) => (
                format!("條件引用了不存在的事實「{code}」"),
                "請改用 facts.toml 已有之事實，或先在 facts.toml 增列",
            ),
            Self::WrongLevel(code) => (
                format!("「{code}」用錯層級（公司事實與系統事實不可互換）"),
                "公司條件請用公司事實，系統條件（per_system）請用系統事實",
            ),
            Self::UnknownChoice(code, value) => {
                (format!("「{code}」沒有「{value}」這個選項"), "請改用 facts.toml 所列之選項")
            }
            Self::CircularRule(code) => {
                (format!("「{code}」的推導規則繞回自己"), "請改寫規則，使其只依賴其他事實")
            }
            Self::UnknownClause(id) => (format!("條文「{id}」不存在"), "請更正條文代號"),
            Self::UnknownDataset(key) => {
                (format!("資料集「{key}」不存在"), "請更正資料集代號，或先增列資料集")
            }
            Self::UnknownColumn(key, column) => {
                (format!("資料集「{key}」沒有欄位「{column}」"), "請更正欄位代號")
            }
            Self::UnknownFragment(name) => (format!("查詢片段「{name}」不存在"), "請更正名稱，或補上此片段"),
            Self::LaterFragment(name) => {
                (format!("查詢片段「{name}」在定義之前就被引用"), "請把被引用的片段移到前面")
            }
            Self::UnusedFragment(name) => {
                (format!("查詢片段「{name}」沒有被使用"), "請刪除，或在 uses 中引用")
            }
            Self::HidesDataset(name) => (format!("查詢片段「{name}」與資料集同名"), "請為片段另取名稱"),
            Self::Query(of, fault) => query::fault(of, fault),
            Self::NeverYielded(key) => {
                (format!("欄位「{key}」沒有任何規則產生"), "請於規則之 SELECT 產生此欄，或刪除此 [[column]]")
            }
            Self::ReservedParameter(key) => {
                (format!("參數「{key}」與程式提供之參數同名"), "請為參數另取代號")
            }
            Self::UnknownHeader(text) => (
                format!("「{text}」不在此欄的標題之中"),
                "weak 與 inverted 只能列出 zh 或 synonyms 已有之標題",
            ),
            Self::NotAnswered(id) => {
                (format!("條文「{id}」是標題或定義，不作答"), "請改列為 background，或改引用會作答之條文")
            }
            Self::IsAnswered(id) => (format!("條文「{id}」會作答，不是背景條文"), "請改列於 clauses"),
            Self::NotOfTopic(id, topic) => {
                (format!("條文「{id}」不在主題「{topic}」之中"), "請先把條文列入該主題的 clauses")
            }
            Self::PairWithItself(id) => (format!("條文「{id}」與自己配對"), "請更正其中一個代號"),
            Self::WrongRelation(a, b) => {
                (format!("條文「{a}」與「{b}」之文字不符合所述關係"), "請核對兩條文字，更正 relation")
            }
            Self::WordsNotInClause(words, id) => {
                (format!("「{words}」不在條文「{id}」或其上層標題之中"), "words 須為條文原文，請逐字更正")
            }
            Self::UnknownTopic(code) => (format!("主題「{code}」不存在"), "請更正主題代號，或先增列主題"),
            Self::UnknownProcedure(id) => (format!("程序「{id}」不存在"), "請更正程序代號，或先增列程序"),
            Self::OutOfRange(name) => (
                format!("參數「{name}」之值與範圍（range）不合"),
                "range 為 [下限, 上限]，預設值須在其中；非數字之參數不得有範圍",
            ),
            Self::Lacks(name, what) => (format!("「{name}」缺少{}", thing(what)), "請補上"),
            Self::MustNotHave(name, what) => (format!("「{name}」不得有{}", thing(what)), "請刪除或改寫該處"),
            Self::NotNfc(name) => {
                (format!("「{name}」的文字含相容字元（非 NFC）"), "請將文字正規化為 NFC 後再存檔")
            }
            Self::NotInClause(name) => (
                format!("分項「{name}」的文字不是條文原文，或次序不同"),
                "請逐字摘錄條文，中間略去處以「…」表示",
            ),
            Self::Misquoted(id, misquote) => misquoted(id, misquote),
            Self::SourceChanged(hash) => (
                format!("原文檔與登記的不同（其 SHA-256 為 {hash}）"),
                "請還原原文檔；如為新版文字，請核對各條文後更新 source_sha256",
            ),
            Self::NoSuchLine(name) => (format!("「{name}」所指的行數超出原文"), "請更正 line 為原文中的行號"),
            Self::NotLocked(id) => (format!("「{id}」不在 ids.lock 之中"), "請在 ids.lock 補上此代號之行"),
            Self::LockChanged(id) => (
                format!("「{id}」的內容與 ids.lock 所記不同"),
                "代號不得改作他用：請還原文字；如為新版文字，請以 checklist lock 更新 ids.lock",
            ),
            Self::LockedButGone(id) => (
                format!("ids.lock 有「{id}」，但沒有任何檔案定義它"),
                "停用之代號請在該行末尾標示 retired，或以 checklist lock 標示",
            ),
            Self::RetiredReused(id) => (format!("「{id}」是已停用之代號，不得再使用"), "請改用新的代號"),
            Self::BadValue(code) => (format!("「{code}」不接受這個值"), "請改用 facts.toml 所列之值"),
            Self::SystemWithoutName => ("有一個系統沒有名稱".to_owned(), "請填入系統名稱"),
            Self::DuplicateSystem => ("有兩個系統名稱相同".to_owned(), "請更正系統名稱"),
        };
        (what, hint.to_owned())
    }
}

const PREDICATE_HINT: &str =
    "條件式例：is_fcm & (inet | website) & !swift、foreign = \"branch\"、grade in [\"1\", \"2\"]";

fn predicate(error: &PredicateError) -> String {
    match error {
        PredicateError::Expected { expected, at } => format!("第 {at} 個字元處應為{}", thing(expected)),
        PredicateError::Unterminated { at } => format!("第 {at} 個字元起的引號沒有結束"),
        PredicateError::TooDeep => "括號或否定的層數太多".to_owned(),
    }
}

fn misquoted(id: &str, misquote: &Misquote) -> (String, &'static str) {
    let difference = match misquote {
        Misquote::Elsewhere(line) => {
            return (
                format!("「{id}」的條文不在 line 所指之處，而見於原文第 {line} 行"),
                "請逐字核對 line 所指之原文後更正條文；條文無誤者更正 line",
            );
        }
        Misquote::Differs(difference) => difference,
    };
    let written = format!("「{id}」的條文與原文不同：第 {} 個字元「{}」", difference.at, difference.written);
    let what = match difference.source {
        Some(source) => format!("{written}，原文為「{source}」"),
        None => format!("{written}起，原文無此文字"),
    };
    (what, "請逐字核對原文檔（source.txt）後更正條文")
}

/// What the loader says in English for developers, and its zh-TW.
const THINGS: [(&str, &str); 44] = [
    ("topic code", "主題代號"),
    ("sheet key", "表單代號"),
    ("start of a query", "查詢開頭（須為 SELECT 或 WITH）"),
    ("clause id", "條文代號"),
    ("procedure id", "程序代號"),
    ("parameter key", "參數代號"),
    ("unit id", "分項代號"),
    ("column key", "欄位代號"),
    ("fragment name", "片段名稱"),
    ("document code", "文件代碼"),
    ("SHA-256", "SHA-256 雜湊值"),
    ("pattern code", "態樣代號"),
    ("last day: it is before the first", "終止日（早於起始日）"),
    ("dataset key", "資料集代號"),
    ("period", "週期"),
    ("line of the lock file", "ids.lock 之行（代碼 雜湊值，停用者加 retired）"),
    ("fact code", "事實代號"),
    ("date (YYYY-MM-DD)", "日期（YYYY-MM-DD）"),
    ("`:as_of` in a query", "查詢中的 :as_of"),
    ("`;` in a query", "查詢中的分號"),
    ("a difference", "差異說明（difference）"),
    ("clauses", "條文（clauses）"),
    ("a rule", "推導規則（rule）"),
    ("what a row is", "一列是什麼（row）"),
    ("a table's heading, columns or rows", "表格之標題、欄位或列數"),
    ("a width", "欄寬（width）"),
    ("a text", "文字（text）"),
    ("`examinable` as a branch", "examinable（標題不作答）"),
    ("a strength", "性質（strength）"),
    ("`applies`", "適用條件（applies）"),
    ("a second unit", "第二個分項"),
    ("units", "分項"),
    ("its subject among the needs", "needs 中的對象資料集"),
    ("a version", "版本簡稱（version）"),
    ("criteria", "現行規範（criteria）"),
    ("choices", "選項（choices）"),
    ("hours that are none", "不成時段的 hours（08:00-14:00，僅用於 datetime）"),
    ("a column", "對應欄位（column）"),
    ("a fact, `!`, `&`, `|` or a parenthesis", "事實、!、&、| 或括號"),
    ("`)`", "右括號"),
    ("a fact", "事實代號"),
    ("`,` or `]`", "逗號或 ]"),
    ("a quoted value", "引號內的值"),
    ("`&`, `|` or the end", "&、| 或結尾"),
];

fn thing(what: &'static str) -> &'static str {
    THINGS.iter().find(|(known, _)| *known == what).map_or(what, |(_, zh)| zh)
}

#[cfg(test)]
mod tests {
    use super::THINGS;

    /// Texts that a source hands to a defect as what it is about.
    fn named(source: &str) -> impl Iterator<Item = &str> {
        let starts = ["BadId(", "Lacks(", "MustNotHave(", "expected(", "expected: ", "read_key("];
        let calls = starts.into_iter().flat_map(|start| source.split(start).skip(1));
        calls.filter_map(|rest| {
            let call = rest.split([';', '}']).next()?;
            let mut parts = call.split('"');
            let (_, first, after) = (parts.next()?, parts.next()?, parts.next()?);
            if after.starts_with(".to_owned()") { parts.next() } else { Some(first) }
        })
    }

    #[test]
    fn whatever_a_defect_is_about_has_a_zh_word() {
        let sources = [
            include_str!("aid.rs"),
            include_str!("clause.rs"),
            include_str!("crosswalk.rs"),
            include_str!("dataset.rs"),
            include_str!("document.rs"),
            include_str!("facts.rs"),
            include_str!("fragment.rs"),
            include_str!("lock.rs"),
            include_str!("period.rs"),
            include_str!("predicate.rs"),
            include_str!("procedure.rs"),
        ];
        let named: Vec<&str> = sources.into_iter().flat_map(named).collect();
        assert!(named.len() > 30, "{named:?}");
        for what in named {
            assert!(THINGS.iter().any(|(known, _)| *known == what), "{what} has no word");
        }
        for (what, _) in THINGS {
            assert!(sources.iter().any(|source| source.contains(what)), "nothing says {what}");
        }
    }
}
