//! What is remembered of how the firm's tables were mapped: shown, forgotten, handed to another examiner and taken
//! over from one. Names of columns travel, nothing of what stood below them.

use super::order::profiles_from_text;
use super::{file_name, recall, views};
use crate::dates;
use crate::desk::Desk;
use crate::error::AppError;
use crate::export::{make_parent, write_beside};
use crate::view;
use crate::wire::{
    ExportView, MappingColumnView, MappingMemoryView, MappingRefusedView, MappingRequest,
    MappingsImportedView, PathRequest,
};
use fieldbook_checklist::Bundle;
use fieldbook_intake::{ForcedColumn, Locator, SheetProfile};
use fieldbook_model::DatasetDef;
use fieldbook_model::text::norm_key;
use fieldbook_vault::RememberedMapping;

/// Bytes of the largest file of mappings that is read.
const MOST: u64 = 4 << 20;

/// How tables of the open exam's firm were mapped before, by dataset, the last used first.
///
/// # Errors
/// `locked`, `no_exam`, or the store's.
pub fn mappings(desk: &Desk) -> Result<Vec<MappingMemoryView>, AppError> {
    let mut known = remembered(desk)?;
    known.sort_by(|a, b| (&a.dataset, b.used_at, &a.header).cmp(&(&b.dataset, a.used_at, &b.header)));
    Ok(known.iter().map(|m| memory_view(&desk.bundle, m)).collect())
}

fn remembered(desk: &Desk) -> Result<Vec<RememberedMapping>, AppError> {
    let firm = desk.exam()?.store.exam()?.firm;
    Ok(desk.vault()?.vault.mappings(Some(&firm))?)
}

fn memory_view(bundle: &Bundle, m: &RememberedMapping) -> MappingMemoryView {
    let def = bundle.dataset(&m.dataset);
    let header = |place: u32| m.headers.get(usize::try_from(place).ok()?).cloned();
    MappingMemoryView {
        dataset: m.dataset.clone(),
        dataset_zh: def.map_or_else(|| m.dataset.clone(), |d| d.zh.clone()),
        header: m.header.clone(),
        headers: m.headers.clone(),
        columns: m
            .mapping
            .iter()
            .map(|c| MappingColumnView {
                header: c.header.clone(),
                column: c.column.clone(),
                zh: views::column_zh(def, &c.column),
                time_header: c.time_index.and_then(header),
            })
            .collect(),
        file: m.file.clone(),
        used_at: m.used_at.map(dates::moment),
    }
}

/// Forgets one mapping of the open exam's firm; gives what is left.
///
/// # Errors
/// `unknown_mapping`, `locked`, `no_exam`, or the store's.
pub fn mapping_forget(desk: &mut Desk, request: &MappingRequest) -> Result<Vec<MappingMemoryView>, AppError> {
    let firm = desk.exam()?.store.exam()?.firm;
    if !desk.vault_mut()?.vault.forget_mapping(&firm, &request.dataset, &request.header)? {
        return Err(AppError::new("unknown_mapping"));
    }
    desk.saved();
    mappings(desk)
}

/// Writes what is remembered of the open exam's firm as a mapping file: headers and our columns, no firm, no data. A
/// mapping of which only the signature of the headers was kept cannot travel and is left out.
///
/// # Errors
/// `nothing_remembered`, `required`, `export_failed`, `locked`, `no_exam`, or the store's.
pub fn mappings_export(desk: &Desk, request: &PathRequest) -> Result<ExportView, AppError> {
    let path = match request.path.trim() {
        "" => return Err(AppError::new("required").with("field", "匯出位置")),
        path => std::path::Path::new(path),
    };
    let profiles: Vec<SheetProfile> =
        remembered(desk)?.iter().filter(|m| !m.headers.is_empty()).map(profile).collect();
    if profiles.is_empty() {
        return Err(AppError::new("nothing_remembered"));
    }
    make_parent(path)?;
    let text = fieldbook_intake::profile_text(&profiles);
    Ok(ExportView { files: vec![write_beside(path, text.as_bytes())?] })
}

fn profile(m: &RememberedMapping) -> SheetProfile {
    let header = |place: u32| {
        let place = usize::try_from(place).ok()?;
        m.headers.get(place).map(|h| Locator::Header(h.clone()))
    };
    let times: Vec<u32> = m.mapping.iter().filter_map(|c| c.time_index).collect();
    let mut forced = Vec::new();
    for place in (0..).take(m.headers.len()) {
        let ours = m.mapping.iter().find(|c| c.index == place);
        let Some(at) = header(place).filter(|_| ours.is_some() || !times.contains(&place)) else { continue };
        let at = at.with_time(ours.and_then(|c| c.time_index).and_then(header));
        forced.push(ForcedColumn { at, column: ours.map(|c| c.column.clone()), reading: None });
    }
    SheetProfile { dataset: Some(m.dataset.clone()), headers: m.headers.clone(), forced }
}

/// Takes a mapping file over for the open exam's firm. Each table of it is taken or refused for itself.
///
/// # Errors
/// `file_unreadable`, `bad_mapping_file`, `locked`, `no_exam`, or the store's.
pub fn mappings_import(desk: &mut Desk, request: &PathRequest) -> Result<MappingsImportedView, AppError> {
    let firm = desk.exam()?.store.exam()?.firm;
    let path = request.path.trim();
    let name = file_name(path);
    let unreadable = || AppError::new("file_unreadable").with("file", &name);
    let size = std::fs::metadata(path).map_err(|_| unreadable())?.len();
    if size > MOST {
        return Err(AppError::new("bad_mapping_file").with("line", "–"));
    }
    let bytes = std::fs::read(path).map_err(|_| unreadable())?;
    let text = String::from_utf8(bytes).map_err(|_| AppError::new("bad_mapping_file").with("line", "–"))?;
    let at = desk.host.now();
    let mut refused = Vec::new();
    let mut sound = Vec::new();
    for (no, profile) in (1..).zip(profiles_from_text(text.trim_start_matches('\u{feff}'))?) {
        match table(&desk.bundle, &profile) {
            Ok((dataset, mapping)) => sound.push(RememberedMapping {
                firm: firm.clone(),
                dataset,
                header: fieldbook_vault::header_signature(&profile.headers),
                mapping,
                headers: profile.headers,
                file: name.clone(),
                used_at: Some(at),
            }),
            Err(why) => {
                let dataset = profile.dataset.unwrap_or_default();
                refused.push(MappingRefusedView { no, dataset, why: why.to_owned() });
            }
        }
    }
    let taken = desk.vault_mut()?.vault.take_mappings(&sound)?;
    desk.saved();
    let unchanged = (sound.len() as u64).saturating_sub(taken);
    Ok(MappingsImportedView { taken: view::small(taken), unchanged: view::small(unchanged), refused })
}

type Remembered = (String, Vec<fieldbook_model::MappedColumn>);

/// A table of a mapping file, or why it cannot be remembered.
fn table(bundle: &Bundle, profile: &SheetProfile) -> Result<Remembered, &'static str> {
    let dataset = profile.dataset.as_deref().ok_or("未指明資料集")?;
    let def = bundle.dataset(dataset).ok_or("沒有這個資料集")?;
    if profile.headers.is_empty() {
        return Err("未列出標題列，無從辨認是哪一種表格");
    }
    let mut mapping = Vec::new();
    for choice in &profile.forced {
        let (header, time) = match &choice.at {
            Locator::Header(header) => (header, None),
            Locator::DateAndTime(date, time) => match (&**date, &**time) {
                (Locator::Header(date), Locator::Header(time)) => (date, Some(time)),
                _ => return Err("日期與時間不是以標題指明"),
            },
            _ => return Err("含固定值之欄位，只能於匯入時以對應檔指定"),
        };
        if choice.reading.is_some() {
            return Err("指定了日期讀法，只能於匯入時以對應檔指定");
        }
        let place = place(profile, header)?;
        let time = time.map(|time| self::place(profile, time)).transpose()?;
        let Some(column) = &choice.column else { continue };
        once(def, column, &mapping)?;
        mapping.push(recall::remembered(place, header, column, time));
    }
    if mapping.is_empty() {
        return Err("沒有任何對應的欄位");
    }
    mapping.sort_by_key(|m| m.index);
    Ok((dataset.to_owned(), mapping))
}

/// Where a header stands among the headers of its table.
fn place(profile: &SheetProfile, header: &str) -> Result<u32, &'static str> {
    let place = profile.headers.iter().position(|h| norm_key(h) == norm_key(header));
    place.and_then(|place| u32::try_from(place).ok()).ok_or("對應的標題不在所列標題列之內")
}

fn once(
    def: &DatasetDef,
    column: &str,
    mapping: &[fieldbook_model::MappedColumn],
) -> Result<(), &'static str> {
    if def.column(column).is_none() {
        return Err("對應到資料集沒有的欄位");
    }
    if mapping.iter().any(|m| m.column == column) {
        return Err("同一欄位對應了兩次");
    }
    Ok(())
}
