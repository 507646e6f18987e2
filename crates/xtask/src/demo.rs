//! `cargo xtask demo`: the whole job on the sample firm, by the command line, into `target/demo/`; then the window
//! on what came out.

pub mod clock;
pub mod plan;
pub mod program;
mod summary;

use crate::setup::{self, For};
use crate::shell::{capture, cargo, program, root, run as run_program};
use anyhow::{Context, Result, bail};
use plan::Plan;
use program::Fieldbook;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Opens the demo vault, which holds nothing but an invented firm.
pub const PASSPHRASE: &str = "invented-firm-demo-vault";

/// What the demo does.
pub const PLAN: &str = "assets/sample/demo.toml";

/// What the demo made, as the command line told it.
pub struct Made {
    exam: Value,
    imports: Vec<Value>,
    runs: Value,
    procedures: Value,
    findings: Value,
    answers: usize,
    disposed: u64,
    draft: bool,
    papers: Value,
    report: Value,
    took: Duration,
}

/// Does the job, says what it made and where, and opens the window when `window` and there is a display.
///
/// # Errors
/// When a build or a step of the job fails.
pub fn run(window: bool) -> Result<()> {
    setup::install(For::Build)?;
    run_program(&mut cargo(&["build", "--locked", "--workspace", "--bins"])?)?;
    let programs = programs_folder()?;
    let folder = root()?.join("target/demo");
    let fieldbook = prepare(&folder, &programs)?;
    let plan = Plan::read(&root()?.join(PLAN))?;
    let start = Instant::now();
    let exam = begin(&fieldbook, &plan)?;
    let made = examine(&fieldbook, &plan, exam, &folder, start)?;
    print!("{}", summary::text(&plan, &made, &folder)?);
    if window { open_window(&programs, &folder) } else { Ok(()) }
}

fn programs_folder() -> Result<PathBuf> {
    let metadata = capture(&mut cargo(&["metadata", "--no-deps", "--format-version", "1"])?)?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target_directory")?;
    Ok(Path::new(target).join("debug"))
}

/// An empty folder but for the passphrase.
fn prepare(folder: &Path, programs: &Path) -> Result<Fieldbook> {
    if folder.exists() {
        fs::remove_dir_all(folder).context("target/demo")?;
    }
    fs::create_dir_all(folder)?;
    let passphrase = folder.join("passphrase.txt");
    fs::write(&passphrase, PASSPHRASE)?;
    let called = vec![programs.join("fieldbook").to_string_lossy().into_owned()];
    Ok(Fieldbook { called, env: Vec::new(), clock: None, vault: folder.join("vault"), passphrase })
}

/// A vault with a new exam in it, as the command line tells it.
///
/// # Errors
/// When a call fails.
pub fn begin(fieldbook: &Fieldbook, plan: &Plan) -> Result<Value> {
    fieldbook.json(&["vault", "init"])?;
    fieldbook.json(&plan.exam_words())
}

/// All the rest of the job, from the firm's files to papers and report in `folder`.
///
/// # Errors
/// When a call fails.
pub fn examine(
    fieldbook: &Fieldbook,
    plan: &Plan,
    created: Value,
    folder: &Path,
    start: Instant,
) -> Result<Made> {
    let exam = created["exam"].as_str().map(str::to_owned).unwrap_or_else(|| created["exam"].to_string());
    let on_exam = |head: &[&str], rest: &[String]| {
        let words =
            head.iter().map(|word| (*word).to_owned()).chain([exam.clone()]).chain(rest.iter().cloned());
        fieldbook.json(&words.collect::<Vec<_>>())
    };
    let imports =
        plan.imports().iter().map(|words| on_exam(&["import"], words)).collect::<Result<Vec<_>>>()?;
    let runs = on_exam(&["audit", "run"], &[])?;
    let mut disposed = 0;
    for words in plan.disposals() {
        disposed += on_exam(&["audit", "dispose"], &words)?["disposed"].as_u64().unwrap_or(0);
    }
    let answers = plan.answers();
    for words in &answers {
        on_exam(&["answer"], words)?;
    }
    for words in plan.findings() {
        on_exam(&["finding", "add"], &words)?;
    }
    let ready = on_exam(&["gate"], &[])?["ready"].as_bool().unwrap_or(false);
    let (papers, report) = (folder.join("papers"), folder.join("report.pdf"));
    let mut report_words = vec!["report".to_owned(), report.to_string_lossy().into_owned()];
    if !ready {
        report_words.push("--draft".to_owned());
    }
    Ok(Made {
        imports,
        runs,
        disposed,
        answers: answers.len(),
        draft: !ready,
        procedures: fieldbook.json(&["audit", "list"])?,
        findings: on_exam(&["finding", "list"], &[])?,
        papers: on_exam(&["export"], &["papers".to_owned(), papers.to_string_lossy().into_owned()])?,
        report: on_exam(&["export"], &report_words)?,
        exam: created,
        took: start.elapsed(),
    })
}

/// Opens the window on the demo vault and leaves it open.
fn open_window(programs: &Path, folder: &Path) -> Result<()> {
    let display =
        ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|key| std::env::var_os(key).is_some_and(|v| !v.is_empty()));
    if !display {
        println!("這裡沒有圖形顯示（DISPLAY、WAYLAND_DISPLAY 皆未設定），因此不開啟視窗。");
        println!("在有桌面的電腦上再執行一次 cargo xtask demo，即可在視窗中查看上述查核案。");
        return Ok(());
    }
    let desktop = programs.join("fieldbook-desktop");
    let mut window = program(&desktop.to_string_lossy(), ".")?;
    window.env("FIELDBOOK_VAULT", folder.join("vault")).stdout(Stdio::null()).stderr(Stdio::null());
    let mut window = window.spawn().context("cannot start the window")?;
    // Time enough to fail at once, if it is going to.
    std::thread::sleep(Duration::from_secs(3));
    if let Some(status) = window.try_wait()?
        && !status.success()
    {
        bail!("the window closed at once ({status})");
    }
    println!("視窗已開啟。保管庫通行碼：{PASSPHRASE}");
    Ok(())
}
