//! From where an HTTP request came: one rule for the panel and the API.

use crate::app::App;
use actix_web::HttpRequest;

/// The client's address. It is the peer's, unless the peer is a proxy that the settings trust; empty where there is none.
#[must_use]
pub fn address(req: &HttpRequest, app: &App) -> String {
    let Some(peer) = req.peer_addr() else { return String::new() };
    let forwarded = req.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
    app.trusted_proxies.client(peer.ip(), forwarded).to_string()
}
