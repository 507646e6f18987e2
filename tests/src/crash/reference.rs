//! The undisturbed vault: the same acts, one after another, and what the vault says after each.

use super::acts::{Actor, Told, clauses};
use super::picture::Picture;
use super::world::World;
use fieldbook_app::{Desk, session};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The undisturbed vault.
pub struct Reference {
    /// Its world.
    pub world: World,
    desk: Desk,
    actor: Actor,
    /// Acts done.
    done: u64,
    /// What it said after that many acts, with the number of the change that made the passphrase of then.
    pictures: BTreeMap<u64, (Picture, u64)>,
    /// What each act was.
    told: BTreeMap<u64, Told>,
}

/// File in which the child finds the clauses to answer.
pub const CLAUSES: &str = "clauses.txt";

impl Reference {
    /// Makes the vault in `folder`.
    ///
    /// # Panics
    /// When it cannot be made.
    #[must_use]
    pub fn new(folder: &Path, seed: u64) -> Self {
        fs::create_dir_all(folder).expect("a folder");
        let world = World::new(folder, seed);
        let desk = world.make().expect("a vault with an exam");
        let clauses = clauses(&desk);
        assert!(clauses.len() > 50, "{} clauses to answer", clauses.len());
        fs::write(folder.join(CLAUSES), clauses.join("\n")).expect("a list of clauses");
        let actor = Actor { clauses, changes: 0, open: None };
        let mut made = Self { world, desk, actor, done: 0, pictures: BTreeMap::new(), told: BTreeMap::new() };
        made.look();
        made
    }

    fn look(&mut self) {
        self.pictures.insert(self.done, (Picture::of(&self.world), self.actor.changes));
    }

    /// What the vault says after `acts` acts, and the number of its passphrase.
    pub fn after(&mut self, acts: u64) -> (Picture, u64) {
        while self.done < acts {
            self.done += 1;
            let told = self.actor.act(&self.world, &mut self.desk, self.done);
            self.told.insert(self.done, told);
            self.look();
        }
        self.pictures.get(&acts).cloned().expect("acts are not taken back")
    }

    /// What the act of this number was.
    pub fn told(&mut self, act: u64) -> Told {
        self.after(act);
        self.told.get(&act).cloned().expect("it was done")
    }

    /// Forgets pictures before `acts`.
    pub fn forget_before(&mut self, acts: u64) {
        self.pictures = self.pictures.split_off(&acts);
    }

    /// Copies the vault as it is after all acts so far to `to`; gives how many these are.
    ///
    /// # Panics
    /// When it cannot be copied.
    pub fn copy_to(&mut self, to: &Path) -> u64 {
        session::vault_lock(&mut self.desk);
        self.actor.open = None;
        let _ = fs::remove_dir_all(to);
        copy(&self.world.folder, to);
        self.world.unlock(&mut self.desk, &[self.actor.changes]).expect("opens again");
        self.done
    }
}

/// Copies a folder.
///
/// # Panics
/// When it cannot be copied.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}
