//! Passwords on their way in: checked by the policy and hashed before any transaction is opened,
//! since hashing takes long and SQLite has one writer.

use super::audit::{Action, Change};
use super::settings::ProviderSettings;
use super::{Command, Env, Outcome};
use domain::fault::{Fault, FieldFaults};
use domain::id::{ApiKeyId, LoginId};
use domain::password::Person;
use domain::request::Sent;
use domain::secret::Secret;
use domain::text;
use serde_json::{Map, Value};

/// A password that may be set, in the forms in which it is stored.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// As typed or generated; for the mail that carries it.
    pub plain: Secret,
    /// For the panel (argon2id).
    pub panel_hash: String,
    /// For FTP (crypt(3) SHA-512).
    pub ftp_hash: String,
}

/// Checks a typed password by the policy.
///
/// # Errors
/// Every rule it breaks, as faults of `field`.
pub fn check(
    settings: &ProviderSettings,
    field: &str,
    typed: &Secret,
    person: Person<'_>,
) -> Result<(), FieldFaults> {
    let mut faults = FieldFaults::default();
    for fault in settings.password_policy().check(&normalised(typed), person) {
        faults.push(field, Fault::from(fault));
    }
    faults.or(())
}

/// Adds every rule that a password breaks to the errors of `field`, where one was sent.
pub fn note_broken(
    settings: &ProviderSettings,
    field: &str,
    sent: &Sent<Secret>,
    person: Person<'_>,
    errors: &mut FieldFaults,
) {
    if let Some(typed) = sent.as_ref() {
        errors.merge(check(settings, field, typed, person).err().unwrap_or_default());
    }
}

/// Hashes a password, where one was sent.
///
/// # Errors
/// As [`prepare`].
pub async fn prepare_sent(
    env: &Env,
    settings: &ProviderSettings,
    field: &str,
    sent: Sent<Secret>,
    login_name: Option<&str>,
) -> Outcome<Option<Prepared>> {
    match sent.value() {
        None => Ok(None),
        Some(typed) => prepare(env, settings, field, Some(typed), login_name).await.map(Some),
    }
}

/// Checks and hashes a typed password, or generates one. It is kept in Unicode NFC, whatever
/// keyboard it was typed on.
///
/// # Errors
/// Faults of `field`; or that hashing failed.
pub async fn prepare(
    env: &Env,
    settings: &ProviderSettings,
    field: &str,
    typed: Option<Secret>,
    login_name: Option<&str>,
) -> Outcome<Prepared> {
    let plain = match typed {
        Some(typed) => {
            check(settings, field, &typed, Person::named(login_name))?;
            normalised(&typed)
        }
        None => settings.password_policy().generate(env.chance.as_ref()),
    };
    let panel_hash = env.hasher.hash_panel(&plain).await.map_err(anyhow::Error::from)?;
    let ftp_hash = env.hasher.hash_ftp(&plain).await.map_err(anyhow::Error::from)?;
    Ok(Prepared { plain, panel_hash, ftp_hash })
}

fn normalised(typed: &Secret) -> Secret {
    Secret::new(text::nfc(typed.expose()))
}

/// What may live on after a new password: what asked for it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keep<'a> {
    /// Digest of a session.
    pub session: Option<&'a str>,
    /// A key of the API.
    pub api_key: Option<ApiKeyId>,
}

/// What a new password ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// Sessions.
    pub sessions: u64,
    /// Keys of the API.
    pub api_keys: u64,
}

impl Ended {
    /// What the trail tells of it.
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

/// Sets the password of an account. Whoever knew the old one is out: every session, key of the API
/// and reset link ends.
///
/// Nobody is told: that is what [`credentials::change`](super::credentials::change) is for.
///
/// # Errors
/// The database's.
pub(super) async fn set(
    cmd: Command<'_>,
    login: LoginId,
    password: &Prepared,
    keep: Keep<'_>,
) -> Outcome<Ended> {
    db::logins::set_password(cmd.tx, login, &password.panel_hash, cmd.at).await?;
    db::password_resets::end(cmd.tx, login).await?;
    Ok(Ended {
        sessions: db::sessions::end_all(cmd.tx, login, keep.session).await?,
        api_keys: db::api_keys::end_all(cmd.tx, login, keep.api_key).await?,
    })
}
