//! Declarations of the columns that lists can be searched and sorted by.

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// Text, compared ignoring case.
    Text,
    /// A count or an id.
    Number,
    /// A limit. The value is the size of the unit in which people write it: in bytes, or 1 for a
    /// count.
    Limit(u64),
    /// A usage. The value is the size of the unit, as in [`ColumnType::Limit`].
    Size(u64),
    Flag,
    /// Seconds since 1970.
    Time,
}

/// The columns of a list, or a group of columns that several lists have.
pub trait Columns: Copy {
    /// Returns all columns, in the order of the declaration.
    fn all() -> impl Iterator<Item = Self>;

    /// Returns the name, which is the same at every entry point.
    fn name(self) -> &'static str;

    fn kind(self) -> ColumnType;
}

/// Declares the columns of a list as an enum. A group of columns becomes a variant that
/// holds one of them.
macro_rules! columns {
    ($(#[$doc:meta])* $column:ident { $($variant:ident = $name:literal: $kind:expr),+ $(,)? $(; $($Group:ident($Inner:ty)),+)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each is named as in the API")]
        pub enum $column { $($variant,)+ $($($Group($Inner),)+)? }

        impl $crate::column::Columns for $column {
            fn all() -> impl Iterator<Item = Self> {
                [$(Self::$variant),+].into_iter()
                    $($(.chain(<$Inner as $crate::column::Columns>::all().map(Self::$Group)))+)?
            }

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                    $($(Self::$Group(inner) => $crate::column::Columns::name(inner),)+)?
                }
            }

            fn kind(self) -> $crate::column::ColumnType {
                match self {
                    $(Self::$variant => $kind,)+
                    $($(Self::$Group(inner) => $crate::column::Columns::kind(inner),)+)?
                }
            }
        }
    };
}
pub(crate) use columns;
