//! How much memory a process held at most.

/// Peak resident memory of this process in MiB, where the system tells (`VmHWM`).
#[must_use]
pub fn peak_mib() -> Option<f64> {
    told("self")
}

/// Peak resident memory in MiB of a running process and of those that it started and that still run, added up, where
/// the system tells.
#[must_use]
pub fn peak_of(process: u32) -> Option<f64> {
    let own = told(&process.to_string())?;
    let started =
        std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let started = started.split_whitespace().filter_map(|id| id.parse().ok());
    Some(own + started.filter_map(peak_of).sum::<f64>())
}

fn told(process: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
