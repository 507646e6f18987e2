//! A kept run as one text that leaves the exam with its working paper: what it takes to run it again from the original
//! files, and the hash over the rows that it listed.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::table::exception_row;
use crate::table::run_record::{self, DAMAGED, list, number, texts, word};
use crate::{json, text};
use fieldbook_model::{Correction, ExceptionRow, RuleOutcome, Run};
use serde_json::{Value, json};

/// Version of the text.
const FORMAT: u64 = 1;

/// A run that left its exam.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptRun {
    /// The run with its record.
    pub run: Run,
    /// SHA-256 over its rows ([`rows_sha256`]).
    pub rows_sha256: String,
    /// Corrections that stood when it ran.
    pub corrections: Vec<Correction>,
    /// The procedure's file, when an examiner wrote it.
    pub own: Option<String>,
}

/// SHA-256 over rows as they are stored, lower-case hex.
#[must_use]
pub fn rows_sha256(rows: &[ExceptionRow]) -> String {
    exception_row::digest(rows)
}

impl KeptRun {
    /// The text: one JSON object.
    #[must_use]
    pub fn to_text(&self) -> String {
        let run = &self.run;
        let rule = |r: &RuleOutcome| json!({ "rule": r.rule, "rows": r.rows, "missing": r.missing });
        let correction =
            |c: &Correction| json!([c.dataset, c.column, c.row, c.value, c.note, c.by, c.at.to_string()]);
        json!({
            "format": FORMAT, "run": run.id, "procedure": run.procedure, "procedure_sha256": run.procedure_sha256,
            "at": run.at.to_string(), "by": run.by, "as_of": run.as_of.to_string(),
            "period": [run.period.from.to_string(), run.period.to.to_string()],
            "parameters": json::params(&run.parameters), "verdict": run.verdict.code(), "population": run.population,
            "completeness": run.completeness.code(), "exceptions": run.exceptions, "unknown": run.unknown,
            "leads": run.leads, "missing": run.missing, "inputs": run.inputs,
            "rules": run.rules.iter().map(rule).collect::<Vec<_>>(), "record": run_record::text(&run.record),
            "rows_sha256": self.rows_sha256, "own": self.own,
            "corrections": self.corrections.iter().map(correction).collect::<Vec<_>>(),
        })
        .to_string()
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`VaultError::Damaged`]; [`VaultError::NewerFormat`] when a newer release wrote it.
    pub fn from_text(text: &str) -> Result<Self, VaultError> {
        let v: Value = serde_json::from_str(text).map_err(|_| DAMAGED)?;
        let format = number(&v, "format")?.ok_or(DAMAGED)?;
        if format > FORMAT {
            return Err(VaultError::NewerFormat { found: u32::try_from(format).unwrap_or(u32::MAX) });
        }
        let period: [String; 2] = texts(&v, "period")?.try_into().map_err(|_| DAMAGED)?;
        let counted = |key| number(&v, key)?.ok_or(DAMAGED);
        let own = match v.get("own") {
            None | Some(Value::Null) => None,
            Some(own) => Some(own.as_str().ok_or(DAMAGED)?.to_owned()),
        };
        Ok(Self {
            run: Run {
                id: v.get("run").and_then(Value::as_i64).ok_or(DAMAGED)?,
                procedure: word(&v, "procedure")?.to_owned(),
                procedure_sha256: word(&v, "procedure_sha256")?.to_owned(),
                at: text::moment(word(&v, "at")?)?,
                by: word(&v, "by")?.to_owned(),
                as_of: text::date(word(&v, "as_of")?)?,
                period: text::period(&period[0], &period[1])?,
                parameters: json::read_params(word(&v, "parameters")?)?,
                verdict: Coded::from_code(word(&v, "verdict")?)?,
                population: number(&v, "population")?,
                completeness: Coded::from_code(word(&v, "completeness")?)?,
                exceptions: counted("exceptions")?,
                unknown: counted("unknown")?,
                leads: counted("leads")?,
                missing: texts(&v, "missing")?,
                rules: list(&v, "rules")?.iter().map(rule).collect::<Result<_, _>>()?,
                inputs: texts(&v, "inputs")?,
                record: run_record::read(word(&v, "record")?)?,
            },
            rows_sha256: word(&v, "rows_sha256")?.to_owned(),
            corrections: list(&v, "corrections")?.iter().map(correction).collect::<Result<_, _>>()?,
            own,
        })
    }
}

fn rule(v: &Value) -> Result<RuleOutcome, VaultError> {
    Ok(RuleOutcome {
        rule: word(v, "rule")?.to_owned(),
        rows: number(v, "rows")?,
        missing: texts(v, "missing")?,
    })
}

fn correction(v: &Value) -> Result<Correction, VaultError> {
    let part = |at: usize| v.get(at).ok_or(DAMAGED);
    let word = |at: usize| Ok::<_, VaultError>(part(at)?.as_str().ok_or(DAMAGED)?.to_owned());
    Ok(Correction {
        dataset: word(0)?,
        column: word(1)?,
        row: word(2)?,
        value: if part(3)?.is_null() { None } else { Some(word(3)?) },
        note: word(4)?,
        by: word(5)?,
        at: text::moment(&word(6)?)?,
    })
}
