//! The round trip through a spreadsheet, for people who do not write TOML.

use crate::folder::{CHAPTER, DOCUMENT, NEW_TEXT, OLD_TEXT, append, contents, edit, of_futures};
use crate::items::refused;
use fieldbook_app::edition::authoring::{Reviewed, check, export_xlsx, import_xlsx};
use fieldbook_tests::desk::with_vault;
use fieldbook_tests::second_reader::by_calamine;
use rust_xlsxwriter::Workbook;
use std::path::{Path, PathBuf};

/// Comments that an author put in, and that a spreadsheet does not have.
const COMMENT: &str = "# 依內控小組一〇九年會議紀錄\n";

struct Trip {
    _folder: tempfile::TempDir,
    dir: PathBuf,
    book: PathBuf,
    rows: Vec<Vec<String>>,
}

/// A folder with a comment in it, exported.
fn trip() -> Trip {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = of_futures(&folder.path().join("folder"));
    edit(&dir, CHAPTER, "id = \"FCM-3.4\"", "id = \"FCM-3.4\" # 權責劃分");
    append(&dir, CHAPTER, COMMENT);
    let desk = with_vault(folder.path()).expect("vault");
    let book = folder.path().join("檢查表.xlsx");
    export_xlsx(&desk, &dir, None, &book).expect("exported");
    let mut sheets = by_calamine(&book);
    assert_eq!(sheets.keys().collect::<Vec<_>>(), ["檢查表"]);
    Trip { dir, book, rows: sheets.remove("檢查表").expect("one sheet"), _folder: folder }
}

impl Trip {
    fn row(&self, id: &str) -> usize {
        self.rows.iter().position(|r| r[0] == id).unwrap_or_else(|| panic!("{id} has a row"))
    }

    fn column(&self, heading: &str) -> usize {
        self.rows[0].iter().position(|c| c == heading).unwrap_or_else(|| panic!("{heading} is a heading"))
    }

    fn set(&mut self, id: &str, heading: &str, text: &str) {
        let (row, column) = (self.row(id), self.column(heading));
        self.rows[row][column] = text.to_owned();
    }

    /// Writes the rows anew with another program, as a person's spreadsheet program would.
    fn save(&self) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (r, row) in (0_u32..).zip(&self.rows) {
            for (c, text) in (0_u16..).zip(row) {
                sheet.write_string(r, c, text).expect("a cell");
            }
        }
        book.save(&self.book).expect("saved");
    }

    fn import(&self, accept: bool) -> Reviewed {
        import_xlsx(&self.dir, &self.book, accept).unwrap_or_else(|e| panic!("{}", e.view().message))
    }

    /// Saves and imports a sheet that must be refused; gives the row and the words of its only fault.
    fn refused(&self) -> (Option<u32>, String) {
        self.save();
        let before = contents(&self.dir);
        let reviewed = self.import(true);
        assert_eq!(contents(&self.dir), before, "nothing is changed");
        assert_eq!(reviewed.changes, []);
        let [fault] = reviewed.problems.as_slice() else { panic!("one fault: {:?}", reviewed.problems) };
        assert_eq!(fault.file, "檢查表.xlsx");
        assert!(!fault.hint.is_empty());
        (fault.line, fault.message.clone())
    }
}

#[test]
fn the_sheet_holds_every_clause_of_the_folder_verbatim() {
    let trip = trip();
    let bundle = check(&trip.dir).expect("folder").bundle.expect("it loads");
    let texts: Vec<(String, String)> =
        bundle.document("FCM").expect("FCM").clauses().map(|c| (c.id.to_string(), c.text.clone())).collect();
    let (id, text) = (trip.column("代號"), trip.column("條文"));
    let told: Vec<(String, String)> =
        trip.rows[1..].iter().map(|r| (r[id].clone(), r[text].clone())).collect();
    assert_eq!(told, texts, "its own document, and no other");
    let untouched = trip.import(true);
    assert_eq!((untouched.changes, untouched.problems), (Vec::new(), Vec::new()));
}

#[test]
fn a_changed_text_is_shown_first_and_written_when_accepted() {
    let mut trip = trip();
    trip.set("FCM-3.4", "條文", NEW_TEXT);
    trip.save();
    let before = contents(&trip.dir);
    let shown = trip.import(false);
    assert_eq!(contents(&trip.dir), before, "a preview writes nothing");
    let [change] = shown.changes.as_slice() else { panic!("one change: {:?}", shown.changes) };
    assert_eq!((change.clause.as_str(), change.column), ("FCM-3.4", "text"));
    assert_eq!((change.before.as_str(), change.after.as_str()), (OLD_TEXT, NEW_TEXT));
    assert_eq!(change.row as usize, trip.row("FCM-3.4") + 1, "the row that a spreadsheet shows");

    assert_eq!(trip.import(true).changes, shown.changes);
    let after = contents(&trip.dir);
    let text = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        String::from_utf8(files[CHAPTER].clone()).expect("UTF-8")
    };
    assert_eq!(
        text(&after),
        text(&before).replace(OLD_TEXT, NEW_TEXT),
        "nothing but the text, comments kept"
    );
    assert!(text(&after).contains(COMMENT) && text(&after).contains("# 權責劃分"));
    let source = format!("{DOCUMENT}/source.txt");
    let told = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        String::from_utf8(files[&source].clone()).expect("UTF-8")
    };
    assert_eq!(told(&after), told(&before).replace(OLD_TEXT, NEW_TEXT), "the source says the same");
    let head = format!("{DOCUMENT}/document.toml");
    for path in [CHAPTER, &source, &head] {
        assert_eq!(after[&format!("{path}.bak")], before[path], "what stood there is kept beside it");
    }
    let touched = |path: &str| [CHAPTER, &source, &head].contains(&path.trim_end_matches(".bak"));
    for (path, bytes) in after.iter().filter(|(path, _)| !touched(path)) {
        assert_eq!(Some(bytes), before.get(path), "{path}");
    }
    assert_eq!(check(&trip.dir).expect("folder").problems, []);
    assert_eq!(trip.import(true).changes, [], "taken once");
}

#[test]
fn conditions_and_strengths_may_be_edited_and_are_checked() {
    let mut trip = trip();
    trip.set("FCM-3.4", "性質", "宜");
    trip.set("FCM-3.3", "適用條件", "is_fcm & inet");
    trip.save();
    let columns: Vec<(String, String)> =
        trip.import(true).changes.iter().map(|c| (c.clause.to_string(), c.after.clone())).collect();
    assert_eq!(
        columns,
        [("FCM-3.3".to_owned(), "is_fcm & inet".to_owned()), ("FCM-3.4".to_owned(), "宜".to_owned())]
    );
    let bundle = check(&trip.dir).expect("folder").bundle.expect("it loads");
    let id = fieldbook_model::ClauseId::parse("FCM-3.4").expect("an id");
    assert_eq!(bundle.clause(&id).expect("3.4").strength, fieldbook_model::Strength::Should);

    trip.set("FCM-3.3", "適用條件", "is_fcm & has_blockchain");
    let (row, message) = trip.refused();
    assert_eq!(row.map(|r| r as usize), Some(trip.row("FCM-3.3") + 1));
    assert!(message.contains("適用條件") && message.contains("has_blockchain"), "{message}");
}

#[test]
fn a_changed_id_is_refused() {
    let mut trip = trip();
    let at = trip.row("FCM-3.4");
    trip.rows[at][0] = "FCM-3.40".to_owned();
    trip.save();
    let before = contents(&trip.dir);
    let reviewed = trip.import(true);
    assert_eq!(contents(&trip.dir), before);
    let place = u32::try_from(at).expect("short") + 1;
    let told: Vec<(Option<u32>, &str)> =
        reviewed.problems.iter().map(|p| (p.line, p.message.as_str())).collect();
    assert!(told.iter().any(|(row, m)| *row == Some(place) && m.contains("FCM-3.40")), "{told:?}");
    assert!(told.iter().any(|(_, m)| m.contains("缺少條文「FCM-3.4」之列")), "{told:?}");
}

#[test]
fn a_missing_column_is_refused() {
    let mut trip = trip();
    let at = trip.column("性質");
    trip.rows.iter_mut().for_each(|row| drop(row.remove(at)));
    let (row, message) = trip.refused();
    assert_eq!(row, Some(1), "the row of the headings");
    assert!(message.contains("「性質」") && message.contains("缺少此欄"), "{message}");
}

#[test]
fn an_id_that_is_there_twice_is_refused() {
    let mut trip = trip();
    let copy = trip.rows[trip.row("FCM-3.4")].clone();
    trip.rows.push(copy);
    let (row, message) = trip.refused();
    assert_eq!(row.map(|r| r as usize), Some(trip.rows.len()), "the second one");
    assert!(message.contains("代號「FCM-3.4」重複"), "{message}");
}

#[test]
fn a_cell_that_only_tells_where_one_is_cannot_be_changed() {
    let mut trip = trip();
    trip.set("FCM-3.4", "章節", "4 資產管理");
    let (row, message) = trip.refused();
    assert_eq!(row.map(|r| r as usize), Some(trip.row("FCM-3.4") + 1));
    assert!(message.contains("章節"), "{message}");
}

#[test]
fn a_built_in_document_becomes_the_organisations_own_edition() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let dir = folder.path().join("folder");
    std::fs::create_dir(&dir).expect("an empty folder");
    let desk = with_vault(folder.path()).expect("vault");
    let book = folder.path().join("檢查表.xlsx");
    assert_eq!(refused(export_xlsx(&desk, &dir, None, &book)), "folder_empty");
    std::fs::write(dir.join("phrases.toml"), "").expect("file");
    assert_eq!(refused(export_xlsx(&desk, &dir, None, &book)), "folder_without_document");
    std::fs::remove_file(dir.join("phrases.toml")).expect("empty again");
    export_xlsx(&desk, Path::new(&dir), Some("FCM"), &book).expect("exported");
    let rows = by_calamine(&book).remove("檢查表").expect("one sheet");
    let mut trip = Trip { _folder: folder, dir, book, rows };
    trip.set("FCM-3.4", "條文", NEW_TEXT);
    trip.save();
    assert_eq!(trip.import(true).changes.len(), 1);
    let after = contents(&trip.dir);
    assert!(String::from_utf8_lossy(&after[CHAPTER]).contains(NEW_TEXT));
    assert_eq!(check(&trip.dir).expect("folder").problems, []);
}
