//! What the machine has under login names: home directories and accounts of its own. Its file
//! system and its user database may be slow or not answer at all, so they are asked off the async
//! threads and before a transaction is opened.

use super::{Env, Outcome, ServiceError};
use db::{DbError, Reader, counters};
use domain::fault::{Code, Fault};
use domain::login_name::{LoginName, LoginNameRules};
use std::collections::HashMap;
use std::path::Path;

/// How many of the next numbered names are looked at beyond those that are needed: others may take
/// some meanwhile.
const AHEAD: i64 = 32;

/// What was found under some names.
#[derive(Clone, Debug, Default)]
pub struct Machine(HashMap<String, Found>);

#[derive(Clone, Copy, Debug, Default)]
struct Found {
    home: bool,
    account: bool,
}

/// Whether there is a hooks directory. A file system that does not answer must not hold a
/// transaction or an async thread.
pub(crate) async fn has_hooks(env: &Env) -> bool {
    let dir = env.hooks_dir.clone();
    tokio::task::spawn_blocking(move || dir.is_dir()).await.unwrap_or(false)
}

/// Whether there is something at a path.
pub(crate) async fn is_there(path: &Path) -> bool {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || path.exists()).await.unwrap_or(false)
}

impl Machine {
    /// Looks for typed names and, where `numbered` is not 0, for as many of the next numbered
    /// names.
    ///
    /// # Errors
    /// The database's.
    pub async fn look(
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
        Self::ask(env, typed, next).await
    }

    /// Looks for accounts and homes of typed names alone.
    ///
    /// # Errors
    /// That the machine cannot be asked.
    pub async fn of_typed(env: &Env, typed: Vec<String>) -> Outcome<Self> {
        Self::ask(env, typed, Vec::new()).await
    }

    async fn ask(env: &Env, typed: Vec<String>, numbered: Vec<String>) -> Outcome<Self> {
        if typed.is_empty() && numbered.is_empty() {
            return Ok(Self::default());
        }
        let homes = env.homes_dir.clone();
        let look = move || {
            // What cannot be the name of anybody is not looked for: it could be a path to somewhere
            // else.
            let is_name = |name: &str| {
                !name.is_empty()
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
            };
            let home = |name: &str| homes.join(name).symlink_metadata().is_ok();
            let account = |name: &str| uzers::get_user_by_name(name).is_some();
            let typed =
                typed.into_iter().map(|name| name.trim().to_owned()).filter(|name| is_name(name));
            let typed = typed.map(|name| {
                let found = Found {
                    home: home(&name),
                    account: account(&name) || account(&name.to_lowercase()),
                };
                (name, found)
            });
            let numbered = numbered.into_iter().map(|name| {
                let found = Found { home: home(&name), account: false };
                (name, found)
            });
            // A typed name says more.
            numbered.collect::<Vec<_>>().into_iter().chain(typed).collect()
        };
        let found = tokio::task::spawn_blocking(look)
            .await
            .map_err(|error| ServiceError::Internal(error.into()))?;
        Ok(Self(found))
    }

    /// Whether there is something where the home of that name would be.
    ///
    /// # Errors
    /// [`DbError::Lost`] for a name that nobody looked for: others took all numbers that were
    /// looked at.
    pub fn has_home(&self, name: &LoginName) -> Result<bool, DbError> {
        let found = self.0.get(name.as_str()).map(|found| found.home);
        found.ok_or_else(|| DbError::Lost(format!("nobody looked for the home of {name}")))
    }

    /// The name, unless the operating system has an account of it: files would belong to two, and
    /// whoever reads a name in a log could not tell which of them is meant.
    ///
    /// # Errors
    /// `loginname-system-account`.
    pub fn unless_of_system(&self, name: LoginName) -> Result<LoginName, Fault> {
        match self.0.get(name.as_str()) {
            Some(Found { account: true, .. }) => Err(Fault::new(Code::LoginnameSystemAccount)),
            _ => Ok(name),
        }
    }
}
