//! Customers that are ready to be written. Their passwords are hashed before any transaction is
//! open, since hashing is slow and SQLite has one writer.

use super::header::PASSWORD;
use super::{PasswordOutcome, Progress, Stage};
use crate::customers::add::CheckedCustomer;
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
pub struct ReadyCustomers {
    pub(super) customers: Vec<ReadyCustomer>,
    /// Numbered names that already have a home directory, for example of a customer who was deleted
    /// without their files.
    pub(super) homes: HashSet<String>,
}

/// A customer to be written.
pub(super) struct ReadyCustomer {
    pub new: NewCustomer,
    pub profile: Profile,
}

impl ReadyCustomers {
    /// Hashes the passwords.
    ///
    /// As many passwords are hashed at a time as there are cores, so that a concurrent sign-in
    /// waits for one hash only. Generated passwords that are not emailed share the hash of one
    /// random password until new ones are set.
    pub(super) async fn new(
        env: &Env,
        view: View<'_>,
        customers: Vec<(CheckedCustomer, Profile, PasswordOutcome)>,
        progress: &dyn Progress,
    ) -> Outcome<Self> {
        let shared_password =
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
        let concurrency = std::thread::available_parallelism().map_or(1, NonZero::get);
        let hashing =
            stream::iter(customers).enumerate().map(|(done, (checked, profile, password))| {
                let shared =
                    shared_password.as_ref().filter(|_| password == PasswordOutcome::NotShown);
                async move {
                    progress.step(Stage::Hashing, done).await?;
                    let new = match shared {
                        Some(shared) => {
                            let plain =
                                view.settings.password_policy().generate(env.random.as_ref());
                            checked.with_password(HashedPassword { plain, ..shared.clone() })
                        }
                        None => checked.hash_password(env, view.settings).await?,
                    };
                    Ok::<_, ServiceError>(ReadyCustomer { new, profile })
                }
            });
        let customers = hashing.buffered(concurrency).try_collect().await?;
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

/// Returns those of the next numbered names that already have a home directory. Looks up more names
/// than `wanted`, since other requests may take some meanwhile.
async fn numbered_homes(env: &Env, view: View<'_>, wanted: usize) -> Outcome<HashSet<String>> {
    if wanted == 0 {
        return Ok(HashSet::new());
    }
    let last = counters::last(view.on, Counter::AccountNumber).await?;
    let rules = view.settings.login_name_rules();
    let count = i64::try_from(wanted).unwrap_or(i64::MAX / 4).saturating_mul(2).saturating_add(100);
    let names = (last + 1..=last.saturating_add(count))
        .filter_map(|number| LoginName::numbered(number, &rules).ok());
    find_existing(env.homes_dir.clone(), names.map(|name| name.to_string()).collect()).await
}

/// Returns those of the names that exist in a directory. The lookup runs on a blocking thread.
pub(super) async fn find_existing(dir: PathBuf, names: Vec<String>) -> Outcome<HashSet<String>> {
    let look_up = move || {
        names.into_iter().filter(|name| dir.join(name).symlink_metadata().is_ok()).collect()
    };
    Ok(tokio::task::spawn_blocking(look_up).await.map_err(anyhow::Error::from)?)
}
