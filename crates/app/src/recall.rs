//! What was worked out about the open exam and holds as long as nothing was written: screens that somebody goes to and fro
//! between read the whole exam once.

use crate::desk::Desk;
use crate::dossier::own_fonts;
use crate::error::AppError;
use fieldbook_vault::Writes;
use jiff::civil::Date;
use std::cell::RefCell;
use std::path::PathBuf;
use std::time::SystemTime;

/// Everything that a paper of the open exam is made of, as far as it can change while the exam is open.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Standing {
    exam: Writes,
    vault: Writes,
    /// What is due depends on the day.
    day: Date,
    examiner: String,
    /// The fonts that were laid into the vault's folder, and when.
    fonts: Vec<(PathBuf, Option<SystemTime>)>,
}

impl Standing {
    fn of(desk: &Desk) -> Result<Self, AppError> {
        let open = desk.exam()?;
        let laid = |path: PathBuf| {
            let at = std::fs::metadata(&path).and_then(|file| file.modified()).ok();
            (path, at)
        };
        Ok(Self {
            exam: open.store.writes()?,
            vault: desk.vault()?.vault.writes()?,
            day: desk.host.now().date(),
            examiner: open.examiner.clone(),
            fonts: own_fonts(desk)?.into_iter().map(laid).collect(),
        })
    }
}

/// One thing that was worked out, with what it was worked out from.
pub(crate) struct Recalled<T>(RefCell<Option<(Standing, T)>>);

impl<T> Default for Recalled<T> {
    fn default() -> Self {
        Self(RefCell::new(None))
    }
}

impl<T: Clone> Recalled<T> {
    /// What is known, or else what `work` makes of the exam.
    ///
    /// # Errors
    /// `locked`, `no_exam`, the store's, or those of `work`.
    pub(crate) fn or(&self, desk: &Desk, work: impl FnOnce() -> Result<T, AppError>) -> Result<T, AppError> {
        let standing = Standing::of(desk)?;
        if let Some((known, value)) = &*self.0.borrow()
            && *known == standing
        {
            return Ok(value.clone());
        }
        let value = work()?;
        *self.0.borrow_mut() = Some((standing, value.clone()));
        Ok(value)
    }
}
