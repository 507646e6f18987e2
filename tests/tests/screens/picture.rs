//! Pictures of screens: kept at half their size in sixteen colours, and compared so that what a person would not see
//! (another smoothing of letters) does not count, and what they would see (a control that moved or is gone) does.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::Path;

/// Colours of a reference.
const COLOURS: usize = 16;
/// Of these, how many are the picture's most frequent ones, kept exactly: its grounds.
const EXACT: usize = 8;
/// Side of the squares whose mean colours are compared, in pixels of the halved picture.
const SQUARE: usize = 4;
/// By how much a mean may differ.
const NEAR: u32 = 20;
/// How many squares may differ more than that.
const FEW: usize = 3;

/// A picture, three bytes a pixel, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Vec<[u8; 3]>,
}

/// Where two pictures of a screen differ.
#[derive(Debug, PartialEq, Eq)]
pub enum Difference {
    /// One is larger than the other.
    Size,
    /// This many squares, the first of them at this place in pixels of the window.
    Squares { many: usize, x: usize, y: usize },
}

impl Picture {
    /// Reads a PNG.
    pub fn read(png: &[u8]) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().expect("a PNG");
        let mut bytes = vec![0; reader.output_buffer_size().expect("a picture of this size")];
        let info = reader.next_frame(&mut bytes).expect("a whole PNG");
        let step = info.color_type.samples();
        assert!(step >= 3, "a picture in colour");
        let pixels = bytes.chunks_exact(step).map(|p| [p[0], p[1], p[2]]).collect();
        Self { width: info.width as usize, height: info.height as usize, pixels }
    }

    /// At half the size, each pixel the mean of four.
    pub fn halved(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mean = |x: usize, y: usize| {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(dx, dy)| self.at(2 * x + dx, 2 * y + dy));
            [0, 1, 2]
                .map(|c| u8::try_from(four.iter().map(|p| u32::from(p[c])).sum::<u32>() / 4).unwrap_or(255))
        };
        let pixels = (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y));
        Self { width, height, pixels: pixels.collect() }
    }

    fn at(&self, x: usize, y: usize) -> [u8; 3] {
        self.pixels[y * self.width + x]
    }

    /// What a person would see to be different.
    pub fn difference(&self, other: &Self) -> Option<Difference> {
        if (self.width, self.height) != (other.width, other.height) {
            return Some(Difference::Size);
        }
        let all = self.squares().zip(other.squares());
        let apart: Vec<(usize, usize)> =
            all.filter(|((_, a), (_, b))| far(a, b) > NEAR).map(|((at, _), _)| at).collect();
        let &(x, y) = apart.first()?;
        (apart.len() > FEW).then_some(Difference::Squares { many: apart.len(), x: 2 * x, y: 2 * y })
    }

    /// Place and mean colour of every square.
    fn squares(&self) -> impl Iterator<Item = ((usize, usize), [u32; 3])> + '_ {
        let rows = (0..self.height / SQUARE).map(|y| y * SQUARE);
        let places = rows.flat_map(|y| (0..self.width / SQUARE).map(move |x| (x * SQUARE, y)));
        places.map(|(x, y)| {
            let mut sum = [0_u32; 3];
            for (dx, dy) in (0..SQUARE).flat_map(|dy| (0..SQUARE).map(move |dx| (dx, dy))) {
                for (total, value) in sum.iter_mut().zip(self.at(x + dx, y + dy)) {
                    *total += u32::from(value);
                }
            }
            let of = u32::try_from(SQUARE * SQUARE).unwrap_or(1);
            ((x, y), sum.map(|total| total / of))
        })
    }

    /// The sixteen colours that this picture is kept in.
    fn palette(&self) -> Vec<[u8; 3]> {
        let mut counted: HashMap<[u8; 3], usize> = HashMap::new();
        for pixel in &self.pixels {
            *counted.entry(*pixel).or_default() += 1;
        }
        let mut by_count: Vec<([u8; 3], usize)> = counted.into_iter().collect();
        by_count.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let rest = by_count.split_off(EXACT.min(by_count.len()));
        let exact = by_count.into_iter().map(|(colour, _)| colour);
        exact.chain(cut(rest, COLOURS - EXACT)).collect()
    }

    /// Keeps it under a path, as small as it may be.
    pub fn keep(&self, path: &Path) {
        let palette = self.palette();
        let mut known: HashMap<[u8; 3], u8> = HashMap::new();
        let mut bytes = Vec::new();
        for row in self.pixels.chunks(self.width) {
            let places: Vec<u8> =
                row.iter().map(|p| *known.entry(*p).or_insert_with(|| nearest(&palette, *p))).collect();
            bytes.extend(places.chunks(2).map(|two| (two[0] << 4) | two.get(1).copied().unwrap_or(0)));
        }
        let file = fs::File::create(path).expect("a place for the picture");
        let size = |n: usize| u32::try_from(n).expect("a picture of this size");
        let mut encoder = png::Encoder::new(file, size(self.width), size(self.height));
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_palette(palette.concat());
        encoder.set_compression(png::Compression::High);
        encoder.set_filter(png::Filter::NoFilter);
        let mut writer = encoder.write_header().expect("the head of a PNG");
        writer.write_image_data(&bytes).expect("a whole PNG");
    }

    /// The same in the colours of a kept picture: what was lost in keeping that one is no difference.
    pub fn in_colours_of(&self, kept: &Self) -> Self {
        let palette: Vec<[u8; 3]> =
            kept.pixels.iter().copied().collect::<BTreeSet<_>>().into_iter().take(COLOURS).collect();
        let mut known: HashMap<[u8; 3], [u8; 3]> = HashMap::new();
        let mut kept = |p: &[u8; 3]| {
            *known
                .entry(*p)
                .or_insert_with(|| palette.get(usize::from(nearest(&palette, *p))).copied().unwrap_or(*p))
        };
        Self { pixels: self.pixels.iter().map(&mut kept).collect(), ..*self }
    }

    /// The kept picture under a path.
    pub fn kept(path: &Path) -> Option<Self> {
        fs::read(path).ok().map(|png| Self::read(&png))
    }
}

/// By how much two colours differ where they differ most.
fn far(a: &[u32; 3], b: &[u32; 3]) -> u32 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

fn nearest(palette: &[[u8; 3]], colour: [u8; 3]) -> u8 {
    let apart = |other: &[u8; 3]| -> u32 {
        other.iter().zip(colour).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let best = palette.iter().enumerate().min_by_key(|(_, other)| apart(other));
    best.and_then(|(at, _)| u8::try_from(at).ok()).unwrap_or(0)
}

/// So many colours that stand for all of these (median cut).
fn cut(colours: Vec<([u8; 3], usize)>, many: usize) -> Vec<[u8; 3]> {
    let mut boxes = vec![colours];
    while boxes.len() < many {
        let spread = |of: &[([u8; 3], usize)]| {
            (0..3)
                .map(|c| {
                    let values = || of.iter().map(|(colour, _)| colour[c]);
                    (values().max().unwrap_or(0) - values().min().unwrap_or(0), c)
                })
                .max()
                .unwrap_or_default()
        };
        let Some((at, (wide, channel))) =
            boxes.iter().map(|b| spread(b)).enumerate().max_by_key(|(_, (wide, _))| *wide)
        else {
            break;
        };
        if wide == 0 {
            break;
        }
        let mut whole = boxes.swap_remove(at);
        whole.sort_by_key(|(colour, _)| (colour[channel], *colour));
        let half: usize = whole.iter().map(|(_, n)| n).sum::<usize>() / 2;
        let mut below = 0;
        let middle = whole.iter().position(|(_, n)| {
            below += n;
            below > half
        });
        let upper = whole.split_off(middle.unwrap_or(0).clamp(1, whole.len() - 1));
        boxes.extend([whole, upper]);
    }
    boxes.iter().filter(|b| !b.is_empty()).map(|b| mean(b)).collect()
}

fn mean(colours: &[([u8; 3], usize)]) -> [u8; 3] {
    let all: usize = colours.iter().map(|(_, n)| n).sum();
    [0, 1, 2].map(|c| {
        let sum: usize = colours.iter().map(|(colour, n)| usize::from(colour[c]) * n).sum();
        u8::try_from(sum / all.max(1)).unwrap_or(255)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with a button on it, drawn at this place.
    fn page(x: usize, y: usize) -> Picture {
        let (width, height) = (200, 100);
        let inside = |at: usize| {
            let (px, py) = (at % width, at / width);
            (x..x + 60).contains(&px) && (y..y + 26).contains(&py)
        };
        let pixels = (0..width * height).map(|at| if inside(at) { [31, 95, 139] } else { [247, 246, 243] });
        Picture { width, height, pixels: pixels.collect() }
    }

    #[test]
    fn what_moved_is_seen_and_where() {
        let (before, after) = (page(40, 30).halved(), page(48, 30).halved());
        assert_eq!(before.difference(&before), None);
        assert!(
            matches!(before.difference(&after), Some(Difference::Squares { x: 40, y: 24 | 32, .. })),
            "{:?}",
            before.difference(&after)
        );
    }

    #[test]
    fn what_was_lost_in_keeping_is_no_difference_and_what_moved_still_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("kept.png");
        // More colours than are kept.
        let mut now = page(40, 30);
        for (at, pixel) in now.pixels.iter_mut().enumerate().filter(|(at, _)| at % 3 == 0) {
            *pixel = [u8::try_from(at % 251).expect("small"), 40, 200];
        }
        now.keep(&path);
        let kept = Picture::kept(&path).expect("kept");
        assert_eq!(now.in_colours_of(&kept).difference(&kept), None);
        assert!(page(60, 30).in_colours_of(&kept).difference(&kept).is_some());
    }

    #[test]
    fn softer_edges_are_not_seen() {
        let before = page(40, 30);
        let mut soft = before.clone();
        for pixel in soft.pixels.iter_mut().filter(|p| **p != [247, 246, 243]).step_by(7) {
            *pixel = [60, 120, 160];
        }
        assert_ne!(before, soft);
        assert_eq!(before.halved().difference(&soft.halved()), None);
    }

    #[test]
    fn another_size_is_a_difference_of_its_own() {
        let small = Picture { width: 2, height: 2, pixels: vec![[0; 3]; 4] };
        assert_eq!(page(0, 0).difference(&small), Some(Difference::Size));
    }

    #[test]
    fn a_kept_picture_is_the_same_to_the_eye() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("page.png");
        let shown = page(40, 30).halved();
        shown.keep(&path);
        assert_eq!(Picture::kept(&path).expect("the picture").difference(&shown), None);
    }
}
