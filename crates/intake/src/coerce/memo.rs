//! What the last words of a column meant: a column of few words says the same ones a million times.

/// Words that are remembered at a time.
const PLACES: usize = 32;
/// Longer texts are hardly said twice.
const LONGEST: usize = 64;

/// The last words with their meanings; a word takes the place of another one that falls on the same place.
pub(crate) struct Memo<T> {
    places: [Option<(String, T)>; PLACES],
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self { places: [const { None }; PLACES] }
    }
}

impl<T: Copy> Memo<T> {
    /// The meaning of a word, found by `find` where it is not remembered.
    pub(crate) fn get(&mut self, word: &str, find: impl FnOnce(&str) -> T) -> T {
        if word.len() > LONGEST {
            return find(word);
        }
        let sum =
            word.bytes().fold(word.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        let Some(place) = self.places.get_mut(sum % PLACES) else { return find(word) };
        match place {
            Some((known, meaning)) if known == word => *meaning,
            _ => {
                let meaning = find(word);
                *place = Some((word.to_owned(), meaning));
                meaning
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_looked_up_once_and_never_mistaken_for_another() {
        let mut memo = Memo::default();
        let mut asked = 0;
        for turn in 0..200 {
            for word in ["買", "賣", ""] {
                let len = memo.get(word, |w| {
                    asked += 1;
                    w.len()
                });
                assert_eq!(len, word.len(), "turn {turn}");
            }
        }
        assert!(asked <= 6, "asked {asked} times");
        for n in 0..1000 {
            let word = n.to_string();
            assert_eq!(memo.get(&word, |w| w.parse().unwrap_or(0)), n);
        }
    }
}
