//! Customers: list, export, import, add, show, edit, move, suspend, unlock, delete.

mod add;
mod changes;
mod conflict;
mod csv;
mod delete;
mod edit;
mod form;
mod import;
mod list;
mod moving;
mod offers;
mod query;
mod show;
mod suspending;

use super::error::WebError;
use super::extract::AsManager;
use super::flash::Flash;
use super::respond;
use actix_session::SessionExt as _;
use actix_web::web::ServiceConfig;
use actix_web::{HttpRequest, HttpResponse};
use domain::customer::{Customer, CustomerRef};
use edge::routing::{get, post};
use services::app::Look;
use services::customers;

/// The routes of customers.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/customers", get().to(list::page))
        .route("/customers", post().to(add::create))
        .route("/customers.csv", get().to(csv::export))
        .route("/customers/new", get().to(add::page))
        .route("/customers/import", get().to(import::page))
        .route("/customers/import", post().to(import::preview))
        .route("/customers/import/confirm", post().to(import::confirm))
        .route("/customers/import/example.csv", get().to(import::example))
        .route("/customers/import/{id}", get().to(import::run::page))
        .route("/customers/import/{id}/confirm", post().to(import::run::confirm))
        .route("/customers/import/{id}/encoding", post().to(import::run::reread))
        .route("/customers/{loginname}", get().to(show::page))
        .route("/customers/{loginname}", post().to(edit::update))
        .route("/customers/{loginname}/edit", get().to(edit::page))
        .route("/customers/{loginname}/move", get().to(moving::page))
        .route("/customers/{loginname}/move", post().to(moving::move_to))
        .route("/customers/{loginname}/delete", get().to(delete::page))
        .route("/customers/{loginname}/delete", post().to(delete::delete))
        .route("/customers/{loginname}/unlock", post().to(changes::unlock))
        .route("/customers/{loginname}/suspend", get().to(suspending::page))
        .route("/customers/{loginname}/suspend", post().to(suspending::suspend))
        .route("/customers/{loginname}/resume", post().to(suspending::resume));
}

/// The area: labels of fields are looked up in it.
const AREA: &str = "customers";

/// The customer that an address names, if he is the manager's.
async fn named(look: &Look, by: &AsManager, login_name: &str) -> Result<Customer, WebError> {
    Ok(customers::get(look.view(), by.scope(), &reference(login_name)).await?)
}

fn reference(login_name: &str) -> CustomerRef {
    CustomerRef::Login(login_name.to_owned())
}

/// The address of a customer's page.
fn address(login_name: impl std::fmt::Display) -> String {
    format!("/customers/{login_name}")
}

/// On to the customer's page, with a message that names them.
fn done(req: &HttpRequest, customer: &Customer, key: &str) -> HttpResponse {
    respond::done(&req.get_session(), &address(&customer.login_name), Flash::success(key).with("name", &customer.login_name))
}

/// What a heading calls a customer: his name, cut where it would fill the page. The page itself has it whole.
fn heading(customer: &Customer) -> String {
    const LONGEST: usize = 70;
    let name = customer.display_name();
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}
