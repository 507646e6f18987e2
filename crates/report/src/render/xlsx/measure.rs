//! How much room texts need: spreadsheet programs do not grow merged or wrapped rows by themselves.

/// Points of one line of 10-point type.
const LINE: f64 = 15.0;
/// Half-width characters that a name in a paper's head needs.
const NAME: u32 = 13;
/// Half-width characters that a value in a paper's head needs.
const VALUE: u32 = 18;
/// Highest row that the format knows.
const HIGHEST: f64 = 409.0;
/// Lines that the highest row shows.
pub const MOST_LINES: u32 = 26;

/// Width of a text in half-width characters: Han counts double.
pub fn width(text: &str) -> u32 {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

fn is_wide(c: char) -> bool {
    !c.is_ascii() && !matches!(c, '\u{a0}'..='\u{2ff}' | '–')
}

/// Lines that a text takes in a column of `room` half-width characters, two of which are the cell's indent. Han
/// glyphs are a little narrower than two digits, which makes up for lines that do not break everywhere.
pub fn lines(text: &str, room: u32) -> u32 {
    let room = room.saturating_sub(2).max(2);
    // A byte takes no more than a half-width character, and few texts are longer than a line.
    if text.len() <= room as usize && !text.as_bytes().contains(&b'\n') {
        return 1;
    }
    text.split('\n').map(|line| width(line).div_ceil(room).max(1)).sum()
}

/// The text in pieces that a row each shows whole, in a column of `room` half-width characters. Together they are the
/// text; none is longer than a cell takes.
pub fn pieces(text: &str, room: u32) -> Vec<&str> {
    if lines(text, room) <= MOST_LINES {
        return vec![text];
    }
    let room = room.saturating_sub(2).max(2);
    let (mut pieces, mut start) = (Vec::new(), 0);
    let (mut line, mut used) = (1, 0);
    for (at, c) in text.char_indices() {
        let wide = if is_wide(c) { 2 } else { 1 };
        let full = used + wide > room;
        if c == '\n' || full {
            line += 1;
            used = 0;
        }
        if line > MOST_LINES {
            // A line feed stays with what it ends.
            let cut = if c == '\n' { at + 1 } else { at };
            pieces.push(text.get(start..cut).unwrap_or_default());
            (start, line) = (cut, 1);
        }
        if c != '\n' {
            used += wide;
        }
    }
    pieces.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    pieces
}

/// Height of a row with so many lines, in points.
pub fn height(lines: u32) -> f64 {
    (f64::from(lines) * LINE + 5.0).min(HIGHEST)
}

/// Width of the columns from one to another.
pub fn span(widths: &[u16], from: u16, to: u16) -> u32 {
    let range = usize::from(from)..=usize::from(to).min(widths.len().saturating_sub(1));
    widths.get(range).map_or(0, |w| w.iter().map(|w| u32::from(*w)).sum())
}

/// Columns of a paper's head: name, value, name, value. Of all ways to part the columns, the one that leaves the
/// narrower value most room and the names enough; `None` where that is too little.
pub fn quarters(widths: &[u16]) -> Option<[(u16, u16); 4]> {
    let last = u16::try_from(widths.len()).ok()?.checked_sub(1)?;
    let mut best = (None, VALUE - 1);
    for a in 0..last.saturating_sub(2) {
        for b in a + 1..=last - 2 {
            for c in b + 1..last {
                let parts = [(0, a), (a + 1, b), (b + 1, c), (c + 1, last)];
                let [name, value, second, other] = parts.map(|(from, to)| span(widths, from, to));
                let room = value.min(other);
                if name.min(second) >= NAME && room > best.1 {
                    best = (Some(parts), room);
                }
            }
        }
    }
    best.0
}

/// The first columns, as many as a name in a head needs.
pub fn name_columns(widths: &[u16]) -> (u16, u16) {
    let last = u16::try_from(widths.len().max(2) - 2).unwrap_or_default();
    (0, (0..last).find(|to| span(widths, 0, *to) >= NAME).unwrap_or(last))
}

/// Shares `total` columns out in the proportions of `weights`, at least one each, by largest remainder.
pub fn shares(weights: &[u16], total: u16) -> Vec<u16> {
    let sum = weights.iter().map(|w| f64::from(*w)).sum::<f64>().max(1.0);
    let exact: Vec<f64> = weights.iter().map(|w| f64::from(total) * f64::from(*w) / sum).collect();
    let mut shares: Vec<u16> = exact.iter().map(|x| x.floor().max(1.0) as u16).collect();
    while shares.iter().sum::<u16>() > total
        && let Some(widest) = shares.iter_mut().max()
        && *widest > 1
    {
        *widest -= 1;
    }
    // What a column lacks of its exact share; one that was raised to the least lacks nothing.
    let lack = |i: usize| exact[i] - f64::from(shares[i]);
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by(|a, b| lack(*b).total_cmp(&lack(*a)));
    let left = total.saturating_sub(shares.iter().sum());
    for i in order.into_iter().take(usize::from(left)) {
        shares[i] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_needs_twice_the_room_of_latin() {
        assert_eq!(width("帳號 root"), 9);
        assert_eq!(lines("帳號帳號帳號", 8), 2);
        assert_eq!(lines("a\n\nb", 10), 3);
    }

    #[test]
    fn a_long_text_is_parted_into_pieces_that_a_row_shows_whole() {
        let long = "查核發現：".repeat(400);
        let lines_only = "一\n".repeat(90);
        let mixed = format!("{lines_only}{long}{}", "ab 12".repeat(300));
        for text in [long, lines_only, mixed] {
            let parts = pieces(&text, 36);
            assert!(parts.len() > 1);
            assert_eq!(parts.concat(), text);
            assert!(parts.iter().all(|p| lines(p, 36) <= MOST_LINES + 1 && !p.is_empty()));
        }
        assert_eq!(pieces("短", 36), ["短"]);
        assert_eq!(pieces("", 36), [""]);
    }

    #[test]
    fn a_forms_columns_are_shared_out_whole() {
        assert_eq!(shares(&[24, 14, 8, 14, 16, 24], 12), [3, 2, 1, 1, 2, 3]);
        assert_eq!(shares(&[1, 1], 12), [6, 6]);
        assert_eq!(shares(&[6, 90], 12).iter().sum::<u16>(), 12);
    }

    #[test]
    fn the_head_covers_every_column_once() {
        for widths in [&[5_u16; 24][..], &[15, 20, 52, 7, 13, 24, 12, 14], &[20, 30, 20, 30]] {
            let quarters = quarters(widths).expect("room for two");
            assert_eq!(quarters[0].0, 0);
            for pair in quarters.windows(2) {
                assert_eq!(pair[0].1 + 1, pair[1].0, "{widths:?}: {quarters:?}");
            }
            assert_eq!(usize::from(quarters[3].1), widths.len() - 1);
        }
    }

    #[test]
    fn a_head_that_has_no_room_for_two_values_beside_each_other_has_one() {
        for widths in [&[30_u16, 66][..], &[8, 8, 8, 8], &[20], &[36, 48, 16], &[36, 48, 16, 9]] {
            assert_eq!(quarters(widths), None, "{widths:?}");
        }
        assert_eq!(name_columns(&[30, 66]), (0, 0));
        assert_eq!(name_columns(&[6, 6, 6, 60]), (0, 2));
        assert_eq!(name_columns(&[4, 4]), (0, 0));
    }

    #[test]
    fn both_values_of_the_head_get_room() {
        let widths = [28, 16, 26, 26, 18, 7];
        let [_, value, _, other] = quarters(&widths).expect("room for two");
        assert!(span(&widths, value.0, value.1) >= 25 && span(&widths, other.0, other.1) >= 25);
    }
}
