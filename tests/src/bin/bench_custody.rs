//! `bench-custody [MIB]`: a large file into custody and out again, beside a plain copy with its SHA-256 in the same run.
//! Prints seconds, the ratio to the plain copy, and the most memory that the process held.

use fieldbook_app::evidence::{evidence_export, evidence_take};
use fieldbook_app::wire::{EvidenceAbout, EvidenceExportRequest, EvidenceFile, EvidenceTakeRequest};
use fieldbook_tests::desk::with_exam;
use fieldbook_tests::peak::peak_mib;
use fieldbook_tests::target;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

const MIB: usize = 1 << 20;
/// MiB of the file unless another number is asked for.
const SIZE: usize = 2048;
/// MiB that the process may hold at most.
const LIMIT_MIB: f64 = 100.0;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<ExitCode> {
    let mib = std::env::args().nth(1).map_or(Ok(SIZE), |n| n.parse())?;
    let folder = tempfile::tempdir_in(target())?;
    let [file, plain, out] = ["大.bin", "plain.bin", "out.bin"].map(|name| folder.path().join(name));
    write(&file, mib)?;
    let (mut desk, _) = with_exam(folder.path()).map_err(|e| e.view().message)?;
    let begun = peak_mib();
    let copied = timed(|| copy(&file, &plain))?;
    std::fs::remove_file(&plain)?;
    let request = EvidenceTakeRequest {
        files: vec![EvidenceFile { path: file.to_string_lossy().into_owned(), acquired_at: String::new() }],
        about: EvidenceAbout { source: "bench".into(), ..EvidenceAbout::default() },
        findings: Vec::new(),
    };
    let mut sha256 = String::new();
    let taken = timed(|| {
        let view = evidence_take(&mut desk, &request, &mut |_| {}).map_err(|e| e.view().message)?;
        let piece = view.taken.first().ok_or("the file was refused")?;
        sha256.clone_from(&piece.sha256);
        Ok(())
    })?;
    let request = EvidenceExportRequest { id: 1, path: out.to_string_lossy().into_owned() };
    let exported = timed(|| {
        let made = evidence_export(&mut desk, &request).map_err(|e| e.view().message)?;
        if made.files.iter().all(|f| f.sha256 == sha256) { Ok(()) } else { Err("another hash".into()) }
    })?;
    let peak = peak_mib();
    let mut told = std::io::stdout().lock();
    writeln!(told, "{mib} MiB; plain copy with SHA-256, synced: {copied:.1} s")?;
    writeln!(told, "taken in:   {taken:.1} s, {:.2} × the copy", taken / copied)?;
    writeln!(told, "copied out: {exported:.1} s, {:.2} × the copy", exported / copied)?;
    let (Some(begun), Some(peak)) = (begun, peak) else {
        writeln!(told, "this system does not tell how much memory was held")?;
        return Ok(ExitCode::SUCCESS);
    };
    writeln!(
        told,
        "memory: {begun:.0} MiB with the exam open, {peak:.0} MiB at most (at most {LIMIT_MIB:.0})"
    )?;
    Ok(if peak <= LIMIT_MIB { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn timed(work: impl FnOnce() -> Outcome<()>) -> Outcome<f64> {
    let begun = Instant::now();
    work()?;
    Ok(begun.elapsed().as_secs_f64())
}

/// Bytes that nothing compresses (xorshift64*).
fn write(path: &Path, mib: usize) -> Outcome<()> {
    let mut file = File::create(path)?;
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut part = vec![0_u8; MIB];
    for _ in 0..mib {
        for word in part.chunks_exact_mut(8) {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            word.copy_from_slice(&state.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes());
        }
        file.write_all(&part)?;
    }
    Ok(file.sync_all()?)
}

fn copy(from: &Path, to: &Path) -> Outcome<()> {
    let (mut from, mut to, mut hash) = (File::open(from)?, File::create(to)?, Sha256::new());
    let mut part = vec![0_u8; MIB];
    loop {
        let n = from.read(&mut part)?;
        let Some(bytes) = part.get(..n).filter(|b| !b.is_empty()) else { break };
        hash.update(bytes);
        to.write_all(bytes)?;
    }
    let _: [u8; 32] = hash.finalize().into();
    Ok(to.sync_all()?)
}
