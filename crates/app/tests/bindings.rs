//! The window's side of the wire is the one that is generated from here.

#[test]
fn the_committed_bindings_are_the_generated_ones() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../ui/src/backend/bindings.ts");
    let committed = std::fs::read_to_string(path).expect("the bindings are committed");
    assert!(
        committed.replace("\r\n", "\n") == fieldbook_app::wire::typescript::bindings(),
        "the wire changed: run `cargo xtask bindings` and commit the file"
    );
}
