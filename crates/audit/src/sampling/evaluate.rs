//! What the deviations of a sample say about its population.

use super::chance::Source;
use super::{Method, Rate, SamplingError};
use fieldbook_model::Tri;

/// What was examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// How the sample was drawn.
    pub method: Method,
    /// Units in the sample.
    pub sampled: u64,
    /// Units of them that deviate.
    pub deviations: u64,
    /// Units of them that could not be examined (無法取得資料).
    pub unexamined: u64,
    /// Size of the population; `None` for one that is large or of unknown size.
    pub population: Option<u64>,
}

/// What may be said about the population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Evaluation {
    /// An estimate.
    Estimate(Estimate),
    /// Nothing: only the units examined count. A judgemental sample is not statistical (ISACA guideline G10: results of
    /// non-statistical samples are not extrapolated), and a monetary one says something about amounts, not about the
    /// share of units.
    NotExtrapolated,
}

/// What a random sample says about its population. Rates are fractions of 1.
///
/// Every unit that could not be examined counts as a deviation in `worst` and in the upper limit. The limit is exact
/// for a random sample; a stratified one in proportion is at least as precise, and one at intervals is like it as long
/// as the list has no period that fits the interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Known deviations ÷ sampled.
    pub rate: f64,
    /// The same when all that could not be examined deviates.
    pub worst: f64,
    /// One-sided upper limit of the population's rate at the given confidence.
    pub upper_rate: f64,
    /// The limit as a number of units, when the population's size is known.
    pub upper_count: Option<u64>,
    /// Whether the upper limit lies above the tolerable rate; unknown when that hangs on the units that could not be
    /// examined.
    pub exceeds: Tri,
}

/// Evaluates an attribute sample: Clopper–Pearson one-sided for a large population, the exact hypergeometric limit for
/// one of known size.
///
/// # Errors
/// A sample of 0; counts that contradict each other; a confidence of 0 or 100 %.
pub fn evaluate(outcome: &Outcome, confidence: Rate, tolerable: Rate) -> Result<Evaluation, SamplingError> {
    let risk = confidence.risk()?;
    let Outcome { method, sampled: n, deviations, unexamined, population } = *outcome;
    let bad = deviations.saturating_add(unexamined);
    match () {
        () if population == Some(0) => return Err(SamplingError::EmptyPopulation),
        () if n == 0 => return Err(SamplingError::SizeZero),
        () if bad > n || population.is_some_and(|units| n > units) => return Err(SamplingError::BadCounts),
        () if matches!(method, Method::Judgemental | Method::MonetaryUnit) => {
            return Ok(Evaluation::NotExtrapolated);
        }
        () => {}
    }
    let exceeds = |k: u64| match population {
        Some(units) => upper_count(units, n, k, risk) > tolerable.of_down(units),
        None => Source::endless(tolerable.fraction()).at_most(n, k) > risk,
    };
    let upper = population.map(|units| upper_count(units, n, bad, risk));
    Ok(Evaluation::Estimate(Estimate {
        rate: deviations as f64 / n as f64,
        worst: bad as f64 / n as f64,
        upper_rate: match (upper, population) {
            (Some(count), Some(units)) => count as f64 / units as f64,
            _ => upper_rate(n, bad, risk),
        },
        upper_count: upper,
        exceeds: match (exceeds(deviations), exceeds(bad)) {
            (true, _) => Tri::Yes,
            (false, true) => Tri::Unknown,
            (false, false) => Tri::No,
        },
    }))
}

/// The largest rate at which `k` or fewer deviations among `n` are still likelier than the risk. Sixty
/// halvings leave an error below 10⁻¹⁸.
fn upper_rate(n: u64, k: u64, risk: f64) -> f64 {
    if k >= n {
        return 1.0;
    }
    let (mut low, mut high) = (k as f64 / n as f64, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if Source::endless(middle).at_most(n, k) > risk {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// The largest number of deviations in the population with which `k` or fewer among `n` are still likelier than the
/// risk. It lies between those seen and those seen plus all not examined.
fn upper_count(units: u64, n: u64, k: u64, risk: f64) -> u64 {
    let (mut low, mut high) = (k, units - (n - k));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if (Source::Finite { units, deviations: middle }).at_most(n, k) > risk {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}
