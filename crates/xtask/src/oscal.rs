//! Shows our OSCAL documents to trestle, a program that others read and write OSCAL with.

use crate::setup;
use crate::shell::{cargo, program, root, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;

/// Exams that the example writes, each in a folder of its own.
const EXAMS: [&str; 2] = ["begun", "followed-up"];

/// The documents of an exam: their kind, which is the name of their file, and where trestle keeps the kind.
const DOCUMENTS: [&str; 2] = ["assessment-results", "plan-of-action-and-milestones"];

/// Writes the documents, has trestle import and validate them, and sees that it refuses one that is wrong.
///
/// # Errors
/// When trestle refuses a document, or takes the wrong one.
pub fn shown_to_trestle() -> Result<()> {
    let trestle = setup::trestle()?;
    let written = root()?.join("target/oscal");
    let workspace = written.join("workspace");
    if written.exists() {
        fs::remove_dir_all(&written).context("target/oscal")?;
    }
    fs::create_dir_all(&workspace).context("target/oscal/workspace")?;
    run(&mut cargo(&["run", "--quiet", "--locked", "--package", "fieldbook-report", "--example", "oscal"])?)?;
    let call = |words: &[&str]| -> Result<()> {
        let mut command = program(&trestle.to_string_lossy(), "target/oscal/workspace")?;
        run(command.args(words))
    };
    call(&["init", "--local"])?;
    for exam in EXAMS {
        for kind in DOCUMENTS {
            let file = written.join(exam).join(format!("{kind}.json"));
            call(&["import", "-f", &file.to_string_lossy(), "-o", exam])?;
            let kept = workspace.join(kind).join(exam).join(format!("{kind}.json"));
            call(&["validate", "-f", &kept.to_string_lossy()])?;
        }
    }
    let wrong = with_a_third_state(&written)?;
    if call(&["import", "-f", &wrong, "-o", "wrong"]).is_ok() {
        bail!("trestle took a document that is wrong, so its word is worth nothing");
    }
    Ok(())
}

/// A document that claims a state which OSCAL does not know.
fn with_a_third_state(written: &Path) -> Result<String> {
    let good = written.join(EXAMS[0]).join(format!("{}.json", DOCUMENTS[0]));
    let text = fs::read(&good).with_context(|| good.display().to_string())?;
    let mut document: serde_json::Value = serde_json::from_slice(&text).context("our own document")?;
    document[DOCUMENTS[0]]["results"][0]["findings"][0]["target"]["status"]["state"] = "partial".into();
    let bad = written.join("wrong.json");
    fs::write(&bad, document.to_string()).context("target/oscal/wrong.json")?;
    Ok(bad.to_string_lossy().into_owned())
}
