//! Completes `ui/package-lock.json`.
//!
//! npm leaves a package for another system out of the lock when the registry has not got it, and then `npm ci` refuses
//! that very lock. Such packages are never installed here; an entry that says for which system they are is enough.

use crate::shell::{npm, root, run};
use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use std::fs;

const SYSTEMS: [&str; 6] = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS: [&str; 8] = ["arm", "arm64", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64"];

/// Brings the lock up to date with `ui/package.json`, then completes it.
///
/// # Errors
/// When npm fails or the lock is not as npm writes it.
pub fn write() -> Result<()> {
    run(&mut npm(&["install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund"])?)?;
    let file = root()?.join("ui/package-lock.json");
    let mut lock: Value =
        serde_json::from_str(&fs::read_to_string(&file)?).context("ui/package-lock.json")?;
    let packages = lock["packages"].as_object_mut().context("the lock names no packages")?;
    let added = complete(packages);
    fs::write(&file, serde_json::to_string_pretty(&lock)? + "\n")?;
    println!("{added} packages for other systems added to ui/package-lock.json");
    Ok(())
}

/// Adds an entry for each optional package that has none, and says how many.
fn complete(packages: &mut Map<String, Value>) -> usize {
    let mut missing = Vec::new();
    for (path, package) in packages.iter() {
        for (name, version) in package["optionalDependencies"].as_object().into_iter().flatten() {
            let [Some(system), Some(processor)] =
                [&SYSTEMS[..], &PROCESSORS[..]].map(|words| named(name, words))
            else {
                continue;
            };
            if !is_found(packages, path, name) {
                let mut entry =
                    json!({ "version": version, "cpu": [processor], "optional": true, "os": [system] });
                if package["dev"] == true {
                    entry["dev"] = true.into();
                }
                missing.push((format!("node_modules/{name}"), entry));
            }
        }
    }
    let before = packages.len();
    packages.extend(missing);
    packages.sort_keys();
    packages.len() - before
}

/// The word of the package's name that is one of `words`.
fn named<'a>(name: &str, words: &[&'a str]) -> Option<&'a str> {
    let own = name.rsplit('/').next()?;
    own.split('-').find_map(|part| words.iter().copied().find(|word| *word == part))
}

/// Whether a package that stands at `path` would find `name`, looking upwards as Node does.
fn is_found(packages: &Map<String, Value>, path: &str, name: &str) -> bool {
    let mut folder = Some(path);
    while let Some(here) = folder {
        let at = if here.is_empty() {
            format!("node_modules/{name}")
        } else {
            format!("{here}/node_modules/{name}")
        };
        if packages.contains_key(&at) {
            return true;
        }
        folder = match here.rsplit_once("node_modules/") {
            Some((above, _)) => Some(above.trim_end_matches('/')),
            None => None,
        };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::complete;
    use serde_json::{Map, Value, json};

    fn packages(value: Value) -> Map<String, Value> {
        value.as_object().cloned().expect("an object")
    }

    #[test]
    fn packages_for_other_systems_get_an_entry() {
        let mut lock = packages(json!({
            "": {},
            "node_modules/x": { "dev": true, "optionalDependencies": { "@x/b-linux-arm-gnueabihf": "1.2.3", "y": "2" } },
        }));
        assert_eq!(complete(&mut lock), 1);
        let entry = &lock["node_modules/@x/b-linux-arm-gnueabihf"];
        assert_eq!(
            *entry,
            json!({ "version": "1.2.3", "cpu": ["arm"], "optional": true, "os": ["linux"], "dev": true })
        );
    }

    #[test]
    fn packages_that_are_there_stay_as_they_are() {
        let mut lock = packages(json!({
            "": {},
            "node_modules/a/node_modules/x": { "optionalDependencies": { "b-win32-x64": "1", "c-win32-x64": "1" } },
            "node_modules/a/node_modules/b-win32-x64": { "version": "1" },
            "node_modules/c-win32-x64": { "version": "1" },
        }));
        let before = lock.clone();
        assert_eq!(complete(&mut lock), 0);
        assert_eq!(lock, before);
    }
}
