//! Whatever stops the program or the disk: what was acknowledged is there, and nothing that was not.

mod crash;
mod places;
