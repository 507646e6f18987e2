//! Names of what a reader has computed into memory, and of what it computes just now: its authorizer asks.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

#[derive(Default)]
struct Names {
    there: BTreeSet<String>,
    making: Option<String>,
}

/// Shared between a reader and its authorizer.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<Names>>);

/// While it lives, the table of this name may be made or dropped.
pub(crate) struct Making<'a>(&'a Kept);

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.0.names_mut().making = None;
    }
}

impl Kept {
    fn names_mut(&self) -> MutexGuard<'_, Names> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the name stands for something computed.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names_mut().there.contains(name)
    }

    /// Whether the name is being made or dropped.
    pub(crate) fn is_making(&self, name: &str) -> bool {
        self.names_mut().making.as_deref() == Some(name)
    }

    /// Whether anything is being made or dropped.
    pub(crate) fn makes(&self) -> bool {
        self.names_mut().making.is_some()
    }

    /// Allows the making of one table.
    pub(crate) fn making(&self, name: &str) -> Making<'_> {
        self.names_mut().making = Some(name.to_owned());
        Making(self)
    }

    pub(crate) fn add(&self, name: &str) {
        self.names_mut().there.insert(name.to_owned());
    }

    pub(crate) fn clear(&self) {
        self.names_mut().there.clear();
    }

    pub(crate) fn remove(&self, name: &str) {
        self.names_mut().there.remove(name);
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.names_mut().there.iter().cloned().collect()
    }
}
