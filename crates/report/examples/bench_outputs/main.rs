//! tmp
mod sample;
use std::time::Instant;
fn main() {
    let d = sample::with_exceptions(50_000);
    for _ in 0..3 {
        let t = Instant::now();
        let files = fieldbook_report::working_papers(&d).unwrap();
        eprintln!(
            "papers {:?} {} files, {} MB",
            t.elapsed(),
            files.len(),
            files.iter().map(|f| f.bytes.len()).sum::<usize>() >> 20
        );
        let f = files.iter().find(|f| f.name.starts_with("T-")).unwrap();
        std::fs::write("/tmp/xls-t.xlsx", &f.bytes).unwrap();
    }
    let t = Instant::now();
    let c = fieldbook_report::paper_contents(&d);
    eprintln!("contents {:?} {}", t.elapsed(), c.len());
}
