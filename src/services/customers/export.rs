//! Customers as rows of a file: its columns, and what an import may set of them. Whoever reads a file back
//! ([`super::import`]) looks here, so that both always speak of the same columns.

use crate::domain::actor::Manager;
use crate::domain::customer::Customer;
use crate::domain::id::CustomerId;
use crate::domain::quota::Quota;
use crate::domain::resources::Resource;
use crate::domain::text;
use crate::services::{Outcome, View};
use std::borrow::Cow;
use std::fmt::Display;

/// A column of the file.
pub(super) struct Column {
    /// Its name in the head.
    pub name: &'static str,
    /// What it sets where the file is imported.
    pub sets: Sets,
    cell: Cell,
}

/// What an imported column sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sets {
    /// This parameter of `add`.
    Parameter(&'static str),
    /// The plan, by its name.
    Plan,
    /// Nothing: it tells what only the program can know.
    Nothing,
}

#[derive(Clone, Copy)]
enum Cell {
    Text(fn(&Customer) -> String),
    Limit(Resource),
    Used(Resource),
}

const fn same(name: &'static str, cell: fn(&Customer) -> String) -> Column {
    Column { name, sets: Sets::Parameter(name), cell: Cell::Text(cell) }
}

const fn told(name: &'static str, cell: fn(&Customer) -> String) -> Column {
    Column { name, sets: Sets::Nothing, cell: Cell::Text(cell) }
}

const fn limit(name: &'static str, resource: Resource) -> Column {
    Column { name, sets: Sets::Parameter(resource.name()), cell: Cell::Limit(resource) }
}

const fn used(name: &'static str, resource: Resource) -> Column {
    Column { name, sets: Sets::Nothing, cell: Cell::Used(resource) }
}

/// Every column, in the order of the file: who he is first, what he may use last.
pub(super) const COLUMNS: [Column; 45] = [
    Column { name: "loginname", sets: Sets::Parameter("new_loginname"), cell: Cell::Text(|c| c.login_name.to_string()) },
    same("name", |c| c.profile.contact.name.clone()),
    same("firstname", |c| c.profile.contact.firstname.clone()),
    same("company", |c| c.profile.contact.company.clone()),
    same("email", |c| c.profile.contact.email.to_unicode()),
    told("adminname", |c| c.owner_name.clone()),
    Column { name: "plan", sets: Sets::Plan, cell: Cell::Text(|c| c.plan_name.clone()) },
    told("state", |c| c.status().code().to_owned()),
    same("street", |c| c.profile.contact.street.clone()),
    same("zipcode", |c| c.profile.contact.zipcode.clone()),
    same("city", |c| c.profile.contact.city.clone()),
    same("phone", |c| c.profile.contact.phone.clone()),
    same("fax", |c| c.profile.contact.fax.clone()),
    same("customernumber", |c| c.profile.contact.customer_number.clone()),
    same("def_language", |c| c.profile.language.code().to_owned()),
    limit("diskspace_mib", Resource::Diskspace),
    used("diskspace_used_mib", Resource::Diskspace),
    limit("traffic_gib", Resource::Traffic),
    used("traffic_used_gib", Resource::Traffic),
    told("guid", |c| c.guid.to_string()),
    told("lastlogin_succ", |c| c.sign_in.last_success.map(|at| at.to_string()).unwrap_or_default()),
    told("created", |c| c.created_at.to_string()),
    same("gender", |c| c.profile.contact.gender.code().to_owned()),
    same("theme", |c| c.profile.theme.code().to_owned()),
    limit("subdomains", Resource::Subdomains),
    limit("emails", Resource::Emails),
    limit("email_accounts", Resource::EmailAccounts),
    limit("email_forwarders", Resource::EmailForwarders),
    limit("email_quota_mib", Resource::EmailQuota),
    limit("ftps", Resource::Ftps),
    limit("mysqls", Resource::Mysqls),
    same("email_imap", |c| flag(c.profile.services.imap)),
    same("email_pop3", |c| flag(c.profile.services.pop3)),
    same("phpenabled", |c| flag(c.profile.services.php)),
    same("allowed_phpconfigs", |c| list(&c.profile.services.php_configs)),
    same("perlenabled", |c| flag(c.profile.services.perl)),
    same("dnsenabled", |c| flag(c.profile.services.dns)),
    same("logviewenabled", |c| flag(c.profile.services.log_view)),
    same("allowed_mysqlserver", |c| list(&c.profile.mysql_servers)),
    same("gui_access", |c| flag(c.profile.gui_access)),
    same("api_allowed", |c| flag(c.profile.api_allowed)),
    same("shell_allowed", |c| flag(c.profile.shell_allowed)),
    same("createstdsubdomain", |c| flag(c.standard_subdomain.is_some())),
    same("custom_notes", |c| c.profile.notes.clone()),
    same("custom_notes_show", |c| flag(c.profile.notes_shown)),
];

/// The first row of the file.
#[must_use]
pub fn head() -> Vec<&'static str> {
    COLUMNS.iter().map(|column| column.name).collect()
}

/// The rows of those of some customers who still are there and the manager's, in the order of `ids`. A spreadsheet takes none
/// of their cells for a formula.
///
/// # Errors
/// The database's.
pub async fn records(view: View<'_>, by: &Manager, ids: &[CustomerId]) -> Outcome<Vec<Vec<String>>> {
    let customers = super::of_ids(view, by, ids).await?;
    let record = |customer| COLUMNS.iter().map(|column| harmless(&column.cell.of(customer)).into_owned()).collect();
    Ok(customers.iter().map(record).collect())
}

impl Cell {
    fn of(self, customer: &Customer) -> String {
        match self {
            Self::Text(cell) => cell(customer),
            Self::Limit(resource) => amount(resource, customer.profile.services.limits[resource]),
            Self::Used(resource) => amount(resource, Quota::Limited(customer.used[resource])),
        }
    }
}

/// What stands for no limit.
const UNLIMITED: &str = "unlimited";

/// Three digits behind the point would be those of a thousand where a comma is the decimal sign.
fn amount(resource: Resource, quota: Quota) -> String {
    let Some(mut amount) = quota.in_units(resource.unit().size()) else { return UNLIMITED.to_owned() };
    if amount.split_once('.').is_some_and(|(_, fraction)| fraction.len() == 3) {
        amount.push('0');
    }
    amount
}

fn flag(on: bool) -> String {
    if on { "1" } else { "0" }.to_owned()
}

/// In brackets, so that a spreadsheet does not take `1,2` for a number, and so that none at all is said: an empty cell says
/// nothing.
fn list(ids: &[impl Display]) -> String {
    format!("[{}]", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

/// Whether a spreadsheet may take a cell for a formula: by its first character that is seen, in ASCII or full width, or by a tab or
/// line break in front, behind which some look for one.
fn is_formula(cell: &str) -> bool {
    const SIGNS: [char; 12] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠', '｜', '％'];
    let seen = cell.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || text::is_invisible(c));
    cell.starts_with(|c: char| c.is_control()) || seen.starts_with(SIGNS)
}

/// With an apostrophe in front it is text. A cell that begins like that already gets one more, so that [`plain`] gives back
/// exactly what was there.
fn harmless(cell: &str) -> Cow<'_, str> {
    if is_formula(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Takes the apostrophe off again.
pub(super) fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in [
            "=1+1",
            "+49 30 1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "  =1",
            "\u{a0}=1",
            "\u{200b}=1",
            "|cmd",
            "%0A",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u{3000}＝1",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"));
        }
        assert_eq!(harmless("web1"), "web1");
        assert_eq!(harmless("'t Hart"), "'t Hart");
        assert_eq!(harmless(""), "");
    }

    #[test]
    fn every_limit_has_a_column_with_its_unit() {
        for resource in Resource::ALL {
            let column = COLUMNS.iter().find(|column| column.sets == Sets::Parameter(resource.name()));
            let unit = resource.unit().label().to_ascii_lowercase();
            assert_eq!(column.map(|column| column.name), Some(format!("{}_{unit}", resource.name()).trim_end_matches('_')));
        }
    }

    proptest! {
        #[test]
        fn a_cell_comes_back_as_it_was(cell in "['=+@|%＝＋－＠ \t\r\n\u{3000}-]{0,4}\\PC*") {
            let written = harmless(&cell);
            prop_assert!(!is_formula(&written));
            prop_assert_eq!(plain(&written), cell.as_str());
        }
    }
}
