//! Another process of this program that reads hostile bytes: it may run out of memory, hang or fall over without harm.

mod frame;
mod process;

pub(crate) use frame::{FRAME_MAX, Fault, Reply, read, write};
pub(crate) use process::{Process, SENSELESS};
