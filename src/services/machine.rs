//! Home directories and system accounts that the machine already has under login names.
//!
//! The file system and the user database may be slow or may not respond at all. They are therefore
//! queried on blocking threads, before a transaction is opened.

use super::{Env, Outcome, ServiceError};
use db::{Reader, counters};
use domain::login_name::{LoginName, LoginNameRules};
use domain::validation::{ErrorCode, ValidationError};
use std::collections::HashMap;
use std::path::Path;

/// Number of numbered names that are looked up beyond the required ones, since other requests may
/// use some of them in the meantime.
const AHEAD: i64 = 32;

/// The results of looking up names on this machine.
#[derive(Clone, Debug, Default)]
pub struct Machine(HashMap<String, Found>);

#[derive(Clone, Copy, Debug, Default)]
struct Found {
    has_home: bool,
    has_account: bool,
}

/// Returns whether the hooks directory exists. The check runs on a blocking thread, since a file
/// system that does not respond must not block an async thread.
pub(crate) async fn hooks_dir_exists(env: &Env) -> bool {
    let dir = env.hooks_dir.clone();
    tokio::task::spawn_blocking(move || dir.is_dir()).await.unwrap_or(false)
}

/// Returns whether `path` exists.
pub(crate) async fn path_exists(path: &Path) -> bool {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || path.exists()).await.unwrap_or(false)
}

impl Machine {
    /// Looks up typed names and the next `numbered` generated names.
    pub async fn snapshot(
        env: &Env,
        on: &Reader,
        rules: &LoginNameRules,
        typed: Vec<String>,
        numbered: usize,
    ) -> Outcome<Self> {
        let mut next = Vec::new();
        if numbered > 0 {
            let last = counters::last(on, counters::Counter::AccountNumber).await?;
            let count = i64::try_from(numbered).unwrap_or(i64::MAX).saturating_add(AHEAD);
            let names = (1..=count)
                .filter_map(|more| LoginName::numbered(last.checked_add(more)?, rules).ok());
            next.extend(names.map(|name| name.to_string()));
        }
        Self::query(env, typed, next).await
    }

    /// Looks up typed names only.
    ///
    /// # Errors
    /// [`ServiceError::Internal`] if the lookup panics.
    pub async fn of_typed(env: &Env, typed: Vec<String>) -> Outcome<Self> {
        Self::query(env, typed, Vec::new()).await
    }

    async fn query(env: &Env, typed: Vec<String>, numbered: Vec<String>) -> Outcome<Self> {
        if typed.is_empty() && numbered.is_empty() {
            return Ok(Self::default());
        }
        let homes = env.homes_dir.clone();
        let look_up = move || {
            // Only valid login names are looked up: any other text could be a path to another
            // directory.
            let is_name = |name: &str| {
                !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            };
            let has_home = |name: &str| homes.join(name).symlink_metadata().is_ok();
            let has_account = |name: &str| uzers::get_user_by_name(name).is_some();
            let typed =
                typed.into_iter().map(|name| name.trim().to_owned()).filter(|name| is_name(name));
            let typed = typed.map(|name| {
                let found = Found {
                    has_home: has_home(&name),
                    has_account: has_account(&name) || has_account(&name.to_lowercase()),
                };
                (name, found)
            });
            let numbered = numbered.into_iter().map(|name| {
                let found = Found { has_home: has_home(&name), has_account: false };
                (name, found)
            });
            // Typed names come last and replace numbered ones, because only their lookup includes
            // system accounts.
            numbered.collect::<Vec<_>>().into_iter().chain(typed).collect()
        };
        let found = tokio::task::spawn_blocking(look_up)
            .await
            .map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(Self(found))
    }

    /// Returns whether something exists at the path of this name's home directory.
    ///
    /// # Errors
    /// [`ServiceError::Refused`] with `busy` for a name that was not looked up, because other
    /// requests have used all numbered names that were. Running the transaction again would not
    /// look it up either; a new request does.
    pub fn has_home(&self, name: &LoginName) -> Outcome<bool> {
        let found = self.0.get(name.as_str()).map(|found| found.has_home);
        found.ok_or_else(|| ServiceError::Refused(ValidationError::new(ErrorCode::Busy)))
    }

    /// Returns the name, unless the operating system has an account with it. Two users would then
    /// own the same files, and a name in a log would be ambiguous.
    ///
    /// # Errors
    /// `loginname-system-account`.
    pub fn reject_system_account(&self, name: LoginName) -> Result<LoginName, ValidationError> {
        match self.0.get(name.as_str()) {
            Some(Found { has_account: true, .. }) => {
                Err(ValidationError::new(ErrorCode::LoginnameSystemAccount))
            }
            _ => Ok(name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_were_not_looked_up_are_refused_without_a_retry() {
        let name = LoginName::stored("web1".to_owned());
        let error = Machine::default().has_home(&name).unwrap_err();
        assert!(matches!(&error, ServiceError::Refused(error) if error.code == ErrorCode::Busy));
        assert!(!error.is_transient());
    }
}
