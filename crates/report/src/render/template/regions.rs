//! Markers of regions, paired: which rows, paragraphs or blocks lie between which.

use super::error::{Place, TemplateError};
use super::marks::Word;

/// A placeholder in a line: a row of a sheet or table, or a paragraph.
#[derive(Debug, Clone)]
pub struct InLine {
    /// Number of the line; lines ascend.
    pub line: usize,
    pub word: Word,
    pub place: Place,
}

/// A region's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub name: String,
    /// Line of the opening marker.
    pub open: usize,
    /// Line of the closing marker.
    pub close: usize,
    /// Where it is opened.
    pub place: Place,
}

/// Pairs the markers of one sheet, table or text.
///
/// # Errors
/// When a region is not closed, not opened, within another, without lines, or when a marker's line holds another
/// placeholder, which would go with it.
pub fn pair(found: &[InLine]) -> Result<Vec<Region>, TemplateError> {
    let mut regions: Vec<Region> = Vec::new();
    let mut open: Option<(usize, &str, &Place)> = None;
    for (at, mark) in found.iter().enumerate() {
        match &mark.word {
            Word::Field(_) => continue,
            Word::Open(name) => {
                if open.is_some() {
                    return Err(TemplateError::NestedRegion {
                        name: name.clone(),
                        place: mark.place.clone(),
                    });
                }
                open = Some((mark.line, name, &mark.place));
            }
            Word::Close(name) => match open.take() {
                Some((line, opened, place)) if opened == name => {
                    if mark.line <= line + 1 {
                        return Err(TemplateError::EmptyRegion { name: name.clone(), place: place.clone() });
                    }
                    let place = place.clone();
                    regions.push(Region { name: name.clone(), open: line, close: mark.line, place });
                }
                _ => {
                    return Err(TemplateError::UnopenedRegion {
                        name: name.clone(),
                        place: mark.place.clone(),
                    });
                }
            },
        }
        alone(found, at)?;
    }
    match open {
        Some((_, name, place)) => {
            Err(TemplateError::UnclosedRegion { name: name.to_owned(), place: place.clone() })
        }
        None => Ok(regions),
    }
}

/// A marker goes with its whole line, so nothing else may be asked for there.
fn alone(found: &[InLine], at: usize) -> Result<(), TemplateError> {
    let Some(mark) = found.get(at) else { return Ok(()) };
    let shared = found.iter().enumerate().any(|(other, f)| other != at && f.line == mark.line);
    match &mark.word {
        Word::Open(name) | Word::Close(name) if shared => {
            Err(TemplateError::MisplacedMarker { name: name.clone(), place: mark.place.clone() })
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(words: &[(usize, Word)]) -> Vec<InLine> {
        let place = |line: usize| Place::new("頁", format!("A{line}"));
        words
            .iter()
            .map(|(line, word)| InLine { line: *line, word: word.clone(), place: place(*line) })
            .collect()
    }

    fn open(name: &str) -> Word {
        Word::Open(name.to_owned())
    }

    fn close(name: &str) -> Word {
        Word::Close(name.to_owned())
    }

    #[test]
    fn regions_follow_each_other() {
        let found = lines(&[
            (1, open("甲")),
            (2, Word::Field("x".to_owned())),
            (4, close("甲")),
            (5, open("乙")),
            (7, close("乙")),
        ]);
        let regions = pair(&found).expect("well paired");
        assert_eq!(regions.iter().map(|r| (r.open, r.close)).collect::<Vec<_>>(), [(1, 4), (5, 7)]);
    }

    #[test]
    fn what_does_not_pair_is_told_with_its_place() {
        let place = |line: usize| Place::new("頁", format!("A{line}"));
        let name = || "甲".to_owned();
        let other = || "乙".to_owned();
        use TemplateError as E;
        for (words, error) in [
            (vec![(1, open("甲"))], E::UnclosedRegion { name: name(), place: place(1) }),
            (vec![(3, close("甲"))], E::UnopenedRegion { name: name(), place: place(3) }),
            (vec![(1, open("甲")), (2, open("乙"))], E::NestedRegion { name: other(), place: place(2) }),
            (vec![(1, open("甲")), (3, close("乙"))], E::UnopenedRegion { name: other(), place: place(3) }),
            (vec![(1, open("甲")), (2, close("甲"))], E::EmptyRegion { name: name(), place: place(1) }),
            (
                vec![(1, open("甲")), (3, close("甲")), (3, open("乙")), (5, close("乙"))],
                E::MisplacedMarker { name: name(), place: place(3) },
            ),
            (
                vec![(1, open("甲")), (1, Word::Field("x".to_owned())), (3, close("甲"))],
                E::MisplacedMarker { name: name(), place: place(1) },
            ),
        ] {
            assert_eq!(pair(&lines(&words)), Err(error));
        }
    }
}
