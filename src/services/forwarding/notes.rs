//! Records of issues, which all processes share. A record is the count of a rate limit.

use super::ProxyIssue;
use crate::app::App;
use crate::throttle::{self, Limit};
use crate::{Outcome, View};
use db::Tx;
use jiff::SignedDuration;

/// Returns the rate limit that counts an issue. Its maximum is 1, and its window lasts a week.
fn limit(issue: ProxyIssue) -> Limit {
    let purpose = match issue {
        ProxyIssue::UntrustedProxy => "forwarded-untrusted",
        ProxyIssue::ConflictingHeaders => "forwarded-contradiction",
    };
    Limit::new(purpose, 1, SignedDuration::from_hours(7 * 24))
}

/// Records an issue. The record expires a week after the first occurrence. Logs a warning if
/// recording fails.
pub async fn record(app: &App, issue: ProxyIssue) {
    let at = app.env.clock.now();
    let write = async |tx: &Tx| throttle::count_returning_rate(tx, at, &limit(issue), "").await;
    if let Err(error) = app.db.write_keeping_cache(write).await {
        tracing::warn!(
            error = format!("{error:#}"),
            "a proxy issue could not be recorded for doctor"
        );
    }
}

/// Returns the issues whose record has not expired.
pub async fn recent_issues(view: View<'_>) -> Outcome<Vec<ProxyIssue>> {
    let mut recorded = Vec::new();
    for issue in ProxyIssue::ALL {
        if !throttle::peek(view, &limit(issue), "").await?.within {
            recorded.push(issue);
        }
    }
    Ok(recorded)
}
