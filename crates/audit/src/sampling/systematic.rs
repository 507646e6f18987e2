//! Systematic draws: equally spaced points over a line on which every unit has a length, 1 or its amount.
//!
//! The spacing is the exact fraction total ÷ size and not its whole part. With the whole part, the last
//! (population mod size) units of a list could never be drawn, and these are often its newest rows.

use super::draw::ticket;
use super::{Drawn, SamplingError, Unit, Why};

/// One unit hit by a point.
struct Hit {
    index: usize,
    /// Length before the unit.
    before: i128,
    /// Length with it.
    through: i128,
    /// Place of the point, cut to whole units of length.
    point: i128,
}

/// Takes every N/n-th unit, exactly n, each with the same chance n/N.
pub(super) fn interval(seed: u64, size: usize, available: usize) -> Vec<Drawn> {
    let hits = hits(seed, size, &(0..available).map(|i| (i, 1)).collect::<Vec<_>>());
    let start = hits.first().map_or(0, |h| h.index);
    let why = Why::Interval { start, population: available, size };
    hits.into_iter().map(|h| Drawn { index: h.index, why: why.clone() }).collect()
}

/// Takes the units that reach the interval, then the others in proportion to their amounts, exactly `size` in all.
/// Returns the units drawn and those that have no amount.
pub(super) fn monetary(
    seed: u64,
    size: usize,
    population: &[Unit],
) -> Result<(Vec<Drawn>, Vec<usize>), SamplingError> {
    let lengths = population.iter().map(|u| u.amount.map_or(0, |a| a.magnitude())).enumerate();
    let (mut line, empty): (Vec<_>, Vec<_>) = lengths.partition(|(_, length)| *length > 0);
    if line.is_empty() {
        return Err(SamplingError::NoAmounts);
    }
    if size > line.len() {
        return Err(SamplingError::SizeTooLarge { size: size as u64, available: line.len() as u64 });
    }
    let mut drawn = Vec::with_capacity(size);
    let mut left = size;
    // Without the units taken surely the interval shrinks, and others may reach it.
    while left > 0 {
        let total: i128 = line.iter().map(|(_, length)| length).sum();
        let (large, rest): (Vec<_>, Vec<_>) =
            line.into_iter().partition(|(_, length)| length * left as i128 >= total);
        line = rest;
        if large.is_empty() {
            break;
        }
        let interval = total / left as i128;
        left -= large.len();
        for (index, _) in large {
            let amount = population.get(index).and_then(|u| u.amount);
            drawn.extend(amount.map(|amount| Drawn { index, why: Why::LargeAmount { amount, interval } }));
        }
    }
    drawn.extend(hits(seed, left, &line).into_iter().map(|h| {
        let why = Why::AmountHit { before: h.before, through: h.through, point: h.point + 1 };
        Drawn { index: h.index, why }
    }));
    Ok((drawn, empty.into_iter().map(|(index, _)| index).collect()))
}

/// The units hit by `size` points over a line on which no unit is longer than the spacing.
///
/// With T the whole length and r a random whole number below it, point j lies at (r + jT)/n. Over all r, the whole
/// numbers r + jT run once through 0..nT, so a unit's chance is exactly its length times n/T.
fn hits(seed: u64, size: usize, line: &[(usize, i128)]) -> Vec<Hit> {
    let total: i128 = line.iter().map(|(_, length)| length).sum();
    if size == 0 || total == 0 {
        return Vec::new();
    }
    let n = size as i128;
    let first = random_below(seed, total);
    let mut out = Vec::with_capacity(size);
    let (mut before, mut scaled) = (0, first);
    for (index, length) in line {
        let through = before + length;
        if out.len() < size && scaled < through * n {
            out.push(Hit { index: *index, before, through, point: scaled / n });
            scaled += total;
        }
        before = through;
    }
    out
}

/// A number in `0..limit` from the first 16 bytes of the hash of `start`; its bias is below limit ÷ 2¹²⁸.
fn random_below(seed: u64, limit: i128) -> i128 {
    let hash = ticket(seed, "start");
    let number = hash.iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    (number % limit.unsigned_abs()) as i128
}
