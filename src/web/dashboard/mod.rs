//! `/`: the dashboard of managers and the dashboard of customers.

mod customer;
mod manager;

use crate::error::WebError;
use crate::extract::SignedIn;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::actor::Actor;
use edge::routing::Routes;
use services::app::App;

pub fn routes(routes: &mut Routes) {
    routes.get("/", show);
}

async fn show(app: Data<App>, req: HttpRequest, by: SignedIn) -> Result<HttpResponse, WebError> {
    match &by.0.actor {
        Actor::Manager(manager) => manager::show(&app, &req, &by.0, manager).await,
        Actor::Customer(customer) => customer::show(&app, &req, &by.0, customer).await,
    }
}
