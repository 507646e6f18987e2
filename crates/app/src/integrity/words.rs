//! What is wrong with a vault, in words. Files, pages and numbers are named; nothing of a firm is.

use crate::error::AppError;
use crate::view::small;
use crate::wire::FoundView;
use fieldbook_vault::Problem;

/// Page numbers that a line names at most.
const NAMED: usize = 8;
/// Name of `vault.db` among the databases.
const VAULT: &str = "vault";

/// A problem as it is shown.
pub(super) fn view(problem: &Problem) -> FoundView {
    let (kind, text) = words(problem);
    let said = text.view();
    let place = Place::of(problem);
    let mut view = FoundView {
        kind: kind.to_owned(),
        database: place.database,
        file: place.file,
        pages: Vec::new(),
        tables: Vec::new(),
        number: None,
        message: said.message,
        hint: said.hint,
    };
    match problem {
        Problem::Pages { pages, tables, .. } => {
            view.pages = pages.iter().map(|n| u32::try_from(*n).unwrap_or(u32::MAX)).collect();
            view.tables.clone_from(tables);
        }
        Problem::Structure { tables, .. } => view.tables.clone_from(tables),
        Problem::Reference { table, .. } => view.tables = vec![table.clone()],
        Problem::RowCount { dataset, .. } => view.tables = vec![dataset.clone()],
        Problem::Journal { seq, .. } => view.number = seq.and_then(|n| u32::try_from(n).ok()),
        Problem::Evidence { id, .. } => view.number = u32::try_from(*id).ok(),
        _ => {}
    }
    view
}

/// Where it is.
struct Place {
    database: String,
    file: String,
}

impl Place {
    fn of(problem: &Problem) -> Self {
        let of = |database: &str, file: String| Self { database: database.to_owned(), file };
        match problem {
            Problem::Unreadable { database }
            | Problem::Pages { database, .. }
            | Problem::Length { database, .. }
            | Problem::Structure { database, .. }
            | Problem::Reference { database, .. }
            | Problem::RowCount { database, .. }
            | Problem::Journal { database, .. }
            | Problem::Evidence { database, .. }
            | Problem::Signature { database, .. } => of(database, file(database)),
            Problem::Log { database, kept } if database == VAULT => of(database, kept.clone()),
            Problem::Log { database, kept } => of(database, format!("exams/{kept}")),
            Problem::ExamFileMissing { exam } | Problem::LawMissing { exam } => {
                of(exam.as_str(), file(exam.as_str()))
            }
            Problem::ExamKey { exam } => of(exam.as_str(), format!("exams/{exam}.key")),
            Problem::Recipient | Problem::Header => of("", "keys/vault.toml".to_owned()),
            Problem::Slot { slot } => of("", format!("keys/{slot}.age")),
            Problem::SlotCheck { slot } => of("", format!("keys/{slot}.sum")),
            Problem::Stray { name } => of("", name.clone()),
        }
    }
}

/// The database's file.
fn file(database: &str) -> String {
    if database == VAULT { "vault.db".to_owned() } else { format!("exams/{database}.db") }
}

/// Its stable word, and the pair of texts.
fn words(problem: &Problem) -> (&'static str, AppError) {
    let place = Place::of(problem).file;
    match problem {
        Problem::Unreadable { .. } => ("unreadable", AppError::new("found_unreadable")),
        Problem::Pages { pages, count, tables, .. } => {
            let text = AppError::new("found_pages").with("pages", numbers(pages, *count));
            ("pages", text.with("tables", concerned(tables)))
        }
        Problem::Length { bytes, .. } => ("length", AppError::new("found_length").with("bytes", bytes)),
        Problem::Structure { tables, .. } => {
            ("structure", AppError::new("found_structure").with("tables", concerned(tables)))
        }
        Problem::Reference { table, rows, .. } => {
            ("reference", AppError::new("found_reference").with("table", table).with("rows", rows))
        }
        Problem::RowCount { dataset, .. } => {
            ("row_count", AppError::new("found_row_count").with("dataset", dataset))
        }
        Problem::Journal { seq: Some(seq), .. } => {
            ("journal", AppError::new("found_journal").with("seq", seq))
        }
        Problem::Journal { seq: None, .. } => ("journal", AppError::new("found_journal_whole")),
        Problem::Log { .. } => ("log", AppError::new("found_log")),
        Problem::ExamFileMissing { .. } => ("exam_file", AppError::new("found_exam_file")),
        Problem::LawMissing { .. } => ("law", AppError::new("found_law")),
        Problem::Evidence { id, .. } => (
            "evidence",
            AppError::new("found_evidence").with("number", fieldbook_model::evidence_number(*id)),
        ),
        Problem::Signature { paper, .. } => {
            ("signature", AppError::new("found_signature").with("paper", paper))
        }
        Problem::ExamKey { .. } => ("exam_key", AppError::new("found_exam_key")),
        Problem::Recipient => ("recipient", AppError::new("found_recipient")),
        Problem::Header => ("header", AppError::new("found_header")),
        Problem::Slot { .. } => ("slot", AppError::new("found_slot")),
        Problem::SlotCheck { .. } => ("slot_check", AppError::new("found_slot_check")),
        Problem::Stray { .. } => ("stray", AppError::new("found_stray")),
    }
    .with_place(&place)
}

trait Placed {
    fn with_place(self, file: &str) -> Self;
}

impl Placed for (&'static str, AppError) {
    fn with_place(self, file: &str) -> Self {
        (self.0, self.1.with("file", file))
    }
}

fn numbers(pages: &[u64], count: usize) -> String {
    let named: Vec<String> = pages.iter().take(NAMED).map(u64::to_string).collect();
    let more = if count > named.len() { format!("等 {} 頁", small(count)) } else { String::new() };
    format!("{}{more}", named.join("、"))
}

fn concerned(tables: &[String]) -> String {
    if tables.is_empty() {
        "未涉及可辨識之資料表".to_owned()
    } else {
        format!("涉及 {}", tables.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fieldbook_model::ExamId;

    #[test]
    fn a_line_names_the_file_the_pages_and_what_to_do() {
        let problem = Problem::Pages {
            database: "e-1".to_owned(),
            pages: (1..=20).collect(),
            count: 20,
            tables: vec!["ds_accounts".to_owned()],
        };
        let view = view(&problem);
        assert_eq!((view.kind.as_str(), view.file.as_str(), view.pages.len()), ("pages", "exams/e-1.db", 20));
        assert!(
            view.message.contains("exams/e-1.db") && view.message.contains("1、2、3、4、5、6、7、8等 20 頁")
        );
        assert!(view.message.contains("ds_accounts") && view.hint.contains("備份"), "{view:?}");
    }

    #[test]
    fn every_kind_of_problem_has_words_of_its_own_that_name_its_file() {
        let (database, exam) = (|| "vault".to_owned(), ExamId::parse("e-1").unwrap());
        let all = [
            Problem::Unreadable { database: database() },
            Problem::Length { database: database(), bytes: 7 },
            Problem::Structure { database: database(), tables: Vec::new() },
            Problem::Reference { database: database(), table: "law".into(), rows: 2 },
            Problem::RowCount { database: "e-1".into(), dataset: "accounts".into() },
            Problem::Journal { database: "e-1".into(), seq: Some(9) },
            Problem::Journal { database: "e-1".into(), seq: None },
            Problem::Log { database: "e-1".into(), kept: "e-1.db-wal.damaged".into() },
            Problem::ExamFileMissing { exam: exam.clone() },
            Problem::LawMissing { exam: exam.clone() },
            Problem::Evidence { database: "e-1".into(), id: 3 },
            Problem::Signature { database: "e-1".into(), paper: "F-00".into() },
            Problem::ExamKey { exam },
            Problem::Recipient,
            Problem::Header,
            Problem::Slot { slot: "recovery".into() },
            Problem::SlotCheck { slot: "recovery".into() },
            Problem::Stray { name: "x".into() },
        ];
        let mut seen = std::collections::BTreeSet::new();
        for problem in &all {
            let view = view(problem);
            assert!(view.message.contains(&view.file), "{view:?}");
            assert!(!view.message.contains('{') && !view.hint.is_empty(), "{view:?}");
            assert!(seen.insert(view.message.clone()), "{view:?}");
        }
    }
}
