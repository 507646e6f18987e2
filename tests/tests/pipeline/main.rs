//! The whole job without a window: files in, exceptions at exactly the planted places, papers and report out.

mod again;
mod bad_files;
mod count;
mod custody;
mod from_paper;
mod looked;
mod memory;
mod own;
mod papers;
mod planted;
mod recalled;
mod review;
mod stored;
