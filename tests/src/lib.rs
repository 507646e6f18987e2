//! Shared set-up of the whole-pipeline tests.

#[path = "../../assets/sample/make/firm.rs"]
pub mod sample;
