//! Rate limits of the API, and their response headers.

use actix_web::HttpResponseBuilder;
use jiff::Timestamp;
use services::throttle::{self, Limit, Rate};
use services::{Origin, Outcome, View};

/// Returns the state of the rate limit for the client's address. The call is not counted yet.
pub async fn address_rate(view: View<'_>, origin: &Origin) -> Outcome<Rate> {
    throttle::peek(view, &Limit::of_api_address(view.settings), &origin.address).await
}

/// Adds the headers of a rate limit: those of the IETF draft, those that Froxlor's clients read,
/// and `Retry-After` if the limit is exceeded.
pub fn add_headers(response: &mut HttpResponseBuilder, rate: &Rate, now: Timestamp) {
    let reset_at = now.as_second().saturating_add(i64::try_from(rate.reset).unwrap_or(i64::MAX));
    response
        .insert_header(("ratelimit-limit", rate.limit.to_string()))
        .insert_header(("ratelimit-remaining", rate.remaining.to_string()))
        .insert_header(("ratelimit-reset", rate.reset.to_string()))
        .insert_header(("ratelimit-policy", format!("{};w={}", rate.limit, rate.window)))
        .insert_header(("x-ratelimit-limit", rate.limit.to_string()))
        .insert_header(("x-ratelimit-remaining", rate.remaining.to_string()))
        .insert_header(("x-ratelimit-reset", reset_at.to_string()));
    if !rate.within {
        response.insert_header(("retry-after", rate.reset.to_string()));
    }
}
