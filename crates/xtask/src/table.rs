//! Tables for a terminal, in columns that stay straight when the cells hold Chinese.

/// Columns that a terminal gives to `text`: two for a wide character, none for a combining one.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// Wide and full-width ranges of Unicode's East Asian Width that occur in our words and in firms' names.
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

/// Side on which a cell's text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Words.
    Left,
    /// Figures.
    Right,
}

/// The table as lines, two blanks between columns, a rule under the headings.
pub fn render(heads: &[(&str, Side)], rows: &[Vec<String>]) -> String {
    let widths: Vec<usize> = heads
        .iter()
        .enumerate()
        .map(|(i, (head, _))| {
            rows.iter()
                .filter_map(|row| row.get(i))
                .map(|cell| width(cell))
                .chain([width(head)])
                .max()
                .unwrap_or(0)
        })
        .collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(heads.iter().zip(&widths)).map(|(cell, ((_, side), wide))| {
            let gap = " ".repeat(wide.saturating_sub(width(cell)));
            if *side == Side::Left { format!("{cell}{gap}") } else { format!("{gap}{cell}") }
        });
        let joined = padded.collect::<Vec<_>>().join("  ");
        format!("  {}\n", joined.trim_end())
    };
    let mut text = line(&mut heads.iter().map(|(head, _)| *head));
    let rules: Vec<String> = widths.iter().map(|wide| "─".repeat(*wide)).collect();
    text.push_str(&line(&mut rules.iter().map(String::as_str)));
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Side, render, width};

    #[test]
    fn a_wide_character_takes_two_columns() {
        assert_eq!(width("查核簿"), 6);
        assert_eq!(width("T-COL-05"), 8);
        assert_eq!(width("（甲）"), 6);
    }

    #[test]
    fn columns_stay_straight_under_chinese() {
        let heads = [("名稱", Side::Left), ("例外", Side::Right), ("x", Side::Left)];
        let rows =
            vec![vec!["ab".into(), "7".into(), "|".into()], vec!["廠商".into(), "12".into(), "|".into()]];
        let text = render(&heads, &rows);
        let bars: Vec<usize> =
            text.lines().filter_map(|line| line.split_once('|')).map(|(before, _)| width(before)).collect();
        assert_eq!(bars, [14, 14]);
    }
}
