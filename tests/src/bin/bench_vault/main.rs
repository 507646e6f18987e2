//! `bench-vault`.
fn main() {}
