//! Named places before, between and after the steps that write. A test lets the program end at one of them, or the step
//! there fail. Without the feature `failpoints`, which nothing that is shipped has, they are nothing.

use crate::error::VaultError;

#[cfg(not(feature = "failpoints"))]
pub(crate) use off::{reach, watch};
#[cfg(feature = "failpoints")]
pub use on::{Plan, arm, reached};
#[cfg(feature = "failpoints")]
pub(crate) use on::{reach, watch};

/// Every place. A test compares the list with the sources.
#[cfg(feature = "failpoints")]
pub const FAILPOINTS: &[&str] = &[
    "backup.counted",
    "backup.database",
    "backup.named",
    "backup.pruned",
    "backup.small",
    "commit.after",
    "commit.before",
    "copy.named",
    "copy.vacuumed",
    "copy.verified",
    "exam.announced",
    "exam.closed",
    "exam.listed",
    "exam.made",
    "exam.renamed",
    "exam.salted",
    "file.created",
    "file.renamed",
    "file.synced",
    "file.written",
    "migrate.step",
    "restore.copied",
    "restore.verified",
    "salt.listed",
    "vault.database",
    "vault.slots",
];

#[cfg(not(feature = "failpoints"))]
mod off {
    use super::VaultError;
    use rusqlite::Connection;

    #[inline]
    pub(crate) fn reach(_name: &'static str) -> Result<(), VaultError> {
        Ok(())
    }

    #[inline]
    pub(crate) fn watch(_conn: &mut Connection) -> Result<(), VaultError> {
        Ok(())
    }
}

#[cfg(feature = "failpoints")]
mod on {
    use super::VaultError;
    use rusqlite::Connection;
    use std::sync::{Mutex, PoisonError};

    /// What happens at a place.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Plan {
        /// Nothing: places are only counted.
        Count,
        /// The program ends at the `n`th place reached, from 0, without any more word.
        Die(usize),
        /// The step at the `n`th place reached, from 0, fails for want of room.
        Fail(usize),
    }

    struct State {
        plan: Plan,
        reached: Vec<&'static str>,
    }

    static STATE: Mutex<Option<State>> = Mutex::new(None);

    /// Starts counting places from here on, with this plan.
    pub fn arm(plan: Plan) {
        *STATE.lock().unwrap_or_else(PoisonError::into_inner) = Some(State { plan, reached: Vec::new() });
    }

    /// Places reached since [`arm`], in order.
    #[must_use]
    pub fn reached() -> Vec<&'static str> {
        STATE
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .map_or_else(Vec::new, |s| s.reached.clone())
    }

    fn fails(name: &'static str) -> bool {
        let mut state = STATE.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(state) = state.as_mut() else { return false };
        let n = state.reached.len();
        state.reached.push(name);
        match state.plan {
            Plan::Die(at) if at == n => std::process::abort(),
            Plan::Fail(at) => at == n,
            Plan::Count | Plan::Die(_) => false,
        }
    }

    pub(crate) fn reach(name: &'static str) -> Result<(), VaultError> {
        if fails(name) { Err(VaultError::NoRoom) } else { Ok(()) }
    }

    /// Every commit of this connection passes `commit.before`; one that fails there is rolled back by the database.
    pub(crate) fn watch(conn: &mut Connection) -> Result<(), VaultError> {
        Ok(conn.commit_hook(Some(|| fails("commit.before")))?)
    }
}
