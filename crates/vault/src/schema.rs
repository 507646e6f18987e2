//! Versions of the two schemas: which migrations there are and how far a database has come (`user_version`).

use crate::error::VaultError;
use crate::failpoint;
use crate::table;
use rusqlite::Connection;

/// One step: the schema version it belongs to, and its statements.
pub(crate) type Migration = (u32, &'static str);

/// Tables of `exams/<id>.db`; a table stands behind those it refers to.
pub(crate) const EXAM: &[&[Migration]] = &[
    table::journal::MIGRATIONS,
    table::exam::MIGRATIONS,
    table::fact::MIGRATIONS,
    table::system::MIGRATIONS,
    table::answer::MIGRATIONS,
    table::applicability_override::MIGRATIONS,
    table::edition::MIGRATIONS,
    table::pinned_law::MIGRATIONS,
    table::import_batch::MIGRATIONS,
    table::import_file::MIGRATIONS,
    table::import_sheet::MIGRATIONS,
    table::import_issue::MIGRATIONS,
    table::run::MIGRATIONS,
    table::run_rule::MIGRATIONS,
    table::exception_row::MIGRATIONS,
    table::disposition::MIGRATIONS,
    table::finding::MIGRATIONS,
    table::correction::MIGRATIONS,
    table::sample::MIGRATIONS,
    table::own_procedure::MIGRATIONS,
    table::count_entry::MIGRATIONS,
    table::finding_step::MIGRATIONS,
    table::follow_up::MIGRATIONS,
    table::evidence::MIGRATIONS,
    table::evidence_taking::MIGRATIONS,
    table::evidence_transfer::MIGRATIONS,
    table::review_note::MIGRATIONS,
    table::sign_off::MIGRATIONS,
    table::team_member::MIGRATIONS,
    table::assignment::MIGRATIONS,
    table::last_checkpoint::EXAM_MIGRATIONS,
    table::exam_copy::MIGRATIONS,
    table::record_state::MIGRATIONS,
    table::merge::MIGRATIONS,
    table::handed_over::MIGRATIONS,
];

/// Tables of `vault.db`.
pub(crate) const VAULT: &[&[Migration]] = &[
    table::setting::MIGRATIONS,
    table::exam_index::MIGRATIONS,
    table::mapping_memory::MIGRATIONS,
    table::law::MIGRATIONS,
    table::exam_law::MIGRATIONS,
    table::exam_key::MIGRATIONS,
    table::key_slot::MIGRATIONS,
    table::checklist_package::MIGRATIONS,
    table::trusted_signer::MIGRATIONS,
    table::contact::MIGRATIONS,
    table::phrase::MIGRATIONS,
    table::correction_memory::MIGRATIONS,
    table::disposition_memory::MIGRATIONS,
    table::own_procedure::MIGRATIONS,
    table::examiner_identity::MIGRATIONS,
    table::finding_index::MIGRATIONS,
    table::chapter_figure::MIGRATIONS,
    table::clause_figure::MIGRATIONS,
    table::exam_firm::MIGRATIONS,
    table::finding_course::MIGRATIONS,
    table::template::MIGRATIONS,
    table::journal::VAULT_MIGRATIONS,
    table::exam_retention::MIGRATIONS,
    table::destruction::MIGRATIONS,
    table::last_checkpoint::MIGRATIONS,
];

/// The version that this release writes.
pub(crate) fn latest(tables: &[&[Migration]]) -> u32 {
    tables.iter().flat_map(|t| t.iter()).map(|(version, _)| *version).max().unwrap_or(0)
}

/// The version of a database; 0 for a new one.
pub(crate) fn version(conn: &Connection) -> Result<u32, VaultError> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings a database up to this release, one transaction a version.
///
/// # Errors
/// [`VaultError::NewerFormat`] when a newer release wrote it; it is left alone.
pub(crate) fn migrate(conn: &mut Connection, tables: &[&[Migration]]) -> Result<(), VaultError> {
    let (found, latest) = (version(conn)?, latest(tables));
    if found > latest {
        return Err(VaultError::NewerFormat { found });
    }
    for version in found + 1..=latest {
        let tx = conn.transaction()?;
        for (_, sql) in tables.iter().flat_map(|t| t.iter()).filter(|(v, _)| *v == version) {
            tx.execute_batch(sql)?;
        }
        tx.pragma_update(None, "user_version", version)?;
        failpoint::reach("migrate.step")?;
        tx.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema(tables: &[&[Migration]]) -> String {
        let mut conn = Connection::open_in_memory().expect("opens");
        migrate(&mut conn, tables).expect("migrates");
        migrate(&mut conn, tables).expect("migrates again and does nothing");
        let mut all =
            conn.prepare("SELECT sql FROM sqlite_master WHERE sql NOT NULL ORDER BY name").expect("reads");
        let rows = all.query_map([], |r| r.get::<_, String>(0)).expect("reads");
        rows.map(|r| r.expect("text")).collect::<Vec<_>>().join(";\n\n")
    }

    #[test]
    fn the_schema_is_what_was_reviewed() {
        insta::assert_snapshot!("exam_schema", schema(EXAM));
        insta::assert_snapshot!("vault_schema", schema(VAULT));
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut conn = Connection::open_in_memory().expect("opens");
        conn.pragma_update(None, "user_version", 99).expect("sets");
        assert_eq!(migrate(&mut conn, EXAM), Err(VaultError::NewerFormat { found: 99 }));
    }
}
