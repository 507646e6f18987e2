//! Templates that somebody else designed, filled: .xlsx, .docx and .ods. Everything that no placeholder touches stays
//! as it is.

mod docx;
mod error;
mod formula;
mod lookup;
mod marks;
mod ods;
mod opc;
mod package;
mod regions;
mod rowmap;
mod text;
mod xlsx;
mod xml;

pub use error::{Place, TemplateError};
pub use lookup::{Found, Unfilled};

use crate::build::placeholder::Values;
use lookup::Lookup;
use package::Package;

/// What a template is a file of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TemplateKind {
    /// A workbook of Office Open XML.
    Xlsx,
    /// A document of Office Open XML.
    Docx,
    /// A workbook of OpenDocument.
    Ods,
}

impl TemplateKind {
    /// Ending of the file's name.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Docx => "docx",
            Self::Ods => "ods",
        }
    }
}

/// A template that was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// What it is a file of.
    pub kind: TemplateKind,
    /// Content.
    pub bytes: Vec<u8>,
    /// Placeholders that nothing was put in the place of, in their order.
    pub unfilled: Vec<Unfilled>,
    /// Where a text was longer than a cell or a page's head may hold, and was cut with a mark.
    pub cut: Vec<Place>,
}

/// What a template asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateCheck {
    /// What it is a file of.
    pub kind: TemplateKind,
    /// Every placeholder, in order of sheets or parts; those of regions begin with `#`.
    pub found: Vec<Found>,
    /// Why it could not be filled; empty for one that can.
    pub problems: Vec<TemplateError>,
}

impl TemplateCheck {
    /// The placeholders whose names are not known where they stand.
    pub fn unknown(&self) -> impl Iterator<Item = &Found> {
        self.found.iter().filter(|f| !f.known)
    }
}

/// Fills a template.
pub fn fill(bytes: &[u8], values: &Values) -> Result<Filled, TemplateError> {
    let mut package = Package::open(bytes)?;
    let (kind, main) = recognise(&mut package)?;
    let lookup = match kind {
        TemplateKind::Xlsx => xlsx::fill(&mut package, &main, values)?,
        TemplateKind::Docx => docx::fill(&mut package, &main, values)?,
        TemplateKind::Ods => ods::fill(&mut package, values)?,
    };
    let Lookup { unfilled, cut, .. } = lookup;
    Ok(Filled { kind, bytes: package.finish()?, unfilled, cut })
}

/// Looks at a template without an exam.
pub fn check(bytes: &[u8]) -> Result<TemplateCheck, TemplateError> {
    let mut package = Package::open(bytes)?;
    let (kind, main) = recognise(&mut package)?;
    let names = Values::names();
    let (lookup, problems) = match kind {
        TemplateKind::Xlsx => xlsx::faults(&mut package, &main, &names)?,
        TemplateKind::Docx => docx::faults(&mut package, &main, &names)?,
        TemplateKind::Ods => ods::faults(&mut package, &names)?,
    };
    Ok(TemplateCheck { kind, found: lookup.found, problems })
}

/// What the package is, and its main part.
fn recognise(package: &mut Package<'_>) -> Result<(TemplateKind, String), TemplateError> {
    if package.has("mimetype") {
        return ods::recognise(package).map(|main| (TemplateKind::Ods, main));
    }
    if opc::has_macros(package)? {
        return Err(TemplateError::Macros);
    }
    let main = opc::main_part(package)?;
    let kind = match opc::content_type(package, &main)? {
        t if t.ends_with("spreadsheetml.sheet.main+xml") => TemplateKind::Xlsx,
        t if t.ends_with("wordprocessingml.document.main+xml") => TemplateKind::Docx,
        _ => return Err(TemplateError::Unsupported),
    };
    Ok((kind, main))
}
