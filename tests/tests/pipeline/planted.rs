//! Every procedure that runs on the sample firm finds what the answer key says, where it says it, and nothing else.

use fieldbook_app::wire::RunVerdictWord;
use fieldbook_tests::desk::{exceptions, import_sample, run_all, verdict_word, with_exam};
use fieldbook_tests::sample::truth::Truth;
use std::collections::BTreeSet;

/// Rule, verdict, file, sheet, row.
type Row = (String, String, String, String, u32);

fn truth() -> Truth {
    let path = fieldbook_tests::sample_folder().join("planted.toml");
    toml::from_str(&std::fs::read_to_string(path).expect("answer key")).expect("answer key")
}

/// The rows that the key plants for a procedure.
fn planted(truth: &Truth, procedure: &str) -> BTreeSet<Row> {
    let own = truth.planted.iter().filter(|p| p.procedure == procedure);
    own.map(|p| (p.rule.clone(), p.verdict.clone(), p.file.clone(), p.sheet.clone(), p.row)).collect()
}

/// The verdict that follows from the key; `None` where the key does not know the procedure.
fn verdict(truth: &Truth, procedure: &str) -> Option<String> {
    let rows = planted(truth, procedure);
    let of = |verdict: &str| rows.iter().any(|r| r.1 == verdict).then(|| verdict.to_owned());
    let stated = truth.without.iter().find(|w| w.procedure == procedure).map(|w| w.verdict.clone());
    of("exception").or_else(|| of("unknown")).or(stated)
}

/// How many rows were found that were planted, found that were not, and planted but not found.
#[derive(Default)]
struct Score {
    hits: usize,
    extra: usize,
    missed: usize,
}

impl Score {
    fn ratio(&self, beside: usize) -> f64 {
        let whole = self.hits + beside;
        if whole == 0 { 1.0 } else { self.hits as f64 / whole as f64 }
    }

    fn precision(&self) -> f64 {
        self.ratio(self.extra)
    }

    fn recall(&self) -> f64 {
        self.ratio(self.missed)
    }
}

#[test]
fn planted_rows_are_found_and_near_misses_are_not() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    for done in import_sample(&mut desk).expect("import") {
        assert_eq!(
            done.view.files[0].error.as_ref().map(|e| &e.message),
            None,
            "{}",
            done.view.files[0].file
        );
    }
    let runs = run_all(&mut desk).expect("runs");
    let truth = truth();
    let (mut wrong, mut score, mut ran) = (Vec::new(), Score::default(), BTreeSet::new());
    for run in &runs {
        let procedure = run.procedure.as_str();
        let came_to = match run.verdict {
            RunVerdictWord::NotRunnable | RunVerdictWord::NotApplicable => continue,
            RunVerdictWord::Exceptions => "exception",
            RunVerdictWord::Unknown => "unknown",
            RunVerdictWord::Pass => "pass",
        };
        ran.insert(procedure);
        let expected = verdict(&truth, procedure);
        if expected.as_deref() != Some(came_to) {
            wrong.push(format!("{procedure}: {came_to}, the key says {expected:?}"));
        }
        let (_, rows) = exceptions(&desk, procedure, "").expect("exceptions");
        let found: BTreeSet<Row> = rows
            .iter()
            .map(|r| {
                (r.rule.clone(), verdict_word(r.verdict).to_owned(), r.file.clone(), r.sheet.clone(), r.row)
            })
            .collect();
        let planted = planted(&truth, procedure);
        // Leads are worth a look and no verdict; only those planted on purpose are counted on.
        let extra: Vec<_> = found.difference(&planted).filter(|r| r.1 != "lead").collect();
        let missed: Vec<_> = planted.difference(&found).collect();
        score.hits += planted.len() - missed.len();
        score.extra += extra.len();
        score.missed += missed.len();
        wrong.extend(missed.iter().map(|r| format!("{procedure} not found: {r:?}")));
        wrong.extend(extra.iter().map(|r| format!("{procedure} not planted: {r:?}")));
        for near in truth.near_miss.iter().filter(|n| n.procedure == procedure) {
            let at = |r: &&Row| r.1 != "lead" && (&r.2, &r.3, r.4) == (&near.file, &near.sheet, near.row);
            wrong.extend(
                found.iter().find(at).map(|r| format!("{procedure} near miss ({}): {r:?}", near.why)),
            );
        }
    }
    let known = truth.planted.iter().map(|p| p.procedure.as_str());
    let known: BTreeSet<&str> = known.chain(truth.without.iter().map(|w| w.procedure.as_str())).collect();
    wrong.extend(known.difference(&ran).map(|p| format!("{p} is in the key and did not run")));
    assert!(
        wrong.is_empty(),
        "{} procedures ran; precision {:.4}, recall {:.4} ({} rows as planted, {} not planted, {} not found); \
         {} wrong:\n{}",
        ran.len(),
        score.precision(),
        score.recall(),
        score.hits,
        score.extra,
        score.missed,
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_the_firm_hid_is_imported_and_said() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let done = import_sample(&mut desk).expect("import");
    let sheet = |file: &str, sheet: &str| {
        let view = &done.iter().find(|d| d.view.files[0].file == file).expect("file").view;
        view.files[0].sheets.iter().find(|s| s.sheet == sheet).expect("sheet").clone()
    };
    assert_eq!(sheet("02_主機帳號清冊.xlsx", "UNIX主機").hidden_rows, Some(2.0));
    assert!(sheet("02_主機帳號清冊.xlsx", "舊帳號").hidden_sheet);
    assert_eq!(sheet("08_主機共置專線委託.xlsx", "專線委託").hidden_rows, Some(3.0));
    let guide = sheet("03_交易系統帳號.xlsx", "填表說明");
    assert_eq!(guide.dataset, None, "a sheet of instructions is no dataset");
    assert!(guide.error.is_some_and(|e| e.message.contains("填表說明")));
}

#[test]
fn row_counts_and_readings_are_those_of_the_files() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (mut desk, _) = with_exam(folder.path()).expect("exam");
    let done = import_sample(&mut desk).expect("import");
    let stored = |file: &str| {
        let view = &done.iter().find(|d| d.view.files[0].file.starts_with(file)).expect("file").view;
        view.files[0].sheets.iter().map(|s| s.rows_stored).sum::<f64>()
    };
    assert_eq!(stored("01_"), 77.0);
    assert_eq!(stored("06_"), 34.0);
    assert_eq!(stored("07_"), 3000.0);
    assert_eq!(stored("08_"), 810.0);
    let orders =
        &done.iter().find(|d| d.view.files[0].file.starts_with("07_")).expect("orders").view.files[0];
    assert_eq!(orders.encoding, "Big5");
    let ad = &done.iter().find(|d| d.view.files[0].file.starts_with("01_")).expect("AD").view.files[0];
    let reading = |column: &str| {
        let mapped =
            ad.sheets[0].mapping.iter().find(|m| m.column.as_deref() == Some(column)).expect("mapped");
        mapped.reading.clone()
    };
    assert_eq!(reading("pw_changed_at"), "file_time");
    assert_eq!(reading("created_at"), "ymd");
}
