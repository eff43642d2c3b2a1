//! Declarations of the columns that lists can be searched and sorted by.

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text, compared ignoring case.
    Text,
    /// A count or an id.
    Number,
    /// A limit. The value is the size in bytes of the unit in which people write it.
    Limit(u64),
    /// A usage. The value is the size in bytes of the unit in which people write it.
    Size(u64),
    Flag,
    /// Seconds since 1970.
    Time,
}

/// Columns that several lists share.
pub trait Group: Copy {
    fn each() -> Vec<Self>;

    /// Returns the name, which is the same at every entry point.
    fn name(self) -> &'static str;

    fn kind(self) -> Kind;
}

/// Declares the columns of a list as an enum. Shared columns (`Group`) become a variant that holds
/// one of them.
macro_rules! columns {
    ($(#[$doc:meta])* $column:ident { $($variant:ident = $name:literal: $kind:expr),+ $(,)? $(; $($Group:ident($Inner:ty)),+)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named as in the API")]
        pub enum $column { $($variant,)+ $($($Group($Inner),)+)? }

        impl $column {
            #[must_use]
            pub fn all() -> Vec<Self> {
                #[allow(unused_mut, reason = "some lists have no groups")]
                let mut all = vec![$(Self::$variant),+];
                $($(all.extend(<$Inner as $crate::column::Group>::each().into_iter().map(Self::$Group));)+)?
                all
            }

            /// Returns the name, which is the same at every entry point.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    $($(Self::$Group(inner) => $crate::column::Group::name(inner),)+)?
                }
            }

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
