//! What leaves on paper before and during the visit, read by programs that did not write it.

use crate::items::{FUTURES, SECURITIES, lines};
use fieldbook_app::wire::{ApplicabilityWord, InspectRequest, RequestListRequest, SheetRequest};
use fieldbook_app::{Desk, import, request};
use fieldbook_checklist::bundled;
use fieldbook_tests::desk::{exam_of, with_exam, with_vault};
use fieldbook_tests::second_reader::{by_calamine, pdf_text, squeezed};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn export(desk: &Desk, folder: &Path, due: &str) -> Vec<PathBuf> {
    let path = folder.join("調閱").to_string_lossy().into_owned();
    let request = RequestListRequest { path, due: due.to_owned(), templates: true };
    let files = request::export_requests(desk, &request).expect("request list").files;
    files.into_iter().map(|f| PathBuf::from(f.file)).collect()
}

fn named<'a>(files: &'a [PathBuf], part: &str, ending: &str) -> Vec<&'a PathBuf> {
    let fits = |p: &&PathBuf| {
        let path = p.to_string_lossy().into_owned();
        path.contains(part) && path.ends_with(ending)
    };
    files.iter().filter(fits).collect()
}

/// The clause ids of the table of clauses.
fn cited(book: &Path) -> BTreeSet<String> {
    let sheets = by_calamine(book);
    let documents = ["FCM-", "BSL-", "COL-", "ASM-", "EMT-"];
    let is_id =
        |c: &&String| documents.iter().any(|d| c.starts_with(d)) && !c.contains(' ') && !c.contains('、');
    sheets["條文對照"].iter().filter_map(|row| row.iter().find(is_id)).cloned().collect()
}

#[test]
fn the_list_asks_a_futures_firm_for_nothing_of_a_securities_firm() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "期-1", FUTURES).expect("exam");
    let files = export(&desk, folder.path(), "2021-01-20");
    let book = named(&files, "調閱資料清單", ".xlsx")[0];
    let cited = cited(book);
    assert!(cited.len() > 50, "{cited:?}");
    assert!(cited.iter().any(|c| c.starts_with("FCM-")));
    let all: String = by_calamine(book).into_values().flatten().flatten().collect();
    assert!(!all.contains("BSL-") && !all.contains("COL-"), "an FCM-only firm");
    let concerned: BTreeSet<String> = lines(&desk)
        .into_iter()
        .filter(|l| l.applicability != ApplicabilityWord::NotApplicable)
        .map(|l| l.clause)
        .collect();
    assert_eq!(cited, concerned, "every item that binds the firm or may, and no other");
    let print = pdf_text(named(&files, "調閱資料清單", ".pdf")[0]);
    assert!(!print.contains("BSL-") && print.contains("FCM-1.3"));
}

#[test]
fn the_due_date_is_a_date_of_the_republic() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "證-1", SECURITIES).expect("exam");
    let files = export(&desk, folder.path(), "2021-01-20");
    let sheets = by_calamine(named(&files, "調閱資料清單", ".xlsx")[0]);
    let cells: Vec<&String> = sheets["調閱資料清單"].iter().flatten().collect();
    assert!(cells.iter().any(|c| c.contains("民國110年1月20日")), "{cells:?}");
    assert!(cells.iter().any(|c| c.as_str() == "110.01.20" || c.as_str() == "110.1.20"), "{cells:?}");
    assert!(!cells.iter().any(|c| c.contains("2021")));
    assert!(pdf_text(named(&files, "調閱資料清單", ".pdf")[0]).contains("民國110年1月20日"));
    let bad = RequestListRequest {
        path: folder.path().join("b").to_string_lossy().into_owned(),
        due: "下週三".to_owned(),
        templates: false,
    };
    assert_eq!(crate::items::refused(request::export_requests(&desk, &bad)), "bad_date");
    assert!(!folder.path().join("b").exists(), "nothing is written");
}

#[test]
fn every_dataset_that_is_asked_for_has_a_template_that_comes_back() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_exam(folder.path()).expect("exam");
    let files = export(&desk, folder.path(), "");
    let list = by_calamine(named(&files, "調閱資料清單", ".xlsx")[0]);
    let bundle = bundled().expect("checklists");
    let asked = |zh: &str| list["調閱資料清單"].iter().any(|row| row.iter().any(|c| c == zh));
    let templates: Vec<&PathBuf> = named(&files, "欄位範本", ".xlsx");
    let wanted: Vec<_> = bundle.datasets.iter().filter(|d| asked(&d.zh)).collect();
    assert!(wanted.len() >= 8, "what the procedures and periods read");
    assert_eq!(templates.len(), wanted.len());
    for def in wanted {
        let name = format!("{} {}.xlsx", def.code, def.zh.replace('/', "／"));
        let file = templates.iter().find(|p| p.file_name().is_some_and(|n| n.to_string_lossy() == name));
        let file = file.unwrap_or_else(|| panic!("{name} among {templates:?}"));
        let request = InspectRequest { paths: vec![file.to_string_lossy().into_owned()], encoding: None };
        let looked = import::inspect(&desk, &request, &mut |_| {}).expect("inspected").remove(0);
        assert!(looked.error.is_none(), "{name}: {:?}", looked.error);
        let sheet = looked.sheets.first().expect("a sheet");
        assert_eq!(sheet.dataset.as_deref(), Some(def.key.as_str()), "{name}");
        let mapped: BTreeSet<&str> = sheet.columns.iter().filter_map(|c| c.column.as_deref()).collect();
        let all: BTreeSet<&str> = def.columns.iter().map(|c| c.key.as_str()).collect();
        assert_eq!(mapped, all, "{name}");
        assert_eq!(sheet.missing_required, Vec::<String>::new());
        for other in &looked.sheets[1..] {
            assert_eq!(
                other.dataset, None,
                "{name} 「{}」 tells about the columns and is no data",
                other.sheet
            );
        }
        for column in &sheet.columns {
            let own = def.columns.iter().find(|c| c.zh == column.header);
            assert_eq!(own.map(|c| c.key.as_str()), column.column.as_deref(), "{name} {}", column.header);
        }
    }
}

fn field_sheet(desk: &Desk, folder: &Path) -> String {
    let path = folder.join("機房.pdf");
    let request = SheetRequest { key: "machine_room".to_owned(), path: path.to_string_lossy().into_owned() };
    request::export_sheet(desk, &request).expect("field sheet");
    pdf_text(&path)
}

#[test]
fn the_machine_room_sheet_has_the_law_verbatim_and_boxes_to_tick() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (desk, _) = with_exam(folder.path()).expect("exam");
    let print = field_sheet(&desk, folder.path());
    let bundle = bundled().expect("checklists");
    let sheet = bundle.sheets.iter().find(|s| s.key == "machine_room").expect("the sheet");
    let lines = lines(&desk);
    let mut printed = 0;
    let mut left_out = Vec::new();
    for id in &sheet.clauses {
        let line = lines.iter().find(|l| l.clause == id.as_str()).expect("an item");
        if line.applicability == ApplicabilityWord::NotApplicable {
            left_out.push(id.as_str());
            continue;
        }
        assert!(print.contains(&squeezed(&line.text)), "{id} verbatim in {print}");
        printed += 1;
    }
    assert!(printed > 5 && left_out.len() > 5, "a securities firm: {left_out:?}");
    assert!(left_out.iter().all(|id| id.starts_with("FCM-")), "{left_out:?}");
    let (_, named) = print.split_once("未列入之項目：").expect("what is left out is named");
    for id in left_out {
        assert!(named.contains(id), "{id} in {named}");
    }
    let boxes = print.matches('□').count();
    assert!(boxes >= 4 * printed, "four boxes an item at least: {boxes}");
    for choice in ["符合", "部分", "不符合", "不適用"] {
        assert!(print.matches(&format!("□{choice}")).count() >= printed, "{choice}");
    }
    let views = request::field_sheets(&desk).expect("sheets");
    assert_eq!(views.iter().find(|v| v.key == "machine_room").map(|v| v.items as usize), Some(printed));
}

#[test]
fn an_undetermined_item_is_printed_and_says_so() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let mut desk = with_vault(folder.path()).expect("vault");
    exam_of(&mut desk, "證-1", &SECURITIES.replace("colo = true\n", "")).expect("exam");
    let open = lines(&desk).into_iter().find(|l| l.clause == "COL-D2.1").expect("COL-D2.1");
    assert_eq!(open.applicability, ApplicabilityWord::Undetermined);
    let print = field_sheet(&desk, folder.path());
    assert!(print.contains(&squeezed(&open.text)) && print.contains("適用性待確認"));
}
