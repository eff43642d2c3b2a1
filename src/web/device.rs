//! The cookie that makes a device known to an account; see
//! [`services::sign_in::device`].

use super::csrf::cookie::Cookies;
use actix_web::cookie::{Cookie, SameSite, time};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use auth::actor::Reauthenticated;
use services::Outcome;
use services::app::App;
use services::sign_in::device::{self, KNOWN_FOR, Presented};

/// What the browser shows of the accounts it was used for.
#[must_use]
pub fn presented(req: &HttpRequest) -> Presented {
    let (Some(names), Ok(sent)) = (req.app_data::<Data<Cookies>>(), req.cookies()) else {
        return Presented::default();
    };
    Presented::new(sent.iter().filter_map(|cookie| {
        Some((names.bare(cookie.name())?.to_owned(), cookie.value().to_owned()))
    }))
}

/// Makes the device known to an account that was signed in to.
///
/// # Errors
/// Where the cookie cannot be made.
pub fn remember(
    app: &App,
    req: &HttpRequest,
    proof: &Reauthenticated,
    mut answer: HttpResponse,
) -> Outcome<HttpResponse> {
    let Some(names) = req.app_data::<Data<Cookies>>() else { return Ok(answer) };
    let value = device::issue(app, proof, &presented(req))?;
    let cookie = Cookie::build(names.full(&device::cookie_name(proof.login())), value)
        .path("/")
        .http_only(true)
        .secure(names.is_secure())
        .same_site(SameSite::Lax)
        .max_age(time::Duration::seconds(KNOWN_FOR.as_secs()))
        .finish();
    answer.add_cookie(&cookie).map_err(anyhow::Error::from)?;
    Ok(answer)
}
