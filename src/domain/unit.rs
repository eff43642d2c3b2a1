//! Units of resources.

use super::validation::Argument;

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

    /// Returns an amount for a text, rounded to tenths of this unit.
    #[must_use]
    pub fn rounded(self, amount: u64) -> Argument {
        self.tenths(amount, self.size() / 2)
    }

    /// Returns an amount for a text, rounded up to tenths of this unit: a limit that covers the
    /// amount.
    #[must_use]
    pub fn rounded_up(self, amount: u64) -> Argument {
        self.tenths(amount, self.size() - 1)
    }

    /// Returns an amount for a text, rounded down to tenths of this unit: a limit that the amount
    /// covers.
    #[must_use]
    pub fn rounded_down(self, amount: u64) -> Argument {
        self.tenths(amount, 0)
    }

    /// Adds a part of the unit to the tenths, then truncates them.
    fn tenths(self, amount: u64, added: u64) -> Argument {
        if self == Self::Count {
            return Argument::Number(amount);
        }
        let tenths = (u128::from(amount) * 10 + u128::from(added)) / u128::from(self.size());
        match (tenths / 10, tenths % 10) {
            (whole, 0) => Argument::Number(u64::try_from(whole).unwrap_or(u64::MAX)),
            (whole, tenth) => Argument::decimal(format!("{whole}.{tenth}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_rounded_to_tenths() {
        let mib = |text: &str| Argument::decimal(text);
        let amount = 4_341_104; // 4.139999 MiB
        assert_eq!(Unit::MiB.rounded(amount), mib("4.1"));
        assert_eq!(Unit::MiB.rounded_up(amount), mib("4.2"));
        assert_eq!(Unit::MiB.rounded_down(amount), mib("4.1"));
        assert_eq!(Unit::MiB.rounded_up(1), mib("0.1"));
        assert_eq!(Unit::MiB.rounded(1), Argument::Number(0));
        assert_eq!(Unit::GiB.rounded_up(3 << 30), Argument::Number(3));
        assert_eq!(Unit::Count.rounded_up(1234), Argument::Number(1234));
        assert_eq!(Unit::MiB.rounded(u64::MAX), Argument::Number(1 << 44));
        let half = 5 << 18; // 1.25 MiB
        assert_eq!(Unit::MiB.rounded(half), mib("1.3"));
        assert_eq!(Unit::MiB.rounded(half - 1), mib("1.2"));
        assert_eq!(Unit::MiB.rounded_down(half), mib("1.2"));
    }

    #[test]
    fn units_have_sizes_and_labels() {
        for (unit, size, label) in
            [(Unit::Count, 1, ""), (Unit::MiB, 1_048_576, "MiB"), (Unit::GiB, 1_073_741_824, "GiB")]
        {
            assert_eq!((unit.size(), unit.label()), (size, label));
            assert_eq!(Unit::from_size(size), unit);
        }
    }
}
