//! `chapter_figure` of `vault.db`: results of every exam by chapter, so that exams can be compared without opening them.
//! The exams' own files are the truth; an exam's figures are renewed when it is opened and when it is closed.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::schema::Migration;
use crate::vault::Vault;
use fieldbook_model::{ChapterFigures, ExamId};
use rusqlite::params;
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    6,
    "CREATE TABLE chapter_figure (
        exam TEXT NOT NULL,
        place INTEGER NOT NULL,
        document TEXT NOT NULL,
        chapter TEXT NOT NULL,
        result TEXT NOT NULL,
        items INTEGER NOT NULL,
        PRIMARY KEY (exam, place, result)
    ) STRICT, WITHOUT ROWID;",
)];

impl Vault {
    /// Renews the figures of an exam; its chapters in their order. What is right already is not written again.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn keep_figures(&mut self, exam: &ExamId, chapters: &[ChapterFigures]) -> Result<(), VaultError> {
        if self.figures(exam)? == chapters {
            return Ok(());
        }
        let tx = self.conn.transaction()?;
        tx.execute("DELETE FROM chapter_figure WHERE exam = ?1", [exam.as_str()])?;
        for (place, chapter) in (0_i64..).zip(chapters) {
            for (result, items) in &chapter.results {
                tx.prepare_cached("INSERT INTO chapter_figure VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(
                    params![
                        exam.as_str(),
                        place,
                        chapter.document,
                        chapter.chapter,
                        result.code(),
                        i64::try_from(*items).unwrap_or(i64::MAX)
                    ],
                )?;
            }
        }
        tx.commit()?;
        Ok(())
    }

    /// The figures of an exam as they were kept last; empty when they never were.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn figures(&self, exam: &ExamId) -> Result<Vec<ChapterFigures>, VaultError> {
        Ok(self.figures_of("exam = ?1", exam.as_str())?.remove(exam).unwrap_or_default())
    }

    /// The figures of every exam as they were kept last; an exam for which they never were is not among them.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_figures(&self) -> Result<BTreeMap<ExamId, Vec<ChapterFigures>>, VaultError> {
        self.figures_of("exam <> ?1", "")
    }

    fn figures_of(
        &self,
        condition: &str,
        param: &str,
    ) -> Result<BTreeMap<ExamId, Vec<ChapterFigures>>, VaultError> {
        let mut some = self.conn.prepare(&format!(
            "SELECT exam, place, document, chapter, result, items FROM chapter_figure WHERE {condition}
             ORDER BY exam, place"
        ))?;
        let mut rows = some.query([param])?;
        let mut out: BTreeMap<ExamId, Vec<ChapterFigures>> = BTreeMap::new();
        let mut last = (String::new(), 0);
        while let Some(row) = rows.next()? {
            let here: (String, i64) = (row.get(0)?, row.get(1)?);
            let exam = ExamId::parse(&here.0).map_err(|_| VaultError::Damaged { what: "exam id" })?;
            let chapters = out.entry(exam).or_default();
            if chapters.is_empty() || here != last {
                let (document, chapter) = (row.get(2)?, row.get(3)?);
                chapters.push(ChapterFigures { document, chapter, results: BTreeMap::new() });
                last = here;
            }
            if let Some(chapter) = chapters.last_mut() {
                let result = Coded::from_code(&row.get::<_, String>(4)?)?;
                chapter.results.insert(result, row.get::<_, i64>(5)?.unsigned_abs());
            }
        }
        Ok(out)
    }
}
