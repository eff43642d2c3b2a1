//! `/login` and `/logout`.

use super::common::chrome;
use crate::csrf::Guarded;
use crate::error::WebError;
use crate::extract::{self, SignedIn, Visitor};
use crate::form::{FormState, GENERAL};
use crate::page::Chrome;
use crate::query::Query;
use crate::{device, kept, respond, session};
use actix_session::SessionExt as _;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::secret::Secret;
use services::account;
use services::app::App;
use services::sign_in::{SignIn, sign_in};

#[derive(Template)]
#[template(path = "sign_in/login.html")]
struct LoginPage {
    c: Chrome,
    f: FormState,
}

impl LoginPage {
    fn new(req: &HttpRequest, app: &App, login_name: &str, next: &str) -> Self {
        let mut f = FormState::new("sign-in");
        f.set("loginname", login_name).set("next", local(next).unwrap_or_default());
        let c = chrome(req, app, "sign-in-title");
        let lead = c.t("sign-in-lead");
        Self { c: c.lead(lead), f }
    }
}

/// The form. Whoever is signed in has no use for it.
pub async fn show(
    app: Data<App>,
    req: HttpRequest,
    visitor: Visitor,
) -> Result<HttpResponse, WebError> {
    if visitor.0.is_some() {
        return Ok(respond::see_other("/"));
    }
    let query = Query::of(&req);
    let mut page = LoginPage::new(&req, &app, "", query.text("next"));
    if query.text("ended") == "1" {
        page.c.lead = page.c.t(if kept::is_waiting(query.text("next")) {
            "sign-in-ended-kept"
        } else {
            "sign-in-ended"
        });
    }
    Ok(respond::ok(&page))
}

/// Signs in. The answer to a wrong password is that to an unknown name.
pub async fn submit(
    app: Data<App>,
    req: HttpRequest,
    form: Guarded,
) -> Result<HttpResponse, WebError> {
    let origin = extract::origin(&req, &app);
    // Whether a password was checked must not show in how long it takes to refuse a network that
    // used up its tries.
    let at_least = tokio::time::sleep(app.env.min_response_time);
    let login_name = form.text("loginname").trim();
    let next = local(form.text("next"));
    let outcome = sign_in(
        &app,
        &origin,
        login_name,
        &Secret::new(form.text("password")),
        &device::presented(&req),
    )
    .await?;
    let is_suspended = matches!(outcome, SignIn::Suspended);
    match outcome {
        SignIn::Welcome(proof) => {
            session::begin(&req.get_session(), &app, &proof)?;
            return Ok(device::remember(
                &app,
                &req,
                &proof,
                respond::see_other(next.unwrap_or("/")),
            )?);
        }
        SignIn::TooMany => {
            at_least.await;
            return Err(WebError::TooMany);
        }
        SignIn::Refused | SignIn::Suspended => {}
    }
    let mut page = LoginPage::new(&req, &app, login_name, next.unwrap_or_default());
    let text = if is_suspended {
        let look = app.look().await?;
        let reason = account::shown_suspend_reason(look.view(), login_name).await?;
        suspended(&page.c, look.settings.provider_contact(), reason)
    } else {
        page.c.t("sign-in-refused")
    };
    page.f.add_error(GENERAL, text);
    Ok(respond::invalid(&page))
}

/// Signs out. Whoever was signed out meanwhile gets where he wanted, too.
pub async fn sign_out(
    req: HttpRequest,
    _by: SignedIn,
    _form: Guarded,
) -> Result<HttpResponse, WebError> {
    req.get_session().purge();
    Ok(respond::see_other("/login"))
}

/// Only who knows the password reads this, the reason too.
fn suspended(c: &Chrome, contact: &str, reason: Option<String>) -> String {
    let text = if contact.is_empty() {
        c.t("sign-in-suspended")
    } else {
        c.t_with("sign-in-suspended-contact", &[("contact", contact)])
    };
    match reason {
        Some(reason) => {
            format!("{text} {}", c.t_with("sign-in-suspended-reason", &[("reason", reason)]))
        }
        None => text,
    }
}

/// An address within the panel; nothing that a browser could take for another host.
fn local(next: &str) -> Option<&str> {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains(|c: char| c == '\\' || c.is_control());
    // Nobody signs in to sign out, or to see this form again.
    let useful = !["/login", "/logout", "/password/"].iter().any(|path| next.starts_with(path));
    (inside && useful).then_some(next)
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn only_addresses_within_the_panel_are_gone_to() {
        for good in ["/", "/customers?q=a%2Fb&page=2", "/customers/web1"] {
            assert_eq!(local(good), Some(good));
        }
        for bad in [
            "",
            "customers",
            "//evil.test",
            "/\\evil.test",
            "\\\\evil.test",
            "https://evil.test",
            "/\t/evil.test",
            "/a\nb",
            "/logout",
        ] {
            assert_eq!(local(bad), None, "{bad:?}");
        }
    }
}
