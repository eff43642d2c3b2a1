//! Finds the client's address of an HTTP request. The panel, the API, metrics and throttles use the
//! same rule.

mod forwarded;

use actix_web::HttpRequest;
use config::ForwardedHeader;
use services::app::App;
use services::forwarding::{self, ProxyIssue};
use std::net::IpAddr;

/// Returns the address by which a request is counted, logged and audited: the client's address or,
/// if that is unknown, the proxy's. It is empty if the connection has no peer address. For
/// permissions, use [`client`].
#[must_use]
pub fn of(req: &HttpRequest, app: &App) -> String {
    client_or_peer(req, client(req, app))
}

/// Returns the same address as [`of`], for a request whose client address has been read with
/// [`client`].
#[must_use]
pub fn client_or_peer(req: &HttpRequest, client: Option<IpAddr>) -> String {
    client.or_else(|| peer(req)).map(|address| address.to_string()).unwrap_or_default()
}

fn peer(req: &HttpRequest) -> Option<IpAddr> {
    Some(req.peer_addr()?.ip().to_canonical())
}

/// Returns the client's address: that of the connection or, behind a trusted proxy, the one that
/// the proxy names. Returns `None` if the connection has no peer address. Also returns `None` if
/// both headers are accepted and those of a trusted proxy contradict each other; no permission may
/// depend on the address then.
#[must_use]
pub fn client(req: &HttpRequest, app: &App) -> Option<IpAddr> {
    let peer = peer(req)?;
    let x_forwarded_for = forwarded::x_forwarded_for(req.headers());
    let forwarded = forwarded::forwarded(req.headers());
    if !app.trusted_proxies.contains(peer) {
        if x_forwarded_for.is_some() || forwarded.is_some() {
            record_issue(app, ProxyIssue::UntrustedProxy, peer);
        }
        return Some(peer);
    }
    let client_behind = |hops: Option<Vec<Option<IpAddr>>>| {
        app.trusted_proxies.client(peer, &hops.unwrap_or_default())
    };
    let client = match (app.trusted_proxies.header(), x_forwarded_for, forwarded) {
        (ForwardedHeader::XForwardedFor, hops, _) | (ForwardedHeader::Forwarded, _, hops) => {
            client_behind(hops)
        }
        (ForwardedHeader::Any, Some(first), Some(second)) => {
            let (first, second) = (client_behind(Some(first)), client_behind(Some(second)));
            if first != second {
                record_issue(app, ProxyIssue::ConflictingHeaders, peer);
                return None;
            }
            first
        }
        (ForwardedHeader::Any, first, second) => client_behind(first.or(second)),
    };
    Some(client)
}

/// Returns whether a proxy has forwarded the request.
#[must_use]
pub fn is_forwarded(req: &HttpRequest) -> bool {
    forwarded::is_sent(req.headers())
}

/// Records an issue for `doctor`, at most once an hour per process.
fn record_issue(app: &App, issue: ProxyIssue, peer: IpAddr) {
    let now = app.env.clock.now();
    if !app.proxy_issue_times.claim(issue, now) {
        return;
    }
    tracing::warn!(%peer, "{issue}");
    let app = app.clone();
    actix_web::rt::spawn(async move { forwarding::record(&app, issue).await });
}
