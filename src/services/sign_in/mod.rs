//! Signing in with a login name and a password. An unknown name, a wrong password, a locked account
//! and an account without access to the panel get the same response after the same work.

pub mod api_key;
pub mod attempts;
pub mod device;

use crate::app::App;
use crate::audit::sign_ins::{SignInEvent, record_sign_in};
use crate::security_log::{self, Event};
use crate::throttle::{self, UNKNOWN_NAMES};
use crate::{Command, Origin, Outcome, ServiceError};
use attempts::{AttemptSource, Decision};
use auth::accounts;
use auth::actor::Reauthenticated;
use auth::password::PasswordCheck;
use db::logins::LoginRow;
use device::DeviceCookies;
use domain::id::LoginId;
use domain::secret::Secret;
use domain::validation::{ErrorCode, ValidationError};

/// The result of [`sign_in`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The sign-in succeeded. Contains the proof of the password.
    SignedIn(Reauthenticated),
    /// The sign-in failed. The response does not give the reason.
    Refused,
    /// The password was right, but the account is suspended.
    Suspended,
    /// The network has used up its attempts, and this attempt did not succeed.
    Throttled,
}

/// Attempts to sign in. `devices` are the cookies of earlier sign-ins in the same browser.
///
/// # Errors
/// [`ServiceError::Internal`] if hashing fails.
pub async fn sign_in(
    app: &App,
    origin: &Origin,
    name: &str,
    password: &Secret,
    devices: &DeviceCookies,
) -> Outcome<SignIn> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let login = db::logins::find_by_name(view.on, name).await?;
    let place = AttemptSource::SignInPage(
        login
            .as_ref()
            .and_then(|row| device::known(&app.env.sealer, devices, row.id, &row.stamp, view.at)),
    );
    let attempt =
        attempts::begin(app, origin, login.as_ref().map(|login| login.id), &place).await?;
    if matches!(attempt.decision, Decision::TooMany) {
        security_log::log_event(Event::SignInThrottled, &origin.address, name);
        return Ok(SignIn::Throttled);
    }
    let checked = app.env.hasher.check(password, login.as_ref()).await;
    let (Some(login), Decision::Counted(counted), true) =
        (&login, &attempt.decision, checked.is_right())
    else {
        let is_counted = record_failure(app, origin, login.as_ref(), &attempt.decision).await?;
        let event =
            if login.is_some() && !is_counted { Event::SignInLocked } else { Event::SignInFailed };
        security_log::log_event(event, &origin.address, name);
        return Ok(if attempt.is_network_exhausted { SignIn::Throttled } else { SignIn::Refused });
    };
    let account = accounts::find(view.on, login.id).await?;
    let is_suspended = account.as_ref().is_some_and(|account| account.suspended);
    let Some(account) = account.filter(|account| account.gui_access && !account.suspended) else {
        app.change(origin, async |cmd: Command<'_>| {
            attempts::record_success(cmd, login.id, counted, &place).await
        })
        .await?;
        security_log::log_event(Event::SignInDenied, &origin.address, name);
        return Ok(if is_suspended { SignIn::Suspended } else { SignIn::Refused });
    };
    let proof =
        finish_if_unchanged(app, origin, password, login, checked, async |cmd: Command<'_>| {
            attempts::record_success(cmd, login.id, counted, &place).await?;
            db::logins::record_sign_in(cmd.tx, login.id, cmd.at).await?;
            record_sign_in(cmd, &account.actor, SignInEvent::SignedIn).await
        });
    let Some(proof) = proof.await? else {
        security_log::log_event(Event::SignInFailed, &origin.address, name);
        return Ok(SignIn::Refused);
    };
    security_log::log_event(Event::SignedIn, &origin.address, name);
    Ok(SignIn::SignedIn(proof))
}

/// Verifies the account's password again, for actions that require it. Wrong passwords are counted
/// for the account, as on the sign-in page. Returns `None` if the password is wrong, or if the
/// account is locked for sessions or does not exist.
pub async fn confirm(
    app: &App,
    origin: &Origin,
    login: LoginId,
    password: &Secret,
) -> Outcome<Option<Reauthenticated>> {
    let snapshot = app.open_view().await?;
    let Some(row) = db::logins::find(snapshot.view().on, login).await? else { return Ok(None) };
    let attempt = attempts::begin(app, origin, Some(login), &AttemptSource::SignedIn).await?;
    let checked = app.env.hasher.check(password, Some(&row)).await;
    let (Decision::Counted(counted), true) = (&attempt.decision, checked.is_right()) else {
        record_failure(app, origin, Some(&row), &attempt.decision).await?;
        let account = accounts::find(snapshot.view().on, login).await?;
        security_log::log_event(
            Event::PasswordRefused,
            &origin.address,
            account.as_ref().map_or("", |account| account.actor.login_name()),
        );
        return Ok(None);
    };
    finish_if_unchanged(app, origin, password, &row, checked, async |cmd: Command<'_>| {
        attempts::record_success(cmd, login, counted, &AttemptSource::SignedIn).await
    })
    .await
}

/// The state of an account's password after its verification.
enum PasswordState {
    /// Neither the password nor its hash has changed.
    Same,
    /// The password is the same, but another sign-in stored it with a newer algorithm.
    Upgraded(LoginRow),
    /// The password was changed, or the account was deleted.
    Replaced,
}

/// Runs `finish` in a transaction in which the account still has the password that was verified
/// against `row`. Upgrades the hash if necessary. Returns the proof of the password, or `None` if
/// the password was changed in the meantime: verifying takes long.
///
/// A hash that another sign-in upgraded in the meantime is verified again, since the password may
/// still be the same.
async fn finish_if_unchanged(
    app: &App,
    origin: &Origin,
    password: &Secret,
    row: &LoginRow,
    checked: PasswordCheck,
    finish: impl AsyncFn(Command<'_>) -> Outcome<()>,
) -> Outcome<Option<Reauthenticated>> {
    let (mut row, mut checked) = (row.clone(), checked);
    while checked.is_right() {
        let upgraded = if checked.needs_upgrade() {
            Some(app.env.hasher.hash_panel(password).await.map_err(anyhow::Error::from)?)
        } else {
            None
        };
        let password_state = app
            .change(origin, async |cmd: Command<'_>| {
                let password_state = password_state(cmd, &row).await?;
                if matches!(password_state, PasswordState::Same) {
                    finish(cmd).await?;
                    if let Some(hash) = &upgraded {
                        db::logins::upgrade_hash(cmd.tx, row.id, &row.password_hash, hash).await?;
                    }
                }
                Ok::<_, ServiceError>(password_state)
            })
            .await?;
        match password_state {
            PasswordState::Same => return Ok(Reauthenticated::from_check(&checked)),
            PasswordState::Replaced => return Ok(None),
            PasswordState::Upgraded(current) => {
                checked = app.env.hasher.check(password, Some(&current)).await;
                row = current;
            }
        }
    }
    Ok(None)
}

/// Compares an account with the row that a password was verified against. The row is locked, so it
/// cannot change before the transaction ends.
async fn password_state(cmd: Command<'_>, verified: &LoginRow) -> Outcome<PasswordState> {
    let current = db::logins::lock_row(cmd.tx, verified.id).await?;
    Ok(match current.filter(|current| current.stamp == verified.stamp) {
        None => PasswordState::Replaced,
        Some(current) if current.password_hash == verified.password_hash => PasswordState::Same,
        Some(current) => PasswordState::Upgraded(current),
    })
}

/// Returns the proof for the parameter `current_password`, or `None` if no password was sent. The
/// service decides whether it requires the proof.
///
/// # Errors
/// `old-password-wrong` for the field `current_password`.
pub async fn reauthenticate(
    app: &App,
    origin: &Origin,
    login: LoginId,
    typed: Option<&Secret>,
) -> Outcome<Option<Reauthenticated>> {
    let Some(typed) = typed.filter(|typed| !typed.is_empty()) else { return Ok(None) };
    match confirm(app, origin, login, typed).await? {
        Some(proof) => Ok(Some(proof)),
        None => Err(ServiceError::field(
            "current_password",
            ValidationError::new(ErrorCode::OldPasswordWrong),
        )),
    }
}

/// Records a failed attempt and returns whether it was counted for the account.
///
/// Attempts at unknown or locked accounts are not counted for an account. They do the same amount
/// of work, but add no rows that could accumulate.
async fn record_failure(
    app: &App,
    origin: &Origin,
    login: Option<&LoginRow>,
    decision: &Decision,
) -> Outcome<bool> {
    let (Some(login), Decision::Counted(counted)) = (login, decision) else {
        app.change(origin, async |cmd: Command<'_>| {
            throttle::count(cmd, &UNKNOWN_NAMES, &origin.address).await
        })
        .await?;
        return Ok(false);
    };
    let (account, is_locked) = app
        .change(origin, async |cmd: Command<'_>| {
            let is_locked = attempts::record_wrong_password(cmd, login.id, counted).await?;
            let account = accounts::find(cmd.tx, login.id).await?;
            if let Some(account) = &account {
                record_sign_in(cmd, &account.actor, SignInEvent::Failed).await?;
                if is_locked {
                    record_sign_in(cmd, &account.actor, SignInEvent::Locked).await?;
                }
            }
            Ok::<_, ServiceError>((account, is_locked))
        })
        .await?;
    if let (Some(account), true) = (account, is_locked) {
        security_log::log_event(Event::AccountLocked, &origin.address, account.actor.login_name());
    }
    Ok(true)
}
