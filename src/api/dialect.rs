//! The two readings of a call. The commands, their rules and their answers are the same in both.

/// Where parameters are read strictly.
pub const STRICT_PATH: &str = "/api";
/// Where they are read as Froxlor reads them.
pub const COMPATIBLE_PATH: &str = "/api.php";

/// How strictly the parameters of a call are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `/api` and the command line: whatever cannot be read is refused and named.
    Strict,
    /// `/api.php`: whatever Froxlor's clients send is read as Froxlor reads it
    /// (docs/compatibility.md).
    Compatible,
}

impl Dialect {
    /// The dialect that is spoken at an address.
    #[must_use]
    pub fn at(path: &str) -> Self {
        if path == COMPATIBLE_PATH { Self::Compatible } else { Self::Strict }
    }

    /// Whether Froxlor's reading counts.
    #[must_use]
    pub fn is_compatible(self) -> bool {
        self == Self::Compatible
    }
}
