//! Attempts to verify a password. An attempt is counted before its password is verified. If it were
//! counted afterwards, any number of simultaneous attempts would be verified.
//!
//! Attempts are counted by account and source ([`lockout`](domain::lockout)). A known device of the
//! account and an existing session are sources of their own, so guesses from elsewhere cannot lock
//! them. Guesses from many networks at one account are limited by the account's own count. Guesses
//! from one network at many accounts are limited by the network's count.

use crate::app::App;
use crate::throttle::{self, SIGN_IN_FAILURES, UNKNOWN_NAMES};
use crate::{Command, Origin, Outcome, digest};
use db::logins::LoginRow;
use db::sign_in_sources;
use domain::id::LoginId;
use domain::lockout::{LockPolicy, SignInAttempts};
use jiff::{SignedDuration, Timestamp};

/// Factor between the number of failures that lock an account for one source and the number that
/// locks it for every device that is not known.
const ALL_SOURCES_FACTOR: u32 = 10;
/// Time after an unlock by an admin in which the network's count does not prevent sign-ins to the
/// account.
const UNLOCKED_FOR: SignedDuration = SignedDuration::from_mins(15);

/// The place where a password is entered.
#[derive(Clone, Debug)]
pub(super) enum AttemptSource {
    /// The sign-in page, with the id of the device if it is known.
    SignInPage(Option<String>),
    /// In a session, or in a request with an API key.
    SignedIn,
}

impl AttemptSource {
    /// Returns the source that a failed attempt is counted for.
    fn counted_source(&self, network: &str) -> String {
        match self {
            Self::SignInPage(Some(device)) => source("device", device),
            Self::SignInPage(None) => network.to_owned(),
            Self::SignedIn => source("inside", ""),
        }
    }
}

/// An attempt that was counted.
#[derive(Clone, Debug)]
pub(super) struct CountedAttempt {
    at: Timestamp,
    /// The account's last failure before this attempt.
    last_failure: Option<Timestamp>,
    counted_source: String,
    network: String,
}

/// Whether the password may be verified.
#[derive(Clone, Debug)]
pub(super) enum Decision {
    /// The attempt was counted; the password may be verified.
    Counted(CountedAttempt),
    /// The account does not exist, or is locked for this source. The password is verified
    /// nevertheless, so that the response takes the same time.
    Locked,
    /// The network has used up its attempts.
    TooMany,
}

/// The result of [`begin`].
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub decision: Decision,
    /// Whether the network has used up its attempts. A known device or network can still sign in
    /// with the right password.
    pub is_network_exhausted: bool,
}

/// Counts an attempt, and decides whether the password may be verified.
pub(super) async fn begin(
    app: &App,
    origin: &Origin,
    login: Option<LoginId>,
    place: &AttemptSource,
) -> Outcome<Attempt> {
    app.change(origin, async |cmd: Command<'_>| {
        let is_sign_in_page = matches!(place, AttemptSource::SignInPage(_));
        let is_network_exhausted =
            is_sign_in_page && !throttle::count(cmd, &SIGN_IN_FAILURES, &origin.address).await?;
        let network = source("network", &throttle::network(&origin.address));
        let counted_source = place.counted_source(&network);
        let id = login.unwrap_or(LoginId(0));
        let row = db::logins::lock_row(cmd.tx, id).await?;
        let record = sign_in_sources::find(cmd.tx, id, &counted_source).await?;
        let has_failures = sign_in_sources::has_failures(cmd.tx, id).await?;
        let Some(row) = row else {
            throttle::count(cmd, &UNKNOWN_NAMES, &origin.address).await?;
            return Ok(Attempt {
                decision: if is_network_exhausted { Decision::TooMany } else { Decision::Locked },
                is_network_exhausted,
            });
        };
        let is_unknown_device = matches!(place, AttemptSource::SignInPage(None));
        if is_network_exhausted
            && is_unknown_device
            && !record.is_known(cmd.at)
            && !was_unlocked(cmd, id).await?
        {
            return Ok(Attempt { decision: Decision::TooMany, is_network_exhausted });
        }
        let policy = cmd.settings.lock_policy();
        if record.locked_until(policy, cmd.at).is_some()
            || (is_unknown_device && is_locked_everywhere(cmd, &row, policy, has_failures))
        {
            return Ok(Attempt { decision: Decision::Locked, is_network_exhausted });
        }
        sign_in_sources::save(cmd.tx, id, &counted_source, &record.after_failure(policy, cmd.at))
            .await?;
        db::logins::count_failure(
            cmd.tx,
            id,
            cmd.at,
            cmd.settings.failures_count_since(cmd.at).as_second(),
        )
        .await?;
        let counted =
            CountedAttempt { at: cmd.at, last_failure: row.last_failure, counted_source, network };
        Ok(Attempt { decision: Decision::Counted(counted), is_network_exhausted })
    })
    .await
}

/// Returns whether an account is locked for all devices that are not known: by failures of many
/// sources together, or by failures that belong to no source. The latter were imported, or counted
/// by an older version.
fn is_locked_everywhere(
    cmd: Command<'_>,
    row: &LoginRow,
    policy: LockPolicy,
    has_failures: bool,
) -> bool {
    let threshold = if has_failures {
        policy.failures.saturating_mul(ALL_SOURCES_FACTOR)
    } else {
        policy.failures
    };
    row.failures >= threshold
        && row.last_failure.is_some_and(|at| at > cmd.settings.failures_count_since(cmd.at))
}

async fn was_unlocked(cmd: Command<'_>, login: LoginId) -> Outcome<bool> {
    let unlocked =
        sign_in_sources::find(cmd.tx, login, &source("unlocked", "")).await?.last_success;
    Ok(unlocked.is_some_and(|at| cmd.at.duration_since(at) < UNLOCKED_FOR))
}

/// Records that the password was right: the attempt no longer counts as a failure.
pub(super) async fn record_success(
    cmd: Command<'_>,
    login: LoginId,
    attempt: &CountedAttempt,
    place: &AttemptSource,
) -> Outcome<()> {
    db::logins::clear_failures_after_success(cmd.tx, login, attempt.at, attempt.last_failure)
        .await?;
    let record = sign_in_sources::find(cmd.tx, login, &attempt.counted_source).await?;
    sign_in_sources::save(cmd.tx, login, &attempt.counted_source, &record.after_success(cmd.at))
        .await?;
    if let AttemptSource::SignInPage(device) = place {
        throttle::uncount(cmd, &SIGN_IN_FAILURES, &cmd.origin.address).await?;
        if device.is_some() {
            let network = sign_in_sources::find(cmd.tx, login, &attempt.network).await?;
            let known = SignInAttempts { last_success: Some(cmd.at), ..network };
            sign_in_sources::save(cmd.tx, login, &attempt.network, &known).await?;
        }
    }
    Ok(())
}

/// Records that the password was wrong, and returns whether the account is now locked for the
/// source.
///
/// A failure on a known device or in a session counts for its network, too. Otherwise, each device
/// would add to the number of attempts.
pub(super) async fn record_wrong_password(
    cmd: Command<'_>,
    login: LoginId,
    attempt: &CountedAttempt,
) -> Outcome<bool> {
    let policy = cmd.settings.lock_policy();
    if attempt.counted_source != attempt.network {
        let network = sign_in_sources::find(cmd.tx, login, &attempt.network).await?;
        if network.locked_until(policy, cmd.at).is_none() {
            sign_in_sources::save(
                cmd.tx,
                login,
                &attempt.network,
                &network.after_failure(policy, cmd.at),
            )
            .await?;
        }
    }
    let record = sign_in_sources::find(cmd.tx, login, &attempt.counted_source).await?;
    Ok(record.locked_until(policy, cmd.at).is_some())
}

/// Clears an account's failures. For 15 minutes, the account can sign in even from a network that
/// has used up its attempts.
pub async fn unlock(cmd: Command<'_>, login: LoginId) -> Outcome<()> {
    db::logins::clear_failures(cmd.tx, login).await?;
    let record = SignInAttempts { last_success: Some(cmd.at), ..SignInAttempts::default() };
    Ok(sign_in_sources::save(cmd.tx, login, &source("unlocked", ""), &record).await?)
}

/// Returns the key under which a source is stored.
fn source(kind: &str, name: &str) -> String {
    digest(&format!("{kind}\0{name}"))
}
