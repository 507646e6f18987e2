//! `exam_firm` of `vault.db`: what kind of firm every exam is of, so that kinds can be compared without opening exams. The
//! exams' own files are the truth; a row is renewed with `chapter_figure`, and is there once the exam's figures are.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::schema::Migration;
use crate::vault::Vault;
use fieldbook_model::{ExamId, FirmKind};
use rusqlite::params;
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE exam_firm (
        exam TEXT PRIMARY KEY,
        line TEXT,
        class TEXT,
        grade TEXT
    ) STRICT, WITHOUT ROWID;",
)];

impl Vault {
    /// Renews what kind of firm an exam is of. What is right already is not written again.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn keep_firm_kind(&mut self, exam: &ExamId, kind: &FirmKind) -> Result<(), VaultError> {
        if self.firm_kinds_of("exam = ?1", exam.as_str())?.get(exam) == Some(kind) {
            return Ok(());
        }
        self.conn.execute(
            "INSERT OR REPLACE INTO exam_firm VALUES (?1, ?2, ?3, ?4)",
            params![
                exam.as_str(),
                kind.line.map(|line| line.code()),
                kind.class.map(|class| class.code()),
                kind.grade.map(|grade| grade.code())
            ],
        )?;
        Ok(())
    }

    /// What kind of firm every exam is of, as it was kept last; an exam whose figures were never kept is not among them.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_firm_kinds(&self) -> Result<BTreeMap<ExamId, FirmKind>, VaultError> {
        self.firm_kinds_of("exam <> ?1", "")
    }

    fn firm_kinds_of(&self, condition: &str, param: &str) -> Result<BTreeMap<ExamId, FirmKind>, VaultError> {
        let mut some = self
            .conn
            .prepare(&format!("SELECT exam, line, class, grade FROM exam_firm WHERE {condition}"))?;
        let mut rows = some.query([param])?;
        let mut out = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let some = |i: usize| row.get::<_, Option<String>>(i);
            let exam = ExamId::parse(&row.get::<_, String>(0)?);
            let kind = FirmKind {
                line: some(1)?.as_deref().map(Coded::from_code).transpose()?,
                class: some(2)?.as_deref().map(Coded::from_code).transpose()?,
                grade: some(3)?.as_deref().map(Coded::from_code).transpose()?,
            };
            out.insert(exam.map_err(|_| VaultError::Damaged { what: "exam id" })?, kind);
        }
        Ok(out)
    }
}
