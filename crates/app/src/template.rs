//! Templates of regulators and organisations: those that come along, those that were brought, and filling them.

use crate::desk::Desk;
use crate::dossier::dossier;
use crate::error::AppError;
use crate::evidence::{Shown, text_view};
use crate::export::{io_word, make_parent, write_beside};
use crate::output::{beside, for_the_firm, held, not_shown, target};
use crate::wire::{
    ExportView, KeyRequest, PathRequest, PlaceholderView, TemplateAddRequest, TemplateCheckView,
    TemplateFileRequest, TemplateFilledView, TemplateKeyRequest, TemplateMarkView, TemplatePreviewView,
    TemplateView,
};
use fieldbook_model::SignRole;
use fieldbook_report::{Filled, TemplateError, TemplateKind, Unfilled, Values};
use fieldbook_vault::StoredTemplate;
use std::path::Path;
use std::sync::LazyLock;

/// Bytes that a template may have.
const LARGEST: u64 = 32 << 20;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shipped {
    key: String,
    file: String,
    title: String,
    paper: String,
    purpose: String,
}

#[derive(serde::Deserialize)]
struct List {
    template: Vec<Shipped>,
}

static LIST: LazyLock<Vec<Shipped>> = LazyLock::new(|| {
    let list = include_str!("../../../assets/templates/templates.toml");
    toml::from_str::<List>(list).map(|l| l.template).unwrap_or_default()
});

/// Files of the templates that come along, by name.
const FILES: &[(&str, &[u8])] = &[
    ("01-查核明細表.xlsx", include_bytes!("../../../assets/templates/01-查核明細表.xlsx")),
    ("02-缺失彙總表.xlsx", include_bytes!("../../../assets/templates/02-缺失彙總表.xlsx")),
    ("03-調閱資料清單.xlsx", include_bytes!("../../../assets/templates/03-調閱資料清單.xlsx")),
    ("04-主機共置設備盤點表.xlsx", include_bytes!("../../../assets/templates/04-主機共置設備盤點表.xlsx")),
    ("05-改善追蹤表.xlsx", include_bytes!("../../../assets/templates/05-改善追蹤表.xlsx")),
    (
        "06-資通安全評估報告完整性檢核表.xlsx",
        include_bytes!("../../../assets/templates/06-資通安全評估報告完整性檢核表.xlsx"),
    ),
    ("07-測試例外明細.xlsx", include_bytes!("../../../assets/templates/07-測試例外明細.xlsx")),
    ("08-查核報告.docx", include_bytes!("../../../assets/templates/08-查核報告.docx")),
];

/// The templates: those that come along, unless one that was brought takes their place; then the others.
///
/// # Errors
/// `locked`, or the store's.
pub fn templates(desk: &Desk) -> Result<Vec<TemplateView>, AppError> {
    let brought = desk.vault()?.vault.templates()?;
    let own = |key: &str| brought.iter().find(|t| t.key == key);
    let mut out: Vec<TemplateView> = LIST
        .iter()
        .map(|s| match own(&s.key) {
            Some(t) => TemplateView { what: s.purpose.clone(), ..brought_view(t) },
            None => TemplateView {
                key: s.key.clone(),
                title: s.title.clone(),
                what: s.purpose.clone(),
                authority: String::new(),
                file: s.file.clone(),
                shipped: true,
                by: String::new(),
                at: String::new(),
            },
        })
        .collect();
    let others = brought.iter().filter(|t| !LIST.iter().any(|s| s.key == t.key));
    out.extend(others.map(brought_view));
    Ok(out)
}

fn brought_view(t: &StoredTemplate) -> TemplateView {
    TemplateView {
        key: t.key.clone(),
        title: t.title.clone(),
        what: String::new(),
        authority: t.authority.clone(),
        file: t.file.clone(),
        shipped: false,
        by: t.by.clone(),
        at: crate::dates::moment(t.at),
    }
}

/// A template's bytes by its key.
fn bytes_of(desk: &Desk, key: &str) -> Result<Vec<u8>, AppError> {
    let vault = &desk.vault()?.vault;
    if vault.templates()?.iter().any(|t| t.key == key) {
        return Ok(vault.template_bytes(key)?);
    }
    let shipped = LIST.iter().find(|s| s.key == key).and_then(|s| FILES.iter().find(|(f, _)| *f == s.file));
    shipped.map(|(_, bytes)| bytes.to_vec()).ok_or_else(|| AppError::new("unknown_template"))
}

fn read(path: &str) -> Result<(String, Vec<u8>), AppError> {
    let path = target(path)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let refused = |what: String| AppError::new("file_not_read").with("file", &name).with("what", what);
    let meta = std::fs::metadata(path).map_err(|e| refused(io_word(&e)))?;
    if meta.len() > LARGEST {
        return Err(refused("檔案過大".to_owned()));
    }
    let bytes = std::fs::read(path).map_err(|e| refused(io_word(&e)))?;
    Ok((name, bytes))
}

fn check(bytes: &[u8]) -> TemplateCheckView {
    match fieldbook_report::check_template(bytes) {
        Err(e) => TemplateCheckView { kind: String::new(), marks: Vec::new(), problems: vec![words(&e)] },
        Ok(check) => TemplateCheckView {
            kind: check.kind.ending().to_owned(),
            marks: check
                .found
                .iter()
                .map(|f| TemplateMarkView {
                    name: f.name.clone(),
                    place: f.place.to_string(),
                    known: f.known,
                })
                .collect(),
            problems: check.problems.iter().map(words).collect(),
        },
    }
}

/// Why a template cannot be filled, zh-TW, with what to do.
fn words(e: &TemplateError) -> String {
    use TemplateError as E;
    match e {
        E::Unsupported => "不是 .xlsx、.docx 或 .ods 檔；請另存為其中一種。".to_owned(),
        E::Locked => "檔案設有密碼或為舊版格式；請移除密碼，另存為 .xlsx 或 .docx。".to_owned(),
        E::Macros => "檔案含有巨集；請另存為不含巨集之格式。".to_owned(),
        E::Damaged { .. } => "檔案已損壞；請以原程式開啟後另存新檔。".to_owned(),
        E::TooLarge => "檔案解開後過大，不能作為範本。".to_owned(),
        E::UnclosedPlaceholder { place } => format!("{place}：「{{{{」沒有對應之「}}}}」。"),
        E::NestedPlaceholder { place } => format!("{place}：佔位符號中又有佔位符號。"),
        other => format!("區段標記不成對或位置不符（{}）。", place_of(other)),
    }
}

fn place_of(e: &TemplateError) -> String {
    let text = e.to_string();
    text.rsplit_once(" at ").map_or(String::new(), |(_, place)| place.to_owned())
}

/// Looks at a file that is to become a template.
///
/// # Errors
/// `required`, `file_not_read`.
pub fn template_check(_: &Desk, request: &PathRequest) -> Result<TemplateCheckView, AppError> {
    Ok(check(&read(&request.path)?.1))
}

/// Brings a template in.
///
/// # Errors
/// `template_unfit` with its first problem, `unknown_template` when it would take the place of none, or the store's.
pub fn template_add(desk: &mut Desk, request: &TemplateAddRequest) -> Result<Vec<TemplateView>, AppError> {
    let (file, bytes) = read(&request.path)?;
    if let Some(problem) = check(&bytes).problems.first() {
        return Err(AppError::new("template_unfit").with("what", problem.trim_end_matches('。')));
    }
    let known = templates(desk)?;
    let key = match request.key.trim() {
        "" => (1..).map(|n| format!("own-{n}")).find(|key| !known.iter().any(|t| t.key == *key)),
        key => known.iter().find(|t| t.key == key).map(|t| t.key.clone()),
    };
    let stem = Path::new(&file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
    let title = if request.title.trim().is_empty() { stem } else { request.title.trim().to_owned() };
    let stored = StoredTemplate {
        key: key.ok_or_else(|| AppError::new("unknown_template"))?,
        title,
        authority: request.authority.trim().to_owned(),
        file,
        sha256: String::new(),
        by: desk.host.operator.clone(),
        at: desk.host.now(),
    };
    desk.vault_mut()?.vault.save_template(&stored, &bytes)?;
    desk.saved();
    templates(desk)
}

/// Takes a template out that was brought; one that comes along stands in its place again.
///
/// # Errors
/// `unknown_template`, `locked`, or the store's.
pub fn template_drop(desk: &mut Desk, request: &KeyRequest) -> Result<Vec<TemplateView>, AppError> {
    let (by, at) = (desk.person(), desk.host.now());
    desk.vault_mut()?.vault.drop_template(&request.key, &by, at)?;
    desk.saved();
    templates(desk)
}

/// Writes a template as it is, to be edited.
///
/// # Errors
/// `unknown_template`, `required`, `export_failed`.
pub fn template_save(desk: &Desk, request: &TemplateFileRequest) -> Result<ExportView, AppError> {
    let path = target(&request.path)?;
    let bytes = bytes_of(desk, &request.key)?;
    make_parent(path)?;
    Ok(ExportView { files: vec![write_beside(path, &bytes)?] })
}

/// Fills a template of the list with what the open exam says.
///
/// # Errors
/// `unknown_template`, `template_unfit`, `required`, `export_failed`, or the store's.
pub fn template_fill(desk: &Desk, request: &TemplateFileRequest) -> Result<TemplateFilledView, AppError> {
    let path = target(&request.path)?;
    written(path, filled(desk, &bytes_of(desk, &request.key)?, paper_of(&request.key))?)
}

/// Fills a template of the list with what the open exam says, to be looked at: the sheets of a workbook are kept for
/// `output_grid`, what a document says comes at once. Nothing is written.
///
/// # Errors
/// `unknown_template`, `template_unfit`, `preview_no_reader`, `output_not_shown`, or the store's.
pub fn template_preview(
    desk: &mut Desk,
    request: &TemplateKeyRequest,
) -> Result<TemplatePreviewView, AppError> {
    // What was held is of an earlier moment.
    desk.exam_mut()?.preview = None;
    let Filled { kind, bytes, unfilled, .. } =
        filled(desk, &bytes_of(desk, &request.key)?, paper_of(&request.key))?;
    let unfilled = unfilled.into_iter().map(mark).collect();
    if kind == TemplateKind::Docx {
        let text = beside(desk, kind.ending(), &bytes)?.text().map_err(|e| not_shown(&e))?;
        return Ok(TemplatePreviewView { sheets: Vec::new(), text: Some(text_view(text)), unfilled });
    }
    let sheets = held(desk, Shown::Workbook, kind.ending(), &bytes)?.sheets;
    Ok(TemplatePreviewView { sheets, text: None, unfilled })
}

/// The working paper that a template of the list is filled as; empty for none.
fn paper_of(key: &str) -> &'static str {
    LIST.iter().find(|s| s.key == key).map(|s| s.paper.as_str()).unwrap_or_default()
}

/// Fills a template from a file.
///
/// # Errors
/// As [`template_fill`], `file_not_read`.
pub fn fill_file(desk: &Desk, template: &str, path: &str) -> Result<TemplateFilledView, AppError> {
    let path = target(path)?;
    written(path, filled(desk, &read(template)?.1, "")?)
}

fn filled(desk: &Desk, bytes: &[u8], paper: &str) -> Result<Filled, AppError> {
    let dossier = for_the_firm(desk, dossier(desk, true)?)?;
    let mut values = Values::of(&dossier);
    let whole = dossier.signed.iter().find(|s| s.paper == fieldbook_model::WHOLE_EXAM);
    let of_paper = dossier.signed.iter().find(|s| s.paper == paper).or(whole);
    for (role, name, day) in
        [(SignRole::Preparer, "編製人", "編製日期"), (SignRole::Reviewer, "覆核人", "覆核日期")]
    {
        if let Some(s) = of_paper.and_then(|p| p.by(role)) {
            values.set(name, s.by.clone());
            values.set(day, fieldbook_model::RocDate(s.at.date()).to_string());
        }
    }
    if !paper.is_empty() {
        values.set("底稿編號", paper);
    }
    let unfit =
        |e: &TemplateError| AppError::new("template_unfit").with("what", words(e).trim_end_matches('。'));
    fieldbook_report::fill_template_with(bytes, &values).map_err(|e| unfit(&e))
}

fn mark(unfilled: Unfilled) -> TemplateMarkView {
    TemplateMarkView { name: unfilled.name, place: unfilled.place.to_string(), known: unfilled.known }
}

fn written(path: &Path, filled: Filled) -> Result<TemplateFilledView, AppError> {
    make_parent(path)?;
    let file = write_beside(path, &filled.bytes)?;
    Ok(TemplateFilledView { files: vec![file], unfilled: filled.unfilled.into_iter().map(mark).collect() })
}

/// Every placeholder that templates may hold.
///
/// # Errors
/// None; it is a result like those of the other use cases.
pub fn placeholders(_: &Desk) -> Result<Vec<PlaceholderView>, AppError> {
    let view = |p: fieldbook_report::PlaceholderHelp| PlaceholderView {
        name: if p.repeats { format!("#{}", p.name) } else { p.name.to_owned() },
        region: p.region.unwrap_or_default().to_owned(),
        what: p.what.to_owned(),
    };
    Ok(fieldbook_report::placeholders().into_iter().map(view).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_that_comes_along_is_there_and_can_be_filled() {
        assert_eq!(LIST.len(), FILES.len());
        for shipped in LIST.iter() {
            let (_, bytes) = FILES.iter().find(|(f, _)| *f == shipped.file).expect("in the program");
            let check = check(bytes);
            assert!(check.problems.is_empty(), "{}: {:?}", shipped.file, check.problems);
            assert!(check.marks.iter().all(|m| m.known), "{}", shipped.file);
            assert!(!check.marks.is_empty(), "{}", shipped.file);
        }
    }
}
