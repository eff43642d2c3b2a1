//! How often the API may be called, and how clients are told.

use actix_web::HttpResponseBuilder;
use db::Tx;
use jiff::Timestamp;
use services::app::App;
use services::throttle::{self, Limit, Rate};
use services::{Origin, Outcome, View};

/// How the limit of the address stands; looked at before anything else is done for it.
///
/// # Errors
/// The database's.
pub async fn of_address(view: View<'_>, origin: &Origin) -> Outcome<Rate> {
    throttle::standing(view, &Limit::of_api_address(view.settings), &origin.address).await
}

/// Counts a call for its address and, where there is one, its key; gives the one that is nearer to
/// its end.
///
/// # Errors
/// The database's.
pub async fn count(app: &App, view: View<'_>, origin: &Origin, key: Option<&str>) -> Outcome<Rate> {
    let (of_address, of_key) =
        (Limit::of_api_address(view.settings), Limit::of_api_key(view.settings));
    let counting = app.db.write_aside(async |tx: &Tx| {
        let mut rate = throttle::rate(tx, view.at, &of_address, &origin.address).await?;
        if let Some(key) = key {
            let of_key = throttle::rate(tx, view.at, &of_key, key).await?;
            if (of_key.within, of_key.remaining) <= (rate.within, rate.remaining) {
                rate = of_key;
            }
        }
        Ok(rate)
    });
    counting.await
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
