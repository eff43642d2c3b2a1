//! Units of resources.

/// The unit in which people and API clients write a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Single things.
    Count,
    /// Mebibytes.
    MiB,
    /// Gibibytes.
    GiB,
}

impl Unit {
    /// The unit of that size.
    ///
    /// # Panics
    /// When there is none; in constants, that is an error of compilation.
    #[must_use]
    pub const fn of_size(size: u64) -> Self {
        match size {
            1 => Self::Count,
            0x10_0000 => Self::MiB,
            0x4000_0000 => Self::GiB,
            _ => panic!("no unit has this size"),
        }
    }

    /// How many of what the database counts (things or bytes) one unit is.
    #[must_use]
    pub const fn size(self) -> u64 {
        match self {
            Self::Count => 1,
            Self::MiB => 1 << 20,
            Self::GiB => 1 << 30,
        }
    }

    /// As shown beside a number; nothing for single things.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Count => "",
            Self::MiB => "MiB",
            Self::GiB => "GiB",
        }
    }
}
