//! The whole job without a window: files in, exceptions at exactly the planted places, papers and report out.

mod again;
mod bad_files;
mod looked;
mod memory;
mod papers;
mod planted;
mod stored;
