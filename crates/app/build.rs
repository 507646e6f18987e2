//! Finds the fonts that the papers are set in, so that the program carries them.

use std::path::PathBuf;

fn main() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../ui/node_modules/@expo-google-fonts/noto-sans-tc");
    for (name, file) in [
        ("FIELDBOOK_FONT_REGULAR", "400Regular/NotoSansTC_400Regular.ttf"),
        ("FIELDBOOK_FONT_BOLD", "700Bold/NotoSansTC_700Bold.ttf"),
    ] {
        let path = root.join(file);
        println!("cargo::rerun-if-changed={}", path.display());
        if !path.exists() {
            println!("cargo::error=the fonts are missing: run `cargo xtask setup` first");
        }
        println!("cargo::rustc-env={name}={}", path.display());
    }
}
