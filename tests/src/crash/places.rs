//! Every place where the store writes, one after another: the child dies there, or the step there fails.

use super::kill::{Tally, heard, judge};
use super::reference::{self, Reference};
use super::victim::{self, RESTORED};
use super::world::{PLAN, PLANNED, World, passphrase};
use fieldbook_vault::{Vault, VaultState};
use secrecy::SecretString;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};

/// What a walk over the places saw.
#[derive(Debug, Default)]
pub struct Walk {
    /// Names of the places that were reached.
    pub reached: BTreeSet<String>,
    /// Deaths and failures that were tried.
    pub tried: usize,
    /// Failing steps that somebody was told of.
    pub told: usize,
    /// What went wrong, a line each.
    pub wrong: Vec<String>,
}

fn lines(call: &mut Command) -> Vec<String> {
    let out = call.stderr(Stdio::null()).output().expect("the child starts");
    String::from_utf8_lossy(&out.stdout).lines().map(str::to_owned).collect()
}

fn places(said: &[String]) -> Vec<String> {
    said.iter().filter_map(|l| l.strip_prefix("reached ")).map(str::to_owned).collect()
}

/// Whether a step that fails at a place may go unnoticed: what follows it is settled when the vault is opened again, or
/// is only a note.
const NEED_NOT_BE_TOLD: [&str; 1] = ["commit.before"];

/// Walks over the places of making a vault, of one act of each kind, and of restoring. Every `every`th place is tried.
///
/// # Panics
/// When a child cannot be started.
pub fn walk(program: &Path, folder: &Path, every: usize) -> Walk {
    let mut walk = Walk::default();
    make(program, &folder.join("made"), every, &mut walk);
    let mut reference = Reference::new(&folder.join("undisturbed"), PLANNED);
    let start = folder.join("start");
    reference.copy_to(&start);
    let acts = PLAN.len() as u64;
    acts_of(program, &mut reference, &start, &folder.join("tried"), acts, every, &mut walk);
    reference.after(acts);
    reference.copy_to(&folder.join("backed-up"));
    restore(program, &mut reference, &folder.join("backed-up"), acts, every, &mut walk);
    walk
}

fn acts_of(
    program: &Path,
    reference: &mut Reference,
    start: &Path,
    folder: &Path,
    acts: u64,
    every: usize,
    walk: &mut Walk,
) {
    let world = World::new(folder, PLANNED);
    let again = || {
        let _ = std::fs::remove_dir_all(folder);
        reference::copy(start, folder);
    };
    again();
    let seen = places(&lines(victim::call(program, &world, 0, acts, 0).args(["work", "count"])));
    walk.reached.extend(seen.iter().cloned());
    for n in (0..seen.len()).step_by(every) {
        for way in ["die", "fail"] {
            again();
            let said = lines(
                victim::call(program, &world, 0, acts, 0).args(["work".to_owned(), format!("{way}-{n}")]),
            );
            let mut said = heard(said.iter().map(String::as_str));
            walk.tried += 1;
            let mut tally = Tally::default();
            let mut failed = None;
            if way == "fail" {
                // The first act that said something else than the undisturbed one is the one whose step failed.
                let other = said.told.iter().position(|(n, _, s)| reference.told(*n).said != *s);
                failed = other.and_then(|i| said.told.get(i)).map(|t| t.0);
                walk.told += usize::from(failed.is_some());
                if let Some(key) = other.and_then(|i| said.told.get(i)).map(|t| t.2.clone())
                    && !["no_room", "database_refused"].contains(&key.as_str())
                {
                    walk.wrong.push(format!("{} {n}: told as {key}", seen[n]));
                }
                match (other, said.refused.is_some()) {
                    (Some(i), _) => said.told.truncate(i),
                    (None, true) => failed = Some(1),
                    (None, false) if !NEED_NOT_BE_TOLD.contains(&seen[n].as_str()) => {
                        walk.wrong.push(format!("{} {n}: a step failed and nobody was told", seen[n]));
                    }
                    (None, false) => {}
                }
            }
            judge(reference, &world, 0, &said, failed, &mut tally);
            walk.wrong.extend(tally.wrong.iter().map(|w| format!("{way} at {} ({n}): {w}", seen[n])));
        }
    }
}

fn make(program: &Path, folder: &Path, every: usize, walk: &mut Walk) {
    let world = World::new(folder, PLANNED);
    let call = |word: String| lines(victim::call(program, &world, 0, 0, 0).args(["make".to_owned(), word]));
    let _ = std::fs::remove_dir_all(folder);
    let seen = places(&call("count".to_owned()));
    walk.reached.extend(seen.iter().cloned());
    for n in (0..seen.len()).step_by(every) {
        for way in ["die", "fail"] {
            let _ = std::fs::remove_dir_all(folder);
            call(format!("{way}-{n}"));
            walk.tried += 1;
            let at = format!("{way} at {} ({n}) of making a vault", seen[n]);
            match fieldbook_vault::state(&world.vault()) {
                Ok(VaultState::Vault) => {}
                Ok(VaultState::Empty | VaultState::HalfMade) => {
                    if let Err(e) = world.make() {
                        walk.wrong.push(format!("{at}: it cannot be made again: {}", e.key()));
                    }
                }
                other => walk.wrong.push(format!("{at}: {other:?}")),
            }
            whole(&world.vault(), &passphrase(0), &at, walk);
        }
    }
}

fn whole(vault: &Path, passphrase: &str, at: &str, walk: &mut Walk) {
    match Vault::unlock(vault, &SecretString::from(passphrase.to_owned())).and_then(|v| v.verify()) {
        Ok(problems) if problems.is_empty() => {}
        other => walk.wrong.push(format!("{at}: {other:?}")),
    }
}

fn restore(
    program: &Path,
    reference: &mut Reference,
    folder: &Path,
    acts: u64,
    every: usize,
    walk: &mut Walk,
) {
    let world = World::new(folder, PLANNED);
    let (_, changes) = reference.after(acts);
    let to = folder.join(RESTORED);
    let call = |word: String| {
        let _ = std::fs::remove_dir_all(&to);
        lines(victim::call(program, &world, acts, acts, changes).args(["restore".to_owned(), word]))
    };
    let seen = places(&call("count".to_owned()));
    walk.reached.extend(seen.iter().cloned());
    let secret = SecretString::from(passphrase(changes));
    for n in (0..seen.len()).step_by(every) {
        for way in ["die", "fail"] {
            let said = call(format!("{way}-{n}"));
            walk.tried += 1;
            let at = format!("{way} at {} ({n}) of restoring", seen[n]);
            let (done, state) = (said.iter().any(|l| l == "restored"), fieldbook_vault::state(&to));
            match state {
                Ok(VaultState::Vault) => whole(&to, &passphrase(changes), &at, walk),
                _ if done => walk.wrong.push(format!("{at}: told as restored, and is {state:?}")),
                _ => {}
            }
            let copies = fieldbook_vault::generations(&folder.join("備份")).unwrap_or_default();
            if copies.iter().any(|c| c.state != fieldbook_vault::CopyState::Whole) {
                walk.wrong.push(format!("{at}: a copy changed: {copies:?}"));
            }
        }
    }
    // Nothing of this touched the vault itself.
    if let Err(e) = Vault::unlock(&world.vault(), &secret) {
        walk.wrong.push(format!("the vault: {e}"));
    }
}
