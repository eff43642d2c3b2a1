//! From where an HTTP request came: one rule for the panel, the API and everything that depends on
//! an address.

mod forwarded;

use actix_web::HttpRequest;
use config::ForwardedHeader;
use services::app::App;
use services::forwarding::{self, Oddity};
use std::net::IpAddr;

/// Returns the address that a request is counted, logged and audited by: the client's; the proxy's
/// where it does not say who the client is. It is empty where there is no peer. For permissions see
/// [`client`].
#[must_use]
pub fn of(req: &HttpRequest, app: &App) -> String {
    client(req, app).or_else(|| peer(req)).map(|address| address.to_string()).unwrap_or_default()
}

fn peer(req: &HttpRequest) -> Option<IpAddr> {
    Some(req.peer_addr()?.ip().to_canonical())
}

/// Returns the client's address: that of the connection or, behind a trusted proxy, the one the
/// proxy names. It is `None` where there is no peer, or where a trusted proxy passes on two headers
/// that contradict each other: then nothing may depend on the address.
#[must_use]
pub fn client(req: &HttpRequest, app: &App) -> Option<IpAddr> {
    let peer = peer(req)?;
    let x_forwarded_for = forwarded::x_forwarded_for(req.headers());
    let forwarded = forwarded::forwarded(req.headers());
    if !app.trusted_proxies.contains(peer) {
        if x_forwarded_for.is_some() || forwarded.is_some() {
            note(app, Oddity::UntrustedPeer, peer);
        }
        return Some(peer);
    }
    let named = |told: Option<Vec<Option<IpAddr>>>| {
        app.trusted_proxies.client(peer, &told.unwrap_or_default())
    };
    let client = match (app.trusted_proxies.header(), x_forwarded_for, forwarded) {
        (ForwardedHeader::XForwardedFor, told, _) | (ForwardedHeader::Forwarded, _, told) => {
            named(told)
        }
        (ForwardedHeader::Any, Some(one), Some(other)) => {
            let (one, other) = (named(Some(one)), named(Some(other)));
            if one != other {
                note(app, Oddity::Contradiction, peer);
                return None;
            }
            one
        }
        (ForwardedHeader::Any, one, other) => named(one.or(other)),
    };
    Some(client)
}

/// Whether a proxy has passed the request on.
#[must_use]
pub fn is_forwarded(req: &HttpRequest) -> bool {
    forwarded::is_sent(req.headers())
}

/// Remembers for `doctor` that something is odd; at most once an hour in a process.
fn note(app: &App, oddity: Oddity, peer: IpAddr) {
    let now = app.env.clock.now();
    if !app.forwarding.is_due(oddity, now) {
        return;
    }
    tracing::warn!(%peer, "{oddity}");
    let app = app.clone();
    actix_web::rt::spawn(async move { forwarding::note(&app, oddity).await });
}
