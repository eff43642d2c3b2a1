//! API keys. `/account/api-keys` has the account's own keys. Managers see and revoke the keys of a
//! customer or admin below that account's page.

mod create;
mod edit;
mod list;
mod of_others;
mod revoke;

use domain::admin::Admin;
use domain::customer::Customer;
use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/account/api-keys", list::page)
        .post("/account/api-keys", create::create)
        .get("/account/api-keys/new", create::page)
        .post("/account/api-keys/{id:[0-9]{1,18}}", edit::save)
        .get("/account/api-keys/{id:[0-9]{1,18}}/edit", edit::page)
        .get("/account/api-keys/{id:[0-9]{1,18}}/revoke", revoke::page)
        .post("/account/api-keys/{id:[0-9]{1,18}}/revoke", revoke::revoke)
        .get("/customers/{loginname}/api-keys", of_others::page::<Customer>)
        .get(
            "/customers/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke",
            of_others::confirm::<Customer>,
        )
        .post(
            "/customers/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke",
            of_others::revoke::<Customer>,
        )
        .get("/admins/{loginname}/api-keys", of_others::page::<Admin>)
        .get("/admins/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke", of_others::confirm::<Admin>)
        .post("/admins/{loginname}/api-keys/{id:[0-9]{1,18}}/revoke", of_others::revoke::<Admin>);
}
