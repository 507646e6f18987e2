//! A report as PDF: blocks are laid out on A4 pages with the measures of the fonts themselves, then written.
//!
//! Layout knows no file format: it ends in [`page::Page`]s full of marks. Whoever writes them is behind
//! [`writer::PageWriter`].

mod catalog;
mod chart;
mod contents;
mod cover;
mod faces;
mod flow;
mod furniture;
mod hand;
mod lines;
mod operations;
mod page;
mod paginate;
mod printpdf_writer;
mod table;
mod writer;

pub use faces::Faces;

use crate::ReportError;
use crate::doc::Report;
use lines::Breaker;
use page::Page;
use writer::{Meta, PageWriter};

/// The report's bytes.
///
/// # Errors
/// When the writer fails.
pub fn bytes(report: &Report, faces: &Faces<'_>) -> Result<Vec<u8>, ReportError> {
    let pages = pages(report, faces);
    let meta =
        Meta { title: report.title.clone(), author: report.author.clone(), created: report.printed_at };
    printpdf_writer::PrintPdf::new(faces).write(&pages, &meta)
}

/// The report's pages, complete with head, foot and page numbers.
fn pages(report: &Report, faces: &Faces<'_>) -> Vec<Page> {
    let breaker = Breaker::new(faces);
    let body = paginate::pages(flow::Flow::of(&report.blocks, &breaker));
    let mut pages: Vec<Page> = report.cover.iter().map(|cover| cover::page(cover, &breaker)).collect();
    if report.cover.is_some() {
        pages.extend(contents::pages(&body, pages.len(), &breaker));
    }
    pages.extend(body);
    furniture::add(&mut pages, report, &breaker);
    pages
}

/// Laid-out pages, for tests of what stands where.
#[cfg(test)]
pub mod testing {
    use super::lines::Breaker;
    pub use super::page::{Mark, Page, Weight};
    use crate::Fonts;
    use crate::doc::Report;

    /// The pages of a report.
    pub fn laid_out(report: &Report, fonts: &Fonts<'_>) -> Vec<Page> {
        super::pages(report, &super::Faces::read(fonts).expect("fonts"))
    }

    /// The lines of body text in a column.
    pub fn lines(text: &str, width: f32, fonts: &Fonts<'_>) -> Vec<String> {
        let faces = super::Faces::read(fonts).expect("fonts");
        let lines = Breaker::new(&faces).lines(text, super::flow::BODY, width);
        lines.into_iter().map(|line| line.text).collect()
    }

    /// Right end and base line of every text on a page.
    pub fn ends(page: &Page, fonts: &Fonts<'_>) -> Vec<(f32, f32, String)> {
        let faces = super::Faces::read(fonts).expect("fonts");
        let end = |mark: &Mark| match mark {
            Mark::Text { x, y, style, spacing, text } => {
                let gaps = text.chars().count().saturating_sub(1) as f32;
                let right = x + faces.width(text, style.size, style.weight) + spacing * gaps;
                Some((right, *y, text.clone()))
            }
            _ => None,
        };
        page.marks.iter().filter_map(end).collect()
    }
}
