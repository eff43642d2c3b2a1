//! Tries to show a password, counted before anybody looks at it: counted afterwards, of any number
//! that come at once each would be looked at.
//!
//! They are counted by account and source ([`lockout`](domain::lockout)). A device that the account
//! was signed in to on before, and the inside of a session, are sources of their own: strangers
//! cannot lock them. Guesses that come from many networks are held up by an account's own count;
//! those at many accounts by the network's.

use crate::app::App;
use crate::throttle::{self, SIGN_IN_FAILURES, UNKNOWN_NAMES};
use crate::{Command, Origin, Outcome};
use db::logins::LoginRow;
use db::sign_in_sources;
use domain::id::LoginId;
use domain::lockout::{LockPolicy, Record};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// So many times the failures that lock one source lock the account for every device that is not
/// known.
const EVERYWHERE: u32 = 10;
/// For so long after an admin unlocked an account, the network's count is no hindrance to its
/// owner.
const UNLOCKED_FOR: SignedDuration = SignedDuration::from_mins(15);

/// Where somebody tries.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// At the sign-in page, on this device if it is known.
    Door(Option<String>),
    /// In a session or with a key.
    Inside,
}

impl Place {
    /// The source that may be locked.
    fn gate(&self, network: &str) -> String {
        match self {
            Self::Door(Some(device)) => digest("device", device),
            Self::Door(None) => network.to_owned(),
            Self::Inside => digest("inside", ""),
        }
    }
}

/// A try that was counted.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    at: Timestamp,
    /// The account's last failure before.
    last_failure: Option<Timestamp>,
    gate: String,
    network: String,
}

/// Whether the password may be looked at.
#[derive(Clone, Debug)]
pub(super) enum Begun {
    /// It may.
    Counted(Ticket),
    /// There is no such account, or it is locked for that source. The password is looked at all the
    /// same, for the work to be the same.
    Locked,
    /// Too many tries came from that network.
    TooMany,
}

/// What came of [`begin`].
#[derive(Clone, Debug)]
pub(super) struct Try {
    pub begun: Begun,
    /// Whether the network has used up its tries. A known device or network is let in all the same,
    /// if the password is right.
    pub is_over: bool,
}

/// Counts a try.
pub(super) async fn begin(
    app: &App,
    origin: &Origin,
    login: Option<LoginId>,
    place: &Place,
) -> Outcome<Try> {
    app.change(origin, async |cmd: Command<'_>| {
        let at_door = matches!(place, Place::Door(_));
        let is_over = at_door && !throttle::count(cmd, &SIGN_IN_FAILURES, &origin.address).await?;
        let network = digest("network", &throttle::network(&origin.address));
        let gate = place.gate(&network);
        let id = login.unwrap_or(LoginId(0));
        let row = db::logins::lock_row(cmd.tx, id).await?;
        let record = sign_in_sources::find(cmd.tx, id, &gate).await?;
        let any_failed = sign_in_sources::any_failed(cmd.tx, id).await?;
        let Some(row) = row else {
            throttle::count(cmd, &UNKNOWN_NAMES, &origin.address).await?;
            return Ok(Try {
                begun: if is_over { Begun::TooMany } else { Begun::Locked },
                is_over,
            });
        };
        let is_stranger = matches!(place, Place::Door(None));
        if is_over && is_stranger && !record.is_known(cmd.at) && !was_unlocked(cmd, id).await? {
            return Ok(Try { begun: Begun::TooMany, is_over });
        }
        let policy = cmd.settings.lock_policy();
        if record.locked_until(policy, cmd.at).is_some()
            || (is_stranger && is_locked_everywhere(cmd, &row, policy, any_failed))
        {
            return Ok(Try { begun: Begun::Locked, is_over });
        }
        sign_in_sources::put(cmd.tx, id, &gate, &record.failed(policy, cmd.at)).await?;
        db::logins::count_failure(
            cmd.tx,
            id,
            cmd.at,
            cmd.settings.forget_failures_before(cmd.at).as_second(),
        )
        .await?;
        let ticket = Ticket { at: cmd.at, last_failure: row.last_failure, gate, network };
        Ok(Try { begun: Begun::Counted(ticket), is_over })
    })
    .await
}

/// Failures that no source has (an older program counted them, or they came by an import) lock
/// every device that is not known, and so do those of many sources together.
fn is_locked_everywhere(
    cmd: Command<'_>,
    row: &LoginRow,
    policy: LockPolicy,
    any_failed: bool,
) -> bool {
    let least =
        if any_failed { policy.failures.saturating_mul(EVERYWHERE) } else { policy.failures };
    row.failures >= least
        && row.last_failure.is_some_and(|at| at > cmd.settings.forget_failures_before(cmd.at))
}

async fn was_unlocked(cmd: Command<'_>, login: LoginId) -> Outcome<bool> {
    let unlocked =
        sign_in_sources::find(cmd.tx, login, &digest("unlocked", "")).await?.last_success;
    Ok(unlocked.is_some_and(|at| cmd.at.duration_since(at) < UNLOCKED_FOR))
}

/// The password was right: the try was none that failed.
pub(super) async fn end_well(
    cmd: Command<'_>,
    login: LoginId,
    ticket: &Ticket,
    place: &Place,
) -> Outcome<()> {
    db::logins::end_try_well(cmd.tx, login, ticket.at, ticket.last_failure).await?;
    let record = sign_in_sources::find(cmd.tx, login, &ticket.gate).await?;
    sign_in_sources::put(cmd.tx, login, &ticket.gate, &record.succeeded(cmd.at)).await?;
    if let Place::Door(device) = place {
        throttle::take_back(cmd, &SIGN_IN_FAILURES, &cmd.origin.address).await?;
        if device.is_some() {
            let network = sign_in_sources::find(cmd.tx, login, &ticket.network).await?;
            let known = Record { last_success: Some(cmd.at), ..network };
            sign_in_sources::put(cmd.tx, login, &ticket.network, &known).await?;
        }
    }
    Ok(())
}

/// The password was wrong. Gives whether that locked the source. What failed on a known device, or
/// inside, counts for its network too: otherwise each of them would be some more tries.
pub(super) async fn end_badly(cmd: Command<'_>, login: LoginId, ticket: &Ticket) -> Outcome<bool> {
    let policy = cmd.settings.lock_policy();
    if ticket.gate != ticket.network {
        let network = sign_in_sources::find(cmd.tx, login, &ticket.network).await?;
        if network.locked_until(policy, cmd.at).is_none() {
            sign_in_sources::put(cmd.tx, login, &ticket.network, &network.failed(policy, cmd.at))
                .await?;
        }
    }
    let record = sign_in_sources::find(cmd.tx, login, &ticket.gate).await?;
    Ok(record.locked_until(policy, cmd.at).is_some())
}

/// Forgets an account's failures, and lets its owner in whatever their network is known for.
///
/// # Errors
/// The database's.
pub async fn unlock(cmd: Command<'_>, login: LoginId) -> Outcome<()> {
    db::logins::forget_failures(cmd.tx, login).await?;
    let now = Record { last_success: Some(cmd.at), ..Record::default() };
    Ok(sign_in_sources::put(cmd.tx, login, &digest("unlocked", ""), &now).await?)
}

fn digest(kind: &str, name: &str) -> String {
    hex::encode(Sha256::digest(format!("{kind}\0{name}")))
}
