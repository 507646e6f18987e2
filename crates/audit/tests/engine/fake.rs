//! A store that answers from tables of the test, and a procedure that the tests vary.

use fieldbook_audit::{AuditError, DatasetState, DatasetStore, RunRequest, StoreError, run};
use fieldbook_model::{
    ClauseId, Completeness, DatasetNeed, ExceptionRow, OutColumn, ParamValue, Parameter, Period, Population,
    Predicate, Procedure, RowRef, Rule, RuleVerdict, Run, Strength, Tri,
};
use jiff::civil::date;
use std::cell::RefCell;
use std::collections::BTreeMap;

pub type Cells = Vec<(String, Option<String>)>;

/// Answers queries by their text.
#[derive(Default)]
pub struct FakeStore {
    pub states: Vec<DatasetState>,
    pub population: u64,
    pub rows: BTreeMap<&'static str, Vec<(i64, Cells)>>,
    pub broken: Option<(&'static str, StoreError)>,
    pub bound: RefCell<Vec<(String, ParamValue)>>,
}

impl FakeStore {
    /// Accounts with three columns, ten rows, and whatever the rules find.
    pub fn with(rows: &[(&'static str, &[i64])]) -> Self {
        let cells = |id: &i64| (*id, vec![("account".to_owned(), Some(format!("a{id}")))]);
        Self {
            states: vec![state("accounts", 10, &["account", "kind", "status"])],
            population: 10,
            rows: rows.iter().map(|(sql, ids)| (*sql, ids.iter().map(cells).collect())).collect(),
            ..Self::default()
        }
    }

    pub fn and(mut self, state: DatasetState) -> Self {
        self.states.push(state);
        self
    }
}

impl DatasetStore for FakeStore {
    fn datasets(&self) -> Result<Vec<DatasetState>, StoreError> {
        Ok(self.states.clone())
    }

    fn keep(&self, _name: &str, _sql: &str, _params: &[(String, ParamValue)]) -> Result<(), StoreError> {
        Ok(())
    }

    fn forget(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn count(&self, _sql: &str, params: &[(String, ParamValue)]) -> Result<u64, StoreError> {
        self.bound.replace(params.to_vec());
        Ok(self.population)
    }

    fn rows(
        &self,
        sql: &str,
        _params: &[(String, ParamValue)],
        each: &mut dyn FnMut(i64, Cells),
    ) -> Result<(), StoreError> {
        if let Some((broken, error)) = &self.broken
            && *broken == sql
        {
            return Err(error.clone());
        }
        for (id, cells) in self.rows.get(sql).into_iter().flatten() {
            each(*id, cells.clone());
        }
        Ok(())
    }

    /// Higher ids stand further up in the file, so that the order of ids is not the order of places.
    fn source(&self, dataset: &str, id: i64) -> Result<RowRef, StoreError> {
        let row = u32::try_from(1_000_000 - id).map_err(|_| StoreError::Shape("row number"))?;
        Ok(RowRef { file_sha256: "ab".repeat(32), file: format!("{dataset}.csv"), sheet: String::new(), row })
    }
}

pub fn state(key: &str, rows: u64, columns: &[&str]) -> DatasetState {
    DatasetState {
        key: key.to_owned(),
        rows,
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        completeness: Completeness::NotStated,
        inputs: vec![format!("{key}-sha"), "shared-sha".to_owned()],
        sheets: Vec::new(),
        behind: Vec::new(),
    }
}

pub fn need(dataset: &str, columns: &[&str], optional: bool) -> DatasetNeed {
    let columns = columns.iter().map(|c| (*c).to_owned()).collect();
    DatasetNeed { dataset: dataset.to_owned(), columns, optional }
}

/// A rule whose query is its id.
pub fn rule(id: &str, verdict: RuleVerdict, needs: Vec<DatasetNeed>) -> Rule {
    Rule {
        id: id.to_owned(),
        title: format!("規則{id}"),
        verdict,
        clauses: vec![ClauseId::parse("COL-D5.1").expect("a clause id")],
        strength: Strength::Must,
        subject: "accounts".to_owned(),
        needs,
        uses: Vec::new(),
        sql: id.to_owned(),
    }
}

pub fn procedure(rules: Vec<Rule>) -> Procedure {
    let parameter = |key: &str, value: ParamValue| Parameter {
        key: key.to_owned(),
        zh: key.to_owned(),
        unit: String::new(),
        range: matches!(value, ParamValue::Int(_) | ParamValue::Num(_)).then_some((0.0, 100.0)),
        value,
        clause: None,
    };
    let column = |key: &str| OutColumn { key: key.to_owned(), zh: key.to_owned() };
    Procedure {
        id: "T-X-01".to_owned(),
        title: "測試".to_owned(),
        family: "測試".to_owned(),
        purpose: String::new(),
        steps: Vec::new(),
        clauses: Vec::new(),
        applies: Predicate::Fact("is_sec".to_owned()),
        needs: vec![need("accounts", &["account", "status"], false)],
        count: None,
        pictures: Vec::new(),
        parameters: vec![
            parameter("months", ParamValue::Int(3)),
            parameter("share", ParamValue::Num(0.95)),
            parameter("words", ParamValue::List(vec!["root".to_owned()])),
        ],
        population: Population {
            dataset: "accounts".to_owned(),
            zh: "帳號".to_owned(),
            uses: Vec::new(),
            sql: "count".to_owned(),
        },
        rules,
        fragments: Vec::new(),
        columns: vec![column("system_name"), column("account")],
        cautions: Vec::new(),
    }
}

/// An examiner's changes.
pub type Overrides = [(String, ParamValue, String)];

pub fn request<'a>(procedure: &'a Procedure, overrides: &'a Overrides) -> RunRequest<'a> {
    RunRequest {
        procedure,
        whole: procedure,
        procedure_sha256: "cd",
        applies: Tri::Yes,
        firm: "甲乙綜合證券股份有限公司",
        as_of: date(2020, 12, 31),
        period: Period::new(date(2020, 1, 1), date(2020, 12, 31)).expect("in order"),
        overrides,
        by: "王稽核",
        at: date(2021, 1, 5).at(9, 30, 0, 0),
    }
}

pub fn outcome(store: &FakeStore, procedure: &Procedure) -> (Run, Vec<ExceptionRow>) {
    run(store, &request(procedure, &[])).expect("the run has no reason to fail")
}

pub fn refusal(store: &FakeStore, procedure: &Procedure, overrides: &Overrides) -> AuditError {
    run(store, &request(procedure, overrides)).expect_err("the request is wrong")
}
