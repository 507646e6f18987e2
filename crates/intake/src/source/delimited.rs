//! Delimited text: separator recognised, records streamed, each with the line on which it begins. Text without a
//! separator may stand in columns of a fixed width.

use super::decode::{TextReader, beginning, recognise};
use super::fixed::Columns;
use super::shared_file::SharedFile;
use super::sniff::Sniff;
use super::{Cell, Flow, Gauge, RawRow};
use crate::{Excess, IntakeError, Limits};
use csv_core::{ReadRecordResult, ReaderBuilder};
use encoding_rs::Encoding;
use std::borrow::Cow;
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};

/// Lines that one quoted cell may span, if together they are no longer than one line may be, before its quotation mark
/// is taken for an ordinary character.
const QUOTED_LINES: usize = 200;
/// Lines that may be looked at in vain besides four for each line of the file.
const VAIN_LINES: usize = 20_000;

/// An opened text.
pub(crate) struct Delimited {
    file: SharedFile,
    encoding: &'static Encoding,
    separator: u8,
    /// Columns of a fixed width, in place of a separator.
    columns: Option<Columns>,
    line_end: u8,
}

impl Delimited {
    pub(crate) fn open(file: SharedFile, sniff: &Sniff, label: Option<&str>) -> Result<Self, IntakeError> {
        let encoding = recognise(&file, sniff, label)?;
        let head = beginning(&file, encoding)?;
        let line_end = if head.contains('\r') && !head.contains('\n') { b'\r' } else { b'\n' };
        if head.trim().is_empty() {
            return Err(IntakeError::Empty);
        }
        let (separator, fits) = separator(&head, char::from(line_end));
        let columns = if fits { None } else { Columns::find(head.split(char::from(line_end))) };
        Ok(Self { file, encoding, separator, columns, line_end })
    }

    pub(crate) fn encoding(&self) -> &str {
        self.encoding.name()
    }

    pub(crate) fn stream(
        &self,
        limits: &Limits,
        gauge: &Gauge,
        visit: &mut dyn FnMut(&RawRow<'_, '_>) -> Result<Flow, IntakeError>,
    ) -> Result<(), IntakeError> {
        let bytes = self.file.reader().telling(gauge);
        let text = BufReader::with_capacity(1 << 17, TextReader::new(bytes, self.encoding));
        let mut lines = Lines {
            text,
            end: self.line_end,
            number: 0,
            max: limits.max_line_bytes,
            pending: VecDeque::new(),
            spare: Vec::new(),
        };
        let mut splitter = Splitter::new(self.separator);
        while let Some(line) = lines.next()? {
            let cells = match &self.columns {
                Some(columns) => columns.split(&line.text),
                None => match splitter.split(&line, &mut lines)? {
                    Split::Whole => cells(parts(&line.text, self.separator)),
                    Split::Quoted => cells(splitter.fields()),
                },
            };
            if cells.len() as u64 > u64::from(limits.max_columns) {
                return Err(IntakeError::TooLarge {
                    what: Excess::Columns,
                    limit: u64::from(limits.max_columns),
                });
            }
            let says_how = line.number == 1 && line.text.starts_with("sep=");
            if !cells.is_empty() && !says_how {
                let row = RawRow { number: line.number, hidden: false, cells: &cells, filled: &[] };
                if visit(&row)? == Flow::Stop {
                    return Ok(());
                }
            }
            lines.again(line);
        }
        Ok(())
    }
}

/// What lies between separators.
fn parts(line: &str, separator: u8) -> impl Iterator<Item = &str> {
    let ends = memchr::memchr_iter(separator, line.as_bytes()).chain(std::iter::once(line.len()));
    ends.scan(0, |from, end| {
        let part = line.get(*from..end);
        *from = end + 1;
        part
    })
}

fn cells<'a>(fields: impl Iterator<Item = &'a str>) -> Vec<(u32, Cell<'a>)> {
    // 0x1A once marked the end of a file.
    let is_blank = |text: &str| text.trim_matches(|c: char| c.is_whitespace() || c == '\u{1a}').is_empty();
    let mut cells = Vec::with_capacity(16);
    for (column, text) in (0_u32..).zip(fields) {
        if text.as_bytes().first().is_some_and(u8::is_ascii_graphic) || !is_blank(text) {
            cells.push((column, Cell::Text(Cow::Borrowed(text))));
        }
    }
    cells
}

/// The separator that gives most lines the same number of cells, and whether it is in every other line at least.
fn separator(head: &str, line_end: char) -> (u8, bool) {
    if let Some(named) = head.strip_prefix("sep=").and_then(|rest| rest.bytes().next()).filter(u8::is_ascii) {
        return (named, true);
    }
    let lines: Vec<&str> = head.split(line_end).filter(|l| !l.trim().is_empty()).take(100).collect();
    let mut best = (0, b',');
    let mut fits = false;
    for candidate in [b',', b'\t', b';', b'|'] {
        let mut counts: Vec<usize> =
            lines.iter().map(|l| outside_quotes(l, candidate)).filter(|n| *n > 0).collect();
        counts.sort_unstable();
        let score = counts
            .chunk_by(|a, b| a == b)
            .map(|same| same.len() * same.len() * same[0].min(20))
            .max()
            .unwrap_or(0);
        if score > best.0 {
            best = (score, candidate);
            fits = counts.len() * 2 >= lines.len();
        }
    }
    (best.1, fits)
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        count += usize::from(byte == separator && !quoted);
    }
    count
}

/// One physical line without its end.
struct Line {
    number: u32,
    text: String,
}

struct Lines {
    text: BufReader<TextReader>,
    end: u8,
    number: u32,
    max: usize,
    /// Lines that were read ahead and given back.
    pending: VecDeque<Line>,
    /// Space of a line that is done with.
    spare: Vec<u8>,
}

impl Lines {
    fn next(&mut self) -> Result<Option<Line>, IntakeError> {
        if let Some(line) = self.pending.pop_front() {
            return Ok(Some(line));
        }
        let mut bytes = std::mem::take(&mut self.spare);
        let limit = self.max as u64 + 1;
        if (&mut self.text).take(limit).read_until(self.end, &mut bytes)? == 0 {
            return Ok(None);
        }
        if bytes.len() > self.max {
            return Err(IntakeError::TooLarge { what: Excess::Line, limit: self.max as u64 });
        }
        while matches!(bytes.last(), Some(b'\n' | b'\r')) {
            bytes.pop();
        }
        self.number = self.number.saturating_add(1);
        let text =
            String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned());
        Ok(Some(Line { number: self.number, text }))
    }
}

impl Lines {
    /// Takes back the space of a line.
    fn again(&mut self, line: Line) {
        self.spare = line.text.into_bytes();
        self.spare.clear();
    }
}

enum Split {
    /// The line has no quotation marks: its cells lie between separators.
    Whole,
    /// The cells are in the splitter.
    Quoted,
}

/// Splits records with quoted cells, which may go on over several lines.
struct Splitter {
    separator: u8,
    reader: csv_core::Reader,
    output: Vec<u8>,
    ends: Vec<usize>,
    fields: usize,
    /// Lines looked at ahead in vain, and lines split, so far.
    vain: usize,
    lines: usize,
}

impl Splitter {
    fn new(separator: u8) -> Self {
        let reader = ReaderBuilder::new().delimiter(separator).build();
        Self { separator, reader, output: Vec::new(), ends: Vec::new(), fields: 0, vain: 0, lines: 0 }
    }

    /// A quotation mark that is never closed is an ordinary character: the lines after it are given back.
    fn split(&mut self, line: &Line, lines: &mut Lines) -> Result<Split, IntakeError> {
        self.lines += 1;
        if !line.text.contains('"') {
            return Ok(Split::Whole);
        }
        self.reader.reset();
        let (mut written, mut fields) = (0, 0);
        if self.feed(&line.text, &mut written, &mut fields) {
            self.fields = fields;
            return Ok(Split::Quoted);
        }
        let mut ahead = VecDeque::new();
        // Marks that are never closed, line after line, must not make every line be looked at two hundred times.
        let most = if self.vain > VAIN_LINES + 4 * self.lines { 0 } else { QUOTED_LINES };
        while ahead.len() < most && written < lines.max {
            let Some(more) = lines.next()? else { break };
            let done = self.feed(&more.text, &mut written, &mut fields);
            ahead.push_back(more);
            if done {
                self.fields = fields;
                return Ok(Split::Quoted);
            }
        }
        self.vain += ahead.len();
        while let Some(back) = ahead.pop_back() {
            lines.pending.push_front(back);
        }
        Ok(Split::Whole)
    }

    /// Feeds a line and its end; true when the record ends with it.
    fn feed(&mut self, text: &str, written: &mut usize, fields: &mut usize) -> bool {
        let separators = memchr::memchr_iter(self.separator, text.as_bytes()).count();
        self.output.resize(self.output.len().max(*written + text.len() + 2), 0);
        self.ends.resize(self.ends.len().max(*fields + separators + 2), 0);
        for input in [text.as_bytes(), b"\n".as_slice()] {
            let mut rest = input;
            while !rest.is_empty() {
                let output = self.output.get_mut(*written..).unwrap_or_default();
                let ends = self.ends.get_mut(*fields..).unwrap_or_default();
                let (result, read, wrote, ended) = self.reader.read_record(rest, output, ends);
                rest = rest.get(read..).unwrap_or_default();
                *written += wrote;
                *fields += ended;
                match result {
                    ReadRecordResult::Record | ReadRecordResult::End => return true,
                    ReadRecordResult::InputEmpty => break,
                    ReadRecordResult::OutputFull => self.output.resize(self.output.len() * 2 + 16, 0),
                    ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2 + 4, 0),
                }
            }
        }
        false
    }

    fn fields(&self) -> impl Iterator<Item = &str> {
        let ends = self.ends.iter().take(self.fields);
        let starts = std::iter::once(&0).chain(ends.clone());
        starts.zip(ends).map(|(from, to)| {
            let bytes = self.output.get(*from..*to).unwrap_or_default();
            std::str::from_utf8(bytes).unwrap_or("\u{fffd}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(u32, Vec<(u32, String)>)> {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("x.csv");
        std::fs::write(&path, text).expect("written");
        let mut sniff = Sniff::default();
        sniff.feed(text.as_bytes());
        let opened = Delimited::open(SharedFile::open(&path).expect("opened"), &sniff, None).expect("text");
        let mut found = Vec::new();
        opened
            .stream(&Limits::default(), &Gauge::default(), &mut |row| {
                let text =
                    |c: &Cell<'_>| if let Cell::Text(t) = c { t.clone().into_owned() } else { String::new() };
                found.push((row.number, row.cells.iter().map(|(i, c)| (*i, text(c))).collect()));
                Ok(Flow::Go)
            })
            .expect("read");
        found
    }

    #[test]
    fn a_row_is_numbered_by_the_line_on_which_it_begins() {
        let found = rows("a,b\n\n1,\"x\ny\"\n2,z\n");
        let expected =
            [(1, vec![(0, "a"), (1, "b")]), (3, vec![(0, "1"), (1, "x\ny")]), (5, vec![(0, "2"), (1, "z")])];
        let expected: Vec<(u32, Vec<(u32, String)>)> = expected
            .into_iter()
            .map(|(n, cells)| (n, cells.into_iter().map(|(i, t)| (i, t.to_owned())).collect()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_quotation_mark_that_is_never_closed_swallows_nothing() {
        let found = rows("a,b\n\"19 inch,x\n2,y\n3,z\n");
        assert_eq!(found.iter().map(|(n, _)| *n).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert_eq!(found[1].1[0].1, "\"19 inch");
    }

    #[test]
    fn the_separator_is_found() {
        assert_eq!(rows("帳號\t姓名\na\t1,135,959\n")[1].1.len(), 2);
        assert_eq!(rows("帳號;姓名;部門\na;b;\"c;d\"\n")[1].1[2].1, "c;d");
        assert_eq!(rows("sep=|\na|b,c\n")[0].1[1].1, "b,c");
        assert_eq!(rows("a,b\r1,2\r").len(), 2);
    }
}
