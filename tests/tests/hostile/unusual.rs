//! Things that have a path and are no ordinary file, and limits that only a great file would reach.

use fieldbook_intake::{Excess, IntakeError, Limits, open};
use std::path::Path;

fn refused(path: &Path, limits: &Limits) -> Option<IntakeError> {
    open(path, limits, None).err()
}

#[test]
fn what_is_no_ordinary_file_is_refused_without_waiting() {
    let folder = tempfile::tempdir().expect("a folder");
    let limits = Limits::default();
    assert!(matches!(refused(folder.path(), &limits), Some(IntakeError::Io(_))), "a folder");
    assert!(matches!(refused(&folder.path().join("none.csv"), &limits), Some(IntakeError::Io(_))));
    #[cfg(unix)]
    {
        for device in ["/dev/null", "/dev/zero", "/dev/tty", "/dev/stdin"] {
            let refused = refused(Path::new(device), &limits);
            assert!(
                matches!(refused, Some(IntakeError::Io(_) | IntakeError::Empty)),
                "{device}: {refused:?}"
            );
        }
        let pipe = folder.path().join("pipe.csv");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo runs");
        assert!(made.success());
        // Nobody writes into it: whoever waits, waits for ever.
        let (done, waited) = std::sync::mpsc::channel();
        let path = pipe.clone();
        std::thread::spawn(move || {
            done.send(matches!(refused(&path, &Limits::default()), Some(IntakeError::Io(_))))
        });
        let answer = waited.recv_timeout(std::time::Duration::from_secs(5));
        assert_eq!(answer.ok(), Some(true), "a pipe");
        let round = folder.path().join("round.csv");
        std::os::unix::fs::symlink(&round, &round).expect("a link");
        assert!(matches!(refused(&round, &limits), Some(IntakeError::Io(_))), "a link to itself");
    }
}

#[test]
fn a_file_beyond_the_limit_is_refused_by_its_size_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("三.csv");
    std::fs::File::create(&path).and_then(|f| f.set_len(3 << 30)).expect("a sparse file");
    let refused = refused(&path, &Limits::default());
    assert!(matches!(refused, Some(IntakeError::TooLarge { what: Excess::Bytes, .. })), "{refused:?}");
}
