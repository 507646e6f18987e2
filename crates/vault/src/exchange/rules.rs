//! What each table of an exam is to another copy of it, one line a table. A test compares the lines with the schema, so that
//! no table is forgotten. A table stands behind those it refers to.

use fieldbook_model::WhenBoth::{self, Earlier, Greater, Later};

/// The working paper that a record is part of: who signed it must open it again before a merge changes the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paper {
    /// This one.
    Is(&'static str),
    /// The one that lists the items of the document of the clause in this column.
    OfClause(&'static str),
    /// The one named in this column (a procedure's, a signature's).
    In(&'static str),
    /// The exam as a whole only.
    Whole,
    /// None: it is added to beside what was signed.
    None,
}

/// A table whose rows are records, the same on every copy.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// Columns that name a record; the same on every copy.
    pub(crate) key: &'static [&'static str],
    /// The condition of the rows that hold now; the others are a copy's own history.
    pub(crate) now: &'static str,
    /// Columns that are one field, since each means nothing without the others.
    pub(crate) together: &'static [(&'static str, &'static [&'static str])],
    /// Columns with a JSON list whose members are fields of their own.
    pub(crate) lists: &'static [&'static str],
    /// Columns with numbers of evidence, alone or in a list: copies may have given one piece two numbers, so pieces are
    /// named by their SHA-256.
    pub(crate) evidence: &'static [&'static str],
    /// Columns that mean something on this copy only.
    pub(crate) own: &'static [&'static str],
    /// What becomes of a field that both copies wrote; a person is asked about the others.
    pub(crate) when: &'static [(&'static str, WhenBoth)],
    /// Tables with the rows that belong to a record for ever, and their column with its key.
    pub(crate) children: &'static [(&'static str, &'static str)],
    pub(crate) paper: Paper,
}

const WHO: (&str, &[&str]) = ("who", &["by", "at"]);
const LAST: (&str, WhenBoth) = ("who", Later);

const PLAIN: Table = Table {
    name: "",
    key: &["id"],
    now: "1",
    together: &[WHO],
    lists: &[],
    evidence: &[],
    own: &[],
    when: &[LAST],
    children: &[],
    paper: Paper::None,
};

/// Every table of records, in the order in which they can be filled.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "exam",
        key: &["one"],
        together: &[("period", &["period_from", "period_to"])],
        lists: &["examiners"],
        when: &[("examiners", Greater)],
        paper: Paper::Whole,
        ..PLAIN
    },
    Table {
        name: "fact",
        key: &["code"],
        together: &[("value", &["kind", "content"]), WHO],
        paper: Paper::Is("B-01"),
        ..PLAIN
    },
    Table {
        name: "system",
        key: &["name"],
        together: &[],
        when: &[("ord", Earlier)],
        paper: Paper::Is("B-01"),
        ..PLAIN
    },
    Table {
        name: "system_fact",
        key: &["system", "code"],
        together: &[("value", &["kind", "content"])],
        when: &[],
        paper: Paper::Is("B-01"),
        ..PLAIN
    },
    Table { name: "team_member", key: &["name"], paper: Paper::Is("A-02"), ..PLAIN },
    Table {
        name: "applicability_override",
        key: &["clause"],
        together: &[("decision", &["applicability", "reason"]), WHO],
        paper: Paper::OfClause("clause"),
        ..PLAIN
    },
    Table {
        name: "answer",
        key: &["clause", "unit", "system"],
        together: &[("origin", &["origin_exam", "origin_clause", "origin_unit", "origin_system"]), WHO],
        when: &[("origin", Later), LAST],
        paper: Paper::OfClause("clause"),
        ..PLAIN
    },
    Table {
        name: "import_batch",
        key: &["batch"],
        when: &[("undone", Greater), LAST],
        paper: Paper::Is("D-02"),
        ..PLAIN
    },
    Table { name: "import_file", together: &[], when: &[], paper: Paper::Is("D-02"), ..PLAIN },
    Table {
        name: "import_sheet",
        together: &[],
        own: &["first_id"],
        when: &[("superseded_by", Greater)],
        children: &[("import_issue", "sheet_id")],
        paper: Paper::Is("D-02"),
        ..PLAIN
    },
    Table {
        name: "correction",
        key: &["dataset", "column_key", "row"],
        now: "superseded IS NULL",
        own: &["id", "superseded"],
        paper: Paper::Whole,
        ..PLAIN
    },
    Table { name: "own_procedure", ..PLAIN },
    Table {
        name: "run",
        children: &[("run_rule", "run"), ("exception_row", "run")],
        paper: Paper::In("procedure"),
        ..PLAIN
    },
    Table {
        name: "disposition",
        key: &["procedure", "rule", "file_sha256", "sheet", "row"],
        now: "superseded = 0",
        own: &["id", "superseded"],
        paper: Paper::In("procedure"),
        ..PLAIN
    },
    Table { name: "sample", children: &[("sample_row", "sample")], paper: Paper::Whole, ..PLAIN },
    Table { name: "count_entry", paper: Paper::Whole, ..PLAIN },
    Table { name: "evidence_number", key: &["number"], together: &[], when: &[], ..PLAIN },
    Table {
        name: "evidence",
        key: &["sha256"],
        lists: &["clauses"],
        own: &["id", "taking"],
        when: &[("clauses", Greater), ("acquired_at", Earlier), ("who", Earlier)],
        paper: Paper::Is("E-00"),
        ..PLAIN
    },
    Table { name: "evidence_transfer", evidence: &["evidence"], ..PLAIN },
    Table {
        name: "finding",
        key: &["no"],
        together: &[("counts", &["count_exceptions", "count_population"]), WHO],
        lists: &["clauses", "objects", "papers", "evidence"],
        evidence: &["evidence"],
        when: &[("clauses", Greater), ("objects", Greater), ("papers", Greater), ("evidence", Greater), LAST],
        paper: Paper::Is("F-00"),
        ..PLAIN
    },
    Table {
        name: "finding_exception",
        key: &["finding", "exception"],
        together: &[],
        when: &[],
        paper: Paper::Is("F-00"),
        ..PLAIN
    },
    Table { name: "finding_step", ..PLAIN },
    Table { name: "reply", ..PLAIN },
    Table { name: "follow_up", lists: &["evidence"], evidence: &["evidence"], ..PLAIN },
    Table {
        name: "review_note",
        together: &[
            ("note", &["text", "by", "at"]),
            ("reply", &["reply", "reply_by", "reply_at"]),
            ("clearance", &["clearance", "cleared_by", "cleared_at"]),
        ],
        when: &[],
        ..PLAIN
    },
    Table { name: "sign_off", paper: Paper::In("paper"), ..PLAIN },
    Table { name: "reopening", ..PLAIN },
    Table { name: "assignment", key: &["kind", "key"], ..PLAIN },
];

/// Tables whose rows belong to a record, or to this copy alone. `edition` and `pinned_law` are compared before anything
/// else: exams by different laws are not merged.
#[cfg(test)]
pub(crate) const OTHERS: &[&str] = &[
    "edition",
    "evidence_chunk",
    "evidence_elsewhere",
    "evidence_part",
    "evidence_taking",
    "exam_copy",
    "exception_row",
    "foreign_entry",
    "handed_over",
    "import_issue",
    "journal",
    "known_copy",
    "last_note",
    "merge",
    "merge_before",
    "pinned_law",
    "record_state",
    "run_rule",
    "sample_row",
    "sqlite_sequence",
];

/// The rules of a table; `None` for a name that is none.
pub(crate) fn of(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|t| t.name == name)
}

impl Table {
    /// What becomes of a field that both copies wrote. A member of a list is its list's.
    pub(crate) fn when(&self, field: &str) -> WhenBoth {
        let name = field.split('/').next().unwrap_or(field);
        self.when.iter().find(|(f, _)| *f == name).map_or(WhenBoth::Ask, |(_, when)| *when)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{EXAM, migrate};
    use rusqlite::Connection;
    use std::collections::BTreeSet;

    #[test]
    fn every_table_of_an_exam_is_something_to_another_copy() {
        let mut conn = Connection::open_in_memory().expect("opens");
        migrate(&mut conn, EXAM).expect("migrates");
        let mut names = conn.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").expect("reads");
        let there: BTreeSet<String> =
            names.query_map([], |r| r.get(0)).expect("reads").map(|n| n.expect("a name")).collect();
        let told: BTreeSet<String> =
            TABLES.iter().map(|t| t.name).chain(OTHERS.iter().copied()).map(str::to_owned).collect();
        assert_eq!(told, there);
    }

    #[test]
    fn every_column_that_a_rule_names_is_there() {
        let mut conn = Connection::open_in_memory().expect("opens");
        migrate(&mut conn, EXAM).expect("migrates");
        for table in TABLES {
            let columns: BTreeSet<String> = crate::table::dataset::columns_of(&conn, table.name)
                .expect("reads")
                .into_iter()
                .map(|(name, _)| name)
                .collect();
            let together = table.together.iter().flat_map(|(_, columns)| columns.iter());
            let named =
                table.key.iter().chain(together).chain(table.lists).chain(table.evidence).chain(table.own);
            for column in named {
                assert!(columns.contains(*column), "{}.{column}", table.name);
            }
            for (child, column) in table.children {
                let columns = crate::table::dataset::columns_of(&conn, child).expect("reads");
                assert!(columns.iter().any(|(name, _)| name == column), "{child}.{column}");
            }
        }
    }
}
