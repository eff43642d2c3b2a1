//! Devices that an account was signed in to on: a sealed cookie says so. It is bound to the account
//! and to its password; with a new password, every device is unknown again.

use crate::Outcome;
use crate::app::App;
use auth::actor::Reauthenticated;
use auth::seal::Sealer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::chance;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// For so long a device is known.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);
const CONTEXT: &str = "device";

/// What a browser shows of the accounts it was used for: a cookie for each of them.
#[derive(Clone, Debug, Default)]
pub struct Presented(Vec<(String, String)>);

impl Presented {
    /// Takes the names and values of the cookies.
    #[must_use]
    pub fn new(cookies: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(cookies.into_iter().filter(|(name, _)| name.starts_with(COOKIE)).collect())
    }

    /// The value of an account's own cookie.
    fn of(&self, login: LoginId) -> Option<&str> {
        let own = cookie_name(login);
        self.0.iter().find(|(name, _)| *name == own).map(|(_, value)| value.as_str())
    }
}

/// The name of an account's cookie. It tells nobody which account that is.
#[must_use]
pub fn cookie_name(login: LoginId) -> String {
    format!("{COOKIE}{}", &hex::encode(Sha256::digest(format!("device\0{login}")))[..12])
}

/// How names of these cookies begin.
const COOKIE: &str = "clientele_device_";

/// The value that makes this device known to the account from now on, as long as it keeps the
/// password that was shown.
///
/// # Errors
/// Where sealing fails.
pub fn issue(app: &App, proof: &Reauthenticated, presented: &Presented) -> Outcome<String> {
    let (login, stamp, now) = (proof.login(), proof.stamp(), app.env.clock.now());
    // One and the same device keeps its count.
    let known = known(&app.env.sealer, presented, login, stamp, now);
    let device = known.unwrap_or_else(|| chance::hex_token(app.env.chance.as_ref(), 16));
    let text = format!("{login}:{}:{device}:{}", now.as_second(), stamp.as_str());
    let sealed = app.env.sealer.seal(CONTEXT, text.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// The device, if the account was signed in to on it with the password that has this stamp.
pub(super) fn known(
    sealer: &Sealer,
    presented: &Presented,
    login: LoginId,
    stamp: &PasswordStamp,
    now: Timestamp,
) -> Option<String> {
    let sealed = URL_SAFE_NO_PAD.decode(presented.of(login)?).ok()?;
    let opened = sealer.open_secret(CONTEXT, &sealed).ok()?;
    let parts: Vec<&str> = opened.expose().split(':').collect();
    let [owner, issued, device, stamped] = parts.as_slice() else { return None };
    let issued = Timestamp::from_second(issued.parse().ok()?).ok()?;
    let holds = *owner == login.to_string()
        && *stamped == stamp.as_str()
        && now.duration_since(issued) < KNOWN_FOR;
    holds.then(|| (*device).to_owned())
}
