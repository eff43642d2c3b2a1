//! New passwords: checked against the policy and hashed before a transaction is opened, since
//! hashing takes long and SQLite has one writer.

use super::audit::{Action, Change};
use super::settings::ProviderSettings;
use super::{Command, Env, Outcome};
use domain::id::{ApiKeyId, LoginId};
use domain::password::Person;
use domain::request::Sent;
use domain::secret::Secret;
use domain::text;
use domain::validation::{FieldErrors, ValidationError};
use serde_json::{Map, Value};

/// A password that passed the policy, with the hashes that are stored.
#[derive(Clone, Debug)]
pub struct HashedPassword {
    /// The password as typed or generated, for the email that contains it and for MySQL accounts.
    pub plain: Secret,
    /// Hash for the panel (argon2id).
    pub panel_hash: String,
    /// Hash for FTP servers (crypt(3) SHA-512).
    pub ftp_hash: String,
}

/// Checks a typed password against the policy.
///
/// # Errors
/// Every rule that the password breaks, as validation errors of `field`.
pub fn check(
    settings: &ProviderSettings,
    field: &str,
    typed: &Secret,
    person: Person<'_>,
) -> Result<(), FieldErrors> {
    let mut errors = FieldErrors::default();
    for error in settings.password_policy().check(&normalized(typed), person) {
        errors.push(field, ValidationError::from(error));
    }
    errors.into_result(())
}

/// Checks a password that was sent and adds every broken rule to the validation errors of `field`.
pub fn check_sent(
    settings: &ProviderSettings,
    field: &str,
    sent: &Sent<Secret>,
    person: Person<'_>,
    errors: &mut FieldErrors,
) {
    if let Some(typed) = sent.as_ref() {
        errors.merge(check(settings, field, typed, person).err().unwrap_or_default());
    }
}

/// Checks and hashes a password that was sent, as [`prepare`] does. Returns `None` if none was
/// sent.
pub async fn prepare_sent(
    env: &Env,
    settings: &ProviderSettings,
    field: &str,
    sent: Sent<Secret>,
    login_name: Option<&str>,
) -> Outcome<Option<HashedPassword>> {
    match sent.value() {
        None => Ok(None),
        Some(typed) => prepare(env, settings, field, Some(typed), login_name).await.map(Some),
    }
}

/// Checks and hashes a typed password, or generates one. Passwords are normalized to Unicode NFC,
/// since keyboards encode the same character differently.
///
/// # Errors
/// [`ServiceError::Invalid`](crate::ServiceError::Invalid) with validation errors of `field`;
/// [`ServiceError::Internal`](crate::ServiceError::Internal) if hashing fails.
pub async fn prepare(
    env: &Env,
    settings: &ProviderSettings,
    field: &str,
    typed: Option<Secret>,
    login_name: Option<&str>,
) -> Outcome<HashedPassword> {
    let plain = match typed {
        Some(typed) => {
            check(settings, field, &typed, Person::with_login_name(login_name))?;
            normalized(&typed)
        }
        None => settings.password_policy().generate(env.random.as_ref()),
    };
    let panel_hash = env.hasher.hash_panel(&plain).await.map_err(anyhow::Error::from)?;
    let ftp_hash = env.hasher.hash_ftp(&plain).await.map_err(anyhow::Error::from)?;
    Ok(HashedPassword { plain, panel_hash, ftp_hash })
}

fn normalized(typed: &Secret) -> Secret {
    Secret::new(text::nfc(typed.expose()))
}

/// The session and API key that stay valid after a password change, because the request for the
/// change was made with them.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExemptFromRevocation<'a> {
    /// Digest of the session.
    pub session: Option<&'a str>,
    pub api_key: Option<ApiKeyId>,
}

/// Numbers of sessions and API keys that a password change revoked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RevokedAccess {
    pub sessions: u64,
    pub api_keys: u64,
}

impl RevokedAccess {
    /// Returns the audit entry of the password change, with the counts that are not zero.
    #[must_use]
    pub fn change(self, action: Action) -> Change {
        let counts = [("ended_sessions", self.sessions), ("ended_api_keys", self.api_keys)];
        let after: Map<String, Value> = counts
            .into_iter()
            .filter(|(_, count)| *count > 0)
            .map(|(name, count)| (name.to_owned(), count.into()))
            .collect();
        Change { action, before: None, after: (!after.is_empty()).then(|| after.into()) }
    }
}

/// Sets the password of an account, unlocks the account, and revokes its sessions, API keys and
/// password reset links. The session and API key in `keep` stay valid.
///
/// Notifies nobody; [`credentials::change`](super::credentials::change) does.
pub(super) async fn set(
    cmd: Command<'_>,
    login: LoginId,
    password: &HashedPassword,
    keep: ExemptFromRevocation<'_>,
) -> Outcome<RevokedAccess> {
    db::logins::set_password(cmd.tx, login, &password.panel_hash, cmd.at).await?;
    db::password_resets::remove(cmd.tx, login).await?;
    Ok(RevokedAccess {
        sessions: db::sessions::end_all(cmd.tx, login, keep.session).await?,
        api_keys: db::api_keys::revoke_all(cmd.tx, login, keep.api_key).await?,
    })
}
