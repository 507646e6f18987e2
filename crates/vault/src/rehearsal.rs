//! Whether statements over the datasets could run, before any exam has data: in memory, on empty views, under the rules
//! that every reader has.

use crate::authorize;
use crate::error::VaultError;
use crate::functions;
use crate::schema;
use crate::table::dataset;
use fieldbook_model::DatasetDef;
use rusqlite::config::DbConfig;
use rusqlite::hooks::AuthAction;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Why a statement cannot run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{error}")]
pub struct Refusal {
    /// The reason: [`VaultError::Statement`], [`VaultError::NotPermitted`] or [`VaultError::MissingParameter`].
    pub error: VaultError,
    /// What SQLite says about it: names and syntax, never a value.
    pub said: String,
    /// Byte of the statement at which it became clear, where SQLite tells.
    pub offset: Option<usize>,
}

/// Names of the columns that a statement reads, by dataset; `_id` and the like are left out.
pub type Reads = BTreeMap<String, BTreeSet<String>>;

/// A statement that would run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rehearsed {
    /// Names of its result columns.
    pub columns: Vec<String>,
    /// What it reads.
    pub reads: Reads,
}

/// Prepares statements against empty views of these datasets. Each comes with the names of the parameters, without
/// their colon, that it will be given; what comes back is its result columns and
/// what it reads.
///
/// # Errors
/// When the datasets cannot be set up; each statement has a result of its own.
pub fn rehearse(
    defs: &[DatasetDef],
    statements: &[(&str, Vec<&str>)],
) -> Result<Vec<Result<Rehearsed, Refusal>>, VaultError> {
    let mut conn = Connection::open_in_memory()?;
    schema::migrate(&mut conn, schema::EXAM)?;
    dataset::ensure(&mut conn, defs)?;
    functions::register(&conn)?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    let views: BTreeSet<String> = defs.iter().map(|d| d.key.clone()).collect();
    let seen: Arc<Mutex<Reads>> = Arc::default();
    let noted = Arc::clone(&seen);
    conn.authorizer(Some(move |ctx: rusqlite::hooks::AuthContext<'_>| {
        // A statement that uses no column of a view asks for the table behind it.
        if let AuthAction::Read { table_name, column_name } = ctx.action
            && let Some(view) =
                views.iter().find(|view| *view == table_name || dataset::table_of(view) == table_name)
        {
            let mut reads = noted.lock().unwrap_or_else(PoisonError::into_inner);
            let columns = reads.entry(view.clone()).or_default();
            if view == table_name && !column_name.is_empty() && !column_name.starts_with('_') {
                columns.insert(column_name.to_owned());
            }
        }
        authorize::decide(ctx, &views)
    }))?;
    let one = |sql: &str, given: &[&str]| {
        seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let columns = columns(&conn, sql, given)?;
        Ok(Rehearsed { columns, reads: seen.lock().unwrap_or_else(PoisonError::into_inner).clone() })
    };
    Ok(statements.iter().map(|(sql, given)| one(sql, given)).collect())
}

fn columns(conn: &Connection, sql: &str, given: &[&str]) -> Result<Vec<String>, Refusal> {
    let statement = conn.prepare(sql).map_err(refusal)?;
    if !statement.readonly() || statement.is_explain() != 0 || statement.column_count() == 0 {
        return Err(forbidden(String::new()));
    }
    for at in 1..=statement.parameter_count() {
        let name = statement.parameter_name(at).unwrap_or_default();
        let known = name.strip_prefix(':').is_some_and(|key| given.contains(&key));
        if !known {
            let error = VaultError::MissingParameter { name: name.trim_start_matches(':').to_owned() };
            return Err(Refusal {
                error,
                said: String::new(),
                offset: sql.find(name).filter(|_| !name.is_empty()),
            });
        }
    }
    Ok(statement.column_names().map(str::to_owned).collect())
}

fn forbidden(said: String) -> Refusal {
    Refusal { error: VaultError::NotPermitted, said, offset: None }
}

fn refusal(e: rusqlite::Error) -> Refusal {
    let (code, said, offset) = match &e {
        rusqlite::Error::SqliteFailure(f, message) => (f.code, message.clone().unwrap_or_default(), None),
        rusqlite::Error::SqlInputError { error, msg, offset, .. } => {
            (error.code, msg.clone(), usize::try_from(*offset).ok())
        }
        rusqlite::Error::MultipleStatement => return forbidden(String::new()),
        _ => return Refusal { error: e.into(), said: String::new(), offset: None },
    };
    if code == ErrorCode::AuthorizationForStatementDenied || said.starts_with("not authorized") {
        return Refusal { offset, ..forbidden(said) };
    }
    let error =
        if code == ErrorCode::Unknown { VaultError::Statement { message: said.clone() } } else { e.into() };
    Refusal { error, said, offset }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Rehearsed, rehearse};
    use crate::error::VaultError;
    use fieldbook_model::{Column, ColumnType, DatasetDef};

    fn column(key: &str, ty: ColumnType) -> Column {
        Column {
            key: key.to_owned(),
            zh: key.to_owned(),
            ty,
            required: false,
            synonyms: Vec::new(),
            weak: Vec::new(),
            inverted: Vec::new(),
            hours: None,
            personal: false,
            choices: Vec::new(),
        }
    }

    fn told(sql: &str) -> Result<Rehearsed, Refusal> {
        let def = DatasetDef {
            key: "accounts".to_owned(),
            code: "D01".to_owned(),
            zh: String::new(),
            row: String::new(),
            row_key: Vec::new(),
            columns: vec![column("account", ColumnType::Text), column("last_login", ColumnType::DateTime)],
            derived: Vec::new(),
        };
        let mut all = rehearse(&[def], &[(sql, vec!["as_of"])]).expect("the datasets are set up");
        all.remove(0)
    }

    #[test]
    fn a_statement_that_would_run_tells_its_columns() {
        let sql = "SELECT _id, account AS a, last_login_state FROM accounts WHERE last_login < add_months(:as_of, -1)";
        let told = told(sql).expect("it runs");
        assert_eq!(told.columns, ["_id", "a", "last_login_state"]);
        let reads: Vec<(String, Vec<String>)> = told
            .reads
            .into_iter()
            .map(|(dataset, columns)| (dataset, columns.into_iter().collect()))
            .collect();
        let columns = ["account", "last_login", "last_login_state"].map(str::to_owned).to_vec();
        assert_eq!(reads, [("accounts".to_owned(), columns)]);
    }

    #[test]
    fn a_statement_that_only_counts_reads_the_dataset_too() {
        for sql in [
            "SELECT count(*) FROM accounts",
            "SELECT _id FROM accounts",
            "SELECT 1 FROM (SELECT * FROM accounts)",
        ] {
            let told = told(sql).expect("it runs");
            assert!(told.reads.contains_key("accounts"), "{sql}");
        }
    }

    #[test]
    fn a_statement_that_would_not_run_tells_why_and_where() {
        let refused = told("SELECT _id\nFROM acounts").expect_err("refused");
        assert_eq!(refused.said, "no such table: acounts");
        let refused = told("SELECT _id, acount FROM accounts").expect_err("refused");
        assert_eq!((refused.said.as_str(), refused.offset), ("no such column: acount", Some(12)));
        let refused = told("SELECT _id FROM accounts WHERE account = :idle").expect_err("refused");
        assert_eq!(refused.error, VaultError::MissingParameter { name: "idle".to_owned() });
        for sql in [
            "SELECT random()",
            "SELECT firm FROM exam",
            "DELETE FROM ds_accounts",
            "SELECT _id FROM accounts; SELECT 1",
            "PRAGMA user_version",
        ] {
            assert_eq!(told(sql).expect_err("refused").error, VaultError::NotPermitted, "{sql}");
        }
    }
}
