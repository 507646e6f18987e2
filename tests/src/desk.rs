//! A desk on a vault in a temporary folder, with a clock that stands still and repeatable randomness.

use fieldbook_app::import::{ImportDone, ImportOrder, SheetOrder};
use fieldbook_app::wire::{
    CreateVaultRequest, ExamNewRequest, ExamView, ExceptionPageView, ExceptionView, ExceptionsRequest,
    RuleVerdictWord, RunRequest, RunView,
};
use fieldbook_app::{AppError, Desk, Host, audit, exam, import, profile, session};
use fieldbook_model::ListOrigin;
use jiff::civil::date;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use toml::{Table, Value};

/// Passphrase of vaults that hold nothing but invented data.
pub const PASSPHRASE: &str = "only-invented-data-in-here";

/// A world without surprises: always 2021-01-05 09:30 in Taipei, and the key derivation kept short.
#[must_use]
pub fn host(suggested: &Path) -> Host {
    let counter = AtomicU64::new(1);
    let entropy = move |buffer: &mut [u8]| {
        for byte in buffer {
            let n = counter.fetch_add(1, Ordering::Relaxed);
            *byte = n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes()[0];
        }
    };
    Host {
        clock: Arc::new(|| date(2021, 1, 5).at(9, 30, 0, 0)),
        entropy: Arc::new(entropy),
        suggested_dir: suggested.to_path_buf(),
        operator: "操作者".to_owned(),
        work_factor: 2,
    }
}

/// The plan of the demo (`demo.toml`), as tables.
///
/// # Panics
/// When the sample's files are not there.
#[must_use]
pub fn plan() -> Table {
    let text =
        std::fs::read_to_string(crate::sample_folder().join("demo.toml")).expect("demo.toml is readable");
    text.parse().expect("demo.toml is TOML")
}

/// The tables of one kind in the plan.
#[must_use]
pub fn tables(plan: &Table, key: &str) -> Vec<Table> {
    let list = plan.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    list.into_iter().filter_map(|t| t.as_table().cloned()).collect()
}

/// A text of a table.
#[must_use]
pub fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A new vault with the sample firm's exam open, nothing imported.
///
/// # Errors
/// The use cases'.
///
/// # Panics
/// When the sample's files are not there.
pub fn with_exam(folder: &Path) -> Result<(Desk, ExamView), AppError> {
    let mut desk = Desk::new(host(&folder.join("vault")))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    let plan = plan();
    let facts = std::fs::read_to_string(crate::sample_folder().join("profile.toml")).expect("profile.toml");
    let (profile, systems) = profile::profile_from_text(&desk, &facts)?;
    let (from, to) = text(&plan, "period").split_once("..").unwrap_or_default();
    let examiners = plan.get("examiners").and_then(Value::as_array).cloned().unwrap_or_default();
    let request = ExamNewRequest {
        firm: text(&plan, "firm").to_owned(),
        case_no: text(&plan, "case_no").to_owned(),
        as_of: text(&plan, "as_of").to_owned(),
        period_from: from.to_owned(),
        period_to: to.to_owned(),
        examiners: examiners.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
    };
    let view = exam::exam_create_with(&mut desk, &request, profile, systems)?;
    Ok((desk, view))
}

/// Imports one file, as recognised.
///
/// # Errors
/// The use case's; a file that cannot be read says so in the view.
pub fn import_file(desk: &mut Desk, path: &Path, every: SheetOrder) -> Result<ImportDone, AppError> {
    let order = ImportOrder { path: path.to_string_lossy().into_owned(), every, ..ImportOrder::default() };
    import::run_order(desk, &order, &mut |_| {})
}

/// Imports the files of the plan in its order.
///
/// # Errors
/// The use case's.
pub fn import_sample(desk: &mut Desk) -> Result<Vec<ImportDone>, AppError> {
    tables(&plan(), "import")
        .iter()
        .map(|table| {
            let every = SheetOrder {
                dataset: Some(text(table, "dataset").to_owned()).filter(|d| !d.is_empty()),
                origin: ListOrigin::parse(text(table, "origin")),
                declared_rows: table
                    .get("declared_rows")
                    .and_then(Value::as_integer)
                    .and_then(|n| u64::try_from(n).ok()),
                ..SheetOrder::default()
            };
            import_file(desk, &crate::sample_folder().join(text(table, "file")), every)
        })
        .collect()
}

/// Runs every procedure.
///
/// # Errors
/// The use case's.
pub fn run_all(desk: &mut Desk) -> Result<Vec<RunView>, AppError> {
    audit::run(desk, &RunRequest { procedures: Vec::new(), overrides: Vec::new() })
}

/// Every row of a procedure's latest run, with the names of its columns.
///
/// # Errors
/// The use case's.
pub fn exceptions(
    desk: &Desk,
    procedure: &str,
    rule: &str,
) -> Result<(Vec<String>, Vec<ExceptionView>), AppError> {
    let mut rows = Vec::new();
    loop {
        let offset = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let request = ExceptionsRequest {
            procedure: procedure.to_owned(),
            rule: rule.to_owned(),
            open_only: false,
            offset,
            limit: 500,
        };
        let ExceptionPageView { total, columns, rows: page } = audit::exceptions(desk, &request)?;
        let empty = page.is_empty();
        rows.extend(page);
        if empty || rows.len() >= total as usize {
            return Ok((columns, rows));
        }
    }
}

/// The word of the answer key for a verdict.
#[must_use]
pub fn verdict_word(verdict: RuleVerdictWord) -> &'static str {
    match verdict {
        RuleVerdictWord::Exception => "exception",
        RuleVerdictWord::Unknown => "unknown",
        RuleVerdictWord::Lead => "lead",
    }
}
