//! How strong a passphrase is.
//!
//! zxcvbn (Wheeler, USENIX Security 2016) estimates how many guesses a passphrase takes. It knows no Chinese and gives each Han
//! character ten possibilities, that is 3.3 bits. That is right for idioms, of which there are some thousands of four
//! characters; a sentence of one's own has about five bits a character. Each different Han character outside of the words in
//! [`COMMON`] therefore counts half a power of ten more. A passphrase is taken
//!
//! - with 12 characters, or with 8 where at least 8 are Han, and
//! - from 10⁶ guesses on (score 2): at a second a guess, which the work factor makes of it, that is eleven days on one
//!   machine; the window asks for more, but does not insist.

use crate::error::AppError;
use crate::wire::{StrengthAdvice, StrengthRequest, StrengthView, StrengthWarning};
use fieldbook_vault::MAX_PASSPHRASE_BYTES;
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::feedback::{Suggestion, Warning};

/// Characters that a passphrase needs at least.
pub const MIN_PASSPHRASE: usize = 12;
/// Characters that it needs at least when so many of them are Han.
pub const MIN_HAN: usize = 8;
/// Score from which on a passphrase is taken.
const TAKEN: u8 = 2;
/// Powers of ten that a Han character has more than zxcvbn gives it.
const HAN_BONUS: f64 = 0.5;

/// What anybody would try first: words of this program, of the trade, and the commonest of Chinese pass phrases.
const COMMON: [&str; 40] = [
    "fieldbook",
    "查核簿",
    "查核",
    "檢查",
    "稽核",
    "保管庫",
    "密碼",
    "通行碼",
    "通關密語",
    "口令",
    "證券",
    "期貨",
    "交易所",
    "臺灣",
    "台灣",
    "中華民國",
    "金管會",
    "資訊安全",
    "資安",
    "我的",
    "正確的",
    "測試",
    "一二三四五六七八九十",
    "甲乙丙丁",
    "子丑寅卯",
    "天地玄黃",
    "我愛你",
    "芝麻開門",
    "床前明月光",
    "疑是地上霜",
    "人之初性本善",
    "恭喜發財",
    "萬事如意",
    "心想事成",
    "平安",
    "快樂",
    "你好",
    "生日",
    "電腦",
    "公司",
];

/// How strong a passphrase is. Nothing of it is kept.
#[must_use]
pub fn strength(request: &StrengthRequest) -> StrengthView {
    let text = Zeroizing::new(request.passphrase.nfc().collect::<String>());
    let characters = text.chars().count();
    let han = text.chars().filter(|c| is_han(*c)).count();
    let of_any = MIN_PASSPHRASE.saturating_sub(characters);
    // Only a text that is mostly Han is told how many of those are missing.
    let of_han = if han * 2 > characters { MIN_HAN.saturating_sub(han) } else { of_any };
    let missing = if han >= MIN_HAN { 0 } else { of_any.min(of_han) };
    let too_long = text.len() > MAX_PASSPHRASE_BYTES;
    let estimate = zxcvbn::zxcvbn(if too_long { "" } else { &text }, &COMMON);
    let score = score(estimate.guesses_log10() + HAN_BONUS * free_han(&text));
    // What zxcvbn says of a passphrase that its Han characters carry does not hold.
    let feedback = estimate.feedback().filter(|_| score <= TAKEN);
    StrengthView {
        score,
        missing: crate::view::small(missing),
        too_long,
        taken: missing == 0 && !too_long && score >= TAKEN,
        warning: feedback.and_then(zxcvbn::feedback::Feedback::warning).map(warning),
        advice: feedback
            .map_or_else(Vec::new, |f| f.suggestions().iter().filter_map(|s| advice(*s)).collect()),
    }
}

/// Refuses what is too weak to keep a vault shut.
///
/// # Errors
/// `weak_passphrase`, `long_passphrase`, `guessable_passphrase`.
pub(crate) fn taken(passphrase: &str) -> Result<(), AppError> {
    let view = strength(&StrengthRequest { passphrase: passphrase.to_owned() });
    if view.too_long {
        return Err(AppError::new("long_passphrase").with("max", MAX_PASSPHRASE_BYTES));
    }
    if view.missing > 0 {
        return Err(AppError::new("weak_passphrase").with("min", MIN_PASSPHRASE));
    }
    if view.taken { Ok(()) } else { Err(AppError::new("guessable_passphrase")) }
}

/// 0 to 4, with the bounds of zxcvbn.
fn score(guesses_log10: f64) -> u8 {
    [3.0, 6.0, 8.0, 10.0].iter().map(|bound| u8::from(guesses_log10 >= *bound)).sum()
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

/// Different Han characters outside of common words.
fn free_han(text: &str) -> f64 {
    let rest = COMMON
        .iter()
        .fold(Zeroizing::new(text.to_owned()), |rest, word| Zeroizing::new(rest.replace(word, "")));
    let different: BTreeSet<char> = rest.chars().filter(|c| is_han(*c)).collect();
    f64::from(crate::view::small(different.len()))
}

fn warning(w: Warning) -> StrengthWarning {
    match w {
        Warning::StraightRowsOfKeysAreEasyToGuess | Warning::ShortKeyboardPatternsAreEasyToGuess => {
            StrengthWarning::Keys
        }
        Warning::RepeatsLikeAaaAreEasyToGuess | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => {
            StrengthWarning::Repeats
        }
        Warning::SequencesLikeAbcAreEasyToGuess => StrengthWarning::Sequence,
        Warning::RecentYearsAreEasyToGuess | Warning::DatesAreOftenEasyToGuess => StrengthWarning::Dates,
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess
        | Warning::CommonNamesAndSurnamesAreEasyToGuess => StrengthWarning::Names,
        Warning::ThisIsATop10Password
        | Warning::ThisIsATop100Password
        | Warning::ThisIsACommonPassword
        | Warning::ThisIsSimilarToACommonlyUsedPassword
        | Warning::AWordByItselfIsEasyToGuess => StrengthWarning::Common,
    }
}

fn advice(s: Suggestion) -> Option<StrengthAdvice> {
    Some(match s {
        Suggestion::UseAFewWordsAvoidCommonPhrases | Suggestion::AddAnotherWordOrTwo => {
            StrengthAdvice::MoreWords
        }
        Suggestion::CapitalizationDoesntHelpVeryMuch
        | Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase
        | Suggestion::ReversedWordsArentMuchHarderToGuess
        | Suggestion::PredictableSubstitutionsDontHelpVeryMuch => StrengthAdvice::NoTricks,
        Suggestion::UseALongerKeyboardPatternWithMoreTurns
        | Suggestion::AvoidRepeatedWordsAndCharacters
        | Suggestion::AvoidSequences => StrengthAdvice::NoPatterns,
        Suggestion::AvoidRecentYears
        | Suggestion::AvoidYearsThatAreAssociatedWithYou
        | Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => StrengthAdvice::NoDates,
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> StrengthView {
        strength(&StrengthRequest { passphrase: text.to_owned() })
    }

    #[test]
    fn what_anybody_would_try_is_refused_however_long_it_is() {
        for text in [
            "",
            "aaaaaaaaaaaaaaaa",
            "123456789012",
            "password1234",
            "fieldbookfieldbook",
            "查核簿查核簿查核簿查核簿",
            "密碼密碼密碼密碼",
            "我的通關密語我的通關密語",
            "qwertyuiopas",
            "一二三四五六七八九十",
            "床前明月光疑是地上霜",
        ] {
            let view = of(text);
            assert!(!view.taken && view.score < 2, "{text}: {view:?}");
        }
    }

    #[test]
    fn a_sentence_of_ones_own_is_taken_in_either_script() {
        for text in [
            "only-invented-data-in-here",
            "a quiet harbour lane",
            "清晨港邊有貓撐傘",
            "清晨五點的港邊小巷有貓",
        ] {
            let view = of(text);
            assert!(view.taken && view.score >= 3, "{text}: {view:?}");
        }
    }

    #[test]
    fn eight_han_characters_are_enough_and_seven_or_eleven_others_are_not() {
        assert_eq!(of("清晨港邊有貓撐").missing, 1);
        assert_eq!(of("清晨港邊有貓撐傘").missing, 0);
        assert_eq!(of("zebra-lampq").missing, 1);
        assert_eq!(of("zebra-lampqx").missing, 0);
        // Half Han is not a Chinese sentence.
        assert_eq!(of("清晨xy港邊zw有").missing, 3);
        assert_eq!(taken("清晨港邊有貓撐").expect_err("short").key(), "weak_passphrase");
        assert_eq!(taken("aaaaaaaaaaaaaaaa").expect_err("guessable").key(), "guessable_passphrase");
        assert_eq!(taken(&"清晨".repeat(200)).expect_err("long").key(), "long_passphrase");
    }

    #[test]
    fn why_it_is_weak_is_said() {
        assert_eq!(of("aaaaaaaaaaaaaaaa").warning, Some(StrengthWarning::Repeats));
        assert_eq!(of("qwertyuiop").warning, Some(StrengthWarning::Common));
        assert_eq!(of("abcdefghijkl").warning, Some(StrengthWarning::Sequence));
        assert!(!of("aaaaaaaaaaaaaaaa").advice.is_empty());
        assert_eq!(of("清晨五點的港邊小巷有貓有雨傘").warning, None);
    }

    #[test]
    fn judging_a_huge_text_costs_nothing() {
        let view = of(&"x".repeat(1 << 20));
        assert!(view.too_long && !view.taken);
    }
}
