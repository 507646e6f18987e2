//! The report as a reader sees it: text, pages, breaks, bookmarks.

use super::fixture::{CASE, CONDITION, FIRM, LONG_ROWS, RARE, clause, dossier};
use super::pdf::{REGULAR, fonts, joined, pdf_text, piped, texts};
use crate::render::pdf::Faces;
use crate::render::pdf::testing::{Mark, Page, Weight, ends, laid_out, lines};
use crate::{Dossier, Fonts, build, missing_glyphs, report_pdf};

fn pages(dossier: &Dossier) -> Vec<Page> {
    laid_out(&build::report(dossier, &[]), &fonts())
}

#[test]
fn a_reader_finds_findings_and_clauses_word_for_word() {
    let bytes = report_pdf(&dossier(), &fonts()).unwrap();
    let text = joined(&pdf_text(&bytes));
    assert!(text.contains(&joined(CONDITION)), "condition");
    for id in ["COL-D5.1", "COL-G3.1", "COL-D6.1", "BSL-6.7"] {
        assert!(text.contains(&joined(&clause(id).text)), "{id}");
    }
    for word in [
        FIRM,
        CASE,
        "115-證-0012-F01",
        "民國109年12月31日",
        "無法執行（缺人員名冊之離職日）",
        "資料不足以判斷",
    ] {
        assert!(text.contains(&joined(word)), "{word}");
    }
    assert!(!text.contains("經複核後撤銷之發現"), "a withdrawn finding is not reported");
}

#[test]
fn the_same_dossier_gives_the_same_bytes() {
    let (first, second) =
        (report_pdf(&dossier(), &fonts()).unwrap(), report_pdf(&dossier(), &fonts()).unwrap());
    assert!(first == second);
    let other = Dossier { draft: false, ..dossier() };
    assert!(report_pdf(&other, &fonts()).unwrap() != first);
}

#[test]
fn fonts_are_subsets_and_the_file_is_small() {
    let bytes = report_pdf(&dossier(), &fonts()).unwrap();
    assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    let fonts = piped("pdffonts", &["-"], &bytes);
    let rows: Vec<_> = fonts.lines().skip(2).collect();
    assert_eq!(rows.len(), 2, "{fonts}");
    for row in rows {
        // Embedded, subset, with a map to Unicode.
        assert_eq!(row.matches(" yes").count(), 3, "{row}");
    }
}

#[test]
fn the_file_says_what_it_is() {
    let bytes = report_pdf(&dossier(), &fonts()).unwrap();
    let info = piped("pdfinfo", &["-rawdates", "-"], &bytes);
    assert!(info.contains("甲乙綜合證券股份有限公司查核報告"), "{info}");
    assert!(info.contains("D:20261121140300+08'00'"), "{info}");
    assert!(info.contains("A4"), "{info}");
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let lang = file.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap();
    assert_eq!(lang, b"zh-TW");
}

#[test]
fn every_page_says_which_of_how_many_it_is() {
    let pages = pages(&dossier());
    assert!(pages.len() > 8, "{}", pages.len());
    for (i, page) in pages.iter().enumerate() {
        let number = format!("第 {} 頁／共 {} 頁", i + 1, pages.len());
        assert_eq!(texts(page).filter(|t| *t == number).count(), 1, "{number}");
    }
    let bytes = report_pdf(&dossier(), &fonts()).unwrap();
    let count = lopdf::Document::load_mem(&bytes).unwrap().get_pages().len();
    assert_eq!(count, pages.len());
}

#[test]
fn no_line_opens_with_a_stop_or_ends_with_an_opening_bracket() {
    let mut seen = 0;
    for (i, page) in pages(&dossier()).iter().enumerate() {
        for text in texts(page) {
            seen += 1;
            let first = text.chars().next();
            let last = text.chars().last();
            assert!(
                !first.is_some_and(|c| "。，、；：？！」』）】〕》〉％".contains(c)),
                "page {}: {text}",
                i + 1
            );
            assert!(!last.is_some_and(|c| "「『（【〔《〈".contains(c)), "page {}: {text}", i + 1);
        }
    }
    assert!(seen > 1_000);
}

#[test]
fn nothing_leaves_the_margins() {
    for (i, page) in laid_out(&build::report(&dossier(), &[]), &fonts()).iter().enumerate() {
        for (right, bottom, text) in ends(page, &fonts()) {
            assert!(right <= 595.28 - 56.69 + 0.6, "page {}: {text} ends at {right}", i + 1);
            assert!(bottom <= 841.89 - 30.0, "page {}: {text} lies at {bottom}", i + 1);
        }
    }
}

#[test]
fn names_longer_than_a_line_are_cut_in_head_and_foot() {
    for (firm, organisation) in [(9, 200), (200, 9), (200, 200), (9, 41)] {
        let mut dossier = dossier();
        dossier.exam.firm = "甲".repeat(firm);
        dossier.organisation = "乙".repeat(organisation);
        for page in pages(&dossier).iter().skip(1) {
            let ends = ends(page, &fonts());
            let head: Vec<_> = ends.iter().filter(|(_, y, _)| *y < 56.69).collect();
            assert!(head.iter().any(|(_, _, text)| text.contains('…')), "{head:?}");
            assert!(head.iter().all(|(right, _, _)| *right <= 595.28 - 56.69 + 0.6), "{head:?}");
            let starts = page.marks.iter().filter_map(|mark| match mark {
                Mark::Text { x, .. } => Some(*x),
                _ => None,
            });
            assert!(starts.fold(f32::MAX, f32::min) > 56.0);
        }
    }
}

#[test]
fn a_long_tables_head_stands_on_every_page_of_it() {
    let pages = pages(&dossier());
    let rows = |page: &Page| texts(page).filter(|t| *t == "主機連線系統").count();
    let with_rows: Vec<_> = pages.iter().filter(|page| rows(page) > 10).collect();
    assert!(with_rows.len() >= 3, "{LONG_ROWS} rows take {} pages", with_rows.len());
    for page in with_rows {
        assert!(texts(page).any(|t| t == "使用者姓名"), "{:?}", texts(page).take(9).collect::<Vec<_>>());
    }
}

#[test]
fn a_title_is_never_the_last_thing_on_a_page() {
    for (i, page) in pages(&dossier()).iter().enumerate() {
        let Some(anchor) = page.anchors.last() else { continue };
        let below = page.marks.iter().filter(|mark| match mark {
            Mark::Text { y, .. } => *y > anchor.y + 24.0 && *y < 785.2,
            _ => false,
        });
        assert!(below.count() > 0, "page {}: {}", i + 1, anchor.title);
    }
}

#[test]
fn bookmarks_lead_to_parts_and_findings() {
    let bytes = report_pdf(&dossier(), &fonts()).unwrap();
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let titles: Vec<String> =
        file.get_toc().unwrap().toc.iter().map(|entry| format!("{} {}", entry.level, entry.title)).collect();
    let parts = [
        "壹、查核概要",
        "貳、查核發現",
        "參、電腦輔助測試結果",
        "肆、適用性說明",
        "伍、資料收受清單",
        "附記",
    ];
    for part in parts {
        assert!(titles.contains(&format!("1 {part}")), "{part} in {titles:?}");
    }
    assert!(titles.contains(&"2 115-證-0012-F01　最高權限帳號提供廠商使用".to_owned()), "{titles:?}");
}

#[test]
fn a_character_without_a_glyph_is_named_and_shows() {
    assert_eq!(missing_glyphs(&dossier(), &fonts()).unwrap(), [RARE]);
    let faces = Faces::read(&fonts()).unwrap();
    assert_eq!(faces.glyph(RARE, Weight::Regular).shown, '〓');
    let text = joined(&pdf_text(&report_pdf(&dossier(), &fonts()).unwrap()));
    assert!(text.contains("U+2137C"), "the report names it");
    assert!(text.contains(&format!("張{RARE}堃")), "whoever copies the name gets the name");
    assert!(text.contains('➤'), "a stand-in keeps its own character");
}

#[test]
fn a_hash_breaks_anywhere_and_an_id_nowhere() {
    let hash = "5f".repeat(32);
    for width in 60..140_u8 {
        let broken = lines(&format!("雜湊值{hash}。"), f32::from(width), &fonts());
        assert!(broken.len() > 2, "{broken:?}");
        assert_eq!(broken.concat(), format!("雜湊值{hash}。"));
        assert!(broken.last().is_some_and(|l| l.chars().count() > 1), "the stop is not alone: {broken:?}");
    }
    for width in 85..140_u8 {
        let text = "依COL-D5.1及115-證-0012-F01辦理";
        let broken = lines(text, f32::from(width), &fonts());
        assert!(broken.iter().any(|l| l.contains("COL-D5.1")), "{width}: {broken:?}");
        assert!(broken.iter().any(|l| l.contains("0012-F01")), "{width}: {broken:?}");
        assert_eq!(broken.concat(), text);
    }
}

#[test]
fn a_draft_says_so_on_every_page_and_a_final_report_nowhere() {
    let stamped =
        |d: &Dossier| pages(d).iter().filter(|p| p.marks.iter().any(|m| matches!(m, Mark::Stamp(_)))).count();
    let draft = dossier();
    assert_eq!(stamped(&draft), pages(&draft).len());
    // The stamp lies behind the words, not between them, for a program that reads the page by lines.
    let text = joined(&piped("pdftotext", &["-layout", "-", "-"], &report_pdf(&draft, &fonts()).unwrap()));
    assert!(text.contains(&joined(CONDITION)));
    assert_eq!(stamped(&Dossier { draft: false, ..draft }), 0);
}

#[test]
fn the_cover_of_a_practice_exam_says_that_it_is_none_in_earnest() {
    let mut practice = Dossier { draft: false, ..dossier() };
    practice.exam.id = fieldbook_model::ExamId::drawn([7; 6], true);
    let cover = |d: &Dossier| texts(&pages(d)[0]).collect::<String>();
    assert!(cover(&practice).contains("範例資料，非實際查核"));
    assert!(!cover(&dossier()).contains("範例資料"));
}

#[test]
fn a_font_that_is_none_is_an_error() {
    let bad = Fonts { regular: &REGULAR, bold: b"no font", fallback: &[] };
    let error = report_pdf(&dossier(), &bad).unwrap_err();
    assert_eq!(error.to_string(), "the bold font is not a readable TrueType font");
}

#[test]
fn an_empty_exam_is_a_report_too() {
    let empty = Dossier {
        items: Vec::new(),
        files: Vec::new(),
        tests: Vec::new(),
        findings: Vec::new(),
        checkpoint: None,
        checkpoint_note: String::new(),
        ..dossier()
    };
    let text = joined(&pdf_text(&report_pdf(&empty, &fonts()).unwrap()));
    assert!(text.contains("本次查核未提出查核發現。"));
    assert!(text.contains("本次查核未執行電腦輔助測試。"));
}
