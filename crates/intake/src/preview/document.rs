//! What a document of a word processor (.docx) says: its paragraphs and tables in their order, without layout, heads and
//! feet, notes and pictures.

use super::TextView;
use super::words::MOST_BYTES;
use crate::source::{Package, SharedFile};
use crate::{IntakeError, Limits};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

const DAMAGED: IntakeError = IntakeError::Damaged { what: "document" };
/// What stands between two cells of a row.
const CELL: &str = "｜";

/// The beginning of what it says; `None` for a container that is no such document.
pub(super) fn text(bytes: &[u8], limits: &Limits) -> Result<Option<TextView>, IntakeError> {
    let file = SharedFile::of_bytes(bytes.to_vec());
    match Package::open(&file, limits)?.main_part(limits)? {
        Some(part) => read(&part),
        None => Ok(None),
    }
}

/// A row that is being read, and the cell in hand.
#[derive(Default)]
struct Row {
    cells: Vec<String>,
    cell: String,
}

/// What was read so far. A table in a cell is part of that cell.
#[derive(Default)]
struct Said {
    text: String,
    line: String,
    rows: Vec<Row>,
    /// Whether the text of a run is being read.
    run: bool,
    /// How deep in what is only there for older programs: the same as stands before it.
    again: usize,
}

impl Said {
    fn begin(&mut self, name: &str) {
        match name {
            "Fallback" => self.again += 1,
            _ if self.again > 0 => {}
            "tr" => self.rows.push(Row::default()),
            "t" => self.run = true,
            _ => {}
        }
    }

    fn single(&mut self, name: &str) {
        match name {
            _ if self.again > 0 => {}
            "tab" => self.line.push('\t'),
            "br" | "cr" => self.line.push('\n'),
            "p" => self.paragraph(),
            "tc" => self.cell(),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Fallback" => self.again = self.again.saturating_sub(1),
            _ if self.again > 0 => {}
            "t" => self.run = false,
            "p" => self.paragraph(),
            "tc" => self.cell(),
            "tr" => {
                let Some(row) = self.rows.pop() else { return };
                self.line.push_str(&row.cells.join(CELL));
                self.paragraph();
            }
            _ => {}
        }
    }

    fn paragraph(&mut self) {
        let line = std::mem::take(&mut self.line);
        match self.rows.last_mut() {
            // A row stays on one line.
            Some(row) if row.cell.is_empty() => row.cell = line.replace(['\n', '\t'], " "),
            Some(row) => row.cell.extend([" ", &line.replace(['\n', '\t'], " ")]),
            None => self.text.extend([line.as_str(), "\n"]),
        }
    }

    fn cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(std::mem::take(&mut row.cell));
        }
    }

    fn say(&mut self, text: &str) {
        if self.run {
            self.line.push_str(text);
        }
    }
}

fn read(part: &[u8]) -> Result<Option<TextView>, IntakeError> {
    let mut reader = Reader::from_reader(part);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    let most = usize::try_from(MOST_BYTES).unwrap_or(usize::MAX);
    let (mut said, mut first, mut cut) = (Said::default(), true, false);
    loop {
        match reader.read_event().map_err(|_| DAMAGED)? {
            // The part of another kind of file begins otherwise.
            Event::Start(e) if first => match e.local_name().as_ref() {
                "document" => first = false,
                _ => return Ok(None),
            },
            Event::Start(e) => said.begin(e.local_name().as_ref()),
            Event::Empty(_) if first => return Ok(None),
            Event::Empty(e) => said.single(e.local_name().as_ref()),
            Event::End(e) => said.end(e.local_name().as_ref()),
            Event::Text(t) => said.say(&t.xml10_content()),
            Event::CData(t) => said.say(&t.xml10_content()),
            Event::GeneralRef(r) => match resolve_predefined_entity(&r) {
                Some(known) => said.say(known),
                None => said.say(&r.resolve_char_ref().ok().flatten().ok_or(DAMAGED)?.to_string()),
            },
            Event::Eof => break,
            _ => {}
        }
        if said.text.len() > most {
            cut = true;
            break;
        }
    }
    let end = said.text.floor_char_boundary(most);
    said.text.truncate(end);
    let text = said.text.trim_end().replace('\0', "");
    Ok((!first).then(|| TextView { text, encoding: "UTF-8".to_owned(), cut }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> Option<TextView> {
        read(format!("<?xml version=\"1.0\"?><w:document><w:body>{body}</w:body></w:document>").as_bytes())
            .expect("readable")
    }

    fn line(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn paragraphs_and_tables_stand_in_their_order() {
        let row = |cells: [&str; 2]| {
            format!("<w:tr>{}</w:tr>", cells.map(|c| format!("<w:tc>{}</w:tc>", line(c))).concat())
        };
        let table = format!("<w:tbl>{}{}</w:tbl>", row(["條次", "結果"]), row(["一", "A &amp; B &#x7532;"]));
        let text =
            said(&[line("甲"), table, line("乙"), "<w:p/>".into(), line("丙")].concat()).expect("a document");
        assert_eq!((text.text.as_str(), text.cut), ("甲\n條次｜結果\n一｜A & B 甲\n乙\n\n丙", false));
    }

    #[test]
    fn a_cell_with_paragraphs_or_a_table_stays_on_the_line_of_its_row() {
        let inner =
            format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", line("內"), line("裡"));
        let body = format!(
            "<w:tbl><w:tr><w:tc>{}{}{inner}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            line("一"),
            line("二"),
            line("三")
        );
        assert_eq!(said(&body).expect("a document").text, "一 二 內｜裡｜三");
    }

    #[test]
    fn what_older_programs_are_given_what_was_deleted_and_codes_are_not_said() {
        let body = "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:delText>刪</w:delText><w:instrText>PAGE</w:instrText></w:r>\
            <mc:AlternateContent><mc:Fallback><w:t>甲</w:t><w:tab/></mc:Fallback></mc:AlternateContent></w:p>";
        assert_eq!(said(body).expect("a document").text, "甲\n乙");
    }

    #[test]
    fn a_long_document_is_cut_and_another_part_is_none() {
        let long = said(&line("一行").repeat(40_000)).expect("a document");
        assert!(long.cut && long.text.len() <= 200 << 10);
        assert_eq!(read(b"<workbook><sheets/></workbook>").expect("readable"), None);
        assert_eq!(read(b"").expect("readable"), None);
    }
}
