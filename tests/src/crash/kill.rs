//! Kills: the child is stopped at a random moment, again and again on the same vault.

use super::picture::Picture;
use super::reference::Reference;
use super::world::World;
use super::{Dice, victim};
use fieldbook_app::exam;
use fieldbook_app::wire::ExamRequest;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// What happened.
#[derive(Debug, Default)]
pub struct Tally {
    /// Kills.
    pub kills: u64,
    /// Of these, before the vault was open.
    pub while_opening: u64,
    /// Acts that were told of.
    pub told: u64,
    /// Acts under way that were found whole, though not told of.
    pub finished: u64,
    /// Acts under way that were found in one of the two databases that they change, by kind.
    pub between: BTreeMap<&'static str, u64>,
    /// Acts told of, by kind.
    pub acts: BTreeMap<String, u64>,
    /// What went wrong, a line each.
    pub wrong: Vec<String>,
}

/// What the child said.
pub struct Heard {
    /// Whether it had the vault open.
    pub open: bool,
    /// Acts told of: number, kind, what was said.
    pub told: Vec<(u64, String, String)>,
    /// Why it did not open the vault.
    pub refused: Option<String>,
}

/// Reads what a child said.
#[must_use]
pub fn heard<'a>(lines: impl Iterator<Item = &'a str>) -> Heard {
    let mut out = Heard { open: false, told: Vec::new(), refused: None };
    for line in lines {
        match line.split(' ').collect::<Vec<_>>().as_slice() {
            ["open"] => out.open = true,
            ["refused", _, _, key] => out.refused = Some((*key).to_owned()),
            ["told", n, act, said] => {
                out.told.push((n.parse().unwrap_or(0), (*act).to_owned(), (*said).to_owned()));
            }
            _ => {}
        }
    }
    out
}

/// Most acts that a child does before it is stopped.
const MOST: u64 = 6;

/// Kills `program` (which serves [`victim::serve`]) this many times. The folder is empty.
///
/// # Panics
/// When a child cannot be started, or the undisturbed vault fails.
pub fn kill(program: &Path, folder: &Path, kills: u64, seed: u64, progress: &mut dyn FnMut(&Tally)) -> Tally {
    let mut reference = Reference::new(&folder.join("undisturbed"), seed);
    let world = World::new(&folder.join("killed"), seed);
    let mut at = reference.copy_to(&world.folder);
    let mut tally = Tally::default();
    for n in 0..kills {
        let mut dice = Dice::new(seed, n | 1 << 50);
        let (_, changes) = reference.after(at);
        let said = one(&mut victim::call(program, &world, at, at + MOST, changes), &mut dice);
        tally.kills += 1;
        tally.while_opening += u64::from(!said.open);
        at = judge(&mut reference, &world, at, &said, None, &mut tally);
        reference.forget_before(at);
        progress(&tally);
        if tally.wrong.len() > 5 {
            break;
        }
    }
    tally
}

/// Starts the child, hears so many acts, waits a little and kills it.
fn one(call: &mut Command, dice: &mut Dice) -> Heard {
    let started = Instant::now();
    let mut child = call.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the child starts");
    let pipe = child.stdout.take().expect("a pipe");
    let (send, receive) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    let mut lines = Vec::new();
    // A tenth dies while it opens the vault; the others after some acts, in the middle of the next.
    let first = if dice.below(10) == 0 { "desk" } else { "open" };
    let acts = if first == "desk" { 0 } else { dice.below(MOST) };
    let mut told = 0;
    let mut begun = false;
    while !(begun && told >= acts) {
        let Ok(line) = receive.recv_timeout(Duration::from_secs(60)) else { break };
        begun |= line == first;
        told += u64::from(line.starts_with("told "));
        lines.push(line);
    }
    let spread = if first == "desk" { 30_000 } else { 12_000 };
    std::thread::sleep(Duration::from_micros(dice.below(spread)));
    // It may have done everything and ended by itself; then there was nothing to interrupt.
    let _ = child.kill();
    child.wait().expect("it ends");
    reader.join().expect("read to the end");
    lines.extend(receive.try_iter());
    assert!(started.elapsed() < Duration::from_secs(300), "a child that hangs");
    heard(lines.iter().map(String::as_str))
}

/// Opens the vault after `said`, and compares it with the undisturbed one; gives where to go on. `failed` is the act
/// that a child reported as failed for want of a disk.
pub fn judge(
    reference: &mut Reference,
    world: &World,
    from: u64,
    said: &Heard,
    failed: Option<u64>,
    tally: &mut Tally,
) -> u64 {
    let told = failed.map_or_else(|| said.told.last().map_or(from, |t| t.0), |n| n - 1);
    let wrong = |tally: &mut Tally, what: String| tally.wrong.push(format!("after act {told}: {what}"));
    if let Some(key) = &said.refused
        && failed.is_none()
    {
        wrong(tally, format!("the vault did not open: {key}"));
    }
    for (n, act, said) in said.told.iter().filter(|(n, ..)| *n <= told) {
        let expected = reference.told(*n);
        *tally.acts.entry(act.clone()).or_default() += 1;
        if (expected.act, expected.said.as_str()) != (act.as_str(), said.as_str()) {
            wrong(
                tally,
                format!("act {n} {act} said {said}, undisturbed {} {}", expected.act, expected.said),
            );
        }
    }
    tally.told += told - from;
    let (before, changes) = reference.after(told);
    let (after, changed) = reference.after(told + 1);
    let found = match look(world, told, &[changed, changes]) {
        Ok(found) => found,
        Err(what) => {
            wrong(tally, what);
            return reference.copy_to(&world.folder);
        }
    };
    let (picture, opened_by) = found;
    let here = told + 1;
    if picture == before && opened_by == changes {
        return told;
    }
    if picture == after && opened_by == changed {
        tally.finished += 1;
        return here;
    }
    // Two databases, or a database and a file, cannot change at once: each of them is before or after.
    let act = reference.told(here).act;
    if each_is_one_of(&picture, &before, &after) {
        *tally.between.entry(act).or_default() += 1;
    } else {
        let seen = format!("{:?}; {:?}", picture.differences(&before), picture.differences(&after));
        wrong(tally, format!("{act} under way: neither before nor after: {seen}"));
    }
    reference.copy_to(&world.folder)
}

fn each_is_one_of(picture: &Picture, before: &Picture, after: &Picture) -> bool {
    let databases = picture.databases.keys().chain(before.databases.keys());
    databases.into_iter().all(|name| {
        let found = picture.databases.get(name);
        found == before.databases.get(name) || found == after.databases.get(name)
    })
}

/// Opens the vault and every exam, verifies, and looks. Gives what it says and which passphrase opened it.
///
/// # Errors
/// What is wrong, in words.
pub fn look(world: &World, acts: u64, changes: &[u64]) -> Result<(Picture, u64), String> {
    world.begin(acts + 1);
    let mut desk = world.desk().map_err(|e| e.key().to_owned())?;
    let by = world.unlock(&mut desk, changes).map_err(|e| format!("does not open: {}", e.key()))?;
    for head in exam::exams(&desk).map_err(|e| format!("no list: {}", e.key()))? {
        let opened = exam::exam_open(&mut desk, &ExamRequest { exam: head.id.clone() });
        let view = opened.map_err(|e| format!("exam {} does not open: {}", head.id, e.key()))?;
        if !view.notices.is_empty() {
            return Err(format!("exam {}: {:?}", head.id, view.notices));
        }
        exam::exam_close(&mut desk);
    }
    let problems =
        fieldbook_app::integrity::verify(&desk).map_err(|e| format!("cannot be verified: {}", e.key()))?;
    if !problems.is_empty() {
        return Err(format!("verify: {problems:?}"));
    }
    drop(desk);
    let copies = fieldbook_vault::generations(&world.folder.join("備份")).map_err(|e| e.to_string())?;
    let bad =
        copies.iter().find(|c| !c.name.ends_with(".making") && c.state != fieldbook_vault::CopyState::Whole);
    if let Some(copy) = bad {
        return Err(format!("backup {} is {:?}", copy.name, copy.state));
    }
    Ok((Picture::of(world), by))
}
