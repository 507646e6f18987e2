//! `clause_figure` of `vault.db`: results of every exam by clause, one row a result, so that clauses can be compared over
//! all exams without opening them. The exams' own files are the truth; they are renewed with `chapter_figure`.

use crate::codes::Coded;
use crate::error::VaultError;
use crate::json;
use crate::schema::Migration;
use crate::vault::Vault;
use fieldbook_model::{ClauseResults, ExamId};
use rusqlite::params;
use std::collections::BTreeMap;

pub(crate) const MIGRATIONS: &[Migration] = &[(
    8,
    "CREATE TABLE clause_figure (
        exam TEXT NOT NULL,
        result TEXT NOT NULL,
        clauses TEXT NOT NULL,
        PRIMARY KEY (exam, result)
    ) STRICT, WITHOUT ROWID;",
)];

impl Vault {
    /// Renews the results of an exam by clause. What is right already is not written again.
    ///
    /// # Errors
    /// When the vault cannot be written.
    pub fn keep_clause_results(&mut self, exam: &ExamId, results: &ClauseResults) -> Result<(), VaultError> {
        if self.clause_results_of("exam = ?1", exam.as_str())?.get(exam).unwrap_or(&BTreeMap::new())
            == results
        {
            return Ok(());
        }
        let tx = self.conn.transaction()?;
        tx.execute("DELETE FROM clause_figure WHERE exam = ?1", [exam.as_str()])?;
        for (result, clauses) in results {
            tx.prepare_cached("INSERT INTO clause_figure VALUES (?1, ?2, ?3)")?.execute(params![
                exam.as_str(),
                result.code(),
                json::clauses(clauses)
            ])?;
        }
        tx.commit()?;
        Ok(())
    }

    /// The results of every exam by clause, as they were kept last; an exam for which they never were is not among them.
    ///
    /// # Errors
    /// When the vault cannot be read.
    pub fn all_clause_results(&self) -> Result<BTreeMap<ExamId, ClauseResults>, VaultError> {
        self.clause_results_of("exam <> ?1", "")
    }

    fn clause_results_of(
        &self,
        condition: &str,
        param: &str,
    ) -> Result<BTreeMap<ExamId, ClauseResults>, VaultError> {
        let mut some = self
            .conn
            .prepare(&format!("SELECT exam, result, clauses FROM clause_figure WHERE {condition}"))?;
        let mut rows = some.query([param])?;
        let mut out: BTreeMap<ExamId, ClauseResults> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let t = |i: usize| row.get::<_, String>(i);
            let exam = ExamId::parse(&t(0)?).map_err(|_| VaultError::Damaged { what: "exam id" })?;
            let result = Coded::from_code(&t(1)?)?;
            out.entry(exam).or_default().insert(result, json::read_clauses(&t(2)?)?);
        }
        Ok(out)
    }
}
