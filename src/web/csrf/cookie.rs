//! The CSRF token of a visitor without a session. It is in a signed cookie, so that a mere page
//! view writes nothing to the database.

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
use domain::random;
use hmac::{Hmac, KeyInit as _, Mac as _};
use services::app::App;
use sha2::Sha256;

/// Lifetime of the cookie in seconds. A form can be submitted for as long.
const MAX_AGE: i64 = 24 * 3600;
/// Age in seconds at which a page renews the cookie.
const RENEWED_AFTER: i64 = MAX_AGE / 2;
/// Name prefix of cookies that browsers accept only over HTTPS and only from the host itself.
const HOST_PREFIX: &str = "__Host-";

/// Names and signs the panel's cookies.
#[derive(Clone)]
pub struct Cookies {
    key: Key,
    https: bool,
}

impl Cookies {
    /// Creates a signer with this key. `https` says whether the panel is served over HTTPS.
    #[must_use]
    pub const fn new(key: Key, https: bool) -> Self {
        Self { key, https }
    }

    /// Returns whether browsers send the cookies only over HTTPS.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.https
    }

    /// Returns the full name of a cookie, with the prefix for HTTPS.
    #[must_use]
    pub fn full_name(&self, name: &str) -> String {
        if self.https { format!("{HOST_PREFIX}{name}") } else { name.to_owned() }
    }

    /// Returns the name of a received cookie without its prefix. Over HTTPS, a cookie without the
    /// prefix gives `None`, because another host may have set it.
    #[must_use]
    pub fn bare_name<'n>(&self, sent: &'n str) -> Option<&'n str> {
        if self.https { sent.strip_prefix(HOST_PREFIX) } else { Some(sent) }
    }

    /// Returns the name of the session cookie.
    #[must_use]
    pub fn session_name(&self) -> String {
        self.full_name("clientele")
    }

    fn form_name(&self) -> String {
        self.full_name("clientele-form")
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

    /// Verifies a cookie. Returns its secret and its time of issue, in seconds since the epoch;
    /// `None` if it is not authentic.
    fn verify(&self, value: &str) -> Option<(String, i64)> {
        let (text, mac) = value.rsplit_once('.')?;
        self.mac(text)?.verify_slice(&URL_SAFE_NO_PAD.decode(mac).ok()?).ok()?;
        let (secret, issued_at) = text.split_once('.')?;
        Some((secret.to_owned(), issued_at.parse().ok()?))
    }
}

/// A new cookie for the response, and its secret.
#[derive(Clone)]
struct NewCookie {
    secret: String,
    value: String,
}

/// Returns the secret of the visitor's cookie, if the cookie is valid.
pub(super) fn valid_secret(req: &HttpRequest) -> Option<String> {
    Some(valid_cookie(req)?.0)
}

fn valid_cookie(req: &HttpRequest) -> Option<(String, i64)> {
    let cookies = req.app_data::<Data<Cookies>>()?;
    let now = req.app_data::<Data<App>>()?.env.clock.now().as_second();
    let cookie = req.cookie(&cookies.form_name())?;
    cookies.verify(cookie.value()).filter(|(_, issued_at)| now - issued_at <= MAX_AGE)
}

/// Returns the visitor's secret. Issues a new one if the cookie is missing, invalid, or older than
/// [`RENEWED_AFTER`].
pub(super) fn ensure_secret(req: &HttpRequest, app: &App) -> String {
    if let Some(new) = req.extensions().get::<NewCookie>() {
        return new.secret.clone();
    }
    let now = app.env.clock.now().as_second();
    if let Some((secret, _)) =
        valid_cookie(req).filter(|(_, issued_at)| now - issued_at <= RENEWED_AFTER)
    {
        return secret;
    }
    let secret = random::token(app.env.random.as_ref(), 24);
    let value = req.app_data::<Data<Cookies>>().and_then(|cookies| cookies.sign(&secret, now));
    if let Some(value) = value {
        req.extensions_mut().insert(NewCookie { secret: secret.clone(), value });
    }
    secret
}

/// Middleware that sets the new cookie, if a handler has issued one. Passes on the errors of inner
/// services.
pub async fn set(
    req: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let mut response = next.call(req).await?;
    let new = response.request().extensions_mut().remove::<NewCookie>();
    let cookies = response.request().app_data::<Data<Cookies>>().cloned();
    let (Some(new), Some(cookies)) = (new, cookies) else { return Ok(response) };
    let cookie = Cookie::build(cookies.form_name(), new.value)
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
    fn only_cookies_signed_with_our_key_are_accepted() {
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
