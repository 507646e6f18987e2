//! 交接與合併: an exam, or a part of it, goes to another laptop as one encrypted file, and what was done there comes back.

mod apply;
mod changes;
mod give;
mod kinds;
mod lanes;
mod lines;
mod masked;
mod pipe;
mod plan;
mod take;
mod words;

pub use apply::{apply, merges, undo};
pub use changes::changes;
pub use give::{create, handover};
pub use plan::plan;
pub(crate) use take::Looked;
pub use take::inspect;

use crate::error::AppError;
use crate::export::io_kind_word;
use crate::wire::TrustWord;
use fieldbook_handover::PackageError;
use fieldbook_vault::Contact;

/// What is known of a contact's key.
fn trust_of(contact: &Contact) -> TrustWord {
    if contact.verified_at.is_some() { TrustWord::Verified } else { TrustWord::Pinned }
}

/// Why a package was not made or is refused.
fn refusal(e: PackageError) -> AppError {
    match e {
        PackageError::NotAPackage | PackageError::Malformed(_) | PackageError::NotAnIdentity => {
            AppError::new("handover_unreadable")
        }
        PackageError::NotForUs => AppError::new("handover_not_for_us"),
        PackageError::Truncated => AppError::new("handover_truncated"),
        PackageError::Tampered
        | PackageError::MissingFile
        | PackageError::ExtraFile
        | PackageError::UnsafeName => AppError::new("handover_tampered"),
        PackageError::NotSigned | PackageError::WrongSignature => AppError::new("handover_wrong_signature"),
        PackageError::NewerFormat => AppError::new("handover_newer"),
        PackageError::TooLarge => AppError::new("handover_too_large"),
        PackageError::NotARecipient => AppError::new("bad_recipient"),
        PackageError::Io(kind) => {
            let word = io_kind_word(kind).unwrap_or("讀寫失敗");
            AppError::new("handover_io").with("what", word)
        }
    }
}
