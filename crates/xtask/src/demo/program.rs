//! Calls of the command line.

use crate::demo::clock::Clock;
use crate::shell::program;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::path::PathBuf;

/// The command line on one vault.
pub struct Fieldbook {
    /// The words that call it: its path, after what it runs under.
    pub called: Vec<String>,
    /// Variables that it runs with.
    pub env: Vec<(String, String)>,
    /// The clock that it is handed; none: the machine's.
    pub clock: Option<Clock>,
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
        let (name, before) = self.called.split_first().context("no program to call")?;
        let mut call = program(name, ".")?;
        call.args(before).args(words.iter().map(AsRef::as_ref)).envs(self.env.iter().cloned());
        if let Some(clock) = &self.clock {
            clock.hand(&mut call);
        }
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
