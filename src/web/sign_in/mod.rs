//! Sign-in, sign-out and forgotten passwords: the pages for visitors who are not signed in.

mod common;
mod forgot;
mod login;
mod names;
mod reset;

use edge::routing::Routes;

pub fn routes(routes: &mut Routes) {
    routes
        .get("/login", login::show)
        .post("/login", login::submit)
        .post("/logout", login::sign_out)
        .get("/password/forgot", forgot::show)
        .post("/password/forgot", forgot::submit)
        .get("/password/loginname", names::show)
        .post("/password/loginname", names::submit)
        .get("/password/reset/{token}", reset::show)
        .post("/password/reset/{token}", reset::submit);
}
