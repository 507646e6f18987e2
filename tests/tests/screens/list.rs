//! Every screen and window, and how to get there on the invented host, as `list.toml` says.

use fieldbook_tests::root;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;

/// A screen.
#[derive(Clone)]
pub struct Screen {
    /// Its name, which its pictures have.
    pub name: String,
    /// What the address asks of the invented host.
    pub host: String,
    /// The way there, step by step.
    pub steps: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    from: From,
    #[serde(default)]
    host: String,
    way: String,
}

/// Where a way begins.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum From {
    Start,
    Exams,
    Exam,
}

impl From {
    /// The steps up to there.
    fn steps(self) -> &'static str {
        match self {
            Self::Start => "",
            Self::Exams => "vault-passphrase=清晨五點的港邊小巷 vault-unlock ?exam-open-e1",
            Self::Exam => "vault-passphrase=清晨五點的港邊小巷 vault-unlock exam-open-e1 ?stage-items",
        }
    }
}

/// All of them, by name.
pub fn screens() -> Vec<Screen> {
    let text = fs::read_to_string(root().join("tests/tests/screens/list.toml")).expect("the list of screens");
    let lines: BTreeMap<String, Line> = toml::from_str(&text).expect("the list of screens");
    let words = |text: &str| -> Vec<String> {
        text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    lines
        .into_iter()
        .map(|(name, Line { from, host, way })| Screen {
            name,
            host,
            steps: [words(from.steps()), words(&way)].concat(),
        })
        .collect()
}
