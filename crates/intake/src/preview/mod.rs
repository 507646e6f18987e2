//! Looking at a file without opening it in the program that made it, and without a copy on disk: its bytes go to a
//! process of their own, and come back as pictures of bounded size, as text, or as a plain grid. That process may run
//! out of memory, hang or fall over without harm.

mod document;
mod exif;
mod frame;
mod picture;
mod portable;
mod serve;
mod words;

use crate::child::{Process, SENSELESS};
use crate::{BookReader, IntakeError, Limits};
use frame::{Answer, Ask};
use std::io::{self, Write};

pub use frame::{Exif, GridView, Picture, PreviewFacts, PreviewKind, TextView};
pub use serve::serve_preview;

/// Bytes of the largest file that is shown; of a larger one only as many are looked at.
pub const MAX_PREVIEW_BYTES: u64 = 96 << 20;
/// Width of the widest picture that is made, in pixels.
pub(crate) const MAX_WIDTH: u32 = 1600;
/// Bytes handed over at once.
const PIECE: usize = 1 << 20;

/// Takes the bytes of the file that is to be shown.
pub struct Feeder {
    process: Process<Answer>,
    waiting: Vec<u8>,
    fed: u64,
    failed: Option<IntakeError>,
}

/// A file that another process shows; dropping it ends that process.
pub struct Preview {
    process: Process<Answer>,
    facts: PreviewFacts,
}

impl Feeder {
    /// Starts the process.
    ///
    /// # Errors
    /// [`IntakeError::NoReader`].
    pub fn start(reader: &BookReader, limits: &Limits) -> Result<Self, IntakeError> {
        let process = Process::start(reader, limits)?;
        Ok(Self { process, waiting: Vec::with_capacity(PIECE), fed: 0, failed: None })
    }

    /// Whether as many bytes came as are looked at; the rest was not taken.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.fed >= MAX_PREVIEW_BYTES
    }

    fn hand_over(&mut self) -> Result<(), IntakeError> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.waiting, Vec::with_capacity(PIECE));
        match self.process.ask(&Ask::Bytes(piece), None)? {
            Answer::Taken => Ok(()),
            _ => Err(SENSELESS),
        }
    }

    /// Ends the feeding and looks at what came. `name` is the file's name, of which only the ending matters.
    ///
    /// # Errors
    /// What the file is refused for: [`IntakeError::Empty`], `Locked`, `Damaged`, `TooLarge`.
    pub fn look(mut self, name: &str) -> Result<Preview, IntakeError> {
        if let Some(error) = self.failed.take() {
            return Err(error);
        }
        self.hand_over()?;
        let ending = name.rsplit_once('.').map(|(_, e)| e.to_ascii_lowercase()).unwrap_or_default();
        let cut = self.is_full();
        match self.process.ask(&Ask::Look { ending, cut }, None)? {
            Answer::Looked(facts) => Ok(Preview { process: self.process, facts }),
            _ => Err(SENSELESS),
        }
    }
}

impl Write for Feeder {
    /// Refuses, with `WriteZero`, what is beyond [`MAX_PREVIEW_BYTES`].
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_full() || self.failed.is_some() {
            return Ok(0);
        }
        let room = usize::try_from(MAX_PREVIEW_BYTES - self.fed).unwrap_or(usize::MAX);
        let room = room.min(PIECE - self.waiting.len());
        let taken = bytes.get(..bytes.len().min(room)).unwrap_or_default();
        self.waiting.extend_from_slice(taken);
        self.fed += taken.len() as u64;
        if self.waiting.len() == PIECE
            && let Err(error) = self.hand_over()
        {
            self.failed = Some(error);
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Preview {
    /// What the file is.
    #[must_use]
    pub fn facts(&self) -> &PreviewFacts {
        &self.facts
    }

    /// A page as a picture, at most `width` and never more than 1,600 pixels wide. Pages count from 0.
    ///
    /// # Errors
    /// `Damaged` for a page that cannot be drawn, `TooLarge`; after `TooLarge` by memory or seconds the preview is gone.
    pub fn picture(&mut self, page: u32, width: u32) -> Result<Picture, IntakeError> {
        match self.process.ask(&Ask::Page { page, width: width.clamp(16, MAX_WIDTH) }, None)? {
            Answer::Page(picture) => Ok(picture),
            _ => Err(SENSELESS),
        }
    }

    /// The beginning of a text.
    ///
    /// # Errors
    /// As [`Preview::picture`].
    pub fn text(&mut self) -> Result<TextView, IntakeError> {
        match self.process.ask(&Ask::Text, None)? {
            Answer::Text(text) => Ok(text),
            _ => Err(SENSELESS),
        }
    }

    /// The beginning of a sheet, by its place from 0.
    ///
    /// # Errors
    /// As [`Preview::picture`].
    pub fn grid(&mut self, sheet: u32) -> Result<GridView, IntakeError> {
        match self.process.ask(&Ask::Grid(sheet), None)? {
            Answer::Grid(grid) => Ok(grid),
            _ => Err(SENSELESS),
        }
    }
}
