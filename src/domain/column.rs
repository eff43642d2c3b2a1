//! Columns that may be searched and sorted by: how lists declare them.

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, compared without regard to case.
    Text,
    /// A number of things, or an id.
    Number,
    /// A limit; the number is the size in bytes of the unit in which people write it.
    Limit(u64),
    /// A size in use, likewise.
    Size(u64),
    /// Yes or no.
    Flag,
    /// Seconds since 1970.
    Time,
}

/// Columns that lists have in common.
pub trait Group: Copy {
    /// Returns every column.
    fn each() -> Vec<Self>;

    /// Returns its name at every entry point.
    fn name(self) -> &'static str;

    /// Returns what it holds.
    fn kind(self) -> Kind;
}

/// Declares the columns of a list. Those of another declaration are variants that hold one.
macro_rules! columns {
    ($(#[$doc:meta])* $column:ident { $($variant:ident = $name:literal: $kind:expr),+ $(,)? $(; $($Group:ident($Inner:ty)),+)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named as in the API")]
        pub enum $column { $($variant,)+ $($($Group($Inner),)+)? }

        impl $column {
            /// Returns every column.
            #[must_use]
            pub fn all() -> Vec<Self> {
                #[allow(unused_mut, reason = "some lists have no groups")]
                let mut all = vec![$(Self::$variant),+];
                $($(all.extend(<$Inner as $crate::column::Group>::each().into_iter().map(Self::$Group));)+)?
                all
            }

            /// Returns its name at every entry point.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    $($(Self::$Group(inner) => $crate::column::Group::name(inner),)+)?
                }
            }

            /// Returns what it holds.
            #[must_use]
            pub fn kind(self) -> $crate::column::Kind {
                match self {
                    $(Self::$variant => $kind,)+
                    $($(Self::$Group(inner) => $crate::column::Group::kind(inner),)+)?
                }
            }
        }
    };
}
pub(crate) use columns;
