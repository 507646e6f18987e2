//! Canonical datasets: what a firm's spreadsheet becomes.

use crate::date::{Moment, RocDate};
use crate::text::norm_key;
use compact_str::CompactString;
use jiff::civil::{Date, DateTime};
use std::collections::BTreeMap;

/// Type of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ColumnType {
    /// Text as given, outer blanks removed.
    Text,
    /// Yes or no.
    Bool,
    /// One of the column's choices.
    Enum,
    /// Calendar date.
    Date,
    /// Date and time, sub-second digits kept as given.
    DateTime,
    /// Whole number.
    Int,
    /// Decimal number.
    Num,
    /// Length of time, in minutes.
    Duration,
}

/// One choice of an enumerated column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Stored value (`enabled`).
    pub key: String,
    /// zh-TW word.
    pub zh: String,
    /// Texts read as this choice.
    pub synonyms: Vec<String>,
}

/// One column of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Key, the SQL column's name: `[a-z][a-z0-9_]*`.
    pub key: String,
    /// zh-TW name.
    pub zh: String,
    /// Type.
    pub ty: ColumnType,
    /// Whether a sheet without it is incomplete.
    pub required: bool,
    /// Headers seen for it.
    pub synonyms: Vec<String>,
    /// Those of the headers that fit many datasets (`日期`, `狀態`): they never choose a dataset.
    pub weak: Vec<String>,
    /// For headers whose yes means no (`停用`): the value is inverted.
    pub inverted: Vec<String>,
    /// Choices of an enumerated column; empty keeps the text.
    pub choices: Vec<Choice>,
    /// The part of the day in which its moments lie, on the clock of Asia/Taipei; `None` where nothing is expected.
    pub hours: Option<Hours>,
    /// Whether its values name or number a person: masked in what is handed out.
    pub personal: bool,
}

/// A part of the day, to the minute, both ends included; it may go on after midnight (`15:00-05:00`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// First minute of the day that belongs to it, 0–1439.
    pub from: u16,
    /// Last one.
    pub to: u16,
}

impl Hours {
    /// Reads `08:00-14:00`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let minute = |clock: &str| {
            let (hour, minute) = clock.split_once(':')?;
            let is_whole = |t: &str| t.len() == 2 && t.bytes().all(|b| b.is_ascii_digit());
            let whole = |t: &str| t.parse::<u16>().ok().filter(|_| is_whole(t));
            let (hour, minute) = (whole(hour)?, whole(minute)?);
            (hour < 24 && minute < 60).then_some(hour * 60 + minute)
        };
        let (from, to) = text.split_once('-')?;
        Some(Self { from: minute(from)?, to: minute(to)? })
    }

    /// Whether a minute of the day belongs to it.
    #[must_use]
    pub fn contains(self, minute: u16) -> bool {
        if self.from <= self.to {
            self.from <= minute && minute <= self.to
        } else {
            self.from <= minute || minute <= self.to
        }
    }
}

impl std::fmt::Display for Hours {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        write!(f, "{}-{}", clock(self.from), clock(self.to))
    }
}

/// A dataset's definition: one file of `checklists/datasets/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetDef {
    /// Key, the SQL table's name (`accounts`).
    pub key: String,
    /// Code of the specification (`D01`).
    pub code: String,
    /// zh-TW name.
    pub zh: String,
    /// What one row is, in zh-TW (`一列為一系統之一帳號`).
    pub row: String,
    /// Keys of the columns that tell one row from another; empty where nothing does (a log).
    pub row_key: Vec<String>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Columns whose value is inferred where the firm's list does not say it.
    pub derived: Vec<Derived>,
}

/// How a column's value is inferred from what the exam holds, before any procedure runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Derived {
    /// The column.
    pub column: String,
    /// How, in zh-TW, one sentence a step.
    pub steps: Vec<String>,
    /// Keys of the other datasets that the query reads.
    pub reads: Vec<String>,
    /// Lists of words that the query is given as parameters, by key.
    pub words: BTreeMap<String, Vec<String>>,
    /// Query: `_id` of a row of the dataset, its `value`, and the `basis` in zh-TW.
    pub sql: String,
}

/// An inferred or corrected value of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedValue {
    /// Row's `_id`.
    pub id: i64,
    /// Value; `None` where a person said that it is not known.
    pub value: Option<String>,
    /// What it rests on, zh-TW.
    pub basis: String,
}

/// The inferred and corrected values of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DerivedColumn {
    /// Dataset key.
    pub dataset: String,
    /// Column key.
    pub column: String,
    /// Values by `_id`.
    pub values: Vec<DerivedValue>,
}

/// What a person says a row's value is, whatever the list or the inference says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Dataset key.
    pub dataset: String,
    /// Column key.
    pub column: String,
    /// The row, as [`DatasetDef::row_name`] names it.
    pub row: String,
    /// Value; `None` says that it is not known.
    pub value: Option<String>,
    /// Why.
    pub note: String,
    /// Who.
    pub by: String,
    /// When.
    pub at: Moment,
}

impl DatasetDef {
    /// Name of a row by the columns that tell it from others: their folded texts, separated by U+001F. `None` where
    /// the dataset has no such columns or one of them is empty.
    pub fn row_name(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        if self.row_key.is_empty() {
            return None;
        }
        let mut parts = Vec::with_capacity(self.row_key.len());
        for key in &self.row_key {
            parts.push(Some(norm_key(&value(key)?)).filter(|text| !text.is_empty())?);
        }
        Some(parts.join("\u{1f}"))
    }

    /// The column of this key.
    #[must_use]
    pub fn column(&self, key: &str) -> Option<&Column> {
        self.columns.iter().find(|c| c.key == key)
    }
}

/// A cell after coercion. Missing, never and unreadable are three different things.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing was written.
    Missing,
    /// The firm wrote that it never happened (`從未登入`, AD's 0).
    Never,
    /// Something was written that could not be read as the column's type; an issue names the cell.
    Unreadable,
    /// Text, or an enumerated column's choice key.
    Text(CompactString),
    /// Yes or no.
    Bool(bool),
    /// Whole number, or minutes of a duration.
    Int(i64),
    /// Decimal number.
    Num(f64),
    /// Date.
    Date(Date),
    /// Date and time, with the number of sub-second digits that the source showed (0–9).
    DateTime(DateTime, u8),
}

impl Value {
    /// Text form that the store and the papers use: ISO 8601 for dates, `1`/`0` for booleans; `None` without a value.
    #[must_use]
    pub fn stored_text(&self) -> Option<String> {
        match self {
            Self::Missing | Self::Never | Self::Unreadable => None,
            Self::Text(s) => Some(s.to_string()),
            Self::Bool(b) => Some(if *b { "1" } else { "0" }.to_owned()),
            Self::Int(n) => Some(n.to_string()),
            Self::Num(x) => Some(x.to_string()),
            Self::Date(d) => Some(d.to_string()),
            Self::DateTime(t, digits) => Some(datetime_text(*t, *digits)),
        }
    }
}

/// `2020-12-31T09:00:00.123`, with exactly the given number of sub-second digits.
#[must_use]
pub fn datetime_text(t: DateTime, digits: u8) -> String {
    let mut out = String::with_capacity(29);
    push_datetime(&mut out, t, digits);
    out
}

/// Appends what [`datetime_text`] gives, without allocating.
pub fn push_datetime(out: &mut String, t: DateTime, digits: u8) {
    push_date(out, t.date());
    for (mark, part) in [('T', t.hour()), (':', t.minute()), (':', t.second())] {
        out.push(mark);
        push_digits(out, part.unsigned_abs().into(), 2);
    }
    let shown = u32::from(digits.min(9));
    if shown > 0 {
        out.push('.');
        push_digits(out, t.subsec_nanosecond().unsigned_abs() / 10_u32.pow(9 - shown), shown);
    }
}

/// Appends an ISO 8601 date, without allocating.
pub fn push_date(out: &mut String, d: Date) {
    if !(0..=9999).contains(&d.year()) {
        out.push_str(&d.to_string());
        return;
    }
    push_digits(out, d.year().unsigned_abs().into(), 4);
    out.push('-');
    push_digits(out, d.month().unsigned_abs().into(), 2);
    out.push('-');
    push_digits(out, d.day().unsigned_abs().into(), 2);
}

fn push_digits(out: &mut String, n: u32, width: u32) {
    for place in (0..width).rev() {
        let digit = n / 10_u32.pow(place) % 10;
        out.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

/// A stored text as people read it: a choice by its zh-TW word, yes and no, dates by ROC year. Without a column, what
/// has the shape of an ISO date is one.
#[must_use]
pub fn shown(column: Option<&Column>, text: &str) -> String {
    let word = match column.map(|c| (c.ty, c)) {
        Some((ColumnType::Enum, c)) => {
            c.choices.iter().find(|choice| choice.key == text).map(|c| c.zh.clone())
        }
        Some((ColumnType::Bool, _)) => match text {
            "1" => Some("是".to_owned()),
            "0" => Some("否".to_owned()),
            _ => None,
        },
        Some((ColumnType::Date | ColumnType::DateTime, _)) | None => roc_text(text),
        Some(_) => None,
    };
    word.unwrap_or_else(|| text.to_owned())
}

/// `109.12.31` or `109.12.31 09:00:00.123` of an ISO text, sub-second digits as they are.
fn roc_text(text: &str) -> Option<String> {
    let (date, time) = text.split_once('T').map_or((text, None), |(d, t)| (d, Some(t)));
    if date.len() != 10 || !date.bytes().all(|b| b.is_ascii_digit() || b == b'-') {
        return None;
    }
    let date = RocDate(date.parse().ok()?).dotted();
    Some(time.map_or(date.clone(), |t| format!("{date} {t}")))
}

/// One row of a dataset, in the order of the mapped columns.
#[derive(Debug, Clone, PartialEq)]
pub struct TypedRow {
    /// Row number that a spreadsheet shows; for CSV the line of the record, header = 1 when it is the first line.
    pub row: u32,
    /// The row was hidden in the workbook.
    pub hidden: bool,
    /// Values, one for each mapped column, in mapping order.
    pub values: Vec<Value>,
    /// Original texts of cells whose text differs from the stored form: index into `values`, text.
    pub originals: Vec<(u16, CompactString)>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn moments_are_written_as_their_library_writes_them(
            y in -50_i16..9999, mo in 1_i8..=12, d in 1_i8..=28, h in 0_i8..24, mi in 0_i8..60, s in 0_i8..60,
            ns in 0_i32..1_000_000_000, digits in 1_u8..=9,
        ) {
            let t = date(y, mo, d).at(h, mi, s, ns);
            let whole = date(y, mo, d).at(h, mi, s, 0).to_string();
            let fraction = format!("{ns:09}");
            let cut: String = fraction.chars().take(usize::from(digits)).collect();
            prop_assert_eq!(datetime_text(t, digits), format!("{whole}.{cut}"));
            prop_assert_eq!(datetime_text(t, 0), whole);
            let mut out = String::new();
            push_date(&mut out, t.date());
            prop_assert_eq!(out, t.date().to_string());
        }
    }

    #[test]
    fn precision_is_kept_as_given() {
        let t = date(2020, 12, 31).at(9, 0, 0, 123_000_000);
        assert_eq!(datetime_text(t, 3), "2020-12-31T09:00:00.123");
        assert_eq!(datetime_text(t, 0), "2020-12-31T09:00:00");
        assert_eq!(datetime_text(t, 6), "2020-12-31T09:00:00.123000");
    }

    #[test]
    fn a_part_of_the_day_may_go_on_after_midnight() {
        let day = Hours::parse("08:00-14:00").expect("hours");
        let inside = |hours: Hours| [479, 480, 840, 841].map(|minute| hours.contains(minute));
        assert_eq!(inside(day), [false, true, true, false]);
        let night = Hours::parse("15:00-05:00").expect("hours");
        assert_eq!(
            [899, 900, 1439, 0, 300, 301].map(|m| night.contains(m)),
            [false, true, true, true, true, false]
        );
        assert_eq!(night.to_string(), "15:00-05:00");
        for bad in
            ["", "08:00", "8:00-14:00", "24:00-05:00", "08:60-09:00", "08:00-14:00-", "a-b", "+8:00-09:00"]
        {
            assert_eq!(Hours::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn people_read_words_and_roc_years() {
        let column = |ty, choices| Column {
            key: "c".into(),
            zh: "欄".into(),
            ty,
            required: false,
            synonyms: Vec::new(),
            weak: Vec::new(),
            inverted: Vec::new(),
            choices,
            hours: None,
            personal: false,
        };
        let choice = Choice { key: "vendor".into(), zh: "廠商".into(), synonyms: Vec::new() };
        assert_eq!(shown(Some(&column(ColumnType::Enum, vec![choice])), "vendor"), "廠商");
        assert_eq!(shown(Some(&column(ColumnType::Bool, Vec::new())), "0"), "否");
        assert_eq!(shown(None, "2020-12-31"), "109.12.31");
        assert_eq!(shown(None, "2020-12-31T09:00:00.123"), "109.12.31 09:00:00.123");
        assert_eq!(shown(Some(&column(ColumnType::Text, Vec::new())), "2020-12-31"), "2020-12-31");
        for other in ["", "甲乙", "2020-13-01", "12345-6789", "2020-12-3T"] {
            assert_eq!(shown(None, other), other);
        }
    }
}
