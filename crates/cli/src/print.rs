//! What a call prints: one JSON document, or lines for people; errors as pairs on stderr.

use fieldbook_app::AppError;
use serde_json::{Value, json};
use std::io::Write;
use std::process::ExitCode;

/// What was done.
pub struct Done {
    /// The JSON document.
    pub json: Value,
    /// Lines for people.
    pub lines: Vec<String>,
    /// 0, 1 (a check that did not hold) or 3 (some rows or files were rejected).
    pub code: u8,
    /// The pair that sums up why a check did not hold.
    pub refusal: Option<AppError>,
}

impl Done {
    /// Done, with this document.
    pub fn new(json: Value) -> Self {
        Self { json, lines: Vec::new(), code: 0, refusal: None }
    }

    /// Adds a line for people.
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Adds lines for people.
    pub fn lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.lines.extend(lines);
        self
    }

    /// A check that did not hold: exit code 1, and the pair beside what was found.
    pub fn refused(mut self, error: AppError) -> Self {
        if let Value::Object(document) = &mut self.json {
            document.insert("error".to_owned(), error_json(&error));
        }
        self.code = 1;
        self.refusal = Some(error);
        self
    }

    /// Sets the exit code.
    pub fn code(mut self, code: u8) -> Self {
        self.code = code;
        self
    }
}

/// What could not be done.
pub struct Failure {
    /// Error pair.
    pub error: AppError,
    /// 1, or 2 when the words of the call are wrong.
    pub code: u8,
}

impl Failure {
    /// The words of the call are wrong.
    pub fn words(error: AppError) -> Self {
        Self { error, code: 2 }
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        Self { error, code: 1 }
    }
}

/// Prints what was done.
pub fn done(done: &Done, json: bool) -> ExitCode {
    if let Some(error) = &done.refusal {
        pair(error);
    }
    let mut out = std::io::stdout().lock();
    // A reader that went away is no error of ours.
    let _ = if json {
        writeln!(out, "{:#}", done.json)
    } else {
        done.lines.iter().try_for_each(|line| writeln!(out, "{line}"))
    };
    ExitCode::from(done.code)
}

fn pair(error: &AppError) {
    let view = error.view();
    eprintln!("錯誤：{}\n建議：{}", view.message, view.hint);
}

fn error_json(error: &AppError) -> Value {
    let view = error.view();
    json!({ "code": error.key(), "message": view.message, "hint": view.hint })
}

/// Prints an error pair.
pub fn failure(failure: &Failure, json: bool) -> ExitCode {
    pair(&failure.error);
    if json {
        let document = json!({ "error": error_json(&failure.error) });
        let _ = writeln!(std::io::stdout().lock(), "{document:#}");
    }
    ExitCode::from(failure.code)
}

/// Prints why the words of the call are wrong; help is no error.
pub fn words(error: &clap::Error, json: bool) -> ExitCode {
    use clap::error::ErrorKind;
    if matches!(error.kind(), ErrorKind::DisplayHelp) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !json {
        let _ = error.print();
        return ExitCode::from(2);
    }
    failure(&Failure::words(AppError::new("bad_call").with("what", crate::words::said(error))), json)
}
