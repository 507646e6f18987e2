//! A writer of zip containers that lies when it is told to.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::io::Write;

/// A part as its two headers describe it, true or not.
#[derive(Debug, Clone)]
pub struct Part {
    /// Name in the directory.
    pub name: Vec<u8>,
    /// Name before the bytes.
    pub local_name: Vec<u8>,
    /// Bytes as they stand in the file.
    pub packed: Vec<u8>,
    /// 0 stored, 8 deflated.
    pub method: u16,
    /// Bit 0: encrypted.
    pub flags: u16,
    /// CRC-32.
    pub sum: u32,
    /// Unpacked size, as claimed.
    pub size: u32,
    /// Packed size, as claimed.
    pub packed_size: u32,
    /// No bytes of its own: the directory leads to those of the part at this position.
    pub overlaps: Option<usize>,
}

impl Part {
    /// A part without compression.
    #[must_use]
    pub fn stored(name: &str, bytes: &[u8]) -> Self {
        let mut crc = Crc::new();
        crc.update(bytes);
        Self {
            name: name.as_bytes().to_vec(),
            local_name: name.as_bytes().to_vec(),
            packed: bytes.to_vec(),
            method: 0,
            flags: 0,
            sum: crc.sum(),
            size: long(bytes.len()),
            packed_size: long(bytes.len()),
            overlaps: None,
        }
    }

    /// A deflated part.
    #[must_use]
    pub fn deflated(name: &str, bytes: &[u8]) -> Self {
        Self::of_pieces(name, &[(bytes, 1)])
    }

    /// A part deflated as tightly as it goes.
    #[must_use]
    pub fn squeezed(name: &str, bytes: &[u8]) -> Self {
        Self::packed(name, &[(bytes, 1)], Compression::best())
    }

    /// A deflated part made of pieces, each repeated, so that its content need not be in memory at once.
    #[must_use]
    pub fn of_pieces(name: &str, pieces: &[(&[u8], usize)]) -> Self {
        Self::packed(name, pieces, Compression::fast())
    }

    fn packed(name: &str, pieces: &[(&[u8], usize)], level: Compression) -> Self {
        let mut crc = Crc::new();
        let mut packer = DeflateEncoder::new(Vec::new(), level);
        let mut size = 0;
        for (piece, times) in pieces {
            for _ in 0..*times {
                crc.update(piece);
                size += piece.len();
                // A vector takes everything.
                let _ = packer.write_all(piece);
            }
        }
        let packed = packer.finish().unwrap_or_default();
        let packed_size = long(packed.len());
        Self { packed, method: 8, sum: crc.sum(), size: long(size), packed_size, ..Self::stored(name, b"") }
    }

    /// Flags, method, time, sum, sizes and lengths, as both headers have them.
    fn head(&self, name: &[u8]) -> Vec<u8> {
        let mut head = Vec::new();
        for n in [self.flags, self.method, 0, 0x21] {
            head.extend_from_slice(&n.to_le_bytes());
        }
        for n in [self.sum, self.packed_size, self.size] {
            head.extend_from_slice(&n.to_le_bytes());
        }
        head.extend_from_slice(&short(name.len()).to_le_bytes());
        head.extend_from_slice(&[0, 0]);
        head
    }
}

/// The container of these parts.
#[must_use]
pub fn zip(parts: &[Part]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut starts = Vec::new();
    for part in parts {
        starts.push(part.overlaps.and_then(|at| starts.get(at).copied()).unwrap_or(bytes.len()));
        if part.overlaps.is_none() {
            bytes.extend_from_slice(b"PK\x03\x04\x14\0");
            bytes.extend_from_slice(&part.head(&part.local_name));
            bytes.extend_from_slice(&part.local_name);
            bytes.extend_from_slice(&part.packed);
        }
    }
    let directory = bytes.len();
    for (part, start) in parts.iter().zip(&starts) {
        bytes.extend_from_slice(b"PK\x01\x02\x14\0\x14\0");
        bytes.extend_from_slice(&part.head(&part.name));
        bytes.extend_from_slice(&[0; 10]);
        bytes.extend_from_slice(&long(*start).to_le_bytes());
        bytes.extend_from_slice(&part.name);
    }
    let length = bytes.len() - directory;
    bytes.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    for n in [parts.len(), parts.len()] {
        bytes.extend_from_slice(&short(n).to_le_bytes());
    }
    for n in [length, directory] {
        bytes.extend_from_slice(&long(n).to_le_bytes());
    }
    bytes.extend_from_slice(&[0, 0]);
    bytes
}

fn long(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn short(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
