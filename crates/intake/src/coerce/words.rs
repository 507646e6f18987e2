//! Words that stand for yes, no and the choices of a column.

use fieldbook_model::text::norm_key;
use fieldbook_model::{Choice, Column};
use std::collections::HashMap;

/// A word that answers yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    /// 是, V, TRUE: it answers the header, so a header of the opposite meaning turns it round.
    Mark(bool),
    /// 啟用, Disabled: it names the state itself, whatever the header.
    State(bool),
}

impl Answer {
    /// Whether it means yes under a header that may be of the opposite meaning.
    pub(crate) fn under(self, inverted: bool) -> bool {
        match self {
            Self::Mark(yes) => yes != inverted,
            Self::State(on) => on,
        }
    }
}

/// The answer that a folded word gives.
pub(crate) fn answer(folded: &str) -> Option<Answer> {
    Some(match folded {
        "是" | "y" | "yes" | "true" | "t" | "1" | "v" | "✓" | "✔" | "☑" | "○" | "〇" | "◯" | "o" | "有"
        | "已" | "■" => Answer::Mark(true),
        "否" | "n" | "no" | "false" | "f" | "0" | "x" | "×" | "╳" | "✗" | "✘" | "無" | "未" | "□" | "☐"
        | "沒有" | "不是" => Answer::Mark(false),
        "啟用" | "啟用中" | "使用中" | "有效" | "正常" | "active" | "enabled" | "enable" | "on" | "開啟" => {
            Answer::State(true)
        }
        "停用" | "停用中" | "鎖定" | "註銷" | "刪除" | "失效" | "離職" | "disabled" | "disable"
        | "locked" | "inactive" | "off" | "關閉" => Answer::State(false),
        _ => return None,
    })
}

/// The choices of an enumerated column by their folded words.
pub(crate) struct Choices<'d> {
    by_word: HashMap<String, &'d str>,
    /// Choices that mean yes and no, for cells that answer the header.
    yes: Option<&'d str>,
    no: Option<&'d str>,
    inverted: bool,
    scores: Scores,
}

/// Whether numbers are CVSS scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scores {
    /// The column has no grades of risk.
    None,
    /// Those that cannot be a grade: with a fraction, or above the highest.
    Some,
    /// All: the header says so.
    All,
}

/// Grades of risk with the lowest CVSS score of each.
const GRADES: [(&str, f64); 4] = [("critical", 9.0), ("high", 7.0), ("medium", 4.0), ("low", 0.1)];
/// The highest whole number that scanners use as a grade.
const HIGHEST_GRADE: f64 = 5.0;

impl<'d> Choices<'d> {
    pub(crate) fn new(column: &'d Column, inverted: bool, header: &str) -> Self {
        let mut by_word = HashMap::new();
        for choice in &column.choices {
            for word in words(choice) {
                by_word.entry(norm_key(word)).or_insert(choice.key.as_str());
            }
        }
        let meaning = |on: bool| {
            let state = |c: &&Choice| words(c).any(|w| answer(&norm_key(w)) == Some(Answer::State(on)));
            column.choices.iter().find(state).map(|c| c.key.as_str())
        };
        let graded = GRADES.iter().all(|(key, _)| column.choices.iter().any(|c| c.key == *key));
        let scores = match header.to_lowercase().contains("cvss") {
            _ if !graded => Scores::None,
            true => Scores::All,
            false => Scores::Some,
        };
        Self { by_word, yes: meaning(true), no: meaning(false), inverted, scores }
    }

    /// The key of the choice that a text stands for.
    pub(crate) fn find(&self, text: &str) -> Option<&'d str> {
        let folded = norm_key(text);
        if let Some(grade) = self.grade(&folded) {
            return Some(grade);
        }
        let answer = answer(&folded);
        if let Some(Answer::Mark(_)) = answer
            && let (Some(yes), Some(no)) = (self.yes, self.no)
        {
            return answer.map(|a| if a.under(self.inverted) { yes } else { no });
        }
        if let Some(key) = self.by_word.get(folded.as_str()) {
            return Some(key);
        }
        answer.and_then(|a| if a.under(self.inverted) { self.yes } else { self.no })
    }

    /// The grade of a CVSS score.
    fn grade(&self, folded: &str) -> Option<&'d str> {
        if self.scores == Scores::None || !folded.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let score: f64 = folded.parse().ok().filter(|s| (0.0..=10.0).contains(s))?;
        if self.scores == Scores::Some && !folded.contains('.') && score <= HIGHEST_GRADE {
            return None;
        }
        let key = GRADES.iter().find(|(_, from)| score >= *from).map_or("info", |(key, _)| key);
        self.by_word.get(key).copied()
    }

    /// A column without choices keeps the text.
    pub(crate) fn is_free(&self) -> bool {
        self.by_word.is_empty()
    }
}

fn words(choice: &Choice) -> impl Iterator<Item = &str> {
    [choice.key.as_str(), choice.zh.as_str()].into_iter().chain(choice.synonyms.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldbook_model::ColumnType;

    fn status() -> Column {
        let choice = |key: &str, zh: &str, synonyms: &[&str]| Choice {
            key: key.into(),
            zh: zh.into(),
            synonyms: synonyms.iter().map(|s| (*s).to_owned()).collect(),
        };
        Column {
            key: "status".into(),
            zh: "狀態".into(),
            ty: ColumnType::Enum,
            required: true,
            synonyms: Vec::new(),
            weak: Vec::new(),
            inverted: Vec::new(),
            hours: None,
            personal: false,
            choices: vec![
                choice("enabled", "啟用", &["使用中", "TRUE"]),
                choice("disabled", "停用", &["離職", "FALSE"]),
                choice("locked", "鎖定", &["Locked"]),
            ],
        }
    }

    #[test]
    fn a_header_of_the_opposite_meaning_turns_marks_round_but_not_states() {
        let column = status();
        let (plain, inverted) = (Choices::new(&column, false, ""), Choices::new(&column, true, ""));
        assert_eq!((plain.find("是"), inverted.find("是")), (Some("enabled"), Some("disabled")));
        assert_eq!((plain.find("TRUE"), inverted.find("TRUE")), (Some("enabled"), Some("disabled")));
        assert_eq!((plain.find("停用"), inverted.find("停用")), (Some("disabled"), Some("disabled")));
        assert_eq!(plain.find("Ｌｏｃｋｅｄ "), Some("locked"));
        assert_eq!(plain.find("待查"), None);
    }

    #[test]
    fn a_score_is_a_grade_where_it_cannot_be_one_itself() {
        let mut column = status();
        let grades = [("critical", "4"), ("high", "3"), ("medium", "2"), ("low", "1"), ("info", "0")];
        let choice = |(key, number): (&str, &str)| Choice {
            key: key.into(),
            zh: key.into(),
            synonyms: vec![number.to_owned()],
        };
        column.choices = grades.map(choice).to_vec();
        let (severity, cvss) =
            (Choices::new(&column, false, "Severity"), Choices::new(&column, false, "CVSS v3.0 Base Score"));
        for (text, under_severity, under_cvss) in [
            ("9.8", Some("critical"), Some("critical")),
            ("7.0", Some("high"), Some("high")),
            ("6.9", Some("medium"), Some("medium")),
            ("0.1", Some("low"), Some("low")),
            ("4", Some("critical"), Some("medium")),
            ("3", Some("high"), Some("low")),
            ("0", Some("info"), Some("info")),
            ("0.0", Some("info"), Some("info")),
            ("8", Some("high"), Some("high")),
            ("10", Some("critical"), Some("critical")),
            ("11", None, None),
            ("High", Some("high"), Some("high")),
        ] {
            assert_eq!((severity.find(text), cvss.find(text)), (under_severity, under_cvss), "{text}");
        }
    }
}
