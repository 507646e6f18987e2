//! A package: one file (`*.fieldbook.age`) that carries an exam, or part of one, from one copy to another.
//!
//! ```text
//! age (C2SP age v1), to one X25519 recipient or more
//!   ZIP
//!     fieldbook/                  a bag (BagIt 1.0, RFC 8493)
//!       data/…                    the payload, stored or deflated
//!       bagit.txt
//!       bag-info.txt              with Payload-Oxum
//!       package.json              our head: format, kind, sender, recipients, exam, seen, files
//!       manifest-sha256.txt       of the payload
//!       tagmanifest-sha256.txt    of the four above
//!       package.sig               Ed25519 over "fieldbook-handover/1", a line feed and the tag manifest; lower-case hex
//! ```
//!
//! age says that nobody changed the file, not who wrote it; the signature says who, and, since the head names the
//! recipients, that it was meant for them. Whether the signer is whom they say, and trusted, is for the recipient to know.
//!
//! Writing streams: nothing is kept but names, sizes and hashes. Reading gives no payload before all that can be known
//! without reading it was judged, and says at the end of each file whether its bytes were those that were signed.

mod bag;
mod container;
mod error;
mod head;
mod name;
mod plain;
mod read;
mod write;

pub use container::Limits;
pub use error::PackageError;
pub use head::{Contents, Head, PackageFile, PackageKind, Sender};
pub use plain::Plain;
pub use read::Package;
pub use write::{Mode, PackageWriter};

/// What the signature is over: which kind of thing is signed, then the tag manifest. All of it is text.
fn signing_bytes(tag_manifest: &[u8]) -> Vec<u8> {
    [b"fieldbook-handover/1\n", tag_manifest].concat()
}

/// Lower-case hex digits only: everything here has one spelling.
fn read_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let mut out = [0; N];
    let lower = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    (lower && hex::decode_to_slice(text, &mut out).is_ok()).then_some(out)
}
