//! Periods that a clause sets, and the last date on which the firm's data says that the duty was done.

use crate::desk::Desk;
use crate::error::AppError;
use crate::store::VaultStore;
use crate::wire::PeriodView;
use fieldbook_audit::DatasetStore;
use fieldbook_model::{ClauseId, DutyPeriod, Every, ParamValue, add_months};
use jiff::civil::Date;

/// The last date of each period of the bundle, in its order; `None` where no imported data could tell it, and
/// `Some(None)` where data is there and has no date.
pub(crate) type LastDates = Vec<Option<Option<Date>>>;

/// The periods of a clause.
pub(super) fn of(desk: &Desk, clause: &ClauseId) -> Result<Vec<PeriodView>, AppError> {
    let mine: Vec<usize> =
        (0..desk.bundle.periods.len()).filter(|i| desk.bundle.periods[*i].clauses.contains(clause)).collect();
    if mine.is_empty() {
        return Ok(Vec::new());
    }
    let as_of = desk.exam()?.store.exam()?.as_of;
    let dates = last_dates(desk, as_of)?;
    Ok(mine.iter().map(|i| view(desk, &desk.bundle.periods[*i], dates[*i], as_of)).collect())
}

/// Last dates of all periods. Asked of the store once; an import or its undoing forgets them.
fn last_dates(desk: &Desk, as_of: Date) -> Result<&LastDates, AppError> {
    let open = desk.exam()?;
    if let Some(known) = open.last_dates.get() {
        return Ok(known);
    }
    let watch = crate::audit::Watch::alone();
    let store = VaultStore(open.store.reader(watch.question())?);
    let held = store.datasets().map_err(crate::error::internal)?;
    let params = [("as_of".to_owned(), ParamValue::Text(as_of.to_string()))];
    let mut out = LastDates::with_capacity(desk.bundle.periods.len());
    for period in &desk.bundle.periods {
        let mut last: Option<Option<Date>> = None;
        for source in period.last.iter().filter(|s| held.iter().any(|d| d.key == s.dataset)) {
            let mut found: Option<Date> = None;
            let asked = store.rows(&last_date_sql(&source.sql), &params, &mut |_, values| {
                let text = values.first().and_then(|(_, v)| v.as_deref()).unwrap_or_default();
                found = text.get(..10).and_then(|d| d.parse().ok());
            });
            if asked.is_err() {
                // A query of an organisation's own that does not run must not close the item: it tells no date.
                found = None;
            }
            last = Some(last.flatten().max(found));
        }
        out.push(last);
    }
    Ok(open.last_dates.get_or_init(|| out))
}

/// The statement that tells a last date. A store hands out rows that have an `_id`; this one date is no row of a dataset.
pub(crate) fn last_date_sql(sql: &str) -> String {
    format!("SELECT 0 AS _id, ({sql}\n) AS last_done")
}

fn view(desk: &Desk, period: &DutyPeriod, last: Option<Option<Date>>, as_of: Date) -> PeriodView {
    let months = match period.every {
        Every::Months(n) => Some(n),
        Every::Day | Every::OwnRule => None,
    };
    let due =
        last.flatten().zip(months).map(|(date, n)| add_months(date, i32::try_from(n).unwrap_or(i32::MAX)));
    let state = match (last, due) {
        (None, _) => "no_data",
        (Some(None), _) => "no_date",
        (Some(Some(_)), None) => "open",
        (Some(Some(_)), Some(due)) if due < as_of => "overdue",
        (Some(Some(_)), Some(_)) => "done",
    };
    let sources = period.last.iter().filter_map(|s| desk.bundle.dataset(&s.dataset));
    PeriodView {
        duty: period.duty.clone(),
        words: period.words.clone(),
        months,
        own_rule: period.every == Every::OwnRule,
        last: last.flatten().map(|d| d.to_string()),
        due: due.map(|d| d.to_string()),
        state: state.to_owned(),
        source: sources.map(|d| d.zh.clone()).collect::<Vec<_>>().join("、"),
    }
}
