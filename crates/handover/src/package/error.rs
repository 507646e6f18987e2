//! What can be wrong with a package. No variant carries firm data, a path or a secret.

use std::io;
use zip::result::ZipError;

/// Why a package is refused, or was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackageError {
    /// The file is no age file, or what is in it is no package.
    #[error("not a package")]
    NotAPackage,
    /// The package was encrypted for others, or its sender meant it for others.
    #[error("the package is for somebody else")]
    NotForUs,
    /// The file ends too early, or its end was changed.
    #[error("the package is cut off")]
    Truncated,
    /// The file is not as its sender wrote it.
    #[error("the package was changed")]
    Tampered,
    /// There is no signature.
    #[error("the package is not signed")]
    NotSigned,
    /// The signature does not fit the content and the sender's key.
    #[error("the signature does not fit")]
    WrongSignature,
    /// A package of a later format.
    #[error("a package of a newer format")]
    NewerFormat,
    /// More, or more tightly packed, than a package may be.
    #[error("larger than a package may be")]
    TooLarge,
    /// A file that the package names is not in it.
    #[error("a file is missing")]
    MissingFile,
    /// A file is in the package that it does not name.
    #[error("there is a file too many")]
    ExtraFile,
    /// A file's name could lead elsewhere, or two files could be taken for one.
    #[error("a file has a name that it must not have")]
    UnsafeName,
    /// Signed and whole, and yet not what the format says.
    #[error("the package's {0} cannot be read")]
    Malformed(&'static str),
    /// No `age1…`.
    #[error("not a recipient")]
    NotARecipient,
    /// No `AGE-SECRET-KEY-1…`.
    #[error("not an identity")]
    NotAnIdentity,
    /// The disk, or whoever gives or takes the bytes.
    #[error("reading or writing failed ({0:?})")]
    Io(io::ErrorKind),
}

/// What the age layer and the unpacking say when bytes are not what they were.
impl From<io::Error> for PackageError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::UnexpectedEof => {
                Self::Tampered
            }
            kind => Self::Io(kind),
        }
    }
}

impl From<ZipError> for PackageError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => error.into(),
            _ => Self::Malformed("container"),
        }
    }
}
