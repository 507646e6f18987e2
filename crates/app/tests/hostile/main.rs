//! Every command of the window, asked what no page of ours would ask. Nothing panics, a refusal changes nothing, and nothing
//! is written outside of where it was said.

#[path = "../desk/mod.rs"]
mod desk;
mod typed;

use desk::{ask, create, exam, refused, shared};
use fieldbook_app::wire::typescript::{bindings, commands};
use fieldbook_app::{LARGEST_REQUEST, LONGEST_TEXT, SharedDesk};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use typed::{Leaf, Reader, Types};

/// Rounds of requests of the right types with hostile texts and numbers, for each command.
const ROUNDS: u64 = 8;

/// Repeatable choices.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % sides.max(1)
    }
}

fn texts() -> Vec<String> {
    let mut all: Vec<String> = [
        "",
        " ",
        "../../../../tmp/x",
        "..\\..\\x",
        "C:\\Windows\\x",
        "COL-ZZ.99",
        "T-XXX-99",
        "e1'; DROP TABLE answer;--",
        "%s%n",
        "=cmd|' /C calc'!A0",
        "\u{202e}txt.exe",
        "\u{feff}",
        "𠮷野",
        "e\u{301}",
        "-1",
        "1e400",
        "NaN",
        "9999-99-99",
        "2020-02-30",
        "0000-00-00",
        "-262144-01-01",
        "2020-12-31",
        "109.12.31",
        "accounts",
        "T-COL-05",
        "COL-D4.1",
        "SELECT load_extension('x')",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT x FROM c",
        "\u{1}\u{7f}\n\r\t",
        "null",
        "true",
        "[]",
        "age1xxxx",
        "AGE-SECRET-KEY-1",
    ]
    .map(str::to_owned)
    .into();
    all.push("長".repeat(20_000));
    all
}

fn numbers() -> Vec<Value> {
    vec![
        json!(0),
        json!(1),
        json!(-1),
        json!(0.5),
        json!(1e300),
        json!(-1e-300),
        json!(u32::MAX),
        json!(u64::MAX),
        json!(i64::MIN),
    ]
}

/// Fields that name a place on the disk stay below a folder of the test.
fn path_like(field: &str) -> bool {
    ["path", "paths", "dir", "file", "files", "folder", "to", "dest", "from"].contains(&field)
}

fn request(types: &Types, ty: &str, out: &Path, dice: &mut Dice) -> Value {
    let ty = Reader::new(ty).ty();
    let (all, counts) = (texts(), numbers());
    let (mut words, mut figures) = (Dice(dice.0 ^ 1), Dice(dice.0 ^ 2));
    let places = [
        String::new(),
        out.join("不 存在/x").to_string_lossy().into_owned(),
        out.join("a".repeat(300)).to_string_lossy().into_owned(),
        out.to_string_lossy().into_owned(),
        out.join("a-file/x").to_string_lossy().into_owned(),
    ];
    let mut leaf = Leaf {
        text: &mut |field| {
            let list = if path_like(field) { &places[..] } else { &all[..] };
            list[words.roll(list.len())].clone()
        },
        number: &mut || counts[figures.roll(counts.len())].clone(),
    };
    types.value(&ty, "", &mut |sides| dice.roll(sides), &mut leaf)
}

/// What must not change by a refusal: the journal of the open exam.
fn journal(desk: &SharedDesk) -> String {
    desk.checkpoint().unwrap_or_default()
}

/// Asks; a panic is the end of the test and says what was asked.
fn asked(desk: &SharedDesk, name: &str, request: &Value) -> bool {
    let before = journal(desk);
    let answer = catch_unwind(AssertUnwindSafe(|| desk.call(name, request.clone(), &mut |_| ())));
    let shown: String = request.to_string().chars().take(1_000).collect();
    let Ok(answer) = answer else { panic!("{name} panicked at {shown}") };
    if let Err(refusal) = &answer {
        assert!(
            !refusal.message.is_empty() && !refusal.message.contains(['{', '}']),
            "{name}: {}",
            refusal.message
        );
        let same = journal(desk);
        assert!(same == before || same.is_empty(), "{name} was refused and wrote all the same: {shown}");
    }
    answer.is_ok()
}

/// Opens again what a hostile call may have closed.
fn open(desk: &SharedDesk, folder: &Path, exam: &str) {
    let dir = folder.join("vault");
    if !desk.is_open() {
        ask(desk, "vault_unlock", json!({ "dir": dir, "passphrase": desk::PASSPHRASE }));
    }
    if desk.checkpoint().is_none() {
        ask(desk, "exam_open", json!({ "exam": exam }));
    }
}

fn files(folder: &Path, into: &mut BTreeSet<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the test").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.insert(path);
        }
    }
}

#[test]
fn requests_of_the_right_types_with_hostile_values_are_answered_or_refused_and_stay_in_their_place() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let home = folder.path().join("home");
    let out = folder.path().join("out");
    std::fs::create_dir_all(&home).expect("a folder");
    std::fs::create_dir_all(&out).expect("a folder");
    std::fs::write(out.join("a-file"), "x").expect("a file");
    let (desk, _, _) = shared(&home);
    create(&desk, &home);
    let id = exam(&desk)["head"]["id"].as_str().expect("an id").to_owned();
    let types = Types::of(&bindings());
    let (mut done, mut refusals) = (0, 0);
    for round in 0..ROUNDS {
        for command in commands() {
            open(&desk, &home, &id);
            let mut dice = Dice(round * 7_919 + 17);
            let request = request(&types, &command.request, &out, &mut dice);
            *if asked(&desk, command.name, &request) { &mut done } else { &mut refusals } += 1;
        }
    }
    assert!(done > 100 && refusals > 500, "{done} answered, {refusals} refused");
    let mut strayed = BTreeSet::new();
    files(folder.path(), &mut strayed);
    strayed.retain(|path| !path.starts_with(home.join("vault")) && !path.starts_with(&out));
    assert!(strayed.is_empty(), "{strayed:?}");
    ask(&desk, "vault_lock", Value::Null);
    open(&desk, &home, &id);
}

#[test]
fn requests_of_wrong_types_are_refused_before_any_use_case() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    let id = exam(&desk)["head"]["id"].as_str().expect("an id").to_owned();
    let deep = (0..100).fold(json!(1), |inner, _| json!([inner]));
    let wrong = [json!(7), json!("text"), json!([]), json!([[1]]), json!(true), json!({ "x": 1 }), deep];
    for command in commands() {
        let beside = command.name.ends_with("_cancel") || command.name == "session_touch";
        for request in &wrong {
            // One whose fields may all be absent takes an object for a request.
            if !(beside || request.is_object() || request == &json!([])) {
                open(&desk, folder.path(), &id);
                assert!(!asked(&desk, command.name, request), "{} took {request}", command.name);
            }
        }
    }
    assert_eq!(refused(&desk, "no_such_command", Value::Null), "failed");
    assert_eq!(refused(&desk, "../session", Value::Null), "failed");
}

#[test]
fn requests_that_are_too_large_or_hold_a_nul_are_refused_whichever_command_is_asked() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _, _) = shared(folder.path());
    create(&desk, folder.path());
    let id = exam(&desk)["head"]["id"].as_str().expect("an id").to_owned();
    let long = "x".repeat(LONGEST_TEXT + 1);
    let many = vec!["x".repeat(LONGEST_TEXT); LARGEST_REQUEST / LONGEST_TEXT + 1];
    for command in commands().iter().filter(|c| !c.name.ends_with("_cancel") && c.name != "session_touch") {
        open(&desk, folder.path(), &id);
        assert!(!asked(&desk, command.name, &json!({ "path": long })), "{}", command.name);
        assert!(!asked(&desk, command.name, &json!({ "exam": "e1\0" })), "{}", command.name);
    }
    open(&desk, folder.path(), &id);
    assert!(!asked(&desk, "vault_confirm_recovery", &json!({ "typed": many })));
}
