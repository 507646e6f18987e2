//! How much memory a process held at most.

/// Peak resident memory of this process in MiB, where the system tells (`VmHWM`).
#[must_use]
pub fn peak_mib() -> Option<f64> {
    told("self", "VmHWM:")
}

/// Resident memory in MiB that a running process and those that it started hold now together, at least what the
/// process itself held at most, where the system tells.
#[must_use]
pub fn peak_of(process: u32) -> Option<f64> {
    let most = told(&process.to_string(), "VmHWM:")?;
    Some(now(process).map_or(most, |now| most.max(now)))
}

fn now(process: u32) -> Option<f64> {
    let own = told(&process.to_string(), "VmRSS:")?;
    // Any of its threads may have started one.
    let tasks = std::fs::read_dir(format!("/proc/{process}/task")).ok()?.flatten();
    let started = tasks.filter_map(|task| std::fs::read_to_string(task.path().join("children")).ok());
    let started: f64 = started
        .flat_map(|ids| ids.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>())
        .filter_map(now)
        .sum();
    Some(own + started)
}

fn told(process: &str, what: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with(what))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}
