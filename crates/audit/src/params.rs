//! Parameters of a run: defaults, an examiner's changes with their reasons, and the engine's own names.

use crate::error::AuditError;
use crate::run::RunRequest;
use fieldbook_model::{ParamUse, ParamValue, Parameter, Period};
use jiff::civil::Date;

/// Names that the engine binds for every query.
pub const RESERVED: [&str; 4] = ["as_of", "period_from", "period_to", "firm"];

/// The parameters used, in the procedure's order.
pub(crate) fn used(request: &RunRequest<'_>) -> Result<Vec<ParamUse>, AuditError> {
    let procedure = request.procedure;
    if let Some(p) = procedure.parameters.iter().find(|p| RESERVED.contains(&p.key.as_str())) {
        return Err(AuditError::ReservedParameter { procedure: procedure.id.clone(), key: p.key.clone() });
    }
    let mut used: Vec<ParamUse> = procedure
        .parameters
        .iter()
        .map(|p| ParamUse { key: p.key.clone(), value: p.value.clone(), override_reason: None })
        .collect();
    for (key, value, reason) in request.overrides {
        let procedure_id = || procedure.id.clone();
        let place = procedure.parameters.iter().zip(&mut used).find(|(p, _)| p.key == *key);
        let Some((parameter, slot)) = place else {
            return Err(AuditError::UnknownParameter { procedure: procedure_id(), key: key.clone() });
        };
        if reason.trim().is_empty() {
            return Err(AuditError::NoReason { procedure: procedure_id(), key: key.clone() });
        }
        if slot.override_reason.is_some() {
            return Err(AuditError::ChangedTwice { procedure: procedure_id(), key: key.clone() });
        }
        let fits = fitting(parameter, value).ok_or_else(|| AuditError::WrongType {
            procedure: procedure_id(),
            key: key.clone(),
            expected: type_name(&parameter.value),
        })?;
        if let Some((from, to)) = parameter.range.filter(|range| !within(*range, &fits)) {
            return Err(AuditError::OutOfRange { procedure: procedure_id(), key: key.clone(), from, to });
        }
        slot.value = fits;
        slot.override_reason = Some(reason.trim().to_owned());
    }
    Ok(used)
}

/// What every query of the run is given.
pub(crate) fn bound(request: &RunRequest<'_>, used: &[ParamUse]) -> Vec<(String, ParamValue)> {
    let own = used.iter().map(|p| (p.key.clone(), p.value.clone()));
    own.chain(given(request.as_of, request.period, request.firm)).collect()
}

/// What every query is given by the names in [`RESERVED`]: dates as `YYYY-MM-DD`, the firm's name.
#[must_use]
pub fn given(as_of: Date, period: Period, firm: &str) -> Vec<(String, ParamValue)> {
    let values = [as_of.to_string(), period.from.to_string(), period.to.to_string(), firm.to_owned()];
    RESERVED.into_iter().zip(values).map(|(key, text)| (key.to_owned(), ParamValue::Text(text))).collect()
}

/// Whether a value lies in a range; what is no number always does.
#[must_use]
pub fn within((from, to): (f64, f64), value: &ParamValue) -> bool {
    match value {
        // Far below the 2^53 up to which f64 holds whole numbers, or outside the range anyway.
        #[allow(clippy::cast_precision_loss)]
        ParamValue::Int(n) => (from..=to).contains(&(*n as f64)),
        ParamValue::Num(x) => (from..=to).contains(x),
        _ => true,
    }
}

/// The value as the parameter's type, or `None`. A whole number may stand for a decimal one, nothing else converts.
fn fitting(parameter: &Parameter, value: &ParamValue) -> Option<ParamValue> {
    match (&parameter.value, value) {
        (ParamValue::Num(_), ParamValue::Int(n)) => {
            // Parameters are counts, shares and limits, far below the 2^53 up to which f64 holds whole numbers.
            #[allow(clippy::cast_precision_loss)]
            Some(ParamValue::Num(*n as f64))
        }
        (ParamValue::Num(_), ParamValue::Num(x)) if !x.is_finite() => None,
        (ParamValue::Int(_), ParamValue::Int(_))
        | (ParamValue::Num(_), ParamValue::Num(_))
        | (ParamValue::Bool(_), ParamValue::Bool(_))
        | (ParamValue::Text(_), ParamValue::Text(_))
        | (ParamValue::List(_), ParamValue::List(_)) => Some(value.clone()),
        _ => None,
    }
}

fn type_name(value: &ParamValue) -> &'static str {
    match value {
        ParamValue::Int(_) => "int",
        ParamValue::Num(_) => "num",
        ParamValue::Bool(_) => "bool",
        ParamValue::Text(_) => "text",
        ParamValue::List(_) => "list",
    }
}
