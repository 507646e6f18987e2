//! A desk on a vault in a temporary folder, with a clock that stands still and repeatable randomness.

use fieldbook_app::import::{ImportDone, ImportJob, ImportOrder, SheetOrder};
use fieldbook_app::wire::{
    CreateVaultRequest, ExamNewRequest, ExamRequest, ExamView, ExceptionPageView, ExceptionView,
    ExceptionsRequest, RuleVerdictWord, RunRequest, RunView, UnlockRequest,
};
use fieldbook_app::{AppError, Desk, Host, audit, exam, import, profile, session};
use fieldbook_model::ListOrigin;
use jiff::civil::date;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use toml::{Table, Value};

/// Passphrase of vaults that hold nothing but invented data.
pub const PASSPHRASE: &str = "only-invented-data-in-here";

/// The sample exam's first examiner, who works when it is opened.
pub const FIRST: &str = "查核員甲";
/// The other one.
pub const SECOND: &str = "查核員乙";

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
        ticks: Arc::new(|| std::time::Duration::ZERO),
        entropy: Arc::new(entropy),
        suggested_dir: suggested.to_path_buf(),
        operator: "操作者".to_owned(),
        fonts: Vec::new(),
        work_factor: 10,
        keystore: None,
        book_reader: None,
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

/// A new vault without an exam.
///
/// # Errors
/// The use cases'.
pub fn with_vault(folder: &Path) -> Result<Desk, AppError> {
    let mut desk = Desk::new(host(&folder.join("vault")))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    Ok(desk)
}

/// One more exam, open, of a firm with these facts (TOML like the sample's `profile.toml`); as of 2020-12-31, two
/// examiners.
///
/// # Errors
/// The use cases'.
pub fn exam_of(desk: &mut Desk, case_no: &str, facts: &str) -> Result<ExamView, AppError> {
    let (profile, systems) = profile::profile_from_text(desk, facts)?;
    let request = ExamNewRequest {
        firm: "丙丁期貨股份有限公司".to_owned(),
        case_no: case_no.to_owned(),
        as_of: "2020-12-31".to_owned(),
        period_from: "2020-01-01".to_owned(),
        period_to: "2020-12-31".to_owned(),
        examiners: vec!["查核員甲".to_owned(), "查核員乙".to_owned()],
    };
    exam::exam_create_with(desk, &request, profile, systems)
}

/// Locks the vault and opens it and the exam again, as on the next morning.
///
/// # Errors
/// The use cases'.
pub fn reopen(desk: &mut Desk, folder: &Path, exam: &str) -> Result<ExamView, AppError> {
    session::vault_lock(desk);
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_unlock(desk, &UnlockRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    exam::exam_open(desk, &ExamRequest { exam: exam.to_owned() })
}

/// A new vault with the sample firm's exam open, nothing imported.
///
/// # Errors
/// The use cases'.
///
/// # Panics
/// When the sample's files are not there.
pub fn with_exam(folder: &Path) -> Result<(Desk, ExamView), AppError> {
    let mut desk = with_vault(folder)?;
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
    import::run_job(desk, &ImportJob { files: vec![order], ..ImportJob::default() }, &mut |_| {})
}

/// Imports the files of the plan in its order.
///
/// # Errors
/// The use case's.
pub fn import_sample(desk: &mut Desk) -> Result<Vec<ImportDone>, AppError> {
    import_sample_but(desk, &[])
}

/// Imports the files of the plan in its order, but for these.
///
/// # Errors
/// The use case's.
pub fn import_sample_but(desk: &mut Desk, without: &[&str]) -> Result<Vec<ImportDone>, AppError> {
    tables(&plan(), "import")
        .iter()
        .filter(|table| !without.iter().any(|name| text(table, "file").ends_with(name)))
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
    let done = audit::run(desk, &RunRequest { procedures: Vec::new(), overrides: Vec::new() }, &mut |_| {})?;
    assert!(done.failed.is_empty(), "{:?}", done.failed);
    Ok(done.runs)
}

/// Runs one procedure.
///
/// # Errors
/// The use case's.
///
/// # Panics
/// When it does not run.
pub fn run_one(desk: &mut Desk, procedure: &str) -> Result<RunView, AppError> {
    let request = RunRequest { procedures: vec![procedure.to_owned()], overrides: Vec::new() };
    let mut done = audit::run(desk, &request, &mut |_| {})?;
    assert!(done.failed.is_empty(), "{:?}", done.failed);
    Ok(done.runs.remove(0))
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
            offset,
            limit: 500,
            ..ExceptionsRequest::default()
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

/// A new vault with the exam of a firm of both licences and a register of systems open: every document binds it.
/// Gives the exam's id.
///
/// # Errors
/// The use cases'.
pub fn with_every_document(folder: &Path) -> Result<(Desk, String), AppError> {
    let mut desk = Desk::new(host(&folder.join("vault")))?;
    let dir = folder.join("vault").to_string_lossy().into_owned();
    session::vault_create(&mut desk, &CreateVaultRequest { dir, passphrase: PASSPHRASE.to_owned() })?;
    let mut facts = String::from(
        "is_sec = true\nis_fcm = true\nsec_broker = true\nfcm_broker = true\ninet = true\ncolo = true\npii = true\n",
    );
    for n in 0..12 {
        let core = n % 2 == 0;
        // Writing into a text does not fail.
        let _ = write!(
            facts,
            "[[system]]\nname = \"資通系統{n:02}\"\ncore = {core}\nasmt_class = \"{}\"\ninet_exposed = {core}\n\
             password_auth = true\nnumeric_only = false\n",
            1 + n % 3
        );
    }
    let (profile, systems) = profile::profile_from_text(&desk, &facts)?;
    let request = ExamNewRequest {
        firm: "甲乙綜合證券".to_owned(),
        case_no: "115-證-0012".to_owned(),
        as_of: "2020-12-31".to_owned(),
        period_from: "2020-01-01".to_owned(),
        period_to: "2020-12-31".to_owned(),
        examiners: vec!["查核人員甲".to_owned()],
    };
    let view = exam::exam_create_with(&mut desk, &request, profile, systems)?;
    Ok((desk, view.head.id))
}
