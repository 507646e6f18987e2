//! Two editions of one invented rule, and a small set of checklists that holds the older one. The rule is made up for
//! these tests; nobody issued it.

#![allow(dead_code)]

use fieldbook_checklist::{Files, load_unlocked, lock_text};

/// `older` or `newer` as a document's folder of this name.
pub fn edition(name: &str, folder: &str) -> Files {
    let files = match name {
        "older" => [
            ("document.toml", include_str!("older/document.toml")),
            ("source.txt", include_str!("older/source.txt")),
            ("01-records.toml", include_str!("older/01-records.toml")),
            ("02-passwords.toml", include_str!("older/02-passwords.toml")),
        ],
        _ => [
            ("document.toml", include_str!("newer/document.toml")),
            ("source.txt", include_str!("newer/source.txt")),
            ("01-records.toml", include_str!("newer/01-records.toml")),
            ("02-passwords.toml", include_str!("newer/02-passwords.toml")),
        ],
    };
    files.into_iter().map(|(name, text)| (format!("{folder}/{name}"), text.to_owned())).collect()
}

/// The older edition with facts, a dataset, procedures and what cites its clauses; `TST-1.9` is retired.
pub fn base() -> Files {
    let mut files: Files = [
        ("facts.toml", include_str!("base/facts.toml")),
        ("crosswalk.toml", include_str!("base/crosswalk.toml")),
        ("patterns.toml", include_str!("base/patterns.toml")),
        ("phrases.toml", include_str!("base/phrases.toml")),
        ("datasets/logs.toml", include_str!("base/logs.toml")),
        ("procedures/T-TST-01.toml", include_str!("base/T-TST-01.toml")),
        ("procedures/T-TST-02.toml", include_str!("base/T-TST-02.toml")),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into();
    files.extend(edition("older", "example"));
    let lock = lock_text(&load_unlocked(&files).expect("the base is consistent"));
    files.insert("ids.lock".to_owned(), format!("{lock}TST-1.9 {} retired\n", "0".repeat(64)));
    files
}

/// A folder with one document of its own, `ORG`, and what belongs to it.
pub fn own_folder() -> Files {
    let source = "範例公司自訂規則（虛構）\n一、應每季演練。\n";
    let document = "order = 9\ncode = \"ORG\"\ntitle = \"範例公司自訂規則（虛構）\"\nissuer = \"範例公司\"\n\
        edition = \"第一版\"\nversion = \"1\"\nsource = \"source.txt\"\nsource_sha256 = \"HASH\"\noriginal_sha256 = \"HASH\"\n";
    let chapter = "number = \"1\"\ntitle = \"演練\"\n\n[[clause]]\nid = \"ORG-1\"\nkind = \"leaf\"\nlabel = \"一\"\n\
        text = \"應每季演練。\"\nstrength = \"must\"\napplies = \"is_sec & has_drill\"\nline = 2\n";
    let facts = "# Our own question.\n[[fact]]\ncode = \"has_drill\"\ngroup = \"自訂\"\nkind = \"yes_no\"\n\
        question = \"是否演練\"\nhelp = \"\"\nyes = \"有演練\"\nno = \"無演練\"\n";
    let crosswalk = "# Our own topic.\n[[topic]]\ncode = \"X90\"\ntitle = \"演練\"\nrelation = \"alike\"\n\
        clauses = [\"TST-1.1\", \"ORG-1\"]\n";
    let procedure =
        include_str!("base/T-TST-02.toml").replace("T-TST-02", "T-ORG-01").replace("TST-1.1", "ORG-1");
    let hash = sha256(source);
    [
        ("own/document.toml", document.replace("HASH", &hash)),
        ("own/source.txt", source.to_owned()),
        ("own/01-drills.toml", chapter.to_owned()),
        ("facts.toml", facts.to_owned()),
        ("crosswalk.toml", crosswalk.to_owned()),
        ("procedures/T-ORG-01.toml", procedure),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into()
}

/// Lower-case hex SHA-256.
pub fn sha256(text: &str) -> String {
    use sha2::{Digest, Sha256};
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Replaces a text in a file that holds it once.
pub fn replace(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = files.get_mut(path).expect("a file of the set");
    assert_eq!(text.matches(from).count(), 1, "{path} holds {from} once");
    *text = text.replace(from, to);
}

/// Puts texts at the end of a document's source text, as if it had always had them.
pub fn quote(files: &mut Files, folder: &str, texts: &[String]) {
    let source = files.get_mut(&format!("{folder}/source.txt")).expect("a source text");
    let before = sha256(source);
    if !source.ends_with('\n') {
        source.push('\n');
    }
    source.extend(texts.iter().map(|text| format!("{}\n", text.replace('\n', ""))));
    let after = sha256(source);
    let document = files.get_mut(&format!("{folder}/document.toml")).expect("a document");
    *document = document.replace(&before, &after);
}
