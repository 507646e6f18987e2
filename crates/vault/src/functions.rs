//! Functions for procedures' statements. All are deterministic; NULL in a date function gives NULL.
//!
//! | function | gives |
//! | --- | --- |
//! | `add_months(date, n)` | date text, the day clamped to the end of the month |
//! | `date(t [, '±N days' …])` | date part, moved by days; other modifiers and `now` are errors |
//! | `julianday(t)` | Julian day, REAL |
//! | `ms_between(a, b)` | b − a in milliseconds, REAL |
//! | `subsec_digits(t)` | number of sub-second digits that the text shows |
//! | `norm_key(t)`, `norm_name(t)`, `norm_firm(t)` | folded text (`fieldbook_model::text`) |
//! | `list_has(list, t)` | 1 when an element of the JSON array equals `t` after folding, else 0 |
//! | `split_list(t)` | JSON array of the parts of a list in one cell (`fieldbook_model::text`), for `json_each` |
//! | `ip_in(address, ranges)` | 1 when the address lies in one of the ranges, else 0; NULL when either cannot be read |
//! | `is_workday(date, days)` | 1 for Monday to Friday but for `days` (`fieldbook_model::workday`), else 0 |
//! | `workdays(from, to, days)` | working days after `from` up to and including `to` |
//! | `roc_valid_id(t)`, `tax_id_valid(t)` | 1 when the check digit is right, else 0 (`fieldbook_model::identity`) |
//! | `contains_any(t, list)`, `starts_any(t, list)` | 1 when `t` contains, begins with, one of the elements after folding |

use fieldbook_model::address::ip_in;
use fieldbook_model::identity::{roc_valid_id, tax_id_valid};
use fieldbook_model::text::{norm_firm, norm_key, norm_name, split_list};
use fieldbook_model::{Calendar, add_months};
use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, Result};
use std::sync::Arc;

/// Names of the functions.
pub(crate) const NAMES: &[&str] = &[
    "add_months",
    "contains_any",
    "date",
    "ip_in",
    "is_workday",
    "julianday",
    "list_has",
    "ms_between",
    "norm_firm",
    "norm_key",
    "norm_name",
    "roc_valid_id",
    "split_list",
    "starts_any",
    "subsec_digits",
    "tax_id_valid",
    "workdays",
];

/// Registers every function. With any number of arguments, so that SQLite's own `date` and `julianday`, which know
/// the time of day, are out of reach.
pub(crate) fn register(conn: &Connection) -> Result<()> {
    let flags =
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    conn.create_scalar_function("add_months", 2, flags, |c| {
        let (Some(date), Some(n)) = (date_arg(c, 0)?, c.get::<Option<i64>>(1)?) else { return Ok(None) };
        let n = i32::try_from(n.clamp(i32::MIN.into(), i32::MAX.into())).unwrap_or_default();
        Ok(Some(add_months(date, n).to_string()))
    })?;
    conn.create_scalar_function("date", -1, flags, moved_date)?;
    conn.create_scalar_function("julianday", -1, flags, |c| {
        if c.len() != 1 {
            return Err(wrong("julianday takes one argument"));
        }
        let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
        Ok(moment_arg(c, 0)?.map(|t| ms(epoch, t) / 86_400_000.0 + 2_440_587.5))
    })?;
    conn.create_scalar_function("ms_between", 2, flags, |c| {
        Ok(moment_arg(c, 0)?.zip(moment_arg(c, 1)?).map(|(a, b)| ms(a, b)))
    })?;
    conn.create_scalar_function("subsec_digits", 1, flags, |c| {
        Ok(text_arg(c, 0)?.map(|t| subsec_digits(&t)))
    })?;
    conn.create_scalar_function("norm_key", 1, flags, |c| Ok(text_arg(c, 0)?.map(|t| norm_key(&t))))?;
    conn.create_scalar_function("norm_name", 1, flags, |c| Ok(text_arg(c, 0)?.map(|t| norm_name(&t))))?;
    conn.create_scalar_function("norm_firm", 1, flags, |c| Ok(text_arg(c, 0)?.map(|t| norm_firm(&t))))?;
    conn.create_scalar_function("roc_valid_id", 1, flags, |c| Ok(text_arg(c, 0)?.map(|t| roc_valid_id(&t))))?;
    conn.create_scalar_function("tax_id_valid", 1, flags, |c| Ok(text_arg(c, 0)?.map(|t| tax_id_valid(&t))))?;
    conn.create_scalar_function("split_list", 1, flags, |c| {
        Ok(text_arg(c, 0)?.map(|t| serde_json::Value::from(split_list(&t)).to_string()))
    })?;
    conn.create_scalar_function("ip_in", 2, flags, |c| {
        Ok(text_arg(c, 0)?.zip(text_arg(c, 1)?).and_then(|(address, ranges)| ip_in(&address, &ranges)))
    })?;
    conn.create_scalar_function("is_workday", 2, flags, |c| {
        let calendar = calendar_arg(c, 1)?;
        Ok(date_arg(c, 0)?.map(|day| calendar.is_workday(day)))
    })?;
    conn.create_scalar_function("workdays", 3, flags, |c| {
        let calendar = calendar_arg(c, 2)?;
        Ok(date_arg(c, 0)?.zip(date_arg(c, 1)?).map(|(from, to)| calendar.workdays(from, to)))
    })?;
    conn.create_scalar_function("list_has", 2, flags, |c| any(c, 1, 0, |text, element| text == element))?;
    conn.create_scalar_function("contains_any", 2, flags, |c| {
        any(c, 0, 1, |text, element| text.contains(element))
    })?;
    conn.create_scalar_function("starts_any", 2, flags, |c| {
        any(c, 0, 1, |text, element| text.starts_with(element))
    })?;
    Ok(())
}

/// Whether `test` holds for the folded text and one of the folded elements. Empty elements fit nothing, and so does
/// an absent text or list. A constant list is parsed once a statement.
fn any(c: &Context<'_>, text: usize, list: usize, test: fn(&str, &str) -> bool) -> Result<bool> {
    let Some(text) = text_arg(c, text)? else { return Ok(false) };
    if matches!(c.get_raw(list), ValueRef::Null) {
        return Ok(false);
    }
    let at = i32::try_from(list).unwrap_or_default();
    let elements = c.get_or_create_aux(at, |v: ValueRef<'_>| {
        let list: Vec<String> = v.as_str().ok().and_then(|t| serde_json::from_str(t).ok()).ok_or(NotAList)?;
        Ok::<_, NotAList>(list.iter().map(|e| norm_key(e)).filter(|e| !e.is_empty()).collect::<Vec<String>>())
    })?;
    let text = norm_key(&text);
    Ok(elements.iter().any(|e| test(&text, e)))
}

/// A list of days; none when there is no list. A constant one is parsed once a statement.
fn calendar_arg(c: &Context<'_>, list: usize) -> Result<Arc<Calendar>> {
    if matches!(c.get_raw(list), ValueRef::Null) {
        return Ok(Arc::default());
    }
    let at = i32::try_from(list).unwrap_or_default();
    c.get_or_create_aux(at, |v: ValueRef<'_>| {
        let days: Vec<String> = v.as_str().ok().and_then(|t| serde_json::from_str(t).ok()).ok_or(NotAList)?;
        Calendar::parse(days.iter().map(String::as_str)).ok_or(NotAList)
    })
}

#[derive(Debug, thiserror::Error)]
#[error("not a JSON array of texts, or of dates where days are asked for")]
struct NotAList;

fn moved_date(c: &Context<'_>) -> Result<Option<String>> {
    if c.is_empty() {
        return Err(wrong("date needs a text; the time of day is not known here"));
    }
    let Some(mut date) = date_arg(c, 0)? else { return Ok(None) };
    for i in 1..c.len() {
        let Some(modifier) = text_arg(c, i)? else { return Ok(None) };
        let span = days(&modifier).ok_or_else(|| wrong("date knows no modifier but '±N days'"))?;
        date = date.saturating_add(span);
    }
    Ok(Some(date.to_string()))
}

/// `+30 days`, `-1 day`.
fn days(modifier: &str) -> Option<Span> {
    let (n, unit) = modifier.trim().split_once(' ')?;
    let n: i64 = n.strip_prefix('+').unwrap_or(n).parse().ok()?;
    matches!(unit.trim(), "day" | "days").then(|| n.clamp(-4_000_000, 4_000_000).days())
}

fn wrong(message: &'static str) -> Error {
    Error::UserFunctionError(message.into())
}

fn text_arg(c: &Context<'_>, at: usize) -> Result<Option<String>> {
    Ok(crate::data::text_of(c.get_raw(at)))
}

fn moment_arg(c: &Context<'_>, at: usize) -> Result<Option<DateTime>> {
    Ok(c.get_raw(at).as_str().ok().and_then(moment))
}

fn date_arg(c: &Context<'_>, at: usize) -> Result<Option<Date>> {
    Ok(moment_arg(c, at)?.map(DateTime::date))
}

/// `2020-12-31`, `2020-12-31T09:00:00.123`, or with a blank for the T.
fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if text.len() == 10 { text.parse::<Date>().ok().map(|d| d.at(0, 0, 0, 0)) } else { text.parse().ok() }
}

/// b − a in milliseconds.
fn ms(a: DateTime, b: DateTime) -> f64 {
    a.duration_until(b).as_nanos() as f64 / 1e6
}

fn subsec_digits(text: &str) -> i64 {
    let shown =
        text.rsplit_once('.').map_or(0, |(_, tail)| tail.bytes().take_while(u8::is_ascii_digit).count());
    i64::try_from(shown).unwrap_or(i64::MAX)
}
