//! Sharing a line's width out among the columns of a table: the same rule on a page and in a word processor.

use crate::doc::{Align, Table};

/// Column widths that sum up to `measure`, from the width that each column needs to break no line. Numbers, marks and
/// texts up to `short` get what they need; longer texts that need less than their share give the rest to those that
/// need more.
pub fn share_out(table: &Table, natural: &[f32], measure: f32, short: f32) -> Vec<f32> {
    let total: f32 = natural.iter().sum();
    let share = |i: usize| f32::from(table.columns.get(i).map_or(1, |c| c.width.max(1)));
    let all: f32 = (0..natural.len()).map(share).sum();
    if total <= measure {
        return natural.iter().enumerate().map(|(i, n)| n + (measure - total) * share(i) / all).collect();
    }
    let mut fixed: Vec<Option<f32>> = vec![None; natural.len()];
    let left_aligned = |i: usize| table.columns.get(i).is_none_or(|c| c.align == Align::Left);
    fix(&mut fixed, natural, 0.6 * measure, |i, _| !left_aligned(i));
    // Short texts as well, while the long ones keep nearly half of the line.
    fix(&mut fixed, natural, 0.55 * measure, |_, needed| needed <= short);
    loop {
        let left = measure - fixed.iter().flatten().sum::<f32>();
        let shares: f32 = (0..natural.len()).filter(|i| fixed[*i].is_none()).map(share).sum();
        let fits =
            (0..natural.len()).find(|i| fixed[*i].is_none() && natural[*i] <= left * share(*i) / shares);
        match fits {
            Some(i) => fixed[i] = Some(natural[i]),
            None => {
                return (0..natural.len()).map(|i| fixed[i].unwrap_or(left * share(i) / shares)).collect();
            }
        }
    }
}

/// Gives columns what they need, all that are `chosen` or none, so that no more than `most` is given away.
fn fix(fixed: &mut [Option<f32>], natural: &[f32], most: f32, chosen: impl Fn(usize, f32) -> bool) {
    let more: Vec<(usize, f32)> = natural
        .iter()
        .copied()
        .enumerate()
        .filter(|(i, n)| fixed.get(*i).is_some_and(Option::is_none) && chosen(*i, *n))
        .collect();
    let given = fixed.iter().flatten().sum::<f32>() + more.iter().map(|(_, n)| n).sum::<f32>();
    if given < most {
        more.into_iter().for_each(|(i, n)| fixed[i] = Some(n));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(columns: &[(u16, Align)]) -> Table {
        let columns: Vec<_> = columns.iter().map(|(width, align)| ("", *width, *align)).collect();
        Table::new(&columns)
    }

    #[test]
    fn the_line_is_filled_and_numbers_keep_what_they_need() {
        let table = table(&[(10, Align::Right), (20, Align::Left), (40, Align::Left)]);
        for natural in [[30.0, 60.0, 90.0], [30.0, 300.0, 2_000.0], [120.0, 90.0, 5_000.0]] {
            let widths = share_out(&table, &natural, 480.0, 80.0);
            assert!((widths.iter().sum::<f32>() - 480.0).abs() < 0.01, "{widths:?}");
            assert!(widths[0] >= natural[0], "{widths:?}");
        }
    }

    #[test]
    fn many_numbers_do_not_push_the_text_out() {
        let table = table(&[(10, Align::Right), (10, Align::Right), (10, Align::Left)]);
        let widths = share_out(&table, &[300.0, 300.0, 300.0], 480.0, 80.0);
        assert!(widths.iter().all(|w| (*w - 160.0).abs() < 0.01), "{widths:?}");
    }
}
