//! Prints the window's side of the wire.
#![allow(clippy::print_stdout)]

fn main() {
    print!("{}", fieldbook_app::wire::typescript::bindings());
}
