//! Rebuilds the crate when the checklists change: they are embedded.

fn main() {
    println!("cargo::rerun-if-changed=../../checklists");
}
