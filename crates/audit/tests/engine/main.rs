//! The engine over a store that a test fills: verdicts, and what a run keeps.

mod fake;
mod runs;
mod verdicts;
