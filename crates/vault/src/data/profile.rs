//! What a column holds: how much of it, how many values, from where to where, the most frequent ones, a histogram.

use super::query::{self, column_of, is_number, never, unreadable};
use super::text_of;
use super::view::DataView;
use crate::error::VaultError;
use crate::table::dataset::{has_state, table_of};
use fieldbook_model::Column;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Most bins of a histogram.
const BINS: usize = 40;
/// Values listed by their frequency.
const TOP: usize = 20;

/// A column in short.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnProfile {
    /// Rows of the dataset: those with a value, and the next three.
    pub rows: u64,
    /// Rows in which nothing was written.
    pub missing: u64,
    /// Rows in which the firm wrote that it never happened.
    pub never: u64,
    /// Rows in which something was written that could not be read.
    pub unreadable: u64,
    /// Number of different values.
    pub distinct: u64,
    /// Smallest value as stored: by number, date, or code points.
    pub min: Option<String>,
    /// Largest value as stored.
    pub max: Option<String>,
    /// The most frequent values as stored with their rows, the most frequent first, alike ones by value.
    pub top: Vec<(String, u64)>,
    /// Histogram of a column of dates or numbers, at most 40 bins without gaps; empty for others.
    pub bins: Vec<Bin>,
}

/// A bar of a histogram. `from` and `to` are bounds that [`CellTest::Between`](super::CellTest::Between) takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bin {
    /// Lowest: `2020-12` or `2020` for dates, a number.
    pub from: String,
    /// Highest. Of numbers with decimals, what equals the next bin's lowest belongs to that one.
    pub to: String,
    /// Rows.
    pub rows: u64,
}

impl DataView {
    /// Looks through one column of a dataset.
    ///
    /// # Errors
    /// [`VaultError::UnknownDataset`], [`VaultError::UnknownColumn`], [`VaultError::Cancelled`].
    pub fn profile_column(&mut self, key: &str, column: &str) -> Result<ColumnProfile, VaultError> {
        self.in_snapshot(|view| {
            let column = column_of(view.def(key)?, column)?;
            let mut out = view.states(key, column)?;
            let mut values = Values::new(column);
            let sql = format!(
                "SELECT \"{c}\", count(*) FROM \"{}\" WHERE \"{c}\" IS NOT NULL GROUP BY 1 ORDER BY 1",
                table_of(key),
                c = column.key
            );
            let mut all = view.conn.prepare(&sql)?;
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let value = text_of(row.get_ref(0)?).unwrap_or_default();
                values.add(value, row.get::<_, i64>(1)?.unsigned_abs());
            }
            values.into_profile(&mut out);
            Ok(out)
        })
    }

    fn states(&self, key: &str, column: &Column) -> Result<ColumnProfile, VaultError> {
        let sql = format!(
            "SELECT count(*), coalesce(sum({}), 0), coalesce(sum({}), 0), coalesce(sum({}), 0) FROM \"{}\"",
            query::missing(column),
            never(column),
            unreadable(column),
            table_of(key)
        );
        let counts: [i64; 4] =
            self.conn.query_row(&sql, [], |r| Ok([r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?]))?;
        let [rows, missing, never, unreadable] = counts.map(i64::unsigned_abs);
        Ok(ColumnProfile { rows, missing, never, unreadable, ..ColumnProfile::default() })
    }
}

/// Values of a column as they come, in rising order.
struct Values {
    distinct: u64,
    min: Option<String>,
    max: Option<String>,
    top: BinaryHeap<Reverse<(u64, Reverse<String>)>>,
    kind: Kind,
}

enum Kind {
    Text,
    Dates(BTreeMap<(i32, u32), u64>),
    Numbers(Vec<(f64, u64)>),
}

impl Values {
    fn new(column: &Column) -> Self {
        let kind = if has_state(column) {
            Kind::Dates(BTreeMap::new())
        } else if is_number(column) {
            Kind::Numbers(Vec::new())
        } else {
            Kind::Text
        };
        Self { distinct: 0, min: None, max: None, top: BinaryHeap::new(), kind }
    }

    fn add(&mut self, value: String, rows: u64) {
        self.distinct += 1;
        match &mut self.kind {
            Kind::Text => {}
            Kind::Dates(months) => {
                if let Some(month) = month_of(&value) {
                    *months.entry(month).or_default() += rows;
                }
            }
            Kind::Numbers(numbers) => numbers.extend(value.parse::<f64>().ok().map(|x| (x, rows))),
        }
        self.top.push(Reverse((rows, Reverse(value.clone()))));
        if self.top.len() > TOP {
            self.top.pop();
        }
        if self.min.is_none() {
            self.min = Some(value.clone());
        }
        self.max = Some(value);
    }

    fn into_profile(self, out: &mut ColumnProfile) {
        let mut top: Vec<_> = self.top.into_iter().map(|Reverse((n, Reverse(value)))| (value, n)).collect();
        top.sort_by(|a, b| (Reverse(a.1), &a.0).cmp(&(Reverse(b.1), &b.0)));
        out.top = top;
        out.distinct = self.distinct;
        (out.min, out.max) = (self.min, self.max);
        out.bins = match self.kind {
            Kind::Text => Vec::new(),
            Kind::Dates(months) => date_bins(&months),
            Kind::Numbers(numbers) => number_bins(&numbers),
        };
    }
}

/// Year and month of a stored date.
fn month_of(text: &str) -> Option<(i32, u32)> {
    let (year, rest) = text.split_once('-')?;
    let (month, _) = rest.split_once('-')?;
    Some((year.parse().ok()?, month.parse().ok()?))
}

/// By month, by year, or by as many years as it takes.
fn date_bins(months: &BTreeMap<(i32, u32), u64>) -> Vec<Bin> {
    let (Some((first, _)), Some((last, _))) = (months.first_key_value(), months.last_key_value()) else {
        return Vec::new();
    };
    let place = |(year, month): (i32, u32)| i64::from(year) * 12 + i64::from(month) - 1;
    let span = place(*last) - place(*first) + 1;
    if span <= BINS as i64 {
        return bins(months, place(*first), 1, span, place, |at| {
            let (year, month) = (at.div_euclid(12), at.rem_euclid(12) + 1);
            let text = format!("{year:04}-{month:02}");
            (text.clone(), text)
        });
    }
    let span = i64::from(last.0) - i64::from(first.0) + 1;
    let width = (span + BINS as i64 - 1) / BINS as i64;
    let year = |(year, _): (i32, u32)| i64::from(year);
    bins(months, i64::from(first.0), width, (span + width - 1) / width, year, |at| {
        (format!("{at:04}"), format!("{:04}", at + width - 1))
    })
}

fn bins(
    months: &BTreeMap<(i32, u32), u64>,
    first: i64,
    width: i64,
    count: i64,
    place: impl Fn((i32, u32)) -> i64,
    named: impl Fn(i64) -> (String, String),
) -> Vec<Bin> {
    let mut out: Vec<Bin> =
        (0..count).map(|n| named(first + n * width)).map(|(from, to)| Bin { from, to, rows: 0 }).collect();
    for (month, rows) in months {
        let at = usize::try_from((place(*month) - first) / width).unwrap_or_default();
        if let Some(bin) = out.get_mut(at) {
            bin.rows += rows;
        }
    }
    out
}

/// One bin a number where they are whole and near each other, else bins of equal width.
fn number_bins(numbers: &[(f64, u64)]) -> Vec<Bin> {
    let (Some((low, _)), Some((high, _))) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let whole = numbers.iter().all(|(x, _)| x.fract() == 0.0);
    let span = high - low;
    let wanted = if span == 0.0 { 1.0 } else { BINS as f64 };
    let (width, count) = if whole {
        let width = ((span + 1.0) / wanted).ceil().max(1.0);
        (width, ((span + 1.0) / width).ceil())
    } else {
        (span / wanted, wanted)
    };
    if !width.is_finite() || !count.is_finite() {
        return Vec::new();
    }
    let last = count as usize - 1;
    let edge = |n: usize| if !whole && n > last { *high } else { low + n as f64 * width };
    let mut out: Vec<Bin> = (0..=last)
        .map(|n| {
            let to = if whole { edge(n + 1) - 1.0 } else { edge(n + 1) };
            Bin { from: edge(n).to_string(), to: to.to_string(), rows: 0 }
        })
        .collect();
    for (x, rows) in numbers {
        let mut at = if width == 0.0 { 0 } else { (((x - low) / width) as usize).min(last) };
        // The division may round to the other side of an edge.
        while at > 0 && *x < edge(at) {
            at -= 1;
        }
        while at < last && *x >= edge(at + 1) {
            at += 1;
        }
        out[at].rows += rows;
    }
    out
}
