//! The cookie by which an account recognizes a known device; see [`services::sign_in::device`].

use super::csrf::cookie::Cookies;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::actor::Reauthenticated;
use services::Outcome;
use services::app::App;
use services::sign_in::device::{self, DeviceCookies, KNOWN_FOR};

/// Returns the device cookies that the browser sent.
#[must_use]
pub fn device_cookies(req: &HttpRequest) -> DeviceCookies {
    let (Some(cookies), Ok(sent)) = (req.app_data::<Data<Cookies>>(), req.cookies()) else {
        return DeviceCookies::default();
    };
    DeviceCookies::new(sent.iter().filter_map(|cookie| {
        Some((cookies.bare_name(cookie.name())?.to_owned(), cookie.value().to_owned()))
    }))
}

/// Adds a cookie to the response. The cookie makes the device known to the account.
///
/// # Errors
/// If the cookie cannot be sealed or added.
pub fn remember(
    app: &App,
    req: &HttpRequest,
    proof: &Reauthenticated,
    mut response: HttpResponse,
) -> Outcome<HttpResponse> {
    let Some(cookies) = req.app_data::<Data<Cookies>>() else { return Ok(response) };
    let value = device::issue(app, proof, &device_cookies(req))?;
    let cookie = Cookie::build(cookies.full_name(&device::cookie_name(proof.login())), value)
        .path("/")
        .http_only(true)
        .secure(cookies.is_secure())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(KNOWN_FOR.as_secs()))
        .finish();
    response.add_cookie(&cookie).map_err(anyhow::Error::from)?;
    Ok(response)
}
