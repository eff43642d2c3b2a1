//! Customers that are ready to be written. Their passwords are hashed before any transaction is
//! open, since hashing is slow and SQLite has one writer.

use super::header::PASSWORD;
use super::{PasswordOutcome, Progress, Stage};
use crate::customers::add::Checked;
use crate::customers::new_customer::NewCustomer;
use crate::passwords::{self, HashedPassword};
use crate::{Env, Outcome, ServiceError, View};
use db::counters::{self, Counter};
use domain::customer::Profile;
use domain::login_name::LoginName;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use std::collections::HashSet;
use std::num::NonZero;
use std::path::PathBuf;

/// Customers to be written together, in the order of the file.
pub struct Ready {
    pub(super) customers: Vec<ReadyCustomer>,
    /// Numbered names with an existing home directory. Their customers are deleted, but the files
    /// are not.
    pub(super) homes: HashSet<String>,
}

pub(super) struct ReadyCustomer {
    pub new: NewCustomer,
    pub profile: Profile,
}

impl Ready {
    /// Hashes the passwords.
    ///
    /// As many passwords are hashed at a time as there are cores, so that a sign-in meanwhile waits
    /// for one hash only. Passwords that are shown to nobody share the hash of one random password
    /// until new ones are set.
    pub(super) async fn new(
        env: &Env,
        view: View<'_>,
        customers: Vec<(Checked, Profile, PasswordOutcome)>,
        progress: &dyn Progress,
    ) -> Outcome<Self> {
        let unknown =
            if customers.iter().any(|(_, _, password)| *password == PasswordOutcome::NotShown) {
                Some(passwords::prepare(env, view.settings, PASSWORD, None, None).await?)
            } else {
                None
            };
        let homes = numbered_homes(
            env,
            view,
            customers.iter().filter(|(new, ..)| new.login_name.is_none()).count(),
        )
        .await?;
        let at_a_time = std::thread::available_parallelism().map_or(1, NonZero::get);
        let hashing =
            stream::iter(customers).enumerate().map(|(done, (checked, profile, password))| {
                let unknown = unknown.as_ref().filter(|_| password == PasswordOutcome::NotShown);
                async move {
                    progress.step(Stage::Hashing, done).await?;
                    let new = match unknown {
                        Some(shared) => {
                            let plain =
                                view.settings.password_policy().generate(env.random.as_ref());
                            checked.with(HashedPassword { plain, ..shared.clone() })
                        }
                        None => checked.hash_password(env, view.settings).await?,
                    };
                    Ok::<_, ServiceError>(ReadyCustomer { new, profile })
                }
            });
        let customers = hashing.buffered(at_a_time).try_collect().await?;
        Ok(Self { customers, homes })
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }
}

/// Returns the next numbered names that already have a home directory. Checks more names than
/// needed, since other requests may take some meanwhile.
async fn numbered_homes(env: &Env, view: View<'_>, wanted: usize) -> Outcome<HashSet<String>> {
    if wanted == 0 {
        return Ok(HashSet::new());
    }
    let last = counters::last(view.on, Counter::AccountNumber).await?;
    let rules = view.settings.login_name_rules();
    let most = i64::try_from(wanted).unwrap_or(i64::MAX / 4).saturating_mul(2).saturating_add(100);
    let names = (last + 1..=last.saturating_add(most))
        .filter_map(|number| LoginName::numbered(number, &rules).ok());
    find_existing(env.homes_dir.clone(), names.map(|name| name.to_string()).collect()).await
}

/// Returns the names that exist in a directory. The lookup runs on a blocking thread.
pub(super) async fn find_existing(dir: PathBuf, names: Vec<String>) -> Outcome<HashSet<String>> {
    let look_up = move || {
        names.into_iter().filter(|name| dir.join(name).symlink_metadata().is_ok()).collect()
    };
    Ok(tokio::task::spawn_blocking(look_up).await.map_err(anyhow::Error::from)?)
}
