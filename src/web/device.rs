//! The cookie that makes a device known to an account; see [`auth::device`](crate::auth::device).

use crate::app::App;
use crate::auth::device::{self, COOKIE, KNOWN_FOR, Presented};
use crate::domain::id::LoginId;
use crate::services::Outcome;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::{HttpRequest, HttpResponse};

/// Browsers take a cookie of such a name only over https, and from no other host.
const HOST_ONLY: &str = "__Host-";

/// What the browser shows of the accounts it was used for.
#[must_use]
pub fn presented(req: &HttpRequest) -> Presented {
    let Ok(cookies) = req.cookies() else { return Presented::default() };
    let is_ours = |cookie: &&Cookie<'_>| cookie.name().strip_prefix(HOST_ONLY).unwrap_or(cookie.name()).starts_with(COOKIE);
    Presented::new(cookies.iter().filter(is_ours).map(|cookie| cookie.value().to_owned()))
}

/// Makes the device known to an account that was signed in to.
///
/// # Errors
/// The database's.
pub async fn remember(app: &App, req: &HttpRequest, login: LoginId, mut answer: HttpResponse) -> Outcome<HttpResponse> {
    let Some(value) = device::issue(app, login, &presented(req)).await? else { return Ok(answer) };
    let https = app.env.public_url.starts_with("https://");
    let name = device::cookie_name(login);
    let cookie = Cookie::build(if https { format!("{HOST_ONLY}{name}") } else { name }, value)
        .path("/")
        .http_only(true)
        .secure(https)
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(KNOWN_FOR.as_secs()))
        .finish();
    answer.add_cookie(&cookie).map_err(anyhow::Error::from)?;
    Ok(answer)
}
