//! How many units to examine.

use super::SamplingError;
use super::chance::Source;

/// Sizes above this are no samples that anybody examines: sampling is not the way.
pub const MAX_SIZE: u64 = 20_000;

/// A rate or a confidence in whole hundredths of a percent, 0 to 100 %: 500 is 5 %. Whole numbers, so that 7 % of 100
/// are 7.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rate(u16);

impl Rate {
    /// 10,000 hundredths of a percent.
    const WHOLE: u16 = 10_000;

    /// From hundredths of a percent; `None` above 10,000.
    #[must_use]
    pub const fn from_basis_points(points: u16) -> Option<Self> {
        if points <= Self::WHOLE { Some(Self(points)) } else { None }
    }

    /// In hundredths of a percent.
    #[must_use]
    pub const fn basis_points(self) -> u16 {
        self.0
    }

    /// As a fraction of 1.
    #[must_use]
    pub fn fraction(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE)
    }

    /// This share of so many units, cut to whole ones.
    pub(super) fn of_down(self, units: u64) -> u64 {
        (u128::from(units) * u128::from(self.0) / u128::from(Self::WHOLE)) as u64
    }

    /// This share of so many units, up to whole ones.
    pub(super) fn of_up(self, units: u64) -> u64 {
        (u128::from(units) * u128::from(self.0)).div_ceil(u128::from(Self::WHOLE)) as u64
    }

    /// The risk that this confidence leaves.
    ///
    /// # Errors
    /// 0 % is no confidence, and 100 % is had only by examining everything.
    pub(super) fn risk(self) -> Result<f64, SamplingError> {
        if self.0 == 0 || self.0 == Self::WHOLE {
            return Err(SamplingError::BadRate("confidence"));
        }
        Ok(f64::from(Self::WHOLE - self.0) / f64::from(Self::WHOLE))
    }
}

/// Size of an attribute sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttributeSize {
    /// Units to examine; the whole population when no smaller sample is enough.
    pub size: u64,
    /// Deviations up to which the result still is that the tolerable rate is not exceeded.
    pub allowed: u64,
}

/// The smallest n such that, were the tolerable rate the true one, at most k = ⌈n × expected⌉ deviations would be seen
/// with a probability of no more than 1 − confidence. Exact: hypergeometric for a population of known size (with
/// ⌈N × tolerable⌉ deviations), else binomial. Without a known size the results are those of AICPA, Audit Sampling,
/// appendix A.
///
/// Shapes: `population` `None` for one that is large or of unknown size.
///
/// # Errors
/// An empty population; a confidence of 0 or 100 %; a tolerable rate of 0 or 100 %; an expected rate that is not below
/// the tolerable one, or so near that the sample would be larger than [`MAX_SIZE`].
pub fn attribute_size(
    confidence: Rate,
    tolerable: Rate,
    expected: Rate,
    population: Option<u64>,
) -> Result<AttributeSize, SamplingError> {
    let risk = confidence.risk()?;
    if tolerable.0 == 0 || tolerable.0 == Rate::WHOLE {
        return Err(SamplingError::BadRate("tolerable rate"));
    }
    if expected >= tolerable {
        return Err(SamplingError::BadRate("expected rate"));
    }
    let source = match population {
        Some(0) => return Err(SamplingError::EmptyPopulation),
        Some(units) => Source::Finite { units, deviations: tolerable.of_up(units) },
        None => Source::endless(tolerable.fraction()),
    };
    let most = population.unwrap_or(MAX_SIZE).min(MAX_SIZE);
    // All n with ⌈n × expected⌉ = k lie in low..=high, and among them more is better.
    let (mut low, mut allowed) = (1, 0);
    while low <= most {
        let high = last_with(expected, allowed).min(most);
        let enough = |n: u64| source.at_most(n, allowed) <= risk;
        if low <= high && enough(high) {
            return Ok(AttributeSize { size: first(low, high, enough), allowed });
        }
        low = low.max(high + 1);
        allowed += 1;
    }
    match population {
        // Examined whole, a population leaves nothing to infer.
        Some(units) if units <= MAX_SIZE => {
            Ok(AttributeSize { size: units, allowed: tolerable.of_down(units).min(expected.of_up(units)) })
        }
        _ => Err(SamplingError::TooClose),
    }
}

/// The largest n with ⌈n × expected⌉ ≤ k.
fn last_with(expected: Rate, k: u64) -> u64 {
    (k * u64::from(Rate::WHOLE)).checked_div(u64::from(expected.0)).unwrap_or(u64::MAX)
}

/// The first number in `low..=high` that satisfies a condition which `high` satisfies and which, once true, stays so.
fn first(mut low: u64, mut high: u64, holds: impl Fn(u64) -> bool) -> u64 {
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// Size of a sample of devices after ASM-3.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceSize {
    /// Required, the smaller of 10 % and 100: 「10%或100台以上」 is read as either being enough.
    pub required: u64,
    /// The strict reading, the larger of the two, capped at all devices; for a note.
    pub strict: u64,
}

/// How many of a system's `devices` ASM-3.2 demands to be tested: 10 %, up to whole devices, or 100.
#[must_use]
pub fn asm_3_2(devices: u64) -> DeviceSize {
    let tenth = devices.div_ceil(10);
    DeviceSize { required: tenth.min(100), strict: tenth.max(100).min(devices) }
}
