//! How often the API may be called, and how clients are told.

use actix_web::HttpResponseBuilder;
use jiff::Timestamp;
use services::throttle::{self, Limit, Rate};
use services::{Origin, Outcome, View};

/// How the limit of the address stands; looked at before anything else is done for it.
///
/// # Errors
/// The database's.
pub async fn of_address(view: View<'_>, origin: &Origin) -> Outcome<Rate> {
    throttle::standing(view, &Limit::of_api_address(view.settings), &origin.address).await
}

/// Says how the limit stands: as the IETF's drafts have it, and as Froxlor's clients know it.
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
