//! How often the API may be called, and how clients are told.

use crate::app::App;
use crate::services::throttle::{self, Limit, Rate};
use crate::services::{Command, Origin, Outcome, View};
use actix_web::HttpResponseBuilder;
use jiff::Timestamp;

/// Whether the address has called too often already; looked at before anything else is done for it.
///
/// # Errors
/// The database's.
pub async fn address_is_spent(view: View<'_>, origin: &Origin) -> Outcome<bool> {
    throttle::is_spent(view, &Limit::of_api_address(view.settings), &origin.address).await
}

/// Counts a call for its address and, where there is one, its key; gives the one that is nearer to its end.
///
/// # Errors
/// The database's.
pub async fn count(app: &App, origin: &Origin, key: Option<&str>) -> Outcome<Rate> {
    app.change(origin, async |cmd: Command<'_>| {
        let mut rate = throttle::rate(cmd, &Limit::of_api_address(cmd.settings), &origin.address).await?;
        if let Some(key) = key {
            let of_key = throttle::rate(cmd, &Limit::of_api_key(cmd.settings), key).await?;
            if (of_key.within, of_key.remaining) <= (rate.within, rate.remaining) {
                rate = of_key;
            }
        }
        Ok(rate)
    })
    .await
}

/// A limit that is used up, for an address that was not counted again.
#[must_use]
pub fn spent(view: View<'_>) -> Rate {
    let limit = view.settings.api_rate_per_address();
    let window = view.settings.api_rate_window().as_secs().unsigned_abs();
    Rate { limit, window, remaining: 0, within: false, reset: window.max(1) }
}

/// Says how the limit stands: as the IETF's drafts have it, and as the peer's clients know it (reference: api-envelope.md 5).
pub fn tell(answer: &mut HttpResponseBuilder, rate: &Rate, now: Timestamp) {
    let reset_at = now.as_second().saturating_add(i64::try_from(rate.reset).unwrap_or(i64::MAX));
    answer
        .insert_header(("ratelimit-limit", rate.limit.to_string()))
        .insert_header(("ratelimit-remaining", rate.remaining.to_string()))
        .insert_header(("ratelimit-reset", rate.reset.to_string()))
        .insert_header(("ratelimit-policy", format!("{};w={}", rate.limit, rate.window)))
        .insert_header(("x-ratelimit-limit", rate.limit.to_string()))
        .insert_header(("x-ratelimit-remaining", rate.remaining.to_string()))
        .insert_header(("x-ratelimit-reset", reset_at.to_string()));
    if !rate.within {
        answer.insert_header(("retry-after", rate.reset.to_string()));
    }
}
