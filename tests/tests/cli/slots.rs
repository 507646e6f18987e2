//! `vault slot` and `--identity-file`.

use crate::call::{Desk, entry, list, text, word};
use serde_json::Value;

const HOLDER: &str = "# created by age-keygen\n# public key: age1hsxundr37aphvuhdzt0hm2v6uqhlt5jrgrkd87ykj5dg5tzq4pyqmjlerl\n\
    AGE-SECRET-KEY-1H0A7GQ6YD2GLU89A4S8DRTARQ7JJQDM2YHL4L8JCZG46ED64NFPQET3D0K\n";
const RECIPIENT: &str = "age1hsxundr37aphvuhdzt0hm2v6uqhlt5jrgrkd87ykj5dg5tzq4pyqmjlerl";

fn slots(said: &Value) -> Vec<&str> {
    list(&said["slots"]).iter().map(|slot| text(&slot["slot"])).collect()
}

#[test]
fn an_escrow_holder_opens_the_vault_by_an_identity_file_until_the_slot_is_removed() {
    let desk = Desk::with_vault();
    let file = desk.path("holder.txt");
    std::fs::write(&file, HOLDER).expect("writes");
    let by_holder = ["vault", "info", "--identity-file", word(&file)];
    desk.unchanged(|| desk.refused(&by_holder, 1, "wrong_passphrase"));

    let added = desk.done(&["vault", "slot", "add-escrow", "--recipient", RECIPIENT, "--label", "稽核室"]);
    let escrow = text(&entry(&added["slots"], "kind", "escrow")["slot"]).to_owned();
    assert_eq!(entry(&added["slots"], "slot", &escrow)["label"], "稽核室");
    assert_eq!(desk.done(&by_holder)["slots"][2], escrow.as_str());
    desk.refused(
        &["vault", "slot", "add-escrow", "--recipient", RECIPIENT, "--label", "又一次"],
        1,
        "slot_exists",
    );

    assert_eq!(slots(&desk.done(&["vault", "slot", "remove", &escrow])), ["passphrase", "recovery"]);
    desk.refused(&by_holder, 1, "wrong_passphrase");
    desk.refused(&["vault", "slot", "remove", &escrow], 1, "unknown_slot");
}

#[test]
fn a_renewed_recovery_identity_opens_and_the_passphrase_cannot_go_before_it_is_checked() {
    let desk = Desk::with_vault();
    let renewed = desk.done(&["vault", "slot", "renew-recovery"]);
    let file = desk.path("recovery.txt");
    std::fs::write(&file, text(&renewed["recovery_identity"])).expect("writes");
    let listed = desk.done(&["vault", "slot", "list", "--identity-file", word(&file)]);
    assert_eq!(
        (slots(&listed), &listed["recovery_confirmed"]),
        (vec!["passphrase", "recovery"], &Value::Bool(false))
    );
    desk.refused(&["vault", "slot", "remove", "passphrase"], 1, "last_way_in");
}

#[test]
fn a_weak_passphrase_makes_no_vault() {
    let desk = Desk::without_vault();
    let weak = [
        ("短", "weak_passphrase"),
        ("aaaaaaaaaaaaaaaaaaaa", "guessable_passphrase"),
        ("查核簿查核簿查核簿查核簿", "guessable_passphrase"),
    ];
    for (weak, code) in weak {
        let file = desk.path("weak");
        std::fs::write(&file, weak).expect("writes");
        desk.unchanged(|| desk.refused(&["vault", "init", "--passphrase-file", word(&file)], 1, code));
    }
}
