//! Runs audit procedures, which are SQL as data, over a dataset store.
//!
//! A procedure says what it needs, which parameters it has, how its population is counted and which queries find
//! rows. [`run`] checks the needs, binds the parameters, runs the queries through a [`DatasetStore`] and decides
//! the verdict. "No data" never becomes "passed": see [`verdict`].
//!
//! Names bound for every query beside the procedure's own parameters: `as_of`, `period_from`, `period_to`
//! (ISO dates as text) and `firm` (the firm's name).

pub mod analysis;
mod binding;
mod derive;
mod error;
mod needs;
mod params;
pub mod picture;
mod record;
mod reperform;
mod run;
pub mod sampling;
mod shared;
mod store;
pub mod verdict;

pub use binding::bind;
pub use derive::derive;
pub use error::{AuditError, StoreError};
pub use params::{RESERVED, given, within};
pub use picture::picture;
pub use record::ENGINE;
pub use reperform::{RunDifference, again, reperform};
pub use run::{MAX_KEPT_ROWS, RunRequest, run};
pub use store::{DatasetState, DatasetStore};
