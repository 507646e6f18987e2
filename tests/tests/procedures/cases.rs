//! Cases as files: what a firm hands over, and what must be found in it.

use fieldbook_checklist::LoadedProcedure;
use fieldbook_model::ListOrigin;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Rule, file, row.
pub type Hits = BTreeSet<(String, String, u32)>;

/// One case.
pub struct Case {
    pub name: String,
    /// Dataset, list and path.
    pub files: Vec<(String, Option<ListOrigin>, PathBuf)>,
    pub expected: Hits,
    pub changes: Vec<(String, String)>,
}

impl Case {
    /// The as-of date, ISO.
    pub fn as_of(&self) -> &str {
        self.changes.iter().find(|(key, _)| key == "as_of").map_or("2020-12-31", |(_, day)| day)
    }
}

/// The cases of a procedure, in the order of their names.
pub fn cases(loaded: &LoadedProcedure) -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("procedures").join(&loaded.procedure.id);
    let (mut cases, mut beside) = (BTreeMap::new(), Vec::new());
    for path in entries(&root) {
        let name = name_of(&path);
        if path.is_dir() {
            cases.insert(name.clone(), folder(name, &path));
        } else if name.ends_with(".expected.csv") || name.ends_with(".set.csv") {
            beside.push((name, path));
        } else {
            let stem = name.trim_end_matches(".csv").to_owned();
            let files = vec![(loaded.procedure.population.dataset.clone(), None, path)];
            cases
                .insert(stem.clone(), Case { name: stem, files, expected: Hits::new(), changes: Vec::new() });
        }
    }
    for (name, path) in beside {
        let (stem, changes) = match name.strip_suffix(".set.csv") {
            Some(stem) => (stem, true),
            None => (name.trim_end_matches(".expected.csv"), false),
        };
        let case = cases.get_mut(stem).unwrap_or_else(|| panic!("{name} belongs to no case"));
        if changes {
            case.changes = pairs(&path)
        } else {
            case.expected = expected(&path, &format!("{stem}.csv"))
        }
    }
    assert!(!cases.is_empty(), "no fixtures in {}", root.display());
    cases.into_values().collect()
}

fn folder(name: String, path: &Path) -> Case {
    let mut case = Case { name, files: Vec::new(), expected: Hits::new(), changes: Vec::new() };
    for file in entries(path) {
        let name = name_of(&file);
        match name.split('.').collect::<Vec<_>>().as_slice() {
            ["expected", "csv"] => case.expected = expected(&file, ""),
            ["set", "csv"] => case.changes = pairs(&file),
            [dataset, "csv"] => case.files.push(((*dataset).to_owned(), None, file)),
            [dataset, list, "csv"] => {
                let list = ListOrigin::parse(list).expect("a list's name");
                case.files.push(((*dataset).to_owned(), Some(list), file));
            }
            _ => panic!("{name} is no file of a case"),
        }
    }
    case
}

/// `rule,row` for a case of one file, `rule,file,row` for a folder.
fn expected(path: &Path, only: &str) -> Hits {
    let row = |text: &str| text.parse().expect("a row number");
    lines(path)
        .iter()
        .map(|line| match line.split(',').collect::<Vec<_>>().as_slice() {
            [rule, n] => ((*rule).to_owned(), only.to_owned(), row(n)),
            [rule, file, n] => ((*rule).to_owned(), (*file).to_owned(), row(n)),
            _ => panic!("{}: {line}", path.display()),
        })
        .collect()
}

fn pairs(path: &Path) -> Vec<(String, String)> {
    let pair = |line: &String| line.split_once(',').map(|(k, v)| (k.to_owned(), v.to_owned()));
    lines(path).iter().map(|line| pair(line).expect("key,value")).collect()
}

/// Lines below the header.
fn lines(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines().skip(1).map(str::to_owned).collect()
}

fn entries(path: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut out: Vec<PathBuf> = listed.map(|entry| entry.expect("a folder's entry").path()).collect();
    out.sort();
    out
}

fn name_of(path: &Path) -> String {
    path.file_name().and_then(|n| n.to_str()).expect("a name in UTF-8").to_owned()
}
