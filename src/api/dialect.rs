//! The two dialects of a call. Commands, their rules and their responses are the same in both.

/// The path of the strict API.
pub const STRICT_PATH: &str = "/api";
/// The path of the Froxlor-compatible API.
pub const COMPATIBLE_PATH: &str = "/api.php";

/// The way in which the parameters of a call are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// `/api` and the command line: refuses everything that is unknown or invalid, and names it.
    Strict,
    /// `/api.php`: reads parameters as Froxlor does (docs/compatibility.md).
    Compatible,
}

impl Dialect {
    /// Returns the dialect of a path.
    #[must_use]
    pub fn at(path: &str) -> Self {
        if path == COMPATIBLE_PATH { Self::Compatible } else { Self::Strict }
    }

    #[must_use]
    pub fn is_compatible(self) -> bool {
        self == Self::Compatible
    }
}
