//! The payload of a package: JSON with one spelling for each content.

use super::{Files, Package, PackageError, path};
use jiff::civil::Date;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Longest name or version, in characters.
const MAX_WORDS: usize = 200;

#[derive(Serialize)]
struct Written<'a> {
    name: &'a str,
    version: &'a str,
    made_on: String,
    files: &'a Files,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    version: String,
    made_on: String,
    files: RawFiles,
}

/// Files in the order of the text, twice where the text has them twice.
struct RawFiles(Vec<(String, String)>);

impl<'de> Deserialize<'de> for RawFiles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = RawFiles;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("texts by path")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<RawFiles, A::Error> {
                let mut files = Vec::new();
                while let Some(file) = map.next_entry()? {
                    files.push(file);
                }
                Ok(RawFiles(files))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// The payload of a package.
pub(super) fn write(package: &Package) -> Result<String, PackageError> {
    let written = Written {
        name: &package.name,
        version: &package.version,
        made_on: package.made_on.to_string(),
        files: &package.files,
    };
    serde_json::to_string(&written).map_err(|error| malformed(&error))
}

/// Reads a payload and checks everything that a package promises.
pub(super) fn read(payload: &[u8]) -> Result<Package, PackageError> {
    let raw: Raw = serde_json::from_slice(payload).map_err(|error| malformed(&error))?;
    if raw.files.0.len() > super::MAX_FILES {
        return Err(PackageError::TooLarge);
    }
    path::check(raw.files.0.iter().map(|(path, _)| path.as_str()))?;
    for (field, text) in [("name", &raw.name), ("version", &raw.version)] {
        if text.trim().is_empty() || text.chars().count() > MAX_WORDS || text.chars().any(char::is_control) {
            return Err(PackageError::Malformed(field.to_owned()));
        }
    }
    let made_on: Date = raw.made_on.parse().map_err(|_| PackageError::Malformed("made_on".to_owned()))?;
    if made_on.to_string() != raw.made_on {
        return Err(PackageError::Malformed("made_on".to_owned()));
    }
    Ok(Package { name: raw.name, version: raw.version, made_on, files: raw.files.0.into_iter().collect() })
}

/// Where the JSON ends to be what it should; not what it holds.
fn malformed(error: &serde_json::Error) -> PackageError {
    PackageError::Malformed(format!("line {}, column {}", error.line(), error.column()))
}
