//! Finds the customer of a request path, and builds paths, headings and frames for customer pages.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::flash::Flash;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::SessionExt as _;
use actix_web::{HttpRequest, HttpResponse};
use auth::accounts::Account;
use domain::customer::{Customer, CustomerRef};
use services::app::{App, OwnedView};
use services::customers;

/// The area in which labels of fields are looked up.
pub(super) const AREA: &str = "customers";

/// Returns the customer with this login name if the customer is in the manager's scope.
pub(super) async fn find(
    snapshot: &OwnedView,
    by: &AsManager,
    login_name: &str,
) -> Result<Customer, WebError> {
    Ok(customers::get(snapshot.view(), by.scope(), &reference(login_name)).await?)
}

pub(super) fn reference(login_name: &str) -> CustomerRef {
    CustomerRef::Login(login_name.to_owned())
}

/// Returns the path of a customer's page.
pub(super) fn address(login_name: impl std::fmt::Display) -> String {
    format!("/customers/{login_name}")
}

/// Returns the frame of a page below the customer's page, with the title `customers-<verb>-title`.
pub(super) fn customer_chrome(
    app: &App,
    req: &HttpRequest,
    by: &Account,
    customer: &Customer,
    verb: &str,
) -> Chrome {
    let c = frame::of(req, app, by);
    let name = heading(customer);
    let title = c.t_with(&format!("customers-{verb}-title"), &[("name", name.as_str())]);
    c.below(Section::Customers, title).crumb(name, address(&customer.login_name))
}

/// Redirects to the customer's page with a flash message that has the variable `name`.
pub(super) fn redirect_with_success(
    req: &HttpRequest,
    customer: &Customer,
    key: &str,
) -> HttpResponse {
    respond::redirect_with_flash(
        &req.get_session(),
        &address(&customer.login_name),
        Flash::success(key).with("name", &customer.login_name),
    )
}

/// Returns the customer's name for a heading, truncated to 70 characters. The page itself shows it
/// in full.
pub(crate) fn heading(customer: &Customer) -> String {
    const MAX_LENGTH: usize = 70;
    let name = customer.display_name();
    match name.char_indices().nth(MAX_LENGTH) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
