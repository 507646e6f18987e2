//! The parts beside the sheets: names, charts, tables, drawings, comments and controls, texts in them filled and
//! their references moved.

use super::super::error::{Place, TemplateError};
use super::super::formula::{Shifts, moved};
use super::super::lookup::{HEAD_CHARS, Lookup, clean};
use super::super::marks::{Word, marks};
use super::super::opc::{TYPES, relations, relations_name};
use super::super::package::Package;
use super::super::rowmap::RowMap;
use super::super::text::{Flavour, Node, Paragraph, braces, fill, paragraphs};
use super::super::xml::{Edits, Xml, escape, unescape};
use super::areas::{self, anchored};
use super::rows::set;
use super::sheet::RICH;

/// Text in drawings and charts.
const DRAWING: Flavour = Flavour {
    paragraphs: &["p"],
    text: Some("t"),
    seams: &["br"],
    skipped: &[],
    write: in_drawing,
    most: usize::MAX,
};

/// Comments.
const COMMENT: Flavour = Flavour { paragraphs: &["text"], ..RICH };

/// Heads and feet of pages.
const HEADS: Flavour = Flavour {
    paragraphs: &["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"],
    text: None,
    seams: &[],
    skipped: &["sheetData"],
    write: |_, _, _, value| escape(&value.replace('&', "&&")),
    most: HEAD_CHARS,
};

/// A line break within a run of a drawing ends the run and begins another one with the same properties.
pub fn in_drawing(xml: &Xml<'_>, _: &Paragraph, node: &Node, value: &str) -> String {
    let run = node.holder.and_then(|holder| {
        let run = (0..holder).rev().find(|t| xml.opens(*t) && xml.tokens[*t].close > holder)?;
        (xml.local(run) == "r").then_some((holder, run))
    });
    let Some((holder, run)) = run else { return escape(&value.replace('\n', " ")) };
    let p = xml.prefix(run);
    let again = xml.slice(xml.tokens[run].span.start..xml.tokens[holder].span.end);
    escape(value).replace('\n', &format!("</{p}t></{p}r><{p}br/>{again}"))
}

/// Fills the heads and feet of a sheet.
///
/// # Errors
/// Faults of placeholders.
pub fn heads(
    xml: &Xml<'_>,
    sheet: &str,
    lookup: &mut Lookup<'_>,
    edits: &mut Edits,
) -> Result<(), TemplateError> {
    for paragraph in paragraphs(xml, areas::everything(xml), &HEADS) {
        let place =
            Place::new(sheet, if xml.local(paragraph.token).ends_with("Header") { "頁首" } else { "頁尾" });
        apply(xml, &paragraph, &HEADS, &place, lookup, edits)?;
    }
    Ok(())
}

fn apply(
    xml: &Xml<'_>,
    paragraph: &Paragraph,
    flavour: &Flavour,
    place: &Place,
    lookup: &mut Lookup<'_>,
    edits: &mut Edits,
) -> Result<(), TemplateError> {
    edits.extend(fill(xml, paragraph, flavour, None, place, lookup)?.edits);
    Ok(())
}

/// Fills the texts of a drawing, a chart or a list of comments.
///
/// # Errors
/// Faults of placeholders.
pub fn texts(
    xml: &Xml<'_>,
    part: &str,
    lookup: &mut Lookup<'_>,
    edits: &mut Edits,
) -> Result<(), TemplateError> {
    let (flavour, what) =
        if part.to_lowercase().contains("comments") { (&COMMENT, "註解") } else { (&DRAWING, "文字") };
    let name = part.rsplit('/').next().unwrap_or(part);
    heads_of_columns(xml, name, lookup, edits)?;
    for (n, paragraph) in (1..).zip(paragraphs(xml, areas::everything(xml), flavour)) {
        apply(xml, &paragraph, flavour, &Place::new(name, format!("{what} {n}")), lookup, edits)?;
    }
    Ok(())
}

/// A table names its columns as the cells of its head do; where the two differ, programs take it for damaged.
fn heads_of_columns(
    xml: &Xml<'_>,
    part: &str,
    lookup: &mut Lookup<'_>,
    edits: &mut Edits,
) -> Result<(), TemplateError> {
    for column in xml.all("tableColumn") {
        let Some(attr) = xml.attr(column, "name").filter(|a| a.value.contains("{{")) else { continue };
        let place = Place::new(part, format!("欄 {}", xml.value(column, "id")));
        let mut name = Edits::default();
        for mark in braces(marks(&attr.value), &place)? {
            if let Word::Field(field) = &mark.word {
                let value = clean(&lookup.value(field, None, &place).printed());
                name.replace(mark.range.clone(), value.replace('\n', "_x000a_"));
            }
        }
        let new = name.apply(&attr.value, 0..attr.value.len());
        edits.replace(attr.span.clone(), xml.quoted(&attr, &new));
    }
    Ok(())
}

/// The old drawings of comments and controls: anchors, rows and links.
pub fn old_drawing(text: &str, home: &str, shifts: &Shifts, map: &RowMap) -> String {
    let anchor = |inner: &str| {
        let mut numbers: Vec<String> = inner.split(',').map(|n| n.trim().to_owned()).collect();
        let row = |at: usize| numbers.get(at).and_then(|n| n.parse::<u32>().ok());
        let (Some(first), Some(last)) = (row(2), row(6)) else { return inner.to_owned() };
        let new = anchored(map, first);
        for (at, value) in [(2, new), (6, new + last.saturating_sub(first))] {
            if let Some(number) = numbers.get_mut(at) {
                *number = value.to_string();
            }
        }
        numbers.join(", ")
    };
    let row = |inner: &str| {
        inner.trim().parse().map_or_else(|_| inner.to_owned(), |row: u32| anchored(map, row).to_string())
    };
    let link = |inner: &str| escape(&moved(shifts, home, None, &unescape(inner)));
    let text = between(text, "<x:Anchor>", "</x:Anchor>", anchor);
    let text = between(&text, "<x:Row>", "</x:Row>", row);
    let text = between(&text, "<x:FmlaLink>", "</x:FmlaLink>", link);
    between(&text, "<x:FmlaRange>", "</x:FmlaRange>", link)
}

/// The text with what stands between two others changed, each time.
fn between(text: &str, open: &str, close: &str, change: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((inner, left)) = after.split_once(close) else { break };
        out.push_str(before);
        out.push_str(open);
        out.push_str(&change(inner));
        out.push_str(close);
        rest = left;
    }
    out.push_str(rest);
    out
}

/// The workbook's part: names moved, and everything reckoned again on opening.
pub fn workbook(xml: &Xml<'_>, sheets: &[String], shifts: &Shifts, reckon: bool, edits: &mut Edits) {
    for name in xml.all("definedName") {
        let local: Option<usize> = xml.value(name, "localSheetId").parse().ok();
        let home = local.and_then(|at| sheets.get(at)).map_or("", String::as_str);
        let old = xml.content(name);
        let new = moved(shifts, home, None, &old);
        if new != old {
            edits.replace(xml.inner(name), escape(&new));
        }
    }
    if reckon {
        recalculate(xml, edits);
    }
}

/// Elements that come after the settings of reckoning in a workbook (ECMA-376 part 1, 18.2.27).
const AFTER: [&str; 9] = [
    "oleSize",
    "customWorkbookViews",
    "pivotCaches",
    "smartTagPr",
    "smartTagTypes",
    "webPublishing",
    "fileRecoveryPr",
    "webPublishObjects",
    "extLst",
];

fn recalculate(xml: &Xml<'_>, edits: &mut Edits) {
    let Some(root) = xml.all("workbook").next() else { return };
    if let Some(settings) = xml.children(root).into_iter().find(|t| xml.local(*t) == "calcPr") {
        return set(xml, settings, "fullCalcOnLoad", "1", edits);
    }
    let after = xml.children(root).into_iter().find(|t| AFTER.contains(&xml.local(*t)));
    let at = after.map_or(xml.inner(root).end, |t| xml.tokens[t].span.start);
    edits.replace(at..at, format!("<{}calcPr fullCalcOnLoad=\"1\"/>", xml.prefix(root)));
}

/// Takes the order of reckoning out of the package, for cells that have moved.
///
/// # Errors
/// When the lists that name it are not well-formed.
pub fn forget_order(package: &mut Package<'_>, workbook: &str) -> Result<(), TemplateError> {
    let own = relations(package, workbook)?;
    let Some(chain) = own.into_iter().find(|r| r.kind == "calcChain") else { return Ok(()) };
    let list = relations_name(workbook);
    without(package, &list, |xml, t| xml.local(t) == "Relationship" && xml.value(t, "Id") == chain.id)?;
    let name = format!("/{}", chain.target);
    without(package, TYPES, |xml, t| {
        xml.local(t) == "Override" && xml.value(t, "PartName").eq_ignore_ascii_case(&name)
    })?;
    package.drop_part(&chain.target);
    Ok(())
}

/// A part without the elements that are meant.
fn without(
    package: &mut Package<'_>,
    part: &str,
    meant: impl Fn(&Xml<'_>, usize) -> bool,
) -> Result<(), TemplateError> {
    let Some(text) = package.text(part)? else { return Ok(()) };
    let xml = Xml::parse(&text).map_err(|_| TemplateError::damaged(part))?;
    let mut edits = Edits::default();
    for token in areas::everything(&xml).filter(|t| xml.opens(*t) && meant(&xml, *t)) {
        edits.replace(xml.outer(token), "");
    }
    let new = edits.apply(&text, 0..text.len());
    package.put(part, new);
    Ok(())
}
