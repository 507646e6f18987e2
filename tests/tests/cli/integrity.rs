//! `fieldbook vault verify`.

use crate::call::{Desk, list, text};

#[test]
fn a_damaged_file_is_named_in_words_and_in_the_document() {
    let desk = Desk::with_vault();
    assert_eq!(list(&desk.done(&["vault", "verify"])["found"]).len(), 0);
    let slot = desk.path("vault/keys/recovery.age");
    let mut bytes = std::fs::read(&slot).expect("reads");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&slot, bytes).expect("writes");
    let said = desk.call(&["vault", "verify", "--json"]);
    let document = said.json();
    assert_eq!((said.code, document["ok"].as_bool()), (1, Some(false)));
    let found = &document["found"][0];
    assert_eq!((text(&found["kind"]), text(&found["file"])), ("slot", "keys/recovery.age"));
    assert_eq!(document["problems"][0], found["message"]);
    let plain = desk.call(&["vault", "verify"]);
    assert_eq!(plain.code, 1);
    assert!(
        plain.out.contains("金鑰插槽 keys/recovery.age 受損、") && plain.out.contains("請"),
        "{}",
        plain.out
    );
}
