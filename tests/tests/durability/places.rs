//! Places where the store writes.

use fieldbook_tests::crash::places::walk;
use std::collections::BTreeSet;
use std::path::Path;

/// Names in the sources, as `reach("…")` and the hook of commits name them.
fn in_the_sources() -> BTreeSet<String> {
    let mut out = BTreeSet::from(["commit.before".to_owned()]);
    let folder = fieldbook_tests::root().join("crates/vault/src");
    for entry in std::fs::read_dir(folder).expect("sources") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(path).expect("a source");
            let names = text.split("failpoint::reach(\"").skip(1).filter_map(|rest| rest.split('"').next());
            out.extend(names.map(str::to_owned));
        }
    }
    out
}

#[test]
fn the_list_of_places_is_that_of_the_sources() {
    let listed: BTreeSet<String> = fieldbook_vault::FAILPOINTS.iter().map(|p| (*p).to_owned()).collect();
    assert_eq!(listed, in_the_sources());
}

#[test]
fn dying_or_failing_at_any_place_leaves_the_vault_before_or_after_the_act() {
    let folder = tempfile::tempdir().expect("a folder");
    let walk = walk(Path::new(env!("CARGO_BIN_EXE_bench-crash")), folder.path(), 12);
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    assert!(walk.tried > 30 && walk.told > 5, "{walk:?}");
    // A change of tables happens to databases of earlier releases only; a test of the store makes that fail.
    let missed: Vec<_> =
        in_the_sources().into_iter().filter(|p| p != "migrate.step" && !walk.reached.contains(p)).collect();
    assert_eq!(missed, Vec::<String>::new(), "places that no act reaches");
}
