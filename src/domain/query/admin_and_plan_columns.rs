//! Columns of the lists of admins and hosting plans.

use super::column::{Field, LimitOf, OWNER_COLUMNS, UsageOf};
use crate::column::{ColumnType, columns};

columns! {
    /// A column of the list of admins, named as in the API.
    AdminColumn {
        Id = "adminid": ColumnType::Number,
        LoginName = "loginname": ColumnType::Text,
        Name = "name": ColumnType::Text,
        Email = "email": ColumnType::Text,
        Language = "def_language": ColumnType::Text,
        Theme = "theme": ColumnType::Text,
        Notes = "custom_notes": ColumnType::Text,
        NotesShown = "custom_notes_show": ColumnType::Flag,
        SeesAll = "customers_see_all": ColumnType::Flag,
        ChangesSettings = "change_serversettings": ColumnType::Flag,
        EditsPhp = "caneditphpsettings": ColumnType::Flag,
        Suspended = "deactivated": ColumnType::Flag,
        ApiAllowed = "api_allowed": ColumnType::Flag,
        GuiAccess = "gui_access": ColumnType::Flag,
        Customers = "customers": ColumnType::Limit(1),
        CustomersUsed = "customers_used": ColumnType::Size(1),
        Domains = "domains": ColumnType::Limit(1),
        DomainsUsed = "domains_used": ColumnType::Size(1),
        LastSignIn = "lastlogin_succ": ColumnType::Time,
        LastFailure = "lastlogin_fail": ColumnType::Time,
        Failures = "loginfail_count": ColumnType::Number,
        Created = "created": ColumnType::Time;
        Limit(LimitOf), Used(UsageOf)
    }
}

impl Field for AdminColumn {
    const PREFIX: &'static str = "a.";
}

columns! {
    /// A column of the list of hosting plans, named as in the API.
    PlanColumn {
        Id = "id": ColumnType::Number,
        Owner = "adminid": ColumnType::Number,
        OwnerName = "adminname": ColumnType::Text,
        Name = "name": ColumnType::Text,
        Description = "description": ColumnType::Text,
        Updated = "ts": ColumnType::Time,
    }
}

impl Field for PlanColumn {
    const PREFIX: &'static str = "p.";
    const FOREIGN: &'static [(&'static str, &'static str)] = OWNER_COLUMNS;
}
