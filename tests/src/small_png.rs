//! A part of a picture of a window, in few colours: a screen is flat, so sixteen are enough, and the file is small.

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};

/// Colours of a small picture.
const COLOURS: usize = 16;
const MAGIC: &[u8] = b"\x89PNG\r\n\x1a\n";

type Colour = [u8; 3];

fn bad(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

/// A part of a picture, in pixels; what reaches beyond the picture is left out.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// From the left.
    pub left: usize,
    /// From above.
    pub top: usize,
    /// How wide.
    pub width: usize,
    /// How high.
    pub height: usize,
}

/// This part of the picture, in few colours.
///
/// # Errors
/// When it is no PNG of eight bits in RGB or RGBA without interlacing, as every driver of a window makes it, or nothing of
/// it is in the part.
pub fn smaller(png: &[u8], part: Part) -> io::Result<Vec<u8>> {
    let (width, pixels) = decoded(png)?;
    let columns = part.left..width.min(part.left + part.width);
    let rows = pixels.chunks(width).skip(part.top).take(part.height);
    let pixels: Vec<Colour> = rows.filter_map(|row| row.get(columns.clone())).flatten().copied().collect();
    let width = columns.len();
    if pixels.is_empty() {
        return Err(bad("nothing in the part"));
    }
    let palette = palette(&pixels);
    let mut nearest: BTreeMap<Colour, u8> = BTreeMap::new();
    let mut rows = Vec::with_capacity(pixels.len() + pixels.len() / width);
    for row in pixels.chunks(width) {
        rows.push(0);
        rows.extend(row.iter().map(|c| *nearest.entry(*c).or_insert_with(|| place(&palette, *c))));
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&rows)?;
    let size = |n: usize| u32::try_from(n).map(u32::to_be_bytes).map_err(|_| bad("size"));
    let mut head = [size(width)?, size(pixels.len() / width)?].concat();
    head.extend([8, 3, 0, 0, 0]);
    let mut out = MAGIC.to_vec();
    chunk(&mut out, b"IHDR", &head)?;
    chunk(&mut out, b"PLTE", palette.as_flattened())?;
    chunk(&mut out, b"IDAT", &packed.finish()?)?;
    chunk(&mut out, b"IEND", &[])?;
    Ok(out)
}

/// Width and pixels.
fn decoded(png: &[u8]) -> io::Result<(usize, Vec<Colour>)> {
    let mut rest = png.strip_prefix(MAGIC).ok_or_else(|| bad("no PNG"))?;
    let (mut width, mut bytes, mut packed) = (0, 0, Vec::new());
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (body, next) = after.split_at_checked(length).ok_or_else(|| bad("cut off"))?;
        match &head[4..] {
            b"IHDR" if body.len() == 13 => {
                width = u32::from_be_bytes([body[0], body[1], body[2], body[3]]) as usize;
                bytes = match (body[8], body[9], body[12]) {
                    (8, 2, 0) => 3,
                    (8, 6, 0) => 4,
                    _ => return Err(bad("another kind of PNG")),
                };
            }
            b"IDAT" => packed.extend_from_slice(body),
            _ => {}
        }
        rest = next.get(4..).unwrap_or_default();
    }
    if width == 0 || packed.is_empty() {
        return Err(bad("no picture"));
    }
    let mut filtered = Vec::new();
    ZlibDecoder::new(packed.as_slice()).read_to_end(&mut filtered)?;
    let mut before = vec![0; width * bytes];
    let mut pixels = Vec::new();
    for line in filtered.chunks_exact(width * bytes + 1) {
        before = unfiltered(line[0], &line[1..], &before, bytes)?;
        pixels.extend(before.chunks_exact(bytes).map(|p| [p[0], p[1], p[2]]));
    }
    Ok((width, pixels))
}

/// A line as it was before it was filtered (PNG, 9.2).
fn unfiltered(kind: u8, line: &[u8], above: &[u8], bytes: usize) -> io::Result<Vec<u8>> {
    let mut out: Vec<u8> = Vec::with_capacity(line.len());
    for (at, byte) in line.iter().enumerate() {
        let left = at.checked_sub(bytes).map_or(0, |place| out[place]);
        let corner = at.checked_sub(bytes).map_or(0, |place| above[place]);
        let (a, b, c) = (i16::from(left), i16::from(above[at]), i16::from(corner));
        let guess = match kind {
            0 => 0,
            1 => left,
            2 => above[at],
            3 => ((a + b) / 2).to_le_bytes()[0],
            4 => {
                let (to_left, to_above, to_corner) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
                match () {
                    () if to_left <= to_above && to_left <= to_corner => left,
                    () if to_above <= to_corner => above[at],
                    () => corner,
                }
            }
            _ => return Err(bad("an unknown filter")),
        };
        out.push(byte.wrapping_add(guess));
    }
    Ok(out)
}

/// The colours that stand for all, by median cut: the box that has the most to lose is cut where half of it is.
fn palette(pixels: &[Colour]) -> Vec<Colour> {
    let mut counts: BTreeMap<Colour, u64> = BTreeMap::new();
    for pixel in pixels {
        *counts.entry(*pixel).or_default() += 1;
    }
    let mut boxes: Vec<Vec<(Colour, u64)>> = vec![counts.into_iter().collect()];
    while boxes.len() < COLOURS {
        let widest = |of: &[(Colour, u64)]| {
            (0..3).map(|channel| (span(of, channel), channel)).max().unwrap_or_default()
        };
        // A large plain ground is one colour already; letters have few pixels and many colours.
        let weight = |of: &[(Colour, u64)]| {
            let all: u64 = of.iter().map(|(_, n)| n).sum();
            u64::from(widest(of).0) * all.isqrt()
        };
        let Some(at) = (0..boxes.len()).max_by_key(|at| weight(&boxes[*at])) else { break };
        let (wide, channel) = widest(&boxes[at]);
        if wide == 0 {
            break;
        }
        let mut cut = boxes.swap_remove(at);
        cut.sort_by_key(|(colour, _)| colour[channel]);
        let (low, high) = (cut[0].0[channel], cut[cut.len() - 1].0[channel]);
        let middle = low + (high - low) / 2;
        let upper = cut.split_off(cut.partition_point(|(colour, _)| colour[channel] <= middle));
        boxes.extend([cut, upper]);
    }
    // The colour of the most pixels, not a mixture: grounds stay exactly what they are.
    let most = |of: Vec<(Colour, u64)>| of.into_iter().max_by_key(|(_, n)| *n).map(|(colour, _)| colour);
    boxes.into_iter().filter_map(most).collect()
}

fn span(of: &[(Colour, u64)], channel: usize) -> u8 {
    let values = || of.iter().map(|(colour, _)| colour[channel]);
    values().max().unwrap_or(0) - values().min().unwrap_or(0)
}

fn place(palette: &[Colour], colour: Colour) -> u8 {
    let far =
        |other: &Colour| other.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
    let nearest = palette.iter().enumerate().min_by_key(|(_, other)| far(other)).map_or(0, |(at, _)| at);
    u8::try_from(nearest).unwrap_or(0)
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) -> io::Result<()> {
    out.extend(u32::try_from(body.len()).map_err(|_| bad("size"))?.to_be_bytes());
    let mut sum = flate2::Crc::new();
    sum.update(name);
    sum.update(body);
    out.extend(name);
    out.extend(body);
    out.extend(sum.sum().to_be_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_colours_come_back_as_they_were_and_many_become_few() {
        let white = [255, 255, 255];
        let flat: Vec<Colour> =
            (0..64_u8).map(|n| if n % 5 == 0 { [n / 20, 40, 90] } else { white }).collect();
        let rgb = |pixels: &[Colour], width: usize| {
            let rows = pixels.chunks(width).flat_map(|row| [&[0][..], row.as_flattened()].concat());
            let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&rows.collect::<Vec<_>>()).expect("packed");
            let mut png = MAGIC.to_vec();
            let size = |n: usize| u32::try_from(n).expect("small").to_be_bytes();
            let head = [&size(width)[..], &size(pixels.len() / width), &[8, 2, 0, 0, 0]].concat();
            chunk(&mut png, b"IHDR", &head).expect("head");
            chunk(&mut png, b"IDAT", &packed.finish().expect("packed")).expect("body");
            png
        };
        let read = |png: &[u8]| {
            let small = smaller(png, Part { left: 2, top: 1, width: 900, height: 3 }).expect("a picture");
            assert_eq!((small[23], small[25]), (3, 3), "three rows, with a palette");
            small
        };
        assert!(read(&rgb(&flat, 8)).windows(3).any(|three| three == white));
        let many: Vec<Colour> = (0..4096_u32).map(|n| [(n % 256) as u8, (n / 16) as u8, 7]).collect();
        let small = read(&rgb(&many, 64));
        assert!(small.len() < rgb(&many, 64).len());
        let all = Part { left: 0, top: 0, width: 9, height: 9 };
        assert!(smaller(b"GIF89a", all).is_err());
        assert!(smaller(&rgb(&flat, 8), Part { left: 8, ..all }).is_err());
    }

    #[test]
    fn every_filter_of_a_line_is_undone() {
        let above = [10, 20, 30, 40, 50, 60];
        let plain = [11, 22, 33, 44, 55, 66];
        for (kind, guess) in [
            (0, [0; 6]),
            (1, [0, 0, 0, 11, 22, 33]),
            (2, above),
            (3, [5, 10, 15, 25, 36, 46]),
            (4, [10, 20, 30, 40, 50, 60]),
        ] {
            let line: Vec<u8> = plain.iter().zip(guess).map(|(p, g): (&u8, u8)| p.wrapping_sub(g)).collect();
            assert_eq!(unfiltered(kind, &line, &above, 3).expect("a filter"), plain, "{kind}");
        }
        assert!(unfiltered(5, &plain, &above, 3).is_err());
    }
}
