//! Shared set-up of the whole-pipeline tests.
