//! Notes of oddities, which all processes share.

use super::Oddity;
use crate::app::App;
use crate::throttle::{self, Limit};
use crate::{Outcome, View};
use db::Tx;
use jiff::SignedDuration;

/// A note is a limit of one: it ends by itself after a week.
fn limit(oddity: Oddity) -> Limit {
    let purpose = match oddity {
        Oddity::UntrustedPeer => "forwarded-untrusted",
        Oddity::Contradiction => "forwarded-contradiction",
    };
    Limit::new(purpose, 1, SignedDuration::from_hours(7 * 24))
}

/// Notes an oddity for a week. A note that cannot be written is logged.
pub async fn note(app: &App, oddity: Oddity) {
    let at = app.env.clock.now();
    let write = async |tx: &Tx| throttle::rate(tx, at, &limit(oddity), "").await;
    if let Err(error) = app.db.write_aside(write).await {
        tracing::warn!(error = format!("{error:#}"), "a note for doctor could not be kept");
    }
}

/// What was noted within the last week.
///
/// # Errors
/// The database's.
pub async fn noted(view: View<'_>) -> Outcome<Vec<Oddity>> {
    let mut noted = Vec::new();
    for oddity in Oddity::ALL {
        if !throttle::standing(view, &limit(oddity), "").await?.within {
            noted.push(oddity);
        }
    }
    Ok(noted)
}
