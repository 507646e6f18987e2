//! The pictures of a procedure beside the rows of its run: what both count is the same.

use crate::cases::Case;
use fieldbook_audit::picture::{DayState, Drawn};
use fieldbook_model::{ExceptionRow, RuleVerdict};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What a picture says otherwise than the rows do; empty where they agree.
pub fn difference(case: &Case, rows: &[ExceptionRow], pictures: &[(String, Drawn)]) -> String {
    let mut out = String::new();
    for (key, drawn) in pictures {
        let (what, shown, listed) = match (key.as_str(), drawn) {
            ("days", Drawn::Strip(strip)) => {
                let shown: u64 = strip.lanes.iter().map(|lane| lane.days(DayState::Missing)).sum();
                let exceptions = rows.iter().filter(|r| r.verdict == RuleVerdict::Exception);
                let listed = exceptions.filter_map(|r| value(r, "gap_days")?.parse::<u64>().ok()).sum();
                ("missing days", shown, listed)
            }
            ("age", Drawn::Ages(ages)) => {
                let beyond = ages.bars.iter().filter(|bar| bar.above.is_some() && bar.above >= ages.limit);
                let age = |r: &&ExceptionRow| {
                    let changed: Date = value(r, "pw_changed_at")?.get(..10)?.parse().ok()?;
                    Some(i64::from((case.as_of().parse::<Date>().ok()? - changed).get_days()))
                };
                let late = rows.iter().filter(|r| age(r) > ages.limit);
                let late: BTreeSet<_> = late.map(|r| &r.key.source).collect();
                ("accounts beyond the limit", beyond.map(|bar| bar.rows).sum(), late.len() as u64)
            }
            ("latency", Drawn::Spread(spread)) => {
                let told = rows.iter().filter_map(|r| value(r, "account").zip(value(r, "median_ms")));
                let told: BTreeSet<(String, String)> =
                    told.map(|(a, m)| (a.to_owned(), m.to_owned())).collect();
                let lanes = spread.lanes.iter();
                let same = lanes.filter(|lane| {
                    let median = |(account, median): &(String, String)| {
                        *account == lane.name
                            && median.parse::<f64>().is_ok_and(|m| (m - lane.at[3]).abs() < 0.001)
                    };
                    told.iter().any(median)
                });
                ("medians", same.count() as u64, told.len() as u64)
            }
            _ => continue,
        };
        if shown != listed {
            out.push_str(&format!("  {}: {key} shows {shown} {what}, the rows {listed}\n", case.name));
        }
    }
    out
}

fn value<'r>(row: &'r ExceptionRow, key: &str) -> Option<&'r str> {
    row.values.iter().find(|(k, _)| k == key).and_then(|(_, value)| value.as_deref())
}
