//! The equipment count: device by device, handed to the test that reads it, taken back step by step.

use fieldbook_app::wire::{CountDevice, CountItemView, CountMarkRequest, CountState, CountView, PathRequest};
use fieldbook_app::{AppError, Desk, count};
use fieldbook_tests::desk::{exceptions, import_sample_but, reopen, run_one, with_exam};
use fieldbook_tests::second_reader::by_calamine;

const COUNTED: &str = "11_機房實地盤點表.csv";

fn mark(desk: &mut Desk, key: Option<&str>, state: Option<CountState>) -> Result<CountView, AppError> {
    let request = CountMarkRequest { key: key.map(str::to_owned), state, device: None, note: String::new() };
    count::mark(desk, &request)
}

fn item<'a>(view: &'a CountView, key: &str) -> &'a CountItemView {
    view.items.iter().find(|i| i.key == key).expect("item")
}

fn expected(view: &CountView) -> Vec<String> {
    view.items.iter().filter(|i| i.expected).map(|i| i.key.clone()).collect()
}

#[test]
fn a_count_is_what_the_test_reads() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample_but(&mut desk, &[COUNTED]).expect("import");
    let view = count::count(&desk).expect("count");
    assert!(view.filed > 0 && view.ledger > 0 && view.expected >= view.filed, "{view:?}");
    assert_eq!((view.open, view.found, view.fed.is_some()), (view.expected, 0, false));
    assert!(
        view.items.iter().any(|i| i.filed.is_some() && i.ledger.is_some()),
        "one device of two lists is one item"
    );
    assert_eq!(
        count::feed(&mut desk).expect_err("open").key(),
        "count_open",
        "not looked for is not 'not found'"
    );
    let keys = expected(&view);
    let (missing, moved) = (&keys[0], &keys[1]);
    for key in &keys {
        let state = if key == missing { CountState::NotFound } else { CountState::Found };
        mark(&mut desk, Some(key), Some(state)).expect("marked");
    }
    let view = count::count(&desk).expect("count");
    let device = CountDevice { u_pos: "U99".to_owned(), ..item(&view, moved).device.clone() };
    let ours = CountDevice { owner: "本公司".to_owned(), ..item(&view, moved).device.clone() };
    let said = CountMarkRequest {
        key: Some(moved.clone()),
        state: Some(CountState::Found),
        device: Some(ours),
        note: String::new(),
    };
    let view = count::mark(&mut desk, &said).expect("marked");
    assert_eq!(item(&view, moved).ours, ["filed", "ledger", "seen"], "{:?}", item(&view, moved));
    assert!(item(&view, moved).differs.is_empty(), "the firm by another name is the firm");
    let elsewhere = CountMarkRequest {
        key: Some(moved.clone()),
        state: Some(CountState::Found),
        device: Some(device),
        note: "移到最上層".to_owned(),
    };
    let view = count::mark(&mut desk, &elsewhere).expect("marked");
    assert!(item(&view, moved).differs.contains(&"u_pos".to_owned()), "{:?}", item(&view, moved));
    let strange = CountDevice {
        name: "不明主機".to_owned(),
        serial: "ZZ-0001".to_owned(),
        rack: "A01".to_owned(),
        owner: "某投資顧問股份有限公司".to_owned(),
        ..CountDevice::default()
    };
    let strange = CountMarkRequest {
        key: None,
        state: Some(CountState::NotListed),
        device: Some(strange),
        note: String::new(),
    };
    let view = count::mark(&mut desk, &strange).expect("marked");
    assert_eq!((view.open, view.not_found, view.not_listed), (0, 1, 1));
    let fed = count::feed(&mut desk).expect("handed over");
    let told = fed.fed.expect("fed");
    assert_eq!((told.rows, told.current), (view.expected, true));
    let ran = run_one(&mut desk, "T-COL-02").expect("runs");
    assert_eq!(ran.population, Some(f64::from(told.rows)));
    let by_rule = |rule: &str| exceptions(&desk, "T-COL-02", rule).expect("rows").1;
    let has = |rule: &str, text: &str| {
        by_rule(rule).iter().any(|r| r.values.iter().flatten().any(|value| value == text))
    };
    assert!(has("1", "ZZ-0001"), "what no list has");
    assert!(has("2", "某投資顧問股份有限公司"), "whose it is");
    assert!(has("3b", "U99"), "where it was not filed to be");
    let gone = item(&view, missing).device.clone();
    assert!(has("4", &gone.serial), "{gone:?} was not found");
}

#[test]
fn counting_on_makes_the_list_stale_until_it_is_handed_over_again() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, exam) = with_exam(folder.path()).expect("exam");
    import_sample_but(&mut desk, &[COUNTED]).expect("import");
    let keys = expected(&count::count(&desk).expect("count"));
    for key in &keys {
        mark(&mut desk, Some(key), Some(CountState::Found)).expect("marked");
    }
    count::feed(&mut desk).expect("handed over");
    let rows = |view: &CountView| view.fed.as_ref().map(|f| (f.rows, f.current));
    let all = u32::try_from(keys.len()).expect("few");
    let view = mark(&mut desk, Some(&keys[0]), Some(CountState::NotFound)).expect("marked");
    assert_eq!(rows(&view), Some((all, false)));
    let view = count::feed(&mut desk).expect("handed over");
    assert_eq!(rows(&view), Some((all - 1, true)), "in place of the earlier list");
    let population = run_one(&mut desk, "T-COL-02").expect("runs").population;
    assert_eq!(population, Some(f64::from(all - 1)), "not both lists");
    reopen(&mut desk, folder.path(), &exam.head.id).expect("opens");
    let view = count::count(&desk).expect("count");
    assert_eq!((rows(&view), view.found), (Some((all - 1, true)), all - 1));
}

#[test]
fn steps_are_taken_back_one_by_one() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample_but(&mut desk, &[COUNTED]).expect("import");
    let key = expected(&count::count(&desk).expect("count")).remove(0);
    mark(&mut desk, Some(&key), Some(CountState::Found)).expect("marked");
    let view = mark(&mut desk, Some(&key), Some(CountState::NotFound)).expect("marked");
    assert!(view.undo.as_ref().is_some_and(|u| u.starts_with("未見")), "{:?}", view.undo);
    let view = count::undo(&mut desk).expect("taken back");
    assert_eq!(item(&view, &key).state, Some(CountState::Found));
    let view = count::undo(&mut desk).expect("taken back");
    assert_eq!((item(&view, &key).state, view.undo), (None, None));
    assert_eq!(count::undo(&mut desk).expect_err("nothing").key(), "count_no_step");
}

#[test]
fn what_makes_no_sense_is_told() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    assert_eq!(count::feed(&mut desk).expect_err("nothing").key(), "count_empty", "without any list");
    import_sample_but(&mut desk, &[COUNTED]).expect("import");
    let key = expected(&count::count(&desk).expect("count")).remove(0);
    let key_of = |e: AppError| e.key();
    assert_eq!(
        mark(&mut desk, Some("s:none"), Some(CountState::Found)).map_err(key_of).err(),
        Some("unknown_device")
    );
    assert_eq!(
        mark(&mut desk, Some(&key), Some(CountState::NotListed)).map_err(key_of).err(),
        Some("bad_choice")
    );
    assert_eq!(mark(&mut desk, None, Some(CountState::NotListed)).map_err(key_of).err(), Some("required"));
    assert_eq!(mark(&mut desk, None, Some(CountState::Found)).map_err(key_of).err(), Some("bad_choice"));
}

#[test]
fn the_sheet_has_a_line_for_every_device_and_room_for_more() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    import_sample_but(&mut desk, &[COUNTED]).expect("import");
    let view = count::count(&desk).expect("count");
    let path = folder.path().join("盤點表.xlsx");
    let request = PathRequest { path: path.to_string_lossy().into_owned() };
    count::sheet(&desk, &request).expect("written");
    let cells: Vec<String> = by_calamine(&path).into_values().flatten().flatten().collect();
    for item in view.items.iter().filter(|i| i.expected && !i.device.serial.is_empty()) {
        assert!(cells.contains(&item.device.serial), "{}", item.device.serial);
    }
    assert!(cells.iter().any(|c| c.contains("公司會同人員")));
}
