//! What can be wrong with the checklists or with a profile, and where.

use crate::predicate::PredicateError;
use crate::query::QueryOf;
use crate::verbatim::Misquote;

/// One defect with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {what}", place(.file, *.line))]
pub struct LoadError {
    /// Path below `checklists/`, or the name that the caller gave.
    pub file: String,
    /// Line from 1, when it is known.
    pub line: Option<u32>,
    /// The defect.
    pub what: ChecklistError,
}

fn place(file: &str, line: Option<u32>) -> String {
    line.map_or_else(|| file.to_owned(), |line| format!("{file}:{line}"))
}

/// A defect of the checklists or of a profile. Names ids and keys, never values of a firm.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChecklistError {
    /// The text is no TOML, or a key is missing, unknown or of the wrong type.
    #[error("cannot be read: {0}")]
    Syntax(String),
    /// A file that every set of checklists has is not there.
    #[error("the file is missing")]
    MissingFile,
    /// A file that the loader has no use for, most likely misplaced or misnamed.
    #[error("the file belongs to no document, dataset or procedure")]
    UnexpectedFile,
    /// A file of an organisation's folder with the path of a built-in one.
    #[error("a built-in file has this path")]
    PathTaken,
    /// An id, key or code that does not have the required shape.
    #[error("`{0}` is not a valid {1}")]
    BadId(String, &'static str),
    /// An id of the wrong document, or a name that differs from the file's.
    #[error("`{0}` does not belong in this file")]
    Misplaced(String),
    /// The same id, key or code twice.
    #[error("`{0}` is defined twice")]
    Duplicate(String),
    /// A condition that cannot be parsed.
    #[error("condition: {0}")]
    BadPredicate(#[from] PredicateError),
    /// A condition names a fact that nobody defined.
    #[error("`{0}` is not a known fact")]
    UnknownFact(String),
    /// A condition asks a firm for a system's fact, or the other way round.
    #[error("`{0}` is a fact of the other level (firm or system)")]
    WrongLevel(String),
    /// A condition compares a fact with a value that is not among its choices.
    #[error("`{0}` cannot be `{1}`")]
    UnknownChoice(String, String),
    /// The rules of derived facts refer to each other in a circle.
    #[error("the rule of `{0}` leads back to itself")]
    CircularRule(String),
    /// A cited clause does not exist.
    #[error("clause `{0}` does not exist")]
    UnknownClause(String),
    /// A clause that is not answered stands among those that are.
    #[error("clause `{0}` is not answered: a heading or definition is background")]
    NotAnswered(String),
    /// A clause that is answered stands among headings and definitions.
    #[error("clause `{0}` is answered: it is no background")]
    IsAnswered(String),
    /// A governing value cites a clause that its topic does not list.
    #[error("clause `{0}` is not among the clauses of topic `{1}`")]
    NotOfTopic(String, String),
    /// A pair of one clause with itself.
    #[error("clause `{0}` is paired with itself")]
    PairWithItself(String),
    /// The texts of two clauses do not relate as stated.
    #[error("the texts of `{0}` and `{1}` do not relate in this way")]
    WrongRelation(String, String),
    /// Words that are not in the clause that they are said to be of.
    #[error("`{0}` does not occur in clause `{1}` or in a heading above it")]
    WordsNotInClause(String, String),
    /// A named topic does not exist.
    #[error("topic `{0}` does not exist")]
    UnknownTopic(String),
    /// A named procedure does not exist.
    #[error("procedure `{0}` does not exist")]
    UnknownProcedure(String),
    /// A named dataset does not exist.
    #[error("dataset `{0}` does not exist")]
    UnknownDataset(String),
    /// A named column does not exist in the dataset.
    #[error("dataset `{0}` has no column `{1}`")]
    UnknownColumn(String, String),
    /// A query uses a fragment that the procedure does not have.
    #[error("fragment `{0}` does not exist")]
    UnknownFragment(String),
    /// A fragment uses itself or one that comes after it.
    #[error("fragment `{0}` is used before it is defined")]
    LaterFragment(String),
    /// A fragment that neither the population nor a rule needs.
    #[error("fragment `{0}` is not used")]
    UnusedFragment(String),
    /// A fragment has a dataset's key, so that queries would no longer see the dataset.
    #[error("fragment `{0}` hides the dataset of that key")]
    HidesDataset(String),
    /// A query that cannot run.
    #[error("the query of {0} {1}")]
    Query(QueryOf, QueryFault),
    /// A column that is declared and that no rule yields.
    #[error("no rule yields the column `{0}`")]
    NeverYielded(String),
    /// A parameter with a name that every query is given anyway.
    #[error("the parameter `{0}` has a name that the program gives itself")]
    ReservedParameter(String),
    /// A header listed as weak or inverted is none of the column's headers.
    #[error("`{0}` is not among the column's headers")]
    UnknownHeader(String),
    /// A parameter's value is outside its range, or what is no number has one.
    #[error("the value of `{0}` and its range do not fit")]
    OutOfRange(String),
    /// Something that must be stated is not.
    #[error("`{0}` lacks {1}")]
    Lacks(String, &'static str),
    /// Something is stated that has no meaning there.
    #[error("`{0}` must not have {1}")]
    MustNotHave(String, &'static str),
    /// A text that is not in Unicode normalisation form C.
    #[error("the text of `{0}` is not NFC")]
    NotNfc(String),
    /// A unit whose words do not occur in its clause, or not in that order.
    #[error("the words of unit `{0}` are not those of its clause, in their order")]
    NotInClause(String),
    /// A clause's text that does not stand in the document's source text, where it is said to.
    #[error("the text of `{0}` is not the source's: {1}")]
    Misquoted(String, Misquote),
    /// The source text differs from the one that the document was made from.
    #[error("the source text has SHA-256 {0}, not the recorded one")]
    SourceChanged(String),
    /// A line number beyond the end of the source text.
    #[error("`{0}` names a line that the source text does not have")]
    NoSuchLine(String),
    /// An id that the lock file does not know.
    #[error("`{0}` is not in ids.lock")]
    NotLocked(String),
    /// The text behind a locked id is another one.
    #[error("the text of `{0}` differs from the one in ids.lock")]
    LockChanged(String),
    /// A locked id that no file defines and that is not marked as retired.
    #[error("`{0}` is in ids.lock but nowhere defined")]
    LockedButGone(String),
    /// An id that was retired is defined again.
    #[error("`{0}` was retired and cannot be used again")]
    RetiredReused(String),
    /// A profile gives a fact a value of the wrong kind or outside its choices.
    #[error("`{0}` does not take this value")]
    BadValue(String),
    /// A profile holds a system without a name.
    #[error("a system has no name")]
    SystemWithoutName,
    /// A profile names the same system twice.
    #[error("two systems have the same name")]
    DuplicateSystem,
}

/// Why a query cannot run, or what it yields cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryFault {
    /// It reads from what is neither a dataset nor a fragment that it uses.
    #[error("reads `{0}`, which is no dataset")]
    NoTable(String),
    /// It names a column that is not there.
    #[error("names `{0}`, which is no column")]
    NoColumn(String),
    /// Two of the things that it reads have the column.
    #[error("names `{0}`, which is a column of two of the things that it reads")]
    Ambiguous(String),
    /// It calls a function that is not there.
    #[error("calls `{0}`, which is no function")]
    NoFunction(String),
    /// It calls a function with too few or too many arguments.
    #[error("calls `{0}` with a wrong number of arguments")]
    Arguments(String),
    /// It does what a query may not do; the function, where it is one.
    #[error("does what a query may not do: {0}")]
    Forbidden(String),
    /// It names a parameter that it is not given.
    #[error("names the parameter `:{0}`, which is not given")]
    NoParameter(String),
    /// It is no SQL, from this word on.
    #[error("is no SQL at `{0}`")]
    Syntax(String),
    /// It ends before it is whole.
    #[error("is not whole")]
    Unfinished,
    /// It yields a column that the procedure does not declare.
    #[error("yields the undeclared column `{0}`")]
    Undeclared(String),
    /// It yields a column twice.
    #[error("yields the column `{0}` twice")]
    Twice(String),
    /// It does not yield `_id`, by which a row is found again.
    #[error("does not yield `_id`")]
    NoId,
    /// It yields more than one column where one number is wanted.
    #[error("does not yield one number")]
    NotOneNumber,
    /// The database says something else.
    #[error("cannot run: {0}")]
    Said(String),
}
