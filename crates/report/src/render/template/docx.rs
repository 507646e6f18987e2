//! Documents that somebody else designed (.docx): paragraphs wherever they stand are filled; a region repeats the rows
//! of a table between its markers' rows, or the blocks between its markers' paragraphs.

use super::error::{Place, TemplateError};
use super::lookup::{Lookup, Scope};
use super::opc::relations;
use super::package::Package;
use super::regions::{InLine, Region, pair};
use super::text::{Flavour, Node, Paragraph, fill as fill_text, paragraphs};
use super::xlsx::{in_drawing, records};
use super::xml::{Edits, Xml, escape};
use crate::build::placeholder::Values;
use std::collections::BTreeMap;
use std::ops::Range;

const TEXT: Flavour = Flavour {
    paragraphs: &["p"],
    text: Some("t"),
    seams: &["tab", "br", "cr", "drawing", "pict", "object", "sym", "noBreakHyphen", "footnoteReference"],
    skipped: &["pPr", "rPr", "instrText"],
    write,
    most: usize::MAX,
};

/// Line ends and tabs are elements of their own.
fn write(xml: &Xml<'_>, paragraph: &Paragraph, node: &Node, value: &str) -> String {
    let p = xml.prefix(paragraph.token);
    if p == "a:" {
        return in_drawing(xml, paragraph, node, value);
    }
    let again = format!("<{p}t xml:space=\"preserve\">");
    let text = escape(value).replace('\n', &format!("</{p}t><{p}br/>{again}"));
    text.replace('\t', &format!("</{p}t><{p}tab/>{again}"))
}

/// Parts of the document that hold paragraphs, by kind of relation, and what people call them.
const PARTS: [(&str, &str); 7] = [
    ("header", "頁首"),
    ("footer", "頁尾"),
    ("footnotes", "註腳"),
    ("endnotes", "章節附註"),
    ("comments", "註解"),
    ("chart", "圖表"),
    ("diagramData", "圖形"),
];

/// The parts to fill with what people call them, the text itself first.
fn parts(package: &mut Package<'_>, main: &str) -> Result<Vec<(String, String)>, TemplateError> {
    let mut found = vec![(main.to_owned(), "本文".to_owned())];
    for relation in relations(package, main)? {
        let Some((_, zh)) = PARTS.iter().find(|(kind, _)| *kind == relation.kind) else { continue };
        if package.has(&relation.target) && !found.iter().any(|(part, _)| *part == relation.target) {
            let digits: String = relation.target.chars().filter(char::is_ascii_digit).collect();
            found.push((relation.target, format!("{zh}{digits}")));
        }
    }
    Ok(found)
}

/// Fills the document whose own part is `main`.
///
/// # Errors
/// What makes a template unusable.
pub fn fill<'v>(
    package: &mut Package<'_>,
    main: &str,
    values: &'v Values,
) -> Result<Lookup<'v>, TemplateError> {
    let mut lookup = Lookup::new(values);
    for (part, zh) in parts(package, main)? {
        let text = package.text(&part)?.ok_or_else(|| TemplateError::damaged(&part))?;
        let edits = filled(&text, &part, &zh, &mut lookup)?;
        if !edits.is_empty() {
            package.put(&part, edits.apply(&text, 0..text.len()));
        }
    }
    Ok(lookup)
}

/// The faults of a document that `fill` would stop at, with the placeholders that were met.
///
/// # Errors
/// When the document cannot be read at all.
pub fn faults<'v>(
    package: &mut Package<'_>,
    main: &str,
    values: &'v Values,
) -> Result<(Lookup<'v>, Vec<TemplateError>), TemplateError> {
    let (mut lookup, mut faults) = (Lookup::new(values), Vec::new());
    for (part, zh) in parts(package, main)? {
        let text = package.text(&part)?.ok_or_else(|| TemplateError::damaged(&part))?;
        faults.extend(filled(&text, &part, &zh, &mut lookup).err());
    }
    Ok((lookup, faults))
}

/// A region of a part: the lines are children of `container`.
struct Found {
    region: Region,
    container: usize,
    /// Elements of the markers' lines.
    open: usize,
    close: usize,
}

fn filled(text: &str, part: &str, zh: &str, lookup: &mut Lookup<'_>) -> Result<Edits, TemplateError> {
    let xml = Xml::parse(text).map_err(|_| TemplateError::damaged(part))?;
    let tree = Tree::new(&xml);
    let asking = asking(&tree, zh);
    let regions = regions(&tree, &asking)?;
    let mut edits = Edits::default();
    for found in &regions {
        let whole = xml.outer(found.open).start..xml.outer(found.close).end;
        edits.replace(whole, repeated(&tree, found, &asking, lookup)?);
    }
    let within = |p: &Paragraph, f: &Found| f.open <= p.token && p.token < xml.tokens[f.close].close;
    for (paragraph, place) in asking.iter().filter(|(p, _)| !regions.iter().any(|f| within(p, f))) {
        edits.extend(fill_text(&xml, paragraph, &TEXT, None, place, lookup)?.edits);
    }
    Ok(edits)
}

/// The paragraphs that hold placeholders, with their places.
fn asking(tree: &Tree<'_>, zh: &str) -> Vec<(Paragraph, Place)> {
    let all = paragraphs(tree.xml, 0..tree.xml.tokens.len(), &TEXT);
    let numbered = (1..).zip(all).filter(|(_, p)| p.text.contains("{{"));
    numbered.map(|(n, p)| (tree.place(p.token, n), p)).map(|(at, p)| (p, Place::new(zh, at))).collect()
}

/// The regions of a part.
fn regions(tree: &Tree<'_>, asking: &[(Paragraph, Place)]) -> Result<Vec<Found>, TemplateError> {
    let mut containers: BTreeMap<usize, Vec<InLine>> = BTreeMap::new();
    for (paragraph, place) in asking {
        let line = tree.line(paragraph.token);
        let container = tree.parents[line];
        let number = tree.xml.children(container).iter().position(|t| *t == line).unwrap_or_default();
        for mark in paragraph.marks(place)? {
            let found = InLine { line: number, word: mark.word, place: place.clone() };
            containers.entry(container).or_default().push(found);
        }
    }
    let mut regions = Vec::new();
    for (container, lines) in containers {
        let children = tree.xml.children(container);
        for region in pair(&lines)? {
            let ends = children.get(region.open).zip(children.get(region.close));
            regions.extend(ends.map(|(&open, &close)| Found { region, container, open, close }));
        }
    }
    for inner in &regions {
        let around = |o: &Found| o.open < inner.open && inner.close < tree.xml.tokens[o.close].close;
        if regions.iter().any(around) {
            let Region { name, place, .. } = inner.region.clone();
            return Err(TemplateError::NestedRegion { name, place });
        }
    }
    Ok(regions)
}

/// What stands between a region's markers, once for each record.
fn repeated<'v>(
    tree: &Tree<'_>,
    found: &Found,
    asking: &[(Paragraph, Place)],
    lookup: &mut Lookup<'v>,
) -> Result<String, TemplateError> {
    let xml = tree.xml;
    let between = xml.outer(found.open).end..xml.outer(found.close).start;
    let is_row = xml.local(found.open) == "tr";
    let left = tree.others(found);
    let (name, records) = records(&found.region, is_row && left == 0, lookup);
    let own = |p: &&(Paragraph, Place)| between.contains(&xml.tokens[p.0.token].span.start);
    let own: Vec<&(Paragraph, Place)> = asking.iter().filter(own).collect();
    let again = once(xml, found.open..found.close);
    let mut out = String::new();
    for (copy, record) in records.iter().enumerate() {
        let mut edits = if copy == 0 { Edits::default() } else { again.clone() };
        for (paragraph, place) in &own {
            let scope = Some(Scope { region: name, record: *record });
            edits.extend(fill_text(xml, paragraph, &TEXT, scope, place, lookup)?.edits);
        }
        out.push_str(&edits.apply(xml.text, between.clone()));
    }
    if records.is_empty() && !is_row && left == 0 {
        // A cell, a head or a text box without a paragraph opens nowhere.
        out.push_str(&format!("<{}p/>", xml.prefix(found.open)));
    }
    Ok(out)
}

/// What may stand in a document only once, and so not in a second copy.
fn once(xml: &Xml<'_>, tokens: Range<usize>) -> Edits {
    let mut edits = Edits::default();
    for token in tokens.filter(|t| xml.opens(*t)) {
        if matches!(xml.local(token), "bookmarkStart" | "bookmarkEnd") {
            edits.replace(xml.outer(token), "");
            continue;
        }
        for name in ["w14:paraId", "w14:textId"] {
            if let Some(attr) = xml.attr(token, name) {
                edits.replace(attr.whole, "");
            }
        }
    }
    edits
}

/// Elements that hold blocks of their own: what stands in one does not see the row around it.
const ROOTS: [&str; 7] = ["body", "hdr", "ftr", "txbxContent", "footnote", "endnote", "comment"];

/// A part with the element around each of its elements.
struct Tree<'a> {
    xml: &'a Xml<'a>,
    parents: Vec<usize>,
}

impl<'a> Tree<'a> {
    fn new(xml: &'a Xml<'a>) -> Self {
        let (mut parents, mut open) = (Vec::with_capacity(xml.tokens.len()), Vec::new());
        for (at, token) in xml.tokens.iter().enumerate() {
            while open.last().is_some_and(|o: &usize| xml.tokens[*o].close < at) {
                open.pop();
            }
            parents.push(open.last().copied().unwrap_or_default());
            if xml.opens(at) && token.close != at {
                open.push(at);
            }
        }
        Self { xml, parents }
    }

    fn around(&self, token: usize) -> impl Iterator<Item = usize> {
        let next = |t: &usize| (*t > 0).then(|| self.parents[*t]);
        std::iter::successors(Some(token), next).skip(1)
    }

    /// The line that a paragraph is in: its row in a table, or itself.
    fn line(&self, paragraph: usize) -> usize {
        let stop = |t: &usize| self.xml.local(*t) == "tr" || ROOTS.contains(&self.xml.local(*t));
        self.around(paragraph).find(stop).filter(|t| self.xml.local(*t) == "tr").unwrap_or(paragraph)
    }

    /// How many rows or paragraphs the region's container has outside of the region.
    fn others(&self, found: &Found) -> usize {
        let local = self.xml.local(found.open);
        let outside = |t: &&usize| **t < found.open || **t > found.close;
        let children = self.xml.children(found.container);
        children.iter().filter(|t| self.xml.local(**t) == local).filter(outside).count()
    }

    /// `表 2 列 3 欄 1`, or `第 5 段` of a paragraph with this number.
    fn place(&self, paragraph: usize, number: usize) -> String {
        let nth = |of: usize, local: &str| {
            let same = |t: &usize| self.xml.local(*t) == local;
            self.xml.children(self.parents[of]).into_iter().filter(same).take_while(|t| *t <= of).count()
        };
        let around = |local: &str| self.around(paragraph).find(|t| self.xml.local(*t) == local);
        match (around("tbl"), around("tr"), around("tc")) {
            (Some(table), Some(row), Some(cell)) => {
                let tables = self.xml.all("tbl").take_while(|t| *t <= table).count();
                format!("表 {tables} 列 {} 欄 {}", nth(row, "tr"), nth(cell, "tc"))
            }
            _ => format!("第 {number} 段"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::placeholder::Values;

    /// A text filled with the values' names alone: each region has one record, and all is empty.
    fn filled_with(values: &Values, body: &str) -> String {
        let text = format!("<w:document><w:body>{body}</w:body></w:document>");
        let mut lookup = Lookup::new(values);
        let edits = filled(&text, "document.xml", "本文", &mut lookup).expect("filled");
        let new = edits.apply(&text, 0..text.len());
        new.replace("<w:document><w:body>", "").replace("</w:body></w:document>", "")
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    fn row(text: &str) -> String {
        format!("<w:tr><w:tc>{}</w:tc></w:tr>", p(text))
    }

    #[test]
    fn what_must_not_be_empty_keeps_a_row_or_a_paragraph() {
        let none = Values::names().without_records();
        let table = format!("<w:tbl>{}{}{}</w:tbl>", row("{{#設備}}"), row("甲{{序號}}"), row("{{/設備}}"));
        assert_eq!(filled_with(&none, &table).matches("<w:tr>").count(), 1);
        let cell = format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", p("x"));
        assert_eq!(filled_with(&none, &cell), cell);
        let head = format!("{}{}{}", p("{{#設備}}"), p("甲"), p("{{/設備}}"));
        assert_eq!(filled_with(&none, &head), "<w:p/>");
        assert_eq!(filled_with(&none, &format!("{}{head}", p("乙"))), p("乙"));
    }

    #[test]
    fn what_may_be_there_only_once_is_in_the_first_copy() {
        let two = Values::names().with_records("設備", 2);
        let inner = "<w:p w14:paraId=\"1\"><w:bookmarkStart w:id=\"0\"/><w:bookmarkEnd w:id=\"0\"/></w:p>";
        let new = filled_with(&two, &format!("{}{inner}{}", p("{{#設備}}"), p("{{/設備}}")));
        assert_eq!(new, format!("{inner}<w:p></w:p>"));
    }
}
