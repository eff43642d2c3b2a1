//! Whether proxies and settings fit together, as far as requests tell. `doctor` names what does
//! not.

use super::throttle::{self, Limit};
use super::{Outcome, View};
use db::Tx;
use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

/// How often a process notes the same thing.
const NOTED_EVERY: i64 = 3600;

/// Something that points to a setting that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A peer that is no trusted proxy has named another client.
    UntrustedPeer,
    /// A trusted proxy has passed on two headers that name different clients.
    Contradiction,
}

impl Oddity {
    const ALL: [Self; 2] = [Self::UntrustedPeer, Self::Contradiction];

    /// A note is a limit that is used up by the first: it ends by itself, and is shared by all
    /// processes.
    fn note(self) -> Limit {
        let purpose = match self {
            Self::UntrustedPeer => "forwarded-untrusted",
            Self::Contradiction => "forwarded-contradiction",
        };
        Limit::new(purpose, 1, SignedDuration::from_hours(7 * 24))
    }
}

impl fmt::Display for Oddity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UntrustedPeer => {
                "requests carried X-Forwarded-For or Forwarded from an address that is no trusted proxy, so the header was ignored; \
                 if that is your proxy, name it in CLIENTELE_TRUSTED_PROXIES"
            }
            Self::Contradiction => {
                "requests carried X-Forwarded-For and Forwarded that name different clients, so neither was believed; \
                 name the header that your proxy writes in CLIENTELE_FORWARDED_HEADER"
            }
        })
    }
}

/// When this process noted what last.
#[derive(Debug, Default)]
pub struct Forwarding {
    noted: [AtomicI64; 2],
}

impl Forwarding {
    /// Whether this is to be noted now; only one of several that ask at once hears so.
    pub fn is_due(&self, oddity: Oddity, now: Timestamp) -> bool {
        let last = &self.noted[oddity as usize];
        let (before, now) = (last.load(Ordering::Relaxed), now.as_second());
        now - before >= NOTED_EVERY
            && last.compare_exchange(before, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}

/// Notes it for a week.
///
/// # Errors
/// The database's.
pub async fn note(tx: &Tx, at: Timestamp, oddity: Oddity) -> Outcome<()> {
    throttle::rate(tx, at, &oddity.note(), "").await?;
    Ok(())
}

/// What was noted within the last week.
///
/// # Errors
/// The database's.
pub async fn noted(view: View<'_>) -> Outcome<Vec<Oddity>> {
    let mut noted = Vec::new();
    for oddity in Oddity::ALL {
        if !throttle::standing(view, &oddity.note(), "").await?.within {
            noted.push(oddity);
        }
    }
    Ok(noted)
}
