//! The columns that lists can be searched and sorted by. They are an allow-list: no column holds a
//! secret.

use crate::column::{ColumnType, Columns, columns};
use crate::contact::ContactColumn;
use crate::resources::{Resource, Switch};

/// The columns that one list can be searched and sorted by.
pub trait Field: Columns + PartialEq + 'static {
    /// Froxlor's prefix of the list's own table.
    const PREFIX: &'static str;
    /// Columns of other tables: the name that Froxlor uses, and the column's name in Clientele.
    const FOREIGN: &'static [(&'static str, &'static str)] = &[];

    /// Returns the column with this name, ignoring case, with or without Froxlor's table prefixes.
    #[must_use]
    fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let foreign = Self::FOREIGN.iter().find(|(known, _)| *known == name);
        let own = || name.strip_prefix(Self::PREFIX).unwrap_or(&name);
        let bare = foreign.map_or_else(own, |(_, column)| column);
        Self::all().find(|column| column.name() == bare)
    }
}

/// The owner's columns in lists of customers and of hosting plans.
pub(super) const OWNER_COLUMNS: &[(&str, &str)] =
    &[("a.loginname", "adminname"), ("a.adminid", "adminid")];

/// The column of a resource's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LimitOf(pub Resource);

/// The column of a resource's usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UsageOf(pub Resource);

impl Columns for LimitOf {
    fn all() -> impl Iterator<Item = Self> {
        Resource::ALL.into_iter().map(Self)
    }

    fn name(self) -> &'static str {
        self.0.name()
    }

    fn kind(self) -> ColumnType {
        ColumnType::Limit(self.0.unit().size())
    }
}

impl Columns for UsageOf {
    fn all() -> impl Iterator<Item = Self> {
        Resource::ALL.into_iter().map(Self)
    }

    fn name(self) -> &'static str {
        self.0.used_name()
    }

    fn kind(self) -> ColumnType {
        ColumnType::Size(self.0.unit().size())
    }
}

impl Columns for Switch {
    fn all() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter()
    }

    fn name(self) -> &'static str {
        self.column_name()
    }

    fn kind(self) -> ColumnType {
        ColumnType::Flag
    }
}

columns! {
    /// A column of the customer list, named as in the API.
    Column {
    Id = "customerid": ColumnType::Number,
    LoginName = "loginname": ColumnType::Text,
    OwnerName = "adminname": ColumnType::Text,
    Owner = "adminid": ColumnType::Number,
    Notes = "custom_notes": ColumnType::Text,
    Language = "def_language": ColumnType::Text,
    Theme = "theme": ColumnType::Text,
    Guid = "guid": ColumnType::Number,
    DocumentRoot = "documentroot": ColumnType::Text,
    Suspended = "deactivated": ColumnType::Flag,
    ApiAllowed = "api_allowed": ColumnType::Flag,
    GuiAccess = "gui_access": ColumnType::Flag,
    ShellAllowed = "shell_allowed": ColumnType::Flag,
    NotesShown = "custom_notes_show": ColumnType::Flag,
    Plan = "plan": ColumnType::Text,
    LastSignIn = "lastlogin_succ": ColumnType::Time,
    LastFailure = "lastlogin_fail": ColumnType::Time,
    Failures = "loginfail_count": ColumnType::Number,
    Created = "created": ColumnType::Time;
    Contact(ContactColumn), Limit(LimitOf), Used(UsageOf), Switch(Switch)
    }
}

impl Field for Column {
    const PREFIX: &'static str = "c.";
    const FOREIGN: &'static [(&'static str, &'static str)] = OWNER_COLUMNS;
}
