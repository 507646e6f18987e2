//! 分工: who of the team looks at what.

use crate::date::Moment;
use std::collections::BTreeMap;

/// A kind of thing that somebody can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkKind {
    /// A document, with all its chapters.
    Document,
    /// A chapter of a document.
    Chapter,
    /// A system, with what the items ask about it.
    System,
    /// A procedure, with its exceptions.
    Procedure,
}

/// A thing that somebody can be given.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Work {
    /// Its kind.
    pub kind: WorkKind,
    /// Which one: the document's code, `<code>/<number>` of a chapter, the system's name, the procedure's id.
    pub key: String,
}

impl Work {
    /// A document by its code.
    #[must_use]
    pub fn document(code: &str) -> Self {
        Self { kind: WorkKind::Document, key: code.to_owned() }
    }

    /// A chapter by its document's code and its own number.
    #[must_use]
    pub fn chapter(document: &str, number: &str) -> Self {
        Self { kind: WorkKind::Chapter, key: format!("{document}/{number}") }
    }

    /// A system by its name.
    #[must_use]
    pub fn system(name: &str) -> Self {
        Self { kind: WorkKind::System, key: name.to_owned() }
    }

    /// A procedure by its id.
    #[must_use]
    pub fn procedure(id: &str) -> Self {
        Self { kind: WorkKind::Procedure, key: id.to_owned() }
    }
}

/// That somebody looks at something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// What.
    pub work: Work,
    /// Who, by a name of the team or the examiners.
    pub person: String,
    /// Who said so.
    pub by: String,
    /// When.
    pub at: Moment,
}

/// How the work is divided. A system goes before a chapter, a chapter before a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Division(BTreeMap<Work, String>);

impl FromIterator<Assignment> for Division {
    fn from_iter<I: IntoIterator<Item = Assignment>>(all: I) -> Self {
        Self(all.into_iter().map(|a| (a.work, a.person)).collect())
    }
}

impl Division {
    /// Who was given exactly this.
    #[must_use]
    pub fn exactly(&self, work: &Work) -> Option<&str> {
        self.0.get(work).map(String::as_str)
    }

    /// Who looks at what an item of a chapter asks about a system; an empty name is the firm as a whole.
    #[must_use]
    pub fn person(&self, document: &str, chapter: &str, system: &str) -> Option<&str> {
        let of_system = if system.is_empty() { None } else { self.exactly(&Work::system(system)) };
        of_system
            .or_else(|| self.exactly(&Work::chapter(document, chapter)))
            .or_else(|| self.exactly(&Work::document(document)))
    }

    /// Whether nothing was given to anybody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn division(all: &[(Work, &str)]) -> Division {
        Division(all.iter().map(|(work, person)| (work.clone(), (*person).to_owned())).collect())
    }

    #[test]
    fn a_system_goes_before_a_chapter_and_a_chapter_before_a_document() {
        let all = [
            (Work::document("FCM"), "甲"),
            (Work::chapter("FCM", "6"), "乙"),
            (Work::system("網路下單系統"), "丙"),
            (Work::procedure("T-COL-05"), "丁"),
        ];
        let whole = division(&all);
        assert_eq!(whole.person("FCM", "6", "網路下單系統"), Some("丙"));
        assert_eq!(whole.person("FCM", "6", "內部網站"), Some("乙"));
        assert_eq!(whole.person("FCM", "6", ""), Some("乙"));
        assert_eq!(whole.person("FCM", "7", ""), Some("甲"));
        assert_eq!(whole.person("BSL", "6", ""), None);
        assert_eq!(whole.person("BSL", "6", "網路下單系統"), Some("丙"), "of every document");
        assert_eq!(whole.exactly(&Work::procedure("T-COL-05")), Some("丁"));
        // A chapter of one document is none of another's whose code begins alike.
        assert_eq!(division(&all[1..2]).person("FC", "M/6", ""), None);
    }

    #[test]
    fn nobody_is_asked_for_a_system_without_a_name() {
        assert_eq!(division(&[(Work::system(""), "甲")]).person("FCM", "1", ""), None);
        assert!(Division::default().is_empty());
    }
}
