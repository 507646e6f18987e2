//! The pictures of a procedure, as figures: which days a record covers, how long ago, how numbers lie. The queries are the
//! procedure's own, over its own fragments and parameters. What a picture shows is looked at, never an exception.

use crate::analysis::{Bands, Bar};
use crate::error::AuditError;
use crate::needs;
use crate::shared::Shared;
use crate::store::DatasetStore;
use fieldbook_model::workday::Calendar;
use fieldbook_model::{ParamValue, Picture, PictureKind, Procedure};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::collections::BTreeMap;

/// Lanes of a picture; those beyond are only counted.
pub const MOST_LANES: usize = 60;
/// Days of a strip: ten years and some.
const MOST_DAYS: i64 = 4_000;
/// Percentages at which a lane of a spread is measured.
pub const PERCENTS: [u8; 8] = [0, 5, 25, 50, 75, 95, 99, 100];

/// What came of a picture.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawn {
    /// It cannot be drawn: `dataset.column` of everything that is missing.
    Lacks(Vec<String>),
    /// Days of lanes.
    Strip(Strip),
    /// Ages in bars.
    Ages(Ages),
    /// Numbers by lane.
    Spread(Spread),
}

/// What is known of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayState {
    /// A record covers it.
    Kept,
    /// None does.
    Missing,
    /// The data cannot tell.
    Unclear,
}

/// Days that follow one another in the same state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// State.
    pub state: DayState,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// Days of it that count.
    pub days: u64,
}

/// One lane of a strip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLane {
    /// Name.
    pub name: String,
    /// First day that should be covered.
    pub from: Date,
    /// Last one.
    pub to: Date,
    /// Stretches in order; a day of none was not judged.
    pub stretches: Vec<Stretch>,
    /// Days that count.
    pub due: u64,
}

impl DayLane {
    /// Days that count and are in a state.
    #[must_use]
    pub fn days(&self, state: DayState) -> u64 {
        self.stretches.iter().filter(|s| s.state == state).map(|s| s.days).sum()
    }
}

/// Days of lanes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Strip {
    /// First day of all lanes; `None` without a lane.
    pub from: Option<Date>,
    /// Last day of all lanes.
    pub to: Option<Date>,
    /// Days that do not count.
    pub off: Vec<Date>,
    /// Whether somebody said which days are holidays. If not, a weekday without a record may be one.
    pub holidays_known: bool,
    /// Whether every day counts.
    pub every_day: bool,
    /// The first lanes.
    pub lanes: Vec<DayLane>,
    /// All lanes.
    pub lanes_in_all: usize,
}

/// Why a row has no age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoAge {
    /// The list says that it never happened.
    Never,
    /// The list says nothing.
    Missing,
    /// What the list says cannot be read.
    Unreadable,
    /// It happened after the as-of date.
    After,
}

/// Ages in bars.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ages {
    /// Bars, lowest first; the limit is where one of them ends.
    pub bars: Vec<Bar>,
    /// Rows without an age, each kind on its own.
    pub without: BTreeMap<NoAge, u64>,
    /// The limit in days; `None` where no row told it.
    pub limit: Option<i64>,
}

/// One lane of a spread.
#[derive(Debug, Clone, PartialEq)]
pub struct SpreadLane {
    /// Name.
    pub name: String,
    /// Numbers.
    pub n: usize,
    /// What is reached at each of [`PERCENTS`]: nearest rank.
    pub at: [f64; PERCENTS.len()],
}

/// Numbers by lane, the lowest median first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spread {
    /// The lane with the lowest median, and those with the highest.
    pub lanes: Vec<SpreadLane>,
    /// All lanes.
    pub lanes_in_all: usize,
}

/// Counts what a picture of a procedure shows. `bound` is what every query is given: the procedure's parameters and the
/// names that the engine binds.
///
/// # Errors
/// [`AuditError::Picture`] or [`AuditError::Fragment`] when a query cannot run or yields something else.
pub fn picture(
    store: &dyn DatasetStore,
    procedure: &Procedure,
    picture: &Picture,
    bound: &[(String, ParamValue)],
) -> Result<Drawn, AuditError> {
    let states = store.datasets().map_err(AuditError::Datasets)?;
    let needed: Vec<_> = procedure.needs.iter().chain(&picture.needs).cloned().collect();
    let missing = needs::missing_of_procedure(&needed, &states);
    if !missing.is_empty() {
        return Ok(Drawn::Lacks(missing));
    }
    let mut shared = Shared::new(store, procedure, bound);
    shared.need(&picture.uses)?;
    let mut drawing = Drawing::of(picture, bound);
    let mut each = |_: i64, cells: Vec<(String, Option<String>)>| drawing.take(&Row(cells));
    store.rows(&picture.sql, bound, &mut each).map_err(|source| AuditError::Picture {
        procedure: procedure.id.clone(),
        picture: picture.key.clone(),
        source,
    })?;
    Ok(drawing.done())
}

/// A row of a picture's query.
struct Row(Vec<(String, Option<String>)>);

impl Row {
    fn text(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == key).and_then(|(_, value)| value.as_deref())
    }

    fn date(&self, key: &str) -> Option<Date> {
        self.text(key)?.get(..10)?.parse().ok()
    }

    fn whole(&self, key: &str) -> Option<i64> {
        self.text(key)?.parse().ok()
    }
}

/// A picture while its rows come.
enum Drawing {
    Strip { days: Days, lanes: BTreeMap<String, Vec<Span>> },
    Ages { bounds: Vec<i64>, days: Vec<i64>, out: Ages },
    Spread(BTreeMap<String, Vec<f64>>),
}

/// Some days as the query tells them; `None` for those that should be covered.
struct Span {
    state: Option<DayState>,
    from: Date,
    to: Date,
}

impl Drawing {
    fn of(picture: &Picture, bound: &[(String, ParamValue)]) -> Self {
        match picture.kind {
            PictureKind::Strip => Self::Strip { days: Days::of(picture, bound), lanes: BTreeMap::new() },
            PictureKind::Ages => {
                Self::Ages { bounds: picture.bounds.clone(), days: Vec::new(), out: Ages::default() }
            }
            PictureKind::Spread => Self::Spread(BTreeMap::new()),
        }
    }

    fn take(&mut self, row: &Row) {
        let lane = || row.text("lane").unwrap_or_default().to_owned();
        match self {
            Self::Strip { lanes, .. } => {
                let state = match row.text("state") {
                    Some("kept") => Some(DayState::Kept),
                    Some("missing") => Some(DayState::Missing),
                    Some("due") => None,
                    _ => Some(DayState::Unclear),
                };
                if let (Some(from), Some(to)) = (row.date("from_day"), row.date("to_day")) {
                    lanes.entry(lane()).or_default().push(Span { state, from, to });
                }
            }
            Self::Ages { days, out, .. } => {
                out.limit = out.limit.or(row.whole("limit_days"));
                let without = match (row.whole("days"), row.text("state")) {
                    (Some(n), None) if n >= 0 => return days.push(n),
                    (Some(_), None) | (_, Some("after")) => NoAge::After,
                    (_, Some("never")) => NoAge::Never,
                    (_, Some("missing")) => NoAge::Missing,
                    _ => NoAge::Unreadable,
                };
                *out.without.entry(without).or_default() += 1;
            }
            Self::Spread(lanes) => {
                let value = row.text("value").and_then(|text| text.parse::<f64>().ok());
                if let Some(value) = value.filter(|v| v.is_finite()) {
                    lanes.entry(lane()).or_default().push(value);
                }
            }
        }
    }

    fn done(self) -> Drawn {
        match self {
            Self::Strip { days, lanes } => Drawn::Strip(strip(&days, lanes)),
            Self::Ages { bounds, days, out } => Drawn::Ages(ages(&bounds, &days, out)),
            Self::Spread(lanes) => Drawn::Spread(spread(lanes)),
        }
    }
}

/// Which days count.
struct Days {
    calendar: Calendar,
    holidays_known: bool,
    every_day: bool,
}

impl Days {
    fn of(picture: &Picture, bound: &[(String, ParamValue)]) -> Self {
        let value = |key: &Option<String>| {
            let key = key.as_deref()?;
            bound.iter().find(|(k, _)| k == key).map(|(_, value)| value)
        };
        let named: &[String] = match value(&picture.holidays) {
            Some(ParamValue::List(days)) => days,
            _ => &[],
        };
        let calendar = Calendar::parse(named.iter().map(String::as_str));
        Self {
            holidays_known: calendar.is_some() && !named.is_empty(),
            calendar: calendar.unwrap_or_default(),
            every_day: picture.holidays.is_none()
                || matches!(value(&picture.every_day), Some(ParamValue::Bool(true))),
        }
    }

    fn counts(&self, day: Date) -> bool {
        self.every_day || self.calendar.is_workday(day)
    }
}

/// Whole days from one to another.
fn between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

fn each_day(from: Date, to: Date) -> impl Iterator<Item = Date> {
    (0..=between(from, to).min(MOST_DAYS)).map(move |n| from.saturating_add(n.days()))
}

fn strip(days: &Days, lanes: BTreeMap<String, Vec<Span>>) -> Strip {
    let mut drawn: Vec<DayLane> =
        lanes.into_iter().filter_map(|(name, spans)| day_lane(days, name, &spans)).collect();
    let lanes_in_all = drawn.len();
    drawn.truncate(MOST_LANES);
    let (from, to) = (drawn.iter().map(|l| l.from).min(), drawn.iter().map(|l| l.to).max());
    let off = match from.zip(to) {
        Some((from, to)) => each_day(from, to).filter(|day| !days.counts(*day)).collect(),
        None => Vec::new(),
    };
    let Days { holidays_known, every_day, .. } = *days;
    Strip { from, to, off, holidays_known, every_day, lanes: drawn, lanes_in_all }
}

/// A lane day by day: what covers a day stands before what is unclear, and that before what is missing.
fn day_lane(days: &Days, name: String, spans: &[Span]) -> Option<DayLane> {
    let due = || spans.iter().filter(|s| s.state.is_none());
    let (from, to) = due().map(|s| s.from).min().zip(due().map(|s| s.to).max())?;
    let length = usize::try_from(between(from, to).min(MOST_DAYS) + 1).ok()?;
    let mut states = vec![None; length];
    for wanted in [DayState::Missing, DayState::Unclear, DayState::Kept] {
        for span in spans.iter().filter(|s| s.state == Some(wanted)) {
            let first = usize::try_from(between(from, span.from).max(0)).unwrap_or(usize::MAX);
            let end = usize::try_from(between(from, span.to) + 1).unwrap_or_default().min(length);
            states.get_mut(first..end).unwrap_or_default().fill(Some(wanted));
        }
    }
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut due = 0;
    for (day, state) in each_day(from, to).zip(states) {
        let counts = u64::from(days.counts(day));
        due += counts;
        let Some(state) = state else { continue };
        match stretches.last_mut() {
            Some(last) if last.state == state && last.to.saturating_add(1.days()) == day => {
                last.to = day;
                last.days += counts;
            }
            _ => stretches.push(Stretch { state, from: day, to: day, days: counts }),
        }
    }
    Some(DayLane { name, from, to, stretches, due })
}

/// Whether a day is a Saturday or a Sunday.
#[must_use]
pub fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn ages(bounds: &[i64], days: &[i64], out: Ages) -> Ages {
    // A bound that nearly is the limit gives way to it.
    let apart = |bound: &i64| out.limit.is_none_or(|limit| (bound - limit).abs() > limit / 10);
    let mut ends: Vec<i64> = bounds.iter().copied().filter(apart).chain(out.limit).collect();
    ends.sort_unstable();
    let mut bands = Bands::new(&ends);
    for n in days {
        bands.number(Some(&n.to_string()));
    }
    Ages { bars: bands.bars().to_vec(), ..out }
}

fn spread(lanes: BTreeMap<String, Vec<f64>>) -> Spread {
    let lane = |(name, mut values): (String, Vec<f64>)| {
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len();
        // The first value at which the share of values up to it reaches the percentage.
        let rank = |percent: u8| (n * usize::from(percent)).div_ceil(100).max(1) - 1;
        let at = PERCENTS.map(|percent| values.get(rank(percent)).copied().unwrap_or_default());
        SpreadLane { name, n, at }
    };
    let mut lanes: Vec<SpreadLane> = lanes.into_iter().map(lane).collect();
    lanes.sort_by(|a, b| a.at[3].total_cmp(&b.at[3]));
    let lanes_in_all = lanes.len();
    if lanes_in_all > MOST_LANES {
        lanes.drain(1..=lanes_in_all - MOST_LANES);
    }
    Spread { lanes, lanes_in_all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(holidays: &[&str]) -> Days {
        let calendar = Calendar::parse(holidays.iter().copied()).expect("dates");
        Days { calendar, holidays_known: !holidays.is_empty(), every_day: false }
    }

    fn span(state: Option<DayState>, from: Date, to: Date) -> Span {
        Span { state, from, to }
    }

    #[test]
    fn every_day_that_counts_is_in_one_state_or_was_not_judged() {
        let spans = [
            span(None, date(2020, 12, 1), date(2020, 12, 31)),
            span(Some(DayState::Kept), date(2020, 11, 20), date(2020, 12, 4)),
            span(Some(DayState::Missing), date(2020, 12, 7), date(2020, 12, 11)),
            span(Some(DayState::Kept), date(2020, 12, 12), date(2020, 12, 25)),
            span(Some(DayState::Unclear), date(2020, 12, 24), date(2020, 12, 29)),
        ];
        let lane = day_lane(&days(&["2020-12-09"]), "FW-01".to_owned(), &spans).expect("a lane");
        // December 2020 has 23 weekdays; the 9th is a holiday here.
        assert_eq!(lane.due, 22);
        assert_eq!(lane.days(DayState::Missing), 4);
        assert_eq!(lane.days(DayState::Unclear), 2, "what covers a day stands before what is unclear");
        assert_eq!(lane.days(DayState::Kept), 4 + 10);
        let first = lane.stretches.first().expect("the first");
        assert_eq!(
            (first.from, first.to),
            (date(2020, 12, 1), date(2020, 12, 4)),
            "nothing before the due days"
        );
        // Two days at the end were not judged.
        let told: u64 = lane.stretches.iter().map(|s| s.days).sum();
        assert_eq!(lane.due - told, 2);
    }

    #[test]
    fn without_a_day_that_is_due_there_is_no_lane() {
        let spans = [span(Some(DayState::Kept), date(2020, 1, 1), date(2020, 1, 2))];
        assert!(day_lane(&days(&[]), String::new(), &spans).is_none());
        assert_eq!(strip(&days(&[]), BTreeMap::new()), Strip::default());
    }

    #[test]
    fn bars_end_at_the_limit_and_what_has_no_age_stands_apart() {
        let out = Ages { limit: Some(92), without: BTreeMap::from([(NoAge::Never, 2)]), ..Ages::default() };
        let ages = ages(&[30, 90, 180], &[0, 30, 31, 92, 93, 400], out);
        let ends: Vec<_> = ages.bars.iter().map(|b| b.up_to).collect();
        assert_eq!(ends, [Some(30), Some(92), Some(180), None], "90 gives way to 92");
        assert_eq!(ages.bars.iter().map(|b| b.rows).collect::<Vec<_>>(), [2, 2, 1, 1]);
        assert_eq!(ages.without.get(&NoAge::Never), Some(&2));
    }

    #[test]
    fn percentages_are_reached_by_nearest_rank() {
        let values: Vec<f64> = (1..=200).map(f64::from).collect();
        let spread = spread(BTreeMap::from([("甲".to_owned(), values), ("乙".to_owned(), vec![3.0])]));
        let names: Vec<&str> = spread.lanes.iter().map(|l| l.name.as_str()).collect();
        assert_eq!(names, ["乙", "甲"], "the lowest median first");
        assert_eq!(spread.lanes[0].at, [3.0; 8]);
        assert_eq!(spread.lanes[1].at, [1.0, 10.0, 50.0, 100.0, 150.0, 190.0, 198.0, 200.0]);
    }

    #[test]
    fn of_many_lanes_the_lowest_and_the_highest_stay() {
        let lanes = (0..100).map(|n| (format!("{n:03}"), vec![f64::from(n)])).collect();
        let spread = spread(lanes);
        assert_eq!((spread.lanes.len(), spread.lanes_in_all), (MOST_LANES, 100));
        assert_eq!((spread.lanes[0].at[3], spread.lanes[1].at[3]), (0.0, 41.0));
    }
}
