//! Admins and resellers, for server admins only.

mod add;
mod delete;
mod edit;
mod form;
mod list;
mod show;

pub use show::quota;

use crate::crud;
use domain::admin::Admin;
use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/admins", list::list)
        .post("/admins", add::create)
        .get("/admins/new", add::page)
        .get("/admins/{loginname}", show::page)
        .post("/admins/{loginname}", edit::save)
        .get("/admins/{loginname}/edit", edit::page)
        .get("/admins/{loginname}/delete", crud::delete::page::<Admin>)
        .post("/admins/{loginname}/delete", crud::delete::delete::<Admin>)
        .post("/admins/{loginname}/unlock", show::unlock);
}
