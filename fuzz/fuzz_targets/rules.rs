//! Rules that come as TOML: an organisation's checklist files, an examiner's own procedure, a profile, a condition. The
//! first byte says which. What is read of an own procedure and written again reads the same.

use fieldbook_checklist::{
    Bundle, bundled, load_unlocked, own_file, own_form, parse_predicate, predicate_text, profile_from_toml,
    read_own,
};
use fieldbook_fuzz::input;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// Names of files that a checklist folder has.
const NAMES: [&str; 8] = [
    "own/document.toml",
    "own/1.toml",
    "procedures/T-OWN-01.toml",
    "datasets/own.toml",
    "facts.toml",
    "crosswalk.toml",
    "sheets.toml",
    "qualifications.toml",
];

static BUNDLE: OnceLock<Bundle> = OnceLock::new();

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    input(|| {
        let bundle = BUNDLE.get_or_init(|| bundled().expect("the built-in checklists load"));
        match kind {
            0 => own(&text, bundle),
            1 => drop(profile_from_toml(bundle, &text)),
            2 => {
                if let Ok(read) = parse_predicate(&text) {
                    let again = parse_predicate(&predicate_text(&read)).expect("what is written can be read");
                    assert_eq!(again, read);
                }
            }
            n => {
                let name = NAMES.get(usize::from(*n) % NAMES.len()).copied().unwrap_or_default();
                drop(load_unlocked(&BTreeMap::from([(name.to_owned(), text.into_owned())])));
            }
        }
    });
}

fn own(text: &str, bundle: &Bundle) {
    let Ok(read) = read_own(text, bundle) else { return };
    let Some(form) = own_form(&read.procedure) else { return };
    let again = read_own(&own_file(&form), bundle).expect("what is written can be read");
    assert_eq!(own_form(&again.procedure), Some(form));
}
