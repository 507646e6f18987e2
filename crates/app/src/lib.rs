//! Use cases, the same for the window and the command line.

pub mod wire;
