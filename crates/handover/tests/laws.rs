//! The laws of merging, over invented histories. `cargo xtask bench merge` runs the same over many more.

#[path = "../../../tests/src/merge_laws/mod.rs"]
#[allow(dead_code, reason = "a measurement adds up what is tested here one by one")]
mod merge_laws;

use proptest::prelude::*;

/// Histories; `FIELDBOOK_HISTORIES` says how many.
#[expect(clippy::disallowed_methods, reason = "how many is for whoever runs the tests to say")]
fn histories() -> u32 {
    std::env::var("FIELDBOOK_HISTORIES").ok().and_then(|n| n.parse().ok()).unwrap_or(500)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: histories(), ..ProptestConfig::default() })]
    #[test]
    fn every_merge_keeps_the_laws(seed: u64, steps in 1_usize..90) {
        if let Err(broken) = merge_laws::run(seed, steps) {
            return Err(TestCaseError::fail(broken));
        }
    }
}
