//! Whatever stops the program or the disk: what was acknowledged is there, and nothing that was not.

mod clock;
mod crash;
mod places;
