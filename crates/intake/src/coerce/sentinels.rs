//! The words that stand for no value, as a list for the documentation.

use super::text::{NEVER, NEVER_LATIN, NOTHING, NOTHING_LATIN, NULL_DATES, NULL_NUMBERS};

/// Texts that are read as no value. Missing and never are two different things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentinels {
    /// Nothing was written, in any column.
    pub missing: Vec<&'static str>,
    /// It never happened or never ends, in a column of dates; of `0` in a column of whole numbers the number is kept.
    pub never: Vec<&'static str>,
}

/// Every text that is read as no value; letters in whatever case.
#[must_use]
pub fn sentinels() -> Sentinels {
    Sentinels {
        missing: [NOTHING.as_slice(), &NOTHING_LATIN].concat(),
        never: [NEVER.as_slice(), &NEVER_LATIN, &NULL_NUMBERS, &NULL_DATES].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{means_never, means_nothing};
    use super::sentinels;

    #[test]
    fn every_word_of_the_list_is_read_as_it_says() {
        let all = sentinels();
        assert!(all.missing.iter().all(|text| means_nothing(text) && !means_never(text)));
        assert!(all.never.iter().all(|text| means_never(text) && !means_nothing(text)));
    }
}
