//! The text: cover, table of contents as a field, and every block as paragraphs and tables with their styles.

use super::xml::{NAMESPACES, Xml};
use super::{chart, table};
use crate::doc::{Block, Cover, Report};

/// The main part.
pub fn document(report: &Report) -> String {
    let mut xml = Xml::new();
    xml.within("w:document", &NAMESPACES, |xml| {
        xml.within("w:body", &[], |xml| {
            let mut text = Text { xml, marks: 0, lists: 0, charts: 0, new_page: false };
            if let Some(cover) = &report.cover {
                text.cover(cover);
                text.contents(&report.blocks);
            }
            text.blocks(&report.blocks);
            section(text.xml, report.cover.is_some());
        });
    });
    xml.finish()
}

/// How many lists of steps the blocks have, each of which is numbered by itself.
pub fn lists(blocks: &[Block]) -> usize {
    let count = |block: &Block| match block {
        Block::Steps(_) => 1,
        Block::Together(blocks) => lists(blocks),
        _ => 0,
    };
    blocks.iter().map(count).sum()
}

/// Title and level of the headings that the contents list, in order.
fn entries(blocks: &[Block]) -> Vec<(u8, &str)> {
    let of = |block| match block {
        &Block::Heading { level, ref text } if level <= 2 => vec![(level, text.as_str())],
        Block::Together(blocks) => entries(blocks),
        _ => Vec::new(),
    };
    blocks.iter().flat_map(of).collect()
}

/// A4 upright with the margins of a printed report.
fn section(xml: &mut Xml, cover: bool) {
    xml.within("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "rId4")]);
        xml.empty("w:headerReference", &[("w:type", "first"), ("r:id", "rId5")]);
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rId6")]);
        xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", "rId6")]);
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")]);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "1361"),
                ("w:right", "1134"),
                ("w:bottom", "1134"),
                ("w:left", "1134"),
                ("w:header", "680"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        );
        if cover {
            xml.empty("w:titlePg", &[]);
        }
    });
}

struct Text<'x> {
    xml: &'x mut Xml,
    /// Headings so far that the contents lead to.
    marks: usize,
    lists: usize,
    charts: usize,
    new_page: bool,
}

impl Text<'_> {
    fn cover(&mut self, cover: &Cover) {
        self.paragraph("Authority", &cover.authority);
        self.paragraph("Title", &cover.title);
        self.paragraph("Subject", &cover.subject);
        table::pairs(self.xml, &cover.pairs);
        self.paragraph("Note", &cover.note);
    }

    /// A real field, so that the word processor renews it; filled with what it will say, so that it is never empty.
    fn contents(&mut self, blocks: &[Block]) {
        self.new_page = true;
        self.paragraph("TOCHeading", "目錄");
        let entries = entries(blocks);
        let last = entries.len().saturating_sub(1);
        for (i, (level, text)) in entries.into_iter().enumerate() {
            let style = if level < 2 { "TOC1" } else { "TOC2" };
            self.xml.within("w:p", &[], |xml| {
                xml.within("w:pPr", &[], |xml| xml.value("w:pStyle", style));
                if i == 0 {
                    begin(xml, r#"TOC \o "1-2" \h \z \u"#, true);
                }
                let mark = bookmark(i);
                xml.within("w:hyperlink", &[("w:anchor", &mark), ("w:history", "1")], |xml| {
                    run(xml, text, None);
                    xml.within("w:r", &[], |xml| xml.empty("w:tab", &[]));
                    field(xml, &format!("PAGEREF {mark} \\h"), "–");
                });
                if i == last {
                    end(xml);
                }
            });
        }
        self.new_page = true;
    }

    fn blocks(&mut self, blocks: &[Block]) {
        blocks.iter().for_each(|block| self.block(block));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text } => self.heading(*level, text),
            Block::Paragraph(text) => self.paragraphs("Normal", text),
            Block::Note(text) => self.paragraphs("Note", text),
            Block::Labelled { label, text } => self.labelled(label, text),
            Block::Quote { source, text } => {
                self.paragraph("Source", source);
                self.paragraphs("Quote", text);
            }
            Block::Steps(steps) => self.steps(steps),
            Block::Pairs(pairs) => table::pairs(self.xml, pairs),
            Block::Table(rows) => table::rows(self.xml, rows),
            Block::Chart(chart) => {
                self.paragraph("Caption", &chart.heading());
                self.charts += 1;
                chart::drawing(self.xml, chart, self.charts);
                table::rows(self.xml, &chart.table());
            }
            Block::PageBreak => self.new_page = true,
            Block::Title(text) => self.paragraph("Title", text),
            Block::Ticks { label, choices } => {
                let boxes: Vec<_> = choices.iter().map(|c| Block::tick(c)).collect();
                self.labelled(label, &boxes.join("　　"));
            }
            Block::Ruled { label, lines } => {
                for line in 0..*lines {
                    self.labelled(if line == 0 { label } else { "" }, &"＿".repeat(36));
                }
            }
            Block::Blank { columns, rows } => table::blank(self.xml, columns, *rows),
            Block::Signatures(names) => table::signatures(self.xml, names),
            Block::Together(blocks) => self.blocks(blocks),
        }
    }

    fn heading(&mut self, level: u8, text: &str) {
        let style = ["Heading1", "Heading2", "Heading3"][usize::from(level.clamp(1, 3)) - 1];
        if level > 2 {
            self.paragraph(style, text);
            return;
        }
        let (mark, id) = (bookmark(self.marks), self.marks.to_string());
        self.marks += 1;
        self.styled(style, |xml| {
            xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &mark)]);
            run(xml, text, None);
            xml.empty("w:bookmarkEnd", &[("w:id", &id)]);
        });
    }

    fn labelled(&mut self, label: &str, text: &str) {
        let (first, rest) = text.split_once('\n').map_or((text, None), |(f, r)| (f, Some(r)));
        self.styled("Labelled", |xml| {
            run(xml, label, Some("Strong"));
            xml.within("w:r", &[], |xml| xml.empty("w:tab", &[]));
            run(xml, first, None);
        });
        if let Some(rest) = rest {
            self.paragraphs("LabelledMore", rest);
        }
    }

    fn steps(&mut self, steps: &[String]) {
        self.lists += 1;
        let list = self.lists.to_string();
        for step in steps {
            self.xml.within("w:p", &[], |xml| {
                xml.within("w:pPr", &[], |xml| {
                    xml.value("w:pStyle", "ListNumber");
                    xml.within("w:numPr", &[], |xml| {
                        xml.value("w:ilvl", "0");
                        xml.value("w:numId", &list);
                    });
                });
                run(xml, step, None);
            });
        }
    }

    fn paragraphs(&mut self, style: &str, text: &str) {
        text.split('\n').for_each(|line| self.paragraph(style, line));
    }

    fn paragraph(&mut self, style: &str, text: &str) {
        self.styled(style, |xml| run(xml, text, None));
    }

    fn styled(&mut self, style: &str, inside: impl FnOnce(&mut Xml)) {
        let new_page = std::mem::take(&mut self.new_page);
        self.xml.within("w:p", &[], |xml| {
            xml.within("w:pPr", &[], |xml| {
                xml.value("w:pStyle", style);
                if new_page {
                    xml.empty("w:pageBreakBefore", &[]);
                }
            });
            inside(xml);
        });
    }
}

/// Name of the place that a line of the contents leads to.
fn bookmark(index: usize) -> String {
    format!("_Toc{:08}", index + 1)
}

/// A run of text in a character style.
pub fn run(xml: &mut Xml, text: &str, style: Option<&str>) {
    if text.is_empty() {
        return;
    }
    xml.within("w:r", &[], |xml| {
        if let Some(style) = style {
            xml.within("w:rPr", &[], |xml| xml.value("w:rStyle", style));
        }
        xml.within("w:t", &[("xml:space", "preserve")], |xml| xml.text(text));
    });
}

/// A field with what it said last; it is renewed when the document is opened.
pub fn field(xml: &mut Xml, instruction: &str, said: &str) {
    begin(xml, instruction, true);
    run(xml, said, None);
    end(xml);
}

fn begin(xml: &mut Xml, instruction: &str, dirty: bool) {
    let dirty = if dirty { "1" } else { "0" };
    xml.within("w:r", &[], |xml| {
        xml.empty("w:fldChar", &[("w:fldCharType", "begin"), ("w:dirty", dirty)]);
    });
    xml.within("w:r", &[], |xml| {
        xml.within("w:instrText", &[("xml:space", "preserve")], |xml| xml.text(instruction));
    });
    xml.within("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", "separate")]));
}

fn end(xml: &mut Xml) {
    xml.within("w:r", &[], |xml| xml.empty("w:fldChar", &[("w:fldCharType", "end")]));
}
