//! What the demo does with the sample firm: `assets/sample/demo.toml`, turned into words for the command line.
//!
//! Every key of an `[[import]]`, `[[dispose]]`, `[[answer]]` or `[[finding]]` table is the long option of the same
//! name, but for the few that [`Plan`] names; a list repeats its option, `true` is an option without a value.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// The plan, with the folder that its files stand in.
pub struct Plan {
    table: Table,
    folder: PathBuf,
}

impl Plan {
    /// Reads `demo.toml`.
    ///
    /// # Errors
    /// When it cannot be read or is no TOML.
    pub fn read(file: &Path) -> Result<Self> {
        let text = fs::read_to_string(file).with_context(|| file.display().to_string())?;
        let table = text.parse::<Table>().with_context(|| file.display().to_string())?;
        Ok(Self { table, folder: file.parent().map(Path::to_path_buf).unwrap_or_default() })
    }

    /// A text of the head (`firm`, `as_of`, `period` …).
    pub fn head(&self, key: &str) -> &str {
        self.table.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// `exam new …`.
    pub fn exam_words(&self) -> Vec<String> {
        let profile = self.folder.join("profile.toml").to_string_lossy().into_owned();
        let mut words = vec!["exam".to_owned(), "new".to_owned(), "--profile".to_owned(), profile];
        let head: Table =
            self.table.iter().filter(|(_, v)| !is_tables(v)).map(|(k, v)| (k.clone(), v.clone())).collect();
        words.extend(options(&head, &[("examiners", "examiner")], &[]));
        words
    }

    /// Words after `import EXAM`: files with the same options go in one call.
    pub fn imports(&self) -> Vec<Vec<String>> {
        let mut calls: Vec<(Vec<String>, Vec<String>)> = Vec::new();
        let each = self.each("import", |table| {
            [vec![text(table, "file")], options(table, &[("origin", "list-origin")], &["file"])].concat()
        });
        for mut words in each {
            let options = words.split_off(1);
            let files = words.iter().map(|file| self.folder.join(file).to_string_lossy().into_owned());
            match calls.iter_mut().find(|(_, same)| *same == options) {
                Some((before, _)) => before.extend(files),
                None => calls.push((files.collect(), options)),
            }
        }
        calls.into_iter().map(|(files, options)| [files, options].concat()).collect()
    }

    /// Words after `audit dispose EXAM`.
    pub fn disposals(&self) -> Vec<Vec<String>> {
        self.each("dispose", |table| options(table, &[("rows", "row")], &[]))
    }

    /// Words after `answer EXAM`.
    pub fn answers(&self) -> Vec<Vec<String>> {
        self.each("answer", |table| [vec![text(table, "clause")], options(table, &[], &["clause"])].concat())
    }

    /// Words after `finding add EXAM`.
    pub fn findings(&self) -> Vec<Vec<String>> {
        self.each("finding", |table| {
            options(table, &[("clauses", "clause"), ("procedure", "from-procedure")], &[])
        })
    }

    fn each(&self, key: &str, words: impl Fn(&Table) -> Vec<String>) -> Vec<Vec<String>> {
        let tables = self.table.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        tables.iter().filter_map(Value::as_table).map(words).collect()
    }
}

fn is_tables(value: &Value) -> bool {
    value.is_table() || value.as_array().is_some_and(|list| list.iter().any(Value::is_table))
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).map(word).unwrap_or_default()
}

/// The table as options: `names` says which keys are called otherwise, `without` which are none.
fn options(table: &Table, names: &[(&str, &str)], without: &[&str]) -> Vec<String> {
    let mut words = Vec::new();
    for (key, value) in table.iter().filter(|(key, _)| !without.contains(&key.as_str())) {
        let renamed = names.iter().find(|(from, _)| from == key).map(|(_, to)| (*to).to_owned());
        let option = format!("--{}", renamed.unwrap_or_else(|| key.replace('_', "-")));
        for value in value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice) {
            match value.as_bool() {
                Some(true) => words.push(option.clone()),
                Some(false) => {}
                None => words.push(format!("{option}={}", word(value))),
            }
        }
    }
    words
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::Plan;
    use std::path::PathBuf;

    #[test]
    fn tables_become_words() {
        let text = r#"
            firm = "甲乙"
            as_of = "2026-09-30"
            examiners = ["王一", "林二"]
            [[import]]
            file = "a.xlsx"
            origin = "FILED"
            declared_rows = 12
            [[import]]
            file = "b.csv"
            [[import]]
            file = "c.csv"
            [[finding]]
            procedure = "T-X"
            clauses = ["A-1", "A-2"]
            review = true
        "#;
        let plan = Plan { table: text.parse().expect("TOML"), folder: PathBuf::from("s") };
        assert_eq!(
            plan.exam_words()[2..].join(" "),
            "--profile s/profile.toml --as-of=2026-09-30 --examiner=王一 --examiner=林二 --firm=甲乙"
        );
        let imports: Vec<String> = plan.imports().iter().map(|words| words.join(" ")).collect();
        assert_eq!(imports, ["s/a.xlsx --declared-rows=12 --list-origin=FILED", "s/b.csv s/c.csv"]);
        assert_eq!(plan.findings()[0].join(" "), "--clause=A-1 --clause=A-2 --from-procedure=T-X --review");
    }
}
