//! Signed checklist packages: the head and its signature as they come, and, behind a signature that fits, any payload.

use ed25519_dalek::{Signer, SigningKey};
use fieldbook_checklist::{PackageError, SignerKey, open_package, seal, signing_bytes};
use fieldbook_fuzz::input;

pub fn run(bytes: &[u8]) {
    let Some((kind, rest)) = bytes.split_first() else { return };
    input(|| {
        if kind % 4 == 0 {
            drop(open_package(rest));
            return;
        }
        let key = SigningKey::from_bytes(&[7; 32]);
        let signer = SignerKey(key.verifying_key().to_bytes());
        let signature = hex::encode(key.sign(&signing_bytes(rest)).to_bytes());
        let head = format!("fieldbook-checklist/1\nsigner {signer}\nsignature {signature}\n\n");
        let whole = [head.as_bytes(), rest].concat();
        match open_package(&whole) {
            Ok(read) => {
                assert_eq!(read.signer, signer);
                let again = seal(&read.package, &signer, |bytes| key.sign(bytes).to_bytes());
                let again = open_package(again.expect("what is read can be sealed").as_bytes());
                assert_eq!(again.expect("what is sealed opens").package, read.package);
            }
            Err(e) => assert_ne!(e, PackageError::BadSignature, "it was signed"),
        }
        // One changed byte behind the head and the signature no longer fits.
        let mut changed = whole;
        if let Some(last) = changed.last_mut()
            && !rest.is_empty()
        {
            *last ^= 1;
            assert_eq!(open_package(&changed), Err(PackageError::BadSignature));
        }
    });
}
