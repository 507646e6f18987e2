//! An examination of one firm.

use crate::date::{Moment, Period};
use crate::profile::{Profile, System};
use jiff::civil::Date;
use std::fmt;

/// Id of an exam: 1–64 of `a–z`, `0–9`, `-`; it is a file name and nothing of the firm is in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExamId(String);

/// How the ids of 範例查核案 begin. An exam's key is made from its id: none becomes one, or stops being one.
const PRACTICE: &str = "practice-";

impl ExamId {
    /// An id of these bytes, of an exam in earnest or, with `practice`, of one that is there to practise on.
    #[must_use]
    pub fn drawn(random: [u8; 6], practice: bool) -> Self {
        let begin = if practice { PRACTICE } else { "e-" };
        Self(random.iter().fold(begin.to_owned(), |id, byte| format!("{id}{byte:02x}")))
    }

    /// Whether it is a 範例查核案: invented data, no examination of anybody.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.0.starts_with(PRACTICE)
    }

    /// Reads an id.
    ///
    /// # Errors
    /// When the text has another shape; this is what keeps a request from naming a path.
    pub fn parse(text: &str) -> Result<Self, crate::ShapeError> {
        let ok = (1..=64).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-');
        if ok { Ok(Self(text.to_owned())) } else { Err(crate::ShapeError { what: "exam id" }) }
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ExamId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An examination.
#[derive(Debug, Clone, PartialEq)]
pub struct Exam {
    /// Id.
    pub id: ExamId,
    /// 受查單位.
    pub firm: String,
    /// 查核案號 (`115-證-0012`), may be empty until given.
    pub case_no: String,
    /// 查核基準日: the date that every test uses.
    pub as_of: Date,
    /// 查核期間.
    pub period: Period,
    /// 查核人員, first one leads.
    pub examiners: Vec<String>,
    /// Facts about the firm.
    pub profile: Profile,
    /// System register.
    pub systems: Vec<System>,
    /// When it was made.
    pub created_at: Moment,
}

#[cfg(test)]
mod tests {
    use super::ExamId;

    #[test]
    fn an_id_can_never_name_another_place() {
        assert!(ExamId::parse("e-7f3a91").is_ok());
        for practice in [false, true] {
            let drawn = ExamId::drawn([0, 1, 2, 0xfd, 0xfe, 0xff], practice);
            assert_eq!(ExamId::parse(drawn.as_str()).as_ref(), Ok(&drawn));
            assert_eq!((drawn.is_practice(), drawn.as_str().ends_with("-000102fdfeff")), (practice, true));
        }
        for bad in ["", "..", "../x", "a/b", "A", "甲", "-x", "a.db"] {
            assert!(ExamId::parse(bad).is_err(), "{bad}");
        }
    }
}
