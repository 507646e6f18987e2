//! Numbers of records, given without asking other laptops and never twice: each copy of an exam gives numbers out of a
//! block of its own. The first copy's are read as `7`, those of another as `B7`.

/// Numbers of one block. Times the most blocks that are given, it stays below 2^53, which a script's numbers hold.
const BLOCK_BITS: u32 = 32;
/// Most blocks, the first copy's among them.
pub const MOST_BLOCKS: i64 = 1 << 20;

/// First number of a block, less one.
#[must_use]
pub const fn block_start(block: i64) -> i64 {
    block << BLOCK_BITS
}

/// The block that a number is of, and its place there from 1.
#[must_use]
pub const fn block_of(id: i64) -> (i64, i64) {
    (id >> BLOCK_BITS, id & ((1 << BLOCK_BITS) - 1))
}

/// The letters of a block: none for the first, then `B` … `Z`, `BA` ….
#[must_use]
pub fn block_letters(block: i64) -> String {
    let mut letters = Vec::new();
    let mut left = block.max(0);
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// A number as it is read: `7`, `B7`; `width` digits at least.
#[must_use]
pub fn number_text(id: i64, width: usize) -> String {
    let (block, place) = block_of(id);
    format!("{}{place:0width$}", block_letters(block))
}

/// Reads [`number_text`], letters in any case; `None` for anything else.
#[must_use]
pub fn read_number(text: &str) -> Option<i64> {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = text.strip_suffix(digits)?;
    if digits.is_empty() || digits.len() > 10 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut block = 0_i64;
    for letter in letters.bytes() {
        block = block * 26 + i64::from(letter.to_ascii_uppercase() - b'A');
        if block >= MOST_BLOCKS {
            return None;
        }
    }
    let place: i64 = digits.parse().ok()?;
    let id = block_start(block) + place;
    // What is not written as it would be is nobody's number: `A7` would be `7`.
    (place > 0 && block_of(id) == (block, place) && block_letters(block).len() == letters.len()).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_tells_whose_it_is() {
        let told =
            [7, block_start(1) + 7, block_start(25) + 1, block_start(26) + 12].map(|id| number_text(id, 2));
        assert_eq!(told, ["07", "B07", "Z01", "BA12"]);
        assert_eq!(read_number("b7"), Some(block_start(1) + 7));
        for none in ["", "A7", "B", "0", "B0", "7B", "-1", "B99999999999", "ZZZZZZ1", "七"] {
            assert_eq!(read_number(none), None, "{none}");
        }
    }

    proptest! {
        #[test]
        fn every_number_reads_back(block in 0..MOST_BLOCKS, place in 1..(1_i64 << 32), width in 0_usize..5) {
            let id = block_start(block) + place;
            prop_assert_eq!(read_number(&number_text(id, width)), Some(id));
            prop_assert!(id < 1 << 53);
        }
    }
}
