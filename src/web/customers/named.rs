//! Finds the customer of an address, and builds addresses and headings for customer pages.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::flash::Flash;
use crate::respond;
use actix_session::SessionExt as _;
use actix_web::{HttpRequest, HttpResponse};
use domain::customer::{Customer, CustomerRef};
use services::app::Look;
use services::customers;

/// The area in which labels of fields are looked up.
pub(super) const AREA: &str = "customers";

/// Returns the customer with this login name if the customer is in the manager's scope.
pub(super) async fn named(
    look: &Look,
    by: &AsManager,
    login_name: &str,
) -> Result<Customer, WebError> {
    Ok(customers::get(look.view(), by.scope(), &reference(login_name)).await?)
}

pub(super) fn reference(login_name: &str) -> CustomerRef {
    CustomerRef::Login(login_name.to_owned())
}

/// Returns the address of a customer's page.
pub(super) fn address(login_name: impl std::fmt::Display) -> String {
    format!("/customers/{login_name}")
}

/// Redirects to the customer's page with a flash message that has the variable `name`.
pub(super) fn done(req: &HttpRequest, customer: &Customer, key: &str) -> HttpResponse {
    respond::done(
        &req.get_session(),
        &address(&customer.login_name),
        Flash::success(key).with("name", &customer.login_name),
    )
}

/// Returns the customer's name for a heading, truncated to 70 characters. The page itself shows it
/// in full.
pub(super) fn heading(customer: &Customer) -> String {
    const LONGEST: usize = 70;
    let name = customer.display_name();
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
