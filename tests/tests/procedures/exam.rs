//! One case in a vault: import, run.

use crate::cases::Case;
use fieldbook_app::store::VaultStore;
use fieldbook_audit::picture::Drawn;
use fieldbook_audit::{RunRequest, bind, derive, given, picture, run};
use fieldbook_checklist::{Bundle, LoadedProcedure, items, profile_from_toml};
use fieldbook_intake::{Limits, Passthrough, PlanRequest, RowSink, SinkClosed, open, plan, read};
use fieldbook_model::{
    Clause, Exam, ExamId, ExceptionRow, Item, ListOrigin, ParamValue, Parameter, Period, Profile, Run, Tri,
    TypedRow,
};
use fieldbook_vault::{ExamLaw, ExamStore, FileHead, ImportWriter, ReaderScope, SheetHead, Vault};
use jiff::civil::{Date, DateTime, date};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;

const FIRM: &str = "甲乙綜合證券股份有限公司";
const BY: &str = "王稽核";
/// What a fact of the firm begins with among a case's changes: `profile.is_fcm,true`.
const FACT: &str = "profile.";

/// Makes an exam, imports the case's files, runs the procedure over them and draws its pictures.
pub fn run_case(
    vault: &mut Vault,
    n: usize,
    case: &Case,
    loaded: &LoadedProcedure,
    bundle: &Bundle,
) -> (Run, Vec<ExceptionRow>, Vec<(String, Drawn)>) {
    let as_of = day(case.as_of());
    let exam = exam(n, as_of);
    // A procedure reads datasets only: no checklist has to be pinned for it.
    let law =
        ExamLaw { sha256: "0".repeat(64), files: BTreeMap::new(), packages: Vec::new(), pins: Vec::new() };
    vault.create_exam(&exam, BY, &law, &mut |b| b.fill(7)).expect("a new exam");
    let mut store = vault.open_exam(&exam.id, &bundle.datasets).expect("the exam just made");
    for (dataset, origin, path) in &case.files {
        import(&mut store, bundle, dataset, *origin, path, as_of);
    }
    let overrides: Vec<_> = case
        .changes
        .iter()
        .filter(|(key, _)| key != "as_of" && !key.starts_with(FACT))
        .map(|(key, text)| (key.clone(), value(&loaded.procedure.parameters, key, text), "測試".to_owned()))
        .collect();
    let items = items_of(case, bundle);
    let procedure = bind(&loaded.procedure, &items, &|id| bundle.clause(id).map(Clause::heaviest));
    let request = RunRequest {
        procedure: &procedure,
        whole: &loaded.procedure,
        procedure_sha256: &loaded.sha256,
        applies: Tri::Yes,
        firm: FIRM,
        as_of,
        period: exam.period,
        overrides: &overrides,
        by: BY,
        at: now(),
    };
    let plain = VaultStore(store.reader(|| false).expect("a reader of the exam"));
    let derived = derive(&plain, &bundle.datasets, FIRM, &[]).expect("the kinds of accounts");
    let scope = ReaderScope { derived: &derived, sheets: None };
    let reader = store.reader_of(scope, || false).expect("a reader of the exam");
    let store = VaultStore(reader);
    let (run, rows) = run(&store, &request).unwrap_or_else(|error| panic!("{}: {error}", case.name));
    let used = run.parameters.iter().map(|p| (p.key.clone(), p.value.clone()));
    let bound: Vec<_> = used.chain(given(as_of, exam.period, FIRM)).collect();
    let drawn = procedure.pictures.iter().map(|p| {
        let drawn = picture(&store, &procedure, p, &bound);
        (p.key.clone(), drawn.unwrap_or_else(|error| panic!("{}: {error}", case.name)))
    });
    let drawn = drawn.collect();
    (run, rows, drawn)
}

/// The items of a firm with the facts that the case states; none when it states none, and then every clause binds.
fn items_of(case: &Case, bundle: &Bundle) -> Vec<Item> {
    let facts = case.changes.iter().filter_map(|(key, value)| Some((key.strip_prefix(FACT)?, value)));
    let text: String = facts.map(|(fact, value)| format!("{fact} = {value}\n")).collect();
    if text.is_empty() {
        return Vec::new();
    }
    let (profile, systems) =
        profile_from_toml(bundle, &text).unwrap_or_else(|error| panic!("{}: {error}", case.name));
    items(bundle, &profile, &systems)
}

fn exam(n: usize, as_of: Date) -> Exam {
    Exam {
        id: ExamId::parse(&format!("case-{n}")).expect("an exam id"),
        firm: FIRM.to_owned(),
        case_no: String::new(),
        as_of,
        period: Period::new(date(2020, 1, 1), as_of).expect("in order"),
        examiners: vec![BY.to_owned()],
        profile: Profile::new(),
        systems: Vec::new(),
        created_at: now(),
    }
}

/// Rows on their way into the vault.
struct Rows<'w, 'v>(&'w mut ImportWriter<'v>);

impl RowSink for Rows<'_, '_> {
    fn row(&mut self, row: TypedRow) -> Result<(), SinkClosed> {
        self.0.push(&row).map_err(|_| SinkClosed)
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.0.restart().map_err(|_| SinkClosed)
    }
}

fn import(
    store: &mut ExamStore,
    bundle: &Bundle,
    dataset: &str,
    origin: Option<ListOrigin>,
    path: &Path,
    as_of: Date,
) {
    let place = path.display();
    let mut source = open(path, &Limits::default(), None).unwrap_or_else(|e| panic!("{place}: {e}"));
    let wanted = PlanRequest { defs: &bundle.datasets, dataset: Some(dataset), as_of, forced: &[] };
    let plan = plan(&mut source, "", &wanted).unwrap_or_else(|e| panic!("{place}: {e}"));
    assert!(plan.unmapped.is_empty(), "{place}: not mapped {:?}", plan.unmapped);
    let def = bundle.dataset(dataset).expect("a dataset of the checklists");
    let head = FileHead {
        file: source.file_name().to_owned(),
        sha256: source.sha256().to_owned(),
        size: source.size(),
        encoding: source.encoding().to_owned(),
    };
    let mut writer = store.begin_import("", BY, now()).expect("an import");
    writer.begin_file(&head).expect("a file");
    let sheet = SheetHead {
        sheet: String::new(),
        dataset: dataset.to_owned(),
        header_row: plan.header_row,
        end_row: None,
        mapping: plan.mapping.clone(),
        filled: Vec::new(),
        origin,
    };
    writer.begin_sheet(&sheet).unwrap_or_else(|e| panic!("{place}: {e}"));
    let said = Passthrough { origin, declared_rows: None };
    let mut go = |_| ControlFlow::Continue(());
    let record = read(&mut source, &plan, def, as_of, said, &mut Rows(&mut writer), &mut go)
        .unwrap_or_else(|e| panic!("{place}: {e}"));
    writer.finish_sheet(&record).unwrap_or_else(|e| panic!("{place}: {e}"));
    writer.finish_file().expect("a finished file");
    writer.commit().expect("a finished import");
}

/// A parameter's value from its text; elements of a list are separated by `|`.
fn value(parameters: &[Parameter], key: &str, text: &str) -> ParamValue {
    let parameter = parameters.iter().find(|p| p.key == key).expect("a parameter of the procedure");
    match parameter.value {
        ParamValue::Int(_) => ParamValue::Int(text.parse().expect("a whole number")),
        ParamValue::Num(_) => ParamValue::Num(text.parse().expect("a number")),
        ParamValue::Bool(_) => ParamValue::Bool(text == "true"),
        ParamValue::Text(_) => ParamValue::Text(text.to_owned()),
        ParamValue::List(_) => ParamValue::List(text.split('|').map(str::to_owned).collect()),
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("an ISO date")
}

/// The moment of everything that happens.
pub fn now() -> DateTime {
    date(2021, 1, 5).at(9, 30, 0, 0)
}
