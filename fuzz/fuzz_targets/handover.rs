//! What is inside a package that another copy sends: the container as it comes, and, in a container that is in order and signed,
//! any head, any tags and any payload.

use fieldbook_fuzz::{container, input};
use fieldbook_handover::{Limits, Package};
use std::io::Cursor;
use std::ops::ControlFlow;

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    input(|| {
        let whole = if kind % 4 == 0 { rest.to_vec() } else { container::bag(rest) };
        let limits = Limits { total: 1 << 20, ..Limits::default() };
        let Ok(mut package) = Package::open_container(Cursor::new(whole), &limits) else { return };
        let mut given = 0;
        for file in package.contents().files.clone() {
            let done = package.read(&file.path, &mut |piece| {
                given += piece.len();
                ControlFlow::Continue(())
            });
            assert!(done.is_err() || package.sha256(&file.path).is_some());
        }
        assert!(given <= 1 << 20, "more than the directory said");
    });
}
