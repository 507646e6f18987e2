//! How this firm's tables were mapped before.

use super::take::Taken;
use crate::desk::Desk;
use crate::error::AppError;
use fieldbook_intake::{ForcedColumn, Locator, SheetColumn, SheetPlan};
use fieldbook_model::{MappedColumn, Reading};
use fieldbook_vault::{RememberedMapping, Vault};

/// What tells that a table has the headings of one before.
fn signature(columns: &[SheetColumn]) -> String {
    let headers: Vec<&str> = columns.iter().map(|c| c.header.as_str()).collect();
    fieldbook_vault::header_signature(&headers)
}

/// The dataset and the mapping that the examiner chose last for a table with these headings; of `wanted` alone, when
/// the dataset is said.
pub(super) fn mapping(
    vault: &Vault,
    firm: &str,
    plan: &SheetPlan,
    wanted: Option<&str>,
) -> Option<(String, Vec<ForcedColumn>)> {
    if plan.header_rows == 0 {
        return None;
    }
    let header = signature(&plan.columns);
    // Memory is a convenience: when it cannot be read, the sheet is recognised afresh.
    let all = vault.mappings(Some(firm)).ok()?;
    let fits = |m: &RememberedMapping| m.header == header && wanted.is_none_or(|key| m.dataset == key);
    let recognised = |m: &RememberedMapping| plan.dataset.as_deref() == Some(m.dataset.as_str());
    let known = all.into_iter().filter(fits).max_by_key(|m| (m.used_at, recognised(m)))?;
    let by_header = !known.headers.is_empty();
    let column = |(place, theirs): (usize, &SheetColumn)| {
        let counted = if by_header { u32::try_from(place).unwrap_or(u32::MAX) } else { theirs.index };
        let ours: Option<&MappedColumn> = known.mapping.iter().find(|m| m.index == counted);
        if ours.is_none() && known.mapping.iter().any(|m| m.time_index == Some(counted)) {
            return None;
        }
        let time = ours.and_then(|m| m.time_index).and_then(|time| {
            if by_header { Some(plan.columns.get(usize::try_from(time).ok()?)?.index) } else { Some(time) }
        });
        Some(ForcedColumn {
            at: Locator::Index(theirs.index).with_time(time.map(Locator::Index)),
            column: ours.map(|m| m.column.clone()),
            // Calendars are decided by the texts each time: the same header may hold other dates next year.
            reading: None,
        })
    };
    let forced = plan.columns.iter().enumerate().filter_map(column).collect();
    Some((known.dataset, forced))
}

/// Remembers what the examiner chose, and notes what was used again.
pub(super) fn remember(desk: &mut Desk, taken: &[Taken]) -> Result<(), AppError> {
    let firm = desk.exam()?.store.exam()?.firm;
    let at = desk.host.now();
    let vault = &mut desk.vault_mut()?.vault;
    let mut chosen = Vec::new();
    for table in taken {
        let Some(dataset) = table.record.dataset.clone() else { continue };
        let header = signature(&table.columns);
        if table.chosen {
            chosen.push(RememberedMapping {
                firm: firm.clone(),
                dataset,
                header,
                mapping: by_header(&table.record.mapping, &table.columns),
                headers: table.columns.iter().map(|c| c.header.clone()).collect(),
                file: table.file.clone(),
                used_at: Some(at),
            });
        } else {
            vault.mapping_used(&firm, &dataset, &header, &table.file, at)?;
        }
    }
    vault.take_mappings(&chosen)?;
    for m in chosen {
        vault.mapping_used(&firm, &m.dataset, &m.header, &m.file, at)?;
    }
    Ok(())
}

/// A mapping counted by the headers, without what every table decides for itself.
fn by_header(mapping: &[MappedColumn], columns: &[SheetColumn]) -> Vec<MappedColumn> {
    let place = |index: u32| {
        columns.iter().position(|c| c.index == index).and_then(|place| u32::try_from(place).ok())
    };
    let one = |m: &MappedColumn| {
        Some(remembered(place(m.index)?, &m.header, &m.column, m.time_index.and_then(place)))
    };
    mapping.iter().filter_map(one).collect()
}

/// A column of theirs as it is remembered; places are counted by the headers.
pub(super) fn remembered(place: u32, header: &str, column: &str, time: Option<u32>) -> MappedColumn {
    MappedColumn {
        index: place,
        header: header.to_owned(),
        column: column.to_owned(),
        reading: Reading::Plain,
        inverted: false,
        confidence: 100,
        time_index: time,
    }
}
