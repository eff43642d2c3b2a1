//! Whether proxies and settings fit together, as far as requests tell. `doctor` names what does
//! not.

mod notes;

pub use notes::{note, noted};

use jiff::Timestamp;
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
    /// Every oddity.
    const ALL: [Self; 2] = [Self::UntrustedPeer, Self::Contradiction];
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
