//! The side of the process that reads: it has one workbook and answers one question after the other.

use super::book::{Book, Rows};
use super::frame::{Answer, Ask};
use crate::child::{self, FRAME_MAX, Fault};
use crate::{IntakeError, Limits};
use std::io::{self, ErrorKind, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Bytes of the rows that go into one answer.
const BATCH_BYTES: usize = 1 << 20;

/// Reads workbooks for another process until `input` ends: the work of the program that a [`super::BookReader`]
/// starts. It writes nothing anywhere but to `output`. Whoever calls this limits the process's memory before.
///
/// # Errors
/// The streams'; `InvalidData` when what comes is no question.
pub fn serve_book(mut input: impl Read, mut output: impl Write, limits: &Limits) -> io::Result<()> {
    let mut reading = Reading::default();
    while let Some(ask) = child::read::<Ask>(&mut input)? {
        // What a hostile file makes of a reader is damage, even when it panics.
        let answer = catch_unwind(AssertUnwindSafe(|| reading.answer(ask, limits)));
        let answer = match answer {
            Ok(Ok(answer)) => answer,
            Ok(Err(error)) => Answer::Failed(Fault::of(&error)),
            Err(_) => Answer::Failed(Fault::Damaged),
        };
        match child::write(&mut output, &answer) {
            Err(e) if e.kind() == ErrorKind::InvalidData => {
                child::write(&mut output, &Answer::Failed(Fault::Line(u64::from(FRAME_MAX))))?;
            }
            written => written?,
        }
    }
    Ok(())
}

#[derive(Default)]
struct Reading {
    book: Option<Book>,
    rows: Option<Rows>,
}

impl Reading {
    fn answer(&mut self, ask: Ask, limits: &Limits) -> Result<Answer, IntakeError> {
        const NOT_OPEN: IntakeError = IntakeError::Damaged { what: "question" };
        match ask {
            Ask::Book { path, sha256, kind } => {
                let book = Book::open(&path, &sha256, kind, limits)?;
                Ok(Answer::Book(self.book.insert(book).facts()))
            }
            Ask::Sheet(place) => {
                self.rows = None;
                let (facts, rows) = self.book.as_mut().ok_or(NOT_OPEN)?.sheet(place, limits)?;
                self.rows = Some(rows);
                Ok(Answer::Sheet(facts))
            }
            Ask::More => Ok(Answer::Rows(self.rows.as_mut().ok_or(NOT_OPEN)?.batch(BATCH_BYTES))),
        }
    }
}
