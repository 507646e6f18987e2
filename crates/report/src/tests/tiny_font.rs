//! A TrueType font with one glyph, a black square, for characters that the bundled fonts do not have.

/// The font's bytes, drawing `c`.
pub fn tiny_font(c: char) -> Vec<u8> {
    let tables: [(&[u8; 4], Vec<u8>); 9] = [
        (b"cmap", cmap(c)),
        (b"glyf", glyf()),
        (b"head", head()),
        (b"hhea", hhea()),
        (b"hmtx", words(&[1000, 0, 2000, 0])),
        (b"loca", words(&[0, 0, 17])),
        (b"maxp", maxp()),
        (b"name", name()),
        // No names of glyphs.
        (b"post", [words(&[3, 0]), vec![0; 28]].concat()),
    ];
    let count = u16::try_from(tables.len()).unwrap();
    let mut font = [words(&[1, 0, count, 128, 3, 0])].concat();
    let mut at = font.len() + 16 * tables.len();
    for (tag, table) in &tables {
        font.extend_from_slice(*tag);
        for value in [0, at, table.len()] {
            font.extend(u32::try_from(value).unwrap().to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in &tables {
        font.extend_from_slice(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn words(words: &[u16]) -> Vec<u8> {
    words.iter().flat_map(|word| word.to_be_bytes()).collect()
}

/// One group of format 12.
fn cmap(c: char) -> Vec<u8> {
    let mut table = words(&[0, 1, 3, 10, 0, 12, 12, 0]);
    for value in [28, 0, 1, u32::from(c), u32::from(c), 1] {
        table.extend(value.to_be_bytes());
    }
    table
}

/// Nothing for the first glyph; a square of four points for the second.
fn glyf() -> Vec<u8> {
    let mut glyph = words(&[1, 0, 0, 1000, 1000, 3, 0]);
    glyph.extend([1; 4]);
    glyph.extend(words(&[0, 1000, 0, 0u16.wrapping_sub(1000)]));
    glyph.extend(words(&[0, 0, 1000, 0]));
    glyph
}

fn head() -> Vec<u8> {
    let mut table = words(&[1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, 2000]);
    table.extend([0; 16]);
    table.extend(words(&[0, 0, 1000, 1000, 0, 8, 2, 0, 0]));
    table
}

fn hhea() -> Vec<u8> {
    let mut table = words(&[1, 0, 1800, 0u16.wrapping_sub(200), 0, 2000]);
    table.extend([0; 22]);
    table.extend(words(&[2]));
    table
}

fn maxp() -> Vec<u8> {
    let mut table = words(&[1, 0, 2, 4, 1]);
    table.extend([0; 22]);
    table
}

fn name() -> Vec<u8> {
    let text: Vec<u16> = "Tiny".encode_utf16().collect();
    let mut table = words(&[0, 1, 18, 3, 1, 0x409, 6, 8, 0]);
    table.extend(words(&text));
    table
}
