//! What two copies of an exam tell one another: every record under a key that is the same on every laptop, every field with
//! the entry of the journal that wrote it. With it the common ancestor of a field is known without keeping old states: a
//! copy that has seen the entry behind the other's value changed that value knowingly.

use crate::date::Moment;
use std::collections::BTreeMap;

/// How far each copy's journal is known: the id of the copy, the number of its entries. A version vector.
pub type Seen = BTreeMap<String, u64>;

/// The entry of a journal that wrote a field.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The copy in whose journal it stands: 32 lower-case hex digits.
    pub copy: String,
    /// Its number there, from 1.
    pub seq: u64,
}

impl Stamp {
    /// Whether a copy that knows journals this far has seen the entry.
    #[must_use]
    pub fn is_seen_by(&self, seen: &Seen) -> bool {
        seen.get(&self.copy).is_some_and(|known| *known >= self.seq)
    }
}

/// A value as a table keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

/// A field of a record: its value, and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its value.
    pub value: Held,
    /// The entry that wrote it.
    pub stamp: Stamp,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// The field of every record that says whether the record is there (1) or was taken away (0).
pub const THERE: &str = "there";

/// A record's name, the same on every copy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordKey {
    /// Kind of record (`answer`, `finding`).
    pub table: String,
    /// Which one, as a JSON array of its key's values.
    pub key: String,
}

/// A record: its fields by name. Members of a set are fields of their own, `<set>/<member>`, 0 or absent when the set
/// does not have them, their place from 1 otherwise. One that was taken away keeps its fields; [`THERE`] says so.
pub type Record = BTreeMap<String, Field>;

/// What a copy holds, or the part of it that somebody hands over.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExamState {
    /// How far the copy knows every journal, its own too.
    pub seen: Seen,
    /// Its records.
    pub records: BTreeMap<RecordKey, Record>,
}

/// What becomes of a field that two copies wrote differently without knowing of one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WhenBoth {
    /// A person decides.
    Ask,
    /// The value written earlier stays.
    Earlier,
    /// The value written later holds.
    Later,
    /// The greater number holds (something that is never taken back; a member that one side has).
    Greater,
}

/// One change that a merge brings into this copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The record.
    pub record: RecordKey,
    /// The field.
    pub field: String,
    /// What this copy had; `None` for something new.
    pub before: Option<Field>,
    /// What it gets.
    pub after: Field,
}

/// A field that both copies changed, differently and without knowing of one another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldConflict {
    /// The record.
    pub record: RecordKey,
    /// The field; [`THERE`] when one side took the record away and the other, which did not know, changed it. A change of
    /// theirs stands in `theirs` then: a 1, with the entry of their last change.
    pub field: String,
    /// Here.
    pub ours: Field,
    /// There.
    pub theirs: Field,
}
