//! Mappings as a text that travels from one examiner to the next.
//!
//! `[columns]` says their header = our column's key (empty leaves theirs out), `[readings]` their header = how its
//! dates are read, `[times]` the header of a date = the header of its time of day, `[filled]` our column's key = the
//! value that all rows share (`@sheet_name`, `@title`; empty proposes none). They stand below a `[[sheet]]` with its
//! `dataset` and `headers`, or alone for whatever sheet they are used with.

use super::{ForcedColumn, Locator, SheetPlan};
use crate::IntakeError;
use crate::recognise::normal;
use fieldbook_model::Reading;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use toml::Spanned;

const SHEET_NAME: &str = "@sheet_name";
const TITLE: &str = "@title";

const READINGS: [(&str, Reading); 11] = [
    ("plain", Reading::Plain),
    ("roc_ymd", Reading::RocYmd),
    ("ymd", Reading::Ymd),
    ("dmy", Reading::Dmy),
    ("mdy", Reading::Mdy),
    ("serial", Reading::Serial),
    ("roc_compact", Reading::RocCompact),
    ("compact", Reading::Compact),
    ("file_time", Reading::FileTime),
    ("epoch", Reading::Epoch),
    ("ambiguous", Reading::Ambiguous),
];

/// A reading by its word (`roc_ymd`).
#[must_use]
pub fn reading_of(word: &str) -> Option<Reading> {
    READINGS.iter().find(|(w, _)| *w == word).map(|(_, r)| r.clone())
}

/// The word of a reading.
#[must_use]
pub fn reading_word(reading: &Reading) -> &'static str {
    READINGS.iter().find(|(_, r)| r == reading).map_or("plain", |(w, _)| w)
}

/// How a sheet was mapped, without anything that it holds but its headers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetProfile {
    /// Dataset key; `None` where the text names none.
    pub dataset: Option<String>,
    /// The sheet's headers, as written; empty for a mapping that is for any sheet.
    pub headers: Vec<String>,
    /// The mapping.
    pub forced: Vec<ForcedColumn>,
}

impl SheetProfile {
    /// The profile of a plan; `None` without a dataset. Of the calendars only those that the examiner chose are kept:
    /// the same header may hold other dates next year.
    #[must_use]
    pub fn of(plan: &SheetPlan) -> Option<Self> {
        let header = |index: u32| plan.columns.iter().find(|c| c.index == index).map(|c| c.header.clone());
        let at = |index: u32| Some(Locator::Header(header(index)?));
        let mut forced = Vec::new();
        for mapped in &plan.mapping {
            let Some(date) = at(mapped.index) else { continue };
            let at = date.with_time(mapped.time_index.and_then(at));
            let reading = plan.fixed.contains(&mapped.column).then(|| mapped.reading.clone());
            forced.push(ForcedColumn { at, column: Some(mapped.column.clone()), reading });
        }
        for header in &plan.unmapped {
            forced.push(ForcedColumn { at: Locator::Header(header.clone()), column: None, reading: None });
        }
        for filled in &plan.filled {
            let at = Locator::filled(filled.from, &filled.text);
            forced.push(ForcedColumn { at, column: Some(filled.column.clone()), reading: None });
        }
        let headers = plan.columns.iter().map(|c| c.header.clone()).collect();
        Some(Self { dataset: Some(plan.dataset.clone()?), headers, forced })
    }

    /// Whether the profile is for a sheet with these headers, in whatever order.
    #[must_use]
    pub fn fits(&self, plan: &SheetPlan) -> bool {
        let own: BTreeSet<String> = self.headers.iter().map(|h| normal(h)).collect();
        let theirs: BTreeSet<String> = plan.columns.iter().map(|c| normal(&c.header)).collect();
        own.is_empty() || own == theirs
    }
}

/// Writes profiles as TOML.
#[must_use]
pub fn profile_text(profiles: &[SheetProfile]) -> String {
    let mut out = String::new();
    for profile in profiles {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str("[[sheet]]\n");
        if let Some(dataset) = &profile.dataset {
            out.push_str(&format!("dataset = {}\n", quoted(dataset)));
        }
        let headers: Vec<String> = profile.headers.iter().map(|h| quoted(h)).collect();
        out.push_str(&format!("headers = [{}]\n", headers.join(", ")));
        let lines = Lines::of(&profile.forced);
        for (name, pairs) in [
            ("columns", lines.columns),
            ("readings", lines.readings),
            ("times", lines.times),
            ("filled", lines.filled),
        ] {
            if !pairs.is_empty() {
                out.push_str(&format!("\n[sheet.{name}]\n"));
            }
            for (key, value) in pairs {
                out.push_str(&format!("{} = {}\n", quoted(&key), quoted(&value)));
            }
        }
    }
    out
}

/// What stands under each heading; of two columns with one header the first counts.
#[derive(Default)]
struct Lines {
    columns: Vec<(String, String)>,
    readings: Vec<(String, String)>,
    times: Vec<(String, String)>,
    filled: Vec<(String, String)>,
}

impl Lines {
    fn of(forced: &[ForcedColumn]) -> Self {
        let mut lines = Self::default();
        let mut seen = BTreeSet::new();
        for choice in forced {
            let key = choice.column.clone().unwrap_or_default();
            let header = match &choice.at {
                Locator::Header(header) => Some((header, None)),
                Locator::DateAndTime(date, time) => match (&**date, &**time) {
                    (Locator::Header(date), Locator::Header(time)) => Some((date, Some(time))),
                    _ => None,
                },
                Locator::SheetName => lines.fill(key.clone(), SHEET_NAME),
                Locator::Title => lines.fill(key.clone(), TITLE),
                Locator::Text(text) => lines.fill(key.clone(), text),
                Locator::Nowhere => lines.fill(key.clone(), ""),
                Locator::Index(_) => None,
            };
            let Some((header, time)) = header.filter(|(h, _)| seen.insert(normal(h))) else { continue };
            lines.columns.push((header.clone(), key));
            if let Some(reading) = &choice.reading {
                lines.readings.push((header.clone(), reading_word(reading).to_owned()));
            }
            lines.times.extend(time.map(|time| (header.clone(), time.clone())));
        }
        lines
    }

    fn fill<'h>(&mut self, key: String, text: &str) -> Option<(&'h String, Option<&'h String>)> {
        if !key.is_empty() {
            self.filled.push((key, text.to_owned()));
        }
        None
    }
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    sheet: Vec<RawSheet>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    readings: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    times: BTreeMap<String, String>,
    #[serde(default)]
    filled: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheet {
    dataset: Option<String>,
    #[serde(default)]
    headers: Vec<String>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    #[serde(default)]
    readings: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    times: BTreeMap<String, String>,
    #[serde(default)]
    filled: BTreeMap<String, String>,
}

/// Reads profiles: one for each `[[sheet]]`, and one more for what stands alone.
///
/// # Errors
/// `BadProfile` with the line, when it is known.
pub fn profile_from_text(text: &str) -> Result<Vec<SheetProfile>, IntakeError> {
    let line = |at: usize| text.get(..at).and_then(|t| u32::try_from(t.matches('\n').count() + 1).ok());
    let file: RawFile = toml::from_str(text)
        .map_err(|e| IntakeError::BadProfile { line: e.span().and_then(|span| line(span.start)) })?;
    let alone = RawSheet {
        dataset: None,
        headers: Vec::new(),
        columns: file.columns,
        readings: file.readings,
        times: file.times,
        filled: file.filled,
    };
    let is_empty = alone.columns.is_empty() && alone.filled.is_empty() && alone.readings.is_empty();
    let sheets = file.sheet.into_iter().chain((!is_empty).then_some(alone));
    sheets.map(|sheet| profile(sheet, &line)).collect()
}

fn profile(sheet: RawSheet, line: &dyn Fn(usize) -> Option<u32>) -> Result<SheetProfile, IntakeError> {
    let RawSheet { dataset, headers, columns, readings, times, filled } = sheet;
    let mut forced = Vec::with_capacity(columns.len() + filled.len());
    for (header, key) in columns {
        let word = readings.get(&header);
        let reading = word.map(|w| {
            reading_of(w.get_ref()).ok_or_else(|| IntakeError::BadProfile { line: line(w.span().start) })
        });
        let reading = reading.transpose()?.filter(|r| !matches!(r, Reading::Plain | Reading::Ambiguous));
        let time = times.get(&header).map(|time| Locator::Header(time.clone()));
        let at = Locator::Header(header).with_time(time);
        forced.push(ForcedColumn { at, column: Some(key).filter(|k| !k.is_empty()), reading });
    }
    for (key, text) in filled {
        let at = match text.as_str() {
            SHEET_NAME => Locator::SheetName,
            TITLE => Locator::Title,
            "" => Locator::Nowhere,
            _ => Locator::Text(text),
        };
        forced.push(ForcedColumn { at, column: Some(key), reading: None });
    }
    Ok(SheetProfile { dataset, headers, forced })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(name: &str) -> Locator {
        Locator::Header(name.to_owned())
    }

    fn forced(at: Locator, column: &str, reading: Option<Reading>) -> ForcedColumn {
        ForcedColumn { at, column: Some(column.to_owned()).filter(|c| !c.is_empty()), reading }
    }

    #[test]
    fn what_is_written_reads_the_same() {
        let mut columns = vec![
            forced(header("帳號\"A\"\\\n"), "account", None),
            forced(header("備註"), "", None),
            forced(
                Locator::DateAndTime(Box::new(header("日期")), Box::new(header("時間"))),
                "last_login",
                Some(Reading::RocYmd),
            ),
            forced(Locator::SheetName, "system_name", None),
            forced(Locator::Text("甲".into()), "unit", None),
            forced(Locator::Nowhere, "vendor_name", None),
        ];
        let headers = ["帳號\"A\"\\\n", "備註", "日期", "時間"].map(str::to_owned).to_vec();
        let one = SheetProfile { dataset: Some("accounts".into()), headers, forced: columns.clone() };
        let other = SheetProfile { dataset: Some("orders".into()), headers: Vec::new(), forced: Vec::new() };
        let mut read = profile_from_text(&profile_text(&[one, other.clone()])).expect("a profile");
        assert_eq!(read.pop(), Some(other));
        let mut read = read.pop().expect("the first");
        let order = |f: &ForcedColumn| format!("{:?}", f.at);
        read.forced.sort_by_key(order);
        columns.sort_by_key(order);
        assert_eq!(read.forced, columns);
        assert_eq!(read.headers.len(), 4);
    }

    #[test]
    fn a_mapping_without_a_sheet_is_for_any_sheet() {
        let text = "[columns]\n\"啥\" = \"holder_name\"\n\"備註\" = \"\"\n[readings]\n\"啥\" = \"dmy\"\n";
        let read = profile_from_text(text).expect("a profile");
        assert_eq!(read.len(), 1);
        assert_eq!(
            read[0].forced,
            [forced(header("備註"), "", None), forced(header("啥"), "holder_name", Some(Reading::Dmy))]
        );
        assert_eq!((read[0].dataset.as_deref(), read[0].headers.len()), (None, 0));
    }

    #[test]
    fn what_cannot_be_read_names_its_line() {
        for (text, line) in [
            ("[columns]\na = 1\n", 2),
            ("[colums]\na = \"b\"\n", 1),
            ("[columns]\na = \"b\"\n[readings]\na = \"julian\"\n", 4),
            ("[[sheet]]\ndataset = \"x\"\nheader = []\n", 3),
        ] {
            match profile_from_text(text) {
                Err(IntakeError::BadProfile { line: found }) => assert_eq!(found, Some(line), "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
