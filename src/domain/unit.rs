//! Units of resources.

/// The unit of a resource at every entry point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Count,
    MiB,
    GiB,
}

impl Unit {
    /// Returns the unit of this size.
    ///
    /// # Panics
    /// If no unit has this size. In constants, the panic is a compile error.
    #[must_use]
    pub const fn from_size(size: u64) -> Self {
        match size {
            1 => Self::Count,
            0x10_0000 => Self::MiB,
            0x4000_0000 => Self::GiB,
            _ => panic!("no unit has this size"),
        }
    }

    /// Returns the size of the unit as the database counts: in bytes, or 1 for counts.
    #[must_use]
    pub const fn size(self) -> u64 {
        match self {
            Self::Count => 1,
            Self::MiB => 1 << 20,
            Self::GiB => 1 << 30,
        }
    }

    /// Returns the label beside a number; empty for counts.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::MiB => "MiB",
            Self::GiB => "GiB",
        }
    }
}
