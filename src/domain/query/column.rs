//! The columns that lists can be searched and sorted by. They are an allow-list: no column holds a
//! secret.

use crate::column::{Group, Kind, columns};
use crate::contact::ContactColumn;
use crate::resources::{Resource, Switch};

/// The columns of one list.
pub trait Field: Copy + PartialEq + 'static {
    fn all() -> Vec<Self>;

    /// Returns the name, which is the same at every entry point.
    fn name(self) -> &'static str;

    fn kind(self) -> Kind;

    /// Returns the column with this name, with or without Froxlor's table prefixes.
    fn parse(name: &str) -> Option<Self>;
}

/// Implements `Field` for an enum that [`columns!`] declares.
macro_rules! list {
    ($column:ident) => {
        impl $crate::query::Field for $column {
            fn all() -> Vec<Self> {
                Self::all()
            }

            fn name(self) -> &'static str {
                self.name()
            }

            fn kind(self) -> Kind {
                self.kind()
            }

            fn parse(name: &str) -> Option<Self> {
                Self::parse(name)
            }
        }
    };
}
pub(super) use list;

/// The column of a resource's limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LimitOf(pub Resource);

/// The column of a resource's usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UsageOf(pub Resource);

impl Group for LimitOf {
    fn each() -> Vec<Self> {
        Resource::ALL.map(Self).to_vec()
    }

    fn name(self) -> &'static str {
        self.0.name()
    }

    fn kind(self) -> Kind {
        Kind::Limit(self.0.unit().size())
    }
}

impl Group for UsageOf {
    fn each() -> Vec<Self> {
        Resource::ALL.map(Self).to_vec()
    }

    fn name(self) -> &'static str {
        self.0.used_name()
    }

    fn kind(self) -> Kind {
        Kind::Size(self.0.unit().size())
    }
}

impl Group for Switch {
    fn each() -> Vec<Self> {
        Self::ALL.to_vec()
    }

    fn name(self) -> &'static str {
        self.column_name()
    }

    fn kind(self) -> Kind {
        Kind::Flag
    }
}

impl Group for ContactColumn {
    fn each() -> Vec<Self> {
        Self::all()
    }

    fn name(self) -> &'static str {
        self.name()
    }

    fn kind(self) -> Kind {
        self.kind()
    }
}

columns! {
    /// A column of the customer list, named as in the API.
    Column {
    Id = "customerid": Kind::Number,
    LoginName = "loginname": Kind::Text,
    OwnerName = "adminname": Kind::Text,
    Owner = "adminid": Kind::Number,
    Notes = "custom_notes": Kind::Text,
    Language = "def_language": Kind::Text,
    Theme = "theme": Kind::Text,
    Guid = "guid": Kind::Number,
    DocumentRoot = "documentroot": Kind::Text,
    Suspended = "deactivated": Kind::Flag,
    ApiAllowed = "api_allowed": Kind::Flag,
    GuiAccess = "gui_access": Kind::Flag,
    ShellAllowed = "shell_allowed": Kind::Flag,
    NotesShown = "custom_notes_show": Kind::Flag,
    Plan = "plan": Kind::Text,
    LastSignIn = "lastlogin_succ": Kind::Time,
    LastFailure = "lastlogin_fail": Kind::Time,
    Failures = "loginfail_count": Kind::Number,
    Created = "created": Kind::Time;
    Contact(ContactColumn), Limit(LimitOf), Used(UsageOf), Switch(Switch)
    }
}

list!(Column);

impl Column {
    /// Returns the column with this name, with or without Froxlor's table prefix `c.` or `a.`.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        let bare = match name.as_str() {
            "a.loginname" => "adminname",
            "a.adminid" => "adminid",
            name => name.strip_prefix("c.").unwrap_or(name),
        };
        Self::all().into_iter().find(|column| column.name() == bare)
    }
}
