//! Email templates, which managers can customize.

mod edit;
mod list;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/mail-templates", list::list)
        .get("/mail-templates/{kind}/{language}", edit::show)
        .post("/mail-templates/{kind}/{language}", edit::save)
        .post("/mail-templates/{kind}/{language}/reset", edit::reset);
}
