//! Chooses the header row and the dataset together: the pair that fits best.

use super::header::{HeadRow, Header, headers_of};
use super::synonyms::{Hit, Synonyms, normal};
use super::tables::HeaderWords;
use crate::source::Merge;
use fieldbook_model::DatasetDef;
use std::collections::HashMap;

/// Points below which no dataset is believed.
const ENOUGH: u8 = 45;
/// Points by which a dataset must lead where only one header speaks for it.
const CLEARLY: u8 = 20;
/// Points by which such a dataset must lead to be asked about at least.
const LIKELY: u8 = 10;

/// Points by which the best must lead so that the second need not be asked about.
const TIE: u8 = 8;

/// Names that hint at a dataset but never choose it alone.
pub(crate) struct Hints<'h> {
    pub file: &'h str,
    pub sheet: &'h str,
}

/// What is looked for, and where.
pub(crate) struct Search<'d, 's> {
    /// All datasets.
    pub defs: &'d [DatasetDef],
    /// Their headers, in the same order.
    pub words: &'s HeaderWords,
    /// Only this dataset, which is taken however little fits.
    pub wanted: Option<&'s str>,
    /// Only a header that begins on this row.
    pub only: Option<u32>,
    /// Headers that the examiner mapped, normalised.
    pub forced: &'s [String],
    pub hints: Hints<'s>,
}

/// What was recognised.
pub(crate) struct Recognised<'d> {
    /// The dataset; `None` when none fits.
    pub def: Option<&'d DatasetDef>,
    /// All that fit at all with their points, the best first.
    pub candidates: Vec<(String, u8)>,
    /// How sure the dataset is, 0–100.
    pub confidence: u8,
    /// Datasets to ask about: the first with those that fit nearly as well, or alone where little speaks for it.
    pub tied: Vec<String>,
    /// Weight of the headers that speak for the dataset by themselves.
    pub strong: f64,
    pub header: Header,
}

struct Candidate<'d> {
    def: &'d DatasetDef,
    header: Header,
    /// Weight of the matched headers, which finds the row.
    weight: f64,
    points: u8,
    strong: f64,
    /// Part of the required columns that have a header, 0–1.
    required: f64,
}

impl Candidate<'_> {
    /// Two strong headers, or one where nothing required is missing and no other dataset comes near.
    fn is_believed(&self, rival: u8) -> bool {
        let alone =
            self.strong >= 1.0 && self.required >= 1.0 && self.points >= rival.saturating_add(CLEARLY);
        self.points >= ENOUGH && (self.strong >= 2.0 || alone || self.is_likely(rival))
    }

    /// One strong header, nothing required missing, and the second behind: taken, but asked about.
    fn is_likely(&self, rival: u8) -> bool {
        self.strong >= 1.0 && self.required >= 1.0 && self.points >= rival.saturating_add(LIKELY)
    }
}

/// Looks for the header of a dataset in the first rows.
pub(crate) fn recognise<'d>(head: &[HeadRow], merges: &[Merge], search: &Search<'d, '_>) -> Recognised<'d> {
    let looked = search.defs.iter().zip(search.words.datasets());
    let looked = looked.filter(|(d, _)| search.wanted.is_none_or(|w| w == d.key));
    let headers = headers(head, merges, search);
    let mut candidates: Vec<Candidate<'d>> =
        looked.filter_map(|(def, synonyms)| best_header(def, synonyms, &headers, head, search)).collect();
    candidates.sort_by(|a, b| b.points.cmp(&a.points).then(b.strong.total_cmp(&a.strong)));
    let listed = candidates.iter().filter(|c| c.points > 0).map(|c| (c.def.key.clone(), c.points)).collect();
    let rival = candidates.get(1).map_or(0, |c| c.points);
    let near = |c: &&Candidate<'_>| c.is_believed(0) && c.points.saturating_add(TIE) > candidates[0].points;
    let mut tied: Vec<String> = candidates.iter().filter(near).map(|c| c.def.key.clone()).collect();
    let best = candidates.into_iter().next();
    let believed = best.as_ref().is_some_and(|c| search.wanted.is_some() || c.is_believed(rival));
    let def = best.as_ref().filter(|_| believed).map(|c| c.def);
    let def = def.or_else(|| search.wanted.and_then(|w| search.defs.iter().find(|d| d.key == w)));
    let sure = best.as_ref().is_some_and(|c| c.strong >= 2.0 || c.points >= rival.saturating_add(CLEARLY));
    if search.wanted.is_some() || def.is_none() || (tied.len() < 2 && sure) {
        tied.clear();
    }
    let confidence = match (&best, search.wanted) {
        (_, Some(_)) => 100,
        (Some(c), None) if believed => {
            let lead = f64::from(c.points.saturating_sub(rival)).min(35.0);
            // Between 0 and 100 by construction.
            (50.0 * c.required + 15.0 * (c.strong / 3.0).min(1.0) + lead).round() as u8
        }
        _ => 0,
    };
    let strong = best.as_ref().map_or(0.0, |c| c.strong);
    let header = best.filter(|c| c.weight > 0.0).map_or_else(|| guess(head, search.only), |c| c.header);
    Recognised { def, candidates: listed, confidence, tied, strong, header }
}

/// The first row with at least two cells: where nothing is known, the examiner sees its texts.
fn guess(head: &[HeadRow], only: Option<u32>) -> Header {
    let row = match only {
        Some(only) => head.iter().find(|r| r.number == only),
        None => head.iter().find(|r| r.cells.len() >= 2).or_else(|| head.first()),
    };
    row.map_or_else(Header::default, |r| Header { row: r.number, rows: 1, texts: r.cells.clone() })
}

/// A header that could be one, with its texts normalised.
struct Possible {
    header: Header,
    keys: Vec<String>,
}

/// Every header that one row, or two together, could be. Where any row names a column exactly, rows that name none
/// are not looked at: they are records.
fn headers(head: &[HeadRow], merges: &[Merge], search: &Search<'_, '_>) -> Vec<Possible> {
    let all = (0..head.len())
        .filter(|at| search.only.is_none_or(|only| head.get(*at).is_some_and(|r| r.number == only)));
    let all = all.flat_map(|at| headers_of(head, at, merges)).map(|header| {
        let keys = header.texts.iter().map(|(_, t)| normal(t)).collect();
        Possible { header, keys }
    });
    let (named, rest): (Vec<Possible>, Vec<Possible>) = all.partition(|possible| {
        possible.keys.iter().any(|key| {
            search.forced.contains(key)
                || search.words.datasets().iter().any(|s| s.exactly(key).next().is_some())
        })
    });
    if named.is_empty() { rest } else { named }
}

fn best_header<'d>(
    def: &'d DatasetDef,
    synonyms: &Synonyms,
    headers: &[Possible],
    head: &[HeadRow],
    search: &Search<'_, '_>,
) -> Option<Candidate<'d>> {
    let mut memo = HashMap::new();
    let mut best: Option<Candidate<'d>> = None;
    for possible in headers {
        let mut candidate = judge(def, synonyms, possible, search, &mut memo);
        // Two rows are believed only where they say clearly more than one.
        let handicap = if candidate.header.rows == 2 { 0.75 } else { 0.0 };
        if best.as_ref().is_none_or(|b| candidate.weight - handicap > b.weight) {
            candidate.weight -= handicap;
            best = Some(candidate);
        }
    }
    let mut best = best?;
    let titles = head
        .iter()
        .filter(|r| r.number < best.header.row)
        .flat_map(|r| r.cells.iter().map(|(_, t)| t.as_str()));
    if best.strong > 0.0 && hinted(def, titles, &search.hints) {
        best.points = best.points.saturating_add(8).min(100);
    }
    Some(best)
}

fn judge<'d>(
    def: &'d DatasetDef,
    synonyms: &Synonyms,
    possible: &Possible,
    search: &Search<'_, '_>,
    memo: &mut HashMap<String, Vec<Hit>>,
) -> Candidate<'d> {
    let header = possible.header.clone();
    let others = if search.wanted.is_some() { &[] } else { search.words.datasets() };
    let mut covered = vec![0.0_f64; def.columns.len()];
    let (mut strong, mut distinct, mut chosen) = (0.0, 0.0, 0.0);
    for key in &possible.keys {
        if search.forced.contains(key) {
            chosen += 1.0;
        }
        let hits = memo.entry(key.clone()).or_insert_with(|| synonyms.hits(key));
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
            distinct += 1.0 / others.iter().filter(|s| s.knows(key)).count().max(1) as f64;
        }
        if let Some(slot) = covered.get_mut(hit.column) {
            *slot = weight;
        }
    }
    let weight = covered.iter().sum::<f64>() + chosen;
    let wanted: Vec<bool> =
        def.columns.iter().zip(&covered).filter(|(c, _)| c.required).map(|(_, w)| *w > 0.0).collect();
    let there = wanted.iter().filter(|there| **there).count() as f64 / wanted.len().max(1) as f64;
    let required = def.columns.iter().zip(&covered).filter(|(c, _)| c.required).map(|(_, w)| *w);
    let (needed, met) =
        required.fold((0.0, 0.0), |(n, m), w| (n + 1.0, m + f64::from(u8::from(w > 0.0)).min(w * 2.0)));
    let met = if needed > 0.0 { met / needed } else { 0.0 };
    let fit = covered.iter().sum::<f64>() / header.texts.len().max(1) as f64;
    let points = 55.0 * met + 35.0 * fit.min(1.0) + 10.0 * (distinct / 4.0_f64).min(1.0);
    // Between 0 and 100 by construction.
    Candidate { def, header, weight, points: points.round() as u8, strong, required: there }
}

fn hinted<'t>(def: &DatasetDef, mut titles: impl Iterator<Item = &'t str>, hints: &Hints<'_>) -> bool {
    let name = normal(&def.zh);
    let says = |text: &str| {
        let text = normal(text);
        (!name.is_empty() && text.contains(&name)) || text.contains(&normal(&def.key))
    };
    says(hints.file) || says(hints.sheet) || titles.any(says)
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{accounts, orders};
    use super::*;

    fn rows(texts: &[&[&str]]) -> Vec<HeadRow> {
        let row = |(n, cells): (u32, &&[&str])| HeadRow {
            number: n,
            cells: (0..).zip(cells.iter().map(|t| (*t).to_owned())).filter(|(_, t)| !t.is_empty()).collect(),
        };
        (1..).zip(texts).map(row).collect()
    }

    fn found(texts: &[&[&str]], merges: &[Merge]) -> (Option<String>, u32, u32) {
        let defs = [accounts(), orders()];
        let words = HeaderWords::of(&defs);
        let hints = Hints { file: "x.xlsx", sheet: "工作表1" };
        let search = Search { defs: &defs, words: &words, wanted: None, only: None, forced: &[], hints };
        let found = recognise(&rows(texts), merges, &search);
        (found.def.map(|d| d.key.clone()), found.header.row, found.header.rows)
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        let texts: &[&[&str]] = &[
            &["甲乙綜合證券帳號清冊"],
            &["基準日", "109/12/31"],
            &["系統名稱", "帳號", "姓名", "帳號狀態"],
            &["a", "root", "王", "啟用"],
        ];
        assert_eq!(found(texts, &[]), (Some("accounts".into()), 3, 1));
    }

    #[test]
    fn parents_above_children_make_one_header() {
        let texts: &[&[&str]] = &[
            &["系統名稱", "帳號", "使用者姓名", "帳號狀態", "密碼", ""],
            &["", "", "", "", "最後變更日", "永不過期"],
            &["主機", "root", "王", "啟用", "109/12/01", "否"],
        ];
        let merges = [Merge { first_row: 1, last_row: 1, first_column: 4, last_column: 5 }];
        assert_eq!(found(texts, &merges), (Some("accounts".into()), 1, 2));
    }

    #[test]
    fn weak_headers_alone_choose_nothing() {
        let texts: &[&[&str]] = &[&["日期", "姓名", "單位", "代號", "系統"], &["1", "2", "3", "4", "5"]];
        assert_eq!(found(texts, &[]).0, None);
    }
}
