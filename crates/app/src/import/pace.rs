//! How far a batch has come, how fast it goes and how long it will take: from the sizes of its files, the part of each
//! that was read, and the time that passed. Nothing is foretold before there is something to foretell it from.

use crate::host::Ticks;
use crate::wire::ProgressView;
use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

/// Time between two reports.
const EVERY: Duration = Duration::from_millis(100);
/// The past that tells the speed.
const PAST: Duration = Duration::from_secs(10);
/// Time before which no speed is believed.
const EVIDENCE: Duration = Duration::from_secs(1);
/// What opening a file costs, whatever its size, as if it were so many bytes of text.
const OPENING: f64 = 32_768.0;
/// Bytes of text that take as long as one byte of a packed workbook.
const PACKED: f64 = 3.0;
/// The part of a file's time that goes by before its first row: the fingerprint, the directory, the plans.
const BEFORE_ROWS: f64 = 0.2;

/// A moment of the past.
struct Point {
    at: Duration,
    fraction: f64,
    rows: u64,
}

/// Keeps account of a batch.
pub(super) struct Pace {
    ticks: Ticks,
    begun: Duration,
    told: Option<Duration>,
    weights: Vec<f64>,
    past: VecDeque<Point>,
    path: String,
    sheet: String,
    /// Which file it is, from 1.
    file: usize,
    /// Rows of the tables before, and of this one.
    rows_before: u64,
    rows: u64,
    /// Where this table begins in the file, and its share of it.
    table: (f64, f64),
    fraction: f64,
}

impl Pace {
    /// A batch of these files, about to begin.
    pub(super) fn new<'p>(ticks: &Ticks, paths: impl Iterator<Item = &'p str>) -> Self {
        let begun = ticks();
        let weights = paths.map(|path| {
            let size = std::fs::metadata(path).map_or(0, |meta| meta.len());
            weight(path, size)
        });
        Self {
            ticks: Ticks::clone(ticks),
            begun,
            told: None,
            weights: weights.collect(),
            past: VecDeque::from([Point { at: begun, fraction: 0.0, rows: 0 }]),
            path: String::new(),
            sheet: String::new(),
            file: 0,
            rows_before: 0,
            rows: 0,
            table: (0.0, 0.0),
            fraction: 0.0,
        }
    }

    /// The next file is opened.
    pub(super) fn file(&mut self, path: &str) -> ProgressView {
        self.end_table();
        path.clone_into(&mut self.path);
        self.sheet.clear();
        self.table = (0.0, 0.0);
        self.file += 1;
        self.see(0.0);
        self.view((self.ticks)())
    }

    /// The next table of the file is read, which has this share of it.
    pub(super) fn table(&mut self, sheet: &str, share: f64) {
        self.end_table();
        sheet.clone_into(&mut self.sheet);
        self.table = (self.table.0 + self.table.1, share);
    }

    /// So many rows of the table were read, which is this part of it; a view when it is time for one.
    pub(super) fn rows(&mut self, rows: u64, part: f64) -> Option<ProgressView> {
        self.rows = rows;
        let (from, share) = self.table;
        self.see(BEFORE_ROWS + (1.0 - BEFORE_ROWS) * (from + share * part));
        let now = (self.ticks)();
        let due = self.told.is_none_or(|told| now.saturating_sub(told) >= EVERY);
        due.then(|| self.view(now))
    }

    fn end_table(&mut self) {
        self.rows_before += std::mem::take(&mut self.rows);
    }

    /// This part of the present file is done. What is read once more does not count back.
    fn see(&mut self, part: f64) {
        let before: f64 = self.weights.iter().take(self.file.saturating_sub(1)).sum();
        let here = self.weights.get(self.file.saturating_sub(1)).copied().unwrap_or_default();
        let all: f64 = self.weights.iter().sum();
        self.fraction = self.fraction.max((before + here * part.clamp(0.0, 1.0)) / all.max(1.0));
    }

    fn view(&mut self, now: Duration) -> ProgressView {
        self.told = Some(now);
        let all_rows = self.rows_before + self.rows;
        self.past.push_back(Point { at: now, fraction: self.fraction, rows: all_rows });
        // One point from before is kept, so that the past is never shorter than it should be.
        while self.past.get(1).is_some_and(|p| now.saturating_sub(p.at) >= PAST) {
            self.past.pop_front();
        }
        let (rows_per_second, seconds_left) = self.speed(now, all_rows);
        ProgressView {
            path: self.path.clone(),
            sheet: self.sheet.clone(),
            rows: crate::view::number(self.rows),
            file: crate::view::small(self.file),
            files: crate::view::small(self.weights.len()),
            fraction: (!self.weights.is_empty()).then_some(self.fraction),
            rows_per_second,
            seconds_left,
        }
    }

    /// Rows in a second, and seconds left.
    fn speed(&self, now: Duration, all_rows: u64) -> (f64, Option<u32>) {
        let Some(first) = self.past.front() else { return (0.0, None) };
        if now.saturating_sub(self.begun) < EVIDENCE {
            return (0.0, None);
        }
        let seconds = now.saturating_sub(first.at).as_secs_f64();
        let done = self.fraction - first.fraction;
        let rows = all_rows.saturating_sub(first.rows);
        let left = (1.0 - self.fraction) * seconds / done;
        // A number of seconds that no screen would show is none.
        let told = (done > 0.0 && left < 360_000.0).then(|| left.ceil() as u32);
        (if seconds > 0.0 { crate::view::number(rows) / seconds } else { 0.0 }, told)
    }
}

/// How long a file will take, as if it were so many bytes of text; its name tells what it is, until it is opened.
fn weight(path: &str, size: u64) -> f64 {
    let ending = Path::new(path).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    let packed = matches!(ending.as_str(), "xlsx" | "xlsm" | "xlsb" | "ods");
    OPENING + crate::view::number(size) * if packed { PACKED } else { 1.0 }
}

/// A pace, and who hears of it.
pub(super) struct Meter<'t> {
    pace: Pace,
    tell: &'t mut (dyn FnMut(ProgressView) + Send),
}

impl<'t> Meter<'t> {
    pub(super) fn new(pace: Pace, tell: &'t mut (dyn FnMut(ProgressView) + Send)) -> Self {
        Self { pace, tell }
    }

    /// See [`Pace::file`].
    pub(super) fn file(&mut self, path: &str) {
        let view = self.pace.file(path);
        (self.tell)(view);
    }

    /// See [`Pace::table`].
    pub(super) fn table(&mut self, sheet: &str, share: f64) {
        self.pace.table(sheet, share);
    }

    /// See [`Pace::rows`].
    pub(super) fn rows(&mut self, rows: u64, part: f64) {
        if let Some(view) = self.pace.rows(rows, part) {
            (self.tell)(view);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU64, Ordering};

    /// A pace of files that are not there and so of one weight, and the milliseconds of its clock.
    fn pace(files: usize) -> (Pace, Arc<AtomicU64>) {
        let clock = Arc::new(AtomicU64::new(5_000));
        let hand = Arc::clone(&clock);
        let ticks: Ticks = Arc::new(move || Duration::from_millis(hand.load(Ordering::Relaxed)));
        (Pace::new(&ticks, std::iter::repeat_n("no such file.csv", files)), clock)
    }

    #[test]
    fn nothing_is_foretold_in_the_first_second_and_then_rows_and_time_left_are() {
        let (mut pace, clock) = pace(1);
        let begun = pace.file("a.csv");
        assert_eq!((begun.fraction, begun.seconds_left, begun.file, begun.files), (Some(0.0), None, 1, 1));
        pace.table("", 1.0);
        clock.fetch_add(900, Ordering::Relaxed);
        let early = pace.rows(9_000, 0.25).expect("a report");
        assert_eq!((early.rows_per_second, early.seconds_left), (0.0, None));
        assert_eq!(early.fraction, Some(0.4));
        clock.fetch_add(1_100, Ordering::Relaxed);
        // Half of it in two seconds.
        let later = pace.rows(20_000, 0.375).expect("a report");
        assert_eq!(
            (later.fraction, later.rows_per_second, later.seconds_left),
            (Some(0.5), 10_000.0, Some(2))
        );
    }

    #[test]
    fn reports_are_a_tenth_of_a_second_apart_at_least() {
        let (mut pace, clock) = pace(1);
        pace.file("a.csv");
        pace.table("", 1.0);
        clock.fetch_add(99, Ordering::Relaxed);
        assert!(pace.rows(1_000, 0.1).is_none());
        clock.fetch_add(1, Ordering::Relaxed);
        assert!(pace.rows(2_000, 0.2).is_some());
        assert!(pace.rows(3_000, 0.3).is_none());
    }

    #[test]
    fn a_batch_is_the_sum_of_its_files_and_never_goes_back() {
        let (mut pace, clock) = pace(4);
        pace.file("a.xlsx");
        pace.table("一", 0.5);
        clock.fetch_add(500, Ordering::Relaxed);
        pace.rows(4_000, 1.0).expect("a report");
        pace.table("二", 0.5);
        clock.fetch_add(500, Ordering::Relaxed);
        let view = pace.rows(1_000, 1.0).expect("a report");
        assert_eq!((view.fraction, view.sheet.as_str(), view.rows), (Some(0.25), "二", 1_000.0));
        assert_eq!(view.rows_per_second, 5_000.0, "the rows of both tables");
        // The column's calendar was decided anew: the table is read again from its first row.
        clock.fetch_add(500, Ordering::Relaxed);
        assert_eq!(pace.rows(0, 0.0).expect("a report").fraction, Some(0.25));
        let second = pace.file("b.xlsx");
        assert_eq!((second.file, second.files, second.rows, second.fraction), (2, 4, 0.0, Some(0.25)));
    }

    #[test]
    fn the_speed_is_that_of_the_last_seconds() {
        let (mut pace, clock) = pace(1);
        pace.file("a.csv");
        pace.table("", 1.0);
        let mut rows = 0;
        let mut last = None;
        // A slow minute, then twenty times as fast.
        for step in 0..800_u32 {
            clock.fetch_add(100, Ordering::Relaxed);
            rows += if step < 600 { 100 } else { 2_000 };
            last = pace.rows(rows, f64::from(step) / 1_000.0);
        }
        let last = last.expect("a report");
        assert_eq!(last.rows_per_second, 20_000.0);
    }

    #[test]
    fn a_packed_workbook_weighs_more_than_a_text_of_its_size() {
        assert_eq!(weight("x/名冊.CSV", 100_000), OPENING + 100_000.0);
        assert_eq!(weight("x/名冊.XLSX", 100_000), OPENING + 300_000.0);
        assert_eq!(weight("noending", 0), OPENING);
    }
}
