//! Takes out of a file what it says about clauses and procedures that are no longer there.

use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, Table, Value};

/// What is no longer there, or no longer what it was.
#[derive(Default)]
pub(super) struct Lost {
    /// Clauses that are gone.
    pub(super) gone: BTreeSet<String>,
    /// Clauses that are answered now and were not before, or the other way round.
    pub(super) reclassed: BTreeSet<String>,
    /// Clauses with another text, or below a heading with another text.
    pub(super) altered: BTreeSet<String>,
    /// Procedures that are gone.
    pub(super) procedures: BTreeSet<String>,
    /// Topics that are gone.
    pub(super) topics: BTreeSet<String>,
    /// Datasets that are gone.
    pub(super) datasets: BTreeSet<String>,
}

impl Lost {
    /// Whether a text in an entry of `[[section]]` names something that is lost to it. A value, a pair or a period
    /// rests on the clause's words; a topic or a phrase only on what the clause is about.
    fn has(&self, section: &str, key: &str, text: &str) -> bool {
        let rests_on_words = matches!(section, "pair" | "governing" | "period");
        self.gone.contains(text)
            || self.reclassed.contains(text)
            || rests_on_words && self.altered.contains(text)
            || key == "procedures" && self.procedures.contains(text)
            || key == "topics" && self.topics.contains(text)
            || key == "dataset" && self.datasets.contains(text)
    }
}

/// Takes lost names out of the lists of a TOML text, and entries that cannot be without them. Comments and order of
/// the rest stay; a text without lost names stays as it is. Tells the topics that went.
pub(super) fn prune(text: &mut String, lost: &Lost) -> BTreeSet<String> {
    let Ok(mut document) = text.parse::<DocumentMut>() else { return BTreeSet::new() };
    let before = topics(&document);
    let mut touched = false;
    prune_table(document.as_table_mut(), "", lost, &mut touched);
    if touched {
        *text = document.to_string();
    }
    before.difference(&topics(&document)).cloned().collect()
}

fn topics(document: &DocumentMut) -> BTreeSet<String> {
    let entries = document.get("topic").and_then(Item::as_array_of_tables);
    let code = |entry: &Table| entry.get("code").and_then(Item::as_str).map(str::to_owned);
    entries.into_iter().flat_map(|entries| entries.iter()).filter_map(code).collect()
}

/// Whether the entry can stay.
fn prune_table(table: &mut Table, section: &str, lost: &Lost, touched: &mut bool) -> bool {
    let mut stays = true;
    for (key, item) in table.iter_mut() {
        match item {
            Item::Value(Value::String(text)) if lost.has(section, &key, text.value()) => stays = false,
            Item::Value(Value::Array(list)) => {
                let before = list.len();
                list.retain(|value| value.as_str().is_none_or(|text| !lost.has(section, &key, text)));
                *touched |= list.len() != before;
                // An emptied list may say the opposite (`clauses = []`: for all), except where nothing is an answer.
                let may_be_empty = matches!(key.get(), "background" | "procedures");
                stays &= may_be_empty || before == 0 || !list.is_empty();
            }
            Item::ArrayOfTables(entries) => {
                for at in (0..entries.len()).rev() {
                    let stays =
                        entries.get_mut(at).is_some_and(|entry| prune_table(entry, &key, lost, touched));
                    if !stays {
                        entries.remove(at);
                        *touched = true;
                    }
                }
            }
            _ => {}
        }
    }
    stays
}
