//! The token of a visitor who is not signed in: in a signed cookie, so that nothing is written for
//! people and robots who only look.

use actix_web::HttpMessage as _;
use actix_web::HttpRequest;
use actix_web::body::MessageBody;
use actix_web::cookie::{Cookie, Key, SameSite, time};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderValue};
use actix_web::middleware::Next;
use actix_web::web::Data;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::chance;
use hmac::{Hmac, KeyInit as _, Mac as _};
use services::app::App;
use sha2::Sha256;

/// How long a form may be open, in seconds.
const MAX_AGE: i64 = 24 * 3600;
/// A page renews a cookie that is older, in seconds.
const RENEWED_AFTER: i64 = MAX_AGE / 2;
/// Browsers take a cookie of such a name only over https, and from no other host.
const HOST_ONLY: &str = "__Host-";

/// How the panel's cookies are called and signed.
#[derive(Clone)]
pub struct Cookies {
    key: Key,
    https: bool,
}

impl Cookies {
    /// Cookies signed with this key.
    #[must_use]
    pub const fn new(key: Key, https: bool) -> Self {
        Self { key, https }
    }

    /// Whether cookies are only sent over https.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.https
    }

    /// The name by which browsers know a cookie.
    #[must_use]
    pub fn full(&self, name: &str) -> String {
        if self.https { format!("{HOST_ONLY}{name}") } else { name.to_owned() }
    }

    /// The name of a cookie that a browser sent; nothing for those without the prefix over https,
    /// which another host may have set.
    #[must_use]
    pub fn bare<'n>(&self, sent: &'n str) -> Option<&'n str> {
        if self.https { sent.strip_prefix(HOST_ONLY) } else { Some(sent) }
    }

    /// The name of the session's cookie.
    #[must_use]
    pub fn session(&self) -> String {
        self.full("clientele")
    }

    fn form(&self) -> String {
        self.full("clientele-form")
    }

    fn mac(&self, text: &str) -> Option<Hmac<Sha256>> {
        let mac = Hmac::<Sha256>::new_from_slice(self.key.signing()).ok()?;
        Some(mac.chain_update(b"clientele form 1\0").chain_update(text.as_bytes()))
    }

    fn sign(&self, secret: &str, now: i64) -> Option<String> {
        let text = format!("{secret}.{now}");
        let mac = self.mac(&text)?.finalize().into_bytes();
        Some(format!("{text}.{}", URL_SAFE_NO_PAD.encode(mac)))
    }

    /// The secret, and when it was made, if this program or another one with the same key made it.
    fn verify(&self, value: &str) -> Option<(String, i64)> {
        let (text, mac) = value.rsplit_once('.')?;
        self.mac(text)?.verify_slice(&URL_SAFE_NO_PAD.decode(mac).ok()?).ok()?;
        let (secret, made) = text.split_once('.')?;
        Some((secret.to_owned(), made.parse().ok()?))
    }
}

/// A cookie that the answer is to set, and the secret in it.
#[derive(Clone)]
struct New {
    secret: String,
    value: String,
}

/// The secret of the visitor's cookie, where one came that still holds.
pub(super) fn sent(req: &HttpRequest) -> Option<String> {
    Some(known(req)?.0)
}

fn known(req: &HttpRequest) -> Option<(String, i64)> {
    let cookies = req.app_data::<Data<Cookies>>()?;
    let now = req.app_data::<Data<App>>()?.env.clock.now().as_second();
    let cookie = req.cookie(&cookies.form())?;
    cookies.verify(cookie.value()).filter(|(_, made)| now - made <= MAX_AGE)
}

/// The visitor's secret; a new one where none came or the one that came is getting old.
pub(super) fn secret(req: &HttpRequest, app: &App) -> String {
    if let Some(new) = req.extensions().get::<New>() {
        return new.secret.clone();
    }
    let now = app.env.clock.now().as_second();
    if let Some((secret, _)) = known(req).filter(|(_, made)| now - made <= RENEWED_AFTER) {
        return secret;
    }
    let secret = chance::token(app.env.chance.as_ref(), 24);
    let value = req.app_data::<Data<Cookies>>().and_then(|cookies| cookies.sign(&secret, now));
    if let Some(value) = value {
        req.extensions_mut().insert(New { secret: secret.clone(), value });
    }
    secret
}

/// Sets the cookie that a page asked for.
///
/// # Errors
/// Those of the inner services.
pub async fn set(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(req).await?;
    let new = response.request().extensions_mut().remove::<New>();
    let cookies = response.request().app_data::<Data<Cookies>>().cloned();
    let (Some(new), Some(cookies)) = (new, cookies) else { return Ok(response) };
    let cookie = Cookie::build(cookies.form(), new.value)
        .path("/")
        .secure(cookies.https)
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(MAX_AGE))
        .finish();
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_signed_here_is_taken() {
        let cookies = Cookies::new(Key::from(&[7; 64]), false);
        let value = cookies.sign("secret", 1_000).unwrap();
        assert_eq!(cookies.verify(&value), Some(("secret".to_owned(), 1_000)));
        let other = Cookies::new(Key::from(&[8; 64]), false);
        assert_eq!(other.verify(&value), None);
        for bad in [
            "",
            "secret.1000",
            "secret.1000.",
            &value.replace("1000", "2000"),
            &value.replace("secret", "Secret"),
            "a.b.c",
        ] {
            assert_eq!(cookies.verify(bad), None, "{bad}");
        }
    }
}
