//! The customer that an address names, and where pages about customers lead.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::flash::Flash;
use crate::respond;
use actix_session::SessionExt as _;
use actix_web::{HttpRequest, HttpResponse};
use domain::customer::{Customer, CustomerRef};
use services::app::Look;
use services::customers;

/// The area: labels of fields are looked up in it.
pub(super) const AREA: &str = "customers";

/// The customer that an address names, if the manager sees that customer.
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

/// The address of a customer's page.
pub(super) fn address(login_name: impl std::fmt::Display) -> String {
    format!("/customers/{login_name}")
}

/// On to the customer's page, with a message that names them.
pub(super) fn done(req: &HttpRequest, customer: &Customer, key: &str) -> HttpResponse {
    respond::done(
        &req.get_session(),
        &address(&customer.login_name),
        Flash::success(key).with("name", &customer.login_name),
    )
}

/// What a heading calls a customer: his name, cut where it would fill the page. The page itself has
/// it whole.
pub(super) fn heading(customer: &Customer) -> String {
    const LONGEST: usize = 70;
    let name = customer.display_name();
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
