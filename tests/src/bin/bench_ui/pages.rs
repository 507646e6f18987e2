//! What the pages weigh as they are shipped.

use super::{Line, Outcome};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::path::Path;

/// All of the built pages but their fonts, as gzip packs them.
pub fn size() -> Outcome<Line> {
    let folder = fieldbook_tests::root().join("ui/dist");
    let bytes = below(&folder)?;
    #[allow(clippy::cast_precision_loss)]
    let kilobytes = bytes as f64 / 1000.0;
    Ok(Line::of("pages without fonts, packed", kilobytes, 600.0, "kB", String::new()))
}

fn below(folder: &Path) -> Outcome<usize> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let font = path.extension().is_some_and(|e| ["ttf", "otf", "woff", "woff2"].iter().any(|f| e == *f));
        if path.is_dir() {
            sum += below(&path)?;
        } else if !font {
            let mut packed = GzEncoder::new(Vec::new(), Compression::default());
            packed.write_all(&std::fs::read(&path)?)?;
            sum += packed.finish()?.len();
        }
    }
    Ok(sum)
}
