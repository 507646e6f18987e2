//! One table looked at again as the examiner has it now: readings, another dataset. Nothing is stored by it.

use fieldbook_app::wire::{FileChoice, InspectRequest, InspectedSheetView, MappedColumnView, SheetChoice};
use fieldbook_app::{Desk, import};
use fieldbook_tests::desk::with_exam;
use std::path::Path;

const CHANGED: &str = "密碼最後變更日";
/// Days and months up to twelve: two calendars fit alike.
const LIST: &str = "系統名稱,帳號,使用者姓名,狀態,密碼最後變更日\n\
    網路下單,u1,王小明,啟用,01/02/2020\n\
    網路下單,u2,陳怡君,啟用,03/04/2020\n\
    網路下單,u3,林志豪,停用,05/06/2020\n";

fn seen(desk: &Desk, path: &str) -> InspectedSheetView {
    let request = InspectRequest { paths: vec![path.to_owned()], encoding: None };
    import::inspect(desk, &request, &mut |_| {}).expect("looked at").remove(0).sheets.remove(0)
}

fn again(desk: &Desk, path: &str, dataset: &str, columns: Vec<MappedColumnView>) -> InspectedSheetView {
    let choice = SheetChoice {
        sheet: String::new(),
        header_row: 1,
        dataset: dataset.to_owned(),
        columns,
        filled: Vec::new(),
        origin: None,
        declared_rows: None,
        replaces: None,
    };
    let request = FileChoice { path: path.to_owned(), sheets: vec![choice], encoding: None };
    import::look(desk, &request).expect("looked at again")
}

fn with_list(folder: &Path) -> (Desk, String) {
    let (desk, _) = with_exam(folder).expect("exam");
    let path = folder.join("帳號.csv");
    std::fs::write(&path, LIST).expect("the list");
    (desk, path.to_string_lossy().into_owned())
}

fn changed(sheet: &InspectedSheetView) -> &MappedColumnView {
    sheet.columns.iter().find(|column| column.header == CHANGED).expect("the column")
}

#[test]
fn an_ambiguous_calendar_is_asked_with_what_each_would_read_and_the_choice_settles_it() {
    let folder = tempfile::tempdir().expect("folder");
    let (desk, path) = with_list(folder.path());
    let sheet = seen(&desk, &path);
    assert_eq!((sheet.row_count, sheet.more_rows, sheet.hidden_rows), (3.0, false, None));
    assert!(sheet.asks.iter().any(|ask| ask.code == "calendar"), "{:?}", sheet.asks);
    let first = |reading: &str| {
        let choice = changed(&sheet).choices.iter().find(|choice| choice.reading == reading);
        choice.and_then(|choice| choice.texts.first().cloned())
    };
    assert_eq!((first("dmy").as_deref(), first("mdy").as_deref()), (Some("109.02.01"), Some("109.01.02")));

    let mut columns = sheet.columns.clone();
    for column in columns.iter_mut().filter(|column| column.header == CHANGED) {
        column.reading = "mdy".to_owned();
    }
    let settled = again(&desk, &path, "accounts", columns);
    assert!(settled.asks.is_empty(), "{:?}", settled.asks);
    assert_eq!(changed(&settled).samples[0].read, "109.01.02");
    assert!(settled.rows[0].cells.contains(&Some("109.01.02".to_owned())), "{:?}", settled.rows[0]);
}

#[test]
fn another_dataset_is_recognised_anew_and_nothing_is_stored() {
    let folder = tempfile::tempdir().expect("folder");
    let (desk, path) = with_list(folder.path());
    let sheet = again(&desk, &path, "personnel", Vec::new());
    assert_eq!((sheet.dataset.as_deref(), sheet.light.as_str()), (Some("personnel"), "red"));
    assert!(sheet.missing_required.iter().any(|name| name == "員工編號"), "{:?}", sheet.missing_required);
    assert!(import::imports(&desk).expect("imports").is_empty());
}
