//! Chooses the header row and the dataset together: the pair that fits best.

use super::header::{HeadRow, Header, headers_of};
use super::synonyms::{Synonyms, normal};
use crate::source::Merge;
use fieldbook_model::DatasetDef;

/// Points below which no dataset is believed.
const ENOUGH: u8 = 45;

/// Names that hint at a dataset but never choose it alone.
pub(crate) struct Hints<'h> {
    pub file: &'h str,
    pub sheet: &'h str,
}

/// What was recognised.
pub(crate) struct Recognised<'d> {
    /// The dataset; `None` when none fits.
    pub def: Option<&'d DatasetDef>,
    /// All that fit at all with their points, the best first.
    pub candidates: Vec<(String, u8)>,
    pub header: Header,
}

struct Candidate<'d> {
    def: &'d DatasetDef,
    header: Header,
    /// Weight of the matched headers, which finds the row.
    weight: f64,
    points: u8,
    strong: f64,
}

/// Looks for the header of one of `defs` in the first rows. With `wanted` only that dataset is looked for, and it
/// is taken however little fits. `forced` are headers that the examiner mapped.
pub(crate) fn recognise<'d>(
    head: &[HeadRow],
    merges: &[Merge],
    defs: &'d [DatasetDef],
    wanted: Option<&str>,
    forced: &[String],
    hints: &Hints<'_>,
) -> Recognised<'d> {
    let looked: Vec<(&DatasetDef, Synonyms)> =
        defs.iter().filter(|d| wanted.is_none_or(|w| w == d.key)).map(|d| (d, Synonyms::of(d))).collect();
    let all: Vec<Synonyms> =
        if wanted.is_some() { Vec::new() } else { defs.iter().map(Synonyms::of).collect() };
    let mut candidates: Vec<Candidate<'d>> = looked
        .iter()
        .filter_map(|(def, synonyms)| best_header(def, synonyms, &all, head, merges, forced, hints))
        .collect();
    candidates.sort_by(|a, b| b.points.cmp(&a.points).then(b.strong.total_cmp(&a.strong)));
    let listed = candidates.iter().filter(|c| c.points > 0).map(|c| (c.def.key.clone(), c.points)).collect();
    let best = candidates.into_iter().next();
    let believed = best.as_ref().is_some_and(|c| wanted.is_some() || (c.strong >= 2.0 && c.points >= ENOUGH));
    let def = best.as_ref().filter(|_| believed).map(|c| c.def);
    let def = def.or_else(|| wanted.and_then(|w| defs.iter().find(|d| d.key == w)));
    let header = best.filter(|c| c.weight > 0.0).map_or_else(|| guess(head), |c| c.header);
    Recognised { def, candidates: listed, header }
}

/// The first row with at least two cells: where nothing is known, the examiner sees its texts.
fn guess(head: &[HeadRow]) -> Header {
    let row = head.iter().find(|r| r.cells.len() >= 2).or_else(|| head.first());
    row.map_or_else(Header::default, |r| Header { row: r.number, rows: 1, texts: r.cells.clone() })
}

fn best_header<'d>(
    def: &'d DatasetDef,
    synonyms: &Synonyms,
    all: &[Synonyms],
    head: &[HeadRow],
    merges: &[Merge],
    forced: &[String],
    hints: &Hints<'_>,
) -> Option<Candidate<'d>> {
    let mut best: Option<Candidate<'d>> = None;
    for at in 0..head.len() {
        for header in headers_of(head, at, merges) {
            let mut candidate = judge(def, synonyms, all, header, forced);
            // Two rows are believed only where they say clearly more than one.
            let handicap = if candidate.header.rows == 2 { 0.75 } else { 0.0 };
            if best.as_ref().is_none_or(|b| candidate.weight - handicap > b.weight) {
                candidate.weight -= handicap;
                best = Some(candidate);
            }
        }
    }
    let mut best = best?;
    let titles = head
        .iter()
        .filter(|r| r.number < best.header.row)
        .flat_map(|r| r.cells.iter().map(|(_, t)| t.as_str()));
    if best.strong > 0.0 && hinted(def, titles, hints) {
        best.points = best.points.saturating_add(8).min(100);
    }
    Some(best)
}

fn judge<'d>(
    def: &'d DatasetDef,
    synonyms: &Synonyms,
    all: &[Synonyms],
    header: Header,
    forced: &[String],
) -> Candidate<'d> {
    let mut covered = vec![0.0_f64; def.columns.len()];
    let (mut strong, mut distinct, mut chosen) = (0.0, 0.0, 0.0);
    for (_, text) in &header.texts {
        let key = normal(text);
        if forced.contains(&key) {
            chosen += 1.0;
        }
        let hits = synonyms.hits(&key);
        let best = hits.iter().max_by_key(|h| h.score);
        let Some(hit) = best.filter(|h| covered.get(h.column).is_some_and(|c| *c == 0.0)) else { continue };
        let weight = match hit.score {
            100 => 1.0,
            _ if hit.strong => 0.5,
            _ => 0.25,
        };
        if hit.strong {
            strong += weight;
        }
        if hit.score == 100 {
            distinct += 1.0 / all.iter().filter(|s| s.knows(&key)).count().max(1) as f64;
        }
        if let Some(slot) = covered.get_mut(hit.column) {
            *slot = weight;
        }
    }
    let weight = covered.iter().sum::<f64>() + chosen;
    let required = def.columns.iter().zip(&covered).filter(|(c, _)| c.required).map(|(_, w)| *w);
    let (needed, met) =
        required.fold((0.0, 0.0), |(n, m), w| (n + 1.0, m + f64::from(u8::from(w > 0.0)).min(w * 2.0)));
    let met = if needed > 0.0 { met / needed } else { 0.0 };
    let fit = covered.iter().sum::<f64>() / header.texts.len().max(1) as f64;
    let points = 55.0 * met + 35.0 * fit.min(1.0) + 10.0 * (distinct / 4.0_f64).min(1.0);
    // Between 0 and 100 by construction.
    Candidate { def, header, weight, points: points.round() as u8, strong }
}

fn hinted<'t>(def: &DatasetDef, mut titles: impl Iterator<Item = &'t str>, hints: &Hints<'_>) -> bool {
    let name = normal(&def.zh);
    let says = |text: &str| {
        let text = normal(text);
        (!name.is_empty() && text.contains(&name)) || text.contains(&normal(&def.key))
    };
    says(hints.file) || says(hints.sheet) || titles.any(says)
}
