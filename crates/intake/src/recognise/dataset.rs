//! Chooses the header row and the dataset together: the pair that fits best.

use super::header::{HeadRow, Header, headers_of};
use super::synonyms::{Synonyms, normal};
use crate::source::Merge;
use fieldbook_model::DatasetDef;

/// Points below which no dataset is believed.
const ENOUGH: u8 = 45;
/// Points by which a dataset must lead where only one header speaks for it.
const CLEARLY: u8 = 20;

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
    /// Every required column has a header.
    complete: bool,
}

impl Candidate<'_> {
    /// Two strong headers, or one where nothing required is missing and no other dataset comes near.
    fn is_believed(&self, rival: u8) -> bool {
        let alone = self.strong >= 1.0 && self.complete && self.points >= rival.saturating_add(CLEARLY);
        self.points >= ENOUGH && (self.strong >= 2.0 || alone)
    }
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
    let rival = candidates.get(1).map_or(0, |c| c.points);
    let best = candidates.into_iter().next();
    let believed = best.as_ref().is_some_and(|c| wanted.is_some() || c.is_believed(rival));
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
    let complete = def.columns.iter().zip(&covered).all(|(c, w)| !c.required || *w > 0.0);
    let required = def.columns.iter().zip(&covered).filter(|(c, _)| c.required).map(|(_, w)| *w);
    let (needed, met) =
        required.fold((0.0, 0.0), |(n, m), w| (n + 1.0, m + f64::from(u8::from(w > 0.0)).min(w * 2.0)));
    let met = if needed > 0.0 { met / needed } else { 0.0 };
    let fit = covered.iter().sum::<f64>() / header.texts.len().max(1) as f64;
    let points = 55.0 * met + 35.0 * fit.min(1.0) + 10.0 * (distinct / 4.0_f64).min(1.0);
    // Between 0 and 100 by construction.
    Candidate { def, header, weight, points: points.round() as u8, strong, complete }
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
        let hints = Hints { file: "x.xlsx", sheet: "工作表1" };
        let found = recognise(&rows(texts), merges, &defs, None, &[], &hints);
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
