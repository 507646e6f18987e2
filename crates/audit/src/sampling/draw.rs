//! Draws a sample.

use super::{
    ALGORITHM, Allotment, Chosen, Drawn, Method, NO_STRATUM, Plan, Sample, SamplingError, Unit, Why,
    systematic,
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Draws a sample; the same arguments give the same one on every machine. `chosen` are the units of a judgemental
/// sample, as many as planned, and empty for every other method.
///
/// # Errors
/// When the population is empty, the size is 0 or more than can be drawn, a monetary sample finds no amounts, or
/// `chosen` does not fit.
pub fn draw(plan: &Plan, population: &[Unit], chosen: &[Chosen]) -> Result<Sample, SamplingError> {
    let size = plan.size as usize;
    check_sizes(plan, population.len(), chosen.len())?;
    let mut sample = Sample {
        plan: *plan,
        population: population.len(),
        drawn: Vec::new(),
        strata: Vec::new(),
        without_amount: Vec::new(),
    };
    match plan.method {
        Method::Random => sample.drawn = random(plan.seed, size, population.len()),
        Method::Interval => sample.drawn = systematic::interval(plan.seed, size, population.len()),
        Method::Stratified => (sample.drawn, sample.strata) = stratified(plan.seed, size, population),
        Method::Judgemental => sample.drawn = judgemental(population.len(), chosen)?,
        Method::MonetaryUnit => {
            (sample.drawn, sample.without_amount) = systematic::monetary(plan.seed, size, population)?;
        }
    }
    sample.drawn.sort_by_key(|d| d.index);
    Ok(sample)
}

fn check_sizes(plan: &Plan, available: usize, chosen: usize) -> Result<(), SamplingError> {
    let (size, available, chosen) = (u64::from(plan.size), available as u64, chosen as u64);
    let expected = if plan.method == Method::Judgemental { size } else { 0 };
    match () {
        () if available == 0 => Err(SamplingError::EmptyPopulation),
        () if size == 0 => Err(SamplingError::SizeZero),
        () if size > available => Err(SamplingError::SizeTooLarge { size, available }),
        () if chosen != expected => Err(SamplingError::ChosenCount { expected, chosen }),
        () => Ok(()),
    }
}

/// SHA-256 of `fieldbook-sample-1,<seed>,<rest>`.
pub(super) fn ticket(seed: u64, rest: &str) -> [u8; 32] {
    Sha256::digest(format!("{ALGORITHM},{seed},{rest}")).into()
}

fn random(seed: u64, size: usize, available: usize) -> Vec<Drawn> {
    let mut tickets: Vec<_> = (0..available).map(|i| (ticket(seed, &i.to_string()), i)).collect();
    tickets.sort_unstable();
    let ranked = tickets.into_iter().take(size).enumerate();
    ranked.map(|(at, (_, index))| Drawn { index, why: Why::Random { rank: at + 1 } }).collect()
}

/// A ticket counts the units of its own stratum only, so that what lies in other strata, and in which order, does
/// not change which units of this one come first.
fn stratified(seed: u64, size: usize, population: &[Unit]) -> (Vec<Drawn>, Vec<Allotment>) {
    let mut strata: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, unit) in population.iter().enumerate() {
        let name = unit.stratum.as_deref().map(str::trim).filter(|s| !s.is_empty()).unwrap_or(NO_STRATUM);
        strata.entry(name).or_default().push(index);
    }
    let allotted = allot(size, &strata.values().map(Vec::len).collect::<Vec<_>>());
    let mut drawn = Vec::with_capacity(size);
    let mut allotments = Vec::with_capacity(strata.len());
    for ((name, indices), take) in strata.into_iter().zip(allotted) {
        allotments.push(Allotment { name: name.to_owned(), units: indices.len(), drawn: take });
        let numbered = indices.into_iter().enumerate();
        let mut tickets: Vec<_> =
            numbered.map(|(at, i)| (ticket(seed, &format!("{at},{name}")), i)).collect();
        tickets.sort_unstable();
        drawn.extend(tickets.into_iter().take(take).enumerate().map(|(at, (_, index))| {
            let why = Why::Stratified { stratum: name.to_owned(), rank: at + 1, drawn: take };
            Drawn { index, why }
        }));
    }
    (drawn, allotments)
}

/// Shares `size` among strata of the given sizes, which are in the order of their names: in proportion, by largest
/// remainder, the earlier name first among equals. When there is one for each, a stratum left without takes one from
/// the stratum that is furthest above its exact share; the later name gives first among equals.
fn allot(size: usize, strata: &[usize]) -> Vec<usize> {
    let all: i128 = strata.iter().map(|units| *units as i128).sum();
    let share = |stratum: usize| size as i128 * strata.get(stratum).map_or(0, |units| *units as i128);
    let mut out: Vec<usize> = (0..strata.len()).map(|s| (share(s) / all) as usize).collect();
    let mut by_remainder: Vec<usize> = (0..strata.len()).collect();
    by_remainder.sort_by_key(|s| (-(share(*s) % all), *s));
    let left = size - out.iter().sum::<usize>();
    for s in by_remainder.into_iter().take(left) {
        if let Some(take) = out.get_mut(s) {
            *take += 1;
        }
    }
    while size >= strata.len() && out.contains(&0) {
        let above = |(s, take): (usize, usize)| (take as i128 * all - share(s), s);
        let giver = out.iter().copied().enumerate().filter(|(_, take)| *take > 1).max_by_key(|x| above(*x));
        let taker = out.iter().position(|take| *take == 0);
        let (Some((giver, _)), Some(taker)) = (giver, taker) else { break };
        for (s, take) in out.iter_mut().enumerate() {
            *take = *take + usize::from(s == taker) - usize::from(s == giver);
        }
    }
    out
}

fn judgemental(available: usize, chosen: &[Chosen]) -> Result<Vec<Drawn>, SamplingError> {
    let mut seen = BTreeSet::new();
    let mut out = Vec::with_capacity(chosen.len());
    for Chosen { index, reason } in chosen {
        let reason = reason.trim();
        match () {
            () if *index >= available => return Err(SamplingError::BadIndex(*index)),
            () if !seen.insert(*index) => return Err(SamplingError::ChosenTwice(*index)),
            () if reason.is_empty() => return Err(SamplingError::NoReason(*index)),
            () => out.push(Drawn { index: *index, why: Why::Judgemental { reason: reason.to_owned() } }),
        }
    }
    Ok(out)
}
