//! Ranges of parameters.

use fieldbook_checklist::{ChecklistError, bundled, bundled_files, load_unlocked};
use fieldbook_model::ParamValue;

#[test]
fn every_number_of_a_built_in_procedure_has_a_range() {
    let bundle = bundled().expect("bundle");
    let parameters =
        bundle.procedures.iter().flat_map(|p| p.procedure.parameters.iter().map(move |q| (p, q)));
    let mut numbers = 0;
    for (loaded, parameter) in parameters {
        let number = matches!(parameter.value, ParamValue::Int(_) | ParamValue::Num(_));
        numbers += usize::from(number);
        assert_eq!(parameter.range.is_some(), number, "{} {}", loaded.procedure.id, parameter.key);
    }
    assert!(numbers > 100, "{numbers}");
}

#[test]
fn a_value_outside_its_range_and_a_range_of_a_text_are_told() {
    let path = "procedures/T-ACC-06.toml";
    let mut files = bundled_files();
    let text = files.get(path).expect("procedure").clone();
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    };
    let first = text.split("\nrange = ").nth(1).and_then(|rest| rest.lines().next()).expect("a range");
    let range = format!("range = {first}");
    let list = text
        .lines()
        .find(|l| l.starts_with("value = ["))
        .or_else(|| text.lines().find(|l| l.starts_with("value = \"")));
    let mut cases = vec![changed(&range, "range = [9998, 9999]")];
    cases.extend(list.map(|line| changed(line, &format!("{line}\nrange = [0, 1]"))));
    for case in cases {
        files.insert(path.to_owned(), case);
        let errors = load_unlocked(&files).expect_err("refused");
        let told = errors.iter().find(|e| matches!(e.what, ChecklistError::OutOfRange(_))).expect("told");
        assert_eq!((told.file.as_str(), told.line.is_some()), (path, true));
    }
}
