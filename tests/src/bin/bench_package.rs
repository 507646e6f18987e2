//! `bench-package [--mib N]`: writes a package of so many MiB, half of them evidence that is packed already, opens it and reads
//! all of it; with how much memory and how fast. Ends badly when it takes more memory than a stream may.

use ed25519_dalek::{Signer, SigningKey};
use fieldbook_handover::{Head, Limits, Mode, Package, PackageError, PackageKind, PackageWriter, Sender};
use fieldbook_model::ExamId;
use fieldbook_tests::merge_laws::Dice;
use fieldbook_tests::peak::peak_mib;
use secrecy::SecretString;
use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::ops::ControlFlow;
use std::process::ExitCode;
use std::time::Instant;

const MIB: u64 = 300;
/// Memory that a stream may take, in MiB.
const MOST: f64 = 32.0;

/// Whose package it is; only for this.
const SECRET: &str = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
const RECIPIENT: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

/// Bytes without end that can be packed to about a third, or not at all.
struct Stream(Dice, bool);

impl Read for Stream {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let letters = if self.1 { 6 } else { 256 };
        for piece in buf.chunks_mut(8) {
            let number = self.0.below(usize::MAX).to_le_bytes();
            for (byte, drawn) in piece.iter_mut().zip(number) {
                *byte = (usize::from(drawn) * letters / 256) as u8;
            }
        }
        Ok(buf.len())
    }
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let mib = words.iter().position(|w| w == "--mib").and_then(|at| words.get(at + 1));
    let bytes = mib.map_or(Ok(MIB), |n| n.parse::<u64>())? << 20;
    let path = tempfile::tempdir()?;
    let path = path.path().join("bench.fieldbook.age");
    let mut out = io::stdout().lock();
    let before = peak_mib();

    let begun = Instant::now();
    written(&path, bytes)?;
    let speed = |begun: Instant| bytes as f64 / begun.elapsed().as_secs_f64() / f64::from(1 << 20);
    writeln!(out, "{:<24} {:>10.1} MiB/s", "written", speed(begun))?;
    writeln!(
        out,
        "{:<24} {:>10.3} of its content",
        "size",
        std::fs::metadata(&path)?.len() as f64 / bytes as f64
    )?;

    let begun = Instant::now();
    let mut package = Package::open(File::open(&path)?, &SecretString::from(SECRET), &Limits::default())?;
    writeln!(out, "{:<24} {:>10.1} ms", "opened", begun.elapsed().as_secs_f64() * 1000.0)?;
    let begun = Instant::now();
    for file in package.contents().files.clone() {
        package.read(&file.path, &mut |_| ControlFlow::Continue(()))?;
    }
    writeln!(out, "{:<24} {:>10.1} MiB/s", "read", speed(begun))?;

    let (Some(before), Some(after)) = (before, peak_mib()) else {
        writeln!(out, "{:<24} {:>14}", "memory", "not told here")?;
        return Ok(ExitCode::SUCCESS);
    };
    writeln!(out, "{:<24} {:>10.1} MiB (at most {MOST}), {before:.1} before", "memory", after)?;
    Ok(if after - before <= MOST { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn written(path: &std::path::Path, bytes: u64) -> Result<(), Box<dyn Error>> {
    let key = SigningKey::from_bytes(&[7; 32]);
    let copy = "00112233445566778899aabbccddeeff".to_owned();
    let head = Head {
        kind: PackageKind::Whole,
        sender: Sender { name: "bench".to_owned(), key: key.verifying_key().to_bytes() },
        organisation: String::new(),
        exam: ExamId::parse("bench")?,
        seen: [(copy.clone(), 1)].into(),
        copy,
        since: None,
        editions: Vec::new(),
        made_at: jiff::civil::date(2026, 3, 2).at(9, 0, 0, 0),
    };
    let out = BufWriter::new(File::create(path)?);
    let mut writer = PackageWriter::new(out, &[RECIPIENT.to_owned()], head)?;
    for (name, mode, packs) in [("state.jsonl", Mode::Deflated, true), ("evidence.bin", Mode::Stored, false)]
    {
        writer.add(name, mode, &mut Stream(Dice(1), packs).take(bytes / 2))?;
    }
    let mut out = writer.finish(|message| Ok::<_, PackageError>(key.sign(message).to_bytes()))?;
    Ok(out.flush()?)
}
