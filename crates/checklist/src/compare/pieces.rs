//! Two texts character by character, in runs that people can read.

use fieldbook_model::Piece;
use similar::{ChangeTag, TextDiff};

/// The older text is what was kept and removed, the newer one what was kept and added, in this order. A single
/// character that happens to be the same between two changes belongs to the change.
#[must_use]
pub fn pieces(older: &str, newer: &str) -> Vec<Piece> {
    let diff = TextDiff::from_chars(older, newer);
    let mut runs: Vec<Run> = Vec::new();
    for change in diff.iter_all_changes() {
        let kept = change.tag() == ChangeTag::Equal;
        if runs.last().is_none_or(|run| run.kept != kept) {
            runs.push(Run { kept, ..Run::default() });
        }
        let Some(run) = runs.last_mut() else { continue };
        if change.tag() != ChangeTag::Insert {
            run.older.push_str(change.value());
        }
        if change.tag() != ChangeTag::Delete {
            run.newer.push_str(change.value());
        }
    }
    joined(runs).into_iter().flat_map(Run::pieces).collect()
}

/// A stretch that is the same in both texts, or one that differs.
#[derive(Default)]
struct Run {
    kept: bool,
    older: String,
    newer: String,
}

impl Run {
    fn pieces(self) -> Vec<Piece> {
        if self.kept {
            return vec![Piece::Kept(self.older)];
        }
        let removed = (!self.older.is_empty()).then_some(Piece::Removed(self.older));
        let added = (!self.newer.is_empty()).then_some(Piece::Added(self.newer));
        removed.into_iter().chain(added).collect()
    }
}

/// Puts changes together that only one kept character separates.
fn joined(runs: Vec<Run>) -> Vec<Run> {
    let last = runs.len().saturating_sub(1);
    let mut out: Vec<Run> = Vec::new();
    for (at, run) in runs.into_iter().enumerate() {
        let short = run.kept && run.older.chars().count() == 1 && at != 0 && at != last;
        match out.last_mut() {
            Some(before) if !before.kept && (short || !run.kept) => {
                before.older.push_str(&run.older);
                before.newer.push_str(&run.newer);
            }
            _ => out.push(run),
        }
    }
    out
}
