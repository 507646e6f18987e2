//! What can keep a run from happening. No message repeats a cell, a parameter's text or a name.

/// What a dataset store could not do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Somebody stopped the query.
    #[error("the query was interrupted")]
    Interrupted,
    /// The query took longer than the store allows.
    #[error("the query took longer than allowed")]
    TimedOut,
    /// The sandbox does not allow what the query does.
    #[error("the query does something that the sandbox forbids")]
    Forbidden,
    /// The query itself is wrong; the text names tables, columns and functions only.
    #[error("the query cannot run: {0}")]
    Query(String),
    /// The query's result has not the shape that was asked for.
    #[error("the query's result lacks {0}")]
    Shape(&'static str),
    /// A row that a query named is not there.
    #[error("no row {id} in {dataset}")]
    NoSuchRow {
        /// Dataset key.
        dataset: String,
        /// Row's `_id`.
        id: i64,
    },
    /// The store failed below the query (file, cipher, memory).
    #[error("the store failed: {0}")]
    Store(String),
}

/// Why a procedure did not run.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AuditError {
    /// The override names a parameter that the procedure does not have.
    #[error("{procedure} has no parameter {key}")]
    UnknownParameter {
        /// Procedure id.
        procedure: String,
        /// Key as given.
        key: String,
    },
    /// The override's value is not of the parameter's type.
    #[error("the value for {procedure}.{key} must be {expected}")]
    WrongType {
        /// Procedure id.
        procedure: String,
        /// Parameter key.
        key: String,
        /// `int`, `num`, `bool`, `text` or `list`.
        expected: &'static str,
    },
    /// The override's value is outside the parameter's range.
    #[error("the value for {procedure}.{key} must be from {from} to {to}")]
    OutOfRange {
        /// Procedure id.
        procedure: String,
        /// Parameter key.
        key: String,
        /// Least value.
        from: f64,
        /// Greatest value.
        to: f64,
    },
    /// An override without a reason.
    #[error("the change of {procedure}.{key} has no reason")]
    NoReason {
        /// Procedure id.
        procedure: String,
        /// Parameter key.
        key: String,
    },
    /// The same parameter is changed twice.
    #[error("{procedure}.{key} is changed more than once")]
    ChangedTwice {
        /// Procedure id.
        procedure: String,
        /// Parameter key.
        key: String,
    },
    /// The procedure's file defines a parameter whose name the engine binds itself.
    #[error("{procedure} defines the reserved parameter {key}")]
    ReservedParameter {
        /// Procedure id.
        procedure: String,
        /// Parameter key.
        key: String,
    },
    /// A picture's query cannot run.
    #[error("picture {picture} of {procedure}: {source}")]
    Picture {
        /// Procedure id.
        procedure: String,
        /// Picture key.
        picture: String,
        /// What the store says.
        source: StoreError,
    },
    /// A rule selects a column that the procedure does not declare, so no paper would show it.
    #[error("rule {rule} of {procedure} selects the undeclared column {column}")]
    UndeclaredColumn {
        /// Procedure id.
        procedure: String,
        /// Rule id.
        rule: String,
        /// Column as selected.
        column: String,
    },
    /// The store could not say what it holds.
    #[error("the store cannot list its datasets: {0}")]
    Datasets(#[source] StoreError),
    /// A column could not be inferred.
    #[error("{dataset}.{column} cannot be inferred: {source}")]
    Derived {
        /// Dataset key.
        dataset: String,
        /// Column key.
        column: String,
        /// What the store said.
        source: StoreError,
    },
    /// A query that the rules share could not run.
    #[error("fragment {fragment} of {procedure} cannot run: {source}")]
    Fragment {
        /// Procedure id.
        procedure: String,
        /// Fragment.
        fragment: String,
        /// What the store said.
        source: StoreError,
    },
    /// The population could not be counted.
    #[error("the population of {procedure} cannot be counted: {source}")]
    Population {
        /// Procedure id.
        procedure: String,
        /// What the store said.
        source: StoreError,
    },
    /// A rule could not run or its rows' places could not be found.
    #[error("rule {rule} of {procedure} cannot run: {source}")]
    Rule {
        /// Procedure id.
        procedure: String,
        /// Rule id.
        rule: String,
        /// What the store said.
        source: StoreError,
    },
}
