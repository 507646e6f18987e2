//! The documents of one exam: what each says, where, and that a reader's program finds every word of it.

use super::closed::{DAYS_OVERDUE, MEASURE, full};
use super::fixture::{CONDITION, RARE, dossier};
use super::items::answer;
use super::pdf::{BOLD, REGULAR, fonts, joined, pages_of, pdf_text, piped, texts};
use super::tiny_font::tiny_font;
use crate::doc::{Align, Bar, Block, Cell, Chart, Pattern, Report, Series, Table, Tone};
use crate::render::pdf::testing::{Mark, Page, Weight, ends, laid_out, lines};
use crate::{
    Dossier, Fonts, assessment_pdf, build, confirmation_pdf, follow_up_pdf, missing_glyphs, render,
    report_pdf,
};
use fieldbook_model::{FindingType, ItemResult};
use proptest::prelude::*;

fn documents(dossier: &Dossier) -> [Report; 4] {
    [
        build::report(dossier, &[RARE]),
        build::assessment(dossier, &[RARE]),
        build::confirmation(dossier),
        build::follow_up(dossier),
    ]
}

fn written(report: &Report) -> Vec<u8> {
    render::pdf::bytes(report, &render::pdf::Faces::read(&fonts()).unwrap()).unwrap()
}

/// A report of these blocks and nothing else.
fn bare(blocks: Vec<Block>) -> Report {
    Report { cover: None, blocks, draft: false, ..build::confirmation(&dossier()) }
}

/// The text of the body: head and foot stand at the end of each page.
fn body(report: &Report, bytes: &[u8]) -> String {
    let furniture = joined(&report.head.0);
    let text = pdf_text(bytes);
    let pages = text.split('\u{c}').map(joined);
    pages.map(|page| page.rfind(&furniture).map_or(page.clone(), |at| page[..at].to_owned())).collect()
}

#[test]
fn every_text_of_a_document_is_found_in_its_file_in_order() {
    for report in documents(&full()) {
        let text = body(&report, &written(&report));
        // The contents say every heading before the body does.
        let first = report.blocks.iter().flat_map(Block::texts).next().unwrap();
        let mut at = text.rfind(&joined(&first)).unwrap();
        let mut seen = 0;
        for part in report.blocks.iter().flat_map(Block::texts).map(|t| joined(&t)) {
            // A box stands behind its label, not before it.
            if part.is_empty() || part == "□" {
                continue;
            }
            let found = text[at..].find(&part);
            assert!(found.is_some(), "{}: {part} after {}", report.title, &text[at.saturating_sub(60)..at]);
            at += found.unwrap() + part.len();
            seen += 1;
        }
        assert!(seen > 60, "{}: {seen}", report.title);
    }
}

#[test]
fn the_files_are_whole_the_same_every_time_and_drafts_on_every_page() {
    let full = full();
    for (report, write) in documents(&full).iter().zip([
        report_pdf as fn(&Dossier, &Fonts<'_>) -> _,
        assessment_pdf,
        confirmation_pdf,
        follow_up_pdf,
    ]) {
        let bytes = write(&full, &fonts()).unwrap();
        assert!(bytes == write(&full, &fonts()).unwrap(), "{}", report.title);
        let rows = piped("pdffonts", &["-"], &bytes);
        assert!(rows.lines().skip(2).all(|row| row.matches(" yes").count() == 3), "{rows}");
        let pages = laid_out(report, &fonts());
        let stamped = |p: &&Page| p.marks.iter().any(|m| matches!(m, Mark::Stamp(_)));
        assert_eq!(pages.iter().filter(stamped).count(), pages.len(), "{}", report.title);
    }
}

#[test]
fn nothing_leaves_the_margins_and_no_line_opens_with_a_stop() {
    for report in documents(&full()) {
        for (i, page) in laid_out(&report, &fonts()).iter().enumerate() {
            for (right, bottom, text) in ends(page, &fonts()) {
                let place = format!("{}, page {}: {text}", report.title, i + 1);
                assert!(right <= 595.28 - 56.69 + 0.6, "{place} ends at {right}");
                assert!(bottom <= 841.89 - 30.0, "{place} lies at {bottom}");
                assert!(!text.starts_with(['。', '，', '、', '；', '：', '」', '）']), "{place}");
                assert!(!text.ends_with(['「', '（']), "{place}");
            }
        }
    }
}

#[test]
fn the_contents_name_the_page_of_every_heading_and_lead_to_it() {
    for report in &documents(&full())[..2] {
        let pages = laid_out(report, &fonts());
        let anchors: Vec<_> = pages
            .iter()
            .enumerate()
            .flat_map(|(i, page)| page.anchors.iter().map(move |a| (i, a)))
            .filter(|(_, a)| a.title != "目錄" && a.title != "封面")
            .collect();
        let links: Vec<_> =
            pages.iter().flat_map(|page| page.links.iter().map(move |link| (page, link))).collect();
        assert_eq!(links.len(), anchors.len());
        assert!(links.len() > 10);
        for ((page, link), (index, anchor)) in links.iter().zip(&anchors) {
            assert_eq!((link.page, link.y), (*index, anchor.y), "{}", anchor.title);
            let on_line = |y: f32| y > link.at.1 && y < link.at.1 + link.size.1;
            let line: Vec<&str> = page
                .marks
                .iter()
                .filter_map(|m| match m {
                    Mark::Text { y, text, .. } if on_line(*y) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            assert_eq!(line.first(), Some(&anchor.title.as_str()));
            assert_eq!(line.last(), Some(&(index + 1).to_string().as_str()), "{}", anchor.title);
        }
        let file = lopdf::Document::load_mem(&written(report)).unwrap();
        let annotations = file.objects.values().filter_map(|o| o.as_dict().ok());
        let kind = |d: &&lopdf::Dictionary| d.get(b"Annots").and_then(lopdf::Object::as_array).is_ok();
        let linked: usize =
            annotations.filter(kind).map(|d| d.get(b"Annots").unwrap().as_array().unwrap().len()).sum();
        assert_eq!(linked, links.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn broken_text_is_the_text_and_fits(
        text in "[甲乙。，、（）「」 a-z0-9.,\\-\\n\t\u{200b}\u{2137c}]{0,120}",
        width in 40u16..300,
    ) {
        let width = f32::from(width);
        let lines = lines(&text, width, &fonts());
        prop_assert_eq!(joined(&lines.concat()), joined(&text.replace('\t', " ")));
        let faces = render::pdf::Faces::read(&fonts()).unwrap();
        for line in lines {
            prop_assert!(faces.width(&line, 10.5, Weight::Regular) <= width + 0.01, "{line:?}");
        }
    }
}

fn table(rows: impl Iterator<Item = String>) -> Block {
    let table = Table::new(&[("序號", 8, Align::Left), ("內容", 60, Align::Left)]);
    Block::Table(
        table.with_rows(rows.enumerate().map(|(i, t)| vec![Cell::text(format!("寅{i:03}")), Cell::text(t)])),
    )
}

#[test]
fn a_row_is_never_parted_nor_alone_on_a_page() {
    for lines in 1..24 {
        let report = bare(vec![table((0..30).map(|i| vec![format!("乙{i:03}"); lines].join("\n")))]);
        let mut next = 0;
        for page in pages_of(&report) {
            let on_page = |sign: char| page.iter().filter(move |t| t.starts_with(sign));
            let rows: Vec<&String> = on_page('寅').collect();
            assert!(rows.len() > 1, "{lines} lines: {rows:?}");
            assert_eq!(on_page('乙').count(), rows.len() * lines, "{lines} lines");
            assert!(page.iter().any(|t| t == "內容"), "{lines} lines: the head");
            for row in rows {
                assert_eq!(*row, format!("寅{next:03}"));
                next += 1;
            }
        }
        assert_eq!(next, 30);
    }
}

#[test]
fn a_row_that_is_higher_than_a_page_goes_on_on_the_next() {
    let long = (0..150).map(|i| format!("乙{i:03}")).collect::<Vec<_>>().join("\n");
    let pages = pages_of(&bare(vec![table([long, "短".to_owned()].into_iter())]));
    let lines: Vec<&String> = pages.iter().flatten().filter(|t| t.starts_with('乙')).collect();
    assert_eq!(lines.len(), 150);
    assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(pages.len() >= 3, "{}", pages.len());
}

#[test]
fn what_stays_together_does_and_what_is_too_long_for_a_page_leaves_no_gap() {
    let lines = |n: usize| (0..n).map(|i| Block::paragraph(format!("丙{i:03}"))).collect::<Vec<_>>();
    let together = |n| bare([lines(20), vec![Block::Together(lines(n))]].concat());
    let fits = pages_of(&together(25));
    assert_eq!(fits.len(), 2, "25 lines move to the next page as one");
    assert_eq!(fits[0].iter().filter(|t| t.starts_with('丙')).count(), 20);
    let first = &pages_of(&together(60))[0];
    assert!(first.iter().filter(|t| t.starts_with('丙')).count() > 28, "{first:?}");
}

fn chart(figures: &[[u64; 2]]) -> Chart {
    let series = |name: &str, pattern, tone| Series { name: name.to_owned(), pattern, tone };
    Chart {
        title: "圖".to_owned(),
        of: "章".to_owned(),
        unit: "項".to_owned(),
        series: vec![
            series("● 不符合", Pattern::Solid, Some(Tone::Fail)),
            series("○ 未查核", Pattern::Empty, None),
        ],
        bars: figures.iter().map(|f| Bar { name: "第一章".to_owned(), figures: f.to_vec() }).collect(),
    }
}

#[test]
fn a_bar_is_as_long_as_its_figure_and_says_it() {
    let report = bare(vec![Block::Chart(chart(&[[1, 0], [3, 1_000], [1_003, 0]]))]);
    let pages = laid_out(&report, &fonts());
    let solid = |m: &Mark| match m {
        Mark::Fill { size, ink, .. } if format!("{ink:?}") == "Fail" => Some(size.0),
        _ => None,
    };
    // The first is the legend's patch.
    let widths: Vec<f32> = pages[0].marks.iter().filter_map(solid).skip(1).collect();
    assert_eq!(widths.len(), 3);
    assert!(widths[0] >= 1.0, "one of a thousand is seen: {widths:?}");
    assert!(widths[2] > 100.0 * widths[0], "{widths:?}");
    for text in ["1,003", "1,000", "3", "不符合", "合計"] {
        assert!(texts(&pages[0]).any(|t| t == text), "{text}");
    }
}

#[test]
fn no_two_patterns_of_a_chart_look_alike_without_colour() {
    use Pattern::{Crossed, Dotted, Empty, Lined, Slanted, Solid};
    let shapes: Vec<String> = [Solid, Crossed, Slanted, Dotted, Lined, Empty]
        .map(|pattern| {
            let mut chart = chart(&[[5, 0]]);
            chart.series[0].pattern = pattern;
            let page = &laid_out(&bare(vec![Block::Chart(chart)]), &fonts())[0];
            let drawn = page.marks.iter().filter(|m| !matches!(m, Mark::Text { .. }));
            format!("{:?}", drawn.collect::<Vec<_>>())
        })
        .to_vec();
    for (i, shape) in shapes.iter().enumerate() {
        assert!(!shapes[..i].contains(shape), "{i}");
    }
}

#[test]
fn a_character_that_another_font_has_is_drawn_with_it() {
    let (other, tiny) = (tiny_font('\u{2137d}'), tiny_font(RARE));
    let fallback: [&[u8]; 2] = [&other, &tiny];
    let fonts = Fonts { regular: &REGULAR, bold: &BOLD, fallback: &fallback };
    assert!(missing_glyphs(&full(), &fonts).unwrap().is_empty());
    let bytes = report_pdf(&full(), &fonts).unwrap();
    let text = joined(&pdf_text(&bytes));
    assert!(text.contains(&format!("張{RARE}堃")));
    assert!(text.contains("本文件所有文字均有對應字形。"));
    let rows = piped("pdffonts", &["-"], &bytes);
    // The font that nothing was drawn with is not in the file.
    let of_these: Vec<&str> = rows.lines().filter(|row| row.contains("+Tiny")).collect();
    assert!(matches!(of_these[..], [row] if row.matches(" yes").count() == 3), "{rows}");
    // Its glyph is as wide as its own font says, one em of 2000 units.
    let faces = render::pdf::Faces::read(&fonts).unwrap();
    assert!((faces.width(&RARE.to_string(), 10.0, Weight::Bold) - 10.0).abs() < 0.001);
    let at = tiny.windows(4).position(|tag| tag == b"glyf").unwrap();
    let without_outlines = [&tiny[..at], b"none", &tiny[at + 4..]].concat();
    let at = tiny.windows(4).position(|tag| tag == b"post").unwrap();
    let without_post = [&tiny[..at], b"none", &tiny[at + 4..]].concat();
    for broken in [&b"no font"[..], &without_outlines, &without_post] {
        // It is left out, and what it would have drawn is named.
        let fonts = Fonts { fallback: &[broken], ..fonts };
        assert!(report_pdf(&full(), &fonts).is_ok());
        assert_eq!(missing_glyphs(&full(), &fonts).unwrap(), [RARE]);
    }
}

#[test]
fn characters_that_share_a_glyph_are_copied_as_themselves() {
    // Two that no font has with the sign that is drawn for them; a stand-in with its own; 見 and the radical ⾒,
    // which the font draws alike.
    let said = "甲𡍼乙𡍽丙〓丁𡍼、▶戊➤己▶、⾒庚見辛⾒、·‧・•‧…⋯";
    let bold = Block::Heading { level: 1, text: said.to_owned() };
    let report = bare(vec![bold, Block::Paragraph(said.to_owned())]);
    let text = joined(&pdf_text(&written(&report)));
    assert_eq!(text.matches(said).count(), 2, "{text}");
}

#[test]
fn bookmarks_come_in_the_order_of_the_document_and_lead_to_their_lines() {
    let pages = laid_out(&build::report(&full(), &[RARE]), &fonts());
    let expected: Vec<(usize, String, f32)> = (1..)
        .zip(&pages)
        .flat_map(|(number, page)| page.anchors.iter().map(move |a| (number, a.title.clone(), 841.89 - a.y)))
        .collect();
    let file = lopdf::Document::load_mem(&written(&build::report(&full(), &[RARE]))).unwrap();
    let toc = file.get_toc().unwrap().toc;
    let found: Vec<(usize, String)> = toc.iter().map(|entry| (entry.page, entry.title.clone())).collect();
    let titles: Vec<(usize, String)> = expected.iter().map(|(n, title, _)| (*n, title.clone())).collect();
    assert_eq!(found, titles);
    let mut sorted = titles.clone();
    sorted.sort();
    assert_ne!(sorted, titles, "the order of the titles is another one");
    let entries = file.objects.values().filter_map(|o| o.as_dict().ok()).filter(|d| d.has(b"Title"));
    let mut tops: Vec<f32> =
        entries.filter_map(|d| d.get(b"Dest").ok()?.as_array().ok()?.get(3)?.as_float().ok()).collect();
    let mut lines: Vec<f32> = expected.iter().map(|(_, _, y)| *y).collect();
    tops.sort_by(f32::total_cmp);
    lines.sort_by(f32::total_cmp);
    assert_eq!(tops.len(), lines.len());
    for (top, line) in tops.iter().zip(lines) {
        assert!((0.0..10.0).contains(&(top - line)), "a window opens at {top} for {line}");
    }
}

#[test]
fn the_assessment_has_its_ten_parts_in_order() {
    let text = joined(&pdf_text(&assessment_pdf(&full(), &fonts()).unwrap()));
    let mut at = 0;
    // In the contents, and again in the body.
    for _ in 0..2 {
        for part in [
            "壹、評估人員資格",
            "貳、評估範圍",
            "參、評估作業項目與標的",
            "肆、評估紀錄",
            "伍、評估時所發現之缺失項目",
            "陸、缺失嚴重程度",
            "柒、缺失類別",
            "捌、風險說明",
            "玖、具體改善建議",
            "拾、社交演練結果",
        ] {
            let found = text[at..].find(part);
            assert!(found.is_some(), "{part}");
            at += found.unwrap();
        }
    }
    for said in ["模擬駭客攻擊能力", "ISO27001LA", "無人具備模擬駭客攻擊能力", MEASURE, "△受查單位尚未提出"]
    {
        assert!(text.contains(&joined(said)), "{said}");
    }
}

#[test]
fn a_part_without_data_says_so_and_never_that_all_is_well() {
    let empty = Dossier { items: Vec::new(), tests: Vec::new(), findings: Vec::new(), ..dossier() };
    let text = joined(&pdf_text(&assessment_pdf(&empty, &fonts()).unwrap()));
    for said in [
        "案卷未記錄團隊成員之資格、獨立性及保密切結；本項無資料",
        "本案未列查核項目；本項無資料。",
        "本案未執行電腦輔助測試；本項無資料。",
        "本案未取得社交工程演練之紀錄或測試結果；本項無資料，不得視為演練業已辦理或結果良好。",
        "案卷及各底稿均尚未經電子簽署。",
    ] {
        assert!(text.contains(said), "{said}");
    }
    assert!(!text.contains("未發現例外") && !text.contains("未發現團隊資格"), "{text}");
}

#[test]
fn good_practice_is_confirmed_and_reported_but_asks_nothing() {
    let mut with = full();
    with.findings[2].finding.kind = FindingType::GoodPractice;
    let title = with.findings[2].finding.title.clone();
    let says = |report: &Report| joined(&pages_of(report).concat().concat()).contains(&joined(&title));
    assert_eq!(documents(&with).map(|d| says(&d)), [true, false, true, false]);
    assert_eq!(documents(&full()).map(|d| says(&d)), [true; 4]);
}

#[test]
fn the_drill_shows_its_items_answered_or_not() {
    let mut with = full();
    let id = with.items[0].clause.id.as_str().to_owned();
    with.items[0].clause.text = "每年應至少一次寄發演練郵件，防範惡意程式透過社交方式入侵。".to_owned();
    with.items[0].answers = vec![answer(&id, "", "", ItemResult::Partial)];
    let last = |d: &Dossier| {
        let pages = pages_of(&build::assessment(d, &[]));
        let all = pages.concat().concat();
        all[all.rfind("拾、社交演練結果").unwrap()..].to_owned()
    };
    assert!(last(&with).contains("◐ 部分符合"));
    with.items[0].answers.clear();
    assert!(last(&with).contains("○ 未查核"));
    assert!(!last(&with).contains("本項無資料"));
}

#[test]
fn the_confirmation_has_boxes_and_room_for_each_finding_and_both_sides_sign() {
    let report = build::confirmation(&full());
    let pages = laid_out(&report, &fonts());
    let all: Vec<&str> = pages.iter().flat_map(texts).collect();
    let count = |text: &str| all.iter().filter(|t| **t == text).count();
    assert_eq!((count("□"), count("同意"), count("異議"), count("異議理由")), (6, 3, 3, 3));
    assert_eq!((count("受查單位代表："), count("查核人員："), count("日期：")), (1, 2, 2));
    assert!(all.iter().any(|t| t.contains("離場會議")));
    assert!(!all.iter().any(|t| t.contains("經複核後撤銷之發現")));
    // A finding's boxes stand on the page of its title, since each fits on one.
    for page in &pages {
        let titles = page.anchors.iter().filter(|a| a.level == 2).count();
        assert_eq!(texts(page).filter(|t| *t == "異議").count(), titles);
    }
    let text = joined(&pdf_text(&confirmation_pdf(&full(), &fonts()).unwrap()));
    assert!(text.contains(&joined(CONDITION)));
}

#[test]
fn what_is_overdue_on_the_day_of_printing_is_marked() {
    let sheet = |d: &Dossier| joined(&pdf_text(&follow_up_pdf(d, &fonts()).unwrap()));
    let text = sheet(&full());
    // One line in the table, one at the finding. The other finding is later still, but remedied.
    assert_eq!(text.matches(&format!("●逾期{DAYS_OVERDUE}日")).count(), 2, "{text}");
    assert_eq!(text.matches("●逾期").count(), 2);
    assert!(
        text.contains("查核發現共3項：已完成改善或結案1項、追蹤中2項，其中逾期1項；受查單位尚未回覆1項。")
    );
    assert!(text.contains("●未改善") && text.contains("✓已改善") && text.contains("受查單位尚未回覆。"));
    let mut earlier = full();
    earlier.printed_at = jiff::civil::date(2026, 10, 31).at(9, 0, 0, 0);
    assert!(!sheet(&earlier).contains("●逾期"), "the day itself is not late");
    earlier.printed_at = jiff::civil::date(2026, 11, 1).at(0, 0, 0, 0);
    assert!(sheet(&earlier).contains("●逾期1日"));
}

#[test]
fn the_last_pages_have_signatures_hashes_and_the_checkpoint() {
    let pages = pages_of(&build::report(&full(), &[]));
    let last = joined(&pages.iter().rev().take(2).map(|page| page.concat()).collect::<String>());
    for said in [
        "全案",
        "王覆核",
        "T-COL-05",
        &"9a".repeat(32),
        &"c3".repeat(32),
        &"5f".repeat(32),
        "1482筆",
        "1482:5f5f5f5f5f5f5f5f）",
        "fieldbook/exam/e-1",
        &joined(crate::tests::fixture::NOTE.lines().last().unwrap()),
        "覆核人：",
    ] {
        assert!(last.contains(said), "{said} in {last}");
    }
    // SHA-256 of the key 7b7b…, as two people compare it.
    assert!(last.contains(&joined("242d 90eb 14c6 780a 96c6 63d2 25b1 43af 32a4 439d")), "{last}");
}

#[test]
fn the_report_compares_with_the_last_exam_or_says_that_there_is_none() {
    let text = |d: &Dossier| joined(&pages_of(&build::report(d, &[])).concat().concat());
    let with = text(&full());
    for said in ["前次108.12.31", "本次109.12.31", "其中未結案2項", "防火牆規則未定期檢視", "重複缺失"]
    {
        assert!(with.contains(said), "{said}");
    }
    assert!(!with.contains("前次缺失編號標題嚴重程度狀態114-證-0007-F01"), "what is closed is not open");
    assert!(text(&dossier()).contains("案卷中無受查單位前次查核之紀錄，無從比較。"));
}
