//! Rate limits. Counts are stored under digests, so that the table does not reveal addresses or
//! accounts.

use super::app::App;
use super::settings::ProviderSettings;
use super::{Command, Outcome, View, digest};
use db::Tx;
use db::throttles::Window;
use domain::clock::later;
use jiff::{SignedDuration, Timestamp};
use std::net::{IpAddr, Ipv6Addr};

/// A maximum number of events in a time window.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    purpose: &'static str,
    max: u64,
    window: SignedDuration,
}

/// Failed sign-ins from one network. Beyond the maximum, sign-ins from there require a device or
/// network that the account knows. The maximum is high because whole offices share an address, and
/// each account has its own lock.
pub const SIGN_IN_FAILURES: Limit =
    Limit { purpose: "sign-in", max: 100, window: SignedDuration::from_mins(10) };
/// Sign-in attempts at unknown or locked accounts. There is no maximum: the attempts are counted
/// only so that they take as long as other attempts.
pub const UNKNOWN_NAMES: Limit =
    Limit { purpose: "unknown-name", max: u64::MAX, window: SignedDuration::from_mins(10) };
/// Refused requests of one account that are written to the audit log. The security log contains all
/// of them.
pub const AUDITED_REFUSALS: Limit =
    Limit { purpose: "audited-refusal", max: 20, window: SignedDuration::from_hours(1) };
/// Requests for password reset links and for login names from one address.
pub const RESETS_BY_ADDRESS: Limit =
    Limit { purpose: "reset-address", max: 20, window: SignedDuration::from_hours(1) };
/// Emails with the login names of one email address.
pub const NAMES_BY_EMAIL: Limit =
    Limit { purpose: "names-email", max: 5, window: SignedDuration::from_hours(1) };
/// Emails with password reset links of one account.
pub const RESETS_BY_ACCOUNT: Limit =
    Limit { purpose: "reset-account", max: 5, window: SignedDuration::from_hours(1) };

/// The status of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// Maximum number of events in a window.
    pub limit: u64,
    /// Length of the window, in seconds.
    pub window: u64,
    /// Events that remain in the current window.
    pub remaining: u64,
    /// Whether the counted event, or for [`peek`] one more event, is within the limit.
    pub within: bool,
    /// Seconds until the next window begins; at least one.
    pub reset: u64,
}

impl Limit {
    #[must_use]
    pub const fn new(purpose: &'static str, max: u64, window: SignedDuration) -> Self {
        Self { purpose, max, window }
    }

    /// Returns the limit of API requests with one key.
    #[must_use]
    pub fn of_api_key(settings: &ProviderSettings) -> Self {
        Self {
            purpose: "api-key",
            max: settings.api_rate_per_key(),
            window: settings.api_rate_window(),
        }
    }

    /// Returns the end of a window that begins at `now`.
    fn end(&self, now: Timestamp) -> Timestamp {
        later(now, self.window)
    }

    fn rate(&self, window: Window, now: Timestamp) -> Rate {
        Rate {
            limit: self.max,
            window: self.window.as_secs().unsigned_abs(),
            remaining: self.max.saturating_sub(window.hits),
            within: window.hits <= self.max,
            reset: window.ends_at.duration_since(now).as_secs().unsigned_abs().max(1),
        }
    }

    /// Returns the limit of API requests from one address, whatever their keys.
    #[must_use]
    pub fn of_api_address(settings: &ProviderSettings) -> Self {
        Self {
            purpose: "api-address",
            max: settings.api_rate_per_address(),
            window: settings.api_rate_window(),
        }
    }
}

/// Returns the status of a limit as one more event would find it, without counting one.
pub async fn peek(view: View<'_>, limit: &Limit, subject: &str) -> Outcome<Rate> {
    let running = db::throttles::current_window(view.on, &key(limit, subject), view.at).await?;
    let window = running.unwrap_or(Window { hits: 0, ends_at: limit.end(view.at) });
    Ok(Rate { within: window.hits < limit.max, ..limit.rate(window, view.at) })
}

/// Counts an event and returns whether it was within the limit.
pub async fn count(cmd: Command<'_>, limit: &Limit, subject: &str) -> Outcome<bool> {
    Ok(count_returning_rate(cmd.tx, cmd.at, limit, subject).await?.within)
}

/// Counts an event and returns the status of the limit.
pub async fn count_returning_rate(
    tx: &Tx,
    at: Timestamp,
    limit: &Limit,
    subject: &str,
) -> Outcome<Rate> {
    let window = db::throttles::count_hit(tx, &key(limit, subject), at, limit.end(at)).await?;
    Ok(limit.rate(window, at))
}

/// Counts an API request for its address and, if there is one, its key. Returns the status of the
/// limit that is exceeded or has fewer requests remaining.
pub async fn count_api_call(
    app: &App,
    view: View<'_>,
    address: &str,
    key: Option<&str>,
) -> Outcome<Rate> {
    let (address_limit, key_limit) =
        (Limit::of_api_address(view.settings), Limit::of_api_key(view.settings));
    let counting = app.db.write_keeping_cache(async |tx: &Tx| {
        let mut rate = count_returning_rate(tx, view.at, &address_limit, address).await?;
        if let Some(key) = key {
            let key_rate = count_returning_rate(tx, view.at, &key_limit, key).await?;
            if (key_rate.within, key_rate.remaining) <= (rate.within, rate.remaining) {
                rate = key_rate;
            }
        }
        Ok(rate)
    });
    counting.await
}

/// Undoes the count of an event that turned out not to count.
pub async fn uncount(cmd: Command<'_>, limit: &Limit, subject: &str) -> Outcome<()> {
    Ok(db::throttles::undo_hit(cmd.tx, &key(limit, subject), cmd.at).await?)
}

fn key(limit: &Limit, subject: &str) -> String {
    digest(&format!("{}\0{}", limit.purpose, network(subject)))
}

/// Returns the network of an address: the /64 prefix of an IPv6 address, since one client usually
/// controls all of it. An IPv4-mapped address becomes the IPv4 address. Other texts stay as they
/// are.
#[must_use]
pub fn network(subject: &str) -> String {
    match subject.parse() {
        Ok(IpAddr::V6(address)) => match address.to_ipv4_mapped() {
            Some(address) => address.to_string(),
            None => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).to_string(),
        },
        _ => subject.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_one_ipv6_prefix_share_a_count() {
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.7"), "192.0.2.7");
        assert_eq!(network("192.0.2.7"), "192.0.2.7");
        assert_ne!(key(&SIGN_IN_FAILURES, "web1"), key(&RESETS_BY_ACCOUNT, "web1"));
    }
}
