//! Calls of the command line.

use crate::shell::program;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::PathBuf;

/// The command line on one vault.
pub struct Fieldbook {
    /// The program.
    pub program: PathBuf,
    /// The vault's folder.
    pub vault: PathBuf,
    /// File that holds the passphrase.
    pub passphrase: PathBuf,
}

impl Fieldbook {
    /// Runs one call and reads the JSON document that it prints. A gate that is not met and rejected rows are
    /// answers too, not failures.
    ///
    /// # Errors
    /// When the call fails; what it said is already on the terminal.
    pub fn json<S: AsRef<str>>(&self, words: &[S]) -> Result<Value> {
        let mut call = program(&self.program.to_string_lossy(), ".")?;
        call.args(words.iter().map(AsRef::as_ref));
        call.arg("--vault").arg(&self.vault).arg("--passphrase-file").arg(&self.passphrase).arg("--json");
        let shown = words.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(" ");
        eprintln!("$ fieldbook {shown}");
        let output =
            call.stderr(std::process::Stdio::inherit()).output().context("cannot start fieldbook")?;
        let printed: Option<Value> = serde_json::from_slice(&output.stdout).ok();
        match (output.status.code(), printed) {
            (Some(0 | 3), Some(value)) => Ok(value),
            (Some(1), Some(value)) if value.get("ready").is_some() => Ok(value),
            (_, Some(value)) => bail!("`fieldbook {shown}`: {}", value["error"]["message"]),
            (_, None) => bail!("`fieldbook {shown}` failed ({}) and printed no JSON", output.status),
        }
    }
}
