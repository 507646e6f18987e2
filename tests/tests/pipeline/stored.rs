//! Stored rows looked at: windows, finding in both directions, a row in its own table, profiles, copying.

use fieldbook_app::Desk;
use fieldbook_app::data;
use fieldbook_app::wire::{
    DataFindRequest, DataProfileRequest, DataRequest, DataSetView, FilterChoice, SortChoice,
};
use fieldbook_tests::desk::{import_sample, with_exam};

fn request(dataset: &str, offset: f64, limit: u32) -> DataRequest {
    DataRequest {
        dataset: dataset.to_owned(),
        offset,
        limit,
        sort: Vec::new(),
        filters: Vec::new(),
        find: String::new(),
    }
}

fn by(request: DataRequest, column: &str, descending: bool) -> DataRequest {
    DataRequest { sort: vec![SortChoice { column: column.to_owned(), descending }], ..request }
}

/// A desk with the sample firm's files, and its accounts.
fn accounts(folder: &std::path::Path) -> (Desk, DataSetView) {
    let (mut desk, _) = with_exam(folder).expect("exam");
    import_sample(&mut desk).expect("files of the sample");
    let all = data::datasets(&desk).expect("datasets");
    let codes: Vec<&str> = all.iter().map(|d| d.code.as_str()).collect();
    assert!(codes.is_sorted(), "{codes:?}");
    let set = all.into_iter().find(|d| d.key == "accounts").expect("the sample has accounts");
    (desk, set)
}

fn find(
    desk: &mut Desk,
    data: &DataRequest,
    from: f64,
    text: &str,
    back: bool,
    counted: bool,
) -> (Option<f64>, Option<f64>, Option<f64>) {
    let request = DataFindRequest { data: data.clone(), from, text: text.to_owned(), back, counted };
    let found = data::find(desk, &request).expect("looks");
    (found.index, found.nth, found.hits)
}

#[test]
fn a_text_is_found_in_both_directions_and_its_hits_are_those_of_the_filter() {
    let folder = tempfile::tempdir().expect("folder");
    let (mut desk, set) = accounts(folder.path());
    for order in [request(&set.key, 0.0, 0), by(request(&set.key, 0.0, 0), "account", true)] {
        let only = DataRequest { find: "root".to_owned(), ..order.clone() };
        let hits = data::rows(&mut desk, &only).expect("rows").total;
        assert!(hits > 1.0, "the sample has privileged accounts");
        let mut forward = Vec::new();
        let mut from = 0.0;
        while let (Some(index), _, _) = find(&mut desk, &order, from, "root", false, false) {
            forward.push(index);
            from = index + 1.0;
        }
        assert_eq!(forward.len() as f64, hits);
        let mut back = Vec::new();
        let mut from = set.rows - 1.0;
        while let (Some(index), nth, all) = find(&mut desk, &order, from, "root", true, true) {
            assert_eq!((nth, all), (Some(hits - back.len() as f64), Some(hits)));
            back.push(index);
            if index == 0.0 {
                break;
            }
            from = index - 1.0;
        }
        back.reverse();
        assert_eq!(forward, back);
    }
    assert_eq!(
        find(&mut desk, &request(&set.key, 0.0, 0), 0.0, "查無此人", true, true),
        (None, None, Some(0.0))
    );
}

#[test]
fn every_row_stands_at_its_place_in_its_own_table() {
    let folder = tempfile::tempdir().expect("folder");
    let (mut desk, set) = accounts(folder.path());
    let sorted = by(request(&set.key, 0.0, 500), "account", false);
    let rows = data::rows(&mut desk, &sorted).expect("rows").rows;
    assert_eq!(rows.len() as f64, set.rows.min(500.0));
    for row in rows.iter().step_by(7) {
        let sheet = set.sheets.iter().find(|s| s.id == row.sheet_id).expect("a table of the dataset");
        assert_eq!((&sheet.file, &sheet.sheet), (&row.file, &row.sheet));
        assert_eq!(sheet.sha256.len(), 64);
        let own = FilterChoice {
            column: String::new(),
            test: "sheet".to_owned(),
            from: sheet.id.to_string(),
            to: String::new(),
        };
        let there = DataRequest { filters: vec![own], ..request(&set.key, row.place, 1) };
        let page = data::rows(&mut desk, &there).expect("rows");
        assert_eq!(page.total, sheet.rows);
        assert_eq!(page.rows[0].row.row, row.row.row);
        assert_eq!(page.rows[0].row.cells, row.row.cells);
    }
}

#[test]
fn a_profile_accounts_for_every_row_and_a_copy_has_its_headings() {
    let folder = tempfile::tempdir().expect("folder");
    let (mut desk, set) = accounts(folder.path());
    for column in set.columns.iter().filter(|c| c.present) {
        let asked = DataProfileRequest { dataset: set.key.clone(), column: column.key.clone() };
        let profile = data::profile(&mut desk, &asked).expect("profile");
        let valued = profile.rows - profile.missing - profile.never - profile.unreadable;
        assert_eq!(profile.rows, set.rows, "{}", column.key);
        let bars: f64 = profile.bins.iter().map(|bin| bin.rows).sum();
        assert!(profile.bins.is_empty() || bars == valued, "{}", column.key);
        let most: f64 = profile.top.iter().map(|one| one.rows).sum();
        assert!(most <= valued && (profile.distinct > 20.0 || most == valued), "{}", column.key);
    }
    let copied = data::copy(&mut desk, &request(&set.key, 0.0, 5)).expect("copy");
    let lines: Vec<&str> = copied.text.trim_end().split('\n').collect();
    assert_eq!((copied.rows, lines.len()), (5, 6));
    assert!(lines[0].ends_with("來源檔案\t工作表\t列號"), "{}", lines[0]);
    assert!(lines.iter().all(|line| line.matches('\t').count() == lines[0].matches('\t').count()));
    let error = data::copy(&mut desk, &request(&set.key, 0.0, 5_001)).expect_err("too many");
    assert_eq!(error.key(), "too_many");
}
