//! Passwords on their way in: checked by the policy and hashed before any transaction is opened, since hashing takes long
//! and SQLite has one writer.

use super::settings::ProviderSettings;
use super::{Env, Outcome};
use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::secret::Secret;

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
pub fn check(settings: &ProviderSettings, field: &str, typed: &Secret, login_name: Option<&str>) -> Result<(), FieldFaults> {
    let mut faults = FieldFaults::default();
    for fault in settings.password_policy().check(typed, login_name) {
        faults.push(field, Fault { code: fault.code(), args: fault.args() });
    }
    faults.or(())
}

/// Checks and hashes a typed password, or generates one.
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
            check(settings, field, &typed, login_name)?;
            typed
        }
        None => settings.password_policy().generate(env.chance.as_ref()),
    };
    let panel_hash = env.hasher.hash_panel(&plain).await.map_err(anyhow::Error::from)?;
    let ftp_hash = env.hasher.hash_ftp(&plain).await.map_err(anyhow::Error::from)?;
    Ok(Prepared { plain, panel_hash, ftp_hash })
}
