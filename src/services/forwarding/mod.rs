//! Issues of proxy settings that do not fit the requests. `edge` detects them, and `doctor` reports
//! them.

mod notes;

pub use notes::{recent_issues, record};

use jiff::Timestamp;
use std::fmt;
use std::sync::atomic::{AtomicI64, Ordering};

/// Minimum interval between two records of the same issue by one process, in seconds.
const RECORD_INTERVAL: i64 = 3600;

/// An issue that a missing or wrong setting causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProxyIssue {
    /// The connection comes from an address that is no trusted proxy, but the request names another
    /// client.
    UntrustedProxy,
    /// A trusted proxy passed on two headers that name different clients.
    ConflictingHeaders,
}

impl ProxyIssue {
    const ALL: [Self; 2] = [Self::UntrustedProxy, Self::ConflictingHeaders];
}

impl fmt::Display for ProxyIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UntrustedProxy => {
                "requests carried X-Forwarded-For or Forwarded from an address that is no trusted proxy, so the header was ignored; \
                 if it is the address of your proxy, add it to CLIENTELE_TRUSTED_PROXIES"
            }
            Self::ConflictingHeaders => {
                "requests carried X-Forwarded-For and Forwarded that name different clients, so both were ignored; \
                 set CLIENTELE_FORWARDED_HEADER to the header that your proxy writes"
            }
        })
    }
}

/// Times at which this process last recorded each issue.
#[derive(Debug, Default)]
pub struct ProxyIssueTimes {
    recorded: [AtomicI64; 2],
}

impl ProxyIssueTimes {
    /// Returns whether the caller must record the issue now, and marks it as recorded. Only one of
    /// several concurrent callers gets `true`.
    pub fn claim(&self, issue: ProxyIssue, now: Timestamp) -> bool {
        let last = &self.recorded[issue as usize];
        let (recorded_at, now) = (last.load(Ordering::Relaxed), now.as_second());
        now - recorded_at >= RECORD_INTERVAL
            && last.compare_exchange(recorded_at, now, Ordering::Relaxed, Ordering::Relaxed).is_ok()
    }
}
