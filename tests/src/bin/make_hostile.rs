//! `make-hostile DIR`: writes every hostile file into a folder, for whoever wants to look at one.

use fieldbook_tests::hostile::all;
use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("make-hostile DIR")?;
    std::fs::create_dir_all(&folder)?;
    for case in all().into_iter().flat_map(|(_, cases)| cases) {
        std::fs::write(Path::new(&folder).join(&case.name), (case.bytes)())?;
    }
    Ok(())
}
