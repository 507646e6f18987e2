//! `contact` and `assign`.

use crate::call::{Desk, entry, list, text, word};
use crate::exams::PROFILE;
use serde_json::Value;

/// A card of another vault.
fn card(desk: &Desk, name: &str) -> (String, Vec<String>) {
    let made = desk.done(&["contact", "card", "--name", name, "--unit", "期交所"]);
    let groups = text(&made["fingerprint"]).split(' ').map(str::to_owned).collect();
    (text(&made["card"]).to_owned(), groups)
}

/// A vault with keys of its own: those of [`Desk::with_vault`] are copies of one.
fn of_its_own() -> Desk {
    let desk = Desk::without_vault();
    desk.done(&["vault", "init"]);
    desk
}

#[test]
fn cards_are_exchanged_compared_and_a_changed_key_is_an_act_of_its_own() {
    let (desk, other, again) = (Desk::with_vault(), of_its_own(), of_its_own());
    let (own, _) = card(&desk, "王小明");
    let (first, groups) = card(&other, "陳美麗");
    let (second, others) = card(&again, "陳美麗");
    let file = desk.path("名片.txt");
    std::fs::write(&file, format!("請加入：\r\n{first}\r\n")).expect("writes");
    let added = desk.done(&["contact", "add", word(&file)]);
    assert_eq!(list(&added["contacts"])[0]["verified"], Value::Bool(false));
    desk.refused(&["contact", "add", &first], 1, "contact_known");
    desk.refused(&["contact", "add", &own], 1, "card_own");
    desk.refused(&["contact", "add", "您好"], 1, "card_none");
    desk.refused(&["contact", "add", &first.replacen(":1:", ":1:x", 1)], 1, "card_damaged");
    desk.refused(&["contact", "add", &second], 1, "contact_key_changed");

    desk.refused(
        &["contact", "verify", "陳美麗", "--fingerprint", &others.join(" ")],
        1,
        "other_fingerprint",
    );
    let verified = desk.done(&["contact", "verify", "陳美麗", "--fingerprint", &groups.concat()]);
    assert_eq!(list(&verified["contacts"])[0]["verified"], Value::Bool(true));

    let (two, five) = (format!("2={}", others[1]), format!("5={}", others[4]));
    let change = ["contact", "change-key", "1", &second, "--reason", "換電腦", "--group", &two];
    desk.refused(&change, 1, "other_fingerprint");
    assert_eq!(desk.done(&["contact", "list"]), verified, "nothing of it was changed");
    let changed = desk.done(&[&change[..], &["--group", &five]].concat());
    let line = entry(&changed["contacts"], "name", "陳美麗");
    assert_eq!((&line["verified"], &line["former_keys"]), (&Value::Bool(false), &Value::from(1)));
    assert_eq!(list(&desk.done(&["contact", "remove", "陳美麗"])["contacts"]).len(), 0);
}

#[test]
fn work_is_given_and_taken_back_and_wrong_words_change_nothing() {
    let desk = Desk::with_vault();
    std::fs::write(desk.path("profile.toml"), PROFILE).expect("profile");
    let call = ["exam", "new", "--firm", "丙丁證券", "--profile", "profile.toml", "--as-of", "2026-03-31"];
    let more = ["--period", "2025-01-01..2026-03-31", "--examiner", "查核人員甲"];
    let made = desk.done(&[&call[..], &more].concat());
    let exam = text(&made["exam"]).to_owned();
    let given =
        desk.done(&["assign", &exam, "--to", "查核人員甲", "--document", "BSL", "--procedure", "T-COL-05"]);
    let held = |said: &Value| list(&said["works"]).iter().filter(|w| w["person"] != "").count();
    assert_eq!(held(&given), 2);
    assert_eq!(list(&given["people"])[0], "查核人員甲");
    desk.refused(&["assign", &exam, "--to", "路人", "--document", "BSL"], 1, "unknown_person");
    desk.refused(&["assign", &exam, "--to", "查核人員甲", "--chapter", "BSL/99"], 1, "unknown_work");
    desk.refused(&["assign", &exam, "--to", "查核人員甲"], 2, "bad_call");
    desk.refused(&["assign", &exam, "--document", "BSL"], 2, "bad_call");
    assert_eq!(held(&desk.done(&["assign", &exam])), 2);
    let log = desk.done(&["log", &exam]);
    let acts = list(&log["entries"]).iter().filter(|e| e["action"] == "assignment.set");
    assert_eq!(acts.count(), 2);
    assert_eq!(held(&desk.done(&["assign", &exam, "--clear", "--document", "BSL"])), 1);
}
