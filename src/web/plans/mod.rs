//! Hosting plans.

mod add;
mod edit;
mod form;
mod list;
mod show;
mod values;

pub use values::fill;

use crate::crud::delete;
use domain::plan::Plan;
use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/plans/{id:[0-9]{1,18}}.json", values::json)
        .get("/plans", list::list)
        .post("/plans", add::create)
        .get("/plans/new", add::page)
        .get("/plans/{id:[0-9]{1,18}}", show::page)
        .post("/plans/{id:[0-9]{1,18}}", edit::save)
        .get("/plans/{id:[0-9]{1,18}}/edit", edit::page)
        .get("/plans/{id:[0-9]{1,18}}/delete", delete::page::<Plan>)
        .post("/plans/{id:[0-9]{1,18}}/delete", delete::delete::<Plan>);
}
