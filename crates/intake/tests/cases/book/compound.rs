//! A compound file (MS-CFB, version 3) with a few streams, each of them too long for the mini stream.

const SECTOR: usize = 512;
/// Streams shorter than this stand in the mini stream.
const SHORTEST: usize = 4_096;
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;

/// The file; names in the order in which a compound file sorts them.
pub fn file(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut sectors: Vec<u8> = Vec::new();
    let mut chains: Vec<u32> = Vec::new();
    let mut put = |bytes: &[u8], least: usize| {
        let start = chains.len();
        sectors.extend_from_slice(bytes);
        sectors.resize((start * SECTOR + bytes.len().max(least)).next_multiple_of(SECTOR), 0);
        let end = sectors.len() / SECTOR;
        chains.extend((start + 1..end).map(number));
        chains.push(END);
        (number(start), number((end - start) * SECTOR))
    };
    let placed: Vec<(&str, u32, u32)> = streams
        .iter()
        .map(|(name, bytes)| {
            let (start, size) = put(bytes, SHORTEST);
            (*name, start, size)
        })
        .collect();
    let mut directory = entry("Root Entry", 5, FREE, 1, END, 0);
    for (at, (name, start, size)) in (2..).zip(&placed) {
        let right = if at - 2 + 1 < placed.len() { number(at) } else { FREE };
        directory.extend(entry(name, 2, right, FREE, *start, *size));
    }
    directory.resize(directory.len().next_multiple_of(SECTOR), 0);
    let (directory, _) = put(&directory, 0);
    // The table lists its own sectors too.
    let mut tables = 1;
    while (chains.len() + tables) * 4 > tables * SECTOR {
        tables += 1;
    }
    let first = chains.len();
    chains.resize(first + tables, TABLE);
    chains.resize(tables * SECTOR / 4, FREE);
    assert!(tables <= 109, "the header lists so many sectors of the table");
    let mut out = header(directory, number(first), number(tables));
    out.extend(sectors);
    out.extend(chains.iter().flat_map(|c| c.to_le_bytes()));
    out
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("a small file")
}

fn header(directory: u32, table: u32, tables: u32) -> Vec<u8> {
    let mut out = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    out.extend([0; 16]);
    out.extend([0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0]);
    out.extend([0; 10]);
    out.extend(tables.to_le_bytes());
    out.extend(directory.to_le_bytes());
    out.extend(0_u32.to_le_bytes());
    out.extend(number(SHORTEST).to_le_bytes());
    for part in [END, 0, END, 0] {
        out.extend(part.to_le_bytes());
    }
    for at in 0..109 {
        let place = if at < tables { table + at } else { FREE };
        out.extend(place.to_le_bytes());
    }
    out
}

fn entry(name: &str, kind: u8, right: u32, child: u32, start: u32, size: u32) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(out.len() + 2).expect("a short name");
    out.resize(64, 0);
    out.extend(length.to_le_bytes());
    out.extend([kind, 1]);
    for link in [FREE, right, child] {
        out.extend(link.to_le_bytes());
    }
    out.extend([0; 36]);
    out.extend(start.to_le_bytes());
    out.extend(u64::from(size).to_le_bytes());
    out
}
