//! What each command takes: names, kinds and what they mean. The readers in `services` decide; a test compares these lists
//! with what they read.

mod others;
#[cfg(test)]
mod tests;

pub use others::{admin, admin_add, admin_update, plan, plan_add, plan_update};

use crate::domain::account::{Gender, Language, Theme};
use crate::domain::contact::LINES;
use crate::domain::resources::{Resource, Unit};

/// A parameter.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub kind: ParamKind,
    /// Whether the command fails without it.
    pub required: bool,
    /// What it means.
    pub about: &'static str,
}

/// What a parameter holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParamKind {
    /// Text.
    Text,
    /// A secret: not trimmed, never shown.
    Secret,
    /// A whole number.
    Integer,
    /// A switch.
    Flag,
    /// A limit, counted in this unit; -1 is no limit.
    Limit(Unit),
    /// Several ids.
    Ids,
    /// One of these.
    Choice(&'static [&'static str]),
    /// Conditions on columns.
    Search,
    /// Columns and directions.
    Order,
}

impl ParamKind {
    /// What Froxlor's documentation calls it.
    #[must_use]
    pub const fn peer_type(self) -> &'static str {
        match self {
            Self::Text | Self::Secret | Self::Choice(_) => "string",
            Self::Integer | Self::Limit(_) => "int",
            Self::Flag => "bool",
            Self::Ids | Self::Search | Self::Order => "array",
        }
    }
}

use ParamKind::{Choice, Flag, Ids, Integer, Limit, Order, Search, Secret, Text};

const fn may(name: &'static str, kind: ParamKind, about: &'static str) -> Param {
    Param { name, kind, required: false, about }
}

const fn must(name: &'static str, kind: ParamKind, about: &'static str) -> Param {
    Param { name, kind, required: true, about }
}

/// What lists are asked.
#[must_use]
pub fn listing() -> Vec<Param> {
    let mut params = count();
    params.extend([
        may("sql_orderby", Order, "columns and ASC or DESC, most important first"),
        may("sql_limit", Integer, "rows of one answer: 100 unless said otherwise, at most 1000"),
        may("sql_offset", Integer, "rows to leave out before the first"),
    ]);
    params
}

/// What counts are asked.
#[must_use]
pub fn count() -> Vec<Param> {
    vec![may("sql_search", Search, "conditions on columns that must all hold")]
}

/// The same for customers, who have usages.
#[must_use]
pub fn customer_listing() -> Vec<Param> {
    let mut params = listing();
    params.push(USAGES);
    params
}

const USAGES: Param = may("show_usages", Flag, "add domains and space used");

/// Which customer.
#[must_use]
pub fn customer() -> Vec<Param> {
    vec![
        may("id", Integer, "the customer's id; wins over loginname"),
        may("loginname", Text, "the customer's login name; needed without an id"),
    ]
}

/// Which customer, with or without usages.
#[must_use]
pub fn customer_get() -> Vec<Param> {
    let mut params = customer();
    params.push(USAGES);
    params
}

/// Which customer, with or without their files.
#[must_use]
pub fn customer_delete() -> Vec<Param> {
    let mut params = customer();
    params.push(may("delete_userfiles", Flag, "remove the customer's files too"));
    params
}

/// Which customer goes to whom.
#[must_use]
pub fn customer_move() -> Vec<Param> {
    let mut params = customer();
    params.push(must("adminid", Integer, "id of the new owner"));
    params
}

/// A new customer.
#[must_use]
pub fn customer_add() -> Vec<Param> {
    let mut params = vec![must("email", Text, "mail address; not that of any admin")];
    profile(&mut params);
    params.extend([
        may("new_loginname", Text, "login name; empty means the prefix and the next free number"),
        may("new_customer_password", Secret, "password; empty means a generated one"),
        may("sendpassword", Flag, "mail the password to the customer"),
        may("createstdsubdomain", Flag, "make a standard subdomain; the provider's setting decides unless said"),
        may("store_defaultindex", Flag, "put the default index page into the home directory"),
        may("hosting_plan_id", Integer, "a plan whose values replace the limits and switches sent"),
    ]);
    params
}

/// A changed customer.
#[must_use]
pub fn customer_update() -> Vec<Param> {
    let mut params = customer();
    params.push(may("email", Text, "mail address; not that of any admin"));
    profile(&mut params);
    params.extend([
        may("new_customer_password", Secret, "new password; ends the customer's sessions and keys"),
        may("current_password", Secret, "for customers who set their own password: the one until now; a wrong one is refused"),
        may("sendpassword", Flag, "mail the new password to the customer"),
        may("deactivated", Flag, "suspend or resume the customer; nobody below the rank of whom suspended may resume"),
        may("suspend_reason", Text, "why the customer is suspended; kept while they are"),
        may("suspend_reason_show", Flag, "show the reason to the customer at sign-in"),
        may("createstdsubdomain", Flag, "whether the customer has a standard subdomain"),
        may("hosting_plan_id", Integer, "a plan whose values replace the customer's limits and switches; 0 for none"),
        may("move_to_admin", Integer, "id of the new owner"),
        VERSION,
    ]);
    params
}

/// What customers may change of their own.
pub const OWN: [&str; 6] = ["id", "loginname", "current_password", "def_language", "new_customer_password", "theme"];

const VERSION: Param = may("version", Integer, "the version that was read; refused with 409 where it has changed since");

fn profile(params: &mut Vec<Param>) {
    for (name, _) in LINES {
        params.push(may(name, Text, line(name)));
    }
    params.extend([
        may("gender", Choice(Gender::NAMES), "0 unknown or neither, 1 male, 2 female"),
        may("def_language", Choice(Language::NAMES), "language of panel and mails"),
        may("theme", Choice(Theme::NAMES), "look of the panel"),
        may("gui_access", Flag, "may sign in to the panel"),
        may("api_allowed", Flag, "may use the API"),
        may("shell_allowed", Flag, "may have shells"),
        may("custom_notes", Text, "notes, in Markdown"),
        may("custom_notes_show", Flag, "show the notes to the customer"),
        may("allowed_mysqlserver", Ids, "MySQL servers the customer may use; 0 is the default one"),
    ]);
    services(params);
}

fn line(name: &str) -> &'static str {
    match name {
        "name" => "last name; it or a company is needed",
        "firstname" => "first name",
        "company" => "company",
        "street" => "street and number",
        "zipcode" => "postal code",
        "city" => "city",
        "phone" => "phone number",
        "fax" => "fax number",
        _ => "the provider's own customer number; free text",
    }
}

fn limits(params: &mut Vec<Param>) {
    for resource in Resource::ALL {
        let about = match resource.unit() {
            Unit::Count => "how many; -1 for no limit",
            Unit::MiB => "MiB; -1 for no limit",
            Unit::GiB => "GiB; -1 for no limit",
        };
        params.push(may(resource.name(), Limit(resource.unit()), about));
        params.push(may(resource.unlimited_name(), Flag, "no limit, whatever the number says"));
    }
}

fn services(params: &mut Vec<Param>) {
    limits(params);
    params.extend([
        may("email_imap", Flag, "IMAP access to mailboxes"),
        may("email_pop3", Flag, "POP3 access to mailboxes"),
        may("phpenabled", Flag, "PHP"),
        may("allowed_phpconfigs", Ids, "PHP configurations to choose from"),
        may("perlenabled", Flag, "Perl and CGI"),
        may("dnsenabled", Flag, "the DNS editor"),
        may("logviewenabled", Flag, "reading the web server's logs"),
    ]);
}

/// Which functions are asked for.
#[must_use]
pub fn list_functions() -> Vec<Param> {
    vec![may("module", Text, "only of this module"), may("function", Text, "only of this name")]
}

/// How long a password is to be.
#[must_use]
pub fn generate_password() -> Vec<Param> {
    vec![may("length", Integer, "at least so many characters, up to 128")]
}
