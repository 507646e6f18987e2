//! Work that does not come to its end: killed, interrupted, fallen over, or without room.

use super::flows::{evidence_file, take_evidence};
use super::scan::files_below;
use super::world::World;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How often something is tried that may be over before we strike.
const TRIES: usize = 6;
/// Bytes of evidence: enough that taking and giving it can be cut in two.
const LARGE: usize = 24 << 20;
/// How long a call may run before it is struck anyway.
const LONGEST: Duration = Duration::from_secs(120);

/// What became of an attempt.
#[derive(Debug, Clone)]
pub struct Struck {
    /// What was cut off, and how.
    pub what: String,
    /// Whether the call was still at work when it was struck.
    pub in_the_middle: bool,
}

/// Starts a call and strikes it as soon as `now` says so; says whether it was still running, and by what it ended.
fn strike(world: &mut World, exam: &str, words: &[&str], signal: &str, now: impl Fn(&World) -> bool) -> bool {
    // A call that ends well takes the log of one that did not away, so that what is seen growing is that of this call.
    world.done(&["vault", "info"]);
    world.done(&["log", exam]);
    let mut child = world.start(words);
    let begun = Instant::now();
    let struck = loop {
        if child.try_wait().expect("the program is ours").is_some() {
            break false;
        }
        if now(world) || begun.elapsed() > LONGEST {
            let pid = child.id().to_string();
            let sent = Command::new("kill").args([signal, &pid]).stderr(Stdio::null()).status();
            break sent.is_ok_and(|status| status.success());
        }
        std::thread::sleep(Duration::from_micros(200));
    };
    let output = child.wait_with_output().expect("the program is ours");
    world.heard(words, output);
    struck
}

/// Bytes in the write-ahead logs of the exams.
fn logged(world: &World) -> u64 {
    let logs = files_below(&world.path("vault/exams")).unwrap_or_default();
    let logs = logs.into_iter().filter(|path| path.to_string_lossy().ends_with("-wal"));
    logs.filter_map(|path| fs::metadata(path).ok()).map(|meta| meta.len()).sum()
}

/// Cuts off an import, the taking of evidence and an export in the middle; then an export with no room, with no place,
/// and one whose reader went away. `after` is called after each.
///
/// # Panics
/// When a program does not start.
pub fn cut_off(world: &mut World, exam: &str, after: &mut dyn FnMut(&mut World, &Struck)) {
    let big = world.place("firm/big.csv");
    let written = |world: &World| logged(world) > 200_000;
    for (what, signal) in [("killed", "-KILL"), ("fallen over", "-ABRT"), ("interrupted", "-INT")] {
        let words = ["import", exam, &big, "--dataset", "accounts"];
        let in_the_middle = (0..TRIES).any(|_| strike(world, exam, &words, signal, written));
        after(world, &Struck { what: format!("import, {what}"), in_the_middle });
    }
    let source = world.word("evidence source").to_owned();
    for (n, (what, signal)) in [("killed", "-KILL"), ("fallen over", "-ABRT")].into_iter().enumerate() {
        let file = evidence_file(world, &format!("-{n}"), LARGE);
        let words = ["evidence", "add", exam, &file, "--source", &source];
        let in_the_middle = strike(world, exam, &words, signal, written);
        after(world, &Struck { what: format!("taking evidence, {what}"), in_the_middle });
    }
    take_evidence(world, exam, "-whole", LARGE);
    let listed = world.done(&["evidence", "list", exam]);
    let last = listed.as_array().and_then(|all| all.last()).and_then(|one| one["number"].as_str());
    let last = last.expect("a piece of evidence").to_owned();
    let copy = world.place("out/copy.txt");
    let export = ["evidence", "export", exam, &last, &copy];
    let begun = |world: &World| !world.half_exports().unwrap_or_default().is_empty();
    for (what, signal) in [("killed", "-KILL"), ("interrupted", "-INT")] {
        let in_the_middle = (0..TRIES).any(|_| strike(world, exam, &export, signal, begun));
        after(world, &Struck { what: format!("export, {what}"), in_the_middle });
    }
    // The next one to the same place takes the place of what was left.
    world.done(&export);
    after(world, &Struck { what: "export, done again".to_owned(), in_the_middle: true });
    refused(world, exam, &last, after);
}

fn refused(world: &mut World, exam: &str, evidence: &str, after: &mut dyn FnMut(&mut World, &Struck)) {
    let cramped = world.place("out/cramped.txt");
    let said = world.call_cramped(&["evidence", "export", exam, evidence, &cramped]);
    let what = "export without room".to_owned();
    after(world, &Struck { what, in_the_middle: said.code == Some(1) && !Path::new(&cramped).exists() });
    let file = evidence_file(world, "-cramped", LARGE);
    let source = world.word("evidence source").to_owned();
    let said = world.call_cramped(&["evidence", "add", exam, &file, "--source", &source]);
    after(
        world,
        &Struck { what: "taking evidence without room".to_owned(), in_the_middle: said.code == Some(1) },
    );
    fs::write(world.path("out/a file"), b"in the way").expect("written");
    let nowhere = world.place("out/a file/report.docx");
    let said = world.call(&["export", exam, "docx", &nowhere, "--draft"]);
    after(world, &Struck { what: "export to no place".to_owned(), in_the_middle: said.code == Some(1) });
    // Nobody reads what it says: the library's way out is a panic.
    let mut gone = world.start_for_nobody(&["exam", "items", exam]);
    drop(gone.stdout.take());
    let output = gone.wait_with_output().expect("the program is ours");
    world.heard(&["exam", "items"], output);
    after(world, &Struck { what: "listing for nobody".to_owned(), in_the_middle: true });
}
