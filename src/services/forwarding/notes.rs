//! Records of issues, which all processes share.

use super::ProxyIssue;
use crate::app::App;
use crate::throttle::{self, Limit};
use crate::{Outcome, View};
use db::Tx;
use jiff::SignedDuration;

/// Returns the limit that stores a record. Its maximum is 1, and it expires after a week.
fn limit(issue: ProxyIssue) -> Limit {
    let purpose = match issue {
        ProxyIssue::UntrustedProxy => "forwarded-untrusted",
        ProxyIssue::ConflictingHeaders => "forwarded-contradiction",
    };
    Limit::new(purpose, 1, SignedDuration::from_hours(7 * 24))
}

/// Records an issue for a week. Logs a warning if that fails.
pub async fn record(app: &App, issue: ProxyIssue) {
    let at = app.env.clock.now();
    let write = async |tx: &Tx| throttle::rate(tx, at, &limit(issue), "").await;
    if let Err(error) = app.db.write_keeping_cache(write).await {
        tracing::warn!(error = format!("{error:#}"), "could not record a proxy problem for doctor");
    }
}

/// Returns the issues of the last week.
pub async fn recent_issues(view: View<'_>) -> Outcome<Vec<ProxyIssue>> {
    let mut recorded = Vec::new();
    for issue in ProxyIssue::ALL {
        if !throttle::peek(view, &limit(issue), "").await?.within {
            recorded.push(issue);
        }
    }
    Ok(recorded)
}
