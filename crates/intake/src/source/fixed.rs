//! Text in columns of a fixed width, padded with blanks, as `lastlog` and old hosts print it.

use super::Cell;
use std::borrow::Cow;

/// Lines at the beginning among which the header may be.
const HEADERS: usize = 40;
/// Lines that are looked at.
const LINES: usize = 400;
/// Lines below the header that it takes to believe in columns.
const BODY: usize = 2;

/// Where the columns of a text meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Columns {
    /// Places that are blank in every row that keeps to the columns, one between each two columns, ascending.
    seams: Vec<usize>,
}

impl Columns {
    /// Finds columns under a header whose words stand two blanks or more apart: between two of them there must be a
    /// place that is blank in nearly every line below. Of several such lines that which tells most columns.
    pub(super) fn find<'t>(lines: impl Iterator<Item = &'t str>) -> Option<Self> {
        let lines: Vec<Vec<bool>> = lines.filter(|l| !l.trim().is_empty()).take(LINES).map(inked).collect();
        let mut best: Option<Self> = None;
        for (at, header) in lines.iter().enumerate().take(HEADERS) {
            let body = lines.get(at + 1..).unwrap_or_default();
            let words = words(header);
            if words.len() < 2
                || body.len() < BODY
                || best.as_ref().is_some_and(|b| b.seams.len() + 1 >= words.len())
            {
                continue;
            }
            let gaps = words.windows(2).filter_map(|pair| match pair {
                [(_, end), (start, _)] => Some((*end, *start)),
                _ => None,
            });
            let seams: Option<Vec<usize>> = gaps.map(|(end, start)| seam(body, end, start)).collect();
            if let Some(seams) = seams {
                best = Some(Self { seams });
            }
        }
        best
    }

    /// The cells of a line. A line that does not keep to the columns is one cell: nothing of it is cut in two.
    pub(super) fn split<'l>(&self, line: &'l str) -> Vec<(u32, Cell<'l>)> {
        let mut cuts = Vec::with_capacity(self.seams.len() + 2);
        cuts.push(0);
        let mut seams = self.seams.iter().peekable();
        let mut place = 0;
        for (byte, c) in line.char_indices() {
            let next = place + width(c);
            if seams.next_if(|seam| (place..next).contains(*seam)).is_some() {
                if !c.is_whitespace() {
                    return self.whole(line);
                }
                cuts.push(byte);
            }
            place = next;
        }
        cuts.resize(self.seams.len() + 1, line.len());
        cuts.push(line.len());
        let texts = cuts.windows(2).map(|pair| match pair {
            [from, to] => line.get(*from..*to).unwrap_or_default().trim(),
            _ => "",
        });
        (0_u32..).zip(texts).filter(|(_, t)| !t.is_empty()).map(|(i, t)| (i, text(t))).collect()
    }

    fn whole<'l>(&self, line: &'l str) -> Vec<(u32, Cell<'l>)> {
        vec![(0, text(line.trim()))]
    }
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

/// Places that a character takes: hosts that print in columns give Chinese ones two.
fn width(c: char) -> usize {
    if c.is_ascii() { 1 } else { 2 }
}

/// Which places of a line hold something.
fn inked(line: &str) -> Vec<bool> {
    line.trim_end().chars().flat_map(|c| std::iter::repeat_n(!c.is_whitespace(), width(c))).collect()
}

/// Beginning and end of what stands two blanks or more apart.
fn words(line: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in line.iter().enumerate().filter(|(_, inked)| **inked) {
        match found.last_mut() {
            Some((_, end)) if place < *end + 2 => *end = place + 1,
            _ => found.push((place, place + 1)),
        }
    }
    found
}

/// The last place from `end` to before `start` that is blank in all lines but one in ten.
fn seam(lines: &[Vec<bool>], end: usize, start: usize) -> Option<usize> {
    let crossed = |place: usize| lines.iter().filter(|l| l.get(place).copied().unwrap_or(false)).count();
    // Of places that are crossed equally seldom the last one: columns mostly begin below their words.
    let (times, place) = (end..start).rev().map(|place| (crossed(place), place)).min_by_key(|(n, _)| *n)?;
    (times * 10 <= lines.len()).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LASTLOG: &str = "\
Username         Port     From             Latest
root             pts/0    192.168.100.5    Thu Dec 31 08:21:26 +0800 2020
daemon                                     **Never logged in**
a_very_long_name_of_somebody pts/1 10.0.0.1 Wed Dec 30 09:00:00 +0800 2020
user01           pts/2    10.1.2.3         Wed Dec 30 17:45:01 +0800 2020
";

    fn texts<'l>(columns: &Columns, line: &'l str) -> Vec<(u32, Cow<'l, str>)> {
        let text = |(at, cell)| match cell {
            Cell::Text(text) => (at, text),
            _ => (at, Cow::Borrowed("")),
        };
        columns.split(line).into_iter().map(text).collect()
    }

    #[test]
    fn the_columns_of_lastlog_are_found() {
        let many = format!(
            "{LASTLOG}{}",
            "daemon                                     **Never logged in**\n".repeat(20)
        );
        let columns = Columns::find(many.lines()).expect("columns");
        let lines: Vec<&str> = LASTLOG.lines().collect();
        let of = |at: usize| texts(&columns, lines[at]);
        assert_eq!(of(0).len(), 4);
        assert_eq!(of(1)[3], (3, "Thu Dec 31 08:21:26 +0800 2020".into()));
        assert_eq!(of(2), [(0, "daemon".into()), (3, "**Never logged in**".into())]);
        assert_eq!(of(3), [(0, lines[3].into())], "what does not keep to the columns is not cut in two");
        assert_eq!(of(4)[1], (1, "pts/2".into()));
    }

    #[test]
    fn columns_of_chinese_and_of_numbers_are_found() {
        let report = "甲乙期貨  帳號清冊\n\n帳號      姓名          次數\nroot      王小明           3\nadmin     歐陽大同     1,024\nguest                      0\n";
        let columns = Columns::find(report.lines()).expect("columns");
        assert_eq!(
            texts(&columns, "admin     歐陽大同     1,024"),
            [(0, "admin".into()), (1, "歐陽大同".into()), (2, "1,024".into())]
        );
        assert_eq!(texts(&columns, "guest                      0"), [(0, "guest".into()), (2, "0".into())]);
    }

    #[test]
    fn what_has_no_columns_is_left_alone() {
        for text in [
            "帳號\nroot\nadmin\n",
            "帳號,姓名\nroot,王\nadmin,李\n",
            "A report  of nothing\nthat goes on and on in prose\nwithout any columns at all, alas\n",
            "Name  Port\n",
            "",
        ] {
            assert_eq!(Columns::find(text.lines()), None, "{text}");
        }
    }
}
