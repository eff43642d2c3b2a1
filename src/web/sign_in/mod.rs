//! Signing in and out, and lost passwords: the pages for whoever is not signed in.

mod forgot;
mod login;
mod names;
mod reset;

use super::frame;
use super::page::Chrome;
use crate::app::App;
use actix_web::HttpRequest;
use actix_web::web::{ServiceConfig, get, post, resource};

/// The routes.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(resource("/login").route(get().to(login::show)).route(post().to(login::submit)))
        .service(resource("/logout").route(post().to(login::sign_out)))
        .service(resource("/password/forgot").route(get().to(forgot::show)).route(post().to(forgot::submit)))
        .service(resource("/password/loginname").route(get().to(names::show)).route(post().to(names::submit)))
        .service(resource("/password/reset/{token}").route(get().to(reset::show)).route(post().to(reset::submit)));
}

/// Whether a path is for whoever is not signed in.
#[must_use]
pub fn is_public(path: &str) -> bool {
    path == "/login" || ["/login/", "/password/", "/logout"].iter().any(|start| path.starts_with(start))
}

/// The address to sign in at, on the way to `next`; `ended` where a session ended that somebody had.
#[must_use]
pub fn address(next: Option<&str>, ended: bool) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if ended {
        query.append_pair("ended", "1");
    }
    if let Some(next) = next.filter(|next| *next != "/") {
        query.append_pair("next", next);
    }
    let query = query.finish();
    if query.is_empty() { "/login".to_owned() } else { format!("/login?{query}") }
}

/// The frame of these pages.
fn chrome(req: &HttpRequest, app: &App, title: &str) -> Chrome {
    let c = frame::bare(req, app);
    Chrome { title: c.t(title), ..c }
}
