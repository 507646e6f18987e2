//! What is asked of the firm before and during the visit, and the sheets that are taken along on paper: made from the
//! items that apply and from what the procedures read.

use crate::audit::for_this_firm;
use crate::checklist::Sheet;
use crate::dates;
use crate::desk::Desk;
use crate::dossier::{FONTS, documents, items};
use crate::error::AppError;
use crate::export::{export_failed, make_parent, write_beside};
use crate::output::{render, target};
use crate::settings::Settings;
use crate::view;
use crate::wire::{ExportView, FieldSheetView, PathRequest, RequestListRequest, SheetRequest};
use fieldbook_model::{Clause, ClauseId, DatasetDef, Every, Exam, FileRecord, Item, Procedure, Tri};
use fieldbook_report::{
    AwaitedLine, Dictionary, ExamHead, FieldSheetPaper, Receipt, ReceivedPaper, RequestLine, RequestList,
    TemplateHead,
};
use fieldbook_vault::ReceivedFile;
use std::collections::BTreeSet;
use std::path::Path;

/// The period that is asked for; its dates stand in the head of the list.
const PERIOD: &str = "查核期間";
/// Folder of the blank workbooks beside the request list.
const TEMPLATES: &str = "欄位範本";

/// The head of papers that are made before there is anything to report.
pub(crate) fn head(desk: &Desk, exam: &Exam) -> Result<ExamHead, AppError> {
    Ok(ExamHead {
        firm: exam.firm.clone(),
        case_no: exam.case_no.clone(),
        as_of: exam.as_of,
        period: exam.period,
        examiners: exam.examiners.clone(),
        organisation: Settings::of(desk)?.organisation,
    })
}

/// The item of a clause when it binds the firm, or may.
fn concerns<'a>(desk: &'a Desk, id: &ClauseId) -> Option<&'a Item> {
    let item = desk.exam().ok()?.item(id)?;
    (item.decision.applicability != fieldbook_model::Applicability::NotApplicable).then_some(item)
}

fn label(desk: &Desk, id: &ClauseId) -> (ClauseId, String) {
    (id.clone(), desk.bundle.clause(id).map(|c| c.label.clone()).unwrap_or_default())
}

/// Writes the request list (調閱資料清單), as spreadsheet and as PDF, and with it a blank workbook for each dataset
/// that it asks for.
///
/// # Errors
/// `required`, `bad_date`, `render_failed`, `export_failed`, or the store's.
pub fn export_requests(desk: &Desk, request: &RequestListRequest) -> Result<ExportView, AppError> {
    let dir = target(&request.path)?;
    let due = dates::read_optional("提供期限", &request.due)?;
    let (list, datasets) = request_list(desk, due)?;
    let mut files: Vec<_> = fieldbook_report::request_list(&list, &FONTS)
        .map_err(|e| render(&e))?
        .into_iter()
        .map(|f| (dir.join(&f.name), f.bytes))
        .collect();
    if request.templates {
        for file in templates(desk, &datasets)? {
            files.push((dir.join(TEMPLATES).join(&file.name), file.bytes));
        }
        make_dir(&dir.join(TEMPLATES))?;
    }
    make_dir(dir)?;
    let files = files.iter().map(|(path, bytes)| write_beside(path, bytes)).collect::<Result<_, _>>()?;
    Ok(ExportView { files })
}

fn templates(desk: &Desk, datasets: &[DatasetDef]) -> Result<Vec<fieldbook_report::PaperFile>, AppError> {
    let exam = desk.exam()?.store.exam()?;
    let head = TemplateHead {
        firm: exam.firm,
        case_no: exam.case_no,
        organisation: Settings::of(desk)?.organisation,
        printed_at: desk.host.now(),
    };
    fieldbook_report::dataset_templates(datasets, &head).map_err(|e| render(&e))
}

/// Writes a blank workbook for every dataset, or for one.
///
/// # Errors
/// `unknown_dataset`, `render_failed`, `export_failed`, or the store's.
pub fn export_templates(desk: &Desk, dataset: Option<&str>, path: &str) -> Result<ExportView, AppError> {
    let dir = target(path)?;
    let picked: Vec<DatasetDef> =
        desk.bundle.datasets.iter().filter(|d| dataset.is_none_or(|key| d.key == key)).cloned().collect();
    if picked.is_empty() {
        return Err(AppError::new("unknown_dataset").with("field", dataset.unwrap_or_default()));
    }
    make_dir(dir)?;
    let files = templates(desk, &picked)?;
    let files = files.iter().map(|f| write_beside(&dir.join(&f.name), &f.bytes)).collect::<Result<_, _>>()?;
    Ok(ExportView { files })
}

/// The list with the datasets that it asks for.
pub(crate) fn request_list(
    desk: &Desk,
    due: Option<jiff::civil::Date>,
) -> Result<(RequestList, Vec<DatasetDef>), AppError> {
    let exam = desk.exam()?.store.exam()?;
    let (mut lines, datasets) = dataset_lines(desk, &exam);
    lines.extend(topic_lines(desk));
    for (no, line) in (1..).zip(&mut lines) {
        line.no = no;
    }
    let list = RequestList {
        head: head(desk, &exam)?,
        due,
        printed_at: desk.host.now(),
        documents: documents(desk),
        lines,
        awaited: awaited(desk)?,
    };
    Ok((list, datasets))
}

/// One line a dataset that a procedure for this firm reads.
fn dataset_lines(desk: &Desk, exam: &Exam) -> (Vec<RequestLine>, Vec<DatasetDef>) {
    let Ok(open) = desk.exam() else { return (Vec::new(), Vec::new()) };
    let relevant: Vec<Procedure> = desk
        .bundle
        .procedures
        .iter()
        .filter(|p| {
            fieldbook_checklist::evaluate(&desk.bundle, &p.procedure.applies, &exam.profile) != Tri::No
        })
        .map(|p| for_this_firm(&desk.bundle, &p.procedure, &open.items))
        .filter(|p| !p.clauses.is_empty())
        .collect();
    let mut lines = Vec::new();
    let mut datasets = Vec::new();
    for dataset in &desk.bundle.datasets {
        let readers: Vec<&Procedure> =
            relevant.iter().filter(|p| p.needs.iter().any(|n| n.dataset == dataset.key)).collect();
        let periods = desk.bundle.periods.iter().filter(|p| p.last.iter().any(|l| l.dataset == dataset.key));
        let mut clauses: Vec<ClauseId> = readers.iter().flat_map(|p| p.clauses.clone()).collect();
        clauses.extend(periods.flat_map(|p| p.clauses.clone()).filter(|c| concerns(desk, c).is_some()));
        let clauses = in_order(desk, clauses);
        if clauses.is_empty() {
            continue;
        }
        let required = dataset.columns.iter().filter(|c| c.required);
        let optional = !readers.is_empty()
            && readers.iter().all(|p| p.needs.iter().all(|n| n.dataset != dataset.key || n.optional));
        lines.push(RequestLine {
            no: 0,
            name: dataset.zh.clone(),
            dataset: dataset.key.clone(),
            clauses: clauses.iter().map(|c| label(desk, c)).collect(),
            // Which tests will read it is not told to whom they are about.
            procedures: Vec::new(),
            period: PERIOD.to_owned(),
            format: format!("電子檔（xlsx 或 csv）；可用欄位範本：{} {}.xlsx", dataset.code, dataset.zh),
            columns: required.map(|c| c.zh.clone()).collect(),
            remark: if optional { "有此資料者提供".to_owned() } else { String::new() },
        });
        datasets.push(dataset.clone());
    }
    (lines, datasets)
}

fn in_order(desk: &Desk, ids: Vec<ClauseId>) -> Vec<ClauseId> {
    let wanted: BTreeSet<ClauseId> = ids.into_iter().collect();
    desk.bundle.clauses().filter(|c| wanted.contains(&c.id)).map(|c| c.id.clone()).collect()
}

/// One line a topic that has an item for this firm, and one a chapter for the items that belong to no topic.
fn topic_lines(desk: &Desk) -> Vec<RequestLine> {
    let mut asked: BTreeSet<ClauseId> = BTreeSet::new();
    let mut lines = Vec::new();
    for topic in &desk.bundle.crosswalk.topics {
        let mine: Vec<ClauseId> =
            topic.clauses.iter().filter(|c| concerns(desk, c).is_some()).cloned().collect();
        asked.extend(mine.iter().cloned());
        if !mine.is_empty() {
            lines.push(document_line(desk, &topic.title, mine));
        }
    }
    for document in &desk.bundle.documents {
        for chapter in &document.chapters {
            let rest = |c: &&Clause| !asked.contains(&c.id) && concerns(desk, &c.id).is_some();
            let mine: Vec<ClauseId> = chapter.clauses.iter().filter(rest).map(|c| c.id.clone()).collect();
            if !mine.is_empty() {
                lines.push(document_line(desk, &chapter.title, mine));
            }
        }
    }
    lines
}

fn document_line(desk: &Desk, title: &str, clauses: Vec<ClauseId>) -> RequestLine {
    let own_rule = |id: &ClauseId| {
        desk.bundle.periods.iter().any(|p| p.every == Every::OwnRule && p.clauses.contains(id))
    };
    let open = |id: &ClauseId| {
        let item = concerns(desk, id);
        item.is_some_and(|i| i.decision.applicability == fieldbook_model::Applicability::Undetermined)
    };
    let mut remark = Vec::new();
    if clauses.iter().any(own_rule) {
        remark.push("請一併提供公司自訂辦理頻率之規定");
    }
    if clauses.iter().all(open) {
        remark.push("適用性待確認；不適用者請說明");
    }
    RequestLine {
        no: 0,
        name: format!("{title}：相關規定、紀錄及佐證"),
        dataset: String::new(),
        clauses: clauses.iter().map(|c| label(desk, c)).collect(),
        procedures: Vec::new(),
        period: PERIOD.to_owned(),
        format: "文件電子檔或影本".to_owned(),
        columns: Vec::new(),
        remark: remark.join("；"),
    }
}

/// What the firm still owes, item by item.
fn awaited(desk: &Desk) -> Result<Vec<AwaitedLine>, AppError> {
    let sheet = Sheet::of(desk)?;
    let mut out = Vec::new();
    for clause in desk.bundle.clauses() {
        for answer in sheet.answers(&clause.id) {
            let Some(what) = &answer.awaited else { continue };
            out.push(AwaitedLine {
                label: clause.label.clone(),
                clause: clause.id.clone(),
                system: answer.key.system.clone(),
                what: if what.is_empty() { "（未註明）".to_owned() } else { what.clone() },
                by: answer.by.clone(),
            });
        }
    }
    Ok(out)
}

/// Writes the receipt for what was handed over (資料收受清單), as spreadsheet and as PDF, with places to sign.
///
/// # Errors
/// `nothing_received`, `required`, `render_failed`, `export_failed`, or the store's.
pub fn export_receipt(desk: &Desk, request: &PathRequest) -> Result<ExportView, AppError> {
    let dir = target(&request.path)?;
    let open = desk.exam()?;
    let files: Vec<ReceivedPaper> = open.store.received_files(None)?.into_iter().map(received).collect();
    if files.is_empty() {
        return Err(AppError::new("nothing_received"));
    }
    let receipt = Receipt {
        head: head(desk, &open.store.exam()?)?,
        datasets: desk.bundle.datasets.clone(),
        files,
        printed_at: desk.host.now(),
    };
    let files = fieldbook_report::receipt(&receipt, &FONTS).map_err(|e| render(&e))?;
    make_dir(dir)?;
    let files = files.iter().map(|f| write_beside(&dir.join(&f.name), &f.bytes)).collect::<Result<_, _>>()?;
    Ok(ExportView { files })
}

/// Writes the data dictionary (資料字典): every dataset that the exam knows, as one workbook.
///
/// # Errors
/// `required`, `render_failed`, `export_failed`, `locked`, `no_exam`.
pub fn export_dictionary(desk: &Desk, request: &PathRequest) -> Result<ExportView, AppError> {
    let dir = target(&request.path)?;
    desk.exam()?;
    let texts = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
    let fieldbook_intake::Sentinels { missing, never } = fieldbook_intake::sentinels();
    let dictionary = Dictionary {
        datasets: desk.bundle.datasets.clone(),
        missing: texts(missing),
        never: texts(never),
        made_from: format!("查核簿 {}", env!("CARGO_PKG_VERSION")),
        printed_at: desk.host.now(),
    };
    let file = fieldbook_report::data_dictionary(&dictionary).map_err(|e| render(&e))?;
    make_dir(dir)?;
    Ok(ExportView { files: vec![write_beside(&dir.join(&file.name), &file.bytes)?] })
}

pub(crate) fn received(file: ReceivedFile) -> ReceivedPaper {
    let ReceivedFile { received_from, at, undone, file: name, sha256, size, encoding, sheets, .. } = file;
    let replaced_by = sheets.iter().map(|s| s.superseded_by).collect();
    let sheets = sheets.into_iter().map(|s| s.record).collect();
    let file = FileRecord { file: name, sha256, size, encoding, sheets };
    ReceivedPaper { file, received_from, at, undone, replaced_by }
}

/// The sheets that can be printed, with how many of their items concern the firm.
///
/// # Errors
/// `locked`, `no_exam`.
pub fn field_sheets(desk: &Desk) -> Result<Vec<FieldSheetView>, AppError> {
    desk.exam()?;
    let count = |clauses: &[ClauseId]| clauses.iter().filter(|c| concerns(desk, c).is_some()).count();
    let sheets = desk.bundle.sheets.iter();
    Ok(sheets
        .map(|s| FieldSheetView {
            key: s.key.clone(),
            title: s.title.clone(),
            items: view::small(count(&s.clauses)),
        })
        .collect())
}

/// Prints a sheet that is filled in by hand; its folder is made when it is not there.
///
/// # Errors
/// `unknown_sheet_form`, `required`, `render_failed`, `export_failed`, or the store's.
pub fn export_sheet(desk: &Desk, request: &SheetRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let sheet = desk.bundle.sheets.iter().find(|s| s.key == request.key);
    let sheet = sheet.ok_or_else(|| AppError::new("unknown_sheet_form").with("field", &request.key))?;
    let exam = desk.exam()?.store.exam()?;
    let paper = FieldSheetPaper {
        head: head(desk, &exam)?,
        sheet: sheet.clone(),
        lines: items(desk)?,
        printed_at: desk.host.now(),
        draft: false,
    };
    let bytes = fieldbook_report::field_sheet(&paper, &FONTS).map_err(|e| render(&e))?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &bytes)?] })
}

fn make_dir(dir: &Path) -> Result<(), AppError> {
    std::fs::create_dir_all(dir).map_err(|e| export_failed(&e))
}
