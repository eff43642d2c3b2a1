//! `/`: the first page of each role.

mod customer;
mod manager;

use crate::app::App;
use crate::domain::actor::Actor;
use crate::routing::get;
use crate::web::error::WebError;
use crate::web::extract::SignedIn;
use actix_web::web::{Data, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/", get().to(show));
}

async fn show(app: Data<App>, req: HttpRequest, by: SignedIn) -> Result<HttpResponse, WebError> {
    match &by.0.actor {
        Actor::Manager(manager) => manager::show(&app, &req, &by.0, manager).await,
        Actor::Customer(customer) => customer::show(&app, &req, &by.0, customer).await,
    }
}
