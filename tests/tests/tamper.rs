//! Some of what `cargo xtask bench tamper` does two thousand times.

use fieldbook_tests::tamper::{Chance, Outcome, Subject, Trial};
use proptest::prelude::*;
use std::sync::LazyLock;

struct Made {
    subject: Subject,
    _folder: tempfile::TempDir,
}

static MADE: LazyLock<Made> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("temporary folder");
    let subject = Subject::make(folder.path()).expect("a vault with everything in it");
    Made { subject, _folder: folder }
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 0, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_changed_is_found_and_named_or_harmless_for_a_reason(seed: u64) {
        let trial = Trial::run(&MADE.subject, &mut Chance(seed));
        prop_assert!(!matches!(trial.outcome, Outcome::Missed(_)), "{:?}", trial);
    }
}
