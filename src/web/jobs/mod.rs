//! `/jobs`: background jobs, their states and errors.

mod list;
mod manage;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/jobs", list::list)
        .post("/jobs/run-failed", manage::run_failed)
        .post("/jobs/{id}/run", manage::run_now)
        .post("/jobs/{id}/discard", manage::discard);
}
