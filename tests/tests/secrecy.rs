//! Nothing readable at rest: the shorter run of what `cargo xtask bench secrecy` does.
#![cfg(target_os = "linux")]

use fieldbook_tests::cli_program;
use fieldbook_tests::secrecy::{Depth, run};
use std::path::Path;

#[test]
fn no_canary_is_found_anywhere_after_ordinary_and_after_cut_off_work() {
    let report = run(&cli_program(), Path::new(env!("CARGO_BIN_EXE_bench-secrecy")), Depth::Short);
    assert!(report.canaries >= 30 && report.shapes >= 450, "{} in {}", report.canaries, report.shapes);
    assert!(
        report.files > 100 && report.bytes > 10_000_000,
        "{} files, {} bytes",
        report.files,
        report.bytes
    );
    for name in
        ["firm", "case number", "finding text", "answer", "evidence bytes", "account in csv", "setting"]
    {
        assert!(report.carried.contains(name), "{name} reached the exports: {:?}", report.carried);
    }
    let struck = report.struck.iter().filter(|struck| struck.in_the_middle).count();
    assert!(struck * 2 > report.struck.len(), "work was cut off in the middle: {:?}", report.struck);
    let defects = report.defects();
    assert!(defects.is_empty(), "{} defects:\n  {}", defects.len(), defects.join("\n  "));
}
