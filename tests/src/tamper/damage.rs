//! What is done to a file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const SECTOR: usize = 512;
const PAGE: usize = 4096;

/// A stream of numbers that depends on its seed only (SplitMix64).
#[derive(Debug, Clone)]
pub struct Chance(pub u64);

impl Chance {
    /// The next number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % end.max(1) as u64).unwrap_or(0)
    }
}

/// Kinds of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// One byte gets another value.
    Byte,
    /// One bit is turned.
    Bit,
    /// A sector reads as zeros.
    Sector,
    /// The file ends early.
    Cut,
    /// Something stands behind the end.
    Longer,
    /// Two pages stand in each other's place.
    Swap,
    /// A file of the same kind from elsewhere stands there.
    Other,
    /// The file as it was earlier stands there.
    Older,
    /// The file is gone.
    Gone,
}

/// How often each kind comes, of a hundred.
const SHARES: [(Kind, usize); 9] = [
    (Kind::Byte, 45),
    (Kind::Bit, 20),
    (Kind::Sector, 8),
    (Kind::Cut, 7),
    (Kind::Longer, 3),
    (Kind::Swap, 7),
    (Kind::Other, 4),
    (Kind::Older, 4),
    (Kind::Gone, 2),
];

/// One damage.
#[derive(Debug, Clone)]
pub struct Damage {
    /// What is done.
    pub kind: Kind,
    /// To which file, below the folder.
    pub file: String,
    /// Where, for those that have a place.
    pub at: usize,
}

impl Damage {
    /// Draws a kind.
    pub fn kind(chance: &mut Chance) -> Kind {
        let mut left = chance.below(100);
        for (kind, share) in SHARES {
            if left < share {
                return kind;
            }
            left -= share;
        }
        Kind::Byte
    }

    /// Does it to the file below `folder`; `elsewhere` is the file that takes its place. `None` when it changes nothing, as
    /// when zeros are zeroed.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn inflict(
        kind: Kind,
        folder: &Path,
        file: &str,
        elsewhere: Option<PathBuf>,
        chance: &mut Chance,
    ) -> io::Result<Option<Self>> {
        let path = folder.join(file);
        let before = fs::read(&path)?;
        let mut bytes = before.clone();
        let at = chance.below(bytes.len());
        match kind {
            Kind::Byte => bytes.iter_mut().skip(at).take(1).for_each(|b| *b ^= one_to_255(chance)),
            Kind::Bit => bytes.iter_mut().skip(at).take(1).for_each(|b| *b ^= 1 << chance.below(8)),
            Kind::Sector => bytes.iter_mut().skip(at / SECTOR * SECTOR).take(SECTOR).for_each(|b| *b = 0),
            Kind::Cut => bytes.truncate(at),
            Kind::Longer => bytes.extend((0..=chance.below(PAGE + 1)).map(|n| (n % 251) as u8)),
            Kind::Swap => {
                let (pages, _) = bytes.as_chunks_mut::<PAGE>();
                let (a, b) = (chance.below(pages.len()), chance.below(pages.len()));
                if !pages.is_empty() {
                    pages.swap(a, b);
                }
            }
            Kind::Other | Kind::Older => match elsewhere {
                Some(from) if from.is_file() => bytes = fs::read(from)?,
                _ => return Ok(None),
            },
            Kind::Gone => {
                fs::remove_file(&path)?;
                return Ok(Some(Self { kind, file: file.to_owned(), at: 0 }));
            }
        }
        if bytes == before {
            return Ok(None);
        }
        fs::write(&path, bytes)?;
        Ok(Some(Self { kind, file: file.to_owned(), at }))
    }
}

fn one_to_255(chance: &mut Chance) -> u8 {
    u8::try_from(chance.below(255) + 1).unwrap_or(1)
}
