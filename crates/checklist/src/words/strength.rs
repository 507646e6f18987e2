//! The words for strengths: in the files, and zh-TW.

use fieldbook_model::Strength;
use unicode_normalization::UnicodeNormalization;

/// Strengths with their key in the files and their word.
pub(super) const STRENGTHS: [(Strength, &str, &str); 9] = [
    (Strength::Must, "must", "應"),
    (Strength::Should, "should", "宜"),
    (Strength::May, "may", "得"),
    (Strength::MustNot, "must_not", "不得"),
    (Strength::Question, "question", "是否"),
    (Strength::Declarative, "declarative", "應（敘述）"),
    (Strength::InheritedMust, "inherited_must", "應（承前）"),
    (Strength::Procedure, "procedure", "程序"),
    (Strength::Definition, "definition", "定義"),
];

/// 性質.
pub(crate) fn strength_word(strength: Strength) -> &'static str {
    STRENGTHS.iter().find(|(s, ..)| *s == strength).map_or("", |(_, _, word)| word)
}

/// The key of a strength in the files.
pub(crate) fn strength_key(strength: Strength) -> &'static str {
    STRENGTHS.iter().find(|(s, ..)| *s == strength).map_or("", |(_, key, _)| key)
}

/// The strength of a word, in whatever width its brackets are.
pub(crate) fn strength_of(word: &str) -> Option<Strength> {
    let folded = |text: &str| text.nfkc().filter(|c| !c.is_whitespace()).collect::<String>();
    let word = folded(word);
    STRENGTHS.iter().find(|(_, _, known)| folded(known) == word).map(|(strength, ..)| *strength)
}
