//! Bakes the window's configuration and the built pages into the program.

fn main() {
    tauri_build::build();
}
