//! What is looked at before it is written: one paper of the set, one finding of the report.

use super::fixture::{CONDITION, clause, dossier};
use super::pdf::{fonts, joined, pages_of, pdf_text};
use super::whole::whole;
use crate::{build, finding_pdf, paper_heads, working_paper, working_papers};

#[test]
fn one_paper_is_the_file_that_the_set_has() {
    let dossier = whole();
    let (heads, files) = (paper_heads(&dossier), working_papers(&dossier).unwrap());
    assert_eq!(heads.len(), files.len());
    for (head, file) in heads.iter().zip(&files) {
        let start = crate::render::paper_start(&head.paper);
        assert!(file.name.starts_with(&start), "{} as {}", head.paper, file.name);
        assert_eq!(super::book::sheets(file), head.sheets, "{}", head.paper);
        let one = working_paper(&dossier, &head.paper).unwrap();
        assert!(one.as_ref() == Some(file), "{}", head.paper);
    }
    assert_eq!(working_paper(&dossier, "Z-99").unwrap(), None);
}

#[test]
fn one_finding_has_its_number_and_criteria_word_for_word_as_the_report_has_them() {
    let dossier = dossier();
    let text = joined(&pdf_text(&finding_pdf(&dossier, 1, &fonts()).unwrap().unwrap()));
    for word in ["115-證-0012-F01", CONDITION] {
        assert!(text.contains(&joined(word)), "{word}");
    }
    let first = dossier.findings.iter().find(|paper| paper.finding.no == 1).unwrap();
    assert!(!first.criteria.is_empty());
    for criterion in &first.criteria {
        assert!(text.contains(&joined(&clause(criterion.id.as_str()).text)), "{}", criterion.id);
    }
    assert!(!text.contains("115-證-0012-F02"), "no other finding");
}

#[test]
fn one_finding_is_a_part_of_the_report_and_without_a_cover() {
    let dossier = dossier();
    let (report, one) = (build::report(&dossier, &[]), build::one_finding(&dossier, 1).unwrap());
    let at = report.blocks.windows(one.blocks.len()).position(|blocks| blocks == one.blocks);
    assert!(at.is_some(), "the report has the same blocks");
    assert_eq!((&one.head, &one.foot, one.draft), (&report.head, &report.foot, report.draft));
    assert!(one.cover.is_none() && report.cover.is_some());
    assert!(pages_of(&one).len() < pages_of(&report).len());
}

#[test]
fn what_the_report_leaves_out_has_no_pages() {
    let dossier = dossier();
    for no in [4, 99, -1] {
        assert_eq!(finding_pdf(&dossier, no, &fonts()).unwrap(), None, "{no}: withdrawn, or none");
    }
}
