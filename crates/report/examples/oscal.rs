//! Writes the OSCAL documents of the tests' exams into `target/oscal/`, for programs that read OSCAL:
//! `cargo run -p fieldbook-report --example oscal`.

// The tests' exams are made for more than this.
#![allow(dead_code, unused_imports, clippy::unwrap_used, clippy::expect_used)]

#[path = "../src/tests/clauses.rs"]
mod clauses;
#[path = "../src/tests/fixture.rs"]
mod fixture;
#[path = "../src/tests/full.rs"]
mod full;
#[path = "../src/tests/items.rs"]
mod items;

use fieldbook_report::*;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let into = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/oscal");
    for (name, dossier) in [("begun", fixture::dossier()), ("followed-up", full::full())] {
        let folder = into.join(name);
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join("assessment-results.json"), oscal_assessment_results(&dossier)?)?;
        std::fs::write(folder.join("plan-of-action-and-milestones.json"), oscal_poam(&dossier)?)?;
    }
    Ok(())
}
