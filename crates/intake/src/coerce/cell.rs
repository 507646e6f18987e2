//! One cell of one column to a value, with what is wrong with it.

use super::calendar::{Tally, Window};
use super::clock::Clock;
use super::date::{Shape, resolve, shape, time_alone};
use super::memo::Memo;
use super::text::{clean, is_error, means_never, means_nothing, number_text, shown};
use super::words::{Choices, answer};
use super::{number, serial};
use crate::source::Cell;
use fieldbook_model::text::norm_key;
use fieldbook_model::{Column, ColumnType, IssueCode, Reading, Value};
use jiff::civil::Date;
use std::borrow::Cow;

/// The last FILETIME, which means "never"; as a number it has lost its last digits.
const FOREVER: f64 = 9.2e18;

/// What all cells of a sheet share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Context {
    pub window: Window,
    /// Days between 1899-12-30 and the workbook's epoch.
    pub shift: i32,
    /// Characters after which a text is cut.
    pub max_chars: usize,
}

/// How the cells of one column are read.
pub(crate) struct ColumnReader<'d> {
    pub column: &'d Column,
    pub reading: Reading,
    pub inverted: bool,
    /// Minutes that the unit in the header stands for.
    unit: Option<f64>,
    choices: Choices<'d>,
    chosen: Memo<Option<&'d str>>,
    answered: Memo<Option<bool>>,
    pub tally: Tally,
}

/// What became of a cell.
pub(crate) type Outcome = Result<Value, IssueCode>;

impl<'d> ColumnReader<'d> {
    pub(crate) fn new(column: &'d Column, reading: Reading, inverted: bool, header: &str) -> Self {
        let unit =
            header.split(['(', '（', ')', '）', '/']).skip(1).find_map(|w| number::unit_minutes(w.trim()));
        Self {
            column,
            reading,
            inverted,
            unit,
            choices: Choices::new(column, inverted, header),
            chosen: Memo::default(),
            answered: Memo::default(),
            tally: Tally::default(),
        }
    }

    pub(crate) fn is_dated(&self) -> bool {
        matches!(self.column.ty, ColumnType::Date | ColumnType::DateTime)
    }

    /// Reads a cell; `base` is the row's date, for cells that hold a time of day alone.
    pub(crate) fn read(&mut self, cell: &Cell<'_>, base: Option<Date>, context: &Context) -> Outcome {
        if let Cell::Error(_) = cell {
            return Err(IssueCode::FormulaError);
        }
        let text = match cell {
            Cell::Text(text) => Cow::Borrowed(clean(text)),
            Cell::Empty => return Ok(Value::Missing),
            _ if self.is_dated() => Cow::Borrowed(""),
            other => shown(other, context.shift),
        };
        if is_error(&text) {
            return Err(IssueCode::FormulaError);
        }
        match self.column.ty {
            ColumnType::Text => Ok(text_value(&text)),
            ColumnType::Enum => self.choice(&text),
            ColumnType::Bool => self.yes_or_no(&text),
            ColumnType::Int => match cell {
                Cell::Number(n) => number::whole_number(*n).map(Value::Int).ok_or(IssueCode::BadNumber),
                _ if means_never(&text) && number::whole(&text).is_none() => Ok(Value::Never),
                _ => worded(&text, IssueCode::BadNumber, |t| number::counted(t).map(Value::Int)),
            },
            ColumnType::Num => match cell {
                Cell::Number(n) => Ok(Value::Num(*n)),
                _ => worded(&text, IssueCode::BadNumber, |t| number::number(t).map(Value::Num)),
            },
            ColumnType::Duration => match cell {
                Cell::Span(days) | Cell::Serial(days) => {
                    number::whole_number((days * 1440.0).round()).map(Value::Int).ok_or(IssueCode::BadNumber)
                }
                _ => worded(&text, IssueCode::BadNumber, |t| number::minutes(t, self.unit).map(Value::Int)),
            },
            ColumnType::Date | ColumnType::DateTime => self.moment(cell, &text, base, context),
        }
    }

    /// Reads a date and the time of day that stands in another cell; without a time the day begins.
    pub(crate) fn read_pair(&mut self, date: &Cell<'_>, time: &Cell<'_>, context: &Context) -> Outcome {
        let day = match self.read(date, None, context)? {
            Value::DateTime(moment, _) => moment,
            other => return Ok(other),
        };
        let clock = match time {
            Cell::Empty => return Ok(Value::DateTime(day, 0)),
            Cell::Error(_) => return Err(IssueCode::FormulaError),
            Cell::Serial(days) | Cell::Span(days) => serial::time_of_day(days.fract()),
            Cell::Number(n) if (0.0..1.0).contains(n) => serial::time_of_day(*n),
            other => {
                let text = shown(other, context.shift);
                let text = clean(&text);
                if means_nothing(text) {
                    return Ok(Value::DateTime(day, 0));
                }
                hour_and_minute(text).or_else(|| time_alone(&shape(text)))
            }
        };
        self.at(day.date(), clock.ok_or(IssueCode::BadDate)?)
    }

    fn choice(&mut self, text: &str) -> Outcome {
        if self.choices.is_free() {
            return Ok(text_value(text));
        }
        match self.chosen.get(text, |t| self.choices.find(t)) {
            Some(key) => Ok(Value::Text(key.into())),
            None if means_nothing(text) => Ok(Value::Missing),
            None => Err(IssueCode::BadChoice),
        }
    }

    fn yes_or_no(&mut self, text: &str) -> Outcome {
        let inverted = self.inverted;
        match self.answered.get(text, |t| answer(&norm_key(t)).map(|a| a.under(inverted))) {
            Some(yes) => Ok(Value::Bool(yes)),
            None if means_nothing(text) => Ok(Value::Missing),
            None => Err(IssueCode::BadBool),
        }
    }

    fn moment(&mut self, cell: &Cell<'_>, text: &str, base: Option<Date>, context: &Context) -> Outcome {
        let seen = match cell {
            Cell::Serial(days) | Cell::Span(days) => return self.true_date(*days, base, context),
            Cell::Number(n) if serial::SERIALS.contains(n) => return self.true_date(*n, base, context),
            Cell::Number(n) if *n == 0.0 || *n >= FOREVER => return Ok(Value::Never),
            Cell::Number(n) => shape(&number_text(*n)),
            Cell::Bool(_) => return Err(IssueCode::BadDate),
            _ if means_nothing(text) => return Ok(Value::Missing),
            _ if means_never(text) => return Ok(Value::Never),
            _ => shape(text),
        };
        self.tally.text(&seen, &context.window, context.shift);
        let read = resolve(&seen, &self.reading, context.window.as_of, context.shift);
        if let Some((date, time)) = read
            && (context.window.possible(date) || is_plain(&seen))
        {
            return self.at(date, time.unwrap_or(Clock::MIDNIGHT));
        }
        match (base, time_alone(&seen)) {
            (Some(date), Some(time))
                if self.column.ty == ColumnType::DateTime
                    && (self.reading == Reading::Plain || matches!(seen, Shape::Time(_))) =>
            {
                self.at(date, time)
            }
            _ => Err(IssueCode::BadDate),
        }
    }

    /// A true date cell reads as it is, whatever the column's texts decide.
    fn true_date(&mut self, days: f64, base: Option<Date>, context: &Context) -> Outcome {
        self.tally.date_cell(days);
        if days == 0.0 && self.column.ty == ColumnType::Date {
            return Ok(Value::Never);
        }
        if let Some(time) = serial::time_of_day(days) {
            return match base {
                Some(date) if self.column.ty == ColumnType::DateTime => self.at(date, time),
                _ if days == 0.0 => Ok(Value::Never),
                _ => Err(IssueCode::BadDate),
            };
        }
        let (date, time) = serial::moment(days, context.shift).ok_or(IssueCode::BadDate)?;
        self.at(date, time)
    }

    fn at(&self, date: Date, time: Clock) -> Outcome {
        let moment = time.on(date).ok_or(IssueCode::BadDate)?;
        Ok(match self.column.ty {
            ColumnType::Date => Value::Date(moment.date()),
            _ => Value::DateTime(moment, time.digits),
        })
    }
}

/// `0905`, `905`: in a column of times of day nothing else.
fn hour_and_minute(text: &str) -> Option<Clock> {
    let digits = (3..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| time_alone(&shape(&format!("{text:0>4}00")))).flatten()
}

/// Dates that name their calendar themselves may be older than what is otherwise possible.
fn is_plain(shape: &Shape) -> bool {
    matches!(shape, Shape::Sure(..)) || matches!(shape, Shape::Triple([a, ..], 4, ..) if *a >= 1900)
}

fn text_value(text: &str) -> Value {
    if means_nothing(text) { Value::Missing } else { Value::Text(text.into()) }
}

fn worded(text: &str, code: IssueCode, read: impl Fn(&str) -> Option<Value>) -> Outcome {
    match read(text) {
        Some(value) => Ok(value),
        None if means_nothing(text) => Ok(Value::Missing),
        None => Err(code),
    }
}
