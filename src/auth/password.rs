//! Hashing and checking passwords.
//!
//! New hashes are argon2id; FTP servers get crypt(3) SHA-512. Hashes that came from elsewhere
//! (argon2i, bcrypt, SHA-crypt, MD5-crypt, bare MD5) still open the door once, and
//! [`Verdict::needs_upgrade`] says that they should be replaced.
//!
//! A hash takes 19 MiB and some 20 ms of a core on purpose. So hashing runs on the blocking
//! threads, and only as many at a time as there are cores: a hundred sign-ins at once wait in a
//! queue instead of taking two gigabytes.

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

/// How much work a hash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashCost {
    /// What is recommended for today's machines.
    Production,
    /// As little as the algorithms allow. For tests; hashes made so are upgraded by `Production`.
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

/// Whether this is a hash that somebody could sign in with. What is none may be anything, a
/// password in clear text too.
#[must_use]
pub fn is_known_hash(stored: &str) -> bool {
    kinds::is_known(stored)
}

/// A password that was compared with that of an account.
#[derive(Clone, Debug)]
#[must_use]
pub struct Checked {
    account: Option<(LoginId, PasswordStamp)>,
    verdict: Verdict,
}

impl Checked {
    /// Whether there is an account, and the password is right.
    #[must_use]
    pub const fn is_right(&self) -> bool {
        self.account.is_some() && self.verdict.ok
    }

    /// Whether the password is right, and the stored hash should be replaced by a new one of it.
    #[must_use]
    pub const fn needs_upgrade(&self) -> bool {
        self.verdict.needs_upgrade
    }

    pub(crate) fn right(&self) -> Option<(LoginId, &PasswordStamp)> {
        let (login, stamp) = self.account.as_ref().filter(|_| self.verdict.ok)?;
        Some((*login, stamp))
    }
}

/// A password could not be hashed.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashError;

/// Hashes and checks passwords. Cloning is cheap; the clones share one queue.
#[derive(Clone, Debug)]
pub struct PasswordHasher {
    cost: HashCost,
    slots: Arc<Semaphore>,
}

impl PasswordHasher {
    /// A hasher that works on as many passwords at a time as there are cores.
    #[must_use]
    pub fn new(cost: HashCost) -> Self {
        let slots = std::thread::available_parallelism().map_or(2, usize::from);
        Self { cost, slots: Arc::new(Semaphore::new(slots)) }
    }

    /// Hashes a password of the panel: argon2id.
    ///
    /// # Errors
    /// Where the password is longer than any policy allows, or the machine has no random numbers or
    /// threads to give.
    pub async fn hash_panel(&self, password: &Secret) -> Result<String, HashError> {
        let cost = self.cost;
        self.hash(password, move |password| {
            cost.argon2().hash_password(password).map(|hash| hash.to_string()).ok()
        })
        .await
    }

    /// Hashes a password of an FTP user as crypt(3) does: SHA-512, `$6$`.
    ///
    /// # Errors
    /// As [`hash_panel`](Self::hash_panel).
    pub async fn hash_ftp(&self, password: &Secret) -> Result<String, HashError> {
        let cost = self.cost;
        self.hash(password, move |password| {
            // Twelve bytes become sixteen characters of salt: crypt(3) cuts off more, and FTP
            // servers compare the whole line.
            let mut salt = [0; 12];
            domain::chance::Chance::fill(&domain::chance::OsChance, &mut salt);
            cost.sha512().hash_password_with_salt(password, &salt).map(|hash| hash.to_string()).ok()
        })
        .await
    }

    /// Compares a password with that of an account, with the same work where there is none.
    pub async fn check(&self, password: &Secret, row: Option<&LoginRow>) -> Checked {
        let verdict = self.verify(password, row.map(|row| row.password_hash.as_str())).await;
        Checked { account: row.map(|row| (row.id, row.stamp.clone())), verdict }
    }

    /// Checks a password against what is stored. `None` stands for an account that does not exist:
    /// the answer is no, after the same work as for one that does.
    ///
    /// (An account whose hash came from another panel takes that hash's time until it has been
    /// upgraded.)
    pub async fn verify(&self, password: &Secret, stored: Option<&str>) -> Verdict {
        let (cost, password, stored) = (self.cost, password.clone(), stored.map(Secret::new));
        self.run(move || {
            // Longer ones were never accepted, and some old algorithms take quadratic time.
            let (text, fits) = if password.expose().len() > MAX_BYTES {
                ("", false)
            } else {
                (password.expose(), true)
            };
            let stored = stored.filter(|_| fits);
            let normal = Secret::new(text::nfc(text));
            let verdict = look(cost, normal.expose(), stored.as_ref());
            if verdict.ok || normal.expose() == text {
                return verdict;
            }
            // Passwords used to be hashed as they were typed; the hash of such a one is replaced.
            let raw = look(cost, text, stored.as_ref());
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

    /// Runs the work on a blocking thread once there is a free slot. The slot goes along with the
    /// work: a request that is given up does not let another one in while its hash is still being
    /// made.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let slot = Arc::clone(&self.slots).acquire_owned().await.ok()?;
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(slot);
            result
        });
        done.await.inspect_err(|error| tracing::error!(%error, "hashing a password failed")).ok()
    }
}

/// Checks one form of a password, with the same work whether or not there is a hash.
fn look(cost: HashCost, text: &str, stored: Option<&Secret>) -> Verdict {
    let Some(stored) = stored else {
        pretend(cost, text);
        return Verdict::NO;
    };
    let answer = kinds::verify(text, stored.expose(), &cost.argon2());
    if !answer.took_time {
        pretend(cost, text);
    }
    answer.verdict
}

/// The work of checking a password, with nothing to compare it to.
fn pretend(cost: HashCost, password: &str) {
    let mut out = [0; Params::DEFAULT_OUTPUT_LEN];
    let result =
        cost.argon2().hash_password_into(password.as_bytes(), b"nobody's salt...", &mut out);
    std::hint::black_box((result.is_ok(), out));
}

#[cfg(test)]
mod tests;
