//! Visits in the real window, step by step as an examiner takes them. One program for all of them, so that it is built once.

#![cfg(target_os = "linux")]

mod answering;
mod closed;
mod custody;
mod handover;
mod intake;
mod keys;
mod palette;
mod review;
mod rough;
mod soak;
mod stored;
mod triage;
mod visit;
