//! The licences of everything that is in the programs, word by word: who passes the programs on passes these on as well.
//! They are those that the window shows.

use crate::shell::root;
use anyhow::{Context, Result};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;

/// One text for all parts.
///
/// # Errors
/// When the file is not there.
pub fn text() -> Result<String> {
    let file = root()?.join("assets/licences.json");
    let said = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
    Ok(joined(&serde_json::from_str(&said)?))
}

/// What is in the programs under which licence; then every text once, under the names of those that it came with.
fn joined(known: &Value) -> String {
    let mut list = String::from("Parts of the programs and their licences\n程式所含元件及其授權\n\n");
    let all = |key: &str| known[key].as_array().map(Vec::as_slice).unwrap_or_default();
    let word = |part: &Value, key: &str| part[key].as_str().unwrap_or_default().to_owned();
    let name = |part: &Value| format!("{} {}", word(part, "name"), word(part, "version"));
    for part in all("parts") {
        // Writing to a string cannot fail.
        let _ = writeln!(list, "{}: {}", name(part), word(part, "licence"));
    }
    for (at, text) in all("texts").iter().enumerate() {
        let has = |part: &&Value| part["texts"].as_array().is_some_and(|places| places.contains(&at.into()));
        let of: Vec<String> = all("parts").iter().filter(has).map(name).collect();
        let paragraph = |at: &Value| known["paragraphs"][usize::try_from(at.as_u64()?).ok()?].as_str();
        let paragraphs: Vec<&str> = text.as_array().into_iter().flatten().filter_map(paragraph).collect();
        let text = paragraphs.join("\n\n");
        let text = text.trim_end();
        let _ = write!(list, "\n{}\n{}\n\n{text}\n", "=".repeat(72), of.join(", "));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::joined;
    use serde_json::json;

    #[test]
    fn every_part_is_named_and_every_text_stands_once() {
        let part =
            |name: &str, at: usize| json!({ "name": name, "version": "1", "licence": "MIT", "texts": [at] });
        let known = json!({
            "parts": [part("a", 0), part("b", 0), part("c", 1)],
            "paragraphs": ["Copyright A", "Be kind.\n", "Be brave."],
            "texts": [[0, 1], [2]],
        });
        let text = joined(&known);
        assert!(text.contains("a 1: MIT\nb 1: MIT\nc 1: MIT\n"), "{text}");
        assert_eq!(text.matches("kind.").count(), 1, "{text}");
        assert!(text.contains("\na 1, b 1\n\nCopyright A\n\nBe kind.\n"), "{text}");
        assert!(text.ends_with("\nc 1\n\nBe brave.\n"), "{text}");
    }
}
