//! Columns of the lists of admins and hosting plans.

use super::column::{Field, LimitOf, OWNER, UsageOf};
use crate::column::{Kind, columns};

columns! {
    /// A column of the list of admins, named as in the API.
    AdminColumn {
        Id = "adminid": Kind::Number,
        LoginName = "loginname": Kind::Text,
        Name = "name": Kind::Text,
        Email = "email": Kind::Text,
        Language = "def_language": Kind::Text,
        Theme = "theme": Kind::Text,
        Notes = "custom_notes": Kind::Text,
        NotesShown = "custom_notes_show": Kind::Flag,
        SeesAll = "customers_see_all": Kind::Flag,
        ChangesSettings = "change_serversettings": Kind::Flag,
        EditsPhp = "caneditphpsettings": Kind::Flag,
        Suspended = "deactivated": Kind::Flag,
        ApiAllowed = "api_allowed": Kind::Flag,
        GuiAccess = "gui_access": Kind::Flag,
        Customers = "customers": Kind::Limit(1),
        CustomersUsed = "customers_used": Kind::Size(1),
        Domains = "domains": Kind::Limit(1),
        DomainsUsed = "domains_used": Kind::Size(1),
        LastSignIn = "lastlogin_succ": Kind::Time,
        LastFailure = "lastlogin_fail": Kind::Time,
        Failures = "loginfail_count": Kind::Number,
        Created = "created": Kind::Time;
        Limit(LimitOf), Used(UsageOf)
    }
}

impl Field for AdminColumn {
    const PREFIX: &'static str = "a.";
}

columns! {
    /// A column of the list of hosting plans, named as in the API.
    PlanColumn {
        Id = "id": Kind::Number,
        Owner = "adminid": Kind::Number,
        OwnerName = "adminname": Kind::Text,
        Name = "name": Kind::Text,
        Description = "description": Kind::Text,
        Updated = "ts": Kind::Time,
    }
}

impl Field for PlanColumn {
    const PREFIX: &'static str = "p.";
    const FOREIGN: &'static [(&'static str, &'static str)] = OWNER;
}
