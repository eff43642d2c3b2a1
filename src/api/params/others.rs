//! What commands on hosting plans and admins take.

use super::ParamKind::{Choice, Flag, Ids, Integer, Limit, Secret, Text};
use super::{Param, VERSION, limits, may, must, services};
use crate::domain::account::{Language, Theme};
use crate::domain::resources::Unit;

/// Which plan.
#[must_use]
pub fn plan() -> Vec<Param> {
    vec![may("id", Integer, "the plan's id; wins over planname"), may("planname", Text, "the plan's name; needed without an id")]
}

/// A new plan.
#[must_use]
pub fn plan_add() -> Vec<Param> {
    let mut params = vec![must("name", Text, "its name"), may("description", Text, "what it is meant for")];
    services(&mut params);
    params
}

/// A changed plan.
#[must_use]
pub fn plan_update() -> Vec<Param> {
    let mut params = plan();
    params.extend([may("name", Text, "new name; empty leaves it as it is"), may("description", Text, "what it is meant for")]);
    services(&mut params);
    params.push(VERSION);
    params
}

/// Which admin.
#[must_use]
pub fn admin() -> Vec<Param> {
    vec![may("id", Integer, "the admin's id; wins over loginname"), may("loginname", Text, "the admin's login name; needed without an id")]
}

/// A new admin.
#[must_use]
pub fn admin_add() -> Vec<Param> {
    let mut params = vec![
        must("name", Text, "name"),
        must("email", Text, "mail address; unique among admins, and not that of any customer"),
        must("new_loginname", Text, "login name"),
        must("admin_password", Secret, "password"),
        may("current_password", Secret, "the caller's own password; needed to add a server admin"),
    ];
    admin_profile(&mut params);
    params
}

/// A changed admin.
#[must_use]
pub fn admin_update() -> Vec<Param> {
    let mut params = admin();
    params.extend([
        may("name", Text, "name"),
        may("email", Text, "mail address; unique among admins, and not that of any customer"),
        may("admin_password", Secret, "new password; ends their sessions and keys"),
        may(
            "current_password",
            Secret,
            "the caller's own password; needed to change password or address of a server admin, and to make an admin one",
        ),
        may("deactivated", Flag, "suspend or resume the admin"),
        VERSION,
    ]);
    admin_profile(&mut params);
    params
}

fn admin_profile(params: &mut Vec<Param>) {
    params.extend([
        may("def_language", Choice(Language::NAMES), "language of panel and mails"),
        may("theme", Choice(Theme::NAMES), "look of the panel"),
        may("gui_access", Flag, "may sign in to the panel"),
        may("api_allowed", Flag, "may use the API"),
        may("custom_notes", Text, "notes, in Markdown"),
        may("custom_notes_show", Flag, "show the notes to the admin"),
        may("customers_see_all", Flag, "sees every customer; a reseller sees their own"),
        may("change_serversettings", Flag, "may change settings and manage admins; granting it needs current_password"),
        may("caneditphpsettings", Flag, "may edit PHP settings of domains"),
        may("allowed_phpconfigs", Ids, "PHP configurations they may hand out; -1 for every one, as without it"),
        may("allowed_mysqlserver", Ids, "MySQL servers they may hand out; -1 for every one, as without it"),
        may("shell_allowed", Flag, "may hand out shells; on unless said"),
        may("perlenabled", Flag, "may hand out Perl; on unless said"),
        may("customers", Limit(Unit::Count), "maximum number of customers; -1 for no limit"),
        may("customers_ul", Flag, "no limit, whatever the number says"),
        may("domains", Limit(Unit::Count), "maximum number of domains of their customers; -1 for no limit"),
        may("domains_ul", Flag, "no limit, whatever the number says"),
    ]);
    limits(params);
}
