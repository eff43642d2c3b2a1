//! Devices that an account was signed in to on: a sealed cookie says so. It is bound to the account and to its password; with a
//! new password, every device is unknown again.

use crate::app::App;
use crate::auth::seal::Sealer;
use crate::db;
use crate::db::logins::LoginRow;
use crate::domain::chance;
use crate::domain::id::LoginId;
use crate::services::Outcome;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

/// For so long a device is known.
pub const KNOWN_FOR: SignedDuration = SignedDuration::from_hours(180 * 24);
/// A browser has a cookie for each account; no more than this are looked at.
const MOST: usize = 8;
const CONTEXT: &str = "device";

/// What a browser shows of the accounts it was used for.
#[derive(Clone, Debug, Default)]
pub struct Presented(Vec<String>);

impl Presented {
    /// Takes the values of the cookies.
    #[must_use]
    pub fn new(values: impl IntoIterator<Item = String>) -> Self {
        Self(values.into_iter().take(MOST).collect())
    }
}

/// The name of an account's cookie. It tells nobody which account that is.
#[must_use]
pub fn cookie_name(login: LoginId) -> String {
    format!("{COOKIE}{}", &hex::encode(Sha256::digest(format!("device\0{login}")))[..12])
}

/// How names of these cookies begin.
pub const COOKIE: &str = "clientele_device_";

/// The value that makes this device known to the account from now on.
///
/// # Errors
/// The database's.
pub async fn issue(app: &App, login: LoginId, presented: &Presented) -> Outcome<Option<String>> {
    let look = app.look().await?;
    let view = look.view();
    let Some(row) = db::logins::find(view.on, login).await? else { return Ok(None) };
    // One and the same device keeps its count.
    let known = known(&app.env.sealer, presented, &row, view.at);
    let device = known.unwrap_or_else(|| chance::hex_token(app.env.chance.as_ref(), 16));
    let text = format!("{login}:{}:{device}:{}", view.at.as_second(), stamp(&row));
    let sealed = app.env.sealer.seal(CONTEXT, text.as_bytes()).map_err(anyhow::Error::from)?;
    Ok(Some(URL_SAFE_NO_PAD.encode(sealed)))
}

/// The device, if the account was signed in to on it with the password it has now.
pub(super) fn known(sealer: &Sealer, presented: &Presented, row: &LoginRow, now: Timestamp) -> Option<String> {
    presented.0.iter().find_map(|value| {
        let sealed = URL_SAFE_NO_PAD.decode(value).ok()?;
        let opened = sealer.open_secret(CONTEXT, &sealed).ok()?;
        let parts: Vec<&str> = opened.expose().split(':').collect();
        let [login, issued, device, stamped] = parts.as_slice() else { return None };
        let issued = Timestamp::from_second(issued.parse().ok()?).ok()?;
        let holds = *login == row.id.to_string() && *stamped == stamp(row) && now.duration_since(issued) < KNOWN_FOR;
        holds.then(|| (*device).to_owned())
    })
}

/// What changes with the password, and tells nothing of it.
pub(super) fn stamp(row: &LoginRow) -> String {
    hex::encode(&Sha256::digest(format!("stamp\0{}", row.password_hash))[..16])
}
