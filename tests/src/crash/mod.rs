//! Programs that die, and disks that lose what was not made durable: a child works on a vault act by act and tells of
//! each; somebody stops it; what is there afterwards is compared with an undisturbed vault that did the same acts.
//!
//! Acts, clock and randomness follow from a seed, so the two vaults say the same, row by row, after the same number of
//! acts. What was told of must be there; of the act under way, all of it in a database or none; nothing else.

pub mod acts;
pub mod kill;
pub mod picture;
pub mod places;
pub mod power;
pub mod reference;
pub mod trace;
pub mod victim;
pub mod world;

/// A small generator of numbers (SplitMix64): the same everywhere for the same seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Numbers that follow from a seed and a place in it.
    #[must_use]
    pub fn new(seed: u64, place: u64) -> Self {
        let mut dice = Self(seed ^ place.wrapping_mul(0xD6E8_FEB8_6659_FD93));
        dice.roll();
        dice
    }

    /// The next number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: u64) -> u64 {
        self.roll() % n
    }
}
