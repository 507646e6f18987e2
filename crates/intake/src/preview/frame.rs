//! What the two processes say to one another about a file that is shown.

use crate::child::{Fault, Reply};
use serde::{Deserialize, Serialize};

/// How a file is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PreviewKind {
    /// One picture.
    Image,
    /// Pages, each a picture.
    Pdf,
    /// Text.
    Text,
    /// Sheets.
    Sheets,
    /// A picture of a kind that is not drawn (HEIC, HEIF, AVIF).
    Heic,
    /// Nothing that is shown.
    Other,
}

/// What a camera wrote into a picture. A clock that was wrong is as wrong here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exif {
    /// When it was taken, by the camera's clock (`2026-11-21T09:30:00`); `None` where the picture does not say.
    pub taken_at: Option<String>,
    /// Offset of that clock from UTC (`+08:00`), where the camera wrote one; cameras mostly do not.
    pub offset: Option<String>,
    /// Maker and model; empty where the picture does not say.
    pub camera: String,
    /// Whether it says where it was taken.
    pub has_place: bool,
}

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewFacts {
    /// How it is shown.
    pub kind: PreviewKind,
    /// Pages or sheets; 1 for a picture or a text, 0 for what is not shown.
    pub pages: u32,
    /// Width and height of a picture, in pixels, as the file has them.
    pub size: Option<(u32, u32)>,
    /// Names of the sheets.
    pub sheets: Vec<String>,
    /// What the camera wrote; `None` where nothing was found.
    pub exif: Option<Exif>,
}

/// A picture, as PNG.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The bytes.
    pub png: Vec<u8>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The beginning of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextView {
    /// What it says.
    pub text: String,
    /// Its encoding.
    pub encoding: String,
    /// It goes on.
    pub cut: bool,
}

/// The beginning of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridView {
    /// Row number that a spreadsheet shows, and the cells from the first column on.
    pub rows: Vec<(u32, Vec<String>)>,
    /// There is more below or at the right.
    pub cut: bool,
}

/// What is asked of the process that shows.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Ask {
    /// Take these bytes.
    Bytes(Vec<u8>),
    /// Say what it is; `cut` when the file goes on.
    Look { ending: String, cut: bool },
    /// Draw a page.
    Page { page: u32, width: u32 },
    /// The beginning of the text.
    Text,
    /// The beginning of a sheet.
    Grid(u32),
}

/// What it answers, one for each question.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The bytes are there.
    Taken,
    Looked(PreviewFacts),
    Page(Picture),
    Text(TextView),
    Grid(GridView),
    /// It cannot be done.
    Failed(Fault),
}

impl Reply for Answer {
    fn fault(&self) -> Option<Fault> {
        if let Self::Failed(fault) = self { Some(*fault) } else { None }
    }
}
