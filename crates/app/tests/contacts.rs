//! Two vaults exchange cards, compare fingerprints, and one of them gets a new key.

mod desk;

use desk::{ask, create, refused, shared};
use fieldbook_app::SharedDesk;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;
use tempfile::{TempDir, tempdir};

/// A vault of somebody, with the name on its card. Every `n` has keys of its own.
fn vault(name: &str, n: u32) -> (Arc<SharedDesk>, TempDir) {
    let folder = tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    for made in 0..=n {
        create(&desk, &folder.path().join(made.to_string()));
    }
    ask(&desk, "contact_card_set", json!({ "name": name, "unit": "證交所" }));
    (desk, folder)
}

fn own(desk: &SharedDesk) -> Value {
    ask(desk, "contacts", Value::Null)["own"].clone()
}

fn pasted(text: &Value) -> Value {
    json!({ "text": text, "path": "" })
}

fn spoken(fingerprint: &Value) -> String {
    let groups: Vec<&str> =
        fingerprint.as_array().expect("groups").iter().filter_map(Value::as_str).collect();
    groups.join(" ")
}

#[test]
fn both_see_the_same_fingerprints_and_each_is_known_to_the_other_once_they_were_compared() {
    let ((here, _a), (there, _b)) = (vault("王小明", 0), vault("陳美麗", 1));
    for (me, other) in [(&here, &there), (&there, &here)] {
        let card = own(other);
        let look = ask(me, "contact_look", pasted(&card["text"]));
        assert_eq!((&look["standing"], &look["asked"]), (&json!("new"), &json!([])));
        assert_eq!(look["fingerprint"], card["fingerprint"], "what the other reads out");
        let added = ask(me, "contact_add", pasted(&card["text"]));
        assert_eq!(
            (&added["contacts"][0]["name"], &added["contacts"][0]["verified_at"]),
            (&card["name"], &json!(""))
        );
        assert_eq!(ask(me, "contact_look", pasted(&card["text"]))["standing"], "pinned");
        let compared = spoken(&card["fingerprint"]);
        let wrong = spoken(&own(me)["fingerprint"]);
        assert_eq!(
            refused(me, "contact_verify", json!({ "contact": 1, "fingerprint": wrong })),
            "other_fingerprint"
        );
        ask(me, "contact_verify", json!({ "contact": 1, "fingerprint": compared }));
        assert_eq!(ask(me, "contact_look", pasted(&card["text"]))["standing"], "verified");
    }
    let mine = own(&here);
    assert_eq!(ask(&here, "contact_look", pasted(&mine["text"]))["standing"], "own");
    assert_eq!(refused(&here, "contact_add", pasted(&mine["text"])), "failed");
}

#[test]
fn a_changed_key_takes_a_reason_and_groups_that_the_window_does_not_show() {
    let ((here, _a), (old, _b), (new, _c)) = (vault("王小明", 0), vault("陳美麗", 1), vault("陳美麗", 2));
    ask(&here, "contact_add", pasted(&own(&old)["text"]));
    let card = own(&new);
    assert_eq!(refused(&here, "contact_add", pasted(&card["text"])), "contact_key_changed");
    let look = ask(&here, "contact_look", pasted(&card["text"]));
    assert_eq!((&look["standing"], &look["contact"]["id"]), (&json!("key_changed"), &json!(1)));
    let asked: Vec<usize> = serde_json::from_value(look["asked"].clone()).expect("numbers");
    assert_eq!(asked.len(), 2);
    for (n, group) in (1..).zip(look["fingerprint"].as_array().expect("groups")) {
        let shown = if asked.contains(&n) { json!("") } else { card["fingerprint"][n - 1].clone() };
        assert_eq!(group, &shown, "group {n}");
    }
    assert_eq!(ask(&here, "contact_look", pasted(&card["text"])), look, "looking again shows no more");
    let typed = |from: &Value| -> Vec<Value> {
        asked.iter().map(|n| json!({ "number": n, "digits": from["fingerprint"][n - 1] })).collect()
    };
    let change = |typed: Vec<Value>, reason: &str| json!({ "contact": 1, "card": pasted(&card["text"]), "reason": reason, "typed": typed });
    let before = ask(&here, "contacts", Value::Null);
    assert_eq!(
        refused(&here, "contact_change_key", change(typed(&own(&old)), "換電腦")),
        "other_fingerprint"
    );
    assert_eq!(
        refused(&here, "contact_change_key", change(typed(&card)[..1].to_vec(), "換電腦")),
        "other_fingerprint"
    );
    refused(&here, "contact_change_key", change(typed(&card), " "));
    assert_eq!(ask(&here, "contacts", Value::Null), before);
    let after = ask(&here, "contact_change_key", change(typed(&card), "換電腦"));
    assert_eq!(after["contacts"][0]["fingerprint"], card["fingerprint"]);
    assert_eq!(after["contacts"][0]["former"][0]["reason"], "換電腦");
    let trail = ask(
        &here,
        "trail",
        json!({ "vault": true, "by": "", "action": "vault.contact_key_changed", "subject": "", "text": "",
            "from": "", "to": "", "offset": 0, "limit": 10 }),
    );
    assert_eq!((&trail["total"], &trail["lines"][0]["subject"]), (&json!(1), &json!("contact:1")));
}

#[test]
fn a_card_is_read_from_a_file_as_editors_write_it() {
    let ((here, folder), (there, _b)) = (vault("王小明", 0), vault("陳美麗", 1));
    let line = own(&there)["text"].as_str().expect("a line").to_owned();
    let words = format!("這是我的名片，請核對。\r\n{line}\r\n");
    let wide = |of: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(words.encode_utf16().flat_map(of)).collect()
    };
    let files = [
        [&[0xef, 0xbb, 0xbf], words.as_bytes()].concat(),
        wide(u16::to_le_bytes, [0xff, 0xfe]),
        wide(u16::to_be_bytes, [0xfe, 0xff]),
        // Big5, of which only the card itself matters.
        [&[0xa6, 0x57, 0xa4, 0xf9], line.as_bytes()].concat(),
    ];
    let path = folder.path().join("名片.txt");
    for bytes in files {
        std::fs::write(&path, bytes).expect("writes");
        let look = ask(&here, "contact_look", json!({ "text": "", "path": path }));
        assert_eq!(look["name"], "陳美麗");
    }
    std::fs::write(&path, "沒有名片").expect("writes");
    assert_eq!(refused(&here, "contact_look", json!({ "text": "", "path": path })), "card_none");
    let saved = folder.path().join("輸出").join("我的名片.txt");
    ask(&there, "contact_card_save", json!({ "path": saved }));
    assert_eq!(ask(&here, "contact_look", json!({ "text": "", "path": saved }))["name"], "陳美麗");
    assert_eq!(
        refused(&here, "contact_look", json!({ "text": "", "path": Path::new("/no/such") })),
        "failed"
    );
}

#[test]
fn the_picture_is_the_card_with_a_white_edge() {
    let (here, _a) = vault("王小明", 0);
    let own = own(&here);
    let side = own["picture"]["side"].as_u64().expect("a number");
    let path = own["picture"]["path"].as_str().expect("a path");
    // ISO/IEC 18004: 17 squares and four more for each version, with an edge of four on both sides.
    assert_eq!((side - 8 - 17) % 4, 0);
    for square in path.split('M').skip(1) {
        let (x, rest) = square.split_once(' ').expect("a place");
        let (y, _) = rest.split_once('h').expect("a square");
        for at in [x, y] {
            let at: u64 = at.parse().expect("a number");
            assert!((4..side - 4).contains(&at), "{square}");
        }
    }
    assert!(path.contains("M4 4h1v1h-1z"), "the finder pattern in the corner");
}
