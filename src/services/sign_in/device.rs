//! Known devices of an account, recorded in a sealed cookie on the device. The cookie is bound to
//! the account and its password: after a password change, all devices are unknown again.

use crate::app::App;
use crate::{Outcome, digest};
use auth::actor::Reauthenticated;
use auth::seal::Sealer;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::id::LoginId;
use domain::password_stamp::PasswordStamp;
use domain::random;
use jiff::{SignedDuration, Timestamp};

/// Time for which a device stays known.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);
const CONTEXT: &str = "device";

/// The device cookies that a browser sent: one for each account that signed in there.
#[derive(Clone, Debug, Default)]
pub struct DeviceCookies(Vec<(String, String)>);

impl DeviceCookies {
    /// Returns the device cookies among all cookies, given as names and values.
    #[must_use]
    pub fn new(cookies: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(cookies.into_iter().filter(|(name, _)| name.starts_with(COOKIE_PREFIX)).collect())
    }

    /// Returns the value of an account's cookie.
    fn of(&self, login: LoginId) -> Option<&str> {
        let own = cookie_name(login);
        self.0.iter().find(|(name, _)| *name == own).map(|(_, value)| value.as_str())
    }
}

/// Returns the name of an account's cookie. The name is a digest, so it does not reveal the
/// account.
#[must_use]
pub fn cookie_name(login: LoginId) -> String {
    format!("{COOKIE_PREFIX}{}", &digest(&format!("device\0{login}"))[..12])
}

/// Prefix of the cookie names.
const COOKIE_PREFIX: &str = "clientele_device_";

/// Returns the cookie value that makes this device known to the account for [`KNOWN_FOR`], or until
/// the account's password changes.
///
/// # Errors
/// [`ServiceError::Internal`](crate::ServiceError::Internal) if sealing fails.
pub fn issue(app: &App, proof: &Reauthenticated, presented: &DeviceCookies) -> Outcome<String> {
    let (login, stamp, now) = (proof.login(), proof.stamp(), app.env.clock.now());
    // A known device keeps its id, so that its failed attempts are still counted for it.
    let known = known(&app.env.sealer, presented, login, stamp, now);
    let device = known.unwrap_or_else(|| random::hex_token(app.env.random.as_ref(), 16));
    let text = format!("{login}:{}:{device}:{}", now.as_second(), stamp.as_str());
    let sealed = app.env.sealer.seal(CONTEXT, text.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// Returns the id of the device, if the account signed in on it within [`KNOWN_FOR`] and while its
/// password had this stamp.
pub(super) fn known(
    sealer: &Sealer,
    presented: &DeviceCookies,
    login: LoginId,
    stamp: &PasswordStamp,
    now: Timestamp,
) -> Option<String> {
    let sealed = URL_SAFE_NO_PAD.decode(presented.of(login)?).ok()?;
    let opened = sealer.open_secret(CONTEXT, &sealed).ok()?;
    let parts: Vec<&str> = opened.expose().split(':').collect();
    let [owner, issued, device, stamped] = parts.as_slice() else { return None };
    let issued = Timestamp::from_second(issued.parse().ok()?).ok()?;
    let is_valid = *owner == login.to_string()
        && *stamped == stamp.as_str()
        && now.duration_since(issued) < KNOWN_FOR;
    is_valid.then(|| (*device).to_owned())
}
