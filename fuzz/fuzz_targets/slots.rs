//! What lies in a vault's folder in the clear: its header, its slots and the random part of an exam's key. The first byte
//! says whose place the input takes; whatever it is, the vault opens as it was or is refused, and never in part.

use fieldbook_fuzz::{input, vault};

/// log2 of the work that is let through: more is refused by the program only where it would take gigabytes, and takes
/// seconds below that.
const WORK: u32 = 10;

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let dear = |line: &str| {
        let work = line.trim_end().rsplit(' ').next().and_then(|word| word.parse::<u32>().ok());
        line.starts_with("-> scrypt") && work.is_some_and(|work| work > WORK)
    };
    if String::from_utf8_lossy(rest).split('\n').any(dear) {
        return;
    }
    input(|| vault::opened_with(*kind, rest));
}
