//! Hashes and verifies passwords.
//!
//! New hashes are argon2id; FTP servers get crypt(3) SHA-512. Imported hashes (argon2i, bcrypt,
//! SHA-crypt, MD5-crypt, bare MD5) are accepted, and [`Verdict::needs_upgrade`] says that they
//! should be replaced.
//!
//! An argon2id hash takes 19 MiB and about 20 ms of a core by design. Hashing therefore runs on
//! blocking threads, at most one hash per core at a time. A hundred simultaneous sign-ins wait in a
//! queue instead of using two gigabytes.

mod kinds;
mod md5_crypt;

pub use kinds::Verdict;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, Version};
use db::logins::LoginRow;
use domain::id::LoginId;
use domain::password::MAX_BYTES;
use domain::password_stamp::PasswordStamp;
use domain::secret::Secret;
use domain::text;
use sha_crypt::ShaCrypt;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// The cost of a new hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashCost {
    /// The recommended parameters.
    Production,
    /// The cheapest parameters that the algorithms allow, for tests. A `Production` hasher requests
    /// an upgrade of these hashes.
    CheapForTests,
}

impl HashCost {
    fn argon2(self) -> Argon2<'static> {
        let params = match self {
            Self::Production => Params::DEFAULT,
            Self::CheapForTests => {
                Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None)
                    .unwrap_or_default()
            }
        };
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
    }

    fn sha512(self) -> ShaCrypt {
        let rounds = match self {
            Self::Production => sha_crypt::Params::RECOMMENDED_ROUNDS,
            Self::CheapForTests => sha_crypt::Params::ROUNDS_MIN,
        };
        ShaCrypt::new(
            sha_crypt::Algorithm::Sha512Crypt,
            sha_crypt::Params::new(rounds).unwrap_or_default(),
        )
    }
}

/// Returns whether the text is a password hash of a supported format, with a cost that is accepted.
/// Any other text may be a password in clear text.
#[must_use]
pub fn is_known_hash(stored: &str) -> bool {
    kinds::is_known(stored)
}

/// The result of comparing a password with that of an account.
#[derive(Clone, Debug)]
#[must_use]
pub struct PasswordCheck {
    account: Option<(LoginId, PasswordStamp)>,
    verdict: Verdict,
}

impl PasswordCheck {
    /// Returns whether the account exists and the password is right.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.account.is_some() && self.verdict.ok
    }

    /// Returns whether the password is right and its stored hash should be replaced.
    #[must_use]
    pub const fn needs_upgrade(&self) -> bool {
        self.verdict.needs_upgrade
    }

    pub(crate) fn verified_account(&self) -> Option<(LoginId, &PasswordStamp)> {
        let (login, stamp) = self.account.as_ref().filter(|_| self.verdict.ok)?;
        Some((*login, stamp))
    }
}

/// The password is too long, or the machine could not hash it.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError;

/// Hashes and verifies passwords. Clones are cheap and share one queue.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    cost: HashCost,
    slots: Arc<Semaphore>,
}

impl PasswordHasher {
    /// Returns a hasher that works on at most one password per core at a time.
    #[must_use]
    pub fn new(cost: HashCost) -> Self {
        let slots = std::thread::available_parallelism().map_or(2, usize::from);
        Self { cost, slots: Arc::new(Semaphore::new(slots)) }
    }

    /// Hashes a password for the panel with argon2id.
    ///
    /// # Errors
    /// If the password is longer than any policy allows, or the machine provides no random numbers
    /// or threads.
    pub async fn hash_panel(&self, password: &Secret) -> Result<String, HashError> {
        let cost = self.cost;
        self.hash(password, move |password| {
            cost.argon2().hash_password(password).map(|hash| hash.to_string()).ok()
        })
        .await
    }

    /// Hashes a password for an FTP user with the SHA-512 of crypt(3) (`$6$`).
    ///
    /// # Errors
    /// As [`hash_panel`](Self::hash_panel).
    pub async fn hash_ftp(&self, password: &Secret) -> Result<String, HashError> {
        let cost = self.cost;
        self.hash(password, move |password| {
            // Twelve bytes are encoded as sixteen characters of salt. crypt(3) truncates a longer
            // salt, and FTP servers compare the whole line.
            let mut salt = [0; 12];
            domain::random::RandomSource::fill(&domain::random::OsRandom, &mut salt);
            cost.sha512().hash_password_with_salt(password, &salt).map(|hash| hash.to_string()).ok()
        })
        .await
    }

    /// Compares a password with that of an account. The work is the same if the account does not
    /// exist.
    pub async fn check(&self, password: &Secret, row: Option<&LoginRow>) -> PasswordCheck {
        let verdict = self.verify(password, row.map(|row| row.password_hash.as_str())).await;
        PasswordCheck { account: row.map(|row| (row.id, row.stamp.clone())), verdict }
    }

    /// Verifies a password against a stored hash. `None` stands for an account that does not exist:
    /// the verdict is negative, after the same work as for an account that exists.
    ///
    /// An imported hash takes the time of its own algorithm until it has been upgraded.
    pub async fn verify(&self, password: &Secret, stored: Option<&str>) -> Verdict {
        let (cost, password, stored) = (self.cost, password.clone(), stored.map(Secret::new));
        self.run(move || {
            let (text, stored) = (password.expose(), stored.as_ref());
            let normal = Secret::new(text::nfc(text));
            let verdict = verify_form(cost, normal.expose(), stored);
            if verdict.ok || normal.expose() == text {
                return verdict;
            }
            // Older versions hashed passwords without normalizing them to NFC. Such a hash is
            // replaced.
            let raw = verify_form(cost, text, stored);
            Verdict { needs_upgrade: raw.ok, ..raw }
        })
        .await
        .unwrap_or(Verdict::NO)
    }

    async fn hash(
        &self,
        password: &Secret,
        work: impl FnOnce(&[u8]) -> Option<String> + Send + 'static,
    ) -> Result<String, HashError> {
        let password = Secret::new(text::nfc(password.expose()));
        if password.expose().len() > MAX_BYTES {
            return Err(HashError);
        }
        self.run(move || work(password.expose().as_bytes())).await.flatten().ok_or(HashError)
    }

    /// Runs the work on a blocking thread as soon as a slot is free. The work owns the slot,
    /// because a blocking thread continues after its request was cancelled: the slot must stay
    /// occupied until the hash is finished.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let slot = Arc::clone(&self.slots).acquire_owned().await.ok()?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(slot);
            result
        });
        done.await
            .inspect_err(|error| tracing::error!(%error, "hashing or verifying a password failed"))
            .ok()
    }
}

/// Verifies one Unicode form of a password. The work is the same whether or not a hash exists.
fn verify_form(cost: HashCost, text: &str, stored: Option<&Secret>) -> Verdict {
    // Longer passwords were never accepted, and some old algorithms take quadratic time.
    let (text, stored) = if text.len() > MAX_BYTES { ("", None) } else { (text, stored) };
    let Some(stored) = stored else {
        hash_dummy(cost, text);
        return Verdict::NO;
    };
    let outcome = kinds::verify(text, stored.expose(), &cost.argon2());
    if !outcome.did_full_work {
        hash_dummy(cost, text);
    }
    outcome.verdict
}

/// Does the work of verifying a password without a hash to compare it with.
fn hash_dummy(cost: HashCost, password: &str) {
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    let result =
        cost.argon2().hash_password_into(password.as_bytes(), b"nobody's salt...", &mut out);
    std::hint::black_box((result.is_ok(), out));
}

#[cfg(test)]
mod tests;
