//! Queries on customers. Reads take a scope; writes take a value that a scoped read returned.
//!
//! Functions fail with the errors of the database, unless their doc comments say otherwise.

mod dependents;
mod filter;
mod links;
mod list;
mod names;
mod read;
mod rows;
mod small_result;
mod total;
mod write;

pub use dependents::{Dependents, count_dependents};
pub use filter::LockRule;
pub use list::{MAX_SKIPPED_ROWS, count_by_status, ids, list, list_by_ids};
pub use names::{login_names, login_names_by_email, login_names_by_number};
pub use read::{
    SignedInCustomer, find, find_signed_in, find_unscoped, is_email_used, logins_with_email,
    owner_of, shown_suspend_reason,
};
pub use rows::{list_rows, list_rows_by_ids};
pub use small_result::{Match, find_up_to};
pub use total::{count_by_status_within, count_exactly, count_owned};
pub(super) use write::columns;
pub use write::{
    NewCustomerRow, change_owner, insert, remove, set_theme_and_language, touch, update,
};

use domain::customer::Customer;
use domain::natural_order;

/// Returns the key that lists sort names by: last name and first name, or the company if both are
/// empty.
fn name_sort(customer: &domain::contact::Contact) -> String {
    let name = match (customer.name.as_str(), customer.firstname.as_str()) {
        ("", "") => customer.company.clone(),
        (name, first) => format!("{name} {first}"),
    };
    natural_order::sort_key(&name)
}

/// Returns the text that word searches match, in lowercase. Each column is a line of its own, so
/// that no word matches across two columns. The full name follows in both orders.
fn search_text(login_name: &str, profile: &domain::customer::Profile) -> String {
    let c = &profile.contact;
    let mut columns = vec![login_name];
    columns.extend(c.searched_values());
    columns.push(&profile.notes);
    let mut text = columns.join("\n").to_lowercase();
    if !c.name.is_empty() && !c.firstname.is_empty() {
        // Lists show the first form, and people type the second.
        let full_names =
            format!("\n{name}, {first}\n{first} {name}", name = c.name, first = c.firstname);
        text.push_str(&full_names.to_lowercase());
    }
    let unicode = c.email.to_unicode();
    if unicode != c.email.as_str() {
        text.push('\n');
        text.push_str(&unicode.to_lowercase());
    }
    text
}

const fn id(customer: &Customer) -> i64 {
    customer.id.0
}
