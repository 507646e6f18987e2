//! What is signed: a hash over what each paper says.

use super::fixture::at;
use super::whole::whole;
use crate::{Dossier, PaperContent, exam_content_sha256, paper_contents};
use proptest::prelude::*;
use std::sync::LazyLock;

static WHOLE: LazyLock<Dossier> = LazyLock::new(whole);
static CONTENTS: LazyLock<Vec<PaperContent>> = LazyLock::new(|| paper_contents(&WHOLE));

/// The papers that say something else now.
fn changed(dossier: &Dossier) -> Vec<String> {
    let now = paper_contents(dossier);
    assert_eq!(now.len(), CONTENTS.len());
    let pairs = CONTENTS.iter().zip(&now);
    assert!(pairs.clone().all(|(a, b)| a.paper == b.paper));
    pairs.filter(|(a, b)| a.sha256 != b.sha256).map(|(a, _)| a.paper.clone()).collect()
}

/// One change, and the papers that say what it changed.
fn change(d: &mut Dossier, kind: usize, at: usize, text: &str) -> Vec<String> {
    let own = |papers: &[&str]| papers.iter().map(|p| (*p).to_owned()).collect();
    match kind {
        0 => {
            let answered: Vec<usize> =
                (0..d.items.len()).filter(|i| !d.items[*i].answers.is_empty()).collect();
            let item = &mut d.items[answered[at % answered.len()]];
            item.answers[0].note.push_str(text);
            vec![format!("C-{}", item.clause.id.doc())]
        }
        1 => {
            let i = at % d.findings.len();
            d.findings[i].finding.condition.push_str(text);
            own(&["F-00"])
        }
        2 => {
            let tests: Vec<usize> =
                (0..d.tests.len()).filter(|i| !d.tests[*i].exceptions.is_empty()).collect();
            let test = &mut d.tests[tests[at % tests.len()]];
            let row = at % test.exceptions.len();
            test.exceptions[row].values[0].1 = Some(format!("另一{text}"));
            vec![test.procedure.id.clone()]
        }
        3 => {
            let i = at % d.evidence.len();
            d.evidence[i].source.push_str(text);
            own(&["E-00"])
        }
        4 => {
            let i = at % d.notes.len();
            d.notes[i].note.text.push_str(text);
            own(&["G-01"])
        }
        5 => {
            // What comes after the report is no part of what was signed.
            d.findings[0].follow_ups[at % 2].note.push_str(text);
            Vec::new()
        }
        6 => {
            d.facts[at % 2].basis.push_str(text);
            own(&["B-01"])
        }
        _ => {
            d.samples[0].contents[at % 25].push_str(text);
            own(&["S-001"])
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_change_changes_exactly_the_papers_that_say_it(
        kind in 0_usize..8, at in 0_usize..1_000, text in "[^\\s]{1,12}"
    ) {
        let mut dossier = WHOLE.clone();
        let said = change(&mut dossier, kind, at, &text);
        prop_assert_eq!(changed(&dossier), said);
    }

    #[test]
    fn printing_again_changes_none(
        hour in 0_i8..24, draft: bool, by in ".{0,8}", size in 0_u64..9_999, signed: bool
    ) {
        let mut dossier = WHOLE.clone();
        dossier.printed_at = at(hour, 7);
        dossier.draft = draft;
        dossier.prepared_by = by;
        dossier.checkpoint = Some((size, "ab".repeat(32)));
        if !signed {
            dossier.signed.clear();
        }
        prop_assert_eq!(changed(&dossier), Vec::<String>::new());
    }
}

#[test]
fn the_exams_hash_is_about_every_paper() {
    let whole = exam_content_sha256(&CONTENTS);
    assert_eq!(whole.len(), 64);
    for i in 0..CONTENTS.len() {
        let mut other = CONTENTS.clone();
        other[i].sha256 = "0".repeat(64);
        assert_ne!(exam_content_sha256(&other), whole, "{}", CONTENTS[i].paper);
        other.remove(i);
        assert_ne!(exam_content_sha256(&other), whole, "without {}", CONTENTS[i].paper);
    }
}

#[test]
fn what_moves_from_one_cell_to_the_next_is_another_text() {
    let mut dossier = WHOLE.clone();
    let f = &mut dossier.findings[0].finding;
    let moved = f.cause.remove(0);
    f.condition.push(moved);
    let mut other = WHOLE.clone();
    let f = &mut other.findings[0].finding;
    let moved = f.cause.remove(0);
    f.effect.insert(0, moved);
    assert_eq!(changed(&dossier), ["F-00"]);
    let sha = |d| paper_contents(d).into_iter().find(|c| c.paper == "F-00").map(|c| c.sha256);
    assert_ne!(sha(&dossier), sha(&other));
}
