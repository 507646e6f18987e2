//! A date in one column of theirs and its time of day in the next: together they are one moment of ours.

use super::sample::Looked;
use super::{ForcedColumn, SheetColumn, SheetPlan};
use crate::recognise::normal;
use fieldbook_model::{ColumnType, DatasetDef};

/// Whether a column that nothing is mapped to could be the other half of a moment.
pub(super) fn may_be_half(header: &str) -> bool {
    says_day(header) || says_time(header)
}

fn says_day(header: &str) -> bool {
    let key = normal(header);
    ["日", "date"].iter().any(|word| key.contains(word))
}

fn says_time(header: &str) -> bool {
    let key = normal(header);
    ["時", "time"].iter().any(|word| key.contains(word))
}

/// Proposes pairs for moments that only half of is mapped: times alone with a day beside them, or days alone with a
/// time. A dataset whose own date completes its times (orders) needs none of the first kind.
pub(super) fn pair(
    plan: &SheetPlan,
    def: &DatasetDef,
    looked: &mut [Looked<'_>],
    halves: &mut Vec<Looked<'_>>,
    forced: &[ForcedColumn],
) {
    let day = def.columns.iter().find(|c| c.required && c.ty == ColumnType::Date);
    let has_day = day.is_some_and(|d| {
        plan.mapping.iter().any(|m| m.column == d.key) || plan.filled.iter().any(|f| f.column == d.key)
    });
    for ours in looked.iter_mut() {
        let key = ours.mapped.column.as_str();
        let chosen = forced.iter().any(|f| f.column.as_deref() == Some(key));
        if ours.reader.column.ty != ColumnType::DateTime || ours.mapped.time_index.is_some() || chosen {
            continue;
        }
        let tally = &ours.reader.tally;
        let beside = |half: &&mut Looked<'_>| is_beside(&plan.columns, ours.mapped.index, half.mapped.index);
        if tally.is_times() && !has_day {
            let day = |half: &&mut Looked<'_>| {
                says_day(&half.mapped.header) && !half.reader.tally.is_times() && half.reader.tally.is_dated()
            };
            if let Some(half) = halves.iter_mut().filter(beside).find(day) {
                std::mem::swap(&mut ours.mapped.index, &mut half.mapped.index);
                std::mem::swap(&mut ours.mapped.header, &mut half.mapped.header);
                std::mem::swap(&mut ours.reader.tally, &mut half.reader.tally);
                std::mem::swap(&mut ours.kept, &mut half.kept);
                ours.mapped.time_index = Some(half.mapped.index);
                ours.times = std::mem::take(&mut half.kept);
            }
        } else if tally.is_dated() && !tally.is_times() && !tally.has_clock() {
            let time =
                |half: &&mut Looked<'_>| says_time(&half.mapped.header) && half.reader.tally.is_times();
            if let Some(half) = halves.iter_mut().filter(beside).find(time) {
                ours.mapped.time_index = Some(half.mapped.index);
                ours.times = std::mem::take(&mut half.kept);
                ours.clocks = std::mem::take(&mut half.clocks);
            }
        }
        let taken = ours.mapped.time_index;
        let day = ours.mapped.index;
        halves.retain(|h| Some(h.mapped.index) != taken && h.mapped.index != day);
    }
}

/// Whether two columns of theirs stand side by side.
fn is_beside(columns: &[SheetColumn], one: u32, other: u32) -> bool {
    let at = |index: u32| columns.iter().position(|c| c.index == index);
    matches!((at(one), at(other)), (Some(a), Some(b)) if a.abs_diff(b) == 1)
}
