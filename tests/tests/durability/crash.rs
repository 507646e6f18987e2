//! Some of what `cargo xtask bench crash` does at length.

use fieldbook_tests::crash::kill::{Tally, kill};
use fieldbook_tests::crash::power::{self, Syncs};
use fieldbook_tests::crash::trace;
use std::path::Path;

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_bench-crash"))
}

fn nothing_lost(tally: &Tally) {
    assert!(tally.wrong.is_empty(), "{:#?}", tally.wrong);
    assert!(tally.told > tally.kills, "too little was acknowledged to mean anything: {tally:?}");
    assert!(tally.acts.len() >= 6, "acts of few kinds: {:?}", tally.acts);
}

#[test]
fn sixty_kills_lose_nothing_that_was_acknowledged() {
    let folder = tempfile::tempdir().expect("a folder");
    nothing_lost(&kill(program(), folder.path(), 60, 7, &mut |_| {}));
}

#[test]
fn a_power_loss_at_any_moment_loses_nothing_that_was_acknowledged() {
    if !trace::is_possible() {
        // Some containers forbid it; the bench and CI have it.
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    nothing_lost(&power::lose(program(), folder.path(), 14, 20, 11, Syncs::Hold));
}

#[test]
fn a_disk_that_lies_about_syncs_is_found_out() {
    if !trace::is_possible() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let tally = power::lose(program(), folder.path(), 5, 6, 11, Syncs::Lie);
    assert!(!tally.wrong.is_empty(), "the comparison would see no loss: {tally:?}");
}
