//! Hostile and broken files: what the reader says of each, and what the program makes of all of them.

mod program;
mod reader;
mod unusual;
